//! How the selected sessions are spread over the values of each dimension. Every value is a link that narrows the
//! selection, so that this works without scripts.

use leptos::{
    ev::{Event, MouseEvent},
    prelude::*,
};
use web_sys::Element;

use super::property_facets::{Answer as PropertyAnswer, property_facets};
use crate::{
    api::{
        refuse,
        sessions::{load_facet, load_property_facets},
    },
    components::chart::percent,
    format::{count, dimension_words, property_value_words, thousands, value_words},
    hooks::use_hydrated,
    models::{
        error::AppError,
        facet::Facet,
        query::{Choice, Dimension, Period, SessionQuery, Subject},
        session::Country,
    },
    pages::tables::conversion,
    state::{
        facets::{AskedFacet, AskedFacets},
        live::Live,
        together::together,
    },
};

/// Those that come with the page.
const MAIN: [Dimension; 10] = [
    Dimension::Source,
    Dimension::Channel,
    Dimension::Campaign,
    Dimension::Country,
    Dimension::Device,
    Dimension::Os,
    Dimension::Browser,
    Dimension::Entry,
    Dimension::Page,
    Dimension::Event,
];
/// Those that are loaded when somebody asks for them.
const FURTHER: [Dimension; 7] = [
    Dimension::Exit,
    Dimension::Link,
    Dimension::Sign,
    Dimension::Bounced,
    Dimension::Bot,
    Dimension::Host,
    Dimension::Medium,
];

/// A facet, or why there is none.
type FacetAnswer = Result<Facet, AppError>;
/// What was answered, and to which query.
pub(super) type Answer = Result<(SessionQuery, Vec<(Dimension, FacetAnswer)>, PropertyAnswer), AppError>;

/// A part of what comes with the page.
enum Part {
    Facet(Dimension, FacetAnswer),
    Properties(PropertyAnswer),
}

/// Loads a dimension's facet, or the properties of the events that are asked for.
async fn load(query: SessionQuery, of: Option<Dimension>) -> Part {
    match of {
        Some(dimension) => Part::Facet(dimension, load_facet(query, dimension, String::new()).await),
        None => Part::Properties(load_property_facets(query).await),
    }
}

/// The facets of the selection as the page holds them.
#[derive(Clone, Copy)]
pub(super) struct FacetData {
    /// What was answered.
    pub(super) answer: Resource<Answer>,
    asked: AskedFacets,
    hydrated: ReadSignal<bool>,
    /// Whether the further ones are unfolded.
    further: RwSignal<bool>,
}

impl FacetData {
    /// Begins to load. Paging does not load them again; one that fails does not fail the others.
    pub(super) fn new(top: Memo<Option<SessionQuery>>, live: Live) -> Self {
        let answer = Resource::new(
            move || (top.get(), live.resets.get()),
            |(query, _)| async move {
                let query = query.ok_or_else(|| refuse(AppError::NotFound))?;
                let properties = (!query.events_asked_for().is_empty()).then_some(None);
                let parts = with_page(query.period).into_iter().map(Some).chain(properties);
                let (mut facets, mut properties) = (Vec::new(), Ok(Vec::new()));
                for part in together(parts.map(|of| load(query.clone(), of))).await {
                    match part {
                        Part::Facet(dimension, facet) => facets.push((dimension, facet)),
                        Part::Properties(answer) => properties = answer,
                    }
                }
                Ok((query, facets, properties))
            },
        );
        let asked = AskedFacets::new();
        asked.follow(top, &MAIN);
        follow_now(asked.of(NOW_ON), top, live);
        Self { answer, asked, hydrated: use_hydrated(), further: RwSignal::new(false) }
    }
}

/// The last page of a session that goes on is the one where its visitor is.
const NOW_ON: Dimension = Dimension::Exit;

/// Those that come with the page. Of what goes on now, where it is comes first.
fn with_page(period: Period) -> Vec<Dimension> {
    let now_on = (period == Period::Now).then_some(NOW_ON);
    now_on.into_iter().chain(MAIN).collect()
}

/// What a facet is called.
fn name(dimension: Dimension, period: Period) -> &'static str {
    if dimension == NOW_ON && period == Period::Now { "Now on" } else { dimension_words(dimension) }
}

/// Counts again who is where whenever something changes: the server tells of that once a second at the most. Not while
/// somebody points at a facet or is in one by keyboard: nothing moves there then.
fn follow_now(asked: AskedFacet, top: Memo<Option<SessionQuery>>, live: Live) {
    Effect::new(move |earlier: Option<()>| {
        live.update.track();
        let query = top.get_untracked().filter(|query| query.period == Period::Now);
        // The first run sees an update from before this page was loaded.
        if let (Some(query), Some(())) = (query, earlier)
            && !is_used()
        {
            asked.ask(query);
        }
    });
}

