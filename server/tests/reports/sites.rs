//! The sites.

use app::{
    models::{ids::SiteId, site::Site},
    services::{Sites, Unavailable},
};
use server::reports::SiteReports;

use crate::support::db::{FIRST_SITE, TestDb};

#[tokio::test]
async fn sites_come_in_the_order_of_their_ids() {
    let test = TestDb::fresh().await;
    let blog = test.site("blog.example", "Asia/Kathmandu").await;
    let docs = test.site("docs.example", "UTC").await;
    let reports = SiteReports::new(test.db.clone(), None);

    let all = reports.all().await.unwrap();
    assert_eq!(all.iter().map(|site| site.id).collect::<Vec<_>>(), [FIRST_SITE, blog, docs]);
    let expected = Site { id: blog, name: "blog.example".into(), time_zone: "Asia/Kathmandu".into() };
    assert_eq!(reports.get(blog).await, Ok(Some(expected)));
    assert_eq!(reports.get(SiteId(77)).await, Ok(None));
}

#[tokio::test]
async fn without_their_database_they_say_that_they_cannot_answer() {
    let test = TestDb::fresh().await;
    let reports = SiteReports::new(test.db.clone(), None);
    test.db.clone().close().await.unwrap();
    assert_eq!(reports.all().await, Err(Unavailable));
    assert_eq!(reports.get(FIRST_SITE).await, Err(Unavailable));
}
