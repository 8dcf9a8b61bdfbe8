//! Clients that are slow, or say too much.

use server::{connections, shutdown::Shutdown};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use crate::support::collector::{Collector, NOON};

/// A server that answers on a port, and a client connected to it.
async fn connected() -> (TcpStream, Shutdown) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let collector = Collector::at(NOON).await;
    let shutdown = Shutdown::default();
    let router = collector.router();
    let end = shutdown.clone();
    tokio::spawn(async move {
        // It lives as long as its server.
        let _collector = collector;
        connections::serve(listener, router, end).await;
    });
    (TcpStream::connect(address).await.unwrap(), shutdown)
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How long the client waits until the server closes the connection on which it has sent this much.
async fn closed_after(sent: &str) -> (Duration, String) {
    let (mut stream, _shutdown) = connected().await;
    stream.write_all(sent.as_bytes()).await.unwrap();
    tokio::time::pause();
    let began = Instant::now();
    let answer = rest(&mut stream).await;
    (began.elapsed(), answer)
}

#[tokio::test]
async fn who_never_ends_its_headers_is_not_waited_for() {
    let (waited, answer) = closed_after("POST /api/collect HTTP/1.1\r\nhost: a.example\r\nx-slow: ").await;
    assert!((60..=90).contains(&waited.as_secs()), "{waited:?}: {answer}");
}

#[tokio::test]
async fn who_sends_nothing_at_all_is_not_waited_for() {
    let (waited, _) = closed_after("").await;
    assert!((60..=90).contains(&waited.as_secs()), "{waited:?}");
}

#[tokio::test]
async fn who_never_ends_its_body_is_told_so() {
    let head = "POST /api/collect HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\ncontent-length: 100\r\n\r\n{";
    let (waited, answer) = closed_after(head).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!((20..=40).contains(&waited.as_secs()), "{waited:?}");
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let (mut stream, _shutdown) = connected().await;
    let head = format!("GET / HTTP/1.1\r\nhost: a.example\r\nx-long: {}\r\n\r\n", "x".repeat(40_000));
    // The answer can come before all is sent.
    let _ = stream.write_all(head.as_bytes()).await;
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn a_connection_that_waits_does_not_hold_up_the_end() {
    let (mut stream, shutdown) = connected().await;
    stream.write_all(b"POST /nowhere HTTP/1.1\r\nhost: a.example\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 404");
    shutdown.begin();
    rest(&mut stream).await;
}
