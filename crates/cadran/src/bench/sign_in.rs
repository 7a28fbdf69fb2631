//! What it costs when 50 people sign in at once: the work beside that of Argon2id, and what others feel who click meanwhile.

use super::{
    Figure,
    client::{Form, get, milliseconds_since},
    portal_of_busiest::BusyPortal,
};
use operations::sign_in::hash_password;
use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};
use tokio::{
    net::{TcpSocket, TcpStream},
    task::JoinSet,
};

const PEOPLE: usize = 50;
/// Each wave is the same 50 people, each with a browser that is new: the dearest way of signing in, for a mail is written too.
const WAVES: usize = 8;
/// Who looks at the fleet meanwhile, without pause.
const LOOKERS: usize = 4;
const PAGE_GOAL_MS: f64 = 100.0;
/// Signing in may take so many times what Argon2id takes.
const WORK_GOAL: f64 = 1.2;

pub(super) async fn sign_in() -> anyhow::Result<Vec<Figure>> {
    let people: Vec<String> = (0..PEOPLE).map(|i| format!("person-{i}@bench.example")).collect();
    let portal = BusyPortal::start(&people).await?;
    let host = portal.staff.host.clone();
    let cookie = Form::open(portal.connect().await?, &host).await?.send(&host, &portal.staff.identifier).await?;
    let mut alone = Vec::new();
    let mut argon = Vec::new();
    for _ in 0..WAVES {
        argon.push(argon2_alone().await?);
        alone.push(wave(portal.port, &host, &people).await?);
    }
    let ended = Arc::new(AtomicBool::new(false));
    let mut lookers = JoinSet::new();
    for _ in 0..LOOKERS {
        let (host, cookie, ended, mut connection) = (host.clone(), cookie.clone(), ended.clone(), portal.connect().await?);
        lookers.spawn(async move {
            let mut times = Vec::new();
            while !ended.load(Ordering::Relaxed) {
                times.push(get(&mut connection, &host, &cookie, "/lines").await?.1);
            }
            anyhow::Ok(times)
        });
    }
    let mut beside = Vec::new();
    for _ in 0..WAVES {
        beside.push(wave(portal.port, &host, &people).await?);
    }
    ended.store(true, Ordering::Relaxed);
    let mut pages = Vec::new();
    while let Some(times) = lookers.join_next().await {
        pages.extend(times??);
    }
    pages.sort_by(f64::total_cmp);
    Ok(vec![page_figure(&pages, median(&mut beside)), work_figure(median(&mut alone), median(&mut argon))])
}

fn page_figure(pages: &[f64], wave_ms: f64) -> Figure {
    let value = pages[pages.len() * 99 / 100];
    Figure {
        name: "sign-in".to_owned(),
        value,
        unit: "ms for the page of 3,000 lines at the 99th percentile",
        goal: PAGE_GOAL_MS,
        reference: format!(
            "median {:.2} ms; {} pages for {LOOKERS} people while {PEOPLE} signed in at once, {WAVES} times, {wave_ms:.0} ms each time",
            pages[pages.len() / 2],
            pages.len()
        ),
        ratio: None,
        holds: value < PAGE_GOAL_MS,
    }
}

#[expect(clippy::float_arithmetic, reason = "a measured time is no amount")]
fn work_figure(wave_ms: f64, argon2_ms: f64) -> Figure {
    let ratio = wave_ms / argon2_ms;
    Figure {
        name: "sign-in-work".to_owned(),
        value: wave_ms,
        unit: "ms for 50 people at once",
        goal: argon2_ms * WORK_GOAL,
        reference: format!("{argon2_ms:.0} ms for Argon2id alone, {PEOPLE} times; medians of {WAVES}"),
        ratio: Some(ratio),
        holds: ratio < WORK_GOAL,
    }
}

/// Everybody signs in at the same moment, each from an address of their own; the milliseconds until the last one is in.
async fn wave(port: u16, host: &str, people: &[String]) -> anyhow::Result<f64> {
    let mut forms = Vec::new();
    for (i, person) in (1..).zip(people) {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::new(127, 0, 1, i), 0).into())?;
        let connection: TcpStream = socket.connect((Ipv4Addr::LOCALHOST, port).into()).await?;
        forms.push((Form::open(connection, host).await?, person.clone()));
    }
    let begun = Instant::now();
    let mut tries = JoinSet::new();
    for (form, person) in forms {
        let host = host.to_owned();
        tries.spawn(async move { form.send(&host, &person).await });
    }
    while let Some(session) = tries.join_next().await {
        session??;
    }
    Ok(milliseconds_since(begun))
}

/// The same number of passwords through Argon2id by the same threads, and nothing else.
async fn argon2_alone() -> anyhow::Result<f64> {
    let begun = Instant::now();
    let mut hashes = JoinSet::new();
    for _ in 0..PEOPLE {
        hashes.spawn(hash_password(demo::PASSWORD.to_owned()));
    }
    while let Some(hash) = hashes.join_next().await {
        hash??;
    }
    Ok(milliseconds_since(begun))
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
