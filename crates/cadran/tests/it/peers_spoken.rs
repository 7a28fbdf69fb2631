//! Host networks and profile servers that `cadran serve` speaks to, as servers on real ports.

use crate::peers::{CALLBACK_SECRET, KEYS, database, house};
use operations::{
    Actor, Scope,
    line_change::{self, Asked, Capping, Change, ChangeAsked, When},
    network_callback::{SIGNATURE, signature},
    order::{self, LineAsked, LineRequest, NumberRequest, OrderAsked, SimRequest, UserAsked},
    permission::Role,
    sim_batches::{self, BatchFile},
    sims::SimKind,
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use vocabulary::{Clock, E164, Iccid, LoginId, OperatorId, SessionId, Timestamp};

const SECRET: &str = "a secret of more than twenty-four bytes";

/// The program as it serves; it ends with this value.
struct Serving {
    child: Child,
    port: u16,
    said: Vec<String>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _ended = self.child.wait();
    }
}

fn serve(folder: &Path, peers: &Path) -> Serving {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadran"));
    command.args(["serve", "--database", &database(folder), "--listen", "127.0.0.1:0", "--peers"]).arg(peers);
    command.arg("--keys").arg(folder.join(KEYS));
    let mut child = command.env("CADRAN_TEST_GATEWAY_SECRET", SECRET).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut said: Vec<String> = Vec::new();
    // To one network at least no way leads: that is said last.
    while !said.last().is_some_and(|line| line.contains("bouygues of grandlarge: what they have to do waits")) {
        said.push(lines.next().expect("it goes on").unwrap());
    }
    // Whoever no longer listens would end a program that still speaks.
    std::thread::spawn(move || lines.for_each(drop));
    let listening = said.iter().find_map(|line| line.split("Listening on 127.0.0.1:").nth(1)).expect("it listens");
    let port = listening.split('.').next().unwrap().parse().unwrap();
    Serving { child, port, said }
}

/// Somebody of the operator.
fn staff(operator: OperatorId) -> Actor {
    Actor {
        login: LoginId(1),
        session: SessionId(1),
        scope: Scope::operator(operator),
        role: Role::OperatorAgent,
        name: "Noé Garnier".into(),
        party: "Grand Large".into(),
        owner: (None, None),
        proved: Timestamp::EPOCH,
        address: "192.0.2.7".into(),
    }
}

/// Reads one message by HTTP: its first line and headers, and its body.
async fn message(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
        if let Some(end) = end {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if bytes.len() >= end + length {
                return (head, bytes[end..end + length].to_vec());
            }
        }
        let mut piece = [0; 4_096];
        let read = stream.read(&mut piece).await.unwrap();
        assert!(read > 0, "the message ends too early: {}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&piece[..read]);
    }
}

/// Waits for a call of a function at the gateway, whatever else is called before, and answers it.
async fn called(gateway: &TcpListener, function: &str, answer: impl Fn(&Value) -> Value) -> Value {
    loop {
        let (mut stream, _) = gateway.accept().await.unwrap();
        let (head, body) = message(&mut stream).await;
        assert!(head.contains(&format!("authorization: bearer {}", SECRET.to_lowercase())), "{head}");
        let asked: Value = serde_json::from_slice(&body).unwrap();
        let is_it = head.starts_with(&format!("post /network/v1/{function} "));
        let text = if is_it { answer(&asked) } else { json!({ "answers": [] }) }.to_string();
        let whole = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}", text.len());
        stream.write_all(whole.as_bytes()).await.unwrap();
        if is_it {
            return asked;
        }
    }
}

/// Posts to the program, and says the status.
async fn post(port: u16, path: &str, (name, value): (&str, &str), body: &str) -> u16 {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n{name}: {value}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (answer, _) = message(&mut stream).await;
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Calls back as a network, and says the status.
async fn calls_back(port: u16, body: &str, secret: &str) -> u16 {
    let now_s = Clock::system().now().seconds_since(Timestamp::EPOCH);
    let signed = signature(secret, body.as_bytes(), now_s);
    post(port, "/callbacks/networks/grandlarge/orange", (SIGNATURE, &signed), body).await
}

/// PLT-12, RES-24: served with the settings of a gateway, a line is suspended when the gateway calls back, twice and signed, and goes on when its answer is
/// fetched, which comes twice and after a later one; what no way leads to is said at the start.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_suspended_through_a_gateway() {
    let folder = tempfile::tempdir().unwrap();
    let (house, operator, line) = house(folder.path()).await;
    let gateway = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let peers = folder.path().join("peers.toml");
    fs::write(folder.path().join("callback"), format!("{CALLBACK_SECRET}\n")).unwrap();
    let text = format!(
        "[[host-network]]\noperator = \"grandlarge\"\nnetwork = \"orange\"\nadapter = \"http\"\nurl = \"http://{}/network\"\n\
         secret_env = \"CADRAN_TEST_GATEWAY_SECRET\"\ncallback_secret_file = \"callback\"\npoll_every = \"1 s\"\n",
        gateway.local_addr().unwrap()
    );
    fs::write(&peers, text).unwrap();
    let serving = serve(folder.path(), &peers);
    assert!(serving.said.iter().any(|line| line.contains("eSIM profile server of grandlarge")), "{:?}", serving.said);
    let actor = staff(operator);
    let ask = async |change: Change| {
        let asked = ChangeAsked { change, when: When::Soonest };
        let came = line_change::ask(&house, &actor, line, &asked).await.unwrap().unwrap();
        assert!(matches!(came, Ok(Asked::Begun(_))), "{came:?}");
    };
    let state = async || house.store.scoped(actor.scope).line(line).await.unwrap().unwrap().state;
    let accepted = |asked: &Value| json!({ "answers": [{ "key": asked["requests"][0]["key"], "reply": "accepted" }] });

    ask(Change::Suspend).await;
    let asked = called(&gateway, "work-orders", accepted).await["requests"][0].clone();
    assert_eq!((&asked["action"], &asked["sim"]["iccid"]), (&json!("suspend"), &json!("8933263212200169065")));
    assert_eq!(state().await, "active");
    let done = json!({ "id": "c-1", "key": asked["key"], "reply": "done" }).to_string();
    assert_eq!(calls_back(serving.port, &done, "a guess that is as long as the secret").await, 401);
    assert_eq!(
        calls_back(serving.port, &json!({ "id": "c-0", "key": "99999999", "reply": "done" }).to_string(), CALLBACK_SECRET).await,
        404
    );
    assert_eq!(state().await, "active");
    for _ in 0..2 {
        assert_eq!(calls_back(serving.port, &done, CALLBACK_SECRET).await, 204);
        assert_eq!(state().await, "suspended", "once it is answered it stands in the database");
    }

    ask(Change::Reactivate).await;
    let asked = called(&gateway, "work-orders", accepted).await["requests"][0].clone();
    assert_eq!(asked["action"], "reactivate");
    let key = &asked["key"];
    let said = |id: &str, reply: &str| json!({ "id": id, "key": key, "reply": reply });
    let later = |_: &Value| json!({ "answers": [said("p-2", "done"), said("p-1", "accepted"), said("p-2", "done")] });
    called(&gateway, "answers", later).await;
    let acknowledged = called(&gateway, "acknowledgements", |_| json!({})).await;
    assert_eq!(acknowledged["ids"], json!(["p-2", "p-1", "p-2"]));
    assert_eq!(state().await, "active");
}

