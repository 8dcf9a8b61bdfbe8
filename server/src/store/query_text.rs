//! Queries as they are stored: as they stand behind the path in the list's address, so that what is stored can be read
//! when queries can say more than today.

use app::models::{ids::SiteId, query::SessionQuery};
use url::form_urlencoded;

/// The query of a search string, from the top of the list. What is not understood any more is left out.
pub fn read(site: SiteId, search: &str) -> SessionQuery {
    let params: Vec<_> = form_urlencoded::parse(search.trim_start_matches('?').as_bytes()).collect();
    let (query, _) = SessionQuery::from_params(site, params.iter().map(|(name, value)| (&**name, &**value)));
    query.at_top()
}
