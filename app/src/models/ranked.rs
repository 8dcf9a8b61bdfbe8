//! Tables in an order, page by page: a page begins behind a place, by what the table is ordered by and a name, so that it
//! stays where it is when rows come and go.

use std::{
    cmp::{Ordering, Reverse},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use super::query::LONGEST_VALUE;

/// How many rows a page of a table has.
pub const ROWS: usize = 50;

/// A place in a table: behind the row of this name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    /// What the row has of what the table is ordered by; `None` where that is not known.
    pub value: Option<i64>,
    /// The row's name.
    pub name: String,
}

impl Behind {
    /// As it stands in an address: `120~/lamps`.
    pub fn text(&self) -> String {
        format!("{}~{}", self.value.map(|value| value.to_string()).unwrap_or_default(), self.name)
    }

    /// Reads that; `None` of what is none.
    pub fn read(text: &str) -> Option<Self> {
        let (value, name) = text.split_once('~')?;
        let value = if value.is_empty() { None } else { Some(value.parse().ok()?) };
        Some(Self { value, name: name.to_owned() })
    }
}

/// What an address says of a table: `by=exits.asc`, `part=lamps`, and `behind=…` for the page. `S` are its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableShown<S> {
    /// What it is ordered by.
    pub sort: S,
    /// The least first.
    pub ascending: bool,
    /// What rows contain in their texts, whatever the case; empty for all.
    pub part: String,
    /// Where the page of the table begins.
    pub behind: Option<Behind>,
}

impl<S: Copy + Default + PartialEq + AsRef<str> + FromStr> TableShown<S> {
    /// Reads it from an address's parameters; what is not understood is as usual.
    pub fn from_params<'a>(params: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut shown = Self::default();
        for (name, value) in params {
            match name {
                "by" => {
                    let (key, ascending) = value.strip_suffix(".asc").map_or((value, false), |key| (key, true));
                    if let Ok(sort) = key.parse() {
                        (shown.sort, shown.ascending) = (sort, ascending);
                    }
                }
                "part" => shown.part = part_of(value),
                "behind" => shown.behind = Behind::read(value),
                _ => {}
            }
        }
        shown
    }

    /// Its parameters: what is not as usual.
    pub fn params(&self) -> Vec<(String, String)> {
        let is_usual = !self.ascending && self.sort == S::default();
        let by = (!is_usual).then(|| self.sort.as_ref());
        params(by, self.ascending, &self.part, self.behind.as_ref())
    }

    /// The same table ordered by another column; by the same one, the other way round.
    pub fn by(&self, sort: S) -> Self {
        let ascending = self.sort == sort && !self.ascending;
        Self { sort, ascending, part: self.part.clone(), behind: None }
    }
}

fn part_of(value: &str) -> String {
    value.trim().chars().take(LONGEST_VALUE).collect()
}

/// What an address says of a table, whatever its columns are.
fn params(by: Option<&str>, ascending: bool, part: &str, behind: Option<&Behind>) -> Vec<(String, String)> {
    let way = if ascending { ".asc" } else { "" };
    let by = by.map(|by| ("by".to_owned(), format!("{by}{way}")));
    let part = (!part.is_empty()).then(|| ("part".to_owned(), part.to_owned()));
    let behind = behind.map(|behind| ("behind".to_owned(), behind.text()));
    by.into_iter().chain(part).chain(behind).collect()
}

/// One page of a table, and the place where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankedPage<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// How many rows the whole table has.
    pub of: u64,
    /// Behind which place the next page begins, if there is one.
    pub next: Option<Behind>,
}

/// The page behind a place, or the first one. What is not known comes last in either direction, and of equals the first in
/// the alphabet.
pub fn page<T>(
    mut rows: Vec<T>,
    ascending: bool,
    behind: Option<&Behind>,
    key: impl Fn(&T) -> Behind,
) -> RankedPage<T> {
    let of = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let placed = |behind: Behind| Placed { behind, ascending };
    rows.sort_by_cached_key(|row| placed(key(row)));
    if let Some(behind) = behind {
        let behind = placed(behind.clone());
        rows.retain(|row| placed(key(row)) > behind);
    }
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let next = rows.last().filter(|_| more).map(key);
    RankedPage { rows, of, next }
}

/// A place that is put in order.
#[derive(PartialEq, Eq)]
struct Placed {
    behind: Behind,
    ascending: bool,
}

impl Ord for Placed {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_value = match (self.behind.value, other.behind.value) {
            (Some(a), Some(b)) if self.ascending => a.cmp(&b),
            (a, b) => Reverse(a).cmp(&Reverse(b)),
        };
        by_value.then_with(|| self.behind.name.cmp(&other.behind.name))
    }
}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn row(value: Option<i64>, name: &str) -> Behind {
        Behind { value, name: name.into() }
    }

    #[rstest]
    #[case::the_most_first(false, "b a c d")]
    #[case::the_least_first(true, "a c b d")]
    fn what_is_not_known_is_last_either_way(#[case] ascending: bool, #[case] order: &str) {
        let rows = vec![row(None, "d"), row(Some(1), "c"), row(Some(2), "b"), row(Some(1), "a")];
        let names: Vec<String> =
            page(rows, ascending, None, Clone::clone).rows.into_iter().map(|row| row.name).collect();
        assert_eq!(names.join(" "), order);
    }

    proptest! {
        #[test]
        fn a_place_is_read_as_it_was_written(value in any::<Option<i64>>(), name in any::<String>()) {
            let place = Behind { value, name };
            prop_assert_eq!(Behind::read(&place.text()), Some(place));
        }

        #[test]
        fn pages_hold_every_row_once_and_in_order(values in prop::collection::vec(prop::option::of(0..9i64), 0..180), ascending in any::<bool>()) {
            let rows: Vec<Behind> = values.iter().enumerate().map(|(nth, &value)| row(value, &format!("{nth:03}"))).collect();
            let mut seen = Vec::new();
            let mut behind = None;
            loop {
                let page = page(rows.clone(), ascending, behind.as_ref(), Clone::clone);
                prop_assert!(page.rows.len() <= ROWS && page.of == rows.len() as u64);
                seen.extend(page.rows);
                match page.next {
                    Some(next) => behind = Some(next),
                    None => break,
                }
            }
            let mut all = rows;
            all.sort_by_key(|row| Placed { behind: row.clone(), ascending });
            prop_assert_eq!(seen, all);
        }
    }
}
