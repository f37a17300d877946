//! The whole program as values: what the contracts say the project should be, and how the project on disk differs.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{self, ApiConfig, Config, Layout};
use crate::diagnostics::codes::project::{RG0511, RG0512, RG0518, RG0519};
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, Place};
use crate::frontend;
use crate::model::Api;
use crate::plan::listing::Listing;
use crate::plan::{self, ProjectFacts};
use crate::progress::{Progress, Step};
use crate::project::{
    Merged, Moves, Project, Refused, UserRoutes, layout, merge, obstacles, package,
};
use crate::render::{self, Emitted};
use crate::source::{Source, Sources};

/// How a project differs from its contracts.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The contracts' files, for excerpts.
    pub sources: Sources,
    /// All that was found on the way.
    pub diagnostics: Diagnostics,
    /// What the contracts have it serve and send.
    pub listing: Listing,
    /// What is to be done; `None` if an input can't be used.
    pub merged: Option<Merged>,
    /// Why nothing can be written, of which the diagnostics say the same.
    pub obstacles: Vec<Refused>,
    /// The files that were read or looked for: contracts and configuration, relative to the root.
    pub read: Vec<Utf8PathBuf>,
}

/// Contracts that were read.
#[derive(Debug, Default)]
pub struct Contracts {
    /// In the order of `routegen.toml`; none if one can't be used.
    pub apis: Vec<Api>,
    /// Their files.
    pub sources: Sources,
    /// What is wrong with them.
    pub diagnostics: Diagnostics,
}

/// Compares the project at `root` with its contracts; how far it is goes to `progress`.
///
/// # Errors
///
/// When something on disk can't be read.
pub fn compare(root: &Utf8Path, progress: &Progress) -> anyhow::Result<Comparison> {
    match read_config(root)? {
        Ok(config) => {
            let contracts = read_contracts(root, &config.apis, progress);
            compare_with(root, &config, contracts, progress)
        }
        Err(diagnostic) => {
            let mut comparison = Comparison::default();
            comparison.diagnostics.push(*diagnostic);
            Ok(comparison)
        }
    }
}

/// Compares the project at `root` with contracts that were read, as if `config` were its configuration.
///
/// # Errors
///
/// When something on disk can't be read.
pub fn compare_with(
    root: &Utf8Path,
    config: &Config,
    contracts: Contracts,
    progress: &Progress,
) -> anyhow::Result<Comparison> {
    let files = contracts.sources.files().iter().map(|file| &file.path);
    let files = files.chain(contracts.sources.missing());
    let files = files.map(|path| relative(root, path));
    let mut comparison = Comparison {
        read: std::iter::once(config::FILE_NAME.into())
            .chain(files)
            .collect(),
        sources: contracts.sources,
        diagnostics: contracts.diagnostics,
        ..Comparison::default()
    };
    if comparison.diagnostics.any(Effect::Fatal) {
        return Ok(comparison);
    }
    progress.step(Step::Plan, "");
    let mut project = Project::scan(root)?;
    let facts = facts(root, None);
    let faults = [
        layout_fault(root, config, &project)?,
        manifest_fault(package::MANIFEST, package::manifest(root).as_ref()),
        match config.layout {
            Layout::Single => None,
            Layout::Split => manifest_fault(package::APP_MANIFEST, facts.app_manifest.as_ref()),
        },
    ];
    if faults.iter().any(Option::is_some) {
        let faults = faults.into_iter().flatten();
        faults.for_each(|fault| comparison.diagnostics.push(fault));
        return Ok(comparison);
    }
    let apis: Vec<(Api, &ApiConfig)> = contracts.apis.into_iter().zip(&config.apis).collect();
    let routes = project.user_routes();
    let (mut emitted, mut listing, mut diagnostics) =
        emit(&apis, config, &routes, &facts, progress);
    project.settle(&mut emitted);
    project.look_for(root, &emitted)?;
    // A handler of the user's own may go to another folder with a file, and then it has another URL.
    if routes.has_own()
        && let Some(routes) = Moves::find(&emitted, &project).routes_after(&routes)
    {
        (emitted, listing, diagnostics) = emit(&apis, config, &routes, &facts, progress);
        project.settle(&mut emitted);
        project.look_for(root, &emitted)?;
    }
    let files = format!("{} files", emitted.files.len());
    progress.step(Step::Merge, &files);
    let merged = merge(&emitted, &project);
    comparison.diagnostics.extend(diagnostics);
    comparison.diagnostics.extend(merged.diagnostics.clone());
    comparison.obstacles = obstacles(root, &merged.changes)?;
    let refused = comparison.obstacles.iter().flat_map(Refused::diagnostics);
    refused.for_each(|diagnostic| comparison.diagnostics.push(diagnostic));
    comparison.diagnostics.sort();
    comparison.listing = listing;
    comparison.merged = Some(merged);
    Ok(comparison)
}

