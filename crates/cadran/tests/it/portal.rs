//! The demo in a real browser: the program is started as a person starts it, and walked through as each kind of person.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::OnceLock,
};
use tempfile::TempDir;
use testkit::{Browser, Theme};

/// A running demo; it ends with this value, or with the test process.
pub(crate) struct Demo {
    port: u16,
    folder: TempDir,
    _program: Program,
}

/// The keeper of a program: it ends the program when its standard input is closed.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // The program has ended when its keeper has, and nobody writes to its folder any more.
        let _ended = self.0.wait();
    }
}

const LOG: &str = "log";

impl Demo {
    pub(crate) fn start(database: Option<&str>) -> Demo {
        Demo::start_in(tempfile::tempdir().unwrap(), database)
    }

    /// In a folder that may hold a demo already.
    pub(crate) fn start_in(folder: TempDir, database: Option<&str>) -> Demo {
        let mut command = Demo::command(folder.path());
        if let Some(url) = database {
            command.args(["--database", url]);
        }
        Demo::run(folder, command)
    }

    /// With the catalogues of a folder.
    pub(crate) fn start_with_catalogs(catalogs: &Path) -> Demo {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Demo::command(folder.path());
        command.arg("--catalogs").arg(catalogs);
        Demo::run(folder, command)
    }

    /// One that logs all that it can, into a file.
    pub(crate) fn start_logging() -> Demo {
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join(LOG)).unwrap();
        let mut command = Demo::command(folder.path());
        command.env("RUST_LOG", "trace").stderr(log);
        Demo::run(folder, command)
    }

    /// Where its data is, for who looks at it, or turns its time.
    pub(crate) fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("cadran.db").display())
    }

    /// The folder of all that it has.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// What it logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join(LOG)).unwrap()
    }

    fn command(folder: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", include_str!("keeper.sh"), "keeper.sh"]).arg(folder).arg(env!("CARGO_BIN_EXE_cadran"));
        command.args(["demo", "--small", "--today", "2026-11-21", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
        command
    }

    fn run(folder: TempDir, mut command: Command) -> Demo {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let program = Program(child);
        // To the last line: a program whose reader goes away while it still speaks ends.
        let said: Vec<String> = lines.map(Result::unwrap).take_while(|line| !line.contains("Ctrl-C ends it")).collect();
        let address = said.iter().find(|line| line.contains("http://vallee.localhost:"));
        let port = address.unwrap().split("localhost:").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
        Demo { port, folder, _program: program }
    }

    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }
}

/// One demo for all walks that only look.
pub(crate) fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| Demo::start(None))
}

pub(crate) async fn sign_in(browser: &Browser, demo: &Demo, host: &str, identifier: &str) {
    browser.goto(&demo.url(host, "/sign-in")).await.unwrap();
    browser.fill("#identifier", identifier).await.unwrap();
    browser.fill("#password", "cadran-demo").await.unwrap();
    browser.click(".sign-in button").await.unwrap();
    browser.find(".heading h1").await.unwrap();
}

tokio::task_local! {
    /// Set for who walks for another reason than the looks of pages: the walk of its own looks at them.
    pub(crate) static IN_PASSING: ();
}

