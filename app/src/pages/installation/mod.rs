//! Whether the script works: what to put into pages, what has arrived, what was refused and why, and how visitors are
//! seen through whatever stands in front of the server.

mod arrived;
mod caller;
mod refusals;

use leptos::prelude::*;
use leptos_meta::Title;

use self::{arrived::Arrived, caller::HowYouAreSeen, refusals::Refusals};
use crate::{
    api::{intake::load_intake, refuse, site::Frame},
    components::{notice::ErrorNotice, script_tag::ScriptTag, time::Moment},
    format::{clock, date},
    models::{error::AppError, intake::Intake},
    state::{frame::FrameData, route::use_site_id},
};

/// The page at `/sites/{site}/installation`.
#[component]
pub fn InstallationPage() -> impl IntoView {
    let site = use_site_id();
    let frame = expect_context::<FrameData>();
    let intake = Resource::new(
        move || site.get(),
        |site| async move { load_intake(site.ok_or_else(|| refuse(AppError::NotFound))?).await },
    );
    view! {
        <Title text="Installation"/>
        <Transition fallback=|| view! { <p class="loading">"Looking what has arrived…"</p> }>
            {move || Suspend::new(async move {
                let frame = frame.0.await;
                match (intake.await, frame) {
                    (Ok(intake), Ok(frame)) => view! { <Installation intake frame/> }.into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <ErrorNotice error back="/"/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Installation(intake: Intake, frame: Frame) -> impl IntoView {
    let site = intake.site.id;
    let privacy = format!("{}/privacy?site={site}", frame.tracker_origin);
    view! {
        <article class="report">
            <h1>"Installation"</h1>
            <LastSign intake=intake.clone()/>
            <section>
                <h2>"Script tag"</h2>
                <p>"This line belongs into the head of every page of the site."</p>
                <ScriptTag origin=frame.tracker_origin site/>
            </section>
            <Arrived counts=intake.counts of_no_site=intake.of_no_site/>
            <Refusals refusals=intake.refusals since=intake.remembered_since now_ms=intake.now_ms site/>
            <HowYouAreSeen caller=intake.caller/>
            <p><a href=privacy rel="external">"What is stored of visitors"</a>", in a form that can be linked from the site's privacy notice."</p>
        </article>
    }
    .into_any()
}

/// The answer to the question that this page is opened with.
#[component]
fn LastSign(intake: Intake) -> impl IntoView {
    match intake.last_received {
        Some(at) => {
            let text = format!("{}, {}", date(at, intake.now_ms), clock(at));
            view! { <p class="lead">"The last sign of a visitor: "<Moment at text/>"."</p> }.into_any()
        }
        None => view! { <p class="lead">"Nothing of a visitor is stored yet. Open a page with the script tag, then load this page again."</p> }.into_any(),
    }
}
