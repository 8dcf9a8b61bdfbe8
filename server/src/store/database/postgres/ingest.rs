//! The statements of one ingest transaction on PostgreSQL: one for each table however many rows there are, because each
//! is a way there and back.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use sea_orm::{
    EntityTrait, FromQueryResult,
    sqlx::{
        self, Connection, PgConnection, Row,
        postgres::{PgArguments, PgConnectOptions, PgRow},
    },
};
use tokio::{runtime, time::timeout};
use uuid::Uuid;

use super::{
    LOCK_SITES,
    rows::{arrays, models},
    texts::{Text, Texts},
};
use crate::store::{
    entities::{event, open_page_view, open_session, page_view, session, session_reference},
    ingest::{Changeset, Error, EventCount, Ingest, IngestConnection, Result},
    session_time::day_of,
};

/// How long a statement may take, the wait for a lock included. Who waits for an answer is told to come again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Everything here is looked up by key: a plan that is made while a table is nearly empty, and kept, must not read the
/// whole table.
const BEGIN: &str = "BEGIN; SET LOCAL enable_seqscan = off";

/// The connection of the writer, made when it is first needed and again whenever it was lost.
pub(in crate::store::database) struct PostgresConnection {
    options: Arc<PgConnectOptions>,
    connection: Option<PgConnection>,
    /// Works in the thread that calls, so that no statement goes through another one.
    runtime: runtime::Runtime,
    texts: Arc<Texts>,
}

impl PostgresConnection {
    pub(in crate::store::database) fn new(options: Arc<PgConnectOptions>) -> std::io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { options, connection: None, runtime, texts: Arc::new(Texts::new()) })
    }

    /// Begins a transaction and waits for the lock of its sites.
    fn begin_on(&mut self, sites: &BTreeSet<i32>) -> Result<()> {
        let Self { options, connection, runtime, .. } = self;
        let sites: Vec<i32> = sites.iter().copied().collect();
        let begin = async {
            let open = match connection {
                Some(open) => open,
                none => none.insert(PgConnection::connect_with(options).await?),
            };
            sqlx::raw_sql(BEGIN).execute(&mut *open).await?;
            sqlx::query(LOCK_SITES).bind(sites).execute(open).await?;
            Ok(())
        };
        runtime.block_on(async { timeout(PATIENCE, begin).await.unwrap_or(Err(Error::Timeout)) })
    }
}

impl IngestConnection for PostgresConnection {
    fn begin(&mut self, sites: &BTreeSet<i32>) -> Result<Box<dyn Ingest + '_>> {
        // One that was open may have been closed at the other end meanwhile.
        let was_open = self.connection.is_some();
        let mut begun = self.begin_on(sites);
        if begun.is_err() {
            self.connection = None;
            if was_open {
                begun = self.begin_on(sites);
            }
        }
        if begun.is_err() {
            self.connection = None;
        }
        begun?;
        let texts = self.texts.clone();
        Ok(Box::new(PostgresIngest { on: self, texts, committed: false }))
    }

    /// PostgreSQL does that by itself.
    fn gives_room_back(&mut self) -> Result<bool> {
        Ok(false)
    }
}

struct PostgresIngest<'a> {
    on: &'a mut PostgresConnection,
    texts: Arc<Texts>,
    committed: bool,
}

impl Drop for PostgresIngest<'_> {
    /// Without its connection the transaction ends and changes nothing. After an error nobody knows how far it was.
    fn drop(&mut self) {
        if !self.committed {
            self.on.connection = None;
        }
    }
}

