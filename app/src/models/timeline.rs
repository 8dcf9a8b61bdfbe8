//! One session, page by page.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    event::{EventKind, Props},
    event_text,
    ids::{EventId, PageViewId},
    reference::ReferenceCode,
    session::Session,
    site::Site,
    source::{Arrival, Campaign},
    span::Spans,
    time::LocalTime,
};

/// A pause between two pages, or idle and hidden time within one, is worth a line from this length on.
pub const GAP_FROM_MS: u64 = 30_000;

/// Who follows a link to another site is gone within so many milliseconds; one that opens a tab of its own leaves the page
/// where it was.
const GONE_WITHIN_MS: u64 = 5_000;

/// Everything that is known of one session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionDetail {
    /// The server's clock when it answered, in milliseconds since the epoch.
    pub now_ms: i64,
    /// The site that it happened on.
    pub site: Site,
    /// The facts of the list.
    pub session: Session,
    /// The host that linked to the first page, and its path where the site allows that.
    pub referrer: Option<String>,
    /// The campaign of the first page.
    pub campaign: Campaign,
    /// The codes that its visitor was shown.
    pub references: Vec<ReferenceCode>,
    /// When it is going to be deleted, in milliseconds since the epoch; `None` if it stays.
    pub deletes_at_ms: Option<i64>,
    /// What happened, in order.
    pub timeline: Vec<TimelineItem>,
}

impl SessionDetail {
    /// The page views, in order.
    pub fn pages(&self) -> impl Iterator<Item = &TimelinePage> {
        self.timeline.iter().filter_map(|item| match item {
            TimelineItem::Page(page) => Some(page.as_ref()),
            TimelineItem::Gap { .. } => None,
        })
    }

    /// The events, page view by page view.
    pub fn events(&self) -> impl Iterator<Item = &TimelineEvent> {
        self.pages().flat_map(|page| &page.events)
    }
}

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TimelineItem {
    /// A page view with what happened on it.
    Page(Box<TimelinePage>),
    /// Nothing for a while between two pages.
    Gap {
        /// How long, in milliseconds.
        ms: u64,
    },
}

/// Why a page view has no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unmeasured {
    /// The page is open and has not reported yet.
    NotYet,
    /// The browser left without a word.
    LeftWithoutAWord,
}

/// The time of a page view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageTime {
    /// `active ≤ visible ≤ open`, all in milliseconds.
    Measured {
        /// From the beginning to the last report.
        open_ms: u64,
        /// In the foreground.
        visible_ms: u64,
        /// In the foreground with a sign of life within the idle limit.
        active_ms: u64,
    },
    /// There is none.
    NotMeasured(Unmeasured),
}

impl PageTime {
    /// Open time, if it was measured.
    pub fn open_ms(self) -> Option<u64> {
        match self {
            Self::Measured { open_ms, .. } => Some(open_ms),
            Self::NotMeasured(_) => None,
        }
    }
}

/// What is usual for a page: what its views in the closed sessions of the last 28 days come to, machines left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usual {
    /// How many views that were, of those whose time was measured.
    pub views: u32,
    /// Half of them were active for this long at the most, in milliseconds; up to 1 % too high.
    pub median_active_ms: u64,
}

impl Usual {
    /// From how many views on the median says something. Ours: of fewer, the next few would change it.
    pub const LEAST_VIEWS: u32 = 30;
}

/// What a page view was doing when it was heard of last.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::AsRefStr, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PageState {
    /// In the foreground.
    Shown,
    /// In the background.
    Hidden,
    /// Left for another page, or closed.
    Left,
}

/// A page view in the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelinePage {
    /// Its id.
    pub id: PageViewId,
    /// Its place among the session's page views, from 1.
    pub number: u32,
    /// The number of the first view of the same path, when this is a return.
    pub returns_to: Option<u32>,
    /// When it began.
    pub at: LocalTime,
    /// The host, as several can belong to one site.
    pub host: String,
    /// The path.
    pub path: String,
    /// The document's title.
    pub title: Option<String>,
    /// Its time.
    pub time: PageTime,
    /// What is usual for its path; `None` while too little is known of that.
    pub usual: Option<Usual>,
    /// Its active, idle and hidden stretches.
    pub spans: Spans,
    /// How far down it was seen, in percent of its height; `None` if that was not measured.
    pub scroll: Option<u8>,
    /// What it was doing when it was heard of last.
    pub state: PageState,
    /// Where it was reached from, when that is not the page before: a later referrer or campaign.
    pub arrived_from: Option<Arrival>,
    /// What happened on it, in order.
    #[serde(with = "event_text")]
    pub events: Vec<TimelineEvent>,
}

