//! Host networks and profile servers as `cadran serve` is told of them: mistakes are named before anything is served, and a gateway on a real port
//! does what a line is asked for.

use crate::{cadran, catalogs};
use catalog::CatalogFiles;
use operations::{
    Actor, House, NewBrand, NewCustomer, NewLine, NewOperator, Scope,
    line_change::{self, Asked, Change, ChangeAsked, When},
    network_callback::{SIGNATURE, signature},
    permission::Role,
    provision,
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use store::Store;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use vocabulary::{Clock, LineId, LoginId, OperatorId, SessionId, Timestamp};

const SECRET: &str = "a secret of more than twenty-four bytes";
const CALLBACK_SECRET: &str = "another secret of more than twenty-four bytes";

/// An operator with a line in service, in a database in a folder.
async fn house(folder: &Path) -> (House, OperatorId, LineId) {
    let store = Store::open(&database(folder)).await.unwrap();
    let house = House::new(store, &CatalogFiles::read(&catalogs()).unwrap(), Clock::system()).unwrap();
    let since = Timestamp::EPOCH.plus_seconds(1_700_000_000);
    let iccid = Some("8933263212200169065".to_owned());
    let line = NewLine { iccid, ..NewLine::in_service("+33639980011", ("mobile", "orange", "unlimited-5"), since) };
    let brand = NewBrand {
        host: "grandlarge.example".to_owned(),
        reseller: None,
        name: "Grand Large".to_owned(),
        colour: "#0f766e".to_owned(),
        contact: String::new(),
    };
    let new = NewOperator {
        slug: "grandlarge".to_owned(),
        name: "Grand Large".to_owned(),
        customers: vec![NewCustomer::household("V100001", "Famille Test", vec![line])],
        brands: vec![brand],
        ..NewOperator::default()
    };
    let operator = provision(&house, &new).await.unwrap();
    let line = house.store.scoped(Scope::operator(operator)).line_choices().await.unwrap()[0].id;
    (house, operator, line)
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("cadran.db").display())
}

