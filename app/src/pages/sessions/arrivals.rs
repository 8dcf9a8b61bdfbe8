//! New sessions that wait until the reader wants to see them, so that no row moves meanwhile.

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use crate::{
    format::count,
    state::{live::MOST_ROWS, rows::Rows},
};

/// A button that says how many there are and shows them. It floats: whether it is there changes no other place.
#[component]
pub(super) fn Arrivals(
    /// The rows.
    rows: Rows,
    /// Whether the window shows the beginning of the page.
    at_top: ReadSignal<bool>,
) -> impl IntoView {
    let any = Memo::new(move |_| rows.waiting() > 0);
    let show = move |_: MouseEvent| {
        rows.show_waiting();
        to_list(at_top.get_untracked());
    };
    view! {
        <div class="arrivals" role="status">
            {move || any.get().then(|| view! { <button type="button" class="button primary" on:click=show>{move || words(rows.waiting())}</button> })}
        </div>
    }
    .into_any()
}

/// The focus goes to the list, as the button goes; the window too, unless it shows the beginning already.
fn to_list(is_seen: bool) {
    let list = document().get_element_by_id("list").and_then(|list| list.dyn_into::<HtmlElement>().ok());
    if let Some(list) = list {
        if !is_seen {
            list.scroll_into_view();
        }
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = list.focus_with_options(&options);
    }
}

/// More than a list holds nobody counts.
fn words(waiting: usize) -> String {
    let many = waiting as u64;
    if waiting < MOST_ROWS {
        count(many, "new session", "new sessions")
    } else {
        format!("{many} new sessions or more")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_button_counts_as_far_as_the_list_goes() {
        let said = [1, 3, 199, 200].map(words);
        assert_eq!(said, ["1 new session", "3 new sessions", "199 new sessions", "200 new sessions or more"]);
    }
}
