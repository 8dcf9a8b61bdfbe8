//! The strip: a session drawn in true time, a row's picture in the list. Drawn large it is the ribbon.

use leptos::prelude::*;

use super::{
    marks::{Block, Mark, blocks, marks},
    percent,
    scale::{Room, Scale},
    shapes::{Band, Look, MarkSize, draw_base, draw_fold, draw_seam, look, mark_class, mark_lines},
};
use crate::{
    format::{duration, strip_sentence},
    models::{
        session::Session,
        strip::{Strip, StripView},
    },
};

const ROOM: Room = Room { width: 152.0, least: 4.0, fold: 12.0, marks: 4.0, full_at_ms: Some(600_000) };
const HEIGHT: u32 = 20;
const BAND: Band = Band { top: 5, height: 10 };
/// Where marks begin from the top, in pixels: those above, those below.
const MARKS: (u32, u32) = (0, 16);

/// A session's strip, with a sentence that says what it shows. The row that it stands in is one link, so that nothing in it
/// is.
#[component]
pub fn SessionStrip(
    /// The session.
    session: Session,
) -> impl IntoView {
    let strip = &session.strip;
    let label = strip_sentence(&session, strip);
    let scale = Scale::new(strip, ROOM);
    let bodies: Vec<_> = blocks(strip, &scale, ROOM).iter().map(|block| draw_block(block, strip)).collect();
    let seams: Vec<_> = strip.views.iter().skip(1).map(|view| draw_seam(scale.at(view.from_ms), BAND)).collect();
    let folds: Vec<_> = scale.folds.iter().map(|fold| draw_fold(fold, BAND, false)).collect();
    let marks: Vec<_> = marks(strip, &scale, ROOM).iter().map(draw_mark).collect();
    view! {
        <svg class="strip" role="img" aria-label=label width="100%" height=HEIGHT>
            {draw_base(BAND)}{bodies}{seams}{folds}{marks}
        </svg>
    }
}

fn draw_block(block: &Block, strip: &Strip) -> AnyView {
    let Some(view) = strip.views.get(block.view) else { return ().into_any() };
    let Look { class, fill, x, width } = look(block, &view.path);
    view! {
        <rect class=class fill=fill x=x width=width y=BAND.top height=BAND.height><title>{block_title(view)}</title></rect>
    }
    .into_any()
}

fn block_title(view: &StripView) -> String {
    match view.open_ms {
        Some(open) => format!("{}: open {}", view.path, duration(open)),
        None => format!("{}: not measured", view.path),
    }
}

fn draw_mark(mark: &Mark) -> AnyView {
    let top = if mark.kind.is_below() { MARKS.1 } else { MARKS.0 };
    let lines = mark_lines(mark.kind, MarkSize::Small);
    view! { <svg class=mark_class(mark.kind) x=percent(mark.at) y=top overflow="visible"><path d=lines/></svg> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::{super::marks::MarkKind, *};
    use crate::models::{
        event::EventKind,
        samples::{self, view},
        strip::StripMark,
    };

    fn html(strip: Strip) -> String {
        let session = Session { pages: 2, strip, ..samples::session(1) };
        Owner::new().with(|| view! { <SessionStrip session/> }.to_html())
    }

    #[test]
    fn a_strip_says_in_words_what_it_shows() {
        let html = html(Strip { views: vec![view("/", 0, 20), view("/pricing", 20, 40)], marks: vec![] });
        assert!(html.contains("role=\"img\""), "{html}");
        assert!(
            html.contains("2 pages: / open 20 s, /pricing open 40 s; 0 events; 1\u{a0}min (1\u{a0}min active)"),
            "{html}"
        );
    }

    #[test]
    fn a_strip_leads_nowhere_and_needs_no_inline_style() {
        let html = html(Strip { views: vec![view("/", 0, 20), view("/", 200, 40)], marks: vec![] });
        assert!(html.contains("3 min without activity"), "{html}");
        assert!(!html.contains("<a") && !html.contains("style="), "{html}");
    }

    #[test]
    fn an_error_has_another_shape_than_friction() {
        let marks = [(5_000, EventKind::RageClick), (15_000, EventKind::Error)]
            .map(|(at_ms, kind)| StripMark { at_ms, kind })
            .to_vec();
        let html = html(Strip { views: vec![view("/", 0, 20)], marks });
        for kind in [EventKind::RageClick, EventKind::Error].map(MarkKind::from) {
            let (class, lines) = (mark_class(kind), mark_lines(kind, MarkSize::Small));
            assert!(html.contains(&format!("class=\"{class}\"")) && html.contains(lines), "{kind:?} in {html}");
        }
    }
}
