//! Links on the disk that lead out of the project, or out of the contract's folder: nothing is written there, and nothing read.

use std::collections::BTreeMap;
use std::path::Path;

/// Every file below a folder with its bytes; a link is shown, not followed.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs_err::read_dir(next).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let ty = entry.file_type().unwrap();
            if ty.is_symlink() {
                found.insert(
                    name + "@",
                    fs_err::read_link(path)
                        .unwrap()
                        .to_string_lossy()
                        .into_owned()
                        .into_bytes(),
                );
            } else if ty.is_dir() {
                found.insert(name + "/", Vec::new());
                folders.push(path);
            } else {
                found.insert(name, fs_err::read(path).unwrap());
            }
        }
    }
    found
}

/// What a run printed, and whether it went well.
#[cfg(unix)]
fn routegen(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_routegen"));
    let output = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), text)
}

const CONTRACT: &str = "openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /books: { get: { summary: List, responses: { '204': { description: Done } } } }
";

const LONGER: &str = "openapi: 3.1.0
info: { title: Shop, version: '2' }
paths:
  /books:
    get: { summary: List all, responses: { '200': { description: Done, content: { text/plain: {} } } } }
    post: { summary: Add one, security: [{ key: [] }], responses: { '204': { description: Done } } }
  /authors: { get: { summary: List, responses: { '204': { description: Done } } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: key } } }
";

/// copier (CVE-2025-55201 and its kin, CVE-2026-23986): links of a project led writes out of it.
#[test]
#[cfg(unix)]
fn cve_2025_55201_nothing_is_written_through_a_link() {
    use fs_err::os::unix::fs::symlink;

    let places = [
        "app",
        "app/api",
        "app/api/v1",
        "app/api/v1/books",
        "app/api/v1/books/route.rs",
        "app/router.rs",
        "app/auth.rs",
        "contract",
        "contract/src",
        "contract/src/v1",
        "contract/src/v1/routes",
        "contract/Cargo.toml",
        "contract/src/lib.rs",
        "routegen.lock",
        "tests",
        "src",
        ".gitignore",
        ".routegen",
    ];
    for place in places {
        for is_there in [true, false] {
            let folder = tempfile::tempdir().unwrap();
            let (root, outside) = (folder.path(), folder.path().join("outside"));
            fs_err::write(root.join("openapi.yaml"), CONTRACT).unwrap();
            let (done, told) = routegen(root, &["new", "shop", "--spec", "openapi.yaml"]);
            assert!(done, "{told}");
            fs_err::create_dir(&outside).unwrap();
            let (inside, away) = (root.join("shop").join(place), outside.join("moved"));
            if is_there {
                if inside.exists() {
                    fs_err::rename(&inside, &away).unwrap();
                } else {
                    fs_err::create_dir(&away).unwrap();
                }
            } else if inside.is_dir() {
                fs_err::remove_dir_all(&inside).unwrap();
            } else if inside.exists() {
                fs_err::remove_file(&inside).unwrap();
            }
            symlink(&away, &inside).unwrap();
            let before = tree(&outside);
            fs_err::write(root.join("shop/openapi.yaml"), LONGER).unwrap();
            for command in ["check", "sync", "sync", "routes"] {
                let (_, told) = routegen(root, &["-C", "shop", command]);
                assert!(!told.contains("panicked"), "{place}: {told}");
                assert_eq!(
                    tree(&outside),
                    before,
                    "{place}, there: {is_there}, {command}\n{told}"
                );
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn a_new_project_is_not_written_through_links() {
    use fs_err::os::unix::fs::symlink;

    for place in [
        "app",
        "contract",
        "src",
        "tests",
        ".gitignore",
        "routegen.toml",
        "routegen.lock",
        "Cargo.toml",
        "openapi.yaml",
        ".routegen",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (root, outside) = (folder.path(), folder.path().join("outside"));
        fs_err::create_dir_all(root.join("shop")).unwrap();
        fs_err::create_dir(&outside).unwrap();
        fs_err::write(root.join("contract.yaml"), CONTRACT).unwrap();
        symlink(outside.join("target"), root.join("shop").join(place)).unwrap();
        let (done, told) = routegen(root, &["new", "shop", "--spec", "contract.yaml"]);
        assert_eq!(tree(&outside), BTreeMap::new(), "{place}\n{told}");
        assert!(!done || place == "openapi.yaml", "{place}: {told}");
    }
}
