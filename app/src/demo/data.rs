//! The sessions themselves.

use std::sync::atomic::{AtomicU64, Ordering};

use super::script::{Stay, Visitor, play, source, stay};
use crate::models::{
    event::{EventKind as E, PropValue},
    reference::ReferenceCode,
    session::{Device, SessionState},
    sign::{Sign, SignKind},
    source::{Campaign, Channel},
    timeline::SessionDetail,
};

/// 24 November 2026, 14:05 in Berlin: canned data has a canned clock.
const NOON_MS: i64 = 1_795_525_500_000;
const MINUTE_MS: i64 = 60_000;

/// Seconds that have passed since the demo was opened.
static PASSED_S: AtomicU64 = AtomicU64::new(0);

/// Lets time pass.
pub(super) fn go_on(seconds: u64) {
    PASSED_S.fetch_add(seconds, Ordering::Relaxed);
}

/// The demo's clock, in milliseconds since the epoch.
pub(super) fn now_ms() -> i64 {
    NOON_MS + i64::try_from(PASSED_S.load(Ordering::Relaxed) * 1000).unwrap_or_default()
}

/// Every session, newest first.
pub(super) fn all() -> Vec<SessionDetail> {
    vec![
        going_on(),
        hidden(),
        shopper(),
        glance(),
        several(),
        robot(),
        unmeasured(),
        hostile(),
        researcher(),
        resumed(),
        errors(),
        television(),
        campaign(),
        advertised(),
        plain(),
    ]
}

fn visitor(
    country: &'static str,
    device: Device,
    os: &'static str,
    browser: &'static str,
    channel: Channel,
    name: &str,
) -> Visitor {
    Visitor { country, device, os, browser, source: source(channel, name) }
}

fn closed(minutes_ago: i64, visitor: Visitor, stays: Vec<Stay>) -> SessionDetail {
    play(NOON_MS - minutes_ago * MINUTE_MS, NOON_MS, SessionState::Closed, visitor, stays)
}

/// With a sign that its events alone do not say.
fn with_sign(mut detail: SessionDetail, kind: SignKind, figure: u32) -> SessionDetail {
    detail.session.signs.push(Sign { kind, figure });
    detail.session.signs.sort_unstable();
    detail
}

fn going_on() -> SessionDetail {
    let passed = PASSED_S.load(Ordering::Relaxed);
    let who = visitor("DE", Device::Phone, "iOS", "Safari", Channel::Search, "Google");
    let stays = vec![
        stay(0, "/", "Shop", &[('a', 22)]).on(190, E::Click, "See plans", "/pricing"),
        stay(22, "/pricing", "Plans and prices", &[('a', 30), ('i', 12), ('a', 25 + passed)]).on(
            410,
            E::Click,
            "Monthly",
            "",
        ),
    ];
    play(NOON_MS - 2 * MINUTE_MS, now_ms(), SessionState::Now, who, stays)
}

fn hidden() -> SessionDetail {
    let who = visitor("FR", Device::Desktop, "Windows", "Edge", Channel::Direct, "Direct");
    let stays = vec![stay(0, "/docs/getting-started", "Getting started", &[('a', 95), ('i', 40), ('h', 200)]).on(
        700,
        E::Click,
        "Copy",
        "",
    )];
    play(NOON_MS - 7 * MINUTE_MS, NOON_MS - MINUTE_MS, SessionState::Open, who, stays)
}

