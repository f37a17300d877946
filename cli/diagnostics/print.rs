//! Diagnostics as rustc prints them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use camino::Utf8Path;
use unicode_width::UnicodeWidthStr;

use super::{About, Diagnostic, Diagnostics};
use crate::source::{Sources, line_column};

/// How many warnings of one code are printed with their excerpts.
const WHOLE_OF_A_CODE: usize = 5;

/// How many more of them are printed as a line each.
const LINES_OF_A_CODE: usize = 50;

/// How many columns of a line stand before and after the start of what is shown: a line of Rust is never cut.
const CUT_BEFORE: usize = 60;
const CUT_AFTER: usize = 100;

/// More columns than an excerpt has: what the renderer cut itself, it would underline in the wrong place.
const NEVER_CUT: usize = 10_000;

/// The text of all diagnostics with excerpts and colours, and a last line that counts them; empty if there are none.
pub fn print(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let renderer = Renderer::styled().term_width(NEVER_CUT);
    let mut text = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let count = match diagnostic.is_error() {
            true => 0,
            false => {
                let count = counts.entry(diagnostic.code.number).or_default();
                *count += 1;
                *count
            }
        };
        if count <= WHOLE_OF_A_CODE {
            end_lines(&mut text);
            text.push_str(&render(&renderer, diagnostic, sources));
            text.push_str("\n\n");
        } else if count <= WHOLE_OF_A_CODE + LINES_OF_A_CODE {
            text.push_str(&line(&renderer, diagnostic, sources));
            text.push('\n');
        }
    }
    end_lines(&mut text);
    for (code, count) in counts {
        let more = count.saturating_sub(WHOLE_OF_A_CODE + LINES_OF_A_CODE);
        if more > 0 {
            writeln!(text, "… and {more} more {code}\n").expect("strings don't fail");
        }
    }
    if let Some(summary) = summary(diagnostics) {
        text.push_str(&renderer.render(&[Group::with_title(summary)]));
        text.push('\n');
    }
    text
}

/// Parts lines from what stands behind them, if the last thing is one.
fn end_lines(text: &mut String) {
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

/// The last line: how many there are, and how to learn more of the first.
fn summary(diagnostics: &Diagnostics) -> Option<Title<'static>> {
    let number = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .count();
    let warnings = diagnostics.iter().count() - errors;
    let counted: Vec<String> = number(errors, "error")
        .into_iter()
        .chain(number(warnings, "warning"))
        .collect();
    let first = diagnostics
        .iter()
        .find(|diagnostic| diagnostic.is_error() == (errors > 0))?;
    let counted = counted.join(", ");
    let text = format!(
        "{counted}; `routegen explain {}` tells more",
        first.code.number
    );
    Some(if errors > 0 {
        Level::ERROR.primary_title(text)
    } else {
        Level::WARNING.primary_title(text)
    })
}

/// A diagnostic with its place in one line.
fn line(renderer: &Renderer, diagnostic: &Diagnostic, sources: &Sources) -> String {
    let message = visible(&diagnostic.message).replace('\n', " ");
    let title = title(diagnostic, message);
    let mut text = renderer.render(&[Group::with_title(title)]);
    if let Some((path, all, range)) = place(diagnostic, sources) {
        let (line, column) = line_column(all, range.start);
        write!(text, " --> {}:{line}:{column}", visible(path.as_str()))
            .expect("strings don't fail");
    } else if let Some((path, line)) = about(diagnostic) {
        write!(text, " --> {}:{line}", visible(path.as_str())).expect("strings don't fail");
    }
    text
}

/// The file that it is about, with a line, where no text is at hand.
fn about(diagnostic: &Diagnostic) -> Option<(&Utf8Path, usize)> {
    let About { path, line } = diagnostic.about.as_ref()?;
    Some((path, (*line)?))
}

/// What is wrong, with the level and the code before it.
fn title(diagnostic: &Diagnostic, message: String) -> Title<'static> {
    let level = match diagnostic.is_error() {
        true => Level::ERROR,
        false => Level::WARNING,
    };
    level.primary_title(message).id(diagnostic.code.number)
}

/// The file that it is in, with its text and the bytes that are meant.
fn place<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Option<(&'a Utf8Path, &'a str, Range<usize>)> {
    match (diagnostic.span, &diagnostic.place) {
        (Some(span), _) => {
            let file = sources.file(span.file);
            let range = span.start as usize..span.end as usize;
            Some((&file.path, &file.text, range))
        }
        (None, Some(place)) => Some((&place.path, &place.text, place.range.clone())),
        (None, None) => None,
    }
}

