//! `$ref`s that lead where a contract has no business: up, away, to other machines. None is read, each is named.

use std::io::ErrorKind;
use std::net::TcpListener;

use camino::Utf8Path;
use routegen::frontend::{self, Loaded, Options};
use routegen::model::Api;

/// What lies beside the contract's folder, and must never be part of it.
const SECRET: &str = "get: { summary: pwnEd, responses: {} }\ntype: string\ndescription: pwnEd\n";

/// Loads a contract that refers to `target` wherever there are references.
fn load(root: &Utf8Path, target: &str) -> Loaded {
    let target = serde_json::Value::from(target).to_string();
    let text = format!(
        "openapi: 3.1.0
info: {{ title: A, version: '1' }}
paths:
  /a: {{ $ref: {target} }}
  /b:
    post:
      parameters: [{{ $ref: {target} }}]
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: {target} }} }} }} }}
      responses: {{ '200': {{ $ref: {target} }} }}
  /c:
    post:
      requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, discriminator: {{ propertyName: a, mapping: {{ b: {target} }} }}, oneOf: [{{ $ref: {target} }}] }},
        examples: {{ a: {{ externalValue: {target} }} }} }} }} }}
      responses: {{ default: {{ description: '' }} }}
"
    );
    fs_err::write(root.join("api/openapi.yaml"), text).unwrap();
    let loaded = frontend::load(&root.join("api/openapi.yaml"), &Options::default());
    loaded.expect("the rest is a contract")
}

/// What of a contract was read from elsewhere.
fn says_secret(api: &Api) -> bool {
    format!("{api:?}").contains("pwnEd")
}

/// swagger-typescript-api (and datamodel-code-generator's CVE-2026-54690, orval): references were fetched, from wherever they led.
#[test]
fn ghsa_x36r_4347_pm5x_nothing_is_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    fs_err::create_dir(root.join("api")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    for target in [
        format!("http://{address}/pwnEd.yaml"),
        format!("HTTPS://{address}/pwnEd.yaml#/a"),
        format!("//{address}/pwnEd.yaml"),
        format!("%2f%2f{address}/pwnEd.yaml"),
        format!("\\\\{address}\\pwnEd.yaml"),
        format!("ftp://{address}/pwnEd"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "data:application/json,{}".to_owned(),
        "jar:file:///x!/y".to_owned(),
    ] {
        let loaded = load(root, &target);
        let named = loaded
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code.number == "RG0202");
        assert!(named.count() > 0, "{target}: {:?}", loaded.diagnostics);
    }
    let error = listener.accept().expect_err("nobody asks");
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
}

#[test]
fn nothing_is_read_outside_of_the_contracts_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    let root = &root.canonicalize_utf8().unwrap();
    fs_err::create_dir_all(root.join("api/sub")).unwrap();
    fs_err::create_dir_all(root.join("apis")).unwrap();
    let secret = root.join("secret.yaml");
    fs_err::write(&secret, SECRET).unwrap();
    fs_err::write(root.join("apis/secret.yaml"), SECRET).unwrap();
    let mut targets = vec![
        "../secret.yaml".to_owned(),
        "../secret.yaml#/get".to_owned(),
        "sub/../../secret.yaml".to_owned(),
        "./../secret.yaml".to_owned(),
        "%2e%2e/secret.yaml".to_owned(),
        "%2E%2E%2Fsecret.yaml".to_owned(),
        "..%2fsecret.yaml".to_owned(),
        "%252e%252e/secret.yaml".to_owned(),
        "..\\secret.yaml".to_owned(),
        "..%5csecret.yaml".to_owned(),
        "../apis/secret.yaml".to_owned(),
        "../api/../secret.yaml".to_owned(),
        secret.to_string(),
        format!("file://{secret}"),
        format!("file:{secret}"),
        format!("//{secret}"),
        format!("/{secret}"),
        "\\\\127.0.0.1\\share\\secret.yaml".to_owned(),
        "//127.0.0.1/share/secret.yaml".to_owned(),
        "C:\\secret.yaml".to_owned(),
        "~/secret.yaml".to_owned(),
        "$HOME/secret.yaml".to_owned(),
        "/etc/passwd".to_owned(),
        "/proc/self/environ".to_owned(),
        "/dev/zero".to_owned(),
        ".".to_owned(),
        "sub".to_owned(),
        "..".to_owned(),
        "../secret.yaml\0.yaml".to_owned(),
    ];
    if cfg!(unix) {
        #[cfg(unix)]
        for (target, link) in [
            ("../secret.yaml", "link.yaml"),
            ("..", "up"),
            ("/dev/zero", "zero.yaml"),
            ("/dev/stdin", "stdin.yaml"),
            ("loop.yaml", "loop.yaml"),
        ] {
            fs_err::os::unix::fs::symlink(target, root.join("api").join(link)).unwrap();
        }
        targets.extend(
            [
                "link.yaml",
                "link.yaml#/get",
                "up/secret.yaml",
                "zero.yaml",
                "stdin.yaml",
                "loop.yaml",
            ]
            .map(str::to_owned),
        );
    }
    for target in targets {
        let loaded = load(root, &target);
        assert!(!says_secret(&loaded.api), "{target} was read");
        let mut codes = loaded
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.number);
        assert!(
            codes.any(|code| ["RG0202", "RG0203", "RG0204"].contains(&code)),
            "{target}: {:?}",
            loaded.diagnostics
        );
    }
}
