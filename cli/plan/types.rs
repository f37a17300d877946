//! What will be written as Rust types: values, and the items that people read.

use crate::model::{Coercion, Integer, Text, UnionKind, Value};

/// Index into [`Items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// All items of an API.
#[derive(Debug, Clone, Default)]
pub struct Items(pub Vec<Item>);

/// A Rust type together with what must hold of its values.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Any JSON value.
    Any,
    /// No value decodes.
    Never,
    /// `null`, which is `()`.
    Null,
    /// `bool`.
    Boolean,
    /// `i64` and its kin.
    Integer(Integer, IntegerRule),
    /// `f64`.
    Number(NumberRule),
    /// `String`, or what a format makes of it.
    Text(Text, StringRule),
    /// A declared item.
    Item(ItemId),
    /// `Option<T>`, where `None` is `null`.
    Nullable(Box<Type>),
    /// `Vec<T>`.
    List(Box<Type>, ArrayRule),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>, SizeRule),
    /// A list of fixed places.
    Tuple(Tuple),
    /// `Box<T>`, which breaks a recursion.
    Boxed(Box<Type>),
    /// The type inside, whose values are read in a manner of their own.
    Read(Box<Type>, Manner),
}

/// How values are read, beyond what their type says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manner {
    /// What the contract itself says of values that it refuses.
    pub messages: Messages,
    /// What values are made first, if they are.
    pub coerce: Option<Coercion>,
    /// What must hold of them beyond their type.
    pub refinement: Option<Refinement>,
}

/// Index into [`super::api::ApiPlan::refinements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Refinement(pub u32);

/// The contract's own words for what is wrong with a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages {
    /// For a value that is missing.
    pub missing: Option<String>,
    /// For a value that isn't of the type at all.
    pub shape: Option<String>,
    /// For issues of checks.
    pub checks: Vec<Message>,
}

/// The words for one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The code.
    pub code: &'static str,
    /// The JSON text of one of its members, where the code may stand for several checks.
    pub detail: Option<String>,
    /// What is said.
    pub text: String,
}

/// A list of fixed places: a tuple of the places and, if there may be more, a `Vec` of the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// What stands in each.
    pub places: Vec<Type>,
    /// How many of them must be there; the others are `Option<T>`.
    pub required: usize,
    /// What may stand behind them.
    pub rest: Option<Box<Type>>,
    /// How many items it may have.
    pub rule: ArrayRule,
}

/// What must hold of a whole number, beyond its width.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IntegerRule {
    /// Least value.
    pub min: Option<i128>,
    /// Greatest value.
    pub max: Option<i128>,
    /// Divisor.
    pub multiple_of: Option<u64>,
}

/// What must hold of a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberRule {
    /// Least value, and whether it is refused itself.
    pub min: Option<(f64, bool)>,
    /// Greatest value, and whether it is refused itself.
    pub max: Option<(f64, bool)>,
    /// Divisor.
    pub multiple_of: Option<f64>,
}

/// What must hold of a string.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StringRule {
    /// Least length in characters.
    pub min: Option<u64>,
    /// Greatest length in characters.
    pub max: Option<u64>,
    /// Patterns.
    pub patterns: Vec<Pattern>,
    /// The constant of the support module `formats` that checks it: `EMAIL`.
    pub format: Option<&'static str>,
}

/// A pattern as the contract has it and as its engine wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// ECMA-262.
    pub source: String,
    /// In the words of the engine.
    pub translated: String,
    /// What matches it.
    pub engine: Engine,
}

/// What matches a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The `regex` crate, whose time grows linearly with the text.
    Linear,
    /// The `fancy-regex` crate, which looks around and refers back, and gives up after so many attempts.
    Backtracking,
}

/// How many items a list may have.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArrayRule {
    /// Least number.
    pub min: Option<u64>,
    /// Greatest number.
    pub max: Option<u64>,
    /// Whether no two may be equal.
    pub unique: bool,
}

/// How many entries an object may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SizeRule {
    /// Least number.
    pub min: Option<u64>,
    /// Greatest number.
    pub max: Option<u64>,
}

/// A declared type.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name: `Book`.
    pub name: String,
    /// The name its codec functions end in: `book`; unique in the API.
    pub codec: String,
    /// Where it is declared.
    pub home: Home,
    /// Doc comment lines without the slashes.
    pub docs: Vec<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it is.
    pub kind: ItemKind,
    /// What must hold of its values beyond that.
    pub refinement: Option<Refinement>,
    /// Whether requests reach it (a decoder is needed).
    pub decoded: bool,
    /// Whether responses reach it (a writer is needed).
    pub written: bool,
    /// Whether server-sent events carry it.
    pub event: bool,
}

/// The module in which an item is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Home {
    /// `schemas`.
    Schemas,
    /// The module of the route with this index.
    Route(usize),
    /// The module of the sender with this index.
    Sender(usize),
}

/// What an item is.
#[derive(Debug, Clone)]
pub enum ItemKind {
    /// A struct.
    Struct(Struct),
    /// An enum of JSON literals.
    Enum(Enum),
    /// An enum of types.
    Union(Union),
    /// A name for another type.
    Alias(Type),
    /// A one-field struct around a type, where a plain name would be a cycle.
    Newtype(Type),
}

