//! What plain forms carry along: the query as hidden fields.

use leptos::prelude::*;

use crate::models::query::SessionQuery;

/// The fields of a query's first page, but for those that the form has itself.
pub(super) fn kept(query: &SessionQuery, but: &[&str]) -> AnyView {
    let params = query.at_top().params().into_iter().filter(|(name, _)| !but.contains(&name.as_str()));
    params.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view().into_any()
}

/// Where the forms lead: the list of the same site.
pub(super) fn action(query: &SessionQuery) -> String {
    SessionQuery::newest(query.site).href()
}
