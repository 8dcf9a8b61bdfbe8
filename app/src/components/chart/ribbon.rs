//! The ribbon: the strip at the width of the page, above the timeline. Each page view and each event leads to its place
//! there.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    axis::{end_has_room, ticks},
    lanes::{Lane, lanes},
    marks::{Mark, marks},
    percent,
    scale::{Fold, Room, Scale, drawn_until},
    shapes::{Band, Look, MarkSize, draw_base, draw_fold, draw_seam, look, mark_class, mark_lines, tip},
    stops::{Stop, stops},
};
use crate::{
    components::markup::Markup,
    format::{clock, clock_with_seconds, events_words, pages_words, sign_shape, strip_sentence},
    models::{
        part::Places,
        sign::SignFamily,
        strip::WholeStrip,
        timeline::{SessionDetail, TimelineEvent, TimelinePage},
    },
};

/// The room of the ribbon.
pub(super) const ROOM: Room = Room { width: 720.0, least: 8.0, fold: 72.0, marks: 12.0, full_at_ms: None };
/// With more links than this, one leads past them.
const FEW: usize = 8;
/// With more marks than this the keyboard does not stop at them: pages are its way here, and the timeline has every event.
const MOST_TABBED: usize = 40;
/// From which width on a fold carries its length, in pixels.
const FOLD_WITH_LENGTH: f64 = 60.0;
/// Narrower than this, in pixels, two pages have no line between them, which would hide them.
const SEAM_FROM: f64 = 6.0;

/// Where things lie, in pixels from the top.
#[derive(Clone, Copy)]
struct Layout {
    /// Whether there is a second lane.
    two_lanes: bool,
}

impl Layout {
    /// Where marks above begin.
    const ABOVE: u32 = 1;
    const LANE: Band = Band { top: 12, height: 30 };
    const BETWEEN_LANES: u32 = 8;

    fn lane(self, lane: Lane) -> Band {
        match lane {
            Lane::First => Self::LANE,
            Lane::Second => Band { top: Self::LANE.top + Self::LANE.height + Self::BETWEEN_LANES, ..Self::LANE },
        }
    }

    fn lanes(self) -> impl Iterator<Item = Band> {
        [Lane::First, Lane::Second].into_iter().take(1 + usize::from(self.two_lanes)).map(move |lane| self.lane(lane))
    }

    /// All lanes.
    fn body(self) -> Band {
        let height = self.lanes().last().map_or(0, |last| last.top + last.height - Self::LANE.top);
        Band { height, ..Self::LANE }
    }

    /// Where marks below begin.
    fn below(self) -> u32 {
        self.body().top + self.body().height + 4
    }

    /// The line that the times stand on.
    fn axis(self) -> u32 {
        self.below() + 24
    }

    fn height(self) -> u32 {
        self.axis() + 4
    }
}

/// A session as a drawing of links, with a sentence that says what it shows.
#[component]
pub fn SessionRibbon(
    /// The session with its timeline.
    #[prop(into)]
    detail: Arc<SessionDetail>,
    /// Where its events stand.
    places: Arc<Places>,
) -> impl IntoView {
    let whole = WholeStrip::of(&detail);
    let scale = Scale::new(&whole.strip, ROOM);
    let lanes = if detail.session.overlapping { lanes(open(&whole)) } else { Vec::new() };
    let layout = Layout { two_lanes: lanes.contains(&Lane::Second) };
    let stops = stops(&whole.strip, &scale, ROOM, &lanes);
    let marks = marks(&whole.strip, &scale, ROOM);
    let is_tabbed = marks.len() <= MOST_TABBED;
    let has_many = stops.len() + marks.len() > FEW;

    let label = strip_sentence(&detail.session, &whole.strip);
    let bases: Vec<_> = layout.lanes().map(draw_base).collect();
    let stops: Vec<_> = stops.iter().map(|stop| draw_stop(stop, &whole, layout)).collect();
    let folds: Vec<_> = scale.folds.iter().map(|fold| draw_fold(fold, layout.body(), has_length(fold))).collect();
    let marks: Vec<_> = marks.iter().map(|mark| draw_mark(mark, &whole, &places, layout, is_tabbed)).collect();
    view! {
        <figure class="ribbon">
            {has_many.then(|| view! { <a class="skip-link" href="#timeline-title" rel="external">"Skip the ribbon"</a> })}
            <svg class="strip" role="group" aria-label=label width="100%" height=layout.height()>
                {bases}{stops}{folds}{marks}{draw_axis(&whole, &scale, layout)}
            </svg>
            {layout.two_lanes.then(lanes_note)}
        </figure>
    }
}

