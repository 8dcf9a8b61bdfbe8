//! Finding one session by its name.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_query_map};

use crate::{
    api::{refuse, sessions::find_session},
    components::notice::ErrorNotice,
    models::{
        error::AppError,
        ids::SiteId,
        query::{SessionQuery, session_href},
    },
    state::route::use_site_id,
};

/// The field for a session's id or a code that a visitor reads out.
#[component]
pub fn FindForm(
    /// The site to look in.
    site: SiteId,
    /// What was typed before.
    #[prop(optional, into)]
    typed: String,
) -> impl IntoView {
    view! {
        <form method="get" action=format!("/sites/{site}/find") class="find" role="search">
            <label>
                <span class="visually-hidden">"Session id or reference code"</span>
                <input type="search" name="q" value=typed placeholder="Session id or reference code" maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false" required/>
            </label>
            <button class="button">"Find"</button>
        </form>
    }
}

/// The page at `/sites/{site}/find?q=`: leads to the session, or says that there is none.
#[component]
pub fn FindPage() -> impl IntoView {
    let site = use_site_id();
    let query = use_query_map();
    let typed = Memo::new(move |_| query.with(|query| query.get_str("q").unwrap_or_default().to_owned()));
    let found = Resource::new(
        move || (site.get(), typed.get()),
        |(site, typed)| async move {
            let site = site.ok_or_else(|| refuse(AppError::NotFound))?;
            Ok((site, find_session(site, typed.clone()).await?, typed))
        },
    );
    let back = Memo::new(move |_| site.get().map_or_else(|| "/".to_owned(), |site| SessionQuery::newest(site).href()));
    view! {
        <Title text="Find a session"/>
        <Transition fallback=|| view! { <p class="loading">"Looking for the session…"</p> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok((site, Some(id), _)) => view! { <Redirect path=session_href(site, id)/> }.into_any(),
                    Ok((site, None, typed)) => view! { <NothingFound site typed/> }.into_any(),
                    Err(error) => view! { <ErrorNotice error back=back.get_untracked()/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn NothingFound(site: SiteId, typed: String) -> impl IntoView {
    view! {
        <section class="notice">
            <h1>"No such session"</h1>
            <p>"This site has no session with the id or reference code "<q class="id">{typed.clone()}</q>"."</p>
            <p>"A reference code looks like K7F-3QX9 and is kept for 30 days. A session that was deleted, or whose visitor wanted to be forgotten, cannot be found."</p>
            <FindForm site typed/>
            <p class="notice-next"><a class="button" href=SessionQuery::newest(site).href()>"Back to the list"</a></p>
        </section>
    }
}
