//! Where a selection is looked at. Whatever an address says beside the selection belongs to its tab, so that links and
//! forms that change the selection keep it.

use crate::models::{
    events::{EventShown, EventsShown},
    pages::{PageShown, PagesShown},
    paths::PathsShown,
};

/// A page of the dashboard that shows what a query selects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The list of sessions.
    #[default]
    Sessions,
    /// The pages of the site.
    Pages(PagesShown),
    /// The report of one page.
    Page(PageShown),
    /// Its events.
    Events(EventsShown),
    /// The report of one event.
    Event(EventShown),
    /// The paths that sessions take.
    Paths(PathsShown),
}

impl Tab {
    /// The tab at a path, with what its parameters say of it; the list of sessions where the path is no tab's.
    pub fn read(path: &str, params: &[(&str, &str)]) -> Self {
        let params = params.iter().copied();
        let mut parts = path.split('/').filter(|part| !part.is_empty()).skip(2);
        match (parts.next(), parts.next()) {
            (Some("pages"), None) => Self::Pages(PagesShown::from_params(params)),
            (Some("pages"), Some("report")) => Self::Page(PageShown::from_params(params)),
            (Some("events"), None) => Self::Events(EventsShown::from_params(params)),
            (Some("events"), Some("report")) => Self::Event(EventShown::from_params(params)),
            (Some("paths"), None) => Self::Paths(PathsShown::from_params(params)),
            _ => Self::Sessions,
        }
    }

    /// Its path below the site's.
    pub fn path(&self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Pages(_) => "pages",
            Self::Page(_) => "pages/report",
            Self::Events(_) => "events",
            Self::Event(_) => "events/report",
            Self::Paths(_) => "paths",
        }
    }

    /// Its own parameters: what is not as usual, names and values.
    pub fn params(&self) -> Vec<(String, String)> {
        match self {
            Self::Sessions => Vec::new(),
            Self::Pages(shown) => shown.params(),
            Self::Page(shown) => shown.params(),
            Self::Events(shown) => shown.params(),
            Self::Event(shown) => shown.params(),
            Self::Paths(shown) => shown.params(),
        }
    }
}
