//! A query as the parameters of an address, and back. Flat, so that plain forms can make it too.
//!
//! `country=DE&country=FR` (one of) · `page.contains=/lamps` · `duration.more=60` · `pages.between=2-5` · `period=24h` ·
//! `sort=active.asc`. What is usual is left out. A form adds a condition by `add=country&test=is&value=DE`, and a stretch
//! by `from=…&to=…`. A property of an event is `property=signup=plan=pro`, a step of a path
//! `step=start==2=/cart`, what was done on a page view `did=/lamps=friction`, a goal `goal=…`, and whether it was reached
//! `converted=yes`.

use std::fmt::Write;

use super::{
    Cursor, DayTime, Deed, Dimension, Filter, LONGEST_VALUE, MOST_FILTERS, Machines, Metric, NumberTest, PathStep,
    Period, Place, Property, SessionQuery, Sort, SortKey, TextTest,
};
use crate::models::ids::SiteId;

/// The longest search, in characters.
const LONGEST_SEARCH: usize = 200;

impl SessionQuery {
    /// Reads the query from an address's parameters. What cannot be understood is named in the second value, so that
    /// the page can say what it ignored.
    pub fn from_params<'a>(site: SiteId, params: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<String>) {
        let mut reader = Reader::new(site);
        for (name, value) in params {
            if reader.read(name, value).is_none() && !reader.ignored.iter().any(|ignored| ignored == name) {
                reader.ignored.push(name.to_owned());
            }
        }
        reader.finish()
    }

    /// What stands behind the path in an address: nothing, or a question mark and the parameters.
    pub fn search_string(&self) -> String {
        search_of(self.params())
    }

    /// The parameters of the selection, and those of the tab that it is looked at in.
    pub fn all_params(&self) -> Vec<(String, String)> {
        let mut params = self.params();
        params.extend(self.tab.params());
        params
    }

    /// The parameters: what is not as usual, names and values.
    pub fn params(&self) -> Vec<(String, String)> {
        let mut params: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| params.push((name.to_owned(), value));
        if self.period != Period::default() {
            put("period", self.period.to_string());
        }
        if let Some(time) = self.time {
            put("time", time.to_string());
        }
        if self.machines != Machines::default() {
            put("machines", self.machines.as_ref().to_owned());
        }
        for filter in &self.filters {
            match filter {
                Filter::Text { dimension, test, values } => {
                    let name = match test {
                        TextTest::Is => dimension.as_ref().to_owned(),
                        test => format!("{}.{}", dimension.as_ref(), test.as_ref()),
                    };
                    values.iter().for_each(|value| put(&name, value.clone()));
                }
                Filter::Number { metric, test } => {
                    let (test, value) = match test {
                        NumberTest::More(least) => ("more", least.to_string()),
                        NumberTest::Less(most) => ("less", most.to_string()),
                        NumberTest::Between(least, most) => ("between", format!("{least}-{most}")),
                    };
                    put(&format!("{}.{test}", metric.as_ref()), value);
                }
                Filter::Property { property, not, values } => {
                    let name = if *not { "property.not" } else { "property" };
                    values.iter().for_each(|value| put(name, property.with_value(value)));
                }
                Filter::Step { step, not, values } => {
                    let name = if *not { "step.not" } else { "step" };
                    values.iter().for_each(|value| put(name, step.with_page(value)));
                }
                Filter::Did { deed, not } => put(if *not { "did.not" } else { "did" }, deed.text()),
            }
        }
        if let Some(goal) = self.goal {
            put("goal", goal.to_string());
        }
        if let Some(converted) = self.converted {
            put("converted", if converted { "yes" } else { "no" }.to_owned());
        }
        if let Some(search) = &self.search {
            put("q", search.clone());
        }
        if self.sort != Sort::default() {
            let way = if self.sort.ascending { ".asc" } else { "" };
            put("sort", format!("{}{way}", self.sort.key.as_ref()));
        }
        match self.cursor {
            Cursor::Top => {}
            Cursor::Below(place) => put("before", place_text(place)),
            Cursor::Above(place) => put("after", place_text(place)),
        }
        params
    }
}

fn place_text(Place { value, id }: Place) -> String {
    value.map_or_else(|| id.to_string(), |value| format!("{value}~{id}"))
}

fn place(text: &str) -> Option<Place> {
    match text.split_once('~') {
        Some((value, id)) => Some(Place { value: Some(value.parse().ok()?), id: id.parse().ok()? }),
        None => Some(Place { value: None, id: text.parse().ok()? }),
    }
}

