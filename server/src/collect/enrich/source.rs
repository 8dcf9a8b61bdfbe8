//! Where a page view came from: referrer and campaign → channel and name.

use std::{collections::HashMap, sync::LazyLock};

use app::models::source::{Campaign, Channel, Source};

use crate::collect::admit::host_matches;

/// The list of hosts that people know by a name.
const LIST: &str = include_str!("../../../data/sources.txt");

/// Host → channel and name.
static KNOWN: LazyLock<HashMap<&'static str, (Channel, &'static str)>> =
    LazyLock::new(|| LIST.lines().filter_map(entry).collect());

fn entry(line: &'static str) -> Option<(&'static str, (Channel, &'static str))> {
    let mut parts = line.split('\t');
    let (host, channel, name) = (parts.next()?, parts.next()?, parts.next()?);
    Some((host, (channel.parse().ok()?, name)))
}

/// Applications that show pages by themselves, by the name of the browser in them: whoever comes in one of them without
/// a referrer comes from there.
const APPS: [(&str, Channel, &str); 17] = [
    ("Baidu", Channel::Search, "Baidu"),
    ("Douyin", Channel::Social, "Douyin"),
    ("Facebook", Channel::Social, "Facebook"),
    ("Google app", Channel::Search, "Google"),
    ("Instagram", Channel::Social, "Instagram"),
    ("KakaoTalk", Channel::Social, "KakaoTalk"),
    ("Line", Channel::Social, "Line"),
    ("LinkedIn", Channel::Social, "LinkedIn"),
    ("Messenger", Channel::Social, "Messenger"),
    ("Naver", Channel::Search, "Naver"),
    ("Pinterest", Channel::Social, "Pinterest"),
    ("Snapchat", Channel::Social, "Snapchat"),
    ("Telegram", Channel::Social, "Telegram"),
    ("Threads", Channel::Social, "Threads"),
    ("TikTok", Channel::Social, "TikTok"),
    ("WeChat", Channel::Social, "WeChat"),
    ("X", Channel::Social, "X"),
];

/// What a page view says of where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The browser that it is shown in.
    pub browser: Option<&'a str>,
    /// The host of the page before.
    pub referrer: Option<&'a str>,
    /// Campaign parameters of its address.
    pub campaign: &'a Campaign,
    /// Whether it began in a tab that woke after the limit.
    pub resumed: bool,
    /// Its own host.
    pub host: &'a str,
    /// The other hosts of its site.
    pub site_hosts: &'a [String],
    /// Hosts that visitors of its site only come back from, such as one where they pay.
    pub passed: &'a [String],
}

/// The source, and the referring host where that is another site.
pub fn source(arrival: Arrival<'_>) -> (Source, Option<String>) {
    let referrer = arrival.referrer.filter(|host| !is_own(host, &arrival));
    let source = if arrival.resumed {
        named(Channel::Resumed, "Resumed")
    } else if !arrival.campaign.is_empty() {
        campaign_source(arrival.campaign)
    } else {
        match (arrival.referrer, referrer) {
            (None, _) => app_source(arrival.browser).unwrap_or_else(|| named(Channel::Direct, "Direct")),
            (Some(_), None) => named(Channel::Resumed, "Resumed"),
            (_, Some(host)) => known_source(host).unwrap_or_else(|| named(Channel::Referral, without_www(host))),
        }
    };
    (source, referrer.map(str::to_owned))
}

fn named(channel: Channel, name: &str) -> Source {
    Source { channel, name: name.to_owned() }
}

fn app_source(browser: Option<&str>) -> Option<Source> {
    let &(_, channel, name) = APPS.iter().find(|(app, ..)| Some(*app) == browser)?;
    Some(named(channel, name))
}

/// A campaign is called by its source, else by what else it names.
fn campaign_source(campaign: &Campaign) -> Source {
    let medium = campaign.medium.as_deref().unwrap_or_default().to_lowercase();
    let channel =
        if matches!(&*medium, "email" | "e-mail" | "newsletter") { Channel::Email } else { Channel::Campaign };
    let parts = [&campaign.source, &campaign.name, &campaign.medium, &campaign.term, &campaign.content];
    named(channel, parts.into_iter().flatten().next().map_or("Campaign", String::as_str))
}

