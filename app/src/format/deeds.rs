//! What was done on a page view, in words.

use super::{conditions::property_value_words, duration::duration, words::event_kind};
use crate::models::{
    event::EventKind,
    query::{Act, Bounds, Deed, Property},
};

/// It as it stands within a sentence: `friction on /lamps`, `view of /lamps after /`, `click Buy to /cart on /lamps`.
pub(super) fn deed_words(deed: &Deed) -> String {
    let page = if deed.page.is_empty() { "any page" } else { &deed.page };
    let view = |rest: String| format!("view of {page}{rest}");
    let beside = |way: &str, other: &str, none: &str| {
        view(if other.is_empty() { none.to_owned() } else { format!(" {way} {other}") })
    };
    let what = match &deed.act {
        Act::View => return view(String::new()),
        Act::After(other) => return beside("after", other, " at the beginning"),
        Act::Before(other) => return beside("before", other, " at the end"),
        Act::Depth(bounds) => return view(format!(", {} seen", depth_words(*bounds))),
        Act::Active(bounds) => return view(format!(", active {}", active_words(*bounds))),
        Act::Friction => "friction".to_owned(),
        Act::Errors => "error".to_owned(),
        Act::Event(called) => event_words(called.kind, &called.name),
        Act::Exactly { kind, name, target } => {
            let unnamed = if name.is_empty() && kind.is_click() { " without a name" } else { "" };
            let to = if target.is_empty() { "" } else { " to " };
            format!("{}{unnamed}{to}{target}", event_words(*kind, name))
        }
        Act::Property(Property { event, key }, value) => {
            let event = event_words(EventKind::Custom, event);
            format!("{event} with {key} {}", property_value_words(value))
        }
    };
    if deed.page.is_empty() { what } else { format!("{what} on {page}") }
}

/// What happened: `click Buy`, `event signup`. What goes by its kind is called like it.
fn event_words(kind: EventKind, name: &str) -> String {
    let words = event_kind(kind);
    if name.is_empty() || (kind != EventKind::Custom && name == kind.as_ref()) {
        return words.to_owned();
    }
    format!("{words} {name}")
}

/// A share of a page's height: `10 % to 20 %`.
pub fn depth_words(bounds: Bounds) -> String {
    bounds_words(bounds, &|percent| format!("{percent}\u{a0}%"))
}

/// Active time: `under 5 s`.
pub fn active_words(bounds: Bounds) -> String {
    bounds_words(bounds, &|seconds| duration(u64::from(seconds) * 1000))
}

fn bounds_words(Bounds { from, below }: Bounds, words: &dyn Fn(u32) -> String) -> String {
    match (from, below) {
        (0, Some(below)) => format!("under {}", words(below)),
        (from, Some(below)) => format!("{} to {}", words(from), words(below)),
        (from, None) => format!("{} or more", words(from)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{
        format::filter_words,
        models::{events::Called, query::Filter},
    };

    fn exactly(kind: EventKind, name: &str, target: &str) -> Act {
        Act::Exactly { kind, name: name.into(), target: target.into() }
    }

    fn event(kind: EventKind, name: &str) -> Act {
        Act::Event(Called { kind, name: name.into() })
    }

    fn with_plan(value: &str) -> Act {
        Act::Property(Property { event: "signup".into(), key: "plan".into() }, value.into())
    }

    #[rstest]
    #[case("/lamps", Act::View, "View of /lamps")]
    #[case("/lamps", Act::After("/".into()), "View of /lamps after /")]
    #[case("/lamps", Act::After(String::new()), "View of /lamps at the beginning")]
    #[case("/lamps", Act::Before("/cart".into()), "View of /lamps before /cart")]
    #[case("/lamps", Act::Before(String::new()), "View of /lamps at the end")]
    #[case("/lamps", Act::Depth(Bounds::from(75)), "View of /lamps, 75\u{a0}% or more seen")]
    #[case("/lamps", Act::Depth(Bounds { from: 10, below: Some(20) }), "View of /lamps, 10\u{a0}% to 20\u{a0}% seen")]
    #[case("/lamps", Act::Active(Bounds { from: 0, below: Some(5) }), "View of /lamps, active under 5 s")]
    #[case("/lamps", Act::Friction, "Friction on /lamps")]
    #[case("", Act::Errors, "Error")]
    #[case("", event(EventKind::RageClick, "rage_click"), "Rage click")]
    #[case("/welcome", event(EventKind::Custom, "signup"), "Event signup on /welcome")]
    #[case("/lamps", exactly(EventKind::Click, "Buy", "/cart"), "Click Buy to /cart on /lamps")]
    #[case(
        "",
        exactly(EventKind::Outbound, "", "https://maker.example"),
        "Outbound link without a name to https://maker.example"
    )]
    #[case("/gone", exactly(EventKind::NotFound, "", ""), "Page not found on /gone")]
    #[case("", with_plan("pro"), "Event signup with plan pro")]
    #[case("", with_plan(""), "Event signup with plan empty")]
    fn in_words(#[case] page: &str, #[case] act: Act, #[case] words: &str) {
        let deed = Deed { page: page.into(), act };
        assert_eq!(filter_words(&Filter::Did { deed, not: false }), words);
    }

    #[test]
    fn what_nobody_did() {
        let deed = Deed { page: "/lamps".into(), act: Act::Friction };
        assert_eq!(filter_words(&Filter::Did { deed, not: true }), "No friction on /lamps");
    }
}
