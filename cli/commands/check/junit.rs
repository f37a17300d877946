//! The format of test reports, as Jenkins and GitLab read it: a test case for each finding, which fails if the check
//! does because of it.

use std::collections::BTreeSet;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Report;
use super::findings::Finding;

const SUITE: &str = "routegen check";

/// A report as XML.
pub fn document(report: &Report) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(report, &mut writer).expect("memory doesn't fail");
    let mut text = String::from_utf8(writer.into_inner()).expect("what was written is text");
    text.push('\n');
    text
}

fn write(report: &Report, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let failures = report.findings.iter();
    let failures = failures.filter(|finding| finding.consequence.is_error());
    let (tests, failures) = (
        report.findings.len().max(1).to_string(),
        failures.count().to_string(),
    );
    let counts = [
        ("name", SUITE),
        ("tests", tests.as_str()),
        ("failures", failures.as_str()),
        ("errors", "0"),
        ("skipped", "0"),
    ];
    let mut names = BTreeSet::new();
    writer
        .create_element("testsuites")
        .with_attributes(counts)
        .write_inner_content(|writer| {
            let suite = writer.create_element("testsuite").with_attributes(counts);
            suite.write_inner_content(|writer| {
                if report.findings.is_empty() {
                    passed(report, writer)?;
                }
                for finding in &report.findings {
                    let name = unique(name(report, finding), &mut names);
                    case(report, finding, &name, writer)?;
                }
                let sentence = report.sentence_with(&report.sync());
                let said = writer.create_element("system-out");
                said.write_text_content(BytesText::new(&legal(&sentence)))?;
                Ok(())
            })?;
            Ok(())
        })?;
    Ok(())
}

/// The one test case of a project in step: a report without any is taken for a mistake.
fn passed(report: &Report, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let sentence = report.sentence();
    let attributes = [("classname", "routegen"), ("name", sentence.as_str())];
    let case = writer.create_element("testcase");
    case.with_attributes(attributes).write_empty()?;
    Ok(())
}

fn case(
    report: &Report,
    finding: &Finding,
    name: &str,
    writer: &mut Writer<Vec<u8>>,
) -> io::Result<()> {
    let class = format!("routegen.{}", finding.kind.word());
    let file = report.path(finding).map(|path| legal(&path));
    let lines = finding.place.as_ref().and_then(|place| place.lines);
    let line = lines.map(|lines| lines.line.to_string());
    let mut case = writer
        .create_element("testcase")
        .with_attributes([("classname", class.as_str()), ("name", name)]);
    if let Some(file) = &file {
        case = case.with_attribute(("file", file.as_str()));
    }
    if let Some(line) = &line {
        case = case.with_attribute(("line", line.as_str()));
    }
    let diff = finding.difference.as_ref();
    let diff = diff.and_then(super::findings::Difference::plain);
    let mut text = report.message(finding);
    if let Some(line) = &line {
        let path = report.path(finding).unwrap_or_default();
        text = format!("{path}:{line}: {text}");
    }
    if let Some(diff) = diff {
        text.push_str(&format!("\n\n{diff}"));
    }
    let (text, message) = (legal(&text), legal(&finding.message));
    case.write_inner_content(|writer| {
        let text = BytesText::new(&text);
        if finding.consequence.is_error() {
            let attributes = [("type", finding.rule()), ("message", message.as_str())];
            let failure = writer.create_element("failure");
            failure
                .with_attributes(attributes)
                .write_text_content(text)?;
        } else {
            writer
                .create_element("system-out")
                .write_text_content(text)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// What is wrong with what, without its line: by the name, systems know a failure from one run to the next, and some show nothing else.
fn name(report: &Report, finding: &Finding) -> String {
    let handlers = finding.handlers.iter();
    let handlers = handlers.map(|handler| handler.shown_key().to_owned());
    let words = report.path(finding).into_iter().chain(handlers);
    let words: Vec<String> = words.collect();
    let rule = match finding.difference {
        Some(_) => finding.kind.word(),
        None => finding.rule(),
    };
    match words.is_empty() {
        true => finding.kind.title().to_owned(),
        false => legal(&format!("{rule} {}", words.join(" "))),
    }
}

/// The name, with a number if it is there already.
fn unique(name: String, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name} #{number}"));
    let free = std::iter::once(name.clone())
        .chain(numbered)
        .find(|name| !names.contains(name))
        .expect("numbers never end");
    names.insert(free.clone());
    free
}

/// Text without characters that XML can't hold (XML 1.0, §2.2).
fn legal(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' | '\n' => result.push(character),
            '\u{fffe}' | '\u{ffff}' => result.extend(character.escape_unicode()),
            _ if character.is_control() => result.extend(character.escape_unicode()),
            _ => result.push(character),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cant_hold_is_spelled_out() {
        assert_eq!(
            legal("a\t\n\u{1b}[1m\r\u{ffff}é"),
            "a\t\n\\u{1b}[1m\\u{d}\\u{ffff}é"
        );
    }

    #[test]
    fn names_are_told_apart() {
        let mut names = BTreeSet::new();
        let found = ["a", "a", "b", "a"].map(|name| unique(name.to_owned(), &mut names));
        assert_eq!(found, ["a", "a #2", "b", "a #3"]);
    }
}
