use super::contract::*;

pub use super::contract::Context as Mine; pub use crate::patch_user as patch;

pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/* Tests.

   All of them. */
#[cfg(test)]
mod tests {}
