//! Figures for Prometheus. Of visitors and sites they say nothing, so that whoever runs the machine may read them.

use std::time::Duration;

use anyhow::Context;
use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::time::interval;

/// Messages by how they ended.
pub const MESSAGES: &str = "pulse_messages_total";
/// Requests to the collector by the status of their answer.
pub const REQUESTS: &str = "pulse_collect_requests_total";
/// Requests that wait for their commit.
pub const WAITING: &str = "pulse_collect_waiting";
/// How long commits take.
pub const COMMIT: &str = "pulse_commit_duration_seconds";
/// How many requests share a commit.
pub const GROUP: &str = "pulse_commit_requests";

/// Upper bounds, in seconds.
const DURATIONS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
/// Upper bounds, in requests.
const SIZES: [f64; 8] = [1.0, 4.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
/// How often what was observed is added up, so that memory stays as it is while nobody asks.
const ADD_UP: Duration = Duration::from_secs(5);

/// Begins to count. Before it nothing is counted, and counting costs next to nothing.
///
/// # Errors
/// When counting has begun already.
pub fn start() -> anyhow::Result<Router> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(COMMIT.into()), &DURATIONS)
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Full(GROUP.into()), &SIZES))
        .and_then(PrometheusBuilder::install_recorder)
        .context("the metrics cannot be counted")?;
    describe_counter!(MESSAGES, "Messages of trackers, by outcome: stored, duplicate, or why they were refused");
    describe_counter!(REQUESTS, "Requests to the collector, by the status of their answer");
    describe_gauge!(WAITING, "Requests that wait for their commit");
    describe_histogram!(COMMIT, Unit::Seconds, "How long the commits of collection take");
    describe_histogram!(GROUP, "How many requests share a commit");
    tokio::spawn(add_up(recorder.clone()));
    Ok(Router::new().route("/metrics", get(page)).with_state(recorder))
}

async fn add_up(recorder: PrometheusHandle) {
    let mut turns = interval(ADD_UP);
    loop {
        turns.tick().await;
        recorder.run_upkeep();
    }
}

async fn page(State(recorder): State<PrometheusHandle>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], recorder.render())
}
