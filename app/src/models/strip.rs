//! The data of the strip: a session drawn in true time. The geometry is `components::chart::scale`'s.

use serde::Deserialize;

use super::{
    event::EventKind,
    span::Spans,
    time::LocalTime,
    timeline::{SessionDetail, TimelineEvent, TimelinePage},
};

/// The most events that a strip carries; a list of fifty sessions stays small. The smallest drawing has room for no more
/// than 38 on each side.
pub const MAX_MARKS: usize = 60;
/// The most page views that a strip carries.
pub const MAX_VIEWS: usize = 60;

/// A session's page views and events on one time axis. [`strip_text`](super::strip_text) says how it travels.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Strip {
    /// The page views in order of their start, the first [`MAX_VIEWS`].
    pub views: Vec<StripView>,
    /// The events in order while those were there. Of more than [`MAX_MARKS`] some, all over the strip; what went wrong
    /// goes first.
    pub marks: Vec<StripMark>,
}

/// A page view on the strip.
#[derive(Clone, Debug, PartialEq)]
pub struct StripView {
    /// The page's path; the same path has the same colour everywhere.
    pub path: String,
    /// Milliseconds since the session started.
    pub from_ms: u64,
    /// How long it was open, in milliseconds; `None` when nothing was reported.
    pub open_ms: Option<u64>,
    /// Its active, idle and hidden stretches.
    pub spans: Spans,
}

/// An event on the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StripMark {
    /// Milliseconds since the session started.
    pub at_ms: u64,
    /// What happened.
    pub kind: EventKind,
}

/// A session's strip that is cut nowhere, with what its views and marks stand for.
#[derive(Clone, Debug)]
pub struct WholeStrip<'a> {
    /// All page views and events.
    pub strip: Strip,
    /// The page view of each view, in the same order.
    pub pages: Vec<&'a TimelinePage>,
    /// The event of each mark, in the same order.
    pub events: Vec<&'a TimelineEvent>,
    /// When the strip begins.
    pub start: LocalTime,
}

impl<'a> WholeStrip<'a> {
    /// The strip of everything that is known of a session.
    pub fn of(detail: &'a SessionDetail) -> Self {
        let pages: Vec<_> = detail.pages().collect();
        let start = pages.first().map_or(detail.session.started, |page| page.at);
        let since = |at: LocalTime| u64::try_from(at.ms.saturating_sub(start.ms)).unwrap_or_default();
        let view = |page: &&TimelinePage| StripView {
            path: page.path.clone(),
            from_ms: since(page.at),
            open_ms: page.time.open_ms(),
            spans: page.spans.clone(),
        };
        let mut events: Vec<_> = detail.events().collect();
        events.sort_by_key(|event| (event.at.ms, event.number));
        let marks = events.iter().map(|event| StripMark { at_ms: since(event.at), kind: event.kind }).collect();
        Self { strip: Strip { views: pages.iter().map(view).collect(), marks }, pages, events, start }
    }

    /// The moment so many milliseconds after the start, by the clock of the page that had begun last: clocks are put
    /// forward and back within sessions too.
    pub fn moment(&self, ms: u64) -> LocalTime {
        let begun = self.strip.views.partition_point(|view| view.from_ms <= ms);
        let page = begun.checked_sub(1).and_then(|at| self.pages.get(at));
        LocalTime {
            ms: self.start.ms.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX)),
            offset_s: page.map_or(self.start.offset_s, |page| page.at.offset_s),
        }
    }

    /// How long after the start the last thing is that is known, in milliseconds. A page view that was not measured is
    /// drawn beyond it.
    pub fn known_until_ms(&self) -> u64 {
        let ends = self.strip.views.iter().map(|view| view.from_ms.saturating_add(view.open_ms.unwrap_or_default()));
        ends.chain(self.strip.marks.iter().map(|mark| mark.at_ms)).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        samples::{self, event, page},
        timeline::{PageTime, Unmeasured, arrange},
    };

    const SUMMER: i32 = 7_200;
    const WINTER: i32 = 3_600;

    fn at(s: i64, offset_s: i32) -> LocalTime {
        LocalTime { ms: s * 1000, offset_s }
    }

    /// Two tabs and the last hour of summer time between them: `/` with an event at 30 s, `/late` with one at 25 s, not
    /// measured.
    fn two_tabs() -> SessionDetail {
        let event = |s: i64, kind| TimelineEvent { at: at(s, SUMMER), ..event(kind, "", "") };
        let first = TimelinePage { at: at(1_000, SUMMER), ..page("/", vec![event(1_030, EventKind::Click)]) };
        let later = TimelinePage {
            at: at(1_020, WINTER),
            time: PageTime::NotMeasured(Unmeasured::LeftWithoutAWord),
            ..page("/late", vec![event(1_025, EventKind::Form)])
        };
        SessionDetail { timeline: arrange(vec![later, first]), ..samples::detail(samples::session(1), vec![]) }
    }

    #[test]
    fn views_and_marks_stand_beside_what_they_stand_for() {
        let detail = two_tabs();
        let whole = WholeStrip::of(&detail);
        let views: Vec<_> =
            whole.strip.views.iter().zip(&whole.pages).map(|(view, page)| (view.from_ms, page.path.as_str())).collect();
        let marks: Vec<_> =
            whole.strip.marks.iter().zip(&whole.events).map(|(mark, event)| (mark.at_ms, event.kind)).collect();
        assert_eq!(views, [(0, "/"), (20_000, "/late")]);
        assert_eq!(marks, [(25_000, EventKind::Form), (30_000, EventKind::Click)]);
    }

    #[test]
    fn a_moment_is_told_by_the_clock_of_its_time() {
        let detail = two_tabs();
        let whole = WholeStrip::of(&detail);
        assert_eq!([whole.moment(19_999), whole.moment(20_000)].map(|moment| moment.offset_s), [SUMMER, WINTER]);
        assert_eq!(whole.moment(20_000).ms, 1_020_000);
    }

    #[test]
    fn what_was_not_measured_is_not_known_to_have_lasted() {
        let mut detail = two_tabs();
        assert_eq!(WholeStrip::of(&detail).known_until_ms(), 60_000);
        detail.timeline.remove(0);
        assert_eq!(WholeStrip::of(&detail).known_until_ms(), 5_000);
    }
}
