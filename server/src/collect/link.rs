//! Where a link leads, and so what a click on it is.

use app::models::event::EventKind;
use url::Url;

use super::{
    address::{LONGEST_PATH, host_of},
    scrub,
    validate::ValidHead,
};

/// Endings of files that are downloads: those of GA4's enhanced measurement, with archives, packages, books and open
/// document formats of the same kinds that it leaves out.
const FILES: &[&str] = &[
    "7z", "apk", "avi", "bz2", "csv", "deb", "dmg", "doc", "docx", "epub", "exe", "gz", "ics", "iso", "key", "m4a",
    "mid", "midi", "mov", "mp3", "mp4", "mpeg", "mpg", "msi", "odp", "ods", "odt", "pdf", "pkg", "pps", "ppt", "pptx",
    "rar", "rpm", "rtf", "tar", "tgz", "tsv", "txt", "vcf", "wav", "webm", "wma", "wmv", "xls", "xlsm", "xlsx", "xz",
    "zip", "flac", "ogg", "mobi", "psd", "zst",
];

/// What a click on an element of a page is: on a link to a file a download, on one that leaves the host outbound.
/// `is_file` says that the link itself says so.
pub(super) fn kind(target: Option<&str>, is_file: bool, page: &ValidHead) -> EventKind {
    let Some(url) = target.and_then(address) else { return EventKind::Click };
    // A button in the shape of a link.
    if url.scheme() == "javascript" {
        return EventKind::Click;
    }
    let is_page = matches!(url.scheme(), "http" | "https");
    if is_file || (is_page && is_named_like_a_file(&url)) {
        EventKind::Download
    } else if is_page && host_of(&url).as_deref() == Some(&page.host) && url.port() == page.port {
        EventKind::Click
    } else {
        EventKind::Outbound
    }
}

fn is_named_like_a_file(url: &Url) -> bool {
    let ending = url.path().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| FILES.contains(&ending.as_str()))
}

/// What is kept of where a link leads: host and path of a page; of `mailto:`, `tel:` and `sms:` the kind only.
pub(super) fn target(raw: &str) -> Option<String> {
    let url = address(raw)?;
    match url.scheme() {
        scheme @ ("http" | "https") => {
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            Some(format!("{scheme}://{}{port}{}", host_of(&url)?, scrub::path(url.path(), LONGEST_PATH)))
        }
        scheme @ ("mailto" | "tel" | "sms") => Some(format!("{scheme}:")),
        _ => None,
    }
}

fn address(raw: &str) -> Option<Url> {
    let bounded: String = raw.chars().take(16 * 1024).collect();
    Url::parse(&bounded).ok()
}

#[cfg(test)]
mod tests {
    use app::models::{ids::PageViewId, source::Campaign};
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    fn page() -> ValidHead {
        ValidHead {
            id: PageViewId(Uuid::nil()),
            started_at: 0,
            age_ms: 0,
            host: "shop.example".into(),
            port: None,
            path: "/".into(),
            title: None,
            referrer: None,
            campaign: Campaign::default(),
            resumed: false,
        }
    }

    #[rstest]
    #[case::a_page_of_the_site(Some("https://shop.example/pricing"), EventKind::Click)]
    #[case::whatever_the_protocol(Some("http://SHOP.example./pricing"), EventKind::Click)]
    #[case::another_host(Some("https://maker.example/"), EventKind::Outbound)]
    #[case::a_subdomain(Some("https://blog.shop.example/"), EventKind::Outbound)]
    #[case::another_port(Some("https://shop.example:8443/"), EventKind::Outbound)]
    #[case::mail(Some("mailto:"), EventKind::Outbound)]
    #[case::a_file(Some("https://shop.example/catalogue.PDF?v=2"), EventKind::Download)]
    #[case::a_file_elsewhere(Some("https://maker.example/a/b.tar.gz"), EventKind::Download)]
    #[case::a_page_named_with_a_dot(Some("https://shop.example/v1.2"), EventKind::Click)]
    #[case::a_button_in_the_shape_of_a_link(Some("javascript:"), EventKind::Click)]
    #[case::a_button(None, EventKind::Click)]
    #[case::nonsense(Some("::"), EventKind::Click)]
    fn kinds_of_clicks(#[case] target: Option<&str>, #[case] expected: EventKind) {
        assert_eq!(kind(target, false, &page()), expected);
    }

    #[test]
    fn a_link_that_says_it_is_a_file_is_one() {
        assert_eq!(kind(Some("https://shop.example/export"), true, &page()), EventKind::Download);
    }

    #[rstest]
    #[case("https://other.example/a?b=c#d", Some("https://other.example/a"))]
    #[case("mailto:ann@mail.example", Some("mailto:"))]
    #[case("tel:+491512345678", Some("tel:"))]
    #[case("javascript:alert(1)", None)]
    fn what_is_kept_of_a_target(#[case] raw: &str, #[case] kept: Option<&str>) {
        assert_eq!(target(raw).as_deref(), kept);
    }
}
