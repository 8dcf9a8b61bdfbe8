//! Conditions that choose sessions. A session that is chosen is chosen whole: a condition on pages never cuts figures.

use strum::{AsRefStr, EnumIter, EnumString};

use super::{
    deed::Deed,
    dimension::{Dimension, Metric},
    property::Property,
    step::PathStep,
};

/// The most conditions of a query, and the most values of one.
pub const MOST_FILTERS: usize = 20;
/// The most values that one condition may name.
pub const MOST_VALUES: usize = 50;
/// The longest value, in characters.
pub const LONGEST_VALUE: usize = 500;

/// How a text is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum TextTest {
    /// It is one of the values. Of what a session has several of: one of them is.
    Is,
    /// It is none of the values. Of what a session has several of: none of them is.
    Not,
    /// It contains one of the values, whatever their case.
    Contains,
    /// It starts with one of the values, whatever their case.
    Starts,
    /// It contains none of the values, whatever their case. Of what a session has several of: none of them does.
    Lacks,
}

impl TextTest {
    /// What is looked for, and whether it must not be there: of a test that denies, the one that it denies.
    pub fn sought(self) -> (Self, bool) {
        match self {
            Self::Not => (Self::Is, true),
            Self::Lacks => (Self::Contains, true),
            affirms => (affirms, false),
        }
    }

    /// Whether it denies.
    pub fn denies(self) -> bool {
        self.sought().1
    }
}

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberTest {
    /// More than this.
    More(u32),
    /// Less than this.
    Less(u32),
    /// From the first to the second, both included.
    Between(u32, u32),
}

impl NumberTest {
    /// Whether the number passes.
    pub fn holds(self, number: f64) -> bool {
        match self {
            Self::More(least) => number > f64::from(least),
            Self::Less(most) => number < f64::from(most),
            Self::Between(least, most) => number >= f64::from(least) && number <= f64::from(most),
        }
    }
}

/// A condition. All of a query's must hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filter {
    /// On a text; the empty value stands for what is not known.
    Text {
        /// Of what.
        dimension: Dimension,
        /// How.
        test: TextTest,
        /// With what; never empty.
        values: Vec<String>,
    },
    /// On a number.
    Number {
        /// Of what.
        metric: Metric,
        /// How, and with what.
        test: NumberTest,
    },
    /// On a property of an event.
    Property {
        /// Of which event, and which.
        property: Property,
        /// Whether no such event may have one of the values, instead of one that has to.
        not: bool,
        /// The values; never empty.
        values: Vec<String>,
    },
    /// On the page of a step. A session that has not what its steps are counted from fulfils neither this nor its
    /// opposite.
    Step {
        /// Of which step.
        step: PathStep,
        /// Whether it has to be none of the pages, instead of one of them.
        not: bool,
        /// The pages; never empty. The empty one stands for none: the path is not that long.
        values: Vec<String>,
    },
    /// On what was done on one page view.
    Did {
        /// What.
        deed: Deed,
        /// Whether no page view may fulfil it, instead of one that has to.
        not: bool,
    },
}

impl Filter {
    /// The condition that a dimension has this value.
    pub fn is(dimension: Dimension, value: impl Into<String>) -> Self {
        Self::Text { dimension, test: TextTest::Is, values: vec![value.into()] }
    }

    /// The condition that it has another.
    pub fn is_not(dimension: Dimension, value: impl Into<String>) -> Self {
        Self::Text { dimension, test: TextTest::Not, values: vec![value.into()] }
    }

