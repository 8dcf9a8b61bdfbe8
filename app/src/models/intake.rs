//! What has arrived for a site, and what became of it: for the owner who looks whether the script works.

use serde::{Deserialize, Serialize};

use super::{
    outcome::{MessageKind, Outcome, Reason},
    session::Country,
    site::Site,
    time::LocalTime,
};

/// The most refusals that a server remembers of a site.
pub const MOST_REFUSALS: usize = 50;

/// What arrived for a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// The server's clock when it answered, in milliseconds since the epoch.
    pub now_ms: i64,
    /// The site.
    pub site: Site,
    /// When a visitor gave a sign of life last, if one ever did.
    pub last_received: Option<LocalTime>,
    /// How many messages ended in which way, in the order of [`Outcome`]; none that did not occur.
    pub counts: Vec<OutcomeCount>,
    /// The same for messages that named no site of this server.
    pub of_no_site: Vec<OutcomeCount>,
    /// What was refused lately, the latest first, at most [`MOST_REFUSALS`].
    pub refusals: Vec<Refusal>,
    /// Since when refusals are remembered: the start of the server that answered.
    pub remembered_since: LocalTime,
    /// How whoever asks would be seen as a visitor.
    pub caller: Caller,
}

/// How many messages ended in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeCount {
    /// Which.
    pub outcome: Outcome,
    /// In this hour and the 23 before.
    pub day: u64,
    /// In this hour and the 167 before.
    pub week: u64,
}

/// A refusal, with how often the same occurred. Says nothing of who sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// When it occurred last.
    pub at: LocalTime,
    /// How many messages.
    pub times: u64,
    /// What they were about.
    pub what: MessageKind,
    /// Why.
    pub reason: Reason,
    /// The host of the page that sent them, if it said so.
    pub host: Option<String>,
}

/// How a request is seen. Worked out for whoever asks, kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The address.
    pub address: String,
    /// How it came here.
    pub hop: Hop,
    /// What the country database says of it.
    pub country: Option<Country>,
    /// Whether there is a country database.
    pub countries_known: bool,
}

/// The last step of a request's way here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hop {
    /// From the address itself.
    Direct,
    /// A trusted proxy named the address.
    Forwarded,
    /// A trusted proxy named none, so that its own address stands for everybody behind it.
    Unnamed,
    /// Something that is no trusted proxy named an address, which is therefore not believed.
    Untrusted,
}
