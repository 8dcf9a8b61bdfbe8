//! What the sessions that began on a day come to: one look at them, and one at the times of their page views.

use app::models::session;
use sea_orm::{DbErr, EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use super::paths::Paths;
use crate::store::{
    database::Database,
    entities::{session_sketch, site},
    page_sketches,
    reading::{Figures, convert, is_over},
    scan::{Scan, Scanned, What},
    session_time::{DAY_MS, first_session_id},
    sites,
    sketch::Sketch,
};

/// What the sessions of some time come to.
#[derive(Debug, Default)]
pub(super) struct Sketches {
    pub(super) durations: Sketch,
    pub(super) pages: Sketch,
    pub(super) events: Sketch,
}

/// What was seen of a day.
#[derive(Debug, Default)]
pub(super) struct Seen {
    sessions: Sketches,
    paths: Paths,
}

/// A day while it is looked at.
struct Looking {
    limits: session::Limits,
    now_ms: i64,
    /// The sessions that count, in the order of their ids.
    counted: Vec<Uuid>,
    seen: Seen,
}

/// Looks at the closed sessions that began on a day, machines left out.
pub(super) async fn look_at(db: &Database, site: &site::Model, day: i32, now_ms: i64) -> Result<Seen, DbErr> {
    let from = i64::from(day) * DAY_MS;
    let sessions = first_session_id(from)..first_session_id(from + DAY_MS);
    let limits = sites::session_limits(site);
    let mut looking = Looking { limits, now_ms, counted: Vec::new(), seen: Seen::default() };
    for what in [What::Sessions, What::Times] {
        let scan = Scan { site: site.id, sessions: sessions.clone(), what };
        let (looked, done) = db.scan(scan, looking, Looking::take).await;
        done?;
        looking = looked;
    }
    Ok(looking.seen)
}

impl Looking {
    fn take(&mut self, scanned: Scanned<'_>) {
        match scanned {
            Scanned::Session(row) => {
                let figures = convert::figures(row);
                if !figures.is_machine && is_over(row, self.limits, self.now_ms) {
                    self.counted.push(row.id);
                    self.seen.sessions.add(figures);
                }
            }
            Scanned::Time { session, path, active_ms } => {
                if self.counted.binary_search(&session).is_ok() {
                    self.seen.paths.add(path, convert::length(active_ms));
                }
            }
            // What texts there are is not asked.
            Scanned::PageView { .. }
            | Scanned::Path { .. }
            | Scanned::Event { .. }
            | Scanned::View { .. }
            | Scanned::Happening { .. }
            | Scanned::Depth { .. }
            | Scanned::Code { .. } => {}
        }
    }
}

impl Sketches {
    fn add(&mut self, figures: Figures) {
        let Figures { duration_ms, pages, events, is_machine: _ } = figures;
        duration_ms.into_iter().for_each(|duration_ms| self.durations.add(duration_ms));
        self.pages.add(pages);
        self.events.add(events);
    }

    pub(super) fn merge(&mut self, row: &session_sketch::Model) {
        let parts =
            [(&mut self.durations, &row.durations), (&mut self.pages, &row.pages), (&mut self.events, &row.events)];
        for (all, bytes) in parts {
            all.merge(&Sketch::from_bytes(bytes).unwrap_or_default());
        }
    }
}

impl Seen {
    /// Puts it in the place of what was known, all or nothing. Two nodes that do it at once store the same.
    pub(super) async fn store(self, db: &Database, site: i32, day: i32, erased: i32) -> Result<(), DbErr> {
        use session_sketch::{ActiveModel, Column, Entity};
        let Self { sessions, paths } = self;
        let changed = [Column::Erased, Column::Sessions, Column::Durations, Column::Pages, Column::Events];
        let in_its_place = OnConflict::columns([Column::Site, Column::Day]).update_columns(changed).to_owned();
        let row = ActiveModel {
            site: Set(site),
            day: Set(day),
            erased: Set(erased),
            sessions: Set(i32::try_from(sessions.pages.count()).unwrap_or(i32::MAX)),
            durations: Set(sessions.durations.to_bytes()),
            pages: Set(sessions.pages.to_bytes()),
            events: Set(sessions.events.to_bytes()),
        };
        let rows = paths.into_rows(site, day);
        let tx = db.begin().await?;
        Entity::insert(row).on_conflict(in_its_place).exec_without_returning(&*tx).await?;
        page_sketches::replace(&*tx, site, day, rows).await?;
        tx.commit().await
    }
}
