//! Queries as they are stored: as they stand behind the path in the list's address, so that what is stored can be read
//! when queries can say more than today.

use app::models::{
    ids::SiteId,
    query::{SessionQuery, Tab},
};
use url::form_urlencoded;

/// The query of a search string, from the top of the list. What is not understood any more is left out.
pub fn read(site: SiteId, search: &str) -> SessionQuery {
    let params: Vec<_> = form_urlencoded::parse(search.trim_start_matches('?').as_bytes()).collect();
    let (query, _) = SessionQuery::from_params(site, params.iter().map(|(name, value)| (&**name, &**value)));
    query.at_top()
}

/// The query of an address of the dashboard, with the tab that it is looked at in. Whatever the text is, what comes of it
/// is a page of the site: of one that is no tab's, the list.
pub fn read_tab(site: SiteId, address: &str) -> SessionQuery {
    let (path, search) = address.split_once('?').unwrap_or((address, ""));
    let params: Vec<_> = form_urlencoded::parse(search.as_bytes()).collect();
    let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (&**name, &**value)).collect();
    read(site, search).on(Tab::read(path, &params))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_list("/sites/1/sessions?country=DE", "/sites/1/sessions?country=DE")]
    #[case::a_report("/sites/1/pages/report?country=DE&of=/a%3Fb", "/sites/1/pages/report?country=DE&of=/a%3Fb")]
    #[case::a_table("/sites/1/events?by=visits.asc", "/sites/1/events?by=visits.asc")]
    #[case::a_session(
        "/sites/1/sessions/01912345-0000-7000-8000-000000000000?country=DE",
        "/sites/1/sessions?country=DE"
    )]
    #[case::a_page_further_down("/sites/1/sessions?before=01912345-0000-7000-8000-000000000000", "/sites/1/sessions")]
    #[case::another_site("/sites/2/pages", "/sites/1/pages")]
    #[case::another_host("https://evil.example/sites/1/pages", "/sites/1/sessions")]
    #[case::another_host_without_a_scheme("//evil.example", "/sites/1/sessions")]
    #[case::what_breaks_a_line("/sites/1/pages\r\nlocation: /x", "/sites/1/sessions")]
    #[case::nothing("", "/sites/1/sessions")]
    fn an_address_leads_to_a_tab_of_the_site(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(read_tab(SiteId(1), address).href(), expected);
    }
}
