//! Selections of sessions that somebody keeps under a name: the port that pages ask, and the forms that save and delete
//! them. The forms are plain HTML posts, answered with a redirect to the list, so that they work without scripts.

use app::{
    models::{
        error::AppError,
        ids::{SiteId, ViewId},
        query::SessionQuery,
        view::{LONGEST_QUERY, SavedView, ViewName, ViewProblem},
    },
    services::{SavedViews, Services, Unavailable},
};
use async_trait::async_trait;
use axum::{
    Form, Router,
    extract::{Path, State, rejection::PathRejection},
    response::Response,
    routing::post,
};
use http::request::Parts;
use sea_orm::DbErr;
use serde::Deserialize;

use crate::{
    clock::Clock,
    error::Refusal,
    form_guard::{self, ensure_site, is_signed_in, logged, to_sign_in},
    store::{
        database::Database,
        entities::saved_view,
        query_text::read,
        saved_views::{self, Saved},
    },
};

/// Keeps views in the database.
#[derive(Clone, Debug)]
pub struct StoredViews {
    db: Database,
    clock: Clock,
}

impl StoredViews {
    /// Over this database; `clock` decides what is now.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock }
    }
}

#[async_trait]
impl SavedViews for StoredViews {
    async fn list(&self, site: SiteId) -> Result<Vec<SavedView>, Unavailable> {
        let unavailable = |error: DbErr| {
            logged(&error, "the saved views could not be read");
            Unavailable
        };
        let rows = saved_views::of_site(&self.db, site).await.map_err(unavailable)?;
        let starting = saved_views::starting(&self.db, site, &rows).await.map_err(unavailable)?;
        let starting = starting.into_iter().map(|view| view.view(site));
        Ok(rows.into_iter().map(shown).chain(starting).collect())
    }

    async fn save(&self, name: &ViewName, query: &SessionQuery) -> Result<(), ViewProblem> {
        let text = query.at_top().search_string();
        if text.chars().count() > LONGEST_QUERY {
            return Err(ViewProblem::QueryTooLong);
        }
        match saved_views::save(&self.db, query.site, name, text, self.clock.now_ms()).await {
            Ok(Saved::Kept) => Ok(()),
            Ok(Saved::Full) => Err(ViewProblem::TooMany),
            Err(error) => {
                logged(&error, "a view could not be saved");
                Err(ViewProblem::Unavailable)
            }
        }
    }

    async fn delete(&self, site: SiteId, id: ViewId) -> Result<(), ViewProblem> {
        saved_views::delete(&self.db, site, id).await.map_err(|error| {
            logged(&error, "a view could not be deleted");
            ViewProblem::Unavailable
        })
    }
}

fn shown(row: saved_view::Model) -> SavedView {
    SavedView { id: ViewId(row.id), name: row.name, query: read(SiteId(row.site), &row.query) }
}

/// `POST /sites/{site}/views` and `/sites/{site}/views/{view}/delete`, for whoever may see the site. That a page of
/// ours sends them, the dashboard's layer checks.
pub fn router(services: Services) -> Router {
    Router::new()
        .route("/sites/{site}/views", post(save))
        .route("/sites/{site}/views/{view}/delete", post(delete))
        .with_state(services)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ViewForm {
    name: String,
    /// What the list shows, as it stands behind the path in its address.
    query: String,
}

async fn save(
    State(services): State<Services>,
    path: Result<Path<SiteId>, PathRejection>,
    request: Parts,
    Form(form): Form<ViewForm>,
) -> Result<Response, Refusal> {
    let Ok(Path(site)) = path else { return Err(Refusal(AppError::NotFound)) };
    let query = read(site, &form.query);
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&query.href()));
    }
    ensure_site(&services, site).await?;
    let saved = match ViewName::parse(&form.name) {
        Ok(name) => services.views.save(&name, &query).await,
        Err(problem) => Err(problem),
    };
    Ok(back(&query, saved))
}

async fn delete(
    State(services): State<Services>,
    path: Result<Path<(SiteId, ViewId)>, PathRejection>,
    request: Parts,
    Form(form): Form<ViewForm>,
) -> Result<Response, Refusal> {
    let Ok(Path((site, view))) = path else { return Err(Refusal(AppError::NotFound)) };
    let query = read(site, &form.query);
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&query.href()));
    }
    ensure_site(&services, site).await?;
    Ok(back(&query, services.views.delete(site, view).await))
}

/// The list that the form was sent from; it says what went wrong.
fn back(query: &SessionQuery, done: Result<(), ViewProblem>) -> Response {
    form_guard::back(query.href(), done.as_ref().err().map(|problem| ("view_problem", problem.as_ref())))
}

#[cfg(test)]
mod tests {
    use app::models::query::{Dimension, Filter};

    use super::*;

    const SITE: SiteId = SiteId(1);

    #[test]
    fn a_stored_query_is_read_as_it_was_written_without_its_page_and_what_is_unknown() {
        let query = SessionQuery::newest(SITE).with(Filter::is(Dimension::Page, "/a b?c&d=ä+"));
        assert_eq!(read(SITE, &query.search_string()), query);
        let with_more = format!("{}&period=8d&before=01912345-0000-7000-8000-000000000000", query.search_string());
        assert_eq!(read(SITE, &with_more), query);
        assert_eq!(read(SITE, ""), SessionQuery::newest(SITE));
    }

    #[test]
    fn the_way_back_keeps_the_query_and_says_what_went_wrong() {
        let location = |query: &SessionQuery, done| {
            back(query, done).headers().get(http::header::LOCATION).unwrap().to_str().unwrap().to_owned()
        };
        let newest = SessionQuery::newest(SITE);
        let narrowed = newest.with(Filter::is(Dimension::Country, "DE"));
        assert_eq!(location(&narrowed, Ok(())), "/sites/1/sessions?country=DE");
        let problem = Err(ViewProblem::TooMany);
        assert_eq!(location(&narrowed, problem), "/sites/1/sessions?country=DE&view_problem=too_many");
        assert_eq!(location(&newest, problem), "/sites/1/sessions?view_problem=too_many");
    }
}