/// Whether `routegen.toml` asks for another layout than the project has: what is written one way isn't turned into the other.
fn layout_fault(
    root: &Utf8Path,
    config: &Config,
    project: &Project,
) -> anyhow::Result<Option<Diagnostic>> {
    let Some(there) = layout(project).filter(|there| *there != config.layout) else {
        return Ok(None);
    };
    let message = format!(
        "the project is of the layout `{}`, and `{}` asks for `{}`",
        there.word(),
        config::FILE_NAME,
        config.layout.word()
    );
    let mut diagnostic = Diagnostic::new(&RG0518, Effect::Fatal, message)
        .note("a layout is chosen with `routegen new` and never changed, since the files around the handlers are yours")
        .help(match there {
            Layout::Single => "take the line `layout` out again".to_owned(),
            Layout::Split => format!("write `layout = \"{}\"` above the first `[[api]]`", there.word()),
        });
    let text = Config::read_text(root)?;
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line.trim_end()))
    });
    if let Some((start, line)) = lines.find(|(_, line)| line.starts_with("layout")) {
        diagnostic = diagnostic.at_place(Place {
            path: config::FILE_NAME.into(),
            text: text.as_str().into(),
            range: start..start + line.len(),
        });
    }
    Ok(Some(diagnostic))
}

/// Whether a manifest that is asked for names or dependencies can't be read.
fn manifest_fault(path: &str, text: Option<&String>) -> Option<Diagnostic> {
    let text = text?;
    let error = text.parse::<toml::Table>().err()?;
    let message = format!("`{path}` can't be parsed, so nothing is written");
    let diagnostic = Diagnostic::new(&RG0519, Effect::Decide, message).at_place(Place {
        path: path.into(),
        text: text.as_str().into(),
        range: error.span().unwrap_or_default(),
    });
    let help = "mend the file, then run the command again";
    Some(
        diagnostic
            .label(error.message())
            .help(help)
            .or_conflict(text),
    )
}

/// The URL of a route of the user's own, by the folder of its file.
pub fn own_url(file: &Utf8Path) -> String {
    plan::own_url(file)
}

/// The project as it would be in an empty folder.
pub fn emit(
    apis: &[(Api, &ApiConfig)],
    config: &Config,
    user_routes: &UserRoutes,
    facts: &ProjectFacts,
    progress: &Progress,
) -> (Emitted, Listing, Diagnostics) {
    let operations: usize = apis.iter().map(|(api, _)| api.operations.len()).sum();
    let what = format!("{operations} operations");
    progress.step(Step::Plan, &what);
    let (plan, diagnostics) = plan::plan(apis, config, user_routes, facts);
    progress.step(Step::Render, &what);
    (render::render(&plan), plan.listing(), diagnostics)
}

/// What is known of the project beside its contracts; `name` is its name if it isn't there yet.
pub fn facts(root: &Utf8Path, name: Option<&str>) -> ProjectFacts {
    let folder = std::path::absolute(root)
        .ok()
        .and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let name = name
        .map(str::to_owned)
        .or_else(|| package::package_name(root))
        .or(folder);
    ProjectFacts {
        name: name.unwrap_or_default(),
        inside_workspace: package::workspace(root).is_some(),
        app_manifest: package::app_manifest(root),
    }
}

