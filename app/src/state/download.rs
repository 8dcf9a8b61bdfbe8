//! How far the file is that somebody began to download on this page.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use crate::{
    api::export::load_progress,
    models::{
        export::{ExportProgress, ExportState},
        ids::{ExportTicket, SiteId},
    },
};

/// How long to wait before the next question.
const ASK_EACH: Duration = Duration::from_millis(500);
/// How many questions in a row may stay without an answer: the file may be asked for later than we ask for its progress,
/// and a connection may be lost for a while.
const MOST_UNANSWERED: u32 = 20;

/// What is known of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Downloading {
    /// None was begun here.
    Nothing,
    /// It was begun; more is not known yet.
    Begun,
    /// How far it is.
    At(ExportProgress),
    /// The server that was asked does not know of it.
    NotTold,
}

/// The latest download of a page.
#[derive(Clone, Copy)]
pub struct Download {
    site: SiteId,
    /// What is known of it.
    pub known: RwSignal<Downloading>,
    latest: StoredValue<Option<ExportTicket>>,
}

impl Download {
    /// None yet.
    pub fn none(site: SiteId) -> Self {
        Self { site, known: RwSignal::new(Downloading::Nothing), latest: StoredValue::new(None) }
    }

    /// Begins to ask for the progress of a file, whose address is to have the ticket that this gives. Only in event
    /// handlers. `None`: the browser has no randomness to give, and the file comes without.
    pub fn begin(self) -> Option<ExportTicket> {
        let ticket = random_ticket()?;
        self.latest.set_value(Some(ticket));
        self.known.set(Downloading::Begun);
        self.ask_later(ticket, 0);
        Some(ticket)
    }

    fn ask_later(self, ticket: ExportTicket, unanswered: u32) {
        set_timeout(
            move || {
                if self.is_latest(ticket) {
                    spawn_local(async move {
                        let answer = load_progress(self.site, ticket).await;
                        self.take(ticket, unanswered, answer.ok().flatten());
                    });
                }
            },
            ASK_EACH,
        );
    }

    fn take(self, ticket: ExportTicket, unanswered: u32, answer: Option<ExportProgress>) {
        if !self.is_latest(ticket) {
            return;
        }
        match answer {
            Some(progress) => {
                let _ = self.known.try_set(Downloading::At(progress));
                if progress.state == ExportState::Going {
                    self.ask_later(ticket, 0);
                }
            }
            None if unanswered < MOST_UNANSWERED => self.ask_later(ticket, unanswered + 1),
            None => {
                let _ = self.known.try_set(Downloading::NotTold);
            }
        }
    }

    /// Not when another was begun since, nor when the page is gone, and its values with it.
    fn is_latest(self, ticket: ExportTicket) -> bool {
        self.latest.try_get_value() == Some(Some(ticket))
    }
}

fn random_ticket() -> Option<ExportTicket> {
    let mut bytes = [0; 16];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(ExportTicket(Uuid::from_bytes(bytes)))
}
