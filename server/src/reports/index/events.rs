//! What happened in the selected sessions: one look at every step, on all processors.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

use app::models::{
    event::EventKind,
    events::{
        Called, Counted, Detail, EventReport, EventRow, MOST_VALUES, PropertyValues, TREND, most_first, trend_part,
    },
    pages::Top,
    time::LocalTime,
};

use super::{
    day::Held,
    selection::Selection,
    steps::{Happening, Step, views},
    words::{Word, Words},
};

/// How often something happened, while sessions are looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    times: u64,
    pub(super) sessions: u64,
    conversions: u64,
    /// The session that was counted last, so that none counts twice; from 1.
    counted: u32,
}

impl Tally {
    pub(super) fn take(&mut self, session: Looked) {
        self.times += 1;
        if self.counted != session.nth {
            self.counted = session.nth;
            self.sessions += 1;
            self.conversions += u64::from(session.converts);
        }
    }

    /// What was counted in other sessions.
    pub(super) fn add(&mut self, others: &Self) {
        self.times += others.times;
        self.sessions += others.sessions;
        self.conversions += others.conversions;
    }

    fn done<T>(&self, what: T, has_goal: bool) -> Counted<T> {
        let Self { times, sessions, conversions, .. } = *self;
        Counted { what, times, sessions, conversions: has_goal.then_some(conversions) }
    }
}

/// A session while it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Looked {
    nth: u32,
    converts: bool,
    part: usize,
}

/// An event while sessions are looked at.
#[derive(Clone, Debug)]
struct Course {
    kind: EventKind,
    called: Word,
    tally: Tally,
    trend: Vec<u32>,
}

impl Course {
    fn new(kind: EventKind, called: Word) -> Self {
        Self { kind, called, tally: Tally::default(), trend: vec![0; TREND] }
    }

    fn take(&mut self, session: Looked) {
        self.tally.take(session);
        if let Some(part) = self.trend.get_mut(session.part) {
            *part += 1;
        }
    }

    fn add(&mut self, others: &Self) {
        self.tally.add(&others.tally);
        self.trend.iter_mut().zip(&others.trend).for_each(|(times, more)| *times += more);
    }

    fn done(self, words: &Words, has_goal: bool) -> EventRow {
        let what = Called { kind: self.kind, name: words.text(self.called).to_owned() };
        EventRow { counted: self.tally.done(what, has_goal), trend: self.trend }
    }
}

impl Selection {
    /// A row for each event, and how many sessions are selected.
    pub(in crate::reports) fn events(&self) -> (Vec<EventRow>, u64) {
        let words = &self.days.words;
        let shares = self.shared(|rows| {
            let mut courses = Courses::new(words.len());
            rows.for_each(|held| courses.take(held.steps, |nth| self.looked(held, nth)));
            courses
        });
        let courses = shares.into_iter().reduce(Courses::add).unwrap_or(Courses::new(0));
        let has_goal = self.conditions.reach.is_some();
        let rows = courses.all.into_iter().map(|course| course.done(words, has_goal));
        (rows.collect(), u64::from(courses.sessions))
    }

    pub(super) fn looked(&self, Held { row, converts, .. }: Held<'_>, nth: u32) -> Looked {
        let stretch = self.conditions.stretch;
        Looked { nth, converts, part: trend_part(stretch.from, stretch.to, row.began_at()) }
    }

    /// The report of an event.
    pub(in crate::reports) fn event_report(&self, of: &Called, now: LocalTime) -> EventReport {
        let words = &self.days.words;
        let has_goal = self.conditions.reach.is_some();
        let called = words.known(&of.name);
        let shares = self.shared(|rows| {
            let mut report = Report::new(of.kind, called);
            rows.for_each(|held| report.take(held.steps, |nth| self.looked(held, nth)));
            report
        });
        let report = shares.into_iter().reduce(Report::add).unwrap_or(Report::new(of.kind, called));
        let mut done = report.done(words, has_goal, now);
        done.row.counted.what = of.clone();
        done
    }
}

/// The events, each where the number of what it goes by says; of those that share it by kind.
struct Courses {
    places: Vec<u32>,
    all: Vec<Course>,
    /// What the site named like something else: rare.
    others: HashMap<(EventKind, Word), usize>,
    /// How many were looked at.
    sessions: u32,
}

impl Courses {
    fn new(words: usize) -> Self {
        Self { places: vec![u32::MAX; words], all: Vec::new(), others: HashMap::new(), sessions: 0 }
    }

