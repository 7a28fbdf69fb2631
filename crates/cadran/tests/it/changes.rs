//! What people ask of lines in service, walked in a real browser: a suspension, a lost telephone, another SIM, a plan for many lines at once.

use crate::portal::{Demo, is_well_made, sign_in};
use testkit::Browser;

/// Networks of the demo take up to two minutes, and a browser waits for one: so often it is waited.
const WAITS: usize = 4;
const HOST: &str = "zenne.localhost";

/// Waits until the network has answered what is underway on the line whose page this is.
async fn network_answers(browser: &Browser) {
    for left in (0..WAITS).rev() {
        match browser.gone(".underway").await {
            Ok(()) => return,
            Err(error) => assert!(left > 0, "the network does not answer: {error}"),
        }
    }
}

async fn first_active_line(browser: &Browser, demo: &Demo, row: usize) {
    browser.goto(&demo.url(HOST, "/lines?state=active")).await.unwrap();
    browser.click(&format!("#lines tbody tr:nth-child({row}) th a")).await.unwrap();
    browser.find("#services").await.unwrap();
}

/// RES-24, FLT-06, TEL-08, MOB-60, RES-04, PLT-09: in French, a fleet manager suspends a line, which says before that it stays billed, sees
/// that its network is asked, and reactivates it once the network has answered; a day that is chosen is planned, and taken back.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_suspended_and_goes_on() {
    let demo = Demo::start(None);
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, &demo, HOST, "fleet@senne.example").await;
    first_active_line(&browser, &demo, 1).await;
    is_well_made(&browser, "line-services").await;
    browser.click_text("#services .line-acts a", "Résilier la ligne").await.unwrap();
    browser.find_text(".notice", "ni la SIM ni le numéro").await.unwrap();
    browser.choose("#day", "2031-01-31").await.unwrap();
    browser.click_text("form.filter-row button", "Voir pour ce jour").await.unwrap();
    browser.find_text(".told dd", "31 janvier 2031").await.unwrap();
    is_well_made(&browser, "line-end-told").await;
    browser.click("#confirm").await.unwrap();
    browser.find_text("#services [role=status]", "jusqu’à la date indiquée").await.unwrap();
    browser.find_text(".planned li", "31 janvier 2031").await.unwrap();
    is_well_made(&browser, "line-planned").await;
    browser.click_text(".planned button", "Annuler").await.unwrap();
    browser.find_text("#services [role=status]", "annulé").await.unwrap();
    for (act, after) in [("Suspendre la ligne", "Réactiver la ligne"), ("Réactiver la ligne", "Suspendre la ligne")] {
        // A network of the demo refuses now and then: who wants it asks once more.
        for left in (0..WAITS).rev() {
            browser.click_text("#services .line-acts a", act).await.unwrap();
            browser.find("#confirm").await.unwrap();
            is_well_made(&browser, "line-suspend-told").await;
            browser.click("#confirm").await.unwrap();
            browser.arrive("done=begun").await.unwrap();
            browser.find("#services [role=status]").await.unwrap();
            network_answers(&browser).await;
            browser.find(".line-acts").await.unwrap();
            let page = browser.text("#services .line-acts").await.unwrap();
            if page.contains(after) {
                break;
            }
            assert!(left > 0, "it stays as it was: {page}");
        }
    }
    let path = browser.url().await.unwrap();
    browser.goto(path.split('?').next().unwrap()).await.unwrap();
    browser.find_text(".history", "Fait par le réseau").await.unwrap();
    browser.find_text(".history", "A annulé un changement prévu").await.unwrap();
}

/// TEL-08, PLT-02: in French, a household whose telephone was stolen suspends the line from the guided path, which tells what comes next.
#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_telephone_is_suspended_at_once() {
    let demo = Demo::start(None);
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, &demo, "vallee.localhost", "V100042").await;
    browser.goto(&demo.url("vallee.localhost", "/lines?state=active")).await.unwrap();
    browser.click("#lines tbody tr th a").await.unwrap();
    browser.click_text("#services .line-acts a", "Téléphone perdu ou volé").await.unwrap();
    browser.find_text(".guide", "*#06#").await.unwrap();
    browser.find_text(".guide .notice", "reste facturé").await.unwrap();
    is_well_made(&browser, "line-lost").await;
    browser.click("#suspend").await.unwrap();
    browser.find_text(".guide [role=status]", "suspen").await.unwrap();
    is_well_made(&browser, "line-lost-suspended").await;
}

