use super::contract::*;

/* This is where books are added.

   Mind /* all */

   the locks. */
pub async fn post(_ctx: Context, _request: PostRequest) -> Result<PostResponse> {
    Ok(PostResponse::NoContent)
}
