//! What people ask of lines in service, walked in a real browser: a suspension, a lost telephone, another SIM and back, a plan for many lines at
//! once.

use crate::{
    catalogs,
    portal::{Demo, is_well_made, sign_in},
};
use std::{fs, path::Path};
use tempfile::TempDir;
use testkit::Browser;

/// Networks of the demo take up to two minutes, and a browser waits for one: so often it is waited.
const WAITS: usize = 4;
const HOST: &str = "zenne.localhost";
/// So often a page is looked at again while something goes on behind it.
const LOOKS: usize = 200;

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

/// FLT-08, MOB-61, PLT-09: in Dutch, the desk chooses all lines of a list at once, more than two hundred, sees before what another plan changes and
/// which lines cannot have it, keeps those that can, and follows them line by line until the networks have done it on the 1st.
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
    let planned = count_at(&browser, "Ingepland").await;
    assert!(planned >= 200, "{planned} lines have another plan");
    is_well_made(&browser, "lines-change-planned").await;
    let progress = browser.url().await.unwrap();

    // On the 1st of the month the networks are asked, and the page follows them to the last line.
    their_hour_comes(&demo).await;
    for left in (0..LOOKS).rev() {
        browser.goto(&progress).await.unwrap();
        if browser.text("#progress-title").await.unwrap() != "Alles is ingepland" {
            break;
        }
        assert!(left > 0, "nothing begins");
    }
    is_over(&browser).await;
    assert_eq!(count_at(&browser, "Gedaan").await, planned, "each of them has it");
    is_well_made(&browser, "lines-change-done").await;
    browser.click("tbody th a").await.unwrap();
    browser.find_text(".history", "Door het netwerk gedaan").await.unwrap();

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
    is_over(&browser).await;
}

/// How many lines are at a stage of a change, by its word.
async fn count_at(browser: &Browser, stage: &str) -> u64 {
    browser.find_text(".stages li", stage).await.unwrap();
    let script = format!(
        "const at = [...document.querySelectorAll('.stages li')].find(item => item.textContent.includes('{stage}')); \
         return Number(at.querySelector('strong').textContent.replace(/[^0-9]/g, ''))"
    );
    browser.evaluate(&script).await.unwrap().as_u64().unwrap()
}

/// The page of a change looks again by itself until the networks have answered for the last line.
async fn is_over(browser: &Browser) {
    for left in (0..WAITS).rev() {
        match browser.find_text("#progress-title", "Het is klaar").await {
            Ok(_) => return,
            Err(error) => assert!(left > 0, "the networks do not answer: {error}"),
        }
    }
}

/// What is planned for the 1st of the month is due now, as it is on that day.
async fn their_hour_comes(demo: &Demo) {
    let now = "CAST(strftime('%s', 'now') AS INTEGER) * 1000000";
    for sql in [
        format!("UPDATE scheduled_change SET due = {now} WHERE state = 'planned'"),
        format!("UPDATE line SET due = {now} WHERE id IN (SELECT line_id FROM scheduled_change WHERE state = 'planned')"),
    ] {
        testkit::raw::run(&demo.database(), &sql).await;
    }
}

