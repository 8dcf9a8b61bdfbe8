//! One page view in the timeline.

use leptos::prelude::*;

use super::{
    excerpt::{Elsewhere, Excerpt},
    goal::Mark,
    line_list::line_lists,
    lines::lines,
    usual::BesideUsual,
};
use crate::{
    components::{
        chart::{hue::hue_class, time_bar::TimeBar},
        time::Moment,
    },
    format::{clock_with_seconds, count, duration, ended, source_title, unmeasured},
    models::{
        ending::Ending,
        source::Arrival,
        timeline::{PageTime, TimelinePage, page_anchor},
    },
};

/// What is the same for all page views of a session.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'a> {
    /// The length that fills a time bar.
    pub(super) full_ms: u64,
    /// Whether to name the host: the session went over several.
    pub(super) show_host: bool,
    /// That the session reached the goal that is asked for.
    pub(super) mark: Option<&'a Mark>,
}

/// The page with its time and how it ended, and what of its events is shown.
pub(super) fn page_view(page: &TimelinePage, ending: Ending, excerpt: Excerpt, beside: Beside<'_>) -> AnyView {
    let Beside { full_ms, show_host, mark } = beside;
    let anchor = page.anchor();
    let back_to = page.returns_to.map(|number| {
        view! { <span class="page-note">"back to "{page_link(number, page.path.clone())}</span> }
    });
    let arrived = page.arrived_from.clone().map(|Arrival { source, campaign }| {
        let title = source_title(&source);
        let campaign = campaign.map(|name| format!(", campaign {name}"));
        view! { <span class="page-note" title=title>"arrived from "{source.name}{campaign}</span> }
    });
    let (earlier, later) = elsewhere(&excerpt);
    view! {
        <li class="page" id=anchor.clone()>
            <div class="page-head">
                <a class="page-time" href=format!("#{anchor}") rel="external"><Moment at=page.at text=clock_with_seconds(page.at)/></a>
                <span class=format!("swatch {}", hue_class(&page.path)) aria-hidden="true"></span>
                <h3 class="page-name">
                    <span class="page-number">{page.number}". "</span>
                    {show_host.then(|| view! { <span class="page-host">{page.host.clone()}</span> })}
                    <span class="path">{page.path.clone()}</span>
                </h3>
                {page.title.clone().map(|title| view! { <p class="page-title">{title}</p> })}
                {Mark::on_page(mark, page).map(|mark| view! { <p class="page-notes">{mark}</p> })}
                {(back_to.is_some() || arrived.is_some()).then(|| view! { <p class="page-notes">{back_to}{arrived}</p> })}
                <div class="page-measure"><TimeOnPage
                    path=page.path.clone() time=page.time scroll=page.scroll full_ms ending
                /><BesideUsual time=page.time usual=page.usual/></div>
            </div>
            {earlier}
            {line_lists(lines(page, excerpt), mark)}
            {later}
        </li>
    }
    .into_any()
}

/// Links to those of its events that stand on other parts: before and behind its lines.
fn elsewhere(excerpt: &Excerpt) -> (Option<AnyView>, Option<AnyView>) {
    let (earlier, later) = match excerpt.events.is_empty() {
        true => (("event", "events"), ("event", "events")),
        false => (("earlier event", "earlier events"), ("later event", "later events")),
    };
    let link = |others: &Elsewhere, (one, many)| {
        let words = count(others.many as u64, one, many);
        // Loaded like any page: else the browser does not see that the address points at something.
        view! { <p class="page-rest"><a href=others.href.clone() rel="external">{words}</a></p> }.into_any()
    };
    let earlier = excerpt.earlier.as_ref().map(|others| link(others, earlier));
    (earlier, excerpt.later.as_ref().map(|others| link(others, later)))
}

/// Active time in words and as a bar, with visible and open time beside it where they differ.
#[component]
fn TimeOnPage(path: String, time: PageTime, scroll: Option<u8>, full_ms: u64, ending: Ending) -> impl IntoView {
    let PageTime::Measured { open_ms, visible_ms, active_ms } = time else {
        let PageTime::NotMeasured(why) = time else { return ().into_any() };
        // Why nothing was measured says the same as that it was lost sight of.
        let is_news = !matches!(ending, Ending::LostSight { .. });
        let beside = is_news.then(|| view! { <p class="page-beside">{ended_words(ending)}</p> });
        return view! { <p class="page-spent">{unmeasured(why)}</p>{beside} }.into_any();
    };
    let mut beside = Vec::new();
    if visible_ms > active_ms {
        beside.push(format!("{} visible", duration(visible_ms)));
    }
    if open_ms > visible_ms {
        beside.push(format!("{} open", duration(open_ms)));
    }
    beside.extend(scroll.map(|percent| format!("seen to {percent} %")));
    let beside = (!beside.is_empty()).then(|| beside.join(", ") + ", ");
    view! {
        <p class="page-spent"><strong>{duration(active_ms)}</strong>" active"</p>
        <TimeBar path active_ms visible_ms open_ms full_ms/>
        <p class="page-beside">{beside}{ended_words(ending)}</p>
    }
    .into_any()
}

/// How the page view ended, with a link to the one that it went on to.
fn ended_words(ending: Ending) -> AnyView {
    let words = ended(&ending);
    match ending {
        Ending::WentOn { number, path } => view! { {words}" "{page_link(number, path)} }.into_any(),
        _ => words.into_any(),
    }
}

/// A link to another page view of the timeline.
fn page_link(number: u32, path: String) -> AnyView {
    view! { <a class="path" href=format!("#{}", page_anchor(number)) rel="external">{path}</a> }.into_any()
}
