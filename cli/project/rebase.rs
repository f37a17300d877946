//! Whether an API was mounted elsewhere: all its operations are gone, and all are there again under another base path.

use std::collections::{BTreeMap, BTreeSet};

/// How many of the operations that are gone are looked at: any of them may be gone for good.
const SAMPLES: usize = 16;

/// How many different words behind a base path leave no doubt that it was the base of an API.
const MANY_WORDS: usize = 8;

/// What bases of APIs are called, beside versions; `""` is that of an API at the root.
const BASE_WORDS: [&str; 9] = [
    "", "alpha", "api", "apis", "beta", "latest", "preview", "rest", "stable",
];

/// What took the place of a base path, as far as anybody can tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Rebased {
    pub before: String,
    pub after: String,
    pub likelihood: Likelihood,
}

/// How likely it is that the operations are the same under another base path, and not others in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likelihood {
    /// What changed looks like the base of an API, or stands before so many resources that it is one.
    Plain,
    /// Several resources are there again, unless their names in the contract say that they are others.
    Likely,
    /// One resource may have taken the place of another: `/cats/{id}` and `/dogs/{id}`.
    Possible,
}

/// The base path before and after, of the keys (`GET /api/v1/books`, parameters without names) that are gone, those that
/// are new and those that stay. If they aren't the same to the last one, nobody can know whether `/a/x` and `/b/x` are one operation,
/// unless [`Evidence`] is enough.
pub fn rebased(gone: &[String], new: &[String], stays: &[String]) -> Option<Rebased> {
    let (first, rest) = gone.split_first()?;
    let wanted: BTreeSet<&str> = new.iter().map(String::as_str).collect();
    let is_whole = gone.len() == wanted.len();
    if is_whole && rest.is_empty() && first.matches('/').count() < 2 {
        return None;
    }
    let (mut found, mut tried) = (BTreeMap::new(), BTreeSet::new());
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
            found.insert((before, after), evidence.likelihood(before, after));
        }
    }
    match found.into_iter().collect::<Vec<_>>().as_slice() {
        [((before, after), likelihood)] => Some(Rebased {
            before: (*before).to_owned(),
            after: (*after).to_owned(),
            likelihood: *likelihood,
        }),
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
        (is_most || is_half) && self.words > 1 && self.are_few_left()
    }

    fn are_few_left(&self) -> bool {
        self.stay * 4 <= self.again
    }

    /// How likely it is for these two base paths.
    fn likelihood(&self, before: &str, after: &str) -> Likelihood {
        if looks_like_bases(before, after) || (self.words >= MANY_WORDS && self.are_few_left()) {
            Likelihood::Plain
        } else if self.words > 1 && self.are_few_left() {
            Likelihood::Likely
        } else {
            Likelihood::Possible
        }
    }
}

/// Whether two paths differ only in words of which bases of APIs are made: versions, parameters, and what no resource is called.
fn looks_like_bases(before: &str, after: &str) -> bool {
    let common = before.split('/').zip(after.split('/'));
    let common = common.take_while(|(one, other)| one == other).count();
    let mut differing = [before, after].into_iter();
    differing.all(|path| path.split('/').skip(common).all(is_base_word))
}

fn is_base_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let number = word.strip_prefix('v').unwrap_or(&word);
    let is_version = number.starts_with(|first: char| first.is_ascii_digit());
    is_version || word == "{}" || BASE_WORDS.contains(&word.as_str())
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
    use super::Likelihood::{Likely, Plain, Possible};
    use super::{Likelihood, rebased};

    fn check(
        gone: &[&str],
        new: &[&str],
        stays: &[&str],
        expected: Option<(&str, &str, Likelihood)>,
    ) {
        let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        let found = rebased(&owned(gone), &owned(new), &owned(stays));
        let found = found.as_ref().map(|found| {
            (
                found.before.as_str(),
                found.after.as_str(),
                found.likelihood,
            )
        });
        assert_eq!(found, expected, "{gone:?} {new:?} {stays:?}");
    }

    #[test]
    fn a_change_of_base_is_one_of_all_operations() {
        check(
            &["GET /api/v2/health", "GET /api/v2/books/{id}"],
            &["GET /v2/books/{id}", "GET /v2/health"],
            &[],
            Some(("/api", "", Plain)),
        );
        check(
            &["GET /v1/health", "POST /v1/books"],
            &["GET /v2/health", "POST /v2/books"],
            &[],
            Some(("/v1", "/v2", Plain)),
        );
        check(
            &["GET /health", "GET /x"],
            &["GET /v2/health", "GET /v2/x"],
            &[],
            Some(("", "/v2", Plain)),
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
        check(&gone, &new, &["GET /v3/x"], Some(("/v1", "/v2", Plain)));
        check(&gone, &new, &["GET /v1/x"], None);
        check(
            &["GET /v4/a/{}", "GET /v4/b"],
            &["GET /v4/{}/a/{}", "GET /v4/{}/b", "GET /v4/{}/c"],
            &[],
            Some(("/v4", "/v4/{}", Plain)),
        );
        // An orphan of an earlier version is gone with them.
        check(
            &["GET /v1/a-orphan", "GET /v1/b", "GET /v1/c", "GET /v1/d"],
            &["GET /v2/b", "GET /v2/c", "GET /v2/d", "GET /v2/e"],
            &[],
            Some(("/v1", "/v2", Plain)),
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
            Some(("", "/{}", Plain)),
        );
        // Others went for good at the same time.
        let words: Vec<String> = (0..12).map(|word| format!("GET /v1/w{word}")).collect();
        let keys: Vec<&str> = words.iter().map(String::as_str).collect();
        let moved: Vec<String> = words[4..]
            .iter()
            .map(|key| key.replace("v1/", ""))
            .collect();
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        check(&keys, &moved, &[], Some(("/v1", "", Plain)));
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

    #[test]
    fn one_resource_in_the_place_of_another_is_no_base() {
        check(
            &["DELETE /cats/{}", "GET /cats/{}"],
            &["DELETE /dogs/{}", "GET /dogs/{}"],
            &["GET /ping"],
            Some(("/cats", "/dogs", Possible)),
        );
        check(
            &["GET /v1/cats/{}", "GET /v1/cats/{}/food"],
            &["GET /v2/dogs/{}", "GET /v2/dogs/{}/food"],
            &[],
            Some(("/v1/cats", "/v2/dogs", Possible)),
        );
        check(
            &["GET /v1/cats/{}"],
            &["GET /v2/cats/{}"],
            &[],
            Some(("/v1", "/v2", Plain)),
        );
        let gone = ["GET /public/books", "GET /public/users"];
        let new = ["GET /admin/books", "GET /admin/keys", "GET /admin/users"];
        check(&gone, &new, &[], Some(("/public", "/admin", Likely)));
        check(
            &gone,
            &[new[0], new[2]],
            &[],
            Some(("/public", "/admin", Likely)),
        );
        // It is still there.
        let stays = ["GET /public/orders"];
        check(
            &gone,
            &[new[0], new[2]],
            &stays,
            Some(("/public", "/admin", Possible)),
        );
    }
}
