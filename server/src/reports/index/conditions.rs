//! A query's conditions over columns: texts become sets of words once, so that a session costs a few looked-up bits.

use std::sync::Arc;

use app::models::{
    goal::Aim,
    query::{DayTime, Dimension, Filter, Metric, NumberTest, Period, SessionQuery, TextTest, text_holds},
    session::{Bounce, Limits},
};
use uuid::Uuid;

use super::{
    day::Held,
    deed::OnView,
    measures::{Bounces, alive},
    paths::OnStep,
    reach::{HasProperty, Reach},
    row::{Row, Text, bits},
    several::{Kind, Several},
    steps::views,
    words::{Set, Words},
};
use crate::{
    reports::period::Stretch,
    store::reading::{Outstanding, Rules, Zone},
};

/// Where the values of a dimension stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Each session has one.
    One(Text),
    /// A session can have several.
    Several(Kind),
    /// A bit each.
    Signs,
    /// It follows from other figures.
    Bounce,
}

/// Where the values of a dimension stand.
pub(super) fn place(dimension: Dimension) -> Place {
    match dimension {
        Dimension::Source => Place::One(Text::Source),
        Dimension::Channel => Place::One(Text::Channel),
        Dimension::Campaign => Place::One(Text::Campaign),
        Dimension::Medium => Place::One(Text::Medium),
        Dimension::Country => Place::One(Text::Country),
        Dimension::Device => Place::One(Text::Device),
        Dimension::Os => Place::One(Text::Os),
        Dimension::Browser => Place::One(Text::Browser),
        Dimension::Entry => Place::One(Text::Entry),
        Dimension::Exit => Place::One(Text::Exit),
        Dimension::Bot => Place::One(Text::Bot),
        Dimension::Page => Place::Several(Kind::Pages),
        Dimension::Host => Place::Several(Kind::Hosts),
        Dimension::Event => Place::Several(Kind::Events),
        Dimension::Link => Place::Several(Kind::Links),
        Dimension::Sign => Place::Signs,
        Dimension::Bounced => Place::Bounce,
    }
}

/// Whether a dimension is one of those that are read only when they are asked for.
pub(super) fn is_several(dimension: Dimension) -> bool {
    matches!(place(dimension), Place::Several(_))
}

/// What is needed of sessions beside their rows; it is read only then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::reports) struct Needs {
    /// What they have several of.
    pub(super) several: bool,
    /// What happened in them.
    pub(super) steps: bool,
    /// How far down their pages were seen.
    pub(super) depths: bool,
    /// When their visitors were shown codes.
    pub(super) codes: bool,
}

impl Needs {
    /// What a query chooses by.
    pub(in crate::reports) fn of(query: &SessionQuery) -> Self {
        let asks = |filter: &Filter| matches!(filter, Filter::Text { dimension, .. } if is_several(*dimension));
        let is_on_steps =
            |filter: &Filter| matches!(filter, Filter::Property { .. } | Filter::Step { .. } | Filter::Did { .. });
        let is_on = |of: Metric| {
            query.filters.iter().any(|filter| matches!(filter, Filter::Number { metric, .. } if *metric == of))
        };
        Self {
            several: query.search.is_some() || query.filters.iter().any(asks),
            steps: query.goal.is_some() || query.filters.iter().any(is_on_steps),
            depths: is_on(Metric::Scroll),
            codes: is_on(Metric::References),
        }
    }

    /// And the values of a dimension.
    pub(in crate::reports) fn and_values_of(self, dimension: Dimension) -> Self {
        Self { several: self.several || is_several(dimension), ..self }
    }

    /// And what happened in them.
    pub(in crate::reports) fn and_steps(self) -> Self {
        Self { steps: true, ..self }
    }
}

/// One condition.
#[derive(Clone, Debug)]
enum Condition {
    One { text: Text, set: Set, not: bool },
    Several { kind: Kind, set: Set, not: bool },
    Signs { bits: u32, not: bool },
    Bounces(Bounces),
    Number { metric: Metric, test: NumberTest },
    Property { property: HasProperty, not: bool },
    Step(OnStep),
    Did { deed: OnView, not: bool },
}

/// All conditions of a query.
#[derive(Clone, Debug)]
pub(super) struct Conditions {
    pub(super) stretch: Stretch,
    zone: Zone,
    pub(super) limits: Limits,
    outstanding: Outstanding,
    pub(super) now: i64,
    time: Option<DayTime>,
    only_now: bool,
    hides_machines: bool,
    conditions: Vec<Condition>,
    /// What reaches the goal that everything is counted for.
    pub(super) reach: Option<Reach>,
    converted: Option<bool>,
    search: Option<Search>,
}

#[derive(Clone, Debug)]
struct Search {
    text: String,
    words: Set,
    /// Whether any text has it: where none has, nothing of a session need be looked at.
    is_in_words: bool,
    /// Whether it has nothing in it that no id has: most searches need not look at ids.
    may_be_id: bool,
}

