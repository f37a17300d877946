//! The project as it would be in an empty folder.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

/// Every file of the project, sorted by path.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Emitted {
    /// Paths are relative to the project's root, with `/` between folders.
    pub files: Vec<EmittedFile>,
    /// Keys of operations that are left out by choice, each with what is said of its handler, if there is one.
    pub left_out: BTreeMap<String, String>,
}

/// One file and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct EmittedFile {
    /// Relative to the project's root.
    pub path: Utf8PathBuf,
    /// Its text and owner.
    pub content: Content,
}

/// The text of a file, and who owns it from then on.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Ours: written whole, `// @generated` on its first line where the format has comments.
    Ours(String),
    /// Yours: created when missing, never touched again.
    Yours(String),
    /// Yours, but functions are added to it and unedited ones follow the contract: `route.rs`, `auth.rs`.
    Functions(FunctionsFile),
}

/// A file of the user's to which functions are added: one per operation, or per security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionsFile {
    /// The contract whose operations these are; none of security schemes.
    pub mount: Option<Mount>,
    /// What stands before the first function in a new file; ends in a newline and, unless empty, a blank line.
    pub preamble: String,
    /// In the order in which they stand in a new file, a blank line between them.
    pub functions: Vec<Function>,
}

/// A contract and where it is mounted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mount {
    /// The contract's path, relative to the project.
    pub spec: Utf8PathBuf,
    /// `/api/v1`, or empty.
    pub base: String,
}

/// A function of the user's that we write the first time.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Identity in `routegen.lock`: `GET /api/v1/books/{id}`, or `auth /api/v1 bearerAuth`.
    pub key: String,
    /// The contract's name of the operation, by which a moved operation is recognised.
    pub operation_id: Option<String>,
    /// The function's name: `get`.
    pub name: String,
    /// Doc comment lines, `/// …\n` each; may be empty.
    pub doc: String,
    /// `pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse>`, as rustfmt prints it, without the brace.
    pub signature: String,
    /// The same where the file doesn't import what it names: `super::contract::Context`.
    pub signature_by_path: Option<String>,
    /// What stands between the braces, lines indented, each ending in a newline: `    ctx.not_implemented(request)\n`.
    pub body: String,
}

impl Function {
    /// The function as it stands in a file, ending in a newline.
    pub fn text(&self) -> String {
        self.text_with(&self.signature)
    }

    /// The same with its signature in other words.
    pub fn text_with(&self, signature: &str) -> String {
        format!("{}{signature} {{\n{}}}\n", self.doc, self.body)
    }
}

impl FunctionsFile {
    /// The file as it is created.
    pub fn text(&self) -> String {
        let functions: Vec<String> = self.functions.iter().map(Function::text).collect();
        format!("{}{}", self.preamble, functions.join("\n"))
    }
}
