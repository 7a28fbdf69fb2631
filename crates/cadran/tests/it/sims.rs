//! The inventory of SIMs, walked in a real browser: a maker's file, a range for a customer, and the customer's PUK.

use crate::portal::{Demo, is_well_made, sign_in};
use std::path::Path;
use testkit::Browser;
use vocabulary::Iccid;

/// Cards that no demo has.
const FIRST: u128 = 893_298_700_000_000_000;

fn iccid(place: u128) -> String {
    Iccid::from_serial(FIRST + place).unwrap().to_string()
}

fn row(place: u128) -> String {
    format!("{};206987{:09};1234;870000{place:02};5678;990000{place:02}\n", iccid(place), 5_000 + place)
}

async fn upload(browser: &Browser, file: &Path) {
    browser.choose("#batch-network", "scaldis").await.unwrap();
    browser.find("#batch-file").await.unwrap().send_keys(file.to_str().unwrap()).await.unwrap();
    browser.click(".upload button").await.unwrap();
}

/// What the browser says of a page that refuses, and nothing else.
async fn only_refusals(browser: &Browser) {
    let errors = browser.console_errors().await.unwrap();
    assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
}

/// RES-07, FLT-02, TEL-06, RES-21, PLT-05, PLT-08, PLT-09: in Dutch, staff hand a maker's file in, of which one wrong row keeps all out, then the
/// right one, and give a range to a company; in French, its fleet manager sees these cards, and the PUK of one, which the history tells.
#[tokio::test(flavor = "multi_thread")]
async fn cards_go_from_the_maker_to_a_company() {
    let (demo, folder) = (Demo::start(None), tempfile::tempdir().unwrap());
    let host = "zenne.localhost";
    let browser = Browser::open_speaking("nl").await.unwrap();
    sign_in(&browser, &demo, host, "desk@zenne.example").await;
    browser.goto(&demo.url(host, "/sims")).await.unwrap();
    browser.find_text("tbody .state", "In gebruik").await.unwrap();
    is_well_made(&browser, "sims").await;
    browser.goto(&demo.url(host, "/sims/batches")).await.unwrap();
    is_well_made(&browser, "sim-batches").await;
    let head = "ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n";
    let rows: String = (0..12).map(row).collect();
    let (wrong, right) = (folder.path().join("fout.csv"), folder.path().join("juist.csv"));
    std::fs::write(&wrong, format!("{head}{}", rows.replace("87000003", "8700"))).unwrap();
    std::fs::write(&right, format!("{head}{rows}")).unwrap();
    upload(&browser, &wrong).await;
    browser.find_text("#refusal", "1 regel is fout").await.unwrap();
    browser.find_text(".upload tbody th", "4").await.unwrap();
    browser.find_text(".upload tbody td", "puk1").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "sim-batch-refused").await;
    upload(&browser, &right).await;
    browser.find_text(".notice.ok", "12 simkaarten").await.unwrap();
    is_well_made(&browser, "sims-of-batch").await;
    browser.goto(&demo.url(host, "/sims/batches")).await.unwrap();
    upload(&browser, &right).await;
    browser.find_text(".notice", "er is niets veranderd").await.unwrap();

    browser.goto(&demo.url(host, "/sims/transfer?way=give")).await.unwrap();
    browser.fill("#first", &iccid(2)).await.unwrap();
    browser.fill("#last", &iccid(12)).await.unwrap();
    browser.fill("#customer", "Z300001").await.unwrap();
    browser.click("form[method=get].filter-row button").await.unwrap();
    browser.find_text(".notice.full", "Met 1 simkaart kan dit niet").await.unwrap();
    is_well_made(&browser, "sims-give-refused").await;
    browser.fill("#last", &iccid(6)).await.unwrap();
    browser.click("form[method=get].filter-row button").await.unwrap();
    browser.find_text("#plan-title", "5 simkaarten toe te wijzen").await.unwrap();
    is_well_made(&browser, "sims-give").await;
    browser.click("form[method=post][action='/sims/transfer'] button").await.unwrap();
    browser.find_text(".notice.ok", "5 simkaarten zijn toegewezen").await.unwrap();

    let manager = Browser::open_speaking("fr").await.unwrap();
    sign_in(&manager, &demo, host, "fleet@senne.example").await;
    manager.goto(&demo.url(host, &format!("/sims?iccid={}", &iccid(0)[..10]))).await.unwrap();
    manager.find_text(".list-head p", "5 SIM").await.unwrap();
    is_well_made(&manager, "sims-of-company").await;
    manager.click("tbody th a").await.unwrap();
    manager.find_text("h1", &iccid(2)).await.unwrap();
    manager.find_text(".history", "A attribué une SIM").await.unwrap();
    is_well_made(&manager, "sim").await;
    manager.click("#puk button").await.unwrap();
    manager.find_text(".puk", "87000002").await.unwrap();
    manager.find_text(".history", "A consulté un code PUK").await.unwrap();
    is_well_made(&manager, "sim-puk").await;
    // A line of the demo leads to its card, and that to its PUK.
    manager.goto(&demo.url(host, "/lines")).await.unwrap();
    manager.click("#lines tbody th a").await.unwrap();
    manager.click_text("dl.facts a", "Afficher le code PUK").await.unwrap();
    manager.click("#puk button").await.unwrap();
    manager.find(".puk").await.unwrap();
}
