//! Any bytes, read as an OpenAPI document in YAML or JSON.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| routegen_fuzz::generate(bytes, "openapi.yaml"));
