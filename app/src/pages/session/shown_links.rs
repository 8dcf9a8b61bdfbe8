//! What of the session the timeline shows: links to the same page, which need no script.

use leptos::prelude::*;
use strum::IntoEnumIterator;

use crate::{
    format::{count, shown_words, thousands},
    models::{
        event::EventKind,
        query::session_href,
        session::Session,
        shown::{Chosen, Shown},
    },
};

/// Links to what occurs, each with how much of it there is, and how much is not shown; nothing for a session without
/// events.
pub(super) fn shown_links(session: &Session, kinds: &[EventKind], pages: usize, chosen: &Chosen) -> AnyView {
    if kinds.is_empty() {
        return ().into_any();
    }
    // Without scripts the page is loaded again, and would be shown from its beginning.
    let href =
        |shown| format!("{}{}#timeline-title", session_href(session.site, session.id), chosen.search_string(shown, 1));
    let among = |shown: Shown| kinds.iter().filter(|&&kind| shown.is_shown(kind)).count();
    let links: Vec<_> = Shown::iter()
        .map(|shown| (shown, if shown == Shown::Pages { pages } else { among(shown) }))
        .filter(|&(shown, many)| many > 0 || shown == chosen.shown)
        .map(|(shown, many)| {
            let current = (shown == chosen.shown).then_some("true");
            view! {
                <li><a href=href(shown) aria-current=current data-noscroll="true">
                    {shown_words(shown)}" "<span class="shown-count">{thousands(many as u64)}</span>
                </a></li>
            }
        })
        .collect();
    let hidden = kinds.len() - among(chosen.shown);
    let hidden = (hidden > 0).then(|| {
        let words = count(hidden as u64, "event is hidden", "events are hidden");
        view! { <p class="shown-hidden">{words}". "<a href=href(Shown::Everything) data-noscroll="true">"Show everything"</a></p> }
    });
    view! {
        <nav class="shown" aria-label="Shown in the timeline"><ul role="list">{links}</ul></nav>
        {hidden}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::samples;

    const KINDS: [EventKind; 4] = [EventKind::Click, EventKind::Outbound, EventKind::Error, EventKind::Custom];

    fn html(kinds: &[EventKind], params: &[(&str, &str)]) -> String {
        let chosen = Chosen::from_params(params.iter().copied());
        let session = samples::session(1);
        let html = Owner::new().with(|| shown_links(&session, kinds, 3, &chosen).to_html());
        html.replace("&amp;", "&").replace("<!>", "").replace("<!---->", "")
    }

    #[test]
    fn what_occurs_can_be_chosen_and_says_how_much_there_is() {
        let html = html(&KINDS, &[]);
        for (search, words, many) in [
            ("", "Everything", "4"),
            ("?show=pages", "Pages only", "3"),
            ("?show=clicks", "Clicks", "2"),
            ("?show=custom", "Custom events", "1"),
            ("?show=trouble", "Trouble", "1"),
        ] {
            assert!(html.contains(&format!("-000000000001{search}#timeline-title")), "{search} of {html}");
            assert!(html.contains(&format!("{words} <span class=\"shown-count\">{many}<")), "{words} in {html}");
        }
        assert!(!html.contains("Forms") && !html.contains("hidden"), "{html}");
        assert_eq!(html.matches("aria-current").count(), 1, "{html}");
    }

    #[test]
    fn what_is_left_out_is_counted_and_one_link_brings_it_back() {
        let html = html(&KINDS, &[("country", "DE"), ("show", "clicks")]);
        assert!(html.contains("2 events are hidden. <a href=\"/sites/1/sessions/"), "{html}");
        assert_eq!(html.matches("-000000000001?country=DE#timeline-title").count(), 2, "{html}");
        assert!(html.contains("?country=DE&show=trouble#timeline-title"), "{html}");
    }

    #[test]
    fn what_was_asked_for_and_does_not_occur_is_named_too() {
        let html = html(&KINDS[..1], &[("show", "forms")]);
        assert!(html.contains("Forms <span class=\"shown-count\">0<"), "{html}");
        assert!(html.contains("1 event is hidden."), "{html}");
    }

    #[test]
    fn without_events_there_is_nothing_to_choose() {
        assert!(!html(&[], &[("show", "clicks")]).contains("<a"));
    }
}