/// From when until when each page view was open.
fn open(whole: &WholeStrip<'_>) -> impl Iterator<Item = (u64, u64)> {
    whole.strip.views.iter().map(|view| (view.from_ms, drawn_until(&whole.strip, view)))
}

fn has_length(fold: &Fold) -> bool {
    (fold.to - fold.from) * ROOM.width >= FOLD_WITH_LENGTH
}

/// A page view, or those that cannot be told apart: one link, with a frame that shows when it has the focus.
fn draw_stop(stop: &Stop, whole: &WholeStrip<'_>, layout: Layout) -> AnyView {
    let pages: Vec<&TimelinePage> = stop.views.iter().filter_map(|&view| whole.pages.get(view).copied()).collect();
    let (Some(page), Some(first), Some(last)) = (pages.first(), stop.blocks.first(), stop.blocks.last()) else {
        return ().into_any();
    };
    let band = layout.lane(stop.lane);
    let blocks: Vec<_> = stop
        .blocks
        .iter()
        .filter_map(|block| {
            let Look { class, fill, x, width } = look(block, &whole.pages.get(block.view)?.path);
            Some(view! { <rect class=class fill=fill x=x width=width y=band.top height=band.height/> })
        })
        .collect();
    let has_seam = first.from > 0.0 && (last.to - first.from) * ROOM.width >= SEAM_FROM;
    let label = pages_words(&pages);
    // The link is all that its group has: among other children the macro takes it for HTML's, which draws nothing here.
    let link = view! {
        <g>
            <a href=format!("#{}", page.anchor()) aria-label=label.clone()>
                {tip(&label)}
                {blocks}
                <rect class="ribbon-frame" x=percent(first.from) width=percent(last.to - first.from) y=band.top - 3 height=band.height + 6/>
            </a>
        </g>
    };
    view! { {link}{has_seam.then(|| draw_seam(first.from, band))} }.into_any()
}

/// An event, or those that fall together: a link that is larger than its mark, for the pointer. There are more than a
/// hundred of them on a long session, so each is a piece of HTML.
fn draw_mark(mark: &Mark, whole: &WholeStrip<'_>, places: &Places, layout: Layout, is_tabbed: bool) -> AnyView {
    let events: Vec<&TimelineEvent> = mark.events.iter().filter_map(|&at| whole.events.get(at).copied()).collect();
    let Some(first) = events.first() else { return ().into_any() };
    let top = if mark.kind.is_below() { layout.below() } else { Layout::ABOVE };
    let (href, label) = (places.href(first), events_words(&events));
    let mut link = vec![("href", &*href), ("aria-label", &label)];
    link.extend((!is_tabbed).then_some(("tabindex", "-1")));
    let place =
        [("class", mark_class(mark.kind)), ("x", &percent(mark.at)), ("y", &top.to_string()), ("overflow", "visible")];
    let hit = [("class", "ribbon-hit"), ("x", "-6"), ("y", "-2"), ("width", "12"), ("height", "12")];
    let shape = Markup::all([
        Markup::element("rect", &hit, Markup::default()),
        Markup::element("path", &[("d", mark_lines(mark.kind, MarkSize::Large))], Markup::default()),
    ]);
    let inside =
        Markup::all([Markup::element("title", &[], Markup::text(&label)), Markup::element("svg", &place, shape)]);
    let link = Markup::element("a", &link, inside);
    view! { <g inner_html=link.into_html()></g> }.into_any()
}

