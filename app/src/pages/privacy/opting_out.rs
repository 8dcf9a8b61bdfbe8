//! How not to be recorded.

use leptos::prelude::*;

/// Makes the button work; it is hidden without.
pub(super) const SCRIPT: &str = include_str!("opting_out.js");

/// What a visitor can do; where this page shares the site's origin, at once.
#[component]
pub(super) fn OptingOut(
    /// Whether the browser asks not to be recorded.
    asks: bool,
    /// Whether what is kept here counts for the site's pages.
    shares_origin: bool,
) -> impl IntoView {
    let standing = if asks {
        "Your browser asks not to be recorded (Global Privacy Control or Do Not Track). Pulse respects that."
    } else {
        "Turn on Global Privacy Control or Do Not Track in your browser: Pulse then records nothing of you, on every site that uses it."
    };
    view! {
        <section>
            <h2>"Not to be recorded"</h2>
            <p>{standing}</p>
            {shares_origin.then(|| view! {
                <p id="opt-out" hidden>
                    <button type="button" class="button">"Do not record my visits to this site"</button>
                    " "<span role="status"></span>
                </p>
            })}
            {(!shares_origin).then(|| view! {
                <p>"A site can offer a way out of its own. For owners: a button that calls "<code>"pulse.optOut()"</code>" keeps a mark in the visitor's browser, and nothing is sent from then on; "<code>"pulse.forget()"</code>" deletes the session of whoever asks for it."</p>
            })}
        </section>
    }
}
