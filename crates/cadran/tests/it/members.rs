//! Who has access, walked in a real browser: invitations of a company's people, and a line of a household that is split and joined.

use crate::portal::{Demo, demo, is_well_made, sign_in};
use testkit::Browser;

const PASSWORD: &str = "quatre ramettes violettes";

/// The link of the latest invitation to an address, from the mailbox, which shows the latest mail first; others may be written meanwhile.
async fn invitation(browser: &Browser, demo: &Demo, (host, address): (&str, &str)) -> String {
    let all = "return [...document.querySelectorAll('main a[href^=\"/mailbox/\"]')].map(a => a.href)";
    let found = "const text = document.body.textContent; return (text.match(/http:\\S+\\/access\\/[0-9a-f]{64}/) || [''])[0]";
    loop {
        browser.goto(&demo.url(host, "/mailbox")).await.unwrap();
        let mails = browser.evaluate(all).await.unwrap();
        for mail in mails.as_array().unwrap() {
            browser.goto(mail.as_str().unwrap()).await.unwrap();
            let link = browser.evaluate(found).await.unwrap();
            if let Some(link) = link.as_str().filter(|link| !link.is_empty())
                && browser.text("main").await.unwrap().contains(address)
            {
                return link.to_owned();
            }
        }
    }
}

/// An answer that refuses is told to the console too: this and nothing else.
pub(crate) async fn only(browser: &Browser, status: &str) {
    let errors = browser.console_errors().await.unwrap();
    assert!(errors.iter().all(|error| error.contains(status)), "{errors:?}");
}

/// FLT-14, PLT-04, PLT-09: a fleet manager asks a colleague in for one line; the mail leads to a password and to that line alone; who was
/// asked in is seen to have come, and loses access at once when it is taken away; axe finds nothing on the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_is_asked_in_and_comes() {
    colleague(demo()).await;
}

/// The walk; what nobody but the person may know of it.
pub(crate) async fn colleague(demo: &Demo) -> Vec<String> {
    let host = "zenne.localhost";
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, demo, host, "fleet@senne.example").await;
    browser.click("nav.menu a[href='/members']").await.unwrap();
    browser.find_text("tbody", "Julie Dubois").await.unwrap();
    browser.find_text("tbody .state.in-progress", "Invité").await.unwrap();
    is_well_made(&browser, "members").await;

    browser.fill("#name", "Emma Martens").await.unwrap();
    browser.fill("#email", "emma@senne.example").await.unwrap();
    browser.choose("#role", "member").await.unwrap();
    browser.fill("#line", "0470 00 00 00").await.unwrap();
    browser.click("#invite form button").await.unwrap();
    browser.find_text("#refusal", "Aucune ligne en service").await.unwrap();
    let kept = "return [document.querySelector('#name').value, document.querySelector('#line').value, document.querySelector('#role').value]";
    let kept = browser.evaluate(kept).await.unwrap();
    assert_eq!(kept, serde_json::json!(["Emma Martens", "0470 00 00 00", "member"]), "what was typed is kept");
    only(&browser, "422").await;
    is_well_made(&browser, "members-refused").await;
    let number = browser.evaluate("return document.querySelectorAll('#lines option')[4].value").await.unwrap();
    browser.fill("#line", number.as_str().unwrap()).await.unwrap();
    browser.click("#invite form button").await.unwrap();
    browser.find_text(".notice.ok", "L’invitation est envoyée").await.unwrap();
    is_well_made(&browser, "member-invited").await;
    let emma = browser.url().await.unwrap().split('?').next().unwrap().to_owned();

    let other = Browser::open_speaking("fr").await.unwrap();
    let link = invitation(&other, demo, (host, "emma@senne.example")).await;
    other.goto(&link).await.unwrap();
    other.find_text(".lead", "Vous êtes invité").await.unwrap();
    is_well_made(&other, "invitation-accepted").await;
    other.fill("#password", PASSWORD).await.unwrap();
    other.click(".sign-in button").await.unwrap();
    other.find(".heading h1").await.unwrap();
    other.goto(&demo.url(host, "/lines")).await.unwrap();
    assert_eq!(other.find_all("#lines tbody tr").await.unwrap().len(), 1, "one line and no other");
    let page = other.text("#lines tbody").await.unwrap();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    assert!(digits(&page).starts_with(&digits(number.as_str().unwrap())), "{page}");
    other.gone("nav.menu a[href='/members']").await.unwrap();
    other.goto(&demo.url(host, "/members")).await.unwrap();
    other.find(".failure").await.unwrap();
    other.goto(&link).await.unwrap();
    other.find_text("h1", "n’est plus valable").await.unwrap();

    browser.goto(&emma).await.unwrap();
    browser.find_text(".heading .state.active", "Validé").await.unwrap();
    browser.gone("#again").await.unwrap();
    is_well_made(&browser, "member-validated").await;
    browser.click("#access").await.unwrap();
    is_well_made(&browser, "member-sure").await;
    browser.click("#block").await.unwrap();
    browser.find_text(".notice.ok", "L’accès est retiré").await.unwrap();
    is_well_made(&browser, "member-blocked").await;
    let cookies = other.cookies().await.unwrap();
    other.goto(&demo.url(host, "/lines")).await.unwrap();
    other.arrive("/sign-in").await.unwrap();
    let token = link.rsplit('/').next().unwrap().to_owned();
    [vec![PASSWORD.to_owned(), token], cookies, browser.cookies().await.unwrap()].concat()
}

