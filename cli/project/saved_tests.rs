//! Edits that a transaction saves.

use crate::project::apply::Writer;
use crate::project::apply::tests::Folder;
use crate::project::change::{Change, ChangeKind};

/// The change that puts ours back in the place of what a person wrote there.
fn restored(path: &str, mine: &str) -> Change {
    let kind = ChangeKind::Restore {
        before: mine.as_bytes().into(),
        text: "ours".to_owned(),
    };
    Change {
        path: path.into(),
        kind,
    }
}

#[test]
fn edited_files_of_ours_are_kept() {
    let folder = Folder::new(&[("contract/b.rs", "old b")]);
    for mine in ["mine", "mine too"] {
        folder.write("contract/b.rs", mine);
        let changes = [restored("contract/b.rs", mine)];
        assert!(folder.writer().apply(&changes).unwrap().is_ok());
    }
    let files = folder.files();
    assert_eq!(files["contract/b.rs"], "ours");
    assert_eq!(files[".routegen/recovered/contract/b.rs"], "mine");
    assert_eq!(files[".routegen/recovered/2/contract/b.rs"], "mine too");
}

#[test]
#[cfg(target_os = "linux")]
fn edits_that_cannot_be_saved_stop_all() {
    // As long as a path may be, so that the one below `.routegen/recovered/` can't be made.
    const LONGEST: usize = 4095;
    let folder = Folder::new(&[("contract/a.rs", "old")]);
    let mut path = format!("contract/{}/", "d".repeat(99)).repeat(36);
    path.push_str(&"f".repeat(LONGEST - folder.path().as_str().len() - 1 - path.len()));
    folder.write(&path, "mine");
    let before = folder.files();
    let kind = ChangeKind::Update {
        before: (*b"old").into(),
        text: "new".to_owned(),
    };
    let first = Change {
        path: "contract/a.rs".into(),
        kind,
    };
    let changes = [first, restored(&path, "mine")];
    let error = folder.writer().apply(&changes).unwrap_err().to_string();
    assert!(error.starts_with("nothing was written: "), "{error}");
    assert_eq!(folder.files(), before);
    assert!(!Writer::was_interrupted(folder.path()));
}

#[test]
fn edits_are_saved_beside_what_is_in_the_way() {
    let folder = Folder::new(&[("contract/b.rs", "mine")]);
    folder.write(".routegen/recovered/contract", "a file for a folder");
    let changes = [restored("contract/b.rs", "mine")];
    assert!(folder.writer().apply(&changes).unwrap().is_ok());
    let files = folder.files();
    assert_eq!(files[".routegen/recovered/contract"], "a file for a folder");
    assert_eq!(files[".routegen/recovered/2/contract/b.rs"], "mine");
}

#[test]
#[cfg(unix)]
fn edits_are_saved_through_no_link() {
    let outside = Folder::new(&[]);
    let folder = Folder::new(&[("contract/b.rs", "mine"), (".routegen/recovered/x", "x")]);
    let link = folder.path().join(".routegen/recovered/contract");
    std::os::unix::fs::symlink(outside.path(), link).unwrap();
    let changes = [restored("contract/b.rs", "mine")];
    assert!(folder.writer().apply(&changes).unwrap().is_ok());
    assert!(outside.files().is_empty());
    let saved = folder.path().join(".routegen/recovered/2/contract/b.rs");
    assert_eq!(fs_err::read_to_string(saved).unwrap(), "mine");
}
