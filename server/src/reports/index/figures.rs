//! What the selected sessions come to: their figures, their course in time, their spread over values.

use std::cmp::Reverse;

use app::models::{
    facet::{FacetValue, TOP},
    overview::{Bar, Summary},
    query::Dimension,
    session::Bounce,
    sign::{SignFamily, SignKind},
};
use strum::IntoEnumIterator;

use super::{
    conditions::{self, Conditions, Place},
    day::Held,
    row::{Row, bit, bits},
    selection::Selection,
};
use crate::store::reading::Zone;

impl Selection {
    /// Its figures.
    pub(in crate::reports) fn summary(&self) -> Summary {
        let shares = self.shared(|rows| {
            let mut sums = Sums::default();
            rows.for_each(|held| sums.take(held, self.conditions.signs(held.row), &self.conditions));
            sums
        });
        shares.into_iter().reduce(Sums::add).unwrap_or_default().done(&self.conditions)
    }

    /// Its figures and its course in time, a bar from each cut to the next. Both in one look at every session: to choose
    /// them costs more than to count them.
    pub(in crate::reports) fn overview(&self, cuts: &[i64], zone: Zone) -> (Summary, Vec<Bar>) {
        let shares = self.shared(|rows| {
            let (mut sums, mut course) = (Sums::default(), Course::new(cuts, zone));
            for held in rows {
                let signs = self.conditions.signs(held.row);
                sums.take(held, signs, &self.conditions);
                course.take(held.row, signs);
            }
            (sums, course)
        });
        let nothing = || (Sums::default(), Course::new(cuts, zone));
        let all = shares.into_iter().reduce(|(sums, course), (more, on)| (sums.add(more), course.add(on)));
        let (sums, course) = all.unwrap_or_else(nothing);
        (sums.done(&self.conditions), course.bars)
    }

    /// The most frequent values of a dimension that contain `part`, and how many others there are.
    pub(in crate::reports) fn facet(&self, dimension: Dimension, part: &str) -> (Vec<FacetValue>, u64) {
        let counts = match conditions::place(dimension) {
            Place::One(text) => self.word_counts(|held, count| count(held.row.text(text) as usize)),
            Place::Several(kind) => self.word_counts(|held, count| {
                held.several.of(kind).iter().for_each(|&word| count(word as usize));
            }),
            Place::Signs => self.sign_counts(),
            Place::Bounce => self.bounce_counts(),
        };
        top(counts, part, self.conditions.reach.is_some())
    }

    fn word_counts(&self, each: impl Fn(Held<'_>, &mut dyn FnMut(usize)) + Sync) -> Vec<(String, Count)> {
        let words = &self.days.words;
        let counted = (0..).zip(self.counts(words.len(), each)).filter(|(_, count)| count.sessions > 0);
        counted.map(|(word, count)| (words.text(word).to_owned(), count)).collect()
    }

    fn bounce_counts(&self) -> Vec<(String, Count)> {
        let all = [None, Some(Bounce::Yes), Some(Bounce::No)];
        let counts = self.counts(all.len(), |held, count| {
            let bounce = self.conditions.bounce(held.row);
            all.iter().position(|&of| of == bounce).into_iter().for_each(count);
        });
        let text = |bounce: Option<Bounce>| bounce.map_or_else(String::new, |bounce| bounce.as_ref().to_owned());
        let had = all.into_iter().zip(counts).filter(|(_, count)| count.sessions > 0);
        had.map(|(bounce, count)| (text(bounce), count)).collect()
    }

    fn sign_counts(&self) -> Vec<(String, Count)> {
        let counts = self.counts(SignKind::iter().len(), |held, count| {
            let signs = self.conditions.signs(held.row);
            if signs != 0 {
                let had = SignKind::iter().enumerate().filter(|(_, kind)| signs & bit(*kind) != 0);
                had.for_each(|(at, _)| count(at));
            }
        });
        let counted = SignKind::iter().zip(counts).filter(|(_, count)| count.sessions > 0);
        counted.map(|(kind, count)| (kind.as_ref().to_owned(), count)).collect()
    }

    /// How many sessions have each of so many values; `each` says the numbers of those that a session has.
    fn counts(&self, values: usize, each: impl Fn(Held<'_>, &mut dyn FnMut(usize)) + Sync) -> Vec<Count> {
        let shares = self.shared(|rows| {
            let mut counts = vec![Count::default(); values];
            for held in rows {
                each(held, &mut |value| {
                    if let Some(count) = counts.get_mut(value) {
                        count.take(held.converts);
                    }
                });
            }
            counts
        });
        let add = |mut counts: Vec<Count>, more: Vec<Count>| {
            counts.iter_mut().zip(more).for_each(|(count, more)| count.add(more));
            counts
        };
        shares.into_iter().reduce(add).unwrap_or_default()
    }
}

/// How many sessions have a value. Both numbers lie together, so that counting for a goal costs no further look.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    sessions: u32,
    conversions: u32,
}

impl Count {
    fn take(&mut self, converts: bool) {
        self.sessions += 1;
        self.conversions += u32::from(converts);
    }

