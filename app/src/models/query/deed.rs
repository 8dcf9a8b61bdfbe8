//! What sessions did on one of their page views, for conditions that say more than which pages and events they have.

use super::{
    Property,
    params::{joined, parts},
};
use crate::models::{event::EventKind, events::Called, pages::READ_FROM};

/// Something that is asked of one page view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deed {
    /// The path of its page; the empty one stands for any.
    pub page: String,
    /// What else.
    pub act: Act,
}

/// What is asked of a page view beside its page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Nothing.
    View,
    /// That this page came before it, where it is no reload; the empty one stands for none.
    After(String),
    /// That this page came after it, where that is no reload; the empty one stands for none.
    Before(String),
    /// That so much of its height was seen, in percent.
    Depth(Bounds),
    /// That it was active for so long, in seconds.
    Active(Bounds),
    /// That its visitor met an obstacle on it.
    Friction,
    /// That it failed.
    Errors,
    /// That this event happened on it.
    Event(Called),
    /// That exactly this happened on it.
    Exactly {
        /// What happened.
        kind: EventKind,
        /// What it is called; empty where it has no name.
        name: String,
        /// Where it leads; empty where it leads nowhere.
        target: String,
    },
    /// That an event with this value of a property happened on it.
    Property(Property, String),
}

/// From one number up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bounds {
    /// The first.
    pub from: u32,
    /// The first that does not belong to it, if there is one.
    pub below: Option<u32>,
}

impl Act {
    /// That its page counts as read.
    pub const READ: Self = Self::Depth(Bounds::from(READ_FROM as u32));
}

impl Bounds {
    /// All from this number on.
    pub const fn from(from: u32) -> Self {
        Self { from, below: None }
    }

    fn of_texts(from: &str, below: &str) -> Option<Self> {
        let below = if below.is_empty() { None } else { Some(below.parse().ok()?) };
        Some(Self { from: from.parse().ok()?, below })
    }

    /// Whether a number lies within them.
    pub fn hold(self, number: u32) -> bool {
        number >= self.from && self.below.is_none_or(|below| number < below)
    }
}

impl Deed {
    /// It as one text: the page, what is asked and with what, with percent signs for what would not be told apart.
    /// `/lamps=friction` · `/lamps=after=/` · `/lamps=depth=10=20` · `/welcome=custom=signup` · `/lamps=click=Buy=/cart` ·
    /// `=custom=signup=plan=pro`
    pub(super) fn text(&self) -> String {
        let page = self.page.as_str();
        match &self.act {
            Act::View => joined(&[page, "view"]),
            Act::After(before) => joined(&[page, "after", before]),
            Act::Before(after) => joined(&[page, "before", after]),
            Act::Depth(bounds) | Act::Active(bounds) => {
                let from = bounds.from.to_string();
                let below = bounds.below.map_or_else(String::new, |below| below.to_string());
                let name = if matches!(self.act, Act::Depth(_)) { "depth" } else { "active" };
                joined(&[page, name, &from, &below])
            }
            Act::Friction => joined(&[page, "friction"]),
            Act::Errors => joined(&[page, "errors"]),
            Act::Event(Called { kind, name }) => joined(&[page, kind.as_ref(), name]),
            Act::Exactly { kind, name, target } => joined(&[page, kind.as_ref(), name, target]),
            Act::Property(Property { event, key }, value) => joined(&[page, "custom", event, key, value]),
        }
    }

    /// Reads that.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let parts = parts(text, 5)?;
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (&page, act) = parts.split_first()?;
        let own = str::to_owned;
        let act = match *act {
            ["view"] => Act::View,
            ["friction"] => Act::Friction,
            ["errors"] => Act::Errors,
            ["after", page] => Act::After(own(page)),
            ["before", page] => Act::Before(own(page)),
            ["depth", from, below] => Act::Depth(Bounds::of_texts(from, below)?),
            ["active", from, below] => Act::Active(Bounds::of_texts(from, below)?),
            [kind, name] => Act::Event(Called { kind: kind.parse().ok()?, name: own(name) }),
            [kind, name, target] => Act::Exactly { kind: kind.parse().ok()?, name: own(name), target: own(target) },
            ["custom", event, key, value] => Act::Property(Property { event: own(event), key: own(key) }, own(value)),
            _ => return None,
        };
        Some(Self { page: own(page), act })
    }

    /// The name of the event of the site's own that it is about.
    pub(super) fn event(&self) -> Option<&String> {
        match &self.act {
            Act::Event(Called { kind: EventKind::Custom, name }) => Some(name),
            Act::Property(property, _) => Some(&property.event),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/lamps=view")]
    #[case("/lamps=after=")]
    #[case("/a%3Db=before=/cart")]
    #[case("/lamps=depth=75=")]
    #[case("/lamps=active=5=10")]
    #[case("=friction")]
    #[case("/lamps=errors")]
    #[case("/welcome=custom=signup")]
    #[case("/lamps=click=Buy%3D1=/cart")]
    #[case("=custom=signup=plan=")]
    fn it_is_written_as_it_is_read(#[case] text: &str) {
        assert_eq!(Deed::of_text(text).unwrap().text(), text);
    }

    #[rstest]
    #[case("")]
    #[case("/lamps")]
    #[case("/lamps=sneeze")]
    #[case("/lamps=sneeze=loudly")]
    #[case("/lamps=view=twice")]
    #[case("/lamps=depth=75")]
    #[case("/lamps=depth=much=more")]
    #[case("/lamps=click=Buy=plan=pro")]
    #[case("/lamps=%zz")]
    fn what_is_none_is_refused(#[case] text: &str) {
        assert_eq!(Deed::of_text(text), None);
    }

    #[rstest]
    #[case(Bounds::from(75), 74, false)]
    #[case(Bounds::from(75), 100, true)]
    #[case(Bounds { from: 5, below: Some(10) }, 5, true)]
    #[case(Bounds { from: 5, below: Some(10) }, 10, false)]
    fn the_upper_bound_is_not_within(#[case] bounds: Bounds, #[case] number: u32, #[case] holds: bool) {
        assert_eq!(bounds.hold(number), holds);
    }
}
