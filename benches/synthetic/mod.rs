//! A contract in the manner of real ones, of any size: resources with a list, a creation, a read, an update and a deletion.

mod contract;
#[allow(dead_code, reason = "not every bench writes the usual form")]
pub mod usual;
mod words;

pub use contract::contract;

/// Operations of a resource: list, create, read, update, delete.
pub const OPERATIONS: usize = 5;

/// A resource of the made-up API.
pub struct Resource {
    /// `AnnualInvoice`.
    pub ty: String,
    /// `annual_invoice`.
    pub module: String,
    /// `annual-invoices`.
    pub path: String,
    /// What a client may send.
    pub fields: Vec<Field>,
    /// What a status may be.
    pub statuses: Vec<&'static str>,
    /// Fields of the object inside.
    pub detail: Vec<Field>,
    /// Fields of what has happened to it, which only the server tells.
    pub event: Vec<Field>,
    /// How many of its operations there are.
    pub operations: usize,
}

/// A field of a resource.
#[derive(Clone)]
pub struct Field {
    /// `unitPrice`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
}

/// What a field holds, and what must hold of it.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Text { min: usize, max: usize },
    Matching(&'static str),
    Integer { min: i64, max: i64 },
    Number { min: f64, max: f64 },
    Boolean,
    Uuid,
    Instant,
    Texts { max: usize },
    Nullable { max: usize },
    Status,
    Detail,
    Details { max: usize },
}

/// Resources with this many operations in all.
pub fn resources(operations: usize) -> Vec<Resource> {
    let count = operations.div_ceil(OPERATIONS);
    (0..count)
        .map(|index| resource(index, operations - index * OPERATIONS))
        .collect()
}

fn resource(index: usize, operations: usize) -> Resource {
    let adjective = words::ADJECTIVES[index / words::NOUNS.len() % words::ADJECTIVES.len()];
    let noun = words::NOUNS[index % words::NOUNS.len()];
    let pool = words::FIELDS;
    // The pool's length is prime, so that no step meets a field twice.
    let step = 1 + index % (pool.len() - 1);
    let mut fields: Vec<Field> = (0..8 + index % 5)
        .map(|position| field((index + position * step) % pool.len(), position % 3 != 2))
        .collect();
    fields.push(Field {
        name: "status",
        kind: Kind::Status,
        required: true,
    });
    fields.push(Field {
        name: "detail",
        kind: Kind::Detail,
        required: index.is_multiple_of(2),
    });
    fields.push(Field {
        name: "lines",
        kind: Kind::Details { max: 50 },
        required: false,
    });
    let detail = (0..4)
        .map(|position| field((index * 3 + position) % pool.len(), position < 2))
        .collect();
    let event = (0..7)
        .map(|position| field((index * 5 + position) % pool.len(), position < 4))
        .collect();
    Resource {
        ty: format!("{}{}", capital(adjective), capital(noun)),
        module: format!("{adjective}_{noun}"),
        path: format!("{adjective}-{noun}s"),
        fields,
        statuses: words::STATUSES[..3 + index % 4].to_vec(),
        detail,
        event,
        operations: operations.min(OPERATIONS),
    }
}

fn field(index: usize, required: bool) -> Field {
    let (name, kind) = words::FIELDS[index];
    Field {
        name,
        kind,
        required,
    }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
