//! Several nodes over one database are as one.

use futures::future::join_all;
use proptest::prelude::*;
use server::store::{database::Database, sites};

use super::rules::{comparable, delivered_to};
use crate::support::{
    collector::{CHROME, Collector, NOON},
    db::without_schema,
    generated::{ADDRESSES, any_journey, in_order, run},
    journey::{Journey, SECOND},
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "needs PostgreSQL: scripts/postgres.sh"]
    fn two_nodes_that_get_the_messages_in_turn_store_what_one_would(
        journeys in (any_journey(1), any_journey(2)).prop_map(|(one, other)| vec![one, other]),
    ) {
        let order = in_order(&journeys);
        let moments: Vec<i64> = order.iter().map(|(_, report)| report.made_at).collect();
        let one = run(async { delivered_to(&[Collector::at(NOON).await], &journeys, &order, &moments).await });
        let two = run(async {
            let first = Collector::at(NOON).await;
            let second = first.another().await;
            delivered_to(&[first, second], &journeys, &order, &moments).await
        });
        prop_assert_eq!(comparable(one), comparable(two));
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/postgres.sh"]
async fn two_tabs_that_open_at_once_on_two_nodes_are_one_session() {
    let first = Collector::at(NOON).await;
    let second = first.another().await;
    let visitors = 40;
    let opens = |visitor: u128, node: &'static str| Journey::of_family(visitor).opens(node);
    let posts = (1..=visitors).flat_map(|visitor| {
        let address = format!("203.0.113.{visitor}");
        [(&first, opens(2 * visitor, "/one"), address.clone()), (&second, opens(2 * visitor + 1, "/two"), address)]
    });
    let answers =
        join_all(posts.map(async |(node, tab, address)| {
            node.post(&address, CHROME, tab.body(tab.reports(), None, SECOND)).await
        }))
        .await;
    assert!(answers.iter().all(|answer| answer.outcomes() == ["stored"]), "{answers:?}");
    let rows = first.rows().await;
    assert_eq!((rows.sessions.len(), rows.page_views.len()), (visitors as usize, 2 * visitors as usize));
    assert!(rows.sessions.iter().all(|session| session.pages == 2));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/postgres.sh"]
async fn four_nodes_that_start_at_once_on_an_empty_database_agree_on_one_schema() {
    let url = without_schema().await;
    let nodes = join_all((0..4).map(|_| Database::open(&url))).await;
    for node in nodes {
        let sites = sites::all(&node.expect("it starts")).await.unwrap();
        assert_eq!(sites.len(), 1, "the first site is made once");
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: scripts/postgres.sh"]
async fn a_connection_that_was_cut_while_nothing_came_costs_no_message() {
    use sea_orm::ConnectionTrait;
    let collector = Collector::at(NOON).await;
    let journey = Journey::of_family(1).opens("/");
    collector.plays(&journey, ADDRESSES[0]).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    // Cuts the collector's connection, and those that wait in the pools.
    let other = collector.db.again().await;
    other.db.begin().await.unwrap().execute_unprepared(cut).await.unwrap();
    let visit = Journey::of_family(2).opens("/");
    let answer = collector.post(ADDRESSES[1], CHROME, visit.body(visit.reports(), None, SECOND)).await;
    assert_eq!(answer.outcomes(), ["stored"]);
    assert_eq!(collector.rows().await.page_views.len(), 2);
}
