//! Transactions: whole, interrupted at every step, and in others' way.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Ground, Saved, Standing, Writer, steps};
use crate::project::change::{Change, ChangeKind};
use crate::project::recover::Interrupted;
use crate::project::refused::Refused;

/// A folder with these files, deleted when dropped.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    /// Leaves what a process leaves that is killed when it has made so many steps.
    fn kill_after(&self, made: usize) {
        let writer = self.writer();
        let changes = changes();
        let (steps, texts): (Vec<_>, Vec<_>) = steps(&changes).into_iter().unzip();
        let transaction = writer.transaction(&steps);
        assert!(writer.prepare(&transaction, &texts).unwrap().is_none());
        for index in 0..made {
            assert_eq!(
                transaction.make(index, &mut Saved::new()).unwrap(),
                Standing::Made
            );
        }
    }

    pub fn writer(&self) -> Writer {
        let taken = Writer::lock(self.path(), Ground::New, || panic!("nobody else is there"));
        taken.unwrap().unwrap()
    }

    /// All files save those of transactions.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir_utf8().unwrap() {
                let path = entry.unwrap().into_path();
                let name = path.strip_prefix(self.path()).unwrap().to_string();
                if path.is_dir() {
                    folders.push(path);
                } else if ![".routegen/lock", ".routegen/.gitignore"].contains(&name.as_str()) {
                    found.insert(name, fs_err::read_to_string(path).unwrap());
                }
            }
        }
        found
    }
}

const BEFORE: [(&str, &str); 4] = [
    ("app/a/route.rs", "old a"),
    ("app/a/help.rs", "help"),
    ("contract/b.rs", "old b"),
    ("contract/c.rs", "old c"),
];

fn changes() -> Vec<Change> {
    let change = |path: &str, kind| Change {
        path: Utf8PathBuf::from(path),
        kind,
    };
    let text = |text: &str| text.to_owned();
    vec![
        change(
            "app/z/route.rs",
            ChangeKind::Move {
                from: "app/a/route.rs".into(),
                before: (*b"old a").into(),
                text: text("new a"),
            },
        ),
        change(
            "app/z/help.rs",
            ChangeKind::Follow {
                from: "app/a/help.rs".into(),
            },
        ),
        change(
            "contract/b.rs",
            ChangeKind::Update {
                before: (*b"old b").into(),
                text: text("new b"),
            },
        ),
        change(
            "contract/c.rs",
            ChangeKind::Remove {
                before: (*b"old c").into(),
            },
        ),
        change("routegen.lock", ChangeKind::Create { text: text("lock") }),
    ]
}

