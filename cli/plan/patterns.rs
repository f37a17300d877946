//! ECMA-262 patterns in the words of the `regex` crate, or of `fancy-regex` where they look around or refer back.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::groups::Groups;
use super::types::{Engine, Pattern};

/// White space and line ends of ECMA-262 (§12.2, §12.3), inside of a class; Unicode's has U+0085 too, and no byte order mark.
const SPACES: &str =
    r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";

/// What a pattern may have of memory before it counts as a large one.
const SMALL_BYTES: usize = 256 << 10;

/// How many large patterns a contract may have: each takes as long to compile as some thousand others.
const MAX_LARGE: usize = 100;

/// The patterns of a contract, each looked at once.
#[derive(Debug, Default)]
pub struct Patterns {
    known: RefCell<HashMap<String, Result<Pattern, String>>>,
    large: Cell<usize>,
}

impl Patterns {
    /// The pattern as its engine wants it.
    ///
    /// # Errors
    ///
    /// When it isn't a pattern, means something that no engine at hand does, or is one large pattern too many; the reason is for
    /// people.
    pub fn translate(&self, source: &str) -> Result<Pattern, String> {
        if let Some(known) = self.known.borrow().get(source) {
            return known.clone();
        }
        let mut large = self.large.get();
        let found = translate(source, &mut large);
        self.large.set(large);
        self.known
            .borrow_mut()
            .insert(source.to_owned(), found.clone());
        found
    }
}

fn translate(source: &str, large: &mut usize) -> Result<Pattern, String> {
    let characters: Vec<char> = source.chars().collect();
    let groups = Groups::of(&characters);
    let engine = match groups.look_around() || refers_back(&characters, &groups) {
        true => Engine::Backtracking,
        false => Engine::Linear,
    };
    let translated = text(&characters, &groups, engine)?;
    // What is wrong with it where little memory may be had, and whether that may be for want of memory.
    let wrong = match engine {
        Engine::Linear => regex::RegexBuilder::new(&translated)
            .size_limit(SMALL_BYTES)
            .build()
            .err()
            .map(|error| matches!(error, regex::Error::CompiledTooBig(_))),
        Engine::Backtracking => fancy_regex::RegexBuilder::new(&translated)
            .delegate_size_limit(SMALL_BYTES)
            .build()
            .err()
            .map(|_| true),
    };
    if let Some(is_large) = wrong {
        *large += usize::from(is_large);
        if *large > MAX_LARGE {
            return Err(format!(
                "the contract has {MAX_LARGE} other patterns as large as this one"
            ));
        }
        compile(&translated, engine)?;
    }
    Ok(Pattern {
        source: source.to_owned(),
        translated,
        engine,
    })
}

/// Whether the server can compile a pattern: with the limits that it has, so that what it can't is known here.
fn compile(translated: &str, engine: Engine) -> Result<(), String> {
    let wrong = match engine {
        Engine::Linear => regex::Regex::new(translated)
            .err()
            .map(|error| match error {
                regex::Error::CompiledTooBig(_) => "it is too large to be compiled",
                _ => "it is not a pattern that can be compiled",
            }),
        Engine::Backtracking => fancy_regex::Regex::new(translated)
            .err()
            .map(|_| "it is not a pattern that can be compiled"),
    };
    wrong.map_or(Ok(()), |reason| Err(reason.to_owned()))
}

