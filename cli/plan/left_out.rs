//! Operations that are left out by choice, and what says so: a handler of one is no orphan of the contract's making.

use std::collections::BTreeMap;

use crate::config::{ApiConfig, FILE_NAME};
use crate::model::{Api, LeftOut, LeftOutBy};

/// Keys of operations in `routegen.lock`, each with what became of it, as a message.
pub(super) fn plan(apis: &[(Api, &ApiConfig)]) -> BTreeMap<String, String> {
    let left_out = apis
        .iter()
        .flat_map(|(api, config)| api.left_out.iter().map(|left_out| (*config, left_out)));
    left_out
        .map(|(config, LeftOut { method, path, by })| {
            let key = format!("{} {}{path}", method.upper(), config.base);
            let message = match by {
                LeftOutBy::Exclusion => {
                    format!("`{key}` is left out: `exclude` in `{FILE_NAME}` names it")
                }
                LeftOutBy::Inclusion => {
                    format!("`{key}` is left out: `include` in `{FILE_NAME}` doesn't name it")
                }
            };
            (key, message)
        })
        .collect()
}
