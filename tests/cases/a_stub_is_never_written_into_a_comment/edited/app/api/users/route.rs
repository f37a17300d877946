use super::contract::*;

pub use super::contract::Context as Mine; pub use crate::patch_user as patch;

/* Tests.

   All of them. */
#[cfg(test)]
mod tests {}
