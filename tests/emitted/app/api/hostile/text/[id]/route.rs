use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let body = match request.body {
        PostBody::Json(body) | PostBody::AJson(body) => body,
        PostBody::Text(_) => Hostile {
            x_y: request.query.q_x_y,
            ..Default::default()
        },
    };
    Ok(PostResponse::Ok { x_head: None, body })
}
