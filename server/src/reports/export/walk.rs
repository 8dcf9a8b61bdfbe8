//! A selection from its first session to its last, some at a time: what is read waits until it was sent, and no more is
//! read meanwhile, so that an export of any size needs the memory of one page.

use std::collections::VecDeque;

use app::{
    models::{
        ids::SiteId,
        query::{Cursor, SessionQuery, Sort, SortKey},
        session::Session,
        site::Site,
        timeline::TimelineItem,
    },
    services::Unavailable,
};
use http::request::Parts;

use super::{Asked, Export, Rows, cell::Cell, columns, contents, progress::Progress};
use crate::{reports::unavailable, store::reading::Zone};

/// How often it is asked whether the viewer is still signed in, in milliseconds.
const CHECK_VIEWER_MS: u64 = 30_000;
/// How many page views and events are read together, unless one session has more.
const AT_ONCE: u32 = 2_000;

/// Why an export ends before its last row. Its reader sees that the connection breaks, and that the last line is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Cut {
    /// The database failed; the cause has been logged.
    #[error("the database did not answer")]
    Unavailable,
    /// Whoever asked is signed out.
    #[error("the viewer is signed out")]
    SignedOut,
    /// The server stops.
    #[error("the server stops")]
    Stopping,
}

impl From<Unavailable> for Cut {
    fn from(Unavailable: Unavailable) -> Self {
        Self::Unavailable
    }
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Head,
    Rows,
    Over,
}

/// An export on its way.
pub(super) struct Walk {
    export: Export,
    request: Parts,
    asked: Asked,
    site: SiteId,
    zone: Zone,
    /// The page of the list to read next.
    next: Option<SessionQuery>,
    /// Sessions of the last page that were not written yet.
    waiting: VecDeque<Session>,
    written: u64,
    /// Where it is told how far this is, if anybody asks.
    progress: Option<Progress>,
    stage: Stage,
    viewer_checked_at: i64,
}

impl Walk {
    /// Over what the query selects, the earliest first: what begins meanwhile comes at the end, and a stretch that ends
    /// now loses nothing that is still to come. The first page is read at once, so that a database that does not answer
    /// is no broken export.
    pub(super) async fn begin(
        export: Export,
        request: Parts,
        asked: Asked,
        site: &Site,
        query: SessionQuery,
    ) -> Result<Self, Unavailable> {
        let sort = Sort { key: SortKey::Start, ascending: true };
        let viewer_checked_at = export.clock.now_ms();
        let progress = asked.ticket.map(|ticket| export.tickets.begin(site.id, ticket));
        if let Some(progress) = &progress {
            progress.counted(export.services.sessions.overview(&query).await?.summary.sessions);
        }
        let mut walk = Self {
            export,
            request,
            asked,
            site: site.id,
            zone: Zone::named(site),
            next: Some(SessionQuery { cursor: Cursor::Top, sort, ..query }),
            waiting: VecDeque::new(),
            written: 0,
            progress,
            stage: Stage::Head,
            viewer_checked_at,
        };
        walk.read_page().await?;
        Ok(walk)
    }

    /// The next part of the text, `None` after the last line. No part is empty: that would be taken for the end.
    pub(super) async fn next(&mut self) -> Result<Option<String>, Cut> {
        loop {
            match self.step().await? {
                Some(part) if part.is_empty() => {}
                part => return Ok(part),
            }
        }
    }

    async fn step(&mut self) -> Result<Option<String>, Cut> {
        let Asked { format, rows, .. } = self.asked;
        match self.stage {
            Stage::Head => {
                self.stage = Stage::Rows;
                Ok(Some(format.head(rows.columns())))
            }
            Stage::Rows => {
                self.check().await?;
                if self.waiting.is_empty() {
                    self.read_page().await?;
                }
                if self.waiting.is_empty() {
                    self.stage = Stage::Over;
                    return Ok(Some(format.end(self.written)));
                }
                self.write_some().await.map(Some)
            }
            Stage::Over => {
                if let Some(progress) = &self.progress {
                    progress.done();
                }
                Ok(None)
            }
        }
    }

    /// Whether it may go on.
    async fn check(&mut self) -> Result<(), Cut> {
        if self.export.shutdown.is_cancelled() {
            return Err(Cut::Stopping);
        }
        let now_ms = self.export.clock.now_ms();
        // In either direction: a clock that was set back must not keep an export going.
        if now_ms.abs_diff(self.viewer_checked_at) >= CHECK_VIEWER_MS {
            self.viewer_checked_at = now_ms;
            if self.export.services.accounts.viewer(&self.request).await.is_none() {
                return Err(Cut::SignedOut);
            }
        }
        Ok(())
    }

    /// Reads pages until there is a session or no page is left.
    async fn read_page(&mut self) -> Result<(), Unavailable> {
        while self.waiting.is_empty() {
            let Some(query) = self.next.take() else { return Ok(()) };
            let page = self.export.services.sessions.list(&query).await?;
            self.waiting.extend(page.sessions);
            self.next = page.below;
        }
        Ok(())
    }

    /// Writes some of the sessions that wait.
    async fn write_some(&mut self) -> Result<String, Cut> {
        let mut out = String::new();
        let waited = self.waiting.len();
        match self.asked.rows {
            Rows::Sessions => {
                let sessions: Vec<Session> = self.waiting.drain(..).collect();
                let origins = contents::origins(&self.export.db, self.site, &sessions).await;
                let mut origins = origins.map_err(unavailable("the origins of an export"))?;
                for session in sessions {
                    let origin = origins.remove(&session.id.0).unwrap_or_default();
                    self.write(&mut out, &columns::session(&session, origin))?;
                }
            }
            Rows::Events => {
                let sessions = self.take_some();
                let now_ms = self.export.clock.now_ms();
                let timelines = contents::timelines(&self.export.db, self.site, &sessions, self.zone, now_ms).await;
                let timelines = timelines.map_err(unavailable("the events of an export"))?;
                for (session, timeline) in sessions.iter().zip(timelines) {
                    for item in timeline {
                        let TimelineItem::Page(page) = item else { continue };
                        self.write(&mut out, &columns::page_view(session, &page))?;
                        for event in &page.events {
                            self.write(&mut out, &columns::event(session, &page, event))?;
                        }
                    }
                }
            }
        }
        if let Some(progress) = &self.progress {
            progress.wrote(waited.saturating_sub(self.waiting.len()));
        }
        Ok(out)
    }

    fn write(&mut self, out: &mut String, cells: &[Cell]) -> Result<(), Cut> {
        let Asked { format, rows, .. } = self.asked;
        format.row(out, rows.columns(), cells).map_err(|error| {
            tracing::error!(%error, "a row of an export could not be written");
            Cut::Unavailable
        })?;
        self.written += 1;
        Ok(())
    }

    /// As many sessions as are read together, one at least.
    fn take_some(&mut self) -> Vec<Session> {
        let (mut taken, mut weight) = (Vec::new(), 0_u32);
        while let Some(session) = self.waiting.front() {
            weight = weight.saturating_add(session.pages).saturating_add(session.events);
            if weight > AT_ONCE && !taken.is_empty() {
                break;
            }
            taken.extend(self.waiting.pop_front());
        }
        taken
    }
}
