//! The sessions of the demo, selected as the server would.

use super::{data, goals, script::OFFSET_S, site::load_site};
use crate::models::{
    error::AppError,
    facet::{EventFacets, Facet},
    goal::{Goal, GoalMarks},
    ids::{SessionId, SiteId},
    overview::Overview,
    query::{Cursor, Dimension, Neighbours, Period, SessionPage, SessionQuery},
    reference::Sought,
    select::{self, began_ms, minute_of_day, place_of, selects},
    session::{Session, SessionState},
    stretch::Stretch,
    time::LocalTime,
    timeline::SessionDetail,
};

/// How many sessions a page of the demo's list has: few, so that paging shows.
const PAGE: usize = 10;

/// A page of the list.
pub async fn list_sessions(query: SessionQuery) -> Result<SessionPage, AppError> {
    load_site(query.site).await?;
    let sessions = of_site(query.site);
    let mut chosen = chosen(&query, &sessions, is_in(query.period));
    select::ordered(query.sort, &mut chosen);
    let place = |session: &Session| place_of(query.sort, session);
    let compared = |detail: &SessionDetail, other| select::compare(query.sort, place(&detail.session), other);
    let from = match query.cursor {
        Cursor::Top => 0,
        Cursor::Below(other) => chosen.partition_point(|detail| compared(detail, other).is_le()),
        Cursor::Above(other) => chosen.partition_point(|detail| compared(detail, other).is_lt()).saturating_sub(PAGE),
    };
    let on_page = || chosen.iter().skip(from).take(PAGE);
    let shown: Vec<Session> = on_page().map(|detail| detail.session.clone()).collect();
    let goal = goals::of_query(&query).map(|Goal { name, aim, .. }| {
        let after = |detail: &&SessionDetail| select::reached_by(detail, &aim).map(|ms| (detail.session.id, ms));
        GoalMarks { name, reached: on_page().filter_map(after).collect() }
    });
    let at = |cursor| SessionQuery { cursor, ..query.clone() };
    let above = shown.first().filter(|_| from > 0).map(|first| at(Cursor::Above(place(first))));
    let below = shown.last().filter(|_| from + PAGE < chosen.len()).map(|last| at(Cursor::Below(place(last))));
    Ok(SessionPage { now_ms: data::now_ms(), sessions: shown, above, below, goal })
}

/// What the selected sessions come to.
pub async fn load_overview(query: SessionQuery) -> Result<Overview, AppError> {
    load_site(query.site).await?;
    let now_ms = data::now_ms();
    let sessions = of_site(query.site);
    let aim = goals::aim(&query);
    let chosen_now = chosen(&query, &sessions, is_in(query.period));
    let stretch = Stretch::of(query.period, OFFSET_S, now_ms);
    let before = stretch.map(|stretch| {
        let before = stretch.before();
        select::summary(&chosen(&query, &sessions, |session| before.holds(began_ms(session.id))), aim.as_ref())
    });
    let shown = stretch.unwrap_or_else(|| {
        let earliest = chosen_now.iter().map(|detail| began_ms(detail.session.id)).min();
        Stretch { from: earliest.unwrap_or(now_ms).min(now_ms - 1), to: now_ms }
    });
    let mut histogram = shown.bars(OFFSET_S);
    select::fill(&mut histogram, chosen_now.iter().map(|detail| &detail.session));
    Ok(Overview { now_ms, summary: select::summary(&chosen_now, aim.as_ref()), before, histogram })
}

/// How the selected sessions are spread over a dimension; with `part`, over those values that contain it.
pub async fn load_facet(query: SessionQuery, dimension: Dimension, part: String) -> Result<Facet, AppError> {
    load_site(query.site).await?;
    let sessions = of_site(query.site);
    Ok(select::facet(&query, goals::aim(&query).as_ref(), dimension, &part, &in_period(query.period, &sessions)))
}

/// How the selected sessions are spread over the properties of the events that they are narrowed by.
pub async fn load_property_facets(query: SessionQuery) -> Result<Vec<EventFacets>, AppError> {
    load_site(query.site).await?;
    let sessions = of_site(query.site);
    Ok(select::property_facets(&query, goals::aim(&query).as_ref(), &in_period(query.period, &sessions)))
}

/// Those of a period, with the minutes of the day at which they began.
fn in_period(period: Period, sessions: &[SessionDetail]) -> Vec<(&SessionDetail, u16)> {
    let is_in = is_in(period);
    let those = sessions.iter().filter(|detail| is_in(&detail.session));
    those.map(|detail| (detail, minute_it_began(&detail.session))).collect()
}

/// Every session of a site.
pub(super) fn of_site(site: SiteId) -> Vec<SessionDetail> {
    data::all().into_iter().filter(|detail| detail.site.id == site).collect()
}

/// Those that the query selects, of a stretch of time.
pub(super) fn chosen<'a>(
    query: &SessionQuery,
    sessions: &'a [SessionDetail],
    is_in: impl Fn(&Session) -> bool,
) -> Vec<&'a SessionDetail> {
    let aim = goals::aim(query);
    let is_chosen = |detail: &&SessionDetail| {
        is_in(&detail.session) && selects(query, aim.as_ref(), detail, minute_it_began(&detail.session))
    };
    sessions.iter().filter(is_chosen).collect()
}

/// Whether a session belongs to a period.
pub(super) fn is_in(period: Period) -> impl Fn(&Session) -> bool {
    let stretch = Stretch::of(period, OFFSET_S, data::now_ms());
    move |session| match stretch {
        // One that has just begun is not left out, whatever the clock says.
        Some(stretch) if matches!(period, Period::Last(_)) => began_ms(session.id) >= stretch.from,
        Some(stretch) => stretch.holds(began_ms(session.id)),
        None => session.state == SessionState::Now,
    }
}

fn minute_it_began(session: &Session) -> u16 {
    minute_of_day(LocalTime { ms: began_ms(session.id), offset_s: OFFSET_S })
}

/// One session with its timeline, its neighbours in the list that it was opened from, and the goal that the list is
/// counted for.
pub async fn load_session(
    list: SessionQuery,
    id: SessionId,
) -> Result<(SessionDetail, Neighbours, Option<Goal>), AppError> {
    load_site(list.site).await?;
    let sessions = of_site(list.site);
    let detail = sessions.iter().find(|detail| detail.session.id == id).ok_or(AppError::NotFound)?;
    Ok((detail.clone(), neighbours(&list, &sessions, &detail.session), goals::of_query(&list)))
}

fn neighbours(list: &SessionQuery, sessions: &[SessionDetail], session: &Session) -> Neighbours {
    let mut chosen = chosen(list, sessions, is_in(list.period));
    select::ordered(list.sort, &mut chosen);
    let place = place_of(list.sort, session);
    let compared = |other: &SessionDetail| select::compare(list.sort, place_of(list.sort, &other.session), place);
    let id = |detail: &&SessionDetail| detail.session.id;
    Neighbours {
        previous: chosen.iter().rev().find(|other| compared(other).is_lt()).map(id),
        next: chosen.iter().find(|other| compared(other).is_gt()).map(id),
    }
}

/// The session that somebody names.
pub async fn find_session(site: SiteId, typed: String) -> Result<Option<SessionId>, AppError> {
    load_site(site).await?;
    let sought = Sought::parse(&typed);
    let is_sought = |detail: &SessionDetail| match &sought {
        Some(Sought::Session(id)) => detail.session.id == *id,
        Some(Sought::Reference(code)) => detail.references.contains(code),
        None => false,
    };
    Ok(of_site(site).into_iter().find(is_sought).map(|detail| detail.session.id))
}
