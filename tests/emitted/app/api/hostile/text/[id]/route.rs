use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let body = match request.body {
        PostBody::Json(body) | PostBody::AJson(body) => body,
        PostBody::Text(_) => Hostile::new(request.query.q_x_y),
    };
    Ok(PostResponse::Ok { x_head: None, body })
}
