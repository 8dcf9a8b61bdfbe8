//! What sessions did on their page views, worked out the plain way.

use super::pages::active_ms;
use crate::models::{
    goal::has,
    query::{Act, Deed},
    timeline::{SessionDetail, TimelineEvent, TimelinePage},
};

/// Whether one of the session's page views fulfils it.
pub(super) fn did(detail: &SessionDetail, deed: &Deed) -> bool {
    let is_on = |path: &str| deed.page.is_empty() || path == deed.page;
    // Nothing stands before the first look and after the last one. A reload is no look of its own.
    let mut looks: Vec<&str> = detail.pages().map(|page| page.path.as_str()).collect();
    looks.dedup();
    looks.insert(0, "");
    looks.push("");
    let mut pairs = looks.iter().zip(looks.iter().skip(1));
    let is_it = |page: &str, beside: &str, wanted: &str| !page.is_empty() && is_on(page) && beside == wanted;
    match &deed.act {
        Act::After(page) => pairs.any(|(before, after)| is_it(after, before, page)),
        Act::Before(page) => pairs.any(|(before, after)| is_it(before, after, page)),
        act => detail.pages().any(|page| is_on(&page.path) && is_view(page, act)),
    }
}

fn is_view(page: &TimelinePage, act: &Act) -> bool {
    let happened = |is_it: &dyn Fn(&TimelineEvent) -> bool| page.events.iter().any(is_it);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match act {
        Act::View | Act::After(_) | Act::Before(_) => true,
        Act::Depth(bounds) => page.scroll.is_some_and(|percent| bounds.hold(percent.into())),
        Act::Active(bounds) => {
            active_ms(page).and_then(|ms| u32::try_from(ms / 1000).ok()).is_some_and(|seconds| bounds.hold(seconds))
        }
        Act::Friction => happened(&|event| event.kind.is_obstacle()),
        Act::Errors => happened(&|event| event.kind.is_error()),
        Act::Event(called) => happened(&|event| event.kind == called.kind && event.called() == called.name),
        Act::Exactly { kind, name, target } => {
            happened(&|event| event.kind == *kind && text(&event.name) == *name && text(&event.target) == *target)
        }
        Act::Property(property, value) => happened(&|event| {
            event.is_own(&property.event) && has(&event.props, &property.key, std::slice::from_ref(value))
        }),
    }
}
