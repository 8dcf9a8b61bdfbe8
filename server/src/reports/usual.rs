//! What is usual for the pages of a session, as far as it was learnt (`tasks::learn`): read by the keys of their paths.

use std::{
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
};

use app::models::{
    ids::SiteId,
    timeline::{TimelineItem, Usual},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select};

use crate::store::{entities::page_sketch, session_time::compared_days, sketch::Merged};

/// Paths that are looked up at the most, the first of the session: each has a row a day.
const MOST_PATHS: usize = 200;

/// Says it of each page view of a timeline whose path enough is known of.
pub(super) async fn add(
    db: &impl ConnectionTrait,
    site: SiteId,
    timeline: &mut [TimelineItem],
    now_ms: i64,
) -> Result<(), DbErr> {
    let mut active: HashMap<String, Merged> = HashMap::new();
    for row in of_paths(site, paths(timeline), compared_days(now_ms)).all(db).await? {
        active.entry(row.path).or_default().take_in(&row.active);
    }
    let usual: HashMap<String, Option<Usual>> =
        active.into_iter().map(|(path, active)| (path, usual(&active))).collect();
    for item in timeline {
        if let TimelineItem::Page(page) = item {
            page.usual = usual.get(&page.path).copied().flatten();
        }
    }
    Ok(())
}

fn paths(timeline: &[TimelineItem]) -> Vec<String> {
    let mut seen = HashSet::new();
    let pages = timeline.iter().filter_map(|item| match item {
        TimelineItem::Page(page) => Some(page.path.as_str()),
        TimelineItem::Gap { .. } => None,
    });
    pages.filter(|path| seen.insert(*path)).take(MOST_PATHS).map(str::to_owned).collect()
}

fn of_paths(site: SiteId, paths: Vec<String>, days: RangeInclusive<i32>) -> Select<page_sketch::Entity> {
    use page_sketch::{Column, Entity};
    let (first, last) = days.into_inner();
    let of_site = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Path.is_in(paths));
    of_site.filter(Column::Day.gte(first)).filter(Column::Day.lte(last))
}

fn usual(active: &Merged) -> Option<Usual> {
    let views = u32::try_from(active.count()).unwrap_or(u32::MAX);
    let median = active.quantile(50).filter(|_| views >= Usual::LEAST_VIEWS);
    median.map(|median_active_ms| Usual { views, median_active_ms })
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::{reading::plan::plan, sketch::Sketch};

    #[tokio::test]
    async fn the_pages_of_a_session_are_found_by_the_keys_of_their_paths() {
        for many in [1, MOST_PATHS] {
            let paths = (0..many).map(|number| format!("/{number}")).collect();
            let lines = plan(of_paths(SiteId(1), paths, 1..=28).as_query()).await;
            let by_key = "SEARCH page_sketch USING PRIMARY KEY (site=? AND path=? AND day>? AND day<?)";
            assert_eq!(lines, [by_key]);
        }
    }

    #[test]
    fn thirty_views_say_what_is_usual_and_29_do_not() {
        let learnt = |values: &[u64]| {
            let mut sketch = Sketch::default();
            values.iter().for_each(|&value| sketch.add(value));
            sketch.to_bytes()
        };
        let mut active = Merged::default();
        active.take_in(&learnt(&Vec::from_iter(0..29)));
        assert_eq!(usual(&active), None);
        active.take_in(&learnt(&[200]));
        assert_eq!(usual(&active), Some(Usual { views: 30, median_active_ms: 14 }));
        assert_eq!(usual(&Merged::default()), None);
    }
}
