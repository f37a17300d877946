//! Any bytes, read as a contract in TypeScript.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| routegen_fuzz::generate(bytes, "contract.ts"));
