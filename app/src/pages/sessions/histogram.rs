//! The course in time: a bar a stretch, which leads to the sessions of that stretch. With scripts several bars can be
//! drawn over with the pointer.

use std::rc::Rc;

use leptos::{
    ev::{DragEvent, MouseEvent, PointerEvent},
    prelude::*,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    components::chart::{
        bars::{Column, Piece, columns, drawn_over},
        percent,
        shapes::tip,
    },
    format::{clock, count, date, family_words, stretch},
    models::{
        overview::Bar,
        query::{LocalMinute, Period, SessionQuery},
        sign::SignFamily,
        time::LocalTime,
    },
};

/// How high the drawing is, in pixels.
const HEIGHT: u32 = 64;
/// With more bars than this, a link leads past them.
const FEW: usize = 8;

/// The columns that are being drawn over: where it began, and how far it has come.
pub(super) type Drawn = RwSignal<Option<(usize, usize)>>;

/// Goes to an address without leaving the document.
type Go = Rc<dyn Fn(&str)>;

/// The drawing with its axis.
#[component]
pub(super) fn Histogram(
    /// What is selected.
    query: SessionQuery,
    /// The course in time.
    bars: Vec<Bar>,
    /// The server's clock when it answered.
    now_ms: i64,
    /// The columns that are being drawn over; outlives this drawing, which an update makes anew.
    drawn: Drawn,
) -> impl IntoView {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return ().into_any() };
    let navigate = use_navigate();
    let go: Go =
        Rc::new(move |href: &str| navigate(href, NavigateOptions { scroll: false, ..NavigateOptions::default() }));
    let label = sentence(&bars, first.from, last.to, now_ms);
    let axis = axis(&bars, first.from, last.to, now_ms);
    let linked = bars.iter().filter(|bar| bar.sessions() > 0).count();
    let legend = bars.iter().any(|bar| bar.sessions() > bar.plain).then(legend);
    let shapes: Vec<_> = columns(&bars, HEIGHT.into())
        .into_iter()
        .zip(&bars)
        .enumerate()
        .map(|(at, (column, bar))| draw(at, &column, bar, &query, now_ms, drawn, &go))
        .collect();
    let share = 1.0 / bars.len() as f64;
    let span = move || drawn.get().map(|(begun, reached)| drawn_over(begun, reached));
    let from = move || percent(span().map_or(0.0, |(first, _)| first as f64 * share));
    let width = move || percent(span().map_or(0.0, |(first, last)| (last + 1 - first) as f64 * share));
    let release = move |_: PointerEvent| {
        let Some((begun, reached)) = drawn.get_untracked() else { return };
        drawn.set(None);
        let (first, last) = drawn_over(begun, reached);
        // One bar is a link, which the browser follows.
        if first != last
            && let Some(href) = bars.get(first).zip(bars.get(last)).and_then(|(a, b)| range_href(&query, a.from, b.to))
        {
            go(&href);
        }
    };
    view! {
        <figure class="histogram">
            {(linked > FEW).then(|| view! { <a class="skip-link" href="#list" rel="external">"Skip the bars"</a> })}
            <svg class="histogram-bars" role="group" aria-label=label width="100%" height=HEIGHT
                on:pointerup=release on:pointerleave=move |_| drawn.set(None) on:pointercancel=move |_| drawn.set(None)
                on:dragstart=|event: DragEvent| event.prevent_default()>
                {shapes}
                <rect class="histogram-drawn" x=from width=width y="0" height=HEIGHT/>
            </svg>
            {axis}
            {legend}
        </figure>
    }
    .into_any()
}

/// A bar. Its place can be clicked in its full height; without sessions it leads nowhere, but can be drawn over.
fn draw(at: usize, column: &Column, bar: &Bar, query: &SessionQuery, now_ms: i64, drawn: Drawn, go: &Go) -> AnyView {
    let label = bar_label(bar, now_ms);
    let pieces: Vec<_> = column.pieces.iter().map(|piece| draw_piece(column, piece)).collect();
    let place = view! { <rect class="histogram-place" x=percent(column.place) width=percent(column.place_width) y="0" height=HEIGHT/> };
    let begin = move |event: PointerEvent| {
        // A finger that moves scrolls the page.
        if event.button() == 0 && event.pointer_type() != "touch" {
            drawn.set(Some((at, at)));
        }
    };
    let go_on = move |event: PointerEvent| {
        if let Some((begun, _)) = drawn.get_untracked() {
            // Released where nobody heard of it.
            drawn.set((event.buttons() & 1 == 1).then_some((begun, at)));
        }
    };
    let href = (bar.sessions() > 0).then(|| range_href(query, bar.from, bar.to)).flatten();
    match href {
        Some(href) => {
            let follow = {
                let (go, href) = (Rc::clone(go), href.clone());
                move |event: MouseEvent| {
                    let is_plain = event.button() == 0
                        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
                    // The router knows nothing of links within drawings.
                    if is_plain {
                        event.prevent_default();
                        go(&href);
                    }
                }
            };
            view! {
                <g on:pointerdown=begin on:pointerenter=go_on>
                    <a href=href aria-label=label.clone() on:click=follow>{tip(&label)}{place}{pieces}</a>
                </g>
            }
            .into_any()
        }
        None => view! { <g on:pointerdown=begin on:pointerenter=go_on>{tip(&label)}{place}{pieces}</g> }.into_any(),
    }
}

