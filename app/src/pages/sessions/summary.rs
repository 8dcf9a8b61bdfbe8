//! What the selected sessions come to, each figure beside what it was in the stretch before.

use leptos::prelude::*;

use crate::{
    format::{Change, Measure, count, duration, points, relative, thousands},
    models::{overview::Summary, query::SessionQuery},
};

/// A figure as it reads.
#[derive(Clone, Debug, PartialEq)]
struct Figure {
    measure: Measure,
    /// `None` when there is nothing to go by.
    value: Option<String>,
    /// A second figure beside it.
    beside: Option<String>,
    change: Option<Change>,
    /// The addresses of the sessions that it counts and of those that the second figure counts, where these are others
    /// than the list has.
    those: [Option<String>; 2],
}

/// The row of figures.
#[component]
pub(super) fn Figures(
    /// What was asked for.
    query: SessionQuery,
    /// Now.
    summary: Summary,
    /// In the stretch before, where that makes sense.
    before: Option<Summary>,
) -> impl IntoView {
    let items: Vec<_> = figures(&query, &summary, before.as_ref()).into_iter().map(item).collect();
    view! { <dl class="figures">{items}</dl> }.into_any()
}

fn item(Figure { measure, value, beside, change, those: [these, others] }: Figure) -> AnyView {
    let value = match value {
        Some(value) => view! { <span class="figure-value">{linked(value, these)}</span> }.into_any(),
        None => view! { <span class="figure-unknown">"not known"</span> }.into_any(),
    };
    let beside = beside.map(|beside| view! { " "<span class="figure-beside">{linked(beside, others)}</span> });
    let change = change.map(|change| {
        view! { " "<span class="figure-change">{change.words()}<span class="visually-hidden">" against the stretch before"</span></span> }
    });
    view! {
        <div class="figure-of" title=measure.definition()>
            <dt>{measure.name()}<span class="visually-hidden">". "{measure.definition()}</span></dt>
            <dd>{value}{beside}{change}</dd>
        </div>
    }
    .into_any()
}

