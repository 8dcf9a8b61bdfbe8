//! What a message says → what can be told from it and its request: country, device, system, browser, source, and
//! whether a machine sent it.

use std::net::IpAddr;

use app::models::session::{Country, Device};

pub mod bot;
pub mod country;
pub mod source;
pub mod spam;
pub mod user_agent;

use country::Countries;
use user_agent::{Claims, UserAgents};

/// What is kept of who sent a batch: nothing that singles anybody out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorFacts {
    /// Where the network is.
    pub country: Option<Country>,
    /// What the browser runs on.
    pub device: Device,
    /// The operating system's family.
    pub os: Option<String>,
    /// The browser's family.
    pub browser: Option<String>,
    /// Why it is taken for a machine.
    pub bot: Option<&'static str>,
}

/// What a request says of its sender, on the way to being forgotten.
pub struct Sender<'a> {
    /// The client's address.
    pub address: IpAddr,
    /// What its browser says of itself.
    pub claims: Claims<'a>,
    /// Whether the browser says that a program drives it.
    pub webdriver: bool,
}

/// Tells the facts. Address and user agent go no further than this and the visitor key.
pub fn visitor_facts(sender: &Sender<'_>, countries: &Countries, user_agents: &UserAgents) -> VisitorFacts {
    let software = user_agents.read(&sender.claims);
    VisitorFacts {
        country: countries.of(sender.address),
        device: software.device,
        os: software.os,
        browser: software.browser,
        bot: bot::verdict(&sender.claims, sender.webdriver, software.crawler),
    }
}