fn is_own(host: &str, arrival: &Arrival<'_>) -> bool {
    let (host, own) = (without_www(host).to_ascii_lowercase(), without_www(arrival.host));
    let mut named = arrival.site_hosts.iter().chain(arrival.passed);
    own.eq_ignore_ascii_case(&host) || named.any(|named| host_matches(named, &host))
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// The longest suffix of the host that the list knows; then the name before the public suffix (`google.*`).
fn known_source(host: &str) -> Option<Source> {
    let suffixes = std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest));
    let any_suffix =
        psl::domain_str(host).and_then(|domain| domain.split_once('.')).map(|(name, _)| format!("{name}.*"));
    let found = suffixes.chain(any_suffix.as_deref()).find_map(|host| KNOWN.get(host));
    found.map(|&(channel, name)| named(channel, name))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn arrival(
        referrer: Option<&'static str>,
        campaign: &Campaign,
        resumed: bool,
    ) -> (Channel, String, Option<String>) {
        let passed = ["pay.example".to_owned(), "*.bank.example".to_owned()];
        let host = "shop.example";
        let (source, referrer) =
            source(Arrival { browser: None, referrer, campaign, resumed, host, site_hosts: &[], passed: &passed });
        (source.channel, source.name, referrer)
    }

    #[rstest]
    #[case(None, Channel::Direct, "Direct", None)]
    #[case(Some("www.google.co.uk"), Channel::Search, "Google", Some("www.google.co.uk"))]
    #[case(Some("gemini.google.com"), Channel::Assistant, "Gemini", Some("gemini.google.com"))]
    #[case(Some("mail.google.com"), Channel::Email, "Gmail", Some("mail.google.com"))]
    #[case(Some("old.reddit.com"), Channel::Social, "Reddit", Some("old.reddit.com"))]
    #[case(Some("www.news.example"), Channel::Referral, "news.example", Some("www.news.example"))]
    #[case(Some("notgoogle.com"), Channel::Referral, "notgoogle.com", Some("notgoogle.com"))]
    #[case(Some("www.shop.example"), Channel::Resumed, "Resumed", None)]
    // Hosts that visitors only come back from are passed over.
    #[case(Some("pay.example"), Channel::Resumed, "Resumed", None)]
    #[case(Some("www.pay.example"), Channel::Resumed, "Resumed", None)]
    #[case(Some("login.bank.example"), Channel::Resumed, "Resumed", None)]
    #[case(Some("not-pay.example"), Channel::Referral, "not-pay.example", Some("not-pay.example"))]
    #[case(
        Some("android-app://com.google.android.gm"),
        Channel::Email,
        "Gmail",
        Some("android-app://com.google.android.gm")
    )]
    fn referrers(
        #[case] from: Option<&'static str>,
        #[case] channel: Channel,
        #[case] name: &str,
        #[case] kept: Option<&str>,
    ) {
        assert_eq!(arrival(from, &Campaign::default(), false), (channel, name.to_owned(), kept.map(str::to_owned)));
    }

    #[rstest]
    #[case("shop.example", true)]
    #[case("www.shop.example", true)]
    #[case("help.shop.example", true)]
    #[case("www.old-shop.example", true)]
    #[case("help.old-shop.example", false)]
    #[case("notshop.example", false)]
    fn pages_of_the_sites_other_hosts_are_its_own(#[case] from: &str, #[case] own: bool) {
        let hosts = ["*.shop.example".to_owned(), "old-shop.example".to_owned()];
        let campaign = Campaign::default();
        let arrival = Arrival {
            browser: None,
            referrer: Some(from),
            campaign: &campaign,
            resumed: false,
            host: "pay.shop.example",
            site_hosts: &hosts,
            passed: &[],
        };
        assert_eq!(source(arrival).0.channel == Channel::Resumed, own);
    }

    #[rstest]
    #[case::in_an_application(Some("Instagram"), None, "Instagram")]
    #[case::that_searches(Some("Google app"), None, "Google")]
    #[case::which_says_where_it_was(Some("Instagram"), Some("news.example"), "news.example")]
    #[case::in_a_browser(Some("Safari"), None, "Direct")]
    #[case::in_one_that_nobody_knows(None, None, "Direct")]
    fn an_application_that_shows_pages_is_where_they_come_from(
        #[case] browser: Option<&str>,
        #[case] referrer: Option<&str>,
        #[case] name: &str,
    ) {
        let campaign = Campaign::default();
        let host = "shop.example";
        let arrival =
            Arrival { browser, referrer, campaign: &campaign, resumed: false, host, site_hosts: &[], passed: &[] };
        assert_eq!(source(arrival).0.name, name);
    }

    #[test]
    fn a_campaign_names_the_source_and_a_newsletter_is_email() {
        let campaign = Campaign { source: Some("spring".into()), medium: Some("cpc".into()), ..Campaign::default() };
        assert_eq!(arrival(Some("google.com"), &campaign, false).0, Channel::Campaign);
        let newsletter =
            Campaign { source: Some("spring".into()), medium: Some("Email".into()), ..Campaign::default() };
        assert_eq!(arrival(None, &newsletter, false), (Channel::Email, "spring".into(), None));
    }

    #[test]
    fn a_tab_that_woke_is_resumed_even_with_a_campaign_in_its_address() {
        let campaign = Campaign { source: Some("spring".into()), ..Campaign::default() };
        assert_eq!(arrival(Some("google.com"), &campaign, true).0, Channel::Resumed);
    }

    #[test]
    fn every_line_of_the_list_is_read_and_no_host_stands_twice() {
        let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        assert_eq!(KNOWN.len(), lines);
    }
}
