//! Values as a handler makes and reads them: of any JSON, of the contract's structs, moments.

use contract::Value;

#[test]
fn values_are_made_of_what_a_handler_has() {
    let cases: Vec<(Value, &str)> = vec![
        (true.into(), "true"),
        ("a\"b".into(), r#""a\"b""#),
        (String::from("a").into(), r#""a""#),
        (7.into(), "7"),
        (i64::MIN.into(), "-9223372036854775808"),
        (u64::MAX.into(), "18446744073709551615"),
        (1.5.into(), "1.5"),
        (f64::NAN.into(), "null"),
        (f64::INFINITY.into(), "null"),
        (().into(), "null"),
        (None::<i64>.into(), "null"),
        (Some("a").into(), r#""a""#),
        (vec![1, 2].into(), "[1,2]"),
        (vec![Value::from(1), Value::Null].into(), "[1,null]"),
        (["a", "b"].into_iter().collect(), r#"["a","b"]"#),
        (
            Value::object([("id", 7.into()), ("tags", vec!["a"].into())]),
            r#"{"id":7,"tags":["a"]}"#,
        ),
    ];
    for (value, json) in cases {
        assert_eq!(value.to_json(), json);
        assert_eq!(Value::parse(json), Some(value));
    }
}

#[test]
fn values_are_read_as_what_they_are() {
    let value = Value::parse(r#"{"a":[true,"b",1.5,12]}"#).expect("JSON");
    let items = value.get("a").and_then(Value::as_array).expect("a list");
    assert_eq!(items[0].as_bool(), Some(true));
    assert_eq!(items[1].as_str(), Some("b"));
    assert_eq!(items[2].as_f64(), Some(1.5));
    assert_eq!(items[3].as_i64(), Some(12));
    assert_eq!(
        (items[0].as_i64(), items[2].as_i64(), items[3].as_bool()),
        (None, None, None)
    );
    assert_eq!(
        (value.get("b"), value.as_array(), items[1].as_f64()),
        (None, None, None)
    );
}

/// A struct with required fields has `new`, which takes text as it comes; any other has `Default`.
#[test]
fn structs_are_made_of_what_they_require() {
    use contract::schemas_api::schemas::Point;
    use contract::zod::schemas::{Messages, Must, Root, Tuples};

    let a = String::from("a");
    assert_eq!(Root::new("a"), Root { a: a.clone() });
    assert_eq!(
        Must::new(true, &a),
        Must {
            truth: true,
            text: a
        }
    );
    assert_eq!(Point::new(1), Point { x: 1, y: None });
    let messages = Messages::new("abc", "a name", None);
    assert_eq!(
        (messages.alias.as_str(), messages.nullable, messages.role),
        ("a name", None, None)
    );
    assert_eq!(Tuples::default().tail, None);
}

#[test]
fn moments_are_in_utc() {
    use contract::jiff::{Timestamp, tz::TimeZone};

    let moment = contract::utc(Timestamp::UNIX_EPOCH);
    assert_eq!(moment.timestamp(), Timestamp::UNIX_EPOCH);
    assert_eq!(moment.time_zone(), &TimeZone::UTC);
    let before = Timestamp::now();
    let now = contract::now();
    assert!((before..=Timestamp::now()).contains(&now.timestamp()));
    assert_eq!(now.time_zone(), &TimeZone::UTC);
}