/// The same of a project that is there, as one line.
pub fn facts_line(root: &Utf8Path) -> String {
    format!("{:?}", facts(root, None))
}

/// Reads all contracts of a project, and goes on after one that can't be used.
pub fn read_contracts(root: &Utf8Path, configs: &[ApiConfig], progress: &Progress) -> Contracts {
    let mut contracts = Contracts::default();
    let below = |path: &Utf8PathBuf| {
        if root == "." {
            path.clone()
        } else {
            root.join(path)
        }
    };
    for config in configs {
        let config = ApiConfig {
            spec: below(&config.spec),
            allow_dirs: config.allow_dirs.iter().map(below).collect(),
            ..config.clone()
        };
        contracts.read(&config, progress);
    }
    contracts
}

impl Contracts {
    /// Reads another contract; its paths are taken as they are.
    pub fn read(&mut self, config: &ApiConfig, progress: &Progress) {
        let options = frontend::Options {
            allow_dirs: config.allow_dirs.clone(),
            selection: frontend::Selection {
                include: config.include.clone(),
                exclude: config.exclude.clone(),
                text: config.text.clone(),
            },
            named_at: (!config.text.is_empty()).then(|| Place {
                path: config::FILE_NAME.into(),
                text: config.text.clone(),
                range: config.spec_range.clone(),
            }),
            progress: progress.clone(),
        };
        let (sources, diagnostics) = (&mut self.sources, &mut self.diagnostics);
        let api = frontend::load_beside(&config.spec, &options, sources, diagnostics);
        self.apis.extend(api);
    }
}

/// What a contract that came without a name is called.
pub fn contract_file_name(source: &Source) -> &'static str {
    frontend::file_name(source)
}

/// A path that was read, relative to the root where it lies below it.
pub fn relative(root: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    match path.strip_prefix(root) {
        Ok(relative) => relative.to_owned(),
        Err(_) if root == "." => path.to_owned(),
        // An absolute path stays absolute when it is joined to the root.
        Err(_) => std::path::absolute(path)
            .ok()
            .and_then(|path| path.try_into().ok())
            .unwrap_or(path.to_owned()),
    }
}

/// Reads `routegen.toml`; the inner error is what is wrong with it.
///
/// # Errors
///
/// When it can't be read.
pub fn read_config(root: &Utf8Path) -> anyhow::Result<Result<Config, Box<Diagnostic>>> {
    let text = Config::read_text(root)?;
    let place = |range| Place {
        path: config::FILE_NAME.into(),
        text: text.as_str().into(),
        range,
    };
    let config = match Config::parse(&text) {
        Ok(config) => config,
        Err(error) => {
            let error = error.downcast_ref::<toml::de::Error>();
            let range = error.and_then(toml::de::Error::span).unwrap_or_default();
            let label = error.map_or_else(String::new, |error| error.message().to_owned());
            let message = format!("`{}` can't be used", config::FILE_NAME);
            let diagnostic = Diagnostic::new(&RG0511, Effect::Fatal, message);
            let diagnostic = diagnostic.at_place(place(range)).label(label);
            return Ok(Err(Box::new(diagnostic.or_conflict(&text))));
        }
    };
    for (index, api) in config.apis.iter().enumerate() {
        if let Err(reason) = config::check_base(&api.base) {
            let ranges = config::base_ranges(&text);
            let message = format!("the base path `{}` {reason}", api.base);
            let diagnostic = Diagnostic::new(&RG0512, Effect::Fatal, message);
            return Ok(Err(Box::new(
                diagnostic
                    .at_place(place(ranges.get(index).cloned().unwrap_or_default()))
                    .help(config::base_help(&api.base)),
            )));
        }
    }
    if config.apis.is_empty() {
        let diagnostic =
            Diagnostic::new(&RG0511, Effect::Fatal, "`routegen.toml` names no contract");
        return Ok(Err(Box::new(
            diagnostic.help("add an `[[api]]` with `spec` and `base`"),
        )));
    }
    Ok(Ok(config))
}
