//! Whether a machine is behind a session. Marked with the reason, never dropped.

use std::sync::LazyLock;

use super::user_agent::{Claims, start};

/// Marks of browsers without a window, in lower case.
const HEADLESS: [&str; 4] = ["headlesschrome", "phantomjs", "puppeteer", "electron/headless"];

/// What crawlers that no list knows yet have in common, in lower case: a word for what they do, or where to read about
/// them.
const CRAWLING: [&str; 7] = ["bot/", "bot;", "bot)", "crawler", "spider/", "+http://", "+https://"];

/// What known crawlers call themselves, a line each.
const LIST: &str = include_str!("../../../data/crawlers.txt");

static CRAWLERS: LazyLock<Vec<Mark>> =
    LazyLock::new(|| LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(Mark::of).collect());

/// A text to look for, and whether it must be at an end of the header.
struct Mark {
    text: &'static str,
    at_start: bool,
    at_end: bool,
}

impl Mark {
    /// Reads a line of the list: `^` before a text that is at the start, `$` after one that is at the end.
    fn of(line: &'static str) -> Self {
        let (text, at_start) = line.strip_prefix('^').map_or((line, false), |text| (text, true));
        let (text, at_end) = text.strip_suffix('$').map_or((text, false), |text| (text, true));
        Self { text, at_start, at_end }
    }

    fn is_in(&self, user_agent: &str) -> bool {
        match (self.at_start, self.at_end) {
            (true, true) => user_agent == self.text,
            (true, false) => user_agent.starts_with(self.text),
            (false, true) => user_agent.ends_with(self.text),
            (false, false) => user_agent.contains(self.text),
        }
    }
}

/// Whether a header names a crawler. Looks for each mark of a long list: ask once for each header.
pub fn calls_itself_crawler(user_agent: &str) -> bool {
    // Cubot makes phones.
    let lower = user_agent.to_ascii_lowercase().replace("cubot", "");
    CRAWLING.iter().any(|mark| lower.contains(mark)) || CRAWLERS.iter().any(|mark| mark.is_in(user_agent))
}

/// The reason to take the sender for a machine, if there is one.
pub fn verdict(claims: &Claims<'_>, webdriver: bool, crawler: bool) -> Option<&'static str> {
    // A browser without a window that poses as another one in the header still says so in the hint.
    if headless(start(claims.user_agent)) || headless(claims.hints.brands) {
        Some("headless browser")
    } else if webdriver {
        Some("driven by a program")
    } else if crawler {
        Some("crawler")
    } else if claims.user_agent.is_empty() {
        Some("no browser named")
    } else {
        None
    }
}

fn headless(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    HEADLESS.iter().any(|mark| lower.contains(mark))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::collect::enrich::user_agent::Hints;

    const CHROME: &str =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36";

    fn claims(user_agent: &str) -> Claims<'_> {
        Claims { user_agent, ..Claims::default() }
    }

    #[test]
    fn a_machine_is_marked_with_its_reason_and_a_person_is_not() {
        assert_eq!(verdict(&claims(CHROME), false, false), None);
        assert_eq!(verdict(&claims(CHROME), true, false), Some("driven by a program"));
        let headless = CHROME.replace("Chrome", "HeadlessChrome");
        assert_eq!(verdict(&claims(&headless), true, false), Some("headless browser"));
        assert_eq!(verdict(&claims("Googlebot/2.1"), false, true), Some("crawler"));
        assert_eq!(verdict(&claims(""), false, false), Some("no browser named"));
    }

    #[test]
    fn a_browser_without_a_window_that_poses_as_another_is_told_by_its_hint() {
        let hints = Hints { brands: r#""HeadlessChrome";v="153", "Chromium";v="153""#, ..Hints::default() };
        assert_eq!(verdict(&Claims { hints, ..claims(CHROME) }, false, false), Some("headless browser"));
    }

    #[test]
    fn every_crawler_that_the_list_was_made_from_is_found() {
        let crawlers: Vec<&str> = include_str!("../../../tests/data/crawlers.txt").lines().collect();
        assert!(crawlers.len() > 1000, "{} crawlers to look for", crawlers.len());
        let missed: Vec<&str> = crawlers.into_iter().filter(|crawler| !calls_itself_crawler(crawler)).collect();
        assert_eq!(missed, Vec::<&str>::new());
    }

    #[rstest]
    #[case("Mozilla/5.0 (compatible; NewBot/0.1)")]
    #[case("Mozilla/5.0 (X11; NewBot) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36")]
    #[case("Mozilla/5.0 (compatible; something; +https://something.example/about)")]
    #[case("acme-crawler 3")]
    #[case("Mozilla/5.0 (compatible; Arachnid-Spider/1.0)")]
    fn a_crawler_that_no_list_knows_is_found_by_what_it_says(#[case] user_agent: &str) {
        assert!(calls_itself_crawler(user_agent));
    }

    #[rstest]
    #[case("CUBOT_X19")]
    #[case("S308 Build/CUBOT")]
    #[case("Spider 8")]
    #[case("HTC Butterfly Build/JDQ39")]
    #[case("CPH2655 Build/AP3A.240617.008")]
    #[case("ViewSonic V500 Build/KVT49L")]
    fn a_phone_with_a_crawlers_word_in_its_name_is_a_persons(#[case] model: &str) {
        assert!(!calls_itself_crawler(&CHROME.replace("X11; Linux x86_64", &format!("Linux; Android 15; {model}"))));
    }

    #[test]
    fn a_mark_can_be_tied_to_an_end() {
        assert!(calls_itself_crawler("curl/8.14.1"));
        assert!(Mark::of("^curl").is_in("curl/8") && !Mark::of("^curl").is_in("libcurl/8"));
        assert!(Mark::of("Labs$").is_in("SSL Labs") && !Mark::of("Labs$").is_in("SSL Labs 2"));
        assert!(Mark::of("^Viber$").is_in("Viber") && !Mark::of("^Viber$").is_in("Viber/11"));
    }

    #[test]
    fn the_list_is_read_whole() {
        assert!(CRAWLERS.len() > 1000, "{} marks", CRAWLERS.len());
        assert!(CRAWLERS.iter().all(|mark| mark.text.len() > 2), "no mark is in everything");
    }
}
