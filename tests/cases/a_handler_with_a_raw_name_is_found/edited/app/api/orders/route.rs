pub use crate::orders::{all as r#get};
