//! The report of one page: who came from where, how long they stayed, what they used and what failed.

mod bars;
mod beside;
mod elements;

use leptos::prelude::*;

use self::{
    bars::bars,
    beside::{Side, beside},
    elements::elements,
};
use super::{
    narrowing::{MakeGoal, TabAnswer, tab_page},
    tables::{conversion, link, share},
};
use crate::{
    api::tabs::load_page,
    components::icon::{BACK_LINES, Icon},
    format::{active_words, count, depth_words, duration, thousands},
    models::{
        pages::{ACTIVE_BARS, PageReport, PageRow, PagesShown},
        path_rule::{PathRule, rules_path},
        paths::{Anchor, PathsShown},
        query::{Act, Bounds, Deed, Dimension, Filter, SessionQuery, Tab},
        time::LocalTime,
    },
};

impl TabAnswer for PageReport {
    fn now(&self) -> LocalTime {
        self.now
    }
}

/// The selected sessions, of which a figure counts some by what they did on the page.
#[derive(Clone, Copy)]
struct Those<'a> {
    query: &'a SessionQuery,
    page: &'a str,
}

impl Those<'_> {
    /// Those that did this on it.
    fn that(self, act: Act) -> SessionQuery {
        self.query.that_did(Deed { page: self.page.to_owned(), act })
    }
}

/// The page at `/sites/{site}/pages/report?of=…`.
#[component]
pub fn PageReportPage() -> impl IntoView {
    tab_page("Report of a page", load_page, show)
}

fn show(query: SessionQuery, report: PageReport) -> AnyView {
    let Tab::Page(shown) = query.tab.clone() else { return ().into_any() };
    let all = query.on(Tab::Pages(PagesShown::default())).href();
    let filter = Filter::is(Dimension::Page, shown.of.clone());
    let viewed = query.that_viewed(&shown.of);
    let paths = |anchor| query.on(Tab::Paths(PathsShown { anchor })).href();
    let (from_here, to_here) = (paths(Anchor::After(shown.of.clone())), paths(Anchor::Before(shown.of.clone())));
    let is_group = report.group.is_some();
    let grouped = report.group.as_ref().map(|rule| group(&query, rule));
    let content = if report.row.views == 0 {
        view! { <p class="muted">"No session that fits the conditions viewed this page in this period."</p> }.into_any()
    } else {
        parts(&query, &viewed, report, is_group)
    };
    view! {
        <p class="back-line"><a class="back" href=all><Icon lines=BACK_LINES/>"All pages"</a></p>
        <div class="list-head">
            <h1 class="path">{shown.of}</h1>
            <a href=from_here>"Paths from here"</a>
            <a href=to_here>"Paths to here"</a>
            <MakeGoal query filter/>
        </div>
        {grouped}
        {content}
    }
    .into_any()
}

/// Says that what follows is of all pages that a rule joins.
fn group(query: &SessionQuery, rule: &PathRule) -> AnyView {
    let words = format!("Grouped by {rule}: the figures are of all pages that this rule joins. ");
    view! { <p class="muted">{words}<a href=rules_path(query.site)>"Group paths"</a></p> }.into_any()
}

fn parts(query: &SessionQuery, viewed: &SessionQuery, report: PageReport, is_group: bool) -> AnyView {
    // The pages of a group have many titles.
    let title = report.row.title.clone().filter(|_| !is_group).map(|title| view! { <p class="muted">{title}</p> });
    let those = Those { query, page: &report.row.path };
    let active = active_bars().map(|bounds| (active_words(bounds), those.that(Act::Active(bounds)))).collect();
    let depth = depth_bars().map(|bounds| (depth_words(bounds), those.that(Act::Depth(bounds)))).collect();
    view! {
        {title}
        {figures(query, viewed, &report)}
        <div class="report-parts">
            {beside(Side::Before, those, report.before, report.looks)}
            {beside(Side::After, those, report.after, report.looks)}
            {bars("Active time", "Views by active time", active, &report.active)}
            {bars("Scroll depth", "Views by how much of the page's height they saw", depth, &report.scroll)}
            {elements("Clicked", "Nothing was clicked.", those, report.clicked)}
            {elements("Friction and errors", "Nothing failed.", those, report.friction)}
        </div>
    }
    .into_any()
}

/// The figures of its row in the table, each with what it counts.
fn figures(query: &SessionQuery, viewed: &SessionQuery, report: &PageReport) -> AnyView {
    let row = &report.row;
    let of = |dimension| query.of_these(Filter::is(dimension, row.path.clone()));
    let those = Those { query, page: &row.path };
    let line = |name: &'static str, text: AnyView| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    let PageRow { entries, exits, sessions, .. } = *row;
    let with_share = |part: u64, of: u64| format!("{} ({})", thousands(part), share(part, of));
    let active = row.median_active_ms.map_or_else(|| "not measured".to_owned(), duration);
    let depth = row.median_scroll.map_or_else(|| "not measured".to_owned(), |percent| format!("{percent}\u{a0}%"));
    let read = format!("{} of {}", share(row.read, row.scrolled), count(row.scrolled, "view", "views"));
    let conversions = row.conversions.map(|conversions| line("Conversions", conversion(conversions, sessions, viewed)));
    view! {
        <dl class="page-facts">
            {line("Views", link(thousands(row.views), row.views, viewed))}
            {line("Sessions", link(with_share(sessions, report.sessions), sessions, viewed))}
            {line("Entries", link(thousands(entries), entries, &of(Dimension::Entry)))}
            {line("Exits", link(with_share(exits, sessions), exits, &of(Dimension::Exit)))}
            {line("Active, median", active.into_any())}
            {line("Depth, median", depth.into_any())}
            {line("Read", link(read, row.read, &those.that(Act::READ)))}
            {line("Friction", link(thousands(row.friction), row.friction, &those.that(Act::Friction)))}
            {line("Errors", link(thousands(row.errors), row.errors, &those.that(Act::Errors)))}
            {conversions}
        </dl>
    }
    .into_any()
}

/// The stretches of active time that the bars stand for.
fn active_bars() -> impl Iterator<Item = Bounds> {
    let from = std::iter::once(0).chain(ACTIVE_BARS);
    from.zip(ACTIVE_BARS.map(Some).into_iter().chain([None])).map(|(from, below)| Bounds { from, below })
}

/// The shares of the page's height that the bars stand for.
fn depth_bars() -> impl Iterator<Item = Bounds> {
    (0..10).map(|tenth| Bounds { from: tenth * 10, below: (tenth < 9).then_some(tenth * 10 + 10) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::pages::{active_bar, scroll_bar};

    #[test]
    fn each_bar_stands_for_what_is_counted_in_it() {
        for (bar, bounds) in active_bars().enumerate() {
            let in_bar = |ms: u64| active_bar(ms) == bar;
            let seconds = [0, 4, 5, 9, 10, 29, 30, 59, 60, 119, 120, 299, 300, 599, 600, 9_000];
            assert!(
                seconds.into_iter().all(|second| bounds.hold(second) == in_bar(u64::from(second) * 1000 + 999)),
                "{bounds:?}"
            );
        }
        for (bar, bounds) in depth_bars().enumerate() {
            assert!((0..=100).all(|percent| bounds.hold(percent.into()) == (scroll_bar(percent) == bar)), "{bounds:?}");
        }
        assert_eq!((active_bars().count(), depth_bars().count()), (ACTIVE_BARS.len() + 1, 10));
    }
}
