//! Drawings of sessions and pages: SVG with coordinates in percent, so that one drawing fits every width without
//! being stretched, and no inline style is needed.

pub mod axis;
pub mod bars;
pub mod hue;
pub mod lanes;
pub mod legend;
pub mod marks;
pub mod pattern;
pub mod ribbon;
pub mod scale;
pub mod shapes;
pub mod stops;
pub mod strip;
pub mod time_bar;

/// A share of the width as an SVG coordinate: `12.34%`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}
