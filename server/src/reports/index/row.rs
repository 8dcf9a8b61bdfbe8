//! What is held of every session, in a hundred bytes: figures, texts of which it has one each, and signs.

use app::models::{
    session::{BOUNCE_BELOW_MS, Bounce, Limits, NOW_MS},
    sign::{self, SignKind},
    source::Channel,
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::words::{Word, Words};
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
