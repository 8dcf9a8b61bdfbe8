//! Conditions in words: `Country is Germany or France`.

use super::{
    count::thousands,
    deeds::deed_words,
    duration::duration,
    paths::{step_page_words, step_words},
    values::{dimension_words, sentence_case, value_words},
};
use crate::models::query::{Dimension, Filter, Metric, NumberTest, Property, TextTest};

/// How many values of a condition are named; the rest is counted.
const NAMED_VALUES: usize = 3;

/// The tests of numbers as they stand in addresses, and their words.
pub const NUMBER_TESTS: [(&str, &str); 3] = [("more", "more than"), ("less", "less than"), ("between", "between")];

/// A condition.
pub fn filter_words(filter: &Filter) -> String {
    match filter {
        Filter::Text { dimension: of, test, values } => {
            format!("{} {} {}", dimension_words(*of), text_test(*test), values_words(*of, *test, values))
        }
        Filter::Property { property, not, values } => {
            let test = if *not { TextTest::Not } else { TextTest::Is };
            let named = values.iter().map(|value| property_value_words(value));
            format!("{} {} {}", property_words(property), text_test(test), some_of(named))
        }
        Filter::Step { step, not, values } => {
            let test = if *not { TextTest::Not } else { TextTest::Is };
            let named = values.iter().map(|page| step_page_words(page));
            format!("{} {} {}", step_words(step), text_test(test), some_of(named))
        }
        Filter::Did { deed, not: false } => sentence_case(&deed_words(deed)),
        Filter::Did { deed, not: true } => format!("No {}", deed_words(deed)),
        Filter::Number { metric: of, test } => format!("{} {}", metric(*of), number_words(*of, *test)),
    }
}

/// The values, the first ones by name.
fn values_words(of: Dimension, test: TextTest, values: &[String]) -> String {
    some_of(values.iter().map(|value| tested_words(of, test, value)))
}

/// The first ones, and how many more there are.
fn some_of(mut values: impl ExactSizeIterator<Item = String>) -> String {
    let more = values.len().saturating_sub(NAMED_VALUES);
    let mut named: Vec<String> = values.by_ref().take(NAMED_VALUES).collect();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    named.join(" or ")
}

/// A property of an event: `plan of signup`.
pub fn property_words(property: &Property) -> String {
    format!("{} of {}", property.key, property.event)
}

/// A value of a property.
pub fn property_value_words(value: &str) -> String {
    if value.is_empty() { "empty".into() } else { value.to_owned() }
}

/// A value that something is compared with: closed lists by their words, what is not known as such. What is searched for
/// within a text stands as it was typed.
pub fn tested_words(of: Dimension, test: TextTest, value: &str) -> String {
    match test {
        TextTest::Is | TextTest::Not if value.is_empty() => "unknown".into(),
        TextTest::Is | TextTest::Not => value_words(of, value),
        TextTest::Contains | TextTest::Starts | TextTest::Lacks if value.is_empty() => "anything".into(),
        TextTest::Contains | TextTest::Starts | TextTest::Lacks => value.to_owned(),
    }
}

/// What is counted or measured.
pub fn metric(of: Metric) -> &'static str {
    match of {
        Metric::Duration => "Duration",
        Metric::Active => "Active time",
        Metric::Pages => "Pages",
        Metric::Events => "Events",
        Metric::Clicks => "Clicks",
        Metric::Scroll => "Scroll depth",
        Metric::References => "Reference codes",
    }
}

/// How a text is compared.
pub fn text_test(test: TextTest) -> &'static str {
    match test {
        TextTest::Is => "is",
        TextTest::Not => "is not",
        TextTest::Contains => "contains",
        TextTest::Starts => "starts with",
        TextTest::Lacks => "does not contain",
    }
}

/// How a number is compared, as it stands in addresses.
pub fn number_test(test: NumberTest) -> &'static str {
    match test {
        NumberTest::More(_) => "more",
        NumberTest::Less(_) => "less",
        NumberTest::Between(..) => "between",
    }
}

/// With what a number is compared, as it is typed: `60`, `2-5`.
pub fn number_value(test: NumberTest) -> String {
    match test {
        NumberTest::More(bound) | NumberTest::Less(bound) => bound.to_string(),
        NumberTest::Between(least, most) => format!("{least}-{most}"),
    }
}

