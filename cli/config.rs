//! `routegen.toml`: which contracts make this project, and where they are mounted.

use std::ops::Range;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// The file's name, at the root of a project.
pub const FILE_NAME: &str = "routegen.toml";

/// What `routegen.toml` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Which crates handlers stand in. It is chosen once: what was written one way isn't turned into the other.
    #[serde(default)]
    pub layout: Layout,
    /// Into how many packages the contract is cut. This may be changed at any time.
    #[serde(default)]
    pub contract_crates: ContractCrates,
    /// The contracts, in order; at least one.
    #[serde(rename = "api")]
    pub apis: Vec<ApiConfig>,
    /// How refused requests are answered.
    #[serde(default)]
    pub problem: ProblemConfig,
    /// Limits of the emitted server.
    #[serde(default)]
    pub limits: LimitsConfig,
}

/// Which crates handlers stand in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// All in one.
    #[default]
    Single,
    /// In one for each tag of the contract, so that an edit compiles few others anew.
    Split,
}

impl Layout {
    /// As `routegen.toml` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Split => "split",
        }
    }
}

/// Into how many packages the contract is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ContractCrates {
    /// One, until it is so large that rustc would need too much memory for it.
    #[default]
    Auto,
    /// One.
    One,
    /// One for about so many lines of code.
    Lines(u64),
}

impl<'de> Deserialize<'de> for ContractCrates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Said {
            Word(String),
            Lines(u64),
        }
        match Said::deserialize(deserializer) {
            Ok(Said::Word(word)) if word == "auto" => Ok(Self::Auto),
            Ok(Said::Word(word)) if word == "one" => Ok(Self::One),
            Ok(Said::Lines(lines)) if lines >= 100 => Ok(Self::Lines(lines)),
            Ok(_) | Err(_) => Err(D::Error::custom(
                "expected \"auto\", \"one\", or a number of lines from 100",
            )),
        }
    }
}

/// One contract and where it is mounted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ApiConfig {
    /// Path of the contract, relative to the project.
    pub spec: Utf8PathBuf,
    /// Base path: empty, or `/api/v1` without a trailing slash.
    pub base: String,
    /// Whether the server gives its contract away at `{base}/openapi.json` and `.yaml`.
    #[serde(default = "yes")]
    pub serve_contract: bool,
    /// Folders outside the contract's own from which `$ref` may read.
    #[serde(default)]
    pub allow_dirs: Vec<Utf8PathBuf>,
    /// The operations that are wanted; all, if none are named.
    #[serde(default)]
    pub include: Selectors,
    /// The operations that are not.
    #[serde(default)]
    pub exclude: Selectors,
    /// What becomes of webhooks; without a word they are sent if the contract has paths, and received if it has none.
    #[serde(default)]
    pub webhooks: Option<Webhooks>,
    /// The text of `routegen.toml`, for places in it; empty if there is none yet.
    #[serde(skip)]
    pub text: Arc<str>,
    /// Where `spec` stands in it.
    #[serde(skip)]
    pub spec_range: Range<usize>,
}

/// What becomes of the webhooks of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Webhooks {
    /// The service sends them: each is a typed request in the contract package.
    Send,
    /// The service receives them: each is a route.
    Receive,
    /// Nothing is written for them.
    Ignore,
}

impl ApiConfig {
    /// A contract at a path, all of it, mounted at the root.
    pub fn at_root(spec: Utf8PathBuf, allow_dirs: Vec<Utf8PathBuf>) -> Self {
        Self {
            spec,
            base: String::new(),
            serve_contract: true,
            allow_dirs,
            include: Selectors::default(),
            exclude: Selectors::default(),
            webhooks: None,
            text: Arc::default(),
            spec_range: 0..0,
        }
    }
}

/// A name, and where it stands in `routegen.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// The name.
    pub text: String,
    /// First byte and one past the last.
    pub range: Range<usize>,
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<String>::deserialize(deserializer)?;
        Ok(Self {
            range: spanned.span(),
            text: spanned.into_inner(),
        })
    }
}

/// Names of operations. One that any of these names is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Selectors {
    /// Tags.
    pub tags: Vec<Selector>,
    /// Paths of the contract; `*` is anything within a segment, `**` anything.
    pub paths: Vec<Selector>,
    /// `GET /books/{id}`, or an `operationId`.
    pub operations: Vec<Selector>,
}

/// How refused requests are answered.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ProblemConfig {
    /// The status of a request that doesn't match the contract: 400 or 422.
    #[serde(deserialize_with = "invalid_status")]
    pub invalid_status: u16,
}

/// Limits of the emitted server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LimitsConfig {
    /// Largest request body in bytes, 1 to 1 TiB.
    #[serde(deserialize_with = "within::<1, { 1 << 40 }, _>")]
    pub body_bytes: u64,
    /// Seconds until the response's head must have been made, 1 to a day's 86,400.
    #[serde(deserialize_with = "within::<1, 86_400, _>")]
    pub timeout_seconds: u64,
    /// How many issues of one request are reported, 1 to 10,000.
    #[serde(deserialize_with = "within::<1, 10_000, _>")]
    pub issues: u64,
    /// How deep JSON may nest, 1 to 512; decoders recurse.
    #[serde(deserialize_with = "within::<1, 512, _>")]
    pub json_depth: u64,
}

