//! A browser without a screen: it keeps cookies, sends forms, and takes answers apart.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use std::{collections::BTreeMap, net::SocketAddr};
use tower::ServiceExt as _;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Where it leads; empty for nowhere.
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// All that came, as one text in small letters.
    pub(crate) fn everything(&self) -> String {
        format!("{:?}\n{}", self.headers, self.body).to_lowercase()
    }

    /// What can be compared: without the address that was asked for, and the place in the menu.
    pub(crate) fn without(&self, asked: &[&str]) -> String {
        let mut headers = self.headers.clone();
        headers.remove(header::CONTENT_LENGTH);
        let mut text = format!("{}\n{headers:?}\n{}", self.status, self.body).replace(" aria-current=\"page\"", "");
        for asked in asked.iter().filter(|asked| asked.len() > 1) {
            text = text.replace(asked, "<asked>");
        }
        text
    }

    /// The token that its forms carry.
    pub(crate) fn csrf(&self) -> Option<String> {
        self.hidden("csrf")
    }

    /// What a hidden field of its first form that has one of this name holds.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        let (_, rest) = self.body.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split('"').next().map(str::to_owned)
    }
}

/// A browser at a host.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) router: Router,
    pub(crate) host: String,
    pub(crate) cookies: BTreeMap<String, String>,
    /// What else each request says.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Where it stands.
    pub(crate) peer: [u8; 4],
}

impl Client {
    pub(crate) fn new(router: &Router, host: &str) -> Self {
        let (router, host) = (router.clone(), host.to_owned());
        Self { router, host, cookies: BTreeMap::new(), headers: Vec::new(), peer: [192, 0, 2, 1] }
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form as it is written.
    pub(crate) async fn post(&mut self, path: &str, form: String) -> Answer {
        self.send(Method::POST, path, Some(("application/x-www-form-urlencoded".into(), form))).await
    }

    /// Sends a form of these fields.
    pub(crate) async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post(path, form).await
    }

    /// Sends a form with a file.
    pub(crate) async fn files(&mut self, path: &str, fields: &[(&str, &str)], (name, text): (&str, &str)) -> Answer {
        self.file_in("file", path, fields, (name, text)).await
    }

    /// Sends a form with a file in a field of that name.
    pub(crate) async fn file_in(
        &mut self,
        place: &str,
        path: &str,
        fields: &[(&str, &str)],
        (name, text): (&str, &str),
    ) -> Answer {
        let mut body = String::new();
        for (field, value) in fields {
            body.push_str(&format!("--crawl\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"));
        }
        body.push_str(&format!(
            "--crawl\r\nContent-Disposition: form-data; name=\"{place}\"; filename=\"{name}\"\r\n\r\n{text}\r\n--crawl--\r\n"
        ));
        self.send(Method::POST, path, Some(("multipart/form-data; boundary=crawl".into(), body))).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<(String, String)>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, &self.host);
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = match body {
            Some((kind, body)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(body)
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).unwrap_or_else(|error| panic!("{path}: {error}"));
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.peer, 40_000))));
        let response = self.router.clone().oneshot(request).await.expect("a router does not fail");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie is text");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie has a name");
            self.cookies.insert(name.to_owned(), value.to_owned());
            self.cookies.retain(|_, value| !value.is_empty());
        }
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Signs in as a person does: the page, its token, the form.
    pub(crate) async fn sign_in(&mut self, identifier: &str, password: &str) -> Answer {
        let csrf = self.get("/sign-in").await.csrf().unwrap_or_default();
        self.form("/sign-in", &[("csrf", &csrf), ("identifier", identifier), ("password", password)]).await
    }
}
