//! The list that a session was opened from: back to it, and on to the sessions beside this one.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::{
    components::icon::{BACK_LINES, Icon, ON_LINES},
    hooks::{SingleKeys, follow_link, use_keys, use_single_keys},
    models::{
        ids::SessionId,
        query::{Neighbours, SessionQuery},
        shown::Chosen,
    },
    state::{route::use_session_query, shortcuts::Shortcut, way_back::WayBack},
};

/// The list that the address names, from its top: the newest sessions where it names none. What is not understood of it
/// is passed over.
pub(super) fn use_list() -> Memo<Option<SessionQuery>> {
    let query = use_session_query();
    Memo::new(move |_| query.with(|query| query.as_ref().map(|(list, _)| list.at_top())))
}

/// Follows the links to the list and to its sessions by key.
pub(super) fn use_list_keys() {
    let single_keys = use_single_keys();
    use_keys(move |event: &KeyboardEvent| {
        single_keys.get_untracked() == SingleKeys::On && !event.repeat() && follow(Shortcut::of(&event.key()))
    });
}

fn follow(shortcut: Option<Shortcut>) -> bool {
    match shortcut {
        Some(Shortcut::Down) => follow_link(".way [rel='next']"),
        Some(Shortcut::Up) => follow_link(".way [rel='prev']"),
        Some(Shortcut::List) => follow_link(".way .back"),
        _ => false,
    }
}

/// The address of the list, the page of it that a session was opened from last.
pub(super) fn back_href(list: Option<&SessionQuery>) -> String {
    let way_back = expect_context::<WayBack>();
    list.map_or_else(|| "/".to_owned(), |list| way_back.page_of(list).href())
}

/// Back to the list, and to the sessions above and below this one in it.
#[component]
pub(super) fn Way(
    /// The list.
    list: Memo<Option<SessionQuery>>,
    /// Its sessions beside this one: none while they are not known.
    #[prop(optional)]
    beside: Neighbours,
    /// What this one's address asks for, which those beside it are shown with too.
    #[prop(optional)]
    chosen: Chosen,
) -> impl IntoView {
    let list = list.get_untracked();
    let is_narrowed = list.as_ref().is_some_and(SessionQuery::is_narrowed);
    let Neighbours { previous, next } = beside;
    let is_known = previous.is_some() || next.is_some();
    let href = |list: &SessionQuery, id: Option<SessionId>| Some(chosen.carried_to(&list.session_href(id?)));
    view! {
        <nav class="way" aria-label="List of sessions">
            <a class="back" href=back_href(list.as_ref())>
                <Icon lines=BACK_LINES/>
                {if is_narrowed { "Sessions, filtered" } else { "All sessions" }}
            </a>
            {list.filter(|_| is_known).map(|list| view! { <div class="beside">{before(href(&list, previous))}{after(href(&list, next))}</div> })}
        </nav>
    }
    .into_any()
}

fn before(href: Option<String>) -> AnyView {
    let words = || view! { <Icon lines=BACK_LINES/>"Previous" };
    match href {
        Some(href) => view! { <a class="button quiet" rel="prev" href=href>{words()}</a> }.into_any(),
        None => view! { <End>{words()}</End> }.into_any(),
    }
}

fn after(href: Option<String>) -> AnyView {
    let words = || view! { "Next"<Icon lines=ON_LINES/> };
    match href {
        Some(href) => view! { <a class="button quiet" rel="next" href=href>{words()}</a> }.into_any(),
        None => view! { <End>{words()}</End> }.into_any(),
    }
}

/// Keeps the place of a link at either end of the list, so that the other one does not move under the pointer.
#[component]
fn End(children: Children) -> impl IntoView {
    view! { <span class="button quiet end" aria-hidden="true">{children()}</span> }
}
