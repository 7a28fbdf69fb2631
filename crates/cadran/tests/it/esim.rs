//! An eSIM, walked in a real browser from the order to the telephone, beside the demo's profile server.

use crate::portal::{Demo, is_well_made, sign_in};
use testkit::Browser;

const HOST: &str = "grandlarge.localhost";
/// So often a page is looked at again while something goes on behind it.
const LOOKS: usize = 200;

/// Opens a page again until it says something.
async fn until(browser: &Browser, url: &str, css: &str, text: &str) {
    for _ in 0..LOOKS {
        browser.goto(url).await.unwrap();
        if browser.text(css).await.unwrap().contains(text) {
            return;
        }
    }
    panic!("`{css}` of {url} does not say `{text}`");
}

/// The path of the page that is open, without what follows it.
async fn path(browser: &Browser) -> String {
    browser.evaluate("return location.pathname").await.unwrap().as_str().unwrap().to_owned()
}

/// RES-08, RES-03, MOB-52, PLT-05, PLT-07, PLT-08, PLT-09: in French, staff order a line with an eSIM for a company, see its QR code and what is typed
/// instead, send the confirmation code to another number, and read both in the mailbox; a wrong code is refused, the right one installs the
/// profile, and the page says so; deleted, it says that another is needed. In English, the page reads as well.
#[tokio::test(flavor = "multi_thread")]
async fn an_esim_goes_to_its_telephone() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, &demo, HOST, "support@grandlarge.example").await;
    let form = "/orders/new?customer=G200001&network=orange&offer=unlimited-5&capping=capped&count=1";
    browser.goto(&demo.url(HOST, form)).await.unwrap();
    browser.choose("#sim-0", "esim").await.unwrap();
    browser.fill("#first_name-0", "Léa").await.unwrap();
    browser.fill("#last_name-0", "Martin").await.unwrap();
    browser.fill("#contact_email-0", "lea.martin@example.org").await.unwrap();
    browser.click("button[value=check]").await.unwrap();
    browser.click("button[value=place]").await.unwrap();
    browser.click("main tbody th a").await.unwrap();
    browser.find("dl.facts").await.unwrap();
    let line = path(&browser).await;
    let page = demo.url(HOST, &format!("{line}/esim"));
    until(&browser, &page, "h1", "Prête à installer").await;
    is_well_made(&browser, "esim").await;
    browser.goto(&demo.url(HOST, &line)).await.unwrap();
    browser.click_text("dl.facts a", "Installer l’eSIM").await.unwrap();
    browser.click_text("#code button", "Afficher le code QR").await.unwrap();
    browser.find(".esim-qr").await.unwrap();
    let side = browser.evaluate("return document.querySelector('.esim-qr svg').getBoundingClientRect().width").await.unwrap();
    assert!(side.as_f64().unwrap() > 150.0, "a telephone has to read it: {side}");
    browser.find_text("#code code", "rsp.grandlarge.example").await.unwrap();
    browser.find_text("#code code", "LPA:1$rsp.grandlarge.example$").await.unwrap();
    is_well_made(&browser, "esim-code").await;

    browser.fill("#esim-number", "06 12 34 56 78").await.unwrap();
    browser.click("#text button").await.unwrap();
    browser.find_text(".notice.ok", "Le code de confirmation part vers le").await.unwrap();
    browser.fill("#esim-email", "ailleurs@example.org").await.unwrap();
    browser.click("#mail button").await.unwrap();
    browser.find_text(".notice.ok", "ailleurs@example.org").await.unwrap();
    let mailbox = demo.url(HOST, "/mailbox");
    until(&browser, &mailbox, "main", "ailleurs@example.org").await;
    until(&browser, &mailbox, "main", "code de confirmation eSIM").await;
    let code = browser.evaluate(r"return document.body.innerText.match(/eSIM est (\d{6})/)[1]").await.unwrap();
    let code = code.as_str().unwrap().to_owned();
    browser.click_text("main a", "eSIM").await.unwrap();
    let mail = browser.evaluate("return document.querySelector('iframe').src").await.unwrap();
    browser.goto(mail.as_str().unwrap()).await.unwrap();
    let drawn = "const qr = document.querySelector('img[width=\"240\"]'); return qr.complete && qr.naturalWidth > 300";
    assert_eq!(browser.evaluate(drawn).await.unwrap(), true, "the mail shows its QR code");
    if let Ok(folder) = std::env::var("CADRAN_SCREENSHOTS") {
        browser.set_viewport(700, 1300).await.unwrap();
        browser.screenshot(format!("{folder}/esim-mail.png")).await.unwrap();
    }

    browser.goto(&page).await.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    browser.fill("#telephone-code", wrong).await.unwrap();
    browser.click("#telephone button").await.unwrap();
    browser.find_text("#telephone-refusal", "Ce n’est pas le code").await.unwrap();
    let errors = browser.console_errors().await.unwrap();
    assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
    browser.fill("#telephone-code", &code).await.unwrap();
    browser.click("#telephone button").await.unwrap();
    browser.find_text("h1 .state", "Active sur le téléphone").await.unwrap();
    browser.gone("#code, #text, #mail").await.unwrap();
    is_well_made(&browser, "esim-installed").await;

    let other = Browser::open_speaking("en").await.unwrap();
    sign_in(&other, &demo, HOST, "support@grandlarge.example").await;
    other.goto(&page).await.unwrap();
    other.find_text("h1 .state", "Active on the phone").await.unwrap();
    browser.click_text("#telephone button", "Supprimer").await.unwrap();
    browser.find_text("h1 .state", "Supprimée").await.unwrap();
    other.goto(&page).await.unwrap();
    other.find_text(".head-name p", "another one is needed").await.unwrap();
    is_well_made(&other, "esim-deleted").await;
}
