//! Lowers contracts and prints what came out: `cargo run --release --example lower [-v] FILE...`.

use std::collections::BTreeMap;
use std::time::Instant;

use camino::Utf8Path;
use routegen::diagnostics::Diagnostics;
use routegen::frontend::{self, Options};
use routegen::model::Document;
use routegen::source::Sources;

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let verbose = files.first().is_some_and(|first| first == "-v");
    if verbose {
        files.remove(0);
    }
    for file in &files {
        let start = Instant::now();
        let outcome = frontend::load(Utf8Path::new(file), &Options::default());
        let milliseconds = start.elapsed().as_millis();
        let (counts, diagnostics, sources) = match &outcome {
            Ok(loaded) => {
                let json = if verbose { json_fault(&loaded.api.document) } else { String::new() };
                let counts = (loaded.api.operations.len(), loaded.api.schemas.len());
                (
                    format!("{:5} ops {:6} schemas{json}", counts.0, counts.1),
                    &loaded.diagnostics,
                    &loaded.sources,
                )
            }
            Err(failed) => ("REFUSED".to_owned(), &failed.diagnostics, &failed.sources),
        };
        println!("{milliseconds:5} ms {counts} {:?} {file}", by_code(diagnostics));
        if verbose {
            print(diagnostics, sources);
        }
    }
}

fn json_fault(document: &Document) -> String {
    let whole = format!("{}[]{}", document.before_servers, document.after_servers);
    let json = serde_json::from_str::<serde_json::Value>(&whole);
    json.map_or_else(|error| format!(" INVALID JSON {error}"), |_| String::new())
}

fn by_code(diagnostics: &Diagnostics) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        *counts.entry(diagnostic.code.number).or_default() += 1;
    }
    counts
}

fn print(diagnostics: &Diagnostics, sources: &Sources) {
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.span.map(|span| {
            let (line, column) = sources.line_column(span);
            format!("{}:{line}:{column}", sources.file(span.file).path)
        });
        let place = place.unwrap_or_default();
        println!("  {} {:?} {place}: {}", diagnostic.code.number, diagnostic.effect, diagnostic.message);
    }
}
