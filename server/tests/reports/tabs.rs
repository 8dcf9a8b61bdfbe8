//! Twenty sessions, few enough to count by hand, with every figure of every tab as it was counted.

use app::{
    models::{
        event::{EventKind, PropValue, Props},
        events::{Called, Counted, Detail, EventReport, EventShown, EventsShown},
        goal::Aim,
        ids::GoalId,
        pages::{Beside, Element, PageShown, PagesShown, Top},
        paths::{Anchor, FlowStep, PathsShown, Spot},
        query::{Act, Bounds, Deed, Dimension, Filter, SessionQuery},
        view::ViewName,
    },
    services::{Sessions, Tabs},
};
use rstest::rstest;
use server::{
    clock::Clock,
    reports::SessionReports,
    store::goals::{self, Made},
};

use crate::support::{
    builders::{PageBuilder, Rows, a_page, a_session, an_event, store},
    db::{FIRST_SITE, TestDb},
};

/// When they are looked at.
pub(super) const NOON: i64 = 1_794_312_000_000;
const HOUR: i64 = 60 * 60_000;

/// One session a line, the newest last: its pages with their active seconds, their scroll depth and what happened on them.
/// "several" is a session of perhaps several people; of one page nothing was measured.
const SESSIONS: &str = "
/ 10s 100% > /lamps 30s 80% > /cart 20s 50% form:Order > /thanks 5s 100% purchase(lamp=oak,price=40)
/ 20s 40%
/lamps 60s 90%
/ 5s 10% > /lamps 15s 30% > / 10s 60%
/lamps 40s 75% rage_click:Zoom > /cart 10s 20%
/ 30s 100% > /pricing 45s 75% > /sign-up 20s 100% form:Join > /welcome 5s 100% signup(plan=pro)
/pricing 12s 50%
/pricing 25s 80% > /sign-up 8s 30% error:TypeError > /pricing 6s 10%
/ 15s 50% > / 5s 20% > /lamps 25s 100%
/lamps
/ 10s 74% > /cart 30s 100% not_found
/gone 3s 100% not_found > / 20s 80%
/ 10s 50% > /lamps 10s 50% > /pricing 10s 50% > /sign-up 10s 50% > /welcome 10s 50% signup(plan=free) > /lamps 10s 50%
/lamps 50s 100% click:Buy > /cart 40s 100% form:Order > /thanks 10s 100% purchase(lamp=brass,price=90)
several / 500s 100% > /lamps 500s 100%
/pricing 30s 76% > /sign-up 30s 90% form:Join signup(plan=pro)
/ 8s 5% dead_click:Picture
/ 20s 60% outbound:Maker
/lamps 35s 60% click:Buy click:Buy > /cart 15s 10%
/ 10s 30% > /pricing 20s 75% > /lamps 30s 100% > /cart 20s 40% form:Order > /thanks 5s 100% purchase(lamp=oak,price=40)
";

/// All of them.
pub(super) fn sessions() -> impl Iterator<Item = Rows> {
    SESSIONS.trim().lines().enumerate().map(session)
}

/// The session that a line says.
fn session((nth, line): (usize, &str)) -> Rows {
    let (is_several, pages) = line.strip_prefix("several ").map_or((false, line), |pages| (true, pages));
    let mut after = 0;
    let pages = pages.split(" > ").map(|text| {
        let (page, active_ms) = page(text, after);
        after += active_ms + 1_000;
        page
    });
    let began = NOON - 20 * HOUR + i64::try_from(nth).unwrap() * HOUR;
    a_session(began).pages(pages).ended(NOON - HOUR / 4).row(|row| row.overlapping = is_several).build()
}

/// A page view with its active time.
fn page(text: &str, after: i64) -> (PageBuilder, i64) {
    let mut words = text.split(' ');
    let mut page = a_page(words.next().unwrap()).after(after).titled("A page");
    let mut active_ms = 0;
    for word in words {
        if let Some(percent) = word.strip_suffix('%') {
            page = page.row(|row| row.scroll = Some(percent.parse().unwrap()));
        } else if let Some(seconds) = word.strip_suffix('s').and_then(|seconds| seconds.parse::<i64>().ok()) {
            active_ms = seconds * 1_000;
            page = page.measured(active_ms, 0, 0);
        } else if let Some((name, props)) = word.strip_suffix(')').and_then(|word| word.split_once('(')) {
            let of = |pair: &str| {
                let (key, value) = pair.split_once('=').unwrap();
                (key.to_owned(), PropValue::Text(value.to_owned()))
            };
            let props: Props = props.split(',').map(of).collect();
            page = page.event(an_event(EventKind::Custom).named(name).props(&props).at(500));
        } else {
            let (kind, name) = word.split_once(':').unwrap_or((word, ""));
            let event = an_event(kind.parse().unwrap()).at(100);
            page = page.event(if name.is_empty() { event } else { event.named(name) });
        }
    }
    (page, active_ms)
}

