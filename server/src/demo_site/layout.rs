//! What stands around every page of the demo site.

use std::borrow::Cow;

use axum::{
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{CACHE_CONTROL, DNT},
    },
    response::{Html, IntoResponse, Response},
};

use crate::config::PublicUrl;

const LAYOUT: &str = include_str!("files/layout.html");
const SEC_GPC: HeaderName = HeaderName::from_static("sec-gpc");
const ASKS_NOT_TO_BE_RECORDED: &str = "<p role=\"status\">Your browser asks not to be recorded, and Pulse keeps to that: \
     this visit will not show in the dashboard. Try another browser, or turn off Do Not Track and Global Privacy \
     Control for this site.</p>\n";

/// A page: what is its own.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) content: Cow<'static, str>,
}

/// The layout with the addresses of this installation.
pub(super) struct Layout(String);

impl Layout {
    /// An origin holds nothing that HTML would read as its own.
    pub(super) fn new(pulse: &PublicUrl) -> Self {
        Self(LAYOUT.replace("{{pulse}}", pulse.as_str()))
    }

    pub(super) fn answer(&self, page: &Page, headers: &HeaderMap) -> Response {
        let notice = if asks_not_to_be_recorded(headers) { ASKS_NOT_TO_BE_RECORDED } else { "" };
        let html = self
            .0
            .replace("{{title}}", page.title)
            .replace("{{description}}", page.description)
            .replace("{{notice}}", notice)
            .replace("{{content}}", &page.content);
        // Asked for anew each time, as the notice depends on who asks; yet kept for the way back, as pages of most
        // sites are, so that the tracker is seen to count it.
        ([(CACHE_CONTROL, HeaderValue::from_static("no-cache"))], Html(html)).into_response()
    }
}

/// The same question that the tracker asks in the browser.
fn asks_not_to_be_recorded(headers: &HeaderMap) -> bool {
    [SEC_GPC, DNT].iter().any(|name| headers.get(name).is_some_and(|value| value == "1"))
}