fn linked(words: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a href=href>{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

/// All figures, in the order in which they stand.
fn figures(query: &SessionQuery, now: &Summary, before: Option<&Summary>) -> Vec<Figure> {
    let amount = |measure, of: fn(&Summary) -> u64| Figure {
        measure,
        value: Some(thousands(of(now))),
        beside: None,
        change: relative(of(now) as f64, before.map(|before| of(before) as f64)),
        those: NOWHERE,
    };
    let time = |measure, median: fn(&Summary) -> Option<u64>, p90: fn(&Summary) -> Option<u64>| Figure {
        measure,
        value: median(now).map(duration),
        beside: median(now).and_then(|_| p90(now)).map(|ms| format!("90 %: {}", duration(ms)).replace(' ', "\u{a0}")),
        change: median(now).and_then(|ms| relative(ms as f64, before.and_then(median).map(|ms| ms as f64))),
        those: NOWHERE,
    };
    let share = |measure, of: fn(&Summary) -> Option<f64>, beside: Option<String>| Figure {
        measure,
        value: of(now).map(percentage),
        beside,
        change: of(now).and_then(|share| points(share, before.and_then(of))),
        those: NOWHERE,
    };
    let pages = pages_a_session(now);
    let signed = (now.signed > 0).then(|| count(now.signed, "session", "sessions"));
    let mut figures = vec![
        amount(Measure::Sessions, |summary| summary.sessions),
        amount(Measure::PageViews, |summary| summary.page_views),
        time(Measure::Duration, |summary| summary.median_duration_ms, |summary| summary.p90_duration_ms),
        time(Measure::Active, |summary| summary.median_active_ms, |summary| summary.p90_active_ms),
        share(Measure::Bounces, |summary| ratio(summary.bounces, summary.could_bounce), None),
        Figure {
            measure: Measure::Pages,
            value: pages.map(|pages| format!("{pages:.1}")),
            beside: None,
            change: pages.and_then(|pages| relative(pages, before.and_then(pages_a_session))),
            those: NOWHERE,
        },
        share(Measure::Signed, |summary| ratio(summary.signed, summary.sessions), signed),
    ];
    if let Some(conversions) = now.conversions {
        let others = now.sessions.saturating_sub(conversions);
        let side = |number: u64, converted: bool| {
            let is_news = number > 0 && query.converted.is_none();
            is_news.then(|| query.that_converted(Some(converted)).list_href())
        };
        figures.push(Figure {
            measure: Measure::Conversions,
            value: Some(thousands(conversions)),
            beside: Some(format!("{} did not", thousands(others)).replace(' ', "\u{a0}")),
            change: relative(conversions as f64, before.and_then(|before| before.conversions).map(|many| many as f64)),
            those: [side(conversions, true), side(others, false)],
        });
        let rate = |summary: &Summary| ratio(summary.conversions?, summary.sessions);
        figures.push(Figure { those: [side(conversions, true), None], ..share(Measure::Rate, rate, None) });
    }
    figures
}

/// Of what leads to no other sessions than those of the list.
const NOWHERE: [Option<String>; 2] = [None, None];

fn pages_a_session(summary: &Summary) -> Option<f64> {
    ratio(summary.page_views, summary.sessions)
}

/// `None` of nothing.
fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// `38 %`; of small shares one digit more: `1.6 %`.
fn percentage(share: f64) -> String {
    let percent = share * 100.0;
    let digits = usize::from(percent > 0.0 && percent < 9.95);
    format!("{percent:.digits$}\u{a0}%")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::ids::{GoalId, SiteId};

    fn newest() -> SessionQuery {
        SessionQuery::newest(SiteId(1))
    }

    #[test]
    fn with_a_goal_both_sides_of_it_lead_to_their_sessions() {
        let query = newest().for_goal(Some(GoalId(Uuid::nil())));
        let converted = |conversions| Summary { sessions: 20, conversions: Some(conversions), ..Summary::default() };
        let of = |query: &SessionQuery, now: u64| {
            let figures = figures(query, &converted(now), Some(&converted(1)));
            let figure = figures.iter().find(|figure| figure.measure == Measure::Conversions).unwrap();
            assert_eq!(said(&figures, Measure::Conversions).0, Some(&*now.to_string()));
            figure.those.clone()
        };
        let side = |converted| Some(query.that_converted(Some(converted)).href());
        assert_eq!(of(&query, 4), [side(true), side(false)]);
        assert_eq!(of(&query, 0), [None, side(false)], "to none there is no link");
        assert_eq!(of(&query.that_converted(Some(true)), 20), NOWHERE, "they are the list");
        let figures = figures(&query, &converted(4), Some(&converted(1)));
        let rate = (Some("20\u{a0}%"), None, Some("+15\u{a0}points".to_owned()));
        assert_eq!(said(&figures, Measure::Rate), rate);
        assert!(
            super::figures(&query, &Summary::default(), None).len() < figures.len(),
            "without a goal there is none"
        );
    }

    fn said(figures: &[Figure], measure: Measure) -> (Option<&str>, Option<&str>, Option<String>) {
        let figure = figures.iter().find(|figure| figure.measure == measure).unwrap();
        (figure.value.as_deref(), figure.beside.as_deref(), figure.change.map(Change::words))
    }

    #[test]
    fn figures_stand_beside_what_they_were() {
        let before = Summary { sessions: 100, page_views: 300, bounces: 30, could_bounce: 90, ..Summary::default() };
        let now = Summary {
            sessions: 112,
            page_views: 448,
            median_duration_ms: Some(130_000),
            p90_duration_ms: Some(600_000),
            bounces: 38,
            could_bounce: 100,
            signed: 2,
            ..Summary::default()
        };
        let figures = figures(&newest(), &now, Some(&before));
        assert_eq!(said(&figures, Measure::Sessions), (Some("112"), None, Some("+12\u{a0}%".into())));
        assert_eq!(said(&figures, Measure::Duration), (Some("2 min 10 s"), Some("90\u{a0}%:\u{a0}10\u{a0}min"), None));
        assert_eq!(said(&figures, Measure::Active), (None, None, None));
        assert_eq!(said(&figures, Measure::Bounces), (Some("38\u{a0}%"), None, Some("+5\u{a0}points".into())));
        assert_eq!(said(&figures, Measure::Pages), (Some("4.0"), None, Some("+33\u{a0}%".into())));
        assert_eq!(
            said(&figures, Measure::Signed),
            (Some("1.8\u{a0}%"), Some("2 sessions"), Some("+2\u{a0}points".into()))
        );
    }

    #[test]
    fn of_no_sessions_nothing_is_said_that_is_not_known() {
        let figures = figures(&newest(), &Summary::default(), None);
        assert_eq!(said(&figures, Measure::Sessions), (Some("0"), None, None));
        for measure in [Measure::Duration, Measure::Active, Measure::Bounces, Measure::Pages, Measure::Signed] {
            assert_eq!(said(&figures, measure), (None, None, None));
        }
    }

    #[test]
    fn small_shares_have_a_digit_more() {
        let said = [0.0, 0.004, 0.016, 0.0994, 0.0996, 0.38, 1.0].map(percentage);
        assert_eq!(
            said,
            ["0\u{a0}%", "0.4\u{a0}%", "1.6\u{a0}%", "9.9\u{a0}%", "10\u{a0}%", "38\u{a0}%", "100\u{a0}%"]
        );
    }
}