fn shopper() -> SessionDetail {
    let who = visitor("DE", Device::Phone, "iOS", "Safari", Channel::Search, "Google");
    closed(
        48,
        who,
        vec![
            stay(0, "/", "Shop", &[('a', 38), ('i', 3)]).seen_to(100).on(120, E::Click, "See plans", "/pricing"),
            stay(41, "/pricing", "Plans and prices", &[('a', 30), ('i', 35), ('a', 37)])
                .seen_to(64)
                .on(250, E::DeadClick, "What is included?", "")
                .on(880, E::Custom, "plan_selected", "")
                .with(&[
                    ("plan", PropValue::Text("team".into())),
                    ("seats", PropValue::Number(5.0)),
                    ("yearly", PropValue::Bool(true)),
                ]),
            stay(143, "/checkout", "Checkout", &[('a', 40), ('h', 34), ('a', 20)]).on(62, E::FormStart, "payment", ""),
            stay(237, "/pricing", "Plans and prices", &[('a', 9)]).on(80, E::QuickBack, "", "/checkout"),
            stay(426, "/checkout", "Checkout", &[('a', 22)])
                .from(Channel::Email, "Newsletter")
                .on(60, E::RageClick, "Pay", "")
                .on(180, E::Form, "payment", ""),
            stay(448, "/thanks", "Thank you", &[('a', 12)])
                .on(40, E::Download, "Invoice", "https://shop.example/invoice.pdf")
                .on(90, E::Outbound, "Follow us", "https://social.example/shop"),
        ],
    )
}

fn glance() -> SessionDetail {
    closed(
        55,
        visitor("FR", Device::Desktop, "Windows", "Edge", Channel::Direct, "Direct"),
        vec![stay(0, "/pricing", "Plans and prices", &[('a', 8)])],
    )
}

fn several() -> SessionDetail {
    let who = visitor("US", Device::Desktop, "macOS", "Chrome", Channel::Referral, "news.example");
    let mut detail = closed(
        70,
        who,
        vec![
            stay(0, "/blog/how-we-measure", "How we measure", &[('a', 120), ('i', 20), ('a', 60)]).seen_to(92),
            stay(35, "/", "Shop", &[('a', 50)]).on(300, E::Click, "Blog", "/blog"),
            stay(85, "/blog", "Blog", &[('a', 30), ('h', 400)]),
            stay(200, "/signup", "Sign up", &[('a', 60)]).on(450, E::Form, "signup", ""),
        ],
    );
    detail.session.overlapping = true;
    detail.referrer = Some("news.example/tools".into());
    with_sign(detail, SignKind::Overlapping, 0)
}

fn robot() -> SessionDetail {
    let who = visitor("US", Device::Desktop, "Linux", "Headless Chrome", Channel::Direct, "Direct");
    let paths = ["/", "/pricing", "/blog", "/about", "/docs", "/docs/api", "/terms", "/privacy", "/contact", "/jobs"];
    let stays = (0_u64..).zip(paths).map(|(at, path)| stay(at, path, "", &[('a', 1)])).collect();
    let mut detail = closed(84, who, stays);
    detail.session.bot = Some("headless browser".into());
    with_sign(detail, SignKind::Machine, 0)
}

fn unmeasured() -> SessionDetail {
    closed(
        96,
        visitor("BR", Device::Phone, "Android", "Samsung Internet", Channel::Social, "Mastodon"),
        vec![stay(0, "/blog/launch", "We launched", &[])],
    )
}

fn hostile() -> SessionDetail {
    let who = visitor("XX", Device::Unknown, "", "", Channel::Referral, "<img src=x onerror=alert(1)>");
    closed(120, who, vec![
        stay(0, "/search/<script>alert('x')</script>/a-path-that-goes-on-for-longer-than-anybody-would-believe-and-then-a-little-more", "\u{202e}title that runs backwards\u{202c} & \"quotes\"", &[('a', 14)])
            .on(30, E::Click, "\"><b onmouseover=alert(1)>bold</b>", "javascript:alert(document.cookie)")
            .on(60, E::Custom, "a_name_without_any_place_where_a_line_could_break_for_as_long_as_two_hundred_characters_are_allowed_to_be_in_a_name_of_a_custom_event", "")
            .with(&[("<b>key</b>", PropValue::Text("</dd><script>alert(1)</script>".into()))])
            .on(90, E::Outbound, "data", "data:text/html,<script>alert(1)</script>"),
    ])
}

