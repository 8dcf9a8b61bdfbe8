//! The document around the application: what the server sends before and after the rendered pages.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    app::App,
    services::{AssetPaths, Services},
};

/// The HTML document. Needs [`Services`] in the context for the addresses of the assets; the nonce is the response's.
pub fn shell() -> impl IntoView {
    let assets = use_context::<Services>().map(|services| services.installation.assets.clone());
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex, nofollow"/>
                <meta name="referrer" content="same-origin"/>
                <meta name="description" content="Pulse shows what happens in each visit to a web site, as sessions."/>
                {assets.map(|assets| view! { <AssetTags assets/> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Style, icon, and the script that makes the page interactive. Written by hand because the names of our assets hold
/// a hash of their content and because the script must carry the nonce of the content security policy.
#[component]
fn AssetTags(
    /// Where they are.
    assets: AssetPaths,
) -> impl IntoView {
    let AssetPaths { css, js, wasm, favicon } = assets;
    // Debug formatting quotes a string as JavaScript does; the paths are ours and hold no control characters.
    // What was rendered is painted first: taking it over lasts some frames. Who looks elsewhere has no frames.
    let start = format!(
        "import init, {{ hydrate }} from {js:?};\n\
         init({{ module_or_path: {wasm:?} }}).then(() =>\n\
         document.hidden ? hydrate() : requestAnimationFrame(() => setTimeout(hydrate)));"
    );
    view! {
        <link rel="stylesheet" href=css/>
        <link rel="icon" type="image/svg+xml" href=favicon/>
        <link rel="modulepreload" href=js/>
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce()>{start}</script>
    }
}
