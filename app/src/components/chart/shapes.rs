//! The shapes that the strip and the ribbon are drawn with.

use leptos::{prelude::*, svg};

use super::{
    hue::{hue, hue_class},
    marks::{Block, MarkKind, Shade},
    pattern::hatch,
    percent,
    scale::Fold,
};
use crate::format::duration;

/// From where to where something reaches from top to bottom, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) top: u32,
    pub(super) height: u32,
}

/// How large marks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkSize {
    /// 4 px high, for rows of the list.
    Small,
    /// 8 px high, for the ribbon.
    Large,
}

/// The attributes of a block's rectangle. Whether it says what it is, or what it stands in does, is the drawing's.
pub(super) struct Look {
    pub(super) class: String,
    pub(super) fill: Option<String>,
    pub(super) x: String,
    pub(super) width: String,
}

/// How a block of a page with this path looks.
pub(super) fn look(block: &Block, path: &str) -> Look {
    let (shade, fill) = match block.shade {
        Shade::Active => ("active", None),
        Shade::Idle => ("idle", None),
        Shade::Hidden => ("hidden", Some(hatch(hue(path)))),
        Shade::Unknown => ("unknown", None),
    };
    Look {
        class: format!("strip-block {shade} {}", hue_class(path)),
        fill,
        x: percent(block.from),
        width: percent(block.to - block.from),
    }
}

/// The line that page views lie on.
pub(super) fn draw_base(band: Band) -> AnyView {
    let y = band.top + band.height / 2;
    view! { <line class="strip-base" x1="0" x2="100%" y1=y y2=y/> }.into_any()
}

/// A line of the ground's colour between two pages.
pub(super) fn draw_seam(at: f64, band: Band) -> AnyView {
    view! { <line class="strip-seam" x1=percent(at) x2=percent(at) y1=band.top y2=band.top + band.height/> }.into_any()
}

/// What a shape says to the pointer. Not `<title>` in the view: among other children the macro takes it for HTML's, which
/// says nothing inside a drawing.
pub(crate) fn tip(words: &str) -> AnyView {
    svg::title().child(words.to_owned()).into_any()
}

/// Folded time. Two strokes across the axis are the field's sign for a broken scale; with room it has its length.
pub(super) fn draw_fold(fold: &Fold, band: Band, has_room: bool) -> AnyView {
    let length = duration(fold.to_ms - fold.from_ms);
    let middle = percent((fold.from + fold.to) / 2.0);
    let wide = percent(fold.to - fold.from);
    let Band { top, height } = band;
    let rough: String = length.split(' ').take(2).collect::<Vec<_>>().join(" ");
    view! {
        <g class="strip-fold">
            {tip(&format!("{length} without activity"))}
            <rect class="strip-fold-ground" x=percent(fold.from) width=wide y=top height=height/>
            {if has_room {
                view! { <text class="strip-fold-length" x=middle y=top + height / 2 + 4 text-anchor="middle">{rough}</text> }.into_any()
            } else {
                view! { <svg class="strip-fold-sign" x=middle y=top overflow="visible"><path d=format!("M-3 {height}L0 0M0 {height}L3 0")/></svg> }.into_any()
            }}
        </g>
    }
    .into_any()
}

/// The class of a mark: its colour, and whether it is filled.
pub(super) fn mark_class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Click => "strip-click",
        MarkKind::Event => "strip-event",
        MarkKind::Friction => "strip-friction",
        MarkKind::Error => "strip-error",
    }
}

/// The path of a mark: its middle across is 0, its upper edge as well.
pub(super) fn mark_lines(kind: MarkKind, size: MarkSize) -> &'static str {
    match (size, kind) {
        // Too small for two shapes.
        (MarkSize::Small, MarkKind::Click | MarkKind::Event) => "M-1.5 2a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0z",
        (MarkSize::Small, MarkKind::Friction) => "M-3 4L0 0L3 4z",
        (MarkSize::Small, MarkKind::Error) => "M-2 0L2 4M2 0L-2 4",
        (MarkSize::Large, MarkKind::Click) => "M-2.5 4a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
        (MarkSize::Large, MarkKind::Event) => "M-3 1H3V7H-3z",
        (MarkSize::Large, MarkKind::Friction) => "M-5 8L0 0L5 8z",
        (MarkSize::Large, MarkKind::Error) => "M-3.5 0.5L3.5 7.5M3.5 0.5L-3.5 7.5",
    }
}
