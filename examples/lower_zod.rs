//! Lowers contracts in Zod and prints what was made of them: `cargo run --example lower_zod -- contract.ts …`.

use camino::Utf8Path;
use routegen::diagnostics::Diagnostics;
use routegen::frontend::zod;
use routegen::source::{Source, Sources};

fn main() -> anyhow::Result<()> {
    for path in std::env::args().skip(1) {
        let mut sources = Sources::default();
        let file = sources.add(Source::read(Utf8Path::new(&path))?);
        let mut diagnostics = Diagnostics::default();
        let text = &sources.file(file).text;
        if text.contains("createRoute") {
            match zod::lower(file, &sources, &mut diagnostics) {
                Some(api) => {
                    println!("{path}: {} operations, {} schemas", api.operations.len(), api.schemas.len())
                }
                None => println!("{path}: no contract"),
            }
        } else if let Some((_, exported)) = zod::lower_exported_schemas(file, &sources, &mut diagnostics) {
            println!("{path}: {} exported schemas", exported.len());
        }
        diagnostics.sort();
        for diagnostic in diagnostics.iter() {
            let (line, column) = diagnostic.span.map_or((0, 0), |span| sources.line_column(span));
            println!("  {path}:{line}:{column}: {} {}", diagnostic.code.number, diagnostic.message);
        }
    }
    Ok(())
}
