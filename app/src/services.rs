//! Ports: what the application asks of the server. Views and server functions know these traits and nothing of
//! databases; `server` implements them and hands one [`Services`] to every request.

use std::sync::Arc;

use async_trait::async_trait;
use http::request::Parts;

use crate::models::{
    account::Viewer,
    care::Verdict,
    error::AppError,
    events::{EventReport, EventShown, EventTable, EventsShown},
    export::ExportProgress,
    facet::{EventFacets, Facet},
    goal::{Aim, Goal, GoalProblem},
    ids::{ExportTicket, GoalId, SessionId, SiteId, ViewId},
    intake::Intake,
    overview::Overview,
    pages::{PageReport, PageShown, PageTable, PagesShown},
    path_rule::{PathRule, PathRules, RuleProblem, RulesShown},
    paths::{PathFlow, PathsShown},
    privacy::PrivacyTerms,
    query::{Dimension, Neighbours, SessionPage, SessionQuery},
    reference::Sought,
    site::Site,
    timeline::SessionDetail,
    view::{SavedView, ViewName, ViewProblem},
};

/// The server could not answer. The cause has been logged where it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server could not answer")]
pub struct Unavailable;

/// Why there are no values of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFacet {
    /// The server could not answer. The cause has been logged where it happened.
    #[error("the server could not answer")]
    Unavailable,
    /// It took longer than one part of a page may.
    #[error("it took too long")]
    TooSlow,
}

impl From<NoFacet> for AppError {
    fn from(why: NoFacet) -> Self {
        match why {
            NoFacet::Unavailable => Self::Unavailable,
            NoFacet::TooSlow => Self::TooSlow,
        }
    }
}

/// Reads sessions.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// A page of the list.
    async fn list(&self, query: &SessionQuery) -> Result<SessionPage, Unavailable>;
    /// What the selected sessions come to.
    async fn overview(&self, query: &SessionQuery) -> Result<Overview, Unavailable>;
    /// How the selected sessions are spread over a dimension; with `part`, over those values that contain it.
    async fn facet(&self, query: &SessionQuery, dimension: Dimension, part: &str) -> Result<Facet, NoFacet>;
    /// How they are spread over the properties of the events that they are narrowed by.
    async fn property_facets(&self, query: &SessionQuery) -> Result<Vec<EventFacets>, NoFacet>;
    /// One session with its timeline, `None` when the site has no such session.
    async fn detail(&self, site: SiteId, id: SessionId) -> Result<Option<SessionDetail>, Unavailable>;
    /// The sessions beside one in the list; beside one that it does not select, those between which it would stand.
    async fn neighbours(&self, list: &SessionQuery, id: SessionId) -> Result<Neighbours, Unavailable>;
    /// The session that somebody names, `None` when the site has none of that name.
    async fn find(&self, site: SiteId, sought: &Sought) -> Result<Option<SessionId>, Unavailable>;
}

/// Reads what the selected sessions did, all of them together.
#[async_trait]
pub trait Tabs: Send + Sync {
    /// A page of the table of pages.
    async fn pages(&self, query: &SessionQuery, shown: &PagesShown) -> Result<PageTable, Unavailable>;
    /// The report of one page.
    async fn page(&self, query: &SessionQuery, shown: &PageShown) -> Result<PageReport, Unavailable>;
    /// A page of the table of events.
    async fn events(&self, query: &SessionQuery, shown: &EventsShown) -> Result<EventTable, Unavailable>;
    /// The report of one event.
    async fn event(&self, query: &SessionQuery, shown: &EventShown) -> Result<EventReport, Unavailable>;
    /// The paths that they take.
    async fn paths(&self, query: &SessionQuery, shown: &PathsShown) -> Result<PathFlow, Unavailable>;
}

/// Reads sites.
#[async_trait]
pub trait Sites: Send + Sync {
    /// Every site, in order of its id.
    async fn all(&self) -> Result<Vec<Site>, Unavailable>;
    /// One site.
    async fn get(&self, id: SiteId) -> Result<Option<Site>, Unavailable>;
    /// What a site has decided about the data of its visitors.
    async fn privacy(&self, id: SiteId) -> Result<Option<PrivacyTerms>, Unavailable>;
}

/// Keeps selections of sessions under names.
#[async_trait]
pub trait SavedViews: Send + Sync {
    /// Those of a site: what was saved, in order of the names, then what is left of those that every site has at first.
    async fn list(&self, site: SiteId) -> Result<Vec<SavedView>, Unavailable>;
    /// Saves a selection of its site under a name; one of the same name is replaced.
    async fn save(&self, name: &ViewName, query: &SessionQuery) -> Result<(), ViewProblem>;
    /// Deletes one; one that is gone already is no problem.
    async fn delete(&self, site: SiteId, id: ViewId) -> Result<(), ViewProblem>;
}

