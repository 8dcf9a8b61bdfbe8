//! A button that copies a text which stands beside it; without scripts the text can be selected.

use leptos::prelude::*;

use crate::hooks::{Copying, use_clipboard};

/// The button; absent where the browser cannot copy.
#[component]
pub fn CopyButton(
    /// What to copy.
    #[prop(into)]
    text: String,
    /// What it is, for the button's name: `session id`.
    what: &'static str,
) -> impl IntoView {
    let (state, copy) = use_clipboard();
    let words = move || match state.get() {
        Copying::Impossible | Copying::Ready => "Copy",
        Copying::Copied => "Copied",
        Copying::Refused => "Select it and copy by hand",
    };
    view! {
        <button type="button" class="button small" hidden=move || state.get() == Copying::Impossible on:click=move |_| copy.run(text.clone())>
            <span aria-live="polite">{words}</span>
            <span class="visually-hidden">" " {what}</span>
        </button>
    }
}