fn number_words(of: Metric, test: NumberTest) -> String {
    let said = |number: u32| match of {
        Metric::Duration | Metric::Active => duration(u64::from(number) * 1000),
        Metric::Scroll => format!("{number}\u{a0}%"),
        Metric::Pages | Metric::Events | Metric::Clicks | Metric::References => thousands(number.into()),
    };
    match test {
        NumberTest::More(least) => format!("more than {}", said(least)),
        NumberTest::Less(most) => format!("less than {}", said(most)),
        NumberTest::Between(least, most) => format!("between {} and {}", said(least), said(most)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn text(dimension: Dimension, test: TextTest, values: &[&str]) -> Filter {
        Filter::Text { dimension, test, values: values.iter().map(|&value| value.to_owned()).collect() }
    }

    #[rstest]
    #[case::countries_by_name(Dimension::Country, TextTest::Is, &["DE", "FR"], "Country is Germany or France")]
    #[case::a_country_that_is_none(Dimension::Country, TextTest::Is, &["Germany"], "Country is Germany")]
    #[case::what_is_not_known(Dimension::Country, TextTest::Is, &[""], "Country is unknown")]
    #[case::none_of_several(Dimension::Source, TextTest::Not, &["Google", "Bing"], "Source is not Google or Bing")]
    #[case::a_part(Dimension::Page, TextTest::Contains, &["/lamps"], "Page contains /lamps")]
    #[case::a_beginning(Dimension::Entry, TextTest::Starts, &["/blog"], "Entry page starts with /blog")]
    #[case::none_of_some_parts(
        Dimension::Page, TextTest::Lacks, &["/thank", "/welcome"], "Page does not contain /thank or /welcome"
    )]
    #[case::a_medium(Dimension::Medium, TextTest::Contains, &["cpc"], "Medium contains cpc")]
    #[case::a_bounce(Dimension::Bounced, TextTest::Is, &["yes"], "Bounced is Yes")]
    #[case::a_device(Dimension::Device, TextTest::Not, &["phone"], "Device is not Phone")]
    #[case::a_channel(Dimension::Channel, TextTest::Is, &["assistant"], "Channel is AI assistant")]
    #[case::an_event_by_its_kind(Dimension::Event, TextTest::Is, &["rage_click"], "Event is Rage click")]
    #[case::an_event_by_its_name(Dimension::Event, TextTest::Is, &["lamp_configured"], "Event is lamp_configured")]
    #[case::a_sign(Dimension::Sign, TextTest::Is, &["form_left"], "Sign is Form not sent")]
    #[case::what_is_typed_stands_as_typed(Dimension::Country, TextTest::Contains, &["DE"], "Country contains DE")]
    #[case::the_rest_is_counted(
        Dimension::Browser, TextTest::Is, &["A", "B", "C", "D", "E"], "Browser is A or B or C or 2 more"
    )]
    fn texts_in_words(
        #[case] dimension: Dimension,
        #[case] test: TextTest,
        #[case] values: &[&str],
        #[case] words: &str,
    ) {
        assert_eq!(filter_words(&text(dimension, test, values)), words);
    }

    #[rstest]
    #[case(Metric::Duration, NumberTest::More(60), "Duration more than 1 min")]
    #[case(Metric::Active, NumberTest::Less(10), "Active time less than 10 s")]
    #[case(Metric::Pages, NumberTest::Between(2, 5), "Pages between 2 and 5")]
    #[case(Metric::Scroll, NumberTest::More(74), "Scroll depth more than 74\u{a0}%")]
    #[case(Metric::References, NumberTest::More(0), "Reference codes more than 0")]
    #[case(Metric::Events, NumberTest::More(1_200), "Events more than 1,200")]
    fn numbers_in_words(#[case] metric: Metric, #[case] test: NumberTest, #[case] words: &str) {
        assert_eq!(filter_words(&Filter::Number { metric, test }), words);
    }

    #[rstest]
    #[case::one(false, &["pro"], "plan of signup is pro")]
    #[case::none_of_several(true, &["pro", ""], "plan of signup is not pro or empty")]
    #[case::the_rest_is_counted(false, &["1", "2", "3", "4"], "plan of signup is 1 or 2 or 3 or 1 more")]
    fn properties_in_words(#[case] not: bool, #[case] values: &[&str], #[case] words: &str) {
        let property = Property { event: "signup".into(), key: "plan".into() };
        let values = values.iter().map(|&value| value.to_owned()).collect();
        assert_eq!(filter_words(&Filter::Property { property, not, values }), words);
    }

    #[rstest]
    #[case(NumberTest::More(3), "more", "3")]
    #[case(NumberTest::Less(4), "less", "4")]
    #[case(NumberTest::Between(2, 5), "between", "2-5")]
    fn numbers_as_they_are_typed(#[case] test: NumberTest, #[case] name: &str, #[case] value: &str) {
        assert_eq!((number_test(test), number_value(test).as_str()), (name, value));
        assert!(NUMBER_TESTS.iter().any(|&(known, _)| known == name));
    }
}
