//! Where a project lies in its repository: what annotates files names them from there.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// The folder from which the files of a project are named.
pub struct Repository {
    /// The folder, if it is known.
    root: Option<Utf8PathBuf>,
    /// The project in it; empty if it is the folder itself.
    pub project: Utf8PathBuf,
}

impl Repository {
    /// Of the project at `root`: the git repository that it lies in, or else the folder that the program was called
    /// in, or else the project itself.
    ///
    /// # Errors
    ///
    /// When the project's folder can't be found on disk.
    pub fn of(root: &Utf8Path) -> anyhow::Result<Self> {
        let real = |path: &Utf8Path| -> anyhow::Result<Utf8PathBuf> {
            Ok(Utf8PathBuf::try_from(fs_err::canonicalize(path)?)?)
        };
        let project = real(root)?;
        // In a worktree or a submodule `.git` is a file.
        let git = project
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .map(Utf8Path::to_owned);
        let root = match git {
            Some(git) => git,
            // The folder may have been deleted since, or have a name that isn't UTF-8.
            None => real(Utf8Path::new(".")).unwrap_or_else(|_| project.clone()),
        };
        let inside = project.strip_prefix(&root).map(Utf8Path::to_owned);
        Ok(match inside {
            Ok(inside) => Self {
                root: Some(root),
                project: inside,
            },
            Err(_) => Self {
                root: Some(project),
                project: Utf8PathBuf::new(),
            },
        })
    }

    /// When there is no project.
    pub fn of_nothing() -> Self {
        Self {
            root: None,
            project: Utf8PathBuf::new(),
        }
    }

    /// A path of the project, from the root of the repository, with slashes; outside of it, as it is.
    pub fn path(&self, path: &Utf8Path) -> String {
        let inside = self
            .root
            .as_ref()
            .and_then(|root| path.strip_prefix(root).ok());
        let path = match inside {
            Some(inside) => inside.to_owned(),
            None => self.project.join(path),
        };
        plain(&path)
    }
}

/// A path without `.`, and without `..` behind a folder.
fn plain(path: &Utf8Path) -> String {
    let mut names: Vec<&str> = Vec::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if names.last().is_some_and(|name| *name != "..") => {
                names.pop();
            }
            Utf8Component::RootDir => names.push(""),
            Utf8Component::ParentDir | Utf8Component::Prefix(_) | Utf8Component::Normal(_) => {
                names.push(component.as_str());
            }
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(project: &str, path: &str, expected: &str) {
        let repository = Repository {
            root: Some("/srv/repository".into()),
            project: project.into(),
        };
        assert_eq!(repository.path(Utf8Path::new(path)), expected);
    }

    #[test]
    fn files_are_named_from_the_repository() {
        check("", "app/[id]/route.rs", "app/[id]/route.rs");
        check(
            "services/shop",
            "openapi.yaml",
            "services/shop/openapi.yaml",
        );
        check(
            "services/shop",
            "./../../contracts/a.yaml",
            "contracts/a.yaml",
        );
        check("shop", "/srv/repository/shared/a.yaml", "shared/a.yaml");
        check("shop", "/srv/elsewhere/a.yaml", "/srv/elsewhere/a.yaml");
        check("shop", "../../elsewhere/a.yaml", "../elsewhere/a.yaml");
    }
}
