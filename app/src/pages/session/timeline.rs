//! What happened, page by page.

use leptos::prelude::*;

use super::page_view::PageView;
use crate::{
    components::chart::time_bar::full_bar_ms,
    format::duration,
    models::{
        session::Session,
        timeline::{TimelineItem, TimelinePage},
    },
};

/// The timeline: pages with what happened on them, and the gaps between.
#[component]
pub(super) fn Timeline(
    /// Its lines.
    items: Vec<TimelineItem>,
    /// The session that they belong to.
    session: Session,
) -> impl IntoView {
    let full_ms = full_bar_ms(pages(&items).map(|page| page.time));
    let several_hosts = pages(&items).zip(pages(&items).skip(1)).any(|(one, next)| one.host != next.host);
    let firsts: Vec<(u32, String)> = pages(&items).map(|page| (page.number, page.path.clone())).collect();
    let lines: Vec<_> = items
        .into_iter()
        .map(|item| match item {
            TimelineItem::Gap { ms } => {
                view! { <li class="gap"><span class="gap-mark" aria-hidden="true">"⋮"</span>{duration(ms)}" away"</li> }
                    .into_any()
            }
            TimelineItem::Page(page) => {
                let back_to = page
                    .returns_to
                    .and_then(|number| firsts.iter().find(|(first, _)| *first == number))
                    .map(|(_, path)| path.clone());
                view! { <PageView page=*page back_to full_ms show_host=several_hosts state=session.state/> }.into_any()
            }
        })
        .collect();
    view! {
        <section class="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title" class="side-title">"Timeline"</h2>
            <ol class="timeline-list" role="list">{lines}</ol>
        </section>
    }
}

fn pages(items: &[TimelineItem]) -> impl Iterator<Item = &TimelinePage> {
    items.iter().filter_map(|item| match item {
        TimelineItem::Page(page) => Some(page.as_ref()),
        TimelineItem::Gap { .. } => None,
    })
}
