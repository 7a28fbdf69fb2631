//! Connections: messages one after another, each with its length (RFC 3261, part 18.3).

use super::{ANSWERED_WITHIN, Carried, KnownSwitch, MOST_MESSAGE_BYTES, Redirector, message};
use crate::connections::accepted;
use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};

/// So many connections are open at once; one more is closed.
const MOST_CONNECTIONS: usize = 256;
/// A connection on which nothing comes for so long is closed.
const IDLE: Duration = Duration::from_secs(300);
/// So long whoever does not read is waited for.
const WRITTEN_WITHIN: Duration = Duration::from_secs(10);
const CHUNK_BYTES: usize = 4 * 1024;
/// A sign of life, and its answer (RFC 5626, part 4.4.1).
const PING: &[u8] = b"\r\n\r\n";
const PONG: &[u8] = b"\r\n";

/// Answers the connections of known switches until the future is dropped.
pub async fn serve(redirector: Arc<Redirector>, listener: TcpListener) -> Infallible {
    let open = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let (stream, source) = accepted(&listener).await;
        let Some(switch) = redirector.admits(source.ip()) else { continue };
        let Ok(permit) = open.clone().try_acquire_owned() else { continue };
        let redirector = redirector.clone();
        tokio::spawn(async move {
            if let Err(error) = converse(&redirector, &switch, (stream, source)).await {
                tracing::debug!(%error, %source, "a connection of a switch ended");
            }
            drop(permit);
        });
    }
}

async fn converse(
    redirector: &Redirector,
    switch: &KnownSwitch,
    (mut stream, source): (TcpStream, SocketAddr),
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; CHUNK_BYTES]);
    loop {
        while let Some(length) = next(&bytes)? {
            let message: Vec<u8> = bytes.drain(..length).collect();
            if message == PING {
                timeout(WRITTEN_WITHIN, stream.write_all(PONG)).await??;
                continue;
            }
            if redirector.admits(source.ip()).is_none() {
                continue;
            }
            let answer = timeout(ANSWERED_WITHIN, redirector.answer(switch, &message, (source, Carried::Stream))).await;
            if let Ok(Some(answer)) = answer {
                timeout(WRITTEN_WITHIN, stream.write_all(&answer.bytes)).await??;
            }
        }
        let count = timeout(IDLE, stream.read(&mut chunk)).await??;
        if count == 0 {
            return Ok(());
        }
        bytes.extend_from_slice(&chunk[..count]);
    }
}

/// How long the message is with which the bytes begin; `None` while it is not all there.
///
/// # Errors
/// Where it can be no message: nothing after it can be read.
fn next(bytes: &[u8]) -> io::Result<Option<usize>> {
    let broken = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidData, what.to_owned()));
    if bytes.starts_with(PING) {
        return Ok(Some(PING.len()));
    }
    let begin = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let Some(head) = message::end_of_head(&bytes[begin..]).map(|end| begin + end) else {
        return if bytes.len() > MOST_MESSAGE_BYTES { broken("a head that does not end") } else { Ok(None) };
    };
    let Ok(read) = message::read(&bytes[..head.min(MOST_MESSAGE_BYTES)]) else { return broken("no message") };
    let Ok(Some(body)) = read.content_length() else { return broken("a message without a length") };
    match head + body {
        length if length > MOST_MESSAGE_BYTES => broken("a message that is too long"),
        length if length > bytes.len() => Ok(None),
        length => Ok(Some(length)),
    }
}
