//! Rows of the database become columns.

use std::collections::HashMap;

use app::models::{event::EventKind, ids::SiteId, path_rule::PathRules};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use tokio::try_join;
use uuid::Uuid;

use super::{
    day::{Day, Named},
    measures::Depth,
    row::Row,
    several::{Gathered, Kind},
    steps::{Gathering, ReadEvent, ReadView, Step},
    words::{Word, Words},
};
use crate::{
    reports::period::Stretch,
    store::{
        database::Database,
        entities::{erased_day, event, page_view, session, session_reference},
        path_rules,
        scan::{Scan, Scanned, What},
        session_time::{DAY_MS, began_at, first_session_id},
    },
};

/// What a scan makes of the rows that it comes by.
#[derive(Default)]
struct Made {
    words: Words,
    rows: Vec<Row>,
    texts: HashMap<Uuid, Gathered>,
    steps: HashMap<Uuid, Gathering>,
    depths: HashMap<Uuid, Depth>,
    codes: HashMap<Uuid, Vec<i64>>,
}

impl Made {
    fn take(&mut self, row: Scanned<'_>) {
        match row {
            Scanned::Session(model) => self.rows.push(Row::of(model, &mut self.words)),
            Scanned::PageView { session, path, host, title } => {
                put_page_view(self.texts.entry(session).or_default(), &mut self.words, path, host, title);
            }
            Scanned::Event { session, kind, name, target } => {
                put_event(self.texts.entry(session).or_default(), &mut self.words, kind, name, target);
            }
            Scanned::View { session, id, started_at, path, title, active_ms, scroll } => {
                let view = ReadView { id, started_at, path, title, active_ms, scroll };
                self.steps.entry(session).or_default().view(&view, &mut self.words);
            }
            Scanned::Happening { session, id, page_view, offset_ms, kind, name, target, props } => {
                let event = ReadEvent { id, page_view, offset_ms, kind, name, target, props };
                self.steps.entry(session).or_default().event(&event, &mut self.words);
            }
            Scanned::Depth { session, scroll } => {
                self.depths.insert(session, Depth::of(scroll));
            }
            Scanned::Code { session, given_at } => self.codes.entry(session).or_default().push(given_at),
            // Nothing is selected by it.
            Scanned::Path { .. } | Scanned::Time { .. } => {}
        }
    }
}

fn put_page_view(texts: &mut Gathered, words: &mut Words, path: &str, host: &str, title: Option<&str>) {
    let (counted, real) = (words.path(path), words.number(path));
    texts.put(Kind::Pages, counted);
    if real != counted {
        texts.put(Kind::Paths, real);
    }
    texts.put(Kind::Hosts, words.number(host));
    if let Some(title) = title {
        texts.put(Kind::Titles, words.number(title));
    }
}

fn put_event(texts: &mut Gathered, words: &mut Words, kind: &str, name: Option<&str>, target: Option<&str>) {
    let is_named = kind == EventKind::Custom.as_ref();
    texts.put(Kind::Events, words.number(name.filter(|_| is_named).unwrap_or(kind)));
    if let Some(name) = name {
        texts.put(Kind::Names, words.number(name));
    }
    let is_link = kind.parse().is_ok_and(EventKind::is_click);
    if let Some(target) = target.filter(|_| is_link) {
        texts.put(Kind::Links, words.number(target));
    }
}

/// The sessions of a UTC day as they stand.
pub(super) async fn day(db: &Database, site: SiteId, day: i32, words: &mut Words) -> Result<Day, DbErr> {
    let erased = erased_day::Entity::find_by_id((site.0, day)).one(db.reader()).await?.map_or(0, |row| row.times);
    let made = scanned(db, site, day, What::Sessions, words).await?;
    Ok(Day { rows: made.rows, erased, ..Day::default() })
}

/// What the sessions of a day have several of, by session.
pub(super) async fn texts_of_day(
    db: &Database,
    site: SiteId,
    day: i32,
    words: &mut Words,
) -> Result<HashMap<Uuid, Vec<Word>>, DbErr> {
    let made = scanned(db, site, day, What::Texts, words).await?;
    Ok(made.texts.into_iter().map(|(session, texts)| (session, texts.done())).collect())
}

/// What happened in the sessions of a day, by session.
pub(super) async fn steps_of_day(
    db: &Database,
    site: SiteId,
    day: i32,
    words: &mut Words,
) -> Result<HashMap<Uuid, Vec<Step>>, DbErr> {
    let made = scanned(db, site, day, What::Steps, words).await?;
    Ok(made.steps.into_iter().map(|(session, steps)| (session, steps.done())).collect())
}

/// How far down the pages of a day's sessions were seen, by session; of those of which it was measured.
pub(super) async fn depths_of_day(db: &Database, site: SiteId, day: i32) -> Result<HashMap<Uuid, Depth>, DbErr> {
    Ok(scanned(db, site, day, What::Depths, &mut Words::default()).await?.depths)
}

/// When the visitors of a day's sessions were shown codes, by session.
pub(super) async fn codes_of_day(db: &Database, site: SiteId, day: i32) -> Result<HashMap<Uuid, Vec<i64>>, DbErr> {
    Ok(scanned(db, site, day, What::Codes, &mut Words::default()).await?.codes)
}

/// The words go along and come back, whatever happens.
async fn scanned(db: &Database, site: SiteId, day: i32, what: What, words: &mut Words) -> Result<Made, DbErr> {
    let begins = |day: i32| first_session_id(i64::from(day) * DAY_MS);
    let scan = Scan { site: site.0, sessions: begins(day)..begins(day.saturating_add(1)), what };
    let made = Made { words: std::mem::take(words), ..Made::default() };
    let (mut made, done) = db.scan(scan, made, Made::take).await;
    *words = std::mem::take(&mut made.words);
    done.map(|()| made)
}

