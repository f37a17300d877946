//! The user's own routes among the project's files, as planning sees them: a pure value.

use camino::Utf8PathBuf;

/// Every `route.rs` under `app/`, sorted by path.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserRoutes {
    /// Sorted by path.
    pub routes: Vec<UserRoute>,
}

impl UserRoutes {
    /// Whether any handler is the user's own.
    pub fn has_own(&self) -> bool {
        self.routes.iter().any(UserRoute::has_own)
    }
}

impl UserRoute {
    /// Whether one of its handlers is the user's own.
    pub fn has_own(&self) -> bool {
        let mut handlers = self.handlers.iter();
        handlers.any(|handler| handler.lock_key.is_none())
    }
}

/// One `route.rs` that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct UserRoute {
    /// Relative to the project: `app/api/v1/books/[id]/route.rs`.
    pub path: Utf8PathBuf,
    /// Its public handlers (`get`, `post`, …), own and re-exported, in the file's order.
    pub handlers: Vec<UserHandler>,
}

/// A public function of a `route.rs` that is named after a method.
#[derive(Debug, Clone, PartialEq)]
pub struct UserHandler {
    /// `get`.
    pub name: String,
    /// The key in `routegen.lock` (`GET /api/v1/books/{id}`) if we wrote it once: then it is an orphan when the
    /// contract no longer has it. A handler that we never wrote is the user's own route: *undocumented*.
    pub lock_key: Option<String>,
}
