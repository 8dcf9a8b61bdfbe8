//! Sessions that the tests of this folder look at.

use crate::models::{
    event::EventKind,
    ids::SiteId,
    query::{Machines, SessionQuery},
    samples::{detail, event, page, session},
    session::{Device, Session},
    sign::{Sign, SignKind},
    source::{Campaign, Channel, Source},
    timeline::{SessionDetail, TimelinePage},
};

pub(super) const NINE: u16 = 9 * 60;

pub(super) fn sign(kind: SignKind) -> Sign {
    Sign { kind, figure: 1 }
}

/// A session that has something of everything.
pub(super) fn shopper() -> SessionDetail {
    let session = Session {
        source: Source { channel: Channel::Search, name: "Google".into() },
        country: "DE".parse().ok(),
        device: Device::Phone,
        os: Some("iOS".into()),
        browser: Some("Safari".into()),
        entry: "/".into(),
        last_page: "/lamps".into(),
        pages: 3,
        events: 6,
        clicks: 3,
        signs: vec![sign(SignKind::RageClick), sign(SignKind::Machine)],
        bot: Some("headless browser".into()),
        ..session(0x7a3c)
    };
    let home = page("/", vec![event(EventKind::Click, "Lamps", "/lamps"), event(EventKind::Form, "Search", "/find")]);
    let lamps = page(
        "/lamps",
        vec![
            event(EventKind::Outbound, "Maker", "https://maker.example/oak"),
            event(EventKind::Custom, "Basket filled", ""),
            event(EventKind::Custom, "", ""),
            event(EventKind::RageClick, "Pay", ""),
        ],
    );
    let lamps = TimelinePage { host: "www.shop.example".into(), title: Some("Oak Lamps".into()), ..lamps };
    let campaign = Campaign { name: Some("autumn".into()), medium: Some("cpc".into()), ..Campaign::default() };
    SessionDetail { campaign, ..detail(session, vec![home, lamps.clone(), lamps]) }
}

/// A session of which next to nothing is known.
pub(super) fn nobody() -> SessionDetail {
    detail(Session { active_ms: None, duration_ms: 0, ..session(1) }, vec![])
}

pub(super) fn query() -> SessionQuery {
    SessionQuery { machines: Machines::Shown, ..SessionQuery::newest(SiteId(1)) }
}
