//! `routes --html`: a page that holds every route and state, and in which nothing of a contract is more than text.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const HOSTILE: &str = "</span><script>alert(1)</script>'\"&lt;<img src=x onerror=alert(2)>";

/// Elements that have no end.
const VOID: [&str; 2] = ["meta", "input"];

/// A contract; `more` are further paths.
fn contract(more: &str) -> String {
    let hostile = serde_json::to_string(HOSTILE).unwrap();
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:
  /books:
    get: {{ operationId: {hostile}, tags: [{hostile}], summary: {hostile}, responses: {{ '204': {{ description: Done }} }} }}
    post:
      responses: {{ '204': {{ description: Done }} }}
      callbacks: {{ seen: {{ '{{$request.query.<script>}}': {{ post: {{ summary: {hostile}, responses: {{ '204': {{ description: Done }} }} }} }} }} }}
{more}"
    )
}

fn path(url: &str) -> String {
    format!("  {url}: {{ get: {{ responses: {{ '204': {{ description: Done }} }} }} }}\n")
}

fn routegen(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_routegen"))
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    fs_err::write(path, text).unwrap();
}

/// A project in which functions are in every state, but that of a file that isn't Rust.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let first = contract(&(path("/gone") + &path("/pens") + &path("/a&b<c>")));
    write(root, "openapi.yaml", &first);
    let made = routegen(
        root,
        &[
            "new",
            ".",
            "--spec",
            "openapi.yaml",
            "--name",
            "shop",
            "--base",
            "/api",
        ],
    );
    assert!(made.status.success(), "{made:?}");
    for file in ["app/api/gone/route.rs", "app/api/pens/route.rs"] {
        let text = fs_err::read_to_string(root.join(file)).unwrap();
        write(
            root,
            file,
            &text.replace("ctx.not_implemented(request)", "ctx.mine(request)"),
        );
    }
    write(
        root,
        "app/health/route.rs",
        "pub async fn get(_: crate::Context, _: axum::extract::Request) -> crate::Result<axum::response::Response> {\n    todo!()\n}\n",
    );
    write(
        root,
        "openapi.yaml",
        &contract(&(path("/pens") + &path("/a&b<c>") + &path("/new"))),
    );
    folder
}

/// A tag of a page, or the text between two.
#[derive(Debug)]
enum Token {
    Start(String, Vec<(String, String)>),
    End,
    Text(String),
}

fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for (escaped, character) in [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ] {
        text = text.replace(escaped, character);
    }
    text
}

/// Reads HTML by the letter: every tag closed, every value of an attribute in quotes, nothing raw but scripts and styles.
fn tokens(page: &str) -> Vec<Token> {
    let mut rest = page
        .strip_prefix("<!DOCTYPE html>\n")
        .expect("it begins as HTML does");
    let mut tokens = Vec::new();
    let mut open: Vec<String> = Vec::new();
    while !rest.is_empty() {
        let Some(inside) = rest.strip_prefix('<') else {
            let (text, behind) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            assert!(!text.contains('>'), "a raw `>` in {text:?}");
            tokens.push(Token::Text(decoded(text)));
            rest = behind;
            continue;
        };
        let (tag, behind) = inside.split_once('>').expect("a tag ends");
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            tokens.push(Token::End);
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            "<{tag}>"
        );
        let mut found = Vec::new();
        while !attributes.is_empty() {
            let end = attributes.find(['=', ' ']).unwrap_or(attributes.len());
            let (key, behind) = attributes.split_at(end);
            let (value, behind) = match behind.strip_prefix("=\"") {
                Some(behind) => behind.split_once('"').expect("a value ends"),
                None => ("", behind),
            };
            found.push((key.to_owned(), decoded(value)));
            attributes = behind.strip_prefix(' ').unwrap_or(behind);
        }
        tokens.push(Token::Start(name.to_owned(), found));
        if VOID.contains(&name) {
            continue;
        }
        if ["script", "style"].contains(&name) {
            let end = format!("</{name}>");
            let at = rest.find(&end).expect("it ends");
            rest = &rest[at..];
        }
        open.push(name.to_owned());
    }
    assert!(open.is_empty(), "{open:?} are open");
    tokens
}

/// The texts of the elements of a class.
fn texts<'a>(tokens: &'a [Token], class: &'a str) -> Vec<String> {
    let starts = tokens.iter().enumerate().filter(|(_, token)| {
        let Token::Start(_, attributes) = token else {
            return false;
        };
        let is_it = |(key, value): &(String, String)| {
            key == "class" && value.split(' ').next() == Some(class)
        };
        attributes.iter().any(is_it)
    });
    let text = |(at, _): (usize, &Token)| match &tokens[at + 1] {
        Token::Text(text) => text.clone(),
        Token::Start(..) | Token::End => String::new(),
    };
    starts.map(text).collect()
}

/// What the list of routes says, in the page's words: method, URL, state.
fn listed(root: &Path) -> Vec<[String; 3]> {
    let output = routegen(root, &["routes", "--json"]);
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows = rows.as_array().unwrap().iter();
    let mut rows: Vec<[String; 3]> = rows
        .map(|row| ["method", "url", "state"].map(|key| text(row, key)))
        .collect();
    rows.sort();
    rows
}

