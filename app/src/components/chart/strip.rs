//! The strip: a session drawn in true time. In the list a row's picture, on the session's page the ribbon.

use leptos::prelude::*;

use super::{
    hue::{hue, hue_class},
    marks::{Block, Mark, Shade, blocks, marks},
    pattern::hatch,
    percent,
    scale::{Fold, Room, Scale},
};
use crate::{
    format::{duration, strip_sentence},
    models::{
        session::Session,
        strip::{Strip, StripView},
    },
};

/// The two sizes of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripSize {
    /// A row of the list: 20 px high, as wide as its cell.
    Row,
    /// The ribbon: 56 px high, as wide as the page.
    Ribbon,
}

/// Where things lie, in pixels from the top.
struct Lanes {
    height: u32,
    block: (u32, u32),
    event: u32,
    friction: u32,
}

impl StripSize {
    fn room(self) -> Room {
        match self {
            Self::Row => Room { width: 152.0, least: 4.0, fold: 12.0, full_at_ms: Some(600_000) },
            Self::Ribbon => Room { width: 720.0, least: 8.0, fold: 72.0, full_at_ms: None },
        }
    }

    fn lanes(self) -> Lanes {
        match self {
            Self::Row => Lanes { height: 20, block: (5, 10), event: 2, friction: 16 },
            Self::Ribbon => Lanes { height: 56, block: (12, 30), event: 5, friction: 46 },
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Row => "strip",
            Self::Ribbon => "strip ribbon",
        }
    }
}

/// A session's strip, with a sentence that says what it shows.
#[component]
pub fn SessionStrip(
    /// The session.
    session: Session,
    /// How large.
    size: StripSize,
) -> impl IntoView {
    let label = strip_sentence(&session);
    let strip = session.strip;
    let room = size.room();
    let lanes = size.lanes();
    let scale = Scale::new(&strip, room);
    let base = view! { <line class="strip-base" x1="0" x2="100%" y1=lanes.block.0 + lanes.block.1 / 2 y2=lanes.block.0 + lanes.block.1 / 2/> };
    let bodies: Vec<_> =
        blocks(&strip, &scale, room).into_iter().map(|block| draw_block(&block, &strip, &lanes)).collect();
    let seams: Vec<_> = strip.views.iter().skip(1).map(|view| draw_seam(scale.at(view.from_ms), &lanes)).collect();
    let folds: Vec<_> = scale.folds.iter().map(|fold| draw_fold(fold, size, &lanes)).collect();
    let marks: Vec<_> = marks(&strip, &scale, room).into_iter().map(|mark| draw_mark(mark, size, &lanes)).collect();
    view! {
        <svg class=size.class() role="img" aria-label=label width="100%" height=lanes.height>
            {base}{bodies}{seams}{folds}{marks}
        </svg>
    }
}

fn draw_block(block: &Block, strip: &Strip, lanes: &Lanes) -> AnyView {
    let Some(view) = strip.views.get(block.view) else { return ().into_any() };
    let (shade, fill) = match block.shade {
        Shade::Active => ("active", None),
        Shade::Idle => ("idle", None),
        Shade::Hidden => ("hidden", Some(hatch(hue(&view.path)))),
        Shade::Unknown => ("unknown", None),
    };
    view! {
        <rect class=format!("strip-block {shade} {}", hue_class(&view.path)) fill=fill
            x=percent(block.from) width=percent(block.to - block.from) y=lanes.block.0 height=lanes.block.1>
            <title>{block_title(view)}</title>
        </rect>
    }
    .into_any()
}

fn block_title(view: &StripView) -> String {
    match view.open_ms {
        Some(open) => format!("{}: open {}", view.path, duration(open)),
        None => format!("{}: not measured", view.path),
    }
}

/// A line of the ground's colour between two pages.
fn draw_seam(at: f64, lanes: &Lanes) -> AnyView {
    view! { <line class="strip-seam" x1=percent(at) x2=percent(at) y1=lanes.block.0 y2=lanes.block.0 + lanes.block.1/> }
        .into_any()
}

fn draw_fold(fold: &Fold, size: StripSize, lanes: &Lanes) -> AnyView {
    let length = duration(fold.to_ms - fold.from_ms);
    let middle = percent((fold.from + fold.to) / 2.0);
    let wide = percent(fold.to - fold.from);
    let (top, high) = lanes.block;
    // Two strokes across the axis are the field's sign for a broken scale; the ribbon has room for the length.
    let roomy = size == StripSize::Ribbon && (fold.to - fold.from) * size.room().width >= 60.0;
    let rough: String = length.split(' ').take(2).collect::<Vec<_>>().join(" ");
    view! {
        <g class="strip-fold">
            <rect class="strip-fold-ground" x=percent(fold.from) width=wide y=top height=high><title>{format!("{length} without activity")}</title></rect>
            {if roomy {
                view! { <text class="strip-fold-length" x=middle y=top + high / 2 + 4 text-anchor="middle">{rough}</text> }.into_any()
            } else {
                view! { <svg class="strip-fold-sign" x=middle y=top overflow="visible"><path d=format!("M-3 {high}L0 0M0 {high}L3 0")/></svg> }.into_any()
            }}
        </g>
    }
    .into_any()
}

fn draw_mark(mark: Mark, size: StripSize, lanes: &Lanes) -> AnyView {
    let at = percent(mark.at);
    match (mark.friction, size) {
        (false, StripSize::Row) => view! { <circle class="strip-event" cx=at cy=lanes.event r="1.5"/> }.into_any(),
        (false, StripSize::Ribbon) => view! { <circle class="strip-event" cx=at cy=lanes.event r="2.5"/> }.into_any(),
        (true, StripSize::Row) => {
            view! { <svg class="strip-friction" x=at y=lanes.friction overflow="visible"><path d="M-3 4L0 0L3 4Z"/></svg> }.into_any()
        }
        (true, StripSize::Ribbon) => {
            view! { <svg class="strip-friction" x=at y=lanes.friction overflow="visible"><path d="M-5 8L0 0L5 8Z"/></svg> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::samples::{self, view};

    fn html(session: Session, size: StripSize) -> String {
        Owner::new().with(|| view! { <SessionStrip session size/> }.to_html())
    }

    #[test]
    fn a_strip_says_in_words_what_it_shows() {
        let strip = Strip { views: vec![view("/", 0, 20), view("/pricing", 20, 40)], marks: vec![] };
        let html = html(Session { pages: 2, strip, ..samples::session(1) }, StripSize::Row);
        assert!(html.contains("role=\"img\""), "{html}");
        assert!(
            html.contains("2 pages: / open 20 s, /pricing open 40 s; 0 events; 1\u{a0}min (1\u{a0}min active)"),
            "{html}"
        );
    }

    #[test]
    fn the_ribbon_writes_the_length_of_a_fold_and_needs_no_inline_style() {
        let strip = Strip { views: vec![view("/", 0, 20), view("/", 200, 40)], marks: vec![] };
        let html = html(Session { strip, ..samples::session(1) }, StripSize::Ribbon);
        assert!(html.contains(">3 min<"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
