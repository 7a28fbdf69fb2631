//! Switches as `cadran serve` is told of them: mistakes are named before anything is served, and what is right is answered.

use crate::{
    cadran,
    sipp::{Call, sipp},
    switches::{LINE, house},
};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::Ipv4Addr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::net::UdpSocket;

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("cadran.db").display())
}

/// FIX-17, PLT-12: everything that is wrong in the file of switches is named in one pass, by its place and field.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_switches_are_named_in_one_pass() {
    let folder = tempfile::tempdir().unwrap();
    drop(house(&database(folder.path())).await);
    let path = folder.path().join("switches.toml");
    let text = r#"
        colour = "red"

        [listen]
        sip = "localhost"
        https = "127.0.0.1:0"

        [[switch]]
        operator = "nobody"
        hosts = ["192.0.2.0/24", "192.0.2.7/24", 12, "198.51.100.9"]
        lines = "lines example"
        voicemail = "tel:123"

        [[switch]]
        operator = "vallee"
        hosts = "192.0.2.9"
        lines = "lines.example"
        numbers = "trunk.example"

        [[switch]]
        operator = "vallee"
        hosts = ["192.0.2.0/25"]
        lines = "lines.example"
        numbers = "trunk.example"
        announcement = "sip:annc@media.example;play=<{answer}>"
    "#;
    fs::write(&path, text).unwrap();
    let ran = cadran(
        &["serve", "--database", &database(folder.path()), "--listen", "127.0.0.1:0", "--switches", path.to_str().unwrap()],
        "",
    );
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(!ran.status.success(), "{said}");
    for mistake in [
        "[[listen]] 1: sip: ",
        "[[listen]] 1: https: is not known",
        "[[switch]] 1 (nobody): operator: `nobody` is not in this database",
        "[[switch]] 1 (nobody): hosts: `192.0.2.7/24` has bits beyond its range",
        "[[switch]] 1 (nobody): hosts: 12 is no text in quotes",
        "[[switch]] 1 (nobody): lines: `lines example` is no name of a machine",
        "[[switch]] 1 (nobody): numbers: is missing",
        "[[switch]] 1 (nobody): voicemail: `tel:123` is not written as sip:NAME@MACHINE",
        "[[switch]] 2 (vallee): hosts: is missing, or no list of texts",
        "[[switch]] 3 (vallee): announcement: `sip:annc@media.example;play=<{answer}>` is not written as",
        "`colour` is neither [listen] nor [[switch]]",
    ] {
        assert!(said.contains(mistake), "{mistake} in:\n{said}");
    }
}

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _ended = self.0.wait();
    }
}

/// FIX-15, FIX-17: the whole program is asked by a switch that its settings name, and keeps nothing of what one throws at it.
#[tokio::test(flavor = "multi_thread")]
async fn a_switch_asks_the_program() {
    let folder = tempfile::tempdir().unwrap();
    drop(house(&database(folder.path())).await);
    let path = folder.path().join("switches.toml");
    let text = "[listen]\nsip = \"127.0.0.1:0\"\n\n[[switch]]\noperator = \"vallee\"\nhosts = [\"127.0.0.0/8\"]\n\
                lines = \"lines.example\"\nnumbers = \"trunk.example:5070\"\n";
    fs::write(&path, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadran"));
    command.args(["serve", "--database", &database(folder.path()), "--listen", "127.0.0.1:0", "--switches"]).arg(&path);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let serving = Serving(child);
    let asked = "Switches ask by SIP on 127.0.0.1:";
    let port =
        lines.by_ref().map(Result::unwrap).find_map(|line| line.strip_prefix(asked).map(str::to_owned)).expect("it says where");
    let port: u16 = port.split(',').next().unwrap().parse().unwrap();
    // Whoever no longer listens would end a program that still speaks.
    std::thread::spawn(move || lines.for_each(drop));
    let from = Ipv4Addr::LOCALHOST;
    for transport in ["u1", "t1"] {
        let call = Call { from, transport, user: LINE, parameters: "", caller: "+33155667788", headers: "" };
        sipp(port, call, 302, &["<sip:.33388110000@lines.example;user=phone.Expires=20>;q=1.0"]).await;
        sipp(port, Call { parameters: ";standing=full", ..call }, 486, &[]).await;
    }
    // Some seconds of what one machine may throw, none of it acknowledged: the same memory, and the next call is answered.
    let process = serving.0.id();
    let socket = UdpSocket::bind((from, 0)).await.unwrap();
    socket.connect((from, port)).await.unwrap();
    throw(&socket, 0..5_000).await;
    let before = resident_kib(process);
    throw(&socket, 5_000..25_000).await;
    let grown = resident_kib(process).saturating_sub(before);
    assert!(grown < MOST_GROWTH_KIB, "{grown} KiB more");
    let call = Call { from, transport: "u1", user: LINE, parameters: "", caller: "+33155667788", headers: "" };
    sipp(port, call, 302, &["<sip:.33388110000@lines.example"]).await;
}

/// What 20,000 calls may leave behind: a third of what came.
const MOST_GROWTH_KIB: u64 = 8 * 1_024;

/// INVITEs as fast as they leave; answers are read now and then, so that both sides go on.
async fn throw(socket: &UdpSocket, calls: std::ops::Range<u32>) {
    let mut buffer = [0; 2_048];
    for call in calls {
        let text = format!(
            "INVITE sip:{LINE}@x SIP/2.0\r\nVia: SIP/2.0/UDP h;rport;branch=z9hG4bK-{call}\r\nFrom: <sip:+33155667788@x>;tag={call}\r\n\
             To: <sip:{LINE}@x>\r\nCall-ID: {call}\r\nCSeq: 1 INVITE\r\nX: {}\r\nContent-Length: 0\r\n\r\n",
            "x".repeat(1_000)
        );
        // A full buffer of the kernel drops packets, or says so.
        let _dropped = socket.send(text.as_bytes()).await;
        if call % 10 == 0 {
            let _answer = tokio::time::timeout(Duration::from_millis(20), socket.recv(&mut buffer)).await;
            while socket.try_recv(&mut buffer).is_ok() {}
        }
    }
}

fn resident_kib(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}
