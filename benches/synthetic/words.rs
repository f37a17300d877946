//! The words of which the made-up contract is made.

use super::Kind;

pub const ADJECTIVES: [&str; 25] = [
    "annual", "active", "bulk", "central", "daily", "digital", "direct", "domestic", "draft",
    "external", "federal", "final", "global", "hidden", "internal", "joint", "local", "manual",
    "monthly", "open", "partial", "public", "regional", "shared", "urgent",
];

pub const NOUNS: [&str; 35] = [
    "account", "address", "agent", "batch", "branch", "budget", "campaign", "carrier", "channel",
    "claim", "contact", "coupon", "device", "document", "employee", "event", "gateway", "invoice",
    "journal", "ledger", "license", "member", "merchant", "message", "order", "package", "payment",
    "policy", "project", "quote", "report", "shipment", "ticket", "vehicle", "webhook",
];

pub const STATUSES: [&str; 6] = ["draft", "open", "held", "closed", "archived", "failed"];

pub const FIELDS: [(&str, Kind); 23] = [
    ("name", Kind::Text { min: 1, max: 120 }),
    ("quantity", Kind::Integer { min: 1, max: 999 }),
    ("ownerId", Kind::Uuid),
    ("note", Kind::Nullable { max: 2_000 }),
    ("unitPrice", Kind::Number { min: 0.0, max: 1e6 }),
    ("dueAt", Kind::Instant),
    ("labels", Kind::Texts { max: 10 }),
    ("isPublic", Kind::Boolean),
    ("reference", Kind::Matching("^[A-Z]{3}-[0-9]{6}$")),
    ("title", Kind::Text { min: 1, max: 80 }),
    ("priority", Kind::Integer { min: 1, max: 5 }),
    ("parentId", Kind::Uuid),
    ("street", Kind::Text { min: 0, max: 200 }),
    ("weight", Kind::Number { min: 0.0, max: 5e4 }),
    ("startsAt", Kind::Instant),
    ("aliases", Kind::Texts { max: 5 }),
    ("isBillable", Kind::Boolean),
    ("countryCode", Kind::Matching("^[A-Z]{2}$")),
    ("description", Kind::Nullable { max: 5_000 }),
    ("retries", Kind::Integer { min: 0, max: 20 }),
    ("city", Kind::Text { min: 1, max: 100 }),
    ("ratio", Kind::Number { min: 0.0, max: 1.0 }),
    ("slug", Kind::Matching("^[a-z0-9-]{1,40}$")),
];