fn is_used() -> bool {
    document().query_selector(".facets:hover, .facets :focus-visible").ok().flatten().is_some()
}

/// The side panel.
#[component]
pub(super) fn FacetsPart(
    /// What was answered.
    answer: Answer,
    /// What the page holds.
    data: FacetData,
) -> impl IntoView {
    // In the list's place stands what is wrong.
    let Ok((query, facets, properties)) = answer else { return ().into_any() };
    if !says_something(&query, &facets) {
        return ().into_any();
    }
    let panel = |dimension: Dimension, main: Option<FacetAnswer>| {
        view! { <Panel dimension main query=query.clone() asked=data.asked.of(dimension) hydrated=data.hydrated/> }
            .into_any()
    };
    // Each keeps its place whether it is there or not: what was closed by hand would be another one otherwise.
    let (now_on, main): (Vec<_>, Vec<_>) = facets.into_iter().partition(|(dimension, _)| *dimension == NOW_ON);
    let is_main = |dimension: Dimension| dimension == NOW_ON && !now_on.is_empty();
    let further: Vec<_> =
        FURTHER.into_iter().map(|dimension| (!is_main(dimension)).then(|| panel(dimension, None))).collect();
    let now_on: Vec<_> = now_on.into_iter().map(|(dimension, facet)| panel(dimension, Some(facet))).collect();
    let main: Vec<_> = main.into_iter().map(|(dimension, facet)| panel(dimension, Some(facet))).collect();
    view! {
        <aside class="facets" id="facets" aria-label="Facets">
            {now_on}
            {property_facets(properties, &query)}
            {main}
            // What is not loaded with the page needs scripts.
            <details class="facets-further" hidden=move || !data.hydrated.get() open=data.further.get_untracked()
                on:toggle=move |event: Event| data.further.set(is_open(&event))>
                <summary>"More"</summary>
                {further}
            </details>
        </aside>
    }
    .into_any()
}

/// Not of a site without sessions, and not when nobody is signed in.
fn says_something(query: &SessionQuery, facets: &[(Dimension, FacetAnswer)]) -> bool {
    facets.iter().any(|(_, facet)| match facet {
        Ok(facet) => query.is_narrowed() || !facet.values.is_empty(),
        Err(error) => matches!(error, AppError::Unavailable | AppError::TooSlow | AppError::Unreachable),
    })
}

/// One facet.
#[component]
fn Panel(
    dimension: Dimension,
    /// As it came with the page, if it did.
    main: Option<FacetAnswer>,
    query: SessionQuery,
    asked: AskedFacet,
    hydrated: ReadSignal<bool>,
) -> impl IntoView {
    let is_main = main.is_some();
    // Counted again, most of it is as it was.
    let shown = Memo::new(move |_| asked.answer.get().or_else(|| main.clone()));
    let has_more = move || shown.with(|shown| matches!(shown, Some(Ok(facet)) if facet.others > 0));
    let is_searched = move || asked.part.with(|part| !part.is_empty());
    let open = {
        let query = query.clone();
        move |event: Event| {
            asked.open.set(Some(is_open(&event)));
            if !is_main && !asked.is_asked() {
                asked.ask(query.clone());
            }
        }
    };
    let search = {
        let query = query.clone();
        move |event: Event| asked.search(query.clone(), event_target_value(&event))
    };
    let name = name(dimension, query.period);
    view! {
        <details class="facet" open=asked.open.get_untracked().unwrap_or(is_main) aria-busy=move || asked.loading.get().then_some("true") on:toggle=open>
            <summary>{name}</summary>
            <label class="facet-search" hidden=move || !hydrated.get() || !(has_more() || is_searched())>
                <span class="visually-hidden">{format!("Search in {}", name.to_lowercase())}</span>
                <input type="search" placeholder="Search" maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false"
                    prop:value=move || asked.part.get() on:input=search/>
            </label>
            {move || match shown.get() {
                Some(Ok(facet)) => values(&facet, &query),
                Some(Err(error)) => failed(&error, asked, query.clone()),
                None if asked.loading.get() => view! { <p class="facet-note" role="status">"Loading…"</p> }.into_any(),
                None => ().into_any(),
            }}
        </details>
    }
    .into_any()
}

/// Whether what was toggled is open now.
fn is_open(event: &Event) -> bool {
    event_target::<Element>(event).has_attribute("open")
}

/// Reads this facet alone again; without scripts the page.
fn failed(error: &AppError, asked: AskedFacet, query: SessionQuery) -> AnyView {
    let href = query.href();
    let again = move |event: MouseEvent| {
        event.prevent_default();
        asked.ask(query.clone());
    };
    let what = if *error == AppError::TooSlow { "This took too long. " } else { "Could not be read. " };
    view! {
        <p class="facet-note" role="status">{what}<a href=href rel="external" on:click=again>"Try again"</a></p>
    }
    .into_any()
}

