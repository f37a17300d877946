//! Whether an API was mounted elsewhere: all its operations are gone, and all are there again under another base path.

use std::collections::{BTreeMap, BTreeSet};

/// How many of the operations that are gone are looked at: any of them may be gone for good.
const SAMPLES: usize = 16;

/// How many different words behind a base path leave no doubt that it was the base of an API.
const MANY_WORDS: usize = 8;

/// What bases of APIs are called, beside versions; `""` is what stands before the first slash.
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
    /// What changed looks like the base of an API of several resources, or stands before so many that it is one.
    Plain,
    /// Several resources are there again, or the only one under another version; those that the contract calls otherwise are others.
    Likely,
    /// One resource may have taken the place of another: `/cats/{id}` and `/dogs/{id}`, `/users/me` and `/users/{id}/me`.
    Possible,
}

/// The base path before and after, of the keys (`GET /api/v1/books`, parameters without names) of one API that are gone, those
/// that are new and those that stay. If they aren't the same to the last one, nobody can know whether `/a/x` and `/b/x` are one operation,
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
            is_alone: stays.is_empty(),
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
    /// Whether no operation of the API stays anywhere.
    is_alone: bool,
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
        if !self.are_few_left() {
            return Likelihood::Possible;
        }
        if self.words >= MANY_WORDS {
            return Likelihood::Plain;
        }
        match BaseChange::of(before, after) {
            BaseChange::Version if self.words > 1 => Likelihood::Plain,
            BaseChange::Version if self.is_alone => Likelihood::Likely,
            BaseChange::ParameterOfBase | BaseChange::Word if self.words > 1 => Likelihood::Likely,
            BaseChange::Version
            | BaseChange::ParameterOfBase
            | BaseChange::Parameter
            | BaseChange::Word => Likelihood::Possible,
        }
    }
}

/// In what two base paths differ.
#[derive(Debug, Clone, Copy, PartialEq)]
enum BaseChange {
    /// In words of which bases of APIs are made: versions, and what no resource is called.
    Version,
    /// In a parameter behind nothing but such words: `/api` and `/api/{}`.
    ParameterOfBase,
    /// In a parameter of a resource: `/users` and `/users/{}` are all of them and one.
    Parameter,
    /// In other words.
    Word,
}

impl BaseChange {
    fn of(before: &str, after: &str) -> Self {
        let common = before.split('/').zip(after.split('/'));
        let common = common.take_while(|(one, other)| one == other).count();
        let paths = [before, after].into_iter();
        let mut differing = paths.flat_map(|path| path.split('/').skip(common));
        let is_parameter = differing.clone().any(|word| word.contains('{'));
        let mut shared = before.split('/').take(common);
        if is_parameter && differing.all(|word| word == "{}" || is_base_word(word)) {
            match shared.all(is_base_word) {
                true => Self::ParameterOfBase,
                false => Self::Parameter,
            }
        } else if is_parameter {
            Self::Parameter
        } else if differing.all(is_base_word) {
            Self::Version
        } else {
            Self::Word
        }
    }
}

fn is_base_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    BASE_WORDS.contains(&word.as_str()) || is_version(&word)
}

/// Whether a word in lower case is a version: `v1`, `2.0`, `v1beta1`, `v3-alpha`, `2024-06-01`.
fn is_version(word: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let bare = word.strip_prefix('v').unwrap_or(word);
    let end = bare.find(|character: char| !character.is_ascii_digit() && character != '.');
    let (numbers, ending) = bare.split_at(end.unwrap_or(bare.len()));
    let ending = ending.strip_prefix('-').unwrap_or(ending);
    let stage = ["alpha", "beta"]
        .iter()
        .find_map(|stage| ending.strip_prefix(stage));
    let is_ending = ending.is_empty() || stage.is_some_and(|rest| rest.is_empty() || number(rest));
    let date: Vec<&str> = bare.split('-').collect();
    let is_date = matches!(date.as_slice(), [year, _, _] if year.len() == 4 && date.iter().all(|part| number(part)));
    is_date || numbers.split('.').all(number) && is_ending
}

/// How many different words follow a base path.
fn words_behind(keys: &[&String], base: &str) -> usize {
    let word = |key: &&String| {
        let key = rebase(key, base, "")?;
        // Of `/v2/books` behind `/api` it is the second that says what it is about.
        let word = key.split('/').skip(1).find(|word| !is_base_word(word))?;
        (!word.contains('{')).then(|| word.to_owned())
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
pub fn bases<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
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
    use super::{Likelihood, is_version, rebased};

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
            Some(("/v4", "/v4/{}", Likely)),
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
            Some(("", "/{}", Likely)),
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
    fn all_and_one_of_a_resource_are_no_base() {
        for (gone, new, before, after) in [
            (
                "DELETE /users/sessions",
                "DELETE /users/{}/sessions",
                "/users",
                "/users/{}",
            ),
            (
                "POST /orders/latest/refund",
                "POST /orders/{}/refund",
                "/orders/latest",
                "/orders/{}",
            ),
            ("POST /2fa/enable", "POST /3ds/enable", "/2fa", "/3ds"),
        ] {
            check(&[gone], &[new], &[], Some((before, after, Possible)));
        }
        check(
            &["DELETE /users/sessions", "PUT /users/avatars"],
            &["DELETE /users/{}/sessions", "PUT /users/{}/avatars"],
            &[],
            Some(("/users", "/users/{}", Possible)),
        );
    }

    #[test]
    fn versions_are_numbers_with_a_stage() {
        for word in ["v1", "2", "v2.0.1", "v1beta1", "v3-alpha", "2024-06-01"] {
            assert!(is_version(word), "{word}");
        }
        for word in [
            "", "v", "2fa", "3ds", "1.", "v1gamma", "2024-06", "{}", "v1betas",
        ] {
            assert!(!is_version(word), "{word}");
        }
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
        let (gone, new) = (["GET /v1/cats/{}"], ["GET /v2/cats/{}"]);
        check(&gone, &new, &[], Some(("/v1", "/v2", Likely)));
        // It isn't all of the API that went.
        let stays = ["GET /ping"];
        check(&gone, &new, &stays, Some(("/v1", "/v2", Possible)));
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