fn researcher() -> SessionDetail {
    let who = visitor("GB", Device::Tablet, "iPadOS", "Safari", Channel::Assistant, "ChatGPT");
    let detail = closed(
        190,
        who,
        vec![
            stay(0, "/docs", "Documentation", &[('a', 240), ('i', 60), ('a', 100)]),
            stay(400, "/docs/api", "API", &[('a', 300), ('i', 45), ('h', 620), ('a', 200)]).on(
                2_000,
                E::Click,
                "Copy",
                "",
            ),
            stay(1_565, "/docs", "Documentation", &[('a', 40)]),
            stay(2_700, "/pricing", "Plans and prices", &[('a', 90), ('i', 300), ('a', 30)]).on(
                700,
                E::Click,
                "Yearly",
                "",
            ),
            stay(3_120, "/docs/limits", "Limits", &[('a', 480)]).on(
                4_000,
                E::Outbound,
                "Status page",
                "https://status.example",
            ),
        ],
    );
    with_sign(detail, SignKind::LongDuration, 3_600)
}

fn resumed() -> SessionDetail {
    let who = visitor("NL", Device::Desktop, "macOS", "Firefox", Channel::Resumed, "Resumed");
    closed(
        240,
        who,
        vec![
            stay(0, "/account", "Your account", &[('a', 75), ('i', 10)]),
            stay(85, "/account/invoices", "Invoices", &[]),
        ],
    )
}

fn errors() -> SessionDetail {
    let who = visitor("IN", Device::Phone, "Android", "Chrome", Channel::Search, "Bing");
    let mut detail = closed(
        300,
        who,
        vec![
            stay(0, "/old-page", "Not found", &[('a', 6)]).on(2, E::NotFound, "", ""),
            stay(6, "/", "Shop", &[('a', 33)]).on(20, E::Error, "TypeError: undefined is not a function", "").on(
                300,
                E::Click,
                "Contact",
                "/contact",
            ),
            stay(39, "/contact", "Contact", &[('a', 64)]).on(100, E::FormStart, "contact", "").on(
                600,
                E::RageClick,
                "Send",
                "",
            ),
        ],
    );
    detail.references = ReferenceCode::parse("K7F-3QX9").into_iter().collect();
    detail
}

fn television() -> SessionDetail {
    closed(
        1_700,
        visitor("JP", Device::Other, "Tizen", "Samsung Browser", Channel::Direct, "Direct"),
        vec![stay(0, "/", "Shop", &[('a', 30), ('i', 90)])],
    )
}

fn campaign() -> SessionDetail {
    let who = visitor("AT", Device::Desktop, "Windows", "Firefox", Channel::Campaign, "autumn");
    let mut detail = closed(
        1_900,
        who,
        vec![
            stay(0, "/offer", "Autumn offer", &[('a', 41)]).on(350, E::Click, "Take it", "/checkout"),
            stay(41, "/checkout", "Checkout", &[('a', 88)]).on(50, E::FormStart, "payment", "").on(
                860,
                E::Form,
                "payment",
                "",
            ),
        ],
    );
    detail.campaign = Campaign {
        source: Some("newsletter".into()),
        medium: Some("email".into()),
        name: Some("autumn".into()),
        term: None,
        content: Some("header".into()),
    };
    detail
}

fn advertised() -> SessionDetail {
    let who = visitor("DE", Device::Phone, "Android", "Chrome", Channel::Campaign, "google");
    let mut detail = closed(2_400, who, vec![stay(0, "/offer", "Autumn offer", &[('a', 4)]).seen_to(35)]);
    detail.campaign = Campaign {
        source: Some("google".into()),
        medium: Some("cpc".into()),
        name: Some("autumn".into()),
        ..Campaign::default()
    };
    detail
}

fn plain() -> SessionDetail {
    closed(
        520_000,
        visitor("CH", Device::Desktop, "Linux", "Firefox", Channel::Search, "DuckDuckGo"),
        vec![stay(0, "/", "Shop", &[('a', 15)]), stay(15, "/about", "About", &[('a', 44)])],
    )
}
