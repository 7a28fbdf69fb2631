//! One request by HTTP/1.1 to a peer, on a connection of its own, within limits of time and size.

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::{
    Request, StatusCode,
    body::Bytes,
    client::conn::http1,
    header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue},
    http::request,
};
use hyper_util::rt::TokioIo;
use std::{fmt, net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, pki_types::ServerName},
};
use url::{Host, Url};

/// The longest answer that is read where nothing else is said, in bytes.
const MOST_ANSWER_BYTES: usize = 64 * 1024;

/// How long is waited for a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the connection, encryption included.
    pub connect: Duration,
    /// For the whole answer after it.
    pub answer: Duration,
}

impl Limits {
    /// Ten seconds for a connection, half a minute for an answer.
    pub const USUAL: Limits = Limits { connect: Duration::from_secs(10), answer: Duration::from_secs(30) };
}

/// Why a text is no address of a peer.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not written as https://HOST:PORT: {1}")]
pub struct PeerUrlError(String, String);

/// A peer that is spoken to by HTTP.
#[derive(Clone)]
pub(crate) struct Peer {
    host: String,
    port: u16,
    /// What the request names it by.
    authority: String,
    /// What stands before each path.
    base: String,
    limits: Limits,
    most_answer_bytes: usize,
    tls: Option<(Arc<ClientConfig>, ServerName<'static>)>,
    /// What each request says besides; it may hold a secret.
    headers: HeaderMap,
}

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PostFault {
    /// Nothing of the request left.
    NotSent(String),
    /// It may have arrived.
    Unclear(String),
}

impl Peer {
    /// A peer at an address; clear text is for this machine alone.
    pub(crate) fn new(text: &str, limits: Limits, tls: Arc<ClientConfig>) -> Result<Self, PeerUrlError> {
        let fault = |problem: &str| PeerUrlError(text.to_owned(), problem.to_owned());
        let url = Url::parse(text).map_err(|error| fault(&error.to_string()))?;
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return Err(fault("nothing but a path stands beside host and port"));
        }
        let (host, is_local) = match url.host().ok_or_else(|| fault("there is no host"))? {
            Host::Domain(name) => (name.to_owned(), name == "localhost"),
            Host::Ipv4(address) => (address.to_string(), address.is_loopback()),
            Host::Ipv6(address) => (address.to_string(), address.is_loopback()),
        };
        let tls = match url.scheme() {
            "https" => {
                let name = match host.parse::<IpAddr>() {
                    Ok(address) => ServerName::from(address),
                    Err(_) => ServerName::try_from(host.clone()).map_err(|error| fault(&error.to_string()))?,
                };
                Some((tls, name))
            }
            "http" if is_local => None,
            "http" => return Err(fault("what is ordered is not said in clear to another machine")),
            other => return Err(fault(&format!("`{other}` is not https"))),
        };
        let port = url.port_or_known_default().ok_or_else(|| fault("there is no port"))?;
        let named = url.host_str().unwrap_or_default();
        let authority = url.port().map_or_else(|| named.to_owned(), |port| format!("{named}:{port}"));
        let base = url.path().trim_end_matches('/').to_owned();
        let (most_answer_bytes, headers) = (MOST_ANSWER_BYTES, HeaderMap::new());
        Ok(Self { host, port, authority, base, limits, most_answer_bytes, tls, headers })
    }

    /// The same; each request has one more header. A value that no header can have is left out: the peer then says what it misses.
    pub(crate) fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(name == AUTHORIZATION);
            self.headers.insert(name, value);
        }
        self
    }

    /// The same; each request shows this secret.
    pub(crate) fn with_secret(self, secret: &str) -> Self {
        self.with_header(AUTHORIZATION, &format!("Bearer {secret}"))
    }

    /// The same; answers may have so many bytes.
    pub(crate) fn reading(self, most_answer_bytes: usize) -> Self {
        Self { most_answer_bytes, ..self }
    }

    /// Posts JSON and reads the answer.
    pub(crate) async fn post(&self, path: &str, body: Vec<u8>) -> Result<(StatusCode, Bytes), PostFault> {
        self.send(Request::post(format!("{}{path}", self.base)).header(CONTENT_TYPE, "application/json;charset=UTF-8"), body)
            .await
    }

    /// Asks for something and reads the answer.
    pub(crate) async fn get(&self, path: &str) -> Result<(StatusCode, Bytes), PostFault> {
        self.send(Request::get(format!("{}{path}", self.base)), Vec::new()).await
    }

    /// Posts a form under a key by which the peer knows it again, and reads the answer.
    pub(crate) async fn post_form(&self, path: &str, key: &str, form: String) -> Result<(StatusCode, Bytes), PostFault> {
        let request = Request::post(format!("{}{path}", self.base))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("idempotency-key", key);
        self.send(request, form.into_bytes()).await
    }

    async fn send(&self, request: request::Builder, body: Vec<u8>) -> Result<(StatusCode, Bytes), PostFault> {
        let request = request.header(HOST, &self.authority).header(CONNECTION, "close").body(Full::new(Bytes::from(body)));
        let mut request = request.map_err(|error| PostFault::NotSent(error.to_string()))?;
        request.headers_mut().extend(self.headers.clone());
        let Limits { connect, answer } = self.limits;
        let connected = timeout(connect, self.connected()).await;
        let connected = connected.map_err(|_| PostFault::NotSent(format!("no connection within {connect:?}")))?;
        let answered = timeout(answer, answered(connected.map_err(PostFault::NotSent)?, request, self.most_answer_bytes)).await;
        let answered = answered.map_err(|_| PostFault::Unclear(format!("no answer within {answer:?}")))?;
        answered.map_err(PostFault::Unclear)
    }

    async fn connected(&self) -> Result<Box<dyn Stream>, String> {
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let Some((config, name)) = &self.tls else { return Ok(Box::new(stream)) };
        let connector = TlsConnector::from(config.clone());
        let stream = connector.connect(name.clone(), stream).await.map_err(|error| error.to_string())?;
        Ok(Box::new(stream))
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Peer({}{})", self.authority, self.base)
    }
}

/// A connection, encrypted or not.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

async fn answered(
    stream: Box<dyn Stream>,
    request: Request<Full<Bytes>>,
    most_bytes: usize,
) -> Result<(StatusCode, Bytes), String> {
    let mut builder = http1::Builder::new();
    builder.max_buf_size(MOST_ANSWER_BYTES);
    let (mut sender, connection) = builder.handshake(TokioIo::new(stream)).await.map_err(|error| said(&error))?;
    let exchange = async move {
        let answer = sender.send_request(request).await.map_err(|error| said(&error))?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), most_bytes).collect().await.map_err(|error| {
            let too_long = error.is::<LengthLimitError>();
            if too_long { format!("the answer is longer than {most_bytes} bytes") } else { said(error.as_ref()) }
        })?;
        Ok((status, body.to_bytes()))
    };
    // The connection has to be moved on for the exchange to come to its end; it ends with it.
    tokio::pin!(exchange, connection);
    tokio::select! {
        biased;
        done = &mut exchange => done,
        ended = &mut connection => match ended {
            Ok(()) => exchange.await,
            Err(error) => Err(said(&error)),
        },
    }
}

/// An error with its causes, in one line.
fn said(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
