//! Rules for paths: one for the same paths, so many of a site, each site for itself.

use app::models::{
    ids::SiteId,
    path_rule::{MOST_RULES, PathRule},
};
use futures::future::join_all;
use sea_orm::{EntityTrait, Set};
use server::store::{
    entities::path_rule,
    path_rules::{self, Added},
};

use crate::support::{
    collector::NOON,
    db::{FIRST_SITE, TestDb},
};

async fn add(test: &TestDb, site: SiteId, pattern: &str) -> Added {
    path_rules::add(&test.db, site, &PathRule::parse(pattern).unwrap(), NOON).await.unwrap()
}

async fn kept(test: &TestDb, site: SiteId) -> Vec<String> {
    let rules = path_rules::of_site(test.db.reader(), site).await.unwrap();
    rules.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn rules_come_in_the_order_in_which_they_count() {
    let test = TestDb::fresh().await;
    for pattern in ["/product/*", "/product/:id", "/:page", "/product/:id/reviews"] {
        assert_eq!(add(&test, FIRST_SITE, pattern).await, Added::Rule);
    }
    assert_eq!(kept(&test, FIRST_SITE).await, ["/product/:id/reviews", "/product/:id", "/product/*", "/:page"]);
}

#[tokio::test]
async fn a_rule_for_the_same_paths_is_refused_whatever_its_names() {
    let test = TestDb::fresh().await;
    add(&test, FIRST_SITE, "/product/:id").await;
    assert_eq!(add(&test, FIRST_SITE, "/product/:id").await, Added::Exists);
    assert_eq!(add(&test, FIRST_SITE, "/product/:slug").await, Added::Exists);
    assert_eq!(kept(&test, FIRST_SITE).await, ["/product/:id"]);
}

#[tokio::test]
async fn each_site_has_rules_of_its_own() {
    let test = TestDb::fresh().await;
    let blog = test.site("blog.example", "UTC").await;
    add(&test, FIRST_SITE, "/a/:id").await;
    assert_eq!(add(&test, blog, "/a/:id").await, Added::Rule);
    path_rules::delete(&test.db, blog, "/a/:id").await.unwrap();
    path_rules::delete(&test.db, blog, "/a/:id").await.unwrap();
    assert_eq!((kept(&test, FIRST_SITE).await.len(), kept(&test, blog).await.len()), (1, 0));
}

#[tokio::test]
async fn a_site_that_is_full_takes_no_further_rule() {
    let test = TestDb::fresh().await;
    for number in 0..MOST_RULES {
        assert_eq!(add(&test, FIRST_SITE, &format!("/{number}/:id")).await, Added::Rule);
    }
    assert_eq!(add(&test, FIRST_SITE, "/more/:id").await, Added::Full);
    assert_eq!(add(&test, FIRST_SITE, "/7/:id").await, Added::Exists);
    assert_eq!(kept(&test, FIRST_SITE).await.len(), MOST_RULES);
}

#[tokio::test]
async fn a_stored_rule_that_is_not_understood_any_more_is_none() {
    let test = TestDb::fresh().await;
    add(&test, FIRST_SITE, "/a/:id").await;
    let row = path_rule::ActiveModel { site: Set(FIRST_SITE.0), pattern: Set("/a/{id}".into()), created_at: Set(NOON) };
    let tx = test.db.begin().await.unwrap();
    path_rule::Entity::insert(row).exec_without_returning(&*tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept(&test, FIRST_SITE).await, ["/a/:id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_that_add_the_same_at_once_one_is_told_that_it_was_added() {
    let test = TestDb::fresh().await;
    // One that knows nothing of the first.
    let other = test.again().await;
    let names: Vec<String> = (0..8).map(|number| format!("/product/:name-{number}")).collect();
    let adding =
        names.iter().enumerate().map(|(turn, name)| add(if turn % 2 == 0 { &test } else { &other }, FIRST_SITE, name));
    let added = join_all(adding).await;
    assert_eq!(added.iter().filter(|added| **added == Added::Rule).count(), 1, "{added:?}");
    assert_eq!(kept(&test, FIRST_SITE).await.len(), 1);
}
