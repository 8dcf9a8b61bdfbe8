//! Learns above which figures a session of a site is outstanding: more than 99 of 100 of its sessions of four weeks
//! (docs/adr/0010, docs/signs.md).

use std::{collections::HashMap, ops::RangeInclusive};

use app::models::session;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set, sea_query::OnConflict};

use crate::store::{
    database::Database,
    entities::{erased_day, session_sketch, site},
    reading::{Figures, convert, is_over},
    scan::{Scan, Scanned, What},
    session_time::{DAY_MS, first_session_id},
    sites,
    sketch::Sketch,
};

/// How many days sessions are compared with, today included: whole weeks, so that each day of the week counts the same.
const DAYS: i64 = 28;
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
    for site in sites::all(&db).await? {
        let days = days_until(now_ms);
        sketch_days(&db, &site, days.clone(), now_ms).await?;
        let learnt = figures(&db, site.id, days).await?;
        if learnt != Learnt::of(&site) {
            learnt.store(&db, site.id).await?;
        }
    }
    Ok(())
}

fn days_until(now_ms: i64) -> RangeInclusive<i32> {
    let day = |number: i64| i32::try_from(number).unwrap_or_default();
    let today = now_ms.div_euclid(DAY_MS);
    day(today - DAYS + 1)..=day(today)
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
            let row = sketch_day(db, site, day, now_ms).await?.into_row(site.id, day, erased);
            store(db, row).await?;
        }
    }
    forget_before(db, site.id, *days.start()).await
}

async fn of_site(db: &impl ConnectionTrait, site: i32) -> Result<Vec<session_sketch::Model>, DbErr> {
    session_sketch::Entity::find().filter(session_sketch::Column::Site.eq(site)).all(db).await
}

/// What the sessions of some time come to.
#[derive(Debug, Default)]
struct Sketches {
    durations: Sketch,
    pages: Sketch,
    events: Sketch,
}

/// A day while its sessions are looked at.
struct Looking {
    limits: session::Limits,
    now_ms: i64,
    sketches: Sketches,
}

/// The closed sessions that began on a day, machines left out.
async fn sketch_day(db: &Database, site: &site::Model, day: i32, now_ms: i64) -> Result<Sketches, DbErr> {
    let from = i64::from(day) * DAY_MS;
    let sessions = first_session_id(from)..first_session_id(from + DAY_MS);
    let scan = Scan { site: site.id, sessions, what: What::Sessions };
    let looking = Looking { limits: sites::session_limits(site), now_ms, sketches: Sketches::default() };
    let (looked, done) = db.scan(scan, looking, look).await;
    done.map(|()| looked.sketches)
}

fn look(looking: &mut Looking, scanned: Scanned<'_>) {
    let Scanned::Session(row) = scanned else { return };
    let Figures { duration_ms, pages, events, is_machine } = convert::figures(row);
    if is_machine || !is_over(row, looking.limits, looking.now_ms) {
        return;
    }
    let sketches = &mut looking.sketches;
    duration_ms.into_iter().for_each(|duration_ms| sketches.durations.add(duration_ms));
    sketches.pages.add(pages);
    sketches.events.add(events);
}

impl Sketches {
    fn into_row(self, site: i32, day: i32, erased: i32) -> session_sketch::Model {
        session_sketch::Model {
            site,
            day,
            erased,
            sessions: i32::try_from(self.pages.count()).unwrap_or(i32::MAX),
            durations: self.durations.to_bytes(),
            pages: self.pages.to_bytes(),
            events: self.events.to_bytes(),
        }
    }

    fn merge(&mut self, row: &session_sketch::Model) {
        let parts =
            [(&mut self.durations, &row.durations), (&mut self.pages, &row.pages), (&mut self.events, &row.events)];
        for (all, bytes) in parts {
            all.merge(&Sketch::from_bytes(bytes).unwrap_or_default());
        }
    }
}

/// Two nodes that do it at once store the same.
async fn store(db: &Database, row: session_sketch::Model) -> Result<(), DbErr> {
    use session_sketch::{ActiveModel, Column, Entity};
    let changed = [Column::Erased, Column::Sessions, Column::Durations, Column::Pages, Column::Events];
    let in_its_place = OnConflict::columns([Column::Site, Column::Day]).update_columns(changed).to_owned();
    let tx = db.begin().await?;
    let row = ActiveModel {
        site: Set(row.site),
        day: Set(row.day),
        erased: Set(row.erased),
        sessions: Set(row.sessions),
        durations: Set(row.durations),
        pages: Set(row.pages),
        events: Set(row.events),
    };
    Entity::insert(row).on_conflict(in_its_place).exec_without_returning(&*tx).await?;
    tx.commit().await
}

async fn forget_before(db: &Database, site: i32, day: i32) -> Result<(), DbErr> {
    use session_sketch::{Column, Entity};
    let tx = db.begin().await?;
    let old = Entity::delete_many().filter(Column::Site.eq(site)).filter(Column::Day.lt(day));
    old.exec(&*tx).await?;
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
