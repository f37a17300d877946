use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let Event { id, made, .. } = request.body;
    Ok(PostResponse::Ok(Receipt {
        number: id,
        made: Some(made),
    }))
}
