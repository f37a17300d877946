//! routegen: contract-first axum servers in the layout of Next.js Route Handlers.

pub mod args;
pub mod commands;
pub mod config;
pub mod diagnostics;
pub mod frontend;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod project;
pub mod render;
pub mod source;
