use super::contract::*;

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    // New.
    Ok(GetResponse::NoContent)
}

pub async fn post(_ctx: Context, _request: PostRequest) -> Result<PostResponse> {
    // Y.
    Ok(PostResponse::NoContent)
}