/// What was read so far.
struct Reader {
    query: SessionQuery,
    ignored: Vec<String>,
    from: Option<super::LocalMinute>,
    to: Option<super::LocalMinute>,
    add: [Option<String>; 3],
}

impl Reader {
    fn new(site: SiteId) -> Self {
        Self { query: SessionQuery::newest(site), ignored: Vec::new(), from: None, to: None, add: [None, None, None] }
    }

    /// `None`: the value was not understood. Names that are not ours are nobody's business.
    fn read(&mut self, name: &str, value: &str) -> Option<()> {
        // Plain forms send every field, also those that were left empty.
        let is_field = matches!(name, "from" | "to" | "time" | "q" | "add" | "test" | "value" | "goal" | "converted");
        if is_field && value.trim().is_empty() {
            return Some(());
        }
        let query = &mut self.query;
        match name {
            "period" => query.period = value.parse().ok()?,
            "from" => self.from = Some(value.parse().ok()?),
            "to" => self.to = Some(value.parse().ok()?),
            "time" => query.time = Some(value.parse::<DayTime>().ok()?),
            "machines" => query.machines = value.parse().ok()?,
            "goal" => query.goal = Some(value.parse().ok()?),
            "converted" => query.converted = Some(yes_or_no(value)?),
            "property" => self.add(property(value, false)?)?,
            "property.not" => self.add(property(value, true)?)?,
            "step" => self.add(step(value, false)?)?,
            "step.not" => self.add(step(value, true)?)?,
            "did" | "did.not" => self.add(Filter::Did { deed: Deed::of_text(value)?, not: name != "did" })?,
            "q" => query.search = Some(value.trim().chars().take(LONGEST_SEARCH).collect()),
            "sort" => query.sort = sort(value)?,
            "before" => query.cursor = Cursor::Below(place(value)?),
            "after" => query.cursor = Cursor::Above(place(value)?),
            "add" => self.add[0] = Some(value.to_owned()),
            "test" => self.add[1] = Some(value.to_owned()),
            "value" => self.add[2] = Some(value.to_owned()),
            _ => {
                let (of, test) = name.split_once('.').unwrap_or((name, "is"));
                if of.parse::<Dimension>().is_err() && of.parse::<Metric>().is_err() {
                    return Some(());
                }
                self.add(filter(of, test, value)?)?;
            }
        }
        Some(())
    }

    fn add(&mut self, filter: Filter) -> Option<()> {
        let is_full = self.query.filters.len() >= MOST_FILTERS;
        let cursor = self.query.cursor;
        let more = self.query.with(filter);
        let took = more.filters != self.query.filters || !is_full;
        self.query = SessionQuery { cursor, ..more };
        took.then_some(())
    }

