//! The histories of a folder: versions of one contract, oldest first.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

/// Versions of one contract.
pub struct History {
    pub name: String,
    pub versions: Vec<Utf8PathBuf>,
}

/// A version, in the order of its history: the spaced older ones come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    is_successive: bool,
    number: u64,
    path: Utf8PathBuf,
}

/// What `histories.jsonl` in a folder, or in its `histories`, lists.
pub fn histories(folder: &Utf8Path) -> Vec<History> {
    let inner = folder.join("histories");
    let folder = match inner.is_dir() {
        true => inner,
        false => folder.to_owned(),
    };
    let list = std::fs::read_to_string(folder.join("histories.jsonl")).unwrap_or_default();
    let mut found: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for line in list.lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("every line is JSON");
        let text = |key: &str| record[key].as_str().unwrap_or_default();
        let file = Utf8Path::new(text("file")).file_name().unwrap_or_default();
        let version = Version {
            is_successive: text("kind") == "successive",
            number: record["seq"].as_u64().unwrap_or_default(),
            path: folder.join(text("history")).join(file),
        };
        let name = text("history").to_owned();
        found.entry(name).or_default().push(version);
    }
    let history = |(name, mut versions): (String, Vec<Version>)| {
        versions.sort();
        let versions = versions.into_iter().map(|version| version.path).collect();
        History { name, versions }
    };
    found.into_iter().map(history).collect()
}
