//! A session as one would tell it: where it came from, on what, how much and for how long, what tells most of it, where it
//! ended. Made of what is stored and of nothing else; what is not known is left out.

mod arrival;
mod deeds;
pub(super) mod name;

use super::{count, sentence::unbroken, values::sentence_case};
use crate::models::{
    session::{Session, SessionState},
    sign::SignKind,
    timeline::SessionDetail,
};

/// The session in one sentence, on one line, with a full stop.
pub fn story(detail: &SessionDetail) -> String {
    let left_for = left_for(detail);
    let mut parts = vec![arrival::arrival(detail)];
    parts.extend(opened(&detail.session));
    parts.extend(came_back(detail));
    parts.extend(deeds::deeds(detail, left_for.as_deref()));
    parts.push(ending(&detail.session, left_for));
    let told = parts.join(", ");
    match caution(&detail.session) {
        Some(caution) => format!("{caution}: {told}."),
        None => format!("{}.", sentence_case(&told)),
    }
}

/// Why this may not be what one person did.
fn caution(session: &Session) -> Option<String> {
    let machine = session.bot.as_deref().map(|reason| match name::name(reason) {
        Some(reason) => format!("Taken for a machine ({reason})"),
        None => "Taken for a machine".into(),
    });
    match (machine, session.overlapping) {
        (Some(machine), true) => Some(format!("{machine}, perhaps several people")),
        (None, true) => Some("Perhaps several people".into()),
        (machine, false) => machine,
    }
}

/// `opened 5 pages in 4 min 12 s (2 min 40 s active)`
fn opened(session: &Session) -> Option<String> {
    if session.pages == 0 {
        return None;
    }
    let pages = count(session.pages.into(), "page", "pages");
    let within = if session.pages == 1 { "for" } else { "in" };
    Some(match (session.known_duration_ms().map(unbroken), active(session)) {
        (Some(whole), Some(active)) => format!("opened {pages} {within} {whole} ({active})"),
        (Some(whole), None) => format!("opened {pages} {within} {whole} (active time not measured)"),
        (None, _) => format!("opened {pages} (time not measured)"),
    })
}

fn active(session: &Session) -> Option<String> {
    Some(match (session.active_ms?, session.unmeasured_pages) {
        (0, 0) => "never active".into(),
        (0, _) => "no active time measured".into(),
        (active, 0) => format!("{} active", unbroken(active)),
        // Of some pages it is not known.
        (active, _) => format!("at least {} active", unbroken(active)),
    })
}

/// One page, if it was come back to as often as the sign asks.
fn came_back(detail: &SessionDetail) -> Option<String> {
    let times = detail.session.signs.iter().find(|sign| sign.kind == SignKind::Returns)?.figure;
    let times = count(times.into(), "time", "times");
    Some(match most_visited(detail) {
        Some(path) => format!("looked at {} and came back to it {times}", name::path(path)),
        None => format!("came back to one page {times}"),
    })
}

/// The page that was come to most often; one that is opened again on itself was not left.
fn most_visited(detail: &SessionDetail) -> Option<&str> {
    let mut visited: Vec<&str> = detail.pages().map(|page| page.path.as_str()).collect();
    visited.dedup();
    let times = |path: &str| visited.iter().filter(|&&other| other == path).count();
    visited.iter().copied().max_by_key(|path| times(path)).filter(|path| times(path) > 1)
}

fn ending(session: &Session, left_for: Option<String>) -> String {
    let page = name::path(&session.last_page);
    match (session.state, left_for) {
        (SessionState::Now, _) => format!("and is on {page} now"),
        (SessionState::Open, _) => format!("and was last on {page}"),
        (SessionState::Closed, Some(host)) => format!("left for {host}"),
        (SessionState::Closed, None) => format!("left on {page}"),
    }
}

