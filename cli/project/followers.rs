//! What goes to another folder with a file of handlers, and what keeps it where it is.

use std::collections::BTreeSet;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::scan::{APP, DiskFile, Project, has_functions};

/// The files that stand beside one that moves and belong to it alone, with where they go.
///
/// # Errors
///
/// Why it must stay: something of it would be left behind, or be another file there.
pub fn followers(
    from: &Utf8Path,
    to: &Utf8Path,
    project: &Project,
) -> Result<Vec<(Utf8PathBuf, Utf8PathBuf)>, String> {
    let (Some(folder), Some(target)) = (from.parent(), to.parent()) else {
        return Ok(Vec::new());
    };
    let owned = owned(from, folder, project);
    let moving: BTreeSet<&Utf8Path> = owned.iter().copied().chain([from]).collect();
    let there = |path: &Utf8Path| -> Utf8PathBuf {
        let rest = path.strip_prefix(folder);
        target.join(rest.expect("what moves is in the folder"))
    };
    if let Some(kept) = kept_module(from, folder, &moving, project) {
        return Err(format!(
            "`{kept}` is a module of it, and belongs to another route"
        ));
    }
    if project.links.contains_key(from) {
        return Err(format!(
            "`{from}` is a link, and would become a file of its own"
        ));
    }
    for path in &owned {
        let to = there(path);
        if project.app_files.contains(&to) {
            return Err(format!(
                "`{path}` would go with it, and `{to}` is there already"
            ));
        }
        if let Some(leads) = project.links.get(*path) {
            let before = resolved(folder_of(path), leads);
            let now = resolved(folder_of(&to), leads);
            let follows = moving.contains(before.as_path()) && there(&before) == now;
            if before != now && !follows {
                return Err(format!(
                    "`{path}` would go with it, and is a link to `{leads}`, which is something else from there"
                ));
            }
        }
    }
    if let Some(unnamed) = project
        .unnamed
        .iter()
        .find(|path| owner(path, project) == Some(folder))
    {
        return Err(format!(
            "`{unnamed}` has a file whose name isn't Unicode, which would stay behind"
        ));
    }
    Ok(owned
        .into_iter()
        .map(|path| (path.to_owned(), there(path)))
        .collect())
}

/// The files that a text of Rust names by their places, and which are others if it stands in another folder.
pub fn named_from_elsewhere(text: &str) -> Vec<&str> {
    let marks = ["#[path", "include!(", "include_str!(", "include_bytes!("];
    let mut found = BTreeSet::new();
    for mark in marks {
        for (place, _) in text.match_indices(mark) {
            let mut quoted = text[place + mark.len()..].splitn(3, '"');
            let between = quoted.next().unwrap_or_default();
            let is_next = between.chars().all(|c| c.is_whitespace() || c == '=');
            found.extend(
                quoted
                    .next()
                    .filter(|name| is_next && name.starts_with("../")),
            );
        }
    }
    found.into_iter().collect()
}

/// The files in a folder of handlers, and in those below that have none of their own.
fn owned<'a>(from: &Utf8Path, folder: &Utf8Path, project: &'a Project) -> Vec<&'a Utf8Path> {
    // Beside the handlers of `/` lie the files of the whole application; theirs are those that they call modules.
    let is_theirs = |rest: &Utf8Path| folder != APP || is_module(project, from, rest);
    let files = project.app_files.iter().filter(|path| !has_functions(path));
    files
        .filter(|path| {
            let rest = path.strip_prefix(folder);
            rest.is_ok_and(is_theirs) && owner(folder_of(path), project) == Some(folder)
        })
        .map(Utf8PathBuf::as_path)
        .collect()
}

/// The folder with handlers to which another belongs, or which it is.
fn owner<'a>(folder: &'a Utf8Path, project: &Project) -> Option<&'a Utf8Path> {
    let is_route = |folder: &&Utf8Path| project.app_files.contains(&folder.join("route.rs"));
    folder.ancestors().find(is_route)
}

/// Whether a file beside another, or in a folder there, belongs to a module that this other one declares.
fn is_module(project: &Project, file: &Utf8Path, rest: &Utf8Path) -> bool {
    let Some(Ok((_, rust))) = project.file(file).map(DiskFile::rust) else {
        return false;
    };
    let first = rest.components().next().map(|first| first.as_str());
    let name = first.map(|first| first.strip_suffix(".rs").unwrap_or(first));
    name.is_some_and(|name| {
        rust.modules
            .iter()
            .any(|module| module.trim_start_matches("r#") == name)
    })
}

/// A module of a file that wouldn't go with it, since it lies in a folder with handlers of its own.
fn kept_module(
    from: &Utf8Path,
    folder: &Utf8Path,
    moving: &BTreeSet<&Utf8Path>,
    project: &Project,
) -> Option<Utf8PathBuf> {
    let (_, rust) = project.file(from)?.rust().ok()?;
    let names = rust
        .modules
        .iter()
        .map(|name| name.trim_start_matches("r#"));
    let mut places = names.flat_map(|name| {
        let beside = folder.join(format!("{name}.rs"));
        [beside, folder.join(name).join("mod.rs")]
    });
    places.find(|place| project.app_files.contains(place) && !moving.contains(place.as_path()))
}

