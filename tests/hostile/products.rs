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

/// Each branch of a union is a union of all that the next layer has.
#[test]
fn callbacks_go_by_unions_of_unions() {
    let (wide, layers) = (14, 8);
    let name = |layer: usize, index: usize| match layer {
        0 => "S0".to_owned(),
        layer => format!("L{layer}x{index}"),
    };
    let mut schemas = numbered(wide, |index| {
        let leaf = json!({ "type": "object", "properties": { format!("p{index}"): {} }, "additionalProperties": false });
        (name(layers, index), leaf)
    });
    for layer in 0..layers {
        for index in 0..wide {
            let branches: Vec<Value> = (0..wide)
                .map(|next| reference(&name(layer + 1, next)))
                .collect();
            schemas[name(layer, index)] = json!({ "anyOf": branches });
        }
    }
    let callbacks = numbered(100, |index| {
        let hook =
            json!({ format!("{{$request.body#/x{index}}}"): { "post": { "responses": {} } } });
        (format!("c{index}"), hook)
    });
    let text = with_operation(schemas, json!({ "callbacks": callbacks }));
    check(0, &[("a.json", text)]);
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

/// Each of many roots means something else at the end of the same chain.
#[test]
fn dynamic_references_have_many_meanings() {
    let (roots, length) = (800, 500);
    let mut schemas = numbered(length, |index| {
        let next = match index + 1 {
            next if next < length => reference(&format!("C{next}")),
            _ => json!({ "$dynamicRef": "#T" }),
        };
        (
            format!("C{index}"),
            json!({ "type": "object", "properties": { "a": next } }),
        )
    });
    for index in 0..roots {
        let anchor = json!({ "$dynamicAnchor": "T", "type": "object", "properties": { format!("p{index}"): {} } });
        schemas[format!("R{index}")] = json!({ "type": "object", "properties": { "c": reference("C0") }, "$defs": { "T": anchor } });
    }
    let properties = numbered(roots, |index| {
        (format!("r{index}"), reference(&format!("R{index}")))
    });
    schemas["S0"] = json!({ "type": "object", "properties": properties });
    check(0, &[("a.json", document(&schemas))]);
}

/// Of each of many values a whole chain speaks.
#[test]
fn much_is_said_of_many_values() {
    let length = 3_000;
    let mut schemas = numbered(length, |index| {
        let next = match index + 1 {
            next if next < length => reference(&format!("C{next}")),
            _ => json!({ "properties": { "id": { "readOnly": true } } }),
        };
        (
            format!("C{index}"),
            json!({ "dependentSchemas": { "a": next }, "required": ["id"] }),
        )
    });
    let properties = numbered(length, |index| {
        let said = json!({ "dependentSchemas": { "b": reference(&format!("C{index}")) } });
        (format!("p{index}"), said)
    });
    schemas["S0"] = json!({ "type": "object", "properties": properties });
    check(0, &[("a.json", document(&schemas))]);
}
