//! Contracts in: one folder per language, each ends in [`crate::model::Api`].

pub mod document;
mod finite;
mod needs;
mod openapi;
mod selection;
mod server_url;
pub mod zod;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::FILE_NAME;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, Place, codes};
use crate::model::Api;
use crate::progress::{Progress, Step};
use crate::source::{Source, Sources};
pub use selection::Selection;
use selection::{Choice, Side};

/// What may be read besides the contract itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folders outside the contract's own from which references may read.
    pub allow_dirs: Vec<Utf8PathBuf>,
    /// The operations that are wanted.
    pub selection: Selection,
    /// Where the contract is named, if that is in a file.
    pub named_at: Option<Place>,
    /// Where it is said how far reading is.
    pub progress: Progress,
}

/// A contract that was read.
#[derive(Debug)]
pub struct Loaded {
    /// What it says.
    pub api: Api,
    /// Its files.
    pub sources: Sources,
    /// What is wrong with it; none is [`Effect::Fatal`].
    pub diagnostics: Diagnostics,
}

/// An input that can't be read as a contract.
#[derive(Debug)]
pub struct Failed {
    /// Its files as far as they were read.
    pub sources: Sources,
    /// Why.
    pub diagnostics: Diagnostics,
}

/// Reads the contract at `path` (`-` is stdin) and lowers it; its extension, else its content, tells the language.
///
/// # Errors
///
/// When the input can't be read as a contract at all.
pub fn load(path: &Utf8Path, options: &Options) -> Result<Loaded, Failed> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let api = load_beside(path, options, &mut sources, &mut diagnostics);
    finish(api, sources, diagnostics)
}

/// As [`load`], of a text that is at hand; files that it refers to are looked for beside its path.
///
/// # Errors
///
/// As [`load`].
pub fn load_text(source: Source, options: &Options) -> Result<Loaded, Failed> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let api = load_source(source, options, &mut sources, &mut diagnostics);
    finish(api, sources, diagnostics)
}

fn finish(api: Option<Api>, sources: Sources, diagnostics: Diagnostics) -> Result<Loaded, Failed> {
    match api {
        Some(api) => Ok(Loaded {
            api,
            sources,
            diagnostics,
        }),
        None => Err(Failed {
            sources,
            diagnostics,
        }),
    }
}

/// As [`load`], with the contract's files added to those of others; `None` if it can't be read as a contract at all.
pub fn load_beside(
    path: &Utf8Path,
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    options.progress.step(Step::Read, path.as_str());
    match Source::read(path) {
        Ok(source) => load_source(source, options, sources, diagnostics),
        Err(error) => {
            sources.miss(path);
            let mut diagnostic =
                Diagnostic::new(&codes::read::RG0101, Effect::Fatal, format!("{error:#}")).help(
                    "name a contract: an OpenAPI document in YAML or JSON, or a TypeScript file",
                );
            diagnostic.place = options.named_at.clone();
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// As [`load_beside`], of a text that is at hand.
fn load_source(
    source: Source,
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let mut own = Diagnostics::default();
    let file = sources.add(source);
    let mut choice = Choice::new(&options.selection);
    let mut api = match language(sources.file(file)) {
        Language::OpenApi => openapi::lower(file, sources, options, &mut choice, &mut own),
        Language::TypeScript => {
            let path = sources.file(file).path.as_str();
            options.progress.step(Step::Lower, path);
            zod::lower_chosen(file, sources, &mut choice, &mut own)
        }
    };
    if let Some(api) = &mut api {
        finite::mend(api, &mut own);
    }
    for (side, selector) in choice.unmet().into_iter().filter(|_| api.is_some()) {
        let key = match side {
            Side::Include => "include",
            Side::Exclude => "exclude",
        };
        let path = &sources.file(file).path;
        let message = format!(
            "`{}` of `{key}` meets no operation of `{path}`",
            selector.text
        );
        let place = Place {
            path: FILE_NAME.into(),
            text: options.selection.text.clone(),
            range: selector.range.clone(),
        };
        let diagnostic =
            Diagnostic::new(&codes::read::RG0110, Effect::Warning, message).at_place(place);
        own.push(diagnostic.help("mend it in `routegen.toml`, or take it out"));
    }
    own.sort();
    let api = api.filter(|_| !own.any(Effect::Fatal));
    diagnostics.extend(own);
    api
}

/// What a contract that came without a name is called.
pub fn file_name(source: &Source) -> &'static str {
    match language(source) {
        Language::TypeScript => "contract.ts",
        Language::OpenApi if source.text.trim_start().starts_with('{') => "openapi.json",
        Language::OpenApi => "openapi.yaml",
    }
}

/// What a contract is written in.
enum Language {
    OpenApi,
    TypeScript,
}

fn language(source: &Source) -> Language {
    match source.path.extension() {
        Some("ts" | "mts" | "tsx") => Language::TypeScript,
        Some("json" | "yaml" | "yml") => Language::OpenApi,
        _ if source
            .text
            .lines()
            .any(|line| line.starts_with("import ") || line.starts_with("export ")) =>
        {
            Language::TypeScript
        }
        _ => Language::OpenApi,
    }
}
