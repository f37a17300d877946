//! `Plan` → text. No decisions, no disk.

mod emitted;

pub use emitted::{Content, Emitted, EmittedFile, Function, FunctionsFile};
