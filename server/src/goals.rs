//! What a site's owner wants sessions to come to: the port that pages ask, and the forms that make and delete goals. The
//! forms are plain HTML posts, answered with a redirect to the tab that they were sent from, so that they work without
//! scripts.

use app::{
    models::{
        error::AppError,
        goal::{Aim, Goal, GoalProblem},
        ids::{GoalId, SiteId},
        query::SessionQuery,
        view::{LONGEST_QUERY, ViewName},
    },
    services::{Goals, Services, Unavailable},
};
use async_trait::async_trait;
use axum::{
    Form, Router,
    extract::{Path, State, rejection::PathRejection},
    response::Response,
    routing::post,
};
use http::request::Parts;
use serde::Deserialize;

use crate::{
    clock::Clock,
    error::Refusal,
    form_guard::{self, ensure_site, is_signed_in, logged, to_sign_in},
    store::{
        database::Database,
        goals::{self, Made},
        query_text::{read, read_tab},
    },
};

/// Keeps goals in the database.
#[derive(Clone, Debug)]
pub struct StoredGoals {
    db: Database,
    clock: Clock,
}

impl StoredGoals {
    /// Over this database; `clock` decides what is now.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock }
    }
}

#[async_trait]
impl Goals for StoredGoals {
    async fn list(&self, site: SiteId) -> Result<Vec<Goal>, Unavailable> {
        goals::of_site(self.db.reader(), site).await.map_err(|error| {
            logged(&error, "the goals could not be read");
            Unavailable
        })
    }

    async fn make(&self, site: SiteId, name: &ViewName, aim: &Aim) -> Result<GoalId, GoalProblem> {
        if aim.text(site).chars().count() > LONGEST_QUERY {
            return Err(GoalProblem::AimImpossible);
        }
        match goals::make(&self.db, site, name, aim, self.clock.now_ms()).await {
            Ok(Made::Goal(id)) => Ok(id),
            Ok(Made::NameTaken) => Err(GoalProblem::NameTaken),
            Ok(Made::Full) => Err(GoalProblem::TooMany),
            Err(error) => {
                logged(&error, "a goal could not be made");
                Err(GoalProblem::Unavailable)
            }
        }
    }

    async fn delete(&self, site: SiteId, id: GoalId) -> Result<(), GoalProblem> {
        goals::delete(&self.db, site, id).await.map_err(|error| {
            logged(&error, "a goal could not be deleted");
            GoalProblem::Unavailable
        })
    }
}

/// `POST /sites/{site}/goals` and `/sites/{site}/goals/{goal}/delete`, for whoever may see the site. That a page of ours
/// sends them, the dashboard's layer checks.
pub fn router(services: Services) -> Router {
    Router::new()
        .route("/sites/{site}/goals", post(make))
        .route("/sites/{site}/goals/{goal}/delete", post(delete))
        .with_state(services)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct GoalForm {
    name: String,
    /// One condition, as it stands behind the path in the list's address.
    aim: String,
    /// The address of the tab that the form was sent from.
    back: String,
}

async fn make(
    State(services): State<Services>,
    path: Result<Path<SiteId>, PathRejection>,
    request: Parts,
    Form(form): Form<GoalForm>,
) -> Result<Response, Refusal> {
    let Ok(Path(site)) = path else { return Err(Refusal(AppError::NotFound)) };
    let from = read_tab(site, &form.back);
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&from.href()));
    }
    ensure_site(&services, site).await?;
    let made = match asked(site, &form) {
        Ok((name, aim)) => services.goals.make(site, &name, &aim).await,
        Err(problem) => Err(problem),
    };
    Ok(match made {
        Ok(goal) => back(&from.for_goal(Some(goal)), None),
        Err(problem) => back(&from, Some(problem)),
    })
}

/// The goal that is to be made.
fn asked(site: SiteId, form: &GoalForm) -> Result<(ViewName, Aim), GoalProblem> {
    let aim = Aim::of_query(read(site, &form.aim)).ok_or(GoalProblem::AimImpossible)?;
    let name = ViewName::parse(&form.name).map_err(|_| GoalProblem::NameInvalid)?;
    Ok((name, aim))
}

async fn delete(
    State(services): State<Services>,
    path: Result<Path<(SiteId, GoalId)>, PathRejection>,
    request: Parts,
    Form(form): Form<GoalForm>,
) -> Result<Response, Refusal> {
    let Ok(Path((site, goal))) = path else { return Err(Refusal(AppError::NotFound)) };
    let from = read_tab(site, &form.back);
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&from.href()));
    }
    ensure_site(&services, site).await?;
    Ok(match services.goals.delete(site, goal).await {
        Ok(()) => back(&from.for_goal(from.goal.filter(|chosen| *chosen != goal)), None),
        Err(problem) => back(&from, Some(problem)),
    })
}

/// The tab that the form was sent from; it says what went wrong.
fn back(to: &SessionQuery, problem: Option<GoalProblem>) -> Response {
    form_guard::back(to.href(), problem.as_ref().map(|problem| ("goal_problem", problem.as_ref())))
}
