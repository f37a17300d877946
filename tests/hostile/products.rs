//! Contracts of which each part is small, and what they make of each other isn't: as many of these for each of those.
#![cfg(unix)]

use serde_json::{Value, json};

use super::bounds::{check, document, numbered};

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A contract of these schemas whose one operation takes `S0`, and has whatever else.
fn with_operation(schemas: Value, more: Value) -> String {
    let mut document: Value = serde_json::from_str(&document(&schemas)).unwrap();
    let operation = document["paths"]["/a"]["post"].as_object_mut().unwrap();
    operation.extend(more.as_object().unwrap().clone());
    document.to_string()
}

#[test]
fn slips_are_looked_for_among_many_names() {
    let long = "n".repeat(60_000);
    let two = json!({ "S0": { "properties": { "a": reference(&long) } }, format!("{long}n"): {} });
    let mut many = numbered(5_000, |index| (format!("{:0>120}", index), json!({})));
    let properties = numbered(300, |index| {
        (format!("p{index}"), reference(&format!("{index:0>120}x")))
    });
    many["S0"] = json!({ "properties": properties });
    let mapping = numbered(3_000, |index| {
        (format!("m{index}"), format!("{index:0>120}x").into())
    });
    let mut mapped = many.clone();
    mapped["S0"] = json!({ "oneOf": [reference(&"0".repeat(120))], "discriminator": { "propertyName": "a", "mapping": mapping } });
    let links = numbered(3_000, |index| {
        (
            format!("l{index}"),
            json!({ "operationId": format!("{index:0>120}x") }),
        )
    });
    let responses = json!({ "200": { "description": "", "links": links } });
    let mut linked: Value = serde_json::from_str(&with_operation(
        json!({ "S0": {} }),
        json!({ "responses": responses }),
    ))
    .unwrap();
    for index in 0..1_000 {
        linked["paths"][format!("/b{index}")] =
            json!({ "get": { "operationId": format!("{index:0>120}"), "responses": {} } });
    }
    check(
        0,
        &[
            ("a.json", document(&two)),
            ("a.json", document(&many)),
            ("a.json", document(&mapped)),
            ("a.json", linked.to_string()),
        ],
    );
}
