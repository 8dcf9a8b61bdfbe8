//! The keys of the sessions page, and the list of them and of those of a session's page. Whatever a key does, a link or a field does too.

use leptos::{html::Dialog, prelude::*};
use strum::IntoEnumIterator;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::{
    hooks::{SingleKeys, follow_link, use_hydrated, use_keys, use_single_keys},
    state::shortcuts::Shortcut,
};

/// A button that tells the keys; absent without scripts, where there are none. Its place is kept, so that nothing moves
/// once it is there.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let hydrated = use_hydrated();
    let help: NodeRef<Dialog> = NodeRef::new();
    let single_keys = use_single_keys();
    use_keys(move |event: &KeyboardEvent| {
        single_keys.get_untracked() == SingleKeys::On
            && Shortcut::of(&event.key())
                .is_some_and(|shortcut| (shortcut.repeats() || !event.repeat()) && follow(shortcut, help))
    });
    let name = move || match single_keys.get() {
        SingleKeys::On => "Keyboard shortcuts (?)",
        SingleKeys::Off => "Keyboard shortcuts",
    };
    let key = |key: &'static str, words: &'static str| {
        view! { <div class="key"><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div> }
    };
    let keys = Shortcut::iter().map(|shortcut| key(shortcut.key(), shortcut.words())).collect_view();
    view! {
        <button type="button" class="button quiet square keys-button" class:reserved=move || !hydrated.get()
            aria-label=name title=name on:click=move |_| { show(help); }>
            "?"
        </button>
        <dialog class="keys" node_ref=help aria-labelledby="keys-title">
            <h2 id="keys-title">"Keyboard shortcuts"</h2>
            <dl>
                {keys}
                {key("Enter", "Open the session")}
                {key("Esc", "Close this")}
            </dl>
            <div class="keys-end">
                // The browser closes it by itself.
                <form method="dialog"><button class="button">"Close"</button></form>
                <label>
                    <input type="checkbox" prop:checked=move || single_keys.get() == SingleKeys::On
                        on:change=move |event| single_keys.set(chosen(event_target_checked(&event)))/>
                    "Use single keys"
                </label>
            </div>
        </dialog>
    }
    .into_any()
}

fn chosen(is_checked: bool) -> SingleKeys {
    if is_checked { SingleKeys::On } else { SingleKeys::Off }
}

/// Does what the key is for; false where there is nothing to do it with.
fn follow(shortcut: Shortcut, help: NodeRef<Dialog>) -> bool {
    // What lies below the list of keys is out of reach.
    if help.get_untracked().is_some_and(|dialog| dialog.open()) {
        return false;
    }
    match shortcut {
        Shortcut::Down => focus(row_beside(Element::next_element_sibling)),
        Shortcut::Up => focus(row_beside(Element::previous_element_sibling)),
        Shortcut::On => follow_link(".paging a[rel='next']"),
        Shortcut::Back => follow_link(".paging a[rel='prev']"),
        Shortcut::Search => focus(find(".toolbar .search input[type='search']")),
        Shortcut::Filter => open_filter(),
        Shortcut::Help => show(help),
        Shortcut::List => false,
    }
}

/// The link of the row beside the one with the focus; without one, of the first.
fn row_beside(beside: fn(&Element) -> Option<Element>) -> Option<Element> {
    let focused = document().active_element();
    match focused.and_then(|focused| focused.closest(".sessions .session").ok().flatten()) {
        Some(row) => beside(&row)?.query_selector(".row-link").ok().flatten(),
        None => find(".sessions .row-link"),
    }
}

fn open_filter() -> bool {
    let Some(details) = find(".conditions .picker.add") else { return false };
    let is_open = details.set_attribute("open", "").is_ok();
    is_open && focus(details.query_selector("select, input:not([type='hidden'])").ok().flatten())
}

fn show(help: NodeRef<Dialog>) -> bool {
    help.get_untracked().is_some_and(|dialog| dialog.show_modal().is_ok())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn focus(element: Option<Element>) -> bool {
    element.and_then(|element| element.dyn_into::<HtmlElement>().ok()).is_some_and(|element| element.focus().is_ok())
}
