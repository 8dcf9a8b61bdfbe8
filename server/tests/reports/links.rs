//! The figures of the tabs as their pages show them: each is a link to exactly the sessions that it counts, also where
//! conditions stand already.

use std::collections::HashMap;

use app::{
    models::{
        goal::Aim,
        query::{Dimension, Filter, SessionQuery},
        view::ViewName,
    },
    services::Sessions,
};
use server::{
    reports::SessionReports,
    store::goals::{self, Made},
};

use super::tabs::{NOON, sessions};
use crate::support::{
    builders::store,
    collector,
    db::FIRST_SITE,
    test_app::{Browser, TestApp},
};

/// A link to the list of sessions.
#[derive(Debug)]
struct Figure<'a> {
    /// What its number is called.
    name: &'a str,
    /// Its text.
    text: String,
    href: String,
}

/// The columns of the tables in reports.
const COLUMNS: [&str; 4] = ["Times", "Sessions", "Share", "Conversions"];
/// Figures that count something that a session can have several of.
const OF_SEVERAL: [&str; 5] = ["Views", "Times", "Friction", "Errors", "bar"];

/// A text without its tags.
fn plain(html: &str) -> String {
    let texts = html.split('<').enumerate().map(|(nth, part)| match nth {
        0 => part,
        _ => part.split_once('>').map_or("", |(_, text)| text),
    });
    texts.collect::<String>().replace('\u{a0}', " ")
}

/// What stands behind the last of some marks, and the mark.
fn behind<'a>(html: &'a str, marks: &[&'static str]) -> (&'static str, &'a str) {
    let last = marks.iter().filter_map(|mark| Some((html.rfind(mark)?, *mark))).max();
    last.map_or(("", html), |(at, mark)| (mark, &html[at + mark.len()..]))
}

fn between<'a>(html: &'a str, from: &str, to: &str) -> Option<&'a str> {
    html.split_once(from)?.1.split_once(to).map(|(text, _)| text)
}

/// The name of a figure that stands in its own cell.
fn cell_name(cell: &str) -> Option<&str> {
    let (_, behind) = cell.split_once("cell-name\"")?;
    between(behind, ">", "<")
}

/// All links to the list in what a page shows of its tab.
fn figures(page: &str) -> Vec<Figure<'_>> {
    let mut found = Vec::new();
    for (at, mark) in page.match_indices("<a href=\"/sites/1/sessions?") {
        let (before, link) = page.split_at(at);
        let href = between(link, "<a href=\"", "\"").unwrap().replace("&amp;", "&");
        let inner = between(&link[mark.len()..], ">", "</a>").unwrap();
        let name = match behind(before, &["<td", "<dt>", "<li", "<th", "<g>"]) {
            ("<td", cell) => cell_name(cell).unwrap_or_else(|| {
                let (_, row) = behind(before, &["<tr"]);
                COLUMNS[row.matches("<td").count() - 1]
            }),
            ("<dt>", fact) => fact.split_once('<').unwrap().0,
            ("<li", _) => "bar",
            // What stands in the picture says what it is, and how many.
            ("<g>", _) => "picture",
            _ => "step",
        };
        let text =
            between(inner, "<title>", "</title>").and_then(|title| title.rsplit_once(": ")).map(|(_, text)| text);
        let text = text.map_or_else(|| plain(inner), plain);
        // Where there is no figure, a link leads to the list itself.
        if text != "To the sessions" {
            found.push(Figure { name, text, href });
        }
    }
    found
}

/// The number that a text begins with; of a share there is none.
fn number(text: &str) -> Option<u64> {
    let (number, rest) = text.split_at(text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len()));
    number.parse().ok().filter(|_| !rest.starts_with('.') && !rest.starts_with(" %"))
}

