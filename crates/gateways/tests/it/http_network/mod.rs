//! A host network behind a gateway, over real connections on this machine: prompt, slow, refusing, silent, answering twice and out of order.

mod gateway;

use crate::simulated_network::asker::{activate, activate_with, at, line, request, swap};
use gateway::{Gateway, Pace, SECRET, Wrong};
use gateways::http_network::{HttpNetwork, HttpNetworkSettings, Limits, TlsFiles};
use operations::host_network::{Action, Answer, Asked, HostNetwork as _, NetworkRequest, Reply, TransportFault};
use serde_json::json;
use std::time::Duration;
use vocabulary::WorkOrderId;

/// Long enough for this machine at its busiest.
const AMPLE: Limits = Limits { connect: Duration::from_secs(20), answer: Duration::from_secs(20) };
/// For what never answers.
const TINY: Limits = Limits { answer: Duration::from_secs(1), ..AMPLE };
const EVERY_S: i64 = 10;

fn settings(url: &str, limits: Limits) -> HttpNetworkSettings {
    let secret = SECRET.to_owned().into();
    HttpNetworkSettings { url: url.to_owned(), secret, limits, poll_every_s: Some(EVERY_S), tls: TlsFiles::default() }
}

fn network(url: &str, limits: Limits) -> HttpNetwork {
    HttpNetwork::new(settings(url, limits)).unwrap()
}

fn some(keys: std::ops::Range<i64>) -> Vec<NetworkRequest> {
    keys.map(|key| request(key, line(key), Action::Suspend)).collect()
}

fn done() -> Reply {
    Reply::Done { number: None }
}

const fn is_unclear(asked: &Asked) -> bool {
    matches!(asked, Asked::Fault(TransportFault::Unclear(_)))
}

const fn is_not_reached(asked: &Asked) -> bool {
    matches!(asked, Asked::Fault(TransportFault::NotReached(_)))
}