/// FLT-14, RES-02, PLT-08: in Dutch, a second manager comes by invitation and looks after the others; the operator's desk finds the company
/// and sends a new link.
#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_a_company_speak_dutch() {
    let demo = demo();
    let host = "zenne.localhost";
    let browser = Browser::open_speaking("nl").await.unwrap();
    sign_in(&browser, demo, host, "fleet@gudule.example").await;
    browser.goto(&demo.url(host, "/members")).await.unwrap();
    browser.find_text("h1", "Personen").await.unwrap();
    browser.fill("#name", "Bram Wouters").await.unwrap();
    browser.fill("#email", "bram@gudule.example").await.unwrap();
    browser.choose("#role", "fleet_manager").await.unwrap();
    browser.click("#invite form button").await.unwrap();
    browser.find_text(".notice.ok", "verstuurd").await.unwrap();
    browser.click("#again").await.unwrap();
    browser.find_text(".notice.ok", "opnieuw verstuurd").await.unwrap();
    is_well_made(&browser, "member-dutch").await;
    let other = Browser::open_speaking("nl").await.unwrap();
    let link = invitation(&other, demo, (host, "bram@gudule.example")).await;
    other.goto(&link).await.unwrap();
    other.find_text(".lead", "U bent uitgenodigd").await.unwrap();
    other.fill("#password", PASSWORD).await.unwrap();
    other.click(".sign-in button").await.unwrap();
    other.find(".heading h1").await.unwrap();
    other.goto(&demo.url(host, "/members")).await.unwrap();
    other.find_text("tbody", "Benoît Lambert").await.unwrap();
    is_well_made(&other, "members-dutch").await;

    let desk = Browser::open_speaking("nl").await.unwrap();
    sign_in(&desk, demo, host, "desk@zenne.example").await;
    desk.goto(&demo.url(host, "/members?search=gudule")).await.unwrap();
    is_well_made(&desk, "members-desk").await;
    desk.click(".ways a").await.unwrap();
    desk.find_text("tbody", "Bram Wouters").await.unwrap();
    is_well_made(&desk, "members-of-customer").await;
    desk.click_text("tbody th a", "Bram Wouters").await.unwrap();
    desk.click("#send-link").await.unwrap();
    desk.find_text(".notice.ok", "De link is verstuurd").await.unwrap();
    is_well_made(&desk, "member-desk").await;
    desk.fill("#email", "bram").await.unwrap();
    let unchecked = "document.querySelector('form[action*=\"/email#\"]').noValidate = true; return true";
    assert_eq!(desk.evaluate(unchecked).await.unwrap(), true);
    desk.click("form[action*='/email#'] button").await.unwrap();
    desk.find_text("#email-refusal", "niet geldig").await.unwrap();
    only(&desk, "422").await;
    is_well_made(&desk, "member-desk-refused").await;
}

