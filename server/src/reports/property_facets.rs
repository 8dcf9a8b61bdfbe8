//! How the selected sessions are spread over the properties of the events that they are narrowed by.

use app::models::{
    facet::{EventFacets, faceted, most_shared},
    query::SessionQuery,
};
use sea_orm::DbErr;

use super::{
    index::{Properties, SessionIndex},
    selected::Selected,
};
use crate::store::database::Database;

/// The facets of every event that the query asks for and that has properties.
pub(super) async fn property_facets(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    now_ms: i64,
) -> Result<Vec<EventFacets>, DbErr> {
    let mut all = Vec::new();
    for event in query.events_asked_for() {
        all.push(of_event(db, index, query, event, now_ms).await?);
    }
    all.retain(|facets| !facets.properties.is_empty());
    Ok(all)
}

/// Those of one event. Which sessions are counted depends on the property only where a condition is on it: most properties
/// share one look at every session.
async fn of_event(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    event: String,
    now_ms: i64,
) -> Result<EventFacets, DbErr> {
    let look_at = async |query: &SessionQuery| -> Result<Properties, DbErr> {
        Ok(Selected::read(db, index, query, now_ms).await?.selection.properties_of(&event))
    };
    let mut looked_at = query.but_for_properties_of(&event);
    let mut found = look_at(&looked_at).await?;
    let (shown, others) = faceted(query, &event, found.keys());
    let mut properties = Vec::new();
    for property in shown {
        let counted = query.but_for(&property);
        if counted != looked_at {
            found = look_at(&counted).await?;
            looked_at = counted;
        }
        let values = found.values(&property.key);
        properties.push(most_shared(property, values));
    }
    Ok(EventFacets { event, properties, others })
}
