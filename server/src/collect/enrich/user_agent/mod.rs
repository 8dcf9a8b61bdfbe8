//! Browser, operating system and device, from the `User-Agent` header and the client hints beside it: our own rules
//! first, woothee for what they do not know.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use app::models::session::Device;
use woothee::parser::Parser;

use super::bot;
use hints::{hinted_browser, hinted_device, hinted_os};
use marks::{BROWSERS, NEITHER_DESK_NOR_HAND, ON_ANDROID_ONLY, SYSTEMS};

mod hints;
mod marks;

pub use hints::Hints;

/// How many different headers are remembered; the map is emptied when it is full.
const REMEMBERED: usize = 4096;
/// How much of a header is looked at, in bytes. Browsers stay far below; a longer one only costs time.
const LOOKED_AT: usize = 1024;

/// What a browser says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Claims<'a> {
    /// The `User-Agent` header.
    pub user_agent: &'a str,
    /// Whether the screen takes several fingers. Tells an iPad, which calls itself a Mac.
    pub touch: bool,
    /// What it sends beside that header.
    pub hints: Hints<'a>,
}

/// What the claims come to.
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

/// Reads claims, each different one once. Kept in memory under a hash, never stored.
#[derive(Default)]
pub struct UserAgents {
    seen: Mutex<HashMap<[u8; 32], Software>>,
}

impl UserAgents {
    /// What these claims come to.
    pub fn read(&self, claims: &Claims<'_>) -> Software {
        let key = key(claims);
        let known = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(software) = known {
            return software;
        }
        // Without the lock: nobody waits for a header that is new.
        let software = parse(claims);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        seen.insert(key, software.clone());
        software
    }
}

fn key(claims: &Claims<'_>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[u8::from(claims.touch)]);
    for text in [claims.hints.brands, claims.hints.mobile, claims.hints.platform, claims.user_agent] {
        // No header has a line break, so it keeps neighbours apart.
        hasher.update(text.as_bytes()).update(b"\n");
    }
    *hasher.finalize().as_bytes()
}

/// As much of a header as is looked at.
pub(super) fn start(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or(text)
}

fn parse(claims: &Claims<'_>) -> Software {
    let user_agent = start(claims.user_agent);
    let parsed = Parser::new().parse(user_agent);
    let (category, os, browser) = parsed.as_ref().map_or(("", "", ""), |p| (p.category, p.os, p.name));
    let os = hinted_os(claims.hints.platform, os_family(user_agent, os, claims.touch));
    Software {
        device: hinted_device(claims.hints.mobile, device(user_agent, category, os.as_deref())),
        browser: hinted_browser(claims.hints.brands, browser_family(user_agent, browser, os.as_deref())),
        crawler: category == "crawler" || bot::calls_itself_crawler(user_agent),
        os,
    }
}

/// The first mark that is in the text, with the name that it stands for.
fn named(marks: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    marks.iter().find(|(mark, _)| text.contains(mark)).map(|&(_, name)| name)
}

fn has_any(marks: &[&str], text: &str) -> bool {
    marks.iter().any(|mark| text.contains(mark))
}

fn browser_family(user_agent: &str, woothee: &str, os: Option<&str>) -> Option<String> {
    let apple = matches!(os, Some("iOS" | "iPadOS" | "macOS")) && user_agent.contains("AppleWebKit/");
    let safari = user_agent.contains("Safari/");
    let name = match named(&BROWSERS, user_agent) {
        Some(name) => name,
        None if apple && safari => "Safari",
        // An application's own window has no name of a browser at its end.
        None if apple => "WebView",
        None if os == Some("Android") && safari => "Android Browser",
        None if os == Some("Tizen") => "Samsung Internet",
        None => woothee,
    };
    known(name)
}

fn os_family(user_agent: &str, woothee: &str, touch: bool) -> Option<String> {
    let name = match named(&SYSTEMS, user_agent) {
        // Chrome on an iPad has Safari's engine, so this one is a Mac.
        Some("macOS") if touch && !user_agent.contains("Chrome/") => "iPadOS",
        Some("Linux") if has_any(&ON_ANDROID_ONLY, user_agent) => "Android",
        Some(name) => name,
        None => woothee,
    };
    known(name)
}

fn device(user_agent: &str, category: &str, os: Option<&str>) -> Device {
    let says = |mark: &str| user_agent.contains(mark);
    match os {
        Some("Xbox" | "PlayStation" | "Nintendo" | "webOS") => Device::Other,
        _ if has_any(&NEITHER_DESK_NOR_HAND, user_agent) => Device::Other,
        Some("iPadOS") => Device::Tablet,
        Some("iOS" | "KaiOS" | "Windows Phone") => Device::Phone,
        // Tablets leave "Mobile" out, but for Amazon's small ones; Firefox names them. Opera Mini never writes it.
        Some("Android" | "HarmonyOS") if says("Tablet") || says("Silk/") => Device::Tablet,
        Some("Android" | "HarmonyOS") if says("Mobile") || says("Opera Mini") || says("(Phone;") => Device::Phone,
        Some("HarmonyOS") if says("(PC;") => Device::Desktop,
        Some("Android" | "HarmonyOS") => Device::Tablet,
        Some("Linux" | "Tizen") if says("Mobile") => Device::Phone,
        Some("Tizen") => Device::Other,
        Some("Windows" | "macOS" | "Linux" | "ChromeOS" | "FreeBSD" | "OpenBSD" | "NetBSD") => Device::Desktop,
        _ => match category {
            "smartphone" | "mobilephone" => Device::Phone,
            "pc" => Device::Desktop,
            "appliance" | "misc" => Device::Other,
            _ => Device::Unknown,
        },
    }
}

