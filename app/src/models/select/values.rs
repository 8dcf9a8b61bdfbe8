//! What a session has: the values of its dimensions, its numbers, when it began.

use std::collections::BTreeSet;

use crate::models::{
    ids::SessionId,
    query::{Dimension, Metric},
    session::{BOUNCE_BELOW_MS, Bounce, SessionState},
    time::LocalTime,
    timeline::SessionDetail,
};

/// The moment that decides in which stretch of time a session is, in milliseconds since the epoch: its id begins with it.
pub fn began_ms(id: SessionId) -> i64 {
    // Of 128 bits the first 48 are left.
    i64::try_from(id.0.as_u128() >> 80).unwrap_or(i64::MAX)
}

/// The minute of the day, from 0 to 1439.
pub fn minute_of_day(time: LocalTime) -> u16 {
    let minutes = time.ms.saturating_add(i64::from(time.offset_s) * 1000).div_euclid(60_000);
    u16::try_from(minutes.rem_euclid(24 * 60)).unwrap_or_default()
}

/// What a session has of a dimension: each value once. Of a dimension with one value exactly one, which is empty where
/// it is not known.
pub fn values_of(detail: &SessionDetail, dimension: Dimension) -> Vec<String> {
    let session = &detail.session;
    let text = |text: &Option<String>| vec![text.clone().unwrap_or_default()];
    match dimension {
        Dimension::Source => vec![session.source.name.clone()],
        Dimension::Channel => vec![session.source.channel.as_ref().to_owned()],
        Dimension::Campaign => text(&detail.campaign.name),
        Dimension::Medium => text(&detail.campaign.medium),
        Dimension::Country => vec![session.country.map(|country| country.code()).unwrap_or_default()],
        Dimension::Device => vec![session.device.as_ref().to_owned()],
        Dimension::Os => text(&session.os),
        Dimension::Browser => text(&session.browser),
        Dimension::Entry => vec![session.entry.clone()],
        Dimension::Exit => vec![session.last_page.clone()],
        Dimension::Page => each_once(detail.pages().map(|page| page.path.clone())),
        Dimension::Host => each_once(detail.pages().map(|page| page.host.clone())),
        Dimension::Event => each_once(detail.events().map(|event| event.called().to_owned())),
        Dimension::Link => {
            each_once(detail.events().filter(|event| event.kind.is_click()).filter_map(|event| event.target.clone()))
        }
        Dimension::Sign => each_once(session.signs.iter().map(|sign| sign.kind.as_ref().to_owned())),
        Dimension::Bounced => vec![bounce(detail).map_or_else(String::new, |bounce| bounce.as_ref().to_owned())],
        Dimension::Bot => text(&session.bot),
    }
}

/// The value that half of them are not above: one of them, never something between two. `None` of none.
pub(super) fn lesser_median<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len().div_ceil(2).checked_sub(1)?).copied()
}

fn each_once(values: impl Iterator<Item = String>) -> Vec<String> {
    values.collect::<BTreeSet<_>>().into_iter().collect()
}

/// What a session has of a number; `None` where it was not measured.
pub fn number_of(detail: &SessionDetail, metric: Metric) -> Option<f64> {
    let session = &detail.session;
    let seconds = |ms: u64| ms as f64 / 1000.0;
    match metric {
        Metric::Duration => Some(seconds(session.duration_ms)),
        Metric::Active => session.active_ms.map(seconds),
        Metric::Pages => Some(f64::from(session.pages)),
        Metric::Events => Some(f64::from(session.events)),
        Metric::Clicks => Some(f64::from(session.clicks)),
        Metric::Scroll => detail.pages().filter_map(|page| page.scroll).max().map(f64::from),
        Metric::References => Some(detail.references.len() as f64),
    }
}

/// Whether the session was a bounce; `None` while it goes on, and where its time is not known.
pub(super) fn bounce(detail: &SessionDetail) -> Option<Bounce> {
    let session = &detail.session;
    let active =
        session.active_ms.filter(|_| session.state == SessionState::Closed && session.unmeasured_pages == 0)?;
    // Each first look at a path counts, whatever paths count as now.
    let first_looks = detail.pages().filter(|page| page.returns_to.is_none());
    let paths: BTreeSet<(&str, u32)> = first_looks.map(|page| (page.path.as_str(), page.number)).collect();
    let is_one =
        active < BOUNCE_BELOW_MS && paths.len() == 1 && !detail.events().any(|event| event.kind.is_engagement());
    Some(if is_one { Bounce::Yes } else { Bounce::No })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::{
        super::fixtures::{nobody, shopper},
        *,
    };

    #[rstest]
    #[case(Dimension::Source, &["Google"], &["Direct"])]
    #[case(Dimension::Channel, &["search"], &["direct"])]
    #[case(Dimension::Campaign, &["autumn"], &[""])]
    #[case(Dimension::Medium, &["cpc"], &[""])]
    #[case(Dimension::Country, &["DE"], &[""])]
    #[case(Dimension::Device, &["phone"], &["unknown"])]
    #[case(Dimension::Os, &["iOS"], &[""])]
    #[case(Dimension::Browser, &["Safari"], &[""])]
    #[case(Dimension::Entry, &["/"], &["/"])]
    #[case(Dimension::Exit, &["/lamps"], &["/"])]
    #[case(Dimension::Page, &["/", "/lamps"], &[])]
    #[case(Dimension::Host, &["shop.example", "www.shop.example"], &[])]
    #[case(Dimension::Event, &["Basket filled", "click", "custom", "form", "outbound", "rage_click"], &[])]
    #[case(Dimension::Link, &["/lamps", "https://maker.example/oak"], &[])]
    #[case(Dimension::Sign, &["machine", "rage_click"], &[])]
    #[case(Dimension::Bounced, &["no"], &[""])]
    #[case(Dimension::Bot, &["headless browser"], &[""])]
    fn a_session_has_of_a_dimension(#[case] of: Dimension, #[case] shopper_s: &[&str], #[case] nobody_s: &[&str]) {
        assert_eq!(values_of(&shopper(), of), shopper_s);
        assert_eq!(values_of(&nobody(), of), nobody_s);
    }

    #[test]
    fn a_dimension_with_one_value_always_has_one() {
        for dimension in Dimension::iter().filter(|dimension| !dimension.is_many()) {
            assert_eq!(values_of(&nobody(), dimension).len(), 1, "{dimension:?}");
        }
    }

    #[rstest]
    #[case::midnight(0, 0, 0)]
    #[case::a_moment_before_it(-1, 0, 1439)]
    #[case::nepal(0, 20_700, 345)]
    #[case::west_of_greenwich(60_000, -3_600, 1381)]
    fn the_minute_of_the_day(#[case] ms: i64, #[case] offset_s: i32, #[case] minute: u16) {
        assert_eq!(minute_of_day(LocalTime { ms, offset_s }), minute);
    }

    #[test]
    fn a_session_begins_when_its_id_says() {
        let id = "019aa000-0000-7fff-bfff-ffffffffffff".parse().unwrap();
        assert_eq!(began_ms(id), 0x019a_a000_0000);
    }
}