/// RES-06, RES-24, FLT-05, MOB-52, PLT-05: in Dutch, a fleet manager gives a line a card among those of the company, which completes as one
/// types; in French, a reseller gives another line an eSIM.
#[tokio::test(flavor = "multi_thread")]
async fn a_sim_is_swapped_for_a_card_and_for_an_esim() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("nl").await.unwrap();
    sign_in(&browser, &demo, HOST, "fleet@senne.example").await;
    first_active_line(&browser, &demo, 2).await;
    browser.click_text("#services .line-acts a", "Simkaart vervangen").await.unwrap();
    browser.find("#to").await.unwrap();
    is_well_made(&browser, "sim-swap").await;
    browser.fill("#to", "1234").await.unwrap();
    browser.click("#look").await.unwrap();
    browser.find_text("#refusal", "19 of 20 cijfers").await.unwrap();
    let card = browser.evaluate("return document.querySelector('#cards option').value").await.unwrap();
    browser.fill("#to", card.as_str().unwrap()).await.unwrap();
    browser.click("#look").await.unwrap();
    browser.find_text("#told-title", card.as_str().unwrap()).await.unwrap();
    is_well_made(&browser, "sim-swap-told").await;
    browser.click("#confirm").await.unwrap();
    browser.arrive("done=begun").await.unwrap();
    browser.find("#services [role=status]").await.unwrap();
    browser.goto(&demo.url(HOST, "/mailbox")).await.unwrap();
    browser.find_text("main", "fleet@senne.example").await.unwrap();

    let (host, reseller) = ("horizon.grandlarge.localhost", Browser::open().await.unwrap());
    sign_in(&reseller, &demo, host, "agent@horizon.example").await;
    reseller.goto(&demo.url(host, "/lines?state=active")).await.unwrap();
    reseller.click("#lines tbody tr th a").await.unwrap();
    reseller.click_text("#services .line-acts a", "Changer de SIM").await.unwrap();
    reseller.click("#to-esim").await.unwrap();
    reseller.find_text("#told-title", "Passer à une eSIM").await.unwrap();
    reseller.fill("#email", "lea@client.example").await.unwrap();
    is_well_made(&reseller, "sim-swap-esim").await;
    reseller.click("#confirm").await.unwrap();
    reseller.arrive("done=begun").await.unwrap();
    reseller.find("#services [role=status]").await.unwrap();
}

/// FLT-08, PLT-09: in Dutch, the desk chooses all lines of a list at once, sees before what another plan changes and which lines cannot have
/// it, keeps those that can, and follows them line by line.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_for_many_lines_is_chosen_once() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("nl").await.unwrap();
    sign_in(&browser, &demo, HOST, "desk@zenne.example").await;
    browser.goto(&demo.url(HOST, "/lines?state=active")).await.unwrap();
    browser.find(".bulk-bar").await.unwrap();
    is_well_made(&browser, "lines-to-pick").await;
    browser.click(".bulk-bar [name=all]").await.unwrap();
    browser.click("#change-picked").await.unwrap();
    browser.find_text("h1", "lijnen wijzigen").await.unwrap();
    browser.choose("#what", "plan").await.unwrap();
    browser.click("#next").await.unwrap();
    browser.find(".choice").await.unwrap();
    is_well_made(&browser, "lines-change-choice").await;
    browser.click(".choice:nth-of-type(2) input").await.unwrap();
    browser.click("#look").await.unwrap();
    browser.find("#can tbody tr").await.unwrap();
    is_well_made(&browser, "lines-change-told").await;
    if !browser.evaluate("return document.querySelector('#unable') === null").await.unwrap().as_bool().unwrap() {
        browser.click("#only-able").await.unwrap();
        browser.gone("#unable").await.unwrap();
    }
    browser.click("#confirm").await.unwrap();
    browser.arrive("/lines/changes/").await.unwrap();
    browser.find_text("#progress-title", "Alles is ingepland").await.unwrap();
    browser.find_text("tbody .state", "Ingepland").await.unwrap();
    is_well_made(&browser, "lines-change-planned").await;

    // What begins at once is followed until the networks have answered.
    browser.goto(&demo.url(HOST, "/lines?state=active")).await.unwrap();
    browser.find("input.pick").await.unwrap();
    for row in 1..=3 {
        browser.click(&format!("#lines tbody tr:nth-child({row}) input.pick")).await.unwrap();
    }
    browser.click("#change-picked").await.unwrap();
    browser.choose("#what", "suspend").await.unwrap();
    browser.click("#next").await.unwrap();
    browser.find_text(".told .notice", "loopt de facturatie").await.unwrap();
    browser.click("#confirm").await.unwrap();
    browser.arrive("/lines/changes/").await.unwrap();
    browser.find(".stages .state").await.unwrap();
    is_well_made(&browser, "lines-change-moving").await;
    for left in (0..WAITS).rev() {
        match browser.find_text("#progress-title", "Het is klaar").await {
            Ok(_) => break,
            Err(error) => assert!(left > 0, "the networks do not answer: {error}"),
        }
    }
}
