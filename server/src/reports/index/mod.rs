//! The sessions of a site in memory, day by day and column by column, for what SQL on rows cannot answer in time: any
//! conditions, orders, counts and quantiles over a million sessions (docs/adr/0008).
//!
//! A day is read when it is first asked for. What has changed since is read by `(site, changed_at)` before every answer,
//! as the live stream does; of a day that sessions were erased from, everything is read again. Paths count as the groups
//! that the site's rules join them to (docs/adr/0014): when these change, all days are. So an answer is as new as the
//! database. The days that were asked for longest ago go when there are too many.

mod conditions;
mod conversions;
mod day;
mod deed;
mod events;
mod figures;
mod lists;
mod measures;
mod orders;
mod page_report;
mod pages;
mod paths;
mod properties;
mod reach;
mod read;
mod row;
mod selection;
mod several;
mod steps;
mod words;

use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::models::{ids::SiteId, query::SessionQuery};
use sea_orm::{ConnectionTrait, DbErr};
use tokio::time::timeout;
use uuid::Uuid;

use self::{conditions::Conditions, day::Day, read::News, words::Words};
pub(super) use self::{
    conditions::Needs,
    orders::place_of_row,
    properties::Properties,
    selection::{Page, Selection, ids},
};
use super::period::Stretch;
use crate::store::{
    database::Database,
    goals,
    reading::Rules,
    session_time::{DAY_MS, day_of},
};

/// How much memory the days of a site may take: a million sessions with everything that can be held of them.
const MOST_BYTES: usize = 640 * 1024 * 1024;
/// How long after its moment a change can become visible: it waits for its commit. As far back everything is looked at
/// again.
const LATE_MS: i64 = 10_000;
/// Sessions that are asked for by name in one statement.
const AT_ONCE: usize = 500;
/// How long an answer waits for days to be read. They are read on, for whoever asks next.
const PATIENCE: Duration = Duration::from_secs(20);

/// The days that are held. Clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct SessionIndex(Arc<Mutex<HashMap<SiteId, Arc<tokio::sync::Mutex<SiteDays>>>>>);

/// The days of one site.
#[derive(Debug, Default)]
struct SiteDays {
    words: Arc<Words>,
    days: BTreeMap<i32, Held>,
    /// Up to which moment changes are known; `None` before the first look.
    known_until: Option<i64>,
    /// Counts the questions: who was asked for longest ago goes first.
    asked: u64,
}

#[derive(Debug)]
struct Held {
    day: Arc<Day>,
    asked: u64,
}

/// Days as they stood when they were asked for, with the texts that they name.
#[derive(Clone, Debug)]
struct Days {
    words: Arc<Words>,
    days: Vec<Arc<Day>>,
}

impl SessionIndex {
    /// The sessions of a stretch that the query selects, with what is needed of them.
    pub(super) async fn select(
        &self,
        db: &Database,
        query: &SessionQuery,
        stretch: Stretch,
        needs: Needs,
        rules: Rules,
        now: i64,
    ) -> Result<Selection, DbErr> {
        let aim = match query.goal {
            Some(goal) => goals::get(db.reader(), query.site, goal).await?.map(|goal| goal.aim),
            None => None,
        };
        let days = self.days(db, query.site, stretch, needs, now).await?;
        let paths = days.words.rules();
        let (query, aim) = (paths.query(query), aim.map(|aim| paths.aim(&aim)));
        let conditions = Conditions::of(&query, aim.as_ref(), &days.words, stretch, rules, now);
        Ok(Selection::of(days, conditions))
    }

    /// The days of a stretch, as new as the database. They are read in a task of their own: who stops waiting does not
    /// stop the reading.
    async fn days(&self, db: &Database, site: SiteId, stretch: Stretch, needs: Needs, now: i64) -> Result<Days, DbErr> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(site).or_default().clone();
        let db = db.clone();
        let read = tokio::spawn(async move {
            // Who asks meanwhile waits, and finds the days read.
            let mut held = held.lock_owned().await;
            let news = read::news(db.reader(), site, held.since(now), stretch).await?;
            let inhabited = news.inhabited;
            held.refresh(db.reader(), site, news, now).await?;
            let days = held.wanted(&db, site, inhabited, needs).await?;
            held.forget_oldest();
            Ok(days)
        });
        match timeout(PATIENCE, read).await {
            Ok(Ok(days)) => days,
            Ok(Err(ended)) => Err(DbErr::Custom(ended.to_string())),
            Err(_) => Err(DbErr::Custom("the days are still being read".into())),
        }
    }
}

