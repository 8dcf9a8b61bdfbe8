//! The links of the ribbon: which stretches of the drawing stand for which page views. However many page views there are
//! and however they lie over each other, there are no more stretches and links than the width has room for, and each place
//! of a lane belongs to one of them.

use super::{
    lanes::Lane,
    marks::{Block, Shade, blocks},
    scale::{Room, Scale},
};
use crate::models::strip::Strip;

/// How far the beginnings of two links of one lane are apart, in pixels; closer ones are one link.
const BETWEEN_STOPS: f64 = 4.0;
/// Into how many columns a lane is cut: about as many pixels as the page has at the most.
const COLUMNS: usize = 1_440;

/// A page view that shows on the ribbon, or several that begin too close together to be told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The places of its page views within the strip.
    pub views: Vec<usize>,
    /// Where they lie.
    pub lane: Lane,
    /// Where the first of them begins, from 0 to 1.
    pub from: f64,
    /// The stretches in which they show, from left to right. They do not touch those of others.
    pub blocks: Vec<Block>,
}

/// The links of both lanes in order of their beginning; `lanes` are those of the page views. Those that show nowhere, as
/// a tab that was never looked at while another one was, are left out.
pub fn stops(strip: &Strip, scale: &Scale, room: Room, lanes: &[Lane]) -> Vec<Stop> {
    let lane_of = |view: usize| lanes.get(view).copied().unwrap_or_default();
    let mut stops: Vec<Stop> = Vec::new();
    // The place of the link of each page view.
    let mut links = Vec::with_capacity(strip.views.len());
    for (view, from_ms) in strip.views.iter().map(|view| view.from_ms).enumerate() {
        let (from, lane) = (scale.at(from_ms), lane_of(view));
        let last = stops.iter_mut().enumerate().rfind(|(_, stop)| stop.lane == lane);
        match last.filter(|(_, stop)| (from - stop.from) * room.width < BETWEEN_STOPS) {
            Some((link, stop)) => {
                stop.views.push(view);
                links.push(link);
            }
            None => {
                links.push(stops.len());
                stops.push(Stop { views: vec![view], lane, from, blocks: Vec::new() });
            }
        }
    }
    let blocks = blocks(strip, scale, room);
    for lane in [Lane::First, Lane::Second] {
        for block in seen(blocks.iter().filter(|block| lane_of(block.view) == lane)) {
            if let Some(stop) = links.get(block.view).and_then(|&link| stops.get_mut(link)) {
                stop.blocks.push(block);
            }
        }
    }
    stops.retain(|stop| !stop.blocks.is_empty());
    stops
}

/// What is seen of blocks that are drawn over each other in this order.
fn seen<'a>(blocks: impl Iterator<Item = &'a Block>) -> Vec<Block> {
    let mut columns: Vec<Option<(usize, Shade)>> = vec![None; COLUMNS];
    for block in blocks {
        for shown in columns.iter_mut().take(column(block.to)).skip(column(block.from)) {
            *shown = Some((block.view, block.shade));
        }
    }
    let mut seen = Vec::new();
    let mut from = 0;
    for run in columns.chunk_by(|one, next| one == next) {
        let to = from + run.len();
        if let Some(&Some((view, shade))) = run.first() {
            seen.push(Block { view, from: share(from), to: share(to), shade });
        }
        from = to;
    }
    seen
}

fn column(at: f64) -> usize {
    (at * COLUMNS as f64).round() as usize
}

