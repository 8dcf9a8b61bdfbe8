//! The few lines on stdout for whoever started Pulse. Whether somebody reads them does not matter.

use std::{
    io::{Write, stdout},
    path::Path,
};

use crate::{seed::Made, state::AppState};

/// Where to go now.
pub(super) fn running(state: &AppState, has_account: bool) {
    let origin = &state.place.public_url;
    let mut lines = format!("Pulse {} runs; Ctrl-C stops it.\n  Dashboard  {origin}\n", env!("CARGO_PKG_VERSION"));
    if let Some(site) = &state.place.demo_site {
        lines += &format!("  Demo site  {site}\n");
    }
    if let Some(path) = state.auth.set_up_path().filter(|_| !has_account && state.asks_who_you_are()) {
        lines += &format!(
            "  Set up     {origin}{path}\n             Make your account with this link. It works once, and until Pulse stops.\n"
        );
    }
    say(&lines);
}

/// The end of `pulse migrate`.
pub(super) fn migrated() {
    say("The database is up to date.\n");
}

/// Sites, one a line.
pub(super) fn sites(lines: &[String]) {
    say(&(lines.join("\n") + "\n"));
}

/// Where the backup is, and how to go back to it.
pub(super) fn backed_up(file: &Path) {
    say(&format!(
        "{} holds everything but the keys of open sessions. To go back to it: stop Pulse, and put it in the place of pulse.db \
         in the data folder, without pulse.db-wal and pulse.db-shm beside it.\n",
        file.display()
    ));
}

/// How many of so many sessions were erased.
pub(super) fn erased(found: usize, asked: usize) {
    say(&format!("{found} of {asked} sessions erased.\n"));
}

/// What `pulse seed` has made.
pub(super) fn seeded(Made { sessions, page_views, events }: Made) {
    say(&format!("{sessions} sessions made, with {page_views} page views and {events} events.\n"));
}

fn say(text: &str) {
    let mut out = stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