fn known(name: &str) -> Option<String> {
    (!name.is_empty() && !name.eq_ignore_ascii_case("unknown")).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use rstest::rstest;
    use serde::Deserialize;

    use super::*;

    const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36";
    const ANDROID: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Mobile Safari/537.36";
    const LINUX: &str =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36";
    const NO_SYSTEM: &str = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36";
    const TELEVISION: &str = "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.270 Safari/537.36 WebAppManager";
    const MAC_SAFARI: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.6 Safari/605.1.15";

    /// A line of the table of browsers that people use; see the README beside it.
    #[derive(Deserialize)]
    struct Known {
        user_agent: String,
        touch: bool,
        rank: Option<usize>,
        browser: Option<String>,
        os: Option<String>,
        device: Device,
    }

    fn table() -> Vec<Known> {
        serde_json::from_str(include_str!("../../../../tests/data/user_agents.json")).unwrap()
    }

    fn read(user_agent: &str, touch: bool, hints: Hints<'_>) -> Software {
        UserAgents::default().read(&Claims { user_agent, touch, hints })
    }

    #[test]
    fn the_browsers_that_people_use_are_told_apart() {
        let (table, user_agents) = (table(), UserAgents::default());
        let (mut browsers, mut systems, mut devices) = (0, 0, 0);
        let mut common_missed = 0;
        for row in &table {
            let claims = Claims { user_agent: &row.user_agent, touch: row.touch, hints: Hints::default() };
            let found = user_agents.read(&claims);
            let right = (found.browser == row.browser, found.os == row.os, found.device == row.device);
            browsers += usize::from(right.0);
            systems += usize::from(right.1);
            devices += usize::from(right.2);
            if right != (true, true, true) {
                common_missed += usize::from(row.rank.is_some_and(|rank| rank <= 20));
                println!(
                    "{}\n    is {:?} {:?} {}, taken for {:?} {:?} {}",
                    row.user_agent, row.browser, row.os, row.device, found.browser, found.os, found.device
                );
            }
        }
        assert_eq!(common_missed, 0, "of the twenty most common");
        for (what, right) in [("browsers", browsers), ("systems", systems), ("devices", devices)] {
            assert!(right * 100 >= table.len() * 98, "{right} of {} {what} are right", table.len());
        }
    }

    #[test]
    fn the_parser_behind_the_rules_would_not_do_alone() {
        let table = table();
        let parser = Parser::new();
        let told = |what: fn(&Known, &woothee::parser::WootheeResult<'_>) -> bool| {
            table.iter().filter(|row| parser.parse(&row.user_agent).is_some_and(|found| what(row, &found))).count()
        };
        let browsers = told(|row, found| row.browser.as_deref() == Some(found.name));
        let systems = told(|row, found| row.os.as_deref() == Some(found.os));
        println!("alone: {browsers} browsers and {systems} systems of {}", table.len());
        assert!(browsers * 100 < table.len() * 98 && systems * 100 < table.len() * 98, "then the rules can go");
    }

    #[test]
    fn no_browser_that_people_use_is_taken_for_a_crawler() {
        let user_agents = UserAgents::default();
        let table = table();
        let listed = include_str!("../../../../tests/data/real_browsers.txt").lines();
        let people = listed.chain(table.iter().map(|row| &*row.user_agent));
        let taken: Vec<&str> = people
            .filter(|&user_agent| {
                let claims = Claims { user_agent, ..Claims::default() };
                bot::verdict(&claims, false, user_agents.read(&claims).crawler).is_some()
            })
            .collect();
        assert_eq!(taken, Vec::<&str>::new());
    }

    #[rstest]
    #[case(CHROME, r#""Brave";v="153", "Chromium";v="153", "Not;A=Brand";v="24""#, "Brave")]
    #[case(CHROME, r#""Chromium";v="153", "Microsoft Edge";v="153", "Not;A=Brand";v="24""#, "Edge")]
    #[case(CHROME, r#""Chromium";v="152", "Opera GX";v="136", "Not;A=Brand";v="24""#, "Opera")]
    #[case(CHROME, r#""Chromium";v="153", "Google Chrome";v="153", "Not;A=Brand";v="24""#, "Chrome")]
    #[case(CHROME, r#""Microsoft Edge WebView2";v="153", "Chromium";v="153""#, "Chrome")]
    #[case(CHROME, "", "Chrome")]
    #[case(CHROME, "no quotes, \" one quote", "Chrome")]
    #[case(MAC_SAFARI, r#""Brave";v="153""#, "Safari")]
    fn a_browser_that_calls_itself_chrome_says_its_name_in_the_hint(
        #[case] user_agent: &str,
        #[case] brands: &str,
        #[case] browser: &str,
    ) {
        let software = read(user_agent, false, Hints { brands, ..Hints::default() });
        assert_eq!(software.browser.as_deref(), Some(browser));
    }

    #[rstest]
    #[case(LINUX, "\"Chrome OS\"", "ChromeOS", Device::Desktop)]
    #[case(LINUX, "\"Chromium OS\"", "ChromeOS", Device::Desktop)]
    #[case(LINUX, "\"Android\"", "Android", Device::Tablet)]
    #[case(NO_SYSTEM, "\"macOS\"", "macOS", Device::Desktop)]
    #[case(NO_SYSTEM, "\"Linux\"", "Linux", Device::Desktop)]
    #[case(CHROME, "\"Linux\"", "Windows", Device::Desktop)]
    #[case(CHROME, "\"macOS\"", "Windows", Device::Desktop)]
    #[case(ANDROID, "\"Android\"", "Android", Device::Phone)]
    #[case(ANDROID, "\"Linux\"", "Android", Device::Phone)]
    #[case(LINUX, "\"Unknown\"", "Linux", Device::Desktop)]
    #[case(TELEVISION, "\"Windows\"", "webOS", Device::Other)]
    fn the_hinted_platform_corrects_what_poses_as_linux(
        #[case] user_agent: &str,
        #[case] platform: &str,
        #[case] os: &str,
        #[case] device: Device,
    ) {
        let software = read(user_agent, false, Hints { platform, ..Hints::default() });
        assert_eq!((software.os.as_deref(), software.device), (Some(os), device));
    }

    #[rstest]
    #[case(LINUX, "?1", Device::Phone)]
    #[case(LINUX, "?0", Device::Desktop)]
    #[case(ANDROID, "?0", Device::Phone)]
    #[case(TELEVISION, "?1", Device::Other)]
    fn only_a_phone_hints_that_it_is_mobile(#[case] user_agent: &str, #[case] mobile: &str, #[case] device: Device) {
        assert_eq!(read(user_agent, false, Hints { mobile, ..Hints::default() }).device, device);
    }

    #[test]
    fn a_mac_with_a_touch_screen_is_an_ipad_unless_chromes_own_engine_runs_on_it() {
        let ipad = read(MAC_SAFARI, true, Hints::default());
        assert_eq!((ipad.device, ipad.os.as_deref()), (Device::Tablet, Some("iPadOS")));
        let mac = read(MAC_SAFARI, false, Hints::default());
        assert_eq!((mac.device, mac.os.as_deref()), (Device::Desktop, Some("macOS")));
        let chrome = MAC_SAFARI.replace("Version/26.6", "Chrome/153.0.0.0");
        assert_eq!(read(&chrome, true, Hints::default()).os.as_deref(), Some("macOS"));
    }

    #[test]
    fn the_same_header_with_another_hint_is_read_anew() {
        let user_agents = UserAgents::default();
        let claims = Claims { user_agent: CHROME, ..Claims::default() };
        assert_eq!(user_agents.read(&claims).browser.as_deref(), Some("Chrome"));
        let hints = Hints { brands: r#""Brave";v="153""#, ..Hints::default() };
        assert_eq!(user_agents.read(&Claims { hints, ..claims }).browser.as_deref(), Some("Brave"));
        assert_eq!(user_agents.read(&claims).browser.as_deref(), Some("Chrome"));
    }

    #[test]
    fn hints_are_taken_from_the_request() {
        let mut headers = HeaderMap::new();
        assert_eq!(Hints::of(&headers).brands, "");
        headers.insert("sec-ch-ua", http::HeaderValue::from_static("\"Brave\";v=\"153\""));
        headers.insert("sec-ch-ua-mobile", http::HeaderValue::from_static("?1"));
        headers.insert("sec-ch-ua-platform", http::HeaderValue::from_static("\"Android\""));
        let hints = Hints::of(&headers);
        assert_eq!((hints.brands, hints.mobile, hints.platform), ("\"Brave\";v=\"153\"", "?1", "\"Android\""));
    }

    #[test]
    fn a_crawler_says_so() {
        let googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
        assert!(read(googlebot, false, Hints::default()).crawler);
    }

    #[test]
    fn an_empty_header_is_unknown() {
        let software = read("", false, Hints::default());
        assert_eq!(software, Software { device: Device::Unknown, os: None, browser: None, crawler: false });
    }

    #[test]
    fn a_header_without_end_is_cut() {
        let software = read(&format!("{CHROME} {}", "x".repeat(10_000)), false, Hints::default());
        assert_eq!(software.browser.as_deref(), Some("Chrome"));
        assert_eq!(start(&"x".repeat(10_000)).len(), LOOKED_AT);
        assert_eq!(start(&format!("x{}", "ü".repeat(10_000))).len(), LOOKED_AT - 1, "not in the middle of a letter");
        assert_eq!(start("short"), "short");
    }
}
