//! Schemas with heirs in OpenAPI, and which types the model makes of them.

use std::collections::BTreeMap;

use camino::Utf8Path;
use routegen::frontend::{self, Loaded, Options};
use routegen::model::{Api, Schema, SchemaId, Shape, Value};

/// Loads the first of some files, which lie in one folder.
fn load(files: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    for (name, text) in files {
        fs_err::write(root.join(name), text).unwrap();
    }
    frontend::load(&root.join(files[0].0), &Options::default()).expect("it is a contract")
}

/// A contract of these schemas, one a line, whose body is a `Pet`.
fn pets(schemas: &str) -> Loaded {
    let schemas: String = schemas
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    load(&[(
        "openapi.yaml",
        &format!(
            "openapi: 3.0.3\ninfo: {{ title: Test, version: '1' }}\npaths:\n  /pets:\n    post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet' }} }} }} }}, responses: {{ '204': {{ description: Taken. }} }} }}\ncomponents:\n  schemas:\n{schemas}"
        ),
    )])
}

fn body(api: &Api) -> &Schema {
    let body = api.operations[0].body.as_ref().unwrap();
    api.schema(body.contents[0].schema.unwrap())
}

/// The branches of a base, each with the values that mean it; and of a plain object its fields.
fn described(api: &Api, schema: &Schema) -> String {
    match &schema.shape {
        Shape::Union(union) => {
            let by = union.discriminator.as_ref().unwrap();
            let branch = |(index, id): (usize, &SchemaId)| {
                let values: Vec<&str> = by.values[index].iter().filter_map(Value::as_str).collect();
                let name = api.schema(*id).name.clone().unwrap_or_default();
                let else_ = if by.fallback == Some(index) { "_" } else { "" };
                format!("{}{else_} => {name}", values.join(" "))
            };
            let branches: Vec<String> = union.branches.iter().enumerate().map(branch).collect();
            format!("{}: {}", by.property, branches.join(", "))
        }
        Shape::Object(object) => {
            let names = object.fields.iter().map(|field| field.name.as_str());
            names.collect::<Vec<_>>().join(" ")
        }
        other => format!("{other:?}"),
    }
}

const PET: &str = "Pet: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }";
const CAT: &str = "Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { lives: { type: integer } } }] }";

#[test]
fn a_base_is_a_union_of_its_heirs_and_itself() {
    let mapped = PET.replace(
        "propertyName: kind",
        "propertyName: kind, mapping: { cat: '#/components/schemas/Cat', tom: Cat, pet: Pet }",
    );
    let listed = CAT.replace("{ lives:", "{ kind: { enum: [cat] }, lives:");
    let constant = CAT.replace("{ lives:", "{ kind: { const: cat }, lives:");
    let said = CAT.replace("Cat: {", "Cat: { x-ms-discriminator-value: cat,");
    let inner = "Inner: { allOf: [{ $ref: '#/components/schemas/Cat' }] }";
    let inline = CAT
        .replace("allOf: [", "allOf: [{ allOf: [")
        .replace("}, { p", "}] }, { p");
    let nullable = "Maybe: { nullable: true, allOf: [{ $ref: '#/components/schemas/Pet' }] }";
    let alias = "Kitty: { $ref: '#/components/schemas/Cat' }";
    let within = "Pet: { allOf: [{ $ref: '#/components/schemas/Thing' }, { properties: { kind: { type: string } }, discriminator: { propertyName: kind } }] }\nThing: { properties: { id: { type: integer } } }";
    let tagged = "Tagged: { nullable: true, x-discriminator-value: tagged, allOf: [{ $ref: '#/components/schemas/Pet' }] }";
    let circle = "Pet: { allOf: [{ $ref: '#/components/schemas/Cat' }], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }\nCat: { allOf: [{ $ref: '#/components/schemas/Pet' }], properties: { name: { type: string } }, discriminator: { propertyName: name } }";
    for (schemas, expected) in [
        (vec![PET, CAT], "kind: Cat => Cat, _ => PetBase"),
        (vec![&mapped, CAT], "kind: cat tom => Cat, _ => PetBase"),
        (vec![PET, &listed], "kind: cat => Cat, _ => PetBase"),
        (vec![PET, &constant], "kind: cat => Cat, _ => PetBase"),
        (vec![PET, &said], "kind: cat => Cat, _ => PetBase"),
        (vec![PET, &inline], "kind: Cat => Cat, _ => PetBase"),
        (
            vec![PET, inner, CAT],
            "kind: Inner => Inner, Cat => Cat, _ => PetBase",
        ),
        (
            vec![PET, CAT, nullable, alias],
            "kind: Cat => Cat, _ => PetBase",
        ),
        (vec![within, CAT], "kind: Cat => Cat, _ => PetBase"),
        (
            vec![PET, CAT, "PetBase: { type: string }"],
            "kind: Cat => Cat, _ => PetBase2",
        ),
        (vec![PET], "kind"),
        (vec![PET, tagged], "kind: tagged => Tagged, _ => PetBase"),
        (vec![circle], "name kind"),
        (
            vec![PET, CAT, "Pet2: { type: object }"],
            "kind: Cat => Cat, _ => PetBase",
        ),
    ] {
        let loaded = pets(&schemas.join("\n"));
        assert_eq!(
            described(&loaded.api, body(&loaded.api)),
            expected,
            "{schemas:?}"
        );
        assert!(loaded.diagnostics.is_empty(), "{schemas:?}");
    }
}

