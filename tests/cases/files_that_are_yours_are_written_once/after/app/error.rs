//! Errors, in our own way.

pub struct Error;
pub type Result<T> = std::result::Result<T, Error>;
