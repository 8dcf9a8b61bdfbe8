//! The sessions of one UTC day, column by column: a hundred bytes a session, read in a row without a database.

use app::models::{
    session::{BOUNCE_BELOW_MS, Bounce, Limits, NOW_MS},
    sign::{self, SignKind},
    source::Channel,
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{
    conversions::{Conversions, Converted},
    measures::{Codes, Depth},
    orders::Orders,
    steps::Step,
    words::{Word, Words},
};
use crate::store::{
    entities::session,
    reading::{Figures, Outstanding, convert},
    session_time::began_at,
};

/// Stands for an active time that was not measured.
const UNKNOWN: u32 = u32::MAX;

/// A session's texts of which it has one each.
pub(super) const TEXTS: usize = 11;

/// Which of them stands where in [`Row::texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Source,
    Channel,
    Campaign,
    Medium,
    Country,
    Device,
    Os,
    Browser,
    Entry,
    Exit,
    Bot,
}

/// What is held of a session.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) started_at: i64,
    pub(super) received_at: i64,
    pub(super) changed_at: i64,
    pub(super) duration_ms: u32,
    active_ms: u32,
    pub(super) pages: u16,
    pub(super) events: u16,
    pub(super) clicks: u16,
    distinct_pages: u16,
    engaged: bool,
    measured: bool,
    ended: bool,
    away: bool,
    pub(super) overlapping: bool,
    pub(super) texts: [Word; TEXTS],
    /// Kinds of its own signs, a bit each.
    signs: u32,
}

impl Row {
    pub(super) fn of(row: &session::Model, words: &mut Words) -> Self {
        let (entry, exit) = (words.path(&row.entry), words.path(&row.last_page));
        let mut word = |text: Option<&str>| words.number(text.unwrap_or_default());
        let source = if row.channel == Channel::Referral.as_ref() {
            word(Some(&convert::host(row.source.clone())))
        } else {
            word(Some(&row.source))
        };
        let texts = [
            source,
            word(Some(&row.channel)),
            word(row.campaign_name.as_deref()),
            word(row.campaign_medium.as_deref()),
            word(row.country.as_deref()),
            word(Some(&row.device)),
            word(row.os.as_deref()),
            word(row.browser.as_deref()),
            entry,
            exit,
            word(row.bot.as_deref()),
        ];
        Self {
            id: row.id,
            started_at: row.started_at,
            received_at: row.received_at,
            changed_at: row.changed_at,
            duration_ms: narrow(row.duration_ms),
            active_ms: row.active_ms.map_or(UNKNOWN, narrow),
            pages: count(row.pages),
            events: count(row.events),
            clicks: count(row.clicks),
            distinct_pages: count(row.distinct_pages),
            engaged: row.engagements > 0,
            measured: row.unmeasured_pages == 0,
            ended: row.ended_at.is_some(),
            away: row.away,
            overlapping: row.overlapping,
            texts,
            signs: signs(row),
        }
    }

    /// Kinds of all its signs, a bit each.
    pub(super) fn signs(&self, outstanding: Outstanding) -> u32 {
        let figures = Figures {
            duration_ms: self.known_duration_ms().filter(|_| !self.overlapping).map(u64::from),
            pages: self.pages.into(),
            events: self.events.into(),
            is_machine: self.text(Text::Bot) != 0,
        };
        outstanding.signs(figures).fold(self.signs, |bits, sign| bits | bit(sign.kind))
    }

    /// The moment that its id begins with: the one that says which stretch it belongs to.
    pub(super) fn began_at(&self) -> i64 {
        began_at(self.id)
    }

    pub(super) fn text(&self, text: Text) -> Word {
        self.texts.get(text as usize).copied().unwrap_or_default()
    }

    /// Active time in milliseconds, if it was measured.
    pub(super) fn active_ms(&self) -> Option<u32> {
        (self.active_ms != UNKNOWN).then_some(self.active_ms)
    }

