//! The lines under a page, as lists of a bounded length: the browser passes over those that nobody looks at, so that
//! thousands of events scroll like ten.

use leptos::prelude::*;

use super::{
    event_line::{class, event_line, spaced, span, what},
    goal::Mark,
    lines::Line,
};
use crate::{
    components::{
        icon::{event_lines, icon_markup},
        markup::Markup,
    },
    format::{duration, exact, repeated},
    models::timeline::TimelineEvent,
};

/// How many lines a list has at the most.
const LONGEST: usize = 50;

/// All lines of a page view; the event that reached the goal has its mark.
pub(super) fn line_lists(lines: Vec<Line>, mark: Option<&Mark>) -> Vec<AnyView> {
    lists(lines.into_iter().map(|line| draw(line, mark)))
}

/// Lists whose numbers go on from one to the next.
fn lists(items: impl IntoIterator<Item = AnyView>) -> Vec<AnyView> {
    let mut items = items.into_iter();
    let mut lists = Vec::new();
    let mut start = 1usize;
    loop {
        let list: Vec<AnyView> = items.by_ref().take(LONGEST).collect();
        if list.is_empty() {
            return lists;
        }
        let class = if list.len() == LONGEST { "page-lines full" } else { "page-lines" };
        let first = (start > 1).then(|| start.to_string());
        start += list.len();
        lists.push(view! { <ol class=class role="list" start=first>{list}</ol> }.into_any());
    }
}

fn draw(line: Line, mark: Option<&Mark>) -> AnyView {
    match line {
        Line::Event(event) => event_line(&event, mark),
        Line::Fold(events) => fold(&events, mark),
        Line::Quiet { from_ms, ms, hidden } => {
            let words = if hidden { "in the background" } else { "without a sign of life" };
            view! {
                <li class="silence">
                    <span class="line-offset">"+"{duration(from_ms)}</span>
                    <span class="gap-mark" aria-hidden="true">"⋮"</span>
                    <span>{duration(ms)}" "{words}</span>
                </li>
            }
            .into_any()
        }
    }
}

/// What happened again and again: what, how often, from when to when; unfolded, each time by itself.
fn fold(events: &[TimelineEvent], mark: Option<&Mark>) -> AnyView {
    let (Some(first), Some(last)) = (events.first(), events.last()) else { return ().into_any() };
    // Whoever does not unfold it sees the mark all the same.
    let marked = events.iter().find_map(|event| Mark::on_event(mark, event));
    let times = repeated(events.len() as u64, first.offset_ms, last.offset_ms);
    let target = first
        .target
        .as_deref()
        .map(|target| Markup::all([span("arrow", Markup::text(" → ")), span("path", Markup::text(target))]));
    let what = Markup::all([
        what(first.kind, first.name.as_deref()),
        target.unwrap_or_default(),
        span("fold-times", Markup::text(&format!(", {times}"))),
        spaced(marked),
    ]);
    let offset = [("class", "line-offset"), ("title", &exact(first.at))];
    let summary = Markup::all([
        Markup::element("span", &offset, Markup::text(&format!("+{}", duration(first.offset_ms)))),
        icon_markup(event_lines(first.kind)),
        span("fold-what", what),
    ]);
    view! {
        <li class="fold">
            <details>
                <summary class=class(first.kind) inner_html=summary.into_html()></summary>
                {lists(events.iter().map(|event| event_line(event, mark)))}
            </details>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{click, event},
    };

    fn html(lines: Vec<Line>) -> String {
        Owner::new().with(|| line_lists(lines, None).into_iter().map(|list| list.to_html()).collect())
    }

    fn numbered(number: u32) -> TimelineEvent {
        TimelineEvent { number, ..click(u64::from(number) * 1_000) }
    }

    #[test]
    fn many_lines_are_several_lists_that_go_on_where_the_last_one_ended() {
        let html = html((1..=120).map(|number| Line::Event(Box::new(numbered(number)))).collect());
        assert_eq!((html.matches("<ol").count(), html.matches("<li").count()), (3, 120), "{html}");
        assert!(html.contains("start=\"51\"") && html.contains("start=\"101\""), "{html}");
        assert_eq!(html.matches("page-lines full").count(), 2, "{html}");
    }

    #[test]
    fn a_page_without_lines_has_no_list() {
        assert_eq!(line_lists(vec![], None).len(), 0);
    }

    #[test]
    fn a_fold_says_how_often_and_when_and_holds_each_with_its_own_place() {
        let events = [12, 14, 25].map(|number| TimelineEvent { name: Some("Pay".into()), ..numbered(number) });
        let html = html(vec![Line::Fold(events.into())]);
        assert!(html.contains("3 times, 12 s to 25 s"), "{html}");
        let (summary, inside) = html.split_once("</summary>").unwrap();
        assert!(!summary.contains("<a") && !summary.contains("event-12"), "{summary}");
        for anchor in ["event-12", "event-14", "event-25"] {
            assert!(inside.contains(&format!("id=\"{anchor}\"")), "{inside}");
        }
    }

    #[test]
    fn a_fold_of_what_went_wrong_stands_out() {
        let html = html(vec![Line::Fold(vec![event(EventKind::Error, "x is not defined", ""); 3])]);
        let (summary, _) = html.split_once("</summary>").unwrap();
        assert!(summary.contains("friction") && summary.contains("x is not defined"), "{summary}");
    }
}
