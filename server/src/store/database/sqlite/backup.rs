//! A copy of the database for keeping. It is written table by table, so that what is left out never reaches its file.

use std::{
    fs::{self, File, OpenOptions},
    path::Path,
};

use anyhow::{Context, anyhow};
use rusqlite::Connection;

use crate::store::database::LEFT_OUT;

/// Copies `from` into a new file, or leaves none behind.
pub(super) fn write(from: &Path, to: &Path) -> anyhow::Result<()> {
    make(to).with_context(|| format!("{} cannot be made; a backup is never written over a file", to.display()))?;
    copy(from, to).inspect_err(|_| {
        // Half a backup is worse than none.
        let _ = fs::remove_file(to);
    })
}

/// Open to its owner alone: it holds all sessions.
fn make(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut copy = Connection::open(to)?;
    // Takes effect before the first table alone.
    copy.pragma_update(None, "auto_vacuum", "incremental")?;
    let live = from.to_str().ok_or_else(|| anyhow!("{} is no text", from.display()))?;
    copy.execute("ATTACH DATABASE ?1 AS live", [live])?;
    // One transaction: the copy is of one moment, whatever is written meanwhile.
    let tx = copy.transaction()?;
    for (_, text) in schema(&tx, "table")? {
        tx.execute_batch(&text)?;
    }
    for (table, _) in schema(&tx, "table")?.iter().filter(|(table, _)| !LEFT_OUT.contains(&&**table)) {
        tx.execute_batch(&format!("INSERT INTO main.\"{table}\" SELECT * FROM live.\"{table}\""))?;
    }
    for (_, text) in schema(&tx, "index")? {
        tx.execute_batch(&text)?;
    }
    tx.commit()?;
    copy.close().map_err(|(_, error)| error)?;
    File::open(to)?.sync_all()?;
    Ok(())
}

/// Tables or indexes by name, with the text that made them.
fn schema(connection: &Connection, kind: &str) -> rusqlite::Result<Vec<(String, String)>> {
    let text =
        "SELECT name, sql FROM live.sqlite_schema WHERE type = ?1 AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
    let mut select = connection.prepare(text)?;
    let rows = select.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
