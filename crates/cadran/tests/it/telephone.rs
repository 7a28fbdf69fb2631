//! The services of a telephone, walked in a real browser: forwards, refused and made, ring time, reset.

use crate::portal::{Demo, is_well_made, only_refusals, sign_in};
use testkit::Browser;

const HOST: &str = "vallee.localhost";

/// FIX-03, FIX-04, FIX-05, FIX-06, FIX-09, FIX-10, FIX-11, FIX-12, FIX-14, TEL-09, PLT-09: in French, a household forwards its calls, is told why not to an
/// emergency number, reads what a forwarded call costs before and while it is forwarded, and what its keys do during a call; it chooses how long its
/// telephone rings, and puts everything back after it has read what that changes; and it reads its calls, of this month and of the one before.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_sets_its_telephone() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, &demo, HOST, "V100042").await;
    browser.goto(&demo.url(HOST, "/lines?state=active&kind=fixed")).await.unwrap();
    browser.find("#lines tbody tr th a").await.unwrap();
    let own = "return [...document.querySelectorAll('#lines tbody th a')].find(a => a.innerText.startsWith('03')).href";
    let line = browser.evaluate(own).await.unwrap();
    browser.goto(line.as_str().unwrap()).await.unwrap();
    browser.click_text("a.btn", "Services du téléphone").await.unwrap();
    browser.find_text("h1", "Services du téléphone").await.unwrap();
    is_well_made(&browser, "telephone").await;
    browser.find_text(".dial-code", "*21*numéro#").await.unwrap();
    browser.click("#always").await.unwrap();
    browser.fill("#always_to", "112").await.unwrap();
    browser.choose("#ring_time", "40").await.unwrap();
    browser.click("#save").await.unwrap();
    browser.find_text("#always_fault", "112 est un numéro d’urgence").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "telephone-refused").await;
    browser.fill("#always_to", "06 39 98 00 11").await.unwrap();
    browser.click("#save").await.unwrap();
    browser.find_text("#price-first", "Rien n’est encore changé").await.unwrap();
    browser.find_text("#always_cost", "par appel, hors taxes").await.unwrap();
    browser.find_text("#always_cost", "0,09").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "telephone-price").await;
    browser.click("#save").await.unwrap();
    browser.arrive("done=yes").await.unwrap();
    browser.find_text("[role=status]", "C’est enregistré").await.unwrap();
    browser.find_text("#always_cost", "0,09").await.unwrap();
    browser.find_text("#keys", "R puis 1 revient au premier et met fin au second").await.unwrap();
    is_well_made(&browser, "telephone-forwarded").await;
    browser.click_text("a.btn", "Tout réinitialiser").await.unwrap();
    browser.find_text("#changes", "Renvoi de tous les appels").await.unwrap();
    browser.find_text("#changes", "20 s (4 sonneries)").await.unwrap();
    is_well_made(&browser, "telephone-reset").await;
    browser.click("#reset").await.unwrap();
    browser.arrive("done=yes").await.unwrap();
    browser.goto(&format!("{}/telephone/reset", line.as_str().unwrap())).await.unwrap();
    browser.find_text("main", "état du premier jour").await.unwrap();
    // The calls of the month, and those of the one before, each with what it cost or why nothing.
    browser.goto(&format!("{}?kind=voice#journal", line.as_str().unwrap())).await.unwrap();
    browser.find("#journal tr.record .col-price").await.unwrap();
    let before = "return [...document.querySelectorAll('#month option')].map(option => option.value)[1]";
    let before = browser.evaluate(before).await.unwrap();
    browser.goto(&format!("{}?month={}&kind=voice#journal", line.as_str().unwrap(), before.as_str().unwrap())).await.unwrap();
    browser.find("#journal tr.record .col-price").await.unwrap();
    is_well_made(&browser, "call-journal").await;
}
