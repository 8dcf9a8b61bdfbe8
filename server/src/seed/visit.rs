//! One visit: which pages, for how long, what happens on them, where it went wrong.

use app::models::{
    event::{EventKind, PropValue, Props},
    ids::SessionId,
    reference::ReferenceCode,
    session::Device,
    sign::{self, Sign, SignKind},
    source::Channel,
    timeline::PageState,
};
use rand::{Rng, rngs::StdRng};
use uuid::Uuid;

use super::{
    Plan,
    builders::{EventBuilder, PageBuilder, Rows, SessionBuilder, a_page, a_session, an_event},
    shop::{
        ARTICLES, BOTS, CART, CATEGORIES, CHECKOUT, CONTACT, COUNTRIES, HELP, HOME, HOST, JOURNAL_HOST, LOST, MACHINES,
        ORIGINS, Origin, PRODUCTS, Page, THANKS, pick,
    },
};
use crate::store::entities::session_reference;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The most pages of a visit.
const MOST_PAGES: usize = 25;
/// How many of the sessions of the last days are machines'.
const MACHINES_AMONG: f64 = 0.06;
/// How many visits meet something that does not work.
const ODD_AMONG: f64 = 0.06;
/// How many visitors look at one thing after the other.
const PATIENT_AMONG: f64 = 0.15;
/// How many pages are left without a word.
const SILENT_AMONG: f64 = 0.03;

/// What codes are made of.
const CODE_LETTERS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
    'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// Makes visits of a plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visits {
    plan: Plan,
    machines_from_ms: i64,
    /// The most events of a page beside those that its kind has.
    most_events: u32,
}

/// A kind of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Home,
    Category,
    Product,
    Cart,
    Checkout,
    Thanks,
    Article,
    Help,
    Contact,
    Lost,
}

/// What somebody lands on.
const LANDINGS: [(u32, Kind); 6] = [
    (25, Kind::Home),
    (15, Kind::Category),
    (25, Kind::Product),
    (25, Kind::Article),
    (6, Kind::Help),
    (4, Kind::Lost),
];

impl Kind {
    /// Where people go from it, in percent; the rest leaves.
    fn ways(self) -> &'static [(u32, Self)] {
        match self {
            Self::Home => &[(60, Self::Category), (15, Self::Product)],
            Self::Category => &[(75, Self::Product)],
            Self::Product => &[(20, Self::Cart), (30, Self::Category), (15, Self::Product)],
            Self::Cart => &[(60, Self::Checkout)],
            Self::Checkout => &[(65, Self::Thanks)],
            Self::Thanks => &[],
            Self::Article => &[(20, Self::Article), (15, Self::Product)],
            Self::Help => &[(30, Self::Help), (20, Self::Contact)],
            Self::Contact => &[(20, Self::Home)],
            Self::Lost => &[(40, Self::Home)],
        }
    }

    fn page(self, random: &mut StdRng) -> Page {
        let one_of = match self {
            Self::Home => return HOME,
            Self::Cart => return CART,
            Self::Checkout => return CHECKOUT,
            Self::Thanks => return THANKS,
            Self::Contact => return CONTACT,
            Self::Lost => return LOST,
            Self::Category => pick(random, &CATEGORIES),
            Self::Product => pick(random, &PRODUCTS),
            Self::Article => pick(random, &ARTICLES),
            Self::Help => pick(random, &HELP),
        };
        one_of.copied().unwrap_or(HOME)
    }

    fn host(self) -> &'static str {
        if self == Self::Article { JOURNAL_HOST } else { HOST }
    }
}

