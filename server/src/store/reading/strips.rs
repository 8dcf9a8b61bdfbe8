//! The strips of the sessions on a page. Their lines are put in order here: the database would sort, and bring up, each of
//! the 1,000 page views that a session can have.

use std::collections::HashMap;

use app::models::{
    ids::SiteId,
    strip::{MAX_VIEWS, Strip, StripMark, StripView},
};
use rayon::prelude::*;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{convert, thin::thin};
use crate::store::{database, entities::session, lines::Lines};

/// Strips by session.
pub(crate) struct Strips(HashMap<Uuid, Strip>);

impl Strips {
    /// Reads those of these sessions of one site.
    pub(crate) async fn read(
        db: &impl ConnectionTrait,
        site: SiteId,
        sessions: &[session::Model],
    ) -> Result<Self, DbErr> {
        let mut read: HashMap<Uuid, Vec<Lines>> = HashMap::new();
        for lines in database::lines(db, site.0, sessions).await? {
            read.entry(lines.session).or_default().push(lines);
        }
        // On all processors: a page of the longest sessions is thousands of lines.
        let draw = |row: &session::Model| Some((row.id, Drawing::of(row.started_at, read.get(&row.id)?)));
        Ok(Self(sessions.par_iter().filter_map(draw).collect()))
    }

    /// Takes the strip of a session out.
    pub(crate) fn take(&mut self, session: Uuid) -> Strip {
        self.0.remove(&session).unwrap_or_default()
    }
}

struct Drawing {
    started_at: i64,
    strip: Strip,
    /// When the first page view began that the strip has no room for, in milliseconds since the session started.
    until_ms: Option<u64>,
}

impl Drawing {
    /// Page views come before events.
    fn of(started_at: i64, read: &[Lines]) -> Strip {
        let mut drawing = Self { started_at, strip: Strip::default(), until_ms: None };
        for Lines { session, views, marks } in read {
            if let Some(lines) = views {
                drawing.add_views(*session, lines);
            }
            if let Some(lines) = marks {
                drawing.add_marks(*session, lines);
            }
        }
        drawing.strip
    }

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
