//! Above which figures a session of a site is outstanding: learnt from the site's own sessions (`tasks::learn`), applied
//! whenever one is read, since it says how a session compares and not what it is.

use app::models::sign::{Sign, SignKind};

use crate::store::entities::site;

/// The figures that are more than nearly all sessions of a site have; `None` before enough of them are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outstanding {
    duration_ms: Option<u64>,
    pages: Option<u64>,
    events: Option<u64>,
}

/// What is compared of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figures {
    /// Its duration, if it is known and one person's.
    pub(crate) duration_ms: Option<u64>,
    /// Its page views.
    pub(crate) pages: u64,
    /// Its events.
    pub(crate) events: u64,
    /// Whether it is taken for a machine: those are compared with nobody.
    pub(crate) is_machine: bool,
}

impl Outstanding {
    /// Those of a site.
    pub(super) fn of(site: &site::Model) -> Self {
        let above = |stored: Option<i64>| stored.and_then(|figure| u64::try_from(figure).ok());
        Self {
            duration_ms: above(site.outstanding_duration_ms),
            pages: above(site.outstanding_pages),
            events: above(site.outstanding_events),
        }
    }

    /// In what a session is outstanding, in the order of the kinds.
    pub(crate) fn signs(self, figures: Figures) -> impl Iterator<Item = Sign> {
        let Figures { duration_ms, pages, events, is_machine } = figures;
        let is_above = |figure: u64, most: Option<u64>| !is_machine && most.is_some_and(|most| figure > most);
        let sign = |kind, figure: u64| Sign { kind, figure: u32::try_from(figure).unwrap_or(u32::MAX) };
        let long = duration_ms.filter(|&ms| is_above(ms, self.duration_ms));
        let long = long.map(|ms| sign(SignKind::LongDuration, ms / 1000));
        let many_pages = is_above(pages, self.pages).then(|| sign(SignKind::ManyPages, pages));
        let many_events = is_above(events, self.events).then(|| sign(SignKind::ManyEvents, events));
        long.into_iter().chain(many_pages).chain(many_events)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const LIMITS: Outstanding = Outstanding { duration_ms: Some(60_000), pages: Some(5), events: Some(9) };
    const USUAL: Figures = Figures { duration_ms: Some(60_000), pages: 5, events: 9, is_machine: false };

    #[rstest]
    #[case::as_much_as_99_of_100(USUAL, &[])]
    #[case::longer(Figures { duration_ms: Some(61_999), ..USUAL }, &[(SignKind::LongDuration, 61)])]
    #[case::of_nobody_knows_how_many_people(Figures { duration_ms: None, ..USUAL }, &[])]
    #[case::more_pages(Figures { pages: 6, ..USUAL }, &[(SignKind::ManyPages, 6)])]
    #[case::all(
        Figures { duration_ms: Some(90_000), pages: 40, events: 10, ..USUAL },
        &[(SignKind::LongDuration, 90), (SignKind::ManyPages, 40), (SignKind::ManyEvents, 10)]
    )]
    #[case::a_machine(Figures { pages: 400, events: 4_000, is_machine: true, ..USUAL }, &[])]
    fn a_session_is_outstanding(#[case] figures: Figures, #[case] signs: &[(SignKind, u32)]) {
        let found: Vec<_> = LIMITS.signs(figures).map(|sign| (sign.kind, sign.figure)).collect();
        assert_eq!(found, signs);
        assert_eq!(Outstanding::default().signs(figures).count(), 0, "nothing is known yet");
    }
}