fn draw_piece(column: &Column, piece: &Piece) -> AnyView {
    let (top, height) = (format!("{:.2}", piece.top), format!("{:.2}", piece.height));
    view! { <rect class=class(piece.family) x=percent(column.from) width=percent(column.width) y=top height=height/> }
        .into_any()
}

fn class(family: Option<SignFamily>) -> &'static str {
    match family {
        Some(SignFamily::Friction) => "histogram-bar friction-fill",
        Some(SignFamily::Suspicious) => "histogram-bar suspicious-fill",
        Some(SignFamily::Outstanding) => "histogram-bar outstanding-fill",
        None => "histogram-bar",
    }
}

/// Where and when the drawing begins and ends, and how much its highest bar is.
fn axis(bars: &[Bar], from: LocalTime, to: LocalTime, now_ms: i64) -> AnyView {
    let moment = |time: LocalTime| format!("{}, {}", date(time, now_ms), clock(time));
    let most = bars.iter().map(Bar::sessions).max().unwrap_or_default();
    view! {
        <p class="histogram-axis" aria-hidden="true">
            <span>{moment(from)}</span>
            <span>{format!("highest bar: {}", count(most, "session", "sessions"))}</span>
            <span>{moment(to)}</span>
        </p>
    }
    .into_any()
}

/// What the colours mean, in shape and word.
fn legend() -> AnyView {
    let item = |class: &'static str, shape: &'static str, words: &'static str| {
        view! { <li><span class=class aria-hidden="true">{shape}</span>{words}</li> }
    };
    view! {
        <ul class="histogram-legend" role="list">
            {item("friction-text", "▲", "with friction")}
            {item("suspicious-text", "◆", "suspicious")}
            {item("outstanding-text", "●", "outstanding")}
        </ul>
    }
    .into_any()
}

/// The address of the sessions that began from one moment up to another; `None` where the clock was put back.
fn range_href(query: &SessionQuery, from: LocalTime, to: LocalTime) -> Option<String> {
    let period = Period::range(LocalMinute::of(from), LocalMinute::not_before(to)).ok()?;
    Some(query.in_period(period).href())
}

/// `3 Nov, 14:00 to 15:00: 12 sessions, 1 with friction`
fn bar_label(bar: &Bar, now_ms: i64) -> String {
    let families = [
        (SignFamily::Friction, bar.friction),
        (SignFamily::Suspicious, bar.suspicious),
        (SignFamily::Outstanding, bar.outstanding),
    ];
    let signed: String = families
        .into_iter()
        .filter(|&(_, sessions)| sessions > 0)
        .map(|(family, sessions)| format!(", {sessions} {}", family_words(family)))
        .collect();
    format!("{}: {}{signed}", stretch(bar.from, bar.to, now_ms), count(bar.sessions(), "session", "sessions"))
}

/// What the drawing shows, for those who do not see it.
fn sentence(bars: &[Bar], from: LocalTime, to: LocalTime, now_ms: i64) -> String {
    let whole = format!("Sessions in time, {}", stretch(from, to, now_ms));
    // Of equal ones the first.
    match bars.iter().rev().max_by_key(|bar| bar.sessions()).filter(|bar| bar.sessions() > 0) {
        Some(most) => format!("{whole}. Most in {}", bar_label(most, now_ms)),
        None => format!("{whole}. None."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::ids::SiteId;

    /// 24 November 2026, 14:00 in Berlin.
    const TWO_MS: i64 = 1_795_525_200_000;
    const HOUR_MS: i64 = 3_600_000;

    fn hour(at: i64, friction: u64, plain: u64) -> Bar {
        let time = |hour: i64| LocalTime { ms: TWO_MS + hour * HOUR_MS, offset_s: 3_600 };
        Bar { from: time(at), to: time(at + 1), friction, suspicious: 0, outstanding: 0, plain }
    }

    #[test]
    fn a_bar_says_when_and_how_many() {
        assert_eq!(bar_label(&hour(0, 1, 11), TWO_MS), "24 Nov, 14:00 to 15:00: 12 sessions, 1 with friction");
        assert_eq!(bar_label(&hour(1, 0, 1), TWO_MS), "24 Nov, 15:00 to 16:00: 1 session");
    }

    #[test]
    fn the_drawing_says_when_most_was_going_on() {
        let bars = [hour(0, 0, 1), hour(1, 0, 3), hour(2, 0, 3)];
        assert_eq!(
            sentence(&bars, bars[0].from, bars[2].to, TWO_MS),
            "Sessions in time, 24 Nov, 14:00 to 17:00. Most in 24 Nov, 15:00 to 16:00: 3 sessions"
        );
        assert!(sentence(&[hour(0, 0, 0)], bars[0].from, bars[0].to, TWO_MS).ends_with("None."));
    }

    #[test]
    fn a_bar_leads_to_its_stretch_and_keeps_the_minute_that_it_ends_in() {
        let query = SessionQuery::newest(SiteId(1));
        let bar = hour(0, 0, 1);
        assert_eq!(
            range_href(&query, bar.from, LocalTime { ms: bar.to.ms - 1, ..bar.to }).as_deref(),
            Some("/sites/1/sessions?period=2026-11-24T14:00..2026-11-24T15:00")
        );
        let put_back = LocalTime { ms: bar.from.ms + HOUR_MS, offset_s: 0 };
        assert_eq!(range_href(&query, bar.from, put_back), None);
    }
}
