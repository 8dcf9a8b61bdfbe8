//! What people type for a value: the words that the screen shows do as well as the code that addresses have.
//!
//! Words are made codes before a query is read, so that queries, saved views and links hold codes alone.

mod codes;
mod ignored;

pub use codes::typed_words;
pub use ignored::{Ignored, ignored_words};

use self::codes::{code, codes_with, event, folded, is_closed};
use crate::models::{
    ids::SiteId,
    query::{Dimension, MOST_VALUES, SessionQuery, TextTest},
};

/// Reads a query from an address's parameters, with words in the place of codes where somebody typed them. What cannot
/// be understood is told in the second value.
pub fn read_query(site: SiteId, params: &[(&str, &str)]) -> (SessionQuery, Vec<Ignored>) {
    let mut coded = Coded::default();
    let form = typed_condition(params);
    for &(name, value) in params {
        match named(name) {
            Some((of, test)) if is_closed(of) => coded.closed(of, test, value),
            _ if form.is_some() && matches!(name, "add" | "test" | "value") => {}
            _ => coded.put(name.to_owned(), value.to_owned()),
        }
    }
    match form {
        Some((Dimension::Event, test, value)) => coded.put(parameter(Dimension::Event, test), event(value)),
        Some((of, test, value)) => coded.closed(of, test, value),
        None => {}
    }
    let pairs: Vec<(&str, &str)> = coded.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (query, names) = SessionQuery::from_params(site, pairs.iter().copied());
    let ignored = names.into_iter().map(Ignored::Parameter).chain(coded.ignored);
    (query, ignored.collect())
}

/// Parameters with codes in the place of words.
#[derive(Default)]
struct Coded {
    params: Vec<(String, String)>,
    ignored: Vec<Ignored>,
}

impl Coded {
    fn put(&mut self, name: String, value: String) {
        self.params.push((name, value));
    }

    /// A condition on a closed list. One on a part of the words is one on the values that have it.
    fn closed(&mut self, of: Dimension, test: TextTest, typed: &str) {
        let typed = typed.trim();
        let (test, codes) = match test {
            _ if typed.is_empty() => (test, vec![String::new()]),
            TextTest::Is | TextTest::Not => (test, code(of, typed).into_iter().collect()),
            TextTest::Contains => (TextTest::Is, codes_with(of, &|words| words.contains(&folded(typed)))),
            TextTest::Lacks => (TextTest::Not, codes_with(of, &|words| words.contains(&folded(typed)))),
            TextTest::Starts => (TextTest::Is, codes_with(of, &|words| words.starts_with(&folded(typed)))),
        };
        if codes.is_empty() {
            self.ignored.push(Ignored::Unknown(of, typed.to_owned()));
        } else if codes.len() > MOST_VALUES {
            self.ignored.push(Ignored::TooShort(of, typed.to_owned()));
        } else {
            codes.into_iter().for_each(|code| self.put(parameter(of, test), code));
        }
    }
}

/// The condition on a text that a form adds; `None` where there is none, where it is on a number, and where there is
/// nothing to be made a code.
fn typed_condition<'a>(params: &[(&'a str, &'a str)]) -> Option<(Dimension, TextTest, &'a str)> {
    let field = |wanted: &str| {
        params.iter().rev().find(|(name, value)| *name == wanted && !value.trim().is_empty()).map(|(_, value)| *value)
    };
    let of: Dimension = field("add")?.parse().ok()?;
    let test: TextTest = field("test").unwrap_or("is").parse().ok()?;
    let is_whole = matches!(test, TextTest::Is | TextTest::Not);
    (is_closed(of) || (of == Dimension::Event && is_whole)).then_some((of, test, field("value")?))
}

/// What a parameter's name stands for, if it is a condition on a text.
fn named(name: &str) -> Option<(Dimension, TextTest)> {
    let (of, test) = name.split_once('.').unwrap_or((name, "is"));
    Some((of.parse().ok()?, test.parse().ok()?))
}

