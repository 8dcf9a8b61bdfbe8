//! Learns from the sessions of four weeks above which figures one of them is outstanding, which is more than 99 of 100
//! have, and how long each page is looked at (docs/adr/0010, docs/signs.md).

use std::{collections::HashMap, ops::RangeInclusive};

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use self::day::Sketches;
use crate::store::{
    database::Database,
    entities::{erased_day, session_sketch, site},
    page_sketches,
    session_time::compared_days,
    sites,
    sketch::Sketch,
};

mod day;
mod paths;

/// From how many sessions on a percentile says something: two of them are above it.
const LEAST_SESSIONS: u64 = 200;
/// Which percentile.
const PERCENT: u64 = 99;
/// The last days, on which sessions can still close: one lasts a day at the most.
const UNSETTLED_DAYS: i32 = 3;

/// One turn at `now_ms`.
///
/// # Errors
/// When the database fails; the figures stay as they were.
pub async fn learn(db: Database, now_ms: i64) -> anyhow::Result<()> {
    let days = compared_days(now_ms);
    for site in sites::all(&db).await? {
        sketch_days(&db, &site, days.clone(), now_ms).await?;
        let learnt = figures(&db, site.id, days.clone()).await?;
        if learnt != Learnt::of(&site) {
            learnt.store(&db, site.id).await?;
        }
    }
    Ok(())
}

/// Sketches the days that are missing, that are not settled, and that sessions were erased from since.
async fn sketch_days(db: &Database, site: &site::Model, days: RangeInclusive<i32>, now_ms: i64) -> Result<(), DbErr> {
    let known: HashMap<i32, i32> =
        of_site(db.reader(), site.id).await?.iter().map(|row| (row.day, row.erased)).collect();
    let rows = erased_day::Entity::find().filter(erased_day::Column::Site.eq(site.id)).all(db.reader()).await?;
    let erased: HashMap<i32, i32> = rows.into_iter().map(|row| (row.day, row.times)).collect();
    for day in days.clone() {
        let erased = erased.get(&day).copied().unwrap_or_default();
        if day > days.end() - UNSETTLED_DAYS || known.get(&day) != Some(&erased) {
            day::look_at(db, site, day, now_ms).await?.store(db, site.id, day, erased).await?;
        }
    }
    forget_before(db, site.id, *days.start()).await
}

async fn of_site(db: &impl ConnectionTrait, site: i32) -> Result<Vec<session_sketch::Model>, DbErr> {
    session_sketch::Entity::find().filter(session_sketch::Column::Site.eq(site)).all(db).await
}

async fn forget_before(db: &Database, site: i32, day: i32) -> Result<(), DbErr> {
    use session_sketch::{Column, Entity};
    let tx = db.begin().await?;
    let old = Entity::delete_many().filter(Column::Site.eq(site)).filter(Column::Day.lt(day));
    old.exec(&*tx).await?;
    page_sketches::forget_before(&*tx, site, day).await?;
    tx.commit().await
}

/// Above which figures a session is outstanding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Learnt {
    duration_ms: Option<i64>,
    pages: Option<i64>,
    events: Option<i64>,
}

async fn figures(db: &Database, site: i32, days: RangeInclusive<i32>) -> Result<Learnt, DbErr> {
    let mut all = Sketches::default();
    let rows = of_site(db.reader(), site).await?;
    rows.iter().filter(|row| days.contains(&row.day)).for_each(|row| all.merge(row));
    let figure = |of: &Sketch| {
        let is_enough = of.count() >= LEAST_SESSIONS;
        of.quantile(PERCENT).filter(|_| is_enough).and_then(|figure| i64::try_from(figure).ok())
    };
    Ok(Learnt { duration_ms: figure(&all.durations), pages: figure(&all.pages), events: figure(&all.events) })
}

impl Learnt {
    fn of(site: &site::Model) -> Self {
        Self {
            duration_ms: site.outstanding_duration_ms,
            pages: site.outstanding_pages,
            events: site.outstanding_events,
        }
    }

    async fn store(self, db: &Database, site: i32) -> Result<(), DbErr> {
        let row = site::ActiveModel {
            id: Set(site),
            outstanding_duration_ms: Set(self.duration_ms),
            outstanding_pages: Set(self.pages),
            outstanding_events: Set(self.events),
            ..Default::default()
        };
        let tx = db.begin().await?;
        site::Entity::update(row).exec(&*tx).await?;
        tx.commit().await
    }
}
