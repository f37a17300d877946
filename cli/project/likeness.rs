//! Which new operation one that is gone may be, by how much their URLs are alike: good for a hint, and for nothing more.

use std::collections::BTreeSet;

use super::rebase::{bases, rebase};

/// How many pairs are compared at the most: of a contract that was cut up anew nobody reads so many hints.
const MANY: usize = 250_000;

/// Pairs keys (`GET /books/{}`, parameters without names, behind their base paths) that are each other's likest, none of which has
/// a second that is as like.
pub fn alike(gone: &[String], new: &[String]) -> Vec<(usize, usize)> {
    if gone.len() * new.len() > MANY {
        return Vec::new();
    }
    let keys = [gone, new].map(|keys| keys.iter().map(String::as_str).collect::<BTreeSet<_>>());
    let score = |one: &str, other: &str| {
        let like = likeness(one, other)?;
        let is_only = like == 0 && is_only(one, &keys[0]) && is_only(other, &keys[1]);
        (like >= 500 || is_only).then(|| (like, support(one, other, &keys[0], &keys[1])))
    };
    let scores: Vec<Vec<Option<(usize, isize)>>> = gone
        .iter()
        .map(|one| new.iter().map(|other| score(one, other)).collect())
        .collect();
    let likest = |row: &[Option<(usize, isize)>]| {
        let best = row.iter().flatten().max()?;
        let mut places = (0..row.len()).filter(|place| row[*place].as_ref() == Some(best));
        places.next().filter(|_| places.next().is_none())
    };
    let mut pairs = Vec::new();
    for (index, row) in scores.iter().enumerate() {
        let Some(place) = likest(row) else {
            continue;
        };
        let column: Vec<Option<(usize, isize)>> = scores.iter().map(|row| row[place]).collect();
        if likest(&column) == Some(index) {
            pairs.push((index, place));
        }
    }
    pairs
}

/// Whether a key is the only one of its method.
fn is_only(key: &str, keys: &BTreeSet<&str>) -> bool {
    let method = |key: &str| key.split_once(' ').map(|(method, _)| method.to_owned());
    let same = keys.iter().filter(|other| method(other) == method(key));
    same.count() == 1
}

/// How much of two URLs is the same, in thousandths; none of two methods.
fn likeness(one: &str, other: &str) -> Option<usize> {
    let ((method, one), (other_method, other)) = (one.split_once(' ')?, other.split_once(' ')?);
    if method != other_method {
        return None;
    }
    let words = |url: &str| -> Vec<String> {
        let words = url.split('/').filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    // The longest common subsequence, row by row.
    let mut row = vec![0; other.len() + 1];
    for word in &one {
        let mut corner = 0;
        for (index, another) in other.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = match word == another {
                true => corner + 1,
                false => above.max(row[index]),
            };
            corner = above;
        }
    }
    Some(2000 * row[other.len()] / (one.len() + other.len()).max(1))
}

/// How many of the operations behind the differing beginnings of two URLs are there again, less those that aren't.
fn support(one: &str, other: &str, gone: &BTreeSet<&str>, new: &BTreeSet<&str>) -> isize {
    let url = |key: &str| {
        key.split_once(' ')
            .map_or(String::new(), |(_, url)| url.to_owned())
    };
    let (one, other) = (url(one), url(other));
    let (before, after) = bases(&one, &other);
    let count = |keys: &BTreeSet<&str>, others: &BTreeSet<&str>, from: &str, to: &str| -> isize {
        let there = |key: &&str| Some(others.contains(rebase(key, from, to)?.as_str()));
        let there = keys.iter().filter_map(there);
        there.map(|is_there| if is_there { 1 } else { -1 }).sum()
    };
    count(gone, new, before, after) + count(new, gone, after, before)
}

#[cfg(test)]
mod tests {
    use super::alike;

    fn check(gone: &[&str], new: &[&str], expected: &[(&str, &str)]) {
        let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        let pairs = alike(&owned(gone), &owned(new));
        let pairs = pairs
            .into_iter()
            .map(|(one, other)| (gone[one], new[other]));
        assert_eq!(pairs.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_is_paired_with_the_one_that_is_likest() {
        check(
            &["GET /cats/{}", "GET /users"],
            &["GET /dogs/{}", "GET /people"],
            &[("GET /cats/{}", "GET /dogs/{}")],
        );
        check(
            &["GET /users"],
            &["GET /people"],
            &[("GET /users", "GET /people")],
        );
        check(&["GET /users"], &["POST /people"], &[]);
        check(&["GET /users"], &["GET /people", "GET /things"], &[]);
        check(
            &["GET /users/{}/photo"],
            &["GET /people/{}/photo", "GET /things/{}"],
            &[("GET /users/{}/photo", "GET /people/{}/photo")],
        );
    }

    #[test]
    fn what_stands_beside_decides_between_two() {
        check(
            &["GET /cats/{}", "DELETE /cats/{}", "GET /users/{}"],
            &["GET /dogs/{}", "DELETE /dogs/{}", "GET /people/{}"],
            &[
                ("GET /cats/{}", "GET /dogs/{}"),
                ("DELETE /cats/{}", "DELETE /dogs/{}"),
                ("GET /users/{}", "GET /people/{}"),
            ],
        );
        // Nobody knows which is which.
        check(
            &["GET /cats/{}", "GET /cars/{}"],
            &["GET /dogs/{}", "GET /vans/{}"],
            &[],
        );
    }
}
