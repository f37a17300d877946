//! Codes of lowering Zod.

super::codes! {}
