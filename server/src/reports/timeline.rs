//! The rows of page views and events as the timeline shows them.

use std::collections::HashMap;

use app::models::{
    event::Props,
    ids::{EventId, PageViewId},
    session::{NOW_MS, Session, SessionState},
    source::{Arrival, Campaign, Channel},
    timeline::{PageState, PageTime, TimelineEvent, TimelineItem, TimelinePage, Unmeasured, arrange},
};
use uuid::Uuid;

use crate::store::{
    entities::{event, page_view},
    reading::{Zone, convert, oddity},
};

/// Everything that happened in the session, in order.
pub(super) fn items(
    session: &Session,
    views: Vec<page_view::Model>,
    events: Vec<event::Model>,
    zone: Zone,
    now_ms: i64,
) -> Vec<TimelineItem> {
    let first = views.iter().min_by_key(|view| (view.started_at, view.id));
    let first = first.map(|view| (view.id, campaign(view)));
    let mut happened_on: HashMap<Uuid, Vec<event::Model>> = HashMap::new();
    for event in events {
        happened_on.entry(event.page_view).or_default().push(event);
    }
    let page = |view: page_view::Model| {
        let arrived_from = first.as_ref().and_then(|first| arrived_from(&view, session, first));
        let events = happened_on.remove(&view.id).unwrap_or_default();
        let time = time(&view, session.state, now_ms);
        page(view, time, arrived_from, events, zone)
    };
    let items = arrange(views.into_iter().map(page).collect());
    for event in happened_on.into_values().flatten() {
        oddity::replaced((), "the page view of an event", event.id);
    }
    items
}

fn page(
    view: page_view::Model,
    time: PageTime,
    arrived_from: Option<Arrival>,
    events: Vec<event::Model>,
    zone: Zone,
) -> TimelinePage {
    TimelinePage {
        id: PageViewId(view.id),
        // Both are `arrange`'s: they follow from the order.
        number: 0,
        returns_to: None,
        at: zone.local(view.started_at),
        time,
        // No fact of the session: `usual` adds it for who looks at one.
        usual: None,
        spans: convert::spans(view.spans.as_deref(), time.open_ms(), view.id),
        state: oddity::listed(&view.state, PageState::Left, "the state of a page view", view.id),
        scroll: view.scroll.and_then(|percent| u8::try_from(percent.clamp(0, 100)).ok()),
        arrived_from,
        events: events.into_iter().map(|event| happened(event, view.started_at, zone)).collect(),
        host: view.host,
        path: view.path,
        title: view.title,
    }
}

fn happened(event: event::Model, page_started_at: i64, zone: Zone) -> TimelineEvent {
    let props: Props = oddity::json(event.props.as_deref(), "the properties of an event", event.id);
    TimelineEvent {
        id: Some(EventId(event.id)),
        // `arrange`'s: it follows from the order.
        number: 0,
        at: zone.local(page_started_at.saturating_add(event.offset_ms)),
        offset_ms: convert::length(event.offset_ms),
        kind: convert::event_kind(&event.kind, event.id),
        name: event.name,
        target: event.target,
        props,
    }
}

/// A later page view's own referrer or campaign. One that is the session's is no news: a reload of the first page view
/// repeats it.
fn arrived_from(
    view: &page_view::Model,
    session: &Session,
    (first, first_campaign): &(Uuid, Option<String>),
) -> Option<Arrival> {
    let source = convert::source(&view.channel, view.source.clone(), view.id);
    if view.id == *first || matches!(source.channel, Channel::Direct | Channel::Resumed) {
        return None;
    }
    let campaign = campaign(view);
    let is_news = source != session.source || (campaign.is_some() && campaign != *first_campaign);
    is_news.then_some(Arrival { source, campaign })
}

/// The name of a page view's campaign.
fn campaign(view: &page_view::Model) -> Option<String> {
    let campaign: Campaign = oddity::json(view.campaign.as_deref(), "the campaign of a page view", view.id);
    campaign.name
}

/// A page that is there reports within seconds. One that has said nothing for as long as a session counts as *now*
/// will not any more.
fn time(view: &page_view::Model, session: SessionState, now_ms: i64) -> PageTime {
    if let (Some(open), Some(visible), Some(active)) = (view.open_ms, view.visible_ms, view.active_ms) {
        return PageTime::Measured {
            open_ms: convert::length(open),
            visible_ms: convert::length(visible),
            active_ms: convert::length(active),
        };
    }
    let left = view.state.parse() == Ok(PageState::Left);
    let is_young = now_ms.saturating_sub(view.started_at) <= NOW_MS;
    let can_still_report = session != SessionState::Closed && !left && is_young;
    PageTime::NotMeasured(if can_still_report { Unmeasured::NotYet } else { Unmeasured::LeftWithoutAWord })
}
