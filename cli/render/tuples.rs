//! Tuples: lists with a type for each place, of which the last may be absent.

use super::codecs::Codecs;
use super::statics;
use super::writers::Place;
use crate::plan::types::{Tuple, Type};

/// Rust's tuples have traits up to this many places; a longer one goes on in a tuple that is its last place.
const MOST: usize = 12;

/// The types of a tuple's places.
pub fn types(tuple: &Tuple, ty: impl Fn(&Type) -> String) -> Vec<String> {
    let places = tuple.places.iter().enumerate().map(|(index, place)| {
        if index < tuple.required {
            ty(place)
        } else {
            format!("Option<{}>", ty(place))
        }
    });
    let rest = tuple.rest.iter().map(|rest| format!("Vec<{}>", ty(rest)));
    places.chain(rest).collect()
}

/// A tuple of these types, patterns or values.
pub fn nested(parts: &[String]) -> String {
    match parts {
        [one] => format!("({one},)"),
        _ if parts.len() <= MOST => format!("({})", parts.join(", ")),
        _ => {
            let (first, rest) = parts.split_at(MOST - 1);
            format!("({}, {})", first.join(", "), nested(rest))
        }
    }
}

/// The path from a tuple of `count` parts to one of them: `.3`, `.11.2`.
fn path(index: usize, count: usize) -> String {
    if count <= MOST || index < MOST - 1 {
        format!(".{index}")
    } else {
        let last = MOST - 1;
        format!(".{last}{}", path(index - last, count - last))
    }
}

impl Codecs<'_> {
    /// An expression of type `Option<T>` that decodes a tuple.
    pub(super) fn decode_tuple(&mut self, tuple: &Tuple) -> String {
        let rule = statics::array(self, &tuple.rule);
        let mut declared = String::new();
        let mut arms = String::new();
        let (mut found, mut wanted, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for (index, place) in tuple.places.iter().enumerate() {
            declared.push_str(&format!("let mut p{index} = None; "));
            arms.push_str(&format!("{index} => p{index} = {}, ", self.decode(place)));
            if index < tuple.required {
                found.push(format!("p{index}"));
                wanted.push(format!("Some(p{index})"));
            }
            given.push(format!("p{index}"));
        }
        match &tuple.rest {
            Some(rest) => {
                declared.push_str("let mut rest = Vec::new(); ");
                arms.push_str(&format!("_ => rest.extend({}), ", self.decode(rest)));
                given.push("rest".to_owned());
            }
            None => arms.push_str("_ => d.skip(), "),
        }
        let given = nested(&given);
        let value = if found.is_empty() {
            format!("Some({given})")
        } else {
            let (found, wanted) = (nested(&found), nested(&wanted));
            format!("match {found} {{ {wanted} => Some({given}), _ => None }}")
        };
        format!(
            "match d.array({rule}) {{ None => None, Some(()) => {{ {declared}let mut place = 0; while d.item() {{ match place {{ {arms}}} place += 1; }} {value} }} }}"
        )
    }

    /// Statements that write a tuple: up to the first place that is absent.
    pub(super) fn write_tuple(&mut self, tuple: &Tuple, place: &Place, depth: usize) -> String {
        let count = tuple.places.len() + usize::from(tuple.rest.is_some());
        if count == 0 {
            // The pattern uses the place, which would be an unused variable otherwise.
            return format!("let () = {}; w.raw(\"[]\");", place.by_value());
        }
        let at = |index| format!("{}{}", place.base, path(index, count));
        let mut out = "w.raw(\"[\"); ".to_owned();
        let mut open = 0;
        for (index, ty) in tuple.places.iter().enumerate() {
            if index < tuple.required {
                let comma = if index > 0 { "w.raw(\",\"); " } else { "" };
                let write = self.write(ty, &Place::field(&at(index)), depth + 1);
                out.push_str(&format!("{comma}{write} "));
            } else {
                let name = format!("place{depth}x{index}");
                let write = self.write(ty, &Place::reference(&name), depth + 1);
                out.push_str(&format!(
                    "if let Some({name}) = &{} {{ w.comma(); {write} ",
                    at(index)
                ));
                open += 1;
            }
        }
        if let Some(rest) = &tuple.rest {
            let name = format!("item{depth}");
            let item = self.write(rest, &Place::reference(&name), depth + 1);
            let rest = at(tuple.places.len());
            out.push_str(&format!("for {name} in &{rest} {{ w.comma(); {item} }} "));
        }
        format!("{out}{}w.raw(\"]\");", "} ".repeat(open))
    }
}
