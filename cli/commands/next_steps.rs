//! What to do with a project that was just written.

use camino::Utf8Path;

/// What a new project serves.
pub struct Served {
    pub operations: usize,
    /// How many of them are called with credentials alone.
    pub guarded: usize,
}

impl Served {
    /// A line for each step, with what is to be known of it.
    pub fn next_steps(&self, spec: &Utf8Path) -> String {
        let denied = match self.guarded {
            0 => None,
            1 => Some("1 operation answers 401".to_owned()),
            guarded => Some(format!("{guarded} operations answer 401")),
        };
        let answers = match (self.operations, &denied) {
            (0, _) => "",
            (_, None) => "every operation answers 501 until you write it",
            (_, Some(_)) => "operations answer 501 until you write them",
        };
        let mut steps = vec![("cargo run", answers.to_owned())];
        steps.extend(denied.map(|denied| {
            let why = format!("denies everyone until you write it: {denied}");
            ("app/auth.rs", why)
        }));
        steps.push(("routegen routes", "where the handlers are".to_owned()));
        steps.push(("routegen sync", format!("after {spec} changed")));
        let line = |(what, why): (&str, String)| {
            let line = format!("  {what:<25} {why}");
            format!("{}\n", line.trim_end())
        };
        steps.into_iter().map(line).collect()
    }
}
