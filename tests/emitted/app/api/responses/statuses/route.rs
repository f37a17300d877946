use super::contract::*;

pub async fn get(ctx: Context, _: GetRequest) -> Result<GetResponse> {
    let note = Note {
        text: "a \"b\"\n\u{2028}</script>\u{1}".to_owned(),
    };
    let problem = || Problem {
        title: Some("No".to_owned()),
        ..Default::default()
    };
    let status = |code| contract::StatusCode::from_u16(code).unwrap_or_default();
    Ok(match ctx.uri().query().unwrap_or_default() {
        "201" => GetResponse::Created {
            location: "https://example.com/1".to_owned(),
            body: note,
        },
        "204" => GetResponse::NoContent,
        "304" => GetResponse::NotModified,
        "418" => GetResponse::ImATeapot,
        "599" => GetResponse::Status599("five".to_owned()),
        "2XX" => GetResponse::Success {
            status: status(202),
            body: contract::Value::Boolean(true),
        },
        "3XX" => GetResponse::Redirection {
            status: status(302),
        },
        "4XX" => GetResponse::ClientError {
            status: status(409),
            body: problem(),
        },
        "5XX" => GetResponse::ServerError {
            status: status(503),
            body: "<b>".to_owned(),
        },
        // No status of the range that the contract declares.
        "wrong" => GetResponse::ServerError {
            status: status(200),
            body: "<b>".to_owned(),
        },
        "default" => GetResponse::Default {
            status: status(451),
            body: problem(),
        },
        _ => GetResponse::Ok(note),
    })
}
