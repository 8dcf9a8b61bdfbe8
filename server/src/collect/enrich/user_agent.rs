//! Browser, operating system and device from the `User-Agent` header: woothee, and our own rules for what it misses.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use app::models::session::Device;
use woothee::parser::Parser;

/// How many different headers are remembered; the map is emptied when it is full.
const REMEMBERED: usize = 4096;

/// What a header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Software {
    /// What it runs on.
    pub device: Device,
    /// The operating system's family.
    pub os: Option<String>,
    /// The browser's family.
    pub browser: Option<String>,
    /// Whether it calls itself a crawler.
    pub crawler: bool,
}

/// Reads headers, each different one once. Kept in memory under a hash, never stored.
#[derive(Default)]
pub struct UserAgents {
    seen: Mutex<HashMap<[u8; 32], Software>>,
}

impl UserAgents {
    /// What this header says. `touch` tells an iPad, which calls itself a Mac.
    pub fn read(&self, user_agent: &str, touch: bool) -> Software {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[u8::from(touch)]).update(user_agent.as_bytes());
        let key = *hasher.finalize().as_bytes();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(software) = seen.get(&key) {
            return software.clone();
        }
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        let software = parse(user_agent, touch);
        seen.insert(key, software.clone());
        software
    }
}

fn parse(user_agent: &str, touch: bool) -> Software {
    let parsed = Parser::new().parse(user_agent);
    let (category, os, browser) = parsed.as_ref().map_or(("", "", ""), |p| (p.category, p.os, p.name));
    let os = os_family(user_agent, os, touch);
    Software {
        device: device(user_agent, category, os.as_deref()),
        browser: browser_family(user_agent, browser),
        crawler: category == "crawler",
        os,
    }
}

/// Marks that woothee does not know or puts under another browser, the most particular first.
const BROWSER_MARKS: [(&str, &str); 14] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("UCBrowser/", "UC Browser"),
    ("Instagram", "Instagram"),
    ("FBAN/", "Facebook"),
    ("FBAV/", "Facebook"),
    ("CriOS/", "Chrome"),
    ("FxiOS/", "Firefox"),
];

fn browser_family(user_agent: &str, woothee: &str) -> Option<String> {
    let mark = BROWSER_MARKS.iter().find(|(mark, _)| user_agent.contains(mark)).map(|&(_, name)| name);
    let name = mark.unwrap_or(match woothee {
        "SamsungBrowser" => "Samsung Internet",
        "Google Search App" => "Google app",
        other => other,
    });
    known(name)
}

fn os_family(user_agent: &str, woothee: &str, touch: bool) -> Option<String> {
    let name = match woothee {
        _ if user_agent.contains("CrOS") => "ChromeOS",
        windows if windows.starts_with("Windows Phone") => "Windows Phone",
        windows if windows.starts_with("Windows") => "Windows",
        "Mac OSX" if touch => "iPadOS",
        "Mac OSX" => "macOS",
        "iPad" => "iPadOS",
        "iPhone" | "iPod" | "iOS" => "iOS",
        other => other,
    };
    known(name)
}

fn device(user_agent: &str, category: &str, os: Option<&str>) -> Device {
    match (category, os) {
        (_, Some("iPadOS")) => Device::Tablet,
        (_, Some("Android")) if !user_agent.contains("Mobile") => Device::Tablet,
        ("smartphone" | "mobilephone", _) => Device::Phone,
        ("pc", _) => Device::Desktop,
        ("appliance" | "misc", _) => Device::Other,
        _ => Device::Unknown,
    }
}

fn known(name: &str) -> Option<String> {
    (!name.is_empty() && !name.eq_ignore_ascii_case("unknown")).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const MAC_SAFARI: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";

    #[rstest]
    #[case(MAC_SAFARI, false, Device::Desktop, "macOS", "Safari")]
    #[case(MAC_SAFARI, true, Device::Tablet, "iPadOS", "Safari")]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        true,
        Device::Phone,
        "iOS",
        "Safari"
    )]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1",
        true,
        Device::Phone,
        "iOS",
        "Chrome"
    )]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
        false,
        Device::Desktop,
        "Windows",
        "Edge"
    )]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
        false,
        Device::Desktop,
        "Windows",
        "Firefox"
    )]
    #[case(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
        true,
        Device::Phone,
        "Android",
        "Chrome"
    )]
    #[case(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
        true,
        Device::Tablet,
        "Android",
        "Chrome"
    )]
    #[case(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
        true,
        Device::Phone,
        "Android",
        "Samsung Internet"
    )]
    #[case(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
        false,
        Device::Desktop,
        "Linux",
        "Chrome"
    )]
    #[case(
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
        false,
        Device::Desktop,
        "ChromeOS",
        "Chrome"
    )]
    fn common_browsers(
        #[case] user_agent: &str,
        #[case] touch: bool,
        #[case] device: Device,
        #[case] os: &str,
        #[case] browser: &str,
    ) {
        let software = UserAgents::default().read(user_agent, touch);
        assert_eq!(
            (software.device, software.os.as_deref(), software.browser.as_deref()),
            (device, Some(os), Some(browser))
        );
        assert!(!software.crawler);
    }

    #[test]
    fn a_crawler_says_so() {
        assert!(
            UserAgents::default()
                .read("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", false)
                .crawler
        );
    }

    #[test]
    fn an_empty_header_is_unknown() {
        let software = UserAgents::default().read("", false);
        assert_eq!(software, Software { device: Device::Unknown, os: None, browser: None, crawler: false });
    }
}
