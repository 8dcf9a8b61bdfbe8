//! Listens and answers, with limits that keep slow clients from holding connections for ever.

use std::{io, net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::shutdown::Shutdown;

/// How long a client may take for the headers of a request, waiting for it included. Proxies close connections that
/// nothing was asked on for a minute (`keepalive_timeout` of nginx): they do it first, so that none sends a request into
/// a connection that is being closed here.
const HEADERS_WITHIN: Duration = Duration::from_secs(75);
/// The most bytes that the headers of a request may have.
const LARGEST_HEADERS: usize = 32 * 1024;
/// How long it is waited after a connection that could not be taken: mostly there are too many open files.
const PAUSE: Duration = Duration::from_secs(1);

/// Answers what comes in until the end begins, then finishes what was begun.
pub async fn serve(listener: TcpListener, router: Router, shutdown: Shutdown) {
    let connections = GracefulShutdown::new();
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = shutdown.clone().begun() => break,
        };
        // What fails here is the client's connection: nobody is left to be told.
        let connection = connections.watch(connection(stream, peer, router.clone()));
        tokio::spawn(async move {
            let _ = connection.await;
        });
    }
    drop(listener);
    connections.shutdown().await;
}

type Served = http1::Connection<TokioIo<TcpStream>, TowerToHyperService<BoxedService>>;
type BoxedService =
    tower::util::BoxCloneSyncService<Request<Incoming>, axum::response::Response, std::convert::Infallible>;

fn connection(stream: TcpStream, peer: SocketAddr, router: Router) -> Served {
    // Without it the system holds back small packets, and live updates come late.
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_header_size(LARGEST_HEADERS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(BoxedService::new(service)))
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // It was closed before it was taken.
            Err(error) if is_of_the_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
