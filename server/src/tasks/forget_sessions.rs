//! Deletes sessions that have been kept for as long as their site keeps them, and gives the room back to the disk.

use crate::store::{
    database::Database,
    retention::{self, Limits},
    sites,
};

/// One turn at `now_ms`, in steps between which collection goes on.
///
/// # Errors
/// When the database fails; what was deleted before stays so.
pub async fn forget_sessions(db: Database, now_ms: i64) -> anyhow::Result<()> {
    let limits: Vec<Limits> = sites::all(&db).await?.iter().map(|site| Limits::of(site, now_ms)).collect();
    let delete = move || {
        let mut connection = db.ingest()?;
        for limits in limits {
            while retention::step(&mut *connection, limits)? {}
        }
        while connection.gives_room_back()? {}
        Ok(())
    };
    tokio::task::spawn_blocking(delete).await?
}
