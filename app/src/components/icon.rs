//! Icons: 16 px, stroke 1.5, drawn for Pulse. They never stand alone: a word is always beside them.

use leptos::prelude::*;

use super::markup::Markup;
use crate::{
    hooks::Theme,
    models::{event::EventKind, session::Device},
};

/// An icon from the lines of its path.
#[component]
pub fn Icon(
    /// The path's data on a square of 16.
    lines: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=lines/></svg>
    }
}

/// The same as a piece of HTML.
pub fn icon_markup(lines: &'static str) -> Markup {
    let path = Markup::element("path", &[("d", lines)], Markup::default());
    let attributes = [
        ("class", "icon"),
        ("width", "16"),
        ("height", "16"),
        ("viewBox", "0 0 16 16"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    Markup::element("svg", &attributes, path)
}

/// What happened.
pub fn event_lines(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Click => "M4 2.5l8.5 4.5-3.6 1.2L7.5 12z",
        EventKind::Outbound => "M6 3H3v10h10v-3M9 3h4v4M13 3L7.5 8.5",
        EventKind::Download => "M8 2.5v7.5M4.75 7L8 10.25 11.25 7M3 13.25h10",
        EventKind::FormStart => "M3 13l.75-3.25L10.5 3 13 5.5l-6.75 6.75zM9 4.5L11.5 7",
        EventKind::Form => "M2.75 8.25l3.5 3.5 7-7.5",
        EventKind::Custom => "M8 2.5l5.5 5.5L8 13.5 2.5 8z",
        EventKind::RageClick => "M9 1.75L3.5 9H8l-1 5.25L12.5 7H8z",
        EventKind::DeadClick => "M4 2.5l8.5 4.5-3.6 1.2L7.5 12zM2.5 13.5l11-11",
        EventKind::QuickBack => "M6 3.5L2.75 6.75 6 10M3 6.75h6.5a3.25 3.25 0 010 6.5H7",
        EventKind::Error => "M8 2.5l6 11H2zM8 6.5v3.25M8 11.6v.15",
        EventKind::NotFound => "M4 2h5l3.25 3.25V14H4zM6.5 7.5l3 3M9.5 7.5l-3 3",
    }
}

/// What a session ran on.
pub fn device_lines(device: Device) -> &'static str {
    match device {
        Device::Desktop => "M2 3h12v8H2zM8 11v2.5M5.5 13.5h5",
        Device::Phone => "M5 1.75h6v12.5H5zM7.5 12.25h1",
        Device::Tablet => "M3.25 1.75h9.5v12.5h-9.5zM7.5 12.25h1",
        Device::Other => "M2 3.5h12v7.5H2zM5 13.5h6",
        Device::Unknown => "M6 6a2 2 0 113 1.75c-.7.4-1 .8-1 1.5M8 11.4v.1M14 8A6 6 0 112 8a6 6 0 0112 0z",
    }
}

/// Light or dark.
pub fn theme_lines(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "M2 3h12v8H2zM8 11v2.5M5.5 13.5h5",
        Theme::Light => {
            "M8 5a3 3 0 100 6 3 3 0 000-6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"
        }
        Theme::Dark => "M13.25 9.5A5.75 5.75 0 116.5 2.75a4.5 4.5 0 006.75 6.75z",
    }
}

/// To the page before.
pub const BACK_LINES: &str = "M10 3L5 8l5 5";
/// To the page after.
pub const ON_LINES: &str = "M6 3l5 5-5 5";
/// To take something away.
pub const CLOSE_LINES: &str = "M4.5 4.5l7 7M11.5 4.5l-7 7";
/// A flag: what is to be reached.
pub const GOAL_LINES: &str = "M4 14V2.5M4 3h8.5L10 6l2.5 3H4";
/// To put something in addition.
pub const PLUS_LINES: &str = "M8 3.5v9M3.5 8h9";
