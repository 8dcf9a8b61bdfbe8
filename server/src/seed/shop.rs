//! What the made-up visits are made of: the pages of a shop for lamps, and where its visitors come from.

use app::models::{
    query::{Dimension, Filter},
    session::Device,
    source::{Campaign, Channel},
};
use rand::{Rng, rngs::StdRng};

/// The shop's host.
pub(super) const HOST: &str = "shop.example";
/// The host of its journal.
pub(super) const JOURNAL_HOST: &str = "journal.shop.example";

/// A page: its path and its title.
pub(super) type Page = (&'static str, &'static str);

/// What its owner wants sessions to come to.
pub(super) fn goals() -> [(&'static str, Filter); 2] {
    [("Ordered", Filter::is(Dimension::Event, "order")), ("Sent a form", Filter::is(Dimension::Event, "form"))]
}

pub(super) const HOME: Page = ("/", "Lamps for long evenings");
pub(super) const CART: Page = ("/cart", "Your cart");
pub(super) const CHECKOUT: Page = ("/checkout", "Checkout");
pub(super) const THANKS: Page = ("/checkout/thank-you", "Thank you");
pub(super) const CONTACT: Page = ("/contact", "Write to us");
pub(super) const LOST: Page = ("/lamps/harbor", "Page not found");

pub(super) const CATEGORIES: [(u32, Page); 4] = [
    (5, ("/lamps", "All lamps")),
    (3, ("/lamps/table", "Table lamps")),
    (2, ("/lamps/floor", "Floor lamps")),
    (1, ("/sale", "Sale")),
];

pub(super) const PRODUCTS: [(u32, Page); 8] = [
    (9, ("/lamps/harbour", "Harbour lamp")),
    (7, ("/lamps/reading", "Reading lamp")),
    (5, ("/lamps/oak", "Oak lamp")),
    (4, ("/lamps/paper-moon", "Paper moon")),
    (3, ("/lamps/workbench", "Workbench lamp")),
    (2, ("/lamps/lantern", "Garden lantern")),
    (1, ("/lamps/mushroom", "Mushroom lamp")),
    (1, ("/bulbs/warm-2700", "Warm bulb, 2700 K")),
];

pub(super) const ARTICLES: [(u32, Page); 5] = [
    (8, ("/how-warm-is-warm-light", "How warm is warm light?")),
    (5, ("/light-for-reading", "Light for reading")),
    (3, ("/a-visit-to-the-workshop", "A visit to the workshop")),
    (2, ("/led-or-bulb", "LED or bulb?")),
    (1, ("/mueller-on-shadows", "Müller on shadows")),
];

pub(super) const HELP: [(u32, Page); 4] = [
    (4, ("/help/returns", "Returns")),
    (3, ("/help/delivery", "Delivery")),
    (2, ("/help/manuals", "Manuals")),
    (3, ("/pricing", "What lamps and their care cost")),
];

/// Where a visit comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub(super) channel: Channel,
    pub(super) source: &'static str,
    pub(super) referrer: Option<&'static str>,
    /// Medium and name of the campaign.
    campaign: Option<(&'static str, &'static str)>,
}

impl Origin {
    pub(super) fn campaign(&self) -> Campaign {
        let Some((medium, name)) = self.campaign else { return Campaign::default() };
        Campaign {
            source: Some(self.source.into()),
            medium: Some(medium.into()),
            name: Some(name.into()),
            ..Campaign::default()
        }
    }
}

const fn from(channel: Channel, source: &'static str, referrer: Option<&'static str>) -> Origin {
    Origin { channel, source, referrer, campaign: None }
}

const fn sent_by(source: &'static str, medium: &'static str, name: &'static str) -> Origin {
    Origin { channel: Channel::Campaign, source, referrer: None, campaign: Some((medium, name)) }
}

pub(super) const ORIGINS: [(u32, Origin); 15] = [
    (34, from(Channel::Direct, "Direct", None)),
    (28, from(Channel::Search, "Google", Some("www.google.com"))),
    (4, from(Channel::Search, "DuckDuckGo", Some("duckduckgo.com"))),
    (3, from(Channel::Search, "Bing", Some("www.bing.com"))),
    (5, from(Channel::Social, "Mastodon", Some("social.example"))),
    (4, from(Channel::Social, "Reddit", Some("www.reddit.com"))),
    (5, from(Channel::Referral, "news.example", Some("news.example"))),
    (2, from(Channel::Referral, "xn--bcher-kva.example", Some("xn--bcher-kva.example"))),
    (4, from(Channel::Assistant, "ChatGPT", Some("chatgpt.com"))),
    (2, from(Channel::Assistant, "Perplexity", Some("www.perplexity.ai"))),
    (1, from(Channel::Assistant, "Claude", Some("claude.ai"))),
    (1, from(Channel::Email, "Gmail", Some("mail.google.com"))),
    (4, sent_by("letter", "mail", "november")),
    (3, sent_by("google", "cpc", "long-evenings")),
    (1, sent_by("letter", "mail", "thank-you")),
];

/// What a visitor uses.
pub(super) type Machine = (Device, &'static str, &'static str);

pub(super) const MACHINES: [(u32, Machine); 9] = [
    (22, (Device::Desktop, "Windows", "Chrome")),
    (6, (Device::Desktop, "Windows", "Edge")),
    (9, (Device::Desktop, "macOS", "Safari")),
    (5, (Device::Desktop, "macOS", "Chrome")),
    (4, (Device::Desktop, "Linux", "Firefox")),
    (26, (Device::Phone, "iOS", "Safari")),
    (24, (Device::Phone, "Android", "Chrome")),
    (3, (Device::Tablet, "iPadOS", "Safari")),
    (1, (Device::Other, "Tizen", "Samsung Internet")),
];

pub(super) const COUNTRIES: [(u32, Option<&str>); 13] = [
    (34, Some("DE")),
    (15, Some("US")),
    (8, Some("FR")),
    (8, Some("GB")),
    (7, Some("AT")),
    (6, Some("CH")),
    (5, Some("NL")),
    (4, Some("PL")),
    (3, Some("BR")),
    (3, Some("IN")),
    (2, Some("JP")),
    (1, Some("NP")),
    (4, None),
];

/// Why sessions are taken for machines', as collection says it.
pub(super) const BOTS: [(u32, &str); 3] = [(6, "crawler"), (2, "headless browser"), (1, "driven by a program")];

/// One of the list, by the weights before each.
pub(super) fn pick<'a, T>(random: &mut StdRng, list: &'a [(u32, T)]) -> Option<&'a T> {
    let all: u32 = list.iter().map(|(weight, _)| weight).sum();
    let mut left = random.random_range(0..all.max(1));
    list.iter().find_map(|(weight, one)| match left.checked_sub(*weight) {
        Some(rest) => {
            left = rest;
            None
        }
        None => Some(one),
    })
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn what_weighs_more_is_picked_more_often_and_everything_is_at_times() {
        let mut random = StdRng::seed_from_u64(1);
        let picks: Vec<_> = (0..10_000).filter_map(|_| pick(&mut random, &COUNTRIES)).collect();
        let of = |country: Option<&str>| picks.iter().filter(|&&&pick| pick == country).count();
        assert_eq!(picks.len(), 10_000);
        assert!(
            of(Some("DE")) > of(Some("US")) && of(Some("US")) > of(Some("NP")) && of(Some("NP")) > 0 && of(None) > 0
        );
    }
}
