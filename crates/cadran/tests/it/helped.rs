//! Fresh proof by passkey and by code, and who lost both, walked in a real browser.

use crate::{
    portal::{Demo, demo, is_well_made, sign_in},
    second_factor::{PASSWORD, app, only_refusals, password, sign_out, switch_on},
};
use store::Store;
use testkit::Browser;
use vocabulary::Timestamp;

const HOST: &str = "zenne.localhost";
const MARIE: &str = "marie@senne.example";

/// Makes what was proved in somebody's sessions old, as five minutes do.
async fn grow_old(demo: &Demo, identifier: &str) {
    let store = Store::open(&demo.database()).await.unwrap();
    let operator = store.brands().await.unwrap().into_iter().find(|brand| brand.hosts.iter().any(|host| host.host == HOST));
    let login = store.known_by(operator.unwrap().operator, identifier).await.unwrap().unwrap();
    for session in store.sessions(login, Timestamp::EPOCH).await.unwrap() {
        store.note_proof(session.id, Timestamp::EPOCH).await.unwrap();
    }
}

/// Asks for a page that asks for a proof first.
async fn asked(browser: &Browser, demo: &Demo) {
    grow_old(demo, MARIE).await;
    browser.goto(&demo.url(HOST, "/account/email")).await.unwrap();
    browser.arrive("/proof?then").await.unwrap();
}

/// PLT-03, PLT-05, PLT-09, RES-02: somebody proves who they are with a passkey, then with password and code; when both are lost, the desk takes them
/// away with a reason, and the password is enough again; axe finds nothing on the way.
#[tokio::test(flavor = "multi_thread")]
async fn who_lost_everything_is_helped() {
    walk(demo()).await;
}

/// The walk; what nobody but the person may know of it.
pub(crate) async fn walk(demo: &Demo) -> Vec<String> {
    let browser = Browser::open_speaking("fr").await.unwrap();
    browser.plug_in_authenticator().await.unwrap();
    sign_in(&browser, demo, HOST, MARIE).await;
    browser.goto(&demo.url(HOST, "/account/second-factor")).await.unwrap();
    browser.fill("#passkey-name", "Téléphone").await.unwrap();
    browser.fill("#passkey-password", PASSWORD).await.unwrap();
    browser.click("form[action^='/account/passkeys#'] button").await.unwrap();
    browser.arrive("done=passkey").await.unwrap();
    asked(&browser, demo).await;
    browser.find(".with-passkey button").await.unwrap();
    is_well_made(&browser, "proof-passkey").await;
    browser.click(".with-passkey button").await.unwrap();
    browser.find("#email").await.unwrap();

    let (secret, codes) = switch_on(&browser, demo, HOST, "helped").await;
    is_well_made(&browser, "factor-both").await;
    asked(&browser, demo).await;
    browser.fill("#proof", PASSWORD).await.unwrap();
    browser.fill("#proof-code", "000 000").await.unwrap();
    browser.click("form[action='/proof'] button").await.unwrap();
    browser.find_text("#refusal", "n’est pas le bon").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "proof-code-refused").await;
    browser.fill("#proof", PASSWORD).await.unwrap();
    browser.fill("#proof-code", &app(&secret, 1)).await.unwrap();
    browser.click("form[action='/proof'] button").await.unwrap();
    browser.find("#email").await.unwrap();
    grow_old(demo, MARIE).await;
    browser.goto(&demo.url(HOST, "/account")).await.unwrap();
    browser.find("#proof-code").await.unwrap();
    browser.find_text("[data-with-passkeys] a", "Confirmer avec une clé d’accès").await.unwrap();
    is_well_made(&browser, "account-proof").await;

    let desk = Browser::open_speaking("fr").await.unwrap();
    sign_in(&desk, demo, HOST, "desk@zenne.example").await;
    desk.goto(&demo.url(HOST, "/members?search=senne")).await.unwrap();
    desk.click(".ways a").await.unwrap();
    desk.click_text("tbody th a", "Marie Janssens").await.unwrap();
    desk.click("#factors-open").await.unwrap();
    is_well_made(&desk, "member-factors").await;
    desk.fill("#factors-reason", "Téléphone perdu, identité vérifiée au guichet").await.unwrap();
    desk.click("#remove-factors").await.unwrap();
    desk.find_text(".notice.ok", "Les codes et les clés d’accès sont retirés").await.unwrap();
    desk.gone("#remove-factors").await.unwrap();
    is_well_made(&desk, "member-factors-removed").await;

    let cookies = browser.cookies().await.unwrap();
    browser.goto(&demo.url(HOST, "/lines")).await.unwrap();
    browser.arrive("/sign-in").await.unwrap();
    password(&browser, demo, HOST, MARIE).await;
    browser.find(".heading h1").await.unwrap();
    sign_out(&browser).await;
    [vec![PASSWORD.to_owned(), secret], codes, cookies, desk.cookies().await.unwrap()].concat()
}
