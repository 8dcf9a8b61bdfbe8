//! The strip's scale: from milliseconds of a session to a place between 0 and 1.
//!
//! Time is drawn true, with two exceptions that keep a session readable: a page view is never narrower than the eye
//! can see, and a stretch in which nobody was active for longer than [`FOLD_FROM_MS`] is folded to a fixed width and
//! carries its length.

use crate::models::{
    span::Attention,
    strip::{Strip, StripView},
};

/// Inactive stretches longer than this are folded.
pub const FOLD_FROM_MS: u64 = 120_000;
/// How long the drawing of a page view is at the least, before the scale widens it further.
const LEAST_MS: u64 = 1_000;
/// How long a page view without a measured time is drawn, unless the next begins sooner.
const UNMEASURED_MS: u64 = 10_000;

/// How much room a drawing has. Units are pixels at the width that it is designed for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// The whole width.
    pub width: f64,
    /// The least width of a page view.
    pub least: f64,
    /// The width of a folded stretch.
    pub fold: f64,
    /// How far marks of one lane are apart; closer ones fall together.
    pub marks: f64,
    /// The length that fills the whole width; shorter sessions take less, by the square root, so that in a list long
    /// and short can be told apart. `None` always fills it.
    pub full_at_ms: Option<u64>,
}

/// A folded stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// Where it begins in time, in milliseconds.
    pub from_ms: u64,
    /// Where it ends.
    pub to_ms: u64,
    /// Where it begins on the drawing, from 0 to 1.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A monotone, piecewise linear scale over one session.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Times with their places, both ascending.
    points: Vec<(u64, f64)>,
    /// The folded stretches, in order.
    pub folds: Vec<Fold>,
}

struct Segment {
    from_ms: u64,
    to_ms: u64,
    folded: bool,
    least: f64,
}

impl Scale {
    /// Lays a session out in the room there is.
    pub fn new(strip: &Strip, room: Room) -> Self {
        let mut segments = segments(strip);
        let folds = segments.iter().filter(|segment| segment.folded).count() as f64;
        let linear_ms: u64 =
            segments.iter().filter(|segment| !segment.folded).map(|segment| segment.to_ms - segment.from_ms).sum();
        let width = used_width(room, linear_ms);
        let fold = room.fold.min(width * 0.4 / folds.max(1.0));
        let free = width - fold * folds;
        let starts = strip.views.len().max(1) as f64;
        let least = room.least.min(free * 0.8 / starts);
        for segment in &mut segments {
            let begins = strip.views.iter().any(|view| view.from_ms == segment.from_ms);
            segment.least = if begins { least } else { 0.0 };
        }
        let per_ms = stretch_factor(&segments, free);
        place(&segments, per_ms, fold, room.width)
    }

    /// The place of a moment, from 0 to 1. What lies outside of the session lands on its borders.
    pub fn at(&self, ms: u64) -> f64 {
        let after = self.points.partition_point(|&(time, _)| time <= ms);
        let before = after.checked_sub(1).and_then(|at| self.points.get(at));
        match (before, self.points.get(after)) {
            (Some(&(t0, x0)), Some(&(t1, x1))) => x0 + (x1 - x0) * ((ms - t0) as f64 / (t1 - t0) as f64),
            (Some(&(_, x)), None) => x,
            (None, _) => 0.0,
        }
    }
}

/// When the drawing of a page view ends, in milliseconds since the session started.
pub fn drawn_until(strip: &Strip, view: &StripView) -> u64 {
    let length = view.open_ms.unwrap_or_else(|| {
        let next = strip.views.iter().map(|other| other.from_ms).filter(|&from| from > view.from_ms).min();
        next.map_or(UNMEASURED_MS, |next| UNMEASURED_MS.min(next - view.from_ms))
    });
    view.from_ms.saturating_add(length.max(LEAST_MS))
}

/// The stretches in which somebody was active, or may have been: those are never folded.
fn lively(strip: &Strip) -> Vec<(u64, u64)> {
    let mut lively = Vec::new();
    for view in &strip.views {
        lively.push((view.from_ms, view.from_ms.saturating_add(LEAST_MS)));
        match view.open_ms {
            Some(open) if !view.spans.is_empty() => lively.extend(
                view.spans
                    .stretches(open)
                    .filter(|stretch| stretch.attention == Attention::Active && stretch.to > stretch.from)
                    .map(|stretch| {
                        (view.from_ms.saturating_add(stretch.from), view.from_ms.saturating_add(stretch.to))
                    }),
            ),
            _ => lively.push((view.from_ms, drawn_until(strip, view))),
        }
    }
    lively.sort_unstable();
    lively
}

/// The time axis cut wherever the scale may change: at page views' starts and at folds.
fn segments(strip: &Strip) -> Vec<Segment> {
    let last_view = strip.views.iter().map(|view| drawn_until(strip, view)).max().unwrap_or_default();
    let end = strip.marks.iter().map(|mark| mark.at_ms).fold(last_view, u64::max);
    let mut folds = Vec::new();
    let mut until = 0;
    for (from, to) in lively(strip).into_iter().chain([(end, end)]) {
        if from > until && from - until > FOLD_FROM_MS {
            folds.push((until, from));
        }
        until = until.max(to);
    }
    let starts = strip.views.iter().flat_map(|view| [view.from_ms, view.from_ms.saturating_add(LEAST_MS)]);
    let mut cuts: Vec<u64> = starts.chain(folds.iter().flat_map(|&(from, to)| [from, to])).chain([0, end]).collect();
    cuts.retain(|&cut| cut <= end);
    cuts.sort_unstable();
    cuts.dedup();
    let pairs = cuts.iter().zip(cuts.iter().skip(1));
    pairs
        .map(|(&from_ms, &to_ms)| {
            let folded = folds.iter().any(|&(from, to)| from <= from_ms && to_ms <= to);
            Segment { from_ms, to_ms, folded, least: 0.0 }
        })
        .collect()
}

fn used_width(room: Room, linear_ms: u64) -> f64 {
    match room.full_at_ms {
        Some(full) if linear_ms < full => room.width * (linear_ms as f64 / full as f64).sqrt().max(0.06),
        _ => room.width,
    }
}

/// How many units a millisecond gets so that all segments together, none below its least width, fill `free`.
/// The sum grows with the factor, so that halving finds it; forty halvings are finer than any screen.
fn stretch_factor(segments: &[Segment], free: f64) -> f64 {
    let total = |per_ms: f64| -> f64 {
        segments.iter().filter(|s| !s.folded).map(|s| ((s.to_ms - s.from_ms) as f64 * per_ms).max(s.least)).sum()
    };
    let (mut low, mut high) = (0.0, free);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if total(middle) > free { high = middle } else { low = middle }
    }
    low
}

fn place(segments: &[Segment], per_ms: f64, fold: f64, width: f64) -> Scale {
    let mut scale = Scale { points: vec![(0, 0.0)], folds: Vec::new() };
    let mut x = 0.0;
    for segment in segments {
        let from = x;
        let wide =
            if segment.folded { fold } else { ((segment.to_ms - segment.from_ms) as f64 * per_ms).max(segment.least) };
        x = (x + wide / width).min(1.0);
        scale.points.push((segment.to_ms, x));
        if segment.folded {
            scale.folds.push(Fold { from_ms: segment.from_ms, to_ms: segment.to_ms, from, to: x });
        }
    }
    scale
}
