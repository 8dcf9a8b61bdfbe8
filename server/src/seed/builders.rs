//! Builders of sessions as the writer would leave them: the figures of a session are those of its page views and
//! events. The tests are written with them too.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU64, Ordering},
};

use app::models::{
    event::{EventKind, Props},
    ids::{SessionId, SiteId},
    reference::ReferenceCode,
    session::Device,
    source::{Campaign, Channel},
    span::{Attention, Span},
    timeline::PageState,
};
use uuid::Uuid;

use crate::store::{
    database::Database,
    entities::{event, page_view, session, session_reference},
    ingest::Changeset,
};

/// The rows of one session.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Its row.
    pub session: session::Model,
    /// Its page views.
    pub page_views: Vec<page_view::Model>,
    /// Its events.
    pub events: Vec<event::Model>,
    /// The codes that its visitor was shown.
    pub references: Vec<session_reference::Model>,
}

impl Rows {
    /// The session's id.
    pub fn id(&self) -> SessionId {
        SessionId(self.session.id)
    }
}

/// A session, of the first site unless another is named.
#[derive(Clone, Debug)]
pub struct SessionBuilder {
    row: session::Model,
    received_at: Option<i64>,
    pages: Vec<PageBuilder>,
    codes: Vec<(ReferenceCode, i64)>,
}

/// A page view.
#[derive(Clone, Debug)]
pub struct PageBuilder {
    row: page_view::Model,
    after_ms: i64,
    events: Vec<EventBuilder>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct EventBuilder {
    row: event::Model,
}

/// A session that starts at `ms`.
pub fn a_session(ms: i64) -> SessionBuilder {
    let row = session::Model {
        site: 1,
        id: session_id(ms),
        started_at: ms,
        received_at: ms,
        changed_at: ms,
        ended_at: None,
        away: false,
        country: None,
        device: Device::Desktop.to_string(),
        os: None,
        browser: None,
        bot: None,
        signs: Some(String::new()),
        verdict_by_hand: false,
        entry: String::new(),
        last_page: String::new(),
        pages: 0,
        distinct_pages: 0,
        events: 0,
        clicks: 0,
        engagements: 0,
        duration_ms: 0,
        visible_ms: None,
        active_ms: None,
        unmeasured_pages: 0,
        overlapping: false,
        channel: Channel::Direct.to_string(),
        source: "Direct".into(),
        referrer: None,
        campaign_source: None,
        campaign_medium: None,
        campaign_name: None,
        campaign_term: None,
        campaign_content: None,
    };
    SessionBuilder { row, received_at: None, pages: Vec::new(), codes: Vec::new() }
}

/// A page view that reports nothing.
pub fn a_page(path: &str) -> PageBuilder {
    let row = page_view::Model {
        site: 0,
        session: Uuid::nil(),
        id: browser_id(),
        started_at: 0,
        host: "shop.example".into(),
        path: path.into(),
        query: None,
        title: None,
        resumed: false,
        channel: Channel::Direct.to_string(),
        source: "Direct".into(),
        referrer: None,
        campaign: None,
        open_ms: None,
        visible_ms: None,
        active_ms: None,
        spans: None,
        state: PageState::Shown.to_string(),
        scroll: None,
    };
    PageBuilder { row, after_ms: 0, events: Vec::new() }
}

/// An event that happens as its page view begins.
pub fn an_event(kind: EventKind) -> EventBuilder {
    EventBuilder {
        row: event::Model {
            site: 0,
            session: Uuid::nil(),
            id: browser_id(),
            page_view: Uuid::nil(),
            offset_ms: 0,
            kind: kind.to_string(),
            name: None,
            target: None,
            props: None,
        },
    }
}

impl SessionBuilder {
    /// On this site.
    pub fn on(mut self, site: SiteId) -> Self {
        self.row.site = site.0;
        self
    }

    /// With this id instead of one of its own.
    pub fn id(mut self, id: SessionId) -> Self {
        self.row.id = id.0;
        self
    }

    /// With this page view.
    pub fn page(mut self, page: PageBuilder) -> Self {
        self.pages.push(page);
        self
    }

    /// With these page views.
    pub fn pages(mut self, pages: impl IntoIterator<Item = PageBuilder>) -> Self {
        self.pages.extend(pages);
        self
    }

    /// The last sign of life came at `ms`, instead of with its last report.
    pub fn received(mut self, ms: i64) -> Self {
        self.received_at = Some(ms);
        self
    }

    /// Closed at `ms`.
    pub fn ended(mut self, ms: i64) -> Self {
        self.row.ended_at = Some(ms);
        self
    }

