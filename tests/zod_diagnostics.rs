//! Every diagnostic of contracts in Zod: one bad contract each, with its place and its exact text.

use std::collections::BTreeSet;

use camino::Utf8Path;
use routegen::diagnostics::{Diagnostics, Effect, all_codes};
use routegen::frontend::zod;
use routegen::source::{Source, Sources};

const HEAD: &str = "import { createRoute, z } from '@hono/zod-openapi';\n";

/// What is said of a contract: `line:column code effect: message`.
fn diagnose(contract: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let source =
        Source::from_bytes(Utf8Path::new("contract.ts"), contract.as_bytes().to_vec()).unwrap();
    let file = sources.add(source);
    let mut diagnostics = Diagnostics::default();
    let api = zod::lower(file, &sources, &mut diagnostics);
    assert_eq!(
        api.is_none(),
        diagnostics.any(Effect::Fatal),
        "fatal is what gives no model"
    );
    diagnostics.sort();
    let said = diagnostics.iter().map(|diagnostic| {
        assert!(
            diagnostic.help.is_some(),
            "{} has no help",
            diagnostic.message
        );
        let (line, column) = sources.line_column(diagnostic.span.unwrap());
        let (code, effect) = (diagnostic.code.number, diagnostic.effect);
        format!("{line}:{column} {code} {effect:?}: {}", diagnostic.message)
    });
    said.collect()
}

/// What is said of a schema `Thing` that a route sends back.
fn diagnose_schema(declarations: &str) -> Vec<String> {
    let route = "createRoute({ method: 'get', path: '/things', responses: { 200: { description: 'ok', \
                 content: { 'application/json': { schema: Thing } } } } });";
    diagnose(&format!("{HEAD}{declarations}\n{route}\n"))
}

/// What is said of a route.
fn diagnose_route(route: &str) -> Vec<String> {
    diagnose(&format!("{HEAD}createRoute({route});\n"))
}

/// Bad schemas and what is said of each.
const SCHEMAS: &[(&str, &[&str])] = &[
    (
        "import { Address } from './address';\nconst Thing = z.object({ address: Address });",
        &["3:35 RG0303 Degrades: `Address` comes from `./address`, which is not read"],
    ),
    (
        "const Thing = process.env.CI ? z.string() : z.number();",
        &["2:15 RG0304 Degrades: a schema can't be read from a condition"],
    ),
    (
        "const make = () => { const a = z.string(); return a; };\nconst Thing = make();",
        &[
            "3:15 RG0304 Degrades: `make` does more than return an expression, so its result is unknown",
        ],
    ),
    (
        "const Thing = again();\nconst again = () => again();",
        &["3:21 RG0304 Degrades: schemas nest too deep here; does a function call itself?"],
    ),
    (
        "const Thing = z.string().default(() => crypto.randomUUID());",
        &["2:26 RG0304 Degrades: this default would have to be run; the key may be absent"],
    ),
    (
        "const Thing = z.array(Missing);",
        &["2:23 RG0305 Degrades: `Missing` is not declared here"],
    ),
    (
        "const Thing = z.telepathy();",
        &["2:17 RG0306 Degrades: `z.telepathy()` is unknown, or has too few arguments"],
    ),
    (
        "const Thing = z.string().positive();",
        &["2:26 RG0306 Degrades: `.positive()` is unknown for this schema"],
    ),
    (
        "const Thing = z.string().trim().min(1);",
        &["2:26 RG0307 Degrades: `.trim()` is not done; the handler gets what was sent"],
    ),
    (
        "const Thing = z.preprocess(Number, z.number());",
        &["2:17 RG0307 Degrades: `z.preprocess()` rewrites the value, so anything may be sent"],
    ),
    (
        "const Thing = z.string().refine((text) => text !== 'no');",
        &["2:26 RG0308 Degrades: what `.refine()` demands is not checked"],
    ),
    (
        "const Thing = z.date();",
        &["2:15 RG0309 Degrades: `z.date()` stands for no JSON value"],
    ),
    (
        "const Thing = z.string().min('three');",
        &["2:26 RG0310 Degrades: `.min()` takes a whole number that is constant"],
    ),
    (
        "const Thing = z.object({ a: z.string() }).pick({ b: true });",
        &["2:48 RG0310 Degrades: there is no field `b` to choose"],
    ),
    (
        "const Thing = z.record(z.string().min(2), z.number());",
        &["2:24 RG0311 Degrades: what `z.record()` demands of its keys is not checked"],
    ),
    (
        "const Thing = z.string().min(2, (issue) => issue.code);",
        &["2:33 RG0312 Warning: this message would have to be run; the server's own is used"],
    ),
    (
        "const Thing = z.coerce.date().min(new Date('2020-01-01'));",
        &["2:31 RG0308 Degrades: `.min()` of a date is not checked"],
    ),
    (
        "const Thing = z.coerce.symbol();",
        &["2:15 RG0306 Degrades: `z.coerce.symbol` is unknown"],
    ),
    (
        "const Thing = z.string({ required_error: 'a text, please' });",
        &["2:42 RG0312 Warning: `required_error` is of Zod 3 and is not used"],
    ),
    (
        "const Thing = z.object({ a: z.string() }).and(z.object({ a: z.number() }));",
        &["2:43 RG0313 Degrades: these two schemas can't be merged into one"],
    ),
    (
        "const A = z.string().openapi('Name');\nconst Thing = z.object({ a: A, b: z.number().openapi('Name') });",
        &["3:35 RG0314 Warning: another schema is named `Name`; this one becomes `Name2`"],
    ),
    (
        "const Thing = z.discriminatedUnion('kind', [z.object({ kind: z.literal(1) }), z.object({ kind: z.string() })]);",
        &["2:36 RG0317 Degrades: a branch has no `kind` with constant values"],
    ),
    (
        "const Thing = z.string().regex(/^[a-f]+$/i);",
        &["2:26 RG0319 Degrades: this pattern has the flags `i` and is not checked"],
    ),
];