/// Keeps what a site's owner wants sessions to come to.
#[async_trait]
pub trait Goals: Send + Sync {
    /// Those of a site, in order of their names.
    async fn list(&self, site: SiteId) -> Result<Vec<Goal>, Unavailable>;
    /// Makes one.
    async fn make(&self, site: SiteId, name: &ViewName, aim: &Aim) -> Result<GoalId, GoalProblem>;
    /// Deletes one; one that is gone already is no problem.
    async fn delete(&self, site: SiteId, id: GoalId) -> Result<(), GoalProblem>;
}

/// Counts paths of one shape as one page.
#[async_trait]
pub trait Grouping: Send + Sync {
    /// The rules of a site.
    async fn rules(&self, site: SiteId) -> Result<PathRules, Unavailable>;
    /// The same with what they join of the last 30 days, and what the pattern that was typed would join.
    async fn shown(&self, site: SiteId, typed: &str) -> Result<RulesShown, Unavailable>;
    /// Adds a rule.
    async fn add(&self, site: SiteId, rule: &PathRule) -> Result<(), RuleProblem>;
    /// Deletes the rule with this pattern; one that is gone already is no problem.
    async fn delete(&self, site: SiteId, pattern: &str) -> Result<(), RuleProblem>;
}

/// Changes single sessions as their owner wants.
#[async_trait]
pub trait SessionCare: Send + Sync {
    /// Has a session deleted in ten seconds. `false` when its site has no such session.
    async fn delete(&self, site: SiteId, id: SessionId) -> Result<bool, Unavailable>;
    /// Takes that back; when it is too late, or the session is not to be deleted, nothing is changed.
    async fn keep(&self, site: SiteId, id: SessionId) -> Result<(), Unavailable>;
    /// Says whether a session is a machine's, whatever collection makes of it. `false` when its site has no such session.
    async fn judge(&self, site: SiteId, id: SessionId, verdict: Verdict) -> Result<bool, Unavailable>;
}

/// Knows what has arrived.
#[async_trait]
pub trait Intakes: Send + Sync {
    /// What arrived for a site, and how the sender of this request would be seen.
    async fn intake(&self, site: Site, request: &Parts) -> Result<Intake, Unavailable>;
}

/// Knows how far files are that are being sent.
pub trait Exports: Send + Sync {
    /// That of a site whose address has this ticket, `None` when there is none, or it was forgotten.
    fn progress(&self, site: SiteId, ticket: ExportTicket) -> Option<ExportProgress>;
}

/// Knows who is asking.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Who sent this request, `None` when nobody is signed in.
    async fn viewer(&self, request: &Parts) -> Option<Viewer>;
}

/// The addresses of what a page loads. They hold a hash of the content, so that browsers keep them for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetPaths {
    /// The style sheet.
    pub css: String,
    /// The JavaScript that loads the WASM module.
    pub js: String,
    /// The WASM module.
    pub wasm: String,
    /// The icon of the browser's tab.
    pub favicon: String,
}

/// Facts about this installation that pages speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// What a page loads.
    pub assets: AssetPaths,
    /// Where the tracker is loaded from: `https://pulse.example`, without a slash at the end.
    pub origin: String,
    /// Where the demo site is, when it is served.
    pub demo_site: Option<String>,
    /// Whether log-in is off because only this machine can reach the dashboard.
    pub demo_mode: bool,
}

/// All ports of one server.
#[derive(Clone)]
pub struct Services {
    /// Sessions.
    pub sessions: Arc<dyn Sessions>,
    /// What they did, all of them together.
    pub tabs: Arc<dyn Tabs>,
    /// Sites.
    pub sites: Arc<dyn Sites>,
    /// Saved views.
    pub views: Arc<dyn SavedViews>,
    /// Goals.
    pub goals: Arc<dyn Goals>,
    /// Rules for paths.
    pub grouping: Arc<dyn Grouping>,
    /// What owners do with single sessions.
    pub care: Arc<dyn SessionCare>,
    /// What has arrived.
    pub intakes: Arc<dyn Intakes>,
    /// Files on their way.
    pub exports: Arc<dyn Exports>,
    /// Accounts.
    pub accounts: Arc<dyn Accounts>,
    /// Facts about the installation.
    pub installation: Arc<Installation>,
}
