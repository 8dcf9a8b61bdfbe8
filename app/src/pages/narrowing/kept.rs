//! What plain forms carry along: the query as hidden fields.

use leptos::prelude::*;

use crate::models::query::SessionQuery;

/// The fields of a query's first page, the tab's own among them, but for those that the form has itself.
pub(in crate::pages) fn kept(query: &SessionQuery, but: &[&str]) -> AnyView {
    let params = query.at_top().all_params().into_iter().filter(|(name, _)| !but.contains(&name.as_str()));
    params.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view().into_any()
}

/// Where the forms lead: the same tab of the same site.
pub(in crate::pages) fn action(query: &SessionQuery) -> String {
    let path = query.tab.path();
    format!("/sites/{}/{path}", query.site)
}
