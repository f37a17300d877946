//! What cargo knows of the folder: the package's name, and the workspace that it lies in.

use camino::{Utf8Path, Utf8PathBuf};

/// The manifest of the project.
pub const MANIFEST: &str = "Cargo.toml";

/// The manifest of what all handlers share.
pub const APP_MANIFEST: &str = "app/Cargo.toml";

/// A cargo workspace above a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// Its `Cargo.toml`.
    pub manifest: Utf8PathBuf,
    /// The project's folder, relative to the workspace's.
    pub member: Utf8PathBuf,
    /// Whether the workspace knows of the project.
    pub is_member: bool,
}

/// The name in a project's `Cargo.toml`, if it has one.
pub fn package_name(root: &Utf8Path) -> Option<String> {
    let manifest: toml::Table = manifest(root)?.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// The text of a project's `Cargo.toml`, if it has one.
pub fn manifest(root: &Utf8Path) -> Option<String> {
    text(&root.join(MANIFEST))
}

/// The text of `app/Cargo.toml`, which projects have whose handlers stand in crates of their own.
pub fn app_manifest(root: &Utf8Path) -> Option<String> {
    text(&root.join(APP_MANIFEST))
}

fn text(path: &Utf8Path) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The workspace that a folder, which need not be there yet, lies in.
pub fn workspace(root: &Utf8Path) -> Option<Workspace> {
    let root = Utf8PathBuf::try_from(std::path::absolute(root).ok()?).ok()?;
    root.ancestors().skip(1).find_map(|folder| {
        let manifest = folder.join("Cargo.toml");
        let table: toml::Table = std::fs::read_to_string(&manifest).ok()?.parse().ok()?;
        let workspace = table.get("workspace")?;
        let member = root.strip_prefix(folder).ok()?.to_owned();
        let names = |key: &str| {
            let list = workspace
                .get(key)
                .and_then(|list| list.as_array())
                .into_iter()
                .flatten();
            list.filter_map(|name| name.as_str().map(str::to_owned))
                .collect::<Vec<_>>()
        };
        if names("exclude")
            .iter()
            .any(|excluded| member.starts_with(excluded))
        {
            return None;
        }
        let is_member = names("members")
            .iter()
            .any(|pattern| matches_member(pattern, &member));
        Some(Workspace {
            manifest,
            member,
            is_member,
        })
    })
}

/// Whether a pattern of `members` covers a folder; a `*` stands for part of one name.
fn matches_member(pattern: &str, member: &Utf8Path) -> bool {
    let pattern = Utf8Path::new(pattern.trim_end_matches('/'));
    let mut names = member.components();
    let all = pattern.components().all(|wanted| {
        names
            .next()
            .is_some_and(|name| match wanted.as_str().split_once('*') {
                Some((start, end)) => {
                    name.as_str().starts_with(start) && name.as_str().ends_with(end)
                }
                None => wanted == name,
            })
    });
    all && names.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::matches_member;

    #[test]
    fn members_are_found_by_pattern() {
        for (pattern, member, expected) in [
            ("services/*", "services/shop", true),
            ("services/shop/", "services/shop", true),
            ("services/*", "services/a/b", false),
            ("*", "shop", true),
            ("shop", "shop2", false),
        ] {
            assert_eq!(
                matches_member(pattern, member.into()),
                expected,
                "{pattern} {member}"
            );
        }
    }
}