/// The host that the last thing which happened led to, if the session ended with it.
fn left_for(detail: &SessionDetail) -> Option<String> {
    let session = &detail.session;
    let last = detail.pages().last().filter(|page| page.path == session.last_page)?;
    let link = last.left_through()?;
    (session.state == SessionState::Closed).then(|| deeds::host(link.target.as_deref()?)).flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::{
        format::duration,
        models::{
            event::EventKind,
            samples,
            session::Device,
            sign::Sign,
            source::{Campaign, Channel, Source},
            timeline::{TimelineEvent, TimelinePage},
        },
    };

    /// A closed session of a minute on one page, of which no more is known.
    fn session() -> Session {
        samples::session(1)
    }

    fn sign(kind: SignKind, figure: u32) -> Vec<Sign> {
        vec![Sign { kind, figure }]
    }

    fn told(session: Session, pages: Vec<TimelinePage>) -> String {
        story(&samples::detail(session, pages)).replace('\u{a0}', " ")
    }

    /// An event after so many milliseconds.
    fn at(offset_ms: u64, kind: EventKind, name: &str, target: &str) -> TimelineEvent {
        TimelineEvent { offset_ms, ..samples::event(kind, name, target) }
    }

    #[test]
    fn a_session_is_told_from_where_it_came_to_where_it_left() {
        let session = Session {
            source: Source { channel: Channel::Search, name: "Google".into() },
            device: Device::Phone,
            os: Some("iOS".into()),
            country: "DE".parse().ok(),
            pages: 5,
            duration_ms: 252_000,
            active_ms: Some(160_000),
            last_page: "/checkout".into(),
            ..session()
        };
        let clicks = [9_000, 9_200, 9_400, 9_600].map(|offset_ms| at(offset_ms, EventKind::Click, "Pay", ""));
        let events = clicks.into_iter().chain([at(9_400, EventKind::RageClick, "Pay", "")]).collect();
        assert_eq!(
            told(session, vec![samples::page("/checkout", events)]),
            "Came from Google on an iPhone in Germany, opened 5 pages in 4 min 12 s (2 min 40 s active), clicked “Pay” 4 \
             times within a second, left on /checkout."
        );
    }

    #[rstest]
    #[case::one_page(1, 38_000, Some(20_000), 0, "opened 1 page for 38 s (20 s active)")]
    #[case::several(5, 252_000, Some(160_000), 0, "opened 5 pages in 4 min 12 s (2 min 40 s active)")]
    #[case::many(1_284, 7_500_000, Some(60_000), 0, "opened 1,284 pages in 2 h 5 min (1 min active)")]
    #[case::some_not_measured(3, 60_000, Some(5_000), 1, "opened 3 pages in 1 min (at least 5 s active)")]
    #[case::nothing_of_some(3, 60_000, Some(0), 1, "opened 3 pages in 1 min (no active time measured)")]
    #[case::never_active(1, 0, Some(0), 0, "opened 1 page for 0 s (never active)")]
    #[case::active_time_not_measured(2, 4_000, None, 2, "opened 2 pages in 4 s (active time not measured)")]
    #[case::nothing_measured(1, 0, None, 1, "opened 1 page (time not measured)")]
    fn how_much_and_for_how_long(
        #[case] pages: u32,
        #[case] duration_ms: u64,
        #[case] active_ms: Option<u64>,
        #[case] unmeasured_pages: u32,
        #[case] expected: &str,
    ) {
        let session = Session { pages, duration_ms, active_ms, unmeasured_pages, ..session() };
        assert_eq!(told(session, vec![]), format!("Came directly, {expected}, left on /."));
    }

    #[rstest]
    #[case::nothing(vec![], "")]
    #[case::clicks(vec![at(0, EventKind::Click, "Pay", "")], "")]
    #[case::rage_without_clicks(
        vec![at(0, EventKind::RageClick, "Pay", "")], "clicked “Pay” several times within a second, "
    )]
    #[case::rage_at_nothing(
        vec![at(0, EventKind::RageClick, "", "")], "clicked several times at one place within a second, "
    )]
    #[case::rage_and_clicks_of_another_time(
        vec![
            at(0, EventKind::Click, "Pay", ""),
            at(9_000, EventKind::Click, "Pay", ""),
            at(9_100, EventKind::Click, "Pay", ""),
            at(9_200, EventKind::Click, "Other", ""),
            at(9_300, EventKind::Click, "Pay", ""),
            at(9_300, EventKind::RageClick, "Pay", ""),
        ],
        "clicked “Pay” 3 times within a second, "
    )]
    #[case::an_error(vec![at(0, EventKind::Error, "x is not defined", "")], "met 1 script error, ")]
    #[case::errors(vec![at(0, EventKind::Error, "", ""), at(1, EventKind::Error, "", "")], "met 2 script errors, ")]
    #[case::not_found(vec![at(0, EventKind::NotFound, "", "")], "met a page that was not found, ")]
    #[case::often_not_found(
        vec![at(0, EventKind::NotFound, "", ""), at(1, EventKind::NotFound, "", "")],
        "met 2 pages that were not found, "
    )]
    #[case::a_form(vec![at(0, EventKind::Form, "Order", "")], "sent the form “Order”, ")]
    #[case::a_form_without_a_name(vec![at(0, EventKind::Form, "", "")], "sent a form, ")]
    #[case::a_form_that_was_begun_only(vec![at(0, EventKind::FormStart, "Order", "")], "")]
    #[case::an_event(vec![at(0, EventKind::Custom, "Basket filled", "")], "set off “Basket filled”, ")]
    #[case::a_download(vec![at(0, EventKind::Download, "Care guide", "/a.pdf")], "downloaded “Care guide”, ")]
    #[case::a_link(
        vec![at(0, EventKind::Outbound, "Maker", "https://maker.example/oak?a#b"), at(1, EventKind::Click, "", "")],
        "followed a link to maker.example, "
    )]
    #[case::a_link_to_no_page(vec![at(0, EventKind::Outbound, "Write", "mailto:")], "")]
    #[case::what_went_wrong_comes_first_and_two_are_enough(
        vec![
            at(0, EventKind::Custom, "Basket filled", ""),
            at(1, EventKind::Form, "Order", ""),
            at(2, EventKind::Error, "", ""),
        ],
        "met 1 script error, sent the form “Order”, "
    )]
    #[case::a_long_name(
        vec![at(0, EventKind::Form, "Everything that we need to know before we can send you a lamp", "")],
        "sent the form “Everything that we need to know before…”, "
    )]
    fn what_tells_most(#[case] events: Vec<TimelineEvent>, #[case] expected: &str) {
        assert_eq!(
            told(session(), vec![samples::page("/", events)]),
            format!("Came directly, opened 1 page for 1 min (1 min active), {expected}left on /.")
        );
    }

    #[rstest]
    #[case::by_name(1, &["Order"], &[], "began the form “Order” and did not send it")]
    #[case::beside_one_that_was_sent(1, &["Search", "Order"], &["Search"], "sent the form “Search”, began the form “Order” and did not send it")]
    #[case::several(2, &["Order", "Letter"], &[], "began 2 forms and did not send them")]
    #[case::without_a_name(1, &[""], &[], "began a form and did not send it")]
    fn a_form_that_was_left(
        #[case] figure: u32,
        #[case] begun: &[&str],
        #[case] sent: &[&str],
        #[case] expected: &str,
    ) {
        let begun = begun.iter().map(|name| at(0, EventKind::FormStart, name, ""));
        let events = begun.chain(sent.iter().map(|name| at(1, EventKind::Form, name, ""))).collect();
        let told =
            told(Session { signs: sign(SignKind::FormLeft, figure), ..session() }, vec![samples::page("/", events)]);
        assert!(told.contains(&format!("active), {expected}, left on")), "{told}");
    }

    #[test]
    fn the_page_that_was_come_back_to_is_named() {
        let pages = ["/", "/lamps", "/", "/lamps", "/oak", "/lamps", "/lamps", "/brass", "/lamps"];
        let session = Session { signs: sign(SignKind::Returns, 3), ..session() };
        let told = told(session, pages.map(|path| samples::page(path, vec![])).into());
        assert!(told.contains(", looked at /lamps and came back to it 3 times, "), "{told}");
    }

    #[rstest]
    #[case::closed(SessionState::Closed, "left on /lamps")]
    #[case::open(SessionState::Open, "and was last on /lamps")]
    #[case::now(SessionState::Now, "and is on /lamps now")]
    fn where_it_ended(#[case] state: SessionState, #[case] expected: &str) {
        let told = told(Session { state, last_page: "/lamps".into(), ..session() }, vec![]);
        assert!(told.ends_with(&format!("active), {expected}.")), "{told}");
    }

    #[rstest]
    #[case::at_the_end(SessionState::Closed, 58_000, "(1 min active), left for maker.example.")]
    #[case::in_a_tab_of_its_own(SessionState::Closed, 20_000, "followed a link to maker.example, left on /.")]
    #[case::who_may_come_back(SessionState::Open, 58_000, "followed a link to maker.example, and was last on /.")]
    fn a_link_to_another_site(#[case] state: SessionState, #[case] offset_ms: u64, #[case] expected: &str) {
        let events = vec![at(offset_ms, EventKind::Outbound, "Maker", "https://maker.example/")];
        let told = told(Session { state, ..session() }, vec![samples::page("/", events)]);
        assert!(told.ends_with(expected), "{told}");
    }

    #[rstest]
    #[case::one_person(None, false, "Came directly, ")]
    #[case::several(None, true, "Perhaps several people: came directly, ")]
    #[case::a_machine(Some("headless browser"), false, "Taken for a machine (headless browser): came directly, ")]
    #[case::both(Some("crawler"), true, "Taken for a machine (crawler), perhaps several people: came directly, ")]
    fn what_it_may_be(#[case] bot: Option<&str>, #[case] overlapping: bool, #[case] expected: &str) {
        let told = told(Session { bot: bot.map(Into::into), overlapping, ..session() }, vec![]);
        assert!(told.starts_with(expected), "{told}");
    }

    fn any_event() -> impl Strategy<Value = TimelineEvent> {
        let kinds = prop::sample::select(EventKind::iter().collect::<Vec<_>>());
        // No digits: those of the sentence are figures then.
        let targets =
            prop_oneof![Just(String::new()), Just("https://maker.example/".to_owned()), Just("mailto:".to_owned())];
        (0u64..70_000, kinds, "\\PC{0,60}|[\n\t a-z]{0,60}", targets).prop_map(|(offset_ms, kind, name, target)| {
            at(offset_ms, kind, &name.replace(char::is_numeric, "x"), &target)
        })
    }

    fn any_session() -> impl Strategy<Value = Session> {
        let states = prop::sample::select(vec![SessionState::Now, SessionState::Open, SessionState::Closed]);
        let signs = prop::sample::select(SignKind::iter().collect::<Vec<_>>());
        let figures = (0u32..3_000, 0u64..90_000_000, prop::option::of(0u64..90_000_000), 0u32..3, 2u32..3_000);
        let texts = ("[\n a-zäé/]{0,60}", prop::option::of("[a-z ]{0,9}"));
        let channels = prop::sample::select(Channel::iter().collect::<Vec<_>>());
        let devices = prop::sample::select(Device::iter().collect::<Vec<_>>());
        (states, signs, figures, texts, channels, devices, any::<bool>()).prop_map(
            |(
                state,
                kind,
                (pages, duration_ms, active_ms, unmeasured_pages, figure),
                (text, bot),
                channel,
                device,
                overlapping,
            )| {
                Session {
                    state,
                    signs: sign(kind, figure),
                    pages,
                    duration_ms,
                    active_ms,
                    unmeasured_pages,
                    source: Source { channel, name: text.clone() },
                    device,
                    os: Some(text.clone()),
                    last_page: format!("/{text}"),
                    bot,
                    overlapping,
                    ..session()
                }
            },
        )
    }

    /// The figures of a sentence.
    fn numbers(text: &str) -> HashSet<String> {
        let parts = text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ',' | '.')));
        parts.map(|part| part.trim_matches([',', '.']).to_owned()).filter(|part| !part.is_empty()).collect()
    }

    proptest! {
        #[test]
        fn a_sentence_is_one_and_has_no_figure_of_its_own(
            session in any_session(),
            pages in prop::collection::vec(("/[a-z]{0,3}", prop::collection::vec(any_event(), 0..9)), 0..6),
            campaign in prop::option::of("[a-z ]{0,60}"),
        ) {
            let pages: Vec<_> = pages.into_iter().map(|(path, events)| samples::page(&path, events)).collect();
            let events = pages.iter().map(|page| page.events.len()).sum::<usize>();
            let campaign = Campaign { name: campaign, ..Campaign::default() };
            let detail = SessionDetail { campaign, ..samples::detail(session, pages) };
            let told = story(&detail);

            prop_assert!(told.ends_with('.') && told.len() > 1, "{}", told);
            prop_assert_eq!(told.lines().count(), 1);
            prop_assert!(!told.contains(" 0 pages") && !told.contains(" 1 pages"), "{}", told);
            prop_assert!(told.chars().next().is_some_and(char::is_uppercase), "{}", told);

            let Session { pages, duration_ms, active_ms, signs, .. } = &detail.session;
            let mut known: HashSet<String> = (0..=events).map(|number| number.to_string()).collect();
            known.extend(numbers(&count(u64::from(*pages), "", "")));
            known.extend(signs.iter().flat_map(|sign| numbers(&count(u64::from(sign.figure), "", ""))));
            known.extend(numbers(&duration(*duration_ms)));
            known.extend(active_ms.iter().flat_map(|&active| numbers(&duration(active))));
            prop_assert!(numbers(&told).is_subset(&known), "{} knows {:?}", told, known);
        }
    }
}
