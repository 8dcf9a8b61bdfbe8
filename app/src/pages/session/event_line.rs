//! One event under its page. Names, targets and properties come from the visitor's browser: they are shown as text,
//! and only addresses of the web become links. A page has hundreds of events, so what is inside of a line is a piece of
//! HTML.

use leptos::prelude::*;

use super::goal::Mark;
use crate::{
    components::{
        icon::{event_lines, icon_markup},
        markup::Markup,
    },
    format::{duration, event_kind, exact},
    models::{
        event::{EventKind, PropValue, Props},
        timeline::TimelineEvent,
    },
};

/// The event with its name, target and properties, and with the mark if it reached the goal. Its time leads to itself.
pub(super) fn event_line(event: &TimelineEvent, mark: Option<&Mark>) -> AnyView {
    let anchor = event.anchor();
    let offset =
        [("class", "line-offset"), ("href", &format!("#{anchor}")), ("rel", "external"), ("title", &exact(event.at))];
    let what = Markup::all([
        what(event.kind, event.name.as_deref()),
        spaced(event.target.as_deref().map(link)),
        spaced(Mark::on_event(mark, event)),
        properties(&event.props),
    ]);
    let inside = Markup::all([
        Markup::element("a", &offset, Markup::text(&format!("+{}", duration(event.offset_ms)))),
        icon_markup(event_lines(event.kind)),
        span("event-what", what),
    ]);
    view! { <li class=class(event.kind) id=anchor inner_html=inside.into_html()></li> }.into_any()
}

/// What went wrong stands out.
pub(super) fn class(kind: EventKind) -> &'static str {
    if kind.is_friction() { "event friction" } else { "event" }
}

/// What happened: the kind in words, and the name.
pub(super) fn what(kind: EventKind, name: Option<&str>) -> Markup {
    let shape = [("class", "event-shape"), ("aria-hidden", "true")];
    let shape = kind.is_friction().then(|| Markup::element("span", &shape, Markup::text("▲")));
    let kind = span("event-kind", Markup::text(event_kind(kind)));
    let name = spaced(name.map(|name| span("event-name", Markup::text(name))));
    Markup::all([shape.unwrap_or_default(), kind, name])
}

/// Something with a class.
pub(super) fn span(class: &'static str, inside: Markup) -> Markup {
    Markup::element("span", &[("class", class)], inside)
}

/// What follows something else on its line, if it is there.
pub(super) fn spaced(part: Option<Markup>) -> Markup {
    Markup::all(part.into_iter().flat_map(|part| [Markup::text(" "), part]))
}

/// Where a link leads, which is a link itself if that is safe.
fn link(target: &str) -> Markup {
    let words = Markup::text(target);
    let path = if is_web_address(target) {
        let attributes = [
            ("class", "path"),
            ("href", target),
            ("rel", "external noopener noreferrer nofollow"),
            ("target", "_blank"),
        ];
        Markup::element("a", &attributes, words)
    } else {
        span("path", words)
    };
    Markup::all([span("arrow", Markup::text("→ ")), path])
}

/// Anything but http and https could run in the reader's session or open a program.
fn is_web_address(target: &str) -> bool {
    let scheme = target.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

fn properties(props: &Props) -> Markup {
    let row = |(name, value): (&String, &PropValue)| {
        let name = Markup::element("dt", &[], Markup::text(name));
        let value = Markup::element("dd", &[], Markup::text(&prop_text(value)));
        Markup::element("div", &[("class", "prop")], Markup::all([name, value]))
    };
    match props.is_empty() {
        true => Markup::default(),
        false => Markup::element("dl", &[("class", "props")], Markup::all(props.iter().map(row))),
    }
}

fn prop_text(value: &PropValue) -> String {
    match value {
        PropValue::Bool(true) => "yes".into(),
        PropValue::Bool(false) => "no".into(),
        PropValue::Number(number) => number.to_string(),
        PropValue::Text(text) => text.clone(),
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
        Owner::new().with(|| event_line(&event, None).to_html())
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
