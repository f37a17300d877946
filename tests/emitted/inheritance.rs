//! Schemas with heirs: a discriminator says which is meant, and what it doesn't know is the base.

use axum::http::Request;
use contract::inheritance::schemas::{Cat, Dog, Pet};

use super::schemas::check;
use super::send;

/// The answer to a body that isn't JSON.
async fn answer(url: &str, media: &str, body: &str) -> String {
    let request = Request::post(format!("/api/inheritance/{url}")).header("content-type", media);
    let answer = send(request.body(body.to_owned().into()).unwrap()).await;
    match answer.status.as_u16() {
        200 => answer.text(),
        400 if !answer.issues().is_empty() => answer.issues().join(", "),
        status => status.to_string(),
    }
}

#[tokio::test]
async fn an_heir_keeps_what_is_its_own() {
    let extra = r#"{"name":"Bo","song":"la","petType":"Bird","lives":1}"#;
    check("inheritance", &[
        ("pet", r#"{"petType":"cat","name":"Tom","lives":9}"#, ""),
        ("pet", r#"{"lives":9,"name":"Tom","petType":"cat"}"#, r#"{"petType":"cat","name":"Tom","lives":9}"#),
        ("pet", r#"{"petType":"good dog","name":"Rex","friend":{"petType":"good dog","name":"Max","friend":{"petType":"cat","name":"Tom","lives":1}}}"#, ""),
        ("pet", extra, r#"{"petType":"Bird","name":"Bo","song":"la"}"#),
        ("pet", r#"{"petType":"fish","name":"Nemo","depth":1.5}"#, ""),
        ("pet", r#"{"petType":"Stone","name":"Rocky"}"#, ""),
    ])
    .await;
}

#[tokio::test]
async fn an_heir_is_checked_as_what_it_is() {
    check(
        "inheritance",
        &[
            (
                "pet",
                r#"{"petType":"cat","name":"","lives":10}"#,
                "body /name too_small, body /lives too_big",
            ),
            (
                "pet",
                r#"{"petType":"cat","name":"Tom"}"#,
                "body /lives invalid_type",
            ),
            (
                "pet",
                r#"{"petType":"good dog","name":"Rex","friend":{"petType":"cat","name":"Tom"}}"#,
                "body /friend/lives invalid_type",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_value_that_nobody_declared_is_the_base() {
    check(
        "inheritance",
        &[
            ("pet", r#"{"petType":"cow","name":"Moo"}"#, ""),
            ("pet", r#"{"petType":"pet","name":"It"}"#, ""),
            // A mapping counts rather than the name, and what is only named so is no heir.
            (
                "pet",
                r#"{"petType":"Cat","name":"Tom","lives":9}"#,
                r#"{"petType":"Cat","name":"Tom"}"#,
            ),
            (
                "pet",
                r#"{"petType":"hippopotamus","name":""}"#,
                "body /petType too_big, body /name too_small",
            ),
            ("method", r#"{"type":"cash","note":"now"}"#, ""),
            ("method", r#"{"type":"gold"}"#, "body /type invalid_value"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_missing_discriminator_is_the_matter_of_the_base() {
    check(
        "inheritance",
        &[
            (
                "pet",
                r#"{"name":"Tom","lives":9}"#,
                "body /petType invalid_type",
            ),
            (
                "pet",
                r#"{"petType":1,"name":"Tom"}"#,
                "body /petType invalid_type",
            ),
            ("pet", "[]", "body  invalid_type"),
            ("pet", "null", "body  invalid_type"),
            ("method", r#"{"note":"now"}"#, ""),
            ("method", "{}", ""),
            ("method", r#"{"type":"card"}"#, "body /number invalid_type"),
        ],
    )
    .await;
    for broken in ["{\"petType\":", "{\"name\":\"a\"", "{\"petType\":\"cat\"}x"] {
        let found = answer("pet", "application/json", broken).await;
        assert_eq!(found, "400", "{broken}");
    }
}

#[tokio::test]
async fn an_heir_by_itself_is_that_heir() {
    check(
        "inheritance",
        &[
            ("cat", r#"{"petType":"cat","name":"Tom","lives":9}"#, ""),
            (
                "cat",
                r#"{"petType":"good dog","name":"Tom","lives":9}"#,
                "body /petType invalid_value",
            ),
            (
                "cat",
                r#"{"name":"Tom","lives":9}"#,
                "body /petType invalid_type",
            ),
            ("plain", r#"{"form":"any","radius":2.5}"#, ""),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_base_stands_for_its_heirs_wherever_it_is_used() {
    let cat = r#"{"petType":"cat","name":"Tom","lives":9}"#;
    let all = format!(
        r#"{{"must":{cat},"described":{cat},"nullable":{cat},"list":[{cat},{{"petType":"cow","name":"Moo"}}],"map":{{"a":{cat}}},"cat":{cat},"either":{cat},"more":{{"petType":"cat","name":"Tom","price":1}},"base":{{"cushion":"soft"}}}}"#
    );
    check(
        "inheritance",
        &[
            ("places", &all, ""),
            ("places", r#"{"nullable":null,"either":1}"#, ""),
            (
                "places",
                r#"{"must":{"petType":"cat"},"list":[{"petType":"cat","name":"Tom"}]}"#,
                "body /must/name invalid_type, body /must/lives invalid_type, body /list/0/lives invalid_type",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn heirs_have_heirs() {
    check(
        "inheritance",
        &[
            ("vehicle", r#"{"kind":"bike","gears":3}"#, ""),
            (
                "vehicle",
                r#"{"kind":"car","fuel":"volt","doors":5,"range":400}"#,
                "",
            ),
            ("vehicle", r#"{"kind":"car","fuel":"diesel","doors":3}"#, ""),
            (
                "vehicle",
                r#"{"kind":"car","fuel":"volt"}"#,
                "body /range invalid_type",
            ),
            ("vehicle", r#"{"kind":"car"}"#, "body /fuel invalid_type"),
            (
                "vehicle",
                r#"{"kind":"boat","range":1}"#,
                r#"{"kind":"boat"}"#,
            ),
            ("car", r#"{"kind":"car","fuel":"volt","range":400}"#, ""),
            (
                "car",
                r#"{"kind":"bike","fuel":"volt","range":400}"#,
                "body /kind invalid_value",
            ),
            ("event", r#"{"type":"order","order":1}"#, ""),
            ("event", r#"{"type":"shipped","order":1,"carrier":"x"}"#, ""),
            ("event", r#"{"type":"paid","order":1,"amount":2.5}"#, ""),
            ("event", r#"{"type":"paid"}"#, "body /order invalid_type"),
            ("event", r#"{"type":"other"}"#, ""),
            (
                "order-event",
                r#"{"type":"shipped","order":1,"carrier":"x"}"#,
                "",
            ),
            ("order-event", r#"{"type":"other","order":1}"#, ""),
        ],
    )
    .await;
}

#[tokio::test]
async fn heirs_hold_their_base() {
    let deep = format!(
        "{}null{}",
        r#"{"op":"Not","inner":"#.repeat(100),
        "}".repeat(100)
    );
    check("inheritance", &[
        ("expression", "null", ""),
        ("expression", r#"{"op":"Not","inner":{"op":"And","all":[{"op":"x"},null,{"op":"Not","inner":null}]}}"#, ""),
        ("expression", r#"{"op":"And","all":[{"op":"Not"}]}"#, "body /all/0/inner invalid_type"),
        ("expression", &deep, ""),
    ])
    .await;
}

#[tokio::test]
async fn an_heir_always_says_what_it_is() {
    check(
        "inheritance",
        &[
            (
                "media",
                r#"{"medium":"Tape","minutes":3}"#,
                r#"{"minutes":3,"medium":"Tape"}"#,
            ),
            ("media", r#"{"title":"a"}"#, ""),
            ("rose", r#"{"thorns":3}"#, r#"{"family":"Rose","thorns":3}"#),
            ("rose", r#"{"family":"Lily"}"#, ""),
        ],
    )
    .await;
}

#[tokio::test]
async fn each_direction_has_its_own_heirs() {
    check(
        "inheritance",
        &[
            (
                "account",
                r#"{"type":"savings","pin":"12"}"#,
                r#"{"type":"savings","id":12}"#,
            ),
            ("account", r#"{"type":"savings"}"#, "body /pin invalid_type"),
            (
                "account",
                r#"{"type":"other","id":3}"#,
                r#"{"type":"other"}"#,
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn forms_and_documents_have_heirs_too() {
    let form = "application/x-www-form-urlencoded";
    for (body, expected) in [
        (
            "petType=cat&name=Tom&lives=9",
            r#"{"petType":"cat","name":"Tom","lives":9}"#,
        ),
        (
            "petType=cow&name=Moo&lives=9",
            r#"{"petType":"cow","name":"Moo"}"#,
        ),
        ("petType=cat&name=Tom&lives=x", "body /lives invalid_type"),
    ] {
        assert_eq!(answer("form", form, body).await, expected, "{body}");
    }
    let xml = |inside: &str| format!("<Pet>{inside}</Pet>");
    for (body, expected) in [
        ("<petType>cat</petType><name>Tom</name><lives>9</lives>", ""),
        ("<petType>cow</petType><name>Moo</name>", ""),
        (
            "<petType>cat</petType><name>Tom</name><lives>10</lives>",
            "body /lives too_big",
        ),
    ] {
        let found = answer("document", "application/xml", &xml(body)).await;
        match expected {
            "" => assert!(found.ends_with(&xml(body)), "{found}"),
            expected => assert_eq!(found, expected),
        }
    }
}

#[test]
fn what_a_mapping_says_need_not_be_said_again() {
    let Dog { name, friend } = Dog::new("Rex");
    assert_eq!((name.as_str(), friend), ("Rex", None));
    let pet = Pet::Cat(Cat::new("Tom", 9));
    assert!(matches!(pet, Pet::Cat(Cat { lives: 9, .. })));
}
