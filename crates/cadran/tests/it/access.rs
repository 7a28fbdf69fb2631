//! The ways in, walked in a real browser: first access by a link in the demo's mailbox, one's own account, a password that was forgotten.

use crate::portal::{Demo, demo, is_well_made};
use testkit::Browser;

/// What a language has for the numbers of the question.
const FRENCH: [&str; 8] = ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"];
const GERMAN: [&str; 8] = ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];

/// Reads the question as a person does.
async fn answer(browser: &Browser, words: [&str; 8]) -> String {
    let question = browser.text("label[for=answer]").await.unwrap();
    let value = |word: &str| (2..).zip(words).find(|(_, number)| *number == word).map(|(value, _)| value);
    let numbers = question.split(|c: char| !c.is_alphabetic()).filter_map(value);
    numbers.sum::<i32>().to_string()
}

/// Asks for a link and takes it from the mailbox, which shows the latest mail first; not the one that is known from before.
async fn link(browser: &Browser, demo: &Demo, (identifier, proof): (&str, &str), words: [&str; 8], known: &str) -> String {
    browser.goto(&demo.url("vallee.localhost", "/access")).await.unwrap();
    browser.fill("#identifier", identifier).await.unwrap();
    browser.fill("#proof", proof).await.unwrap();
    let sum = answer(browser, words).await;
    browser.fill("#answer", &sum).await.unwrap();
    browser.click(".sign-in button").await.unwrap();
    browser.find(".notice.ok").await.unwrap();
    let shown = browser.text(".notice.ok").await.unwrap();
    // Of the address there is the first letter and the end, whoever asks.
    assert!(shown.contains("*******@…example"), "{shown}");
    let found = "const text = document.body.textContent; return (text.match(/http:\\S+\\/access\\/[0-9a-f]{64}/) || [''])[0]";
    // Others' mails may come after it.
    let latest = format!(
        "return [...document.querySelectorAll('main tbody tr')].filter(row => row.textContent.includes('{proof}'))\
         .slice(0, 5).map(row => row.querySelector('a').href)"
    );
    loop {
        browser.goto(&demo.url("vallee.localhost", "/mailbox")).await.unwrap();
        let mails = browser.evaluate(&latest).await.unwrap();
        for mail in mails.as_array().into_iter().flatten().filter_map(|mail| mail.as_str()) {
            browser.goto(mail).await.unwrap();
            let link = browser.evaluate(found).await.unwrap();
            let to = browser.text("main").await.unwrap();
            if let Some(link) = link.as_str().filter(|link| !link.is_empty() && to.contains(proof) && *link != known) {
                return link.to_owned();
            }
        }
    }
}

/// CUS-01, CUS-02, CUS-05, TEL-02, PLT-03, PLT-04, PLT-07, PLT-09: a household that never signed in asks for a link, finds it in its mail, chooses a
/// password by the rules shown, gives itself an identifier, and signs in with it elsewhere, which is told; axe finds nothing on the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_gets_its_first_access() {
    first_access(demo()).await;
}

