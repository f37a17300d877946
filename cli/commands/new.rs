//! `routegen new`: a project from a contract, into a folder where nothing collides.

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

use super::base::{base_path, check_name, package_name, unusable_server};
use super::contract_files::{below, contract_files};
use super::next_steps::Served;
use super::report::{self, Strictness};
use super::{Exit, output, serve, written};
use crate::args::{Layout, New};
use crate::config::{self, ApiConfig, Config, check_base};
use crate::diagnostics::codes::project::{RG0512, RG0513};
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, print};
use crate::pipeline::{self, Contracts};
use crate::progress::Progress;
use crate::project::{Change, Ground, Project, UserRoutes, Writer, in_step, merge, package};
use crate::render::{Content, Emitted, EmittedFile};
use crate::source::Sources;

/// The contract of a project that was given none.
const BOOKSHOP: &str = include_str!("../../schemas/bookshop/openapi.yaml");

/// Writes a new project.
pub fn run(dir: &Utf8Path, arguments: &New) -> anyhow::Result<Exit> {
    let root = below(dir, &arguments.folder);
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => package_name(&root),
    };
    if let Err(reason) = check_name(&name) {
        anyhow::bail!("the package name `{name}` {reason}; give another with `--name`");
    }
    if Writer::left_something(&root) {
        let writer = match written::lock(&root, Ground::New)? {
            Ok(writer) => writer,
            Err(refused) => return Ok(written::tell_refused(&refused)),
        };
        let is_its_own = Writer::was_to_create(&root, config::FILE_NAME);
        output::tell(&written::interrupted(&writer.recover()?));
        if is_its_own && root.join(config::FILE_NAME).exists() {
            output::tell_done("Created", root.as_str());
            return Ok(Exit::Done);
        }
    }
    if let Some(diagnostic) = no_folder(&root) {
        return Ok(refuse(diagnostic));
    }
    if root.join(config::FILE_NAME).exists() {
        return Ok(refuse(
            Diagnostic::new(
                &RG0513,
                Effect::Fatal,
                format!("`{root}` holds a project already"),
            )
            .help("run `routegen sync` in it"),
        ));
    }
    let progress = Progress::start();
    let mut contracts = read_contract(dir, arguments, &progress)?;
    progress.clear();
    if arguments.base.is_none()
        && let Some(diagnostic) = contracts.apis.first().and_then(unusable_server)
    {
        contracts.diagnostics.push(diagnostic);
    }
    if let Some(exit) = report::tell_diagnostics(
        &contracts.diagnostics,
        &contracts.sources,
        Strictness::of(arguments.denials),
    ) {
        return Ok(exit);
    }
    let Some(api) = contracts.apis.first() else {
        return Ok(Exit::Unusable);
    };
    let base = arguments.base.clone().unwrap_or_else(|| base_path(api));
    if let Err(reason) = check_base(&base) {
        return Ok(refuse(
            Diagnostic::new(
                &RG0512,
                Effect::Fatal,
                format!("the base path `{base}` {reason}"),
            )
            .help(config::base_help(&base)),
        ));
    }
    let files = contract_files(contracts.sources.files());
    let Some((spec, _)) = files.first() else {
        return Ok(Exit::Unusable);
    };
    let webhooks = match (api.webhooks.is_empty(), api.has_paths) {
        (true, _) => None,
        (false, true) => Some("send"),
        (false, false) => Some("receive"),
    };
    let text = config_text(spec, &base, &files, arguments.layout, webhooks);
    write(&root, &name, arguments, contracts, &text, &files)
}

