//! What the commands over real contracts have in common: the folder that they run on, what of it is wanted, and how they end.

use camino::Utf8PathBuf;

/// The folder that `ROUTEGEN_CORPUS` names; without it there is nothing to run on, and it says so.
pub fn corpus(holds: &str) -> Option<Utf8PathBuf> {
    let Some(corpus) = std::env::var_os("ROUTEGEN_CORPUS") else {
        println!("skipped: ROUTEGEN_CORPUS names no folder with {holds}");
        return None;
    };
    let corpus = corpus
        .into_string()
        .expect("the corpus has a path in UTF-8");
    Some(corpus.into())
}

/// Whether a name holds one of the words of `--only`.
pub fn is_wanted(only: &str, name: &str) -> bool {
    only.split(',').any(|word| name.contains(word))
}

/// Writes the table, or prints it, and ends the program with 1 if anything failed.
pub fn finish(table: &str, file: Option<&Utf8PathBuf>, failed: &[&str]) {
    match file {
        Some(path) => std::fs::write(path, table).expect("the table can be written"),
        None => println!("{table}"),
    }
    if !failed.is_empty() {
        eprintln!("failed: {}", failed.join(", "));
        std::process::exit(1);
    }
}
