//! An operator that bills its resellers, walked in a real browser.

use crate::{
    members::only,
    portal::{demo, is_well_made, sign_in},
};
use testkit::Browser;

const HOST: &str = "grandlarge.localhost";
const ARMOR: &str = "armor.grandlarge.localhost";

/// RES-11, PLT-09: staff finds its resellers behind the invoices, and changes the company of one: a mistyped number is said at its field and nothing that was
/// typed is lost; the reseller finds the invoice that its company received, which leads to a file of every line; axe finds nothing on the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_is_billed_and_reads_its_invoice() {
    let demo = demo();
    let helene = Browser::open_speaking("fr").await.unwrap();
    sign_in(&helene, demo, HOST, "admin@grandlarge.example").await;
    helene.goto(&demo.url(HOST, "/invoices")).await.unwrap();
    helene.click("main a[href='/resellers']").await.unwrap();
    helene.find_text("main tbody", "Armor Mobile SARL").await.unwrap();
    is_well_made(&helene, "resellers").await;
    let armor = "return [...document.querySelectorAll('main tbody th a')].find(one => one.textContent === 'Armor Mobile').href";
    let armor = helene.evaluate(armor).await.unwrap();
    helene.goto(armor.as_str().unwrap()).await.unwrap();
    helene.find_text("h1", "Armor Mobile").await.unwrap();
    is_well_made(&helene, "reseller").await;
    helene.fill("#street", "3 rue des Halles").await.unwrap();
    helene.fill("#legal-id", "552100555").await.unwrap();
    helene.click("#keep-company").await.unwrap();
    helene.find_text("#company-refusal", "552100555").await.unwrap();
    let street = helene.evaluate("return document.querySelector('#street').value").await.unwrap();
    assert_eq!(street.as_str(), Some("3 rue des Halles"), "nothing that was typed is lost");
    only(&helene, "422").await;
    is_well_made(&helene, "reseller-refused").await;
    helene.fill("#legal-id", "552 100 554").await.unwrap();
    helene.fill("#vat-number", "FR96552100554").await.unwrap();
    helene.click("#keep-company").await.unwrap();
    helene.find_text(".notice.ok", "Les coordonnées sont enregistrées").await.unwrap();

    let nicolas = Browser::open_speaking("fr").await.unwrap();
    sign_in(&nicolas, demo, ARMOR, "agent@armor.example").await;
    nicolas.goto(&demo.url(ARMOR, "/invoices")).await.unwrap();
    nicolas.find_text("main tbody", "Reçue de Grand Large").await.unwrap();
    is_well_made(&nicolas, "invoices-received").await;
    nicolas.click("main tbody th a").await.unwrap();
    nicolas.find_text("main .heading", "Reçue de Grand Large").await.unwrap();
    is_well_made(&nicolas, "invoice-received").await;
    let file = "return fetch(document.querySelector('a[href$=\"/lines\"]').href).then(file => file.text()).then(text => text.split('\\n').length)";
    let rows = nicolas.evaluate(file).await.unwrap();
    assert!(rows.as_u64().is_some_and(|rows| rows > 10), "each line stands in it: {rows}");
}
