//! As much of JSON Schema 2020-12 as the schemas of these tests say; any other keyword is a failure.

use serde_json::Value;

/// What is wrong with a value by a schema, each with its place, sorted.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    look(schema, schema, value, "", &mut faults);
    faults.sort();
    faults
}

fn look(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let mut fault = |message: String| faults.push(format!("{at}: {message}"));
    let length = |limit: &Value| usize::try_from(limit.as_u64().unwrap()).unwrap();
    for (keyword, said) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "$comment" | "$defs" | "title" | "description" | "properties" | "items"
            | "$ref" => {}
            "additionalProperties" if *said == false => {
                let known = schema["properties"].as_object().unwrap();
                let keys = value
                    .as_object()
                    .into_iter()
                    .flat_map(|object| object.keys());
                keys.filter(|key| !known.contains_key(*key))
                    .for_each(|key| fault(format!("`{key}` is not known")));
            }
            "additionalProperties" => {}
            "required" => {
                let asked = said.as_array().unwrap().iter();
                asked
                    .map(|key| key.as_str().unwrap())
                    .filter(|key| value.is_object() && value.get(key).is_none())
                    .for_each(|key| fault(format!("no `{key}`")));
            }
            "type" => {
                let types = said.as_array().cloned().unwrap_or(vec![said.clone()]);
                if !types
                    .iter()
                    .any(|name| is_of(value, name.as_str().unwrap()))
                {
                    fault(format!("is not of type {said}"));
                }
            }
            "const" if value != said => fault(format!("is not {said}")),
            "enum" if !said.as_array().unwrap().contains(value) => {
                fault(format!("{value} is none of the values"));
            }
            "minimum"
                if value
                    .as_f64()
                    .is_some_and(|number| number < said.as_f64().unwrap()) =>
            {
                fault(format!("is less than {said}"));
            }
            "minLength" if value.as_str().is_some_and(|text| text.len() < length(said)) => {
                fault("is too short".to_owned());
            }
            "maxLength"
                if value
                    .as_str()
                    .is_some_and(|text| text.chars().count() > length(said)) =>
            {
                fault("is too long".to_owned());
            }
            "minItems"
                if value
                    .as_array()
                    .is_some_and(|items| items.len() < length(said)) =>
            {
                fault("has too few items".to_owned());
            }
            "pattern" => {
                let pattern = said.as_str().unwrap();
                let regex = regex::Regex::new(pattern).unwrap();
                if value.as_str().is_some_and(|text| !regex.is_match(text)) {
                    fault(format!("doesn't match {pattern}"));
                }
            }
            "const" | "enum" | "minimum" | "minLength" | "maxLength" | "minItems" => {}
            other => panic!("these tests don't know the keyword `{other}`"),
        }
    }
    below(root, schema, value, at, faults);
}

/// What a schema says of the values inside of a value, and what it refers to.
fn below(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.strip_prefix('#').unwrap());
        look(
            root,
            target.expect("a reference leads somewhere"),
            value,
            at,
            faults,
        );
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        let other = schema.get("additionalProperties");
        let other = other.filter(|schema| schema.is_object());
        if let Some(schema) = schema
            .get("properties")
            .and_then(|known| known.get(key))
            .or(other)
        {
            look(root, schema, value, &at, faults);
        }
    }
    if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
        for (index, item) in items.iter().enumerate() {
            look(root, schema, item, &format!("{at}/{index}"), faults);
        }
    }
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("these tests don't know the type `{other}`"),
    }
}
