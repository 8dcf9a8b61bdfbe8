//! What the rows of an export have in their columns. Names and their order are kept, as people's tables rely on them:
//! a new column goes to the end.

use app::models::{
    event::Props,
    session::{Session, SessionState},
    sign,
    time::LocalTime,
    timeline::{TimelineEvent, TimelinePage},
};
use chrono::{DateTime, FixedOffset, SecondsFormat};

use super::cell::Cell;

/// The columns of a session.
pub(super) const SESSION: [&str; 22] = [
    "id",
    "site",
    "started",
    "state",
    "country",
    "device",
    "os",
    "browser",
    "channel",
    "source",
    "referrer",
    "campaign",
    "entry",
    "exit",
    "pages",
    "events",
    "clicks",
    "duration_ms",
    "active_ms",
    "unmeasured_pages",
    "signs",
    "bot",
];

/// The columns of what happened in a session.
pub(super) const EVENT: [&str; 14] = [
    "session", "started", "country", "device", "os", "browser", "source", "path", "host", "kind", "at", "name",
    "target", "props",
];

/// What a session's row knows and the list does not show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    /// The host that linked to the first page.
    pub(super) referrer: Option<String>,
    /// The name of its campaign.
    pub(super) campaign: Option<String>,
}

/// A session as a row.
pub(super) fn session(session: &Session, origin: Origin) -> [Cell; SESSION.len()] {
    [
        session.id.to_string().into(),
        Cell::Number(u64::from(session.site.0.unsigned_abs())),
        rfc3339(session.started).into(),
        state(session.state).into(),
        country(session),
        session.device.to_string().into(),
        session.os.clone().into(),
        session.browser.clone().into(),
        session.source.channel.to_string().into(),
        session.source.name.clone().into(),
        origin.referrer.into(),
        origin.campaign.into(),
        session.entry.clone().into(),
        session.last_page.clone().into(),
        session.pages.into(),
        session.events.into(),
        session.clicks.into(),
        session.known_duration_ms().into(),
        session.active_ms.into(),
        session.unmeasured_pages.into(),
        sign::stored(&session.signs).into(),
        session.bot.clone().into(),
    ]
}

/// A page view as a row: its name is the page's title.
pub(super) fn page_view(session: &Session, page: &TimelinePage) -> [Cell; EVENT.len()] {
    happened(
        session,
        page,
        What { kind: "page_view", at: page.at, name: page.title.as_ref(), target: None, props: None },
    )
}

/// An event as a row.
pub(super) fn event(session: &Session, page: &TimelinePage, event: &TimelineEvent) -> [Cell; EVENT.len()] {
    let TimelineEvent { at, kind, name, target, props, .. } = event;
    let props = Some(props).filter(|props| !props.is_empty());
    happened(session, page, What { kind: kind.as_ref(), at: *at, name: name.as_ref(), target: target.as_ref(), props })
}

/// Something that happened on a page.
struct What<'a> {
    kind: &'a str,
    at: LocalTime,
    name: Option<&'a String>,
    target: Option<&'a String>,
    props: Option<&'a Props>,
}

fn happened(session: &Session, page: &TimelinePage, what: What<'_>) -> [Cell; EVENT.len()] {
    [
        session.id.to_string().into(),
        rfc3339(session.started).into(),
        country(session),
        session.device.to_string().into(),
        session.os.clone().into(),
        session.browser.clone().into(),
        session.source.name.clone().into(),
        page.path.clone().into(),
        page.host.clone().into(),
        what.kind.into(),
        rfc3339(what.at).into(),
        what.name.cloned().into(),
        what.target.cloned().into(),
        // They came out of JSON.
        what.props.and_then(|props| serde_json::to_value(props).ok()).map_or(Cell::Nothing, Cell::Json),
    ]
}

fn country(session: &Session) -> Cell {
    session.country.map(|country| country.code()).into()
}

fn state(state: SessionState) -> &'static str {
    match state {
        SessionState::Now => "now",
        SessionState::Open => "open",
        SessionState::Closed => "closed",
    }
}

/// A moment as programs read it, with the offset of the site's time zone. What no calendar reaches is left as it is.
pub(super) fn rfc3339(at: LocalTime) -> String {
    let moment = DateTime::from_timestamp_millis(at.ms).zip(FixedOffset::east_opt(at.offset_s));
    match moment {
        Some((utc, offset)) => utc.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Millis, false),
        None => at.ms.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::berlin(1_774_000_800_123, 3600, "2026-03-20T11:00:00.123+01:00")]
    #[case::utc(1_774_000_800_000, 0, "2026-03-20T10:00:00.000+00:00")]
    #[case::nepal(1_774_000_800_000, 20_700, "2026-03-20T15:45:00.000+05:45")]
    #[case::beyond_the_calendar(i64::MAX, 0, "9223372036854775807")]
    fn moments(#[case] ms: i64, #[case] offset_s: i32, #[case] expected: &str) {
        assert_eq!(rfc3339(LocalTime { ms, offset_s }), expected);
    }
}