    /// Whether both are on the same, and compare in the same way: then their values are those of one condition.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text { dimension: a, test: b, .. }, Self::Text { dimension: c, test: d, .. }) => (a, b) == (c, d),
            (Self::Property { property: a, not: b, .. }, Self::Property { property: c, not: d, .. }) => {
                (a, b) == (c, d)
            }
            (Self::Step { step: a, not: b, .. }, Self::Step { step: c, not: d, .. }) => (a, b) == (c, d),
            (one, other) => one == other,
        }
    }

    /// Whether it asks for what there is none of.
    pub(super) fn denies(&self) -> bool {
        match self {
            Self::Text { test, .. } => test.denies(),
            Self::Number { .. } => false,
            Self::Property { not, .. } | Self::Step { not, .. } | Self::Did { not, .. } => *not,
        }
    }

    /// What it compares with, where that can be several.
    pub(super) fn values(&self) -> &[String] {
        match self {
            Self::Text { values, .. } | Self::Property { values, .. } | Self::Step { values, .. } => values,
            Self::Number { .. } | Self::Did { .. } => &[],
        }
    }

    /// Takes in further values, as many as there is room for.
    pub(super) fn add(&mut self, added: &[String]) {
        if let Self::Text { values, .. } | Self::Property { values, .. } | Self::Step { values, .. } = self {
            let new: Vec<String> = added.iter().filter(|value| !values.contains(value)).cloned().collect();
            values.extend(new);
            values.truncate(MOST_VALUES);
        }
    }
}

/// Whether one of a session's values passes; `values` of a dimension with one value is that one.
pub fn text_holds<'a>(test: TextTest, wanted: &[String], mut values: impl Iterator<Item = &'a str>) -> bool {
    match test {
        TextTest::Is => values.any(|value| wanted.iter().any(|wanted| wanted == value)),
        TextTest::Not => !values.any(|value| wanted.iter().any(|wanted| wanted == value)),
        TextTest::Lacks => !text_holds(TextTest::Contains, wanted, values),
        TextTest::Contains => values.any(|value| {
            let value = value.to_lowercase();
            wanted.iter().any(|wanted| value.contains(&wanted.to_lowercase()))
        }),
        TextTest::Starts => values.any(|value| {
            let value = value.to_lowercase();
            wanted.iter().any(|wanted| value.starts_with(&wanted.to_lowercase()))
        }),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::one_of_two(TextTest::Is, &["a", "b"], &["b"], true)]
    #[case::of_several_one_is_enough(TextTest::Is, &["/cart"], &["/", "/cart"], true)]
    #[case::of_several_none(TextTest::Not, &["/cart"], &["/", "/cart"], false)]
    #[case::what_there_is_none_of_is_not_it(TextTest::Not, &["/cart"], &[], true)]
    #[case::what_is_not_known(TextTest::Is, &[""], &[""], true)]
    #[case::a_part_in_another_case(TextTest::Contains, &["LAMP"], &["/Lamps/oak"], true)]
    #[case::a_part_that_none_has(TextTest::Lacks, &["OAK", "elm"], &["/", "/Lamps/pine"], true)]
    #[case::a_part_that_one_has(TextTest::Lacks, &["OAK", "elm"], &["/", "/Lamps/oak"], false)]
    #[case::what_there_is_none_of_lacks_it(TextTest::Lacks, &["oak"], &[], true)]
    #[case::a_beginning(TextTest::Starts, &["/lamps"], &["/Lamps/oak"], true)]
    #[case::a_part_is_no_beginning(TextTest::Starts, &["oak"], &["/lamps/oak"], false)]
    #[case::letters_beyond_ascii(TextTest::Contains, &["MÜLLER"], &["frau müller"], true)]
    fn texts(#[case] test: TextTest, #[case] wanted: &[&str], #[case] values: &[&str], #[case] holds: bool) {
        let wanted: Vec<String> = wanted.iter().map(|&value| value.into()).collect();
        assert_eq!(text_holds(test, &wanted, values.iter().copied()), holds);
    }

    #[rstest]
    #[case(NumberTest::More(3), 3.0, false)]
    #[case(NumberTest::More(3), 3.5, true)]
    #[case(NumberTest::Less(3), 3.0, false)]
    #[case(NumberTest::Less(3), 2.9, true)]
    #[case(NumberTest::Between(3, 5), 3.0, true)]
    #[case(NumberTest::Between(3, 5), 5.0, true)]
    #[case(NumberTest::Between(3, 5), 5.1, false)]
    fn numbers(#[case] test: NumberTest, #[case] number: f64, #[case] holds: bool) {
        assert_eq!(test.holds(number), holds);
    }
}
