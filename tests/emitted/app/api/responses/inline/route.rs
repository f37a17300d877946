use super::contract::*;

pub async fn get(ctx: Context, _: GetRequest) -> Result<GetResponse> {
    Ok(match ctx.uri().query().unwrap_or_default() {
        "404" => GetResponse::NotFound("\u{7f}\t\"".to_owned()),
        "409" => GetResponse::Conflict(vec![0.1, 1e21, -0.0, 5e-324, f64::NAN, f64::INFINITY]),
        "410" => GetResponse::Gone(()),
        "422" => GetResponse::UnprocessableEntity(None),
        "500" => GetResponse::InternalServerError([("a\"".to_owned(), true)].into()),
        _ => GetResponse::Ok(GetOkBody {
            items: vec![GetOkBodyItemsItem {
                kind: GetOkBodyItemsItemKind::A,
            }],
        }),
    })
}