fn share(column: usize) -> f64 {
    column as f64 / COLUMNS as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::ribbon::ROOM, *};
    use crate::models::{
        samples,
        span::{Attention, Span, Spans},
        strip::StripView,
    };

    fn strip(views: Vec<StripView>) -> Strip {
        Strip { views, marks: vec![] }
    }

    fn stops_of(strip: &Strip, lanes: &[Lane]) -> Vec<Stop> {
        stops(strip, &Scale::new(strip, ROOM), ROOM, lanes)
    }

    /// A view with stretches that begin at these seconds.
    fn view(from_s: u64, open_s: u64, spans: &[(u32, Attention)]) -> StripView {
        let spans = spans.iter().map(|&(s, attention)| Span::from((s * 10, attention)));
        StripView { spans: Spans::tidy(spans, open_s * 1000), ..samples::view("/", from_s, open_s) }
    }

    #[test]
    fn a_page_view_of_several_stretches_is_one_link() {
        let spans = [(0, Attention::Active), (20, Attention::Idle), (40, Attention::Hidden)];
        let stops = stops_of(&strip(vec![view(0, 60, &spans), view(60, 60, &spans)]), &[]);
        let seen: Vec<_> = stops.iter().map(|stop| (&stop.views[..], stop.blocks.len())).collect();
        assert_eq!(seen, [(&[0][..], 3), (&[1][..], 3)]);
    }

    #[test]
    fn of_two_tabs_each_is_where_it_was_looked_at() {
        let first = view(0, 120, &[(0, Attention::Active), (60, Attention::Hidden)]);
        let second = view(20, 100, &[(0, Attention::Hidden), (40, Attention::Active)]);
        let stops = stops_of(&strip(vec![first, second]), &[]);
        let seen: Vec<Vec<Shade>> =
            stops.iter().map(|stop| stop.blocks.iter().map(|block| block.shade).collect()).collect();
        assert_eq!(seen, [vec![Shade::Active], vec![Shade::Active]]);
        assert!((stops[0].blocks[0].to - stops[1].blocks[0].from).abs() < 1e-9);
    }

    #[test]
    fn a_tab_that_was_never_looked_at_is_covered_by_one_that_was_and_shows_in_a_lane_of_its_own() {
        let views = strip(vec![view(0, 120, &[(0, Attention::Active)]), view(20, 60, &[(0, Attention::Hidden)])]);
        assert_eq!(stops_of(&views, &[]).len(), 1);
        let stops = stops_of(&views, &[Lane::First, Lane::Second]);
        assert_eq!(stops.iter().map(|stop| stop.lane).collect::<Vec<_>>(), [Lane::First, Lane::Second]);
    }

    #[test]
    fn a_thousand_page_views_are_as_many_links_as_can_be_told_apart() {
        let stops = stops_of(&strip((0..1_000).map(|at| samples::view("/", at * 2, 2)).collect()), &[]);
        assert!((100..=181).contains(&stops.len()), "{}", stops.len());
        assert_eq!(stops.iter().map(|stop| stop.views.len()).sum::<usize>(), 1_000);
        assert!(stops.iter().map(|stop| stop.blocks.len()).sum::<usize>() <= COLUMNS);
    }

    fn any_view() -> impl Strategy<Value = StripView> {
        let attention = prop_oneof![Just(Attention::Active), Just(Attention::Idle), Just(Attention::Hidden)];
        let spans = prop::collection::vec((0u32..300, attention), 0..6);
        (0u64..3_000, 1u64..600, any::<bool>(), spans).prop_map(|(from, open, is_measured, spans)| {
            let measured = view(from, open, &spans);
            StripView { open_ms: measured.open_ms.filter(|_| is_measured), ..measured }
        })
    }

    prop_compose! {
        fn any_strip()(mut views in prop::collection::vec((any_view(), any::<bool>()), 1..80)) -> (Strip, Vec<Lane>) {
            views.sort_by_key(|(view, _)| view.from_ms);
            views[0].0.from_ms = 0;
            let (views, second): (Vec<_>, Vec<bool>) = views.into_iter().unzip();
            let lanes = second.into_iter().map(|second| if second { Lane::Second } else { Lane::First }).collect();
            (strip(views), lanes)
        }
    }

    proptest! {
        #[test]
        fn each_place_of_a_lane_belongs_to_one_link((strip, lanes) in any_strip()) {
            let stops = stops_of(&strip, &lanes);
            for lane in [Lane::First, Lane::Second] {
                let mut own: Vec<&Block> =
                    stops.iter().filter(|stop| stop.lane == lane).flat_map(|stop| &stop.blocks).collect();
                own.sort_by(|one, other| one.from.total_cmp(&other.from));
                prop_assert!(own.windows(2).all(|two| two[0].to <= two[1].from + 1e-9));
                prop_assert!(own.iter().all(|block| block.from < block.to && block.to <= 1.0 + 1e-9));
                prop_assert!(own.len() <= COLUMNS);
            }
        }

        #[test]
        fn a_link_shows_its_own_page_views_and_no_others((strip, lanes) in any_strip()) {
            let stops = stops_of(&strip, &lanes);
            let mut views: Vec<usize> = stops.iter().flat_map(|stop| stop.views.iter().copied()).collect();
            let all = views.len();
            views.sort_unstable();
            views.dedup();
            prop_assert_eq!(views.len(), all);
            for stop in &stops {
                prop_assert!(stop.views.iter().all(|&view| lanes[view] == stop.lane));
                prop_assert!(stop.blocks.iter().all(|block| stop.views.contains(&block.view)));
            }
        }

        #[test]
        fn links_of_a_lane_begin_in_order_and_apart((strip, lanes) in any_strip()) {
            let stops = stops_of(&strip, &lanes);
            for lane in [Lane::First, Lane::Second] {
                let begin: Vec<f64> = stops.iter().filter(|stop| stop.lane == lane).map(|stop| stop.from).collect();
                prop_assert!(begin.windows(2).all(|two| (two[1] - two[0]) * ROOM.width >= BETWEEN_STOPS));
            }
        }
    }
}
