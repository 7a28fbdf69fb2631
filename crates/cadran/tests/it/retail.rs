//! A reseller's prices and its bills, walked in a real browser.

use crate::portal::{demo, is_well_made, only_refusals, sign_in};
use testkit::Browser;

const HORIZON: &str = "horizon.grandlarge.localhost";
/// How often it is looked whether a bill run is over.
const MOST_LOOKS: u32 = 200;

/// Waits for something on a page that changes by itself.
async fn wait_for(browser: &Browser, selector: &str) {
    let there = format!("return document.querySelector({selector:?}) !== null");
    for _ in 0..MOST_LOOKS {
        if browser.evaluate(&there).await.unwrap() == true {
            return;
        }
        let here = browser.url().await.unwrap();
        browser.goto(&here).await.unwrap();
    }
    panic!("no `{selector}`");
}

/// RES-11, PLT-08, PLT-09: in French, a reseller's administrator looks at its prices, is told why one cannot begin today, changes one from tomorrow on,
/// looks at its letterhead, has the month counted and its invoices issued; its customer reads one, in the reseller's name, and its PDF.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_sets_its_prices_and_bills() {
    let demo = demo();
    let admin = Browser::open_speaking("fr").await.unwrap();
    sign_in(&admin, demo, HORIZON, "admin@horizon.example").await;
    admin.goto(&demo.url(HORIZON, "/invoices")).await.unwrap();
    admin.click("main a[href='/prices']").await.unwrap();
    admin.find_text("h1", "Mes tarifs").await.unwrap();
    is_well_made(&admin, "prices").await;
    admin.click("section[aria-labelledby='plan-title'] tbody a").await.unwrap();
    admin.find_text("h2", "Nouveau prix").await.unwrap();
    let earliest = admin.evaluate("return document.querySelector('#from').value").await.unwrap();
    admin.fill("#amount", "9,999").await.unwrap();
    admin.click("#save-price").await.unwrap();
    admin.find_text("#price-refusal", "9,999").await.unwrap();
    only_refusals(&admin).await;
    is_well_made(&admin, "price-refused").await;
    assert_eq!(admin.evaluate("return document.querySelector('#from').value").await.unwrap(), earliest, "what was typed stays");
    admin.fill("#amount", "9,90").await.unwrap();
    admin.click("#save-price").await.unwrap();
    admin.find_text("#news", "1 prix enregistré").await.unwrap();
    admin.find_text("section[aria-labelledby='plan-title']", "9,90").await.unwrap();
    admin.click("section[aria-labelledby='usage-title'] tbody a").await.unwrap();
    admin.find_text("h2", "Nouveau prix").await.unwrap();
    admin.fill("#amount", "125").await.unwrap();
    admin.click("#save-price").await.unwrap();
    admin.find_text("#price-refusal", "125").await.unwrap();
    only_refusals(&admin).await;
    is_well_made(&admin, "usage-price-refused").await;
    admin.fill("#amount", "1,25").await.unwrap();
    admin.click("#save-price").await.unwrap();
    admin.find_text("section[aria-labelledby='usage-title']", "1,25").await.unwrap();

    admin.goto(&demo.url(HORIZON, "/letterhead")).await.unwrap();
    is_well_made(&admin, "letterhead").await;
    admin.fill("#legal_id", "404 833 049").await.unwrap();
    admin.click("#save-letterhead").await.unwrap();
    admin.find_text("#legal_id-why", "404 833 049").await.unwrap();
    only_refusals(&admin).await;
    is_well_made(&admin, "letterhead-refused").await;

    admin.goto(&demo.url(HORIZON, "/bill-runs")).await.unwrap();
    is_well_made(&admin, "bill-runs-of-reseller").await;
    admin.click("form[action='/bill-runs'] button").await.unwrap();
    wait_for(&admin, "input[name=sure]").await;
    is_well_made(&admin, "bill-run-of-reseller").await;
    admin.click("input[name=sure]").await.unwrap();
    admin.click("form[action='/bill-runs/issues'] button").await.unwrap();
    wait_for(&admin, "h2#progress-title").await;

    // What came to its own account is noted by hand, and taken back where it was a mistake.
    admin.goto(&demo.url(HORIZON, "/invoices")).await.unwrap();
    admin.click("main table a[href^='/invoices/']").await.unwrap();
    admin.click("a[href$='/payment']").await.unwrap();
    admin.find_text("h2", "Enregistrer un paiement reçu").await.unwrap();
    is_well_made(&admin, "payment-to-note").await;
    admin.fill("#amount", "99999").await.unwrap();
    admin.click("#note-payment").await.unwrap();
    admin.find_text("#refusal", "plus que ce que doit le compte").await.unwrap();
    only_refusals(&admin).await;
    is_well_made(&admin, "payment-not-noted").await;
    admin.fill("#amount", "1,00").await.unwrap();
    admin.fill("#remark", "chèque 1234567").await.unwrap();
    admin.click("#note-payment").await.unwrap();
    admin.find_text("#told", "1,00").await.unwrap();
    is_well_made(&admin, "payment-noted").await;
    admin.click("details.confirm summary").await.unwrap();
    admin.click("#take-back").await.unwrap();
    admin.find_text("#told", "enregistré par erreur").await.unwrap();
    is_well_made(&admin, "payment-taken-back").await;

    let customer = Browser::open_speaking("fr").await.unwrap();
    sign_in(&customer, demo, HORIZON, "flotte@kerguelen.example").await;
    customer.goto(&demo.url(HORIZON, "/invoices")).await.unwrap();
    customer.click("main table a[href^='/invoices/']").await.unwrap();
    customer.find_text("main", "avec la communication HO").await.unwrap();
    is_well_made(&customer, "invoice-of-reseller").await;
    let pdf = "const answer = await fetch(location.pathname + '/pdf'); return [answer.status, (await answer.text()).slice(0, 5)].join(' ')";
    assert_eq!(customer.evaluate(pdf).await.unwrap(), "200 %PDF-");
    customer.goto(&demo.url(HORIZON, "/prices")).await.unwrap();
    assert!(!customer.text("body").await.unwrap().contains("Mes tarifs"), "its customers do not see them");
}
