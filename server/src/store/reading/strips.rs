//! The strips of the sessions on a page. Their lines are put in order here: the database would sort, and bring up, each of
//! the 1,000 page views that a session can have.

use std::collections::HashMap;

use app::models::{
    ids::SiteId,
    strip::{MAX_VIEWS, Strip, StripMark, StripView},
};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{convert, thin::thin};
use crate::store::{database, entities::session, lines::Lines};

/// Strips by session.
pub(crate) struct Strips(HashMap<Uuid, Drawing>);

struct Drawing {
    started_at: i64,
    strip: Strip,
    /// When the first page view began that the strip has no room for, in milliseconds since the session started.
    until_ms: Option<u64>,
}

impl Strips {
    /// Reads those of these sessions of one site.
    pub(crate) async fn read(
        db: &impl ConnectionTrait,
        site: SiteId,
        sessions: &[session::Model],
    ) -> Result<Self, DbErr> {
        let of = |row: &session::Model| {
            (row.id, Drawing { started_at: row.started_at, strip: Strip::default(), until_ms: None })
        };
        let mut strips = Self(sessions.iter().map(of).collect());
        for Lines { session, views, marks } in database::lines(db, site.0, sessions).await? {
            let Some(drawing) = strips.0.get_mut(&session) else { continue };
            if let Some(lines) = views {
                drawing.add_views(session, &lines);
            }
            if let Some(lines) = marks {
                drawing.add_marks(session, &lines);
            }
        }
        Ok(strips)
    }

    /// Takes the strip of a session out.
    pub(crate) fn take(&mut self, session: Uuid) -> Strip {
        self.0.remove(&session).map(|drawing| drawing.strip).unwrap_or_default()
    }
}

impl Drawing {
    fn add_views(&mut self, session: Uuid, lines: &str) {
        let since_start = |ms: i64| convert::length(ms.saturating_sub(self.started_at));
        let mut views: Vec<(i64, &str, &str, &str)> = lines
            .split('\n')
            .filter_map(|line| {
                // Only a path can have a space in it.
                let mut parts = line.splitn(4, ' ');
                let began = parts.next()?.parse().ok()?;
                let (open, spans, path) = (parts.next()?, parts.next()?, parts.next()?);
                Some((began, path, open, spans))
            })
            .collect();
        views.sort_unstable();
        let until_ms = views.get(MAX_VIEWS).map(|&(began, ..)| since_start(began));
        let view = |&(began, path, open, spans): &(i64, &str, &str, &str)| {
            let open_ms = open.parse().ok().map(convert::length);
            let spans = Some(spans).filter(|spans| !spans.is_empty());
            let spans = convert::spans(spans, open_ms, session);
            StripView { path: path.to_owned(), from_ms: since_start(began), open_ms, spans }
        };
        self.strip.views = views.iter().take(MAX_VIEWS).map(view).collect();
        self.until_ms = until_ms;
    }

    fn add_marks(&mut self, session: Uuid, lines: &str) {
        let mut marks: Vec<StripMark> = lines
            .split('\n')
            .filter_map(|line| {
                let (at, kind) = line.split_once(' ')?;
                let at: i64 = at.parse().ok()?;
                let at_ms = convert::length(at.saturating_sub(self.started_at));
                Some(StripMark { at_ms, kind: convert::event_kind(kind, session) })
            })
            // A mark beyond the page views would stand over nothing.
            .filter(|mark| self.until_ms.is_none_or(|until| mark.at_ms < until))
            .collect();
        marks.sort_unstable_by_key(|mark| (mark.at_ms, mark.kind));
        self.strip.marks = thin(marks);
    }
}
