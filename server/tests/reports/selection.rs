//! What a query selects: the list, the figures, the histogram and the facets agree with one another and with looking at
//! every session (`app::models::select`).

use std::{
    cell::Cell,
    sync::atomic::{AtomicU32, Ordering},
};

use app::{
    models::{
        event::{EventKind, PropValue, Props},
        events::{Called, Detail, EventShown, EventTable, EventsShown},
        facet::{FACETED_PROPERTIES, FacetValue, TOP},
        goal::Aim,
        ids::{GoalId, SessionId, SiteId},
        overview::{Bar, Overview, Summary},
        pages::{Element, PageShown, PageTable, PagesShown, READ_FROM},
        path_rule::{PathRule, PathRules},
        paths::{Anchor, PathsShown, STEPS_SEEN, Way},
        query::{
            Act, Bounds, DayTime, Deed, Dimension, Filter, LocalMinute, Machines, Metric, Neighbours, NumberTest,
            PathStep, Period, Property, Recent, SessionPage, SessionQuery, Sort, SortKey, TextTest,
        },
        reference::ReferenceCode,
        select,
        session::{Device, LONGEST_MS, NOW_MS, SessionState},
        sign::{self, Sign, SignKind},
        source::{Campaign, Channel},
        timeline::{PageState, SessionDetail, TimelinePage},
        view::ViewName,
    },
    services::{Sessions, Tabs},
};
use chrono::{DateTime, NaiveDate, TimeZone, Timelike};
use chrono_tz::Tz;
use proptest::{prelude::*, sample, test_runner::TestRunner};
use rstest::rstest;
use server::{
    clock::Clock,
    reports::SessionReports,
    store::{
        goals::{self, Made},
        path_rules,
    },
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::support::{
    builders::{PageBuilder, Rows, SessionBuilder, a_page, a_session, an_event, store},
    db::{FIRST_SITE, TestDb},
};

/// 10 November 2026, 12:00 UTC: forty days before it the clocks of Berlin are changed.
const NOW: i64 = 1_794_312_000_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const ZONES: &[&str] = &["Europe/Berlin", "Asia/Kathmandu", "UTC"];
const SOURCES: &[(Channel, &str)] = &[
    (Channel::Direct, "Direct"),
    (Channel::Search, "Google"),
    (Channel::Search, "Bing"),
    (Channel::Referral, "news.example"),
    (Channel::Campaign, "letter"),
];
const COUNTRIES: &[&str] = &["", "DE", "FR", "US"];
const DEVICES: &[Device] = &[Device::Desktop, Device::Phone, Device::Tablet, Device::Unknown];
const SYSTEMS: &[(&str, &str)] = &[("", ""), ("iOS", "Safari"), ("Windows", "Edge"), ("Windows", "Firefox")];
const CAMPAIGNS: &[&str] = &["", "", "autumn", "winter"];
const MEDIA: &[&str] = &["", "cpc", "letter"];
const BOTS: &[&str] = &["", "", "", "", "headless browser", "crawler"];
const SIGNS: &[SignKind] =
    &[SignKind::RageClick, SignKind::Error, SignKind::Returns, SignKind::Fast, SignKind::DeadClick];
const PATHS: &[&str] = &[
    "/",
    "/lamps",
    "/Lamps/oak",
    "/cart",
    "/a",
    "/b",
    "/c",
    "/d",
    "/e",
    "/product/1",
    "/product/2",
    "/product/17",
    "/product/17/reviews",
    "/product/:id",
    "/blog/2026/oak-and-brass",
    "/blog/2026/11/news",
];
/// Rules that meet these paths and each other.
const RULES: &[&str] =
    &["/product/:id", "/product/*", "/product/:id/reviews", "/blog/*", "/blog/:year/:slug", "/:page", "/*"];
const HOSTS: &[&str] = &["shop.example", "shop.example", "www.shop.example"];
const TITLES: &[&str] = &["", "Shop", "Oak lamps"];
/// Kinds, names and where links lead. A form leads somewhere too, but is no link.
const HAPPENINGS: &[(EventKind, &str, &str)] = &[
    (EventKind::Click, "Lamps", "/lamps"),
    (EventKind::Click, "Menu", ""),
    (EventKind::Outbound, "Maker", "https://maker.example/oak"),
    (EventKind::Download, "Manual", "/manual.pdf"),
    (EventKind::Form, "Order", "/send"),
    (EventKind::Custom, "Basket filled", ""),
    (EventKind::Custom, "", ""),
    (EventKind::RageClick, "Pay", ""),
    (EventKind::NotFound, "", ""),
];
const SIZES: &[&str] = &["small", "large"];
/// What is searched for; the first is in some ids too.
const SEARCHES: &[&str] = &[
    "a1",
    "LAMP",
    "goog",
    "oak",
    "basket",
    "maker.ex",
    "manual",
    "nothing of the kind",
    "product/1",
    "/:ID",
    "blog/*",
];
/// Parts of values, as somebody types them into a facet.
const PARTS: &[&str] = &["", "", "", "a", "LAM", "e", "nothing of the kind"];

/// Values that sessions have, parts of them, and values that no session has.
fn words(dimension: Dimension) -> &'static [&'static str] {
    match dimension {
        Dimension::Source => &["Google", "Bing", "Direct", "letter", "news.example", "GOO", "Yahoo"],
        Dimension::Channel => &["search", "direct", "referral", "campaign", "RE", "social"],
        Dimension::Campaign => &["", "autumn", "winter", "TER", "spring"],
        Dimension::Medium => &["", "cpc", "letter", "CP", "display"],
        Dimension::Country => &["", "DE", "FR", "US", "d", "GB"],
        Dimension::Device => &["desktop", "phone", "tablet", "unknown", "DESK", "other"],
        Dimension::Os => &["", "iOS", "Windows", "os", "Linux"],
        Dimension::Browser => &["", "Safari", "Edge", "Firefox", "F", "Chrome"],
        Dimension::Entry | Dimension::Exit | Dimension::Page => &[
            "/",
            "/lamps",
            "/LAMPS",
            "/cart",
            "/a",
            "oak",
            "/no",
            "/product/1",
            "/product/2",
            "/product/:id",
            "/product/99",
            "/product",
            "/blog/2026/oak-and-brass",
            "/*",
        ],
        Dimension::Host => &["shop.example", "www.shop.example", "WWW", "blog.example"],
        Dimension::Event => &["click", "outbound", "form", "custom", "Basket filled", "not_found", "CL", "error"],
        Dimension::Link => &["/lamps", "https://maker.example/oak", "/manual.pdf", "https:", "/send", ""],
        Dimension::Sign => &["rage_click", "error", "machine", "overlapping", "many_pages", "F", "dead_click"],
        Dimension::Bounced => &["yes", "no", "", "Y", "perhaps"],
        Dimension::Bot => &["", "headless browser", "crawler", "HEADLESS", "spider"],
    }
}

