//! What every tab but the list of sessions is made of: its selection above, and what it shows of it.

use leptos::prelude::*;
use leptos_meta::Title;
use serde::{Serialize, de::DeserializeOwned};

use super::{Conditions, IgnoredParameters, ProblemNote, Toolbar};
use crate::{
    api::refuse,
    components::notice::ErrorNotice,
    models::{error::AppError, query::SessionQuery, time::LocalTime},
    state::{
        kept::use_kept,
        route::{use_session_query, use_site_id},
    },
};

/// What a tab's server function answers.
pub(in crate::pages) trait TabAnswer:
    Clone + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// The server's clock in the site's time zone.
    fn now(&self) -> LocalTime;
}

/// A tab: `load` asks the server for what `show` shows of a selection.
pub(in crate::pages) fn tab_page<T, F>(
    title: &'static str,
    load: fn(SessionQuery) -> F,
    show: fn(SessionQuery, T) -> AnyView,
) -> AnyView
where
    T: TabAnswer,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let query = use_session_query();
    let site = use_site_id();
    let selection = move || query.get().map(|(query, _)| query);
    let answer = Resource::new(selection, move |query| async move {
        let query = query.ok_or_else(|| refuse(AppError::NotFound))?;
        let answer = load(query.clone()).await?;
        Ok::<_, AppError>((query, answer))
    });
    let kept = use_kept(site);
    view! {
        <Title text=title/>
        <IgnoredParameters ignored=Signal::derive(move || query.get().map(|(_, ignored)| ignored).unwrap_or_default())/>
        <ProblemNote/>
        <Transition fallback=|| view! { <p class="loading">"Loading…"</p> }>
            {move || Suspend::new(async move {
                let kept = kept.await;
                match answer.await {
                    Ok((query, answer)) => {
                        let now = answer.now();
                        view! {
                            <section class="list tab-page" id="list" tabindex="-1" aria-label=title>
                                <Toolbar query=query.clone() now kept/>
                                <Conditions query=query.clone()/>
                                {show(query, answer)}
                            </section>
                        }
                        .into_any()
                    }
                    Err(error) => view! { <ErrorNotice error back="/"/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}
