//! What must hold of values beyond their types: a table of assertions for each API that says such things.

use super::codecs::Codecs;
use super::rust::{Modules, Scope, literal};
use super::statics;
use super::{EmittedFile, GENERATED, ours};
use crate::plan::api::ApiPlan;
use crate::plan::refinements::{Assertion, Properties};
use crate::plan::types::{Refinement, SizeRule};

/// The module of the assertions, if there are any.
pub fn module(api: &ApiPlan, folder: &str, modules: &Modules) -> Option<EmittedFile> {
    if api.refinements.is_empty() {
        return None;
    }
    let types = modules.types(api, Scope::Codecs(&api.module));
    let mut table = Printer {
        codecs: Codecs::new(types, ""),
        all: &api.refinements,
    };
    let mut declared = String::new();
    for (index, assertions) in api.refinements.iter().enumerate() {
        if !assertions.is_empty() {
            let printed = assertions.iter().map(|known| table.assertion(known));
            let printed: Vec<String> = printed.collect();
            declared.push_str(&format!(
                "pub static R{index}: [Assertion; {}] = [{}];\n",
                printed.len(),
                printed.join(", ")
            ));
        }
    }
    let text = format!(
        "{GENERATED}\n//! What must hold of values beyond their types.\n\n#![allow(dead_code, unused_imports)]\n\nuse crate::support::assertion::{{Assertion, Properties}};\nuse crate::support::decode::ArrayRule;\nuse crate::support::rules::{{NumberRule, Pattern, StringRule, compile}};\nuse crate::support::*;\n\n{}{declared}",
        table.codecs.statics()
    );
    Some(ours(format!("{folder}/codecs/refinements.rs"), text))
}

/// The static of a refinement, in a module beside its own.
pub fn reference(refinement: Refinement) -> String {
    format!("&super::refinements::R{}", refinement.0)
}

struct Printer<'a> {
    codecs: Codecs<'a>,
    all: &'a [Vec<Assertion>],
}

impl Printer<'_> {
    fn assertion(&mut self, assertion: &Assertion) -> String {
        let said = match assertion {
            Assertion::Never => "Never".to_owned(),
            Assertion::Types(types) => format!("Types(&{})", texts(types.iter())),
            Assertion::Values(values) => {
                let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
                format!("Values(&{})", texts(values.iter()))
            }
            Assertion::Text(rule) => format!("Text({})", statics::string(&mut self.codecs, rule)),
            Assertion::Number(rule) => {
                format!("Number({})", statics::number(&mut self.codecs, rule))
            }
            Assertion::List(rule) => format!("List({})", statics::array(&mut self.codecs, rule)),
            Assertion::Size(SizeRule { min, max }) => {
                format!("Size({}, {})", min.unwrap_or(0), most(*max))
            }
            Assertion::Required(keys) => format!("Required(&{})", texts(keys.iter())),
            Assertion::Properties(properties) => self.properties(properties),
            Assertion::PropertyNames(id) => format!("PropertyNames({})", self.id(*id)),
            Assertion::DependentRequired(keys) => {
                let keys = keys
                    .iter()
                    .map(|(key, others)| format!("({}, &{})", literal(key), texts(others.iter())));
                format!(
                    "DependentRequired(&[{}])",
                    keys.collect::<Vec<_>>().join(", ")
                )
            }
            Assertion::Dependent(schemas) => format!("Dependent(&{})", self.keyed(schemas)),
            Assertion::Items(first, rest) => {
                let rest =
                    rest.map_or("None".to_owned(), |rest| format!("Some({})", self.id(rest)));
                format!("Items(&{}, {rest})", self.ids(first))
            }
            Assertion::Contains(item, min, max) => {
                format!("Contains({}, {min}, {})", self.id(*item), most(*max))
            }
            Assertion::Not(id) => format!("Not({})", self.id(*id)),
            Assertion::All(ids) => format!("All(&{})", self.ids(ids)),
            Assertion::Any(ids) => format!("Any(&{})", self.ids(ids)),
            Assertion::One(ids) => format!("One(&{})", self.ids(ids)),
            Assertion::If(condition, then, otherwise) => {
                let ids = [condition, then, otherwise].map(|id| self.id(*id));
                format!("If({})", ids.join(", "))
            }
            Assertion::OtherProperties(id) => format!("OtherProperties({})", self.id(*id)),
            Assertion::OtherItems(id) => format!("OtherItems({})", self.id(*id)),
        };
        format!("Assertion::{said}")
    }

    fn properties(&mut self, properties: &Properties) -> String {
        let mut patterns = Vec::new();
        for (pattern, id) in &properties.patterns {
            let pattern = statics::pattern(&mut self.codecs, pattern);
            patterns.push(format!("({pattern}, {})", self.id(*id)));
        }
        let others = properties.others;
        let others = others.map_or("None".to_owned(), |id| format!("Some({})", self.id(id)));
        format!(
            "Properties(Properties {{ named: &{}, patterns: &[{}], others: {others} }})",
            self.keyed(&properties.named),
            patterns.join(", ")
        )
    }

    fn keyed(&self, schemas: &[(String, Refinement)]) -> String {
        let schemas = schemas
            .iter()
            .map(|(key, id)| format!("({}, {})", literal(key), self.id(*id)));
        format!("[{}]", schemas.collect::<Vec<_>>().join(", "))
    }

    fn ids(&self, ids: &[Refinement]) -> String {
        let ids: Vec<String> = ids.iter().map(|id| self.id(*id)).collect();
        format!("[{}]", ids.join(", "))
    }

    /// A reference to a refinement; what says nothing is written where it is.
    fn id(&self, id: Refinement) -> String {
        match self.all[id.0 as usize].is_empty() {
            true => "&[]".to_owned(),
            false => format!("&R{}", id.0),
        }
    }
}

fn texts<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> String {
    let texts: Vec<String> = texts.map(|text| literal(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

fn most(max: Option<u64>) -> String {
    max.map_or("usize::MAX".to_owned(), |max| max.to_string())
}
