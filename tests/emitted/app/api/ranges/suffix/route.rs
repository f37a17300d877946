use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let kind = match request.body {
        PostBody::Json(note) => note.text,
        PostBody::Json2(list) => list.join(" "),
        PostBody::CountJson(count) => count.to_string(),
        PostBody::Any(bytes) => format!("{} bytes", bytes.bytes().await?.len()),
    };
    Ok(PostResponse::Ok {
        content_type: "application/kind+json".to_owned(),
        body: PostOkBody::new(kind),
    })
}
