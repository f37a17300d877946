//! What OpenAPI contracts say beyond the types of values, and which assertions the model makes of it.

mod lowered;

use lowered::with_schemas;
use routegen::frontend::Loaded;
use routegen::model::{Assertion, Constraint};

/// A contract of these schemas, one a line, whose body is `Root`.
fn of_root(schemas: &str) -> Loaded {
    with_schemas(schemas, &["Root"])
}

/// The keys that assertions require, sorted.
fn required(loaded: &Loaded) -> Vec<String> {
    let assertions = loaded.api.refinements.iter().flat_map(|(_, all)| all);
    let keys = assertions.filter_map(|assertion| match assertion {
        Assertion::Required(keys) => Some(keys.join(" ")),
        Assertion::DependentRequired(all) => {
            let all: Vec<String> = all
                .iter()
                .map(|(key, keys)| format!("{key}: {}", keys.join(" ")))
                .collect();
            Some(all.join(", "))
        }
        _ => None,
    });
    let mut keys: Vec<String> = keys.collect();
    keys.sort();
    keys
}

/// What is there in one direction alone isn't asked for, wherever that is said.
#[test]
fn what_travels_one_way_is_not_required() {
    let then = "if: { required: [a] }, then: { required: [id, b] }";
    let directed = "properties: { id: { readOnly: true }, a: {}, b: {} }";
    let reference = "{ $ref: '#/components/schemas/Base' }";
    let base = format!("Base: {{ {directed} }}");
    for (root, expected) in [
        (format!("{directed}, {then}"), vec!["a", "b"]),
        (
            format!("allOf: [{{ {directed} }}, {{ {then} }}]"),
            vec!["a", "b"],
        ),
        (
            format!("allOf: [{reference}, {{ {then} }}]"),
            vec!["a", "b"],
        ),
        (
            format!("allOf: [{{ {then} }}], anyOf: [{reference}, {{ {directed} }}]"),
            vec!["a", "b"],
        ),
        // Behind a reference, and beside it.
        (
            "if: { required: [a] }, then: { $ref: '#/components/schemas/Then' }, properties: { id: { allOf: [{ $ref: '#/components/schemas/Key' }], writeOnly: true } }".to_owned(),
            vec!["a", "b"],
        ),
        // As all others are.
        (
            format!("additionalProperties: {{ readOnly: true }}, properties: {{ a: {{}}, b: {{}} }}, {then}"),
            vec!["a", "b"],
        ),
        // One level further in.
        (
            format!("properties: {{ x: {{ {directed} }} }}, if: {{ required: [a] }}, then: {{ properties: {{ x: {{ required: [id, b] }} }} }}"),
            vec!["a", "b"],
        ),
        (
            format!("properties: {{ x: {{ items: {reference} }} }}, if: {{ required: [a] }}, then: {{ properties: {{ x: {{ items: {{ required: [id, b] }} }} }} }}"),
            vec!["a", "b"],
        ),
        (
            format!("{directed}, dependentRequired: {{ a: [id, b] }}"),
            vec!["a: b"],
        ),
        (
            format!("allOf: [{reference}], dependencies: {{ a: [id, b] }}"),
            vec!["b"],
        ),
        // In a request, what is read-only is passed over, so nothing hangs on it.
        (
            format!("{directed}, dependentRequired: {{ id: [b], b: [a] }}"),
            vec!["b: a"],
        ),
        (
            format!("allOf: [{reference}], dependencies: {{ id: [b], b: [a] }}"),
            vec!["a"],
        ),
        (
            "properties: { id: { writeOnly: true } }, dependentRequired: { id: [b] }".to_owned(),
            vec!["id: b"],
        ),
        // A schema of another value has no say.
        (
            format!("properties: {{ x: {reference} }}, {then}"),
            vec!["a", "id b"],
        ),
    ] {
        let loaded = of_root(&format!(
            "Root: {{ {root} }}\n{base}\nThen: {{ required: [id, b] }}\nKey: {{ type: string }}"
        ));
        assert_eq!(required(&loaded), expected, "{root}");
        let said: Vec<_> = loaded.diagnostics.iter().map(|d| &d.message).collect();
        assert!(said.is_empty(), "{root} {said:?}");
    }
}