/// The kinds of pages of a visit, in order. Some come back to where they were.
fn journey(random: &mut StdRng) -> Vec<Kind> {
    let is_patient = random.random_bool(PATIENT_AMONG);
    let mut kinds = vec![pick(random, &LANDINGS).copied().unwrap_or(Kind::Home)];
    while let Some(last) = kinds.last().filter(|_| kinds.len() < MOST_PAGES) {
        let goes: u32 = last.ways().iter().map(|(percent, _)| percent).sum();
        let stays = if is_patient && goes > 0 { goes + (100 - goes) / 2 } else { goes };
        if random.random_range(0..100_u32) >= stays {
            break;
        }
        let Some(next) = pick(random, last.ways()) else { break };
        kinds.push(*next);
    }
    kinds
}

impl Visits {
    pub(super) fn of(plan: Plan) -> Self {
        Self {
            plan,
            machines_from_ms: plan.end_ms - i64::from(plan.machine_days) * DAY_MS,
            // A visit has some three pages, and about one event that comes with their kind.
            most_events: plan.events.saturating_mul(7) / 10,
        }
    }

    /// One that begins at this moment.
    pub(super) fn one(&self, random: &mut StdRng, start: i64) -> Rows {
        let id = uuid::Builder::from_unix_timestamp_millis(start.unsigned_abs(), &random.random()).into_uuid();
        let session = a_session(start).on(self.plan.site).id(SessionId(id));
        let is_machine = random.random_bool(MACHINES_AMONG) && start >= self.machines_from_ms;
        let session =
            if is_machine { self.machine(random, session, start) } else { self.visitor(random, session, start) };
        let mut rows = session.build();
        let signs = signs(&rows);
        // Pages that say that something went wrong show a code.
        let shows_code = signs.iter().any(|sign| matches!(sign.kind, SignKind::Error | SignKind::NotFound));
        if shows_code && !is_machine {
            rows.references.extend(reference(random, &rows));
        }
        rows.session.signs = Some(sign::stored(&signs));
        if self.plan.limits.until(rows.session.started_at, rows.session.received_at) < self.plan.end_ms {
            rows.session.ended_at = Some(rows.session.received_at);
        }
        rows
    }

    /// Somebody who came to look.
    fn visitor(&self, random: &mut StdRng, session: SessionBuilder, start: i64) -> SessionBuilder {
        let (Some(origin), Some(country), Some((device, os, browser))) =
            (pick(random, &ORIGINS), pick(random, &COUNTRIES), pick(random, &MACHINES))
        else {
            return session;
        };
        let mut session = session
            .from(origin.channel, origin.source, origin.referrer)
            .campaign(origin.campaign())
            .with(*country, *device, os, browser);
        let is_odd = random.random_bool(ODD_AMONG);
        let mut after: i64 = 0;
        for (at, kind) in journey(random).into_iter().enumerate() {
            let left_ms = self.plan.end_ms - start - after;
            if left_ms <= 0 {
                break;
            }
            let (page, open) = self.page(random, kind, after, left_ms, is_odd);
            session = session.page(if at == 0 { arrived(page, origin) } else { page });
            // Most go on at once, some come back from elsewhere.
            let pause: i64 = if random.random_bool(0.05) {
                random.random_range(60_000..1_200_000)
            } else {
                random.random_range(100..2_000)
            };
            after += open + pause;
        }
        session
    }

    /// A page view, and how long it was open in milliseconds: not longer than `left_ms`.
    fn page(&self, random: &mut StdRng, kind: Kind, after: i64, left_ms: i64, is_odd: bool) -> (PageBuilder, i64) {
        let (path, title) = kind.page(random);
        let page = a_page(path).id(id(random)).titled(title).after(after).row(|row| row.host = kind.host().into());
        if random.random_bool(SILENT_AMONG) {
            return (page.state(PageState::Shown), left_ms.min(random.random_range(1_000..60_000)));
        }
        // Many short looks and few long ones; what is to be read takes longer.
        let pace: i64 = if matches!(kind, Kind::Article | Kind::Checkout) { 3 } else { 1 };
        let looks: i64 = random.random_range(1..=3);
        let length: i64 = random.random_range(800..12_000);
        let active = length * looks * random.random_range(1..=3_i64) * pace;
        let idle: i64 = if random.random_bool(0.3) { random.random_range(1_000..90_000) } else { 0 };
        let hidden: i64 = if random.random_bool(0.2) { random.random_range(1_000..240_000) } else { 0 };
        let is_there = active + idle + hidden >= left_ms;
        let active = active.min(left_ms);
        let page = if is_there {
            page.measured(active, left_ms - active, 0).state(PageState::Shown)
        } else {
            page.measured(active, idle, hidden)
        };
        let percent = random.random_range(20..=100);
        let page = page.events(self.events(random, kind, active, is_odd)).row(|row| row.scroll = Some(percent));
        (page, if is_there { left_ms } else { active + idle + hidden })
    }

