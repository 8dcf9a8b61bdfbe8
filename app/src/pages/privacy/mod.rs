//! What is stored of visitors, for how long, and what never: for them, and for owners who write a privacy notice. A
//! document of its own, without the application: visitors load a few kilobytes to read it.

mod fields;
mod opting_out;

use leptos::prelude::*;

use self::{fields::Fields, opting_out::OptingOut};
use crate::{
    components::logo::Logo,
    format::count,
    models::{privacy::PrivacyTerms, stored::NEVER},
};

/// What the document depends on.
#[derive(Clone, Debug)]
pub struct Privacy {
    /// What the site has decided, if one is named.
    pub terms: Option<PrivacyTerms>,
    /// Whether the browser asks not to be recorded.
    pub asks: bool,
    /// Where its style is.
    pub css: String,
    /// Where its icon is.
    pub favicon: String,
    /// What its script must carry.
    pub nonce: String,
}

/// The HTML document.
pub fn document(privacy: Privacy) -> String {
    let Privacy { terms, asks, css, favicon, nonce } = privacy;
    let shares_origin = terms.is_some_and(|terms| terms.shares_origin);
    // Nothing in it changes, but views are made under an owner.
    Owner::new().with(|| {
        view! {
            <!DOCTYPE html>
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <meta name="robots" content="noindex"/>
                    <title>"What is stored of visitors · Pulse"</title>
                    <link rel="stylesheet" href=css/>
                    <link rel="icon" type="image/svg+xml" href=favicon/>
                </head>
                <body>
                    <header class="top"><span class="brand"><Logo/>"Pulse"</span></header>
                    <main class="content">
                        <article class="report">
                            <h1>"What is stored of visitors"</h1>
                            <p class="lead">"Pulse records what happens in a visit to a web site, without asking who it is. This page lists every field that is stored."</p>
                            <section><h2>"For how long"</h2><p>{how_long(terms)}</p></section>
                            <OptingOut asks shares_origin/>
                            <Never/>
                            <Fields/>
                            <ForOwners/>
                        </article>
                    </main>
                    {shares_origin.then(|| view! { <script type="module" nonce=nonce>{opting_out::SCRIPT}</script> })}
                </body>
            </html>
        }
        .to_html()
    })
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
fn Never() -> impl IntoView {
    view! {
        <section>
            <h2>"What is never stored"</h2>
            <ul class="prose">{NEVER.into_iter().map(|never| view! { <li>{never}</li> }).collect_view()}</ul>
            <p>"E-mail addresses, long numbers and parts of paths that look like secrets are taken out of every text before it is stored."</p>
        </section>
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