/// An event in the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEvent {
    /// Its id; `None` where it came over the wire: a page has no use for it.
    pub id: Option<EventId>,
    /// Its place among the session's events in time, from 1.
    pub number: u32,
    /// When it happened.
    pub at: LocalTime,
    /// Milliseconds since its page view began.
    pub offset_ms: u64,
    /// What it was.
    pub kind: EventKind,
    /// The button's or link's text, the form's name, the custom event's name.
    pub name: Option<String>,
    /// Where a link leads.
    pub target: Option<String>,
    /// The properties of a custom event.
    pub props: Props,
}

impl TimelinePage {
    /// The id of its place in the document: `page-3`.
    pub fn anchor(&self) -> String {
        page_anchor(self.number)
    }

    /// When it was last known of, by a report of its time or by an event, in milliseconds since the epoch.
    pub fn last_known_ms(&self) -> i64 {
        let last_event = self.events.iter().map(|event| event.offset_ms).max().unwrap_or_default();
        let open = self.time.open_ms().unwrap_or_default();
        self.at.ms.saturating_add(i64::try_from(open.max(last_event)).unwrap_or(i64::MAX))
    }

    /// The link to another site that it was left through, if that was the last thing that happened on it.
    pub fn left_through(&self) -> Option<&TimelineEvent> {
        let link = self.events.last().filter(|event| event.kind == EventKind::Outbound)?;
        let is_gone = |open_ms: u64| open_ms.saturating_sub(link.offset_ms) <= GONE_WITHIN_MS;
        self.time.open_ms().is_none_or(is_gone).then_some(link)
    }
}

/// The id of the place of the page view with this number: `page-3`.
pub fn page_anchor(number: u32) -> String {
    format!("page-{number}")
}

impl TimelineEvent {
    /// What it goes by: what the site names by its name, everything else by its kind.
    pub fn called(&self) -> &str {
        let named = self.name.as_deref().filter(|_| self.kind == EventKind::Custom);
        named.unwrap_or(self.kind.as_ref())
    }

    /// Whether it is one that the site names itself, and goes by this name.
    pub fn is_own(&self, name: &str) -> bool {
        self.kind == EventKind::Custom && self.called() == name
    }

    /// The id of its place in the document: `event-12`.
    pub fn anchor(&self) -> String {
        format!("event-{}", self.number)
    }
}

/// Which comes first of events of the same millisecond: what the visitor did, then what that sent, then what the page made
/// of it, then what shows that it went wrong.
fn turn(kind: EventKind) -> u8 {
    match kind {
        EventKind::Form => 1,
        EventKind::Custom => 2,
        kind if kind.is_friction() => 3,
        _ => 0,
    }
}

/// Puts page views in order of their start and gives them numbers, returns and the gaps between them, and their events
/// numbers.
pub fn arrange(mut pages: Vec<TimelinePage>) -> Vec<TimelineItem> {
    pages.sort_by_key(|page| (page.at.ms, page.id));
    for page in &mut pages {
        page.events.sort_by_key(|event| (event.offset_ms, turn(event.kind), event.id));
    }
    number_events(&mut pages);
    let mut first_seen: HashMap<String, u32> = HashMap::new();
    let mut items = Vec::with_capacity(pages.len());
    let mut busy_until: Option<i64> = None;
    for (number, mut page) in (1u32..).zip(pages) {
        page.number = number;
        let first = *first_seen.entry(page.path.clone()).or_insert(number);
        page.returns_to = (first != number).then_some(first);
        if let Some(gap) =
            busy_until.and_then(|until| u64::try_from(page.at.ms - until).ok()).filter(|&ms| ms >= GAP_FROM_MS)
        {
            items.push(TimelineItem::Gap { ms: gap });
        }
        let end = page.last_known_ms();
        busy_until = Some(busy_until.map_or(end, |until| until.max(end)));
        items.push(TimelineItem::Page(Box::new(page)));
    }
    items
}

