//! What the crates of handlers take over from `app/Cargo.toml`, the one list of dependencies that is the user's.

use toml::{Table, Value};

/// Tables of dependencies.
const DEPENDENCIES: [&str; 2] = ["dependencies", "dev-dependencies"];

/// What handler crates need to know of `app/Cargo.toml`.
pub struct Inherited {
    /// Its package's name.
    pub app: String,
    /// The end of a handler crate's manifest: dependencies and lints.
    pub tables: String,
}

/// Reads `app/Cargo.toml`; one that doesn't parse gives nothing, and was reported before.
pub fn inherited(app_manifest: &str) -> Inherited {
    let manifest: Table = app_manifest.parse().unwrap_or_default();
    let package = manifest.get("package");
    let name = package.and_then(|package| package.get("name")?.as_str());
    let app = name.unwrap_or("app").to_owned();
    let tables = tables(&manifest, &app);
    Inherited { app, tables }
}

fn tables(manifest: &Table, app: &str) -> String {
    let mut taken = dependencies(manifest);
    let targets = manifest.get("target").and_then(Value::as_table);
    let targets: Table = targets
        .into_iter()
        .flatten()
        .filter_map(|(target, tables)| Some((target.clone(), tables.as_table()?)))
        .map(|(target, tables)| (target, Value::Table(dependencies(tables))))
        .collect();
    if !targets.is_empty() {
        taken.insert("target".to_owned(), targets.into());
    }
    if let Some(lints) = manifest.get("lints") {
        taken.insert("lints".to_owned(), lints.clone());
    }
    let app = Table::from_iter([
        ("package".to_owned(), app.into()),
        ("path".to_owned(), "../../app".into()),
    ]);
    let normal = taken.entry("dependencies").or_insert(Table::new().into());
    if let Value::Table(normal) = normal {
        normal.insert("app".to_owned(), app.into());
    }
    toml::to_string(&taken).unwrap_or_default()
}

/// The dependencies of one table, paths as they are from a handler crate's folder.
fn dependencies(tables: &Table) -> Table {
    let kinds = DEPENDENCIES.into_iter().filter_map(|kind| {
        let mut table = tables.get(kind)?.as_table()?.clone();
        for (_, dependency) in table.iter_mut() {
            if let Some(Value::String(path)) = dependency.get_mut("path") {
                *path = from_handlers(path);
            }
        }
        Some((kind.to_owned(), Value::Table(table)))
    });
    kinds.collect()
}

/// A path from `app/` as it is from `handlers/books/`.
fn from_handlers(path: &str) -> String {
    if path.starts_with('/') || path.contains(':') {
        return path.to_owned();
    }
    match path.strip_prefix("../") {
        Some(rest) => format!("../../{rest}"),
        None => format!("../../app/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::inherited;

    #[test]
    fn dependencies_are_taken_over_with_their_paths() {
        let manifest = "[package]\nname = 'shop-app'\n[dependencies]\nuuid = '1'\ncommon = { path = '../../common' }\n\
            local = { path = 'local' }\n[target.'cfg(unix)'.dependencies]\nlibc = '0.2'\n[build-dependencies]\ncc = '1'\n\
            [lints]\nworkspace = true\n";
        let expected = "[dependencies]\nuuid = \"1\"\n\n[dependencies.app]\npackage = \"shop-app\"\npath = \"../../app\"\n\n\
            [dependencies.common]\npath = \"../../../common\"\n\n[dependencies.local]\npath = \"../../app/local\"\n\n\
            [lints]\nworkspace = true\n\n[target.\"cfg(unix)\".dependencies]\nlibc = \"0.2\"\n";
        assert_eq!(inherited(manifest).tables, expected);
    }
}
