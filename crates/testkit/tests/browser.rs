//! The kit's browser against a page of a few lines, served under a policy as strict as the portal's.

use anyhow::Result;
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread,
};
use testkit::{Browser, Theme};

const PAGE: &str = r#"<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lignes</title>
<link rel="icon" href="/style.css"><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>Lignes</h1>
<form action="/found"><label for="q">Chercher</label><input id="q" name="q" value="ancien"><button>Trouver</button></form>
<p id="late" hidden>Enfin</p><p id="soon">Bientôt</p></main>
<script src="/script.js"></script></body></html>"#;

const FAULTY: &str = r#"<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Fautes</title><link rel="icon" href="/style.css"></head>
<body><main><h1>Fautes</h1><img src="/style.css"><div id="wide"></div></main>
<script>document.title = "refusé"</script><script src="/missing.js"></script></body></html>"#;

const STYLE: &str = ":root { background: rgb(255, 255, 255); color: rgb(10, 10, 10) }
@media (prefers-color-scheme: dark) { :root { background: rgb(10, 10, 10); color: rgb(255, 255, 255) } }";

const SCRIPT: &str = "setTimeout(() => {
  document.getElementById('soon').remove(); document.getElementById('late').hidden = false }, 300)";

/// Serves the pages from a thread on a free port, and answers the address under a host name of the kind that brands use.
fn serve() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(|| answer(stream));
        }
    });
    Ok(format!("http://marque.localhost:{port}"))
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    let language = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("accept-language").then(|| value.trim().to_owned())
    });
    let path = request.split(' ').nth(1)?.split('?').next()?;
    let (status, kind, body) = match path {
        "/" | "/found" => ("200 OK", "text/html; charset=utf-8", PAGE.to_owned()),
        "/faulty" => ("200 OK", "text/html; charset=utf-8", FAULTY.to_owned()),
        "/language" => ("200 OK", "text/plain", language.unwrap_or_default()),
        "/style.css" => ("200 OK", "text/css", STYLE.to_owned()),
        "/script.js" => ("200 OK", "text/javascript", SCRIPT.to_owned()),
        _ => ("404 Not Found", "text/plain", "nothing here".to_owned()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\
         Content-Security-Policy: default-src 'self'; frame-ancestors 'none'\r\n\r\n{body}",
        body.len()
    )
    .ok()
}

#[tokio::test]
async fn a_person_finds_writes_and_clicks() -> Result<()> {
    let browser = Browser::open().await?;
    browser.goto(&serve()?).await?;
    browser.find_text("h1", "Lign").await?;
    assert_eq!(browser.text("#late").await?, "Enfin");
    browser.gone("#soon").await?;
    browser.fill("#q", "0639").await?;
    browser.click("form button").await?;
    browser.arrive("/found?q=0639").await?;
    browser.find_text("p", "Enfin").await?;
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_window_is_as_narrow_and_as_dark_as_asked() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = Browser::open().await?;
    browser.goto(&serve()?).await?;
    let background = "return getComputedStyle(document.documentElement).backgroundColor";
    for (theme, expected) in [(Theme::Light, "rgb(255, 255, 255)"), (Theme::Dark, "rgb(10, 10, 10)")] {
        browser.set_theme(theme).await?;
        for width in [360, 1280] {
            browser.set_viewport(width, 800).await?;
            assert_eq!(browser.evaluate("return window.innerWidth").await?, width);
            assert_eq!(browser.evaluate(background).await?, expected);
            assert_eq!(browser.sideways_overflow().await?, 0);
            let picture = folder.path().join(format!("{theme:?}/{width}.png"));
            browser.screenshot(&picture).await?;
            // A PNG begins with eight bytes of signature and eight of chunk head; then come its width and height.
            let bytes = std::fs::read(&picture)?;
            assert_eq!((&bytes[1..4], &bytes[16..20]), (&b"PNG"[..], &width.to_be_bytes()[..]));
        }
    }
    Ok(())
}

#[tokio::test]
async fn axe_and_the_console_name_what_is_wrong() -> Result<()> {
    let address = serve()?;
    let browser = Browser::open().await?;
    browser.goto(&address).await?;
    browser.find("#late").await?;
    assert_eq!(browser.axe().await?, []);

    browser.goto(&format!("{address}/faulty")).await?;
    let found = browser.axe().await?;
    let rules: Vec<_> = found.iter().map(|violation| violation.id.as_str()).collect();
    assert_eq!(rules, ["image-alt"]);
    assert!(found[0].to_string().contains("<img src=\"/style.css\">"), "{}", found[0]);
    let errors = browser.console_errors().await?.join("\n");
    assert!(errors.contains("missing.js") && errors.contains("404"), "{errors}");
    assert!(errors.contains("Content Security Policy"), "{errors}");

    browser.evaluate("document.getElementById('wide').style = 'width: 2000px; height: 1px'").await?;
    assert!(browser.sideways_overflow().await? > 700);
    Ok(())
}

#[tokio::test]
async fn a_person_reads_the_languages_asked_for() -> Result<()> {
    let address = serve()?;
    for (languages, expected) in [("nl,en", "nl"), ("fr", "fr")] {
        let browser = Browser::open_speaking(languages).await?;
        browser.goto(&format!("{address}/language")).await?;
        let text = browser.text("body").await?;
        assert!(text.starts_with(expected), "{text}");
    }
    Ok(())
}
