//! Short labels: where a session stands and what makes it worth a look. Shape and word beside colour.

use leptos::prelude::*;

use crate::{
    components::{
        icon::{GOAL_LINES, Icon, icon_markup},
        markup::Markup,
    },
    format::{sign_shape, sign_title, sign_words},
    models::{
        session::{Session, SessionState},
        sign::SignFamily,
    },
};

/// Whether a session goes on; nothing once it is over.
#[component]
pub fn StateBadge(
    /// Where it stands.
    state: SessionState,
) -> impl IntoView {
    match state {
        SessionState::Now => {
            view! { <span class="badge now" title="Something arrived within the last 5 minutes">"Now"</span> }
                .into_any()
        }
        SessionState::Open => {
            view! { <span class="badge open" title="Not over: it goes on with the next sign of life">"Open"</span> }
                .into_any()
        }
        SessionState::Closed => ().into_any(),
    }
}

/// That the goal that is asked for was reached.
#[component]
pub fn GoalMark(
    /// Which, and how long it took.
    words: String,
) -> impl IntoView {
    view! { <span class="goal-mark"><Icon lines=GOAL_LINES/>{words}</span> }.into_any()
}

/// The same as a piece of HTML.
pub fn goal_mark(words: &str) -> Markup {
    let inside = Markup::all([icon_markup(GOAL_LINES), Markup::text(words)]);
    Markup::element("span", &[("class", "goal-mark")], inside)
}

/// What makes a session worth a look, in words.
#[component]
pub fn Signs(
    /// The session.
    session: Session,
) -> impl IntoView {
    let Session { signs, bot, .. } = session;
    let signs: Vec<_> = signs
        .into_iter()
        .map(|sign| {
            let family = sign.kind.family();
            let words = format!(" {}", sign_words(&sign, bot.as_deref()));
            view! {
                <span class=sign_class(family) title=sign_title(sign.kind)>
                    <span class="sign-shape" aria-hidden="true">{sign_shape(family)}</span>{words}
                </span>
            }
        })
        .collect();
    view! { {signs} }
}

fn sign_class(family: SignFamily) -> &'static str {
    match family {
        SignFamily::Friction => "sign friction",
        SignFamily::Suspicious => "sign suspicious",
        SignFamily::Outstanding => "sign outstanding",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        samples,
        sign::{Sign, SignKind},
    };

    fn html(session: Session) -> String {
        Owner::new().with(|| view! { <Signs session/> }.to_html())
    }

    #[test]
    fn each_sign_has_a_shape_and_a_word_beside_its_colour() {
        let sign = |kind, figure| Sign { kind, figure };
        let signs = vec![sign(SignKind::RageClick, 2), sign(SignKind::Machine, 0), sign(SignKind::ManyPages, 80)];
        let html = html(Session { signs, bot: Some("crawler".into()), ..samples::session(1) });
        let shown: Vec<&str> = html.split("class=\"sign ").skip(1).collect();
        assert_eq!(shown.len(), 3, "{html}");
        let expected = [
            ("friction", "▲", "2 rage clicks"),
            ("suspicious", "◆", "machine: crawler"),
            ("outstanding", "●", "many pages, 80"),
        ];
        for (shown, (class, shape, words)) in shown.into_iter().zip(expected) {
            assert!(shown.starts_with(class) && shown.contains(shape) && shown.contains(words), "{shown}");
        }
    }

    #[test]
    fn the_mark_of_a_goal_is_one_however_it_is_drawn() {
        let words = |html: String| {
            let html = html.replace("<!>", "");
            let mut words: Vec<String> = html.split([' ', '<', '>']).map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let as_view = Owner::new().with(|| view! { <GoalMark words="Ordered".to_owned()/> }.to_html());
        assert_eq!(words(as_view), words(goal_mark("Ordered").into_html()));
    }

    #[test]
    fn a_session_without_signs_shows_none() {
        assert!(!html(samples::session(1)).contains("sign"));
    }
}
