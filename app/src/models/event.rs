//! What can happen on a page.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString, IntoEnumIterator};

use super::as_text::travels_as_text;

/// The closed list of event kinds. The text form (`rage_click`) is the same on the wire, in the database and in
/// addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, Display, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum EventKind {
    /// A click on a link within the site, or on a button.
    Click,
    /// A click on a link that leaves the site.
    Outbound,
    /// A click on a link to a file.
    Download,
    /// The first focus in a form.
    FormStart,
    /// A form that was submitted.
    Form,
    /// An event that the site names itself.
    Custom,
    /// Several clicks at one place within a second.
    RageClick,
    /// A click after which nothing changed.
    DeadClick,
    /// A page left for the one before within seconds.
    QuickBack,
    /// A script error on the page.
    Error,
    /// A page that the site could not find.
    NotFound,
}

travels_as_text!(EventKind);

impl EventKind {
    /// Whether the event counts among a session's clicks.
    pub fn is_click(self) -> bool {
        matches!(self, Self::Click | Self::Outbound | Self::Download)
    }

    /// Whether something went wrong for the visitor.
    pub fn is_friction(self) -> bool {
        self.is_obstacle() || self.is_error()
    }

    /// Whether the visitor met an obstacle that nothing but their own doing shows.
    pub fn is_obstacle(self) -> bool {
        matches!(self, Self::RageClick | Self::DeadClick | Self::QuickBack)
    }

    /// Whether the page itself failed.
    pub fn is_error(self) -> bool {
        matches!(self, Self::Error | Self::NotFound)
    }

    /// Whether a session with such an event is more than a bounce. A click counts too: the tracker sends none from
    /// a `data-pulse-ignore` subtree.
    pub fn is_engagement(self) -> bool {
        matches!(self, Self::Click | Self::Outbound | Self::Download | Self::Form | Self::Custom)
    }

    /// A letter for it, where events travel as short texts.
    pub fn letter(self) -> char {
        match self {
            Self::Click => 'c',
            Self::Outbound => 'o',
            Self::Download => 'w',
            Self::FormStart => 's',
            Self::Form => 'f',
            Self::Custom => 'u',
            Self::RageClick => 'r',
            Self::DeadClick => 'd',
            Self::QuickBack => 'q',
            Self::Error => 'e',
            Self::NotFound => 'n',
        }
    }

    /// The kind with this letter.
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::iter().find(|kind| kind.letter() == letter)
    }
}

/// The value of a custom event's property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PropValue {
    /// `true` or `false`.
    Bool(bool),
    /// Any finite number.
    Number(f64),
    /// Text of at most 200 characters.
    Text(String),
}

impl std::fmt::Display for PropValue {
    /// As conditions name it: `true`, `2.5`, `pro`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
        }
    }
}

/// The properties of a custom event, in the order of their names.
pub type Props = std::collections::BTreeMap<String, PropValue>;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_kind_has_a_letter_of_its_own() {
        let letters: HashSet<char> = EventKind::iter().map(EventKind::letter).collect();
        assert_eq!(letters.len(), EventKind::iter().count());
        assert!(EventKind::iter().all(|kind| EventKind::of_letter(kind.letter()) == Some(kind)));
        assert!(letters.iter().all(char::is_ascii_lowercase));
    }
}
