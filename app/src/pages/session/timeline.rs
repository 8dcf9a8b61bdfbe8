//! What happened, page by page.

use std::sync::Arc;

use leptos::prelude::*;
use strum::IntoEnumIterator;

use super::{
    excerpt::Excerpt,
    goal::Mark,
    page_view::{Beside, page_view},
    part_links::part_links,
    shown_links::shown_links,
};
use crate::{
    components::chart::time_bar::full_bar_ms,
    format::duration,
    models::{
        ending::{Ending, ending},
        event::EventKind,
        part::Places,
        shown::{Chosen, Shown},
        timeline::{SessionDetail, TimelineItem, TimelinePage},
    },
};

/// The timeline: pages with what happened on them, and the gaps between.
#[component]
pub(super) fn Timeline(
    /// The session with its timeline.
    #[prop(into)]
    detail: Arc<SessionDetail>,
    /// Which events to show.
    chosen: Chosen,
    /// Where they stand.
    places: Arc<Places>,
    /// That it reached the goal that is asked for.
    mark: Option<Mark>,
) -> impl IntoView {
    let kinds: Vec<EventKind> = detail.events().map(|event| event.kind).collect();
    let links = shown_links(&detail.session, &kinds, detail.pages().count(), &chosen);
    let (above, below) = (part_links(&places, "Parts of the timeline"), part_links(&places, "More of the timeline"));
    let part = places.part();
    let mut list = Some(list(&detail, &places, mark.as_ref()));
    // A place for each choice and part: with another one the lines are new, and none of them takes over that it was
    // unfolded, or that the address names it.
    let list: Vec<Option<AnyView>> = Shown::iter()
        .flat_map(|shown| (1..=part.last()).map(move |number| (shown, number)))
        .map(|place| if place == (chosen.shown, part.number) { list.take() } else { None })
        .collect();
    view! {
        <section class="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title" class="side-title">"Timeline"</h2>
            {links}
            {above}
            {list}
            {below}
        </section>
    }
}

fn list(detail: &SessionDetail, places: &Places, mark: Option<&Mark>) -> AnyView {
    let full_ms = full_bar_ms(detail.pages().map(|page| page.time));
    let show_host = detail.pages().zip(detail.pages().skip(1)).any(|(one, next)| one.host != next.host);
    let beside = Beside { full_ms, show_host, mark };
    let mut endings = endings(detail).into_iter();
    let mut before = 0;
    let draw = |item: &TimelineItem| match item {
        TimelineItem::Gap { ms } => Some(gap(*ms)),
        TimelineItem::Page(page) => {
            let excerpt = Excerpt::of(page, places, &mut before);
            Some(page_view(page, endings.next()?, excerpt, beside))
        }
    };
    let lines: Vec<AnyView> = detail.timeline.iter().filter_map(draw).collect();
    view! { <ol class="timeline-list" role="list">{lines}</ol> }.into_any()
}

fn gap(ms: u64) -> AnyView {
    view! { <li class="gap"><span class="gap-mark" aria-hidden="true">"⋮"</span>{duration(ms)}" away"</li> }.into_any()
}

