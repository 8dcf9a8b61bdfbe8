//! Generated journeys, and what can befall their reports on the way.

use app::models::event::EventKind;
use proptest::prelude::*;

use super::{
    collector::{CHROME, Collector, NOON},
    journey::{HOUR, Journey, MINUTE, Report, SECOND},
};

/// Where generated visitors sit.
pub const ADDRESSES: [&str; 2] = ["203.0.113.9", "2001:db8::9"];

#[derive(Clone, Debug)]
enum Step {
    Opens(u8),
    Reads(i64),
    LooksAway(i64),
    Does(EventKind),
    Leaves,
    Waits(i64),
}

/// What can be told of a page; quick backs are told by nobody.
const EVENTS: &[EventKind] = &[
    EventKind::Click,
    EventKind::Outbound,
    EventKind::FormStart,
    EventKind::Form,
    EventKind::Custom,
    EventKind::RageClick,
    EventKind::DeadClick,
    EventKind::Error,
    EventKind::NotFound,
];

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0u8..4).prop_map(Step::Opens),
        4 => (SECOND..40 * SECOND).prop_map(Step::Reads),
        1 => (SECOND..2 * MINUTE).prop_map(Step::LooksAway),
        3 => prop::sample::select(EVENTS).prop_map(Step::Does),
        1 => Just(Step::Leaves),
        1 => (MINUTE..25 * MINUTE).prop_map(Step::Waits),
        1 => (33 * MINUTE..70 * MINUTE).prop_map(Step::Waits),
    ]
}

/// What somebody does on the site, with ids of its own family.
pub fn any_journey(family: u128) -> impl Strategy<Value = Journey> {
    prop::collection::vec(any_step(), 1..16).prop_map(move |steps| {
        steps.into_iter().fold(Journey::of_family(family).opens("/"), |journey, step| match step {
            Step::Opens(page) => journey.waits(SECOND).opens(&format!("/page-{page}")),
            Step::Reads(ms) => journey.reads(ms),
            Step::LooksAway(ms) => journey.looks_away(ms),
            Step::Does(kind) => journey.does(kind),
            Step::Leaves => journey.leaves(),
            Step::Waits(ms) => journey.waits(ms),
        })
    })
}

/// Whether no two of its reports lie so far apart that the way decides whether a session goes on: when a report arrives
/// cuts a session, so that one which arrives a little earlier or later near the limit is another visit.
pub fn is_clear_of_the_limit(journey: &Journey) -> bool {
    const NEAR: i64 = MINUTE;
    let made_at: Vec<i64> = journey.reports().iter().map(|report| report.made_at).collect();
    let is_near = |earlier: &i64, later: &i64| (later - earlier - 30 * MINUTE).abs() <= NEAR;
    made_at.iter().enumerate().all(|(at, earlier)| !made_at[at..].iter().any(|later| is_near(earlier, later)))
}

/// Runs to its end what has to wait.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// Reports of all visitors in the order in which they were made.
pub fn in_order(journeys: &[Journey]) -> Vec<(usize, Report)> {
    let mut reports: Vec<(usize, Report)> = journeys
        .iter()
        .enumerate()
        .flat_map(|(visitor, journey)| journey.reports().iter().map(move |report| (visitor, report.clone())))
        .collect();
    reports.sort_by_key(|(_, report)| report.made_at);
    reports
}

/// What becomes of a report on its way.
#[derive(Clone, Debug)]
struct Fate {
    is_lost: bool,
    late: i64,
    again_after: Option<i64>,
    clock_error: i64,
}

fn any_fate() -> impl Strategy<Value = Fate> {
    let late = prop_oneof![8 => 0..20 * SECOND, 1 => 0..40 * MINUTE, 1 => HOUR..60 * HOUR];
    let again_after = prop::option::weighted(0.2, prop_oneof![3 => 0..MINUTE, 1 => 0..60 * HOUR]);
    let clock_error = prop_oneof![
        8 => Just(0),
        1 => -2 * HOUR..2 * HOUR,
        1 => 0..100 * HOUR,
        1 => prop_oneof![Just(-1_000_000_000_000_000i64), Just(1_000_000_000_000_000i64)],
    ];
    let fate = |(is_lost, late, again_after, clock_error)| Fate { is_lost, late, again_after, clock_error };
    (prop::bool::weighted(0.15), late, again_after, clock_error).prop_map(fate)
}

/// A report that reaches the collector.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Whose it is.
    pub visitor: usize,
    /// What it says.
    pub report: Report,
    /// When it arrives, in milliseconds since [`NOON`]; no two arrive at once.
    pub moment: i64,
    /// By how much the page takes itself for older than it is.
    clock_error: i64,
}

/// Journeys of which some reports never arrive, others twice or days late, and some tell ages that cannot be.
#[derive(Clone, Debug)]
pub struct Disturbed {
    /// The first two are tabs of one browser, the third is somebody else.
    pub journeys: Vec<Journey>,
    /// What arrives, in order.
    pub arrivals: Vec<Arrival>,
}

/// Disturbed journeys.
pub fn any_disturbed() -> impl Strategy<Value = Disturbed> {
    let journeys = (any_journey(1), any_journey(2), any_journey(3)).prop_map(|(one, tab, other)| vec![one, tab, other]);
    (journeys, prop::collection::vec(any_fate(), 1..100)).prop_map(|(journeys, fates)| {
        let mut arrivals = Vec::new();
        for ((visitor, report), fate) in in_order(&journeys).into_iter().zip(fates.iter().cycle()) {
            let first = report.made_at + fate.late;
            let moments = [(!fate.is_lost).then_some(first), fate.again_after.map(|later| first + later)];
            arrivals.extend(moments.into_iter().flatten().map(|moment| Arrival {
                visitor,
                report: report.clone(),
                moment,
                clock_error: fate.clock_error,
            }));
        }
        arrivals.sort_by_key(|arrival| arrival.moment);
        let mut free_from = 0;
        for arrival in &mut arrivals {
            arrival.moment = arrival.moment.max(free_from);
            free_from = arrival.moment + 1;
        }
        Disturbed { journeys, arrivals }
    })
}

impl Disturbed {
    /// Lets everything arrive that does.
    pub async fn arrive(&self, collector: &Collector) {
        for arrival in &self.arrivals {
            self.deliver(arrival, collector).await;
        }
    }

    /// Lets one report arrive. Whether it was taken: what comes too late begins no session.
    pub async fn deliver(&self, arrival: &Arrival, collector: &Collector) -> bool {
        collector.clock.advance(NOON + arrival.moment - collector.clock.now_ms());
        let journey = &self.journeys[arrival.visitor];
        let sent_at = arrival.moment + arrival.clock_error;
        let body = journey.body(std::slice::from_ref(&arrival.report), None, sent_at);
        let answer = collector.post(ADDRESSES[arrival.visitor / 2], CHROME, body).await;
        assert_eq!(answer.status, 202);
        match answer.outcomes()[..] {
            ["stored" | "duplicate"] => true,
            ["too_late"] => false,
            _ => panic!("{:?}", answer.body),
        }
    }
}
