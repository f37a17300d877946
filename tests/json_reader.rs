//! The JSON reader of the emitted server takes and refuses what `serde_json` does, and reads the same.

#[allow(dead_code, reason = "the decoder above it uses the rest")]
#[path = "../templates/support/json.rs"]
mod json;

use json::{Json, Peek, Wrong};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Levels that `serde_json` takes too.
const DEPTH: usize = 100;

#[test]
fn documents_are_read_as_serde_json_reads_them() {
    for text in [
        "null",
        " true ",
        "\n[ ]",
        "{}",
        r#"{"a":1,"b":[1,2.5,-0,1e5,-1.5E-7],"a":2}"#,
        r#""\"\\\/\b\f\n\r\tAé€😀""#,
        r#""\ud83d\ude00\u00e9\u0000""#,
        r#"[[[[{"k":[{}]}]]]]"#,
        "123456789012345678901234567890.5",
    ] {
        assert!(read(text).is_ok(), "{text}");
        same(text);
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "",
        "nul",
        "truex",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{\"a\":}",
        "[",
        "{",
        "{\"a\"",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "-Infinity",
        "'a'",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\\ud800\"",
        "\"\\ud800a\"",
        "\"\\ud800\\n\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\t\"",
        "\"abcdefgh\u{1}\"",
        "1 1",
        "[]]",
        "\u{feff}1",
        "\u{a0}1",
        "/**/1",
    ] {
        assert!(read(text).is_err(), "{text}");
        same(text);
    }
}

#[test]
fn nesting_is_bounded() {
    let text = "[".repeat(1_000_000);
    assert_eq!(Json::new(&text).skip(128).unwrap_err().at, 128);
    let text = "[".repeat(128) + &"]".repeat(128);
    assert!(Json::new(&text).skip(128).is_ok());
}

#[test]
fn faults_have_a_line_and_a_column() {
    for (text, line, column) in [
        ("[1,\n 2,\n  x]", 3, 3),
        ("", 1, 1),
        ("[", 1, 2),
        ("\n", 2, 1),
    ] {
        let wrong = read(text).unwrap_err();
        assert_eq!(Json::new(text).position(wrong.at), (line, column), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_document_is_read_alike(value in any_value()) {
        same(&value.to_string());
        same(&serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn any_damage_is_judged_alike(
        value in any_value(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3, any_piece()), 1..4),
    ) {
        let mut letters: Vec<char> = value.to_string().chars().collect();
        for (place, edit, piece) in edits {
            let place = place.index(letters.len() + 1);
            let removed = if edit == 0 { 0 } else { 1 };
            let end = (place + removed).min(letters.len());
            let added = if edit == 1 { "" } else { piece };
            letters.splice(place..end, added.chars());
        }
        same(&letters.into_iter().collect::<String>());
    }
}

fn any_piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\n", "{", "}", "[", "]", ",", ":", "-", "+",
        ".", "e", "E", "0", "1", " ", "\n", "\u{1}", "\u{7f}", "é", "null", "true", "false", "1e9",
    ])
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z\"\\\\\n]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((".{0,12}", inner), 0..6)
                .prop_map(|entries| Value::from(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Both read the same, or both refuse; and skipping refuses what reading does.
fn same(text: &str) {
    let ours = read(text);
    let theirs = serde_json::from_str::<Value>(text).ok();
    assert_eq!(ours.as_ref().ok(), theirs.as_ref(), "{text}");
    let mut json = Json::new(text);
    let skipped = json.skip(DEPTH).and_then(|()| json.finish());
    assert_eq!(skipped.err(), ours.err(), "{text}");
}

fn read(text: &str) -> Result<Value, Wrong> {
    let mut json = Json::new(text);
    let value = value(&mut json)?;
    json.finish()?;
    Ok(value)
}

fn value(json: &mut Json<'_>) -> Result<Value, Wrong> {
    Ok(match json.peek()? {
        Peek::Null => json.word("null").map(|()| Value::Null)?,
        Peek::True => json.word("true").map(|()| true.into())?,
        Peek::False => json.word("false").map(|()| false.into())?,
        Peek::Number => {
            let number: serde_json::Number = json.number()?.parse().expect("it is a number");
            Value::Number(number)
        }
        Peek::String => json.string()?.into(),
        Peek::Array => {
            let mut items = Vec::new();
            let mut more = json.array()?;
            while more {
                items.push(value(json)?);
                more = json.next_item()?;
            }
            items.into()
        }
        Peek::Object => {
            let mut entries = Map::new();
            let mut key = json.object()?.map(str::to_owned);
            while let Some(name) = key {
                entries.insert(name, value(json)?);
                key = json.next_key()?.map(str::to_owned);
            }
            entries.into()
        }
    })
}