fn yes() -> bool {
    true
}

/// A number from `LEAST` to `MOST`.
fn within<'de, const LEAST: u64, const MOST: u64, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<u64, D::Error> {
    match u64::deserialize(deserializer)? {
        number if (LEAST..=MOST).contains(&number) => Ok(number),
        number => Err(D::Error::custom(format!(
            "expected a number from {LEAST} to {MOST}, found {number}"
        ))),
    }
}

fn invalid_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    match u16::deserialize(deserializer)? {
        status @ (400 | 422) => Ok(status),
        status => Err(D::Error::custom(format!(
            "expected 400 or 422, found {status}"
        ))),
    }
}

impl Default for ProblemConfig {
    fn default() -> Self {
        Self {
            invalid_status: 400,
        }
    }
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            body_bytes: 2 << 20,
            timeout_seconds: 30,
            issues: 100,
            json_depth: 128,
        }
    }
}

impl Config {
    /// The text of the file in the project at `root`.
    ///
    /// # Errors
    ///
    /// When the file is missing or can't be read; the message names its path.
    pub fn read_text(root: &Utf8Path) -> anyhow::Result<String> {
        Ok(fs_err::read_to_string(root.join(FILE_NAME))?)
    }

    /// Takes the text of a `routegen.toml`.
    ///
    /// # Errors
    ///
    /// When it isn't TOML, or says what we don't know.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut config: Self = toml::from_str(text)?;
        let ranges = ranges(text);
        let text: Arc<str> = text.into();
        for (api, ranges) in config.apis.iter_mut().zip(ranges) {
            api.text = text.clone();
            api.spec_range = ranges.spec.span();
        }
        Ok(config)
    }
}

/// Where the base paths stand in the text of a `routegen.toml`, by the index of their API.
pub fn base_ranges(text: &str) -> Vec<Range<usize>> {
    ranges(text).iter().map(|api| api.base.span()).collect()
}

/// Where the values of an API stand.
#[derive(Deserialize)]
struct ApiRanges {
    spec: toml::Spanned<String>,
    base: toml::Spanned<String>,
}

fn ranges(text: &str) -> Vec<ApiRanges> {
    #[derive(Deserialize)]
    struct Apis {
        api: Vec<ApiRanges>,
    }
    let apis = toml::from_str::<Apis>(text).map(|apis| apis.api);
    apis.unwrap_or_default()
}

/// How a base path that is malformed is to be written.
pub fn base_help(base: &str) -> String {
    let segments = base.split('/').filter(|segment| !segment.is_empty());
    let meant: String = segments.map(|segment| format!("/{segment}")).collect();
    match (meant.as_str(), check_base(&meant)) {
        ("", _) => "write an empty text for the root".to_owned(),
        (meant, Ok(())) => format!("write it as `{meant}`"),
        (_, Err(_)) => "write it as `/api/v1`, or as an empty text for the root".to_owned(),
    }
}

/// How many bytes a base path may have: its segments are folders, and its words a module.
const MAX_BASE: usize = 100;

/// Whether a base path is well formed: empty, or `/api/v1`.
///
/// # Errors
///
/// When it isn't; says why, as the end of a sentence.
pub fn check_base(base: &str) -> Result<(), &'static str> {
    if base.is_empty() {
        return Ok(());
    }
    let Some(rest) = base.strip_prefix('/') else {
        return Err("doesn't begin with a slash");
    };
    if base.ends_with('/') {
        return Err("ends in a slash");
    }
    if base.len() > MAX_BASE {
        return Err("is longer than 100 bytes");
    }
    for segment in rest.split('/') {
        if segment.is_empty() {
            return Err("has an empty segment");
        }
        if segment == "." || segment == ".." {
            return Err("has a segment of dots");
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !segment.bytes().all(plain) {
            return Err("has other characters than letters, digits, `-`, `.`, `_` and `~`");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{base_help, check_base};

    #[test]
    fn base_paths_are_plain() {
        for good in ["", "/api", "/api/v1", "/a.b/~c"] {
            assert_eq!(check_base(good), Ok(()), "{good}");
        }
        for bad in [
            "/", "api", "/api/", "//", "/a//b", "/../a", "/{id}", "/a b", "/a?b", "/é", "/a%20",
        ] {
            assert!(check_base(bad).is_err(), "{bad}");
        }
        assert!(check_base(&"/long".repeat(21)).is_err());
    }

    #[test]
    fn what_is_meant_by_a_malformed_base_is_said() {
        for (base, meant) in [
            ("api/v2", "write it as `/api/v2`"),
            ("/x/", "write it as `/x`"),
            ("//a//b", "write it as `/a/b`"),
            ("/", "write an empty text for the root"),
            (
                "/{id}",
                "write it as `/api/v1`, or as an empty text for the root",
            ),
        ] {
            assert_eq!(base_help(base), meant, "{base}");
        }
    }
}
