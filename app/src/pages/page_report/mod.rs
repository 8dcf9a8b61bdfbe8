//! The report of one page: who came from where, how long they stayed, what they used and what failed.

mod bars;
mod beside;
mod elements;

use leptos::prelude::*;

use self::{bars::bars, beside::beside, elements::elements};
use super::{
    narrowing::{MakeGoal, TabAnswer, tab_page},
    tables::{conversion_words, share},
};
use crate::{
    api::tabs::load_page,
    format::{count, duration, thousands},
    models::{
        pages::{ACTIVE_BARS, PageReport, PageRow, PagesShown},
        path_rule::{PathRule, rules_path},
        paths::{Anchor, PathsShown},
        query::{Dimension, Filter, SessionQuery, Tab},
        time::LocalTime,
    },
};

impl TabAnswer for PageReport {
    fn now(&self) -> LocalTime {
        self.now
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
    let viewed = query.with(filter.clone());
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
        <p class="back-line"><a class="back" href=all>"All pages"</a></p>
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
    view! {
        {title}
        {figures(query, viewed, &report)}
        <div class="report-parts">
            {beside("Before", "The page before, in the same session; a reload is no new look.", query, report.before, report.looks)}
            {beside("After", "The page after, in the same session.", query, report.after, report.looks)}
            {bars("Active time", "Views by active time", &active_names(), &report.active)}
            {bars("Scroll depth", "Views by how much of the page's height they saw", &scroll_names(), &report.scroll)}
            {elements("Clicked", "Nothing was clicked.", viewed, report.clicked)}
            {elements("Friction and errors", "Nothing failed.", viewed, report.friction)}
        </div>
    }
    .into_any()
}

/// The figures of its row in the table, each with what it counts.
fn figures(query: &SessionQuery, viewed: &SessionQuery, report: &PageReport) -> AnyView {
    let row = &report.row;
    let of = |dimension| Some(query.with(Filter::is(dimension, row.path.clone())).list_href());
    let line = |name: &'static str, text: String, href: Option<String>| {
        let text = match href {
            Some(href) => view! { <a href=href>{text}</a> }.into_any(),
            None => text.into_any(),
        };
        view! { <div><dt>{name}</dt><dd>{text}</dd></div> }
    };
    let PageRow { entries, exits, sessions, .. } = *row;
    let with_share = |part: u64, of: u64| format!("{} ({})", thousands(part), share(part, of));
    let conversions = row.conversions.map(|conversions| {
        let those = (conversions > 0).then(|| viewed.that_converted(Some(true)).list_href());
        line("Conversions", conversion_words(conversions, sessions), those)
    });
    view! {
        <dl class="page-facts">
            {line("Views", thousands(row.views), None)}
            {line("Sessions", with_share(sessions, report.sessions), Some(viewed.list_href()))}
            {line("Entries", thousands(entries), of(Dimension::Entry))}
            {line("Exits", with_share(exits, sessions), of(Dimension::Exit))}
            {line("Active, median", row.median_active_ms.map_or_else(|| "not measured".to_owned(), duration), None)}
            {line("Depth, median", row.median_scroll.map_or_else(|| "not measured".to_owned(), |percent| format!("{percent}\u{a0}%")), None)}
            {line("Read", format!("{} of {}", share(row.read, row.scrolled), count(row.scrolled, "view", "views")), None)}
            {line("Friction", thousands(row.friction), None)}
            {line("Errors", thousands(row.errors), None)}
            {conversions}
        </dl>
    }
    .into_any()
}

/// `under 5 s`, `5 s to 10 s`, … `10 min or more`.
fn active_names() -> Vec<String> {
    let words = |seconds: u32| duration(u64::from(seconds) * 1000);
    let mut names: Vec<String> = Vec::new();
    let mut from: Option<u32> = None;
    for to in ACTIVE_BARS {
        names.push(
            from.map_or_else(|| format!("under {}", words(to)), |from| format!("{} to {}", words(from), words(to))),
        );
        from = Some(to);
    }
    names.extend(from.map(|from| format!("{} or more", words(from))));
    names
}

fn scroll_names() -> Vec<String> {
    (0..10).map(|tenth| format!("{}–{}\u{a0}%", tenth * 10, if tenth == 9 { 100 } else { tenth * 10 + 9 })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bar_has_a_name() {
        let names = active_names();
        assert_eq!(names.len(), ACTIVE_BARS.len() + 1);
        assert_eq!((names[0].as_str(), names[1].as_str()), ("under 5 s", "5 s to 10 s"));
        assert_eq!(names[7], "10 min or more");
        assert_eq!((scroll_names()[0].as_str(), scroll_names()[9].as_str()), ("0–9\u{a0}%", "90–100\u{a0}%"));
    }
}
