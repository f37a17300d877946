//! Contracts that change.

use std::fmt::Write;

use crate::tool::Chance;

/// A contract of some routes.
#[derive(Debug, Clone)]
pub struct Contract {
    pub base: String,
    pub routes: Vec<Route>,
}

/// A path and its operations.
#[derive(Debug, Clone)]
pub struct Route {
    /// What its operations are called; it stays when the path is renamed.
    pub id: usize,
    pub path: String,
    pub methods: Vec<&'static str>,
    pub summary: usize,
    pub queries: usize,
}

impl Contract {
    /// Twenty routes, half of them with a parameter.
    pub fn first() -> Self {
        Self::of(20)
    }

    pub fn of(count: usize) -> Self {
        let route = |id: usize| Route {
            id,
            path: match id % 2 {
                0 => format!("/things{id}"),
                _ => format!("/things{}/{{id}}", id - 1),
            },
            methods: match id % 2 {
                0 => vec!["get", "post"],
                _ => vec!["get", "delete"],
            },
            summary: 0,
            queries: 0,
        };
        Self {
            base: "/api/v1".to_owned(),
            routes: (0..count).map(route).collect(),
        }
    }

    /// Its text.
    pub fn text(&self) -> String {
        let mut text = format!(
            "openapi: 3.1.0\ninfo: {{ title: Things, version: '1' }}\nservers: [{{ url: {} }}]\npaths:\n",
            self.base
        );
        for route in &self.routes {
            writeln!(text, "  {}:", route.path).unwrap();
            for method in &route.methods {
                writeln!(text, "    {method}:").unwrap();
                writeln!(text, "      operationId: {method}{}", route.id).unwrap();
                writeln!(
                    text,
                    "      summary: To {method}, said the {}th time.",
                    route.summary
                )
                .unwrap();
                let mut parameters: Vec<String> = route
                    .path
                    .split('{')
                    .skip(1)
                    .filter_map(|part| part.split_once('}'))
                    .map(|(name, _)| format!("{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}"))
                    .collect();
                parameters.extend((0..route.queries).map(|number| {
                    format!("{{ name: q{number}, in: query, schema: {{ type: integer }} }}")
                }));
                writeln!(text, "      parameters: [{}]", parameters.join(", ")).unwrap();
                text.push_str("      responses: { '204': { description: Done. } }\n");
            }
        }
        text
    }

    /// Changes something by chance.
    pub fn change(&mut self, chance: &mut Chance, number: usize) {
        let index = chance.below(self.routes.len());
        let count = self.routes.len();
        let route = &mut self.routes[index];
        match chance.below(9) {
            0 => self.base = format!("/api/v{number}"),
            1 | 2 if count > 3 => drop(self.routes.remove(index)),
            1..=3 => self.routes.push(Route {
                id: 100 + number,
                path: format!("/new{number}"),
                methods: vec!["get", "put"],
                summary: 0,
                queries: 1,
            }),
            4 | 5 => {
                let end = route.path.find("/{").unwrap_or(route.path.len());
                route.path = format!("/moved{number}{}", &route.path[end..]);
            }
            6 => route.summary = number,
            7 => route.queries += 1,
            _ if route.methods.len() > 1 => drop(route.methods.pop()),
            _ => route.methods.push("patch"),
        }
    }
}