    fn of(&mut self, kind: EventKind, called: Word) -> Option<&mut Course> {
        let place = self.places.get_mut(called as usize)?;
        let first = usize::try_from(*place).ok();
        let at = match first.filter(|&at| self.all.get(at).is_some_and(|course| course.kind == kind)) {
            Some(at) => at,
            None => {
                let next = self.all.len();
                let at = *self.others.entry((kind, called)).or_insert(next);
                if at == next {
                    self.all.push(Course::new(kind, called));
                    *place = (*place).min(u32::try_from(next).unwrap_or(u32::MAX));
                }
                at
            }
        };
        self.all.get_mut(at)
    }

    fn take(&mut self, steps: &[Step], looked: impl FnOnce(u32) -> Looked) {
        self.sessions += 1;
        let looked = looked(self.sessions);
        for event in views(steps).flat_map(|view| view.events()) {
            if let Some(course) = self.of(event.kind, event.called) {
                course.take(looked);
            }
        }
    }

    /// What happened in other sessions.
    fn add(mut self, others: Self) -> Self {
        self.sessions += others.sessions;
        for course in others.all {
            if let Some(standing) = self.of(course.kind, course.called) {
                standing.add(&course);
            }
        }
        self
    }
}

/// What is known of one event while sessions are looked at.
struct Report {
    /// What it goes by; `None` where no session has it.
    called: Option<Word>,
    /// How many were looked at.
    sessions: u32,
    course: Course,
    values: BTreeMap<Word, HashMap<Word, Tally>>,
    details: HashMap<(Word, Word), Tally>,
    pages: HashMap<Word, Tally>,
}

impl Report {
    fn new(kind: EventKind, called: Option<Word>) -> Self {
        let course = Course::new(kind, called.unwrap_or_default());
        Self { called, sessions: 0, course, values: BTreeMap::new(), details: HashMap::new(), pages: HashMap::new() }
    }

    fn take(&mut self, steps: &[Step], looked: impl FnOnce(u32) -> Looked) {
        self.sessions += 1;
        // An event that no session has is not looked for.
        let Some(called) = self.called else { return };
        let kind = self.course.kind;
        let is_it = |event: &Happening<'_>| event.kind == kind && event.called == called;
        if !views(steps).any(|view| view.events().any(|event| is_it(&event))) {
            return;
        }
        let looked = looked(self.sessions);
        for view in views(steps) {
            view.events().filter(is_it).for_each(|event| self.event(view.path, &event, looked));
        }
    }

    /// What happened in other sessions.
    fn add(mut self, others: Self) -> Self {
        self.sessions += others.sessions;
        self.course.add(&others.course);
        add_each(&mut self.details, others.details);
        add_each(&mut self.pages, others.pages);
        for (key, values) in others.values {
            add_each(self.values.entry(key).or_default(), values);
        }
        self
    }

    fn event(&mut self, path: Word, event: &Happening<'_>, session: Looked) {
        self.course.take(session);
        self.pages.entry(path).or_default().take(session);
        if event.kind != EventKind::Custom {
            self.details.entry((event.name, event.target)).or_default().take(session);
        }
        for (key, value) in event.properties() {
            self.values.entry(key).or_default().entry(value).or_default().take(session);
        }
    }

    fn done(self, words: &Words, has_goal: bool, now: LocalTime) -> EventReport {
        let text = |word: Word| words.text(word).to_owned();
        let values = |(key, values): (Word, HashMap<Word, Tally>)| {
            let (values, others) = most_first(counted(values, text, has_goal), MOST_VALUES);
            PropertyValues { key: text(key), values, others }
        };
        let mut properties: Vec<PropertyValues> = self.values.into_iter().map(values).collect();
        properties.sort_by(|a, b| a.key.cmp(&b.key));
        let detail = |(name, target): (Word, Word)| Detail { name: text(name), target: text(target) };
        let details = counted(self.details, detail, has_goal);
        let pages = counted(self.pages, text, has_goal);
        EventReport {
            now,
            sessions: self.sessions.into(),
            row: self.course.done(words, has_goal),
            properties,
            details: Top::of(details, |row| row.times, |row| row.what.clone()),
            pages: Top::of(pages, |row| row.times, |row| row.what.clone()),
        }
    }
}

/// What was counted in other sessions.
pub(super) fn add_each<W: Eq + Hash>(tallies: &mut HashMap<W, Tally>, others: HashMap<W, Tally>) {
    for (word, others) in others {
        tallies.entry(word).or_default().add(&others);
    }
}

/// What was counted, with its figures.
pub(super) fn counted<W: Eq + Hash, T>(
    tallies: HashMap<W, Tally>,
    what: impl Fn(W) -> T,
    has_goal: bool,
) -> Vec<Counted<T>> {
    tallies.into_iter().map(|(word, tally)| tally.done(what(word), has_goal)).collect()
}
