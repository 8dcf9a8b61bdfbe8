//! How often an event happened in each part of the period, as small bars.

use leptos::prelude::*;

use crate::{format::thousands, models::events::TREND};

const WIDTH: usize = 5;
const HEIGHT: f64 = 24.0;

/// The drawing, on a scale of its own: how it went is asked, how often stands beside it. What it says in words is its name.
pub(super) fn trend(course: &[u32]) -> AnyView {
    let peak = course.iter().copied().max().unwrap_or_default();
    let bars = course.iter().enumerate().filter(|&(_, &times)| times > 0).map(|(at, &times)| {
        // What happened once still shows.
        let height = (f64::from(times) / f64::from(peak.max(1)) * HEIGHT).max(1.5);
        let (x, y, width) = (at * WIDTH, format!("{:.1}", HEIGHT - height), WIDTH - 1);
        view! { <rect x=x.to_string() y=y width=width.to_string() height=format!("{height:.1}")/> }
    });
    let bars: Vec<_> = bars.collect();
    let name = format!("At most {} times in a {TREND}th of the period", thousands(peak.into()));
    let view_box = format!("0 0 {} {HEIGHT}", TREND * WIDTH);
    view! {
        <svg class="trend" role="img" aria-label=name width=(TREND * WIDTH).to_string() height=HEIGHT.to_string() viewBox=view_box>{bars}</svg>
    }
    .into_any()
}
