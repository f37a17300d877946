use super::contract::*;

/// Goes on after items that are wrong.
pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let mut lines = Vec::new();
    match request.body {
        PostBody::Ndjson(mut items) => {
            while let Some(item) = items.next().await {
                lines.push(match item {
                    Ok(note) => note.text,
                    Err(error) => format!("{error} ({})", error.issues().len()),
                });
            }
        }
        PostBody::Json(note) => lines.push(format!("one {}", note.text)),
        PostBody::Jsonlines(bytes) => lines.push(format!("{} bytes", bytes.bytes().await?.len())),
    }
    Ok(PostResponse::Ok(lines.join("\n")))
}