    /// What happens on a page while it is used.
    fn events(&self, random: &mut StdRng, kind: Kind, active: i64, is_odd: bool) -> Vec<EventBuilder> {
        let mut events: Vec<EventBuilder> = Vec::new();
        for _ in 0..random.random_range(0..=self.most_events) {
            events.push(any_event(random, kind));
        }
        events.extend(of_kind(random, kind));
        if is_odd && random.random_bool(0.5) {
            events.extend(trouble(random));
        }
        let mut placed: Vec<EventBuilder> = Vec::with_capacity(events.len());
        for event in events {
            placed.push(event.id(id(random)).at(random.random_range(0..active.max(1))));
        }
        placed
    }

    /// A machine: page after page at once, and no time on any.
    fn machine(&self, random: &mut StdRng, session: SessionBuilder, start: i64) -> SessionBuilder {
        let reason = pick(random, &BOTS).copied().unwrap_or("crawler");
        let mut session =
            session.with(Some("US"), Device::Desktop, "Linux", "Chrome").row(|row| row.bot = Some(reason.into()));
        let mut after: i64 = 0;
        for at in 0..random.random_range(1..=12_u32) {
            if at > 0 && start + after > self.plan.end_ms {
                break;
            }
            let kind = pick(random, &LANDINGS).copied().unwrap_or(Kind::Home);
            let (path, title) = kind.page(random);
            let page = a_page(path).id(id(random)).titled(title).after(after).state(PageState::Left);
            session = session.page(page.row(|row| row.host = kind.host().into()));
            after += random.random_range(150..900_i64);
        }
        session
    }
}

/// The first page of a visit says where it came from.
fn arrived(page: PageBuilder, origin: &Origin) -> PageBuilder {
    let campaign = origin.campaign();
    let is_one = origin.channel == Channel::Campaign;
    page.from(origin.channel, origin.source).row(|row| {
        row.referrer = origin.referrer.map(Into::into);
        row.campaign = is_one.then(|| serde_json::to_string(&campaign).ok()).flatten();
    })
}

/// Something that happens anywhere.
fn any_event(random: &mut StdRng, kind: Kind) -> EventBuilder {
    match random.random_range(0..100_u32) {
        0..4 => an_event(EventKind::Outbound).named("Maker's site").to("https://maker.example/"),
        4..6 => an_event(EventKind::Download).named("Manual (PDF)").to("/files/manual.pdf"),
        6..12 => {
            let chosen = ["brass", "black", "white", "oak"].get(random.random_range(0..4_usize)).copied();
            let props = Props::from([
                ("finish".to_owned(), PropValue::Text(chosen.unwrap_or("brass").into())),
                ("watts".to_owned(), PropValue::Number(f64::from(5 * random.random_range(1..5_i32)))),
            ]);
            an_event(EventKind::Custom).named("finish chosen").props(&props)
        }
        12..40 => {
            let (path, title) = pick(random, &PRODUCTS).copied().unwrap_or(HOME);
            an_event(EventKind::Click).named(title).to(path)
        }
        40..60 => {
            let (path, title) = pick(random, &CATEGORIES).copied().unwrap_or(HOME);
            an_event(EventKind::Click).named(title).to(path)
        }
        _ if kind == Kind::Product => an_event(EventKind::Click).named("Next picture"),
        _ if kind == Kind::Article => an_event(EventKind::Click).named("Show more"),
        _ => an_event(EventKind::Click).named("Menu"),
    }
}