/// The catalogues with networks that are open at any hour, so that a walk does not depend on the hour at which it is walked.
fn open_at_any_hour() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&catalogs(), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        let to = to.join(&name);
        if path.is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&path, &to);
        } else if name == "networks.toml" {
            let any =
                [("days = ", "\"mon-sun\""), ("from = ", "\"00:00\""), ("to = ", "\"24:00\""), ("public_holidays = ", "true")];
            let opened = |line: &str| match any.iter().find(|(field, _)| line.starts_with(field)) {
                Some((field, value)) => format!("{field}{value}\n"),
                None => format!("{line}\n"),
            };
            fs::write(&to, fs::read_to_string(&path).unwrap().lines().map(opened).collect::<String>()).unwrap();
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// Opens the page of a line whose network has eSIMs, and answers its address.
async fn line_with_card(browser: &Browser, demo: &Demo, host: &str) -> String {
    for row in 1..=LOOKS {
        browser.goto(&demo.url(host, "/lines?state=active")).await.unwrap();
        browser.click(&format!("#lines tbody tr:nth-child({row}) th a")).await.unwrap();
        browser.find("#services").await.unwrap();
        let line = browser.evaluate("return location.pathname").await.unwrap().as_str().unwrap().to_owned();
        browser.goto(&demo.url(host, &format!("{line}/sim"))).await.unwrap();
        browser.find("#esim-title").await.unwrap();
        if browser.evaluate("return document.querySelector('#to-esim') !== null").await.unwrap() == true {
            return line;
        }
    }
    panic!("no line of the list can have an eSIM");
}

/// RES-06, RES-24, FLT-05, MOB-52, RES-08, PLT-12: in French, the operator's staff give a line an eSIM in place of its card, which the network puts into
/// the line and the profile server makes ready, and then a card in place of the eSIM: after each the line's page shows the SIM that it has.
#[tokio::test(flavor = "multi_thread")]
async fn a_sim_is_swapped_both_ways_until_the_network_has_done_it() {
    let catalogs = open_at_any_hour();
    let demo = Demo::start_with_catalogs(catalogs.path());
    let host = "grandlarge.localhost";
    let browser = Browser::open().await.unwrap();
    sign_in(&browser, &demo, host, "support@grandlarge.example").await;
    let line = line_with_card(&browser, &demo, host).await;
    let page = demo.url(host, &line);
    browser.goto(&page).await.unwrap();
    let card = browser.text("dl.facts").await.unwrap();
    assert!(!card.contains("Installer l’eSIM"), "it has a card: {card}");

    browser.goto(&demo.url(host, &format!("{line}/sim"))).await.unwrap();
    browser.click("#to-esim").await.unwrap();
    browser.find_text("#told-title", "Passer à une eSIM").await.unwrap();
    browser.fill("#email", "lea@client.example").await.unwrap();
    browser.click("#confirm").await.unwrap();
    browser.arrive("done=begun").await.unwrap();
    network_answers(&browser).await;
    browser.goto(&page).await.unwrap();
    browser.find_text("dl.facts a", "Installer l’eSIM").await.unwrap();
    browser.find_text(".history", "Fait par le réseau").await.unwrap();
    is_well_made(&browser, "line-with-esim").await;
    let with_esim = browser.text("dl.facts").await.unwrap();
    browser.click_text("dl.facts a", "Installer l’eSIM").await.unwrap();
    for left in (0..LOOKS).rev() {
        if browser.text("h1").await.unwrap().contains("Prête à installer") {
            break;
        }
        assert!(left > 0, "the profile is not made ready");
        browser.goto(&demo.url(host, &format!("{line}/esim"))).await.unwrap();
    }

    browser.goto(&demo.url(host, &format!("{line}/sim"))).await.unwrap();
    browser.find("#to").await.unwrap();
    let other = browser.evaluate("return document.querySelector('#cards option').value").await.unwrap();
    let other = other.as_str().unwrap();
    browser.fill("#to", other).await.unwrap();
    browser.click("#look").await.unwrap();
    browser.find_text("#told-title", other).await.unwrap();
    browser.click("#confirm").await.unwrap();
    browser.arrive("done=begun").await.unwrap();
    network_answers(&browser).await;
    browser.goto(&page).await.unwrap();
    browser.find_text("dl.facts", other).await.unwrap();
    let with_card = browser.text("dl.facts").await.unwrap();
    assert!(with_card != with_esim && !with_card.contains("Installer l’eSIM"), "{with_card}");
    browser.goto(&demo.url(host, &format!("{line}/esim"))).await.unwrap();
    browser.find_text("h1", "introuvable").await.unwrap();
}