    /// The duration, unless there was nothing to measure it by.
    pub(super) fn known_duration_ms(&self) -> Option<u32> {
        (self.active_ms != UNKNOWN || self.duration_ms > 0).then_some(self.duration_ms)
    }

    pub(super) fn is_closed(&self, limits: Limits, now: i64) -> bool {
        self.ended || now > limits.until(self.started_at, self.received_at)
    }

    pub(super) fn is_now(&self, limits: Limits, now: i64) -> bool {
        !self.is_closed(limits, now) && now.saturating_sub(self.received_at) <= NOW_MS && !self.away
    }

    /// Whether it is a bounce; `None` while it goes on, and where not all of its time is known.
    pub(super) fn bounce(&self, limits: Limits, now: i64) -> Option<Bounce> {
        let active = self.active_ms().filter(|_| self.measured && self.is_closed(limits, now))?;
        let is_one = self.distinct_pages == 1 && u64::from(active) < BOUNCE_BELOW_MS && !self.engaged;
        Some(if is_one { Bounce::Yes } else { Bounce::No })
    }
}

fn signs(row: &session::Model) -> u32 {
    let mut bits = 0;
    let mut put = |kind: SignKind| bits |= bit(kind);
    row.signs.as_deref().map(sign::read).unwrap_or_default().iter().for_each(|sign| put(sign.kind));
    if row.bot.is_some() {
        put(SignKind::Machine);
    }
    if row.overlapping {
        put(SignKind::Overlapping);
    }
    bits
}

/// The bit that stands for a kind of sign.
pub(super) fn bit(kind: SignKind) -> u32 {
    1 << (kind as u32)
}

/// The bits of those kinds that pass a test.
pub(super) fn bits(test: impl Fn(SignKind) -> bool) -> u32 {
    SignKind::iter().filter(|&kind| test(kind)).fold(0, |bits, kind| bits | bit(kind))
}

fn narrow(ms: i64) -> u32 {
    u32::try_from(ms.max(0)).unwrap_or(UNKNOWN - 1).min(UNKNOWN - 1)
}

fn count(stored: i32) -> u16 {
    u16::try_from(stored.max(0)).unwrap_or(u16::MAX)
}

/// The lists of texts of which a session can have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pages,
    Hosts,
    Titles,
    Events,
    Links,
    /// What events are called, of whatever kind.
    Names,
    /// Paths that count as something else, as they are: they are searched and counted nowhere.
    Paths,
}

/// How many lists there are.
const KINDS: usize = 7;

/// Texts of which a session can have several: all lists one behind the other, each in order and each text once.
#[derive(Clone, Debug, Default)]
pub(super) struct Several {
    words: Box<[Word]>,
    ends: [u16; KINDS],
}

impl Several {
    pub(super) fn of(&self, kind: Kind) -> &[Word] {
        let end = |at: usize| self.ends.get(at).copied().map_or(0, usize::from);
        let from = (kind as usize).checked_sub(1).map_or(0, end);
        self.words.get(from..end(kind as usize)).unwrap_or_default()
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.words.len() * size_of::<Word>() + 16
    }
}

/// The lists while they are read.
#[derive(Debug, Default)]
pub(super) struct Gathered([Vec<Word>; KINDS]);

impl Gathered {
    pub(super) fn put(&mut self, kind: Kind, word: Word) {
        if let Some(list) = self.0.get_mut(kind as usize) {
            list.push(word);
        }
    }

    pub(super) fn done(mut self) -> Several {
        let mut several = Several::default();
        let mut words = Vec::new();
        for (list, end) in self.0.iter_mut().zip(&mut several.ends) {
            list.sort_unstable();
            list.dedup();
            // More than fit into the count no session has: its page views and events are limited.
            words.extend_from_slice(list);
            *end = u16::try_from(words.len()).unwrap_or(u16::MAX);
        }
        several.words = words.into_boxed_slice();
        several
    }
}

