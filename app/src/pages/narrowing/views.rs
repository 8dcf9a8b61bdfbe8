//! Selections under a name: links to them, and plain forms that save and delete them.

use leptos::prelude::*;

use crate::{
    components::icon::{CLOSE_LINES, Icon},
    models::{
        error::AppError,
        ids::SiteId,
        query::SessionQuery,
        view::{SavedView, delete_view_path, views_path},
    },
};

/// The saved views, or why there are none. When they fail, the list stays.
pub(super) type Answer = Result<Vec<SavedView>, AppError>;

/// A list that opens: the saved views, and a form that saves what the list shows.
#[component]
pub(super) fn SavedViews(
    /// The site.
    site: SiteId,
    /// What was asked for.
    query: SessionQuery,
    /// Those that there are.
    views: Answer,
) -> impl IntoView {
    // The static demo has no server that could keep them.
    let can_change = !cfg!(feature = "csr");
    let list = match views {
        Ok(views) if views.is_empty() => view! { <p class="panel-title">"No views are saved yet."</p> }.into_any(),
        Ok(views) => {
            let lines: Vec<_> = views.into_iter().map(|saved| line(site, &query, saved, can_change)).collect();
            view! { <ul class="choices saved-views" role="list" aria-label="Saved views">{lines}</ul> }.into_any()
        }
        Err(_) => {
            view! { <p class="panel-title" role="status">"The views could not be read just now. Reload the page to try again."</p> }.into_any()
        }
    };
    view! {
        <details class="picker saved">
            <summary class="button quiet"><span class="picker-label">"Views"</span></summary>
            <div class="panel">
                {list}
                {can_change.then(|| view! { <SaveForm site query/> })}
            </div>
        </details>
    }
    .into_any()
}

/// A view: a link to it, and a way to be rid of it.
fn line(site: SiteId, query: &SessionQuery, saved: SavedView, can_change: bool) -> AnyView {
    let current = saved.is_shown(query).then_some("true");
    let label = format!("Delete the view {}", saved.name);
    let delete = can_change.then(|| {
        view! {
            <form method="post" action=delete_view_path(site, saved.id)>
                {kept_query(query)}
                <button class="chip-remove" aria-label=label><Icon lines=CLOSE_LINES/></button>
            </form>
        }
    });
    let about = saved.about().map(|about| view! { <p class="view-about">{about}</p> });
    let href = saved.opened_from(query).href();
    view! { <li><div class="view"><a href=href aria-current=current>{saved.name}</a>{about}</div>{delete}</li> }
        .into_any()
}

/// The view that is shown, where there is something to say about it.
#[component]
pub(super) fn ShownView(
    /// What was asked for.
    query: SessionQuery,
    /// Those that there are.
    views: Answer,
) -> impl IntoView {
    let shown = views.into_iter().flatten().find(|saved| saved.about().is_some() && saved.is_shown(&query));
    shown.map(|saved| {
        let about = saved.about();
        view! { <p class="view-shown"><strong>{saved.name}</strong>" "{about}</p> }
    })
}

/// Saves what the list shows.
#[component]
fn SaveForm(site: SiteId, query: SessionQuery) -> impl IntoView {
    view! {
        <form method="post" action=views_path(site) class="panel-form">
            {kept_query(&query)}
            <label class="field">"Name"<input type="text" name="name" required maxlength="60" autocomplete="off"/></label>
            <p class="hint">"A view of the same name is replaced."</p>
            <button class="button">"Save this view"</button>
        </form>
    }
    .into_any()
}

/// What the list shows, for the form that saves it and for the way back.
fn kept_query(query: &SessionQuery) -> AnyView {
    view! { <input type="hidden" name="query" value=query.at_top().search_string()/> }.into_any()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        ids::ViewId,
        query::{Dimension, Filter, Period, Recent},
        starting_view::StartingView,
    };

    #[test]
    fn a_view_is_a_link_that_is_marked_when_it_is_shown_with_a_form_that_deletes_it() {
        let query = SessionQuery::newest(SiteId(1)).with(Filter::is(Dimension::Page, "/a?b"));
        let saved = SavedView { id: ViewId(Uuid::nil()), name: "<Lamps>".into(), query: query.clone() };
        let html = |query: &SessionQuery| Owner::new().with(|| line(SiteId(1), query, saved.clone(), true).to_html());
        let shown = html(&query);
        assert!(shown.contains("href=\"/sites/1/sessions?page=/a%3Fb\""), "{shown}");
        assert!(shown.contains("aria-current=\"true\"") && shown.contains("&lt;Lamps&gt;"), "{shown}");
        assert!(shown.contains("/sites/1/views/00000000-0000-0000-0000-000000000000/delete"), "{shown}");
        assert!(shown.contains("value=\"?page=/a%3Fb\""), "{shown}");
        assert!(!html(&SessionQuery::newest(SiteId(1))).contains("aria-current"));
        assert!(!shown.contains("view-about"), "nobody wrote what it is for: {shown}");
    }

    #[test]
    fn a_view_of_the_start_says_in_a_sentence_what_it_shows_where_it_is_chosen_and_where_it_is_shown() {
        let trouble = StartingView::Trouble.view(SiteId(1));
        let query = SessionQuery::newest(SiteId(1)).in_period(Period::Last(Recent::Month));
        let listed = Owner::new().with(|| line(SiteId(1), &query, trouble.clone(), true).to_html());
        assert!(listed.contains(StartingView::Trouble.about()), "{listed}");
        assert!(
            listed.contains("period=30d&amp;sign=rage_click") || listed.contains("period=30d&sign=rage_click"),
            "{listed}"
        );
        assert!(listed.contains("/delete\""), "{listed}");
        let above = |query: &SessionQuery| {
            let (query, views) = (query.clone(), Ok(vec![trouble.clone()]));
            Owner::new().with(|| view! { <ShownView query views/> }.to_html())
        };
        assert!(above(&trouble.opened_from(&query)).contains(StartingView::Trouble.about()));
        assert!(!above(&query).contains(StartingView::Trouble.about()));
    }
}
