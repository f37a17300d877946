use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let seen = format!(
        "{:?} {:?} {:?}",
        request.query, request.headers, request.cookies
    );
    let answer = |made: Option<&str>| PostResponse::Ok {
        x_left: 7,
        x_kinds: Some(vec![Kind::Made, Kind::SelfValue]),
        x_pairs: Some(PostOkXPairs {
            a: Some(1),
            b: Some("x".to_owned()),
        }),
        body: PostOkBody {
            number: request.body.id,
            made: made.map(str::to_owned),
            seen: Some(format!("{seen} {:?}", request.body)),
        },
    };
    Ok(match (request.body.kind, request.body.id) {
        (Kind::Made, 0) => answer(None),
        (Kind::Made, _) => answer(Some("now")),
        (Kind::Paid, 0) => PostResponse::ServiceUnavailable,
        (Kind::Paid, _) => PostResponse::NoContent,
        (Kind::SelfValue, _) => PostResponse::ClientError {
            status: contract::StatusCode::CONFLICT,
            body: PostClientErrorBody {
                title: "No".to_owned(),
            },
        },
    })
}