/// The same of a page.
fn drawn(tokens: &[Token]) -> Vec<[String; 3]> {
    let states: Vec<String> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Start(name, attributes) if name == "li" => attributes
                .iter()
                .find_map(|(key, value)| (key == "data-state").then(|| value.clone())),
            Token::Start(..) | Token::End | Token::Text(_) => None,
        })
        .collect();
    let (methods, urls) = (texts(tokens, "method"), texts(tokens, "url"));
    assert_eq!((methods.len(), urls.len()), (states.len(), states.len()));
    let rows = methods.into_iter().zip(urls).zip(states);
    let mut rows: Vec<[String; 3]> = rows
        .map(|((method, url), state)| [method, url, state])
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_page_holds_every_route_and_state() {
    let folder = project();
    let root = folder.path();
    let output = routegen(root, &["routes", "--html", "routes.html"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let tokens = tokens(&fs_err::read_to_string(root.join("routes.html")).unwrap());
    let rows = drawn(&tokens);
    assert_eq!(rows, listed(root));
    let states: BTreeSet<&str> = rows.iter().map(|[_, _, state]| state.as_str()).collect();
    let all = [
        "implemented",
        "missing",
        "orphan",
        "sent",
        "stub",
        "undocumented",
    ];
    assert_eq!(states, BTreeSet::from(all));
    assert!(texts(&tokens, "number").contains(&"6".to_owned()));
    assert!(texts(&tokens, "path").contains(&"api".to_owned()));
    // What `sync` would do is said too.
    let drift = tokens
        .iter()
        .any(|token| matches!(token, Token::Text(text) if text.trim() == "app/api/new/route.rs"));
    assert!(drift);

    write(root, "app/api/pens/route.rs", "pub async fn get(\n");
    let output = routegen(root, &["routes", "--html", "-"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let rows = drawn(&self::tokens(&String::from_utf8(output.stdout).unwrap()));
    assert!(
        rows.contains(&["GET", "/api/pens", "unparsable"].map(str::to_owned)),
        "{rows:#?}"
    );
}

#[test]
fn text_of_a_contract_is_nothing_but_text() {
    let folder = project();
    let root = folder.path();
    fs_err::create_dir(root.join("out put")).unwrap();
    routegen(root, &["routes", "--html", "out put/routes.html"]);
    let page = fs_err::read_to_string(root.join("out put/routes.html")).unwrap();
    let tokens = tokens(&page);
    for class in ["summary", "id", "tag"] {
        assert!(
            texts(&tokens, class).contains(&HOSTILE.to_owned()),
            "{class}"
        );
    }
    assert!(texts(&tokens, "url").contains(&"{$request.query.<script>}".to_owned()));
    assert!(texts(&tokens, "url").contains(&"/api/a&b<c>".to_owned()));
    let mut scripts = 0;
    for token in &tokens {
        let Token::Start(name, attributes) = token else {
            continue;
        };
        scripts += usize::from(name == "script");
        assert!(
            !["img", "iframe", "object", "base", "link"].contains(&name.as_str()),
            "{name}"
        );
        for (key, value) in attributes {
            assert!(
                !key.starts_with("on") && key != "src" && key != "style",
                "{key}={value}"
            );
            if key == "href" {
                let file = value.strip_prefix("../").expect("a relative link");
                let file = file
                    .replace("%5B", "[")
                    .replace("%5D", "]")
                    .replace("%26", "&");
                let file = file
                    .replace("%3C", "<")
                    .replace("%3E", ">")
                    .replace("%25", "%");
                assert!(root.join(&file).is_file(), "{value} leads nowhere");
            }
        }
    }
    assert_eq!(scripts, 1);
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("url("));
}

#[test]
fn a_page_replaces_pages_and_nothing_else() {
    let folder = project();
    let root = folder.path();
    let contract = fs_err::read_to_string(root.join("openapi.yaml")).unwrap();
    let output = routegen(root, &["routes", "--html", "openapi.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.ends_with("error: `openapi.yaml` is no page of routegen's and stays as it is; delete it, or name another file\n"), "{said}");
    assert_eq!(
        fs_err::read_to_string(root.join("openapi.yaml")).unwrap(),
        contract
    );

    routegen(root, &["routes", "--html", "routes.html"]);
    let first = fs_err::read_to_string(root.join("routes.html")).unwrap();
    routegen(root, &["sync"]);
    routegen(root, &["routes", "--html", "routes.html"]);
    let second = fs_err::read_to_string(root.join("routes.html")).unwrap();
    assert!(first.contains("out of step") && !second.contains("out of step"));
    // A contract that can't be used has no routes to draw.
    write(root, "openapi.yaml", "openapi: 3.1.0\npaths: [\n");
    let output = routegen(root, &["routes", "--html", "routes.html"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        fs_err::read_to_string(root.join("routes.html")).unwrap(),
        second
    );
    let left = fs_err::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    assert!(
        !left
            .into_iter()
            .any(|name| name.to_string_lossy().starts_with(".routes"))
    );
}