/// Nothing to complain of on the page where the browser is, in both themes and at both widths.
pub(crate) async fn is_well_made(browser: &Browser, name: &str) {
    let themes = if IN_PASSING.try_with(|()| ()).is_ok() { &[][..] } else { &[Theme::Light, Theme::Dark] };
    for &theme in themes {
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
    browser.click("a.quiet-link[href$='/offers']").await.unwrap();
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

/// A draft that no form of the page sends.
const SEND_DRAFT: &str = "const form = new FormData(); form.append('file', new Blob(['x']), 'offers.toml'); \
                          return fetch('/comparison/draft', { method: 'POST', body: form }).then(answer => answer.status)";

/// RAT-13, PLT-09: a fleet manager finds from the lines which of them another offer would suit better, and opens one; a reseller may ask
/// for a customer of its own only, and sees nothing of what others asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_fleet_manager_compares_all_lines() {
    let demo = demo();
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, demo, "zenne.localhost", "fleet@senne.example").await;
    browser.goto(&demo.url("zenne.localhost", "/lines")).await.unwrap();
    browser.click(".heading a.btn").await.unwrap();
    browser.arrive("/comparison").await.unwrap();
    is_well_made(&browser, "comparison-begin").await;
    browser.click("#begin").await.unwrap();
    browser.find(".finding").await.unwrap();
    is_well_made(&browser, "comparison").await;
    // What the page says of the first line is what the line's own page says.
    let saving = browser.evaluate("return document.querySelector('tbody tr td:last-child').innerText.trim()").await.unwrap();
    browser.click("tbody tr:nth-child(1) th a").await.unwrap();
    browser.arrive("/offers").await.unwrap();
    browser.find_text(".finding", saving.as_str().unwrap()).await.unwrap();

    let other = Browser::open().await.unwrap();
    sign_in(&other, demo, "horizon.grandlarge.localhost", "agent@horizon.example").await;
    other.goto(&demo.url("horizon.grandlarge.localhost", "/comparison")).await.unwrap();
    other.gone(".finding").await.unwrap();
    other.fill("#customer", "Atlantique Logistique").await.unwrap();
    other.click("#begin").await.unwrap();
    other.find_text("#refusal", "Aucun client").await.unwrap();
    only_refusals(&other).await;
    is_well_made(&other, "comparison-refused").await;
    other.goto(&demo.url("horizon.grandlarge.localhost", "/comparison/draft")).await.unwrap();
    other.find(".failure").await.unwrap();
    assert_eq!(other.evaluate(SEND_DRAFT).await.unwrap(), 404);
}

/// RAT-13, PLT-09: the operator's staff hand a draft of the catalogue in, read what is wrong with it, and see what it would earn by offer.
#[tokio::test(flavor = "multi_thread")]
async fn staff_try_a_price_change() {
    let (demo, folder) = (demo(), tempfile::tempdir().unwrap());
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, demo, "grandlarge.localhost", "support@grandlarge.example").await;
    browser.goto(&demo.url("grandlarge.localhost", "/comparison")).await.unwrap();
    browser.click(".heading a.btn").await.unwrap();
    browser.arrive("/comparison/draft").await.unwrap();
    browser.click("#begin").await.unwrap();
    browser.find_text("#files-refusal", "fichier").await.unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/grandlarge/2026-01-01/offers.toml");
    let text = std::fs::read_to_string(source).unwrap();
    let file = folder.path().join("offers.toml");
    let choose = async |text: &str| {
        std::fs::write(&file, text).unwrap();
        browser.find("#draft-files").await.unwrap().send_keys(file.to_str().unwrap()).await.unwrap();
        browser.click("#begin").await.unwrap();
    };
    choose(&text.replace("orange = \"10.50\"", "orange = \"cheap\"")).await;
    browser.find_text("#faults", "`cheap`").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "draft-faults").await;
    choose(&text.replace("orange = \"10.50\"", "orange = \"9.50\"")).await;
    browser.find_text(".finding", "aurait coûté").await.unwrap();
    browser.find_text("tbody tr:nth-child(1) th", "30 Go").await.unwrap();
    is_well_made(&browser, "draft").await;
    assert_eq!(browser.evaluate(SEND_DRAFT).await.unwrap(), 403, "a form without its token");
}

/// Chooses a layout and a file, and sends them.
async fn upload(browser: &Browser, layout: &str, file: &Path) {
    browser.choose("#upload-layout", layout).await.unwrap();
    browser.find("#upload-file").await.unwrap().send_keys(file.to_str().unwrap()).await.unwrap();
    browser.click(".upload button").await.unwrap();
}