/// When, what, and the size in its properties; only what the site names has any.
type Happening = (i64, (EventKind, &'static str, &'static str), Option<&'static str>);

/// A page view of a generated session.
#[derive(Clone, Debug)]
struct Look {
    path: &'static str,
    host: &'static str,
    title: &'static str,
    after_ms: i64,
    active_ms: Option<i64>,
    is_left: bool,
    scroll: Option<i32>,
    happenings: Vec<Happening>,
}

/// A generated session.
#[derive(Clone, Debug)]
struct Visit {
    ms_ago: i64,
    /// By how much its first page view, which arrived later, began before what its id says.
    earlier_ms: i64,
    source: (Channel, &'static str),
    country: &'static str,
    device: Device,
    system: (&'static str, &'static str),
    campaign: &'static str,
    medium: &'static str,
    bot: &'static str,
    signs: Vec<SignKind>,
    is_overlapping: bool,
    is_ended: bool,
    /// How long ago its visitor was shown codes.
    codes: Vec<i64>,
    looks: Vec<Look>,
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl Look {
    fn page(&self, after_ms: i64) -> PageBuilder {
        let events = self.happenings.iter().map(|&(at, (kind, name, target), size)| {
            let size = size.filter(|_| kind == EventKind::Custom);
            // More properties than have a facet each, and of some more values than are shown.
            let others = [(format!("key {}", at % 8), at % 13), ("number".to_owned(), at % 29)];
            let others = others.map(|(key, value)| (key, PropValue::Number(value as f64)));
            let size = size.map(|size| ("size".to_owned(), PropValue::Text(size.into())));
            let props: Option<Props> = size.map(|size| others.into_iter().chain([size]).collect());
            let event = props.iter().fold(an_event(kind).at(at), |event, props| event.props(props));
            event.row(|event| {
                event.name = some(name);
                event.target = some(target);
            })
        });
        let page = a_page(self.path).after(after_ms).events(events).row(|view| {
            view.host = self.host.into();
            view.title = some(self.title);
            view.scroll = self.scroll;
        });
        let page = self.active_ms.into_iter().fold(page, |page, ms| page.measured(ms, 1_000, 0));
        page.state(if self.is_left { PageState::Left } else { PageState::Shown })
    }
}

impl Visit {
    fn builder(&self, site: SiteId) -> SessionBuilder {
        let (channel, source) = self.source;
        let mut after_ms = 0;
        let mut pages = Vec::new();
        for look in &self.looks {
            pages.push(look.page(after_ms));
            after_ms += look.after_ms;
        }
        let signs: Vec<Sign> = self.signs.iter().map(|&kind| Sign { kind, figure: 3 }).collect();
        let session = a_session(NOW - self.ms_ago).on(site);
        let with_codes = self.codes.iter().fold(session, |session, ms_ago| session.code(any_code(), NOW - ms_ago));
        with_codes
            .from(channel, source, None)
            .campaign(Campaign { name: some(self.campaign), medium: some(self.medium), ..Campaign::default() })
            .pages(pages)
            .row(|row| {
                row.started_at -= self.earlier_ms;
                row.country = some(self.country);
                row.device = self.device.to_string();
                row.os = some(self.system.0);
                row.browser = some(self.system.1);
                row.bot = some(self.bot);
                row.signs = Some(sign::stored(&signs));
                row.overlapping = self.is_overlapping;
            })
    }

    fn rows(&self, site: SiteId) -> Rows {
        let builder = self.builder(site);
        let mut rows = if self.is_ended { builder.ended(NOW) } else { builder }.build();
        // Nothing was received that is not yet.
        rows.session.received_at = rows.session.received_at.min(NOW);
        rows.session.changed_at = rows.session.changed_at.min(NOW);
        rows
    }
}

/// One that no other session has.
fn any_code() -> ReferenceCode {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    ReferenceCode::parse(&format!("{:07}", GIVEN.fetch_add(1, Ordering::Relaxed))).unwrap()
}

prop_compose! {
    fn any_look()(
        path in sample::select(PATHS),
        host in sample::select(HOSTS),
        title in sample::select(TITLES),
        after_ms in 0..4 * MINUTE,
        active_ms in prop::option::weighted(0.8, prop_oneof![0..12_000i64, 0..20_000i64]),
        is_left in any::<bool>(),
        scroll in prop::option::of(0..=100i32),
        happenings in prop::collection::vec(
            (0..60_000i64, sample::select(HAPPENINGS), prop::option::of(sample::select(SIZES))),
            0..4,
        ),
    ) -> Look {
        Look { path, host, title, after_ms, active_ms, is_left, scroll, happenings }
    }
}

prop_compose! {
    fn any_visit()(
        (ms_ago, earlier_ms) in (
            prop_oneof![1 => 1..10 * MINUTE, 2 => 1..2 * DAY, 3 => 1..40 * DAY],
            prop_oneof![4 => Just(0), 1 => 0..2 * MINUTE],
        ),
        source in sample::select(SOURCES),
        country in sample::select(COUNTRIES),
        device in sample::select(DEVICES),
        system in sample::select(SYSTEMS),
        (campaign, medium, bot) in (sample::select(CAMPAIGNS), sample::select(MEDIA), sample::select(BOTS)),
        signs in sample::subsequence(SIGNS, 0..=2),
        is_overlapping in prop::bool::weighted(0.1),
        is_ended in prop::bool::weighted(0.3),
        codes in prop::collection::vec(1..40 * DAY, 0..3),
        looks in prop::collection::vec(any_look(), 1..5),
    ) -> Visit {
        Visit {
            ms_ago,
            earlier_ms,
            source,
            country,
            device,
            system,
            campaign,
            medium,
            bot,
            signs,
            is_overlapping,
            is_ended,
            codes,
            looks,
        }
    }
}

fn any_dimension() -> impl Strategy<Value = Dimension> {
    sample::select(Dimension::iter().collect::<Vec<_>>())
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let text =
        any_dimension().prop_flat_map(|dimension| {
            let values = prop::collection::vec(sample::select(words(dimension)), 1..3);
            (values, sample::select(TextTest::iter().collect::<Vec<_>>())).prop_map(move |(values, test)| {
                Filter::Text { dimension, test, values: values.into_iter().map(str::to_owned).collect() }
            })
        });
    let test = prop_oneof![
        (0..100u32).prop_map(NumberTest::More),
        (1..300u32).prop_map(NumberTest::Less),
        (0..10u32, 0..300u32).prop_map(|(least, more)| NumberTest::Between(least, least + more)),
    ];
    // Most sessions have no more than one or two of some.
    let few = prop_oneof![(0..3u32).prop_map(NumberTest::More), (1..4u32).prop_map(NumberTest::Less)];
    let codes = few.prop_map(|test| Filter::Number { metric: Metric::References, test });
    let number = (sample::select(Metric::iter().collect::<Vec<_>>()), test)
        .prop_map(|(metric, test)| Filter::Number { metric, test });
    let property = (any::<bool>(), sample::select(&["small", "large", "other"][..]))
        .prop_map(|(not, size)| Filter::Property { property: size_of_basket(), not, values: vec![size.into()] });
    let step = (any_anchor(), 1..=STEPS_SEEN, any::<bool>(), prop::collection::vec(sample::select(STEP_PAGES), 1..3))
        .prop_map(|(anchor, at, not, pages)| Filter::Step {
            step: PathStep { anchor, at },
            not,
            values: pages.into_iter().map(str::to_owned).collect(),
        });
    let did = (sample::select(STEP_PAGES), any_act(), any::<bool>())
        .prop_map(|(page, act, not)| Filter::Did { deed: Deed { page: page.into(), act }, not });
    prop_oneof![6 => text, 2 => number, 1 => codes, 1 => property, 1 => step, 2 => did]
}

fn any_act() -> impl Strategy<Value = Act> {
    let page = || sample::select(STEP_PAGES).prop_map(str::to_owned);
    let bounds = |most: u32| (0..most, prop::option::of(0..most)).prop_map(|(from, below)| Bounds { from, below });
    let event = |&(kind, name, _): &(EventKind, &str, &str)| {
        let named = Some(name).filter(|name| kind == EventKind::Custom && !name.is_empty());
        Act::Event(Called { kind, name: named.unwrap_or(kind.as_ref()).into() })
    };
    let exactly = |&(kind, name, target): &(EventKind, &str, &str)| Act::Exactly {
        kind,
        name: name.into(),
        target: target.into(),
    };
    let size = |size: &str| Act::Property(size_of_basket(), size.into());
    prop_oneof![
        sample::select(vec![Act::View, Act::Friction, Act::Errors]),
        page().prop_map(Act::After),
        page().prop_map(Act::Before),
        bounds(100).prop_map(Act::Depth),
        bounds(20).prop_map(Act::Active),
        sample::select(HAPPENINGS).prop_map(move |of| event(&of)),
        sample::select(HAPPENINGS).prop_map(move |of| exactly(&of)),
        sample::select(&["small", "large", "other"][..]).prop_map(size),
    ]
}

const STEP_PAGES: &[&str] = &["", "/", "/cart", "/lamps", "/product/1", "/product/:id", "/nowhere"];

fn any_anchor() -> impl Strategy<Value = Anchor> {
    (sample::select(Way::iter().collect::<Vec<_>>()), sample::select(&STEP_PAGES[1..]))
        .prop_map(|(way, page)| Anchor::of(way, page).unwrap())
}

fn size_of_basket() -> Property {
    Property { event: "Basket filled".into(), key: "size".into() }
}

/// What reaches the goals of every site.
fn aims() -> [Filter; 5] {
    let parts = |dimension, test, value: &str| Filter::Text { dimension, test, values: vec![value.into()] };
    [
        Filter::is(Dimension::Page, "/cart"),
        parts(Dimension::Page, TextTest::Starts, "/LAMPS"),
        Filter::is(Dimension::Page, "/product/1"),
        Filter::is(Dimension::Event, "Basket filled"),
        Filter::Property { property: size_of_basket(), not: false, values: vec!["large".into()] },
    ]
}

/// A minute at which clocks are never changed.
fn any_minute() -> impl Strategy<Value = u16> {
    prop_oneof![Just(0), 240..1440u16]
}

fn any_period() -> impl Strategy<Value = Period> {
    let range = (1..=28u8, any_minute(), 1..=10u8, any_minute()).prop_map(|(first, from, last, to)| Period::Range {
        from: LocalMinute { year: 2026, month: 10, day: first, minute: from },
        to: LocalMinute { year: 2026, month: 11, day: last, minute: to },
    });
    prop_oneof![
        1 => Just(Period::Now),
        4 => sample::select(Recent::iter().collect::<Vec<_>>()).prop_map(Period::Last),
        1 => (9..=12u8).prop_map(|month| Period::Month { year: 2026, month }),
        2 => range,
    ]
}

fn any_time() -> impl Strategy<Value = DayTime> {
    (0..1440u16, 1..1440u16).prop_map(|(from, length)| DayTime { from, to: (from + length) % 1440 })
}

/// Above which duration, pages and events sessions are outstanding; of most sites it is known.
fn any_outstanding() -> impl Strategy<Value = Option<(i64, i64, i64)>> {
    prop::option::weighted(0.7, (0..8 * MINUTE, 1..4i64, 0..6i64))
}

/// Every order but that by the last sign of life, which a session does not tell.
fn any_sort() -> impl Strategy<Value = Sort> {
    let keys: Vec<SortKey> = SortKey::iter().filter(|key| *key != SortKey::Activity).collect();
    (sample::select(keys), any::<bool>()).prop_map(|(key, ascending)| Sort { key, ascending })
}

prop_compose! {
    fn any_query()(
        period in any_period(),
        time in prop::option::weighted(0.2, any_time()),
        is_hidden in any::<bool>(),
        filters in prop::collection::vec(any_filter(), 0..3),
        search in prop::option::weighted(0.2, sample::select(SEARCHES)),
        sort in any_sort(),
    ) -> SessionQuery {
        let query = SessionQuery {
            period,
            time,
            machines: if is_hidden { Machines::Hidden } else { Machines::Shown },
            search: search.map(str::to_owned),
            sort,
            ..SessionQuery::newest(FIRST_SITE)
        };
        filters.into_iter().fold(query, |query, filter| query.with(filter))
    }
}

/// A query, the rules for paths that there are then, the goal that it is counted for, and facets to ask for with it.
#[derive(Clone, Debug)]
struct Question {
    query: SessionQuery,
    rules: Vec<&'static str>,
    goal: Option<(sample::Index, Option<bool>)>,
    facets: Vec<(Dimension, &'static str)>,
    anchor: Anchor,
}

prop_compose! {
    fn any_question()(
        query in any_query(),
        rules in prop_oneof![1 => Just(Vec::new()), 3 => sample::subsequence(RULES, 1..=4)],
        goal in prop::option::of((any::<sample::Index>(), prop::option::of(any::<bool>()))),
        facets in prop::collection::vec((any_dimension(), sample::select(PARTS)), 1..4),
        anchor in any_anchor(),
    ) -> Question {
        Question { query, rules, goal, facets, anchor }
    }
}

impl Question {
    /// What is asked of a site that has these goals.
    fn query(&self, site: SiteId, goals: &[(GoalId, Aim)]) -> SessionQuery {
        let chosen = self.goal.map(|(nth, converted)| (nth.get(goals).0, converted));
        let query = SessionQuery { site, ..self.query.clone() };
        let counted = query.for_goal(chosen.map(|(goal, _)| goal));
        counted.that_converted(chosen.and_then(|(_, converted)| converted))
    }
}

/// Makes the goals of a site.
async fn make_goals(test: &TestDb, site: SiteId) -> Vec<(GoalId, Aim)> {
    let mut made = Vec::new();
    for (nth, filter) in aims().into_iter().enumerate() {
        let (name, aim) = (ViewName::parse(&format!("Goal {nth}")).unwrap(), Aim::of(filter).unwrap());
        let Made::Goal(id) = goals::make(&test.db, site, &name, &aim, NOW).await.unwrap() else { panic!("no goal") };
        made.push((id, aim));
    }
    made
}

/// Has a site these rules for paths and no others; what is held in memory is told nothing of it.
async fn set_rules(test: &TestDb, site: SiteId, wanted: &[&str]) -> PathRules {
    let wanted: PathRules = wanted.iter().map(|text| PathRule::parse(text).unwrap()).collect();
    let standing = path_rules::of_site(test.db.reader(), site).await.unwrap();
    for rule in standing.iter().filter(|rule| !wanted.has_like(rule)) {
        path_rules::delete(&test.db, site, rule.as_str()).await.unwrap();
    }
    for rule in wanted.iter().filter(|rule| !standing.has_like(rule)) {
        path_rules::add(&test.db, site, rule, NOW).await.unwrap();
    }
    wanted
}

fn reports_at(test: &TestDb, clock: &Clock) -> SessionReports {
    SessionReports::new(test.db.clone(), clock.clone())
}

fn reports(test: &TestDb) -> SessionReports {
    reports_at(test, &Clock::set_to(NOW))
}

/// A minute of the calendar and the clock as a moment.
fn moment(zone: Tz, minute: LocalMinute) -> i64 {
    let LocalMinute { year, month, day, minute } = minute;
    let date = NaiveDate::from_ymd_opt(year, month.into(), day.into()).unwrap();
    let time = date.and_hms_opt(u32::from(minute) / 60, u32::from(minute) % 60, 0).unwrap();
    zone.from_local_datetime(&time).earliest().unwrap().timestamp_millis()
}

/// A session as it was, and as it counts: with groups in the place of its paths.
struct Seen {
    detail: SessionDetail,
    grouped: SessionDetail,
}

/// Every session of a site, to be looked at one by one.
struct Everything {
    zone: Tz,
    sessions: Vec<Seen>,
    goals: Vec<(GoalId, Aim)>,
    rules: PathRules,
}

impl Everything {
    async fn read(reports: &SessionReports, site: SiteId, zone: Tz, ids: &[SessionId]) -> Self {
        let mut sessions = Vec::new();
        for id in ids {
            let detail = reports.detail(site, *id).await.unwrap().unwrap();
            sessions.push(Seen { grouped: detail.clone(), detail });
        }
        Self { zone, sessions, goals: Vec::new(), rules: PathRules::default() }
    }

    /// From here on paths are joined by these rules.
    fn group_by(&mut self, rules: PathRules) {
        self.sessions.iter_mut().for_each(|seen| seen.grouped = rules.regroup(&seen.detail));
        self.rules = rules;
    }

    /// What reaches the goal of a query.
    fn aim(&self, query: &SessionQuery) -> Option<Aim> {
        self.goals.iter().find(|(id, _)| query.goal == Some(*id)).map(|(_, aim)| self.rules.aim(aim))
    }

    /// The selected ones in the order of their ids, as tabs look at them.
    fn by_id(&self, query: &SessionQuery) -> Vec<&SessionDetail> {
        let mut chosen: Vec<&SessionDetail> = self.chosen(query).map(|seen| &seen.grouped).collect();
        chosen.sort_by_key(|detail| detail.session.id);
        chosen
    }

    /// The query as the groups know it. Its search looks at what was opened too, so that it is asked by itself.
    fn meant(&self, query: &SessionQuery) -> SessionQuery {
        SessionQuery { search: None, ..self.rules.query(query) }
    }

    /// Those of its period that its search finds.
    fn found(&self, query: &SessionQuery) -> impl Iterator<Item = (&Seen, u16)> {
        let mentions =
            |seen: &Seen, part: &str| select::mentions(&seen.detail, part) || select::mentions(&seen.grouped, part);
        let is_found = move |seen: &Seen| query.search.as_deref().is_none_or(|part| mentions(seen, part));
        self.of_period(query.period).into_iter().filter(move |(seen, _)| is_found(seen))
    }

    fn chosen(&self, query: &SessionQuery) -> impl Iterator<Item = &Seen> {
        let (meant, aim) = (self.meant(query), self.aim(query));
        let found: Vec<_> = self.found(query).collect();
        let chosen =
            move |(seen, minute): (&'_ Seen, u16)| select::selects(&meant, aim.as_ref(), &seen.grouped, minute);
        found.into_iter().filter(move |&of| chosen(of)).map(|(seen, _)| seen)
    }

    fn is_in(&self, period: Period, detail: &SessionDetail) -> bool {
        let began = select::began_ms(detail.session.id);
        let midnight = |year, month| moment(self.zone, LocalMinute { year, month, day: 1, minute: 0 });
        match period {
            Period::Now => detail.session.state == SessionState::Now,
            Period::Last(recent) => began >= NOW - recent.ms(),
            Period::Month { year, month: 12 } => (midnight(year, 12)..midnight(year + 1, 1)).contains(&began),
            Period::Month { year, month } => (midnight(year, month)..midnight(year, month + 1)).contains(&began),
            Period::Range { from, to } => (moment(self.zone, from)..moment(self.zone, to)).contains(&began),
        }
    }

    /// From when to when a period reaches; sessions of now are not older than sessions can be.
    fn stretch(&self, period: Period) -> (i64, i64) {
        let midnight = |year, month| moment(self.zone, LocalMinute { year, month, day: 1, minute: 0 });
        match period {
            Period::Now => (NOW - LONGEST_MS, NOW + 1),
            Period::Last(recent) => (NOW - recent.ms(), NOW + 1),
            Period::Month { year, month: 12 } => (midnight(year, 12), midnight(year + 1, 1)),
            Period::Month { year, month } => (midnight(year, month), midnight(year, month + 1)),
            Period::Range { from, to } => (moment(self.zone, from), moment(self.zone, to)),
        }
    }

    /// With the minutes of the day at which they began.
    fn of_period(&self, period: Period) -> Vec<(&Seen, u16)> {
        let minute = |detail: &SessionDetail| {
            let began = self.zone.timestamp_millis_opt(select::began_ms(detail.session.id)).unwrap();
            u16::try_from(began.hour() * 60 + began.minute()).unwrap()
        };
        let is_in = self.sessions.iter().filter(|seen| self.is_in(period, &seen.detail));
        is_in.map(|seen| (seen, minute(&seen.detail))).collect()
    }

    /// The selected ones in their order, as they were.
    fn selected(&self, query: &SessionQuery) -> Vec<&SessionDetail> {
        let mut selected: Vec<&SessionDetail> = self.chosen(query).map(|seen| &seen.detail).collect();
        select::ordered(query.sort, &mut selected);
        selected
    }
}

/// Every page from the top to the bottom.
async fn pages_of(reports: &SessionReports, query: &SessionQuery) -> Vec<SessionPage> {
    let mut pages = vec![reports.list(query).await.unwrap()];
    while let Some(below) = pages.last().and_then(|page| page.below.clone()) {
        pages.push(reports.list(&below).await.unwrap());
    }
    pages
}

fn ids(page: &SessionPage) -> Vec<SessionId> {
    page.sessions.iter().map(|session| session.id).collect()
}

/// The ids on all pages.
async fn listed(reports: &SessionReports, query: &SessionQuery) -> Vec<SessionId> {
    pages_of(reports, query).await.iter().flat_map(ids).collect()
}

async fn assert_list_agrees(reports: &SessionReports, everything: &Everything, query: &SessionQuery) {
    let pages = pages_of(reports, query).await;
    let listed: Vec<_> = pages.iter().flat_map(|page| &page.sessions).collect();
    let selected: Vec<_> = everything.selected(query).into_iter().map(|detail| &detail.session).collect();
    assert_marks_agree(&pages, everything, query);
    let ids = |sessions: &[&app::models::session::Session]| sessions.iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(&listed), ids(&selected), "{}", query.href());
    assert_eq!(listed, selected, "{}", query.href());

    assert_eq!(pages[0].above, None);
    let mut page = pages.last().unwrap().clone();
    for expected in pages.iter().rev().skip(1) {
        page = reports.list(page.above.as_ref().unwrap()).await.unwrap();
        assert_eq!(page.sessions, expected.sessions, "{}", query.href());
    }
    assert_eq!(page.above, None);
}

/// With a goal, the list says of each session whether it reached it, and when; without one it says nothing.
fn assert_marks_agree(pages: &[SessionPage], everything: &Everything, query: &SessionQuery) {
    let aim = everything.aim(query);
    for page in pages {
        assert_eq!(page.goal.is_some(), aim.is_some(), "{}", query.href());
        let (Some(marks), Some(aim)) = (&page.goal, &aim) else { continue };
        for session in &page.sessions {
            let seen = everything.sessions.iter().find(|seen| seen.detail.session.id == session.id).unwrap();
            assert_eq!(
                marks.of(session.id),
                select::reached_by(&seen.grouped, aim),
                "{} in {}",
                session.id,
                query.href()
            );
        }
    }
}

async fn assert_overview_agrees(reports: &SessionReports, everything: &Everything, query: &SessionQuery) {
    let selected = everything.selected(query);
    let overview = reports.overview(query).await.unwrap();
    // A goal is reached by groups; everything else is figures of the sessions as they were.
    let conversions = select::summary(&everything.by_id(query), everything.aim(query).as_ref()).conversions;
    let expected = Summary { conversions, ..select::summary(&selected, None) };
    assert_eq!(overview.summary, expected, "{}", query.href());
    // Both sides of a goal are all of it.
    if let (Some(conversions), None) = (overview.summary.conversions, query.converted) {
        let mut sides = Vec::new();
        for converted in [true, false] {
            let side = reports.overview(&query.that_converted(Some(converted))).await.unwrap();
            sides.push(side.summary.sessions);
        }
        assert_eq!(sides, [conversions, overview.summary.sessions - conversions], "{}", query.href());
    }
    if query.period == Period::Now && overview.histogram.is_empty() {
        return;
    }
    assert_eq!(in_bars(&overview), overview.summary.sessions, "{}", query.href());
    let empty = |bar: &Bar| Bar { friction: 0, suspicious: 0, outstanding: 0, plain: 0, ..*bar };
    let mut bars: Vec<Bar> = overview.histogram.iter().map(empty).collect();
    select::fill(&mut bars, selected.iter().map(|detail| &detail.session));
    assert_eq!(overview.histogram, bars, "{}", query.href());
}

/// All sessions of the histogram.
fn in_bars(overview: &Overview) -> u64 {
    overview.histogram.iter().map(Bar::sessions).sum()
}

async fn assert_facets_agree(
    reports: &SessionReports,
    everything: &Everything,
    query: &SessionQuery,
    facets: &[(Dimension, &str)],
) {
    let found: Vec<_> = everything.found(query).map(|(seen, minute)| (&seen.grouped, minute)).collect();
    let (meant, aim) = (everything.meant(query), everything.aim(query));
    for (dimension, part) in facets {
        let facet = reports.facet(query, *dimension, part).await.unwrap();
        let expected = select::facet(&meant, aim.as_ref(), *dimension, part, &found);
        assert_eq!(facet, expected, "{part:?} of {dimension:?} in {}", query.href());
        // Its first value's conversions are the sessions that they lead to.
        if let Some(FacetValue { value, conversions: Some(conversions), .. }) = facet.values.first()
            && query.converted.is_none()
        {
            let those = query.but_for(*dimension).including(*dimension, value).that_converted(Some(true));
            let those = reports.overview(&those).await.unwrap();
            assert_eq!(those.summary.sessions, *conversions, "{value:?} of {dimension:?} in {}", query.href());
        }
    }
}

/// Also where an event is asked for, and a value of one of its properties.
async fn assert_properties_agree(reports: &SessionReports, everything: &Everything, query: &SessionQuery) {
    let of_event = query.including(Dimension::Event, "Basket filled");
    let of_size = of_event.including(&size_of_basket(), "small");
    let found: Vec<_> = everything.found(query).map(|(seen, minute)| (&seen.grouped, minute)).collect();
    for query in [query, &of_event, &of_size] {
        let facets = reports.property_facets(query).await.unwrap();
        let (meant, aim) = (everything.meant(query), everything.aim(query));
        assert_eq!(facets, select::property_facets(&meant, aim.as_ref(), &found), "{}", query.href());
        let bounded = facets.iter().all(|facets| facets.properties.len() <= FACETED_PROPERTIES);
        assert!(bounded && facets.iter().flat_map(|facets| &facets.properties).all(|of| of.values.len() <= TOP));
        // Every value leads to the sessions that it counts.
        let Some((of, value)) = facets.first().and_then(|facets| {
            let of = facets.properties.first()?;
            Some((Property { event: facets.event.clone(), key: of.key.clone() }, of.values.first()?))
        }) else {
            continue;
        };
        let those = reports.overview(&query.but_for(&of).including(&of, &value.what)).await.unwrap();
        assert_eq!(those.summary.sessions, value.sessions, "{of:?} {} in {}", value.what, query.href());
    }
}

async fn assert_pages_agree(reports: &SessionReports, everything: &Everything, query: &SessionQuery) {
    let (selected, aim, rules) = (everything.by_id(query), everything.aim(query), &everything.rules);
    let aim = aim.as_ref();
    let shown = PagesShown::default();
    let table = reports.pages(query, &shown).await.unwrap();
    let rows = select::pages(&selected, aim);
    let expected = PageTable::of(table.now, selected.len() as u64, rows, &shown).grouped_by(rules);
    assert_eq!(table, expected, "{}", query.href());
    for row in table.page.rows.iter().take(2) {
        let report = reports.page(query, &PageShown { of: row.path.clone() }).await.unwrap();
        let expected = select::page_report(&row.path, &selected, aim, report.now).grouped_by(&row.path, rules);
        assert_eq!(report, expected, "{} in {}", row.path, query.href());
        // A page that is joined has the report of its group.
        if let Some(path) = PATHS.iter().find(|path| **path != row.path && rules.group(path) == row.path) {
            let of_page = reports.page(query, &PageShown { of: (*path).into() }).await.unwrap();
            assert_eq!(of_page, expected, "{path} in {}", query.href());
        }
        // Every figure leads to those that it counts.
        let of = |dimension| query.of_these(Filter::is(dimension, row.path.clone()));
        let that = |act| query.that_did(Deed { page: row.path.clone(), act });
        let who = |is_it: &dyn Fn(&TimelinePage) -> bool| {
            let did = |detail: &&&SessionDetail| detail.pages().any(|page| page.path == row.path && is_it(page));
            selected.iter().filter(did).count() as u64
        };
        let met = |is_it: fn(EventKind) -> bool| who(&|page| page.events.iter().any(|event| is_it(event.kind)));
        let mut figures = vec![
            (query.that_viewed(&row.path), row.sessions),
            (of(Dimension::Entry), row.entries),
            (of(Dimension::Exit), row.exits),
            (that(Act::Friction), met(EventKind::is_obstacle)),
            (that(Act::Errors), met(EventKind::is_error)),
            (that(Act::READ), who(&|page| page.scroll >= Some(READ_FROM))),
        ];
        figures.extend(report.clicked.rows.iter().chain(&report.friction.rows).map(|element| {
            let Element { kind, name, target, .. } = element.clone();
            (that(Act::Exactly { kind, name, target }), element.sessions)
        }));
        assert_lead_to_what_they_count(reports, figures).await;
    }
}

/// Of none there is no link.
async fn assert_lead_to_what_they_count(
    reports: &SessionReports,
    figures: impl IntoIterator<Item = (SessionQuery, u64)>,
) {
    for (those, number) in figures.into_iter().filter(|(_, number)| *number > 0) {
        assert_eq!(reports.overview(&those).await.unwrap().summary.sessions, number, "{}", those.href());
    }
}

async fn assert_events_agree(reports: &SessionReports, everything: &Everything, query: &SessionQuery) {
    let (selected, aim) = (everything.by_id(query), everything.aim(query));
    let shown = EventsShown::default();
    let table = reports.events(query, &shown).await.unwrap();
    let stretch = everything.stretch(query.period);
    let rows = select::events(&selected, aim.as_ref(), stretch);
    assert_eq!(table, EventTable::of(table.now, selected.len() as u64, rows, &shown), "{}", query.href());
    for row in table.page.rows.iter().take(2) {
        let of = row.counted.what.clone();
        let report = reports.event(query, &EventShown { of: of.clone() }).await.unwrap();
        assert_eq!(
            report,
            select::event_report(&of, &selected, aim.as_ref(), stretch, report.now),
            "{of:?} in {}",
            query.href()
        );
        let on = |page: &str, act| query.that_did(Deed { page: page.to_owned(), act });
        let pages = report.pages.rows.iter().map(|row| (on(&row.what, Act::Event(of.clone())), row.sessions));
        let details = report.details.rows.iter().map(|row| {
            let Detail { name, target } = row.what.clone();
            (on("", Act::Exactly { kind: of.kind, name, target }), row.sessions)
        });
        let properties = report.properties.iter().filter_map(|part| {
            let property = Property { event: of.name.clone(), key: part.key.clone() };
            let value = part.values.first()?;
            Some((query.that_had_with(&property, &value.what), value.sessions))
        });
        let all = std::iter::once((query.that_had(&of), row.counted.sessions));
        assert_lead_to_what_they_count(reports, all.chain(pages).chain(details).chain(properties)).await;
    }
}

async fn assert_paths_agree(reports: &SessionReports, everything: &Everything, query: &SessionQuery, anchor: &Anchor) {
    let (selected, aim) = (everything.by_id(query), everything.aim(query));
    let flow = reports.paths(query, &PathsShown { anchor: anchor.clone() }).await.unwrap();
    let meant = everything.rules.anchor(anchor);
    assert_eq!(flow, select::paths(&selected, &meant, aim.as_ref(), flow.now), "{anchor:?} in {}", query.href());
    // What a row counts are the sessions that its condition selects.
    let first = (1..).zip(&flow.steps).filter_map(|(at, step)| {
        let page = step.pages.first()?;
        let step = PathStep { anchor: anchor.clone(), at };
        let those = Filter::Step { step, not: false, values: vec![page.path.clone()] };
        Some((query.of_these(those), page.sessions))
    });
    assert_lead_to_what_they_count(reports, first).await;
}

/// From the top each selected session leads to the one below it, and back; every other one to those that it would stand
/// between.
async fn assert_neighbours_agree(reports: &SessionReports, everything: &Everything, query: &SessionQuery) {
    let chosen = everything.selected(query);
    let selected: Vec<SessionId> = chosen.iter().map(|detail| detail.session.id).collect();
    for (at, id) in selected.iter().enumerate() {
        let beside = reports.neighbours(query, *id).await.unwrap();
        let previous = at.checked_sub(1).map(|above| selected[above]);
        assert_eq!(beside, Neighbours { previous, next: selected.get(at + 1).copied() }, "{id} in {}", query.href());
    }
    let others = everything.sessions.iter().map(|seen| &seen.detail);
    for detail in others.filter(|detail| !selected.contains(&detail.session.id)) {
        let mut with_it = chosen.clone();
        with_it.push(detail);
        select::ordered(query.sort, &mut with_it);
        let id = detail.session.id;
        let at = with_it.iter().position(|other| other.session.id == id).unwrap();
        let id_at = |at: usize| with_it.get(at).map(|other| other.session.id);
        let expected = Neighbours { previous: at.checked_sub(1).and_then(id_at), next: id_at(at + 1) };
        assert_eq!(reports.neighbours(query, id).await.unwrap(), expected, "{id} beside {}", query.href());
    }
}

/// A longer stretch that ends now has the sessions of a shorter one and more.
async fn assert_longer_is_more(reports: &SessionReports, query: &SessionQuery) {
    let mut shorter = Vec::new();
    for recent in Recent::iter() {
        let query = query.in_period(Period::Last(recent));
        let longer = listed(reports, &query).await;
        assert!(shorter.iter().all(|id| longer.contains(id)), "{}", query.href());
        assert_eq!(reports.overview(&query).await.unwrap().summary.sessions, longer.len() as u64, "{}", query.href());
        shorter = longer;
    }
}

#[test]
fn whatever_is_asked_is_answered_as_if_every_session_had_been_looked_at() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let test = runtime.block_on(TestDb::fresh());
    let sites = Cell::new(0);
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, cases: 20, ..ProptestConfig::default() });
    let generated = (
        (sample::select(ZONES), any_outstanding()),
        prop::collection::vec(any_visit(), 1..130),
        prop::collection::vec(any_question(), 4..8),
    );
    let outcome = runner.run(&generated, |((zone, outstanding), visits, questions)| {
        sites.set(sites.get() + 1);
        runtime.block_on(async {
            let site = test.site(&format!("{}.example", sites.get()), zone).await;
            let rows: Vec<Rows> = visits.iter().map(|visit| visit.rows(site)).collect();
            let ids: Vec<SessionId> = rows.iter().map(Rows::id).collect();
            store(&test.db, rows).await.unwrap();
            if let Some(outstanding) = outstanding {
                test.set_outstanding(site, outstanding).await;
            }
            let reports = reports(&test);
            let goals = make_goals(&test, site).await;
            let everything = Everything::read(&reports, site, zone.parse().unwrap(), &ids).await;
            let mut everything = Everything { goals, ..everything };
            for (number, question) in questions.into_iter().enumerate() {
                let query = question.query(site, &everything.goals);
                everything.group_by(set_rules(&test, site, &question.rules).await);
                // Each session is asked about by itself: once is enough.
                if number == 0 {
                    assert_neighbours_agree(&reports, &everything, &query).await;
                }
                assert_list_agrees(&reports, &everything, &query).await;
                assert_overview_agrees(&reports, &everything, &query).await;
                assert_facets_agree(&reports, &everything, &query, &question.facets).await;
                assert_properties_agree(&reports, &everything, &query).await;
                assert_pages_agree(&reports, &everything, &query).await;
                assert_events_agree(&reports, &everything, &query).await;
                assert_paths_agree(&reports, &everything, &query, &question.anchor).await;
                assert_longer_is_more(&reports, &query).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}

fn at(time: &str) -> i64 {
    DateTime::parse_from_rfc3339(time).unwrap().timestamp_millis()
}

/// Sessions of the first site that begin at these moments; its clocks show the time of a zone.
async fn that_begin(zone: &str, moments: &[i64]) -> (TestDb, Vec<SessionId>) {
    let test = TestDb::fresh().await;
    test.set_time_zone(FIRST_SITE, zone).await;
    let rows: Vec<Rows> = moments.iter().map(|&ms| a_session(ms).page(a_page("/")).build()).collect();
    let ids = rows.iter().map(Rows::id).collect();
    store(&test.db, rows).await.unwrap();
    (test, ids)
}

/// The first site's sessions of a period, the earliest first.
fn of_period(period: &str) -> SessionQuery {
    SessionQuery {
        period: period.parse().unwrap(),
        sort: Sort { key: SortKey::Start, ascending: true },
        ..SessionQuery::newest(FIRST_SITE)
    }
}

#[rstest]
#[case::berlin("Europe/Berlin", "2026-11-03..2026-11-04", "2026-11-03T00:00:00+01:00", 24)]
#[case::berlin_as_summer_time_begins("Europe/Berlin", "2026-03-29..2026-03-30", "2026-03-29T00:00:00+01:00", 23)]
#[case::berlin_as_summer_time_ends("Europe/Berlin", "2026-10-25..2026-10-26", "2026-10-25T00:00:00+02:00", 25)]
#[case::kathmandu("Asia/Kathmandu", "2026-11-03..2026-11-04", "2026-11-03T00:00:00+05:45", 24)]
#[case::a_month_of_berlin("Europe/Berlin", "2026-10", "2026-10-01T00:00:00+02:00", 31 * 24 + 1)]
#[case::a_month_of_kathmandu("Asia/Kathmandu", "2026-10", "2026-10-01T00:00:00+05:45", 31 * 24)]
#[case::some_minutes("Asia/Kathmandu", "2026-11-03T09:15..2026-11-03T10:15", "2026-11-03T09:15:00+05:45", 1)]
#[tokio::test]
async fn a_session_at_midnight_belongs_to_the_day_that_begins(
    #[case] zone: &str,
    #[case] period: &str,
    #[case] from: &str,
    #[case] hours: i64,
) {
    let (from, to) = (at(from), at(from) + hours * HOUR);
    let (test, ids) = that_begin(zone, &[from - 1, from, to - 1, to]).await;
    let reports = reports(&test);
    let query = of_period(period);
    assert_eq!(listed(&reports, &query).await, ids[1..3]);
    let overview = reports.overview(&query).await.unwrap();
    assert_eq!((overview.summary.sessions, in_bars(&overview)), (2, 2));
    let (first, last) = (overview.histogram.first().unwrap(), overview.histogram.last().unwrap());
    assert_eq!((first.from.ms, last.to.ms), (from, to));
    assert!(overview.histogram.windows(2).all(|pair| pair[0].to.ms == pair[1].from.ms));
}

#[rstest]
#[case("Europe/Berlin")]
#[case("Asia/Kathmandu")]
#[tokio::test]
async fn the_days_of_a_month_have_its_sessions_once_each(#[case] zone: &str) {
    let quarters: Vec<i64> =
        (0..32 * 24 * 4).map(|quarter| at("2026-09-30T12:00:00Z") + quarter * 15 * MINUTE).collect();
    let (test, _) = that_begin(zone, &quarters).await;
    let reports = reports(&test);
    let mut by_day = 0;
    for day in 1..=31 {
        let next = if day == 31 { "2026-11-01".to_owned() } else { format!("2026-10-{:02}", day + 1) };
        let query = of_period(&format!("2026-10-{day:02}..{next}"));
        by_day += reports.overview(&query).await.unwrap().summary.sessions;
    }
    let month = reports.overview(&of_period("2026-10")).await.unwrap();
    let hours = if zone == "Europe/Berlin" { 31 * 24 + 1 } else { 31 * 24 };
    assert_eq!((month.summary.sessions, in_bars(&month), by_day), (hours * 4, hours * 4, hours * 4));
}

#[rstest]
#[case::an_hour_that_comes_twice("2026-10-25..2026-10-26", &[
    ("2026-10-25T01:59:59+02:00", false),
    ("2026-10-25T02:00:00+02:00", true),
    ("2026-10-25T02:30:00+02:00", true),
    ("2026-10-25T02:00:00+01:00", true),
    ("2026-10-25T02:59:59+01:00", true),
    ("2026-10-25T03:00:00+01:00", false),
])]
#[case::an_hour_that_is_left_out("2026-03-29..2026-03-30", &[
    ("2026-03-29T01:59:59+01:00", false),
    ("2026-03-29T03:00:00+02:00", false),
])]
#[tokio::test]
async fn a_part_of_the_day_is_read_from_the_sites_clocks(#[case] day: &str, #[case] sessions: &[(&str, bool)]) {
    let moments: Vec<i64> = sessions.iter().map(|(time, _)| at(time)).collect();
    let (test, ids) = that_begin("Europe/Berlin", &moments).await;
    let query = SessionQuery { time: Some(DayTime { from: 120, to: 180 }), ..of_period(day) };
    let expected: Vec<SessionId> =
        ids.into_iter().zip(sessions).filter(|(_, (_, is_in))| *is_in).map(|(id, _)| id).collect();
    assert_eq!(listed(&reports(&test), &query).await, expected);
}

