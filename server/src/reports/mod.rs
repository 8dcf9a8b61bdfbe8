//! Answers what the dashboard asks, over the readers of the database.

use app::{
    models::{
        events::{EventReport, EventShown, EventTable, EventsShown},
        facet::{EventFacets, Facet},
        ids::{SessionId, SiteId},
        overview::Overview,
        pages::{PageReport, PageShown, PageTable, PagesShown},
        paths::{PathFlow, PathsShown},
        privacy::PrivacyTerms,
        query::{Dimension, Neighbours, SessionPage, SessionQuery},
        reference::Sought,
        site::Site,
        timeline::SessionDetail,
    },
    services::{NoFacet, Sessions, Sites, Tabs, Unavailable},
};
use async_trait::async_trait;
use sea_orm::DbErr;

use crate::{clock::Clock, store::database::Database};
use index::SessionIndex;

mod deadline;
mod detail;
mod events;
pub mod export;
mod find;
mod goal_marks;
mod index;
mod list;
mod neighbours;
mod overview;
mod pages;
mod paths;
mod period;
mod property_facets;
mod selected;
mod sites;
mod timeline;
mod usual;

/// Reads sessions.
#[derive(Clone, Debug)]
pub struct SessionReports {
    db: Database,
    clock: Clock,
    index: SessionIndex,
}

impl SessionReports {
    /// Over this database; `clock` decides what is now.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock, index: SessionIndex::default() }
    }
}

#[async_trait]
impl Sessions for SessionReports {
    async fn list(&self, query: &SessionQuery) -> Result<SessionPage, Unavailable> {
        let page = list::page(&self.db, &self.index, query, self.clock.now_ms()).await;
        page.map_err(unavailable("the list of sessions"))
    }

    async fn overview(&self, query: &SessionQuery) -> Result<Overview, Unavailable> {
        let overview = overview::overview(&self.db, &self.index, query, self.clock.now_ms()).await;
        overview.map_err(unavailable("the figures of the selected sessions"))
    }

    async fn facet(&self, query: &SessionQuery, dimension: Dimension, part: &str) -> Result<Facet, NoFacet> {
        let facet = overview::facet(&self.db, &self.index, query, dimension, part, self.clock.now_ms());
        deadline::in_time(async { facet.await.map_err(unavailable("the values of a dimension")) }).await
    }

    async fn property_facets(&self, query: &SessionQuery) -> Result<Vec<EventFacets>, NoFacet> {
        let facets = property_facets::property_facets(&self.db, &self.index, query, self.clock.now_ms());
        deadline::in_time(async { facets.await.map_err(unavailable("the properties of an event")) }).await
    }

    async fn detail(&self, site: SiteId, id: SessionId) -> Result<Option<SessionDetail>, Unavailable> {
        detail::session(&self.db, site, id, self.clock.now_ms()).await.map_err(unavailable("a session"))
    }

    async fn neighbours(&self, list: &SessionQuery, id: SessionId) -> Result<Neighbours, Unavailable> {
        let found = neighbours::neighbours(&self.db, &self.index, list, id, self.clock.now_ms()).await;
        found.map_err(unavailable("the neighbours of a session"))
    }

    async fn find(&self, site: SiteId, sought: &Sought) -> Result<Option<SessionId>, Unavailable> {
        find::find(&self.db, site, sought, self.clock.now_ms()).await.map_err(unavailable("a session by its name"))
    }
}

#[async_trait]
impl Tabs for SessionReports {
    async fn pages(&self, query: &SessionQuery, shown: &PagesShown) -> Result<PageTable, Unavailable> {
        let table = pages::table(&self.db, &self.index, query, shown, self.clock.now_ms()).await;
        table.map_err(unavailable("the pages"))
    }

    async fn page(&self, query: &SessionQuery, shown: &PageShown) -> Result<PageReport, Unavailable> {
        let report = pages::report(&self.db, &self.index, query, shown, self.clock.now_ms()).await;
        report.map_err(unavailable("the report of a page"))
    }

    async fn paths(&self, query: &SessionQuery, shown: &PathsShown) -> Result<PathFlow, Unavailable> {
        let flow = paths::flow(&self.db, &self.index, query, shown, self.clock.now_ms()).await;
        flow.map_err(unavailable("the paths"))
    }

    async fn events(&self, query: &SessionQuery, shown: &EventsShown) -> Result<EventTable, Unavailable> {
        let table = events::table(&self.db, &self.index, query, shown, self.clock.now_ms()).await;
        table.map_err(unavailable("the events"))
    }

    async fn event(&self, query: &SessionQuery, shown: &EventShown) -> Result<EventReport, Unavailable> {
        let report = events::report(&self.db, &self.index, query, shown, self.clock.now_ms()).await;
        report.map_err(unavailable("the report of an event"))
    }
}

/// Reads sites.
#[derive(Clone, Debug)]
pub struct SiteReports {
    db: Database,
    host: Option<String>,
}

impl SiteReports {
    /// Over this database; `host` is the one that browsers reach Pulse under.
    pub fn new(db: Database, host: Option<String>) -> Self {
        Self { db, host }
    }
}

#[async_trait]
impl Sites for SiteReports {
    async fn all(&self) -> Result<Vec<Site>, Unavailable> {
        sites::all(&self.db).await.map_err(unavailable("the sites"))
    }

    async fn get(&self, id: SiteId) -> Result<Option<Site>, Unavailable> {
        sites::get(&self.db, id).await.map_err(unavailable("a site"))
    }

    async fn privacy(&self, id: SiteId) -> Result<Option<PrivacyTerms>, Unavailable> {
        sites::privacy(&self.db, id, self.host.as_deref()).await.map_err(unavailable("the terms of a site"))
    }
}

/// The cause goes into the log, once and here; whoever asked learns only that there is no answer.
fn unavailable(what: &'static str) -> impl Fn(DbErr) -> Unavailable {
    move |error| {
        tracing::error!(%error, "{what} could not be read");
        Unavailable
    }
}
