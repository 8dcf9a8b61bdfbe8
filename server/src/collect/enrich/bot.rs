//! Whether a machine is behind a session. Marked with the reason, never dropped.

/// Marks of browsers without a window, in lower case.
const HEADLESS: [&str; 4] = ["headlesschrome", "phantomjs", "puppeteer", "electron/headless"];

/// The reason to take the sender for a machine, if there is one.
pub fn verdict(user_agent: &str, webdriver: bool, crawler: bool) -> Option<&'static str> {
    let lower = user_agent.to_ascii_lowercase();
    if HEADLESS.iter().any(|mark| lower.contains(mark)) {
        Some("headless browser")
    } else if webdriver {
        Some("driven by a program")
    } else if crawler {
        Some("crawler")
    } else if user_agent.is_empty() {
        Some("no browser named")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_marked_with_its_reason_and_a_person_is_not() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
        assert_eq!(verdict(chrome, false, false), None);
        assert_eq!(verdict(chrome, true, false), Some("driven by a program"));
        assert_eq!(verdict(&chrome.replace("Chrome", "HeadlessChrome"), true, false), Some("headless browser"));
        assert_eq!(verdict("Googlebot/2.1", false, true), Some("crawler"));
        assert_eq!(verdict("", false, false), Some("no browser named"));
    }
}
