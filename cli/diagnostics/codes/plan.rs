//! Codes of planning: names, routes, files.

super::codes! {}
