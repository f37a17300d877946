//! Tables of where bodies are after a contract has changed its paths; each was written by hand for the operation that it names.

use super::merge_tests::{Files, sync};

/// Writes `old` by hand, syncs with each of `new`, and compares the codes of the last with where the bodies are then: `KEY > path`.
fn check(old: &[&str], new: &[&[&str]], codes: &[&str], expected: &[&str]) {
    let mut files = Files::new();
    assert_eq!(sync(&mut files, old), [""; 0]);
    for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with("app")) {
        let folder = path.parent().unwrap().strip_prefix("app").unwrap();
        *text = text.replace("stub(ctx)", &format!("body(\"/{folder}\")"));
    }
    let mut found = Vec::new();
    for new in new {
        found = sync(&mut files, new);
    }
    assert_eq!(found, codes, "{old:?} {new:?}");
    let mut places = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("app")) {
        let bodies = text.split("body(\"").skip(1);
        let bodies = bodies.filter_map(|rest| rest.split('"').next());
        let folder = path.parent().unwrap().strip_prefix("app").unwrap();
        places.extend(bodies.map(|body| format!("{body} > /{folder}")));
    }
    places.dedup();
    assert_eq!(places, expected, "{old:?} {new:?}");
}

#[test]
fn a_body_goes_with_the_name_of_its_operation() {
    check(
        &["GET /a#x", "GET /b#y"],
        &[&["GET /c#x", "GET /b#y"]],
        &[],
        &["/b > /b", "/a > /c"],
    );
    // Parameters that swap their URLs are told apart by name.
    check(
        &["GET /a/{i}#x", "GET /b/{i}#y"],
        &[&["GET /b/{k}#x", "GET /a/{k}#y"]],
        &[],
        &["/b/[i] > /a/[k]", "/a/[i] > /b/[k]"],
    );
    // One that went elsewhere isn't what has its URL now.
    check(
        &["GET /a/{i}#x", "GET /b#y"],
        &[&["GET /a/{k}#y", "GET /b#x"]],
        &["RG0505", "RG0505"],
        &["/a/[i] > /a/[i]", "/b > /b"],
    );
    // A name that two have says nothing.
    check(
        &["GET /a", "GET /b"],
        &[&["GET /c", "GET /d"]],
        &["RG0504", "RG0504"],
        &["/a > /a", "/b > /b"],
    );
}

#[test]
fn names_that_were_counted_move_nothing() {
    check(
        &["GET /a#list", "GET /b#list_1", "GET /c#list_2"],
        &[&["GET /a#list", "GET /aa#list_1", "GET /c#list_3"]],
        &["RG0504"],
        &["/a > /a", "/b > /b", "/c > /c"],
    );
}

#[test]
fn what_is_live_goes_before_orphans() {
    // `/a` is an orphan when `x` comes again.
    check(
        &["GET /a#x", "GET /b#y"],
        &[&["GET /b#y"], &["GET /b#y", "GET /c#x"]],
        &[],
        &["/b > /b", "/a > /c"],
    );
    check(
        &["GET /a#x", "GET /b#y"],
        &[&["GET /b#x", "POST /b"], &["GET /b#x", "GET /d", "POST /b"]],
        &["RG0505", "RG0505"],
        &["/a > /a", "/b > /b"],
    );
    // What was written for `y` isn't `x`, wherever it has stood.
    check(
        &["GET /a#x", "GET /b#y"],
        &[&["GET /b#x"], &["GET /c#x"]],
        &["RG0504"],
        &["/b > /b", "/a > /c"],
    );
}

#[test]
fn a_body_that_serves_another_operation_is_named() {
    // It was `x` that it was written for, and `x` is elsewhere.
    let crossed: [&[&str]; 2] = [&["GET /a#y", "GET /c#x"], &["GET /a#y", "GET /c#x"]];
    check(&["GET /a#x"], &crossed, &["RG0505"], &["/a > /a"]);
    check(
        &["GET /a#x", "GET /b#y"],
        &[&["GET /a#y", "GET /b#x"]],
        &["RG0505", "RG0505"],
        &["/a > /a", "/b > /b"],
    );
    check(
        &["GET /a#x", "GET /b#y"],
        &[&["GET /b#x", "GET /c#y"]],
        &["RG0505", "RG0505"],
        &["/a > /a", "/b > /b"],
    );
    // Back again, or under another name only.
    check(
        &["GET /a#x"],
        &[crossed[0], &["GET /a#x"]],
        &[],
        &["/a > /a"],
    );
    check(&["GET /a#x"], &[&["GET /a#y"]], &[], &["/a > /a"]);
    // The URL comes back for another operation.
    check(
        &["GET /a#x", "GET /b"],
        &[&["GET /b"], &["GET /a#y", "GET /b"]],
        &["RG0505"],
        &["/a > /a", "/b > /b"],
    );
    // What says the same of itself is the same.
    check(
        &["GET /a#x: A.", "GET /b#y"],
        &[&["GET /a#y: A.", "GET /b#x"]],
        &["RG0505"],
        &["/a > /a", "/b > /b"],
    );
    // A stub serves whatever it is asked to.
    let mut files = Files::new();
    assert_eq!(sync(&mut files, &["GET /a#x: X."]), [""; 0]);
    assert_eq!(sync(&mut files, &["GET /a#y: Y.", "GET /c#x: X."]), [""; 0]);
    assert!(files.values().any(|text| text.contains("/// Y.")));
}

#[test]
fn a_body_that_was_misplaced_is_known_by_its_own_name() {
    // `/a` has the body of `x`, which is a stub at `/c`; when `y` goes, that body doesn't go with it.
    check(
        &["GET /a#x"],
        &[&["GET /a#y", "GET /c#x"], &["GET /b#y", "GET /c#x"]],
        &["RG0505"],
        &["/a > /a"],
    );
}

#[test]
fn a_single_operation_isnt_a_change_of_base() {
    for (old, new, moves) in [
        ("GET /users/all#x", "GET /users/{id}/all#y", false),
        ("GET /users/all", "GET /users/{id}/all", false),
        ("GET /v1/users#x", "GET /v2/users#y", false),
        ("GET /v1/users", "GET /v2/users", false),
        ("GET /v1/users#x", "GET /v2/users#x", true),
        ("GET /users/{id}", "GET /users/{key}", true),
    ] {
        let mut files = Files::new();
        sync(&mut files, &["GET /ping", old]);
        for text in files.values_mut() {
            *text = text.replace("stub(ctx)", "body(ctx)");
        }
        let codes: &[&str] = if moves { &[] } else { &["RG0504"] };
        assert_eq!(sync(&mut files, &["GET /ping", new]), codes, "{old} {new}");
    }
}

#[test]
fn what_serves_another_operation_from_elsewhere_is_named() {
    let mut files = Files::new();
    sync(&mut files, &["GET /a#x"]);
    files.insert(
        "app/a/route.rs".into(),
        "mod list;\npub use list::get;\n".to_owned(),
    );
    let new = ["GET /a#y", "GET /c#x"];
    assert_eq!(sync(&mut files, &new), ["RG0505"]);
    assert_eq!(sync(&mut files, &new), ["RG0505"]);
    let settled = "mod list;\npub use list::users as get;\n";
    files.insert("app/a/route.rs".into(), settled.to_owned());
    assert_eq!(sync(&mut files, &new), [""; 0]);
}
