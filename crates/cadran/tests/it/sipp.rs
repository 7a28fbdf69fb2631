//! One call that sipp places: an INVITE, the answer that has to come, and its ACK.

use std::{net::Ipv4Addr, process::Command};

/// An INVITE.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    /// From where.
    pub(crate) from: Ipv4Addr,
    /// `u1` over UDP, `t1` over TCP.
    pub(crate) transport: &'a str,
    /// Whom, or what was dialled, as it stands in an address.
    pub(crate) user: &'a str,
    /// What follows the address.
    pub(crate) parameters: &'a str,
    /// Who calls.
    pub(crate) caller: &'a str,
    /// More headers, each with its end.
    pub(crate) headers: &'a str,
}

/// Places a call. The answer has this code, and all of these in it, in this order; a point stands for any sign.
pub(crate) async fn sipp(port: u16, call: Call<'_>, code: u16, parts: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("call.xml");
    std::fs::write(&scenario, scenario_of(call, code, parts)).unwrap();
    let mut command = Command::new("sipp");
    command.current_dir(folder.path()).arg(format!("127.0.0.1:{port}")).arg("-sf").arg(&scenario);
    let from = call.from.to_string();
    command.args(["-i", &from, "-t", call.transport, "-m", "1", "-nostdin", "-timeout", "20", "-timeout_error", "-trace_err"]);
    let ran = tokio::task::spawn_blocking(move || command.env("TERM", "dumb").output()).await.unwrap();
    let ran = ran.expect("sipp is there: cargo xtask test installs it, from Debian's package sip-tester");
    let errors =
        std::fs::read_dir(folder.path()).unwrap().flatten().filter(|file| file.path().extension().is_some_and(|e| e == "log"));
    let errors: String = errors.map(|file| std::fs::read_to_string(file.path()).unwrap_or_default()).collect();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{call:?} is not answered {code} with {parts:?}:\n{errors}\n{said}");
}

fn scenario_of(call: Call<'_>, code: u16, parts: &[&str]) -> String {
    let Call { user, parameters, caller, headers, .. } = call;
    let pattern = parts.join(".*").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let action = if parts.is_empty() {
        String::new()
    } else {
        format!(r#"<action><ereg regexp="{pattern}" search_in="msg" check_it="true" assign_to="1"/></action>"#)
    };
    // A switch vouches for who calls, unless the test says otherwise.
    let vouched = match headers.contains("P-Asserted-Identity") {
        true => String::new(),
        false => format!("P-Asserted-Identity: <sip:{caller}@switch.example>\n"),
    };
    let reference = if parts.is_empty() { "" } else { r#"<Reference variables="1"/>"# };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="one call">
<send retrans="500"><![CDATA[

INVITE sip:{user}@cadran.example{parameters} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: "A caller" <sip:{caller}@switch.example;user=phone>;tag=[pid]-[call_number]
To: <sip:{user}@cadran.example>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:sipp@[local_ip]:[local_port]>
{vouched}{headers}Content-Length: 0

]]></send>
<recv response="{code}">{action}</recv>
<send><![CDATA[

ACK sip:{user}@cadran.example{parameters} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: "A caller" <sip:{caller}@switch.example;user=phone>;tag=[pid]-[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0

]]></send>
{reference}
</scenario>
"#
    )
}
