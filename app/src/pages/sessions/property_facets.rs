//! How the selected sessions are spread over the properties of the events that they are narrowed by.

use leptos::prelude::*;

use super::facets::{conversions, row, with_chosen};
use crate::{
    format::{count, property_words},
    models::{
        error::AppError,
        event::EventKind,
        events::{Called, EventShown, PropertyValues},
        facet::EventFacets,
        query::{Property, SessionQuery, Tab},
    },
};

/// The facets of the events that were asked for, or why there are none.
pub(super) type Answer = Result<Vec<EventFacets>, AppError>;

/// A facet for each property, and what is not shown counted, with a way to it.
pub(super) fn property_facets(answer: Answer, query: &SessionQuery) -> AnyView {
    match answer {
        Ok(events) => events.into_iter().map(|facets| of_event(facets, query)).collect_view().into_any(),
        Err(_) => view! {
            <p class="facet-note" role="status">
                "The properties of the event could not be read. "<a href=query.href() rel="external">"Try again"</a>
            </p>
        }
        .into_any(),
    }
}

fn of_event(EventFacets { event, properties, others }: EventFacets, query: &SessionQuery) -> AnyView {
    let of = Called { kind: EventKind::Custom, name: event.clone() };
    let report = query.on(Tab::Event(EventShown { of })).href();
    let facets: Vec<_> = properties.into_iter().map(|values| facet(&event, values, query, &report)).collect();
    let others = (others > 0).then(|| {
        let words = format!("and {} of {event}", count(others, "other property", "other properties"));
        view! { <p class="facet-note"><a href=report>{words}</a></p> }
    });
    view! { {facets}{others} }.into_any()
}

fn facet(event: &str, values: PropertyValues, query: &SessionQuery, report: &str) -> AnyView {
    let property = Property { event: event.to_owned(), key: values.key };
    let most = values.values.iter().map(|value| value.sessions).max().unwrap_or_default();
    let converted = |value: &str| {
        let counted = values.values.iter().find(|counted| counted.what == value)?;
        conversions(counted.conversions?, counted.sessions, (&property).into(), value, query)
    };
    let counted = values.values.iter().cloned().map(|value| (value.what, value.sessions)).collect();
    let rows: Vec<_> = with_chosen((&property).into(), counted, query)
        .iter()
        .map(|(value, sessions)| row((&property).into(), value, *sessions, most, query, converted(value)))
        .collect();
    let others = (values.others > 0).then(|| {
        let words = format!("and {}", count(values.others, "other value", "other values"));
        view! { <p class="facet-note"><a href=report.to_owned()>{words}</a></p> }
    });
    view! {
        <details class="facet" open>
            <summary>{property_words(&property)}</summary>
            <ul class="facet-values" role="list">{rows}</ul>
            {others}
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{events::Counted, ids::SiteId, query::Dimension};

    fn html(answer: Answer, query: &SessionQuery) -> String {
        Owner::new().with(|| property_facets(answer, query).to_html()).replace("&amp;", "&")
    }

    #[test]
    fn each_value_is_a_link_and_what_is_not_shown_leads_to_the_report_of_the_event() {
        let plan = Property { event: "signup".into(), key: "plan".into() };
        let query = SessionQuery::newest(SiteId(1)).including(Dimension::Event, "signup").including(&plan, "pro");
        let value =
            |(what, sessions): (&str, u64)| Counted { what: what.into(), times: 9, sessions, conversions: None };
        let values =
            PropertyValues { key: "plan".into(), values: [("team", 2), ("", 1)].map(value).into(), others: 12 };
        let facets = EventFacets { event: "signup".into(), properties: vec![values], others: 1 };
        let html = html(Ok(vec![facets]), &query);
        assert!(html.contains("plan of signup"), "{html}");
        let selected = "/sites/1/sessions?event=signup&property=signup=plan=pro&property=signup=plan=team";
        assert!(html.contains(selected) || html.contains(&selected.replace("=plan=", "%3Dplan%3D")), "{html}");
        assert_eq!(
            html.matches("aria-current=\"true\"").count(),
            1,
            "what was chosen stands there all the same: {html}"
        );
        assert!(html.contains(">empty<"), "{html}");
        let report = query.on(Tab::Event(EventShown { of: Called { kind: EventKind::Custom, name: "signup".into() } }));
        assert_eq!(html.matches(&format!("href=\"{}\"", report.href())).count(), 2, "{html}");
        assert!(html.contains("and 12 other values") && html.contains("and 1 other property of signup"), "{html}");
    }

    #[test]
    fn nothing_is_said_where_no_event_is_asked_for_and_a_failure_is() {
        let query = SessionQuery::newest(SiteId(1));
        assert!(!html(Ok(Vec::new()), &query).contains("facet"));
        let failed = html(Err(AppError::TooSlow), &query);
        assert!(failed.contains("could not be read") && failed.contains("href=\"/sites/1/sessions\""), "{failed}");
    }
}
