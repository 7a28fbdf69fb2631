//! What host networks answer by calling back, and who else tries.

use crate::{
    client::{Answer, Client},
    tenants::{PASSWORD, Tenants},
};
use axum::{
    Router,
    http::{StatusCode, header},
};
use operations::{
    network_callback::{MOST_CALLBACK_BYTES, NetworkCallbacks, SIGNATURE, signature},
    usage_desk::UsageDesk,
    work_orders::WorkState,
};
use portal::App;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use store::{Object, Scope, WorkAsked};
use vocabulary::{LineId, Timestamp, WorkOrderId};

const ORANGE: &str = "/callbacks/networks/grandlarge/orange";
const OTHER: &str = "/callbacks/networks/grandlarge/bouygues";
const SECRET: &str = "a secret of more than twenty-four bytes";
const OTHERS_SECRET: &str = "another secret of more than twenty-four bytes";
/// Further from now than any signature may be.
const TOO_FAR_S: i64 = 301;

struct Stage {
    tenants: Tenants,
    router: Router,
    /// What the network was asked to do, for whose line.
    work: (WorkOrderId, LineId),
    /// The same of another operator.
    theirs: WorkOrderId,
}

impl Stage {
    async fn on(url: &str, hash: &str) -> Self {
        let tenants = Tenants::on(url, hash).await.with_work().await;
        let operator = tenants.operators[0];
        let callbacks = NetworkCallbacks::default()
            .with(("grandlarge", operator), "orange", SECRET)
            .and_then(|known| known.with(("grandlarge", operator), "bouygues", OTHERS_SECRET))
            .expect("long secrets");
        let house = tenants.house.clone().with_network_callbacks(callbacks);
        let app = App::new(house, UsageDesk::new(BTreeMap::new(), None), HashMap::new()).await.expect("brands");
        let of = |operator: usize| tenants.works.iter().find(|(_, owner)| owner.operator == operator).expect("work").0;
        let (own, theirs) = (of(0), of(1));
        let line = tenants.house.store.lines_of_works(&[own]).await.expect("a look")[&own];
        Self { router: portal::server::routes(app), work: (own, line), theirs, tenants }
    }

    fn now_s(&self) -> i64 {
        self.tenants.house.clock.now().seconds_since(Timestamp::EPOCH)
    }

    /// Calls with a signature as it is written.
    async fn call(&self, path: &str, signature: &str, body: &str) -> Answer {
        let mut client = Client::new(&self.router, "127.0.0.1");
        if !signature.is_empty() {
            client = client.with(SIGNATURE, signature);
        }
        client.post(path, body.to_owned()).await
    }

    /// Calls as the network does.
    async fn told(&self, body: &str) -> StatusCode {
        self.call(ORANGE, &signature(SECRET, body.as_bytes(), self.now_s()), body).await.status
    }

    async fn state(&self) -> WorkState {
        let scoped = self.tenants.house.store.scoped(Scope::operator(self.tenants.operators[0]));
        let works = scoped.work_orders(WorkAsked::OfLine(self.work.1), (0, 9)).await.expect("a list");
        works.into_iter().find(|work| work.id == self.work.0).expect("it is there").state
    }

    async fn noted(&self, action: &str) -> usize {
        let scoped = self.tenants.house.store.scoped(Scope::operator(self.tenants.operators[0]));
        let entries = scoped.journal(Some(Object::Line(self.work.1)), None, 50).await.expect("a journal");
        entries.iter().filter(|entry| entry.action == action).count()
    }
}

fn says(id: &str, key: WorkOrderId, reply: &str) -> String {
    json!({ "id": id, "key": key.0.to_string(), "reply": reply }).to_string()
}