/// TEL-07, PLT-08, PLT-09: in German, the holder of an account gives a line its own access; its holder sees that line alone, and alone what
/// it uses; the account joins it again with that access's password, and not without.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_splits_a_line_and_joins_it() {
    // One of its own: other walks look at this household's lines.
    let demo = Demo::start_in(tempfile::tempdir().unwrap(), None);
    let host = "vallee.localhost";
    let browser = Browser::open_speaking("de").await.unwrap();
    sign_in(&browser, &demo, host, "V100042").await;
    browser.click("nav.menu a[href='/line-access']").await.unwrap();
    browser.find_text("h1", "Zugang je Anschluss").await.unwrap();
    browser.find_text(".state.in-progress", "Eingeladen").await.unwrap();
    browser.click_text("details summary", "Diesem Anschluss Zugang geben").await.unwrap();
    is_well_made(&browser, "line-access").await;
    let card = "return document.querySelector('details[open]').closest('section').id";
    let card = browser.evaluate(card).await.unwrap();
    let card = card.as_str().unwrap().to_owned();
    let line = card.strip_prefix("line-").unwrap().to_owned();
    browser.fill(&format!("#name-{line}"), "Lina Schneider").await.unwrap();
    browser.fill(&format!("#email-{line}"), "lina@schneider.example").await.unwrap();
    browser.click(&format!("#{card} form button")).await.unwrap();
    browser.find_text(".notice.ok", "Die Einladung ist unterwegs").await.unwrap();

    let other = Browser::open_speaking("de").await.unwrap();
    let link = invitation(&other, &demo, (host, "lina@schneider.example")).await;
    other.goto(&link).await.unwrap();
    other.fill("#password", PASSWORD).await.unwrap();
    other.click(".sign-in button").await.unwrap();
    other.find(".heading h1").await.unwrap();
    other.goto(&demo.url(host, "/lines")).await.unwrap();
    assert_eq!(other.find_all("#lines tbody tr").await.unwrap().len(), 1);
    other.gone("nav.menu a[href='/line-access']").await.unwrap();
    other.goto(&demo.url(host, &format!("/lines/{line}"))).await.unwrap();
    other.find("tr.record").await.unwrap();

    browser.goto(&demo.url(host, &format!("/lines/{line}"))).await.unwrap();
    browser.find_text("#private-title", "eigenen Zugang").await.unwrap();
    browser.gone("tr.record").await.unwrap();
    is_well_made(&browser, "line-private").await;
    browser.goto(&demo.url(host, "/line-access")).await.unwrap();
    browser.click(&format!("#{card} summary")).await.unwrap();
    is_well_made(&browser, "line-access-split").await;
    browser.fill(&format!("#password-{line}"), "cadran-demo").await.unwrap();
    browser.click(&format!("#{card} form button")).await.unwrap();
    browser.find_text("#refusal", "nicht das Passwort").await.unwrap();
    only(&browser, "422").await;
    is_well_made(&browser, "line-access-refused").await;
    browser.fill(&format!("#password-{line}"), PASSWORD).await.unwrap();
    browser.click(&format!("#{card} form button")).await.unwrap();
    browser.find_text(".notice.ok", "keinen eigenen Zugang mehr").await.unwrap();
    other.goto(&demo.url(host, "/lines")).await.unwrap();
    other.arrive("/sign-in").await.unwrap();
    browser.goto(&demo.url(host, &format!("/lines/{line}"))).await.unwrap();
    browser.find("tr.record").await.unwrap();
}
