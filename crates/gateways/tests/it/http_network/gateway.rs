//! A gateway as `docs/host-networks.md` describes it, on a real port, with a network behind it that does each key once; and what it does wrong.

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, VecDeque},
    convert::Infallible,
    future,
    sync::{Arc, Mutex, MutexGuard},
};
use tokio::net::TcpListener;

pub(crate) const SECRET: &str = "a secret of more than twenty-four bytes";

/// What it does with the next call, instead of what it should.
#[derive(Clone, Debug)]
pub(crate) enum Wrong {
    /// It does the work and never answers.
    Silent,
    /// It does the work and answers this.
    Says(u16, String),
    /// It does nothing and answers this status.
    TurnsAway(u16),
}

/// How the network behind it answers new work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Done at once.
    Prompt,
    /// Accepted, and done when somebody asks for answers: each answer twice, the latest first.
    Slow,
    /// Refused.
    Refusing,
}

#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) pace: Pace,
    pub(crate) wrong: VecDeque<Wrong>,
    /// How often each key was done.
    pub(crate) deeds: BTreeMap<String, u32>,
    /// What was said of each key at last.
    replies: BTreeMap<String, Value>,
    /// Answers that wait, by their names.
    later: Vec<(String, Value)>,
    names: u64,
    /// What it was called with: function, headers that matter, body.
    pub(crate) calls: Vec<(String, String, Value)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Gateway(Arc<Mutex<Network>>);

impl Gateway {
    /// Listens; the address beside it.
    pub(crate) async fn start(pace: Pace) -> (Self, String) {
        let network = Network {
            pace,
            wrong: VecDeque::new(),
            deeds: BTreeMap::new(),
            replies: BTreeMap::new(),
            later: Vec::new(),
            names: 0,
            calls: Vec::new(),
        };
        let gateway = Self(Arc::new(Mutex::new(network)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/network", listener.local_addr().unwrap());
        let serving = gateway.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let gateway = serving.clone();
                let service = service_fn(move |request| {
                    let gateway = gateway.clone();
                    async move { Ok::<_, Infallible>(gateway.answer(request).await) }
                });
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        (gateway, url)
    }

    pub(crate) fn network(&self) -> MutexGuard<'_, Network> {
        self.0.lock().unwrap()
    }

    pub(crate) fn goes_wrong(&self, with: impl IntoIterator<Item = Wrong>) {
        self.network().wrong.extend(with);
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let function = request.uri().path().strip_prefix("/network/v1/").unwrap_or_default().to_owned();
        let header =
            |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let authorization = header("authorization");
        let body = request.into_body().collect().await.unwrap().to_bytes();
        let body: Value = serde_json::from_slice(&body).unwrap();
        let (wrong, answer) = {
            let mut network = self.network();
            network.calls.push((function.clone(), authorization.clone(), body.clone()));
            let wrong = network.wrong.pop_front();
            let answer = match wrong {
                Some(Wrong::TurnsAway(_)) => Value::Null,
                _ if authorization != format!("Bearer {SECRET}") => json!("unauthorized"),
                _ => network.called(&function, &body),
            };
            (wrong, answer)
        };
        let (status, text) = match wrong {
            Some(Wrong::Silent) => future::pending().await,
            Some(Wrong::Says(status, text)) => (status, text),
            Some(Wrong::TurnsAway(status)) => (status, String::new()),
            None if answer == json!("unauthorized") => (401, String::new()),
            None => (200, answer.to_string()),
        };
        let mut response = Response::new(Full::new(Bytes::from(text)));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        response
    }
}

impl Network {
    fn called(&mut self, function: &str, body: &Value) -> Value {
        let keys = |field: &str| {
            let list = body[field].as_array().cloned().unwrap_or_default();
            let key = |one: &Value| one.get("key").unwrap_or(one).as_str().unwrap().to_owned();
            list.iter().map(key).collect::<Vec<_>>()
        };
        match function {
            "work-orders" => json!({ "answers": keys("requests").into_iter().map(|key| self.work(key)).collect::<Vec<_>>() }),
            "withdrawals" => json!({ "answers": keys("keys").into_iter().map(|key| self.forget(key)).collect::<Vec<_>>() }),
            "answers" => {
                let most = usize::try_from(body["most"].as_u64().unwrap()).unwrap();
                let named = |(id, said): &(String, Value)| {
                    let mut said = said.clone();
                    said["id"] = json!(id);
                    said
                };
                json!({ "answers": self.later.iter().take(most).map(named).collect::<Vec<_>>() })
            }
            "acknowledgements" => {
                let ids = keys("ids");
                self.later.retain(|(id, _)| !ids.contains(id));
                json!({})
            }
            _ => panic!("`{function}` is no call"),
        }
    }

    fn work(&mut self, key: String) -> Value {
        if let Some(said) = self.replies.get(&key) {
            return said.clone();
        }
        let said = match self.pace {
            Pace::Refusing => json!({ "key": key, "reply": "refused", "reason": "no such offer\u{7}" }),
            Pace::Prompt | Pace::Slow => {
                *self.deeds.entry(key.clone()).or_default() += 1;
                json!({ "key": key, "reply": "done" })
            }
        };
        self.replies.insert(key.clone(), said.clone());
        if self.pace != Pace::Slow {
            return said;
        }
        for reply in ["accepted", "done", "done"] {
            self.names += 1;
            self.later.insert(0, (format!("a{}", self.names), json!({ "key": key, "reply": reply })));
        }
        json!({ "key": key, "reply": "accepted" })
    }

    fn forget(&mut self, key: String) -> Value {
        self.replies.entry(key.clone()).or_insert_with(|| json!({ "key": key, "reply": "withdrawn" })).clone()
    }
}
