//! The groups of an ECMA-262 pattern: what back-references mean, and which of them mean the same in Rust.

/// A group, by the places of its parentheses.
#[derive(Debug)]
struct Group {
    start: usize,
    end: usize,
    kind: Kind,
    /// Whether it may be matched again after it was.
    repeats: bool,
}

#[derive(Debug, PartialEq)]
enum Kind {
    /// A capturing one, with its name.
    Capture(Option<String>),
    /// `(?:…)`.
    Plain,
    /// `(?=…)`, out of which captures can be seen.
    Ahead,
    /// `(?!…)`, `(?<=…)`, `(?<!…)`.
    Hidden,
}

/// The groups of a pattern, in the order of their opening parentheses.
#[derive(Debug)]
pub(super) struct Groups(Vec<Group>);

impl Groups {
    /// Finds them all; what never closes is left to whoever compiles the pattern.
    pub(super) fn of(pattern: &[char]) -> Self {
        let (mut groups, mut open) = (Vec::new(), Vec::new());
        let (mut at, mut in_class) = (0, false);
        while at < pattern.len() {
            match pattern[at] {
                '\\' => at += 1,
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => {
                    open.push(groups.len());
                    groups.push(Group {
                        start: at,
                        end: pattern.len(),
                        kind: kind(&pattern[at + 1..]),
                        repeats: false,
                    });
                }
                ')' if !in_class => {
                    if let Some(group) = open.pop() {
                        let group: &mut Group = &mut groups[group];
                        group.end = at;
                        group.repeats = matches!(pattern.get(at + 1), Some('*' | '+' | '{'));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Self(groups)
    }

    /// Whether any of them looks around.
    pub(super) fn look_around(&self) -> bool {
        let looks = |group: &Group| matches!(group.kind, Kind::Ahead | Kind::Hidden);
        self.0.iter().any(looks)
    }

    /// The number of the group with a name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let is_named =
            |group: &&Group| matches!(&group.kind, Kind::Capture(Some(own)) if own == name);
        let mut found = self
            .captures()
            .enumerate()
            .filter(|(_, group)| is_named(group));
        let (index, _) = found.next()?;
        found.next().is_none().then_some(index + 1)
    }

    /// Whether a back-reference to a group means the same in both languages.
    ///
    /// # Errors
    ///
    /// When it doesn't; the reason is for people.
    pub(super) fn refer(&self, number: usize, at: usize) -> Result<(), String> {
        let Some(group) = self.captures().nth(number.wrapping_sub(1)) else {
            return Err("it refers back to a group that isn't there".to_owned());
        };
        let holds = |outer: &Group, place: usize| (outer.start..outer.end).contains(&place);
        if holds(group, at) {
            return Err("it refers to a group from inside of it".to_owned());
        }
        let outer = || {
            let is_outer = |outer: &&Group| outer.start < group.start && holds(outer, group.start);
            self.0.iter().filter(is_outer)
        };
        if outer().any(|outer| outer.kind == Kind::Hidden) {
            return Err("it refers back into a look-behind or a negative look-ahead".to_owned());
        }
        if outer().any(|outer| outer.repeats && holds(outer, at)) {
            return Err("it refers back to a group that each repetition forgets".to_owned());
        }
        Ok(())
    }

    fn captures(&self) -> impl Iterator<Item = &Group> {
        self.0
            .iter()
            .filter(|group| matches!(group.kind, Kind::Capture(_)))
    }
}

/// What kind of group begins with these characters.
fn kind(inside: &[char]) -> Kind {
    match inside {
        ['?', '=', ..] => Kind::Ahead,
        ['?', '!', ..] | ['?', '<', '=' | '!', ..] => Kind::Hidden,
        ['?', '<', name @ ..] => {
            Kind::Capture(Some(name.iter().take_while(|c| **c != '>').collect()))
        }
        ['?', ..] => Kind::Plain,
        _ => Kind::Capture(None),
    }
}