/// Plans the project and writes it.
fn write(
    root: &Utf8Path,
    name: &str,
    arguments: &New,
    contracts: Contracts,
    config_text: &str,
    files: &[(Utf8PathBuf, String)],
) -> anyhow::Result<Exit> {
    let config = Config::parse(config_text)?;
    let curls = contracts
        .apis
        .iter()
        .flat_map(|api| serve::curls(api, &config.apis[0]));
    let curls: Vec<_> = curls.collect();
    let progress = Progress::start();
    let facts = pipeline::facts(root, Some(name));
    let apis: Vec<_> = contracts.apis.into_iter().zip(&config.apis).collect();
    let (emitted, listing, diagnostics) =
        pipeline::emit(&apis, &config, &UserRoutes::default(), &facts, &progress);
    progress.clear();
    let (sources, strictness) = (&contracts.sources, Strictness::of(arguments.denials));
    if let Some(exit) = report::tell_diagnostics(&diagnostics, sources, strictness) {
        return Ok(exit);
    }
    // These are no part of what is emitted: `sync` reads them.
    let mut inputs = Emitted {
        files: vec![yours(config::FILE_NAME.into(), config_text)],
        ..Emitted::default()
    };
    inputs
        .files
        .extend(files.iter().map(|(path, text)| yours(path.clone(), text)));
    let mut project = Project::scan(root)?;
    project.look_for(root, &inputs)?;
    project.look_for(root, &emitted)?;
    if let Some(diagnostic) =
        collision(root, &project, &inputs).or_else(|| collision(root, &project, &emitted))
    {
        return Ok(refuse(diagnostic));
    }
    let mut merged = merge(&emitted, &project);
    merged.create_missing(&inputs, &project);
    if let Some(exit) =
        report::tell_diagnostics(&merged.diagnostics, &Sources::default(), strictness)
    {
        return Ok(exit);
    }
    let writer = match make(root, &merged.changes, &progress)? {
        Ok(writer) => writer,
        Err(exit) => return Ok(exit),
    };
    let nothing_was_said = [&contracts.diagnostics, &diagnostics, &merged.diagnostics]
        .into_iter()
        .all(Diagnostics::is_empty);
    if nothing_was_said {
        let inputs = inputs.files.iter().map(|file| file.path.as_str().into());
        let inputs: Vec<Utf8PathBuf> = inputs.collect();
        in_step::remember(&writer, root, &pipeline::facts_line(root), &inputs, "")?;
    }
    let served = Served {
        operations: listing.routes.len(),
        guarded: listing.guarded(),
    };
    let files = merged.changes.len();
    tell_written(root, arguments, files, &served, &config.apis[0]);
    if arguments.run {
        serve::serve(root, &curls)
    } else {
        Ok(Exit::Done)
    }
}

/// Makes the changes; the inner error is how the program ends if nobody may.
fn make(
    root: &Utf8Path,
    changes: &[Change],
    progress: &Progress,
) -> anyhow::Result<Result<Writer, Exit>> {
    let writer = match written::lock(root, Ground::New)? {
        Ok(writer) => writer,
        Err(refused) => return Ok(Err(written::tell_refused(&refused))),
    };
    // Another run may have come and been killed since the first look.
    output::tell(&written::interrupted(&writer.recover()?));
    match written::apply(&writer, changes, progress) {
        Ok(Ok(saved)) => {
            output::tell(&written::saved(&saved));
            Ok(Ok(writer))
        }
        Ok(Err(refused)) => {
            writer.withdraw();
            Ok(Err(written::tell_refused(&refused)))
        }
        Err(error) => {
            writer.withdraw();
            Err(error)
        }
    }
}

/// Prints what was written and what comes next.
fn tell_written(root: &Utf8Path, arguments: &New, files: usize, served: &Served, api: &ApiConfig) {
    let base = if api.base.is_empty() { "/" } else { &api.base };
    let number =
        |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let routes = number(served.operations, "operation");
    let files = number(files, "file");
    output::tell_done(
        "Created",
        &format!("{root}: {files}, {routes} mounted at {base}"),
    );
    if let Some(workspace) = package::workspace(root).filter(|workspace| !workspace.is_member) {
        output::tell(&format!(
            "\nThe folder lies in a cargo workspace. Add this to `members` in {}:\n    \"{}\",\n",
            workspace.manifest, workspace.member
        ));
    }
    if !arguments.run {
        let enter = if root == "." {
            String::new()
        } else {
            format!("  cd {root}\n")
        };
        let steps = served.next_steps(&api.spec);
        output::tell(&format!("\nNext:\n{enter}{steps}"));
    }
}

/// Reads the contract that was asked for.
fn read_contract(
    dir: &Utf8Path,
    arguments: &New,
    progress: &Progress,
) -> anyhow::Result<Contracts> {
    let allow_dirs = arguments
        .allow_dirs
        .iter()
        .map(|folder| below(dir, folder))
        .collect();
    let read = |spec: Utf8PathBuf| {
        let api = ApiConfig::at_root(spec, allow_dirs);
        pipeline::read_contracts(Utf8Path::new("."), &[api], progress)
    };
    match &arguments.spec {
        Some(spec) if spec == "-" => Ok(read(spec.clone())),
        Some(spec) => Ok(read(below(dir, spec))),
        None => {
            let folder = tempfile::tempdir().context(
                "the contract that is given when none is named needs a temporary folder",
            )?;
            let path = Utf8PathBuf::try_from(folder.path().join("openapi.yaml"))?;
            fs_err::write(&path, BOOKSHOP)?;
            Ok(read(path))
        }
    }
}

