use super::contract::*;

pub async fn get(ctx: Context, _: GetRequest) -> Result<GetResponse> {
    let note = Note {
        text: "a".to_owned(),
    };
    Ok(match ctx.uri().query().unwrap_or_default() {
        "json" => GetResponse::OkJson(note),
        "api" => GetResponse::OkApiJson(vec![note.clone(), note]),
        "text" => GetResponse::OkText("ä".to_owned()),
        "csv" => GetResponse::OkCsv("a,b".to_owned()),
        "xml" => GetResponse::OkXml("<a/>".into()),
        "bytes" => GetResponse::OkBytes(vec![0, 255].into()),
        "png" => GetResponse::OkPng(vec![1].into()),
        "image" => GetResponse::OkImage {
            content_type: "image/gif".to_owned(),
            body: vec![2].into(),
        },
        _ => GetResponse::OkAny {
            content_type: "no\nheader".to_owned(),
            body: vec![3].into(),
        },
    })
}
