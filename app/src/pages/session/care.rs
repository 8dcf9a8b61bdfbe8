//! What owners do with a session: plain forms that delete it, take that back, and say whether it is a machine's.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use crate::{
    format::count,
    models::{
        care::{Verdict, delete_session_path, keep_session_path, machine_path},
        ids::{SessionId, SiteId},
        session::Session,
        timeline::SessionDetail,
    },
};

/// How long after its moment a deleted session is asked for again, in milliseconds: the server looks each second, so that
/// no list has it any more by then.
const SETTLED_MS: u64 = 1_200;

/// Says that the session is about to be deleted, and takes that back. Once it is over the session is asked for again.
#[component]
pub(super) fn Deletion(
    /// The session.
    #[prop(into)]
    detail: Arc<SessionDetail>,
    /// Asks for it again.
    again: Callback<()>,
) -> impl IntoView {
    let Some(left_ms) = left_ms(&detail) else { return ().into_any() };
    // Runs in the browser alone, and no longer than what it waits for is shown.
    Effect::new(move |_| {
        let wait = Duration::from_millis(left_ms.saturating_add(SETTLED_MS));
        let timer = set_timeout_with_handle(move || again.run(()), wait).ok();
        on_cleanup(move || {
            if let Some(timer) = timer {
                timer.clear();
            }
        });
    });
    let Session { site, id, .. } = detail.session;
    view! {
        <div class="deletion" role="alert">
            <p>{deletion_words(left_ms)}</p>
            <form method="post" action=keep_session_path(site, id)>
                <button class="button">"Undo"</button>
            </form>
        </div>
    }
    .into_any()
}

/// For how long the deletion can be taken back, from the moment of the answer; `None` of a session that stays.
fn left_ms(detail: &SessionDetail) -> Option<u64> {
    detail.deletes_at_ms.map(|moment| u64::try_from(moment - detail.now_ms).unwrap_or_default())
}

fn deletion_words(left_ms: u64) -> String {
    let left = count(left_ms.div_ceil(1000), "second", "seconds");
    format!("This session will be deleted in {left}, with every row and every figure that counts it.")
}

/// The forms below the facts; absent in the static demo, which has no server that could do it.
#[component]
pub(super) fn Care(
    /// The session.
    #[prop(into)]
    detail: Arc<SessionDetail>,
) -> impl IntoView {
    if cfg!(feature = "csr") {
        return ().into_any();
    }
    let Session { site, id, .. } = detail.session;
    let is_machine = detail.session.bot.is_some();
    let delete = detail.deletes_at_ms.is_none().then(|| {
        view! {
            <form method="post" action=delete_session_path(site, id)>
                <button class="button quiet small">"Delete this session"</button>
            </form>
        }
    });
    view! { <div class="care">{mark(site, id, is_machine)}{delete}</div> }.into_any()
}

/// A form that says the opposite of what the session is taken for.
fn mark(site: SiteId, id: SessionId, is_machine: bool) -> AnyView {
    let (verdict, words) =
        if is_machine { (Verdict::Person, "Mark as a person") } else { (Verdict::Machine, "Mark as a machine") };
    // What comes of it beyond the mark, which nobody would expect.
    let note = (!is_machine).then(|| {
        view! { <p class="care-note">"Machines are left out of the list at first, and kept for a shorter time."</p> }
    });
    view! {
        <form method="post" action=machine_path(site, id)>
            <button class="button quiet small" name="machine" value=verdict.as_ref().to_owned()>{words}</button>
            {note}
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::samples;

    fn detail(bot: Option<&str>, deletes_at_ms: Option<i64>) -> SessionDetail {
        let session = Session { bot: bot.map(Into::into), ..samples::session(1) };
        SessionDetail { now_ms: 1_000, deletes_at_ms, ..samples::detail(session, vec![]) }
    }

    fn care(detail: SessionDetail) -> String {
        Owner::new().with(|| view! { <Care detail/> }.to_html())
    }

    #[rstest]
    #[case(10_000, "in 10 seconds, with")]
    #[case(9_001, "in 10 seconds, with")]
    #[case(9_000, "in 9 seconds, with")]
    #[case(1, "in 1 second, with")]
    fn the_time_that_is_left_is_told_in_whole_seconds(#[case] left_ms: u64, #[case] words: &str) {
        assert!(deletion_words(left_ms).contains(words), "{}", deletion_words(left_ms));
    }

    #[test]
    fn the_time_counts_from_the_answer_and_is_never_less_than_none() {
        assert_eq!(left_ms(&detail(None, None)), None);
        assert_eq!(left_ms(&detail(None, Some(8_500))), Some(7_500));
        assert_eq!(left_ms(&detail(None, Some(900))), Some(0));
    }

    #[test]
    fn a_session_can_be_deleted_once_and_marked_as_what_it_is_not_taken_for() {
        let person = care(detail(None, None));
        let machine = care(detail(Some("crawler"), Some(8_000)));
        if cfg!(feature = "csr") {
            assert!(!person.contains("<form") && !machine.contains("<form"), "{person} {machine}");
            return;
        }
        assert!(person.contains("/delete\"") && person.contains("value=\"yes\""), "{person}");
        assert!(person.contains("Mark as a machine"), "{person}");
        assert!(!machine.contains("/delete\"") && machine.contains("value=\"no\""), "{machine}");
        assert!(machine.contains("Mark as a person"), "{machine}");
    }
}
