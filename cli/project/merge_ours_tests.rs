//! Tables of what `sync` does to files of ours, by what stands there and what was written last.

use camino::Utf8PathBuf;

use super::lock::{FILE_NAME, Lock};
use super::merge::merge;
use super::merge_tests::{Files, project};
use super::scan::Project;
use crate::render::{Content, Emitted, EmittedFile};

/// What becomes of a file of ours whose text on disk and in the lock are these.
fn ours(
    disk: Option<&str>,
    written: Option<&str>,
    emitted: Option<&str>,
) -> (String, Vec<&'static str>) {
    ours_at("contract/x.rs", disk, written, emitted)
}

fn ours_at(
    path: &str,
    disk: Option<&str>,
    written: Option<&str>,
    emitted: Option<&str>,
) -> (String, Vec<&'static str>) {
    let path = Utf8PathBuf::from(path);
    let mut files = Files::new();
    files.extend(disk.map(|text| (path.clone(), text.to_owned())));
    let mut project = project(&files);
    if let Some(text) = written {
        let content = Content::Ours(text.to_owned());
        let path = path.clone();
        let files = vec![EmittedFile { path, content }];
        let text = merge(
            &Emitted {
                files,
                ..Emitted::default()
            },
            &Project::default(),
        );
        let lock = text.changes.iter().find(|change| change.path == FILE_NAME);
        let lock = lock.and_then(|lock| lock.texts().1).unwrap_or_default();
        project.lock = Lock::parse(&String::from_utf8_lossy(lock));
    }
    let content = emitted.map(|text| Content::Ours(text.to_owned()));
    let files = content.into_iter().map(|content| EmittedFile {
        path: path.clone(),
        content,
    });
    let merged = merge(
        &Emitted {
            files: files.collect(),
            ..Emitted::default()
        },
        &project,
    );
    let kind = merged
        .changes
        .iter()
        .find(|change| change.path == path)
        .map(|change| &change.kind);
    let kind = kind.map(|kind| {
        format!("{kind:?}")
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    (
        kind.unwrap_or_default(),
        merged
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.number)
            .collect(),
    )
}

#[test]
fn files_of_ours_are_written_whole() {
    let (old, new, mine) = (
        Some("// @generated\nold"),
        Some("// @generated\nnew"),
        Some("// @generated\nmine"),
    );
    let table = [
        ((None, None, new), ("Create", vec![])),
        ((None, old, new), ("Create", vec![])),
        ((new, old, new), ("", vec![])),
        ((old, old, new), ("Update", vec![])),
        ((mine, old, new), ("Restore", vec!["RG0506"])),
        ((mine, None, new), ("Renew", vec!["RG0510"])),
        ((Some("theirs"), None, new), ("", vec!["RG0507"])),
        ((old, old, None), ("Remove", vec![])),
        ((mine, old, None), ("RemoveEdited", vec!["RG0506"])),
        ((mine, None, None), ("", vec![])),
        ((None, old, None), ("", vec![])),
    ];
    for ((disk, written, emitted), (kind, codes)) in table {
        assert_eq!(
            ours(disk, written, emitted),
            (kind.to_owned(), codes),
            "{disk:?} {written:?} {emitted:?}"
        );
    }
}

#[test]
fn files_of_ours_in_other_line_ends_or_format_are_as_they_were() {
    const OLD: &str = "// @generated\n\nfn a(\n    b: u8,\n) {\n    \"c  d\"\n}\n";
    const NEW: &str = "// @generated\n\nfn a(\n    b: u8,\n) {\n    \"new\"\n}\n";
    let crlf = OLD.replace('\n', "\r\n");
    let wide = "// @generated\n\nfn a(b: u8) { \"c  d\" }\n";
    let both = wide.replace('\n', "\r\n");
    let mine = OLD.replace("c  d", "c d").replace('\n', "\r\n");
    for (path, is_formatted, is_rust) in [
        ("app/router.rs", true, true),
        ("contract/src/lib.rs", true, true),
        ("contract/src/v1/types.rs", false, true),
        ("contract/Cargo.toml", false, false),
    ] {
        let check = |disk: &str, emitted: Option<&str>, kind: &str| {
            let codes = match kind {
                "Restore" | "RemoveEdited" => vec!["RG0506"],
                _ => vec![],
            };
            let found = ours_at(path, Some(disk), Some(OLD), emitted);
            assert_eq!(
                found,
                (kind.to_owned(), codes),
                "{path} {disk:?} {emitted:?}"
            );
        };
        check(&crlf, Some(OLD), "");
        check(&crlf, Some(NEW), "Update");
        check(&crlf, None, "Remove");
        check(&mine, Some(OLD), "Restore");
        check(&mine, None, "RemoveEdited");
        for disk in [wide, &both] {
            check(disk, Some(OLD), if is_rust { "" } else { "Restore" });
            check(
                disk,
                Some(NEW),
                if is_formatted { "Update" } else { "Restore" },
            );
            check(
                disk,
                None,
                if is_formatted {
                    "Remove"
                } else {
                    "RemoveEdited"
                },
            );
        }
    }
}
