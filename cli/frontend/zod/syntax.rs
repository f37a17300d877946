//! The TypeScript of a contract as a small tree of ours; `parse` and `convert` alone know the parser's own.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexMap;

use crate::source::Span;

/// One file: what it declares, and what it does at its top level.
#[derive(Debug)]
pub(super) struct Module {
    /// `const`s, functions and enums, in the file's order.
    pub constants: IndexMap<String, Constant>,
    /// Imported values by their local name.
    pub imports: HashMap<String, Import>,
    /// Every top-level expression in the file's order, initialisers of constants among them.
    pub expressions: Vec<Expression>,
    /// How many more names may be followed: a file can't keep us busy for ever.
    pub fuel: Cell<u32>,
    /// How deep the constant is that is being worked out.
    pub depth: Cell<usize>,
}

impl Default for Module {
    fn default() -> Self {
        Self {
            constants: IndexMap::new(),
            imports: HashMap::new(),
            expressions: Vec::new(),
            fuel: Cell::new(2_000_000),
            depth: Cell::new(0),
        }
    }
}

/// `const name = value`.
#[derive(Debug)]
pub(super) struct Constant {
    /// Its initialiser.
    pub value: Expression,
    /// Whether other files can see it.
    pub exported: bool,
}

/// `import { name as local } from "module"`.
#[derive(Debug)]
pub(super) struct Import {
    /// The exported name: `default` and `*` stand for themselves.
    pub name: String,
    /// From where.
    pub module: String,
}

/// An expression and where it stands. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: Rc<Kind>,
}

/// What an expression is, with types and parentheses stripped.
///
/// Who looks for one form matches that and takes `_` for the rest: a form that is new is refused where it is reached.
#[derive(Debug)]
pub(super) enum Kind {
    /// `callee(arguments)`; `at` is where the callee's last name stands.
    Call { callee: Expression, arguments: Vec<Expression>, at: Span },
    /// `new Class(arguments)`.
    New { class: Expression, arguments: Vec<Expression> },
    /// `object.property`, `object["property"]`.
    Member { object: Expression, property: String, at: Span },
    /// `object[index]` with anything but a string.
    Index { object: Expression, index: Expression },
    /// `{ … }`.
    Object(Vec<Entry>),
    /// `[ … ]`.
    Array(Vec<Expression>),
    /// `...expression` in arrays and arguments.
    Spread(Expression),
    /// `"text"`, or a template without holes.
    String(String),
    /// A template with holes: one text more than holes.
    Template { texts: Vec<String>, holes: Vec<Expression> },
    /// A number as decimal text.
    Number(String),
    /// `true`, `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// A name.
    Identifier(String),
    /// A function that only returns an expression; `None` when its body does more, or a parameter is taken apart.
    Function { parameters: Option<Parameters>, body: Option<Expression> },
    /// `/source/flags`.
    Regex { source: String, flags: String },
    /// `-expression`.
    Negate(Expression),
    /// Arithmetic and joining of strings, for constants.
    Binary { operator: Operator, left: Expression, right: Expression },
    /// Everything else, named for a diagnostic.
    Other(&'static str),
}

/// The parameters of a function that can be put in place.
#[derive(Debug, Clone, Default)]
pub(super) struct Parameters {
    /// Each with its default.
    pub names: Vec<(String, Option<Expression>)>,
    /// `...rest`.
    pub rest: Option<String>,
}

/// Operators whose result a contract's constants may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `**`.
    Power,
    /// `<<`.
    ShiftLeft,
}

/// One entry of an object literal.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    /// `key: value`, or a getter as the expression it returns.
    Field { key: Key, value: Expression, getter: bool },
    /// `...expression`.
    Spread(Expression),
}

/// The key of an entry.
#[derive(Debug, Clone)]
pub(super) enum Key {
    /// Said outright.
    Plain(String, Span),
    /// `[expression]`.
    Computed(Expression),
}

impl Key {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Plain(_, span) => *span,
            Self::Computed(expression) => expression.span,
        }
    }
}

impl Expression {
    /// An expression of ours.
    pub fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind: Rc::new(kind) }
    }

    /// Calls `visit` with this expression and all inside it, outer ones first, save the bodies of functions.
    pub fn walk(&self, visit: &mut impl FnMut(&Expression)) {
        visit(self);
        match &*self.kind {
            Kind::Call { callee, arguments, .. } | Kind::New { class: callee, arguments } => {
                callee.walk(visit);
                arguments.iter().for_each(|argument| argument.walk(visit));
            }
            Kind::Member { object, .. } => object.walk(visit),
            Kind::Index { object, index } => {
                object.walk(visit);
                index.walk(visit);
            }
            Kind::Object(entries) => entries.iter().for_each(|entry| match entry {
                Entry::Field { value, .. } => value.walk(visit),
                Entry::Spread(value) => value.walk(visit),
            }),
            Kind::Array(items) => items.iter().for_each(|item| item.walk(visit)),
            Kind::Spread(inner) | Kind::Negate(inner) => inner.walk(visit),
            Kind::Template { holes, .. } => holes.iter().for_each(|hole| hole.walk(visit)),
            Kind::Binary { left, right, .. } => {
                left.walk(visit);
                right.walk(visit);
            }
            Kind::String(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Identifier(_)
            | Kind::Function { .. }
            | Kind::Regex { .. }
            | Kind::Other(_) => {}
        }
    }

    /// What it is, for a diagnostic.
    pub fn describe(&self) -> String {
        match &*self.kind {
            Kind::Call { .. } => "a call".to_owned(),
            Kind::New { .. } => "`new`".to_owned(),
            Kind::Member { property, .. } => format!("`.{property}`"),
            Kind::Index { .. } => "an index".to_owned(),
            Kind::Object(_) => "an object".to_owned(),
            Kind::Array(_) => "an array".to_owned(),
            Kind::Spread(_) => "a spread".to_owned(),
            Kind::String(_) => "a string".to_owned(),
            Kind::Template { .. } => "a template with holes".to_owned(),
            Kind::Number(_) | Kind::Negate(_) => "a number".to_owned(),
            Kind::Boolean(_) => "a boolean".to_owned(),
            Kind::Null => "`null`".to_owned(),
            Kind::Identifier(name) => format!("`{name}`"),
            Kind::Function { .. } => "a function".to_owned(),
            Kind::Regex { .. } => "a regular expression".to_owned(),
            Kind::Binary { .. } => "an operation".to_owned(),
            Kind::Other(what) => (*what).to_owned(),
        }
    }
}
