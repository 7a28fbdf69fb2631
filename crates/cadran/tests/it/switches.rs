//! A switch that asks where calls go: sipp, Debian's test caller, against the redirect server, for every decision of FIX-15; and HTTP beside it.

use crate::{
    catalogs,
    sipp::{Call, sipp},
};
use catalog::CatalogFiles;
use gateways::{
    known_hosts::KnownHosts,
    sip_redirect::{self, KnownSwitch, Places, Redirector},
    switch_lookup,
};
use operations::{
    House, NewCustomer, NewLine, NewOperator, Scope,
    life::Doer,
    provision,
    telephony::{Change, ChangeAsked, Source, Switch, change, telephone},
};
use std::{net::Ipv4Addr, sync::Arc};
use store::Store;
use testkit::TestDatabase;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, UdpSocket},
    task::JoinSet,
};
use vocabulary::{Clock, E164, LineId, OperatorId, Timestamp};

/// A line and the numbers after it; a mobile line of the same household.
pub(crate) const LINE: &str = "+33388110000";
const SECOND: &str = "+33388110001";
const THIRD: &str = "+33388110002";
const MOBILE: &str = "+33639980011";
const STRANGER: &str = "+33155667788";
/// A switch with a voicemail and announcements; one that has neither.
const WITH_ALL: Ipv4Addr = Ipv4Addr::LOCALHOST;
const WITH_LITTLE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const UNKNOWN: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);

/// An operator with three fixed lines and a mobile one, and the servers that its switches ask.
pub(crate) struct Town {
    pub(crate) house: House,
    pub(crate) operator: OperatorId,
    pub(crate) lines: Vec<LineId>,
    pub(crate) sip: u16,
    http: u16,
    _servers: JoinSet<()>,
}

pub(crate) async fn house(url: &str) -> (House, OperatorId, Vec<LineId>) {
    let store = Store::open(url).await.unwrap();
    let house = House::new(store, &CatalogFiles::read(&catalogs()).unwrap(), Clock::system()).unwrap();
    let since = Timestamp::EPOCH.plus_seconds(1_700_000_000);
    let fixed = |number: &str| NewLine::in_service(number, ("fixed", "vallee", "fixed-metered"), since);
    let mut lines: Vec<NewLine> = [LINE, SECOND, THIRD].map(fixed).into();
    lines.push(NewLine::in_service(MOBILE, ("mobile", "rhenane", "mobile-20"), since));
    let customers = vec![NewCustomer::household("V100001", "Famille Test", lines)];
    let new = NewOperator { slug: "vallee".to_owned(), name: "Vallée".to_owned(), customers, ..NewOperator::default() };
    let operator = provision(&house, &new).await.unwrap();
    let known = house.store.scoped(Scope::operator(operator)).line_choices().await.unwrap();
    let named = |number: &str| known.iter().find(|line| line.number.to_string() == number).unwrap().id;
    let lines = [LINE, SECOND, THIRD, MOBILE].map(named).into();
    (house, operator, lines)
}

impl Town {
    pub(crate) async fn start(url: &str) -> Self {
        let (house, operator, lines) = house(url).await;
        let all = Places {
            lines: "lines.example".into(),
            numbers: "trunk.example".into(),
            voicemail: Some("sip:voicemail@media.example".into()),
            announcement: Some("sip:annc@media.example;play=file:///{answer}.wav".into()),
        };
        let little = Places { voicemail: None, announcement: None, ..all.clone() };
        let known = [(WITH_ALL, all), (WITH_LITTLE, little)]
            .map(|(host, places)| (host.to_string().parse().unwrap(), Arc::new(KnownSwitch { operator, places })));
        let known = KnownHosts::new(known.into());
        let desk = Arc::new(house.clone());
        let redirector = Arc::new(Redirector::new(desk.clone(), known.clone()));
        let (packets, connections) = loop {
            let connections = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await.unwrap();
            if let Ok(packets) = UdpSocket::bind(connections.local_addr().unwrap()).await {
                break (packets, connections);
            }
        };
        let asked = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await.unwrap();
        let (sip, http) = (connections.local_addr().unwrap().port(), asked.local_addr().unwrap().port());
        let mut servers = JoinSet::new();
        let (udp, tcp) = (sip_redirect::serve_udp(redirector.clone(), packets), sip_redirect::serve_tcp(redirector, connections));
        servers.spawn(async move { udp.await.unwrap() });
        servers.spawn(async move { match tcp.await {} });
        let lookup = switch_lookup::serve(desk, known, asked);
        servers.spawn(async move { match lookup.await {} });
        Self { house, operator, lines, sip, http, _servers: servers }
    }

