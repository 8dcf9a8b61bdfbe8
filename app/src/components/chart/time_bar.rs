//! A page's time as a bar: active, visible beyond that, hidden beyond that.

use leptos::prelude::*;

use super::{
    hue::{hue, hue_class},
    pattern::hatch,
    percent,
};
use crate::models::timeline::PageTime;

/// The parts of a bar, each from 0 to 1 of the width.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parts {
    active: f64,
    visible: f64,
    open: f64,
    /// Whether hidden time goes on beyond the drawing.
    cut: bool,
}

/// The length that fills a bar: the longest open time, but at most three times the longest visible one, so that an
/// hour in the background does not make what was read invisible.
pub fn full_bar_ms(times: impl IntoIterator<Item = PageTime>) -> u64 {
    let (mut open_most, mut visible_most) = (0, 0);
    for time in times {
        if let PageTime::Measured { open_ms, visible_ms, .. } = time {
            open_most = open_most.max(open_ms);
            visible_most = visible_most.max(visible_ms);
        }
    }
    open_most.min(visible_most.max(1_000).saturating_mul(3)).max(1)
}

fn parts(active_ms: u64, visible_ms: u64, open_ms: u64, full_ms: u64) -> Parts {
    let share = |ms: u64| (ms as f64 / full_ms.max(1) as f64).min(1.0);
    Parts { active: share(active_ms), visible: share(visible_ms), open: share(open_ms), cut: open_ms > full_ms }
}

/// The bar of one page; says nothing that the text beside it does not, so it is hidden from screen readers.
#[component]
pub fn TimeBar(
    /// The page's path, for its colour.
    path: String,
    /// Active time in milliseconds.
    active_ms: u64,
    /// Visible time in milliseconds.
    visible_ms: u64,
    /// Open time in milliseconds.
    open_ms: u64,
    /// The length that fills the bar, the same for all pages of a session.
    full_ms: u64,
) -> impl IntoView {
    let parts = parts(active_ms, visible_ms, open_ms, full_ms);
    let class = hue_class(&path);
    view! {
        <svg class="time-bar" width="100%" height="8" aria-hidden="true" focusable="false">
            <rect class=format!("strip-block hidden {class}") fill=hatch(hue(&path)) x=percent(parts.visible) width=percent((parts.open - parts.visible).max(0.0)) height="8"/>
            <rect class=format!("strip-block idle {class}") x=percent(parts.active) width=percent((parts.visible - parts.active).max(0.0)) height="8"/>
            <rect class=format!("strip-block active {class}") width=percent(parts.active) height="8"/>
            {parts.cut.then(|| view! { <svg class="strip-fold-sign" x="97%" overflow="visible"><path d="M-3 8L0 0M0 8L3 0"/></svg> })}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_bar_keeps_active_within_visible_within_open(a in 0u64..1_000_000, b in 0u64..1_000_000, c in 0u64..1_000_000, full in 1u64..1_000_000) {
            let parts = parts(a, a + b, a + b + c, full);
            prop_assert!(parts.active <= parts.visible && parts.visible <= parts.open && parts.open <= 1.0);
        }
    }

    #[test]
    fn an_hour_in_the_background_leaves_what_was_read_visible() {
        let time = |active_ms, visible_ms, open_ms| PageTime::Measured { active_ms, visible_ms, open_ms };
        let full = full_bar_ms([time(20_000, 30_000, 30_000), time(10_000, 10_000, 3_600_000)]);
        assert_eq!(full, 90_000);
        assert!(parts(10_000, 10_000, 3_600_000, full).cut);
        assert_eq!(full_bar_ms([]), 1);
    }
}
