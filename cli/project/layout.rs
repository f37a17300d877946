//! Which layout a project was written in, by what we wrote.

use camino::Utf8Path;

use super::Project;
use crate::config::Layout;

/// A file of ours that only this layout has.
fn mark(layout: Layout) -> &'static Utf8Path {
    Utf8Path::new(match layout {
        Layout::Single => "app/router.rs",
        Layout::Split => "app/application.rs",
    })
}

/// The layout of the project on disk; `None` if nothing was written yet.
pub fn layout(project: &Project) -> Option<Layout> {
    let layouts = [Layout::Split, Layout::Single];
    let locked = |layout: &Layout| project.lock.ours.contains_key(mark(*layout));
    // Without a lock, what is there must do: one of them may be the user's own.
    let there = |layout: &Layout| project.app_files.contains(mark(*layout));
    let found = layouts.into_iter().find(locked);
    found.or_else(|| match layouts.map(|layout| there(&layout)) {
        [true, false] => Some(Layout::Split),
        [false, true] => Some(Layout::Single),
        [true, true] | [false, false] => None,
    })
}
