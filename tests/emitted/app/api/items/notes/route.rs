use super::contract::*;

/// Stops at the first item that is wrong.
pub async fn post(_: Context, mut request: PostRequest) -> Result<PostResponse> {
    let mut notes = Vec::new();
    while let Some(note) = request.body.next().await {
        notes.push(note?);
    }
    Ok(PostResponse::Ok {
        x_kind: "notes".to_owned(),
        body: notes.into(),
    })
}
