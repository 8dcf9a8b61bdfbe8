//! How a page view ended, as far as that is known.

use super::{
    session::SessionState,
    timeline::{PageState, PageTime, TimelinePage, Unmeasured},
};

/// Within how many milliseconds of a page view's end another one begins that it led to. It may begin before that end: the
/// browser shows the old page until the new one answers.
const NEXT_WITHIN_MS: i64 = 5_000;

/// The end of a page view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was left as another page view of the session began.
    WentOn {
        /// The other's place among the session's page views.
        number: u32,
        /// The other's path.
        path: String,
    },
    /// It was left and none began: the tab was closed, or led to another site.
    Closed,
    /// Nothing said that it was left, and nothing will.
    LostSight {
        /// Whether it was in the background when it was heard of last.
        hidden: bool,
    },
    /// It is in the foreground.
    StillShown,
    /// It was in the foreground when it was heard of last, which is a while ago.
    LastShown,
    /// It is in the background.
    InBackground,
}

/// The end of a page view in a session of this state; `later` are the page views that began after it, in order.
///
/// Which tab a page view was in is not known, so of several that began about when this one ended the nearest counts.
pub fn ending<'a>(page: &TimelinePage, later: impl Iterator<Item = &'a TimelinePage>, session: SessionState) -> Ending {
    let is_silent = session == SessionState::Closed || page.time == PageTime::NotMeasured(Unmeasured::LeftWithoutAWord);
    match page.state {
        PageState::Left => led_to(page, later)
            .map_or(Ending::Closed, |next| Ending::WentOn { number: next.number, path: next.path.clone() }),
        state if is_silent => Ending::LostSight { hidden: state == PageState::Hidden },
        PageState::Hidden => Ending::InBackground,
        PageState::Shown if session == SessionState::Now => Ending::StillShown,
        PageState::Shown => Ending::LastShown,
    }
}

