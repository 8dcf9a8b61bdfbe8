//! How whoever looks at the page would be seen as a visitor: it shows whether a proxy in front passes on what it must.

use leptos::prelude::*;

use crate::{
    components::country::CountryName,
    models::intake::{Caller, Hop},
};

/// Address, way and country.
#[component]
pub(super) fn HowYouAreSeen(
    /// Who looks.
    caller: Caller,
) -> impl IntoView {
    let Caller { address, hop, country, countries_known } = caller;
    view! {
        <section>
            <h2>"How you are seen"</h2>
            <p>"As a visitor you would come from here. The address is shown to you alone and is not stored."</p>
            <dl class="facts">
                <div class="fact"><dt>"Address"</dt><dd class="path">{address.clone()}</dd></div>
                <div class="fact"><dt>"Way"</dt><dd>{way(hop)}</dd></div>
                <div class="fact"><dt>"Country"</dt><dd>
                    <CountryName country/>
                    {(!countries_known).then_some(": there is no country database, so that every country is unknown")}
                </dd></div>
            </dl>
            {advice(hop, &address).map(|advice| view! { <p class="caution">{advice}</p> })}
        </section>
    }
    .into_any()
}

fn way(hop: Hop) -> &'static str {
    match hop {
        Hop::Direct => "directly",
        Hop::Forwarded => "through a trusted proxy, which named the address",
        Hop::Unnamed => "through a trusted proxy, which named no address",
        Hop::Untrusted => "through something that named another address, but is not trusted",
    }
}

/// What to do where the way is wrong.
fn advice(hop: Hop, address: &str) -> Option<String> {
    match hop {
        Hop::Direct | Hop::Forwarded => None,
        Hop::Unnamed => Some(
            "All visitors seem to come from the proxy: they share its country, and people with the same browser fall into one session. Have the proxy send X-Forwarded-For.".to_owned(),
        ),
        Hop::Untrusted => Some(format!(
            "If {address} is your proxy, all visitors seem to come from it: they share its country, and people with the same browser fall into one session. Start Pulse with --trusted-proxy {address}."
        )),
    }
}
