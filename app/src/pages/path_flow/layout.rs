//! Where the picture of the paths draws what, in its own units: plain arithmetic.

use crate::models::paths::{FlowStep, Onward, Spot};

/// Of the whole picture.
pub(super) const WIDTH: f64 = 700.0;
pub(super) const HEIGHT: f64 = 420.0;
/// Of a row.
pub(super) const NODE: f64 = 10.0;
/// What is left for the name beside the last one.
const NAME: f64 = 138.0;
/// The least that a row takes, so that its name has room.
const LEAST: f64 = 12.0;
const GAP: f64 = 6.0;
const COLUMNS: f64 = 4.0;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) spot: Spot,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) height: f64,
}

/// Sessions that go on, or end.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    /// From which step.
    pub(super) at: usize,
    pub(super) onward: Onward,
    pub(super) path: String,
}

/// Everything that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// By step.
    pub(super) nodes: Vec<Vec<Node>>,
    pub(super) bands: Vec<Band>,
}

/// The rows of each step from the top, the bands between them. Going back, the first step is the last column.
pub(super) fn layout(steps: &[FlowStep], is_back: bool) -> Layout {
    let most = steps.iter().map(rows).map(|rows| rows.len()).max().unwrap_or_default() as f64;
    let started = steps.first().map_or(1, |step| step.sessions.max(1)) as f64;
    let per_session = (HEIGHT - most * (LEAST + GAP)).max(0.0) / started;
    let x = |at: usize| {
        let column = at as f64 / COLUMNS;
        (if is_back { 1.0 - column } else { column }) * (WIDTH - NAME - NODE)
    };
    let nodes: Vec<Vec<Node>> = steps.iter().enumerate().map(|(at, step)| column(step, x(at), per_session)).collect();
    let mut bands = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let (Some(here), next) = (nodes.get(at), nodes.get(at + 1)) else { continue };
        bands.extend(between(at, step, here, next.map_or(&[][..], Vec::as_slice), per_session, is_back));
    }
    Layout { nodes, bands }
}

/// The rows of a step: its pages, and the others.
fn rows(step: &FlowStep) -> Vec<(Spot, u64)> {
    let pages = (0..).zip(&step.pages).map(|(place, page)| (Spot::Page(place), page.sessions));
    pages.chain((step.others > 0).then_some((Spot::Others, step.others))).collect()
}

fn column(step: &FlowStep, x: f64, per_session: f64) -> Vec<Node> {
    let mut y = 0.0;
    let place = |(spot, sessions): (Spot, u64)| {
        let node = Node { spot, x, y, height: (sessions as f64 * per_session).max(1.5) };
        y += node.height.max(LEAST) + GAP;
        node
    };
    rows(step).into_iter().map(place).collect()
}

/// The bands from one step to the next, each below the one before it at either end. What ends is a stub.
fn between(at: usize, step: &FlowStep, here: &[Node], next: &[Node], per_session: f64, is_back: bool) -> Vec<Band> {
    let find = |nodes: &[Node], spot: Spot| nodes.iter().position(|node| node.spot == spot);
    let mut left: Vec<f64> = here.iter().map(|node| node.y).collect();
    let mut right: Vec<f64> = next.iter().map(|node| node.y).collect();
    let mut bands = Vec::new();
    for &onward in &step.onward {
        let height = onward.sessions as f64 * per_session;
        let Some((from, y)) = find(here, onward.from).and_then(|row| here.get(row).zip(left.get_mut(row))) else {
            continue;
        };
        let start = (edge(from, !is_back), *y);
        *y += height;
        let path = match find(next, onward.to).and_then(|row| next.get(row).zip(right.get_mut(row))) {
            Some((to, y)) => {
                let end = (edge(to, is_back), *y);
                *y += height;
                ribbon(start, end, height)
            }
            None => stub(start, height, is_back),
        };
        bands.push(Band { at, onward, path });
    }
    bands
}

/// The right edge of a row, or the left one.
fn edge(node: &Node, is_right: bool) -> f64 {
    if is_right { node.x + NODE } else { node.x }
}

fn ribbon((x, y): (f64, f64), (to_x, to_y): (f64, f64), height: f64) -> String {
    let middle = f64::midpoint(x, to_x);
    let (below, to_below) = (y + height, to_y + height);
    format!(
        "M{x:.1} {y:.1}C{middle:.1} {y:.1} {middle:.1} {to_y:.1} {to_x:.1} {to_y:.1}V{to_below:.1}C{middle:.1} {to_below:.1} {middle:.1} {below:.1} {x:.1} {below:.1}Z"
    )
}

fn stub((x, y): (f64, f64), height: f64, is_back: bool) -> String {
    let length = if is_back { -14.0 } else { 14.0 };
    format!("M{x:.1} {y:.1}h{length}v{height:.1}h{:.1}Z", -length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::models::paths::StepPage;

    prop_compose! {
        fn any_step()(pages in prop::collection::vec(1u64..500, 1..=6), others in 0u64..500, ended in 0u64..3) -> FlowStep {
            let onward = |(from, &sessions): (Spot, &u64)| Onward { from, to: if ended == 0 { Spot::Nothing } else { Spot::Page(0) }, sessions };
            let spots: Vec<(Spot, u64)> = (0..).map(Spot::Page).zip(pages.clone()).chain((others > 0).then_some((Spot::Others, others))).collect();
            FlowStep {
                sessions: pages.iter().sum::<u64>() + others,
                pages: pages.iter().enumerate().map(|(at, &sessions)| StepPage { path: format!("/{at}"), sessions, conversions: None }).collect(),
                other_pages: u64::from(others > 0),
                others,
                onward: spots.iter().map(|(spot, sessions)| onward((*spot, sessions))).collect(),
            }
        }
    }

    proptest! {
        #[test]
        fn rows_stand_below_each_other_within_the_picture(mut steps in prop::collection::vec(any_step(), 1..=5), is_back in any::<bool>()) {
            // The first step has every session.
            steps.sort_by_key(|step| std::cmp::Reverse(step.sessions));
            let layout = layout(&steps, is_back);
            for nodes in &layout.nodes {
                for pair in nodes.windows(2) {
                    prop_assert!(pair[0].y + pair[0].height.max(LEAST) < pair[1].y);
                }
                for node in nodes {
                    prop_assert!(node.x >= 0.0 && node.x + NODE + NAME <= WIDTH + 0.1 && node.y + node.height <= HEIGHT + 0.1);
                }
            }
            prop_assert_eq!(layout.bands.len(), steps.iter().map(|step| step.onward.len()).sum::<usize>());
        }
    }

    #[test]
    fn going_back_the_first_step_is_on_the_right() {
        let step = FlowStep {
            sessions: 1,
            pages: vec![StepPage { path: "/".into(), sessions: 1, conversions: None }],
            ..FlowStep::default()
        };
        let steps = [step.clone(), step];
        let xs = |is_back| layout(&steps, is_back).nodes.iter().map(|nodes| nodes[0].x).collect::<Vec<_>>();
        assert!(xs(false)[0] < xs(false)[1] && xs(true)[0] > xs(true)[1]);
    }
}