/// When the drawing begins and ends, and round times between. The links have their own times, so that screen readers need
/// none of it.
fn draw_axis(whole: &WholeStrip<'_>, scale: &Scale, layout: Layout) -> AnyView {
    let until_ms = whole.known_until_ms();
    let y = layout.axis();
    let ticks: Vec<_> = ticks(scale, ROOM, whole.start, until_ms)
        .into_iter()
        .map(|ms| {
            let (at, time) = (percent(scale.at(ms)), clock(whole.moment(ms)));
            view! { <text class="ribbon-tick" x=at y=y text-anchor="middle">{time}</text> }
        })
        .collect();
    let end = end_has_room(scale, ROOM, until_ms).then(|| {
        let (at, time) = (percent(scale.at(until_ms)), clock_with_seconds(whole.moment(until_ms)));
        view! { <text x=at y=y text-anchor="end">{time}</text> }
    });
    view! {
        <g class="ribbon-axis" aria-hidden="true">
            <text x="0" y=y>{clock_with_seconds(whole.start)}</text>
            {ticks}
            {end}
        </g>
    }
    .into_any()
}

fn lanes_note() -> AnyView {
    view! {
        <figcaption class="ribbon-note">
            <span class="suspicious-text" aria-hidden="true">{sign_shape(SignFamily::Suspicious)}</span>
            " Two lanes: perhaps several people"
        </figcaption>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{self, event},
        session::Session,
        shown::Chosen,
        span::{Attention, Span, Spans},
        time::LocalTime,
        timeline::{PageTime, Unmeasured, arrange},
    };

    /// So many seconds after 24 November 2026, 14:02:10 in Berlin.
    fn at(s: u64) -> LocalTime {
        LocalTime { ms: 1_795_525_330_000 + i64::try_from(s).unwrap() * 1000, offset_s: 3_600 }
    }

    /// A page view that was active for a while and then idle.
    fn page(path: &str, from_s: u64, active_s: u64, open_s: u64, events: &[(u64, EventKind, &str)]) -> TimelinePage {
        let (open_ms, active_ms) = (open_s * 1000, active_s * 1000);
        let idle_from = u32::try_from(active_s * 10).unwrap();
        let spans = [(0, Attention::Active), (idle_from, Attention::Idle)].map(Span::from);
        let events = events
            .iter()
            .map(|&(s, kind, name)| TimelineEvent { at: at(from_s + s), offset_ms: s * 1000, ..event(kind, name, "") })
            .collect();
        TimelinePage {
            at: at(from_s),
            time: PageTime::Measured { open_ms, visible_ms: open_ms, active_ms },
            spans: Spans::tidy(spans, open_ms),
            ..samples::page(path, events)
        }
    }

    fn html_of(session: Session, pages: Vec<TimelinePage>) -> String {
        let detail = SessionDetail { timeline: arrange(pages), ..samples::detail(session, vec![]) };
        let places = Arc::new(Places::of(&detail, &Chosen::default()));
        Owner::new().with(|| view! { <SessionRibbon detail places/> }.to_html())
    }

    fn html(pages: Vec<TimelinePage>) -> String {
        html_of(samples::session(1), pages)
    }

    /// What leads to this place in the document, up to its end.
    fn link<'a>(html: &'a str, anchor: &str) -> &'a str {
        let href = format!("href=\"#{anchor}\"");
        let at = html.find(&href).unwrap_or_else(|| panic!("{anchor} in {html}"));
        let start = html[..at].rfind("<a").unwrap();
        html[start..].split("</a>").next().unwrap()
    }

    #[test]
    fn a_page_view_is_one_link_to_its_place_and_says_what_it_was() {
        let html = html(vec![page("/", 0, 30, 30, &[]), page("/pricing", 30, 72, 125, &[])]);
        let link = link(&html, "page-2");
        let words = "2. /pricing, 14:02:40, 1 min 12 s active of 2 min 5 s open";
        assert!(
            link.contains(&format!("aria-label=\"{words}\"")) && link.contains(&format!("<title>{words}")),
            "{link}"
        );
        assert_eq!(link.matches("strip-block").count(), 2, "{link}");
        assert!(html.contains("role=\"group\"") && !html.contains("role=\"img\""), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn an_event_leads_to_its_place_and_an_error_has_a_shape_of_its_own() {
        let events = [(10, EventKind::Click, "Pay"), (50, EventKind::RageClick, "Pay"), (90, EventKind::NotFound, "")];
        let html = html(vec![page("/", 0, 120, 120, &events)]);
        for (anchor, words, class) in [
            ("event-1", "Click “Pay”, 14:02:20", "strip-click"),
            ("event-2", "Rage click “Pay”, 14:03:00", "strip-friction"),
            ("event-3", "Page not found, 14:03:40", "strip-error"),
        ] {
            let link = link(&html, anchor);
            assert!(link.contains(&format!("aria-label=\"{words}\"")), "{link}");
            assert!(link.contains(class) && !link.contains("tabindex"), "{link}");
        }
    }

    #[test]
    fn events_that_fall_together_lead_to_the_first_of_them() {
        let events = [(10, EventKind::Form, "Order"), (11, EventKind::Click, "Pay"), (12, EventKind::Click, "Pay")];
        let html = html(vec![page("/", 0, 600, 600, &events)]);
        let words = "3 events from 14:02:20 to 14:02:22, the first: form sent “Order”";
        assert!(link(&html, "event-1").contains(&format!("aria-label=\"{words}\"")), "{html}");
        assert_eq!(html.matches("href=\"#event-").count(), 1, "{html}");
    }

    #[test]
    fn the_keyboard_does_not_stop_at_more_marks_than_anybody_would_pass() {
        let events: Vec<_> = (0..50).map(|at| (at * 20, EventKind::Click, "")).collect();
        let html = html(vec![page("/", 0, 1_000, 1_000, &events)]);
        assert_eq!(html.matches("tabindex=\"-1\"").count(), 50, "{html}");
        assert!(!link(&html, "page-1").contains("tabindex") && html.contains("Skip the ribbon"), "{html}");
    }

    #[test]
    fn a_thousand_pages_and_ten_thousand_events_are_no_more_links_than_fit() {
        let events: Vec<_> = (0..10).map(|s| (s, EventKind::Click, "")).collect();
        let pages = (0..1_000).map(|at| page("/", at * 10, 10, 10, &events)).collect();
        let links = html(pages).matches("<a href").count();
        assert!((100..=250).contains(&links), "{links}");
    }

    #[test]
    fn where_perhaps_several_people_are_one_session_each_has_a_lane() {
        let pages = || vec![page("/", 0, 60, 60, &[]), page("/blog", 20, 60, 60, &[])];
        let tops = |html: &str| [" y=\"12\"", " y=\"50\""].map(|y| html.contains(y));
        let html_of = |overlapping| html_of(Session { overlapping, ..samples::session(1) }, pages());
        let (together, apart) = (html_of(false), html_of(true));
        assert_eq!((tops(&together), tops(&apart)), ([true, false], [true, true]));
        let words = "Two lanes: perhaps several people";
        assert!(apart.contains(words) && !together.contains(words), "{apart}");
    }

    #[test]
    fn it_begins_and_ends_with_a_time_as_far_as_it_is_known() {
        let times = |html: &str| html.split("ribbon-axis").nth(1).unwrap().matches("14:0").count();
        let measured = html(vec![page("/", 0, 252, 252, &[])]);
        for time in [">14:02:10<", ">14:03<", ">14:05<", ">14:06:22<"] {
            assert!(measured.contains(time), "{time} in {measured}");
        }
        let unknown = PageTime::NotMeasured(Unmeasured::LeftWithoutAWord);
        let unmeasured = html(vec![TimelinePage { time: unknown, ..page("/", 0, 0, 0, &[]) }]);
        assert_eq!(times(&unmeasured), 1, "{unmeasured}");
    }

    #[test]
    fn the_length_of_a_fold_stands_on_it() {
        let html = html(vec![page("/", 0, 20, 20, &[]), page("/", 200, 40, 40, &[])]);
        assert!(html.contains(">3 min<") && html.contains("3 min without activity"), "{html}");
    }

    #[test]
    fn what_a_visitor_sends_is_text() {
        let hostile = "\"><script>alert(1)</script>";
        let html = html(vec![page(hostile, 0, 60, 60, &[(10, EventKind::Custom, hostile)])]);
        assert!(!html.contains("<script"), "{html}");
    }
}
