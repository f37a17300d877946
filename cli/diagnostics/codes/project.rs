//! Codes of the project on disk and its configuration.

super::codes! {}
