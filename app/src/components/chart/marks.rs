//! What stands on the strip's scale: the blocks of page views and the marks of events.

use super::scale::{Room, Scale, drawn_until};
use crate::models::{
    event::EventKind,
    span::Attention,
    strip::{Strip, StripView},
};

/// The narrowest block, in pixels; narrower stretches join their neighbour. Bounds how much a strip draws.
const LEAST_BLOCK: f64 = 1.0;

/// How a stretch of a page view is drawn. Later ones are drawn over earlier ones, so that of two tabs the one that
/// was looked at shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shade {
    /// In the background.
    Hidden,
    /// Nothing is known of it.
    Unknown,
    /// Visible, without a sign of life.
    Idle,
    /// In use.
    Active,
}

/// A stretch of a page view on the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The place of its page view within the strip.
    pub view: usize,
    /// Where it begins, from 0 to 1.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How it is drawn.
    pub shade: Shade,
}

/// What a mark says happened. Of several that fall together the greatest shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// A click.
    Click,
    /// Something else that the visitor did, or the site tells.
    Event,
    /// Something went wrong for the visitor.
    Friction,
    /// The page itself failed, or was not there.
    Error,
}

impl MarkKind {
    /// Whether it goes below, with what went wrong.
    pub fn is_below(self) -> bool {
        self >= Self::Friction
    }
}

impl From<EventKind> for MarkKind {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::Click | EventKind::Outbound | EventKind::Download => Self::Click,
            EventKind::FormStart | EventKind::Form | EventKind::Custom => Self::Event,
            EventKind::RageClick | EventKind::DeadClick | EventKind::QuickBack => Self::Friction,
            EventKind::Error | EventKind::NotFound => Self::Error,
        }
    }
}

/// One event on the drawing, or several that are too close together to be told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The place of the first, from 0 to 1.
    pub at: f64,
    /// What it says.
    pub kind: MarkKind,
    /// The places of its events within the strip's marks.
    pub events: Vec<usize>,
}

/// The blocks of all page views, in the order in which they are drawn.
pub fn blocks(strip: &Strip, scale: &Scale, room: Room) -> Vec<Block> {
    let mut blocks: Vec<_> =
        strip.views.iter().enumerate().flat_map(|(at, view)| view_blocks(at, view, strip, scale, room)).collect();
    blocks.sort_by_key(|block| block.shade);
    blocks
}

fn view_blocks(at: usize, view: &StripView, strip: &Strip, scale: &Scale, room: Room) -> Vec<Block> {
    let end = drawn_until(strip, view);
    let mut stretches: Vec<(u64, u64, Shade)> = view
        .spans
        .stretches(view.open_ms.unwrap_or_default())
        .map(|stretch| {
            (
                view.from_ms.saturating_add(stretch.from),
                view.from_ms.saturating_add(stretch.to),
                shade(stretch.attention),
            )
        })
        .collect();
    match stretches.last_mut() {
        // A page view of less than the least length is drawn longer than it was.
        Some(last) if view.open_ms.is_some() => last.1 = last.1.max(end),
        _ => stretches = vec![(view.from_ms, end, Shade::Unknown)],
    }
    let mut out: Vec<Block> = Vec::new();
    let mut from = scale.at(view.from_ms);
    for (_, until, shade) in stretches {
        let to = scale.at(until);
        match out.last_mut() {
            Some(last) if last.shade == shade || (to - from) * room.width < LEAST_BLOCK => last.to = to,
            _ => out.push(Block { view: at, from, to, shade }),
        }
        from = to;
    }
    out
}

fn shade(attention: Attention) -> Shade {
    match attention {
        Attention::Active => Shade::Active,
        Attention::Idle => Shade::Idle,
        Attention::Hidden => Shade::Hidden,
    }
}

