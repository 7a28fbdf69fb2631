//! Connections that others open to us, one after the other.

use std::{net::SocketAddr, time::Duration};
use tokio::net::{TcpListener, TcpStream};

/// So long nobody is taken after one could not be: out of descriptors, the next would fail too.
const PAUSE: Duration = Duration::from_millis(50);

/// The next connection. One that is gone before it was taken is passed over.
pub(crate) async fn accepted(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
