//! With the feature `serde`, types of the contract can be stored: what comes back has met the contract's checks.

use contract::schemas_api::schemas::{BookInput, Formats, Pet, Tree};

#[test]
fn types_go_through_serde() {
    let json = r#"{"kind":"cat","lives":9}"#;
    let pet: Pet = serde_json::from_str(json).expect("a cat");
    assert_eq!(serde_json::to_string(&pet).expect("JSON"), json);
    let value = serde_json::to_value(&pet).expect("a value");
    assert_eq!(serde_json::from_value::<Pet>(value).expect("a cat"), pet);
    let refused = serde_json::from_str::<Pet>(r#"{"kind":"cat","lives":10}"#);
    let message = refused.expect_err("too many lives").to_string();
    assert!(message.starts_with("/lives: "), "{message}");

    let json = r#"{"name":"a","children":[{"name":"b"}]}"#;
    let tree: Tree = serde_json::from_str(json).expect("a tree");
    assert_eq!(serde_json::to_string(&tree).expect("JSON"), json);

    let json = r#"{"uint64":18446744073709551615,"double":0.1,"password":"hush"}"#;
    let formats: Formats = serde_json::from_str(json).expect("formats");
    assert_eq!(serde_json::to_string(&formats).expect("JSON"), json);
}

#[test]
fn what_is_only_read_can_be_written_too() {
    let json = r#"{"title":"a","password":"b"}"#;
    let book: BookInput = serde_json::from_str(json).expect("a book");
    assert_eq!(serde_json::to_string(&book).expect("JSON"), json);
}