/// A struct.
#[derive(Debug, Clone, Default)]
pub struct Struct {
    /// In the contract's order.
    pub fields: Vec<Field>,
    /// What becomes of other keys.
    pub unknown: Unknown,
    /// How many keys there may be.
    pub size: SizeRule,
}

/// What becomes of keys that are no field.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Unknown {
    /// They are dropped.
    #[default]
    Drop,
    /// They are an issue.
    Reject,
    /// They are kept in the map field of this name.
    Keep { field: String, value: Type },
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in Rust, raw if need be.
    pub name: String,
    /// Its key in JSON.
    pub wire: String,
    /// Its type, without the `Option` of an optional field.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// Doc comment lines without the slashes.
    pub docs: Vec<String>,
}

/// Whether a field must be there, and what stands in for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be absent: `Option<T>`.
    Optional,
    /// This JSON value stands in for it.
    Default(Value),
    /// It always has this JSON value, so the struct has no field for it.
    Constant(Value),
}

/// An enum of JSON literals.
#[derive(Debug, Clone)]
pub struct Enum {
    /// In the contract's order; values differ.
    pub variants: Vec<Variant>,
    /// Which literals they are.
    pub kind: EnumKind,
}

/// Which literals an enum has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumKind {
    /// Strings alone.
    Strings,
    /// Whole numbers that fit an `i64` alone.
    Integers,
    /// Anything else.
    Mixed,
}

/// A literal of an enum.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name in Rust.
    pub name: String,
    /// Its JSON value.
    pub value: Value,
}

/// An enum of types.
#[derive(Debug, Clone)]
pub struct Union {
    /// In the contract's order.
    pub branches: Vec<Branch>,
    /// How many may match.
    pub kind: UnionKind,
    /// The property that tells them apart.
    pub discriminator: Option<Discriminator>,
}

/// The property that tells the branches of a union apart.
#[derive(Debug, Clone)]
pub struct Discriminator {
    /// Its key in JSON.
    pub property: String,
    /// Each value and the branch that it stands for.
    pub values: Vec<(String, usize)>,
    /// The branch of all that has none of them.
    pub fallback: Option<usize>,
}

/// A branch of a union.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Its variant's name.
    pub name: String,
    /// What it holds.
    pub ty: Type,
}

impl Items {
    /// The item with this id.
    pub fn get(&self, id: ItemId) -> &Item {
        &self.0[id.0 as usize]
    }

    /// All, with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, item)| (ItemId(index as u32), item))
    }

    /// What the contract itself says of values of a type that it refuses, if it says something.
    pub fn messages<'a>(&'a self, ty: &'a Type) -> Option<&'a Messages> {
        match ty {
            Type::Read(inner, manner) => manner.messages.said().or_else(|| self.messages(inner)),
            Type::Nullable(inner) | Type::Boxed(inner) => self.messages(inner),
            Type::Item(id) => match &self.get(*id).kind {
                ItemKind::Alias(ty) => self.messages(ty),
                ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) => None,
                ItemKind::Newtype(_) => None,
            },
            Type::Any | Type::Never | Type::Null | Type::Boolean | Type::Integer(..) => None,
            Type::Number(_) | Type::Text(..) => None,
            Type::List(..) | Type::Map(..) | Type::Tuple(_) => None,
        }
    }

    pub(super) fn get_mut(&mut self, id: ItemId) -> &mut Item {
        &mut self.0[id.0 as usize]
    }

    pub(super) fn add(&mut self, item: Item) -> ItemId {
        self.0.push(item);
        ItemId(self.0.len() as u32 - 1)
    }
}

impl Messages {
    /// These, unless there are none.
    pub fn said(&self) -> Option<&Self> {
        (*self != Self::default()).then_some(self)
    }
}

impl Type {
    /// The types directly inside.
    pub fn children(&self) -> Vec<&Type> {
        match self {
            Type::Nullable(inner)
            | Type::Boxed(inner)
            | Type::Read(inner, _)
            | Type::List(inner, _)
            | Type::Map(inner, _) => vec![inner],
            Type::Tuple(tuple) => tuple.places.iter().chain(tuple.rest.as_deref()).collect(),
            Type::Any | Type::Never | Type::Null | Type::Boolean | Type::Integer(..) => Vec::new(),
            Type::Number(_) | Type::Text(..) | Type::Item(_) => Vec::new(),
        }
    }

    /// The type itself, however it is read.
    pub fn plain(&self) -> &Type {
        match self {
            Type::Read(inner, _) => inner.plain(),
            other => other,
        }
    }

    /// Calls `visit` on every item that the type names.
    pub fn each_item(&self, visit: &mut dyn FnMut(ItemId)) {
        if let Type::Item(id) = self {
            visit(*id);
        }
        for child in self.children() {
            child.each_item(visit);
        }
    }
}

impl Item {
    /// The types directly inside.
    pub fn types(&self) -> Vec<&Type> {
        match &self.kind {
            ItemKind::Struct(item) => {
                let kept = match &item.unknown {
                    Unknown::Keep { value, .. } => Some(value),
                    Unknown::Drop | Unknown::Reject => None,
                };
                item.fields
                    .iter()
                    .map(|field| &field.ty)
                    .chain(kept)
                    .collect()
            }
            ItemKind::Enum(_) => Vec::new(),
            ItemKind::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
            ItemKind::Alias(ty) | ItemKind::Newtype(ty) => vec![ty],
        }
    }
}
