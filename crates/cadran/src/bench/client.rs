//! Somebody's browser, as far as a benchmark needs one: pages and the form of signing in over HTTP.

use anyhow::{Context, bail};
use std::time::Instant;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One page over a connection that stays open: its text and the milliseconds it took.
pub(super) async fn get(connection: &mut TcpStream, host: &str, cookie: &str, path: &str) -> anyhow::Result<(String, f64)> {
    let begun = Instant::now();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept-Language: fr\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    let (head, body) = answer(connection).await?;
    if !head.starts_with("HTTP/1.1 200") {
        bail!("{path} answered {}", head.lines().next().unwrap_or_default());
    }
    Ok((body, milliseconds_since(begun)))
}

#[expect(clippy::float_arithmetic, reason = "a measured time is no amount")]
pub(super) fn milliseconds_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

async fn answer(connection: &mut TcpStream) -> anyhow::Result<(String, String)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let end_of_head = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        match connection.read(&mut buffer).await? {
            0 => bail!("the server closed the connection"),
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end_of_head]).into_owned();
    let header =
        |line: &str| line.to_ascii_lowercase().strip_prefix("content-length:").map(|value| value.trim().parse::<usize>());
    let length = head.lines().find_map(header).transpose()?.unwrap_or(0);
    let mut body = bytes.split_off(end_of_head + 4);
    while body.len() < length {
        match connection.read(&mut buffer).await? {
            0 => bail!("the server closed the connection"),
            count => body.extend_from_slice(&buffer[..count]),
        }
    }
    Ok((head, String::from_utf8_lossy(&body).into_owned()))
}

/// The form of signing in as a browser holds it: its cookie and its token.
pub(super) struct Form {
    connection: TcpStream,
    cookie: String,
    token: String,
}

impl Form {
    /// Asks for it, over a connection that stays open.
    pub(super) async fn open(mut connection: TcpStream, host: &str) -> anyhow::Result<Self> {
        connection
            .write_all(
                format!(
                    "GET /sign-in HTTP/1.1
Host: {host}

"
                )
                .as_bytes(),
            )
            .await?;
        let (head, body) = answer(&mut connection).await?;
        let token = body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(Self { cookie: cookies(&head), token: token.context("the form carries a token")?.to_owned(), connection })
    }

    /// Sends it as somebody of the demo; the cookies that the pages then want.
    pub(super) async fn send(mut self, host: &str, identifier: &str) -> anyhow::Result<String> {
        let identifier_typed = identifier.replace('@', "%40");
        let body = format!("identifier={identifier_typed}&password={}&next=%2F&csrf={}", demo::PASSWORD, self.token);
        let request = format!(
            "POST /sign-in HTTP/1.1
Host: {host}
Origin: http://{host}
Cookie: {}
\
             Content-Type: application/x-www-form-urlencoded
Content-Length: {}

{body}",
            self.cookie,
            body.len()
        );
        self.connection.write_all(request.as_bytes()).await?;
        let (head, _) = answer(&mut self.connection).await?;
        let session = cookies(&head);
        if !head.starts_with("HTTP/1.1 303") || session.is_empty() {
            bail!("sign-in of {identifier} was refused: {}", head.lines().next().unwrap_or_default());
        }
        Ok(session)
    }
}

fn cookies(head: &str) -> String {
    let set = head.lines().filter(|line| line.to_ascii_lowercase().starts_with("set-cookie:"));
    let pairs = set.filter_map(|line| line.split_once(':')?.1.split(';').next().map(|pair| pair.trim().to_owned()));
    pairs.collect::<Vec<_>>().join("; ")
}
