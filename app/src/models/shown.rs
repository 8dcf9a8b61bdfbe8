//! Which events of a session its timeline shows, as the address says it: `?show=clicks&part=2`. Page views are always
//! there.

use strum::{AsRefStr, Display, EnumIter, EnumString};

use super::{event::EventKind, query::encoded};

/// The parameter of the address that says which.
const NAME: &str = "show";
/// The parameter that says which part of them.
const PART: &str = "part";
const FIRST: u32 = 1;

/// What of a session is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, AsRefStr, Display, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Shown {
    /// All that happened.
    #[default]
    Everything,
    /// No event.
    Pages,
    /// Links, downloads, buttons.
    Clicks,
    /// Forms that were begun or sent.
    Forms,
    /// Events that the site names itself.
    Custom,
    /// What went wrong for the visitor.
    Trouble,
}

impl Shown {
    /// Whether events of this kind are among it.
    pub fn is_shown(self, kind: EventKind) -> bool {
        match self {
            Self::Everything => true,
            Self::Pages => false,
            Self::Clicks => kind.is_click(),
            Self::Forms => matches!(kind, EventKind::FormStart | EventKind::Form),
            Self::Custom => kind == EventKind::Custom,
            Self::Trouble => kind.is_friction(),
        }
    }
}

/// What an address asks of a timeline, and its other parameters, which links within the timeline keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What is asked for; everything where that cannot be understood.
    pub shown: Shown,
    /// Which part of that, from 1; one that there is not stands for the last ([`Part::new`](super::part::Part::new)).
    pub part: u32,
    others: Vec<(String, String)>,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { shown: Shown::default(), part: FIRST, others: Vec::new() }
    }
}

impl Chosen {
    /// Reads an address's parameters. Of several that ask, the last counts.
    pub fn from_params<'a>(params: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut chosen = Self::default();
        for (name, value) in params {
            match name {
                NAME => chosen.shown = value.parse().unwrap_or_default(),
                PART => chosen.part = value.parse().unwrap_or(FIRST).max(FIRST),
                _ => chosen.others.push((name.to_owned(), value.to_owned())),
            }
        }
        chosen
    }

    /// The address of another session that asks for the same of its timeline, from its beginning.
    pub fn carried_to(&self, href: &str) -> String {
        if self.shown == Shown::default() {
            return href.to_owned();
        }
        let mark = if href.contains('?') { '&' } else { '?' };
        format!("{href}{mark}{NAME}={}", self.shown)
    }

    /// What stands behind the path in the address that asks for something else: nothing, or a question mark and the
    /// parameters. What is usual is left out.
    pub fn search_string(&self, shown: Shown, part: u32) -> String {
        let mut out = String::new();
        let others = self.others.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let asked = (shown != Shown::default()).then(|| (NAME, shown.as_ref()));
        let number = part.to_string();
        let of_them = (part != FIRST).then_some((PART, number.as_str()));
        for (name, value) in others.chain(asked).chain(of_them) {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(&encoded(name));
            out.push('=');
            out.push_str(&encoded(value));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_kind_of_event_is_among_one_choice_beside_everything() {
        for kind in EventKind::iter() {
            let among: Vec<Shown> = Shown::iter().filter(|shown| shown.is_shown(kind)).collect();
            assert!(matches!(among[..], [Shown::Everything, _]), "{kind}: {among:?}");
        }
    }

    #[rstest]
    #[case(Shown::Clicks, EventKind::Outbound)]
    #[case(Shown::Clicks, EventKind::Download)]
    #[case(Shown::Forms, EventKind::FormStart)]
    #[case(Shown::Custom, EventKind::Custom)]
    #[case(Shown::Trouble, EventKind::Error)]
    #[case(Shown::Trouble, EventKind::NotFound)]
    fn who_asks_for_it_sees(#[case] shown: Shown, #[case] kind: EventKind) {
        assert!(shown.is_shown(kind));
    }

    #[rstest]
    #[case::nothing(&[], Shown::Everything)]
    #[case::clicks(&[("show", "clicks")], Shown::Clicks)]
    #[case::unknown(&[("show", "colours")], Shown::Everything)]
    #[case::the_last_counts(&[("show", "clicks"), ("show", "forms")], Shown::Forms)]
    #[case::of_others(&[("sort", "clicks")], Shown::Everything)]
    fn an_address_asks(#[case] params: &[(&str, &str)], #[case] expected: Shown) {
        assert_eq!(Chosen::from_params(params.iter().copied()).shown, expected);
    }

    #[test]
    fn a_choice_is_read_back_from_its_address() {
        for (shown, part) in Shown::iter().zip(1..) {
            let search = Chosen::default().search_string(shown, part);
            let pairs = search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
            assert_eq!(Chosen::from_params(pairs), Chosen { shown, part, ..Chosen::default() }, "{search}");
        }
    }

    #[rstest]
    #[case::everything(&[("country", "DE"), ("part", "2")], "/s", "/s")]
    #[case::clicks(&[("show", "clicks"), ("part", "2")], "/s", "/s?show=clicks")]
    #[case::from_a_list(&[("show", "clicks")], "/s?country=DE", "/s?country=DE&show=clicks")]
    fn what_is_shown_stays_with_another_session(
        #[case] params: &[(&str, &str)],
        #[case] href: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(Chosen::from_params(params.iter().copied()).carried_to(href), expected);
    }

    #[rstest]
    #[case("3", 3)]
    #[case("0", 1)]
    #[case("-1", 1)]
    #[case("second", 1)]
    #[case("99999999999", 1)]
    fn a_part_is_a_number_from_1_on(#[case] asked: &str, #[case] expected: u32) {
        assert_eq!(Chosen::from_params([("part", asked)]).part, expected);
    }

    #[test]
    fn the_other_parameters_of_an_address_stay_in_order() {
        let chosen = Chosen::from_params([("country", "DE"), ("show", "clicks"), ("q", "a&b=c"), ("country", "FR")]);
        assert_eq!(chosen.search_string(Shown::Forms, 2), "?country=DE&q=a%26b%3Dc&country=FR&show=forms&part=2");
        assert_eq!(chosen.search_string(Shown::Everything, 1), "?country=DE&q=a%26b%3Dc&country=FR");
        assert_eq!(Chosen::default().search_string(Shown::Everything, 1), "");
    }
}
