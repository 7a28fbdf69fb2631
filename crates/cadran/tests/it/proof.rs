//! Fresh proof and a new address, walked in a real browser: who is told, what waits, and how it is taken back.

use crate::portal::{Demo, demo, is_well_made, sign_in};
use testkit::Browser;

const VALLEE: &str = "vallee.localhost";
/// How often the mailbox is looked at for what is on its way.
const MOST_LOOKS: u32 = 100;

/// A link in the mail of that subject which went out last, once it is there.
async fn link(browser: &Browser, demo: &Demo, host: &str, (subject, path): (&str, &str)) -> String {
    let first = format!(
        "const mail = [...document.querySelectorAll('main a[href^=\"/mailbox/\"]')].find(a => a.textContent.includes('{subject}')); \
         return mail ? mail.href : ''"
    );
    for _ in 0..MOST_LOOKS {
        browser.goto(&demo.url(host, "/mailbox")).await.unwrap();
        let mail = browser.evaluate(&first).await.unwrap();
        let Some(mail) = mail.as_str().filter(|mail| !mail.is_empty()) else { continue };
        browser.goto(mail).await.unwrap();
        let found = format!("return (document.body.textContent.match(/http:\\S+{path}[0-9a-f]{{64}}/) || [''])[0]");
        return browser.evaluate(&found).await.unwrap().as_str().unwrap().to_owned();
    }
    panic!("no mail about `{subject}`")
}

/// The last text message, once it says so.
async fn text_message(browser: &Browser, demo: &Demo, host: &str, words: &str) {
    for _ in 0..MOST_LOOKS {
        browser.goto(&demo.url(host, "/mailbox")).await.unwrap();
        let found =
            browser.evaluate("return [...document.querySelectorAll('.text-bubble')].map(p => p.textContent)").await.unwrap();
        if found.as_array().unwrap().iter().any(|text| text.as_str().unwrap().contains(words)) {
            return;
        }
    }
    panic!("no text message says `{words}`")
}

/// The page on which something was refused: the browser says its status, and nothing else.
async fn is_refused_well(browser: &Browser, status: &str, name: &str) {
    let said = browser.console_errors().await.unwrap();
    assert!(!said.is_empty() && said.iter().all(|line| line.contains(status)), "{name}: {said:?}");
    is_well_made(browser, name).await;
}

async fn ask_for(browser: &Browser, demo: &Demo, host: &str, address: &str) {
    browser.goto(&demo.url(host, "/account/email")).await.unwrap();
    browser.fill("#email", address).await.unwrap();
    browser.fill("#again", address).await.unwrap();
    browser.click("form[action='/account/email'] button").await.unwrap();
    browser.find(".notice.ok").await.unwrap();
}

/// CUS-06, PLT-05, PLT-07: in French, a household asks for another address; mails go to both, a text message to the SIM; confirmed, the change waits for
/// its hour; who reads at the old address takes it back, and nobody is signed in any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_is_told_held_and_taken_back() {
    new_address(demo()).await;
}

