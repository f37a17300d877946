//! Which types a Rust file has names for: whether those of its contract are at hand, and which name may be another of something.

use std::collections::BTreeSet;

use syn::ext::IdentExt;
use syn::visit::Visit;

/// Where `router.rs` sets up the contract for each route.
const CONTRACT: [&str; 2] = ["super", "contract"];

/// The names of types at the top level of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RustTypes {
    /// Whether all of the contract is brought in: `use super::contract::*`.
    has_contract: bool,
    /// What is brought in of the contract by name.
    of_contract: BTreeSet<String>,
    /// What is named otherwise: types of the file's own, and imports from elsewhere.
    others: BTreeSet<String>,
    /// Those of them that say nothing of what they name: `use x::Y as Z`, `type Z = …`.
    aliases: BTreeSet<String>,
}

impl RustTypes {
    /// Whether a type of the contract can be named without its path.
    pub fn has(&self, name: &str) -> bool {
        !self.others.contains(name) && (self.has_contract || self.of_contract.contains(name))
    }

    /// Whether a name may be another one of any type.
    pub fn is_alias(&self, name: &str) -> bool {
        self.aliases.contains(name)
    }

    /// Notes what an item names; a `#[cfg]` may take what it brings in away.
    pub fn read(&mut self, item: &syn::Item, is_conditional: bool) {
        match item {
            syn::Item::Use(import) => {
                let is_there = !is_conditional && import.leading_colon.is_none();
                self.read_use(&import.tree, &mut Vec::new(), is_there);
            }
            syn::Item::Type(alias) => {
                self.aliases.insert(alias.ident.unraw().to_string());
                self.others.insert(alias.ident.unraw().to_string());
            }
            syn::Item::Struct(syn::ItemStruct { ident, .. })
            | syn::Item::Enum(syn::ItemEnum { ident, .. })
            | syn::Item::Union(syn::ItemUnion { ident, .. })
            | syn::Item::Trait(syn::ItemTrait { ident, .. }) => {
                self.others.insert(ident.unraw().to_string());
            }
            // Nothing else names a type; syn's enum is open, so it can't be listed.
            _ => {}
        }
    }

    fn read_use(&mut self, tree: &syn::UseTree, path: &mut Vec<String>, is_there: bool) {
        let names_contract = |path: &[String]| {
            is_there && path.strip_prefix(&["self".to_owned()]).unwrap_or(path) == CONTRACT
        };
        match tree {
            syn::UseTree::Path(step) => {
                path.push(step.ident.unraw().to_string());
                self.read_use(&step.tree, path, is_there);
                path.pop();
            }
            syn::UseTree::Name(name) => {
                let name = name.ident.unraw().to_string();
                match names_contract(path) {
                    true => self.of_contract.insert(name),
                    false => self.others.insert(name),
                };
            }
            syn::UseTree::Rename(rename) => {
                let name = rename.rename.unraw().to_string();
                self.aliases.insert(name.clone());
                self.others.insert(name);
            }
            syn::UseTree::Glob(_) => self.has_contract |= names_contract(path),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.read_use(tree, path, is_there);
                }
            }
        }
    }
}

/// The names in a signature that stand there without a path.
pub fn bare_names(signature: &syn::Signature) -> BTreeSet<String> {
    let mut bare = Bare(BTreeSet::new());
    bare.visit_signature(signature);
    bare.0
}

struct Bare(BTreeSet<String>);

impl<'ast> Visit<'ast> for Bare {
    fn visit_type_path(&mut self, ty: &'ast syn::TypePath) {
        if let Some(name) = ty.path.segments.first()
            && ty.path.leading_colon.is_none()
            && (ty.path.segments.len() == 1)
        {
            self.0.insert(name.ident.unraw().to_string());
        }
        syn::visit::visit_type_path(self, ty);
    }
}

/// The last name of a type, if it is one that has a name.
pub fn last_name(ty: &syn::Type) -> Option<String> {
    let last = named(ty)?;
    Some(last.ident.unraw().to_string())
}

/// The last name of what a function gives if all goes well, as far as it can be told.
pub fn given_name(output: &syn::ReturnType) -> Option<String> {
    let syn::ReturnType::Type(_, output) = output else {
        return None;
    };
    let last = named(output)?;
    if last.ident != "Result" {
        // axum's, or a name for anything.
        return (last.ident == "Response").then(|| "Response".to_owned());
    }
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) => last_name(ty),
        _ => None,
    }
}

fn named(ty: &syn::Type) -> Option<&syn::PathSegment> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last(),
        syn::Type::Paren(inner) => named(&inner.elem),
        syn::Type::Group(inner) => named(&inner.elem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::project::rust_file::RustFile;

    /// Whether a file has `Context` and `GetRequest` of the contract at hand.
    fn check(text: &str, expected: [bool; 2]) {
        let types = RustFile::parse(text).unwrap().types;
        let found = ["Context", "GetRequest"].map(|name| types.has(name));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn types_are_at_hand_if_the_contract_is_brought_in() {
        check("use super::contract::*;", [true, true]);
        check("use self::super::{x, contract::{self, *}};", [true, true]);
        check("use super::contract::{Context, Book};", [true, false]);
        check("mod list; pub use list::get;", [false, false]);
        check("use contract::*; use crate::contract::*;", [false, false]);
        check("#[cfg(test)] use super::contract::*;", [false, false]);
        check("mod a { use super::contract::*; }", [false, false]);
    }

    #[test]
    fn other_names_win_over_all_of_the_contract() {
        for other in [
            "use crate::Context;",
            "use x::{a, y as Context};",
            "struct Context;",
            "type Context = u8;",
            "#[cfg(test)] use x::Context;",
        ] {
            check(&format!("use super::contract::*; {other}"), [false, true]);
        }
        check(
            "use super::contract::GetRequest as Context;",
            [false, false],
        );
    }
}
