//! How long pages take for 20 people who click without pause.

use super::{
    Figure,
    client::{Form, get},
    portal_of_busiest::BusyPortal,
};
use anyhow::Context;
use std::time::Instant;
use tokio::net::TcpStream;

const PEOPLE: usize = 20;
const CLICKS: usize = 200;
const GOAL_MS: f64 = 20.0;

pub(super) async fn lines_page() -> anyhow::Result<Vec<Figure>> {
    let portal = BusyPortal::start(&[]).await?;
    let (port, host) = (portal.port, portal.staff.host.as_str());
    let cookie = Form::open(portal.connect().await?, host).await?.send(host, &portal.staff.identifier).await?;
    let (list, _) = get(&mut portal.connect().await?, host, &cookie, "/lines").await?;
    let line = first_line(&list).context("the lines page links to a line")?;
    let mut figures = Vec::new();
    for (name, path) in [("lines-page", "/lines".to_owned()), ("line-page", line)] {
        figures.push(measure(name, port, host, &cookie, &path).await?);
    }
    Ok(figures)
}

async fn measure(name: &str, port: u16, host: &str, cookie: &str, path: &str) -> anyhow::Result<Figure> {
    let begun = Instant::now();
    let mut people = Vec::new();
    for _ in 0..PEOPLE {
        let (host, cookie, path) = (host.to_owned(), cookie.to_owned(), path.to_owned());
        people.push(tokio::spawn(async move {
            let mut connection = TcpStream::connect(("127.0.0.1", port)).await?;
            let mut times = Vec::with_capacity(CLICKS);
            for _ in 0..CLICKS {
                let (_, time) = get(&mut connection, &host, &cookie, &path).await?;
                times.push(time);
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for person in people {
        times.extend(person.await??);
    }
    times.sort_by(f64::total_cmp);
    let value = times[times.len() * 99 / 100];
    let median = times[times.len() / 2];
    Ok(Figure {
        name: name.to_owned(),
        value,
        unit: "ms at the 99th percentile",
        goal: GOAL_MS,
        reference: format!(
            "median {median:.2} ms; {} pages in {:.1} s, {PEOPLE} at once, no pause",
            times.len(),
            begun.elapsed().as_secs_f64()
        ),
        ratio: None,
        holds: value < GOAL_MS,
    })
}

fn first_line(page: &str) -> Option<String> {
    let rest = page.split("href=\"/lines/").nth(1)?;
    let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!id.is_empty()).then(|| format!("/lines/{id}"))
}