fn text(characters: &[char], groups: &Groups, engine: Engine) -> Result<String, String> {
    let mut out = String::with_capacity(characters.len() + 8);
    let mut index = 0;
    let mut in_class = false;
    while index < characters.len() {
        let rest = &characters[index..];
        index += match rest[0] {
            '\\' => match reference(rest, in_class, groups)? {
                Some((number, taken)) => {
                    groups.refer(number, index)?;
                    // A group that took no part is the empty text, as ECMA-262 has it.
                    out.push_str(&format!("(?({number})\\{number})"));
                    taken
                }
                None => escape(rest, in_class, engine, &mut out)?,
            },
            '[' if in_class => push(&mut out, "\\["),
            '[' => {
                in_class = true;
                open_class(rest, &mut in_class, &mut out)
            }
            ']' if in_class => {
                in_class = false;
                push(&mut out, "]")
            }
            ']' => push(&mut out, "\\]"),
            c @ ('&' | '~') if in_class => push(&mut out, &format!("\\{c}")),
            '-' if in_class && rest.get(1) == Some(&'-') => push(&mut out, "\\-"),
            '{' if !in_class && !is_quantifier(rest) => push(&mut out, "\\{"),
            '}' if !in_class && !closes_quantifier(&characters[..index]) => push(&mut out, "\\}"),
            '.' if !in_class => push(&mut out, "[^\\n\\r\\x{2028}\\x{2029}]"),
            c => {
                out.push(c);
                1
            }
        };
    }
    Ok(out)
}

