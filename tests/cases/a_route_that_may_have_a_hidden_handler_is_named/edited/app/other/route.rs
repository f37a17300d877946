pub use crate::other::*;
