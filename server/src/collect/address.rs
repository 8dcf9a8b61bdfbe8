//! What is kept of the addresses of pages: host, path and campaign; of the page before the host alone.

use app::models::source::Campaign;
use url::Url;

use super::{outcome::Reason, scrub, validate::not_empty};

/// The longest host and path that are kept, in characters.
const HOST: usize = 253;
pub(super) const LONGEST_PATH: usize = 500;
/// The longest campaign parameter.
const CAMPAIGN: usize = 100;

/// The address of a page, cut where it is absurdly long: a long query must not lose the page view.
pub(super) fn page_url(raw: &str) -> Result<Url, Reason> {
    let bounded: String = raw.chars().take(16 * 1024).collect();
    let url = Url::parse(&bounded).map_err(|_| Reason::InvalidUrl)?;
    if matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(Reason::InvalidUrl) }
}

/// The path, and behind a hash the route: the tracker sends one only of sites that say that theirs are pages. What
/// looks like parameters stays out: they are where tokens travel.
pub(super) fn page_path(url: &Url) -> String {
    let path = scrub::path(url.path(), LONGEST_PATH);
    let route = url.fragment().and_then(|route| route.split('?').next()).unwrap_or_default();
    let left = LONGEST_PATH.saturating_sub(path.chars().count() + 1);
    if route.is_empty() || route.contains(['=', '&']) || left == 0 {
        return path;
    }
    format!("{path}#{}", scrub::path(route, left))
}

pub(super) fn host_of(url: &Url) -> Option<String> {
    let host: String = url.host_str()?.trim_end_matches('.').to_lowercase().chars().take(HOST).collect();
    not_empty(host)
}

/// Of another page's address the host only. An Android app names its package there.
pub(super) fn referrer_host(raw: &str) -> Option<String> {
    let bounded: String = raw.chars().take(16 * 1024).collect();
    let url = Url::parse(&bounded).ok()?;
    match url.scheme() {
        "http" | "https" => host_of(&url),
        "android-app" => host_of(&url).map(|package| format!("android-app://{package}")),
        _ => None,
    }
}

/// The campaign that an address names. The rest of its query is dropped: it is where names and tokens travel.
pub(super) fn campaign(url: &Url) -> Campaign {
    let mut campaign = Campaign::default();
    for (name, value) in url.query_pairs() {
        let field = match &*name {
            "utm_source" | "source" | "ref" => &mut campaign.source,
            "utm_medium" => &mut campaign.medium,
            "utm_campaign" => &mut campaign.name,
            "utm_term" => &mut campaign.term,
            "utm_content" => &mut campaign.content,
            _ => continue,
        };
        if field.is_none() || name == "utm_source" {
            *field = not_empty(scrub::text(&value, CAMPAIGN)).or(field.take());
        }
    }
    campaign
}
