//! Which new operation one that is gone may be, by how much their URLs are alike: good for a hint, and for nothing more.

use super::rebase::{bases, rebase};

/// How many pairs are compared at the most: of a contract that was cut up anew nobody reads so many hints.
const MANY: usize = 100_000;

/// How much of two URLs must be the same, in thousandths, unless each is the only one of its method.
const ENOUGH: usize = 500;

/// Pairs keys (`GET /books/{}`, parameters without names, behind their base paths) that are each other's likest, none of which has
/// a second that is as like.
pub fn alike(gone: &[String], new: &[String]) -> Vec<(usize, usize)> {
    if gone.len() * new.len() > MANY {
        return Vec::new();
    }
    let scores = gone
        .iter()
        .map(|one| new.iter().map(|other| likeness(one, other)).collect());
    let mut table = Table {
        gone,
        new,
        scores: scores.collect(),
    };
    let mut pairs = Vec::new();
    loop {
        let found = table.likest();
        if found.is_empty() {
            return pairs;
        }
        // What is left may be plain when these are gone.
        for (one, other) in &found {
            table.scores[*one].fill(None);
            table.scores.iter_mut().for_each(|row| row[*other] = None);
        }
        pairs.extend(found);
    }
}

/// How much each that is gone is like each that is new; `None` of those that can't be one.
struct Table<'a> {
    gone: &'a [String],
    new: &'a [String],
    scores: Vec<Vec<Option<usize>>>,
}

impl Table<'_> {
    /// The pairs in which each is the likest of the other.
    fn likest(&self) -> Vec<(usize, usize)> {
        let row = |one: usize| (0..self.new.len()).map(move |other| (one, other)).collect();
        let column = |other: usize| (0..self.gone.len()).map(move |one| (one, other)).collect();
        let pairs = (0..self.gone.len()).filter_map(|one| self.best(row(one)));
        pairs
            .filter(|(one, other)| self.best(column(*other)) == Some((*one, *other)))
            .filter(|pair| self.score(*pair) >= Some(ENOUGH) || self.is_only(*pair))
            .collect()
    }

    fn score(&self, (one, other): (usize, usize)) -> Option<usize> {
        self.scores[one][other]
    }

    /// The likest of some pairs; of several by what stands beside them, if that decides it.
    fn best(&self, pairs: Vec<(usize, usize)>) -> Option<(usize, usize)> {
        let best = pairs.iter().filter_map(|pair| self.score(*pair)).max()?;
        let likest = pairs
            .into_iter()
            .filter(|pair| self.score(*pair) == Some(best));
        let likest: Vec<(usize, usize)> = likest.collect();
        if let [only] = likest.as_slice() {
            return Some(*only);
        }
        let supports = likest
            .iter()
            .map(|(one, other)| support(&self.gone[*one], &self.new[*other], self.gone, self.new));
        let supports: Vec<isize> = supports.collect();
        let most = supports.iter().max()?;
        let mut places = (0..likest.len()).filter(|place| supports[*place] == *most);
        let place = places.next()?;
        places.next().is_none().then(|| likest[place])
    }

    /// Whether there is no other pair for either of them, and both are as long.
    fn is_only(&self, (one, other): (usize, usize)) -> bool {
        let row = self.scores[one].iter().flatten().count();
        let column = self.scores.iter().filter(|row| row[other].is_some());
        let length = |key: &str| key.matches('/').count();
        row == 1 && column.count() == 1 && length(&self.gone[one]) == length(&self.new[other])
    }
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
fn support(one: &str, other: &str, gone: &[String], new: &[String]) -> isize {
    let url = |key: &str| {
        key.split_once(' ')
            .map_or(String::new(), |(_, url)| url.to_owned())
    };
    let (one, other) = (url(one), url(other));
    let (before, after) = bases(&one, &other);
    let count = |keys: &[String], others: &[String], from: &str, to: &str| -> isize {
        let there = |key: &String| Some(others.contains(&rebase(key, from, to)?));
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
            &[
                ("GET /cats/{}", "GET /dogs/{}"),
                ("GET /users", "GET /people"),
            ],
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
