//! Which files of a folder are contracts.

use camino::{Utf8Path, Utf8PathBuf};

/// Every contract below `folder`, sorted: what its `manifest.jsonl` lists, or else each file that begins like one.
pub fn contracts(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let manifest = std::fs::read_to_string(folder.join("manifest.jsonl")).unwrap_or_default();
    let listed = manifest.lines().filter_map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).ok()?;
        let file = Utf8PathBuf::from(record["file"].as_str()?);
        // The list may stand one folder above.
        let below = file.strip_prefix(folder.file_name()?).unwrap_or(&file);
        Some(folder.join(below)).filter(|path| path.is_file())
    });
    let mut contracts: Vec<Utf8PathBuf> = listed.collect();
    if contracts.is_empty() {
        collect(folder, &mut contracts);
    }
    contracts.sort();
    contracts.dedup();
    contracts
}

fn collect(folder: &Utf8Path, contracts: &mut Vec<Utf8PathBuf>) {
    for entry in folder.read_dir_utf8().expect("the folder can be read") {
        let path = entry.expect("the folder can be read").into_path();
        if path.is_dir() {
            collect(&path, contracts);
        } else if matches!(path.extension(), Some("json" | "yaml" | "yml")) {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let start: String = text.chars().take(2000).collect();
            if start.contains("openapi") || start.contains("swagger") {
                contracts.push(path);
            }
        }
    }
}
