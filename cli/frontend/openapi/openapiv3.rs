//! Documents of the `openapiv3` crate, for whoever uses routegen as a library and has one in hand.

use ::openapiv3::OpenAPI;

use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};
use crate::frontend::{Failed, Loaded, Options, load_text};
use crate::model::Api;
use crate::source::{Source, Sources};

/// What stands for the path in messages; references to files are relative to the current folder.
const PATH: &str = "<openapiv3>";

impl TryFrom<OpenAPI> for Loaded {
    type Error = Failed;

    /// Writes the document as JSON and lowers that, so that one front-end decides what a document means.
    fn try_from(document: OpenAPI) -> Result<Self, Failed> {
        match serde_json::to_string_pretty(&document) {
            Ok(text) => {
                let path = PATH.into();
                load_text(Source { path, text }, &Options::default())
            }
            Err(error) => {
                let message = format!("the document can't be written as JSON: {error}");
                let code = &codes::read::RG0102;
                let mut diagnostics = Diagnostics::default();
                diagnostics.push(Diagnostic::new(code, Effect::Fatal, message));
                let sources = Sources::default();
                Err(Failed {
                    sources,
                    diagnostics,
                })
            }
        }
    }
}

impl TryFrom<OpenAPI> for Api {
    type Error = Failed;

    /// As for [`Loaded`], without what is said of parts that degrade.
    fn try_from(document: OpenAPI) -> Result<Self, Failed> {
        Loaded::try_from(document).map(|loaded| loaded.api)
    }
}