/// What a union elsewhere maps to an heir means that heir too, so its discriminator isn't narrowed to less.
#[test]
fn a_union_of_heirs_may_map_values_of_its_own() {
    let any = "Any: { oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind, mapping: { puss: Cat } } }";
    let loaded = pets(&[PET, CAT, any].join("\n"));
    assert_eq!(
        described(&loaded.api, body(&loaded.api)),
        "kind: puss Cat => Cat, _ => PetBase"
    );
    let mapped = PET.replace(
        "propertyName: kind",
        "propertyName: kind, mapping: { cat: Cat }",
    );
    let loaded = pets(&[&mapped, CAT, any].join("\n"));
    assert_eq!(values_of_kind(&loaded, "Cat"), None);
    let loaded = pets(&[&mapped, CAT].join("\n"));
    assert_eq!(values_of_kind(&loaded, "Cat"), Some(vec!["cat".into()]));
}

#[test]
fn all_values_that_an_heir_lists_mean_it() {
    let mapped = PET.replace(
        "propertyName: kind",
        "propertyName: kind, mapping: { cat: Cat, dog: Dog }",
    );
    let listing = |name: &str, parent: &str, values: &str| {
        let kind = format!("{{ properties: {{ kind: {{ enum: [{values}] }} }} }}");
        format!("{name}: {{ allOf: [{{ $ref: '#/components/schemas/{parent}' }}, {kind}] }}")
    };
    let cats = &*listing("Cat", "Pet", "cat, tom");
    let dogs = &*listing("Dog", "Pet", "dog");
    let plain = "Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] }";
    let kittens = "Inner: { allOf: [{ $ref: '#/components/schemas/Cat' }] }";
    let two = vec!["cat", "tom"];
    for (schemas, expected, kept) in [
        (
            vec![&*mapped, cats, dogs],
            "kind: cat tom => Cat, dog => Dog, _ => PetBase",
            two.clone(),
        ),
        (
            vec![PET, cats, plain],
            "kind: cat tom => Cat, Dog => Dog, _ => PetBase",
            two.clone(),
        ),
        // What is mapped elsewhere, or another's name, is the other's.
        (
            vec![&*mapped, &listing("Cat", "Pet", "cat, dog"), plain],
            "kind: cat => Cat, dog => Dog, _ => PetBase",
            vec!["cat"],
        ),
        (
            vec![PET, &listing("Cat", "Pet", "Cat, Dog, tom"), plain],
            "kind: Cat tom => Cat, Dog => Dog, _ => PetBase",
            vec!["Cat", "Dog", "tom"],
        ),
        // What all list means none of them, so that they go by their names.
        (
            vec![
                PET,
                &listing("Cat", "Pet", "Cat, Dog"),
                &listing("Dog", "Pet", "Cat, Dog"),
            ],
            "kind: Cat => Cat, Dog => Dog, _ => PetBase",
            vec!["Cat", "Dog"],
        ),
        // What an heir allows for heirs of its own is theirs.
        (
            vec![
                PET,
                &listing("Cat", "Pet", "cat, tom, young, small"),
                &listing("Inner", "Cat", "young, small"),
            ],
            "kind: cat tom => Cat, young small => Inner, _ => PetBase",
            vec!["cat", "tom", "young", "small"],
        ),
        (
            vec![PET, &listing("Cat", "Pet", "cat, tom, Inner"), kittens],
            "kind: cat tom => Cat, Inner => Inner, _ => PetBase",
            vec!["cat", "tom", "Inner"],
        ),
    ] {
        let loaded = pets(&schemas.join("\n"));
        assert_eq!(
            described(&loaded.api, body(&loaded.api)),
            expected,
            "{schemas:?}"
        );
        let kept = kept.into_iter().map(Value::from).collect();
        assert_eq!(values_of_kind(&loaded, "Cat"), Some(kept), "{schemas:?}");
        assert!(loaded.diagnostics.is_empty(), "{schemas:?}");
    }
}

