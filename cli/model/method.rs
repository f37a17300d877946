//! Methods of HTTP.

/// A registered method; of the registered ones, those that are a word.
///
/// <https://www.iana.org/assignments/http-methods>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// `GET`.
    Get,
    /// `HEAD`.
    Head,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `TRACE`.
    Trace,
    /// `QUERY`, a field of OpenAPI since 3.2.
    Query,
    /// Any other (`additionalOperations` of OpenAPI 3.2).
    Other(OtherMethod),
}

/// The place of a method in the list of those that are neither OpenAPI's nor HTTP's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OtherMethod(u8);

/// Each with the name of its handler.
const OTHERS: [(&str, &str); 26] = [
    ("ACL", "acl"),
    ("BIND", "bind"),
    ("CHECKIN", "checkin"),
    ("CHECKOUT", "checkout"),
    ("COPY", "copy"),
    ("LABEL", "label"),
    ("LINK", "link"),
    ("LOCK", "lock"),
    ("MERGE", "merge"),
    ("MKACTIVITY", "mkactivity"),
    ("MKCALENDAR", "mkcalendar"),
    ("MKCOL", "mkcol"),
    ("MKREDIRECTREF", "mkredirectref"),
    ("MKWORKSPACE", "mkworkspace"),
    ("MOVE", "move_"),
    ("ORDERPATCH", "orderpatch"),
    ("PROPFIND", "propfind"),
    ("PROPPATCH", "proppatch"),
    ("REBIND", "rebind"),
    ("REPORT", "report"),
    ("SEARCH", "search"),
    ("UNBIND", "unbind"),
    ("UNCHECKOUT", "uncheckout"),
    ("UNLINK", "unlink"),
    ("UNLOCK", "unlock"),
    ("UPDATE", "update"),
];

impl Method {
    /// Those that a function in a `route.rs` serves by its name alone, in the order in which handlers stand there.
    /// `query`, `search` and the rest are names of many a function, and serve only where the contract says so.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Head,
        Self::Post,
        Self::Put,
        Self::Patch,
        Self::Delete,
        Self::Options,
        Self::Trace,
    ];

    /// `GET`.
    pub fn upper(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(OtherMethod(index)) => OTHERS[usize::from(index)].0,
        }
    }

    /// `get`: the key in a path item, and the handler's name.
    pub fn lower(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Head => "head",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Trace => "trace",
            Self::Query => "query",
            Self::Other(OtherMethod(index)) => OTHERS[usize::from(index)].1,
        }
    }

    /// The method that `get` (in any case) names, one of [`Method::ALL`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|method| method.lower().eq_ignore_ascii_case(text))
    }

    /// The registered method of this name, to the letter: `COPY`.
    pub fn registered(name: &str) -> Option<Self> {
        let standard = Self::ALL.into_iter().chain([Self::Query]);
        let others = (0..OTHERS.len() as u8).map(|index| Self::Other(OtherMethod(index)));
        standard.chain(others).find(|method| method.upper() == name)
    }
}
