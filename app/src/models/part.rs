//! Long timelines in parts: a page of the dashboard holds so many events at the most.

use std::ops::Range;

use super::{
    query::session_href,
    shown::{Chosen, Shown},
    timeline::{SessionDetail, TimelineEvent},
};

/// So many events are shown at once: a page of the dashboard with them is there at once too.
pub const AT_ONCE: usize = 200;

/// One part of some events, which are counted from 0 in the order that they are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 1.
    pub number: u32,
    /// How many events all parts have.
    pub events: usize,
}

impl Part {
    /// The part with this number, or the last if there are not so many.
    pub fn new(number: u32, events: usize) -> Self {
        let last = Self { number, events }.last();
        Self { number: number.clamp(1, last), events }
    }

    /// The number of the last part. There is always one.
    pub fn last(self) -> u32 {
        part_of(self.events.saturating_sub(1))
    }

    /// The events that it holds.
    pub fn range(self) -> Range<usize> {
        let from = (self.number as usize).saturating_sub(1).saturating_mul(AT_ONCE);
        from..self.events.min(from.saturating_add(AT_ONCE))
    }
}

/// The number of the part that holds the event at this place.
pub fn part_of(at: usize) -> u32 {
    u32::try_from(at / AT_ONCE).map_or(u32::MAX, |before| before.saturating_add(1))
}

/// Where each event of a session stands: on the part that is shown, on another, or only where everything is shown.
#[derive(Clone, Debug)]
pub struct Places {
    session: String,
    chosen: Chosen,
    part: Part,
    /// In order of the events' numbers: each with its part of what is asked for, if it is among that, and its part of
    /// everything.
    parts: Vec<(u32, Option<u32>, u32)>,
}

impl Places {
    /// The places of a session's events under what an address asks for.
    pub fn of(detail: &SessionDetail, chosen: &Chosen) -> Self {
        let mut asked = 0;
        let place = |(at, event): (usize, &TimelineEvent)| {
            let part = chosen.shown.is_shown(event.kind).then(|| part_of(asked));
            asked += usize::from(part.is_some());
            (event.number, part, part_of(at))
        };
        let mut parts: Vec<_> = detail.events().enumerate().map(place).collect();
        parts.sort_unstable();
        let session = session_href(detail.session.site, detail.session.id);
        Self { session, part: Part::new(chosen.part, asked), chosen: chosen.clone(), parts }
    }

    /// The part that is shown.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Which events are asked for.
    pub fn shown(&self) -> Shown {
        self.chosen.shown
    }

    /// The link to the beginning of a part.
    pub fn part_href(&self, number: u32) -> String {
        format!("{}{}#timeline-title", self.session, self.chosen.search_string(self.chosen.shown, number))
    }

    /// The link to an event.
    pub fn href(&self, event: &TimelineEvent) -> String {
        let anchor = event.anchor();
        let place = self.parts.binary_search_by_key(&event.number, |&(number, ..)| number);
        let (shown, part) = match place.ok().and_then(|at| self.parts.get(at)) {
            Some(&(_, Some(part), _)) if part == self.part.number => return format!("#{anchor}"),
            Some(&(_, Some(part), _)) => (self.chosen.shown, part),
            Some(&(_, None, part)) => (Shown::Everything, part),
            None => (Shown::Everything, 1),
        };
        format!("{}{}#{anchor}", self.session, self.chosen.search_string(shown, part))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{self, event, page},
        time::LocalTime,
        timeline::arrange,
    };

    #[rstest]
    #[case::nothing(1, 0, 1, 1, 0..0)]
    #[case::few(1, 12, 1, 1, 0..12)]
    #[case::just_one_part(1, 200, 1, 1, 0..200)]
    #[case::one_too_many(2, 201, 2, 2, 200..201)]
    #[case::in_the_middle(2, 500, 2, 3, 200..400)]
    #[case::beyond_the_last(9, 500, 3, 3, 400..500)]
    #[case::before_the_first(0, 500, 1, 3, 0..200)]
    fn a_part_is_two_hundred_events(
        #[case] asked: u32,
        #[case] events: usize,
        #[case] number: u32,
        #[case] last: u32,
        #[case] range: Range<usize>,
    ) {
        let part = Part::new(asked, events);
        assert_eq!((part.number, part.last(), part.range()), (number, last, range));
    }

    proptest! {
        #[test]
        fn every_event_is_in_one_part(events in 1usize..12_000) {
            let parts = (1..=Part::new(1, events).last()).map(|number| Part::new(number, events));
            let held: Vec<(u32, usize)> = parts.flat_map(|part| part.range().map(move |at| (part.number, at))).collect();
            let expected: Vec<(u32, usize)> = (0..events).map(|at| (part_of(at), at)).collect();
            prop_assert_eq!(held, expected);
        }
    }

    /// A session of 240 clicks, every one of them followed by an error.
    fn long() -> SessionDetail {
        let kinds = [EventKind::Click, EventKind::Error].into_iter().cycle();
        let events = kinds.take(480).zip(0..).map(|(kind, ms)| {
            let at = LocalTime { ms, offset_s: 0 };
            TimelineEvent { at, offset_ms: ms.unsigned_abs(), ..event(kind, "Pay", "") }
        });
        let timeline = arrange(vec![page("/", events.collect())]);
        SessionDetail { timeline, ..samples::detail(samples::session(1), vec![]) }
    }

    #[rstest]
    #[case::here(&[], 7, "#event-7")]
    #[case::on_the_next_part(&[], 201, "/session?part=2#event-201")]
    #[case::on_the_part_before(&[("part", "2")], 200, "/session#event-200")]
    #[case::with_what_is_asked_for(&[("show", "clicks")], 479, "/session?show=clicks&part=2#event-479")]
    #[case::where_everything_is_shown(&[("show", "clicks")], 480, "/session?part=3#event-480")]
    fn a_link_leads_to_the_part_that_holds_an_event(
        #[case] params: &[(&str, &str)],
        #[case] number: u32,
        #[case] expected: &str,
    ) {
        let detail = long();
        let places = Places::of(&detail, &Chosen::from_params(params.iter().copied()));
        let event = detail.events().find(|event| event.number == number).unwrap();
        let session = session_href(detail.session.site, detail.session.id);
        assert_eq!(places.href(event).replace(&session, "/session"), expected);
    }
}