    /// All its pages were reported hidden or left.
    pub fn away(mut self) -> Self {
        self.row.away = true;
        self
    }

    /// It came from there.
    pub fn from(mut self, channel: Channel, source: &str, referrer: Option<&str>) -> Self {
        self.row.channel = channel.to_string();
        self.row.source = source.into();
        self.row.referrer = referrer.map(Into::into);
        self
    }

    /// With this campaign.
    pub fn campaign(mut self, campaign: Campaign) -> Self {
        self.row.campaign_source = campaign.source;
        self.row.campaign_medium = campaign.medium;
        self.row.campaign_name = campaign.name;
        self.row.campaign_term = campaign.term;
        self.row.campaign_content = campaign.content;
        self
    }

    /// In this country, on this device.
    pub fn with(mut self, country: Option<&str>, device: Device, os: &str, browser: &str) -> Self {
        self.row.country = country.map(Into::into);
        self.row.device = device.to_string();
        self.row.os = Some(os.into());
        self.row.browser = Some(browser.into());
        self
    }

    /// Its visitor was shown this code at `ms`.
    pub fn code(mut self, code: ReferenceCode, ms: i64) -> Self {
        self.codes.push((code, ms));
        self
    }

    /// With whatever else the row holds: damage, mostly.
    pub fn row(mut self, change: impl FnOnce(&mut session::Model)) -> Self {
        change(&mut self.row);
        self
    }

    /// The rows, with the session's figures worked out.
    pub fn build(self) -> Rows {
        let Self { row: mut session, received_at, pages, codes } = self;
        let mut page_views = Vec::with_capacity(pages.len());
        let mut events = Vec::new();
        for page in pages {
            let (page_view, happened) = page.build(&session);
            page_views.push(page_view);
            events.extend(happened);
        }
        set_figures(&mut session, &page_views, &events);
        session.received_at = received_at.unwrap_or(session.started_at + session.duration_ms);
        session.changed_at = session.received_at.max(session.ended_at.unwrap_or_default());
        let (site, id) = (session.site, session.id);
        let reference = |(code, given_at): (ReferenceCode, i64)| session_reference::Model {
            site,
            code: code.as_str().to_owned(),
            session: id,
            given_at,
        };
        Rows { session, page_views, events, references: codes.into_iter().map(reference).collect() }
    }
}

fn set_figures(session: &mut session::Model, views: &[page_view::Model], events: &[event::Model]) {
    let kinds = || events.iter().filter_map(|event| event.kind.parse::<EventKind>().ok());
    let total = |of: fn(&page_view::Model) -> Option<i64>| {
        views.iter().filter_map(of).fold(None, |sum: Option<i64>, ms| Some(sum.unwrap_or_default() + ms))
    };
    let last_active = |view: &page_view::Model| view.started_at + view.active_ms.unwrap_or_default();
    let happened = |event: &event::Model| {
        let view = views.iter().find(|view| view.id == event.page_view);
        view.map_or(session.started_at, |view| view.started_at + event.offset_ms)
    };
    let last = views.iter().map(last_active).chain(events.iter().map(happened)).fold(session.started_at, i64::max);

    session.duration_ms = last - session.started_at;
    let is_there = |view: &page_view::Model| view.state == PageState::Shown.as_ref();
    session.away = session.away || (!views.is_empty() && !views.iter().any(is_there));
    session.entry = views.iter().min_by_key(|view| view.started_at).map(|view| view.path.clone()).unwrap_or_default();
    session.last_page =
        views.iter().max_by_key(|view| last_active(view)).map(|view| view.path.clone()).unwrap_or_default();
    session.pages = count(views.iter());
    session.distinct_pages = count(views.iter().map(|view| &view.path).collect::<BTreeSet<_>>().iter());
    session.events = count(events.iter());
    session.clicks = count(kinds().filter(|kind| kind.is_click()));
    session.engagements = count(kinds().filter(|kind| kind.is_engagement()));
    session.visible_ms = total(|view| view.visible_ms);
    session.active_ms = total(|view| view.active_ms);
    session.unmeasured_pages = count(views.iter().filter(|view| view.active_ms.is_none()));
}

impl PageBuilder {
    /// With this id instead of one of its own.
    pub fn id(mut self, id: Uuid) -> Self {
        self.row.id = id;
        self
    }

    /// Begins so many milliseconds after the session.
    pub fn after(mut self, ms: i64) -> Self {
        self.after_ms = ms;
        self
    }

