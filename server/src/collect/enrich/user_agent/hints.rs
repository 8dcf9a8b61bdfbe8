//! Client hints, and what they know better than the `User-Agent` header.

use app::models::session::Device;
use http::HeaderMap;

use super::start;

/// Client hints, each empty where the browser sends none: only those built on Chromium do, and only over HTTPS.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// `Sec-CH-UA`: the names it goes by, in quotes.
    pub brands: &'a str,
    /// `Sec-CH-UA-Mobile`: `?1` on phones.
    pub mobile: &'a str,
    /// `Sec-CH-UA-Platform`: the system, in quotes.
    pub platform: &'a str,
}

impl<'a> Hints<'a> {
    /// The hints of a request.
    pub fn of(headers: &'a HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(start).unwrap_or_default();
        Self { brands: text("sec-ch-ua"), mobile: text("sec-ch-ua-mobile"), platform: text("sec-ch-ua-platform") }
    }
}

/// Browsers that call themselves Chrome in the header and say who they are in the hint.
const BRANDS: [(&str, &str); 16] = [
    ("Brave", "Brave"),
    ("Brave Browser", "Brave"),
    ("Microsoft Edge", "Edge"),
    ("Opera", "Opera"),
    ("Opera GX", "Opera"),
    ("Opera Air", "Opera"),
    ("OperaMobile", "Opera"),
    ("Opera GX Android", "Opera"),
    ("Opera Mini Android", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("DuckDuckGo", "DuckDuckGo"),
    ("Samsung Internet", "Samsung Internet"),
    ("YaBrowser", "Yandex Browser"),
    ("Yandex", "Yandex Browser"),
    ("Whale", "Whale"),
    ("HuaweiBrowser", "Huawei Browser"),
];

/// What is in quotes is the brands and their versions, by turns; no version is a brand's name.
pub(super) fn hinted_browser(brands: &str, header: Option<String>) -> Option<String> {
    if !matches!(header.as_deref(), None | Some("Chrome" | "Chromium")) {
        return header;
    }
    let hinted = brands.split('"').find_map(|quoted| BRANDS.iter().find(|(brand, _)| *brand == quoted));
    hinted.map(|&(_, name)| name.to_owned()).or(header)
}

/// What asks for a page for desktops poses as Linux, and the hint may know better. Any other system is believed.
pub(super) fn hinted_os(platform: &str, header: Option<String>) -> Option<String> {
    if !matches!(header.as_deref(), None | Some("Linux")) {
        return header;
    }
    let hinted = match platform.trim_matches('"') {
        "Windows" => "Windows",
        "macOS" => "macOS",
        "Android" => "Android",
        "Chrome OS" | "Chromium OS" => "ChromeOS",
        "Linux" => "Linux",
        _ => return header,
    };
    Some(hinted.to_owned())
}

/// Tablets and desktops hint `?0`, and so does a phone that asks for a page for desktops: only `?1` tells something.
pub(super) fn hinted_device(mobile: &str, header: Device) -> Device {
    match header {
        Device::Desktop | Device::Tablet | Device::Unknown if mobile == "?1" => Device::Phone,
        other => other,
    }
}
