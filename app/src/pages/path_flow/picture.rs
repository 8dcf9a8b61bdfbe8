//! The paths as a picture. The table beside it says the same, so screen readers and the keyboard need none of it.

use leptos::prelude::*;

use super::{
    layout::{Band, HEIGHT, Layout, NODE, Node, WIDTH, layout},
    links::Links,
};
use crate::{
    components::chart::{hue::hue_class, shapes::tip},
    format::{count, step_page_words},
    models::{
        paths::{FlowStep, PathFlow, Spot},
        query::SessionQuery,
    },
};

/// The longest name beside a row, in characters.
const NAME_CHARS: usize = 18;

/// The drawing: rows of pages, and between them bands as high as their sessions are many.
pub(super) fn picture(query: &SessionQuery, flow: &PathFlow) -> AnyView {
    let links = Links { query, anchor: &flow.anchor, steps: &flow.steps };
    let Layout { nodes, bands } = layout(&flow.steps, flow.anchor.is_back());
    let bands: Vec<_> = bands.into_iter().map(|band| draw_band(links, band)).collect();
    let nodes: Vec<_> = nodes
        .into_iter()
        .enumerate()
        .flat_map(|(at, nodes)| nodes.into_iter().map(move |node| draw_node(links, at, node)))
        .collect();
    let view_box = format!("0 -4 {WIDTH} {}", HEIGHT + 8.0);
    // Where it is wider than its place, the keyboard moves it too.
    view! {
        <div class="flow-picture" tabindex="0" role="group" aria-label="The paths as a picture: the table says the same">
            <svg viewBox=view_box aria-hidden="true" focusable="false">{bands}{nodes}</svg>
        </div>
    }
    .into_any()
}

fn draw_band(links: Links<'_>, band: Band) -> AnyView {
    let Band { at, onward, path } = band;
    let name = |at: usize, spot: Spot| spot_words(links.steps.get(at), spot);
    let (from, to) = (name(at, onward.from), name(at + 1, onward.to));
    let (from, to) = if links.anchor.is_back() { (to, from) } else { (from, to) };
    let words = format!("{from} → {to}: {}", count(onward.sessions, "session", "sessions"));
    let class = if onward.to == Spot::Nothing { "flow-band ended" } else { "flow-band" };
    let shape = view! { <path class=class d=path/> }.into_any();
    link(links.onward(at, onward).list_href(), &words, shape)
}

fn draw_node(links: Links<'_>, at: usize, node: Node) -> AnyView {
    let Node { spot, x, y, height } = node;
    let step = links.steps.get(at);
    let page = page_of(step, spot);
    let name = page.map_or_else(|| spot_words(step, spot), |page| page.to_owned());
    let sessions = match spot {
        Spot::Page(_) => step.and_then(|step| place(step, spot)).map_or(0, |page| page.sessions),
        Spot::Others | Spot::Nothing => step.map_or(0, |step| step.others),
    };
    let class = page.map_or_else(|| "flow-node others".to_owned(), |page| format!("flow-node {}", hue_class(page)));
    let number = |number: f64| format!("{number:.1}");
    let (name_x, name_y) = (number(x + NODE + 4.0), number(y + height.max(12.0) / 2.0 + 4.0));
    let shape = view! {
        <g>
            <rect class=class x=number(x) y=number(y) width=number(NODE) height=number(height) rx="2"/>
            <text class="flow-name" x=name_x y=name_y>{short(&name)}</text>
        </g>
    };
    let words = format!("{name}: {}", count(sessions, "session", "sessions"));
    link(links.row(at, spot).list_href(), &words, shape.into_any())
}

/// A link that the keyboard passes over: the table has one of the same.
fn link(href: String, words: &str, shape: AnyView) -> AnyView {
    // The link is all that its group has: among other children the macro takes it for HTML's, which draws nothing here.
    view! { <g><a href=href tabindex="-1">{tip(words)}{shape}</a></g> }.into_any()
}

fn place(step: &FlowStep, spot: Spot) -> Option<&crate::models::paths::StepPage> {
    let Spot::Page(place) = spot else { return None };
    step.pages.get(usize::try_from(place).ok()?)
}

fn page_of(step: Option<&FlowStep>, spot: Spot) -> Option<&str> {
    step.and_then(|step| place(step, spot)).map(|page| page.path.as_str())
}

fn spot_words(step: Option<&FlowStep>, spot: Spot) -> String {
    match spot {
        Spot::Page(_) => page_of(step, spot).unwrap_or_default().to_owned(),
        Spot::Others => {
            step.map_or_else(|| "another page".to_owned(), |step| count(step.other_pages, "other page", "other pages"))
        }
        Spot::Nothing => step_page_words(""),
    }
}

/// A path that fits: its end tells pages apart better than its beginning.
fn short(path: &str) -> String {
    let chars = path.chars().count();
    if chars <= NAME_CHARS {
        return path.to_owned();
    }
    std::iter::once('…').chain(path.chars().skip(chars + 1 - NAME_CHARS)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_their_end() {
        assert_eq!(short("/lamps"), "/lamps");
        assert_eq!(short("/lamps/of-oak/and-of-glass"), "…-oak/and-of-glass");
    }
}
