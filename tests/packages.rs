//! Into which packages a large contract is cut, and what of them changes when the contract does; and which schemas a route sees.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use routegen::config::{ApiConfig, Config, ContractCrates, Layout, LimitsConfig, ProblemConfig};
use routegen::frontend::{self, Options};
use routegen::pipeline;
use routegen::plan::ProjectFacts;
use routegen::progress::Progress;
use routegen::project::UserRoutes;
use routegen::render::Content;
use routegen::source::Source;

type Files = BTreeMap<String, String>;

/// A contract with schemas and routes of these names; each schema refers to the one that stands three places before it, and
/// each route to a schema.
fn contract(names: &[String]) -> String {
    let mut text = "openapi: 3.0.3\ninfo: { title: Many, version: 1.0.0 }\npaths:\n".to_owned();
    for name in names {
        let lower = name.to_lowercase();
        writeln!(
            text,
            "  /{lower}:\n    get: {{ responses: {{ '200': {{ description: It, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }} }}"
        )
        .unwrap();
    }
    text.push_str("components:\n  schemas:\n");
    for (index, name) in names.iter().enumerate() {
        writeln!(
            text,
            "    {name}:\n      type: object\n      properties:\n        id: {{ type: string }}"
        )
        .unwrap();
        if let Some(other) = index.checked_sub(3).map(|index| &names[index]) {
            writeln!(
                text,
                "        other: {{ $ref: '#/components/schemas/{other}' }}"
            )
            .unwrap();
        }
    }
    text
}

fn names(count: usize) -> Vec<String> {
    let syllables = ["Ba", "De", "Fi", "Go", "Lu", "Ma", "Ne", "Ri", "So", "Tu"];
    let name = |number: usize| {
        let digit = |place: u32| syllables[number / 10_usize.pow(place) % 10].to_owned();
        digit(2) + &digit(1).to_lowercase() + &digit(0).to_lowercase()
    };
    (0..count).map(name).collect()
}

fn emit(text: &str, contract_crates: ContractCrates) -> Files {
    let source = Source {
        path: "/nowhere-at-all/openapi.yaml".into(),
        text: text.to_owned(),
    };
    let loaded = frontend::load_text(source, &Options::default());
    let loaded = loaded.unwrap_or_else(|failed| panic!("{:?}", failed.diagnostics));
    let mut api = ApiConfig::at_root("openapi.yaml".into(), Vec::new());
    api.base = "/api/v1".to_owned();
    let config = Config {
        layout: Layout::Single,
        contract_crates,
        apis: vec![api],
        problem: ProblemConfig::default(),
        limits: LimitsConfig::default(),
    };
    let facts = ProjectFacts {
        name: "shop".to_owned(),
        ..ProjectFacts::default()
    };
    let user_routes = UserRoutes::default();
    let emitted = pipeline::emit(
        &[(loaded.api, &config.apis[0])],
        &config,
        &user_routes,
        &facts,
        &Progress::default(),
    )
    .0;
    let files = emitted.files.into_iter().map(|file| {
        let text = match file.content {
            Content::Ours(text) | Content::Yours(text) => text,
            Content::Functions(_) => String::new(),
        };
        (file.path.into_string(), text)
    });
    files.collect()
}

/// The folders of packages below that of the contract, which itself is the empty text.
fn packages(files: &Files) -> BTreeSet<&str> {
    let manifests = files.keys().filter_map(|path| {
        let folder = path.strip_prefix("contract/")?;
        folder.strip_suffix("Cargo.toml")
    });
    manifests
        .map(|folder| folder.trim_end_matches('/'))
        .collect()
}

/// The packages of which a file differs, or isn't in both.
fn changed<'a>(before: &'a Files, after: &'a Files) -> BTreeSet<&'a str> {
    let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let different = all
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path));
    let folders = different.filter_map(|path| path.strip_prefix("contract/"));
    folders
        .map(|path| match path.split_once('/') {
            Some((first, _)) if first != "src" => first,
            Some(_) | None => "",
        })
        .collect()
}

#[test]
fn a_small_contract_is_one_package() {
    let files = emit(&contract(&names(300)), ContractCrates::Auto);
    assert_eq!(packages(&files), BTreeSet::from([""]));
}

#[test]
fn a_large_contract_is_cut_by_its_size() {
    let text = contract(&names(300));
    let sizes =
        [1_000, 2_000].map(|lines| packages(&emit(&text, ContractCrates::Lines(lines))).len());
    assert!(sizes[0] > 20 && sizes[1] > 10, "{sizes:?}");
    assert!(sizes[0] > sizes[1], "{sizes:?}");
    assert_eq!(packages(&emit(&text, ContractCrates::One)).len(), 1);
}

#[test]
fn a_schema_more_changes_few_packages() {
    let names = names(300);
    let lines = ContractCrates::Lines(2_000);
    let before = emit(&contract(&names), lines);
    let all = packages(&before).len();
    for place in [0, 7, 100, 299] {
        let mut more = contract(&names);
        // Nothing refers to it but its own route, and its name sorts it in.
        let name = format!("{}x", names[place]);
        writeln!(
            more,
            "    {name}: {{ type: object, properties: {{ id: {{ type: string }} }} }}"
        )
        .unwrap();
        let route = format!(
            "paths:\n  /{}:\n    get: {{ responses: {{ '200': {{ description: It, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }} }}\n",
            name.to_lowercase()
        );
        let after = emit(&more.replace("paths:\n", &route), lines);
        let changed = changed(&before, &after);
        // Its own package, its route's, the one that people see; a border that moves makes them more.
        assert!(changed.len() <= 6, "{changed:?} of {all} at {place}");
    }
}

#[test]
fn what_refers_to_each_other_stays_together() {
    let names = names(60);
    let mut text = contract(&names);
    // The first refers to the last, so that a third of all is a circle.
    text = text.replacen(
        &format!("    {}:\n      type: object\n      properties:\n", names[2]),
        &format!(
            "    {}:\n      type: object\n      properties:\n        last: {{ $ref: '#/components/schemas/{}' }}\n",
            names[2], names[59]
        ),
        1,
    );
    let files = emit(&text, ContractCrates::Lines(300));
    let holder = |name: &str| {
        let declares = format!("pub struct {name} {{");
        let holder = files.iter().find(|(_, text)| text.contains(&declares));
        holder.map(|(path, _)| path.clone())
    };
    assert_eq!(holder(&names[2]), holder(&names[59]));
    assert_ne!(holder(&names[2]), holder(&names[58]));
    let router = &files["app/router.rs"];
    let circle = format!("mod v1_around_{} {{", names[2].to_lowercase());
    assert!(router.contains(&circle), "{router}");
    assert_eq!(router.matches("::v1_around_").count(), 20);
}

#[test]
fn a_route_sees_what_it_is_made_of() {
    let files = emit(&contract(&names(7)), ContractCrates::Auto);
    let router = &files["app/router.rs"];
    let lines = router.lines().filter(|line| line.contains("::schemas"));
    let seen: Vec<&str> = lines
        .filter_map(|line| {
            line.trim()
                .strip_prefix("pub use ::contract::v1::schemas::")
        })
        .collect();
    assert!(seen.contains(&"{self, Bababa};"), "{seen:?}");
    assert!(
        seen.contains(&"{self, Bababa, Babago, Babane};"),
        "{seen:?}"
    );
}