/// Every number of a table but 0 is a link, or it is none of sessions.
fn assert_nothing_is_without_a_link(page: &str, address: &str) {
    for cell in page.split("<td").skip(1) {
        let (tag, content) = cell.split_once("</td>").unwrap().0.split_once('>').unwrap();
        let (name, text) = (cell_name(content).unwrap_or_default(), plain(content));
        if !tag.contains("cell-number") {
            continue;
        }
        let counts = text[name.len()..].parse().is_ok_and(|number: u64| number > 0);
        assert!(!counts || content.contains("<a "), "{text} of {address}");
    }
}

/// Counts what links lead to, each once.
struct Counting {
    reports: SessionReports,
    known: HashMap<String, u64>,
}

impl Counting {
    async fn of(&mut self, href: &str) -> u64 {
        if let Some(known) = self.known.get(href) {
            return *known;
        }
        let query: SessionQuery = serde_json::from_value(href.into()).unwrap();
        let counted = self.reports.overview(&query).await.unwrap().summary.sessions;
        self.known.insert(href.to_owned(), counted);
        counted
    }

    /// How many figures a page has, each of which leads to what it counts.
    async fn follow(&mut self, browser: &Browser<'_>, address: &str) -> usize {
        let body = browser.get(address).await.body;
        let page = between(&body, "class=\"list tab-page\"", "</main>").unwrap_or_else(|| panic!("{address}: {body}"));
        assert_nothing_is_without_a_link(page, address);
        let figures = figures(page);
        for figure in &figures {
            let counted = self.of(&figure.href).await;
            match number(&figure.text) {
                Some(number) if !OF_SEVERAL.contains(&figure.name) => {
                    assert_eq!(counted, number, "{figure:?} of {address}");
                }
                // Some sessions have it more than once.
                Some(number) => assert!((1..=number).contains(&counted), "{counted} for {figure:?} of {address}"),
                None => assert!(counted > 0, "{figure:?} of {address}"),
            }
        }
        figures.len()
    }
}

const TABS: [&str; 9] = [
    "pages?",
    "pages/report?of=/lamps",
    "pages/report?of=/sign-up",
    "events?",
    "events/report?of=signup",
    "events/report?of=form&kind=form",
    "events/report?of=click&kind=click",
    "paths?",
    "paths?way=after&of=/lamps",
];

/// Where conditions of the same kind as those of the links stand already, these still hold.
const CONDITIONS: [&str; 9] = [
    "",
    "&page=/lamps",
    "&page=/cart&page=/sign-up&page.not=/gone",
    "&entry=/&entry=/lamps",
    "&event=form&event=signup",
    "&property=signup%3Dplan%3Dpro&property=signup%3Dplan%3Dfree",
    "&step=start%3D%3D2%3D/lamps&step=start%3D%3D2%3D/cart",
    "&step.not=after%3D/lamps%3D2%3D/cart",
    "&did=/lamps%3Dfriction&did.not=/cart%3Derrors",
];

#[tokio::test]
async fn every_figure_leads_to_exactly_the_sessions_that_it_counts() {
    let app = TestApp::new().await;
    app.clock.advance(NOON - collector::NOON);
    store(&app.db.db, sessions()).await.unwrap();
    let (name, aim) = (ViewName::parse("Bought").unwrap(), Aim::of(Filter::is(Dimension::Event, "purchase")).unwrap());
    let Made::Goal(goal) = goals::make(&app.db.db, FIRST_SITE, &name, &aim, NOON).await.unwrap() else {
        panic!("no goal")
    };
    let owner = app.owner().await;
    let reports = SessionReports::new(app.db.db.clone(), app.clock.clone());
    let mut counting = Counting { reports, known: HashMap::new() };
    for tab in TABS {
        for conditions in CONDITIONS {
            let address = format!("/sites/1/{tab}{conditions}&goal={goal}");
            let figures = counting.follow(&owner, &address).await;
            assert!(figures >= if conditions.is_empty() { 12 } else { 0 }, "{figures} figures of {address}");
        }
    }
}
