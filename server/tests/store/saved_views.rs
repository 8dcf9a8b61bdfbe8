//! Saved views: one of a name, so many of a site, each site for itself.

use app::models::{
    ids::{SiteId, ViewId},
    starting_view::StartingView,
    view::{MOST_VIEWS, ViewName},
};
use futures::future::join_all;
use sea_orm::EntityTrait;
use server::store::{
    entities::dismissed_view,
    saved_views::{self, Saved},
};
use strum::IntoEnumIterator;

use crate::support::{
    collector::NOON,
    db::{FIRST_SITE, TestDb},
};

async fn save(test: &TestDb, site: SiteId, name: &str, query: &str) -> Saved {
    let name = ViewName::parse(name).unwrap();
    saved_views::save(&test.db, site, &name, query.to_owned(), NOON).await.unwrap()
}

async fn kept(test: &TestDb, site: SiteId) -> Vec<(String, String)> {
    let views = saved_views::of_site(&test.db, site).await.unwrap();
    views.into_iter().map(|view| (view.name, view.query)).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(name, query)| (name.to_owned(), query.to_owned())).into()
}

#[tokio::test]
async fn views_come_in_the_order_of_their_names_whatever_their_case() {
    let test = TestDb::fresh().await;
    for name in ["phones", "Überall", "Campaigns", "all of it", "Zürich"] {
        assert_eq!(save(&test, FIRST_SITE, name, "").await, Saved::Kept);
    }
    let names: Vec<String> = kept(&test, FIRST_SITE).await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["all of it", "Campaigns", "phones", "Zürich", "Überall"]);
}

#[tokio::test]
async fn a_view_of_the_same_name_is_replaced_whatever_the_case_and_keeps_its_id() {
    let test = TestDb::fresh().await;
    save(&test, FIRST_SITE, "größe", "?country=DE").await;
    let before = saved_views::of_site(&test.db, FIRST_SITE).await.unwrap();
    assert_eq!(save(&test, FIRST_SITE, "GRÖßE", "?country=FR").await, Saved::Kept);
    assert_eq!(kept(&test, FIRST_SITE).await, pairs([("GRÖßE", "?country=FR")]));
    let after = saved_views::of_site(&test.db, FIRST_SITE).await.unwrap();
    assert_eq!((before[0].id, before[0].created_at), (after[0].id, after[0].created_at));
}

#[tokio::test]
async fn each_site_has_views_of_its_own() {
    let test = TestDb::fresh().await;
    let blog = test.site("blog.example", "UTC").await;
    save(&test, FIRST_SITE, "Phones", "?device=phone").await;
    save(&test, blog, "Phones", "").await;
    assert_eq!(kept(&test, FIRST_SITE).await, pairs([("Phones", "?device=phone")]));
    assert_eq!(kept(&test, blog).await, pairs([("Phones", "")]));

    let id = ViewId(saved_views::of_site(&test.db, FIRST_SITE).await.unwrap()[0].id);
    saved_views::delete(&test.db, blog, id).await.unwrap();
    assert_eq!(kept(&test, FIRST_SITE).await.len(), 1, "it is not the other site's");
    saved_views::delete(&test.db, FIRST_SITE, id).await.unwrap();
    saved_views::delete(&test.db, FIRST_SITE, id).await.unwrap();
    assert_eq!(kept(&test, FIRST_SITE).await, []);
    assert_eq!(kept(&test, blog).await.len(), 1);
}

#[tokio::test]
async fn a_site_that_is_full_takes_no_further_view_but_replaces_those_that_it_has() {
    let test = TestDb::fresh().await;
    for number in 0..MOST_VIEWS {
        assert_eq!(save(&test, FIRST_SITE, &format!("View {number}"), "").await, Saved::Kept);
    }
    assert_eq!(save(&test, FIRST_SITE, "One more", "").await, Saved::Full);
    assert_eq!(save(&test, FIRST_SITE, "view 7", "?country=DE").await, Saved::Kept);
    let views = kept(&test, FIRST_SITE).await;
    assert_eq!(views.len(), MOST_VIEWS);
    assert!(views.contains(&("view 7".into(), "?country=DE".into())), "{views:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_that_save_the_same_name_at_once_one_view_is_left() {
    let test = TestDb::fresh().await;
    // One that knows nothing of the first.
    let other = test.again().await;
    let saves = (0..10).map(|turn| save(if turn % 2 == 0 { &test } else { &other }, FIRST_SITE, "Phones", ""));
    assert!(join_all(saves).await.iter().all(|saved| *saved == Saved::Kept));
    assert_eq!(kept(&test, FIRST_SITE).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_of_the_start_that_two_nodes_delete_at_once_is_deleted_once_and_for_good() {
    let test = TestDb::fresh().await;
    let other = test.again().await;
    let id = StartingView::Read.id();
    let deletions = [&test, &other].map(|node| saved_views::delete(&node.db, FIRST_SITE, id));
    for deleted in join_all(deletions).await {
        deleted.unwrap();
    }
    let blog = test.site("blog.example", "UTC").await;
    let left = async |test: &TestDb, site| saved_views::starting(&test.db, site, &[]).await.unwrap();
    let others: Vec<StartingView> = StartingView::iter().filter(|view| *view != StartingView::Read).collect();
    assert_eq!(left(&other, FIRST_SITE).await, others);
    assert_eq!(left(&test, blog).await, StartingView::iter().collect::<Vec<_>>());
    assert_eq!(left(&test.reopened().await, FIRST_SITE).await, others);
}

#[tokio::test]
async fn a_view_that_was_saved_before_there_were_any_at_the_start_is_not_shown_twice() {
    let test = TestDb::fresh().await;
    save(&test, FIRST_SITE, "trouble", "?sign=error").await;
    let tx = test.db.begin().await.unwrap();
    dismissed_view::Entity::delete_many().exec(&*tx).await.unwrap();
    tx.commit().await.unwrap();
    let saved = saved_views::of_site(&test.db, FIRST_SITE).await.unwrap();
    let starting = saved_views::starting(&test.db, FIRST_SITE, &saved).await.unwrap();
    assert!(!starting.contains(&StartingView::Trouble) && starting.len() == 4, "{starting:?}");
}
