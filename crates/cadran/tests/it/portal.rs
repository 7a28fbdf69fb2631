//! The demo in a real browser: the program is started as a person starts it, and walked through as each kind of person.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};
use tempfile::TempDir;
use testkit::{Browser, Theme};

/// A running demo; it ends with the test process.
struct Demo {
    port: u16,
    _folder: TempDir,
    _program: Program,
}

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
    }
}

impl Demo {
    fn start(database: Option<&str>) -> Demo {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cadran"));
        command.args(["demo", "--small", "--today", "2026-11-21", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path());
        if let Some(url) = database {
            command.args(["--database", url]);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let program = Program(child);
        // To the last line: a program whose reader goes away while it still speaks ends.
        let said: Vec<String> = lines.map(Result::unwrap).take_while(|line| !line.contains("Ctrl-C ends it")).collect();
        let address = said.iter().find(|line| line.contains("http://vallee.localhost:"));
        let port = address.unwrap().split("localhost:").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
        Demo { port, _folder: folder, _program: program }
    }

    fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }
}

/// One demo for all walks that only look.
fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| Demo::start(None))
}

async fn sign_in(browser: &Browser, demo: &Demo, host: &str, identifier: &str) {
    browser.goto(&demo.url(host, "/sign-in")).await.unwrap();
    browser.fill("#identifier", identifier).await.unwrap();
    browser.fill("#password", "cadran-demo").await.unwrap();
    browser.click(".sign-in button").await.unwrap();
    browser.find(".heading h1").await.unwrap();
}

/// Nothing to complain of on the page where the browser is, in both themes and at both widths.
async fn is_well_made(browser: &Browser, name: &str) {
    for theme in [Theme::Light, Theme::Dark] {
        browser.set_theme(theme).await.unwrap();
        for width in [360, 1280] {
            browser.set_viewport(width, 900).await.unwrap();
            // Two frames: what watches its own size, as charts do, has drawn itself anew by then.
            let drawn = "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
            assert_eq!(browser.evaluate(drawn).await.unwrap(), true);
            assert_eq!(browser.sideways_overflow().await.unwrap(), 0, "{name} at {width} px");
            let violations = browser.axe().await.unwrap();
            assert!(violations.is_empty(), "{name} at {width} px, {theme:?}: {violations:#?}");
            // Pictures for people to look at, where somebody asked for them.
            if let Ok(folder) = std::env::var("CADRAN_SCREENSHOTS") {
                browser.set_viewport(width, 1600).await.unwrap();
                browser.screenshot(format!("{folder}/{name}-{width}-{theme:?}.png")).await.unwrap();
            }
        }
    }
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new(), "{name}");
}

/// TEL-12, TEL-04: a household sees its lines and this month's consumption, and walks to a record and the reason of its price.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_walks_to_a_record_and_its_price() {
    let demo = demo();
    let browser = Browser::open().await.unwrap();
    browser.goto(&demo.url("vallee.localhost", "/consumption")).await.unwrap();
    browser.arrive("/sign-in").await.unwrap();
    is_well_made(&browser, "sign-in").await;
    sign_in(&browser, demo, "vallee.localhost", "V100042").await;
    is_well_made(&browser, "home-household").await;
    browser.goto(&demo.url("vallee.localhost", "/consumption")).await.unwrap();
    browser.find_text("h1", "Consommation").await.unwrap();
    is_well_made(&browser, "consumption").await;
    browser.click("tr.record th a").await.unwrap();
    browser.arrive("/usage/").await.unwrap();
    is_well_made(&browser, "usage-household").await;
}

