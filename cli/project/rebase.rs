//! Whether an API was mounted elsewhere: all its operations are gone, and all are there again under another base path.

use std::collections::BTreeSet;

/// How many of the operations that are gone are looked at: any of them may be gone for good.
const SAMPLES: usize = 16;

/// How many different words behind a base path leave no doubt that it was the base of an API.
const MANY_WORDS: usize = 8;

/// The base path before and after, of the keys (`GET /api/v1/books`, parameters without names) that are gone, those that
/// are new and those that stay. If they aren't the same to the last one, nobody can know whether `/a/x` and `/b/x` are one operation,
/// unless [`Evidence`] is enough.
pub fn rebased(gone: &[String], new: &[String], stays: &[String]) -> Option<(String, String)> {
    let (first, rest) = gone.split_first()?;
    let wanted: BTreeSet<&str> = new.iter().map(String::as_str).collect();
    let is_whole = gone.len() == wanted.len();
    if is_whole && rest.is_empty() && first.matches('/').count() < 2 {
        return None;
    }
    let (mut found, mut tried) = (BTreeSet::new(), BTreeSet::new());
    let samples = gone.iter().step_by(gone.len().div_ceil(SAMPLES));
    let pairs = samples.flat_map(|sample| new.iter().map(move |candidate| (sample, candidate)));
    for (sample, candidate) in pairs {
        let (Some((method, url)), Some((other_method, other))) =
            (sample.split_once(' '), candidate.split_once(' '))
        else {
            continue;
        };
        let (before, after) = bases(url, other);
        let is_base = method == other_method && before != after && before.len() < url.len();
        if !is_base || !tried.insert((before, after)) {
            continue;
        }
        let is_there = |key: &&String| {
            rebase(key, before, after).is_some_and(|key| wanted.contains(key.as_str()))
        };
        let again: Vec<&String> = gone.iter().filter(is_there).collect();
        let below = |key: &&String| rebase(key, before, "").is_some();
        let evidence = Evidence {
            gone: gone.len(),
            again: again.len(),
            words: words_behind(&again, before),
            stay: stays.iter().filter(below).count(),
        };
        if again.len() == gone.len() && is_whole || evidence.is_enough() {
            found.insert((before, after));
        }
    }
    match found.into_iter().collect::<Vec<_>>().as_slice() {
        [(before, after)] => Some(((*before).to_owned(), (*after).to_owned())),
        // It went to two places, or to none.
        [] | [..] => None,
    }
}

/// How plain it is that operations that are gone are those that are new under another base path.
#[derive(Debug)]
struct Evidence {
    /// How many are gone, orphans of earlier versions among them, which never come again.
    gone: usize,
    /// How many of them are there again.
    again: usize,
    /// How many different words follow the old base: one may be a resource in the place of another.
    words: usize,
    /// How many operations stay below the old base.
    stay: usize,
}

impl Evidence {
    /// Three quarters are there again, or half of an API of many resources; and only few stay where they were.
    fn is_enough(&self) -> bool {
        let is_most = self.again * 4 >= self.gone * 3;
        let is_half = self.again * 2 >= self.gone && self.words >= MANY_WORDS;
        (is_most || is_half) && self.words > 1 && self.stay * 4 <= self.again
    }
}

/// How many different words follow a base path.
fn words_behind(keys: &[&String], base: &str) -> usize {
    let word = |key: &&String| {
        let key = rebase(key, base, "")?;
        let word = key.split('/').nth(1)?.to_owned();
        (!word.is_empty() && !word.contains('{')).then_some(word)
    };
    keys.iter().filter_map(word).collect::<BTreeSet<_>>().len()
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

    fn check(gone: &[&str], new: &[&str], stays: &[&str], expected: Option<(&str, &str)>) {
        let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        let found = rebased(&owned(gone), &owned(new), &owned(stays));
        let found = found
            .as_ref()
            .map(|(before, after)| (before.as_str(), after.as_str()));
        assert_eq!(found, expected, "{gone:?} {new:?} {stays:?}");
    }

    #[test]
    fn a_change_of_base_is_one_of_all_operations() {
        check(
            &["GET /api/v2/health", "GET /api/v2/books/{id}"],
            &["GET /v2/books/{id}", "GET /v2/health"],
            &[],
            Some(("/api", "")),
        );
        check(
            &["GET /v1/health", "POST /v1/books"],
            &["GET /v2/health", "POST /v2/books"],
            &[],
            Some(("/v1", "/v2")),
        );
        check(
            &["GET /health", "GET /x"],
            &["GET /v2/health", "GET /v2/x"],
            &[],
            Some(("", "/v2")),
        );
        // One of them is gone for good.
        check(
            &["GET /v1/health", "POST /v1/books"],
            &["GET /v2/health", "POST /v2/orders"],
            &[],
            None,
        );
        // A single operation may be another one.
        check(&["GET /books"], &["GET /orders"], &[], None);
        check(&["GET /v1/health"], &["POST /v2/health"], &[], None);
    }

    #[test]
    fn others_may_come_with_all_operations_of_a_base() {
        let gone = ["GET /v1/health", "POST /v1/books"];
        let new = ["GET /v2/health", "GET /v2/orders", "POST /v2/books"];
        check(&gone, &new, &["GET /v3/x"], Some(("/v1", "/v2")));
        check(&gone, &new, &["GET /v1/x"], None);
        check(
            &["GET /v4/a/{}", "GET /v4/b"],
            &["GET /v4/{}/a/{}", "GET /v4/{}/b", "GET /v4/{}/c"],
            &[],
            Some(("/v4", "/v4/{}")),
        );
        // An orphan of an earlier version is gone with them.
        check(
            &["GET /v1/a-orphan", "GET /v1/b", "GET /v1/c", "GET /v1/d"],
            &["GET /v2/b", "GET /v2/c", "GET /v2/d", "GET /v2/e"],
            &[],
            Some(("/v1", "/v2")),
        );
        // One operation of many is where it was.
        check(
            &["GET /a", "GET /b", "GET /c/{}", "PUT /d"],
            &[
                "GET /{}/a",
                "GET /{}/b",
                "GET /{}/c/{}",
                "GET /{}/e",
                "PUT /{}/d",
            ],
            &["GET /ping"],
            Some(("", "/{}")),
        );
        // Others went for good at the same time.
        let words: Vec<String> = (0..12).map(|word| format!("GET /v1/w{word}")).collect();
        let keys: Vec<&str> = words.iter().map(String::as_str).collect();
        let moved: Vec<String> = words[4..]
            .iter()
            .map(|key| key.replace("v1/", ""))
            .collect();
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        check(&keys, &moved, &[], Some(("/v1", "")));
        check(&keys, &moved[4..], &[], None);
        // One resource in the place of another.
        check(
            &["GET /cats", "GET /cats/{}"],
            &["GET /dogs", "GET /dogs/{}", "POST /dogs"],
            &[],
            None,
        );
        // It was mounted twice.
        check(
            &gone,
            &[
                "GET /v2/health",
                "GET /v3/health",
                "POST /v2/books",
                "POST /v3/books",
            ],
            &[],
            None,
        );
    }
}