/// PLT-12: work goes out in batches under its keys, in the words of the interface, with the secret, and each key gets its answer in its place; what was
/// done once is not done again, and what was not done can be withdrawn.
#[tokio::test]
async fn work_goes_out_under_its_keys() {
    let (gateway, url) = Gateway::start(Pace::Prompt).await;
    let network = network(&url, AMPLE);
    let requests = vec![request(1, line(1), activate(1)), swap(2, line(2), 9), request(3, line(3), activate_with(3, None))];
    assert_eq!(network.send(requests.clone(), at(0)).await, [done(), done(), done()].map(Asked::Answered));
    assert_eq!(network.send(requests, at(1)).await.len(), 3);
    assert!(gateway.network().deeds.values().all(|times| *times == 1), "each key once");
    let (function, authorization, body) = gateway.network().calls[0].clone();
    assert_eq!((function.as_str(), authorization), ("work-orders", format!("Bearer {SECRET}")));
    let [first, second, third] = [0, 1, 2].map(|place| body["requests"][place].clone());
    assert_eq!((&first["key"], &first["action"], &first["line"]), (&json!("1"), &json!("activate"), &json!("1")));
    assert_eq!((&first["kind"], &first["network"]), (&json!("mobile"), &json!("first")));
    assert_eq!(first["number"], "+33639000001");
    assert_eq!(first["service"], json!({ "offer": "small", "capping": "capped", "options": [], "cutoffs": [] }));
    assert!(first["sim"]["iccid"].as_str().is_some_and(|iccid| iccid.len() == 19) && first["sim"]["imsi"] == "208010000000001");
    assert_eq!((&second["action"], &second["service"]), (&json!("swap-sim"), &json!(null)));
    assert_ne!(second["next_sim"]["iccid"], second["sim"]["iccid"]);
    assert_eq!(third["number"], json!(null), "the network gives it");
    let keys = vec![WorkOrderId(2), WorkOrderId(7)];
    assert_eq!(network.withdraw(keys, at(2)).await, [done(), Reply::Withdrawn].map(Asked::Answered), "too late for one");
    let many = network.send(some(100..1_300), at(3)).await;
    assert!(many.len() == 1_200 && many.iter().all(|asked| *asked == Asked::Answered(done())));
    let sizes: Vec<usize> =
        gateway.network().calls[3..].iter().map(|(.., body)| body["requests"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [500, 500, 200]);
}

/// PLT-12: a network that takes its time answers later, twice and out of order: all of it is fetched, the oldest of the gateway first, until it is
/// acknowledged; it is not asked more often than was agreed.
#[tokio::test]
async fn answers_are_fetched_until_they_are_acknowledged() {
    let (gateway, url) = Gateway::start(Pace::Slow).await;
    let network = network(&url, AMPLE);
    assert_eq!(network.send(some(1..3), at(0)).await, [Reply::Accepted, Reply::Accepted].map(Asked::Answered));
    let calls = |function: &str| gateway.network().calls.iter().filter(|(called, ..)| called == function).count();
    let fetched = network.answers(5_000, at(1)).await.unwrap();
    let said: Vec<_> = fetched.iter().map(|Answer { key, reply, .. }| (key.0, reply.clone())).collect();
    let all = [(2, done()), (2, done()), (2, Reply::Accepted), (1, done()), (1, done()), (1, Reply::Accepted)];
    assert_eq!(said, all, "the latest first, as the gateway gives them");
    assert_eq!(network.answers(5_000, at(1 + EVERY_S - 1)).await.unwrap(), []);
    assert_eq!(calls("answers"), 1, "it is too early to ask again");
    let again = network.answers(5_000, at(1 + EVERY_S)).await.unwrap();
    assert_eq!(again, fetched, "nobody acknowledged them");
    network.acknowledge(fetched.iter().take(4).map(|answer| answer.id.clone()).collect()).await.unwrap();
    assert_eq!(network.answers(5_000, at(40)).await.unwrap(), fetched[4..]);
    // Where there may be more, the next round asks at once.
    assert_eq!(network.answers(1, at(60)).await.unwrap(), fetched[4..5]);
    assert_eq!(network.answers(1, at(60)).await.unwrap().len(), 1);
    // Who calls back is never asked.
    let told = HttpNetwork::new(HttpNetworkSettings { poll_every_s: None, ..settings(&url, AMPLE) }).unwrap();
    let before = calls("answers");
    assert_eq!(told.answers(5_000, at(100)).await.unwrap(), []);
    assert_eq!(calls("answers"), before);
}

/// PLT-12: a refusal has the network's reason, in printable signs; an answer that is none is told from a network that is not reached, and nothing of either
/// is taken for done; once a call failed, those behind it are not tried.
#[tokio::test]
async fn a_wrong_answer_of_a_gateway_is_no_refusal() {
    let (gateway, url) = Gateway::start(Pace::Refusing).await;
    let patient = network(&url, AMPLE);
    let refused = Asked::Answered(Reply::Refused { reason: "no such offer ".into() });
    assert_eq!(patient.send(some(1..2), at(0)).await, [refused]);
    for (status, text) in [(200, ""), (200, "<html>"), (200, "{}"), (200, "[]"), (500, "{\"answers\":[]}"), (502, ""), (201, "")]
    {
        gateway.goes_wrong([Wrong::Says(status, text.to_owned())]);
        let asked = patient.send(some(2..3), at(0)).await;
        assert!(asked.iter().all(is_unclear), "{status} {text}: {asked:?}");
    }
    for status in [301, 400, 401, 403, 404, 413, 429, 503] {
        gateway.goes_wrong([Wrong::TurnsAway(status)]);
        let asked = patient.send(some(2..3), at(0)).await;
        assert!(asked.iter().all(is_not_reached), "{status}: {asked:?}");
    }
    let long = format!("{{\"answers\":[]}}{}", " ".repeat(3_000_000));
    gateway.goes_wrong([Wrong::Says(200, long)]);
    assert!(patient.send(some(2..3), at(0)).await.iter().all(is_unclear), "too long");
    // Of several answers those that can be read count, and of two about one key the one that is over.
    let mixed = json!({ "answers": [
        { "key": "5", "reply": "done" }, { "key": "5", "reply": "accepted" }, { "key": "six", "reply": "done" },
        { "key": "7", "reply": "perhaps" }, { "key": "8", "reply": "done", "number": "12 34" }, { "key": "99", "reply": "done" },
        { "key": "9", "reply": "done", "number": "+33639980011", "more": [1] },
    ] });
    gateway.goes_wrong([Wrong::Says(200, mixed.to_string())]);
    let asked = patient.send(some(5..10), at(90)).await;
    let given = Reply::Done { number: "+33639980011".parse().ok() };
    assert_eq!(asked, [Asked::Answered(done()), Asked::Later, Asked::Later, Asked::Later, Asked::Answered(given)]);
    // Silence is unclear for those that were asked, and nothing for those behind them.
    let hasty = network(&url, TINY);
    let before = gateway.network().calls.len();
    gateway.goes_wrong([Wrong::Silent]);
    let asked = hasty.send(some(1_000..1_600), at(0)).await;
    assert!(asked[..500].iter().all(is_unclear) && asked[500..].iter().all(is_not_reached), "{:?}", &asked[499..501]);
    assert!(hasty.send(some(1..2), at(59)).await.iter().all(is_not_reached));
    assert_eq!(
        gateway.network().calls.len(),
        before + 1,
        "whoever waits for it would hold others up: it is left alone for a while"
    );
    gateway.goes_wrong([Wrong::Says(500, String::new()), Wrong::Silent]);
    assert!(hasty.send(some(1..2), at(61)).await.iter().all(is_unclear));
    assert_eq!(gateway.network().calls.len(), before + 2);
    assert!(matches!(hasty.answers(10, at(900)).await, Err(TransportFault::Unclear(_))));
    let nobody = network("http://127.0.0.1:1", AMPLE);
    assert!(nobody.send(some(1..2), at(0)).await.iter().all(is_not_reached));
    assert!(matches!(nobody.acknowledge(vec![]).await, Ok(())), "nothing to say");
}

/// PLT-12, PLT-16: work is not told in clear to another machine, and the secret shows nowhere.
#[tokio::test]
async fn a_gateway_elsewhere_is_spoken_to_encrypted() {
    for url in ["http://gateway.example.org", "ftp://gateway.example.org", "gateway", "https://who:what@gateway.example.org"] {
        let refused = HttpNetwork::new(settings(url, AMPLE));
        assert!(refused.is_err(), "{url}");
    }
    let encrypted = network("https://gateway.example.org/orange", AMPLE);
    let said = format!("{encrypted:?} {:?}", settings("https://gateway.example.org", AMPLE));
    assert!(said.contains("gateway.example.org") && !said.contains(SECRET), "{said}");
    let (gateway, url) = Gateway::start(Pace::Prompt).await;
    let wrong = HttpNetworkSettings { secret: "another one".to_owned().into(), ..settings(&url, AMPLE) };
    assert!(HttpNetwork::new(wrong).unwrap().send(some(1..2), at(0)).await.iter().all(is_not_reached));
    assert!(gateway.network().deeds.is_empty());
}
