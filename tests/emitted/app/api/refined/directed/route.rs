use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    Ok(PostResponse::Ok(format!("{:?}", request.body)))
}
