//! Which stretch of time the list is of.

use leptos::prelude::*;

use super::kept::{action, kept};
use crate::{
    format::{period_words, year_and_month},
    models::{
        query::{Period, Recent, SessionQuery},
        time::LocalTime,
    },
};

/// Stretches that end now, in the order of the list.
const RECENT: [Period; 6] = [
    Period::Now,
    Period::Last(Recent::Hour),
    Period::Last(Recent::Day),
    Period::Last(Recent::Week),
    Period::Last(Recent::Month),
    Period::Last(Recent::Quarter),
];

/// A list that opens: links for what is asked for often, forms for the rest.
#[component]
pub(super) fn PeriodPicker(
    /// What was asked for.
    query: SessionQuery,
    /// The server's clock in the site's time zone.
    now: LocalTime,
) -> impl IntoView {
    let choice = |period: Period| {
        let current = (query.period == period).then_some("true");
        view! { <li><a href=query.in_period(period).href() aria-current=current>{period_words(period)}</a></li> }
    };
    view! {
        <details class="picker period">
            <summary class="button"><span class="visually-hidden">"Period: "</span><span class="picker-label">{period_words(query.period)}</span></summary>
            <div class="panel">
                <ul class="choices" role="list">{RECENT.into_iter().map(choice).collect_view()}</ul>
                <ul class="choices" role="list">{months(now).into_iter().map(choice).collect_view()}</ul>
                <RangeForm query=query.clone()/>
                <DayTimeForm query=query.clone()/>
            </div>
        </details>
    }
    .into_any()
}

/// This month and the two before it.
fn months(now: LocalTime) -> [Period; 3] {
    let (year, month) = year_and_month(now);
    [0, 1, 2].map(|back| {
        let counted = year * 12 + i32::from(month) - 1 - back;
        let month = u8::try_from(counted.rem_euclid(12) + 1).unwrap_or(1);
        Period::Month { year: counted.div_euclid(12), month }
    })
}

/// From one minute up to another.
#[component]
fn RangeForm(query: SessionQuery) -> impl IntoView {
    let (from, to) = match query.period {
        Period::Range { from, to } => (from.to_string(), to.to_string()),
        _ => Default::default(),
    };
    view! {
        <form method="get" action=action(&query) class="panel-form">
            {kept(&query, &["period"])}
            <label class="field">"From"<input type="datetime-local" name="from" value=from required/></label>
            <label class="field">"To"<input type="datetime-local" name="to" value=to required/></label>
            <button class="button">"Show this period"</button>
        </form>
    }
    .into_any()
}

/// A part of every day; left empty, the whole day.
#[component]
fn DayTimeForm(query: SessionQuery) -> impl IntoView {
    let time = query.time.map(|time| time.to_string()).unwrap_or_default();
    view! {
        <form method="get" action=action(&query) class="panel-form">
            {kept(&query, &["time"])}
            <label class="field">
                "Time of day"
                <input type="text" name="time" value=time placeholder="09:00-17:00" pattern="[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}" title="Two times, like 09:00-17:00; empty for the whole day" autocomplete="off"/>
            </label>
            <button class="button">"Show these hours"</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_months_before_january_are_those_of_the_year_before() {
        // 2026-01-31T23:30:00Z, which is in February one hour to the east.
        let now = |offset_s| LocalTime { ms: 1_769_902_200_000, offset_s };
        let words = |now| months(now).map(period_words);
        assert_eq!(words(now(0)), ["January 2026", "December 2025", "November 2025"]);
        assert_eq!(words(now(3_600)), ["February 2026", "January 2026", "December 2025"]);
    }
}