#[tokio::test]
async fn the_list_the_figures_the_facets_and_the_sessions_pages_count_the_same() {
    let test = TestDb::fresh().await;
    let one = |number: i64| {
        let pages = (0..1 + number % 3).map(|page| a_page(&format!("/{page}")).after(page * 1_000));
        let country = if number % 2 == 0 { "DE" } else { "FR" };
        a_session(NOW - number * HOUR).with(Some(country), Device::Phone, "iOS", "Safari").pages(pages).build()
    };
    store(&test.db, (0..150).map(one)).await.unwrap();
    let reports = reports(&test);
    let query = SessionQuery {
        period: Period::Last(Recent::Month),
        ..SessionQuery::newest(FIRST_SITE).with(Filter::is(Dimension::Country, "DE"))
    };

    let pages = pages_of(&reports, &query).await;
    let overview = reports.overview(&query).await.unwrap();
    let mut page_views = 0;
    for session in pages.iter().flat_map(|page| &page.sessions) {
        let detail = reports.detail(FIRST_SITE, session.id).await.unwrap().unwrap();
        assert_eq!(&detail.session, session);
        page_views += super::detail::pages(&detail).len() as u64;
    }
    assert_eq!(pages.iter().map(|page| page.sessions.len()).collect::<Vec<_>>(), [50, 25]);
    assert_eq!((overview.summary.sessions, in_bars(&overview)), (75, 75));
    assert_eq!(overview.summary.page_views, page_views);
    let devices = reports.facet(&query, Dimension::Device, "").await.unwrap();
    assert_eq!(
        devices.values.iter().map(|value| (value.value.as_str(), value.sessions)).collect::<Vec<_>>(),
        [("phone", 75)]
    );
}