/// PLT-12, PLT-01, PLT-16: who calls back without the secret of a network, with the signature of something else or of another hour, is turned away, and
/// learns nothing of which networks there are; with it, what is no message and what nobody asked for is told apart from an answer, which stands in the
/// database once it is taken, and the same answer again changes nothing.
#[tokio::test]
async fn a_network_calls_back() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let stage = Stage::on(database.url(), &hash).await;
        let (work, _) = stage.work;
        let body = says("a-1", work, "done");
        let now = stage.now_s();
        let good = signature(SECRET, body.as_bytes(), now);
        let hex = good.split("v1=").nth(1).expect("a signature");
        let strangers = [
            (ORANGE, String::new()),
            (ORANGE, "t=, v1=".to_owned()),
            (ORANGE, format!("t={now}, v1=")),
            (ORANGE, format!("t={now}, v1={}", "é".repeat(32))),
            (ORANGE, format!("t={now}, v1={}", "0".repeat(64))),
            (ORANGE, format!("t={}, v1={hex}", now + 1)),
            (ORANGE, signature("a guess that is as long as the secret is", body.as_bytes(), now)),
            (ORANGE, signature(SECRET, b"{}", now)),
            (ORANGE, signature(SECRET, body.as_bytes(), now - TOO_FAR_S)),
            (ORANGE, signature(SECRET, body.as_bytes(), now + TOO_FAR_S)),
            (ORANGE, signature(OTHERS_SECRET, body.as_bytes(), now)),
            (OTHER, good.clone()),
            ("/callbacks/networks/zenne/scaldis", good.clone()),
            ("/callbacks/networks/grandlarge/nowhere", good.clone()),
            ("/callbacks/networks/nobody/orange", good.clone()),
        ];
        let mut answers = Vec::new();
        for (path, signature) in &strangers {
            let answer = stage.call(path, signature, &body).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} {signature}");
            answers.push((answer.body, answer.headers.get(header::CONTENT_TYPE).cloned()));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "all of them are told the same: {answers:?}");
        assert!(matches!(stage.state().await, WorkState::Sent { .. }));
        for bad in [
            "nothing".to_owned(),
            "[]".to_owned(),
            "{}".to_owned(),
            says("", work, "done"),
            says(&"a".repeat(101), work, "done"),
            says("a-1", work, "perhaps"),
            json!({ "id": "a-1", "key": work.0, "reply": "done" }).to_string(),
            json!({ "id": "a-1", "key": format!("-{}", work.0), "reply": "done" }).to_string(),
            json!({ "id": "a-1", "key": work.0.to_string(), "reply": "done", "number": "0639" }).to_string(),
        ] {
            assert_eq!(stage.told(&bad).await, StatusCode::BAD_REQUEST, "{bad}");
        }
        let long = format!("{body}{}", " ".repeat(MOST_CALLBACK_BYTES));
        assert!(stage.told(&long).await.is_client_error());
        assert_eq!(Client::new(&stage.router, "127.0.0.1").get(ORANGE).await.status, StatusCode::NOT_FOUND);
        for unknown in [stage.theirs, WorkOrderId(work.0 + 90_000)] {
            assert_eq!(stage.told(&says("a-1", unknown, "done")).await, StatusCode::NOT_FOUND);
        }
        let elsewhere = signature(OTHERS_SECRET, body.as_bytes(), now);
        assert_eq!(stage.call(OTHER, &elsewhere, &body).await.status, StatusCode::NOT_FOUND, "that network was not asked");
        assert!(matches!(stage.state().await, WorkState::Sent { .. }), "none of it changed anything");

        let taken = stage.call(ORANGE, &good, &body).await;
        assert_eq!((taken.status, taken.body.as_str()), (StatusCode::NO_CONTENT, ""));
        assert!(matches!(stage.state().await, WorkState::Done { .. }));
        assert_eq!(stage.call(ORANGE, &good, &body).await.status, StatusCode::NO_CONTENT, "the same, heard again");
        assert_eq!(stage.told(&body).await, StatusCode::NO_CONTENT);
        assert_eq!(stage.told(&says("a-2", work, "accepted")).await, StatusCode::NO_CONTENT, "one that was overtaken");
        assert_eq!((stage.noted("line_work_done").await, stage.noted("line_needs_staff").await), (1, 0));
        // What contradicts the first is for staff, once an answer.
        for _ in 0..3 {
            assert_eq!(stage.told(&says("a-3", work, "refused")).await, StatusCode::NO_CONTENT);
        }
        assert_eq!((stage.noted("line_work_done").await, stage.noted("line_needs_staff").await), (1, 1));
        assert!(matches!(stage.state().await, WorkState::Done { .. }));
    }
}
