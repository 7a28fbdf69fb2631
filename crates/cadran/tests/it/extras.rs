//! What the holder of an account chooses beside its plans, walked in a real browser: a mobile that rings with the fixed line, the cap of a plan, the
//! codes of a mobile telephone.

use crate::portal::{Demo, is_well_made, sign_in};
use testkit::Browser;

const HOST: &str = "vallee.localhost";

/// The address of the first line of the list whose number begins so.
async fn line_of(browser: &Browser, demo: &Demo, (list, begins): (&str, &str)) -> String {
    browser.goto(&demo.url(HOST, list)).await.unwrap();
    browser.find("#lines tbody tr th a").await.unwrap();
    let found =
        format!("return [...document.querySelectorAll('#lines tbody th a')].find(a => a.innerText.startsWith('{begins}')).href");
    let line = browser.evaluate(&found).await.unwrap();
    line.as_str().unwrap().split('?').next().unwrap().to_owned()
}

/// TEL-11, FIX-16, PLT-09: in French, a household has a mobile ring with its fixed line, whose price it is told before, ends it for the 1st of next
/// month, and takes that back; on its mobile it reads the codes that its host network knows.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_has_a_mobile_ring_with_the_fixed_line() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, &demo, HOST, "V100042").await;
    let line = line_of(&browser, &demo, ("/lines?state=active&kind=fixed", "03")).await;
    browser.goto(&line).await.unwrap();
    browser.click_text("a.btn", "Fixe et mobile ensemble").await.unwrap();
    browser.find_text("h1", "Fixe et mobile ensemble").await.unwrap();
    browser.find_text("#convergence", "2,50").await.unwrap();
    is_well_made(&browser, "convergence").await;
    browser.click("input[name=mobile]").await.unwrap();
    browser.click("#begin").await.unwrap();
    browser.arrive("done=yes").await.unwrap();
    // The network does it in a moment, and the page looks again by itself.
    browser.find_text("#convergence", "En service depuis").await.unwrap();
    is_well_made(&browser, "convergence-held").await;
    browser.click("#end").await.unwrap();
    browser.arrive("done=yes").await.unwrap();
    browser.find_text("#convergence", "Prend fin le").await.unwrap();
    browser.click("#keep").await.unwrap();
    browser.find("#end").await.unwrap();
    let mobile = line_of(&browser, &demo, ("/lines?state=active&kind=mobile", "06")).await;
    browser.goto(&format!("{mobile}/telephone")).await.unwrap();
    browser.find_text("main", "Rhénane Mobile, le réseau de ce mobile").await.unwrap();
    browser.find_text("main", "**61*numéro*11*secondes#").await.unwrap();
    is_well_made(&browser, "telephone-codes").await;
}

/// The first line of a list whose cap may be lifted: not everybody chose to have one.
const FIRST_CAPPED: &str = "return (async () => { \
    for (const link of document.querySelectorAll('#lines tbody th a')) { \
        const page = await (await fetch(link.href)).text(); \
        if (page.includes('/cap\"')) return link.href.split('?')[0]; \
    } })()";

/// TEL-10, PLT-09: in French, the cap of a plan is lifted for calls from the 1st of next month, shown as it is and as it will be, and kept after all.
#[tokio::test(flavor = "multi_thread")]
async fn the_cap_of_a_plan_is_lifted_and_kept() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, &demo, HOST, "accueil@vallee.example").await;
    browser.goto(&demo.url(HOST, "/lines?state=active&offer=mobile-capped")).await.unwrap();
    browser.find("#lines tbody tr th a").await.unwrap();
    let line = browser.evaluate(FIRST_CAPPED).await.unwrap();
    browser.goto(line.as_str().expect("a line that is capped")).await.unwrap();
    browser.click_text("a.btn", "Blocage du forfait").await.unwrap();
    browser.find_text("h1", "Blocage du forfait").await.unwrap();
    is_well_made(&browser, "cap").await;
    browser.click_text("#act-calls-beyond", "Lever le blocage au 1").await.unwrap();
    browser.arrive("done=yes").await.unwrap();
    browser.find_text("[role=status]", "Votre choix est enregistré").await.unwrap();
    browser.find_text(".cap-state.to-come", "Blocage levé").await.unwrap();
    is_well_made(&browser, "cap-lifted").await;
    browser.click_text("#act-calls-beyond", "Garder le blocage").await.unwrap();
    browser.find_text("#act-calls-beyond", "Lever le blocage").await.unwrap();
}