impl PostgresIngest<'_> {
    fn run<T>(&mut self, work: impl AsyncFnOnce(&mut PgConnection) -> sqlx::Result<T>) -> Result<T> {
        let PostgresConnection { connection, runtime, .. } = &mut *self.on;
        let Some(connection) = connection else { return Err(sqlx::Error::PoolClosed.into()) };
        let answer = runtime.block_on(async { timeout(PATIENCE, work(connection)).await });
        Ok(answer.map_err(|_| Error::Timeout)??)
    }

    fn fetch(&mut self, text: &Text, arguments: PgArguments) -> Result<Vec<PgRow>> {
        self.run(async |open| sqlx::query_with(text.sql(), arguments).fetch_all(open).await)
    }

    fn models<M: FromQueryResult>(&mut self, text: &Text, arguments: PgArguments) -> Result<Vec<M>> {
        models(self.fetch(text, arguments)?).map_err(Error::Unreadable)
    }

    fn put<E: EntityTrait>(&mut self, text: &Text, rows: &[E::Model]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let arguments = arrays::<E>(rows)?;
        self.run(async |open| sqlx::query_with(text.sql(), arguments).execute(open).await).map(drop)
    }

    fn ids(&mut self, text: &'static str, site: i32, before: Uuid, most: usize) -> Result<Vec<Uuid>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.run(async |open| sqlx::query_scalar(text).bind(site).bind(before).bind(most).fetch_all(open).await)
    }
}

/// A site and what is looked for on it.
fn on_site<T>(site: i32, values: &[T]) -> Result<PgArguments>
where
    for<'a> &'a [T]: sqlx::Encode<'a, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    let mut arguments = PgArguments::default();
    sqlx::Arguments::add(&mut arguments, site).map_err(sqlx::Error::Encode)?;
    sqlx::Arguments::add(&mut arguments, values).map_err(sqlx::Error::Encode)?;
    Ok(arguments)
}

