//! One page view in the timeline.

use leptos::prelude::*;

use super::{
    event_line::EventLine,
    lines::{Line, lines},
    usual::BesideUsual,
};
use crate::{
    components::{
        chart::{hue::hue_class, time_bar::TimeBar},
        time::Moment,
    },
    format::{clock_with_seconds, duration, ended, source_title, unmeasured},
    models::{
        session::SessionState,
        timeline::{PageTime, TimelinePage},
    },
};

/// The page with its time, and what happened on it.
#[component]
pub(super) fn PageView(
    /// The page view.
    page: TimelinePage,
    /// The path that it returns to, when the visitor was there before.
    back_to: Option<String>,
    /// The length that fills a time bar.
    full_ms: u64,
    /// Whether to name the host: the session went over several.
    show_host: bool,
    /// Where the session stands.
    state: SessionState,
) -> impl IntoView {
    let below: Vec<_> = lines(&page).into_iter().map(draw_line).collect();
    let below = (!below.is_empty()).then(|| view! { <ol class="page-lines" role="list">{below}</ol> });
    view! {
        <li class="page" id=format!("page-{}", page.number)>
            <div class="page-head">
                <span class="page-time"><Moment at=page.at text=clock_with_seconds(page.at)/></span>
                <span class=format!("swatch {}", hue_class(&page.path)) aria-hidden="true"></span>
                <h3 class="page-name">
                    <span class="page-number">{page.number}". "</span>
                    {show_host.then(|| view! { <span class="page-host">{page.host.clone()}</span> })}
                    <span class="path">{page.path.clone()}</span>
                </h3>
                {page.title.clone().map(|title| view! { <p class="page-title">{title}</p> })}
                {(back_to.is_some() || page.arrived_from.is_some()).then(|| view! { <p class="page-notes">
                    {back_to.map(|path| view! { <span class="page-note">"back to "<span class="path">{path}</span></span> })}
                    {page.arrived_from.clone().map(|source| view! {
                        <span class="page-note" title=source_title(&source)>"arrived from "{source.name.clone()}</span>
                    })}
                </p> })}
                <div class="page-measure"><TimeOnPage
                    path=page.path.clone() time=page.time scroll=page.scroll full_ms ended=ended(page.state, state)
                /><BesideUsual time=page.time usual=page.usual/></div>
            </div>
            {below}
        </li>
    }
}

/// Active time in words and as a bar, with visible and open time beside it where they differ.
#[component]
fn TimeOnPage(path: String, time: PageTime, scroll: Option<u8>, full_ms: u64, ended: &'static str) -> impl IntoView {
    let PageTime::Measured { open_ms, visible_ms, active_ms } = time else {
        let PageTime::NotMeasured(why) = time else { return ().into_any() };
        return view! { <p class="page-spent">{unmeasured(why)}</p><p class="page-beside">{ended}</p> }.into_any();
    };
    let mut beside = Vec::new();
    if visible_ms > active_ms {
        beside.push(format!("{} visible", duration(visible_ms)));
    }
    if open_ms > visible_ms {
        beside.push(format!("{} open", duration(open_ms)));
    }
    beside.extend(scroll.map(|percent| format!("seen to {percent} %")));
    beside.push(ended.to_owned());
    view! {
        <p class="page-spent"><strong>{duration(active_ms)}</strong>" active"</p>
        <TimeBar path active_ms visible_ms open_ms full_ms/>
        <p class="page-beside">{beside.join(", ")}</p>
    }
    .into_any()
}

fn draw_line(line: Line) -> AnyView {
    match line {
        Line::Event(event) => view! { <EventLine event=*event/> }.into_any(),
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