fn heard_of(ms_ago: i64) -> SessionBuilder {
    a_session(NOW - 3 * HOUR).received(NOW - ms_ago).page(a_page("/"))
}

#[rstest]
#[case::heard_of_this_moment(heard_of(0), true)]
#[case::heard_of_five_minutes_ago(heard_of(NOW_MS), true)]
#[case::heard_of_a_moment_longer_ago(heard_of(NOW_MS + 1), false)]
#[case::all_its_pages_are_away(heard_of(1_000).away(), false)]
#[case::closed(heard_of(1_000).ended(NOW), false)]
#[case::begun_yesterday(a_session(NOW - 23 * HOUR).received(NOW).page(a_page("/")), true)]
#[case::older_than_a_session_can_be(a_session(NOW - 25 * HOUR).received(NOW).page(a_page("/")), false)]
#[tokio::test]
async fn what_goes_on_now(#[case] session: SessionBuilder, #[case] is_now: bool) {
    let test = TestDb::fresh().await;
    let another = a_session(NOW - DAY / 2).page(a_page("/")).build();
    let rows = session.build();
    let expected = if is_now { vec![rows.id()] } else { vec![] };
    store(&test.db, [rows, another]).await.unwrap();
    let reports = reports(&test);
    assert_eq!(listed(&reports, &of_period("now")).await, expected);
    let overview = reports.overview(&of_period("now")).await.unwrap();
    assert_eq!(overview.summary.sessions, u64::from(is_now));
    let pages = reports.facet(&of_period("now"), Dimension::Page, "").await.unwrap();
    assert_eq!(pages.values.iter().map(|value| value.sessions).sum::<u64>(), u64::from(is_now));
}

