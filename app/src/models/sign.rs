//! What makes a session worth a look: fixed rules, each with its figure. `docs/signs.md` has the rules and their sources.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumIter, EnumString, VariantNames};

use super::as_text::travels_as_text;

/// What a sign is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SignFamily {
    /// Something went wrong for the visitor.
    Friction,
    /// It may not be one person.
    Suspicious,
    /// More than nearly all sessions of the site.
    Outstanding,
}

/// A rule. The text form is the same in the database and in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, EnumIter, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum SignKind {
    /// Rage clicks; the figure is how many.
    RageClick,
    /// Dead clicks; how many.
    DeadClick,
    /// Script errors; how many.
    Error,
    /// Pages that were not found; how many.
    NotFound,
    /// Forms that were begun and not sent; how many.
    FormLeft,
    /// One page was come back to three times or more; how often.
    Returns,
    /// Faster than one page a second; how many pages.
    Fast,
    /// No active time on any page; how many pages.
    Inactive,
    /// Taken for a machine. No figure.
    Machine,
    /// Perhaps several people. No figure.
    Overlapping,
    /// Longer than 99 of 100 sessions of the site; in seconds.
    LongDuration,
    /// More pages than 99 of 100; how many.
    ManyPages,
    /// More events than 99 of 100; how many.
    ManyEvents,
}

travels_as_text!(SignKind);

impl SignKind {
    /// What it is about.
    pub fn family(self) -> SignFamily {
        match self {
            Self::RageClick | Self::DeadClick | Self::Error | Self::NotFound | Self::FormLeft | Self::Returns => {
                SignFamily::Friction
            }
            Self::Fast | Self::Inactive | Self::Machine | Self::Overlapping => SignFamily::Suspicious,
            Self::LongDuration | Self::ManyPages | Self::ManyEvents => SignFamily::Outstanding,
        }
    }
}

/// A sign of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sign {
    /// Which rule.
    pub kind: SignKind,
    /// What the rule counted; 0 where it counts nothing.
    pub figure: u32,
}

/// Signs as they are stored: `rage_click:2,error:1`.
pub fn stored(signs: &[Sign]) -> String {
    let parts: Vec<String> = signs.iter().map(|sign| format!("{}:{}", sign.kind.as_ref(), sign.figure)).collect();
    parts.join(",")
}

/// Reads them back; what is not understood, from a newer version, is left out.
pub fn read(stored: &str) -> Vec<Sign> {
    let part = |part: &str| {
        let (kind, figure) = part.split_once(':')?;
        Some(Sign { kind: SignKind::from_str(kind).ok()?, figure: figure.parse().ok()? })
    };
    stored.split(',').filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn signs_are_read_as_they_were_stored() {
        let signs: Vec<Sign> = SignKind::iter().zip(0..).map(|(kind, figure)| Sign { kind, figure }).collect();
        assert_eq!(read(&stored(&signs)), signs);
        assert_eq!(read(""), []);
        assert_eq!(read("error:2,a_later_one:3,rage_click:x"), [Sign { kind: SignKind::Error, figure: 2 }]);
    }
}