/// The walk; what nobody but the person may know of it.
pub(crate) async fn first_access(demo: &Demo) -> Vec<String> {
    let browser = Browser::open_speaking("fr").await.unwrap();
    let address = "famille.gasser@vallee.example";
    browser.goto(&demo.url("vallee.localhost", "/sign-in")).await.unwrap();
    browser.click("a[href='/access']").await.unwrap();
    browser.find("#answer").await.unwrap();
    is_well_made(&browser, "access").await;
    let to_password = link(&browser, demo, ("100001", address), FRENCH, "").await;
    browser.goto(&to_password).await.unwrap();
    browser.find_text("h1", "Choisissez votre mot de passe").await.unwrap();
    browser.fill("#password", "azerty").await.unwrap();
    browser.find_text(".meter", "Encore trop court").await.unwrap();
    is_well_made(&browser, "access-choose").await;
    browser.fill("#password", "motdepasse motdepasse").await.unwrap();
    browser.find_text(".meter", "Longueur suffisante").await.unwrap();
    browser.click(".sign-in button").await.unwrap();
    browser.find_text(".notice.full", "trop facile à deviner").await.unwrap();
    browser.fill("#password", "quatre ramettes violettes").await.unwrap();
    browser.click(".sign-in button").await.unwrap();
    browser.find_text(".heading p", "Famille Gasser").await.unwrap();
    browser.goto(&to_password).await.unwrap();
    browser.find_text("h1", "n’est plus valable").await.unwrap();

    // What was refused so far, the browser noted; nothing else.
    let noted = browser.console_errors().await.unwrap();
    assert!(noted.iter().all(|line| line.contains("status of 422") || line.contains("status of 410")), "{noted:?}");

    browser.goto(&demo.url("vallee.localhost", "/account")).await.unwrap();
    browser.find_text("dd", "V100001").await.unwrap();
    is_well_made(&browser, "account").await;
    // A refusal is seen where its form stands, on a telephone too.
    browser.fill("#own", "x").await.unwrap();
    browser.click("form[action^='/account/identifier#'] button").await.unwrap();
    browser.find_text("#identifier-refusal", "ne convient pas").await.unwrap();
    let seen = "const box = document.querySelector('#identifier-refusal').getBoundingClientRect(); \
                return box.top >= 0 && box.bottom <= innerHeight && document.querySelector('#own').matches('[aria-invalid]')";
    assert_eq!(browser.evaluate(seen).await.unwrap(), true);
    assert!(browser.console_errors().await.unwrap().iter().all(|error| error.contains("422")));
    browser.fill("#own", "gasser.67").await.unwrap();
    browser.click("form[action^='/account/identifier#'] button").await.unwrap();
    browser.find_text(".notice.ok", "enregistré").await.unwrap();

    // Elsewhere, by the identifier: both sessions are listed, and a mail tells of the new browser.
    let other = Browser::open_speaking("fr").await.unwrap();
    other.goto(&demo.url("vallee.localhost", "/sign-in")).await.unwrap();
    other.fill("#identifier", "Gasser.67").await.unwrap();
    other.fill("#password", "quatre ramettes violettes").await.unwrap();
    other.click(".sign-in button").await.unwrap();
    other.find_text(".heading p", "Famille Gasser").await.unwrap();
    browser.goto(&demo.url("vallee.localhost", "/account")).await.unwrap();
    browser.click(".sessions form button").await.unwrap();
    browser.find_text(".notice.ok", "fermé").await.unwrap();
    other.goto(&demo.url("vallee.localhost", "/lines")).await.unwrap();
    other.arrive("/sign-in").await.unwrap();

    // Forgotten: the same way gives a new one. All sessions end, and the old one opens nothing.
    let again = link(&other, demo, ("gasser.67", address), FRENCH, &to_password).await;
    assert_ne!(again, to_password);
    other.goto(&again).await.unwrap();
    other.fill("#password", "cinq cartons orange vif").await.unwrap();
    is_well_made(&other, "access-reset").await;
    other.click(".sign-in button").await.unwrap();
    other.find_text(".heading p", "Famille Gasser").await.unwrap();
    browser.goto(&demo.url("vallee.localhost", "/lines")).await.unwrap();
    browser.arrive("/sign-in").await.unwrap();
    browser.fill("#identifier", "gasser.67").await.unwrap();
    browser.fill("#password", "quatre ramettes violettes").await.unwrap();
    browser.click(".sign-in button").await.unwrap();
    browser.find_text(".notice.full", "mot de passe incorrect").await.unwrap();
    let token = to_password.rsplit('/').next().unwrap().to_owned();
    let mut secrets = vec![
        "quatre ramettes violettes".to_owned(),
        "cinq cartons orange vif".to_owned(),
        token,
        again.rsplit('/').next().unwrap().to_owned(),
    ];
    for one in [&browser, &other] {
        secrets.extend(one.cookies().await.unwrap());
    }
    secrets
}

/// CUS-01, PLT-08: the same way in German, by the postcode and the reference.
#[tokio::test(flavor = "multi_thread")]
async fn the_way_in_speaks_german() {
    let demo = demo();
    let browser = Browser::open_speaking("de").await.unwrap();
    let to_password = link(&browser, demo, ("V100002", "arthur.hoffmann@vallee.example"), GERMAN, "").await;
    browser.goto(&to_password).await.unwrap();
    browser.find_text("h1", "Wählen Sie Ihr Passwort").await.unwrap();
    is_well_made(&browser, "access-choose-german").await;
    browser.fill("#password", "vier lila Papierstapel").await.unwrap();
    browser.click(".sign-in button").await.unwrap();
    browser.find_text(".heading p", "Hoffmann").await.unwrap();
    // Forgotten, on another machine.
    let other = Browser::open_speaking("de").await.unwrap();
    let again = link(&other, demo, ("100002", "arthur.hoffmann@vallee.example"), GERMAN, &to_password).await;
    other.goto(&again).await.unwrap();
    other.find_text("h1", "Wählen Sie Ihr Passwort").await.unwrap();
    other.fill("#password", "fünf orange Kartons im Regal").await.unwrap();
    other.click(".sign-in button").await.unwrap();
    other.find_text(".heading p", "Hoffmann").await.unwrap();
    browser.goto(&demo.url("vallee.localhost", "/lines")).await.unwrap();
    browser.arrive("/sign-in").await.unwrap();
}
