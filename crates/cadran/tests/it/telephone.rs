//! The services of a telephone, walked in a real browser: forwards, refused and made, ring time, reset, and codes dialled meanwhile.

use crate::portal::{Demo, is_well_made, only_refusals, sign_in};
use std::process::Command;
use testkit::Browser;

const HOST: &str = "vallee.localhost";

/// FIX-03, FIX-04, FIX-05, FIX-06, FIX-09, FIX-10, FIX-11, FIX-12, FIX-14, TEL-09, PLT-09: in French, a household forwards its calls, is told why not to an
/// emergency number, reads what a forwarded call costs before and while it is forwarded, and what its keys do during a call; it chooses how long its
/// telephone rings, and puts everything back after it has read what that changes; and it reads its calls, of this month and of the one before.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_sets_its_telephone() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("fr").await.unwrap();
    let (line, _) = own_line(&browser, &demo).await;
    browser.goto(&line).await.unwrap();
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
    browser.goto(&format!("{}/telephone/reset", line)).await.unwrap();
    browser.find_text("main", "état du premier jour").await.unwrap();
    // The calls of the month, and those of the one before, each with what it cost or why nothing.
    browser.goto(&format!("{line}?kind=voice#journal")).await.unwrap();
    browser.find("#journal tr.record .col-price").await.unwrap();
    let before = "return [...document.querySelectorAll('#month option')].map(option => option.value)[1]";
    let before = browser.evaluate(before).await.unwrap();
    browser.goto(&format!("{line}?month={}&kind=voice#journal", before.as_str().unwrap())).await.unwrap();
    browser.find("#journal tr.record .col-price").await.unwrap();
    is_well_made(&browser, "call-journal").await;
}

/// Signs a household in: where its fixed line is shown, and its number.
async fn own_line(browser: &Browser, demo: &Demo) -> (String, String) {
    sign_in(browser, demo, HOST, "V100042").await;
    browser.goto(&demo.url(HOST, "/lines?state=active&kind=fixed")).await.unwrap();
    browser.find("#lines tbody tr th a").await.unwrap();
    let own = "const a = [...document.querySelectorAll('#lines tbody th a')].find(a => a.innerText.startsWith('03')); \
               return [a.href, a.innerText.replace(/\\s/g, '')]";
    let found: [String; 2] = serde_json::from_value(browser.evaluate(own).await.unwrap()).unwrap();
    found.into()
}

/// Saves, once to read what forwarded calls cost, and once more.
async fn save_at_its_price(browser: &Browser) {
    browser.click("#save").await.unwrap();
    browser.find("#price-first").await.unwrap();
    only_refusals(browser).await;
    browser.click("#save").await.unwrap();
    browser.arrive("done=yes").await.unwrap();
}

/// Dials on the line's telephone, as a switch would say it: by another program on the same database.
fn dial(demo: &Demo, number: &str, dialled: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadran"));
    command.args(["dial", "--database", &demo.database(), "--operator", "vallee", number, dialled]);
    let said = command.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

/// FIX-03 to FIX-08, FIX-12, FIX-13, FIX-14: a household sets every service; codes that are dialled meanwhile change the open page under its eyes, and say
/// from where; what it has begun to choose stays, and is not kept over what was dialled without its knowing; then everything is put back.
#[tokio::test(flavor = "multi_thread")]
async fn a_dialled_code_shows_on_an_open_page() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("fr").await.unwrap();
    let (line, number) = own_line(&browser, &demo).await;
    browser.goto(&format!("{line}/telephone")).await.unwrap();
    for (when, to) in [("always", "06 39 98 00 11"), ("no_answer", "06 39 98 00 12"), ("busy", "06 39 98 00 13")] {
        browser.click(&format!("#{when}")).await.unwrap();
        browser.fill(&format!("#{when}_to"), to).await.unwrap();
    }
    browser.choose("#ring_time", "35").await.unwrap();
    for service in ["straight", "call_waiting", "hide_number"] {
        browser.click(&format!("[name={service}]")).await.unwrap();
    }
    save_at_its_price(&browser).await;
    browser.find("#services[data-changes$='seen=1']").await.unwrap();
    let chosen = "return [...document.querySelectorAll('#services input[type=checkbox]')].map(box => box.checked).join()";
    let all = browser.evaluate(chosen).await.unwrap();

    dial(&demo, &number, "*21*0639980021#");
    browser.find("#services[data-changes$='seen=2']").await.unwrap();
    browser.find_text("[role=status] .notice", "depuis le téléphone").await.unwrap();
    let to = "return document.querySelector('#always_to').value";
    assert_eq!(browser.evaluate(to).await.unwrap(), "06\u{a0}39\u{a0}98\u{a0}00\u{a0}21");
    assert_eq!(browser.evaluate(chosen).await.unwrap(), all, "the rest is as it was");
    is_well_made(&browser, "telephone-dialled").await;

    browser.fill("#busy_to", "06 39 98 00 31").await.unwrap();
    dial(&demo, &number, "#21#");
    browser.find_text("[data-behind]:not([hidden])", "viennent d’être changés ailleurs").await.unwrap();
    is_well_made(&browser, "telephone-behind").await;
    browser.click("#save").await.unwrap();
    browser.find_text("#refusal", "ont été changés entre-temps").await.unwrap();
    only_refusals(&browser).await;
    let busy = "return document.querySelector('#busy_to').value";
    assert_eq!(browser.evaluate(busy).await.unwrap(), "06 39 98 00 31", "what was typed stays");
    save_at_its_price(&browser).await;

    browser.fill("#busy_to", "06 39 98 00 41").await.unwrap();
    dial(&demo, &number, "*95#");
    browser.click_text("[data-behind] button", "Les afficher").await.unwrap();
    browser.find("#always:not(:checked)").await.unwrap();
    browser.goto(&format!("{line}/telephone/reset")).await.unwrap();
    browser.click("#reset").await.unwrap();
    browser.arrive("done=yes").await.unwrap();
    browser.find("[name=straight]:not(:checked)").await.unwrap();
    browser.goto(&format!("{line}/telephone/reset")).await.unwrap();
    browser.find_text("main", "état du premier jour").await.unwrap();
}