/// The marks of both lanes, first those above, none closer to its neighbour than can be told apart.
pub fn marks(strip: &Strip, scale: &Scale, room: Room) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    for below in [false, true] {
        for (event, mark) in strip.marks.iter().enumerate() {
            let (at, kind) = (scale.at(mark.at_ms), MarkKind::from(mark.kind));
            if kind.is_below() != below {
                continue;
            }
            match out.last_mut().filter(|last| last.kind.is_below() == below) {
                Some(last) if (at - last.at) * room.width < room.marks => {
                    last.kind = last.kind.max(kind);
                    last.events.push(event);
                }
                _ => out.push(Mark { at, kind, events: vec![event] }),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::models::{
        span::{Span, Spans},
        strip::StripMark,
    };

    const ROOM: Room = Room { width: 160.0, least: 3.0, fold: 12.0, marks: 4.0, full_at_ms: Some(600_000) };

    fn view(from_ms: u64, open_ms: Option<u64>, spans: &[(u32, Attention)]) -> StripView {
        let spans = Spans::tidy(spans.iter().copied().map(Span::from), open_ms.unwrap_or_default());
        StripView { path: "/".into(), from_ms, open_ms, spans }
    }

    fn any_attention() -> impl Strategy<Value = Attention> {
        prop_oneof![Just(Attention::Active), Just(Attention::Idle), Just(Attention::Hidden)]
    }

    prop_compose! {
        fn any_view()(
            from_ms in 0u64..3_000_000,
            open_ms in prop::option::of(0u64..3_000_000),
            spans in prop::collection::vec((0u32..30_000, any_attention()), 0..8),
        ) -> StripView {
            view(from_ms, open_ms, &spans)
        }
    }

    prop_compose! {
        fn any_strip()(
            mut views in prop::collection::vec(any_view(), 0..60),
            mut marks in prop::collection::vec((0u64..6_000_000, prop::sample::select(EventKind::iter().collect::<Vec<_>>())), 0..200),
        ) -> Strip {
            views.sort_by_key(|view| view.from_ms);
            if let Some(first) = views.first_mut() { first.from_ms = 0 }
            marks.sort_unstable();
            let marks = marks.into_iter().map(|(at_ms, kind)| StripMark { at_ms, kind }).collect();
            Strip { views, marks }
        }
    }

    proptest! {
        #[test]
        fn the_scale_never_runs_backwards_nor_out_of_the_drawing(strip in any_strip(), mut times in prop::collection::vec(any::<u64>(), 2..50)) {
            let scale = Scale::new(&strip, ROOM);
            times.sort_unstable();
            let places: Vec<_> = times.iter().map(|&ms| scale.at(ms)).collect();
            prop_assert!(places.iter().all(|place| (0.0..=1.0).contains(place)));
            prop_assert!(places.windows(2).all(|pair| pair[0] <= pair[1]));
        }

        #[test]
        fn blocks_and_marks_stay_within_and_every_page_view_is_seen(strip in any_strip()) {
            let scale = Scale::new(&strip, ROOM);
            let blocks = blocks(&strip, &scale, ROOM);
            for (at, view) in strip.views.iter().enumerate() {
                let own: Vec<_> = blocks.iter().filter(|block| block.view == at).collect();
                let from = own.iter().map(|block| block.from).fold(f64::INFINITY, f64::min);
                let to = own.iter().map(|block| block.to).fold(0.0, f64::max);
                let shared = strip.views.iter().filter(|other| other.from_ms.abs_diff(view.from_ms) < 1_000).count() as f64;
                prop_assert!(to <= 1.0 && from >= 0.0);
                prop_assert!((to - from) * ROOM.width * shared > 0.09, "{from} to {to}");
            }
        }

        #[test]
        fn every_event_has_a_mark_and_marks_of_a_lane_can_be_told_apart(strip in any_strip()) {
            let scale = Scale::new(&strip, ROOM);
            let marks = marks(&strip, &scale, ROOM);
            let mut events: Vec<usize> = marks.iter().flat_map(|mark| mark.events.iter().copied()).collect();
            events.sort_unstable();
            prop_assert!(events.into_iter().eq(0..strip.marks.len()));
            for mark in &marks {
                prop_assert!((0.0..=1.0).contains(&mark.at));
                let kinds: Vec<_> = mark.events.iter().map(|&at| MarkKind::from(strip.marks[at].kind)).collect();
                prop_assert_eq!(kinds.iter().max(), Some(&mark.kind));
                prop_assert!(kinds.iter().all(|kind| kind.is_below() == mark.kind.is_below()));
            }
            for two in marks.windows(2).filter(|two| two[0].kind.is_below() == two[1].kind.is_below()) {
                prop_assert!((two[1].at - two[0].at) * ROOM.width >= ROOM.marks);
            }
            prop_assert!(marks.len() as f64 <= 2.0 * (ROOM.width / ROOM.marks + 1.0));
        }

        #[test]
        fn a_drawing_is_bounded_by_its_width(view in any_view()) {
            let strip = Strip { views: vec![StripView { from_ms: 0, ..view }], marks: vec![] };
            let scale = Scale::new(&strip, ROOM);
            prop_assert!(blocks(&strip, &scale, ROOM).len() as f64 <= ROOM.width + 1.0);
        }
    }

    #[test]
    fn what_went_wrong_is_marked_below() {
        for kind in EventKind::iter() {
            assert_eq!(MarkKind::from(kind).is_below(), kind.is_friction(), "{kind}");
            assert_eq!(MarkKind::from(kind) == MarkKind::Click, kind.is_click(), "{kind}");
        }
    }

    #[test]
    fn events_that_fall_together_are_one_mark_of_the_greatest_kind() {
        let mark = |at_ms, kind| StripMark { at_ms, kind };
        let strip = Strip {
            views: vec![view(0, Some(600_000), &[(0, Attention::Active)])],
            marks: vec![
                mark(10_000, EventKind::Click),
                mark(11_000, EventKind::RageClick),
                mark(12_000, EventKind::Form),
                mark(13_000, EventKind::Error),
                mark(300_000, EventKind::Click),
            ],
        };
        let marks = marks(&strip, &Scale::new(&strip, ROOM), ROOM);
        let seen: Vec<_> = marks.iter().map(|mark| (mark.kind, &mark.events[..])).collect();
        assert_eq!(seen, [(MarkKind::Event, &[0, 2][..]), (MarkKind::Click, &[4][..]), (MarkKind::Error, &[1, 3][..])]);
    }

    #[test]
    fn three_minutes_away_are_folded_and_one_minute_is_not() {
        let away = |ms: u64| Strip {
            views: vec![
                view(0, Some(20_000), &[(0, Attention::Active)]),
                view(20_000 + ms, Some(20_000), &[(0, Attention::Active)]),
            ],
            marks: vec![],
        };
        let folds = |ms| Scale::new(&away(ms), ROOM).folds;
        assert_eq!(folds(60_000), []);
        assert_eq!(folds(180_000).iter().map(|fold| fold.to_ms - fold.from_ms).collect::<Vec<_>>(), [180_000]);
    }

    #[test]
    fn a_page_in_the_background_for_ten_minutes_is_folded_too() {
        let spans = [(0, Attention::Active), (300, Attention::Hidden), (6_300, Attention::Active)];
        let strip = Strip { views: vec![view(0, Some(660_000), &spans)], marks: vec![] };
        let scale = Scale::new(&strip, ROOM);
        assert_eq!(scale.folds.len(), 1);
        assert_eq!((scale.folds[0].from_ms, scale.folds[0].to_ms), (30_000, 630_000));
    }

    #[rstest]
    #[case::one_glance(5_000)]
    #[case::a_minute(60_000)]
    #[case::ten_minutes(600_000)]
    fn equal_times_get_equal_widths(#[case] each: u64) {
        let active = [(0, Attention::Active)];
        let strip = Strip { views: vec![view(0, Some(each), &active), view(each, Some(each), &active)], marks: vec![] };
        let scale = Scale::new(&strip, ROOM);
        let (first, second) = (scale.at(each), scale.at(2 * each) - scale.at(each));
        assert!((first - second).abs() < 0.01, "{first} and {second}");
    }

    #[test]
    fn an_unmeasured_page_is_drawn_until_the_next_one_and_not_as_active() {
        let strip = Strip {
            views: vec![view(0, None, &[]), view(4_000, Some(9_000), &[(0, Attention::Active)])],
            marks: vec![],
        };
        let blocks = blocks(&strip, &Scale::new(&strip, ROOM), ROOM);
        assert_eq!(
            blocks.iter().map(|block| (block.view, block.shade)).collect::<Vec<_>>(),
            [(0, Shade::Unknown), (1, Shade::Active)]
        );
        assert!((blocks[0].to - blocks[1].from).abs() < 1e-9);
    }
}
