//! The command line, nothing else.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

/// Contract-first axum servers in the layout of Next.js Route Handlers.
///
/// Reads an API contract (OpenAPI 2.0 to 3.2 in YAML or JSON, or Zod schemas and routes in TypeScript) and writes a
/// complete axum server: one folder per URL segment, one `route.rs` per URL, one function per HTTP method. What you
/// write is never changed; what the contract changes, follows.
#[derive(Debug, Parser)]
#[command(name = "routegen", version, max_term_width = 100, after_help = EXAMPLES, subcommand_required = true)]
pub struct Arguments {
    /// Run as if started in this folder.
    #[arg(
        short = 'C',
        long,
        value_name = "DIR",
        default_value = ".",
        global = true,
        hide_default_value = true
    )]
    pub dir: Utf8PathBuf,
    /// When to colour what is printed.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  routegen new shop --spec openapi.yaml   write a server that compiles, validates and answers 501
  routegen sync                           follow the contract after it changed
  routegen check                          in CI: exit 1 and a diff when `sync` would write

Exit codes: 0 done or in step, 1 drift that `sync` repairs, 2 usage or unreadable input, 3 a person must decide.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a new project from a contract.
    New(New),
    /// Add another API to the project: its contract, where it is mounted, and its handlers.
    Add(Add),
    /// Bring the project into step with its contract; what you wrote stays as it is.
    Sync(Sync),
    /// Say whether the project is in step with its contract, without writing anything.
    Check(Check),
    /// List every route: method, URL, place of its handler, how it stands, who may call it; and what the service sends.
    Routes(Routes),
    /// Tell more of a diagnostic: what it means, an example, the way out.
    Explain(Explain),
    /// Print the completions of a shell.
    #[command(
        after_help = "Example:\n  routegen completions bash > ~/.local/share/bash-completion/completions/routegen"
    )]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page of the program, or of a command.
    #[command(after_help = "\
Examples:
  routegen man | man -l -
  routegen man sync > ~/.local/share/man/man1/routegen-sync.1")]
    Man {
        /// The command.
        command: Option<String>,
    },
}

/// Write a new project from a contract.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  routegen new shop                                  try it with a small bookshop
  routegen new shop --spec openapi.yaml --run        write the server and start it
  routegen new shop --spec huge.yaml --layout split  with a crate for the handlers of each tag
  routegen new . --spec openapi.yaml                 into the folder that holds the contract
  curl -s https://example.com/openapi.json | routegen new shop --spec -

Without --base, the API is mounted at the path of the contract's first server. If that has none: at the root, if all \
paths begin with /api or a version; else at /api/v and the first number of the contract's version.

Webhooks of a contract without paths become routes, others typed requests to send; routegen.toml says which.

Exit codes: 0 written, 2 usage, unreadable input or a folder that is taken, 3 a person must decide; nothing is written \
with 2 and 3.")]
pub struct New {
    /// The folder of the project; made if it isn't there.
    #[arg(value_name = "DIR")]
    pub folder: Utf8PathBuf,
    /// The contract: OpenAPI in YAML or JSON, or Zod in TypeScript; `-` reads stdin.
    #[arg(long, value_name = "FILE")]
    pub spec: Option<Utf8PathBuf>,
    /// The package's name, instead of the folder's.
    #[arg(long)]
    pub name: Option<String>,
    /// Where the API is mounted: `/api/v1`, or an empty text for the root.
    #[arg(long, value_name = "PATH")]
    pub base: Option<String>,
    /// Which crates handlers stand in. `split` makes one for each tag of the contract, so that an edit of a large API is
    /// compiled in a moment; it can't be changed later.
    #[arg(long, value_name = "LAYOUT", value_enum, default_value_t)]
    pub layout: Layout,
    /// Start the server when it is written.
    #[arg(long)]
    pub run: bool,
    /// What is an error beyond what always is.
    #[command(flatten)]
    pub denials: Denials,
    /// A folder outside the contract's own from which `$ref` may read; may be repeated.
    #[arg(long = "allow-dir", value_name = "DIR")]
    pub allow_dirs: Vec<Utf8PathBuf>,
}

/// Add another API to the project: its contract, where it is mounted, and its handlers.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  routegen add --spec v2.yaml --base /api/v2
  curl -s https://example.com/openapi.json | routegen add --spec - --base /partners

A contract outside of the project is copied into it. Without --base, the same rules hold as for `routegen new`.

Exit codes: 0 added, 2 usage or unreadable input, 3 a person must decide; nothing is written with 2 and 3.")]
pub struct Add {
    /// The contract: OpenAPI in YAML or JSON, or Zod in TypeScript; `-` reads stdin.
    #[arg(long, value_name = "FILE")]
    pub spec: Utf8PathBuf,
    /// Where the API is mounted: `/api/v2`, or an empty text for the root.
    #[arg(long, value_name = "PATH")]
    pub base: Option<String>,
    /// What is an error beyond what always is.
    #[command(flatten)]
    pub denials: Denials,
    /// A folder outside the contract's own from which `$ref` may read; may be repeated.
    #[arg(long = "allow-dir", value_name = "DIR")]
    pub allow_dirs: Vec<Utf8PathBuf>,
}

