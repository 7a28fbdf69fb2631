//! Packets.

use super::{ANSWERED_WITHIN, Carried, MOST_MESSAGE_BYTES, Redirector};
use std::{io, sync::Arc};
use tokio::{net::UdpSocket, sync::Semaphore, time::timeout};

/// So many packets are answered at once. What comes beyond is dropped: a switch sends again what nobody answered.
const MOST_UNDERWAY: usize = 512;

/// Answers the packets of known switches until the future is dropped.
///
/// # Errors
/// When the socket is no more.
pub async fn serve(redirector: Arc<Redirector>, socket: UdpSocket) -> io::Result<()> {
    let (socket, underway) = (Arc::new(socket), Arc::new(Semaphore::new(MOST_UNDERWAY)));
    // One byte more than is read: what fills it is too long, and was perhaps cut.
    let mut buffer = vec![0; MOST_MESSAGE_BYTES + 1];
    loop {
        let (length, source) = match socket.recv_from(&mut buffer).await {
            Ok(received) => received,
            // An answer that reached nobody comes back as an error of the next packet.
            Err(error) if is_of_another(&error) => continue,
            Err(error) => return Err(error),
        };
        let Some(switch) = redirector.admits(source.ip()) else { continue };
        let Ok(permit) = underway.clone().try_acquire_owned() else { continue };
        let (redirector, socket, bytes) = (redirector.clone(), socket.clone(), buffer[..length].to_vec());
        tokio::spawn(async move {
            let answer = timeout(ANSWERED_WITHIN, redirector.answer(&switch, &bytes, (source, Carried::Packet))).await;
            if let Ok(Some(answer)) = answer
                && let Err(error) = socket.send_to(&answer.bytes, answer.target).await
            {
                tracing::debug!(%error, target = %answer.target, "an answer to a switch did not leave");
            }
            drop(permit);
        });
    }
}

fn is_of_another(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset | io::ErrorKind::Interrupted)
}