/// The values that are listed for the discriminator of a named schema.
fn values_of_kind(loaded: &Loaded, name: &str) -> Option<Vec<Value>> {
    let named = |schema: &&Schema| schema.name.as_deref() == Some(name);
    let mut schemas = loaded.api.schemas.iter().map(|(_, schema)| schema);
    let Shape::Object(object) = &schemas.find(named).unwrap().shape else {
        panic!("no object")
    };
    match &loaded.api.schema(object.fields[0].schema).shape {
        Shape::Enum { values, .. } => Some(values.clone()),
        _ => None,
    }
}

#[test]
fn heirs_are_found_in_other_files() {
    let root = "openapi: 3.0.3\ninfo: { title: Test, version: '1' }\npaths:\n  /pets:\n    post: { requestBody: { content: { application/json: { schema: { $ref: 'pet.yaml' } } } }, responses: { '204': { description: Taken. } } }\ncomponents: { schemas: { Dog: { $ref: 'animals.yaml#/hound' } } }\n";
    let pet = "type: object\nrequired: [kind]\nproperties: { kind: { type: string } }\ndiscriminator: { propertyName: kind, mapping: { cat: cat.yaml } }\n";
    let cat = "allOf: [{ $ref: pet.yaml }, { properties: { lives: { type: integer } } }]\n";
    let animals = "hound: { allOf: [{ $ref: pet.yaml }] }\nbird: { allOf: [{ $ref: pet.yaml }] }\n";
    let files = [
        ("openapi.yaml", root),
        ("pet.yaml", pet),
        ("cat.yaml", cat),
        ("animals.yaml", animals),
    ];
    let loaded = load(&files);
    let said: BTreeMap<_, _> = loaded
        .diagnostics
        .iter()
        .map(|d| (d.code.number, &d.message))
        .collect();
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(
        described(&loaded.api, body(&loaded.api)),
        "kind: Dog => Dog, bird => bird, cat => cat, _ => petBase"
    );
    // The contract that is given away has them all.
    let document = &loaded.api.document.after_servers;
    for name in ["\"Dog\"", "\"cat\"", "\"bird\""] {
        assert!(document.contains(name), "{name} {document}");
    }
}
