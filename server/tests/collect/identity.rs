//! Salts and keys.

use sea_orm::EntityTrait;
use server::{
    store::entities::{open_session, salt},
    tasks,
};

use crate::support::{
    collector::{Collector, NOON},
    journey::{HOUR, Journey, MINUTE},
};

#[tokio::test]
async fn a_salt_lives_at_most_48_hours_and_tomorrows_is_made_an_hour_early() {
    let collector = Collector::at(NOON).await;
    let day = i32::try_from(NOON / (24 * HOUR)).unwrap();
    let days = |collector: &Collector| {
        let reader = collector.db.db.reader().clone();
        async move { salt::Entity::find().all(&reader).await.unwrap().iter().map(|row| row.day).collect::<Vec<_>>() }
    };
    let mut expected = vec![vec![day], vec![day, day + 1], vec![day, day + 1], vec![day + 1, day + 2]].into_iter();
    for later in [0, 11 * HOUR + MINUTE, HOUR, 23 * HOUR + 30 * MINUTE] {
        collector.clock.advance(later);
        tasks::rotate_salts::rotate_salts(collector.db.db.clone(), collector.clock.now_ms()).await.unwrap();
        let mut days = days(&collector).await;
        days.sort_unstable();
        if later == 23 * HOUR + 30 * MINUTE {
            days.retain(|&kept| kept != day);
        }
        assert_eq!(Some(days), expected.next());
    }
    collector.clock.advance(30 * MINUTE);
    tasks::rotate_salts::rotate_salts(collector.db.db.clone(), collector.clock.now_ms()).await.unwrap();
    assert!(!days(&collector).await.contains(&day), "48 hours after its day began the salt is gone");
}

#[tokio::test]
async fn two_browsers_behind_one_address_that_keep_tokens_are_two_sessions() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).keeping(1).opens("/"), "203.0.113.9").await;
    collector.plays(&Journey::of_family(2).keeping(2).opens("/"), "203.0.113.9").await;
    assert_eq!(collector.rows().await.sessions.len(), 2);
}

#[tokio::test]
async fn a_browser_that_keeps_a_token_stays_one_session_wherever_it_is() {
    let collector = Collector::at(NOON).await;
    for (family, address) in [(1, "203.0.113.9"), (2, "198.51.100.4")] {
        collector.plays(&Journey::of_family(family).keeping(1).opens("/").reads(MINUTE), address).await;
    }
    assert_eq!(collector.rows().await.session().pages, 2);
}

#[tokio::test]
async fn a_visitor_has_one_key_and_another_only_after_midnight() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/").opens("/a"), "203.0.113.9").await;
    let keys = open_session::Entity::find().all(collector.db.db.reader()).await.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].session, collector.rows().await.session().id);
}
