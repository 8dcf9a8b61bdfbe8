//! A session in a sentence: what the drawing shows, for those who do not see it, and what the detail page begins with.

use super::{count, device, duration};
use crate::models::{
    session::{Device, Session, SessionState},
    source::Channel,
    strip::Strip,
};

/// How many pages of a strip are named; the rest is counted.
const NAMED_PAGES: usize = 5;

/// The facts of a strip: pages with their open times, in order, and how many events and problems there were.
pub fn strip_sentence(session: &Session) -> String {
    let Strip { views, marks } = &session.strip;
    let pages: Vec<_> = views.iter().take(NAMED_PAGES).map(|view| match view.open_ms {
        Some(ms) => format!("{} open {}", view.path, duration(ms)),
        None => format!("{} not measured", view.path),
    }).collect();
    let more = (session.pages as usize).saturating_sub(pages.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let friction = marks.iter().filter(|mark| mark.kind.is_friction()).count() as u64;
    let friction = if friction > 0 { format!(", {}", count(friction, "problem", "problems")) } else { String::new() };
    format!(
        "{}: {}{more}; {}{friction}; {}",
        count(session.pages.into(), "page", "pages"),
        pages.join(", "),
        count(session.events.into(), "event", "events"),
        time_words(session),
    )
}

/// The session as one would tell it: where from, on what, how much and for how long, where to.
pub fn summary(session: &Session) -> String {
    let problems = session.strip.marks.iter().filter(|mark| mark.kind.is_friction()).count() as u64;
    let problems = if problems > 0 { format!(", met {}", count(problems, "problem", "problems")) } else { String::new() };
    let place = session.country.map(|country| format!(" in {}", country.name_in_text())).unwrap_or_default();
    let whole = format!(
        "{}{}{place}, opened {} and was there for {}{problems}",
        came_from(session),
        on_what(session),
        count(session.pages.into(), "page", "pages"),
        time_words(session),
    );
    match session.state {
        SessionState::Now => format!("{whole}. Now on {}.", session.last_page),
        SessionState::Open => format!("{whole}. Last seen on {}; the session can still go on.", session.last_page),
        SessionState::Closed => format!("{whole}, and left on {}.", session.last_page),
    }
}

fn came_from(session: &Session) -> String {
    match session.source.channel {
        Channel::Direct => "Came directly".into(),
        Channel::Resumed => "Came back to an open tab".into(),
        _ => format!("Came from {}", session.source.name),
    }
}

fn on_what(session: &Session) -> String {
    let with = match (&session.browser, &session.os) {
        (Some(browser), Some(os)) => format!(" with {browser} on {os}"),
        (Some(browser), None) => format!(" with {browser}"),
        (None, Some(os)) => format!(" with {os}"),
        (None, None) => String::new(),
    };
    match session.device {
        Device::Other => format!(" on another kind of device{with}"),
        Device::Unknown => format!(" on an unknown device{with}"),
        known => format!(" on a {}{with}", device(known).to_lowercase()),
    }
}

fn time_words(session: &Session) -> String {
    match session.active_ms {
        Some(active) => format!("{} ({} active)", duration(session.duration_ms), duration(active)),
        None => "a time that was not measured".into(),
    }
}
