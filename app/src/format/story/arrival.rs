//! Where a session came from, on what, and in which country.

use super::name::{name, quoted};
use crate::models::{
    session::{Device, Session},
    source::{Campaign, Channel},
    timeline::SessionDetail,
};

/// `came from Google on an iPhone in Germany`
pub(super) fn arrival(detail: &SessionDetail) -> String {
    let session = &detail.session;
    let place = session.country.map(|country| format!(" in {}", country.name_in_text())).unwrap_or_default();
    format!("{}{}{place}", came(session, &detail.campaign), on_what(session))
}

fn came(session: &Session, campaign: &Campaign) -> String {
    let source = name(&session.source.name);
    match session.source.channel {
        Channel::Direct => "came directly".into(),
        Channel::Resumed => "went on after a pause".into(),
        Channel::Email => through("an e-mail", source, campaign),
        Channel::Campaign => through("a campaign", source, campaign),
        Channel::Search | Channel::Social | Channel::Referral | Channel::Assistant => {
            source.map_or_else(|| "came from elsewhere".into(), |source| format!("came from {source}"))
        }
    }
}

/// By what the link said of itself: the name of its campaign where it has one, and who was named as the source.
fn through(what: &str, source: Option<String>, campaign: &Campaign) -> String {
    let named = campaign.name.as_deref().and_then(quoted);
    let way = named.map_or_else(|| what.to_owned(), |named| format!("the campaign {named}"));
    let by = source.filter(|source| campaign.name.as_deref().and_then(name).as_ref() != Some(source));
    match by {
        Some(by) => format!("came through {way} ({by})"),
        None => format!("came through {way}"),
    }
}

/// ` on an iPhone`; nothing if nothing is known.
fn on_what(session: &Session) -> String {
    let os = session.os.as_deref().and_then(name);
    let thing: String = match (session.device, os.as_deref()) {
        (Device::Phone, Some("iOS")) => "iPhone".into(),
        (Device::Tablet, Some("iOS" | "iPadOS")) => "iPad".into(),
        (Device::Desktop, Some("macOS")) => "Mac".into(),
        (Device::Phone, os) => kind(os, "phone"),
        (Device::Tablet, os) => kind(os, "tablet"),
        (Device::Desktop, os) => kind(os, "computer"),
        (Device::Other | Device::Unknown, Some(os)) => format!("device with {os}"),
        (Device::Other | Device::Unknown, None) => return String::new(),
    };
    format!(" on {} {thing}", article(&thing))
}

fn kind(os: Option<&str>, device: &str) -> String {
    os.map_or_else(|| device.to_owned(), |os| format!("{os} {device}"))
}

fn article(thing: &str) -> &'static str {
    if thing.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']) { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::{
        samples::{detail, session},
        source::Source,
    };

    #[rstest]
    #[case(Channel::Direct, "Direct", None, "came directly")]
    #[case(Channel::Resumed, "Resumed", None, "went on after a pause")]
    #[case(Channel::Search, "Google", None, "came from Google")]
    #[case(Channel::Social, "Instagram", None, "came from Instagram")]
    #[case(Channel::Assistant, "ChatGPT", None, "came from ChatGPT")]
    #[case(Channel::Referral, "news.example", None, "came from news.example")]
    #[case::a_web_mailer(Channel::Email, "Gmail", None, "came through an e-mail (Gmail)")]
    #[case::a_letter(Channel::Email, "letter", Some("autumn"), "came through the campaign “autumn” (letter)")]
    #[case::a_campaign(Channel::Campaign, "Google", Some("autumn"), "came through the campaign “autumn” (Google)")]
    #[case::a_campaign_called_by_its_name(
        Channel::Campaign,
        "autumn",
        Some("autumn"),
        "came through the campaign “autumn”"
    )]
    #[case::a_campaign_without_a_name(Channel::Campaign, "letter", None, "came through a campaign (letter)")]
    #[case::a_name_that_says_nothing(Channel::Referral, " ", None, "came from elsewhere")]
    fn sources(#[case] channel: Channel, #[case] source: &str, #[case] campaign: Option<&str>, #[case] told: &str) {
        let session = Session { source: Source { channel, name: source.into() }, ..session(1) };
        let campaign = Campaign { name: campaign.map(Into::into), ..Campaign::default() };
        assert_eq!(arrival(&SessionDetail { campaign, ..detail(session, vec![]) }), told);
    }

    #[rstest]
    #[case(Device::Phone, Some("iOS"), " on an iPhone")]
    #[case(Device::Tablet, Some("iPadOS"), " on an iPad")]
    #[case(Device::Phone, Some("Android"), " on an Android phone")]
    #[case(Device::Tablet, Some("Android"), " on an Android tablet")]
    #[case(Device::Desktop, Some("Windows"), " on a Windows computer")]
    #[case(Device::Desktop, Some("macOS"), " on a Mac")]
    #[case(Device::Desktop, Some("Linux"), " on a Linux computer")]
    #[case(Device::Desktop, None, " on a computer")]
    #[case(Device::Phone, None, " on a phone")]
    #[case(Device::Other, Some("Tizen"), " on a device with Tizen")]
    #[case(Device::Other, None, "")]
    #[case(Device::Unknown, None, "")]
    fn devices(#[case] device: Device, #[case] os: Option<&str>, #[case] told: &str) {
        assert_eq!(on_what(&Session { device, os: os.map(Into::into), ..session(1) }), told);
    }

    #[rstest]
    #[case("DE", "came directly in Germany")]
    #[case("US", "came directly in the United States")]
    #[case("NL", "came directly in the Netherlands")]
    #[case("GB", "came directly in the United Kingdom")]
    #[case("CZ", "came directly in Czechia")]
    fn countries(#[case] code: &str, #[case] told: &str) {
        let session = Session { country: code.parse().ok(), ..session(1) };
        assert_eq!(arrival(&detail(session, vec![])), told);
    }
}
