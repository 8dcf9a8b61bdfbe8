//! What makes a session worth a look, in words and with a shape: colour alone says nothing.

use super::{count, duration, thousands};
use crate::models::sign::{Sign, SignFamily, SignKind};

/// A sign with its figure. `bot` is why its session is taken for a machine, if it is.
pub fn sign_words(sign: &Sign, bot: Option<&str>) -> String {
    let counted = |one, many| count(sign.figure.into(), one, many);
    match sign.kind {
        SignKind::RageClick => counted("rage click", "rage clicks"),
        SignKind::DeadClick => counted("dead click", "dead clicks"),
        SignKind::Error => counted("script error", "script errors"),
        SignKind::NotFound => counted("page not found", "pages not found"),
        SignKind::FormLeft if sign.figure <= 1 => "form begun, not sent".into(),
        SignKind::FormLeft => format!("{} forms begun, not sent", thousands(sign.figure.into())),
        SignKind::Returns => format!("came back to one page {}", counted("time", "times")),
        SignKind::Fast => "faster than one page a second".into(),
        SignKind::Inactive => "no activity".into(),
        SignKind::Machine => bot.map_or_else(|| "machine".into(), |reason| format!("machine: {reason}")),
        SignKind::Overlapping => "perhaps several people".into(),
        // Short, for a row of the list; what it is compared with is in the title.
        SignKind::LongDuration => format!("long, {}", duration(u64::from(sign.figure) * 1000)),
        SignKind::ManyPages => format!("many pages, {}", thousands(sign.figure.into())),
        SignKind::ManyEvents => format!("many events, {}", thousands(sign.figure.into())),
    }
}

/// What the rule looks at, in a sentence.
pub fn sign_title(kind: SignKind) -> &'static str {
    match kind {
        SignKind::RageClick => "Several clicks at one place within a second",
        SignKind::DeadClick => "Clicks after which nothing changed on the page",
        SignKind::Error => "Errors of the page's scripts",
        SignKind::NotFound => "Pages that the site could not find",
        SignKind::FormLeft => "Somebody began to fill in a form that was not sent so far",
        SignKind::Returns => "One page was left and opened again three times or more",
        SignKind::Fast => "At least three pages, less than a second apart on average",
        SignKind::Inactive => "The pages were open, but never used, and nothing happened",
        SignKind::Machine => "Its browser says so, the site that linked here is known for it, or it was marked by hand",
        SignKind::Overlapping => "Pages were visible at the same time without one leading to the other",
        SignKind::LongDuration | SignKind::ManyPages | SignKind::ManyEvents => {
            "More than 99 of 100 sessions of this site in the last 28 days"
        }
    }
}

/// The shape of all signs of a family.
pub fn sign_shape(family: SignFamily) -> &'static str {
    match family {
        SignFamily::Friction => "▲",
        SignFamily::Suspicious => "◆",
        SignFamily::Outstanding => "●",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;

    #[rstest]
    #[case(SignKind::RageClick, 1, "1 rage click")]
    #[case(SignKind::RageClick, 2, "2 rage clicks")]
    #[case(SignKind::DeadClick, 1_200, "1,200 dead clicks")]
    #[case(SignKind::Error, 1, "1 script error")]
    #[case(SignKind::NotFound, 2, "2 pages not found")]
    #[case(SignKind::FormLeft, 1, "form begun, not sent")]
    #[case(SignKind::FormLeft, 2, "2 forms begun, not sent")]
    #[case(SignKind::Returns, 3, "came back to one page 3 times")]
    #[case(SignKind::Fast, 12, "faster than one page a second")]
    #[case(SignKind::Inactive, 1, "no activity")]
    #[case(SignKind::Overlapping, 0, "perhaps several people")]
    #[case(SignKind::LongDuration, 5_400, "long, 1 h 30 min")]
    #[case(SignKind::ManyPages, 1, "many pages, 1")]
    #[case(SignKind::ManyEvents, 1_200, "many events, 1,200")]
    fn a_sign_says_what_was_counted(#[case] kind: SignKind, #[case] figure: u32, #[case] words: &str) {
        assert_eq!(sign_words(&Sign { kind, figure }, None), words);
    }

    #[test]
    fn a_machine_says_why_it_is_taken_for_one() {
        let machine = Sign { kind: SignKind::Machine, figure: 0 };
        assert_eq!(sign_words(&machine, Some("crawler")), "machine: crawler");
        assert_eq!(sign_words(&machine, None), "machine");
    }

    #[test]
    fn no_two_signs_read_alike() {
        let words: HashSet<String> =
            SignKind::iter().map(|kind| sign_words(&Sign { kind, figure: 3 }, Some("crawler"))).collect();
        assert_eq!(words.len(), SignKind::iter().count());
    }
}
