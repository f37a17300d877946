use super::contract::*; /* the imports
end here */
pub async fn post(_ctx: Context, _request: PostRequest) -> Result<PostResponse> {
    Ok(PostResponse::NoContent)
}
