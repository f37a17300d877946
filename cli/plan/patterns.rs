//! ECMA-262 patterns in the words of the `regex` crate.

/// The pattern as the `regex` crate wants it.
///
/// # Errors
///
/// When it needs what a linear-time engine can't do (look-around, back-references), or isn't a pattern; the reason is for people.
pub fn translate(source: &str) -> Result<String, String> {
    let characters: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len() + 8);
    let mut index = 0;
    let mut in_class = false;
    while index < characters.len() {
        let rest = &characters[index..];
        index += match rest[0] {
            '\\' => escape(rest, in_class, &mut out)?,
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
            '(' if !in_class && rest.get(1) == Some(&'?') => group(rest, &mut out)?,
            '{' if !in_class && !is_quantifier(rest) => push(&mut out, "\\{"),
            '}' if !in_class && !closes_quantifier(&characters[..index]) => push(&mut out, "\\}"),
            '.' if !in_class => push(&mut out, "[^\\n\\r\\x{2028}\\x{2029}]"),
            c => {
                out.push(c);
                1
            }
        };
    }
    match regex_syntax::parse(&out) {
        Ok(_) => Ok(out),
        Err(_) => Err("it is not a pattern that can be compiled".to_owned()),
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

/// Groups that `regex` knows are kept; look-around is refused.
fn group(rest: &[char], out: &mut String) -> Result<usize, String> {
    match rest {
        [_, _, '=' | '!', ..] => Err("it looks ahead, which no linear-time engine can".to_owned()),
        [_, _, '<', '=' | '!', ..] => Err("it looks behind, which no linear-time engine can".to_owned()),
        _ => Ok(push(out, "(")),
    }
}

fn is_quantifier(rest: &[char]) -> bool {
    let Some(end) = rest.iter().position(|c| *c == '}') else { return false };
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
        let property = open > 1 && matches!(before[open - 1], 'p' | 'P') && before[open - 2] == '\\';
        property || (!escaped && is_quantifier(&candidate))
    })
}

/// Translates an escape and returns how many characters it took.
fn escape(rest: &[char], in_class: bool, out: &mut String) -> Result<usize, String> {
    let Some(next) = rest.get(1) else { return Err("it ends in a backslash".to_owned()) };
    let bare = |class: &str| if in_class { class.to_owned() } else { format!("[{class}]") };
    match next {
        'd' => out.push_str(&bare("0-9")),
        'D' => out.push_str("[^0-9]"),
        'w' => out.push_str(&bare("0-9A-Za-z_")),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        's' => out.push_str(&bare("\\s\\x{feff}")),
        'S' => out.push_str("[^\\s\\x{feff}]"),
        'b' if in_class => out.push_str("\\x08"),
        'b' => out.push_str("(?-u:\\b)"),
        'B' => out.push_str("(?-u:\\B)"),
        'n' | 'r' | 't' | 'f' | 'v' => out.extend(['\\', *next]),
        '0' => out.push_str("\\x00"),
        'p' | 'P' => {
            let end = rest.iter().position(|c| *c == '}').ok_or("a property has no end")?;
            out.extend(&rest[..=end]);
            return Ok(end + 1);
        }
        '1'..='9' | 'k' => {
            return Err("it refers back to a group, which no linear-time engine can".to_owned());
        }
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
            let end = rest.iter().position(|c| *c == '}').ok_or("a code point has no end")?;
            return hex(rest, 3, end - 3, out).map(|taken| taken + 1);
        }
        'u' => return hex(rest, 2, 4, out),
        other if other.is_ascii_punctuation() => out.extend(['\\', *other]),
        other => out.push(*other),
    }
    Ok(2)
}

fn hex(rest: &[char], start: usize, length: usize, out: &mut String) -> Result<usize, String> {
    let digits: String = rest.iter().skip(start).take(length).collect();
    let scalar = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
    let scalar = scalar.ok_or("a code point is none that text can hold")?;
    out.push_str(&format!("\\x{{{:x}}}", u32::from(scalar)));
    Ok(start + length)
}

#[cfg(test)]
mod tests {
    use super::translate;

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
        ];
        for (source, expected) in cases {
            assert_eq!(translate(source).as_deref(), Ok(expected), "{source}");
        }
    }

    #[test]
    fn what_needs_backtracking_is_refused() {
        for source in [r"(?=a)", r"(?<!a)b", r"(a)\1", r"(", r"\"] {
            assert!(translate(source).is_err(), "{source}");
        }
    }
}