/// Some sessions by name, with everything that can be held of them.
pub(super) async fn named(
    db: &impl ConnectionTrait,
    site: SiteId,
    ids: &[Uuid],
    words: &mut Words,
) -> Result<Vec<Named>, DbErr> {
    let among = || ids.iter().copied();
    let views = page_view::Entity::find().filter(page_view::Column::Site.eq(site.0));
    let views = views.filter(page_view::Column::Session.is_in(among())).all(db).await?;
    let mut texts: HashMap<Uuid, Gathered> = HashMap::new();
    let mut steps: HashMap<Uuid, Gathering> = HashMap::new();
    let mut depths: HashMap<Uuid, Depth> = HashMap::new();
    for view in &views {
        let depth = depths.entry(view.session).or_default();
        *depth = depth.deeper(view.scroll.map(Depth::of).unwrap_or_default());
        steps.entry(view.session).or_default().view(&read_view(view), words);
        put_page_view(texts.entry(view.session).or_default(), words, &view.path, &view.host, view.title.as_deref());
    }
    let events = event::Entity::find().filter(event::Column::Site.eq(site.0));
    for event in events.filter(event::Column::Session.is_in(among())).all(db).await? {
        steps.entry(event.session).or_default().event(&read_event(&event), words);
        let of_session = texts.entry(event.session).or_default();
        put_event(of_session, words, &event.kind, event.name.as_deref(), event.target.as_deref());
    }
    let references = session_reference::Entity::find().filter(session_reference::Column::Site.eq(site.0));
    let mut codes: HashMap<Uuid, Vec<i64>> = HashMap::new();
    for reference in references.filter(session_reference::Column::Session.is_in(among())).all(db).await? {
        codes.entry(reference.session).or_default().push(reference.given_at);
    }
    let sessions = session::Entity::find().filter(session::Column::Site.eq(site.0));
    let sessions = sessions.filter(session::Column::Id.is_in(among())).all(db).await?;
    let mut row = |model: session::Model| {
        let several = texts.remove(&model.id).unwrap_or_default().done();
        let steps = steps.remove(&model.id).unwrap_or_default().done();
        let depth = depths.get(&model.id).copied().unwrap_or_default();
        let codes = codes.remove(&model.id).unwrap_or_default();
        Named { row: Row::of(&model, words), several, steps, depth, codes }
    };
    Ok(sessions.into_iter().map(&mut row).collect())
}

fn read_view(view: &page_view::Model) -> ReadView<'_> {
    ReadView {
        id: view.id,
        started_at: view.started_at,
        path: &view.path,
        title: view.title.as_deref(),
        active_ms: view.active_ms,
        scroll: view.scroll,
    }
}

fn read_event(event: &event::Model) -> ReadEvent<'_> {
    ReadEvent {
        id: event.id,
        page_view: event.page_view,
        offset_ms: event.offset_ms,
        kind: &event.kind,
        name: event.name.as_deref(),
        target: event.target.as_deref(),
        props: event.props.as_deref(),
    }
}

/// What has to be known before an answer, so that it is as new as the database.
#[derive(Debug)]
pub(super) struct News {
    /// The rules that paths are joined by.
    pub(super) rules: PathRules,
    /// How often sessions of which days were erased.
    pub(super) erased: HashMap<i32, i32>,
    /// Sessions that changed, with the moment: id and version.
    pub(super) changed: Vec<(Uuid, i64)>,
    /// The part of the stretch that sessions began in, `None` where none did: however long a stretch somebody asks for, no
    /// more days are read than there are.
    pub(super) inhabited: Option<Stretch>,
}

/// Reads it all at once, as each statement alone waits for the database.
pub(super) async fn news(db: &impl ConnectionTrait, site: SiteId, since: i64, stretch: Stretch) -> Result<News, DbErr> {
    let (rules, erased, changed, first, last) = try_join!(
        path_rules::of_site(db, site),
        erased(db, site),
        changed_since(db, site, since),
        outermost(db, site, stretch, Order::Asc),
        outermost(db, site, stretch, Order::Desc),
    )?;
    let inhabited =
        first.zip(last).map(|(first, last)| Stretch { from: began_at(first), to: began_at(last).saturating_add(1) });
    Ok(News { rules, erased, changed, inhabited })
}

async fn changed_since(db: &impl ConnectionTrait, site: SiteId, since: i64) -> Result<Vec<(Uuid, i64)>, DbErr> {
    use session::{Column, Entity};
    let changed = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::ChangedAt.gte(since));
    changed.select_only().columns([Column::Id, Column::ChangedAt]).into_tuple().all(db).await
}

async fn erased(db: &impl ConnectionTrait, site: SiteId) -> Result<HashMap<i32, i32>, DbErr> {
    let rows = erased_day::Entity::find().filter(erased_day::Column::Site.eq(site.0)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.day, row.times)).collect())
}

/// The first session of a stretch in one order or the other.
async fn outermost(
    db: &impl ConnectionTrait,
    site: SiteId,
    stretch: Stretch,
    order: Order,
) -> Result<Option<Uuid>, DbErr> {
    use session::{Column, Entity};
    let within = Entity::find()
        .filter(Column::Site.eq(site.0))
        .filter(Column::Id.gte(first_session_id(stretch.from)))
        .filter(Column::Id.lt(first_session_id(stretch.to)));
    within.order_by(Column::Id, order).select_only().column(Column::Id).limit(1).into_tuple().one(db).await
}
