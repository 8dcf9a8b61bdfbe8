//! What is stored of visitors, for how long, and what never: for them, and for owners who write a privacy notice.

mod fields;
mod opting_out;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::{fields::Fields, opting_out::OptingOut};
use crate::{
    api::privacy::load_privacy,
    components::{logo::Logo, notice::ErrorNotice},
    format::count,
    models::{ids::SiteId, privacy::PrivacyTerms, stored::NEVER},
};

/// The page at `/privacy`; with `?site=` it knows what that site has decided.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let query = use_query_map();
    let site =
        Memo::new(move |_| query.with(|query| query.get_str("site").and_then(|text| text.parse::<SiteId>().ok())));
    let terms = Resource::new(
        move || site.get(),
        |site| async move {
            match site {
                Some(site) => load_privacy(site).await,
                None => Ok(None),
            }
        },
    );
    view! {
        <Title text="What is stored of visitors"/>
        <header class="top"><span class="brand"><Logo/>"Pulse"</span></header>
        <main class="content">
            <Transition fallback=|| view! { <p class="loading">"Loading…"</p> }>
                {move || Suspend::new(async move {
                    match terms.await {
                        Ok(terms) => view! { <Privacy terms/> }.into_any(),
                        Err(error) => view! { <ErrorNotice error back="/privacy"/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Privacy(terms: Option<PrivacyTerms>) -> impl IntoView {
    view! {
        <article class="report">
            <h1>"What is stored of visitors"</h1>
            <p class="lead">"Pulse records what happens in a visit to a web site, without asking who it is. This page lists every field that is stored."</p>
            <section>
                <h2>"For how long"</h2>
                <p>{how_long(terms)}</p>
            </section>
            <OptingOut terms/>
            <section>
                <h2>"What is never stored"</h2>
                <ul class="prose">{NEVER.into_iter().map(|never| view! { <li>{never}</li> }).collect_view()}</ul>
                <p>"E-mail addresses, long numbers and parts of paths that look like secrets are taken out of every text before it is stored."</p>
            </section>
            <Fields/>
            <ForOwners/>
        </article>
    }
}

fn how_long(terms: Option<PrivacyTerms>) -> String {
    match terms {
        Some(terms) => format!(
            "This site keeps sessions for {}, and those that are taken for machines for {}. Then they are deleted with every row. A session is over after {} without a sign of the visitor.",
            count(terms.days.into(), "day", "days"),
            count(terms.machine_days.into(), "day", "days"),
            count(terms.idle_minutes.into(), "minute", "minutes"),
        ),
        None => "Each site decides for how long it keeps its sessions: 180 days unless it says otherwise, 25 months at the most; those that are taken for machines 7 days. Then they are deleted with every row.".to_owned(),
    }
}

#[component]
fn ForOwners() -> impl IntoView {
    view! {
        <section>
            <h2>"For owners of sites"</h2>
            <p>"Rows about sessions are data about people all the same, even though they name nobody. Whether you need to ask your visitors, for how long you keep the rows, and what your privacy notice says are yours to decide."</p>
            <p>"Whatever stands in front of Pulse may keep a log of its own, with addresses in it. Turn that off for what visitors send; in nginx:"</p>
            <div class="snippet"><code>"location = /api/collect { access_log off; proxy_pass http://127.0.0.1:3000; proxy_set_header X-Forwarded-For $remote_addr; }"</code></div>
            <p>"in Caddy:"</p>
            <div class="snippet"><code>"log_skip /api/collect"</code></div>
        </section>
    }
}