impl SiteDays {
    /// From which moment on changes may not be known.
    fn since(&self, now: i64) -> i64 {
        self.known_until.unwrap_or(now).saturating_sub(LATE_MS)
    }

    /// Takes in what changed since the last look.
    async fn refresh(
        &mut self,
        db: &impl ConnectionTrait,
        site: SiteId,
        News { rules, erased, changed, .. }: News,
        now: i64,
    ) -> Result<(), DbErr> {
        if rules != *self.words.rules() {
            // What is held counts paths as they were joined before.
            self.days.clear();
            self.words = Arc::new(Words::by(rules));
        }
        if self.days.is_empty() {
            self.known_until = Some(now);
            return Ok(());
        }
        self.days.retain(|day, held| erased.get(day).copied().unwrap_or_default() == held.day.erased);
        let latest = changed.iter().map(|&(_, changed_at)| changed_at).max();
        let news: Vec<Uuid> = changed
            .into_iter()
            .filter(|&(id, changed_at)| {
                self.days.get(&day_of(id)).is_some_and(|held| held.day.version_of(id) != Some(changed_at))
            })
            .map(|(id, _)| id)
            .collect();
        for ids in news.chunks(AT_ONCE) {
            for named in read::named(db, site, ids, Arc::make_mut(&mut self.words)).await? {
                let Some(held) = self.days.get_mut(&day_of(named.row.id)) else { continue };
                Arc::make_mut(&mut held.day).put(named);
            }
        }
        self.known_until = self.known_until.max(latest).max(Some(now));
        Ok(())
    }

    /// The days of a stretch; those that are not held are read.
    async fn wanted(
        &mut self,
        db: &Database,
        site: SiteId,
        stretch: Option<Stretch>,
        needs: Needs,
    ) -> Result<Days, DbErr> {
        self.asked += 1;
        let mut days = Vec::new();
        for number in stretch.into_iter().flat_map(days_of) {
            days.push(self.day(db, site, number, needs).await?);
        }
        Ok(Days { words: self.words.clone(), days })
    }

    async fn day(&mut self, db: &Database, site: SiteId, number: i32, needs: Needs) -> Result<Arc<Day>, DbErr> {
        let held = match self.days.entry(number) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => {
                let day = read::day(db, site, number, Arc::make_mut(&mut self.words)).await?;
                place.insert(Held { day: Arc::new(day), asked: 0 })
            }
        };
        held.asked = self.asked;
        if needs.several && held.day.several.is_none() {
            let mut found = read::texts_of_day(db, site, number, Arc::make_mut(&mut self.words)).await?;
            let day = Arc::make_mut(&mut held.day);
            day.several = Some(day.rows.iter().map(|row| found.remove(&row.id).unwrap_or_default()).collect());
        }
        if needs.steps && held.day.steps.is_none() {
            let mut found = read::steps_of_day(db, site, number, Arc::make_mut(&mut self.words)).await?;
            let day = Arc::make_mut(&mut held.day);
            day.steps = Some(day.rows.iter().map(|row| found.remove(&row.id).unwrap_or_default()).collect());
        }
        if needs.depths && held.day.depths.is_none() {
            let found = read::depths_of_day(db, site, number).await?;
            let day = Arc::make_mut(&mut held.day);
            day.depths = Some(day.rows.iter().map(|row| found.get(&row.id).copied().unwrap_or_default()).collect());
        }
        if needs.codes && held.day.codes.is_none() {
            let mut found = read::codes_of_day(db, site, number).await?;
            let day = Arc::make_mut(&mut held.day);
            day.codes = Some(day.rows.iter().map(|row| found.remove(&row.id).unwrap_or_default()).collect());
        }
        Ok(held.day.clone())
    }

    fn forget_oldest(&mut self) {
        let mut bytes: usize = self.words.bytes() + self.days.values().map(|held| held.day.bytes()).sum::<usize>();
        while bytes > MOST_BYTES {
            let oldest =
                self.days.iter().filter(|(_, held)| held.asked < self.asked).min_by_key(|(_, held)| held.asked);
            let Some((&day, held)) = oldest else { break };
            bytes = bytes.saturating_sub(held.day.bytes());
            self.days.remove(&day);
        }
        if self.days.is_empty() {
            self.words = Arc::new(Words::by(self.words.rules().clone()));
        }
    }
}

/// The days that a stretch touches.
fn days_of(stretch: Stretch) -> std::ops::RangeInclusive<i32> {
    let day = |ms: i64| i32::try_from(ms.div_euclid(DAY_MS)).unwrap_or_default();
    day(stretch.from)..=day(stretch.to.saturating_sub(1).max(stretch.from))
}