    fn finish(mut self) -> (SessionQuery, Vec<String>) {
        if let (Some(from), Some(to)) = (self.from, self.to) {
            match Period::range(from, to) {
                Ok(range) => self.query.period = range,
                Err(_) => self.ignored.push("to".into()),
            }
        }
        if let [Some(of), test, Some(value)] = std::mem::take(&mut self.add) {
            let added = filter(&of, test.as_deref().unwrap_or("is"), value.trim());
            if added.and_then(|added| self.add(added)).is_none() {
                self.ignored.push("value".into());
            }
        }
        // Of a goal that is not named nobody can say whether it was reached.
        if self.query.goal.is_none() && self.query.converted.take().is_some() {
            self.ignored.push("converted".into());
        }
        (self.query, self.ignored)
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn property(text: &str, not: bool) -> Option<Filter> {
    let (property, value) = Property::and_value(text)?;
    let value = value.chars().take(LONGEST_VALUE).collect();
    Some(Filter::Property { property, not, values: vec![value] })
}

fn step(text: &str, not: bool) -> Option<Filter> {
    let (step, page) = PathStep::and_page(text)?;
    let page = page.chars().take(LONGEST_VALUE).collect();
    Some(Filter::Step { step, not, values: vec![page] })
}

/// What stands behind a path for these parameters: nothing, or a question mark and the parameters.
pub(in crate::models) fn search_of(params: Vec<(String, String)>) -> String {
    let mut out = String::new();
    for (name, value) in params {
        let mark = if out.is_empty() { '?' } else { '&' };
        let _ = write!(out, "{mark}{name}={}", encoded(&value));
    }
    out
}

fn sort(text: &str) -> Option<Sort> {
    let (key, ascending) = text.strip_suffix(".asc").map_or((text, false), |key| (key, true));
    Some(Sort { key: key.parse::<SortKey>().ok()?, ascending })
}

fn filter(of: &str, test: &str, value: &str) -> Option<Filter> {
    if let Ok(dimension) = of.parse::<Dimension>() {
        let value = value.chars().take(LONGEST_VALUE).collect();
        return Some(Filter::Text { dimension, test: test.parse().ok()?, values: vec![value] });
    }
    let metric = of.parse().ok()?;
    let test = match test {
        "more" => NumberTest::More(value.parse().ok()?),
        "less" => NumberTest::Less(value.parse().ok()?),
        "between" => {
            let (least, most) = value.split_once('-')?;
            NumberTest::Between(least.trim().parse().ok()?, most.trim().parse().ok()?)
        }
        _ => return None,
    };
    Some(Filter::Number { metric, test })
}

/// Percent signs for everything that means something in an address; paths stay readable.
pub(in crate::models) fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' | b',' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Texts as one, with equals signs between them.
pub(super) fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for (nth, part) in parts.iter().enumerate() {
        if nth > 0 {
            text.push('=');
        }
        text.push_str(&encoded(part));
    }
    text
}

/// The texts that [`joined`] made one of, so many at the most; `None` of what it did not make.
pub(super) fn parts(text: &str, most: usize) -> Option<Vec<String>> {
    text.splitn(most, '=').map(decoded).collect()
}

/// What [`encoded`] made of a text; `None` of what it did not make.
pub(in crate::models) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        event::EventKind,
        events::Called,
        ids::{GoalId, SessionId},
        paths::{Anchor, STEPS_SEEN, Way},
        query::{Act, Bounds, Recent, session_href},
    };

    fn any_dimension() -> impl Strategy<Value = Dimension> {
        prop::sample::select(Dimension::iter().collect::<Vec<_>>())
    }

    fn any_filter() -> impl Strategy<Value = Filter> {
        let texts = (any_dimension(), prop::sample::select(TextTest::iter().collect::<Vec<_>>()), any::<String>())
            .prop_map(|(dimension, test, value)| Filter::Text { dimension, test, values: vec![value] });
        let test = prop_oneof![
            any::<u32>().prop_map(NumberTest::More),
            any::<u32>().prop_map(NumberTest::Less),
            any::<(u32, u32)>().prop_map(|(least, most)| NumberTest::Between(least, most)),
        ];
        let numbers = (prop::sample::select(Metric::iter().collect::<Vec<_>>()), test)
            .prop_map(|(metric, test)| Filter::Number { metric, test });
        let property =
            (any::<String>(), any::<String>(), any::<bool>(), any::<String>()).prop_map(|(event, key, not, value)| {
                Filter::Property { property: Property { event, key }, not, values: vec![value] }
            });
        let anchor = (prop::sample::select(Way::iter().collect::<Vec<_>>()), "[a-z/=%]{1,9}")
            .prop_map(|(way, page)| Anchor::of(way, &page).unwrap());
        let step = (anchor, 1..=STEPS_SEEN, any::<bool>(), any::<String>()).prop_map(|(anchor, at, not, page)| {
            Filter::Step { step: PathStep { anchor, at }, not, values: vec![page] }
        });
        let did = (any::<String>(), any_act(), any::<bool>())
            .prop_map(|(page, act, not)| Filter::Did { deed: Deed { page, act }, not });
        prop_oneof![texts, numbers, property, step, did]
    }

    fn any_act() -> impl Strategy<Value = Act> {
        let bounds = || any::<(u32, Option<u32>)>().prop_map(|(from, below)| Bounds { from, below });
        let kind = || prop::sample::select(EventKind::iter().collect::<Vec<_>>());
        let property = |(event, key, value): (String, String, String)| Act::Property(Property { event, key }, value);
        prop_oneof![
            prop::sample::select(vec![Act::View, Act::Friction, Act::Errors]),
            any::<String>().prop_map(Act::After),
            any::<String>().prop_map(Act::Before),
            bounds().prop_map(Act::Depth),
            bounds().prop_map(Act::Active),
            (kind(), any::<String>()).prop_map(|(kind, name)| Act::Event(Called { kind, name })),
            (kind(), any::<(String, String)>()).prop_map(|(kind, (name, target))| Act::Exactly { kind, name, target }),
            any::<(String, String, String)>().prop_map(property),
        ]
    }

    fn any_cursor() -> impl Strategy<Value = Cursor> {
        let place = (any::<Option<i64>>(), any::<u128>())
            .prop_map(|(value, id)| Place { value, id: SessionId(Uuid::from_u128(id)) });
        prop_oneof![Just(Cursor::Top), place.clone().prop_map(Cursor::Below), place.prop_map(Cursor::Above)]
    }

    fn any_period() -> impl Strategy<Value = Period> {
        prop_oneof![
            Just(Period::Now),
            prop::sample::select(Recent::iter().collect::<Vec<_>>()).prop_map(Period::Last),
            (1970..9999, 1u8..=12).prop_map(|(year, month)| Period::Month { year, month }),
        ]
    }

    prop_compose! {
        fn any_query()(
            site in any::<i32>(),
            period in any_period(),
            time in prop::option::of((0u16..720, 720u16..1440)),
            shown in any::<bool>(),
            filters in prop::collection::vec(any_filter(), 0..6),
            goal in prop::option::of((any::<u128>(), any::<Option<bool>>())),
            search in prop::option::of("[a-z/ä&=%+# ]{1,20}[a-z]"),
            key in prop::sample::select(SortKey::iter().collect::<Vec<_>>()),
            ascending in any::<bool>(),
            cursor in any_cursor(),
        ) -> SessionQuery {
            let query = SessionQuery {
                period,
                time: time.map(|(from, to)| DayTime { from, to }),
                machines: if shown { Machines::Shown } else { Machines::Hidden },
                goal: goal.map(|(id, _)| GoalId(Uuid::from_u128(id))),
                converted: goal.and_then(|(_, converted)| converted),
                search: search.map(|text| text.trim().to_owned()),
                sort: Sort { key, ascending },
                ..SessionQuery::newest(SiteId(site))
            };
            let query = filters.into_iter().fold(query, |query, filter| query.with(filter));
            SessionQuery { cursor, ..query }
        }
    }

    fn read(site: SiteId, search: &str) -> (SessionQuery, Vec<String>) {
        let pairs: Vec<(String, String)> = search
            .trim_start_matches('?')
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decoded(name).unwrap(), decoded(value).unwrap()))
            .collect();
        SessionQuery::from_params(site, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    proptest! {
        #[test]
        fn an_address_brings_back_its_query(query in any_query()) {
            prop_assert_eq!(read(query.site, &query.search_string()), (query, vec![]));
        }

        #[test]
        fn the_address_of_a_session_brings_back_the_top_of_its_list(query in any_query(), id in any::<u128>()) {
            let id = SessionId(Uuid::from_u128(id));
            let href = query.session_href(id);
            let (path, search) = href.split_once('?').unwrap_or((href.as_str(), ""));
            prop_assert_eq!(path, session_href(query.site, id));
            prop_assert_eq!(read(query.site, search), (query.at_top(), vec![]));
        }
    }

    #[rstest]
    #[case("before=yesterday", "before")]
    #[case("period=8d", "period")]
    #[case("duration.more=long", "duration.more")]
    #[case("country.like=DE", "country.like")]
    #[case("sort=colour", "sort")]
    #[case("from=2026-11-08T00:00&to=2026-11-01T00:00", "to")]
    #[case("add=pages&test=more&value=many", "value")]
    #[case("converted=yes", "converted")]
    #[case("goal=first", "goal")]
    #[case("property=signup=plan", "property")]
    #[case("did=/lamps=sneeze", "did")]
    fn what_is_not_understood_is_named_and_the_rest_is_taken(#[case] search: &str, #[case] ignored: &str) {
        let (query, named) = read(SiteId(1), &format!("{search}&country=DE"));
        assert_eq!(named, [ignored]);
        assert_eq!(query.filters, [Filter::is(Dimension::Country, "DE")]);
    }

    #[rstest]
    #[case::names_of_others("utm_source=letter&fbclid=1")]
    #[case::what_a_session_s_page_shows("show=clicks")]
    #[case::fields_of_a_form_that_were_left_empty("from=&to=&time=&q=&add=country&test=is&value=")]
    fn what_is_nobodys_business_is_passed_over(#[case] search: &str) {
        assert_eq!(read(SiteId(1), search), (SessionQuery::newest(SiteId(1)), vec![]));
    }

    #[test]
    fn a_session_of_the_usual_list_has_a_bare_address_on_every_page_of_it() {
        let id = SessionId(Uuid::nil());
        let below = Cursor::Below(Place { value: None, id });
        let list = SessionQuery { cursor: below, ..SessionQuery::newest(SiteId(1)) };
        assert_eq!(list.session_href(id), "/sites/1/sessions/00000000-0000-0000-0000-000000000000");
    }

    #[test]
    fn a_form_adds_a_condition_and_a_stretch() {
        let form = "country=DE&add=country&test=is&value=FR&from=2026-11-01T09:30&to=2026-11-02T10:00";
        let (query, ignored) = read(SiteId(1), form);
        assert_eq!(ignored, Vec::<String>::new());
        assert_eq!(query.href(), "/sites/1/sessions?period=2026-11-01T09:30..2026-11-02T10:00&country=DE&country=FR");
    }
}
