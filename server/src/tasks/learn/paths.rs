//! How long the pages of a day were looked at, for the paths with the most page views: who makes paths up makes neither
//! the table nor the memory grow without limit.

use std::{cmp::Reverse, collections::HashMap};

use crate::store::{entities::page_sketch, sketch::Sketch};

/// Paths that are kept of a day.
const MOST: usize = 2_000;
/// Paths that are held while a day is looked at. When there are more, those with the fewest page views so far go.
const MOST_HELD: usize = 5 * MOST;

/// Sketches of active time by path.
#[derive(Debug, Default)]
pub(super) struct Paths(HashMap<String, Sketch>);

impl Paths {
    /// Counts a page view.
    pub(super) fn add(&mut self, path: &str, active_ms: u64) {
        if let Some(known) = self.0.get_mut(path) {
            known.add(active_ms);
            return;
        }
        if self.0.len() == MOST_HELD {
            self.0 = std::mem::take(self).most_viewed().map(|(path, _, sketch)| (path, sketch)).collect();
        }
        self.0.entry(path.to_owned()).or_default().add(active_ms);
    }

    /// As they are stored.
    pub(super) fn into_rows(self, site: i32, day: i32) -> Vec<page_sketch::Model> {
        let row = |(path, views, sketch): (String, u64, Sketch)| page_sketch::Model {
            site,
            path,
            day,
            views: i32::try_from(views).unwrap_or(i32::MAX),
            active: sketch.to_bytes(),
        };
        self.most_viewed().map(row).collect()
    }

    /// Those with the most page views, with how many; of paths with as many, the first of the alphabet.
    fn most_viewed(self) -> impl Iterator<Item = (String, u64, Sketch)> {
        let counted = self.0.into_iter().map(|(path, sketch)| (path, sketch.count(), sketch));
        let mut counted: Vec<_> = counted.collect();
        counted.sort_unstable_by(|(a, views_of_a, _), (b, views_of_b, _)| {
            (Reverse(views_of_a), a).cmp(&(Reverse(views_of_b), b))
        });
        counted.into_iter().take(MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(views: impl IntoIterator<Item = String>) -> Vec<page_sketch::Model> {
        let mut paths = Paths::default();
        views.into_iter().for_each(|path| paths.add(&path, 5_000));
        paths.into_rows(1, 20_000)
    }

    #[test]
    fn page_views_are_counted_by_path() {
        let rows = rows(["/a", "/b", "/a"].map(String::from));
        let counted: Vec<_> = rows.iter().map(|row| (row.path.as_str(), row.views)).collect();
        assert_eq!(counted, [("/a", 2), ("/b", 1)]);
        assert_eq!(Sketch::from_bytes(&rows[0].active).unwrap().count(), 2);
    }

    #[test]
    fn the_paths_with_the_most_page_views_are_kept() {
        let twice = (0..MOST).map(|number| format!("/twice/{number}"));
        let rows = rows((0..MOST).map(|number| format!("/once/{number}")).chain(twice.clone()).chain(twice));
        assert_eq!(rows.len(), MOST);
        assert!(rows.iter().all(|row| row.views == 2));
    }

    #[test]
    fn a_page_that_is_looked_at_all_day_outlives_any_number_of_made_up_paths() {
        let made_up = (0..50_000).flat_map(|number| {
            let real = (number % 100 == 0).then(|| "/a".to_owned());
            real.into_iter().chain([format!("/made-up/{number}")])
        });
        let rows = rows(made_up);
        assert_eq!((rows.len(), rows[0].path.as_str(), rows[0].views), (MOST, "/a", 500));
    }
}
