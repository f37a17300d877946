use super::contract::*;

pub async fn post(_ctx: Context, _request: PostRequest) -> Result<PostResponse> {
    // Y.
    Ok(PostResponse::NoContent)
}
