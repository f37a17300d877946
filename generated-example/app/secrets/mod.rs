//! Passwords and tokens: how they are made, kept and checked.

pub mod jwt;
pub mod password;
pub mod token;
