//! How long a session was, in words. What was not measured says so, and why.

use crate::{
    format::{count, duration, unmeasured},
    models::timeline::{PageTime, SessionDetail, Unmeasured},
};

/// From the first page to the last activity.
pub(super) fn whole(detail: &SessionDetail) -> String {
    detail.session.known_duration_ms().map_or_else(|| unmeasured(why(detail)).to_owned(), duration)
}

/// The active time of all pages.
pub(super) fn active(detail: &SessionDetail) -> String {
    sum(detail, detail.session.active_ms)
}

/// How long pages were in the foreground, together.
pub(super) fn visible(detail: &SessionDetail) -> String {
    let of_page = |time: PageTime| match time {
        PageTime::Measured { visible_ms, .. } => Some(visible_ms),
        PageTime::NotMeasured(_) => None,
    };
    let measured = detail.pages().filter_map(|page| of_page(page.time));
    sum(detail, measured.fold(None, |sum: Option<u64>, ms| Some(sum.unwrap_or_default().saturating_add(ms))))
}

fn sum(detail: &SessionDetail, ms: Option<u64>) -> String {
    match (ms, detail.session.unmeasured_pages) {
        (None, _) => unmeasured(why(detail)).into(),
        (Some(ms), 0) => duration(ms),
        (Some(ms), pages) => format!("{}, {} not measured", duration(ms), count(pages.into(), "page", "pages")),
    }
}

/// A page that can still report decides.
fn why(detail: &SessionDetail) -> Unmeasured {
    let can_report = detail.pages().any(|page| page.time == PageTime::NotMeasured(Unmeasured::NotYet));
    if can_report { Unmeasured::NotYet } else { Unmeasured::LeftWithoutAWord }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        samples::{self, page},
        session::Session,
        timeline::TimelinePage,
    };

    fn measured(visible_ms: u64) -> TimelinePage {
        let time = PageTime::Measured { open_ms: visible_ms, visible_ms, active_ms: 0 };
        TimelinePage { time, ..page("/", vec![]) }
    }

    fn not_measured(why: Unmeasured) -> TimelinePage {
        TimelinePage { time: PageTime::NotMeasured(why), ..page("/", vec![]) }
    }

    #[test]
    fn the_times_of_pages_are_added_up() {
        let detail = samples::detail(samples::session(1), vec![measured(40_000), measured(32_000)]);
        assert_eq!([whole(&detail), active(&detail), visible(&detail)], ["1 min", "1 min", "1 min 12 s"]);
    }

    #[test]
    fn of_some_pages_it_is_said_that_they_were_not_measured() {
        let session = Session { active_ms: Some(20_000), unmeasured_pages: 1, ..samples::session(1) };
        let pages = vec![measured(40_000), not_measured(Unmeasured::LeftWithoutAWord)];
        let detail = samples::detail(session, pages);
        assert_eq!([active(&detail), visible(&detail)], ["20 s, 1 page not measured", "40 s, 1 page not measured"]);
    }

    #[test]
    fn what_was_not_measured_says_why() {
        let nothing = Session { active_ms: None, duration_ms: 0, unmeasured_pages: 1, ..samples::session(1) };
        for why in [Unmeasured::NotYet, Unmeasured::LeftWithoutAWord] {
            let detail = samples::detail(nothing.clone(), vec![not_measured(why)]);
            let words = unmeasured(why);
            assert_eq!([whole(&detail), active(&detail), visible(&detail)], [words, words, words]);
        }
    }
}