fn owned(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn after() -> BTreeMap<String, String> {
    owned(&[
        ("app/z/route.rs", "new a"),
        ("app/z/help.rs", "help"),
        ("contract/b.rs", "new b"),
        ("routegen.lock", "lock"),
    ])
}

#[test]
fn all_changes_are_made() {
    let folder = Folder::new(&BEFORE);
    assert!(folder.writer().apply(&changes()).unwrap().is_ok());
    assert_eq!(folder.files(), after());
    assert!(!folder.path().join("app/a").exists());
}

#[test]
fn a_run_killed_at_any_step_is_finished_by_the_next() {
    for step in 0..=6 {
        let folder = Folder::new(&BEFORE);
        folder.kill_after(step);
        assert_eq!(
            folder.writer().recover().unwrap(),
            Interrupted::Finished {
                skipped: vec![],
                saved: vec![]
            },
            "{step}"
        );
        assert_eq!(folder.files(), after(), "{step}");
        assert_eq!(folder.writer().recover().unwrap(), Interrupted::No);
    }
}

#[test]
fn it_is_known_what_an_interrupted_run_makes() {
    let folder = Folder::new(&BEFORE);
    folder.kill_after(2);
    let creates = |path| Writer::was_to_create(folder.path(), path);
    assert!(creates("app/z/route.rs") && !creates("contract/b.rs") && !creates("app/y.rs"));
    folder.writer().recover().unwrap();
    assert!(!creates("app/z/route.rs"));
}

#[test]
fn an_edit_of_the_old_file_takes_all_back() {
    for step in 0..=3 {
        let folder = Folder::new(&BEFORE);
        folder.kill_after(step);
        folder.write("contract/b.rs", "mine");
        let changed = vec!["contract/b.rs".into()];
        assert_eq!(
            folder.writer().recover().unwrap(),
            Interrupted::TakenBack {
                changed,
                saved: vec![]
            },
            "{step}"
        );
        let mut files = owned(&BEFORE);
        files.insert("contract/b.rs".to_owned(), "mine".to_owned());
        assert_eq!(folder.files(), files, "{step}");
        assert!(!folder.path().join("app/z").exists());
    }
}

#[test]
fn an_edit_of_the_new_file_stops_nothing() {
    for step in 4..=6 {
        let folder = Folder::new(&BEFORE);
        folder.kill_after(step);
        folder.write("contract/b.rs", "mine");
        let skipped = vec!["contract/b.rs".into()];
        assert_eq!(
            folder.writer().recover().unwrap(),
            Interrupted::Finished {
                skipped,
                saved: vec![]
            },
            "{step}"
        );
        let mut files = after();
        files.insert("contract/b.rs".to_owned(), "mine".to_owned());
        assert_eq!(folder.files(), files, "{step}");
    }
}

#[test]
fn edits_of_old_and_new_files_are_all_kept_and_the_lock_is_left() {
    let folder = Folder::new(&BEFORE);
    folder.kill_after(4);
    folder.write("contract/b.rs", "mine");
    folder.write("contract/c.rs", "mine too");
    let skipped = vec!["contract/b.rs".into(), "contract/c.rs".into()];
    assert_eq!(
        folder.writer().recover().unwrap(),
        Interrupted::Finished {
            skipped,
            saved: vec![]
        }
    );
    let mut files = after();
    files.insert("contract/b.rs".to_owned(), "mine".to_owned());
    files.insert("contract/c.rs".to_owned(), "mine too".to_owned());
    files.remove("routegen.lock");
    assert_eq!(folder.files(), files);
}

#[test]
fn what_somebody_wrote_into_a_displaced_file_is_saved_and_named() {
    let folder = Folder::new(&BEFORE);
    folder.kill_after(2);
    folder.write(".routegen/displaced/3.out", "theirs");
    assert_eq!(
        folder.writer().recover().unwrap(),
        Interrupted::Finished {
            skipped: vec![],
            saved: vec![".routegen/recovered/contract/b.rs".into()]
        }
    );
    let mut files = after();
    files.insert(
        ".routegen/recovered/contract/b.rs".to_owned(),
        "theirs".to_owned(),
    );
    assert_eq!(folder.files(), files);
}

#[test]
fn a_step_whose_staged_file_is_gone_takes_all_back() {
    let folder = Folder::new(&BEFORE);
    folder.kill_after(2);
    fs_err::remove_file(folder.path().join(".routegen/stage/3")).unwrap();
    assert_eq!(
        folder.writer().recover().unwrap(),
        Interrupted::TakenBack {
            changed: vec![],
            saved: vec![]
        }
    );
    assert_eq!(folder.files(), owned(&BEFORE));
}

#[test]
fn a_journal_that_nobody_knows_is_left_alone() {
    let folder = Folder::new(&BEFORE);
    folder.kill_after(2);
    folder.write(
        ".routegen/journal",
        "routegen journal 9
",
    );
    let before = folder.files();
    let error = folder.writer().recover().unwrap_err().to_string();
    assert!(error.ends_with("then delete both"), "{error}");
    assert_eq!(folder.files(), before);
}

#[test]
fn nothing_is_begun_before_what_was_interrupted_is_ended() {
    let folder = Folder::new(&BEFORE);
    folder.kill_after(2);
    let before = folder.files();
    assert!(folder.writer().apply(&changes()).is_err());
    assert_eq!(folder.files(), before);
    folder.writer().recover().unwrap();
    assert_eq!(folder.files(), after());
}

#[test]
fn what_was_only_prepared_is_thrown_away() {
    let folder = Folder::new(&BEFORE);
    folder.write(".routegen/stage/0", "half");
    assert_eq!(folder.writer().recover().unwrap(), Interrupted::Undone);
    assert_eq!(folder.files(), owned(&BEFORE));
}

#[test]
fn a_file_that_changed_stops_all() {
    for (path, text) in [
        ("contract/c.rs", "mine"),
        ("routegen.lock", "mine"),
        ("app/z/help.rs", "mine"),
    ] {
        let folder = Folder::new(&BEFORE);
        folder.write(path, text);
        let before = folder.files();
        assert!(
            matches!(
                folder.writer().apply(&changes()).unwrap(),
                Err(Refused::Changed { .. })
            ),
            "{path}"
        );
        assert_eq!(folder.files(), before);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_would_follow_to_where_it_is_stays() {
    let folder = Folder::new(&BEFORE);
    std::os::unix::fs::symlink("a", folder.path().join("app/z")).unwrap();
    let changes = [Change {
        path: "app/z/help.rs".into(),
        kind: ChangeKind::Follow {
            from: "app/a/help.rs".into(),
        },
    }];
    let refused = folder.writer().apply(&changes).unwrap();
    assert!(matches!(refused, Err(Refused::Changed { .. })));
    let there = fs_err::read_to_string(folder.path().join("app/a/help.rs"));
    assert_eq!(there.unwrap(), "help");
}

#[test]
fn a_renaming_of_which_only_half_lasted_is_finished() {
    let folder = Folder::new(&BEFORE);
    folder.kill_after(1);
    fs_err::hard_link(
        folder.path().join("app/a/help.rs"),
        folder.path().join("app/z/help.rs"),
    )
    .unwrap();
    assert!(matches!(
        folder.writer().recover().unwrap(),
        Interrupted::Finished { skipped, .. } if skipped.is_empty()
    ));
    assert_eq!(folder.files(), after());
}

#[test]
#[cfg(unix)]
fn what_root_writes_is_of_whoever_has_the_project() {
    use std::os::unix::fs::{MetadataExt, chown};
    let folder = Folder::new(&BEFORE);
    let owner = |path: &str| {
        let metadata = fs_err::symlink_metadata(folder.path().join(path)).unwrap();
        (metadata.uid(), metadata.gid())
    };
    let (nobody, another) = ((65534, 65534), (65533, 65534));
    for path in [
        "",
        "app",
        "app/a",
        "app/a/route.rs",
        "app/a/help.rs",
        "contract",
    ] {
        if chown(folder.path().join(path), Some(nobody.0), Some(nobody.1)).is_err() {
            return eprintln!("skipped: only root can give files away");
        }
    }
    for path in ["contract/b.rs", "contract/c.rs"] {
        chown(folder.path().join(path), Some(another.0), Some(another.1)).unwrap();
    }
    assert!(folder.writer().apply(&changes()).unwrap().is_ok());
    assert_eq!(folder.files(), after());
    for path in [
        ".routegen",
        ".routegen/lock",
        ".routegen/.gitignore",
        "app/z",
    ] {
        assert_eq!(owner(path), nobody, "{path}");
    }
    for path in after().keys() {
        let expected = match path.starts_with("contract/b") {
            true => another,
            false => nobody,
        };
        assert_eq!(owner(path), expected, "{path}");
    }
}

#[test]
#[cfg(unix)]
fn two_paths_of_one_file_are_not_written() {
    let folder = Folder::new(&[("real/f", "old")]);
    std::os::unix::fs::symlink("real", folder.path().join("other")).unwrap();
    let update = |path: &str, text: &str| Change {
        path: path.into(),
        kind: ChangeKind::Update {
            before: (*b"old").into(),
            text: text.to_owned(),
        },
    };
    let changes = [update("real/f", "one"), update("other/f", "two")];
    let Err(refused) = folder.writer().apply(&changes).unwrap() else {
        panic!("it must be refused");
    };
    assert!(matches!(refused, Refused::Doubled(_)), "{refused:?}");
    assert!(refused.sentence().contains("through a link"));
    let create = || Change {
        path: "Cargo.toml".into(),
        kind: ChangeKind::Create {
            text: "x".to_owned(),
        },
    };
    let refused = folder.writer().apply(&[create(), create()]).unwrap();
    let refused = refused.unwrap_err().sentence();
    assert!(refused.contains("two files at once"), "{refused}");
}

#[test]
fn nothing_is_written_outside() {
    let create = |path: &str| Change {
        path: path.into(),
        kind: ChangeKind::Create {
            text: "x".to_owned(),
        },
    };
    let folder = Folder::new(&[]);
    for path in ["../x", "/tmp/x", "a/../../x", "./x/.."] {
        assert!(
            matches!(
                folder.writer().apply(&[create(path)]).unwrap(),
                Err(Refused::Outside(_))
            ),
            "{path}"
        );
    }
    #[cfg(unix)]
    {
        let outside = Folder::new(&[("f", "theirs")]);
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("none"), folder.path().join("dangling"))
            .unwrap();
        for path in ["link/x", "link/y/x", "dangling"] {
            assert!(
                matches!(
                    folder.writer().apply(&[create(path)]).unwrap(),
                    Err(Refused::Outside(_))
                ),
                "{path}"
            );
        }
        assert_eq!(outside.files(), owned(&[("f", "theirs")]));
        // A link that stays inside is followed, and stays a link.
        folder.write("real/f", "old");
        std::os::unix::fs::symlink("real", folder.path().join("inside")).unwrap();
        let kind = ChangeKind::Update {
            before: (*b"old").into(),
            text: "new".to_owned(),
        };
        assert!(
            folder
                .writer()
                .apply(&[Change {
                    path: "inside/f".into(),
                    kind
                }])
                .unwrap()
                .is_ok()
        );
        assert_eq!(
            fs_err::read_to_string(folder.path().join("real/f")).unwrap(),
            "new"
        );
        assert!(
            fs_err::symlink_metadata(folder.path().join("inside"))
                .unwrap()
                .is_symlink()
        );
    }
}

#[test]
fn two_runs_wait_for_each_other() {
    let folder = Folder::new(&[]);
    let first = folder.writer();
    let path = folder.path().to_owned();
    let (sender, receiver) = std::sync::mpsc::channel();
    let waiting = move || {
        // Who is told once listens no more.
        let _ = sender.send(());
        ControlFlow::Continue(())
    };
    let second =
        std::thread::spawn(move || Ok(Writer::lock(&path, Ground::Old, waiting)?.is_some()));
    receiver.recv().unwrap();
    drop(first);
    let taken: anyhow::Result<bool> = second.join().unwrap();
    assert!(taken.unwrap());
}

#[test]
fn a_run_need_not_wait_for_another() {
    let folder = Folder::new(&[]);
    let _first = folder.writer();
    let taken = Writer::lock(folder.path(), Ground::Old, || ControlFlow::Break(()));
    assert!(taken.unwrap().is_none());
}