/// The values, the most frequent first; before them those that were chosen and are not among them.
fn values(facet: &Facet, query: &SessionQuery) -> AnyView {
    let most = facet.values.iter().map(|value| value.sessions).max().unwrap_or_default();
    let rows = rows(facet, query);
    if rows.is_empty() {
        return view! { <p class="facet-note">"None"</p> }.into_any();
    }
    let of = facet.dimension.into();
    let converted = |value: &str| {
        let shown = facet.values.iter().find(|shown| shown.value == value)?;
        conversions(shown.conversions?, shown.sessions, of, value, query)
    };
    let rows: Vec<_> =
        rows.iter().map(|(value, sessions)| row(of, value, *sessions, most, query, converted(value))).collect();
    let others = (facet.others > 0).then(
        || view! { <p class="facet-note">{format!("and {}", count(facet.others, "other value", "other values"))}</p> },
    );
    view! { <ul class="facet-values" role="list">{rows}</ul>{others} }.into_any()
}

/// Values with their sessions, where those are known.
fn rows(facet: &Facet, query: &SessionQuery) -> Vec<(String, Option<u64>)> {
    let counted = facet.values.iter().map(|shown| (shown.value.clone(), shown.sessions)).collect();
    with_chosen(facet.dimension.into(), counted, query)
}

/// Before what was counted what was chosen and is not among it.
pub(super) fn with_chosen(
    of: Subject<'_>,
    counted: Vec<(String, u64)>,
    query: &SessionQuery,
) -> Vec<(String, Option<u64>)> {
    let is_counted = |value: &String| counted.iter().any(|(counted, _)| counted == value);
    let missing = query.chosen(of).into_iter().filter(|value| !is_counted(value)).map(|value| (value, None));
    missing
        .collect::<Vec<_>>()
        .into_iter()
        .chain(counted.into_iter().map(|(value, sessions)| (value, Some(sessions))))
        .collect()
}

/// With a goal chosen: how many of a value's sessions reached it, a link to these. Conditions on other values of the
/// dimension do not count here, so they do not there either.
pub(super) fn conversions(
    conversions: u64,
    sessions: u64,
    of: Subject<'_>,
    value: &str,
    query: &SessionQuery,
) -> Option<AnyView> {
    let conversion = conversion(conversions, sessions, &query.but_for(of).including(of, value));
    Some(view! { <span class="facet-goal">{conversion}" converted"</span> }.into_any())
}

/// A value: a link that asks for it, or that gives it up, and a small one that asks for the others.
pub(super) fn row(
    of: Subject<'_>,
    value: &str,
    sessions: Option<u64>,
    most: u64,
    query: &SessionQuery,
    converted: Option<AnyView>,
) -> AnyView {
    let choice = query.choice(of, value);
    let words = match of {
        Subject::Dimension(dimension) => value_words(dimension, value),
        Subject::Property(_) => property_value_words(value),
    };
    let toggled = |chosen: Choice, otherwise: SessionQuery| {
        if choice == chosen { query.unchosen(of, value).href() } else { otherwise.href() }
    };
    let take = toggled(Choice::Included, query.including(of, value));
    let leave = toggled(Choice::Excluded, query.excluding(of, value));
    let (taken, left) = (mark(choice, Choice::Included), mark(choice, Choice::Excluded));
    let share = sessions.unwrap_or_default() as f64 / most.max(1) as f64;
    let figure = sessions.map(|sessions| {
        let unit = if sessions == 1 { " session" } else { " sessions" };
        view! { <span class="facet-figure">{thousands(sessions)}<span class="visually-hidden">{unit}</span></span> }
    });
    let flag = flag(of, value).map(|flag| view! { <span class="flag" aria-hidden="true">{flag}</span> });
    let is_path =
        matches!(of, Subject::Dimension(Dimension::Entry | Dimension::Exit | Dimension::Page | Dimension::Link));
    view! {
        <li class="facet-value">
            <a class="facet-take" href=take title=words.clone() aria-current=taken data-noscroll="true">
                <svg class="facet-bar" width="100%" height="100%" aria-hidden="true" focusable="false"><rect width=percent(share) height="100%" rx="3"/></svg>
                {flag}
                <span class="facet-words" class:path=is_path>{words.clone()}</span>
                " "{figure}
            </a>
            <a class="facet-leave" href=leave aria-current=left data-noscroll="true">"not"<span class="visually-hidden">" "{words}</span></a>
            {converted}
        </li>
    }
    .into_any()
}

