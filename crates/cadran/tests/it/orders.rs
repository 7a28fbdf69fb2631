//! Orders of lines, walked in a real browser: five lines with a number that comes along and an eSIM, and one from a file.

use crate::portal::{Demo, is_well_made, sign_in};
use testkit::Browser;

async fn go_on(browser: &Browser) {
    browser.click("form[action='/orders/new'][method=get] button").await.unwrap();
}

/// What the browser says of a page that refuses, and nothing else.
async fn only_refusals(browser: &Browser) {
    let errors = browser.console_errors().await.unwrap();
    assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
}

/// RES-03, FLT-03, FLT-04, MOB-10, MOB-52, MOB-63: in French, staff order five lines for a company, one with the number that it has elsewhere, whose RIO
/// is mistyped first, and one with an eSIM; they read the price before, see each line on its way, note that the other operator agrees, and give one line up.
#[tokio::test(flavor = "multi_thread")]
async fn five_lines_are_ordered() {
    let demo = Demo::start(None);
    let host = "grandlarge.localhost";
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, &demo, host, "support@grandlarge.example").await;
    browser.goto(&demo.url(host, "/orders/new")).await.unwrap();
    is_well_made(&browser, "order-new").await;
    browser.fill("#customer", "Atlantique Logistique").await.unwrap();
    go_on(&browser).await;
    browser.find("#network").await.unwrap();
    browser.choose("#network", "orange").await.unwrap();
    go_on(&browser).await;
    browser.find("#offer").await.unwrap();
    browser.choose("#offer", "unlimited-10").await.unwrap();
    go_on(&browser).await;
    browser.find("#capping").await.unwrap();
    browser.choose("#capping", "capped").await.unwrap();
    browser.fill("#count", "5").await.unwrap();
    go_on(&browser).await;
    browser.find_text(".order-line legend", "Ligne 5").await.unwrap();
    browser.fill("#first_name-0", "Léa").await.unwrap();
    browser.fill("#last_name-0", "Martin").await.unwrap();
    browser.choose("#sim-1", "esim").await.unwrap();
    browser.fill("#number-2", "06 12 34 56 78").await.unwrap();
    browser.fill("#proof-2", "01PEROY4P4TX").await.unwrap();
    browser.click("button[value=check]").await.unwrap();
    browser.find_text("#faults-2", "Ce RIO n’est pas celui de ce numéro").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "order-refused").await;
    browser.fill("#proof-2", "01PEROY4P4TR").await.unwrap();
    browser.click("button[value=check]").await.unwrap();
    browser.find_text("#total-title", "Ce que coûte la commande").await.unwrap();
    browser.find_text("#result dd", "1,50").await.unwrap();
    is_well_made(&browser, "order-total").await;
    browser.click("button[value=place]").await.unwrap();
    browser.find_text(".notice.ok", "La commande est enregistrée").await.unwrap();
    browser.find_text("tbody .note", "Portabilité demandée").await.unwrap();
    is_well_made(&browser, "order").await;
    browser.click("button[value=porting-agreed]").await.unwrap();
    browser.find_text("tbody .note", "Portage du numéro le").await.unwrap();
    browser.click_text("tbody tr[id] details summary", "Abandonner").await.unwrap();
    browser.click_text("details[open] button", "Oui, abandonner cette ligne").await.unwrap();
    browser.find_text("tbody .state", "Résiliée").await.unwrap();
    browser.goto(&demo.url(host, "/orders")).await.unwrap();
    browser.find_text("tbody th", "5 lignes").await.unwrap();
    is_well_made(&browser, "orders").await;
    for list in ["stuck", "open", "over"] {
        browser.goto(&demo.url(host, &format!("/work-orders?list={list}"))).await.unwrap();
        is_well_made(&browser, &format!("work-orders-{list}")).await;
    }
    only_refusals(&browser).await;
}

/// RES-03, FLT-21: in Dutch, a file of three lines of which one is wrong is told row by row; the good ones alone are ordered, as is chosen.
#[tokio::test(flavor = "multi_thread")]
async fn lines_are_ordered_from_a_file() {
    let (demo, folder) = (Demo::start(None), tempfile::tempdir().unwrap());
    let host = "zenne.localhost";
    let browser = Browser::open_speaking("nl").await.unwrap();
    sign_in(&browser, &demo, host, "fleet@senne.example").await;
    browser.goto(&demo.url(host, "/orders/file")).await.unwrap();
    is_well_made(&browser, "order-file").await;
    let file = folder.path().join("lijnen.csv");
    let rows = "network;offer;user\nscaldis;start;Jan Peeters\nscaldis;nergens;Fout\nscaldis;start;Els Maes\n";
    std::fs::write(&file, rows).unwrap();
    browser.find("#file").await.unwrap().send_keys(file.to_str().unwrap()).await.unwrap();
    browser.click(".upload button").await.unwrap();
    browser.find_text("#faults-title", "1 rij te verbeteren").await.unwrap();
    browser.find_text("tbody td", "Dit aanbod bestaat niet").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "order-file-refused").await;
    browser.click("button[value=good]").await.unwrap();
    browser.find_text(".notice.ok", "De bestelling is geplaatst").await.unwrap();
    assert_eq!(browser.find_all("tbody tr").await.unwrap().len(), 2, "the good rows");
    is_well_made(&browser, "order-of-file").await;
    only_refusals(&browser).await;
}