    /// The answer to a call that sipp places has this code, and all of these in it, in this order.
    async fn is_answered(&self, call: Call<'_>, code: u16, parts: &[&str]) {
        sipp(self.sip, call, code, parts).await;
    }

    async fn change(&self, at: usize, change_to: Change) {
        let asked = ChangeAsked::Other(change_to);
        change(&self.house, Doer::Program(self.operator), self.lines[at], (&asked, Source::Page))
            .await
            .unwrap()
            .unwrap()
            .unwrap();
    }

    async fn suspend(&self, database: &TestDatabase, at: usize) {
        let sql = format!("UPDATE line SET state = 'suspended' WHERE id = {}", self.lines[at].0);
        testkit::raw::run(database.url(), &sql).await;
    }

    /// Asks by HTTP from an address: the status and the body.
    async fn http(&self, from: Ipv4Addr, request: &str) -> String {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind((from, 0).into()).unwrap();
        let mut stream: TcpStream = socket.connect((Ipv4Addr::LOCALHOST, self.http).into()).await.unwrap();
        let _closed = stream.write_all(request.as_bytes()).await;
        let mut text = String::new();
        let _closed = stream.read_to_string(&mut text).await;
        text
    }

    async fn get(&self, path: &str) -> String {
        self.http(WITH_ALL, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).await
    }

    async fn post(&self, path: &str, body: &str) -> String {
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        self.http(WITH_ALL, &format!("{head}{body}")).await
    }
}

fn to(number: &str) -> Call<'_> {
    Call { from: WITH_ALL, transport: "u1", user: number, parameters: "", caller: STRANGER, headers: "" }
}

fn standing<'a>(number: &'a str, parameters: &'a str) -> Call<'a> {
    Call { parameters, ..to(number) }
}

