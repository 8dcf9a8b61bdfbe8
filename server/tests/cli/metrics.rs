//! `--metrics-listen`.

use std::net::TcpListener;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{
    db::TestDb,
    journey::Journey,
    process::{Running, post},
};

async fn page(address: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /metrics HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn prometheus_reads_how_collection_fares_and_nothing_of_visitors_or_sites() {
    let db = TestDb::fresh().await;
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let metrics = format!("127.0.0.1:{port}");
    let server = Running::start(&db, &["--metrics-listen", &metrics], std::process::Stdio::null());
    let visit = Journey::of_family(1).opens("/secret-page");
    let body = visit.body(visit.reports(), None, 0);
    for _ in 0..2 {
        assert_eq!(
            post(&server.address, &[("user-agent", "CanaryEngine"), ("x-forwarded-for", "203.0.113.199")], &body).await,
            Some(202)
        );
    }
    assert_eq!(post(&server.address, &[], "{").await, Some(400));

    let page = page(&metrics).await;
    for line in [
        "pulse_messages_total{outcome=\"stored\"} 1",
        "pulse_messages_total{outcome=\"duplicate\"} 1",
        "pulse_collect_requests_total{status=\"202\"} 2",
        "pulse_collect_requests_total{status=\"400\"} 1",
        "pulse_commit_duration_seconds_count 2",
        "pulse_commit_requests_sum 2",
        "pulse_collect_waiting 0",
    ] {
        assert!(page.lines().any(|said| said == line), "{line} in {page}");
    }
    for canary in ["secret-page", "CanaryEngine", "shop.example", "203.0.113.199"] {
        assert!(!page.contains(canary), "{canary} in {page}");
    }
}
