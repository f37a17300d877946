//! Dynamic references of which several anchors have the name: templates, and trees that are extended.

mod lowered;

use lowered::with_schemas;
use routegen::frontend::Loaded;
use routegen::model::{Api, SchemaId, Shape, Unknown};

/// A schema in a few words; what lies deeper than a few levels is left out.
fn described(api: &Api, id: SchemaId, depth: usize) -> String {
    let schema = api.schema(id);
    let name = schema.name.clone().unwrap_or_default();
    if depth == 0 {
        return format!("{name}…");
    }
    let inside = |id: SchemaId| described(api, id, depth - 1);
    let shape = match &schema.shape {
        Shape::Array { items } => format!("[{}]", inside(*items)),
        Shape::Object(object) => {
            let fields = object.fields.iter();
            let fields = fields.map(|field| format!("{}: {}", field.name, inside(field.schema)));
            let closed = if object.unknown == Unknown::Reject {
                "!"
            } else {
                ""
            };
            format!("{{{}}}{closed}", fields.collect::<Vec<_>>().join(", "))
        }
        Shape::Integer(_) => "integer".to_owned(),
        Shape::String(_) => "string".to_owned(),
        Shape::Any if schema.refinement.is_some() => "refined".to_owned(),
        other => format!("{other:?}"),
    };
    format!("{name}{shape}")
}

fn bodies(loaded: &Loaded, depth: usize) -> Vec<String> {
    let operations = loaded.api.operations.iter();
    let bodies = operations.map(|operation| {
        let content = &operation.body.as_ref().unwrap().contents[0];
        described(&loaded.api, content.schema.unwrap(), depth)
    });
    let said: Vec<_> = loaded.diagnostics.iter().map(|d| &d.message).collect();
    assert!(said.is_empty(), "{said:?}");
    bodies.collect()
}

const PETS: &str = "Pet: { type: object, properties: { name: { type: string } } }
Dog: { type: object, properties: { age: { type: integer } } }";

#[test]
fn a_template_has_what_whoever_uses_it_says() {
    let items = "type: object, properties: { items: { type: array, items: { $dynamicRef: '#T' } }, meta: { $ref: '#/components/schemas/Dog' } }, $defs: { T: { $dynamicAnchor: T, not: {} } }";
    let uses = |start: &str, reference: &str, target: &str| {
        format!(
            "{start} $ref: {reference}, $defs: {{ T: {{ $dynamicAnchor: T, $ref: {target} }} }} }}"
        )
    };
    let (pet, dog) = ("'#/components/schemas/Pet'", "'#/components/schemas/Dog'");
    let in_resources = [
        format!("Page: {{ $id: 'https://x.test/page', {items} }}"),
        uses(
            "PetPage: { $id: 'https://x.test/pets',",
            "page",
            "'https://x.test/Pet'",
        ),
        uses(
            "DogPage: { $id: 'https://x.test/dogs',",
            "page",
            "'https://x.test/Dog'",
        ),
    ];
    // Without an `$id`, all is one resource; what is meant is clear all the same.
    let page = "'#/components/schemas/Page'";
    let in_one = [
        format!("Page: {{ {items} }}"),
        uses("PetPage: {", page, pet),
        uses("DogPage: {", page, dog),
    ];
    let pets_in_resources = PETS
        .replace("Pet: {", "Pet: { $id: 'https://x.test/Pet',")
        .replace("Dog: {", "Dog: { $id: 'https://x.test/Dog',");
    let meta = "meta: Dog{age: integer}";
    let expected = [
        format!("PetPage{{items: [Pet{{name: string}}], {meta}}}"),
        format!("DogPage{{items: [Dog{{age: integer}}], {meta}}}"),
    ];
    let in_resources = in_resources.join("\n").replace(
        "meta: { $ref: '#/components/schemas/Dog' }",
        "meta: { $ref: Dog }",
    );
    for schemas in [
        format!("{in_resources}\n{pets_in_resources}"),
        format!("{}\n{PETS}", in_one.join("\n")),
    ] {
        let loaded = with_schemas(&schemas, &["PetPage", "DogPage"]);
        assert_eq!(bodies(&loaded, 4), expected, "{schemas}");
        // What doesn't depend on them is there once.
        let dogs = loaded.api.schemas.iter();
        let dogs = dogs.filter(|(_, schema)| schema.name.as_deref() == Some("Dog"));
        assert_eq!(dogs.count(), 1, "{schemas}");
    }
    // By itself it is what it says.
    let loaded = with_schemas(
        &format!("{}\n{PETS}", in_one.join("\n")),
        &["Page", "PetPage"],
    );
    let [page, pets] = bodies(&loaded, 4).try_into().unwrap();
    assert_eq!(page, format!("Page{{items: [refined], {meta}}}"));
    assert_eq!(pets, expected[0]);
}

