//! Contracts in: one folder per language, each ends in [`crate::model::Api`].
//!
//! This file stands in for the front-ends: it reads methods, summaries and operationIds alone.

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};
use crate::model::{Api, Docs, Method, Operation, Part, Segment, UrlTemplate};
use crate::source::{Source, Sources, Span};

/// What may be read besides the contract itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folders outside the contract's own from which references may read.
    pub allow_dirs: Vec<Utf8PathBuf>,
}

/// A contract that was read.
#[derive(Debug)]
pub struct Loaded {
    /// What it says.
    pub api: Api,
    /// Its files.
    pub sources: Sources,
    /// What is wrong with it; none is [`Effect::Fatal`].
    pub diagnostics: Diagnostics,
}

/// An input that can't be read as a contract.
#[derive(Debug)]
pub struct Failed {
    /// Its files as far as they were read.
    pub sources: Sources,
    /// Why.
    pub diagnostics: Diagnostics,
}

/// Reads the contract at `path` (`-` is stdin).
///
/// # Errors
///
/// When the input can't be read as a contract at all.
pub fn load(path: &Utf8Path, _options: &Options) -> Result<Loaded, Failed> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let read = Source::read(path).and_then(|source| {
        let file = sources.add(source);
        let tree: serde_yaml_ng::Value = serde_yaml_ng::from_str(&sources.file(file).text)?;
        let paths = tree.get("paths").and_then(|paths| paths.as_mapping());
        Ok(lower(&tree, paths.ok_or_else(|| anyhow::anyhow!("it has no `paths`"))?))
    });
    match read {
        Ok(api) => Ok(Loaded { api, sources, diagnostics }),
        Err(error) => {
            diagnostics.push(Diagnostic::new(&codes::project::RG0511, Effect::Fatal, format!("{error:#}")));
            Err(Failed { sources, diagnostics })
        }
    }
}

fn lower(tree: &serde_yaml_ng::Value, paths: &serde_yaml_ng::Mapping) -> Api {
    let text =
        |value: Option<&serde_yaml_ng::Value>| value.and_then(|value| value.as_str()).map(str::to_owned);
    let mut api = Api {
        version: text(tree.get("info").and_then(|info| info.get("version"))).unwrap_or_default(),
        ..Api::default()
    };
    for (path, item) in paths {
        for method in Method::ALL {
            let Some(operation) = item.get(method.lower()) else { continue };
            api.operations.push(Operation {
                method,
                url: template(path.as_str().unwrap_or_default()),
                span: Span::default(),
                operation_id: text(operation.get("operationId")),
                docs: Docs { summary: text(operation.get("summary")).unwrap_or_default(), ..Docs::default() },
                tags: Vec::new(),
                parameters: Vec::new(),
                body: None,
                responses: Vec::new(),
                security: Vec::new(),
            });
        }
    }
    api
}

fn template(path: &str) -> UrlTemplate {
    let segment = |text: &str| Segment {
        parts: vec![match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) => Part::Parameter(name.to_owned()),
            None => Part::Literal(text.to_owned()),
        }],
    };
    UrlTemplate {
        segments: path.split('/').filter(|text| !text.is_empty()).map(segment).collect(),
        trailing_slash: false,
    }
}