    fn add(&mut self, more: Self) {
        self.sessions += more.sessions;
        self.conversions += more.conversions;
    }
}

/// What sessions come to, while they are looked at.
#[derive(Default)]
struct Sums {
    summary: Summary,
    conversions: u64,
    durations: Vec<u32>,
    active: Vec<u32>,
}

impl Sums {
    fn take(&mut self, Held { row, converts, .. }: Held<'_>, signs: u32, conditions: &Conditions) {
        self.summary.sessions += 1;
        self.conversions += u64::from(converts);
        self.summary.page_views += u64::from(row.pages);
        self.summary.signed += u64::from(signs != 0);
        if let Some(bounce) = conditions.bounce(row) {
            self.summary.could_bounce += 1;
            self.summary.bounces += u64::from(bounce == Bounce::Yes);
        }
        if !row.overlapping {
            self.durations.extend(row.known_duration_ms());
            self.active.extend(row.active_ms());
        }
    }

    /// What other sessions come to.
    fn add(mut self, others: Self) -> Self {
        self.summary.sessions += others.summary.sessions;
        self.summary.page_views += others.summary.page_views;
        self.summary.signed += others.summary.signed;
        self.summary.could_bounce += others.summary.could_bounce;
        self.summary.bounces += others.summary.bounces;
        self.conversions += others.conversions;
        self.durations.extend(others.durations);
        self.active.extend(others.active);
        self
    }

    fn done(mut self, conditions: &Conditions) -> Summary {
        Summary {
            conversions: conditions.reach.as_ref().map(|_| self.conversions),
            median_duration_ms: quantile(&mut self.durations, 50),
            p90_duration_ms: quantile(&mut self.durations, 90),
            median_active_ms: quantile(&mut self.active, 50),
            p90_active_ms: quantile(&mut self.active, 90),
            ..self.summary
        }
    }
}

/// Sessions in time, while they are looked at.
struct Course<'a> {
    cuts: &'a [i64],
    bars: Vec<Bar>,
    friction: u32,
    suspicious: u32,
}

impl<'a> Course<'a> {
    fn new(cuts: &'a [i64], zone: Zone) -> Self {
        let bar = |(&from, &to): (&i64, &i64)| Bar {
            from: zone.local(from),
            to: zone.local(to),
            friction: 0,
            suspicious: 0,
            outstanding: 0,
            plain: 0,
        };
        let of = |family| bits(|kind| kind.family() == family);
        let [friction, suspicious] = [SignFamily::Friction, SignFamily::Suspicious].map(of);
        Self { cuts, bars: cuts.iter().zip(cuts.iter().skip(1)).map(bar).collect(), friction, suspicious }
    }

    fn take(&mut self, row: &Row, signs: u32) {
        let at = self.cuts.partition_point(|&cut| cut <= row.began_at());
        let Some(bar) = at.checked_sub(1).and_then(|at| self.bars.get_mut(at)) else { return };
        if signs & self.friction != 0 {
            bar.friction += 1;
        } else if signs & self.suspicious != 0 {
            bar.suspicious += 1;
        } else if signs != 0 {
            bar.outstanding += 1;
        } else {
            bar.plain += 1;
        }
    }

    /// The course of other sessions.
    fn add(mut self, others: Self) -> Self {
        for (bar, more) in self.bars.iter_mut().zip(others.bars) {
            bar.friction += more.friction;
            bar.suspicious += more.suspicious;
            bar.outstanding += more.outstanding;
            bar.plain += more.plain;
        }
        self
    }
}

/// The least value that `percent` of all are not above; `None` of none.
pub(super) fn quantile(values: &mut [u32], percent: usize) -> Option<u64> {
    let rank = (values.len() * percent).div_ceil(100).checked_sub(1)?;
    let (_, value, _) = values.select_nth_unstable(rank);
    Some(u64::from(*value))
}

fn top(mut counts: Vec<(String, Count)>, part: &str, has_goal: bool) -> (Vec<FacetValue>, u64) {
    if !part.is_empty() {
        let part = part.to_lowercase();
        counts.retain(|(value, _)| value.to_lowercase().contains(&part));
    }
    counts.sort_unstable_by(|(a, many), (b, more)| (Reverse(many.sessions), a).cmp(&(Reverse(more.sessions), b)));
    let others = u64::try_from(counts.len().saturating_sub(TOP)).unwrap_or(u64::MAX);
    counts.truncate(TOP);
    let value = |(value, Count { sessions, conversions }): (String, Count)| FacetValue {
        value,
        sessions: sessions.into(),
        conversions: has_goal.then(|| conversions.into()),
    };
    (counts.into_iter().map(value).collect(), others)
}
