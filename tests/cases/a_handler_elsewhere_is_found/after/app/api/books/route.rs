pub use crate::books::get;
