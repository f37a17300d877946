//! Whether an API was mounted elsewhere: all its operations are gone, and all are there again under another base path.

use std::collections::BTreeSet;

/// The base path before and after, of the keys (`GET /api/v1/books`) that are gone and those that are new. Only if every one
/// of them is there again: with anything else, nobody can know whether `/a/x` and `/b/x` are one operation.
pub fn rebased(gone: &[&str], new: &[&str]) -> Option<(String, String)> {
    let (first, rest) = gone.split_first()?;
    if gone.len() != new.len() || rest.is_empty() && first.matches('/').count() < 2 {
        return None;
    }
    let wanted: BTreeSet<&str> = new.iter().copied().collect();
    let (method, url) = first.split_once(' ')?;
    for candidate in new {
        let Some(other) = candidate
            .strip_prefix(method)
            .and_then(|url| url.strip_prefix(' '))
        else {
            continue;
        };
        let (before, after) = bases(url, other);
        if before == after {
            continue;
        }
        let moved: Option<BTreeSet<String>> =
            gone.iter().map(|key| rebase(key, before, after)).collect();
        if moved.is_some_and(|moved| moved.iter().map(String::as_str).eq(wanted.iter().copied())) {
            return Some((before.to_owned(), after.to_owned()));
        }
    }
    None
}

/// A key below another base path; `None` if it isn't below the first.
pub fn rebase(key: &str, before: &str, after: &str) -> Option<String> {
    let (method, url) = key.split_once(' ')?;
    let rest = url.strip_prefix(before)?;
    rest.starts_with('/')
        .then(|| format!("{method} {after}{rest}"))
}

/// What two URLs have before their longest common end of whole segments.
fn bases<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let (mut one_end, mut other_end) = (one.len(), other.len());
    while let (Some(a), Some(b)) = (one[..one_end].rfind('/'), other[..other_end].rfind('/')) {
        if one[a..one_end] != other[b..other_end] {
            break;
        }
        (one_end, other_end) = (a, b);
    }
    (&one[..one_end], &other[..other_end])
}

#[cfg(test)]
mod tests {
    use super::rebased;

    fn check(gone: &[&str], new: &[&str], expected: Option<(&str, &str)>) {
        let found = rebased(gone, new);
        let found = found
            .as_ref()
            .map(|(before, after)| (before.as_str(), after.as_str()));
        assert_eq!(found, expected, "{gone:?} {new:?}");
    }

    #[test]
    fn a_change_of_base_is_one_of_all_operations() {
        check(
            &["GET /api/v2/health", "GET /api/v2/books/{id}"],
            &["GET /v2/books/{id}", "GET /v2/health"],
            Some(("/api", "")),
        );
        check(
            &["GET /v1/health", "POST /v1/books"],
            &["GET /v2/health", "POST /v2/books"],
            Some(("/v1", "/v2")),
        );
        check(
            &["GET /health", "GET /x"],
            &["GET /v2/health", "GET /v2/x"],
            Some(("", "/v2")),
        );
        // One of them is gone for good.
        check(
            &["GET /v1/health", "POST /v1/books"],
            &["GET /v2/health", "POST /v2/orders"],
            None,
        );
        // A single operation may be another one.
        check(&["GET /books"], &["GET /orders"], None);
        check(&["GET /v1/health"], &["POST /v2/health"], None);
    }
}
