//! Choosing values one by one, as the facets do.

use super::{Dimension, Filter, SessionQuery, TextTest};

/// Whether a query names a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// It does not.
    #[default]
    None,
    /// It asks for it.
    Included,
    /// It asks for others.
    Excluded,
}

impl SessionQuery {
    /// Whether it names this value of the dimension.
    pub fn choice(&self, dimension: Dimension, value: &str) -> Choice {
        let named = |wanted: TextTest| self.named(dimension, wanted).any(|named| named == value);
        if named(TextTest::Is) {
            Choice::Included
        } else if named(TextTest::Not) {
            Choice::Excluded
        } else {
            Choice::None
        }
    }

    /// The values of the dimension that it names, those that it asks for first.
    pub fn chosen(&self, dimension: Dimension) -> Vec<String> {
        self.named(dimension, TextTest::Is).chain(self.named(dimension, TextTest::Not)).cloned().collect()
    }

    /// What is left when this value is named no longer.
    pub fn unchosen(&self, dimension: Dimension, value: &str) -> Self {
        let mut fewer = self.at_top();
        fewer.filters.retain_mut(|filter| match filter {
            Filter::Text { dimension: of, test: TextTest::Is | TextTest::Not, values } if *of == dimension => {
                values.retain(|named| named != value);
                !values.is_empty()
            }
            _ => true,
        });
        fewer
    }

    /// What is left when this value is asked for.
    pub fn including(&self, dimension: Dimension, value: &str) -> Self {
        self.unchosen(dimension, value).with(Filter::is(dimension, value))
    }

    /// What is left when others than this value are asked for.
    pub fn excluding(&self, dimension: Dimension, value: &str) -> Self {
        self.unchosen(dimension, value).with(Filter::is_not(dimension, value))
    }

    fn named(&self, dimension: Dimension, wanted: TextTest) -> impl Iterator<Item = &String> {
        self.filters
            .iter()
            .filter_map(move |filter| match filter {
                Filter::Text { dimension: of, test, values } if *of == dimension && *test == wanted => Some(values),
                _ => None,
            })
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::ids::SiteId;

    const COUNTRY: Dimension = Dimension::Country;

    #[test]
    fn values_are_chosen_beside_each_other_and_given_up_one_by_one() {
        let none = SessionQuery::newest(SiteId(1));
        let one = none.including(COUNTRY, "DE");
        let two = one.including(COUNTRY, "FR");
        assert_eq!(two.chosen(COUNTRY), ["DE", "FR"]);
        assert_eq!(two.choice(COUNTRY, "FR"), Choice::Included);
        assert_eq!(two.choice(Dimension::Device, "FR"), Choice::None);
        assert_eq!(two.unchosen(COUNTRY, "FR"), one);
        assert_eq!(one.unchosen(COUNTRY, "DE"), none);
    }

    #[test]
    fn a_value_is_not_asked_for_and_excluded_at_once() {
        let query = SessionQuery::newest(SiteId(1)).including(COUNTRY, "DE").excluding(COUNTRY, "DE");
        assert_eq!(query.choice(COUNTRY, "DE"), Choice::Excluded);
        assert_eq!(query.filters, [Filter::is_not(COUNTRY, "DE")]);
        assert_eq!(query.including(COUNTRY, "DE").filters, [Filter::is(COUNTRY, "DE")]);
    }

    #[test]
    fn conditions_of_another_kind_stay() {
        let like = Filter::Text { dimension: COUNTRY, test: TextTest::Contains, values: vec!["DE".into()] };
        let query = SessionQuery::newest(SiteId(1)).with(like.clone()).including(COUNTRY, "DE");
        assert_eq!(query.unchosen(COUNTRY, "DE").filters, [like]);
    }
}
