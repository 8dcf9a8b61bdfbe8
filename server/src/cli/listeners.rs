//! Opens the ports before anything else is touched, so that a taken one is known at once.

use std::{io, net::SocketAddr};

use tokio::net::TcpListener;

use crate::config::{Network, PublicUrl};

/// Open ports.
pub(super) struct Listeners {
    pub(super) dashboard: TcpListener,
    pub(super) demo_site: Option<TcpListener>,
    pub(super) metrics: Option<TcpListener>,
}

/// A port that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListenError {
    #[error("{address} is taken: another program listens there. Stop it, or choose another address with {option}")]
    Taken { address: SocketAddr, option: &'static str },
    #[error("{address} needs rights that this user lacks, as ports below 1024 do. Choose another with {option}")]
    Forbidden { address: SocketAddr, option: &'static str },
    #[error("{address} is no address of this machine. Choose another with {option}")]
    Elsewhere { address: SocketAddr, option: &'static str },
    #[error("{address} cannot be listened on: {cause}. Choose another with {option}")]
    Other { address: SocketAddr, option: &'static str, cause: io::Error },
}

impl Listeners {
    pub(super) async fn open(network: &Network) -> Result<Self, ListenError> {
        Ok(Self {
            demo_site: bind_if(network.demo_listen, "--demo-listen").await?,
            metrics: bind_if(network.metrics_listen, "--metrics-listen").await?,
            dashboard: bind(network.listen, "--listen").await?,
        })
    }

    /// The dashboard's origin as browsers on this machine see it.
    pub(super) fn dashboard_url(&self) -> io::Result<PublicUrl> {
        self.dashboard.local_addr().map(PublicUrl::of_listener)
    }

    /// The demo site's origin.
    pub(super) fn demo_site_url(&self) -> io::Result<Option<PublicUrl>> {
        self.demo_site.as_ref().map(|site| site.local_addr().map(PublicUrl::of_listener)).transpose()
    }
}

async fn bind_if(address: Option<SocketAddr>, option: &'static str) -> Result<Option<TcpListener>, ListenError> {
    Ok(match address {
        Some(address) => Some(bind(address, option).await?),
        None => None,
    })
}

async fn bind(address: SocketAddr, option: &'static str) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => ListenError::Taken { address, option },
        io::ErrorKind::PermissionDenied => ListenError::Forbidden { address, option },
        io::ErrorKind::AddrNotAvailable => ListenError::Elsewhere { address, option },
        _ => ListenError::Other { address, option, cause },
    })
}