/// Those sessions, and a goal: a purchase.
async fn twenty() -> (TestDb, SessionReports, GoalId) {
    let test = TestDb::fresh().await;
    store(&test.db, sessions()).await.unwrap();
    let (name, aim) = (ViewName::parse("Bought").unwrap(), Aim::of(Filter::is(Dimension::Event, "purchase")).unwrap());
    let Made::Goal(goal) = goals::make(&test.db, FIRST_SITE, &name, &aim, NOON).await.unwrap() else {
        panic!("no goal")
    };
    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOON));
    (test, reports, goal)
}

fn all() -> SessionQuery {
    SessionQuery::newest(FIRST_SITE)
}

fn lines<T>(rows: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    rows.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_list_has_twenty_sessions_of_which_three_bought() {
    let (_test, reports, goal) = twenty().await;
    let counted = async |query: &SessionQuery| reports.overview(query).await.unwrap().summary.sessions;
    assert_eq!(counted(&all()).await, 20);
    let bought = all().for_goal(Some(goal));
    assert_eq!(counted(&bought.that_converted(Some(true))).await, 3);
    assert_eq!(counted(&bought.that_converted(Some(false))).await, 17);
    let property = |value: &str| Filter::Property {
        property: app::models::query::Property { event: "purchase".into(), key: "lamp".into() },
        not: false,
        values: vec![value.into()],
    };
    assert_eq!(counted(&all().with(property("oak"))).await, 2);
    assert_eq!(counted(&all().with(property("brass"))).await, 1);
}

#[tokio::test]
async fn the_table_of_pages() {
    let (_test, reports, goal) = twenty().await;
    let table = reports.pages(&all().for_goal(Some(goal)), &PagesShown::default()).await.unwrap();
    let found = lines(table.page.rows, |row| {
        format!(
            "{}: {} views, {} sessions, {} entries, {} exits, {} s, {} %, read {} of {}, friction {}, errors {}, bought {}",
            row.path,
            row.views,
            row.sessions,
            row.entries,
            row.exits,
            row.median_active_ms.unwrap() / 1_000,
            row.median_scroll.unwrap(),
            row.read,
            row.scrolled,
            row.friction,
            row.errors,
            row.conversions.unwrap()
        )
    });
    // Medians leave out the session of perhaps several people.
    assert_eq!(
        found,
        "\
/: 14 views, 12 sessions, 11 entries, 5 exits, 10 s, 50 %, read 4 of 14, friction 1, errors 0, bought 2
/lamps: 12 views, 11 sessions, 5 entries, 5 exits, 30 s, 75 %, read 7 of 11, friction 1, errors 0, bought 3
/pricing: 7 views, 6 sessions, 3 entries, 2 exits, 20 s, 75 %, read 4 of 7, friction 0, errors 0, bought 1
/cart: 6 views, 6 sessions, 0 entries, 3 exits, 20 s, 40 %, read 2 of 6, friction 0, errors 1, bought 3
/sign-up: 4 views, 4 sessions, 0 entries, 1 exits, 10 s, 50 %, read 2 of 4, friction 0, errors 1, bought 0
/thanks: 3 views, 3 sessions, 0 entries, 3 exits, 5 s, 100 %, read 3 of 3, friction 0, errors 0, bought 3
/welcome: 2 views, 2 sessions, 0 entries, 1 exits, 5 s, 50 %, read 1 of 2, friction 0, errors 0, bought 0
/gone: 1 views, 1 sessions, 1 entries, 0 exits, 3 s, 100 %, read 1 of 1, friction 0, errors 1, bought 0"
    );
    assert_eq!(table.sessions, 20);
}

#[tokio::test]
async fn the_report_of_a_page() {
    let (_test, reports, _) = twenty().await;
    let report = reports.page(&all(), &PageShown { of: "/lamps".into() }).await.unwrap();
    let beside = |top: &Top<_>, nothing: &str| {
        lines(&top.rows, |row: &app::models::pages::BesideRow| {
            let what = if let Beside::Page(path) = &row.what { path } else { nothing };
            format!("{what} {}", row.times)
        })
    };
    assert_eq!(report.looks, 12);
    assert_eq!(beside(&report.before, "began"), "/ 5\nbegan 5\n/pricing 1\n/welcome 1");
    assert_eq!(beside(&report.after, "ended"), "/cart 5\nended 5\n/ 1\n/pricing 1");
    // Under 5, 10, 30, 60, 120, 300, 600 seconds, and above.
    assert_eq!(report.active, [0, 0, 4, 5, 1, 0, 1, 0]);
    assert_eq!(report.scroll, [0, 0, 0, 1, 0, 2, 1, 1, 1, 5]);
    let elements = |top: &Top<Element>| {
        lines(&top.rows, |row| format!("{} {} {} in {}", row.kind, row.name, row.times, row.sessions))
    };
    assert_eq!(elements(&report.clicked), "click Buy 3 in 2");
    assert_eq!(elements(&report.friction), "rage_click Zoom 1 in 1");
}

#[tokio::test]
async fn the_table_of_events() {
    let (_test, reports, goal) = twenty().await;
    let table = reports.events(&all().for_goal(Some(goal)), &EventsShown::default()).await.unwrap();
    let found = lines(&table.page.rows, |row| {
        let Counted { what, times, sessions, conversions } = &row.counted;
        assert_eq!(row.trend.iter().map(|&times| u64::from(times)).sum::<u64>(), *times);
        format!("{}: {times} in {sessions}, bought {}", what.name, conversions.unwrap())
    });
    assert_eq!(
        found,
        "\
form: 5 in 5, bought 3
click: 3 in 2, bought 1
purchase: 3 in 3, bought 3
signup: 3 in 3, bought 0
not_found: 2 in 2, bought 0
dead_click: 1 in 1, bought 0
error: 1 in 1, bought 0
outbound: 1 in 1, bought 0
rage_click: 1 in 1, bought 0"
    );
}

#[rstest]
#[case::one_that_the_site_names(
    EventKind::Custom,
    "purchase",
    "lamp oak 2 in 2\nlamp brass 1 in 1\nprice 40 2 in 2\nprice 90 1 in 1",
    "",
    "/thanks 3 in 3"
)]
#[case::another(
    EventKind::Custom,
    "signup",
    "plan pro 2 in 2\nplan free 1 in 1",
    "",
    "/welcome 2 in 2\n/sign-up 1 in 1"
)]
#[case::one_of_a_kind(EventKind::Form, "form", "", "Order 3 in 3\nJoin 2 in 2", "/cart 3 in 3\n/sign-up 2 in 2")]
#[tokio::test]
async fn the_report_of_an_event(
    #[case] kind: EventKind,
    #[case] name: &str,
    #[case] properties: &str,
    #[case] details: &str,
    #[case] pages: &str,
) {
    let (_test, reports, _) = twenty().await;
    let shown = EventShown { of: Called { kind, name: name.into() } };
    let EventReport { properties: found, details: of, pages: on, .. } = reports.event(&all(), &shown).await.unwrap();
    let values = found.iter().flat_map(|property| property.values.iter().map(|value| (property.key.clone(), value)));
    assert_eq!(lines(values, |(key, row)| format!("{key} {} {} in {}", row.what, row.times, row.sessions)), properties);
    assert_eq!(
        lines(&of.rows, |row: &Counted<Detail>| format!("{} {} in {}", row.what.name, row.times, row.sessions)),
        details
    );
    assert_eq!(lines(&on.rows, |row| format!("{} {} in {}", row.what, row.times, row.sessions)), pages);
}

