//! What the figures above the list are called and what exactly they count: the one home of their definitions.

use strum::EnumIter;

/// A figure of the selected sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Measure {
    /// How many sessions.
    Sessions,
    /// How many page views.
    PageViews,
    /// How long they were.
    Duration,
    /// How long somebody was active.
    Active,
    /// How many left at once.
    Bounces,
    /// Pages a session.
    Pages,
    /// How many have a sign.
    Signed,
    /// How many reached the goal.
    Conversions,
    /// Which share that is.
    Rate,
}

impl Measure {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sessions => "Sessions",
            Self::PageViews => "Page views",
            Self::Duration => "Median duration",
            Self::Active => "Median active time",
            Self::Bounces => "Bounce rate",
            Self::Pages => "Pages a session",
            Self::Signed => "With a sign",
            Self::Conversions => "Conversions",
            Self::Rate => "Conversion rate",
        }
    }

    /// What it counts.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Sessions => "Visits that began within the period and meet all conditions.",
            Self::PageViews => "All pages of these sessions, also those that no condition asks for.",
            Self::Duration => {
                "From the first page to the last activity: half of the sessions are not longer, nine of ten are not longer than the second figure. Sessions of perhaps several people are left out."
            }
            Self::Active => {
                "Time in which somebody scrolled, typed or moved the pointer, where it was measured: half of the sessions have no more, nine of ten no more than the second figure. Sessions of perhaps several people are left out."
            }
            Self::Bounces => {
                "Sessions of one page with less than 10 s of active time, among those that are over and whose time was measured."
            }
            Self::Pages => "Page views divided by sessions.",
            Self::Conversions => "Sessions that reached the chosen goal, each counted once.",
            Self::Rate => "The share of these sessions that reached the chosen goal.",
            Self::Signed => "Sessions that met a problem, may not be one person, or did more than nearly all others.",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use strum::IntoEnumIterator;

    use super::*;
    use crate::models::session::BOUNCE_BELOW_MS;

    #[test]
    fn every_figure_has_a_name_of_its_own_and_a_definition_in_sentences() {
        let names: HashSet<_> = Measure::iter().map(Measure::name).collect();
        assert_eq!(names.len(), Measure::iter().count());
        for definition in Measure::iter().map(Measure::definition) {
            assert!(definition.ends_with('.') && !definition.contains('!'), "{definition}");
        }
    }

    #[test]
    fn the_bounce_of_the_words_is_that_of_the_rule() {
        let said = format!("less than {} s", BOUNCE_BELOW_MS / 1000);
        assert!(Measure::Bounces.definition().contains(&said));
    }
}
