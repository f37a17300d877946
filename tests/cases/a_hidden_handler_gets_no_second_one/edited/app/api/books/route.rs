pub use crate::books::*;