/// FIX-01, FIX-03 to FIX-08, FIX-11 to FIX-13, FIX-15, FIX-17, TEL-11: every decision, as sipp hears it over UDP and TCP, after codes that it dialled.
#[tokio::test(flavor = "multi_thread")]
async fn a_switch_is_told_every_decision() {
    for database in testkit::databases() {
        let town = Town::start(database.url()).await;
        let dialled = |code: &'static str| Call { caller: LINE, ..to(code) };
        let rings = "<sip:.33388110000@lines.example;user=phone.Expires=20>;q=1.0";
        let voicemail = "<sip:voicemail@media.example;target=sip:.33388110000%40lines.example;cause=";
        // As nobody touched it: the bell, a tone for a second caller, the voicemail for the rest.
        town.is_answered(
            to(LINE),
            302,
            &[rings, &format!("{voicemail}408.Diversion=%3Csip:"), "reason%3Dno-answer%3Bcounter%3D1>;q=0.5"],
        )
        .await;
        town.is_answered(Call { transport: "t1", ..to("0388110000") }, 302, &[rings]).await;
        town.is_answered(standing(LINE, ";standing=busy"), 302, &["Alert-Info=%3Curn:alert:service:call-waiting%3E>;q=1.0"])
            .await;
        for (parameters, cause) in
            [(";cause=486", "486"), (";cause=503", "503"), (";cause=408", "408"), (";standing=not-taken", "408")]
        {
            town.is_answered(standing(LINE, parameters), 302, &[&format!("{voicemail}{cause}>;q=1.0")]).await;
        }
        // Where there is no voicemail, nobody is there.
        let little = |parameters| Call { from: WITH_LITTLE, ..standing(LINE, parameters) };
        town.is_answered(little(";standing=full"), 486, &[]).await;
        town.is_answered(little(";standing=no-answer"), 480, &[]).await;
        town.is_answered(little(";standing=unreachable"), 480, &[]).await;
        // Forwards for each case, by dialling; the code is heard, and comes again without harm.
        let done = "<sip:annc@media.example;play=file:///done.wav>";
        town.is_answered(dialled("*23*0612345678%23"), 302, &[done]).await;
        town.is_answered(dialled("*23*0612345678%23"), 302, &[done]).await;
        let forwarded = "<sip:.33612345678@trunk.example;user=phone>;q=1.0";
        let because = |reason: &str| format!("Diversion: <sip:.33388110000@lines.example>;reason={reason};counter=1");
        town.is_answered(standing(LINE, ";standing=no-answer"), 302, &[forwarded, &because("no-answer")]).await;
        town.is_answered(to(LINE), 302, &[rings]).await;
        town.is_answered(dialled("*69*0612345678%23"), 302, &[done]).await;
        town.is_answered(standing(LINE, ";standing=full"), 302, &[forwarded, &because("user-busy")]).await;
        town.is_answered(Call { transport: "t1", ..dialled("*21*0612345678%23") }, 302, &[done]).await;
        town.is_answered(standing(LINE, ";standing=unreachable"), 302, &[forwarded, &because("unconditional")]).await;
        // Once too often, or back: the voicemail, or nothing.
        let headers = "Diversion: <sip:+33612345678@x>;reason=unconditional\r\n";
        town.is_answered(Call { headers, ..to(LINE) }, 302, &[&format!("{voicemail}302>")]).await;
        town.is_answered(Call { headers, ..little("") }, 603, &[]).await;
        town.is_answered(Call { headers: "Diversion: <sip:+33199000000@x>;counter=9\r\n", ..little("") }, 603, &[]).await;
        // Straight to the voicemail; all off.
        town.is_answered(dialled("*95%23"), 302, &[done]).await;
        town.is_answered(dialled("*75%23"), 302, &[done]).await;
        town.is_answered(to(LINE), 302, &[&format!("{voicemail}302>")]).await;
        town.is_answered(dialled("%2375%23"), 302, &[done]).await;
        // Two lines ring; whose number is hidden stays hidden.
        town.change(0, Change::RingWith { number: Some(MOBILE.parse::<E164>().unwrap()) }).await;
        town.is_answered(to(LINE), 302, &[rings]).await;
        let option = format!("INSERT INTO line_option (line_id, option, since) VALUES ({}, 'convergence', 0)", town.lines[0].0);
        testkit::raw::run(database.url(), &option).await;
        let both = "<sip:.33639980011@trunk.example;user=phone.Expires=20>;q=1.0";
        town.is_answered(to(LINE), 302, &[rings, both]).await;
        town.is_answered(
            Call { headers: "Privacy: id\r\n", ..to(LINE) },
            302,
            &["Privacy=id", "P-Asserted-Identity: <sip:.33155667788@", "Privacy: id"],
        )
        .await;
        town.change(1, Change::HideNumber { to: Switch::On }).await;
        town.is_answered(Call { caller: SECOND, ..to(LINE) }, 302, &["Privacy: id"]).await;
        town.is_answered(
            Call { caller: LINE, ..to("*92*0612345678%23") },
            302,
            &["<sip:.33612345678@trunk.example;user=phone.Privacy=id>", "Privacy: id"],
        )
        .await;
        // Whom nobody vouches for changes nothing, and reaches help all the same.
        let unvouched = "P-Asserted-Identity: <sip:anonymous@anonymous.invalid>\r\n";
        town.is_answered(Call { headers: unvouched, ..dialled("*21*0612345678%23") }, 404, &[]).await;
        let for_help = Call { headers: unvouched, parameters: ";user=dialstring", ..to("112") };
        town.is_answered(for_help, 302, &["<sip:112@trunk.example"]).await;
        // Help is always reached, and sees who calls.
        for caller in [SECOND, STRANGER] {
            town.is_answered(Call { caller, ..to("112") }, 302, &["<sip:112@trunk.example", "Privacy: none"]).await;
        }
        // Nobody's number, codes that are none, a line that may not.
        town.is_answered(to("+33388119999"), 404, &[]).await;
        town.is_answered(dialled("*21*112%23"), 302, &["play=file:///emergency-number.wav"]).await;
        town.is_answered(dialled("*77%23"), 302, &["play=file:///no-such-service.wav"]).await;
        town.is_answered(Call { from: WITH_LITTLE, ..dialled("*77%23") }, 404, &["no-such-service"]).await;
        town.is_answered(Call { from: WITH_LITTLE, ..dialled("*21*0899123456%23") }, 603, &["service-number"]).await;
        town.is_answered(to("*21*0612345678%23"), 404, &[]).await;
        town.suspend(&database, 2).await;
        town.is_answered(to(THIRD), 480, &[]).await;
        town.is_answered(Call { caller: THIRD, ..to("*21*0612345678%23") }, 302, &["play=file:///out-of-service.wav"]).await;
    }
}

