//! What stands beside the list, as a page without scripts has it.

use app::models::event::{EventKind, PropValue, Props};

use crate::support::{
    builders::{a_page, a_session, an_event, store},
    collector::NOON,
    test_app::TestApp,
};

#[tokio::test]
async fn where_the_list_is_narrowed_by_an_event_its_properties_stand_beside_it() {
    let app = TestApp::demo().await;
    let signs_up = |minute: i64, plan: &str| {
        let props = Props::from([("plan".to_owned(), PropValue::Text(plan.into()))]);
        let event = an_event(EventKind::Custom).named("signup").props(&props);
        a_session(NOON - minute * 60_000).page(a_page("/").event(event)).build()
    };
    store(&app.db.db, [signs_up(1, "pro"), signs_up(2, "pro"), signs_up(3, "team")]).await.unwrap();
    let shown = async |search: &str| app.browser().get(&format!("/sites/1/sessions{search}")).await.body;

    let all = shown("").await;
    assert!(!all.contains("plan of signup"), "{all}");
    let link = |value: &str| format!("property=signup%3Dplan%3D{value}\"");
    let of_event = shown("?event=signup").await;
    assert!(of_event.contains("plan of signup"), "{of_event}");
    assert!(of_event.contains(&link("pro")) && of_event.contains(&link("team")), "{of_event}");
    // Chosen by a property alone, other values can be chosen too.
    let of_value = shown("?property=signup%3Dplan%3Dpro").await;
    assert!(of_value.contains(&link("team")), "{of_value}");
}
