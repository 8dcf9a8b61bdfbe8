//! A session's row as the list shows it, and the small conversions that every row needs.

use app::models::{
    event::EventKind,
    ids::{SessionId, SiteId},
    session::{Device, Session},
    sign::{self, Sign, SignKind},
    source::{Channel, Source},
    span::{Span, Spans},
    strip::Strip,
};
use uuid::Uuid;

use super::{Figures, Outstanding, Rules, oddity, state::state};
use crate::store::entities::session;

/// The session, with the strip that was drawn for it.
pub(crate) fn session(row: session::Model, strip: Strip, rules: Rules, now_ms: i64) -> Session {
    let signs = signs(&row, rules.outstanding);
    Session {
        site: SiteId(row.site),
        id: SessionId(row.id),
        changed_ms: row.changed_at,
        started: rules.zone.local(row.started_at),
        state: state(&row, rules.limits, now_ms),
        country: row.country.as_deref().and_then(|code| {
            code.parse().map_or_else(|_| oddity::replaced(None, "the country of a session", row.id), Some)
        }),
        device: oddity::listed(&row.device, Device::Unknown, "the device of a session", row.id),
        source: source(&row.channel, row.source, row.id),
        os: row.os,
        browser: row.browser,
        entry: row.entry,
        last_page: row.last_page,
        pages: count(row.pages),
        events: count(row.events),
        clicks: count(row.clicks),
        duration_ms: length(row.duration_ms),
        active_ms: row.active_ms.map(length),
        unmeasured_pages: count(row.unmeasured_pages),
        overlapping: row.overlapping,
        signs,
        bot: row.bot,
        strip,
    }
}

/// Stored are those that the writer works out; others stand in columns of their own, or compare it with other sessions.
fn signs(row: &session::Model, outstanding: Outstanding) -> Vec<Sign> {
    let plain = |kind| Sign { kind, figure: 0 };
    let mut signs = row.signs.as_deref().map(sign::read).unwrap_or_default();
    signs.extend(row.bot.is_some().then(|| plain(SignKind::Machine)));
    signs.extend(row.overlapping.then(|| plain(SignKind::Overlapping)));
    signs.extend(outstanding.signs(figures(row)));
    signs.sort_unstable();
    signs
}

/// What of a session is compared with others. Of one that is perhaps several people's, and of one that nothing was measured
/// of, the duration is not.
pub(crate) fn figures(row: &session::Model) -> Figures {
    let is_known = !row.overlapping && (row.active_ms.is_some() || row.duration_ms > 0);
    Figures {
        duration_ms: is_known.then(|| length(row.duration_ms)),
        pages: count(row.pages).into(),
        events: count(row.events).into(),
        is_machine: row.bot.is_some(),
    }
}

/// The source of the session or page view with this id. Its name stays, whatever has become of its kind.
pub(crate) fn source(channel: &str, name: String, id: Uuid) -> Source {
    let channel = oddity::listed(channel, Channel::Direct, "the channel of a source", id);
    Source { channel, name: if channel == Channel::Referral { host(name) } else { name } }
}

/// A host in its own script: stored is the form that browsers say.
pub(crate) fn host(stored: String) -> String {
    if stored.contains("xn--") { idna::domain_to_unicode(&stored).0 } else { stored }
}

/// The kind of the event with this id. A kind that a newer version stored is shown as one that the site named.
pub(crate) fn event_kind(kind: &str, id: Uuid) -> EventKind {
    oddity::listed(kind, EventKind::Custom, "the kind of an event", id)
}

/// The stretches of the page view with this id. They are checked again: every view relies on their order.
pub(crate) fn spans(json: Option<&str>, open_ms: Option<u64>, id: Uuid) -> Spans {
    let raw: Vec<Span> = oddity::json(json, "the spans of a page view", id);
    Spans::tidy(raw, open_ms.unwrap_or_default())
}

/// A stored length of time or distance in it. Lengths below zero do not exist; a damaged one is none.
pub(crate) fn length(ms: i64) -> u64 {
    u64::try_from(ms).unwrap_or_default()
}

fn count(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_shown_in_its_own_script() {
        assert_eq!(host("xn--bcher-kva.example".into()), "bücher.example");
        assert_eq!(host("shop.example".into()), "shop.example");
        let referral = source("referral", "xn--bcher-kva.example".into(), Uuid::nil());
        assert_eq!(referral.name, "bücher.example");
        assert_eq!(source("campaign", "xn--not-a-host".into(), Uuid::nil()).name, "xn--not-a-host");
    }
}