fn on(page: &str, act: Act) -> Filter {
    Filter::Did { deed: Deed { page: page.into(), act }, not: false }
}

fn exactly(kind: EventKind, name: &str) -> Act {
    Act::Exactly { kind, name: name.into(), target: String::new() }
}

#[rstest]
#[case::who_met_an_obstacle_on_a_page(on("/lamps", Act::Friction), 1)]
#[case::on_whichever_page(on("", Act::Friction), 2)]
#[case::on_a_page_that_did_not_fail(on("/lamps", Act::Errors), 0)]
#[case::on_one_that_did(on("/sign-up", Act::Errors), 1)]
#[case::who_read_a_page(on("/pricing", Act::READ), 4)]
#[case::who_saw_a_part_of_it_twice_counts_once(on("/lamps", Act::Depth(Bounds { from: 50, below: Some(60) })), 1)]
#[case::who_was_active_on_it(on("/lamps", Act::Active(Bounds { from: 10, below: Some(30) })), 3)]
#[case::who_came_from_a_page(on("/lamps", Act::After("/".into())), 5)]
#[case::who_began_there(on("/lamps", Act::After(String::new())), 5)]
#[case::who_went_on_to_a_page(on("/lamps", Act::Before("/cart".into())), 5)]
#[case::who_left_there(on("/lamps", Act::Before(String::new())), 5)]
#[case::a_reload_is_no_page_before(on("/", Act::After("/".into())), 0)]
#[case::who_clicked_something_on_a_page(on("/lamps", exactly(EventKind::Click, "Buy")), 2)]
#[case::who_sent_a_form(on("", exactly(EventKind::Form, "Order")), 3)]
#[case::on_another_page(on("/sign-up", exactly(EventKind::Form, "Order")), 0)]
#[case::where_an_event_happened(on("/sign-up", Act::Event(Called { kind: EventKind::Custom, name: "signup".into() })), 1)]
#[tokio::test]
async fn what_was_done_on_a_page_selects_those_that_did_it_there(#[case] filter: Filter, #[case] sessions: u64) {
    let (_test, reports, _) = twenty().await;
    let counted = async |query: SessionQuery| reports.overview(&query).await.unwrap().summary.sessions;
    assert_eq!(counted(all().with(filter.clone())).await, sessions);
    let Filter::Did { deed, .. } = filter else { panic!("no deed") };
    assert_eq!(counted(all().with(Filter::Did { deed, not: true })).await, 20 - sessions, "the others did not");
}