/// FIX-17: whoever is not known is not answered, by packet or connection, and the next known one is.
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_not_answered() {
    let database = testkit::databases().remove(0);
    let town = Town::start(database.url()).await;
    let options = "OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP h;rport;branch=z9hG4bK-1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x>\r\n\
                   Call-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    let [stranger, known] = [UNKNOWN, WITH_ALL].map(|host| std::net::UdpSocket::bind((host, 0)).unwrap());
    for socket in [&stranger, &known] {
        socket.connect((Ipv4Addr::LOCALHOST, town.sip)).unwrap();
        socket.set_nonblocking(true).unwrap();
    }
    let known = UdpSocket::from_std(known).unwrap();
    stranger.send(options.as_bytes()).unwrap();
    let mut buffer = [0; 2_048];
    known.send(options.as_bytes()).await.unwrap();
    let length = known.recv(&mut buffer).await.unwrap();
    assert!(buffer[..length].starts_with(b"SIP/2.0 200 OK\r\n"));
    assert_eq!(stranger.recv(&mut buffer).map_err(|error| error.kind()), Err(std::io::ErrorKind::WouldBlock));
    for (port, text) in [(town.sip, options), (town.http, "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")] {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind((UNKNOWN, 0).into()).unwrap();
        let mut stream = socket.connect((Ipv4Addr::LOCALHOST, port).into()).await.unwrap();
        let _closed = stream.write_all(text.as_bytes()).await;
        assert!(matches!(stream.read(&mut buffer).await, Ok(0) | Err(_)), "closed without a word");
    }
}

/// FIX-17: a softswitch asks by HTTP and is told the same, and dials; what it asks wrongly is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_softswitch_asks_by_http() {
    for database in testkit::databases() {
        let town = Town::start(database.url()).await;
        let body = |answer: &str| answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned();
        let said = |answer: String| serde_json::from_str::<serde_json::Value>(&body(&answer)).unwrap();
        let route = said(town.get("/v1/route?called=0388110000&caller=%2B33155667788").await);
        let wanted = serde_json::json!({
            "call": "line", "called": LINE, "caller": STRANGER, "goes": "ring", "seconds": 20, "waiting": "off", "with": null,
            "shows": STRANGER, "then": { "goes": "voicemail" }
        });
        assert_eq!(route, wanted);
        let dialled = serde_json::json!({ "line": LINE, "dialled": "*21*0612345678#" }).to_string();
        assert_eq!(said(town.post("/v1/dial", &dialled).await), serde_json::json!({ "answer": "done" }));
        let route = said(town.get("/v1/route?called=%2B33388110000&hidden=yes&standing=busy&caller=0155667788").await);
        assert_eq!(
            (&route["goes"], &route["to"], &route["shows"]),
            (&"forward".into(), &"+33612345678".into(), &serde_json::Value::Null)
        );
        let route = said(town.get("/v1/route?called=%2B33388110000&passed=0612345678").await);
        assert_eq!(route["goes"], "voicemail");
        let dialled = serde_json::json!({ "line": LINE, "dialled": "112" }).to_string();
        let wanted = serde_json::json!({ "answer": "connected", "to": "112", "shows": LINE });
        assert_eq!(said(town.post("/v1/dial", &dialled).await), wanted);
        for (path, status) in [
            ("/v1/route", "400"),
            ("/v1/route?called=0388110000&standing=asleep", "400"),
            ("/v1/route?called=0388110000&colour=red", "400"),
            ("/v1/route?called=0388119999", "404"),
            ("/v1/dial", "405"),
            ("/v2/route", "404"),
            ("/v1/health", "200"),
        ] {
            assert!(town.get(path).await.starts_with(&format!("HTTP/1.1 {status} ")), "{path}");
        }
        for wrong in ["", "{}", "[1", &"x".repeat(10_000), r#"{"line":"+33388110000","dialled":"*21#","more":1}"#] {
            assert!(town.post("/v1/dial", wrong).await.starts_with("HTTP/1.1 400 "), "{wrong:.20}");
        }
        let page =
            "POST /v1/dial HTTP/1.1\r\nHost: x\r\nOrigin: https://page.example\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        assert!(town.http(WITH_ALL, page).await.starts_with("HTTP/1.1 403 "), "a page in a browser");
        let stranger = serde_json::json!({ "line": STRANGER, "dialled": "*21*0612345678#" }).to_string();
        assert!(town.post("/v1/dial", &stranger).await.starts_with("HTTP/1.1 404 "));
    }
}

