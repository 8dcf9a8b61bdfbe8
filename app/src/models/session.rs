//! A session as the list shows it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString, VariantNames};

use super::{
    as_text::travels_as_text,
    ids::{SessionId, SiteId},
    sign::Sign,
    source::Source,
    strip::Strip,
    time::LocalTime,
};

/// How long nothing may happen before a session is over, in milliseconds, unless its site says otherwise.
pub const IDLE_LIMIT_MS: i64 = 30 * MINUTE_MS;
/// How long a session of any site can be at the most, in milliseconds.
pub const LONGEST_MS: i64 = 24 * HOUR_MS;
/// Within how many milliseconds something must have been received for a session to be **now**.
pub const NOW_MS: i64 = 5 * 60 * 1000;
/// Below this active time a session of one page is a bounce, in milliseconds (the line that Google Analytics 4 draws).
pub const BOUNCE_BELOW_MS: u64 = 10_000;

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// When the sessions of a site are over: cut by inactivity or by their length, by nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    idle_ms: i64,
    longest_ms: i64,
}

impl Limits {
    /// How many minutes of inactivity may be asked for.
    pub const IDLE_MINUTES: RangeInclusive<i64> = 5..=24 * 60;
    /// How many hours may be asked for. Not more than a day: the key that leads back to a session goes with its salt.
    pub const LONGEST_HOURS: RangeInclusive<i64> = 1..=24;

    /// Those that come nearest to what is asked for.
    pub fn new(idle_minutes: i64, longest_hours: i64) -> Self {
        let within = |asked: i64, range: RangeInclusive<i64>| asked.clamp(*range.start(), *range.end());
        Self {
            idle_ms: within(idle_minutes, Self::IDLE_MINUTES) * MINUTE_MS,
            longest_ms: within(longest_hours, Self::LONGEST_HOURS) * HOUR_MS,
        }
    }

    /// Until when a session goes on, in milliseconds since the epoch: its last sign of life was at `received_at`, its
    /// first page view began at `started_at`.
    pub fn until(self, started_at: i64, received_at: i64) -> i64 {
        received_at.saturating_add(self.idle_ms).min(started_at.saturating_add(self.longest_ms))
    }

    /// How long a session can be, in milliseconds.
    pub fn longest_ms(self) -> i64 {
        self.longest_ms
    }

    /// When to look whether a session is over that gave a sign of life at `now`.
    pub fn check_at(self, now: i64) -> i64 {
        now.saturating_add(self.idle_ms)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle_ms: IDLE_LIMIT_MS, longest_ms: LONGEST_MS }
    }
}

/// What a session runs on.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, Display, EnumIter, EnumString, VariantNames,
)]
#[strum(serialize_all = "snake_case")]
pub enum Device {
    /// A desktop computer or a laptop.
    Desktop,
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// Something else that browses: a television, a console.
    Other,
    /// The browser does not say.
    Unknown,
}

travels_as_text!(Device);

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsRefStr, EnumString)]
pub enum SessionState {
    /// Something was received within [`NOW_MS`], and not all its pages were reported hidden or left.
    Now,
    /// It can still go on.
    Open,
    /// It is over.
    Closed,
}

travels_as_text!(SessionState);

/// Whether a session was a bounce: a look at one page that was left within ten seconds. Of one that goes on, and of one
/// whose time is not known, it cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsRefStr, EnumIter, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Bounce {
    /// It was.
    Yes,
    /// It was not.
    No,
}

/// ISO 3166-1 alpha-2, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// The two letters.
    pub fn code(&self) -> String {
        self.0.iter().map(|&letter| char::from(letter)).collect()
    }

    /// The flag, as the two regional indicator symbols.
    pub fn flag(&self) -> String {
        self.0.iter().filter_map(|&letter| char::from_u32(0x1F1E6 + u32::from(letter - b'A'))).collect()
    }
}

impl std::str::FromStr for Country {
    type Err = NotACountry;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match *text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Ok(Self([a, b])),
            _ => Err(NotACountry),
        }
    }
}

impl TryFrom<String> for Country {
    type Error = NotACountry;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code()
    }
}

/// The text is not two upper-case letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a country is two upper-case letters")]
pub struct NotACountry;

/// A session, with everything that a row of the list shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The site that it happened on.
    pub site: SiteId,
    /// Its id.
    pub id: SessionId,
    /// When it changed last, in milliseconds since the epoch; of two versions of a session the greater is newer.
    pub changed_ms: i64,
    /// When its first page view began.
    pub started: LocalTime,
    /// Whether it goes on.
    pub state: SessionState,
    /// Where the visitor's network is, if the country database knew.
    pub country: Option<Country>,
    /// What it runs on.
    pub device: Device,
    /// The operating system's family: `iOS`.
    pub os: Option<String>,
    /// The browser's family: `Safari`.
    pub browser: Option<String>,
    /// The path of the earliest page view.
    pub entry: String,
    /// The path of the page view with the latest activity: the exit of a closed session, where an open one is now.
    pub last_page: String,
    /// Page views.
    pub pages: u32,
    /// Events of every kind, clicks among them.
    pub events: u32,
    /// Clicks: links, downloads, buttons.
    pub clicks: u32,
    /// From the start of the first page view to the last active moment or event, in milliseconds.
    pub duration_ms: u64,
    /// Active time over all page views, in milliseconds; `None` when none was measured.
    pub active_ms: Option<u64>,
    /// Page views whose time was not measured.
    pub unmeasured_pages: u32,
    /// Where the visit came from.
    pub source: Source,
    /// Whether page views were visible at the same time without one leading to the other: perhaps several people.
    pub overlapping: bool,
    /// Why this is taken for a machine, if it is.
    pub bot: Option<String>,
    /// What makes it worth a look.
    pub signs: Vec<Sign>,
    /// The drawing of the session.
    pub strip: Strip,
}

impl Session {
    /// The duration, or `None` when there was nothing to measure it by: no time was reported and nothing happened.
    pub fn known_duration_ms(&self) -> Option<u64> {
        (self.active_ms.is_some() || self.duration_ms > 0).then_some(self.duration_ms)
    }
}
