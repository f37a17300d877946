//! Where a new project mounts its API, and what it calls its package.

use camino::Utf8Path;

use crate::config::check_base;
use crate::diagnostics::codes::project::RG0512;
use crate::diagnostics::{Diagnostic, Effect};
use crate::model::{Api, Part};

/// The base path of a contract that was given none: the path of its first server; else none, if its own paths say
/// one already; else `/api/v` and the major version.
pub fn base_path(api: &Api) -> String {
    if let Some(path) = &api.server_path
        && check_base(path).is_ok()
    {
        return path.clone();
    }
    let is_based = |operation: &crate::model::Operation| {
        let first = operation
            .url
            .segments
            .first()
            .map(|segment| segment.parts.as_slice());
        matches!(first, Some([Part::Literal(text)]) if text == "api" || is_version(text))
    };
    if !api.operations.is_empty() && api.operations.iter().all(is_based) {
        return String::new();
    }
    format!("/api/v{}", major(&api.version))
}

/// Why an API isn't mounted at the path of its server, though it has one.
pub fn unusable_server(api: &Api) -> Option<Diagnostic> {
    let path = api.server_path.as_ref()?;
    let reason = check_base(path).err()?;
    let base = base_path(api);
    let mounted = match base.as_str() {
        "" => "at the root".to_owned(),
        base => format!("at `{base}`"),
    };
    let message =
        format!("the path of the server, `{path}`, can't be a base path, since it {reason}");
    Some(
        Diagnostic::new(&RG0512, Effect::Warning, message)
            .note(format!("the API is mounted {mounted}"))
            .help("choose another place with `--base`"),
    )
}

/// Whether a segment is `v1`.
fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The first number of a version; of one that is a date or no number at all, 1.
fn major(version: &str) -> u32 {
    let digits = version.trim().trim_start_matches(['v', 'V']);
    let end = digits
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end]
        .parse()
        .ok()
        .filter(|major| *major < 1000)
        .unwrap_or(1)
}

/// A package's name made of a folder's.
pub fn package_name(folder: &Utf8Path) -> String {
    let name = std::path::absolute(folder)
        .ok()
        .and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let name: String = name
        .unwrap_or_default()
        .to_lowercase()
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() || character == '_' {
                character
            } else {
                '-'
            }
        })
        .collect();
    let name = name.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    if check_name(name).is_ok() {
        name.to_owned()
    } else {
        format!("api-{name}").trim_end_matches('-').to_owned()
    }
}

/// Whether cargo takes a package's name, and the emitted code can be a crate of that name.
///
/// # Errors
///
/// When it doesn't; says why, as the end of a sentence.
pub fn check_name(name: &str) -> Result<(), &'static str> {
    // The names of crates and tools that a package of ours would hide.
    const TAKEN: [&str; 12] = [
        "test",
        "core",
        "std",
        "alloc",
        "proc_macro",
        "proc-macro",
        "contract",
        "axum",
        "tokio",
        "tower",
        "build",
        "app",
    ];
    if !name.starts_with(|character: char| character.is_ascii_alphabetic()) {
        return Err("doesn't begin with a letter");
    }
    if !name
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || character == '-' || character == '_')
    {
        return Err("has other characters than letters, digits, `-` and `_`");
    }
    if TAKEN.contains(&name) || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err() {
        return Err("is taken by Rust or a crate that the project needs");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check_name, major, package_name};

    #[test]
    fn versions_have_a_major() {
        for (version, expected) in [
            ("1.2.3", 1),
            ("v2", 2),
            ("0.1", 0),
            ("", 1),
            ("beta", 1),
            ("2024-01-01", 1),
            ("12", 12),
        ] {
            assert_eq!(major(version), expected, "{version}");
        }
    }

    #[test]
    fn names_are_taken_by_cargo() {
        for (folder, expected) in [
            ("shop", "shop"),
            ("My Shop", "my-shop"),
            ("42", "api-42"),
            ("test", "api-test"),
            ("é", "api"),
        ] {
            assert_eq!(package_name(folder.into()), expected);
            assert_eq!(check_name(expected), Ok(()));
        }
        for bad in ["", "1a", "a b", "é", "fn", "self", "std"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
