//! Codes of reading: what can't be read as a contract at all.

super::codes! {}
