//! Where a visitor is and came from is that of the first message, whatever the later ones say.

use app::models::source::{Campaign, Channel};
use server::store::entities::page_view;

use crate::support::{
    collector::{CHROME, Collector, NOON},
    journey::{Journey, MINUTE},
};

const ADDRESS: &str = "203.0.113.9";

#[tokio::test]
async fn who_crosses_a_border_keeps_the_country_of_the_first_message() {
    const ABROAD: &str = "100.64.0.9";
    let collector = Collector::with_countries(NOON, ["FR", "DE"]).await;
    let answers = collector.plays(&Journey::of_family(1).opens("/").reads(MINUTE), ADDRESS).await;
    let moved = Journey::of_family(2).opens("/over-the-border");
    let body = moved.body(moved.reports(), answers[0].session().as_deref(), 0);
    collector.post(ABROAD, CHROME, body).await;
    let rows = collector.rows().await;
    assert_eq!((rows.session().pages, rows.session().country.as_deref()), (2, Some("DE")));

    // Somebody else who is there, so that the database is known to have an answer for it.
    let native = Journey::of_family(3).opens("/");
    collector.post(ABROAD, "Mozilla/5.0 Firefox/132.0", native.body(native.reports(), None, 0)).await;
    let mut countries: Vec<_> = collector.rows().await.sessions.into_iter().map(|session| session.country).collect();
    countries.sort_unstable();
    assert_eq!(countries, [Some("DE".to_owned()), Some("FR".to_owned())]);
}

/// Where a page view came from: channel, name, and the host that linked to it.
fn origin(view: &page_view::Model) -> (&str, &str, Option<&str>) {
    (view.channel.as_str(), view.source.as_str(), view.referrer.as_deref())
}

#[tokio::test]
async fn a_payment_provider_that_sends_the_visitor_back_neither_cuts_the_session_nor_takes_the_credit() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1)
        .comes_from("https://www.google.com/", "/")
        .reads(MINUTE)
        .opens("/checkout")
        .reads(MINUTE)
        .comes_from("https://pay.example/done?order=7", "/thanks")
        .reads(MINUTE);
    collector.plays(&visit, ADDRESS).await;

    let rows = collector.rows().await;
    let session = rows.session();
    assert_eq!((session.pages, session.entry.as_str()), (3, "/"));
    assert_eq!(
        (session.channel.as_str(), session.source.as_str(), session.referrer.as_deref()),
        (Channel::Search.as_ref(), "Google", Some("www.google.com"))
    );
    // Page views have ids in the order in which they began.
    let views: Vec<_> = rows.page_views.iter().map(origin).collect();
    assert_eq!(
        [views[0], views[2]],
        [
            (Channel::Search.as_ref(), "Google", Some("www.google.com")),
            (Channel::Referral.as_ref(), "pay.example", Some("pay.example")),
        ]
    );
}

#[tokio::test]
async fn a_later_campaign_neither_cuts_the_session_nor_takes_its_place() {
    let letter = "/offers?utm_source=letter&utm_medium=email&utm_campaign=may";
    let named = |source: &str, medium: &str, name: &str| Campaign {
        source: Some(source.into()),
        medium: Some(medium.into()),
        name: Some(name.into()),
        ..Campaign::default()
    };
    let spring = named("spring", "cpc", "lamps");
    for (entry, channel, source, campaign) in [
        // Also where the session has none: what is empty is not filled up later.
        ("/", Channel::Search, "Google", Campaign::default()),
        ("/?utm_source=spring&utm_medium=cpc&utm_campaign=lamps", Channel::Campaign, "spring", spring),
    ] {
        let collector = Collector::at(NOON).await;
        let visit = Journey::of_family(1)
            .comes_from("https://www.google.com/", entry)
            .reads(MINUTE)
            .comes_from("https://news.example/", letter)
            .reads(MINUTE);
        collector.plays(&visit, ADDRESS).await;

        let rows = collector.rows().await;
        let session = rows.session();
        assert_eq!((session.pages, session.entry.as_str(), session.last_page.as_str()), (2, "/", "/offers"));
        assert_eq!(
            (session.channel.as_str(), session.source.as_str(), session.referrer.as_deref()),
            (channel.as_ref(), source, Some("www.google.com"))
        );
        let of_session = Campaign {
            source: session.campaign_source.clone(),
            medium: session.campaign_medium.clone(),
            name: session.campaign_name.clone(),
            term: session.campaign_term.clone(),
            content: session.campaign_content.clone(),
        };
        assert_eq!(of_session, campaign);
        let later = &rows.page_views[1];
        assert_eq!(origin(later), (Channel::Email.as_ref(), "letter", Some("news.example")));
        let of_view: Campaign = serde_json::from_str(later.campaign.as_deref().unwrap()).unwrap();
        assert_eq!(of_view, named("letter", "email", "may"));
    }
}
