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
    /// Everything else, ranges included: bytes.
    Bytes,
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
            other if other.ends_with("+json") => MediaKind::Json,
            other if other.ends_with("+xml") => MediaKind::Xml,
            other if other.starts_with("multipart/") => MediaKind::Multipart,
            other if other.starts_with("text/") => MediaKind::Text,
            _ => MediaKind::Bytes,
        }
    }
}