#[tokio::test]
async fn what_goes_on_now_ceases_to_without_a_message() {
    let test = TestDb::fresh().await;
    store(&test.db, [heard_of(0).build()]).await.unwrap();
    let clock = Clock::set_to(NOW);
    let reports = reports_at(&test, &clock);
    let mut counts = Vec::new();
    for _ in 0..3 {
        counts.push(reports.overview(&of_period("now")).await.unwrap().summary.sessions);
        clock.advance(NOW_MS);
    }
    assert_eq!(counts, [1, 1, 0]);
}

#[tokio::test]
async fn the_beginning_of_a_stretch_that_ends_now_moves_with_the_clock() {
    let (test, ids) = that_begin("UTC", &[NOW - HOUR - 1, NOW - HOUR, NOW - 1, NOW]).await;
    let clock = Clock::set_to(NOW);
    let reports = reports_at(&test, &clock);
    assert_eq!(listed(&reports, &of_period("1h")).await, ids[1..]);
    clock.advance(1);
    assert_eq!(listed(&reports, &of_period("1h")).await, ids[2..]);
}

#[tokio::test]
async fn the_figures_of_the_stretch_before_are_those_of_the_hour_before() {
    let (test, _) = that_begin("UTC", &[NOW - 2 * HOUR - 1, NOW - 2 * HOUR, NOW - HOUR - 1, NOW - HOUR, NOW]).await;
    let overview = reports(&test).overview(&of_period("1h")).await.unwrap();
    assert_eq!(overview.summary.sessions, 2);
    assert_eq!(overview.before.map(|before| before.sessions), Some(2));
}