/// In time over all page views: two tabs take turns.
fn number_events(pages: &mut [TimelinePage]) {
    let mut events: Vec<&mut TimelineEvent> = pages.iter_mut().flat_map(|page| &mut page.events).collect();
    events.sort_by_key(|event| event.at.ms);
    for (number, event) in (1..).zip(events) {
        event.number = number;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::samples::click;

    fn page(id: u128, at_s: i64, open_s: u64, path: &str) -> TimelinePage {
        let ms = open_s * 1000;
        TimelinePage {
            id: PageViewId(Uuid::from_u128(id)),
            number: 0,
            returns_to: None,
            at: LocalTime { ms: at_s * 1000, offset_s: 0 },
            host: "shop.example".into(),
            path: path.into(),
            title: None,
            time: PageTime::Measured { open_ms: ms, visible_ms: ms, active_ms: ms },
            usual: None,
            spans: Spans::default(),
            scroll: None,
            state: PageState::Left,
            arrived_from: None,
            events: vec![],
        }
    }

    #[test]
    fn a_visitor_who_goes_home_and_back_returns_to_the_first_view() {
        let items = arrange(vec![page(3, 20, 5, "/pricing"), page(1, 0, 10, "/pricing"), page(2, 10, 10, "/")]);
        let numbers: Vec<_> = items
            .iter()
            .filter_map(|item| match item {
                TimelineItem::Page(page) => Some((page.number, page.path.as_str(), page.returns_to)),
                TimelineItem::Gap { .. } => None,
            })
            .collect();
        assert_eq!(numbers, [(1, "/pricing", None), (2, "/", None), (3, "/pricing", Some(1))]);
    }

    #[test]
    fn a_click_comes_before_what_it_sets_off_in_the_same_millisecond() {
        let event = |kind, id| TimelineEvent { kind, id: Some(EventId(Uuid::from_u128(id))), ..click(700) };
        let events = vec![event(EventKind::RageClick, 1), event(EventKind::Custom, 2), event(EventKind::Click, 3)];
        let items = arrange(vec![TimelinePage { events, ..page(1, 0, 10, "/") }]);
        let [TimelineItem::Page(page)] = &items[..] else { panic!("one page") };
        assert_eq!(
            page.events.iter().map(|event| event.kind).collect::<Vec<_>>(),
            [EventKind::Click, EventKind::Custom, EventKind::RageClick]
        );
    }

    #[test]
    fn events_of_two_tabs_are_numbered_in_time() {
        let event = |id, at_s: i64| TimelineEvent {
            id: Some(EventId(Uuid::from_u128(id))),
            at: LocalTime { ms: at_s * 1000, offset_s: 0 },
            ..click(0)
        };
        let one = TimelinePage { events: vec![event(1, 3), event(2, 9)], ..page(1, 0, 20, "/") };
        let other = TimelinePage { events: vec![event(3, 5)], ..page(2, 4, 20, "/a") };
        let items = arrange(vec![one, other]);
        let numbers: Vec<Vec<u32>> = items
            .iter()
            .filter_map(|item| match item {
                TimelineItem::Page(page) => Some(page.events.iter().map(|event| event.number).collect()),
                TimelineItem::Gap { .. } => None,
            })
            .collect();
        assert_eq!(numbers, [vec![1, 3], vec![2]]);
    }

    #[test]
    fn three_minutes_away_are_a_gap_and_ten_seconds_are_not() {
        let items = arrange(vec![page(1, 0, 10, "/"), page(2, 20, 10, "/a"), page(3, 210, 5, "/b")]);
        let gaps: Vec<_> = items.iter().filter(|item| matches!(item, TimelineItem::Gap { .. })).collect();
        assert_eq!(gaps, [&TimelineItem::Gap { ms: 180_000 }]);
    }
}
