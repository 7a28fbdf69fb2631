//! A switch that asks where calls go, 2,000 times a second for a minute: how long it waits for the 302, and whether memory grows.

use super::{Figure, client::milliseconds_since};
use crate::house::shipped_catalogs;
use anyhow::{Context, bail};
use gateways::{
    known_hosts::KnownHosts,
    sip_redirect::{KnownSwitch, Places, Redirector, serve_udp},
};
use operations::{House, NewCustomer, NewLine, NewOperator};
use std::{
    fs,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use store::Store;
use tempfile::TempDir;
use tokio::{net::UdpSocket, task::JoinHandle, time::timeout};
use vocabulary::{Clock, OperatorId, Timestamp};

/// So many lines are called in turn, each by the next one.
const LINES: usize = 10_000;
const FIRST_NUMBER: u64 = 33_700_000_000;
const CALLS_A_SECOND: usize = 2_000;
const SECONDS: usize = 60;
/// So long before the clock runs: what is read for the first time costs more.
const WARM_UP_S: usize = 2;
const P99_GOAL_MS: f64 = 10.0;
const GROWTH_GOAL_MB: f64 = 32.0;
/// So long the last answers are waited for.
const LAST_WITHIN: Duration = Duration::from_secs(2);

pub(super) async fn sip_redirect() -> anyhow::Result<Vec<Figure>> {
    let exchange = Exchange::start().await?;
    exchange.calls(WARM_UP_S).await?;
    let before = resident_mb()?;
    let begun = Instant::now();
    let mut waits = exchange.calls(SECONDS).await?;
    let seconds = milliseconds_since(begun);
    let after = resident_mb()?;
    let asked = CALLS_A_SECOND * SECONDS;
    if waits.is_empty() {
        bail!("of {asked} calls none was answered");
    }
    waits.sort_by(f64::total_cmp);
    let (median, p99) = (waits[waits.len() / 2], waits[waits.len() * 99 / 100]);
    Ok(figures((asked, waits.len()), (median, p99, seconds), (before, after)))
}

#[expect(clippy::float_arithmetic, reason = "measured times and sizes are no amounts")]
fn figures(
    (asked, answered): (usize, usize),
    (median, p99, took_ms): (f64, f64, f64),
    (before, after): (f64, f64),
) -> Vec<Figure> {
    let rate = f64::from(u32::try_from(asked).unwrap_or(u32::MAX)) / took_ms * 1_000.0;
    let speed = Figure {
        name: "sip-redirect".to_owned(),
        value: p99,
        unit: "ms until the 302 at the 99th percentile",
        goal: P99_GOAL_MS,
        reference: format!("median {median:.2} ms; {answered} of {asked} INVITEs answered, {rate:.0} a second, {LINES} lines"),
        ratio: None,
        holds: p99 < P99_GOAL_MS && answered == asked,
    };
    let memory = Figure {
        name: "sip-redirect-memory".to_owned(),
        value: after - before,
        unit: "MB more after the minute",
        goal: GROWTH_GOAL_MB,
        reference: format!("{before:.0} MB before, {after:.0} MB after, the sender's own {} times included", answered),
        ratio: None,
        holds: after - before < GROWTH_GOAL_MB,
    };
    vec![speed, memory]
}

/// An operator, the server that its switch asks, and the switch.
struct Exchange {
    switch: Arc<UdpSocket>,
    server: JoinHandle<()>,
    _folder: TempDir,
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Exchange {
    async fn start() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await?;
        let now: Timestamp = "2026-11-17T10:00:00Z".parse::<jiff::Timestamp>()?.into();
        let house = House::new(store, &shipped_catalogs(), Clock::held_at(now))?;
        let operator = provisioned(&house).await?;
        let places = Places {
            lines: "lines.example".to_owned(),
            numbers: "trunk.example".to_owned(),
            voicemail: Some("sip:voicemail@media.example".to_owned()),
            announcement: None,
        };
        let known = vec![("127.0.0.1".parse()?, Arc::new(KnownSwitch { operator, places }))];
        let redirector = Arc::new(Redirector::new(Arc::new(house), KnownHosts::new(known)));
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = socket.local_addr()?;
        let server = tokio::spawn(async move {
            if let Err(error) = serve_udp(redirector, socket).await {
                eprintln!("cadran: the redirect server ended: {error}");
            }
        });
        let switch = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        switch.connect(address).await?;
        Ok(Self { switch: Arc::new(switch), server, _folder: folder })
    }

    /// Calls for so many seconds; how long each answered one waited, in milliseconds. Each answer is acknowledged.
    async fn calls(&self, seconds: usize) -> anyhow::Result<Vec<f64>> {
        let count = CALLS_A_SECOND * seconds;
        let sent: Arc<Mutex<Vec<Instant>>> = Arc::new(Mutex::new(Vec::with_capacity(count)));
        let (switch, asked) = (self.switch.clone(), sent.clone());
        let answers = tokio::spawn(async move { answers(&switch, &asked, count).await });
        let begun = Instant::now();
        let mut ticks = tokio::time::interval(Duration::from_millis(1));
        let mut place = 0;
        while place < count {
            ticks.tick().await;
            let due = usize::try_from(begun.elapsed().as_millis())? * CALLS_A_SECOND / 1_000;
            while place < due.min(count) {
                let text = invite(place);
                sent.lock().map_err(|_| anyhow::anyhow!("the answers ended"))?.push(Instant::now());
                self.switch.send(text.as_bytes()).await?;
                place += 1;
            }
        }
        answers.await?
    }
}

async fn answers(switch: &UdpSocket, sent: &Mutex<Vec<Instant>>, count: usize) -> anyhow::Result<Vec<f64>> {
    let (mut waits, mut refused, mut buffer) = (Vec::with_capacity(count), 0, vec![0; 4_096]);
    while waits.len() + refused < count {
        let Ok(length) = timeout(LAST_WITHIN, switch.recv(&mut buffer)).await else { break };
        let text = std::str::from_utf8(&buffer[..length?])?;
        let place = text.split("Call-ID: ").nth(1).and_then(|rest| rest.split('@').next());
        let place: usize = place.context("an answer names its call")?.parse()?;
        let begun = sent.lock().map_err(|_| anyhow::anyhow!("the sender ended"))?.get(place).copied();
        let begun = begun.context("an answer to what was asked")?;
        // What was not told counts as not answered.
        if text.starts_with("SIP/2.0 302 ") {
            waits.push(milliseconds_since(begun));
        } else {
            refused += 1;
        }
        let acknowledged = invite(place).replace("INVITE", "ACK");
        switch.send(acknowledged.as_bytes()).await?;
    }
    Ok(waits)
}

fn invite(place: usize) -> String {
    let called = FIRST_NUMBER + (place * 7_919 % LINES) as u64;
    let caller = FIRST_NUMBER + ((place * 7_919 + 1) % LINES) as u64;
    format!(
        "INVITE sip:+{called}@cadran.example;user=phone SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK-{place}\r\n\
         Max-Forwards: 70\r\nFrom: <sip:+{caller}@switch.example>;tag={place}\r\nTo: <sip:+{called}@cadran.example>\r\n\
         Call-ID: {place}@switch.example\r\nCSeq: 1 INVITE\r\nP-Asserted-Identity: <sip:+{caller}@switch.example>\r\n\
         Contact: <sip:switch@127.0.0.1>\r\nContent-Length: 0\r\n\r\n"
    )
}

async fn provisioned(house: &House) -> anyhow::Result<OperatorId> {
    let [service, network, offer, _] = demo::BUSIEST_SOLD;
    let line = |place: usize| {
        NewLine::in_service(&format!("+{}", FIRST_NUMBER + place as u64), (service, network, offer), Timestamp::EPOCH)
    };
    let lines: Vec<NewLine> = (0..LINES).map(line).collect();
    let customers = lines
        .chunks(100)
        .enumerate()
        .map(|(place, lines)| NewCustomer::household(&format!("C{place}"), "Bench", lines.to_vec()))
        .collect();
    let new = NewOperator { slug: demo::BUSIEST.to_owned(), name: "Bench".to_owned(), customers, ..NewOperator::default() };
    Ok(operations::provision(house, &new).await?)
}

#[expect(clippy::float_arithmetic, reason = "a measured size is no amount")]
fn resident_mb() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("the kernel tells the memory")?;
    let kib: u32 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(f64::from(kib) * 1_024.0 / 1_000_000.0)
}
