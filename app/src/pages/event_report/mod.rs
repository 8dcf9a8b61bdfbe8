//! The report of one event: the values of its properties, what it was about, and where it happened.

mod values;

use leptos::prelude::*;

use self::values::{Column, values};
use super::{
    narrowing::{MakeGoal, TabAnswer, tab_page},
    tables::{conversion, link, share},
};
use crate::{
    api::tabs::load_event,
    components::icon::{BACK_LINES, Icon},
    format::{count, event_kind, property_value_words, thousands},
    models::{
        event::EventKind,
        events::{Called, Counted, Detail, EventReport, EventsShown, PropertyValues},
        pages::PageShown,
        query::{Act, Deed, Dimension, Filter, Property, SessionQuery, Tab},
        time::LocalTime,
    },
};

impl TabAnswer for EventReport {
    fn now(&self) -> LocalTime {
        self.now
    }
}

/// The page at `/sites/{site}/events/report?of=…`.
#[component]
pub fn EventReportPage() -> impl IntoView {
    tab_page("Report of an event", load_event, show)
}

fn show(query: SessionQuery, report: EventReport) -> AnyView {
    let Tab::Event(shown) = query.tab.clone() else { return ().into_any() };
    let all = query.on(Tab::Events(EventsShown::default())).href();
    let of = shown.of;
    let title = if of.kind == EventKind::Custom { of.name.clone() } else { event_kind(of.kind).to_owned() };
    let filter = Filter::is(Dimension::Event, of.name.clone());
    let had = query.that_had(&of);
    let content = if report.row.counted.times == 0 {
        view! { <p class="muted">"No session that fits the conditions had this event in this period."</p> }.into_any()
    } else {
        parts(&query, &had, &of, report)
    };
    view! {
        <p class="back-line"><a class="back" href=all><Icon lines=BACK_LINES/>"All events"</a></p>
        <div class="list-head"><h1>{title}</h1><MakeGoal query filter/></div>
        {content}
    }
    .into_any()
}

fn parts(query: &SessionQuery, had: &SessionQuery, of: &Called, report: EventReport) -> AnyView {
    let counted = &report.row.counted;
    let (sessions, has_goal) = (counted.sessions, counted.conversions.is_some());
    let of_all = format!("{} of {}", share(sessions, report.sessions), count(report.sessions, "session", "sessions"));
    let conversions = counted.conversions.map(|conversions| {
        view! { <div><dt>"Conversions"</dt><dd>{conversion(conversions, sessions, had)}</dd></div> }
    });
    let column = Column { of: sessions, has_goal };
    let properties = report.properties.into_iter().map(|property| property_part(query, &of.name, property, column));
    let properties: Vec<_> = properties.collect();
    view! {
        <dl class="page-facts">
            <div><dt>"Times"</dt><dd>{link(thousands(counted.times), counted.times, had)}</dd></div>
            <div><dt>"Sessions"</dt><dd>{link(thousands(sessions), sessions, had)}</dd></div>
            <div><dt>"Share"</dt><dd>{link(of_all, sessions, had)}</dd></div>
            {conversions}
        </dl>
        <div class="report-parts">
            {properties}
            {(!report.details.rows.is_empty()).then(|| {
                let others = report.details.others;
                let rows = report.details.rows.into_iter().map(|row| detail(query, of.kind, row)).collect();
                values("What it was".into(), rows, others, column)
            })}
            {{
                let others = report.pages.others;
                let rows = report.pages.rows.into_iter().map(|row| page(query, of, row)).collect();
                values("Pages where it happened".into(), rows, others, column)
            }}
        </div>
    }
    .into_any()
}

/// The values of a property; each leads to the sessions that had the event with it.
fn property_part(query: &SessionQuery, event: &str, part: PropertyValues, column: Column) -> AnyView {
    let PropertyValues { key, values: found, others } = part;
    let rows = found.into_iter().map(|row| {
        let property = Property { event: event.to_owned(), key: key.clone() };
        let those = query.that_had_with(&property, &row.what);
        let filter = Filter::Property { property, not: false, values: vec![row.what.clone()] };
        let words = property_value_words(&row.what);
        let goal = view! { <MakeGoal query=query.clone() filter small=true/> };
        let name = view! { <span>{words}</span>{goal} }.into_any();
        (name, those, Counted { what: (), times: row.times, sessions: row.sessions, conversions: row.conversions })
    });
    values(key.clone(), rows.collect(), others, column)
}

/// What it was, of a kind; it leads to the sessions in which it was exactly this.
fn detail(query: &SessionQuery, kind: EventKind, row: Counted<Detail>) -> (AnyView, SessionQuery, Counted<()>) {
    let Detail { name, target } = row.what.clone();
    let those = query.that_did(Deed { page: String::new(), act: Act::Exactly { kind, name, target } });
    let Detail { name, target } = row.what;
    let name = if name.is_empty() { "without a name".to_owned() } else { name };
    let target = (!target.is_empty()).then(|| view! { <span class="row-title path">{target}</span> });
    let words = view! { <span>{name}</span>{target} }.into_any();
    (words, those, Counted { what: (), times: row.times, sessions: row.sessions, conversions: row.conversions })
}

/// A page on which it happened; it leads to the sessions in which it did there.
fn page(query: &SessionQuery, of: &Called, row: Counted<String>) -> (AnyView, SessionQuery, Counted<()>) {
    let report = query.on(Tab::Page(PageShown { of: row.what.clone() })).href();
    let those = query.that_did(Deed { page: row.what.clone(), act: Act::Event(of.clone()) });
    let words = view! { <a class="path" href=report>{row.what}</a> }.into_any();
    (words, those, Counted { what: (), times: row.times, sessions: row.sessions, conversions: row.conversions })
}