#[test]
fn a_tree_is_strict_all_the_way_down() {
    let tree = "Tree: { $id: 'https://x.test/tree', ANCHOR, type: object, properties: { children: { type: array, items: { REF } } } }
Strict: { $id: 'https://x.test/strict', ANCHOR, $ref: tree, unevaluatedProperties: false }";
    for (anchor, reference) in [
        ("$dynamicAnchor: node", "$dynamicRef: '#node'"),
        ("$recursiveAnchor: true", "$recursiveRef: '#'"),
    ] {
        let schemas = tree.replace("ANCHOR", anchor).replace("REF", reference);
        let loaded = with_schemas(&schemas, &["Tree", "Strict"]);
        assert_eq!(
            bodies(&loaded, 4),
            [
                "Tree{children: [Tree{children: [Tree…]}]}",
                "Strict{children: [Strict{children: [Strict…]}!]}!"
            ],
            "{anchor}"
        );
    }
    // A root that doesn't say so is what is meant, whoever refers to it.
    let schemas = tree
        .replace("ANCHOR, ", "")
        .replace("REF", "$recursiveRef: '#'");
    let loaded = with_schemas(&schemas, &["Strict"]);
    let [strict] = bodies(&loaded, 4).try_into().unwrap();
    assert_eq!(strict, "Strict{children: [tree{children: [tree…]}]}!");
}

/// Schemas are made for so many ways, and no more; then all is said as a `$ref` would say it, and that it is.
#[test]
fn beyond_what_is_told_apart_it_is_said() {
    let (roots, length) = (150, 150);
    let mut schemas: String = (0..length)
        .map(|index| {
            let next = match index + 1 {
                next if next < length => format!("$ref: '#/components/schemas/C{next}'"),
                _ => "$dynamicRef: '#T'".to_owned(),
            };
            format!("C{index}: {{ type: object, properties: {{ a: {{ {next} }} }} }}\n")
        })
        .collect();
    for index in 0..roots {
        schemas += &format!(
            "R{index}: {{ type: object, properties: {{ c: {{ $ref: '#/components/schemas/C0' }} }}, $defs: {{ T: {{ $dynamicAnchor: T, type: object, properties: {{ p{index}: {{}} }} }} }} }}\n"
        );
    }
    let bodies: Vec<String> = (0..roots).map(|index| format!("R{index}")).collect();
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    for (roots, expected) in [
        (20, &[][..]),
        (
            roots,
            &["RG0229 there are too many meanings of dynamic references to tell them apart"],
        ),
    ] {
        let loaded = with_schemas(&schemas, &bodies[..roots]);
        let said = loaded.diagnostics.iter();
        let said: Vec<String> = said
            .map(|diagnostic| format!("{} {}", diagnostic.code.number, diagnostic.message))
            .collect();
        assert_eq!(said, expected, "{roots}");
        assert!(loaded.api.schemas.iter().count() < 21_000);
    }
}
