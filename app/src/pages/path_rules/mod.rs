//! Which paths count as one page: the rules of a site, what they join, and what a further one would.

mod form;
mod preview;
mod standing;
mod suggested;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::{form::form, preview::preview, standing::standing, suggested::suggested};
use crate::{
    api::{path_rules::load_rules, refuse},
    components::{
        icon::{BACK_LINES, Icon},
        notice::ErrorNotice,
    },
    format::rule_problem,
    models::{
        error::AppError,
        ids::SiteId,
        pages::PagesShown,
        path_rule::{RuleProblem, RulesShown},
        query::{SessionQuery, Tab},
    },
    state::route::use_site_id,
};

/// The static demo has no server that could keep rules.
const CAN_CHANGE: bool = !cfg!(feature = "csr");

/// The page at `/sites/{site}/pages/rules?pattern=…`.
#[component]
pub fn PathRulesPage() -> impl IntoView {
    let site = use_site_id();
    let address = use_query_map();
    let typed = Memo::new(move |_| address.with(|query| query.get_str("pattern").unwrap_or_default().to_owned()));
    let problem = Memo::new(move |_| {
        address.with(|query| query.get_str("rule_problem").and_then(|name| name.parse::<RuleProblem>().ok()))
    });
    let rules = Resource::new(
        move || (site.get(), typed.get()),
        |(site, typed)| async move {
            let site = site.ok_or_else(|| refuse(AppError::NotFound))?;
            Ok::<_, AppError>((site, load_rules(site, typed.clone()).await?, typed))
        },
    );
    view! {
        <Title text="Group paths"/>
        <Transition fallback=|| view! { <p class="loading">"Looking at the paths of the last 30 days…"</p> }>
            {move || {
                let problem = problem.get();
                Suspend::new(async move {
                    match rules.await {
                        Ok((site, shown, typed)) => page(site, shown, typed, problem),
                        Err(error) => view! { <ErrorNotice error back="/"/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn page(site: SiteId, shown: RulesShown, typed: String, problem: Option<RuleProblem>) -> AnyView {
    let back = SessionQuery::newest(site).on(Tab::Pages(PagesShown::default())).href();
    // What is wrong with the pattern is wrong whoever says so.
    let of_pattern = shown.preview.as_ref().and_then(|preview| preview.as_ref().err().copied());
    let problem = of_pattern.or(problem).map(rule_problem);
    let count = shown.rules.len();
    view! {
        <article class="report">
            <section>
                <p class="back-line"><a class="back" href=back><Icon lines=BACK_LINES/>"All pages"</a></p>
                <h1>"Group paths"</h1>
                <p>
                    "A rule counts paths of one shape as one page: "<code>"/product/:id"</code>" joins "
                    <code>"/product/1"</code>" and "<code>"/product/2"</code>
                    ". A name behind a colon stands for what lies between two slashes, "<code>"/*"</code>
                    " at the end for all that follows."
                </p>
                <p class="muted">
                    "Rules hold for what is stored too, and nothing that is stored is changed: the page of a session shows the paths as they were, and without the rule all is counted as before."
                </p>
            </section>
            <section>
                <h2>"New rule"</h2>
                {problem.map(|words| view! { <p class="problem" role="alert">{words}</p> })}
                {form(site, &typed)}
                {(!CAN_CHANGE).then(|| view! { <p class="muted">"This demo shows what a rule would join. To keep rules a server is needed."</p> })}
                {shown.preview.and_then(Result::ok).map(|joined| preview(site, joined, count))}
            </section>
            {suggested(site, shown.suggestions)}
            {standing(site, shown.rules)}
        </article>
    }
    .into_any()
}
