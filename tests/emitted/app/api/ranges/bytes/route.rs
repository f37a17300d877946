use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let bytes = request.body.bytes().await?;
    Ok(PostResponse::Ok(bytes.len() as i64))
}