/// Whether a request has what only responses have, nobody can tell; so nothing hangs on it.
#[test]
fn what_travels_one_way_decides_nothing() {
    let directed = "properties: { id: { readOnly: true } }";
    for (keyword, asking) in [
        ("required", "not: { required: [id] }"),
        (
            "required",
            "if: { required: [id] }, then: { minProperties: 2 }",
        ),
        (
            "required",
            "not: { oneOf: [{ required: [id] }, { required: [name] }] }",
        ),
        (
            "dependentRequired",
            "not: { dependentRequired: { a: [id] } }",
        ),
        (
            "dependentRequired",
            "not: { dependentRequired: { id: [a] } }",
        ),
        (
            "dependentRequired",
            "if: { dependentRequired: { a: [id, name], b: [name] } }, then: { minProperties: 2 }",
        ),
        ("dependencies", "not: { dependencies: { a: [id] } }"),
        (
            "dependencies",
            "not: { dependencies: { id: { required: [a] } } }",
        ),
        (
            "dependentSchemas",
            "not: { dependentSchemas: { id: { required: [a] } } }",
        ),
        ("minProperties", "not: { minProperties: 2 }"),
        (
            "required",
            "properties: { pets: { contains: { required: [id], properties: { id: { readOnly: true } } }, maxContains: 1 } }",
        ),
    ] {
        let directed = match asking.starts_with("properties") {
            true => "type: object",
            false => directed,
        };
        let loaded = of_root(&format!("Root: {{ {directed}, {asking} }}"));
        let assertions = loaded.api.refinements.iter().flat_map(|(_, all)| all);
        let unknown = assertions.filter(|assertion| **assertion == Assertion::Unknown);
        assert_eq!(unknown.count(), 1, "{asking}");
        let said: Vec<&str> = loaded.diagnostics.iter().map(|d| &*d.message).collect();
        assert_eq!(said, [format!("`{keyword}` is not checked")], "{asking}");
    }
}

/// Of what travels one way, all may be missing in the other, and so many properties less are asked for.
#[test]
fn what_travels_one_way_is_not_counted() {
    let directed = "id: { readOnly: true }, at: { readOnly: true }, key: { writeOnly: true }";
    for (root, expected) in [
        (format!("properties: {{ {directed} }}"), Some(1)),
        (
            format!("allOf: [{{ properties: {{ {directed} }} }}]"),
            Some(1),
        ),
        ("properties: { a: {}, b: {} }".to_owned(), Some(3)),
        (
            format!("properties: {{ {directed}, by: {{ readOnly: true }} }}"),
            None,
        ),
    ] {
        let loaded = of_root(&format!(
            "Root: {{ {root}, if: {{ required: [a] }}, then: {{ minProperties: 3 }} }}"
        ));
        let assertions = loaded.api.refinements.iter().flat_map(|(_, all)| all);
        let found = assertions.filter_map(|assertion| match assertion {
            Assertion::Check(check) => match check.constraint {
                Constraint::MinProperties(min) => Some(min),
                _ => None,
            },
            _ => None,
        });
        assert_eq!(
            found.collect::<Vec<u64>>(),
            Vec::from_iter(expected),
            "{root}"
        );
        assert!(loaded.diagnostics.is_empty(), "{root}");
    }
}

/// A property that `required` alone names travels as the schema of all others says.
#[test]
fn undeclared_properties_travel_as_others_do() {
    let loaded = of_root(
        "Root: { type: object, required: [id], additionalProperties: { type: string, readOnly: true } }",
    );
    let schemas = loaded.api.schemas.iter();
    let objects = schemas.filter_map(|(_, schema)| match &schema.shape {
        routegen::model::Shape::Object(object) => object.fields.first(),
        _ => None,
    });
    let access: Vec<_> = objects.map(|field| field.access).collect();
    assert_eq!(access, [routegen::model::Access::ReadOnly]);
}

/// Where too much is said of a value to know what travels one way, nothing is asked for, and that is said.
#[test]
fn what_travels_one_way_is_looked_for_within_bounds() {
    let (values, length) = (600, 600);
    let mut schemas: String = (0..length)
        .map(|index| match index + 1 {
            next if next < length => format!(
                "C{index}: {{ dependentSchemas: {{ a: {{ $ref: '#/components/schemas/C{next}' }} }} }}\n"
            ),
            _ => format!("C{index}: {{ properties: {{ id: {{ readOnly: true }} }} }}\n"),
        })
        .collect();
    let properties = (0..values).map(|index| {
        format!("p{index}: {{ dependentSchemas: {{ b: {{ $ref: '#/components/schemas/C0' }} }}, dependentRequired: {{ a: [id, b{index}] }} }}")
    });
    let properties: Vec<String> = properties.collect();
    schemas += &format!("Root: {{ properties: {{ {} }} }}", properties.join(", "));
    let loaded = of_root(&schemas);
    let known: Vec<String> = required(&loaded);
    assert!(known.len() > 100 && known.len() < values, "{}", known.len());
    assert!(
        known.iter().all(|keys| keys.starts_with("a: b")),
        "{known:?}"
    );
    let said: Vec<&str> = loaded.diagnostics.iter().map(|d| &*d.message).collect();
    let count = values - known.len();
    assert_eq!(
        said,
        [format!(
            "`dependentRequired` is not checked ({count} places, this is the first)"
        )]
    );
}