/// An answer that refuses is told to the console too: this and nothing else.
pub(crate) async fn only_refusals(browser: &Browser) {
    let errors = browser.console_errors().await.unwrap();
    assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
}

/// RAT-08, PLT-09: staff hand a file in, correct a row of it that was set aside, and see the record on its line.
#[tokio::test(flavor = "multi_thread")]
async fn staff_hand_a_file_in_and_correct_a_row() {
    let (demo, folder) = (Demo::start(None), tempfile::tempdir().unwrap());
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, &demo, "vallee.localhost", "accueil@vallee.example").await;
    browser.goto(&demo.url("vallee.localhost", "/lines?size=50&sort=data&order=descending")).await.unwrap();
    let line = browser.find("#lines tbody th a").await.unwrap();
    let number: String = line.text().await.unwrap().chars().filter(char::is_ascii_digit).collect();
    let line = line.attr("href").await.unwrap().unwrap();
    let msisdn = format!("33{}", number.strip_prefix('0').unwrap());

    browser.goto(&demo.url("vallee.localhost", "/usage-files")).await.unwrap();
    browser.click(".upload button").await.unwrap();
    browser.find_text("#refusal", "Choisissez un fichier").await.unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    upload(&browser, "mobile", &file("empty.csv", "")).await;
    browser.find_text("#refusal", "vide").await.unwrap();
    upload(&browser, "", &file("other.csv", "a,b\n1,2\n")).await;
    browser.find_text("#refusal", "format").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "upload-refused").await;

    upload(&browser, "mobile", &file("other.csv", "a,b\n1,2\n")).await;
    browser.find_text(".notice", "other.csv").await.unwrap();
    browser.find_text(".refused", "msisdn").await.unwrap();
    is_well_made(&browser, "file-refused").await;
    browser.click(".refused button").await.unwrap();
    browser.gone(".refused").await.unwrap();

    let header = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access";
    let row = |start: &str| format!("x1,sms,made,{msisdn},0639985599,{start},,,,mobile");
    upload(&browser, "mobile", &file("november.csv", &format!("{header}\n{}\n", row("hier")))).await;
    browser.click_text("th a", "november.csv").await.unwrap();
    browser.find_text(".why", "Date ou heure invalide").await.unwrap();
    browser.click(".aside summary").await.unwrap();
    is_well_made(&browser, "row-set-aside").await;
    browser.fill("#raw-2", &row("2026-02-30 10:00:00")).await.unwrap();
    browser.click(".because button").await.unwrap();
    browser.find_text("#attempt-why", "2026-02-30").await.unwrap();
    let typed = browser.evaluate("return document.querySelector('#typed').value").await.unwrap();
    assert_eq!(typed, row("2026-02-30 10:00:00"), "what was typed is kept");
    only_refusals(&browser).await;
    is_well_made(&browser, "row-still-set-aside").await;
    browser.fill("#typed", &row("2026-11-20 10:00:00")).await.unwrap();
    browser.click(".attempt button").await.unwrap();
    browser.find_text(".notice", "1 ligne a été reprise").await.unwrap();
    is_well_made(&browser, "row-taken").await;

    browser.goto(&demo.url("vallee.localhost", &format!("{line}?number=0639985599"))).await.unwrap();
    browser.find_text("tr.record", "SMS envoyé").await.unwrap();
    // Nothing is received without the token of the form, and nobody else has these pages.
    let send = "const form = new FormData(); form.append('layout', 'mobile'); form.append('file', new Blob(['x']), 'x.csv'); \
                return fetch('/usage-files', { method: 'POST', body: form }).then(answer => answer.status)";
    assert_eq!(browser.evaluate(send).await.unwrap(), 403);
    let other = Browser::open().await.unwrap();
    sign_in(&other, &demo, "vallee.localhost", "V100042").await;
    other.goto(&demo.url("vallee.localhost", "/usage-files")).await.unwrap();
    other.find(".failure").await.unwrap();
    assert_eq!(other.evaluate(send).await.unwrap(), 404);
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