impl Conditions {
    pub(super) fn of(
        query: &SessionQuery,
        aim: Option<&Aim>,
        words: &Arc<Words>,
        stretch: Stretch,
        rules: Rules,
        now: i64,
    ) -> Self {
        let search = query.search.as_ref().map(|text| {
            let text = text.to_lowercase();
            let words = words.that(|word| word.to_lowercase().contains(&text));
            Search {
                is_in_words: !words.is_empty(),
                words,
                may_be_id: text.chars().all(|char| char == '-' || char.is_ascii_hexdigit()),
                text,
            }
        });
        Self {
            stretch,
            zone: rules.zone,
            limits: rules.limits,
            outstanding: rules.outstanding,
            now,
            time: query.time,
            only_now: query.period == Period::Now,
            hides_machines: query.hides_machines(),
            conditions: query.filters.iter().map(|filter| condition(filter, words)).collect(),
            reach: aim.map(|aim| Reach::of(aim, words)),
            converted: query.converted,
            search,
        }
    }

    /// Whether a session is selected.
    pub(super) fn hold(&self, held: Held<'_>) -> bool {
        let Held { row, several, converts, .. } = held;
        let began = row.began_at();
        self.stretch.holds(began)
            && !(self.hides_machines && row.text(Text::Bot) != 0)
            && (!self.only_now || row.is_now(self.limits, self.now))
            && self.time.is_none_or(|time| time.holds(self.zone.minute_of_day(began)))
            && self.conditions.iter().all(|condition| condition.holds(held, self))
            && self.converted.is_none_or(|wanted| converts == wanted)
            && self.search.as_ref().is_none_or(|search| search.finds(row, several))
    }

    /// Whether a session was a bounce, once that can be told.
    pub(super) fn bounce(&self, row: &Row) -> Option<Bounce> {
        row.bounce(self.limits, self.now)
    }

    /// The kinds of a session's signs, a bit each.
    pub(super) fn signs(&self, row: &Row) -> u32 {
        row.signs(self.outstanding)
    }
}

fn condition(filter: &Filter, words: &Words) -> Condition {
    match filter {
        Filter::Property { property, not, values } => {
            Condition::Property { property: HasProperty::of(property, values, words), not: *not }
        }
        Filter::Step { step, not, values } => Condition::Step(OnStep::of(step, *not, values, words)),
        Filter::Did { deed, not } => Condition::Did { deed: OnView::of(deed, words), not: *not },
        Filter::Number { metric, test } => Condition::Number { metric: *metric, test: *test },
        Filter::Text { dimension, test, values } => {
            // "None of them is" is the opposite of "one of them is".
            let (test, not) = test.sought();
            let passes = |text: &str| text_holds(test, values, std::iter::once(text));
            match place(*dimension) {
                Place::One(text) => Condition::One { text, set: words_that(words, test, values, passes), not },
                Place::Several(kind) => Condition::Several { kind, set: words_that(words, test, values, passes), not },
                Place::Signs => Condition::Signs { bits: bits(|kind| passes(kind.as_ref())), not },
                Place::Bounce => Condition::Bounces(Bounces::that(|text| passes(text) != not)),
            }
        }
    }
}

/// Whole texts are looked up, parts of them looked for.
fn words_that(words: &Words, test: TextTest, values: &[String], passes: impl Fn(&str) -> bool) -> Set {
    if test != TextTest::Is {
        return words.that(passes);
    }
    words.set_of(values)
}

impl Condition {
    fn holds(&self, held: Held<'_>, of: &Conditions) -> bool {
        let Held { row, several, steps, .. } = held;
        match self {
            Self::Property { property, not } => {
                views(steps).any(|view| view.events().any(|event| property.is_had(&event))) != *not
            }
            Self::One { text, set, not } => set.holds(row.text(*text)) != *not,
            Self::Several { kind, set, not } => several.of(*kind).iter().any(|&word| set.holds(word)) != *not,
            Self::Signs { bits, not } => (of.signs(row) & bits != 0) != *not,
            Self::Step(step) => step.holds(steps, of.reach.as_ref()),
            Self::Did { deed, not } => deed.is_done(steps) != *not,
            Self::Bounces(bounces) => bounces.holds(of.bounce(row)),
            Self::Number { metric, test } => number(*metric, held, of.now).is_some_and(|number| test.holds(number)),
        }
    }
}

/// What a session has of a metric, in its unit.
fn number(metric: Metric, Held { row, depth, codes, .. }: Held<'_>, now: i64) -> Option<f64> {
    match metric {
        Metric::Duration => Some(f64::from(row.duration_ms) / 1000.0),
        Metric::Active => row.active_ms().map(|ms| f64::from(ms) / 1000.0),
        Metric::Pages => Some(f64::from(row.pages)),
        Metric::Events => Some(f64::from(row.events)),
        Metric::Clicks => Some(f64::from(row.clicks)),
        Metric::Scroll => depth.percent().map(f64::from),
        Metric::References => Some(alive(codes, now) as f64),
    }
}

impl Search {
    fn finds(&self, row: &Row, several: Several<'_>) -> bool {
        let of = |several: Several<'_>| {
            // A group is found by its own name too.
            let kinds = [Kind::Pages, Kind::Paths, Kind::Titles, Kind::Names, Kind::Links];
            let lists = kinds.map(|kind| several.of(kind));
            lists.into_iter().flatten().any(|&word| self.words.holds(word))
        };
        let is_in_texts = || self.words.holds(row.text(Text::Source)) || of(several);
        (self.is_in_words && is_in_texts()) || (self.may_be_id && self.is_in_id(row))
    }

    fn is_in_id(&self, row: &Row) -> bool {
        row.id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).contains(&self.text)
    }
}
