use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let BookInput { title, .. } = request.body;
    Ok(PostResponse::Ok(Book::new(7, title)))
}