#[tokio::test]
async fn what_a_figure_counts_is_a_part_of_what_is_selected_already() {
    let (_test, reports, _) = twenty().await;
    let counted = async |query: SessionQuery| reports.overview(&query).await.unwrap().summary.sessions;
    let cart = all().that_viewed("/cart");
    assert_eq!((counted(cart.clone()).await, counted(cart.that_viewed("/lamps")).await), (6, 5));
    let ordered = all().that_had(&Called { kind: EventKind::Form, name: "form".into() });
    let bought = ordered.that_had(&Called { kind: EventKind::Custom, name: "purchase".into() });
    let signed_up = bought.that_had(&Called { kind: EventKind::Custom, name: "signup".into() });
    assert_eq!([counted(ordered).await, counted(bought).await, counted(signed_up).await], [5, 3, 0]);
}

/// `20: / 11 (3 ended), …`
fn step(step: &FlowStep) -> String {
    let pages = (0..).zip(&step.pages).map(|(place, page)| {
        format!("{} {} ({} ended)", page.path, page.sessions, step.ended(Some(Spot::Page(place))))
    });
    let others = (step.others > 0)
        .then(|| format!("{} others {} ({} ended)", step.other_pages, step.others, step.ended(Some(Spot::Others))));
    format!("{}: {}", step.sessions, pages.chain(others).collect::<Vec<_>>().join(", "))
}

#[rstest]
#[case::from_the_beginning(
    Anchor::Start,
    "\
20: / 11 (3 ended), /lamps 5 (2 ended), /pricing 3 (1 ended), /gone 1 (0 ended)
14: /lamps 5 (2 ended), /cart 4 (3 ended), /pricing 2 (0 ended), /sign-up 2 (1 ended), / 1 (1 ended)
7: /pricing 2 (1 ended), / 1 (1 ended), /cart 1 (0 ended), /lamps 1 (0 ended), /sign-up 1 (0 ended), /thanks 1 (1 ended)
4: /cart 1 (0 ended), /sign-up 1 (0 ended), /thanks 1 (1 ended), /welcome 1 (1 ended)
2: /thanks 1 (1 ended), /welcome 1 (0 ended)"
)]
#[case::from_a_page(Anchor::After("/lamps".into()), "\
11: /lamps 11 (4 ended)
7: /cart 5 (2 ended), / 1 (1 ended), /pricing 1 (0 ended)
4: /thanks 3 (3 ended), /sign-up 1 (0 ended)
1: /welcome 1 (0 ended)
1: /lamps 1 (1 ended)")]
#[case::back_from_the_end(Anchor::End, "\
20: / 5 (3 ended), /lamps 5 (2 ended), /cart 3 (0 ended), /thanks 3 (0 ended), /pricing 2 (1 ended), /sign-up 1 (0 ended), 1 others 1 (0 ended)
14: / 3 (3 ended), /cart 3 (0 ended), /lamps 3 (2 ended), /sign-up 2 (0 ended), /gone 1 (1 ended), /pricing 1 (1 ended), 1 others 1 (0 ended)
7: /lamps 3 (1 ended), /pricing 2 (1 ended), / 1 (1 ended), /sign-up 1 (0 ended)
4: / 2 (2 ended), /pricing 2 (0 ended)
2: / 1 (1 ended), /lamps 1 (0 ended)")]
#[case::back_from_the_goal(
    Anchor::Goal,
    "\
3: /thanks 3 (0 ended)
3: /cart 3 (0 ended)
3: /lamps 3 (1 ended)
2: / 1 (1 ended), /pricing 1 (0 ended)
1: / 1 (1 ended)"
)]
#[tokio::test]
async fn the_paths(#[case] anchor: Anchor, #[case] steps: &str) {
    let (_test, reports, goal) = twenty().await;
    let flow = reports.paths(&all().for_goal(Some(goal)), &PathsShown { anchor }).await.unwrap();
    assert_eq!(lines(&flow.steps, step), steps);
    for pair in flow.steps.windows(2) {
        assert_eq!(pair[0].sessions - pair[0].ended(None), pair[1].sessions, "who does not end goes on");
    }
}