/// RES-20, RES-21, RES-22, RAT-13, FLT-02, PLT-09: a fleet manager sorts the lines, opens one, compares its offers, and reads its journal; axe finds nothing on the
/// way, in both themes, on a telephone and on a screen.
#[tokio::test(flavor = "multi_thread")]
async fn a_fleet_manager_walks_from_the_lines_to_the_journal() {
    let demo = demo();
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, demo, "zenne.localhost", "fleet@senne.example").await;
    is_well_made(&browser, "home-fleet").await;
    browser.goto(&demo.url("zenne.localhost", "/lines?sort=data&order=descending")).await.unwrap();
    browser.find("#lines tbody tr").await.unwrap();
    is_well_made(&browser, "lines-fleet").await;
    browser.click("#lines tbody tr:nth-child(1) a").await.unwrap();
    browser.arrive("/lines/").await.unwrap();
    browser.find("h1").await.unwrap();
    is_well_made(&browser, "line-fleet").await;
    browser.click("a.quiet-link").await.unwrap();
    browser.arrive("/offers").await.unwrap();
    browser.find("tr.current").await.unwrap();
    is_well_made(&browser, "offers-fleet").await;
    browser.click(".crumbs a:nth-of-type(2)").await.unwrap();
    browser.find("tr.record th a").await.unwrap();
    browser.click("tr.record th a").await.unwrap();
    browser.arrive("/usage/").await.unwrap();
    is_well_made(&browser, "usage-fleet").await;
}

/// RES-20, PLT-01: a reseller sees the lines of its own customers under its own brand, and nobody else's.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_sees_its_own_customers_only() {
    let demo = demo();
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, demo, "horizon.grandlarge.localhost", "agent@horizon.example").await;
    browser.goto(&demo.url("horizon.grandlarge.localhost", "/lines")).await.unwrap();
    browser.find("#lines tbody tr .col-customer").await.unwrap();
    is_well_made(&browser, "lines-reseller").await;
    let own = browser.evaluate("return document.querySelector('#lines tbody a').getAttribute('href')").await.unwrap();
    let other = Browser::open().await.unwrap();
    sign_in(&other, demo, "armor.grandlarge.localhost", "agent@armor.example").await;
    other.goto(&demo.url("armor.grandlarge.localhost", own.as_str().unwrap())).await.unwrap();
    let shown = other.text("main").await.unwrap();
    assert!(shown.contains("introuvable") || shown.contains("n’existe pas"), "{shown}");
}

/// RAT-08: the operator's staff see the files that were taken in, and the rows that were set aside.
#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_was_set_aside() {
    let demo = demo();
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, demo, "vallee.localhost", "accueil@vallee.example").await;
    browser.goto(&demo.url("vallee.localhost", "/usage-files")).await.unwrap();
    is_well_made(&browser, "usage-files").await;
    browser.click("main table tbody a").await.unwrap();
    browser.arrive("/usage-files/").await.unwrap();
    is_well_made(&browser, "usage-file").await;
}

/// TEL-01, PLT-03: a wrong password is answered without telling whether anybody of that name exists.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_a_stranger_read_the_same() {
    let demo = demo();
    let browser = Browser::open().await.unwrap();
    let mut answers = Vec::new();
    for identifier in ["V100042", "V999999"] {
        browser.goto(&demo.url("vallee.localhost", "/sign-in")).await.unwrap();
        browser.fill("#identifier", identifier).await.unwrap();
        browser.fill("#password", "not this one").await.unwrap();
        browser.click(".sign-in button").await.unwrap();
        answers.push(browser.text("#refusal").await.unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    assert!(!answers[0].is_empty());
}

/// PLT-13: the same pages from PostgreSQL.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_runs_on_every_database() {
    for database in testkit::databases().iter().filter(|database| database.url().starts_with("postgres")) {
        let demo = Demo::start(Some(database.url()));
        let browser = Browser::open().await.unwrap();
        sign_in(&browser, &demo, "zenne.localhost", "fleet@senne.example").await;
        browser.goto(&demo.url("zenne.localhost", "/lines?sort=data&order=descending")).await.unwrap();
        browser.click("#lines tbody tr:nth-child(1) a").await.unwrap();
        browser.find("tr.record").await.unwrap();
    }
}