/// MOB-52, RES-08, PLT-16: served with the settings of an SM-DP+, the eSIM of an ordered line is ordered there in the name and the form that were agreed
/// on, and who calls back with the agreed secret is heard, another one is not.
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_server_is_spoken_to_as_it_is_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let (house, operator, _) = house(folder.path()).await;
    let smdp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let peers = folder.path().join("peers.toml");
    fs::write(folder.path().join("callback"), CALLBACK_SECRET).unwrap();
    let text = format!(
        "[[profile-server]]\noperator = \"grandlarge\"\nurl = \"http://{}\"\naddress = \"rsp.example.org\"\nrequester = \"2.999.7\"\n\
         iccid = \"padded\"\ncallback_secret_file = \"callback\"\nanswer_within = \"20 s\"\n",
        smdp.local_addr().unwrap()
    );
    fs::write(&peers, text).unwrap();
    let iccid = Iccid::from_serial(893_326_321_220_016_900).unwrap();
    let maker = format!("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n{iccid};208010000000001;1234;87000002;5678;99000002\n");
    let file = BatchFile { name: "maker.csv", network: "orange", kind: SimKind::Esim, bytes: maker.as_bytes() };
    sim_batches::set_up(&house, operator, file, &[]).await.unwrap().unwrap();
    let transaction = house.store.begin().await.unwrap();
    let numbers = [E164::from_digits(33_639_990_000).unwrap()];
    let new = store::NewNumbers { operator, reseller: None, network: None, kind: None, numbers: &numbers };
    transaction.take_numbers_in(&new).await.unwrap();
    transaction.commit().await.unwrap();
    let actor = staff(operator);
    let store::Party::Customer(customer) =
        house.store.scoped(actor.scope).customers_like("V100001", 1).await.unwrap().remove(0).party
    else {
        panic!("a customer")
    };
    let request = LineRequest {
        network: "orange".into(),
        offer: "unlimited-5".into(),
        capping: Some(Capping::Capped),
        options: Vec::new(),
        cutoffs: Vec::new(),
        sim: SimRequest::Any(SimKind::Esim),
        number: NumberRequest::Any,
        begins: When::Soonest,
    };
    let line = LineAsked { request, user: UserAsked::named("Léa Martin") };
    let asked =
        OrderAsked { customer, account: None, token: "form".into(), closing: Default::default(), split: None, lines: vec![line] };
    order::place(&house, &actor, &asked).await.unwrap().unwrap().unwrap();

    let serving = serve(folder.path(), &peers);
    assert!(!serving.said.iter().any(|line| line.contains("eSIM profile server of grandlarge")), "{:?}", serving.said);
    let (mut stream, _) = smdp.accept().await.unwrap();
    let (head, body) = message(&mut stream).await;
    assert!(head.starts_with("post /gsma/rsp2/es2plus/downloadorder "), "{head}");
    let ordered: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(ordered["header"]["functionRequesterIdentifier"], "2.999.7");
    assert_eq!(ordered["iccid"], format!("{iccid}F"));

    let told = json!({
        "header": { "functionRequesterIdentifier": "2.999.8", "functionCallIdentifier": "1" }, "iccid": "8933263212200169081",
        "profileType": "consumer", "timestamp": "2026-11-21T10:00:00Z", "notificationPointId": 4,
        "notificationPointStatus": { "status": "Executed-Success" },
    });
    for (secret, status) in [("a guess that is as long as the secret", 401), (CALLBACK_SECRET, 404)] {
        let authorization = format!("Bearer {secret}");
        let path = "/gsma/rsp2/es2plus/handleDownloadProgressInfo";
        assert_eq!(post(serving.port, path, ("Authorization", &authorization), &told.to_string()).await, status);
    }
}