/// Bring the project into step with its contract.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  routegen sync              follow the contract
  routegen sync --dry-run    show what would be done, as a diff of your files and lines for ours
  routegen sync --watch      follow it, and your files, until Ctrl-C
  routegen -C services/shop sync

Exit codes: 0 in step now, 2 usage or unreadable input, 3 a person must decide; nothing is written with 2 and 3.")]
pub struct Sync {
    /// Show what would be done, as a diff, and do nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Go on, and follow every change of the contract's files, of `routegen.toml` and of the project until Ctrl-C. What can't be
    /// used is said, and waited for.
    #[arg(long, conflicts_with = "dry_run")]
    pub watch: bool,
    /// With --dry-run: name every file and show its diff; else many of one folder are one line, and of files that say `@generated`
    /// there is only how many lines they gain and lose.
    #[arg(long, requires = "dry_run")]
    pub full_diff: bool,
    /// What is an error beyond what always is.
    #[command(flatten)]
    pub denials: Denials,
}

/// Say whether the project is in step with its contract.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  routegen check                                       exit 1 if `sync` would change something
  routegen check --deny-undocumented --deny-orphans    the contract tells everything that is served
  routegen check --full-diff > drift.diff
  routegen check --format github                       annotations and a summary of the job
  routegen check --format junit > routegen.xml         for Jenkins and GitLab
  routegen check --format json | jq -r '.findings[] | select(.effect == \"drift\").path'

Other formats than text name files from the root of the git repository, or without one from where the program was \
called. JSON is described by schemas/check.schema.json.

Exit codes: 0 in step, 1 drift that `sync` repairs, 2 usage or unreadable input, 3 a person must decide.")]
pub struct Check {
    /// Handlers whose operation is gone are errors (exit 3).
    #[arg(long)]
    pub deny_orphans: bool,
    /// Routes that the contract doesn't know are errors (exit 3).
    #[arg(long)]
    pub deny_undocumented: bool,
    /// Handlers that are still stubs are errors (exit 3).
    #[arg(long)]
    pub deny_unimplemented: bool,
    /// Name every file and show its diff; else many of one folder are one line, and of files that say `@generated` there is only
    /// how many lines they gain and lose.
    #[arg(long)]
    pub full_diff: bool,
    /// How to say what was found. What is written to stdout is whole and valid whatever the exit code is.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
    /// What is an error beyond what always is.
    #[command(flatten)]
    pub denials: Denials,
}

/// List every route, and what the service sends.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  routegen routes
  routegen routes --html routes.html
  routegen routes --json | jq '.[] | select(.state == \"stub\")'

A handler is `implemented`, a `stub`, `missing`, an `orphan` (its operation is gone), `undocumented` (the contract \
doesn't know it) or `unparsable`. Callbacks and webhooks that the service sends are `sent`: with the callback's expression or the \
webhook's name for a URL, and the type to send for a place; in JSON their `direction` is `out`.")]
pub struct Routes {
    /// As JSON, for programs.
    #[arg(long)]
    pub json: bool,
    /// As a page, for people who would rather look than read: one file with a tree of folders that needs no network. `-` is
    /// stdout. A file that isn't such a page is never written over.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "json")]
    pub html: Option<Utf8PathBuf>,
}

/// Tell more of a diagnostic.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  routegen explain RG0501")]
pub struct Explain {
    /// Its code, as diagnostics show it.
    #[arg(value_name = "CODE")]
    pub code: String,
}

/// What is an error beyond what always is.
#[derive(Debug, Clone, Copy, Args)]
pub struct Denials {
    /// What degrades is an error (exit 3): an operation or schema that can't be expressed and becomes a JSON value or
    /// bytes, or is left out. Warnings that cost no operation its types stay warnings.
    #[arg(long)]
    pub strict: bool,
    /// Every warning is an error (exit 3): all that --strict refuses, and slips of the pen, patterns that aren't checked,
    /// links that lead nowhere.
    #[arg(long)]
    pub deny_warnings: bool,
}

/// How `check` says what it found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A line for each file, diffs, and the command that mends the project; for people.
    #[default]
    Text,
    /// One object, for programs.
    Json,
    /// Workflow commands of GitHub Actions, which annotate files; and a page for the job's summary.
    Github,
    /// A test report as Jenkins and GitLab read it.
    Junit,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// Which crates handlers stand in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// All in one.
    #[default]
    Single,
    /// In one for each tag of the contract.
    Split,
}

/// When to colour what is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    #[default]
    Auto,
    /// Into pipes and files too.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes it the choice of the whole program.
    pub fn write_global(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