/// The page view that began as this one ended, unless that led to another site.
fn led_to<'a>(page: &TimelinePage, later: impl Iterator<Item = &'a TimelinePage>) -> Option<&'a TimelinePage> {
    if page.left_through().is_some() {
        return None;
    }
    let end = page.last_known_ms();
    later
        .skip_while(|next| next.at.ms < end.saturating_sub(NEXT_WITHIN_MS))
        .take_while(|next| next.at.ms <= end.saturating_add(NEXT_WITHIN_MS))
        .min_by_key(|next| next.at.ms.abs_diff(end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{self, click},
        time::LocalTime,
        timeline::TimelineEvent,
    };

    const MINUTE: i64 = 60_000;

    /// A page view that began after so many milliseconds and was open for a minute.
    fn page(number: u32, at_ms: i64) -> TimelinePage {
        let at = LocalTime { ms: at_ms, offset_s: 0 };
        TimelinePage { number, at, ..samples::page(&format!("/{number}"), vec![]) }
    }

    fn went_on(number: u32) -> Ending {
        Ending::WentOn { number, path: format!("/{number}") }
    }

    /// The end of a page view that was left after a minute, where others began at these moments.
    fn left(others: &[i64]) -> Ending {
        let later: Vec<_> = (2..).zip(others).map(|(number, &at)| page(number, at)).collect();
        ending(&page(1, 0), later.iter(), SessionState::Closed)
    }

    #[rstest]
    #[case::the_last_page(&[], Ending::Closed)]
    #[case::at_once(&[MINUTE], went_on(2))]
    #[case::after_a_slow_answer(&[MINUTE + 5_000], went_on(2))]
    #[case::to_a_page_that_was_asked_for_before_this_one_went(&[MINUTE - 5_000], went_on(2))]
    #[case::with_a_pause(&[MINUTE + 5_001], Ending::Closed)]
    #[case::beside_another_tab(&[MINUTE / 2], Ending::Closed)]
    #[case::beside_another_tab_and_on(&[MINUTE / 2, MINUTE + 100, 2 * MINUTE], went_on(3))]
    #[case::to_the_nearest(&[MINUTE - 3_000, MINUTE + 200, MINUTE + 400], went_on(3))]
    fn a_page_that_was_left(#[case] others: &[i64], #[case] expected: Ending) {
        assert_eq!(left(others), expected);
    }

    #[test]
    fn what_happened_after_the_last_report_is_a_sign_of_life_too() {
        let page_1 = TimelinePage { events: vec![click(90_000)], ..page(1, 0) };
        let next = page(2, 91_000);
        assert_eq!(ending(&page_1, [&next].into_iter(), SessionState::Closed), went_on(2));
    }

    #[rstest]
    #[case::to_another_site(&[(EventKind::Outbound, 59_000)], Ending::Closed)]
    #[case::to_another_site_in_a_tab_of_its_own(&[(EventKind::Outbound, 30_000)], went_on(2))]
    #[case::and_then_on(&[(EventKind::Outbound, 58_000), (EventKind::Click, 59_000)], went_on(2))]
    fn a_link_led(#[case] events: &[(EventKind, u64)], #[case] expected: Ending) {
        let events = events.iter().map(|&(kind, offset_ms)| TimelineEvent { kind, ..click(offset_ms) }).collect();
        let next = page(2, MINUTE + 1_000);
        let page = TimelinePage { events, ..page(1, 0) };
        assert_eq!(ending(&page, [&next].into_iter(), SessionState::Closed), expected);
    }

    const LOST: Ending = Ending::LostSight { hidden: false };
    const LOST_HIDDEN: Ending = Ending::LostSight { hidden: true };

    #[rstest]
    #[case::now_shown(PageState::Shown, SessionState::Now, Ending::StillShown)]
    #[case::now_hidden(PageState::Hidden, SessionState::Now, Ending::InBackground)]
    #[case::now_left(PageState::Left, SessionState::Now, Ending::Closed)]
    #[case::open_shown(PageState::Shown, SessionState::Open, Ending::LastShown)]
    #[case::open_hidden(PageState::Hidden, SessionState::Open, Ending::InBackground)]
    #[case::open_left(PageState::Left, SessionState::Open, Ending::Closed)]
    #[case::closed_shown(PageState::Shown, SessionState::Closed, LOST)]
    #[case::closed_hidden(PageState::Hidden, SessionState::Closed, LOST_HIDDEN)]
    #[case::closed_left(PageState::Left, SessionState::Closed, Ending::Closed)]
    fn the_last_page(#[case] state: PageState, #[case] session: SessionState, #[case] expected: Ending) {
        assert_eq!(ending(&TimelinePage { state, ..page(1, 0) }, std::iter::empty(), session), expected);
    }

    #[rstest]
    #[case::it_will_say_nothing(PageState::Shown, Unmeasured::LeftWithoutAWord, LOST)]
    #[case::nor_in_the_background(PageState::Hidden, Unmeasured::LeftWithoutAWord, LOST_HIDDEN)]
    #[case::it_may_still_report(PageState::Shown, Unmeasured::NotYet, Ending::StillShown)]
    fn a_page_whose_time_is_not_known(#[case] state: PageState, #[case] why: Unmeasured, #[case] expected: Ending) {
        let page = TimelinePage { state, time: PageTime::NotMeasured(why), ..page(1, 0) };
        assert_eq!(ending(&page, std::iter::empty(), SessionState::Now), expected);
    }

    proptest! {
        #[test]
        fn nobody_goes_on_to_a_page_that_began_at_another_time(mut others in prop::collection::vec(0i64..200_000, 0..9)) {
            others.sort_unstable();
            let near = others.iter().any(|at| (at - MINUTE).abs() <= NEXT_WITHIN_MS);
            prop_assert_eq!(left(&others) != Ending::Closed, near);
        }
    }
}