/// Bad routes and what is said of each.
const ROUTES: &[(&str, &[&str])] = &[
    (
        "{ method: 'fetch', path: '/things', responses: {} }",
        &["2:23 RG0315 Degrades: this route has no method that is known and constant"],
    ),
    (
        "{ method: 'get', path: 'things', responses: {} }",
        &["2:36 RG0315 Degrades: a path begins with a slash; it is served as if it did"],
    ),
    (
        "{ method: 'get', path: process.env.PATH, responses: {} }",
        &["2:36 RG0315 Degrades: this route has no path that is constant"],
    ),
    (
        "{ method: 'get', path: '/a/{b}', request: { params: z.object({ b: z.string() }) }, responses: {} }); \
         createRoute({ method: 'get', path: '/a/{c}', request: { params: z.object({ c: z.string() }) }, responses: {} }",
        &["2:114 RG0320 Degrades: another route takes `GET /a/{c}`"],
    ),
    (
        "{ method: 'get', path: '/a', operationId: 'a', responses: {} }); \
         createRoute({ method: 'put', path: '/a', operationId: 'a', responses: {} }",
        &["2:78 RG0321 Warning: another route has the operation id `a`; this one goes without"],
    ),
    (
        "{ method: 'get', path: '/a/{b}', request: { params: z.object({ c: z.string() }) }, responses: {} }",
        &[
            "2:13 RG0316 Warning: `b` of the path has no schema; any text is taken",
            "2:76 RG0316 Warning: the path has no `{c}`, so this parameter is left out",
        ],
    ),
    (
        "{ method: 'get', path: '/a', security: [{ account: [] }], responses: {} }",
        &[
            "2:52 RG0318 Degrades: no security scheme is named `account`; it is taken for a bearer token",
        ],
    ),
    (
        "{ method: 'get', path: '/a', responses: {} }); new OpenAPIHono().basePath('/x').route('/y', other).basePath('/z'",
        &[
            "2:93 RG0322 Decide: an app is mounted at `/y`, which its routes don't say",
            "2:112 RG0322 Decide: `/z` is not the first base path, which is `/x`",
        ],
    ),
    (
        "{ method: 'get', path: '/a', responses: { ok: {} } }",
        &["2:55 RG0310 Degrades: `ok` is no status"],
    ),
];

#[test]
fn schemas_that_cannot_be_said_are_named() {
    for (declarations, expected) in SCHEMAS {
        assert_eq!(diagnose_schema(declarations), *expected, "{declarations}");
    }
}

#[test]
fn routes_that_cannot_be_said_are_named() {
    for (route, expected) in ROUTES {
        assert_eq!(diagnose_route(route), *expected, "{route}");
    }
}

#[test]
fn a_file_without_routes_is_no_contract() {
    let said = diagnose("import { z } from 'zod';\nexport const A = z.string();\n");
    assert_eq!(
        said,
        ["1:1 RG0302 Fatal: no route is declared: there is no call of `createRoute`"]
    );
}

#[test]
fn every_syntax_error_is_reported() {
    let said = diagnose("const a = z.object({ b: z.string( });\nconst const = 2;\n");
    assert!(
        said.iter().all(|line| line.contains("RG0301 Fatal")),
        "{said:#?}"
    );
    assert!(!said.is_empty());
}

#[test]
fn hostile_files_are_refused_and_not_run_into_the_ground() {
    let brackets = format!("const a = {};", "[".repeat(100_000));
    assert_eq!(
        diagnose(&brackets),
        ["1:523 RG0301 Fatal: brackets nest deeper than 512, which no contract does"]
    );
    let angles = format!("const a = {};", "$<$<(a=".repeat(100));
    assert_eq!(
        diagnose(&angles),
        ["1:68 RG0301 Fatal: more than 16 `<` are open, which no contract does"]
    );
    let chain = format!(
        "{HEAD}const Thing = z.string(){};",
        ".min(1)".repeat(20_000)
    );
    assert!(!diagnose(&chain).is_empty());
    let doubling = (0..64)
        .map(|n| format!("const a{} = [a{n}, a{n}];\n", n + 1))
        .collect::<String>();
    let said = diagnose_schema(&format!(
        "const a0 = ['x'];\n{doubling}const Thing = z.enum(a64);"
    ));
    assert!(!said.is_empty());
    let circle = "const a = [...b]; const b = [...a]; const Thing = z.enum(a);";
    assert!(!diagnose_schema(circle).is_empty());
}

#[test]
fn every_code_has_a_bad_contract() {
    let table = SCHEMAS
        .iter()
        .chain(ROUTES)
        .flat_map(|(_, said)| said.iter());
    let mut shown: BTreeSet<&str> = table
        .map(|line| line.split_whitespace().nth(1).unwrap())
        .collect();
    shown.extend(["RG0301", "RG0302"]);
    let declared = all_codes()
        .map(|code| code.number)
        .filter(|number| number.starts_with("RG03"));
    assert_eq!(shown, declared.collect());
}