fn folder_of(path: &Utf8Path) -> &Utf8Path {
    path.parent().unwrap_or(Utf8Path::new(""))
}

/// Where a path leads from a folder, by its words alone.
fn resolved(folder: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    let mut resolved = Utf8PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Utf8Component::ParentDir if resolved.file_name().is_some() => {
                resolved.pop();
            }
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir
            | Utf8Component::Normal(_)
            | Utf8Component::RootDir
            | Utf8Component::Prefix(_) => resolved.push(component),
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::{followers, named_from_elsewhere};
    use crate::project::scan::{DiskFile, Entry, Project};

    /// Files under `app/`, links as `path -> target`; what follows `from`, or why it stays.
    fn check(files: &[&str], from: &str, to: &str, expected: Result<&[(&str, &str)], &str>) {
        let mut project = Project::default();
        for file in files {
            let (path, target) = file.split_once(" -> ").unwrap_or((file, ""));
            project.app_files.insert(path.into());
            if !target.is_empty() {
                project.links.insert(path.into(), target.into());
            }
        }
        let found = followers(from.as_ref(), to.as_ref(), &project);
        match (&found, expected) {
            (Ok(pairs), Ok(expected)) => {
                let pairs = pairs.iter().map(|(from, to)| (from.as_str(), to.as_str()));
                assert_eq!(pairs.collect::<Vec<_>>(), expected);
            }
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("{found:?} {expected:?}"),
        }
    }

    const ROUTE: &str = "app/a/[id]/route.rs";
    const TO: &str = "app/a/[key]/route.rs";

    #[test]
    fn what_belongs_to_a_route_goes_with_it() {
        check(
            &[
                ROUTE,
                "app/a/[id]/help.rs",
                "app/a/[id]/x/y.rs",
                "app/a/z.rs",
            ],
            ROUTE,
            TO,
            Ok(&[
                ("app/a/[id]/help.rs", "app/a/[key]/help.rs"),
                ("app/a/[id]/x/y.rs", "app/a/[key]/x/y.rs"),
            ]),
        );
        check(
            &[ROUTE, "app/a/[id]/x/route.rs", "app/a/[id]/x/y.rs"],
            ROUTE,
            TO,
            Ok(&[]),
        );
    }

    #[test]
    fn a_route_stays_where_something_of_it_would_be_another() {
        let help = "app/a/[id]/help.rs";
        check(
            &[ROUTE, help, "app/a/[key]/help.rs"],
            ROUTE,
            TO,
            Err("is there already"),
        );
        check(
            &["app/a/[id]/route.rs -> ../../x.rs"],
            ROUTE,
            TO,
            Err("is a link"),
        );
        let deeper = "app/b/a/[key]/route.rs";
        let link = |target: &str| format!("{help} -> {target}");
        check(
            &[ROUTE, &link("../../../x.rs")],
            ROUTE,
            deeper,
            Err("something else"),
        );
        // The same from there, or something that goes along.
        let follower = [(help, "app/a/[key]/help.rs")];
        check(&[ROUTE, &link("../../../x.rs")], ROUTE, TO, Ok(&follower));
        check(&[ROUTE, &link("/usr/x.rs")], ROUTE, TO, Ok(&follower));
        check(
            &[ROUTE, &link("./real.rs"), "app/a/[id]/real.rs"],
            ROUTE,
            deeper,
            Ok(&[
                (help, "app/b/a/[key]/help.rs"),
                ("app/a/[id]/real.rs", "app/b/a/[key]/real.rs"),
            ]),
        );
    }

    #[test]
    fn a_route_stays_where_a_module_of_it_is_of_another() {
        let text = "mod x;\npub use x::get;\n".to_owned().into_bytes();
        let mut project = Project::default();
        for path in [ROUTE, "app/a/[id]/x/mod.rs", "app/a/[id]/x/route.rs"] {
            project.app_files.insert(path.into());
        }
        let file = Entry::File(DiskFile::new(text));
        project.entries.insert(ROUTE.into(), file);
        let reason = followers(ROUTE.as_ref(), TO.as_ref(), &project).unwrap_err();
        assert!(
            reason.contains("`app/a/[id]/x/mod.rs` is a module of it"),
            "{reason}"
        );
    }

    #[test]
    fn files_that_are_named_by_their_place_are_found() {
        let text = "#[path = \"../common.rs\"]\nmod common;\nconst Q: &str = include_str!(\"../q.sql\");\ninclude!(\"x.rs\");";
        assert_eq!(named_from_elsewhere(text), ["../common.rs", "../q.sql"]);
    }
}
