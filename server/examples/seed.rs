//! Fills a data folder with believable sessions of the first site, for measurements and for looking at long lists:
//! `cargo run -p server --example seed -- FOLDER [SESSIONS] [DAYS]`. The same numbers give the same sessions, the last
//! of them a moment ago. Rows go in directly, past the collector.

use std::path::PathBuf;

use anyhow::Context;
use app::models::{
    event::{EventKind, PropValue, Props},
    session::{Device, IDLE_LIMIT_MS},
    source::{Campaign, Channel},
    timeline::PageState,
};
use builders::{EventBuilder, PageBuilder, Rows, a_page, a_session, an_event, store};
use rand::{Rng, SeedableRng, rngs::StdRng};
use server::{clock::Clock, store::database::Database};

#[allow(dead_code, unreachable_pub, reason = "the tests use the rest")]
#[path = "../tests/support/builders.rs"]
mod builders;

/// Sessions in one transaction.
const AT_ONCE: usize = 2_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

const PATHS: [(&str, &str); 8] = [
    ("/", "Lamps for long evenings"),
    ("/lamps", "All lamps"),
    ("/lamps/harbour", "Harbour lamp"),
    ("/lamps/reading", "Reading lamp"),
    ("/journal/how-warm-is-warm-light", "How warm is warm light?"),
    ("/cart", "Your cart"),
    ("/checkout", "Checkout"),
    ("/help/returns", "Returns"),
];

const SOURCES: [(Channel, &str, Option<&str>); 7] = [
    (Channel::Direct, "Direct", None),
    (Channel::Search, "Google", Some("www.google.com")),
    (Channel::Search, "DuckDuckGo", Some("duckduckgo.com")),
    (Channel::Social, "Mastodon", Some("social.example")),
    (Channel::Referral, "news.example", Some("news.example")),
    (Channel::Assistant, "ChatGPT", Some("chatgpt.com")),
    (Channel::Campaign, "letter", None),
];

const MACHINES: [(Device, &str, &str); 6] = [
    (Device::Desktop, "Windows", "Chrome"),
    (Device::Desktop, "macOS", "Safari"),
    (Device::Desktop, "Linux", "Firefox"),
    (Device::Phone, "iOS", "Safari"),
    (Device::Phone, "Android", "Chrome"),
    (Device::Tablet, "iPadOS", "Safari"),
];

const COUNTRIES: [Option<&str>; 8] =
    [Some("DE"), Some("US"), Some("NP"), Some("BR"), Some("FR"), Some("JP"), Some("GB"), None];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("name a data folder to fill")?);
    let sessions = number(arguments.next(), 100_000)?;
    let days = number(arguments.next(), 30)?;

    std::fs::create_dir_all(&folder)?;
    let db = Database::open(&Database::embedded_url(&folder)).await?;
    let now = Clock::System.now_ms();
    let mut random = StdRng::seed_from_u64(7);
    let mut starts: Vec<i64> = (0..sessions).map(|_| now - random.random_range(0..days * DAY_MS)).collect();
    // In the order in which they would have come.
    starts.sort_unstable();
    for starts in starts.chunks(AT_ONCE) {
        let rows: Vec<Rows> = starts.iter().map(|&start| session(&mut random, start, now)).collect();
        store(&db, rows).await?;
    }
    Ok(db.close().await?)
}

fn number(argument: Option<String>, otherwise: i64) -> anyhow::Result<i64> {
    argument.map_or(Ok(otherwise), |text| text.parse().context("the numbers are sessions and days"))
}

fn session(random: &mut StdRng, start: i64, now: i64) -> Rows {
    let (channel, source, referrer) = *pick(random, &SOURCES);
    let (device, os, browser) = *pick(random, &MACHINES);
    let mut session = a_session(start)
        .from(channel, source, referrer)
        .with(*pick(random, &COUNTRIES), device, os, browser)
        .campaign(campaign(channel, source));
    let mut after = 0;
    loop {
        let (page, open) = page(random, after);
        let page = if after == 0 { page.from(channel, source) } else { page };
        session = session.page(page);
        after += open + random.random_range(0..2_000);
        if random.random_bool(0.4) || start + after > now {
            break;
        }
    }
    let rows = session.clone().build();
    let over_at = rows.session.received_at + IDLE_LIMIT_MS;
    if over_at < now { session.ended(rows.session.received_at).build() } else { rows }
}

fn campaign(channel: Channel, source: &str) -> Campaign {
    if channel != Channel::Campaign {
        return Campaign::default();
    }
    Campaign {
        source: Some(source.into()),
        medium: Some("mail".into()),
        name: Some("november".into()),
        ..Campaign::default()
    }
}

/// A page view, and how long it was open in milliseconds.
fn page(random: &mut StdRng, after: i64) -> (PageBuilder, i64) {
    let (path, title) = *pick(random, &PATHS);
    let page = a_page(path).titled(title).after(after);
    // One in thirty leaves without a word.
    if random.random_bool(0.03) {
        return (page.state(PageState::Shown), random.random_range(1_000..60_000));
    }
    // Many short looks and few long ones.
    let active = random.random_range(1_000..20_000) * random.random_range(1..4) * random.random_range(1..4);
    let idle = if random.random_bool(0.3) { random.random_range(0..90_000) } else { 0 };
    let hidden = if random.random_bool(0.2) { random.random_range(0..240_000) } else { 0 };
    let events = (0..random.random_range(0..4)).map(|_| event(random, active)).collect::<Vec<_>>();
    (page.measured(active, idle, hidden).events(events), active + idle + hidden)
}

fn event(random: &mut StdRng, active: i64) -> EventBuilder {
    let event = match random.random_range(0..10) {
        0 => an_event(EventKind::Outbound).named("Maker's site").to("https://maker.example/"),
        1 => an_event(EventKind::Form).named("Search"),
        2 => {
            let seats = f64::from(random.random_range(1..5));
            let props = Props::from([
                ("lamp".into(), PropValue::Text("harbour".into())),
                ("pieces".into(), PropValue::Number(seats)),
            ]);
            an_event(EventKind::Custom).named("added to cart").props(&props)
        }
        _ => an_event(EventKind::Click).named("See all lamps").to("/lamps"),
    };
    event.at(random.random_range(0..active))
}

/// One of the list, the earlier ones more often.
#[expect(clippy::indexing_slicing, reason = "both numbers are below the length of the list")]
fn pick<'a, T>(random: &mut StdRng, list: &'a [T]) -> &'a T {
    let at = random.random_range(0..list.len()).min(random.random_range(0..list.len()));
    &list[at]
}