    /// Was used for `active`, then shown for `idle`, then hidden for `hidden`, in milliseconds, and left.
    pub fn measured(mut self, active: i64, idle: i64, hidden: i64) -> Self {
        let stretches = [
            (0, active, Attention::Active),
            (active, idle, Attention::Idle),
            (active + idle, hidden, Attention::Hidden),
        ];
        let spans: Vec<Span> = stretches
            .into_iter()
            .filter(|(_, length, _)| *length > 0)
            .map(|(from, _, attention)| Span { from: u32::try_from(from / 100).unwrap_or(u32::MAX), attention })
            .collect();
        self.row.active_ms = Some(active);
        self.row.visible_ms = Some(active + idle);
        self.row.open_ms = Some(active + idle + hidden);
        self.row.spans = serde_json::to_string(&spans).ok();
        self.state(PageState::Left)
    }

    /// Was heard of last like this.
    pub fn state(mut self, state: PageState) -> Self {
        self.row.state = state.to_string();
        self
    }

    /// Has this title.
    pub fn titled(mut self, title: &str) -> Self {
        self.row.title = Some(title.into());
        self
    }

    /// Was reached from there.
    pub fn from(mut self, channel: Channel, source: &str) -> Self {
        self.row.channel = channel.to_string();
        self.row.source = source.into();
        self
    }

    /// With this event.
    pub fn event(mut self, event: EventBuilder) -> Self {
        self.events.push(event);
        self
    }

    /// With these events.
    pub fn events(mut self, events: impl IntoIterator<Item = EventBuilder>) -> Self {
        self.events.extend(events);
        self
    }

    /// With whatever else the row holds: damage, mostly.
    pub fn row(mut self, change: impl FnOnce(&mut page_view::Model)) -> Self {
        change(&mut self.row);
        self
    }

    fn build(self, session: &session::Model) -> (page_view::Model, Vec<event::Model>) {
        let Self { mut row, after_ms, events } = self;
        row.site = session.site;
        row.session = session.id;
        row.started_at = session.started_at + after_ms;
        let happened = events.into_iter().map(|EventBuilder { row: event }| event::Model {
            site: session.site,
            session: session.id,
            page_view: row.id,
            ..event
        });
        let happened = happened.collect();
        (row, happened)
    }
}

impl EventBuilder {
    /// With this id instead of one of its own.
    pub fn id(mut self, id: Uuid) -> Self {
        self.row.id = id;
        self
    }

    /// Happens so many milliseconds after its page view began.
    pub fn at(mut self, ms: i64) -> Self {
        self.row.offset_ms = ms;
        self
    }

    /// With this name.
    pub fn named(mut self, name: &str) -> Self {
        self.row.name = Some(name.into());
        self
    }

    /// Leads there.
    pub fn to(mut self, target: &str) -> Self {
        self.row.target = Some(target.into());
        self
    }

    /// With these properties.
    pub fn props(mut self, props: &Props) -> Self {
        self.row.props = serde_json::to_string(props).ok();
        self
    }

    /// With whatever else the row holds: damage, mostly.
    pub fn row(mut self, change: impl FnOnce(&mut event::Model)) -> Self {
        change(&mut self.row);
        self
    }
}

impl FromIterator<Rows> for Changeset {
    fn from_iter<T: IntoIterator<Item = Rows>>(sessions: T) -> Self {
        let mut all = Self::default();
        for rows in sessions {
            all.sessions.push(rows.session);
            all.page_views.extend(rows.page_views);
            all.events.extend(rows.events);
            all.references.extend(rows.references);
        }
        all
    }
}

/// Stores sessions in one transaction. What is there already under the same id is replaced.
///
/// # Errors
/// When the database fails; then none is stored.
pub async fn store(db: &Database, sessions: impl IntoIterator<Item = Rows>) -> anyhow::Result<()> {
    let all: Changeset = sessions.into_iter().collect();
    let db = db.clone();
    tokio::task::spawn_blocking(move || {
        let mut connection = db.ingest()?;
        let sites = all.sessions.iter().map(|session| session.site).collect();
        let mut ingest = connection.begin(&sites)?;
        ingest.save(all)?;
        Ok(ingest.commit()?)
    })
    .await?
}

fn count(of: impl Iterator) -> i32 {
    i32::try_from(of.count()).unwrap_or(i32::MAX)
}

/// Random in appearance, the same in each run: the order of ids must not be that of time.
fn random<const N: usize>() -> [u8; N] {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let mut bytes = [0; N];
    let count = COUNTER.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    blake3::Hasher::new().update(&count).finalize_xof().fill(&mut bytes);
    bytes
}

fn browser_id() -> Uuid {
    uuid::Builder::from_random_bytes(random()).into_uuid()
}

fn session_id(ms: i64) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(ms.unsigned_abs(), &random()).into_uuid()
}
