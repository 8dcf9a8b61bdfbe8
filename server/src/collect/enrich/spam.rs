//! Referrer spam: hosts that programs name as the page before, so that whoever reads of them opens them.

use std::{collections::HashSet, sync::LazyLock};

use crate::collect::admit::host_matches;

/// Known hosts, a line each.
const LIST: &str = include_str!("../../../data/referrer_spam.txt");

static KNOWN: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect());

/// Whether a visit from this host is spam. `named` are the site's own: hosts that are, and after a `!` hosts that are
/// not, whatever the list says.
pub fn is_spam(host: &str, named: &[String]) -> bool {
    let cleared = named.iter().filter_map(|named| named.strip_prefix('!')).any(|named| host_matches(named, host));
    !cleared && (named.iter().any(|named| host_matches(named, host)) || is_known(host))
}

/// A host also stands for its subdomains.
fn is_known(host: &str) -> bool {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest))
        .any(|host| KNOWN.contains(host))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("semalt.com", true)]
    #[case("semalt.semalt.com", true)]
    #[case("notsemalt.com", false)]
    #[case("google.com", false)]
    #[case("android-app://com.google.android.gm", false)]
    #[case("com", false)]
    #[case("", false)]
    fn the_list_knows(#[case] host: &str, #[case] spam: bool) {
        assert_eq!(is_spam(host, &[]), spam);
    }

    #[rstest]
    #[case("cheap.example", true)]
    #[case("www.cheap.example", true)]
    #[case("de.pills.example", true)]
    #[case("semalt.com", false)]
    #[case("www.semalt.com", false)]
    fn a_site_knows_better(#[case] host: &str, #[case] spam: bool) {
        let named = ["cheap.example", "*.pills.example", "!semalt.com"].map(str::to_owned);
        assert_eq!(is_spam(host, &named), spam);
    }

    #[test]
    fn no_source_that_people_know_by_name_is_on_the_list() {
        let sources = include_str!("../../../data/sources.txt").lines().filter(|line| !line.starts_with('#'));
        let hosts = sources.filter_map(|line| line.split('\t').next()).filter(|host| !host.ends_with(".*"));
        assert_eq!(hosts.filter(|host| is_spam(host, &[])).collect::<Vec<_>>(), Vec::<&str>::new());
        assert!(KNOWN.len() > 2_000, "{} hosts", KNOWN.len());
    }
}