fn render(renderer: &Renderer, diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut group = Group::with_title(title(diagnostic, visible(&diagnostic.message)));
    // The renderer counts columns of what it is given, which may be a part of the line.
    let mut columns = None;
    let at = place(diagnostic, sources);
    if let Some((path, text, range)) = at.clone() {
        let (line, column) = line_column(text, range.start);
        let path = visible(path.as_str());
        let (excerpt, range) = excerpt(text, range);
        if excerpt.trim().is_empty() {
            group = group.element(Origin::path(path).line(line).char_column(column));
            group = group.elements(
                diagnostic
                    .label
                    .as_ref()
                    .map(|label| Level::NOTE.message(visible(label))),
            );
        } else {
            let counted = excerpt[..range.start].chars().count() + 1;
            columns = Some((
                format!("{path}:{line}:{counted}"),
                format!("{path}:{line}:{column}"),
            ));
            let label = diagnostic.label.as_deref().map(visible);
            let mark = AnnotationKind::Primary.span(range).label(label);
            group = group.element(
                Snippet::source(excerpt)
                    .path(path)
                    .line_start(line)
                    .annotation(mark),
            );
        }
    }
    let about = about(diagnostic).filter(|_| at.is_none());
    if let Some((path, line)) = about {
        group = group.element(Origin::path(visible(path.as_str())).line(line));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(visible(note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let mut text = renderer.render(&[group]);
    if about.is_some()
        && let Some(arrow) = text.find("--> ")
    {
        // Without a line's number the renderer leaves no room before the arrow, as there is everywhere else.
        let line = text[..arrow].rfind('\n').map_or(0, |end| end + 1);
        text.insert(line, ' ');
    }
    match columns {
        Some((counted, meant)) if counted != meant => text.replacen(&counted, &meant, 1),
        Some(_) | None => text,
    }
}

/// The line in which a range starts, cut around it, and the part of the range that lies in what is left.
fn excerpt(text: &str, range: Range<usize>) -> (String, Range<usize>) {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line_end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
    let start = start.min(line_end);
    let backwards = text[line_start..start].chars().rev();
    let before = fitting(backwards, CUT_BEFORE).map(|length| start - length);
    let after = fitting(text[start..line_end].chars(), CUT_AFTER).map(|length| start + length);
    let (from, to) = (before.unwrap_or(line_start), after.unwrap_or(line_end));
    let mut excerpt = String::new();
    excerpt.push_str(if before.is_some() { "…" } else { "" });
    excerpt.push_str(&visible(&text[from..start]));
    let marked_from = excerpt.len();
    excerpt.push_str(&visible(&text[start..end.clamp(start, to)]));
    let marked_to = excerpt.len();
    excerpt.push_str(&visible(&text[end.clamp(start, to)..to]));
    excerpt.push_str(if after.is_some() { "…" } else { "" });
    (excerpt, marked_from..marked_to)
}

/// How many bytes of a text fit into so many columns, if not all do.
fn fitting(text: impl Iterator<Item = char>, columns: usize) -> Option<usize> {
    let (mut length, mut width) = (0, 0);
    for character in text {
        width += visible(character.encode_utf8(&mut [0; 4])).width();
        if width > columns {
            return Some(length);
        }
        length += character.len_utf8();
    }
    None
}

/// Text without characters that steer a terminal or turn the direction of reading; tabs become a space.
pub fn visible(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => result.push('\n'),
            '\t' => result.push(' '),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{61c}'
            | '\u{feff}' => {
                write!(result, "\\u{{{:x}}}", character as u32).expect("strings don't fail");
            }
            _ if character.is_control() => {
                write!(result, "\\u{{{:x}}}", character as u32).expect("strings don't fail");
            }
            _ => result.push(character),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::print;
    use crate::diagnostics::codes::project::{RG0501, RG0504};
    use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
    use crate::source::{Source, Sources, Span};

    /// Prints diagnostics at `spans` of a contract, without colours.
    fn check(text: &str, spans: &[(usize, usize)], effect: Effect, expected: &str) {
        let mut sources = Sources::default();
        let file = sources.add(Source {
            path: "openapi.yaml".into(),
            text: text.to_owned(),
        });
        let mut diagnostics = Diagnostics::default();
        for (start, end) in spans {
            diagnostics.push(
                Diagnostic::new(&RG0504, effect, "bad \u{1b}[31m name")
                    .at(Span::new(file, *start, *end))
                    .label("this"),
            );
        }
        let printed = print(&diagnostics, &sources);
        assert_eq!(
            anstream::adapter::strip_str(&printed)
                .to_string()
                .trim_end(),
            expected.trim(),
            "{printed}"
        );
    }

    #[test]
    fn a_diagnostic_shows_its_line() {
        check(
            "a:\r\n  b: ü c\r\n",
            &[(9, 13)],
            Effect::Fatal,
            "
error[RG0504]: bad \\u{1b}[31m name
 --> openapi.yaml:2:6
  |
2 |   b: ü c
  |      ^^^ this

error: 1 error; `routegen explain RG0504` tells more",
        );
        check(
            "{\n  \"a\": {\n  }\n}",
            &[(9, 14), (13, 13)],
            Effect::Warning,
            "
warning[RG0504]: bad \\u{1b}[31m name
 --> openapi.yaml:2:8
  |
2 |   \"a\": {
  |        ^ this

warning[RG0504]: bad \\u{1b}[31m name
 --> openapi.yaml:3:3
  |
3 |   }
  |   ^ this

warning: 2 warnings; `routegen explain RG0504` tells more",
        );
    }

    #[test]
    fn a_long_line_is_cut_around_its_place() {
        let text = format!("[{}X{}]", "a,".repeat(1_000_000), ",b".repeat(1_000_000));
        let at = 2_000_001;
        let expected = format!(
            "
warning[RG0504]: bad \\u{{1b}}[31m name
 --> openapi.yaml:1:2000002
  |
1 | …{}X{}…
  |  {}^ this

warning: 1 warning; `routegen explain RG0504` tells more",
            "a,".repeat(30),
            ",b".repeat(49) + ",",
            " ".repeat(60)
        );
        check(&text, &[(at, at + 1)], Effect::Warning, &expected);
    }

    #[test]
    fn what_is_underlined_is_what_is_shown() {
        let head = "warning[RG0504]: bad \\u{1b}[31m name";
        let tail = "warning: 1 warning; `routegen explain RG0504` tells more";
        // A line far down, whose number takes columns of its own.
        let far = "\n".repeat(123_455);
        let text = format!("{far}{}[{}]", "p".repeat(100), "x".repeat(200));
        let (from, length) = (far.len() + 100, 202);
        let expected = format!(
            "\n{head}\n      --> openapi.yaml:123456:101\n       |\n123456 | …{}[{}…\n       |  {}{} this\n\n{tail}",
            "p".repeat(60),
            "x".repeat(99),
            " ".repeat(60),
            "^".repeat(100)
        );
        check(&text, &[(from, from + length)], Effect::Warning, &expected);
        // Characters that take two columns each.
        let text = format!("{}[{}]", "本".repeat(100), "語".repeat(100));
        let expected = format!(
            "\n{head}\n --> openapi.yaml:1:101\n  |\n1 | …{}[{}…\n  |  {}{} this\n\n{tail}",
            "本".repeat(30),
            "語".repeat(49),
            " ".repeat(60),
            "^".repeat(99)
        );
        check(&text, &[(300, 602)], Effect::Warning, &expected);
    }

    #[test]
    fn many_of_one_kind_are_counted() {
        let mut sources = Sources::default();
        let file = sources.add(Source {
            path: "openapi.yaml".into(),
            text: "a\n".repeat(60),
        });
        let mut diagnostics = Diagnostics::default();
        for index in 0..60 {
            let message = format!("number {index}\nof sixty");
            let diagnostic = Diagnostic::new(&RG0504, Effect::Warning, message);
            diagnostics.push(diagnostic.at(Span::new(file, 2 * index, 2 * index + 1)));
        }
        diagnostics.push(Diagnostic::new(&RG0501, Effect::Decide, "other"));
        let printed = print(&diagnostics, &sources);
        let printed = anstream::adapter::strip_str(&printed).to_string();
        let whole = "\
5 | a
  | ^

warning[RG0504]: number 5 of sixty --> openapi.yaml:6:1
warning[RG0504]: number 6 of sixty --> openapi.yaml:7:1
";
        assert!(printed.contains(whole), "{printed}");
        let end = "
warning[RG0504]: number 54 of sixty --> openapi.yaml:55:1

error[RG0501]: other

… and 5 more RG0504

error: 1 error, 60 warnings; `routegen explain RG0501` tells more
";
        assert!(printed.ends_with(end), "{printed}");
        assert_eq!(print(&Diagnostics::default(), &Sources::default()), "");
    }
}