fn mark(choice: Choice, of: Choice) -> Option<&'static str> {
    (choice == of).then_some("true")
}

fn flag(of: Subject<'_>, value: &str) -> Option<String> {
    (of == Subject::Dimension(Dimension::Country))
        .then(|| value.parse::<Country>().ok())
        .flatten()
        .map(|country| country.flag())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        facet::FacetValue,
        ids::{GoalId, SiteId},
    };

    fn facet(values: &[(&str, u64)]) -> Facet {
        let value = |&(value, sessions): &(&str, u64)| FacetValue { value: value.into(), sessions, conversions: None };
        Facet { dimension: Dimension::Country, values: values.iter().map(value).collect(), others: 0 }
    }

    #[test]
    fn what_was_chosen_can_be_given_up_even_when_no_session_has_it() {
        let query = SessionQuery::newest(SiteId(1))
            .including(Dimension::Country, "FR")
            .including(Dimension::Country, "DE")
            .excluding(Dimension::Country, "NL");
        let rows = rows(&facet(&[("DE", 3), ("US", 1)]), &query);
        let expected = [("FR", None), ("NL", None), ("DE", Some(3_u64)), ("US", Some(1))];
        assert_eq!(rows, expected.map(|(value, sessions)| (value.to_owned(), sessions)));
    }

    #[test]
    fn a_site_without_sessions_has_no_facets_and_one_that_fails_leaves_the_others() {
        let query = SessionQuery::newest(SiteId(1));
        let empty = (Dimension::Country, Ok(facet(&[])));
        let failed = (Dimension::Device, Err(AppError::Unavailable));
        assert!(!says_something(&query, std::slice::from_ref(&empty)));
        assert!(!says_something(&query, &[(Dimension::Device, Err(AppError::NotSignedIn))]));
        assert!(says_something(&query, &[empty.clone(), failed]));
        assert!(says_something(&query, &[(Dimension::Page, Err(AppError::TooSlow))]));
        assert!(says_something(&query.including(Dimension::Country, "DE"), &[empty]));
    }

    #[test]
    fn of_what_goes_on_now_it_is_told_first_where_it_is() {
        let now = with_page(Period::Now);
        assert_eq!((now.first(), now.len()), (Some(&Dimension::Exit), MAIN.len() + 1));
        assert_eq!(with_page(Period::default()), MAIN);
        let names = [Period::Now, Period::default()].map(|period| name(Dimension::Exit, period));
        assert_eq!((names, name(Dimension::Entry, Period::Now)), (["Now on", "Exit page"], "Entry page"));
    }

    #[test]
    fn one_that_took_too_long_says_so_and_can_be_asked_again() {
        let query = SessionQuery::newest(SiteId(1));
        let html = |error: AppError| {
            Owner::new().with(|| failed(&error, AskedFacets::new().of(Dimension::Country), query.clone()).to_html())
        };
        assert!(html(AppError::TooSlow).contains("This took too long. "), "{}", html(AppError::TooSlow));
        assert!(html(AppError::Unavailable).contains("Could not be read. "), "{}", html(AppError::Unavailable));
        assert!(html(AppError::TooSlow).contains("href=\"/sites/1/sessions\""), "{}", html(AppError::TooSlow));
    }

    #[test]
    fn with_a_goal_each_value_leads_to_its_sessions_that_reached_it() {
        let goal = GoalId(Uuid::nil());
        let query = SessionQuery::newest(SiteId(1)).including(Dimension::Country, "FR").for_goal(Some(goal));
        let mut facet = facet(&[("DE", 12), ("US", 8)]);
        facet.values[0].conversions = Some(3);
        facet.values[1].conversions = Some(0);
        let html = Owner::new().with(|| values(&facet, &query).to_html()).replace("&amp;", "&");
        let link = format!("href=\"/sites/1/sessions?country=DE&goal={goal}&converted=yes\">3 (25\u{a0}%)<");
        assert!(html.contains(&link) && html.contains(">0 (0\u{a0}%)"), "{html}");
    }

    #[test]
    fn a_value_says_how_many_and_both_links_keep_the_rest_of_the_query() {
        let query = SessionQuery::newest(SiteId(1)).including(Dimension::Country, "DE");
        let html =
            Owner::new().with(|| values(&facet(&[("DE", 1), ("US", 2)]), &query).to_html()).replace("&amp;", "&");
        assert!(html.contains("href=\"/sites/1/sessions?country=DE&country=US\""), "{html}");
        assert!(html.contains("href=\"/sites/1/sessions?country=DE&country.not=US\""), "{html}");
        assert!(html.contains("href=\"/sites/1/sessions\""), "{html}");
        assert_eq!(html.matches("aria-current=\"true\"").count(), 1, "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