#[tokio::test]
async fn what_is_measured_of_a_session_is_as_new_as_the_database_and_a_code_counts_until_it_leads_nowhere() {
    let test = TestDb::fresh().await;
    let id = SessionId(Uuid::from_u128(u128::try_from(NOW - HOUR).unwrap() << 80 | 7));
    let seen_to = |percent| {
        let page = a_page("/").id(Uuid::from_u128(1)).row(|view| view.scroll = Some(percent));
        a_session(NOW - HOUR).id(id).page(page)
    };
    let clock = Clock::set_to(NOW);
    let reports = reports_at(&test, &clock);
    let more = |metric, than| Filter::Number { metric, test: NumberTest::More(than) };
    let quarter = SessionQuery::newest(FIRST_SITE).in_period(Period::Last(Recent::Quarter));
    let (read, shown) = (quarter.with(more(Metric::Scroll, 74)), quarter.with(more(Metric::References, 1)));
    let found = async || (listed(&reports, &read).await.len(), listed(&reports, &shown).await.len());

    store(&test.db, [seen_to(74).code(any_code(), NOW - DAY).build()]).await.unwrap();
    assert_eq!(found().await, (0, 0));
    store(&test.db, [seen_to(75).code(any_code(), NOW).received(NOW).build()]).await.unwrap();
    assert_eq!(found().await, (1, 1));
    // The older of the two leads nowhere any more.
    clock.advance(29 * DAY);
    assert_eq!(found().await, (1, 0));
}
