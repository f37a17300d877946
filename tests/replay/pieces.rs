//! What people write into handlers' files: each piece is Rust that compiles beside any handler, with a word in it that nothing else has.

use super::dice::Dice;

/// What stands between the braces of a handler that was written; `context` is what its first parameter is called.
pub fn body(dice: &mut Dice, word: &str, context: &str) -> String {
    let bodies = [
        format!(
            "\n    let note = \"{word}: braces }} {{ and */ and \\\" and ünï→\";\n    tracing::debug!(note, \"asked\");\n    \
             {context}.not_implemented(request)\n"
        ),
        format!(
            "\n    // {word}: ¿y si falla? `}}` /* is no comment\n    let answer: Result<&str> = Ok(r#\"pub async fn get() {{ \"quoted\" }}\"#);\n    \
             if answer.is_ok_and(|text| text.is_empty()) {{\n        return {context}.not_implemented(request);\n    }}\n    \
             drop(request);\n    Err(std::io::Error::other(\"{word}\").into())\n"
        ),
        format!(
            "\n\tlet _method = {context}.method().clone(); /* {word} /* nested */ 日本語 */\n\n\n    match request {{\n        \
             request => {context}.not_implemented( request ),\n    }}\n"
        ),
        format!("\n    // {word}: later\n    {context}.not_implemented(request)\n"),
        format!(" {context}.not_implemented(request) /* {word} */ "),
        format!(
            "\n    let _ = request;\n    let lines = r##\"{word}\npub async fn post(ctx: Context) {{\n}}\n/// \"# not the end\n\"##;\n    \
             let _ = ({context}.uri(), lines.len(), b'}}', '{{', '\\'');\n    Err(std::io::Error::other(lines).into())\n"
        ),
    ];
    dice.pick(&bodies).expect("there are some").clone()
}

/// An item of a person's own, ending in a newline.
pub fn item(dice: &mut Dice, word: &str) -> String {
    let upper = word.to_uppercase();
    let items = [
        format!(
            "/// Größe of {word}.\npub fn helper_{word}(input: &str) -> usize {{\n    input.len() + '}}'.len_utf8()\n}}\n"
        ),
        format!(
            "pub const TEXT_{upper}: &str = r##\"*/ }} pub async fn delete(ctx: Context) {{\"##;\n"
        ),
        format!(
            "#[derive(Debug, Clone, Default)]\npub struct Kept{upper} {{\n    // a comment\n    pub name: String,\n}}\n\nimpl Kept{upper} {{\n    \
             pub fn get(&self) -> &str {{ &self.name }}\n}}\n"
        ),
        format!(
            "pub mod inner_{word} {{\n    pub fn get() {{}}\n    pub fn post() {{ /* }} */ }}\n}}\n"
        ),
        format!(
            "macro_rules! rule_{word} {{\n    ($x:expr) => {{ $x + 1 }};\n}}\n\npub fn ruled_{word}() -> u8 {{\n    rule_{word}!(1)\n}}\n"
        ),
        format!("/* {word}\npub async fn put(ctx: Context) {{ }}\n*/\n"),
        format!("/* {word}\n\npub async fn put(ctx: Context) {{ }}\n\n*/\n"),
        format!("// ---- {word} ------------------------------------\n"),
        format!(
            "pub trait Can{upper} {{ fn get(self) -> Self; }} impl Can{upper} for u8 {{ fn get(self) -> Self {{ self }} }}\n"
        ),
        format!(
            "type Answer{upper} = std::result::Result<Vec<u8>, std::io::Error>;\nthread_local! {{ static CELL_{upper}: u8 = const {{ 1 }}; }}\n"
        ),
        format!(
            "async fn fetch_{word}(ctx: &crate::Context) -> crate::Result<String> {{ Ok(ctx.uri().to_string()) }}\n"
        ),
    ];
    dice.pick(&items).expect("there are some").clone()
}

/// An import, ending in a newline.
pub fn import(dice: &mut Dice, word: &str) -> String {
    let upper = word.to_uppercase();
    let imports = [
        format!("use std::collections::BTreeMap as Map{upper};\n"),
        format!(
            "use std::{{collections::HashSet as Set{upper}, fmt::Debug as Debug{upper}}}; // {word}\n"
        ),
        format!(
            "#[allow(unused_imports)]\nuse std::io::{{\n    self as io_{word},\n    Read as Read{upper},\n}};\n"
        ),
        format!("pub(crate) use std::mem::swap as swap_{word};\n"),
        format!("use std::fmt::Write as Write{upper}; /* {word} begins here\n\nand ends here */\n"),
    ];
    dice.pick(&imports).expect("there are some").clone()
}

/// A comment on lines of its own, ending in a newline.
pub fn comment(dice: &mut Dice, word: &str) -> String {
    let comments = [
        format!("// {word}: ask Zoë about this\n"),
        format!("/* {word} */\n"),
        format!(
            "// {word}\n// pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {{\n"
        ),
        format!("/*\n * {word} /* nested */ \"\n */\n"),
        format!("/* {word} is here.\n\n   Mind /* all\n\n   the */ locks. */\n"),
        format!("/* {word} */ /*\n\npub async fn post() {{\n\n*/ // and this\n"),
        format!("//// {word}: no doc comment\n"),
    ];
    dice.pick(&comments).expect("there are some").clone()
}

/// A doc comment in place of ours, ending in a newline.
pub fn doc(dice: &mut Dice, word: &str, before: &str) -> String {
    let docs = [
        format!("/// {word}: what this does → ünïcödé\n"),
        format!("/** {word} \"*\\/\n * more\n */\n"),
        format!("#[doc = \"{word} }} */\"]\n"),
        format!("{before}///\n/// # Errors {word}\n"),
        format!("/// {word}\n// between\n/// two lines\n"),
    ];
    dice.pick(&docs).expect("there are some").clone()
}

/// An attribute of a handler, ending in a newline.
pub fn attribute(dice: &mut Dice, word: &str) -> String {
    let attributes = [
        format!("#[tracing::instrument(skip_all, name = \"{word}\")]\n"),
        format!("#[allow(clippy::unused_async, reason = \"{word}\")]\n"),
        format!("#[inline] // {word}\n"),
        format!("#[cfg_attr(doc, doc(alias = \"{word}\"))]\n"),
        format!("#[rustfmt::skip] /* {word} */\n"),
        format!("#[cfg(not(target_os = \"{word}\"))]\n"),
    ];
    dice.pick(&attributes).expect("there are some").clone()
}

/// A module of tests, ending in a newline.
pub fn tests(word: &str) -> String {
    format!(
        "#[cfg(test)]\nmod tests_{word} {{\n    use super::*;\n\n    #[test]\n    fn get() {{\n        let _: Option<crate::Context> = None;\n        \
         assert_eq!(\"}}\".len(), 1); // {word}\n    }}\n}}\n"
    )
}

/// A whole file beside a handler.
pub fn beside(word: &str) -> String {
    format!(
        "//! Queries of {word}.\n\npub const ALL: &str = \"select '{word}' from \\\"böcker\\\" -- */ }}\";\n\npub fn get() {{}}\n"
    )
}

/// A whole `route.rs` that no contract knows.
pub fn own_route(word: &str) -> String {
    format!(
        "use super::contract::*;\n\n/// Mine: {word}\npub async fn get(_: Context, _: axum::extract::Request) -> Result<axum::response::Response> {{\n    \
         Err(std::io::Error::other(\"{word}\").into())\n}}\n"
    )
}