/// How each page view ended, in their order.
fn endings(detail: &SessionDetail) -> Vec<Ending> {
    let all: Vec<&TimelinePage> = detail.pages().collect();
    let state = detail.session.state;
    all.iter().zip(1..).map(|(page, later)| ending(page, all.iter().skip(later).copied(), state)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        samples::{self, event, page},
        source::{Arrival, Channel, Source},
        time::LocalTime,
        timeline::{PageState, PageTime, TimelineEvent, Unmeasured, arrange},
    };

    /// The timeline of page views that began one after the other and were open for a minute each.
    fn html(pages: Vec<TimelinePage>, params: &[(&str, &str)]) -> String {
        let pages = pages.into_iter().zip(0..).map(|(page, at)| {
            let at = LocalTime { ms: at * 60_000, offset_s: 0 };
            TimelinePage { at, ..page }
        });
        let chosen = Chosen::from_params(params.iter().copied());
        let timeline = arrange(pages.collect());
        let detail = SessionDetail { timeline, ..samples::detail(samples::session(1), vec![]) };
        let places = Arc::new(Places::of(&detail, &chosen));
        let html = Owner::new().with(|| view! { <Timeline detail chosen places mark=None/> }.to_html());
        html.replace("<!>", "").replace(" class=\"path\"", "")
    }

    #[test]
    fn a_page_leads_to_itself_to_the_next_and_to_where_it_was_before() {
        let html = html(vec![page("/", vec![]), page("/lamps", vec![]), page("/", vec![])], &[]);
        assert!(html.contains("went on to <a href=\"#page-2\" rel=\"external\">/lamps</a>"), "{html}");
        assert!(html.contains("went on to <a href=\"#page-3\" rel=\"external\">/</a>"), "{html}");
        assert!(html.contains("back to <a href=\"#page-1\" rel=\"external\">/</a>"), "{html}");
        for number in 1..=3 {
            assert!(html.contains(&format!("id=\"page-{number}\"")), "{html}");
            // One of the two is its own time.
            assert_eq!(html.matches(&format!("href=\"#page-{number}\"")).count(), 2, "{html}");
        }
        assert_eq!(html.matches("closed or left here").count(), 1, "{html}");
    }

    #[test]
    fn a_page_without_a_time_says_once_why() {
        let time = PageTime::NotMeasured(Unmeasured::LeftWithoutAWord);
        let html = html(vec![TimelinePage { time, state: PageState::Shown, ..page("/", vec![]) }], &[]);
        assert_eq!(html.matches("left without a word").count(), 1, "{html}");
    }

    #[test]
    fn a_later_campaign_is_named() {
        let source = Source { channel: Channel::Campaign, name: "letter".into() };
        let arrived_from = Some(Arrival { source, campaign: Some("spring".into()) });
        let html = html(vec![page("/", vec![]), TimelinePage { arrived_from, ..page("/lamps", vec![]) }], &[]);
        assert!(html.contains("arrived from letter, campaign spring<"), "{html}");
    }

    #[test]
    fn what_is_not_asked_for_is_left_out_and_pages_stay() {
        let events = || vec![event(EventKind::Click, "Pay", ""), event(EventKind::Error, "x is not defined", "")];
        let pages = || vec![page("/", events()), page("/lamps", events())];
        let clicks = html(pages(), &[("show", "clicks")]);
        assert_eq!((clicks.matches("Pay").count(), clicks.matches("x is not defined").count()), (2, 0), "{clicks}");
        assert!(clicks.contains("2 events are hidden."), "{clicks}");
        let none = html(pages(), &[("show", "pages")]);
        assert_eq!((none.matches("<h3").count(), none.matches("event-what").count()), (2, 0), "{none}");
        assert_eq!(html(pages(), &[]).matches("event-what").count(), 4);
    }

    #[test]
    fn of_many_events_one_part_is_shown_and_the_others_are_a_link_away() {
        let clicks = |many| vec![event(EventKind::Click, "Pay", ""); many];
        let pages = || {
            let named =
                |at: usize| TimelineEvent { name: Some(format!("Button {at}")), ..event(EventKind::Click, "", "") };
            let events = (0..300).map(named).collect::<Vec<_>>();
            [
                vec![page("/", events.clone()), page("/lamps", events.clone()), page("/pay", events)],
                vec![page("/", clicks(1))],
            ]
            .concat()
        };
        let first = html(pages(), &[]);
        assert_eq!((first.matches("event-what").count(), first.matches("<h3").count()), (200, 4), "all pages stay");
        for words in
            ["901 events, 200 at a time", ">1–200<", ">801–901<", ">100 later events<", ">300 events<", ">1 event<"]
        {
            assert!(first.contains(words), "{words}");
        }
        let second = html(pages(), &[("part", "2")]);
        assert_eq!(second.matches("event-what").count(), 200);
        assert!(second.contains(">200 earlier events<") && second.contains(">200 later events<"));
        let last = html(pages(), &[("part", "5")]);
        assert_eq!(last.matches("event-what").count(), 101);
        assert!(last.contains(">300 events<") && last.contains(">200 earlier events<"));
        let short = html(vec![page("/", clicks(200))], &[("part", "7")]);
        assert!(!short.contains("at a time") && !short.contains("later"), "one part needs no links");
    }
}
