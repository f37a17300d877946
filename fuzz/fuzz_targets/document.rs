//! OpenAPI documents made of arbitrary choices: nasty texts, keywords, references, sizes.
#![no_main]

use routegen_fuzz::document::Document;

libfuzzer_sys::fuzz_target!(|document: Document| {
    let text = document.text();
    if std::env::var_os("ROUTEGEN_FUZZ_SHOW").is_some() {
        println!("{text}");
    }
    routegen_fuzz::generate(text.as_bytes(), "openapi.yaml");
});