/// FIX-17: cut packets, wrong lengths, 400 hops and garbage, by packet and connection: nothing is changed, and the next good call is answered.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_thrown_at_it_changes_nothing() {
    for database in testkit::databases() {
        let town = Town::start(database.url()).await;
        let code = format!(
            "INVITE sip:*21*0612345678%23@x SIP/2.0\r\nVia: SIP/2.0/UDP h;rport;branch=z9hG4bK-1\r\nFrom: <sip:{LINE}@b>;tag=1\r\nTo: <sip:x>\r\n\
             Call-ID: 1\r\nCSeq: 1 INVITE\r\nContent-Length: 5\r\n\r\nv=0\r\n"
        );
        let mut thrown: Vec<Vec<u8>> = (0..code.len()).map(|cut| code.as_bytes()[..cut].to_vec()).collect();
        for (what, by) in [
            ("Length: 5", "Length: -1"),
            ("Length: 5", "Length: 99999999999999999999"),
            ("Length: 5", "Length: x"),
            ("Call-ID", "Call ID"),
            ("From", "F\0om"),
        ] {
            thrown.push(code.replace(what, by).into_bytes());
        }
        thrown.push(code.replace("From", &format!("{}From", "Via: SIP/2.0/UDP h;branch=z9hG4bK-2\r\n".repeat(400))).into_bytes());
        thrown.extend([vec![0; 60_000], vec![0xff; 1_400], vec![b'\n'; 1_400]]);
        let packets = UdpSocket::bind((WITH_ALL, 0)).await.unwrap();
        packets.connect((Ipv4Addr::LOCALHOST, town.sip)).await.unwrap();
        for bytes in &thrown {
            packets.send(bytes).await.unwrap();
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, town.sip)).await.unwrap();
            let _closed = stream.write_all(bytes).await;
        }
        let call = Call { from: WITH_ALL, transport: "t1", ..to(LINE) };
        town.is_answered(call, 302, &["<sip:.33388110000@lines.example"]).await;
        town.is_answered(to(LINE), 302, &["<sip:.33388110000@lines.example"]).await;
        let actor = anybody(town.operator);
        let kept = telephone(&town.house, &actor, town.lines[0]).await.unwrap().unwrap().kept;
        assert_eq!((kept.version, kept.changed), (0, None));
    }
}

/// Somebody of the operator who sees its lines.
fn anybody(operator: OperatorId) -> operations::Actor {
    operations::Actor {
        login: vocabulary::LoginId(1),
        session: vocabulary::SessionId(1),
        scope: Scope::operator(operator),
        role: operations::permission::Role::OperatorAgent,
        name: "Noé Garnier".into(),
        party: "Vallée".into(),
        owner: (None, None),
        proved: Timestamp::EPOCH,
        address: "192.0.2.7".into(),
    }
}
