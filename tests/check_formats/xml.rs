//! A test report, read as systems that show it read it.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Checks that a report is well-formed, that its counts hold, and that test cases are told apart.
pub fn check(name: &str, text: &str) {
    let legal =
        |character: char| matches!(character, '\t' | '\n' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(legal), "{name}: {text}");
    let mut reader = Reader::from_str(text);
    let (mut cases, mut failures) = (BTreeSet::new(), 0);
    let mut counts = Vec::new();
    let mut open = Vec::new();
    loop {
        let event = reader.read_event();
        let event = event.unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        match &event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => {
                let tag = element.name().as_ref().to_owned();
                match tag.as_str() {
                    "testsuites" | "testsuite" => {
                        assert_eq!(
                            attribute(element, "name").as_deref(),
                            Some("routegen check")
                        );
                        counts.push(["tests", "failures", "errors", "skipped"].map(|count| {
                            attribute(element, count).unwrap().parse::<usize>().unwrap()
                        }));
                    }
                    "testcase" => {
                        let key = ["classname", "name"].map(|key| attribute(element, key).unwrap());
                        assert!(cases.insert(key), "{name}: a case is there once");
                    }
                    "failure" => {
                        assert!(attribute(element, "message").is_some_and(|text| !text.is_empty()));
                        assert!(attribute(element, "type").is_some_and(|text| !text.is_empty()));
                        failures += 1;
                    }
                    "system-out" => {}
                    other => panic!("{name}: nobody knows <{other}>"),
                }
                if matches!(event, Event::Start(_)) {
                    open.push(tag);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(_) | Event::GeneralRef(_) | Event::Decl(_) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} stays open");
    let found = [cases.len(), failures, 0, 0];
    assert_eq!(counts, [found, found], "{name}");
}

fn attribute(element: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = element.attributes().map(Result::unwrap);
    let mut found = found.filter(|found| found.key.as_ref() == key);
    found.next().map(|found| found.value.into_owned())
}