/// Whether a pattern refers back to its groups.
fn refers_back(characters: &[char], groups: &Groups) -> bool {
    let (mut index, mut in_class) = (0, false);
    while index < characters.len() {
        let rest = &characters[index..];
        match rest[0] {
            '\\' if matches!(reference(rest, in_class, groups), Ok(Some(_)) | Err(_)) => {
                return true;
            }
            '\\' => index += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        index += 1;
    }
    false
}

/// The number of the group that an escape refers back to, if it does, and how many characters it takes.
fn reference(
    rest: &[char],
    in_class: bool,
    groups: &Groups,
) -> Result<Option<(usize, usize)>, String> {
    match rest.get(1) {
        Some('1'..='9') if !in_class => {
            let digits = rest[1..].iter().take_while(|c| c.is_ascii_digit());
            let digits: String = digits.collect();
            let number = digits.parse().unwrap_or(usize::MAX);
            Ok(Some((number, digits.len() + 1)))
        }
        Some('k') if !in_class && rest.get(2) == Some(&'<') => {
            let name: String = rest[3..].iter().take_while(|c| **c != '>').collect();
            match groups.named(&name) {
                Some(number) => Ok(Some((number, name.chars().count() + 4))),
                None => Err("it refers back to a group that isn't there".to_owned()),
            }
        }
        _ => Ok(None),
    }
}

fn push(out: &mut String, text: &str) -> usize {
    out.push_str(text);
    1
}

fn open_class(rest: &[char], in_class: &mut bool, out: &mut String) -> usize {
    match rest {
        ['[', '^', ']', ..] => {
            *in_class = false;
            out.push_str("[\\s\\S]");
            3
        }
        ['[', ']', ..] => {
            *in_class = false;
            out.push_str("[^\\s\\S]");
            2
        }
        ['[', '^', ..] => {
            out.push_str("[^");
            2
        }
        _ => push(out, "["),
    }
}

fn is_quantifier(rest: &[char]) -> bool {
    let Some(end) = rest.iter().position(|c| *c == '}') else {
        return false;
    };
    let inside: String = rest[1..end].iter().collect();
    let (least, most) = inside.split_once(',').unwrap_or((&inside, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

fn closes_quantifier(before: &[char]) -> bool {
    before.iter().rposition(|c| *c == '{').is_some_and(|open| {
        let escaped = open > 0 && before[open - 1] == '\\';
        let mut candidate = before[open..].to_vec();
        candidate.push('}');
        let property =
            open > 1 && matches!(before[open - 1], 'p' | 'P') && before[open - 2] == '\\';
        property || (!escaped && is_quantifier(&candidate))
    })
}

/// Translates an escape and returns how many characters it took.
fn escape(
    rest: &[char],
    in_class: bool,
    engine: Engine,
    out: &mut String,
) -> Result<usize, String> {
    let Some(next) = rest.get(1) else {
        return Err("it ends in a backslash".to_owned());
    };
    let bare = |class: &str| {
        if in_class {
            class.to_owned()
        } else {
            format!("[{class}]")
        }
    };
    match next {
        'd' => out.push_str(&bare("0-9")),
        'D' => out.push_str("[^0-9]"),
        'w' => out.push_str(&bare("0-9A-Za-z_")),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        's' => out.push_str(&bare(SPACES)),
        'S' => out.push_str(&format!("[^{SPACES}]")),
        'b' if in_class => out.push_str("\\x08"),
        'b' | 'B' => out.push_str(&boundary(*next, engine)),
        'n' | 'r' | 't' | 'f' | 'v' => out.extend(['\\', *next]),
        '0' => out.push_str("\\x00"),
        'p' | 'P' => {
            let end = rest
                .iter()
                .position(|c| *c == '}')
                .ok_or("a property has no end")?;
            out.extend(&rest[..=end]);
            return Ok(end + 1);
        }
        '1'..='9' => return Err("it names a character by an octal number".to_owned()),
        'c' => {
            let control = rest
                .get(2)
                .copied()
                .filter(char::is_ascii_alphabetic)
                .ok_or("a control escape has no letter")?;
            out.push_str(&format!("\\x{{{:x}}}", u32::from(control) % 32));
            return Ok(3);
        }
        'x' => return hex(rest, 2, 2, out),
        'u' if rest.get(2) == Some(&'{') => {
            let end = rest
                .iter()
                .position(|c| *c == '}')
                .ok_or("a code point has no end")?;
            return hex(rest, 3, end - 3, out).map(|taken| taken + 1);
        }
        'u' => return hex(rest, 2, 4, out),
        // To `regex` these two are edges of words.
        '<' | '>' => out.push(*next),
        other if other.is_ascii_punctuation() => out.extend(['\\', *other]),
        other => out.push(*other),
    }
    Ok(2)
}

/// The edge of a word of ASCII letters, digits and `_`; or, for `B`, where there is none.
fn boundary(letter: char, engine: Engine) -> String {
    const WORD: &str = "[0-9A-Za-z_]";
    match (engine, letter) {
        (Engine::Linear, _) => format!("(?-u:\\{letter})"),
        (Engine::Backtracking, 'b') => {
            format!("(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))")
        }
        (Engine::Backtracking, _) => format!("(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))"),
    }
}

fn hex(rest: &[char], start: usize, length: usize, out: &mut String) -> Result<usize, String> {
    let digits: String = rest.iter().skip(start).take(length).collect();
    let scalar = u32::from_str_radix(&digits, 16)
        .ok()
        .and_then(char::from_u32);
    let scalar = scalar.ok_or("a code point is none that text can hold")?;
    out.push_str(&format!("\\x{{{:x}}}", u32::from(scalar)));
    Ok(start + length)
}

#[cfg(test)]
mod tests {
    use super::{MAX_LARGE, Patterns};
    use crate::plan::types::Engine;

    #[test]
    fn patterns_keep_their_meaning() {
        let cases = [
            (r"^97[89]\d{10}$", r"^97[89][0-9]{10}$"),
            (r"^[\w.-]+$", r"^[0-9A-Za-z_.-]+$"),
            (r"a{,3}{x}", r"a\{,3\}\{x\}"),
            (r"[[]]", r"[\[]\]"),
            (r"\u00e9\/[^]", r"\x{e9}\/[\s\S]"),
            (r"^\p{L}+$", r"^\p{L}+$"),
            (r"[a&&b]", r"[a\&\&b]"),
            (r"\<a\>", r"<a>"),
            (r"\bkey\k", r"(?-u:\b)keyk"),
        ];
        for (source, expected) in cases {
            let pattern = Patterns::default().translate(source).expect(source);
            assert_eq!(pattern.translated, expected, "{source}");
            assert_eq!(pattern.engine, Engine::Linear, "{source}");
        }
    }

    /// Patterns, texts that they match, and texts that they don't, as JavaScript has it.
    #[test]
    fn look_around_and_back_references_keep_their_meaning() {
        let cases: [(&str, &[&str], &[&str]); 16] = [
            (r"^(?!admin)", &["", "an"], &["admin", "administrator"]),
            (
                r"^(?=.*[A-Z])(?=.*\d).{4,}$",
                &["Ab1c"],
                &["ab1c", "Abcd", "A1"],
            ),
            (r"(?<=\$)\d", &["$1"], &["1", "€1"]),
            (r"(?<!\$)\d$", &["1", "€1"], &["$1"]),
            (r"(?<=a+)b", &["aab"], &["b"]),
            (r#"^(["']).*\1$"#, &["'a'", "\"\""], &["'a\""]),
            (r"^(?<q>a|b)-\k<q>$", &["a-a"], &["a-b"]),
            // A group that took no part, or not yet, is the empty text.
            (r"^(?:(a)|b)\1$", &["aa", "b"], &["a", "ba"]),
            (r"^\1(a)$", &["a"], &["aa"]),
            // `.`, `\b`, `\d` and `$` are those of ECMA-262.
            (r"^(?=.$)", &["a", "😀"], &["\n", "\u{2028}", "ab"]),
            (r"^(?=a)a$", &["a"], &["a\n"]),
            (r"(?!x)\bö", &["aö"], &["ö"]),
            (r"(?!x)\Bö", &["ö"], &["aö"]),
            (r"^(?!\d)", &["٣"], &["3"]),
            (r"^(?!\<)[[]$", &["["], &["<"]),
            (
                r"^(?!x)\s[\s]\S$",
                &["\u{feff}\u{3000}a", "\n\r\u{85}"],
                &["\u{85}\n a"],
            ),
        ];
        for (source, matched, unmatched) in cases {
            let pattern = Patterns::default().translate(source).expect(source);
            assert_eq!(pattern.engine, Engine::Backtracking, "{source}");
            let regex = fancy_regex::Regex::new(&pattern.translated).expect(source);
            for text in matched {
                assert!(regex.is_match(*text).expect(source), "{source} {text:?}");
            }
            for text in unmatched {
                assert!(!regex.is_match(*text).expect(source), "{source} {text:?}");
            }
        }
    }

    #[test]
    fn what_would_mean_something_else_is_refused() {
        let cases = [
            (r"(a\1)", "it refers to a group from inside of it"),
            (r"(a)\2", "it refers back to a group that isn't there"),
            (r"(a)\k<b>", "it refers back to a group that isn't there"),
            (
                r"(?!(a))\1",
                "it refers back into a look-behind or a negative look-ahead",
            ),
            (
                r"(?:(a)|b\1)+",
                "it refers back to a group that each repetition forgets",
            ),
            (r"[\1]", "it names a character by an octal number"),
            (r"(?=a)*", "it is not a pattern that can be compiled"),
            (r"(", "it is not a pattern that can be compiled"),
            (r"\", "it ends in a backslash"),
            (r"^\p{L}{2000}$", "it is too large to be compiled"),
        ];
        for (source, reason) in cases {
            assert_eq!(
                Patterns::default().translate(source).err().as_deref(),
                Some(reason),
                "{source}"
            );
        }
    }

    #[test]
    fn few_patterns_may_be_large() {
        let patterns = Patterns {
            large: (MAX_LARGE - 1).into(),
            ..Patterns::default()
        };
        assert!(patterns.translate("\\p{L}{20,21}").is_ok());
        assert!(patterns.translate("\\p{L}{20,21}").is_ok(), "it is known");
        assert!(patterns.translate("[a-z]{1,200}").is_ok(), "it is small");
        let last = patterns.translate("\\p{L}{5,200}");
        assert_eq!(
            last.err().as_deref(),
            Some("the contract has 100 other patterns as large as this one")
        );
    }
}