/// What belongs to the kind of page.
fn of_kind(random: &mut StdRng, kind: Kind) -> Vec<EventBuilder> {
    let form = |name: &str, is_sent: bool| -> Vec<EventBuilder> {
        let sent = is_sent.then(|| an_event(EventKind::Form).named(name));
        std::iter::once(an_event(EventKind::FormStart).named(name)).chain(sent).collect()
    };
    match kind {
        Kind::Product if random.random_bool(0.25) => {
            let props = Props::from([
                ("pieces".to_owned(), PropValue::Number(f64::from(random.random_range(1..4_i32)))),
                ("price".to_owned(), PropValue::Number(f64::from(random.random_range(19..249_i32)))),
            ]);
            vec![an_event(EventKind::Custom).named("added to cart").props(&props)]
        }
        Kind::Checkout => form("Checkout", random.random_bool(0.65)),
        Kind::Thanks => {
            let props = Props::from([
                ("total".to_owned(), PropValue::Number(f64::from(random.random_range(19..499_i32)))),
                ("currency".to_owned(), PropValue::Text("EUR".into())),
                ("coupon".to_owned(), PropValue::Bool(random.random_bool(0.2))),
            ]);
            vec![an_event(EventKind::Custom).named("order").props(&props)]
        }
        Kind::Contact => form("Contact", random.random_bool(0.5)),
        Kind::Help if random.random_bool(0.3) => form("Search", true),
        Kind::Lost => vec![an_event(EventKind::NotFound).named(LOST.0)],
        _ => Vec::new(),
    }
}

/// Something does not work.
fn trouble(random: &mut StdRng) -> Vec<EventBuilder> {
    let (kind, name) = match random.random_range(0..3_u32) {
        0 => (EventKind::RageClick, "Add to cart"),
        1 => (EventKind::DeadClick, "Show sizes"),
        _ => (EventKind::Error, "TypeError: cart is undefined"),
    };
    let times = random.random_range(1..=3_u32);
    (0..times).map(|_| an_event(kind).named(name)).collect()
}

/// The signs that come of events.
fn signs(rows: &Rows) -> Vec<Sign> {
    let of = |kind: EventKind| {
        u32::try_from(rows.events.iter().filter(|event| event.kind == kind.as_ref()).count()).unwrap_or(u32::MAX)
    };
    let counted = [
        (SignKind::RageClick, of(EventKind::RageClick)),
        (SignKind::DeadClick, of(EventKind::DeadClick)),
        (SignKind::Error, of(EventKind::Error)),
        (SignKind::NotFound, of(EventKind::NotFound)),
        (SignKind::FormLeft, of(EventKind::FormStart).saturating_sub(of(EventKind::Form))),
    ];
    counted.into_iter().filter(|(_, figure)| *figure > 0).map(|(kind, figure)| Sign { kind, figure }).collect()
}

/// The code that a visitor was shown last.
fn reference(random: &mut StdRng, rows: &Rows) -> Option<session_reference::Model> {
    let code: String = (0..7).filter_map(|_| CODE_LETTERS.get(random.random_range(0..CODE_LETTERS.len()))).collect();
    let session = &rows.session;
    let code = ReferenceCode::parse(&code)?;
    Some(session_reference::Model {
        site: session.site,
        code: code.as_str().to_owned(),
        session: session.id,
        given_at: session.received_at,
    })
}

/// An id as browsers make them.
fn id(random: &mut StdRng) -> Uuid {
    uuid::Builder::from_random_bytes(random.random()).into_uuid()
}
