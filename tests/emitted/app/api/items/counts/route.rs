use super::contract::*;

/// Reads all items, and says all that is wrong with them.
pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let counts = match request.body {
        Some(counts) => counts.all().await?,
        None => Vec::new(),
    };
    Ok(PostResponse::Ok(counts.into()))
}