/// PLT-12, MOB-52, PLT-16: everything that is wrong in the file of peers is named in one pass, by its place and field, and no secret is repeated.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_peers_are_named_in_one_pass() {
    let folder = tempfile::tempdir().unwrap();
    drop(house(folder.path()).await);
    let path = |name: &str| folder.path().join(name);
    fs::write(path("short"), "short\n").unwrap();
    fs::write(path("empty"), "\n").unwrap();
    fs::write(path("long"), CALLBACK_SECRET).unwrap();
    let text = r#"
        [[host-network]]
        operator = "grandlarge"
        network = "orange"
        url = "http://gateway.example.org"
        secret = "this one stands in the open"
        secret_file = "nowhere"
        connect_within = "1 h"
        certificate = "client.pem"
        colour = "red"

        [[host-network]]
        operator = "nobody"
        network = "orange"
        adapter = "pigeon"

        [[host-network]]
        operator = "grandlarge"
        network = "orange"
        adapter = "http"
        url = 12
        secret_env = "CADRAN_TEST_NO_SUCH_VARIABLE"
        callback_secret_file = "short"

        [[host-network]]
        operator = "grandlarge"
        network = "nowhere"
        url = "https://gateway.example.org"
        callback_secret_file = "empty"

        [[host-network]]
        operator = "grandlarge"
        network = "bouygues"
        url = "https://gateway.example.org"
        secret_file = "long"
        callback_secret_file = "short"

        [[profile-server]]
        operator = "grandlarge"
        url = "https://smdp.example.org"
        address = "not a name"
        iccid = "roman"
        enabled_point = -4

        [profile-servers]
        "#;
    let file = path("peers.toml");
    fs::write(&file, text).unwrap();
    let arguments = ["serve", "--database", &database(folder.path()), "--listen", "127.0.0.1:0"];
    let output = cadran(&[&arguments[..], &["--peers", file.to_str().unwrap()]].concat(), "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{said}");
    let network = "[[host-network]]";
    for fault in [
        &format!("{network} 1 (grandlarge, orange): url: the address of the gateway cannot be used"),
        &format!("{network} 1 (grandlarge, orange): secret: a secret does not stand in this file"),
        &format!("{network} 1 (grandlarge, orange): secret_file: `"),
        &format!("{network} 1 (grandlarge, orange): connect_within: `1 h` is not from `1 s` to `10 s`"),
        &format!("{network} 1 (grandlarge, orange): certificate: `"),
        &format!("{network} 1 (grandlarge, orange): key: is missing: a certificate needs its key"),
        &format!("{network} 1 (grandlarge, orange): colour: is not known"),
        &format!("{network} 2 (nobody, orange): operator: `nobody` is not in this database"),
        &format!("{network} 2 (nobody, orange): adapter: `pigeon` is none of http, simulated"),
        &format!("{network} 3 (grandlarge, orange): network: `orange` of grandlarge stands here twice"),
        &format!("{network} 3 (grandlarge, orange): url: is no text in quotes"),
        &format!("{network} 3 (grandlarge, orange): secret_env: variable `CADRAN_TEST_NO_SUCH_VARIABLE` is not set"),
        &format!("{network} 4 (grandlarge, nowhere): network: `nowhere` is none of the catalogue of grandlarge"),
        &format!("{network} 4 (grandlarge, nowhere): callback_secret_file: is empty"),
        &format!("{network} 4 (grandlarge, nowhere): secret_file: is missing, and so is `secret_env`"),
        &format!("{network} 5 (grandlarge, bouygues): callback_secret_file: the secret of a network's call-backs is shorter"),
        "[[profile-server]] 1 (grandlarge): requester: is missing",
        "[[profile-server]] 1 (grandlarge): address: ",
        "[[profile-server]] 1 (grandlarge): iccid: `roman` is none of digits, padded",
        "[[profile-server]] 1 (grandlarge): enabled_point: is no whole number of 0 or more",
        "`profile-servers` is neither [[host-network]] nor [[profile-server]]",
    ] {
        assert!(said.contains(fault), "{fault}\n\n{said}");
    }
    assert_eq!(said.matches("): secret_file:").count(), 2, "what is wrong is said once: {said}");
    assert!(!said.contains("stands in the open") && !said.contains("Listening"), "{said}");
    fs::write(&file, "[[host-network").unwrap();
    let output = cadran(&[&arguments[..], &["--peers", file.to_str().unwrap()]].concat(), "");
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot be read as TOML"));
}

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
    let mut child = command.env("CADRAN_TEST_GATEWAY_SECRET", SECRET).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut said: Vec<String> = Vec::new();
    // To the last line that it says as it begins.
    while !said.last().is_some_and(|line| line.contains("eSIM profile server")) {
        said.push(lines.next().expect("it goes on").unwrap());
    }
    // Whoever no longer listens would end a program that still speaks.
    std::thread::spawn(move || lines.for_each(drop));
    let listening = said.iter().find_map(|line| line.split("Listening on 127.0.0.1:").nth(1)).expect("it listens");
    let port = listening.split('.').next().unwrap().parse().unwrap();
    Serving { child, port, said }
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

/// Calls back, and says the status.
async fn calls_back(port: u16, body: &str, secret: &str) -> u16 {
    let now_s = Clock::system().now().seconds_since(Timestamp::EPOCH);
    let signed = signature(secret, body.as_bytes(), now_s);
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = format!(
        "POST /callbacks/networks/grandlarge/orange HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         {SIGNATURE}: {signed}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (answer, _) = message(&mut stream).await;
    answer.split(' ').nth(1).unwrap().parse().unwrap()
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
    assert!(serving.said.iter().any(|line| line.contains("No way leads to bouygues of grandlarge")), "{:?}", serving.said);
    let actor = Actor {
        login: LoginId(1),
        session: SessionId(1),
        scope: Scope::operator(operator),
        role: Role::OperatorAgent,
        name: "Noé Garnier".into(),
        party: "Grand Large".into(),
        owner: (None, None),
        proved: Timestamp::EPOCH,
        address: "192.0.2.7".into(),
    };
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
