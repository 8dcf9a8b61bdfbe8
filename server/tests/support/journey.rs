//! Visits as a script: "opens a page, reads for 20 seconds, waits 31 minutes, opens another".
//!
//! A [`Journey`] writes down what a browser would report and when; [`Visitor`] plays it against the real collector.

use app::models::{event::EventKind, timeline::PageState};
use serde_json::{Value, json};
use uuid::Uuid;

/// Milliseconds in a second.
pub const SECOND: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;

/// Something that a browser reports.
#[derive(Clone, Debug)]
pub struct Report {
    /// When the browser made it, in milliseconds since the journey began.
    pub made_at: i64,
    view: usize,
    message: Message,
}

#[derive(Clone, Debug)]
enum Message {
    View,
    Time { open: i64, hidden: i64, scroll: Option<u8>, state: PageState },
    Event { id: Uuid, at: i64, kind: EventKind },
    Forget,
    Reference(String),
}

#[derive(Clone, Debug)]
struct View {
    id: Uuid,
    path: String,
    referrer: Option<String>,
    began_at: i64,
    hidden: i64,
    scroll: Option<u8>,
}

/// What one browser does, as a script with a clock of its own.
#[derive(Clone, Debug, Default)]
pub struct Journey {
    clock: i64,
    views: Vec<View>,
    reports: Vec<Report>,
    next_id: u128,
    family: u128,
    token: Option<String>,
}

impl Journey {
    /// A journey whose ids differ from those of every other family.
    pub fn of_family(family: u128) -> Self {
        Self { family, ..Self::default() }
    }

    /// The browser keeps a token.
    pub fn keeping(mut self, token: u128) -> Self {
        self.token = Some(wire_id(Uuid::from_u128(token)));
        self
    }

    /// Time passes with nothing reported.
    pub fn waits(mut self, ms: i64) -> Self {
        self.clock += ms;
        self
    }

    /// Opens a page, leaving the one before.
    pub fn opens(self, path: &str) -> Self {
        let referrer = (!self.views.is_empty()).then(|| "https://shop.example/".to_owned());
        self.arrives(path, referrer)
    }

    /// Comes to a page from another site.
    pub fn comes_from(self, referrer: &str, path: &str) -> Self {
        self.arrives(path, Some(referrer.to_owned()))
    }

    fn arrives(mut self, path: &str, referrer: Option<String>) -> Self {
        self.report_time(PageState::Left);
        let id = self.make_id();
        self.views.push(View { id, path: path.to_owned(), referrer, began_at: self.clock, hidden: 0, scroll: None });
        self.report(Message::View);
        self
    }

    /// Is on the page for a while; the browser reports it.
    pub fn reads(mut self, ms: i64) -> Self {
        self.clock += ms;
        self.report_time(PageState::Shown);
        self
    }

    /// Has the page in the background for a while, then comes back.
    pub fn looks_away(mut self, ms: i64) -> Self {
        self.report_time(PageState::Hidden);
        self.clock += ms;
        if let Some(view) = self.views.last_mut() {
            view.hidden += ms;
        }
        self.report_time(PageState::Shown);
        self
    }

    /// Sees the page down to so many percent of its height; reported with the next time.
    pub fn scrolls_to(mut self, percent: u8) -> Self {
        if let Some(view) = self.views.last_mut() {
            view.scroll = Some(percent);
        }
        self
    }

    /// Wants to be forgotten.
    pub fn forgets(mut self) -> Self {
        self.report(Message::Forget);
        self
    }

    /// Is shown a code by the page.
    pub fn sees_code(mut self, code: &str) -> Self {
        self.report(Message::Reference(code.to_owned()));
        self
    }

    /// Leaves.
    pub fn leaves(mut self) -> Self {
        self.report_time(PageState::Left);
        self
    }

    /// Does something on the page.
    pub fn does(mut self, kind: EventKind) -> Self {
        let id = self.make_id();
        let at = self.clock - self.views.last().map_or(self.clock, |view| view.began_at);
        self.report(Message::Event { id, at, kind });
        self
    }

    fn report_time(&mut self, state: PageState) {
        if let Some(view) = self.views.last() {
            let message =
                Message::Time { open: self.clock - view.began_at, hidden: view.hidden, scroll: view.scroll, state };
            self.report(message);
        }
    }

    fn report(&mut self, message: Message) {
        let view = self.views.len() - 1;
        self.reports.push(Report { made_at: self.clock, view, message });
    }

    fn make_id(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128((self.family << 64) | self.next_id)
    }

    /// What was reported, in the order in which it was made.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// The ids of the page views and events.
    pub fn ids(&self) -> Vec<Uuid> {
        let events = self.reports.iter().filter_map(|report| match report.message {
            Message::Event { id, .. } => Some(id),
            _ => None,
        });
        self.views.iter().map(|view| view.id).chain(events).collect()
    }

    /// The body of a request that carries some reports and is sent `now` milliseconds after the journey began.
    pub fn body(&self, reports: &[Report], session: Option<&str>, now: i64) -> String {
        let messages: Vec<Value> = reports
            .iter()
            .map(|report| {
                let view = &self.views[report.view];
                let mut flat = json!({
                    "view": wire_id(view.id), "url": format!("https://shop.example{}", view.path),
                    "referrer": view.referrer, "title": format!("Title of {}", view.path), "age": now - view.began_at,
                });
                if let (Value::Object(flat), Value::Object(body)) = (&mut flat, body_of(&report.message)) {
                    flat.extend(body);
                }
                flat
            })
            .collect();
        json!({ "site": 1, "session": session, "token": self.token, "messages": messages }).to_string()
    }
}

/// What a message says beside its page view's head.
fn body_of(message: &Message) -> Value {
    match message {
        Message::View => json!({}),
        // When it was hidden does not matter to who asks how long, but that the end was seen does.
        Message::Time { open, hidden, scroll, state } => {
            json!({"open": open, "spans": [[0, "h"], [hidden, "a"]], "scroll": scroll, "state": state})
        }
        Message::Event { id, at, kind } => {
            let (sent, target) = match kind {
                EventKind::Outbound => (EventKind::Click, "https://elsewhere.example/target"),
                EventKind::Download => (EventKind::Click, "https://shop.example/target.pdf"),
                kind => (*kind, "https://shop.example/target"),
            };
            json!({"id": wire_id(*id), "at": at, "event": sent, "name": "A name", "target": target})
        }
        Message::Forget => json!({"event": "forget"}),
        Message::Reference(code) => json!({"event": "reference", "name": code}),
    }
}

/// An id as the tracker writes it.
fn wire_id(id: Uuid) -> String {
    let words: Vec<String> = id
        .as_bytes()
        .chunks(4)
        .map(|word| word.iter().fold(0u32, |all, &byte| (all << 8) | u32::from(byte)).to_string())
        .collect();
    words.join("-")
}

impl Report {
    /// Whether it says that a page view began.
    pub fn is_view(&self) -> bool {
        matches!(self.message, Message::View)
    }

    /// The place of its page view among the journey's.
    pub fn view(&self) -> usize {
        self.view
    }
}
