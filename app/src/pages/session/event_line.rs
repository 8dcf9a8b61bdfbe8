//! One event under its page. Names, targets and properties come from the visitor's browser: they are shown as text,
//! and only addresses of the web become links. Plain functions: a page can have thousands of events.

use leptos::prelude::*;

use super::goal::Mark;
use crate::{
    components::icon::{Icon, event_lines},
    format::{duration, event_kind, exact},
    models::{
        event::{EventKind, PropValue, Props},
        timeline::TimelineEvent,
    },
};

/// The event with its name, target and properties, and with the mark if it reached the goal. Its time leads to itself.
pub(super) fn event_line(event: TimelineEvent, mark: Option<&Mark>) -> AnyView {
    let anchor = event.anchor();
    let mark = Mark::on_event(mark, &event).map(|mark| view! { " "{mark} });
    view! {
        <li class=class(event.kind) id=anchor.clone()>
            <a class="line-offset" href=format!("#{anchor}") rel="external" title=exact(event.at)>"+"{duration(event.offset_ms)}</a>
            <Icon lines=event_lines(event.kind)/>
            <span class="event-what">
                {what(event.kind, event.name)}
                {event.target.map(|target| view! { " "{link(target)} })}
                {mark}
                {properties(event.props)}
            </span>
        </li>
    }
    .into_any()
}

/// What went wrong stands out.
pub(super) fn class(kind: EventKind) -> &'static str {
    if kind.is_friction() { "event friction" } else { "event" }
}

/// What happened: the kind in words, and the name.
pub(super) fn what(kind: EventKind, name: Option<String>) -> AnyView {
    let shape = kind.is_friction().then(|| view! { <span class="event-shape" aria-hidden="true">"▲"</span> });
    view! {
        {shape}
        <span class="event-kind">{event_kind(kind)}</span>
        {name.map(|name| view! { " "<span class="event-name">{name}</span> })}
    }
    .into_any()
}

/// Where a link leads, which is a link itself if that is safe.
fn link(target: String) -> AnyView {
    if is_web_address(&target) {
        view! {
            <span class="arrow">"→ "</span>
            <a class="path" href=target.clone() rel="external noopener noreferrer nofollow" target="_blank">{target.clone()}</a>
        }
        .into_any()
    } else {
        view! { <span class="arrow">"→ "</span><span class="path">{target}</span> }.into_any()
    }
}

/// Anything but http and https could run in the reader's session or open a program.
fn is_web_address(target: &str) -> bool {
    let scheme = target.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

fn properties(props: Props) -> AnyView {
    if props.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = props
        .into_iter()
        .map(|(name, value)| view! { <div class="prop"><dt>{name}</dt><dd>{prop_text(value)}</dd></div> })
        .collect();
    view! { <dl class="props">{rows}</dl> }.into_any()
}

fn prop_text(value: PropValue) -> String {
    match value {
        PropValue::Bool(true) => "yes".into(),
        PropValue::Bool(false) => "no".into(),
        PropValue::Number(number) => number.to_string(),
        PropValue::Text(text) => text,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::models::samples;

    #[rstest]
    #[case("https://shop.example/a", true)]
    #[case("HTTP://shop.example", true)]
    #[case("javascript:alert(1)", false)]
    #[case("javascript://shop.example/%0aalert(1)", false)]
    #[case("data:text/html,<b>", false)]
    #[case(" https://shop.example", false)]
    #[case("//shop.example", false)]
    #[case("/pricing", false)]
    #[case("mailto", false)]
    fn only_web_addresses_become_links(#[case] target: &str, #[case] link: bool) {
        assert_eq!(is_web_address(target), link);
    }

    fn html(event: TimelineEvent) -> String {
        Owner::new().with(|| event_line(event, None).to_html())
    }

    #[test]
    fn what_a_visitor_sends_is_text_and_never_a_tag() {
        let hostile = "<script>alert(1)</script>";
        let props = [(hostile.to_owned(), PropValue::Text(hostile.into()))].into();
        let html = html(TimelineEvent {
            name: Some(hostile.into()),
            target: Some(hostile.into()),
            props,
            ..samples::click(0)
        });
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("&lt;script&gt;").count(), 4, "{html}");
    }

    #[test]
    fn a_script_address_is_shown_but_leads_nowhere() {
        let html = html(TimelineEvent { target: Some("javascript:alert(1)".into()), ..samples::click(0) });
        assert!(html.contains("javascript:alert(1)"), "{html}");
        assert_eq!((html.matches("<a").count(), html.contains("href=\"#event-0\"")), (1, true), "{html}");
    }

    #[test]
    fn the_time_of_an_event_leads_to_itself() {
        let html = html(TimelineEvent { number: 12, ..samples::click(12_000) });
        assert!(html.contains("id=\"event-12\"") && html.contains("href=\"#event-12\""), "{html}");
    }

    #[test]
    fn what_went_wrong_stands_out_with_its_words() {
        let html = |kind| html(samples::event(kind, "x is not defined", ""));
        for kind in EventKind::iter() {
            assert_eq!(html(kind).contains("▲"), kind.is_friction(), "{kind}");
        }
        assert!(html(EventKind::Error).contains("x is not defined"));
    }

    #[test]
    fn a_link_to_another_site_tells_it_nothing() {
        let html = html(TimelineEvent { target: Some("https://other.example/".into()), ..samples::click(0) });
        assert!(html.contains("noopener noreferrer nofollow"), "{html}");
    }
}
