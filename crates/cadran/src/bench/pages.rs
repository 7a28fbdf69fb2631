//! How long pages take for 20 people who click without pause.

use super::Figure;
use crate::{demo::people, house::shipped_catalogs, serve};
use anyhow::{Context, bail};
use jiff::civil::date;
use operations::{
    House,
    usage_desk::UsageDesk,
    usage_import::{Interrupt, importing},
};
use portal::App;
use std::{collections::HashMap, time::Instant};
use store::Store;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vocabulary::{Clock, Timestamp};

const PEOPLE: usize = 20;
const CLICKS: usize = 200;
const GOAL_MS: f64 = 20.0;

pub(super) async fn lines_page() -> anyhow::Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await?;
    let today = date(2026, 11, 21);
    let zone = jiff::tz::TimeZone::get("Europe/Paris")?;
    let clock = Clock::held_at(Timestamp::from_local(today.at(12, 0, 0, 0), &zone)?);
    let house = House::new(store, &shipped_catalogs(), clock)?;
    let catalog = house.catalog_named(demo::BUSIEST)?;
    let operators = demo::operators(&[(*catalog).clone()], today, 1);
    let operator = operators.first().context("the demo has the operator")?;
    let id = operations::provision(&house, &people::provisioned(operator).await?.0).await?;
    let usage = demo::write_usage(operator, &catalog, today, folder.path(), &mut |_| {})?;
    let layouts = crate::house::HouseArguments::at("").layouts()?;
    let importer_house = house.clone();
    tokio::task::spawn_blocking(move || {
        importing(&importer_house, &catalog, id, Interrupt::default(), |importer| {
            usage.iter().try_for_each(|file| importer.take(&layouts[file.layout], &file.path, &|_| {}).map(|_| ()))
        })
    })
    .await??;
    // The operator's own staff see all 3,000 lines.
    let staff =
        operator.logins.iter().find(|login| matches!(login.role, demo::DemoRole::OperatorAgent)).context("staff can sign in")?;
    let listener = serve::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let app = App::new(house, UsageDesk::default(), HashMap::new()).await?;
    let server = tokio::spawn(portal::serve(app, listener, std::future::pending::<()>()));
    let cookie = sign_in(port, &staff.host, &staff.identifier).await?;
    let (list, _) = get(&mut TcpStream::connect(("127.0.0.1", port)).await?, &staff.host, &cookie, "/lines").await?;
    let line = first_line(&list).context("the lines page links to a line")?;
    let mut figures = Vec::new();
    for (name, path) in [("lines-page", "/lines".to_owned()), ("line-page", line)] {
        figures.push(measure(name, port, &staff.host, &cookie, &path).await?);
    }
    server.abort();
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

/// One page over a connection that stays open: its text and the milliseconds it took.
async fn get(connection: &mut TcpStream, host: &str, cookie: &str, path: &str) -> anyhow::Result<(String, f64)> {
    let begun = Instant::now();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept-Language: fr\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    let (head, body) = answer(connection).await?;
    if !head.starts_with("HTTP/1.1 200") {
        bail!("{path} answered {}", head.lines().next().unwrap_or_default());
    }
    Ok((body, milliseconds_since(begun)))
}

#[expect(clippy::float_arithmetic, reason = "a measured time is no amount")]
fn milliseconds_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

async fn answer(connection: &mut TcpStream) -> anyhow::Result<(String, String)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let end_of_head = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        match connection.read(&mut buffer).await? {
            0 => bail!("the server closed the connection"),
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end_of_head]).into_owned();
    let header =
        |line: &str| line.to_ascii_lowercase().strip_prefix("content-length:").map(|value| value.trim().parse::<usize>());
    let length = head.lines().find_map(header).transpose()?.unwrap_or(0);
    let mut body = bytes.split_off(end_of_head + 4);
    while body.len() < length {
        match connection.read(&mut buffer).await? {
            0 => bail!("the server closed the connection"),
            count => body.extend_from_slice(&buffer[..count]),
        }
    }
    Ok((head, String::from_utf8_lossy(&body).into_owned()))
}

/// Signs in as a browser does; the cookies that the pages then want.
async fn sign_in(port: u16, host: &str, identifier: &str) -> anyhow::Result<String> {
    let mut connection = TcpStream::connect(("127.0.0.1", port)).await?;
    connection.write_all(format!("GET /sign-in HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await?;
    let (head, body) = answer(&mut connection).await?;
    let form_cookie = cookies(&head);
    let token = body
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .context("the form carries a token")?;
    let body = format!("identifier={}&password={}&next=%2F&csrf={token}", identifier.replace('@', "%40"), demo::PASSWORD);
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {form_cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).await?;
    let (head, _) = answer(&mut connection).await?;
    let session = cookies(&head);
    if session.is_empty() {
        bail!("sign-in of {identifier} was refused: {}", head.lines().next().unwrap_or_default());
    }
    Ok(session)
}

fn cookies(head: &str) -> String {
    let set = head.lines().filter(|line| line.to_ascii_lowercase().starts_with("set-cookie:"));
    let pairs = set.filter_map(|line| line.split_once(':')?.1.split(';').next().map(|pair| pair.trim().to_owned()));
    pairs.collect::<Vec<_>>().join("; ")
}

fn first_line(page: &str) -> Option<String> {
    let rest = page.split("href=\"/lines/").nth(1)?;
    let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!id.is_empty()).then(|| format!("/lines/{id}"))
}
