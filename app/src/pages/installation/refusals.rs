//! What was refused lately.

use leptos::prelude::*;

use crate::{
    components::time::Moment,
    format::{clock, date, message_kind, outcome, thousands},
    models::{
        ids::SiteId,
        intake::Refusal,
        outcome::{Outcome, Reason},
        time::LocalTime,
    },
};

/// A table of refusals.
#[component]
pub(super) fn Refusals(
    /// The latest first.
    refusals: Vec<Refusal>,
    /// Since when they are remembered.
    since: LocalTime,
    /// The server's clock.
    now_ms: i64,
    /// The site.
    site: SiteId,
) -> impl IntoView {
    let began = format!("{}, {}", date(since, now_ms), clock(since));
    let hosts = foreign_hosts(&refusals);
    let is_empty = refusals.is_empty();
    view! {
        <section>
            <h2>"Refused lately"</h2>
            <p>"Remembered since this server started: "<Moment at=since text=began/>". Nothing says who sent them."</p>
            {is_empty.then(|| view! { <p>"Nothing was refused."</p> })}
            {(!hosts.is_empty()).then(|| view! { <AddHosts hosts site/> })}
            {(!is_empty).then(|| view! { <RefusalTable refusals now_ms/> })}
        </section>
    }
    .into_any()
}

/// The refusal that owners can do something about.
#[component]
fn AddHosts(hosts: Vec<String>, site: SiteId) -> impl IntoView {
    let command = format!("pulse site set {site} --hosts …,{}", hosts.join(","));
    view! {
        <p class="caution">
            "Pages on hosts that are not the site's send to it. If they are yours, add them to those that stand there already: "
            <code>{command}</code>
        </p>
    }
    .into_any()
}

/// The hosts that are not the site's, each once, at most five.
fn foreign_hosts(refusals: &[Refusal]) -> Vec<String> {
    let mut hosts: Vec<String> = Vec::new();
    for refusal in refusals.iter().filter(|refusal| refusal.reason == Reason::HostNotAllowed) {
        if let Some(host) = refusal.host.as_ref().filter(|host| !hosts.contains(host)) {
            hosts.push(host.clone());
        }
    }
    hosts.truncate(5);
    hosts
}

#[component]
fn RefusalTable(refusals: Vec<Refusal>, now_ms: i64) -> impl IntoView {
    let row = |refusal: Refusal| {
        let text = format!("{}, {}", date(refusal.at, now_ms), clock(refusal.at));
        view! {
            <tr>
                <th scope="row"><Moment at=refusal.at text/></th>
                <td>{message_kind(refusal.what)}</td>
                <td title=refusal.reason.message()>{outcome(Outcome::Refused(refusal.reason))}</td>
                <td class="path">{refusal.host}</td>
                <td class="figure">{thousands(refusal.times)}</td>
            </tr>
        }
    };
    view! {
        <table class="plain-table refusals">
            <thead><tr><th scope="col">"Last"</th><th scope="col">"What"</th><th scope="col">"Why"</th><th scope="col">"Page on"</th><th scope="col" class="figure">"Times"</th></tr></thead>
            <tbody>{refusals.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