impl Ingest for PostgresIngest<'_> {
    fn known_views(&mut self, site: i32, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
        let known: Vec<open_page_view::Model> = self.models(&self.texts.clone().known_views, on_site(site, ids)?)?;
        Ok(known.into_iter().map(|row| (row.id, row.session)).collect())
    }

    fn lock_keys(&mut self, proposals: &[open_session::Model]) -> Result<Vec<open_session::Model>> {
        if proposals.is_empty() {
            return Ok(Vec::new());
        }
        let mut standing: Vec<open_session::Model> =
            self.models(&self.texts.clone().add_keys, arrays::<open_session::Entity>(proposals)?)?;
        // The site's lock is held, so what was there before stays there.
        let mut known: HashMap<i32, Vec<Vec<u8>>> = HashMap::new();
        let added: BTreeSet<(i32, &[u8])> = standing.iter().map(|row| (row.site, row.key.as_slice())).collect();
        for row in proposals.iter().filter(|row| !added.contains(&(row.site, row.key.as_slice()))) {
            known.entry(row.site).or_default().push(row.key.clone());
        }
        for (site, keys) in known {
            standing.extend(self.find_keys(site, &keys)?);
        }
        Ok(standing)
    }

    fn find_keys(&mut self, site: i32, keys: &[Vec<u8>]) -> Result<Vec<open_session::Model>> {
        self.models(&self.texts.clone().find_keys, on_site(site, keys)?)
    }

    fn sessions(&mut self, site: i32, ids: &[Uuid]) -> Result<Vec<session::Model>> {
        self.models(&self.texts.clone().sessions, on_site(site, ids)?)
    }

    fn page_views(&mut self, site: i32, sessions: &[Uuid]) -> Result<Vec<page_view::Model>> {
        self.models(&self.texts.clone().page_views, on_site(site, sessions)?)
    }

    fn event_counts(&mut self, site: i32, sessions: &[Uuid]) -> Result<Vec<EventCount>> {
        const TEXT: &str = "SELECT value, page_view, kind, count, last FROM unnest($2) AS wanted(value) \
                            CROSS JOIN LATERAL (SELECT page_view, kind, count(*), max(offset_ms) AS last FROM event \
                            WHERE site = $1 AND session = wanted.value GROUP BY page_view, kind) AS found";
        let count = |row: PgRow| {
            Ok(EventCount {
                session: row.try_get(0)?,
                page_view: row.try_get(1)?,
                kind: row.try_get(2)?,
                count: row.try_get(3)?,
                last_ms: row.try_get(4)?,
            })
        };
        self.run(async |open| sqlx::query(TEXT).bind(site).bind(sessions).try_map(count).fetch_all(open).await)
    }

    fn known_events(&mut self, site: i32, named: &[(Uuid, Uuid)]) -> Result<Vec<(Uuid, Uuid)>> {
        const TEXT: &str = "SELECT found.* FROM unnest($2, $3) AS of(session, id) CROSS JOIN LATERAL (SELECT session, id \
                            FROM event WHERE site = $1 AND event.session = of.session AND event.id = of.id OFFSET 0) AS found";
        let (sessions, ids): (Vec<Uuid>, Vec<Uuid>) = named.iter().copied().unzip();
        self.run(async |open| sqlx::query_as(TEXT).bind(site).bind(&sessions).bind(&ids).fetch_all(open).await)
    }

    fn save(&mut self, changes: Changeset) -> Result<()> {
        let changes = changes.in_order();
        let texts = self.texts.clone();
        self.put::<session::Entity>(&texts.put_sessions, &changes.sessions)?;
        self.put::<page_view::Entity>(&texts.put_page_views, &changes.page_views)?;
        for (site, session, id) in changes.outdated_events {
            const TEXT: &str = "DELETE FROM event WHERE site = $1 AND session = $2 AND id = $3";
            self.run(async |open| sqlx::query(TEXT).bind(site).bind(session).bind(id).execute(open).await)?;
        }
        self.put::<event::Entity>(&texts.put_events, &changes.events)?;
        self.put::<open_page_view::Entity>(&texts.put_open_page_views, &changes.open_page_views)?;
        self.put::<open_session::Entity>(&texts.put_open_sessions, &changes.open_sessions)?;
        self.put::<session_reference::Entity>(&texts.put_references, &changes.references)?;
        for (site, key) in changes.dropped_keys {
            const TEXT: &str = "DELETE FROM open_session WHERE site = $1 AND key = $2";
            self.run(async |open| sqlx::query(TEXT).bind(site).bind(key).execute(open).await)?;
        }
        for (site, session) in changes.erased {
            self.erase(site, session)?;
            self.drop_keys_of(site, &[session])?;
        }
        Ok(())
    }

    fn erase(&mut self, site: i32, session: Uuid) -> Result<()> {
        const TEXTS: [&str; 6] = [
            "DELETE FROM open_page_view WHERE site = $1 \
             AND id = ANY(ARRAY(SELECT id FROM page_view WHERE site = $1 AND session = $2))",
            "DELETE FROM event WHERE site = $1 AND session = $2",
            "DELETE FROM page_view WHERE site = $1 AND session = $2",
            "DELETE FROM session_reference WHERE site = $1 AND session = $2",
            "DELETE FROM deleted_session WHERE site = $1 AND session = $2",
            "DELETE FROM session WHERE site = $1 AND id = $2",
        ];
        TEXTS.into_iter().try_for_each(|text| {
            self.run(async |open| sqlx::query(text).bind(site).bind(session).execute(open).await).map(drop)
        })?;
        const ERASED: &str = "INSERT INTO erased_day (site, day, times) VALUES ($1, $2, 1) \
                              ON CONFLICT (site, day) DO UPDATE SET times = erased_day.times + 1";
        self.run(async |open| sqlx::query(ERASED).bind(site).bind(day_of(session)).execute(open).await).map(drop)
    }

    fn drop_keys_of(&mut self, site: i32, sessions: &[Uuid]) -> Result<()> {
        const TEXT: &str = "DELETE FROM open_session WHERE site = $1 AND session = ANY($2)";
        self.run(async |open| sqlx::query(TEXT).bind(site).bind(sessions).execute(open).await).map(drop)
    }

    fn sessions_before(&mut self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>> {
        self.ids("SELECT id FROM session WHERE site = $1 AND id < $2 ORDER BY id LIMIT $3", site, id, most)
    }

    fn machines_before(&mut self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>> {
        const TEXT: &str =
            "SELECT id FROM session WHERE site = $1 AND id < $2 AND bot IS NOT NULL ORDER BY id LIMIT $3";
        self.ids(TEXT, site, id, most)
    }

    fn commit(mut self: Box<Self>) -> Result<()> {
        self.run(async |open| sqlx::raw_sql("COMMIT").execute(open).await)?;
        self.committed = true;
        Ok(())
    }
}
