use super::contract::*;

pub async fn get(ctx: Context, _: GetRequest) -> Result<GetResponse> {
    let moment: contract::jiff::Zoned = "2024-02-29T12:00:00.5+02:00[+02:00]".parse()?;
    let spot = Spot {
        genre: Some(Genre::Poem),
        ..Spot::new(1)
    };
    let text = ctx.uri().query().unwrap_or("a");
    Ok(GetResponse::Ok {
        x_text: text.replace("LF", "\n"),
        x_integer: -7,
        x_number: 1.5,
        x_flag: true,
        x_genre: GetOkXGenre::Poem,
        x_moment: moment.clone(),
        x_day: "2024-02-29".parse()?,
        x_id: contract::uuid::Uuid::nil(),
        x_bytes: b"hi".to_vec(),
        x_secret: contract::Secret::new("hush".to_owned()),
        x_address: std::net::Ipv4Addr::LOCALHOST,
        x_list: vec![1, 2],
        x_texts: Some(vec!["a".to_owned(), "b c".to_owned()]),
        x_moments: vec![Some(moment.clone()), None],
        x_pair: (7, Some("b".to_owned())),
        x_point: spot.clone(),
        x_point_exploded: spot,
        x_map: Some([("a".to_owned(), true), ("b".to_owned(), false)].into()),
        x_ids: vec![contract::uuid::Uuid::nil()],
        x_nested: "[[1]]".to_owned(),
        x_level: GetOkXLevel::N2,
        set_cookie: vec!["a=1, b".to_owned(), "c=2".to_owned()],
        x_body: "ä".to_owned(),
        body2: None,
        status2: Some(7),
        x_optional_text: None,
        x_optional_integer: Some(7),
        x_optional_flag: Some(false),
        x_optional_moment: Some(moment),
        x_optional_id: Some(contract::uuid::Uuid::nil()),
        x_optional_bytes: Some(b"hi".to_vec()),
        x_optional_secret: Some(contract::Secret::new("hush".to_owned())),
        x_optional_genre: Some(Genre::Novel),
    })
}
