//! Contracts whose author means harm, or doesn't know what he does: none of their texts becomes code, no file lands
//! elsewhere, nothing takes for ever. What is asked of an emitted project is what the fuzzer asks.

mod attacks;
mod bounds;
mod compiled;
mod emitted;
mod everywhere;
mod links;
mod places;
mod products;
#[path = "../../fuzz/src/properties.rs"]
mod properties;
mod references;
