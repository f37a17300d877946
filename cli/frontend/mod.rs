//! Contracts in: one folder per language, each ends in [`crate::model::Api`].