fn parameter(of: Dimension, test: TextTest) -> String {
    match test {
        TextTest::Is => of.as_ref().to_owned(),
        test => format!("{}.{}", of.as_ref(), test.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::query::{Cursor, Filter, Place};

    const SITE: SiteId = SiteId(1);

    fn read(params: &[(&str, &str)]) -> (SessionQuery, Vec<Ignored>) {
        read_query(SITE, params)
    }

    fn filters(params: &[(&str, &str)]) -> Vec<Filter> {
        let (query, ignored) = read(params);
        assert_eq!(ignored, []);
        query.filters
    }

    fn text(dimension: Dimension, test: TextTest, values: &[&str]) -> Filter {
        Filter::Text { dimension, test, values: values.iter().map(|&value| value.to_owned()).collect() }
    }

    #[rstest]
    #[case::a_code("country", "DE", "DE")]
    #[case::a_code_in_another_case("country", "de", "DE")]
    #[case::a_name("country", "Germany", "DE")]
    #[case::a_name_in_another_case("country", " gERMANY ", "DE")]
    #[case::an_article("country", "the netherlands", "NL")]
    #[case::accents("country", "turkiye", "TR")]
    #[case::accents_at_the_front("country", "aland islands", "AX")]
    #[case::an_apostrophe("country", "cote d'ivoire", "CI")]
    #[case::a_hyphen("country", "guinea bissau", "GW")]
    #[case::another_name("country", "usa", "US")]
    #[case::letters_that_are_another_name("country", "UK", "GB")]
    #[case::letters_that_no_list_knows("country", "qq", "QQ")]
    #[case::not_known("country", "unknown", "")]
    #[case::not_known_as_the_screen_has_it("country", "Unknown country", "")]
    #[case::a_device("device", "Phone", "phone")]
    #[case::two_words("device", "other device", "other")]
    #[case::a_device_that_is_not_known("device", "unknown device", "unknown")]
    #[case::a_channel("channel", "Search engine", "search")]
    #[case::a_hyphen_within("channel", "E-mail", "email")]
    #[case::its_code("channel", "email", "email")]
    #[case::a_sign("sign", "Rage clicks", "rage_click")]
    #[case::one_of_it("sign", "rage click", "rage_click")]
    #[case::its_code_of_a_sign("sign", "form_left", "form_left")]
    #[case::a_bounce("bounced", "Yes", "yes")]
    #[case::what_cannot_be_told("bounced", "unknown", "")]
    #[case::no_sign("sign", "no sign", "")]
    fn whole_words_are_codes(#[case] of: &str, #[case] typed: &str, #[case] code: &str) {
        let dimension: Dimension = of.parse().unwrap();
        assert_eq!(filters(&[(of, typed)]), [Filter::is(dimension, code)]);
        assert_eq!(filters(&[("add", of), ("test", "not"), ("value", typed)]), [Filter::is_not(dimension, code)]);
        assert_eq!(filters(&[("add", of), ("value", typed)]), [Filter::is(dimension, code)]);
    }

    #[rstest]
    #[case("contains", "PHONE", "device", &["phone"])]
    #[case("contains", "stan", "country", &["AF", "KG", "KZ", "PK", "TJ", "TM", "UZ"])]
    #[case::letters_are_no_words("starts", "de", "country", &["DK"])]
    #[case("starts", "unusually", "sign", &["long_duration", "many_pages", "many_events"])]
    #[case::a_part_of_a_code("starts", "email", "channel", &["email"])]
    fn a_part_of_the_words_is_the_values_that_have_it(
        #[case] test: &str,
        #[case] typed: &str,
        #[case] of: &str,
        #[case] codes: &[&str],
    ) {
        let expected = [text(of.parse().unwrap(), TextTest::Is, codes)];
        assert_eq!(filters(&[("add", of), ("test", test), ("value", typed)]), expected);
        let name = format!("{of}.{test}");
        assert_eq!(filters(&[(name.as_str(), typed)]), expected);
    }

    #[rstest]
    #[case("Rage click", "rage_click")]
    #[case("outbound link", "outbound")]
    #[case("page not found", "not_found")]
    #[case::its_code("form_start", "form_start")]
    #[case::a_name_of_the_site_s_own("lamp_configured", "lamp_configured")]
    #[case::another("Event", "Event")]
    fn an_event_is_typed_by_its_words_or_its_name(#[case] typed: &str, #[case] value: &str) {
        let form = [("add", "event"), ("test", "is"), ("value", typed)];
        assert_eq!(filters(&form), [Filter::is(Dimension::Event, value)]);
    }

    #[test]
    fn a_link_names_an_event_exactly_as_sites_may_name_theirs_like_a_kind() {
        assert_eq!(filters(&[("event", "Download")]), [Filter::is(Dimension::Event, "Download")]);
    }

    #[rstest]
    #[case("country", "is", "Germny")]
    #[case("country", "contains", "xyz")]
    #[case("device", "not", "fridge")]
    #[case("channel", "is", "paid search")]
    #[case("sign", "starts", "joy")]
    fn what_no_list_knows_is_told_and_the_rest_is_taken(#[case] of: &str, #[case] test: &str, #[case] typed: &str) {
        let (query, ignored) = read(&[("page", "/lamps"), ("add", of), ("test", test), ("value", typed)]);
        assert_eq!(query.filters, [Filter::is(Dimension::Page, "/lamps")]);
        assert_eq!(ignored, [Ignored::Unknown(of.parse().unwrap(), typed.to_owned())]);
        assert_eq!(ignored[0].name(), of);
    }

    #[test]
    fn what_lacks_a_part_of_the_words_is_none_of_the_values_that_have_it() {
        assert_eq!(
            filters(&[("sign.lacks", "Unusually many")]),
            [text(Dimension::Sign, TextTest::Not, &["many_pages", "many_events"])]
        );
    }

    #[test]
    fn a_part_of_too_many_words_is_told() {
        let (query, ignored) = read(&[("country.contains", "a")]);
        assert_eq!(query.filters, []);
        assert_eq!(ignored, [Ignored::TooShort(Dimension::Country, "a".into())]);
    }

    #[rstest]
    #[case::a_number(&[("add", "pages"), ("test", "more"), ("value", "many")], "value")]
    #[case::a_test_that_there_is_not(&[("country.like", "DE")], "country.like")]
    #[case::a_test_of_a_form(&[("add", "country"), ("test", "like"), ("value", "DE")], "value")]
    fn what_the_address_alone_cannot_say_is_named(#[case] params: &[(&str, &str)], #[case] named: &str) {
        assert_eq!(read(params).1, [Ignored::Parameter(named.into())]);
    }

    #[test]
    fn other_values_and_the_place_in_the_list_are_left_as_they_are() {
        let (query, ignored) = read(&[("source", "google"), ("before", "5~00000000-0000-0000-0000-000000000001")]);
        assert_eq!(ignored, []);
        assert_eq!(query.filters, [Filter::is(Dimension::Source, "google")]);
        assert!(matches!(query.cursor, Cursor::Below(Place { value: Some(5), .. })));
        assert_eq!(filters(&[("add", "country"), ("test", "is"), ("value", " ")]), []);
        assert_eq!(filters(&[("country", "")]), [Filter::is(Dimension::Country, "")]);
    }
}
