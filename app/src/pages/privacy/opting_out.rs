//! How not to be recorded.

use leptos::prelude::*;

use crate::{
    hooks::{use_hydrated, use_opt_out, use_opt_out_flag},
    models::privacy::PrivacyTerms,
};

/// What a visitor can do; where this page shares the site's origin, at once.
#[component]
pub(super) fn OptingOut(
    /// What the site has decided.
    terms: Option<PrivacyTerms>,
) -> impl IntoView {
    let asks = use_opt_out();
    let shares_origin = terms.is_some_and(|terms| terms.shares_origin);
    view! {
        <section>
            <h2>"Not to be recorded"</h2>
            <p hidden=move || !asks.get()>"Your browser asks not to be recorded (Global Privacy Control or Do Not Track). Pulse respects that unless the site turned it off: then it says so itself."</p>
            <p hidden=move || asks.get()>"Turn on Global Privacy Control or Do Not Track in your browser: Pulse then records nothing of you, on every site that has not turned that off."</p>
            {shares_origin.then(|| view! { <OptOutButton/> })}
            {(!shares_origin).then(|| view! {
                <p>"A site can offer a way out of its own. For owners: a button that calls "<code>"pulse.optOut()"</code>" keeps a mark in the visitor's browser, and nothing is sent from then on; "<code>"pulse.forget()"</code>" deletes the session of whoever asks for it."</p>
            })}
        </section>
    }
}

/// Sets the mark that the tracker looks for.
#[component]
fn OptOutButton() -> impl IntoView {
    let hydrated = use_hydrated();
    let (out, set_out) = use_opt_out_flag();
    let words = move || if out.get() { "Record my visits again" } else { "Do not record my visits to this site" };
    let said = move || if out.get() { "This browser is not recorded on this site." } else { "" };
    view! {
        <p hidden=move || !hydrated.get()>
            <button type="button" class="button" on:click=move |_| set_out.run(!out.get_untracked())>{words}</button>
            " "<span role="status">{said}</span>
        </p>
        <p hidden=move || hydrated.get()>"With scripts turned on there is a button here; with scripts turned off Pulse records nothing anyway."</p>
    }
}
