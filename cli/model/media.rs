//! Media types, as far as they decide how a body is read and written.

/// A media type or range: `application/json`, `image/*`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MediaType {
    /// As the contract wrote it, trimmed.
    text: String,
}

/// How bodies of a media type are read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// `application/json`, `*+json`.
    Json,
    /// `text/*`, but not those below.
    Text,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/event-stream`.
    EventStream,
    /// `application/xml`, `text/xml`, `*+xml`.
    Xml,
    /// A sequence of JSON texts (`application/jsonl`, `application/json-seq`).
    Items(Framing),
    /// Everything else, ranges included: bytes.
    Bytes,
}

/// How the JSON texts of a sequence are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framing {
    /// Each has a line of its own.
    Lines,
    /// Each has a record separator before it (RFC 7464).
    Records,
}

impl MediaType {
    /// Takes the text of a contract's key.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.trim().to_owned(),
        }
    }

    /// As the contract wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it can stand in a header: printable ASCII, and some of it.
    pub fn can_be_sent(&self) -> bool {
        !self.text.is_empty() && self.text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
    }

    /// `type/subtype` in lower case, without parameters.
    pub fn essence(&self) -> String {
        self.text
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// How bodies of it are read and written.
    pub fn kind(&self) -> MediaKind {
        let essence = self.essence();
        match essence.as_str() {
            "application/json" | "text/json" => MediaKind::Json,
            "application/x-www-form-urlencoded" => MediaKind::Form,
            "text/event-stream" => MediaKind::EventStream,
            "application/xml" | "text/xml" => MediaKind::Xml,
            // <https://spec.openapis.org/registry/media-type/sequential_json>, under all names that are in use.
            "application/jsonl"
            | "application/x-jsonl"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/ndjson"
            | "application/x-ndjson" => MediaKind::Items(Framing::Lines),
            "application/json-seq" => MediaKind::Items(Framing::Records),
            // RFC 8091.
            other if other.ends_with("+json-seq") => MediaKind::Items(Framing::Records),
            other if other.ends_with("+json") => MediaKind::Json,
            other if other.ends_with("+xml") => MediaKind::Xml,
            other if other.starts_with("multipart/") => MediaKind::Multipart,
            other if other.starts_with("text/") => MediaKind::Text,
            _ => MediaKind::Bytes,
        }
    }
}
