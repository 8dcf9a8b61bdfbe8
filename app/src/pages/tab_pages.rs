//! The tabs beside the list, and where a session is looked for, as one route with one file of code: whoever opens one of
//! them soon opens another, and every page of the dashboard would carry what each further route weighs.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::{
    event_list::EventListPage, event_report::EventReportPage, find::FindPage, page_list::PageListPage,
    page_report::PageReportPage, path_flow::PathsPage, path_rules::PathRulesPage,
};
use crate::{api::refuse, components::notice::ErrorNotice, models::error::AppError};

/// The page at `/sites/{site}/{tab}` or a page of that tab.
#[component]
pub fn TabPages() -> impl IntoView {
    let path = use_location().pathname;
    let part =
        Memo::new(move |_| path.with(|path| path.trim_end_matches('/').splitn(4, '/').nth(3).map(str::to_owned)));
    move || match part.get().as_deref() {
        Some("pages") => view! { <PageListPage/> }.into_any(),
        Some("pages/report") => view! { <PageReportPage/> }.into_any(),
        Some("pages/rules") => view! { <PathRulesPage/> }.into_any(),
        Some("events") => view! { <EventListPage/> }.into_any(),
        Some("events/report") => view! { <EventReportPage/> }.into_any(),
        Some("find") => view! { <FindPage/> }.into_any(),
        Some("paths") => view! { <PathsPage/> }.into_any(),
        _ => {
            let error = refuse(AppError::NotFound);
            view! { <Title text="Not found"/><ErrorNotice error back="/"/> }.into_any()
        }
    }
}
