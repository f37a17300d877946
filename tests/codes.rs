//! Every diagnostic has a test that names it: a case's `stderr`, a table of diagnostics, or a unit test.

use std::path::Path;

use routegen::diagnostics::all_codes;

#[test]
fn every_code_is_named_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = String::new();
    read(&root.join("tests"), &mut tests);
    read(&root.join("cli/project"), &mut tests);
    let missing: Vec<&str> = all_codes()
        .map(|code| code.number)
        // In a message or a table; the code itself names them without quotes or brackets.
        .filter(|code| {
            let named = [
                format!("[{code}]"),
                format!("\"{code}\""),
                format!("\"{code} "),
                format!("{code} Fatal"),
                format!("{code} Decide"),
                format!("{code} Degrades"),
                format!("{code} Warning"),
            ];
            !named.iter().any(|name| tests.contains(name))
        })
        .collect();
    assert!(missing.is_empty(), "no test has {missing:?}");
}

/// All text of the files below a folder that may name a code.
fn read(folder: &Path, out: &mut String) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, out);
        } else if let Ok(text) = fs_err::read_to_string(&path) {
            out.push_str(&text);
        }
    }
}
