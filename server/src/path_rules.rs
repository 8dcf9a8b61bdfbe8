//! Rules that count paths of one shape as one page: the port that pages ask, and the forms that add and delete them. The
//! forms are plain HTML posts, answered with a redirect to the page of the rules, so that they work without scripts.

use app::{
    models::{
        error::AppError,
        ids::SiteId,
        path_rule::{LONGEST_PATTERN, PathRule, PathRules, RuleProblem, RulesShown, preview_href, rules_path},
        query::Recent,
    },
    services::{Grouping, Services, Unavailable},
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
    form_guard::{back, ensure_site, is_signed_in, logged, to_sign_in},
    store::{
        database::Database,
        path_rules::{self, Added},
        path_views,
    },
};

/// Keeps rules in the database.
#[derive(Clone, Debug)]
pub struct StoredRules {
    db: Database,
    clock: Clock,
}

impl StoredRules {
    /// Over this database; `clock` decides what is now.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock }
    }

    async fn read(&self, site: SiteId, typed: &str) -> Result<RulesShown, DbErr> {
        let now = self.clock.now_ms();
        let rules = path_rules::of_site(self.db.reader(), site).await?;
        let lately = now.saturating_sub(Recent::Month.ms())..now.saturating_add(1);
        let paths = path_views::of_site(&self.db, site, lately).await?;
        Ok(RulesShown::of(&rules, paths, typed))
    }
}

#[async_trait]
impl Grouping for StoredRules {
    async fn rules(&self, site: SiteId) -> Result<PathRules, Unavailable> {
        path_rules::of_site(self.db.reader(), site).await.map_err(unread)
    }

    async fn shown(&self, site: SiteId, typed: &str) -> Result<RulesShown, Unavailable> {
        self.read(site, typed).await.map_err(unread)
    }

    async fn add(&self, site: SiteId, rule: &PathRule) -> Result<(), RuleProblem> {
        match path_rules::add(&self.db, site, rule, self.clock.now_ms()).await {
            Ok(Added::Rule) => Ok(()),
            Ok(Added::Exists) => Err(RuleProblem::Exists),
            Ok(Added::Full) => Err(RuleProblem::TooMany),
            Err(error) => {
                logged(&error, "a rule for paths could not be added");
                Err(RuleProblem::Unavailable)
            }
        }
    }

    async fn delete(&self, site: SiteId, pattern: &str) -> Result<(), RuleProblem> {
        path_rules::delete(&self.db, site, pattern).await.map_err(|error| {
            logged(&error, "a rule for paths could not be deleted");
            RuleProblem::Unavailable
        })
    }
}

fn unread(error: DbErr) -> Unavailable {
    logged(&error, "the rules for paths could not be read");
    Unavailable
}

/// `POST /sites/{site}/path-rules` and `/sites/{site}/path-rules/delete`, for whoever may see the site. That a page of
/// ours sends them, the dashboard's layer checks.
pub fn router(services: Services) -> Router {
    Router::new()
        .route("/sites/{site}/path-rules", post(add))
        .route("/sites/{site}/path-rules/delete", post(delete))
        .with_state(services)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RuleForm {
    pattern: String,
}

async fn add(
    State(services): State<Services>,
    path: Result<Path<SiteId>, PathRejection>,
    request: Parts,
    Form(form): Form<RuleForm>,
) -> Result<Response, Refusal> {
    let Ok(Path(site)) = path else { return Err(Refusal(AppError::NotFound)) };
    // What is too long stays so, and fits into an address.
    let typed: String = form.pattern.chars().take(LONGEST_PATTERN + 1).collect();
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&preview_href(site, &typed)));
    }
    ensure_site(&services, site).await?;
    let added = match PathRule::parse(&typed) {
        Ok(rule) => services.grouping.add(site, &rule).await,
        Err(problem) => Err(problem),
    };
    Ok(match added {
        Ok(()) => back(rules_path(site), None),
        // What was typed is still there.
        Err(problem) => back(preview_href(site, &typed), Some(("rule_problem", problem.as_ref()))),
    })
}

async fn delete(
    State(services): State<Services>,
    path: Result<Path<SiteId>, PathRejection>,
    request: Parts,
    Form(form): Form<RuleForm>,
) -> Result<Response, Refusal> {
    let Ok(Path(site)) = path else { return Err(Refusal(AppError::NotFound)) };
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&rules_path(site)));
    }
    ensure_site(&services, site).await?;
    Ok(match services.grouping.delete(site, &form.pattern).await {
        Ok(()) => back(rules_path(site), None),
        Err(problem) => back(rules_path(site), Some(("rule_problem", problem.as_ref()))),
    })
}