/// A session as it is held. What was not asked for is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held<'a> {
    pub(super) row: &'a Row,
    pub(super) several: Option<&'a Several>,
    pub(super) steps: &'a [Step],
    pub(super) depth: Depth,
    pub(super) codes: &'a [i64],
    /// Whether it reached the goal that is asked for. One that is gone nobody reached.
    pub(super) converts: bool,
}

/// A session that was read by its name, with everything that can be held of it.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) row: Row,
    pub(super) several: Several,
    pub(super) steps: Box<[Step]>,
    pub(super) depth: Depth,
    pub(super) codes: Codes,
}

/// The sessions of a day, in the order of their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Day {
    pub(super) rows: Vec<Row>,
    /// The same sessions' texts of which there are several; none until somebody asks for them.
    pub(super) several: Option<Vec<Several>>,
    /// What happened in them; nothing until somebody asks for it.
    pub(super) steps: Option<Vec<Box<[Step]>>>,
    /// How far down their pages were seen; nothing until somebody asks for it.
    pub(super) depths: Option<Vec<Depth>>,
    /// When their visitors were shown codes; nothing until somebody asks for it.
    pub(super) codes: Option<Vec<Codes>>,
    /// How often sessions of this day had been erased when it was read.
    pub(super) erased: i32,
    /// Its rows in other orders.
    pub(super) orders: Orders,
    /// Which of them reached which goals.
    pub(super) conversions: Conversions,
}

impl Day {
    /// A session and what is held of it; `converted` are those that reached the goal that is asked for.
    pub(super) fn at(&self, at: usize, converted: &Converted) -> Option<Held<'_>> {
        let several = self.several.as_ref().and_then(|all| all.get(at));
        let steps = self.steps.as_ref().and_then(|all| all.get(at)).map(|steps| &**steps);
        let depth = self.depths.as_ref().and_then(|all| all.get(at)).copied().unwrap_or_default();
        let codes = self.codes.as_ref().and_then(|all| all.get(at)).map(|codes| &**codes).unwrap_or_default();
        let converts = converted.has(at);
        self.rows.get(at).map(|row| Held { row, several, steps: steps.unwrap_or_default(), depth, codes, converts })
    }

    /// Puts a session in its place, new or changed.
    pub(super) fn put(&mut self, Named { row, several, steps, depth, codes }: Named) {
        self.orders = Orders::default();
        self.conversions = Conversions::default();
        let place = self.rows.binary_search_by_key(&row.id, |row| row.id);
        put_in(&mut self.rows, place, row);
        self.several.iter_mut().for_each(|all| put_in(all, place, several.clone()));
        self.steps.iter_mut().for_each(|all| put_in(all, place, steps.clone()));
        self.depths.iter_mut().for_each(|all| put_in(all, place, depth));
        self.codes.iter_mut().for_each(|all| put_in(all, place, codes.clone()));
    }

    /// The version that is held of a session.
    pub(super) fn version_of(&self, id: Uuid) -> Option<i64> {
        let at = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get(at).map(|row| row.changed_at)
    }

    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let several = self.several.as_ref().map_or(0, |all| all.iter().map(Several::bytes).sum());
        let of_session = |steps: &[Step]| size_of::<Box<[Step]>>() + size_of_val(steps) + 16;
        let steps = self.steps.as_ref().map_or(0, |all| all.iter().map(|steps| of_session(steps)).sum());
        let depths = self.depths.as_ref().map_or(0, |all| size_of_val(&**all));
        let of_codes = |codes: &Codes| size_of::<Codes>() + size_of_val(&**codes);
        let codes = self.codes.as_ref().map_or(0, |all| all.iter().map(of_codes).sum());
        self.rows.len() * size_of::<Row>()
            + several
            + steps
            + depths
            + codes
            + self.orders.bytes()
            + self.conversions.bytes()
    }
}

/// Puts something in the place of a session that is known, or between those of others.
fn put_in<T>(column: &mut Vec<T>, place: Result<usize, usize>, of_session: T) {
    match place {
        Ok(at) => {
            if let Some(standing) = column.get_mut(at) {
                *standing = of_session;
            }
        }
        Err(at) => column.insert(at, of_session),
    }
}
