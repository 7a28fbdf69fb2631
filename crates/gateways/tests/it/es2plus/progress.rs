//! What the simulated SM-DP+ tells of profiles on telephones, read as the program reads it.

use super::{REQUESTER, call, client, confirmation, eid, iccid, order, smdp};
use gateways::{
    es2plus::{Es2plusProgress, ProgressPoints},
    simulated_smdp::{Handling, InstallRefusal, Installation, SimulatedSmdp, StockState},
};
use http_body_util::{BodyExt as _, Empty};
use hyper::{Request, Response, body::Bytes, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use operations::esim_port::{
    ProfileConfirmation, ProfileEvent, ProfileProgress, ProfileServer as _, ProgressOutcome, ProgressReader as _, ProgressStep,
    Release,
};
use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
};
use tokio::net::TcpListener;
use vocabulary::Timestamp;

/// An operator who is told of progress: what it read, and what it answers.
#[derive(Clone)]
struct Operator {
    told: Arc<Mutex<Vec<ProfileProgress>>>,
    status: Arc<AtomicU16>,
}

impl Operator {
    async fn start() -> (Self, String) {
        let operator = Self { told: Arc::default(), status: Arc::new(AtomicU16::new(204)) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = operator.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let operator = serving.clone();
                let service = service_fn(move |request| {
                    let operator = operator.clone();
                    async move { Ok::<_, Infallible>(operator.hear(request).await) }
                });
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        (operator, url)
    }

    async fn hear(&self, request: Request<hyper::body::Incoming>) -> Response<Empty<Bytes>> {
        assert_eq!(request.uri().path(), "/gsma/rsp2/es2plus/handleDownloadProgressInfo");
        assert!(request.headers().contains_key("x-admin-protocol"));
        let body = request.into_body().collect().await.unwrap().to_bytes();
        let status = self.status.load(Ordering::SeqCst);
        if status == 204 {
            let reader = Es2plusProgress { points: ProgressPoints::SIMULATED };
            self.told.lock().unwrap().push(reader.read(&body).unwrap());
        }
        Response::builder().status(status).body(Empty::new()).unwrap()
    }

    fn take(&self) -> Vec<ProfileProgress> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    fn events(&self) -> Vec<ProfileEvent> {
        self.take().iter().filter_map(ProfileProgress::event).collect()
    }
}

fn now() -> Timestamp {
    Timestamp::EPOCH.plus_seconds(1_795_255_200)
}

async fn released(url: &str, n: u128, code: Option<&str>) -> String {
    let client = client(url);
    client.order(call(&format!("{REQUESTER}/{n}/order")), order(n)).await.unwrap();
    let asked = ProfileConfirmation {
        confirmation_code: code.map(|code| code.parse().unwrap()),
        release: Release::Now,
        ..confirmation(n)
    };
    let confirmed = client.confirm(call(&format!("{REQUESTER}/{n}/confirm")), asked).await.unwrap();
    confirmed.matching_id.as_str().to_owned()
}

async fn install(smdp: &SimulatedSmdp, matching_id: &str, typed: Option<&str>) -> Result<vocabulary::Iccid, InstallRefusal> {
    smdp.install(Installation { matching_id, typed, eid: eid(7) }, now()).await
}

/// RES-08: as somebody installs, uses and deletes a profile, the operator is told each step once and in order; a profile that was deleted cannot
/// be installed again.
#[tokio::test]
async fn each_step_of_a_profile_is_told() {
    let (operator, callback) = Operator::start().await;
    let (smdp, url) = smdp(Some(callback)).await;
    let code = released(&url, 1, None).await;
    assert_eq!(install(&smdp, &code, None).await, Ok(iccid(1)));
    let told = operator.take();
    let steps: Vec<_> = told.iter().map(|told| told.step).collect();
    assert_eq!(steps, [ProgressStep::Checked, ProgressStep::Downloaded, ProgressStep::Installed, ProgressStep::Enabled]);
    assert!(told.iter().all(|told| told.iccid == iccid(1) && told.eid == Some(eid(7)) && told.at == now()));
    for (handling, event) in [
        (Handling::Disable, ProfileEvent::Disabled),
        (Handling::Enable, ProfileEvent::Enabled),
        (Handling::Delete, ProfileEvent::Deleted),
    ] {
        smdp.handle(iccid(1), handling, now()).await.unwrap();
        assert_eq!(operator.events(), [event]);
    }
    assert!(smdp.handle(iccid(1), Handling::Enable, now()).await.is_err());
    assert_eq!(install(&smdp, &code, None).await, Err(InstallRefusal::Unknown));
    assert_eq!(smdp.state(iccid(1)), Some(StockState::Deleted));
    assert_eq!(install(&smdp, "NOBODYS", None).await, Err(InstallRefusal::Unknown));
    assert_eq!(operator.take(), []);
}

/// RES-08: a confirmation code is asked for, and after three wrong ones the profile is lost; each try is told.
#[tokio::test]
async fn a_wrong_confirmation_code_is_told() {
    let (operator, callback) = Operator::start().await;
    let (smdp, url) = smdp(Some(callback)).await;
    let code = released(&url, 1, Some("123456")).await;
    assert_eq!(install(&smdp, &code, None).await, Err(InstallRefusal::CodeMissing));
    assert_eq!(install(&smdp, &code, Some("000000")).await, Err(InstallRefusal::CodeWrong));
    assert_eq!(install(&smdp, &code, Some("000001")).await, Err(InstallRefusal::CodeWrong));
    assert_eq!(install(&smdp, &code, Some("000002")).await, Err(InstallRefusal::CodeDead));
    assert_eq!(install(&smdp, &code, Some("123456")).await, Err(InstallRefusal::Unknown));
    let codes: Vec<_> =
        operator.take().into_iter().filter(|told| told.step == ProgressStep::CodeTyped).map(|told| told.outcome).collect();
    let failed =
        |outcome: &ProgressOutcome, expected: &str| matches!(outcome, ProgressOutcome::Failed { code, .. } if code == expected);
    let expected = ["8.2.7/2.2", "8.2.7/3.8", "8.2.7/3.8", "8.2.7/6.4"];
    assert!(codes.len() == 4 && codes.iter().zip(expected).all(|(outcome, code)| failed(outcome, code)), "{codes:?}");

    let code = released(&url, 2, Some("654321")).await;
    assert_eq!(install(&smdp, &code, Some("654321")).await, Ok(iccid(2)));
    assert_eq!(operator.events(), [ProfileEvent::Downloaded, ProfileEvent::Installed, ProfileEvent::Enabled]);
}

/// RES-08: what an operator does not take is told later, in the order in which it happened.
#[tokio::test]
async fn what_is_not_taken_is_told_later() {
    let (operator, callback) = Operator::start().await;
    let (smdp, url) = smdp(Some(callback)).await;
    operator.status.store(503, Ordering::SeqCst);
    let code = released(&url, 1, None).await;
    assert_eq!(install(&smdp, &code, None).await, Ok(iccid(1)));
    smdp.handle(iccid(1), Handling::Delete, now()).await.unwrap();
    assert_eq!((smdp.deliver().await, operator.take().len()), (5, 0));
    operator.status.store(204, Ordering::SeqCst);
    assert_eq!(smdp.deliver().await, 0);
    let expected = [ProfileEvent::Downloaded, ProfileEvent::Installed, ProfileEvent::Enabled, ProfileEvent::Deleted];
    assert_eq!(operator.events(), expected);
}
