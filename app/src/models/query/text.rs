//! A query as it travels between browser and server: as its address, which both can read anyway. Reading each of its parts
//! as JSON would weigh as much again in every browser.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{SessionQuery, Tab, params::decoded};
use crate::models::ids::SiteId;

impl Serialize for SessionQuery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.href())
    }
}

impl<'de> Deserialize<'de> for SessionQuery {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let address = String::deserialize(deserializer)?;
        Self::of_address(&address).ok_or_else(|| D::Error::custom("this is no address of sessions"))
    }
}

impl SessionQuery {
    /// Reads what [`SessionQuery::href`] wrote; `None` of what it did not write.
    pub(in crate::models) fn of_address(address: &str) -> Option<Self> {
        let (path, search) = address.split_once('?').unwrap_or((address, ""));
        let site = path.strip_prefix("/sites/")?.split('/').next()?.parse().ok().map(SiteId)?;
        let param = |pair: &str| {
            let (name, value) = pair.split_once('=')?;
            Some((name.to_owned(), decoded(value)?))
        };
        let pairs = search.split('&').filter(|pair| !pair.is_empty());
        let params: Vec<(String, String)> = pairs.map(param).collect::<Option<_>>()?;
        let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (query, ignored) = Self::from_params(site, params.iter().copied());
        ignored.is_empty().then(|| Self { tab: Tab::read(path, &params), ..query })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::{
        events::{Called, EventShown},
        pages::PageShown,
        paths::{Anchor, PathsShown},
        query::{Dimension, Filter},
    };

    #[rstest]
    #[case::the_list(Tab::Sessions)]
    #[case::a_page(Tab::Page(PageShown { of: "/a?b&c=d".into() }))]
    #[case::an_event(Tab::Event(EventShown { of: Called { kind: crate::models::event::EventKind::Custom, name: "a+b 100%".into() } }))]
    #[case::paths(Tab::Paths(PathsShown { anchor: Anchor::After("/ä".into()) }))]
    fn a_query_travels_with_where_it_is_looked_at(#[case] tab: Tab) {
        let query = SessionQuery::newest(SiteId(7)).with(Filter::is(Dimension::Page, "/x & y+z=1%20")).on(tab);
        let sent = serde_json::to_string(&query).unwrap();
        assert_eq!(serde_json::from_str::<SessionQuery>(&sent).unwrap(), query, "{sent}");
    }

    #[rstest]
    #[case("\"/sites/x/sessions\"")]
    #[case("\"/sites/1/sessions?page\"")]
    #[case("\"/sites/1/sessions?page=%zz\"")]
    #[case("\"/sites/1/sessions?duration.more=long\"")]
    #[case("{\"site\":1}")]
    fn what_is_no_query_is_refused(#[case] sent: &str) {
        assert!(serde_json::from_str::<SessionQuery>(sent).is_err());
    }
}