/// The text of `routegen.toml`.
fn config_text(
    spec: &Utf8Path,
    base: &str,
    files: &[(Utf8PathBuf, String)],
    layout: Layout,
    webhooks: Option<&str>,
) -> String {
    let string = |text: &str| toml::Value::from(text).to_string();
    let folder = spec.parent().unwrap_or(Utf8Path::new(""));
    let outside = files.iter().any(|(path, _)| !path.starts_with(folder));
    let allow_dirs = if outside {
        "# Folders outside the contract's own from which `$ref` may read.\nallow-dirs = [\"spec\"]\n"
    } else {
        ""
    };
    let layout = match layout {
        Layout::Single => "",
        Layout::Split => {
            "# Handlers stand in a crate for each tag of the contract. This is chosen once.\nlayout = \"split\"\n\n"
        }
    };
    let webhooks = webhooks.map_or_else(String::new, |choice| {
        format!(
            "# Its webhooks: \"send\" writes typed requests, \"receive\" routes, \"ignore\" nothing.\nwebhooks = \"{choice}\"\n"
        )
    });
    format!(
        "# What `routegen sync` and `routegen check` read.\n\n\
         {layout}\
         [[api]]\n\
         # The contract. Change it, then run `routegen sync`.\n\
         spec = {}\n\
         {allow_dirs}\
         # The server gives its contract away at {{base}}/openapi.json; `false` stops that.\n\
         # serve-contract = true\n\
         # Where it is mounted; \"\" is the root.\n\
         base = {}\n\
         {webhooks}\n\
         # The status of a request that doesn't match the contract: 400 or 422.\n\
         # [problem]\n\
         # invalid-status = 400\n\n\
         # [limits]\n\
         # body-bytes = 2097152      # the largest request body\n\
         # timeout-seconds = 30      # until the head of the response\n\
         # issues = 100              # reported of one request\n\
         # json-depth = 128\n",
        string(spec.as_str()),
        string(base),
    )
}

fn yours(path: Utf8PathBuf, text: &str) -> EmittedFile {
    EmittedFile {
        path,
        content: Content::Yours(text.to_owned()),
    }
}

/// Why there can't be a folder of that name, if there can't.
fn no_folder(root: &Utf8Path) -> Option<Diagnostic> {
    let is_there = |path: &&Utf8Path| path.symlink_metadata().is_ok();
    let there = root.ancestors().find(is_there)?;
    let what = match (there.is_dir(), there.exists()) {
        (true, _) => return None,
        (false, true) => "is a file, not a folder",
        (false, false) => "is a link to nothing",
    };
    let diagnostic = Diagnostic::new(&RG0513, Effect::Fatal, format!("`{there}` {what}"));
    Some(diagnostic.help("name another folder"))
}

/// The first thing that is in the way of a new project.
fn collision(root: &Utf8Path, project: &Project, emitted: &Emitted) -> Option<Diagnostic> {
    let taken = |message: String| {
        let diagnostic = Diagnostic::new(&RG0513, Effect::Fatal, message);
        Some(diagnostic.help("name another folder, or move away what is there"))
    };
    if let Some(file) = project.app_files.first() {
        return taken(format!(
            "`{root}` has a folder `app` with files in it, `{file}` among them"
        ));
    }
    for EmittedFile { path, content } in &emitted.files {
        if !project.entries.contains_key(path) {
            continue;
        }
        let name = path.as_str();
        let kept =
            name.starts_with("README") || name.starts_with("LICENSE") || name.starts_with(".git");
        let same = match (content, project.file(path)) {
            (Content::Ours(text) | Content::Yours(text), Some(file)) => {
                without_mark(&file.bytes) == text.as_bytes()
            }
            (Content::Functions(_), _) | (_, None) => false,
        };
        if !(kept || same) {
            return taken(format!("`{path}` is already there in `{root}`"));
        }
    }
    None
}

/// Bytes without a byte order mark, which reading takes off.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

fn refuse(diagnostic: Diagnostic) -> Exit {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(diagnostic);
    output::tell(&print(&diagnostics, &Sources::default()));
    Exit::Unusable
}
