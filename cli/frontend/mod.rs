//! Contracts in: one folder per language, each ends in [`crate::model::Api`].

pub mod document;
pub mod zod;