/// The walk; what nobody but the person may know of it.
pub(crate) async fn new_address(demo: &Demo) -> Vec<String> {
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, demo, VALLEE, "V100180").await;
    browser.goto(&demo.url(VALLEE, "/account/email")).await.unwrap();
    is_well_made(&browser, "email").await;
    browser.fill("#email", "ehrhart.neuf@example.org").await.unwrap();
    browser.fill("#again", "ehrhart@example.org").await.unwrap();
    browser.click("form[action='/account/email'] button").await.unwrap();
    browser.find_text(".notice.full", "ne sont pas identiques").await.unwrap();
    is_refused_well(&browser, "422", "email-differ").await;
    browser.fill("#again", "ehrhart.neuf@example.org").await.unwrap();
    browser.click("form[action='/account/email'] button").await.unwrap();
    browser.find_text(".notice.ok", "lien vient de partir").await.unwrap();
    browser.find_text("dd", "Une fois le lien suivi").await.unwrap();

    text_message(&browser, demo, VALLEE, "nouvelle adresse e-mail a été demandée").await;
    browser.find_text(".texts .note", "Au 0").await.unwrap();
    is_well_made(&browser, "mailbox").await;
    let not_me = link(&browser, demo, VALLEE, ("Changement d’adresse", "\\/not-me\\/")).await;
    let confirm = link(&browser, demo, VALLEE, ("Confirmez votre adresse", "\\/account\\/email\\/")).await;
    // Who is not signed in is asked to, and comes back: the link alone confirms nothing.
    let other = Browser::open_speaking("fr").await.unwrap();
    other.goto(&confirm).await.unwrap();
    other.arrive("/sign-in").await.unwrap();
    browser.goto(&confirm).await.unwrap();
    browser.find_text(".address", "ehrhart.neuf@example.org").await.unwrap();
    is_well_made(&browser, "email-confirm").await;
    browser.click(".sign-in button").await.unwrap();
    browser.find_text(".notice.ok", "est confirmée").await.unwrap();
    browser.find("dl time").await.unwrap();
    is_well_made(&browser, "account-held").await;

    other.goto(&not_me).await.unwrap();
    other.find_text("h1", "Ce n’était pas vous").await.unwrap();
    is_well_made(&other, "not-me").await;
    other.click(".sign-in button").await.unwrap();
    other.find_text(".notice.ok", "annulé").await.unwrap();
    is_well_made(&other, "not-me-done").await;
    browser.goto(&demo.url(VALLEE, "/account")).await.unwrap();
    browser.arrive("/sign-in").await.unwrap();
    let choose = link(&other, demo, VALLEE, ("nouveau mot de passe", "\\/access\\/")).await;
    other.goto(&choose).await.unwrap();
    other.fill("#password", "trois lampes sous la pluie").await.unwrap();
    other.click(".sign-in button").await.unwrap();
    other.find_text(".heading p", "Famille Ehrhart").await.unwrap();
    other.goto(&demo.url(VALLEE, "/account")).await.unwrap();
    // What happened stands in the history; nothing else knows the thief's address.
    let page = other.text("main").await.unwrap();
    let (now, history) = page.split_once("Historique").unwrap();
    assert!(!now.contains("ehrhart.neuf@example.org") && history.contains("Un changement a été annulé"), "{page}");
    let tokens = [not_me, confirm, choose].map(|link| link.rsplit('/').next().unwrap_or_default().to_owned());
    let passwords = ["cadran-demo", "trois lampes sous la pluie"].map(str::to_owned);
    [tokens.to_vec(), passwords.to_vec(), other.cookies().await.unwrap()].concat()
}

/// CUS-05, CUS-06, TEL-03, PLT-05: the same in Dutch for the operator's accountant, whose mails are in Dutch too, taken back on the account page; a contact number that is none is
/// refused; a password is told to the mobile number that was named, as there is no SIM.
#[tokio::test(flavor = "multi_thread")]
async fn an_accountant_is_told_in_dutch() {
    let (demo, host) = (demo(), "zenne.localhost");
    let browser = Browser::open_speaking("nl").await.unwrap();
    sign_in(&browser, demo, host, "accounts@zenne.example").await;
    browser.goto(&demo.url(host, "/account/numbers")).await.unwrap();
    browser.fill("#mobile", "02 555 12 34").await.unwrap();
    browser.click("form[action='/account/numbers'] button").await.unwrap();
    browser.find_text(".notice.full", "geen mobiel nummer").await.unwrap();
    is_refused_well(&browser, "422", "numbers-refused").await;
    browser.fill("#mobile", "0470 12 34 56").await.unwrap();
    browser.click("form[action='/account/numbers'] button").await.unwrap();
    browser.find_text(".notice.ok", "opgeslagen").await.unwrap();
    ask_for(&browser, demo, host, "nieuw.adres@example.org").await;
    is_well_made(&browser, "account-asked-dutch").await;
    browser.click("form[action^='/account/email/taken-back#'] button").await.unwrap();
    browser.find_text(".notice.ok", "geannuleerd").await.unwrap();
    let confirm = link(&browser, demo, host, ("Bevestig uw e-mailadres", "\\/account\\/email\\/")).await;
    browser.goto(&confirm).await.unwrap();
    browser.find_text("h1", "link").await.unwrap();
    is_refused_well(&browser, "410", "email-over").await;

    browser.goto(&demo.url(host, "/account")).await.unwrap();
    browser.fill("#old", "cadran-demo").await.unwrap();
    browser.fill("#new", "drie lampen in de regen").await.unwrap();
    browser.click("form[action^='/account/password#'] button").await.unwrap();
    browser.find_text(".notice.ok", "gewijzigd").await.unwrap();
    text_message(&browser, demo, host, "uw wachtwoord is gewijzigd").await;
    let not_me = link(&browser, demo, host, ("Uw wachtwoord is gewijzigd", "\\/not-me\\/")).await;
    assert!(not_me.starts_with("http://zenne.localhost"), "{not_me}");
}
