//! Codes of lowering OpenAPI.

super::codes! {}
