//! What a contract wants of the files with handlers: the functions as they would be in an empty folder.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use routegen::pipeline;
use routegen::progress::Progress;
use routegen::project::Project;
use routegen::render::{Content, FunctionsFile};

use super::ledger::{Ledger, Touched};
use super::outline::Outline;
use super::tree::Tree;

/// The functions that the contract wants.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub files: BTreeMap<Utf8PathBuf, FunctionsFile>,
    /// By their keys: file and name.
    pub functions: BTreeMap<String, (Utf8PathBuf, String)>,
    /// How many of them are operations.
    pub operations: usize,
}

impl Wanted {
    /// Of the project in a folder.
    pub fn of(root: &Utf8Path) -> Result<Self, String> {
        let config = pipeline::read_config(root).map_err(|error| format!("{error:#}"))?;
        let config = config.map_err(|_| "routegen.toml can't be used")?;
        let contracts = pipeline::read_contracts(root, &config.apis, &Progress::default());
        if contracts.apis.is_empty() {
            return Err("the contract can't be used".to_owned());
        }
        let project = Project::scan(root).map_err(|error| format!("{error:#}"))?;
        let facts = pipeline::facts(root, None);
        let apis: Vec<_> = contracts.apis.into_iter().zip(&config.apis).collect();
        let (emitted, _, _) = pipeline::emit(
            &apis,
            &config,
            &project.user_routes(),
            &facts,
            &Progress::default(),
        );
        let mut wanted = Self::default();
        for file in emitted.files {
            let Content::Functions(functions) = file.content else {
                continue;
            };
            for function in &functions.functions {
                let place = (file.path.clone(), function.name.clone());
                wanted.operations += usize::from(!function.key.starts_with("auth "));
                wanted.functions.insert(function.key.clone(), place);
            }
            wanted.files.insert(file.path, functions);
        }
        Ok(wanted)
    }

    /// Holds that what nobody edited says what the contract says now.
    pub fn is_followed(&self, tree: &Tree, ledger: &Ledger) -> Result<(), String> {
        for (path, wanted) in &self.files {
            let Some(text) = tree.text(path) else {
                return Err(format!("{path} isn't there"));
            };
            // The order of schemes may change, and that of functions in `auth.rs` doesn't.
            if !ledger.files.contains(path) && path.file_name() == Some("route.rs") {
                if text != wanted.text() {
                    let (before, wanted) = (text.to_owned(), wanted.text());
                    let diff = similar::TextDiff::from_lines(&wanted, &before)
                        .unified_diff()
                        .to_string();
                    return Err(format!(
                        "nobody edited {path}, and it isn't as in an empty folder:\n{diff}"
                    ));
                }
                continue;
            }
            let text = text.replace("\r\n", "\n");
            let outline =
                Outline::of(&text).ok_or(format!("{path} is no Rust any more:\n{text}"))?;
            for function in &wanted.functions {
                let touched = ledger.of(path, &function.name);
                if touched == Touched::ALL {
                    continue;
                }
                let named = outline
                    .functions
                    .iter()
                    .filter(|there| there.name == function.name);
                let [there] = named.collect::<Vec<_>>()[..] else {
                    return Err(format!(
                        "{path} should have one `{}`:\n{text}",
                        function.name
                    ));
                };
                let parts = [
                    (touched.doc, &there.doc, function.doc.trim_end()),
                    (
                        touched.signature,
                        &there.signature,
                        function.signature.as_str(),
                    ),
                    (touched.body, &there.body, function.body.trim()),
                ];
                for (edited, range, wanted) in parts {
                    let is = text[range.clone()].trim();
                    if !edited && is != wanted {
                        return Err(format!(
                            "of `{}` nobody edited in {path}\n{is}\n--- which should be\n{wanted}",
                            function.name
                        ));
                    }
                }
                if touched == Touched::default()
                    && !text[there.whole.clone()].eq(function.text().trim_end())
                {
                    return Err(format!(
                        "nobody edited `{}` in {path}, and it isn't as emitted:\n{text}",
                        function.name
                    ));
                }
            }
        }
        Ok(())
    }
}
