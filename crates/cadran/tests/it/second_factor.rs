//! One-time codes and passkeys, walked in a real browser: on, in with them, off; a passkey from Chromium's virtual authenticator.

use crate::portal::{Demo, demo, is_well_made};
use testkit::{Browser, one_time_code};
use vocabulary::Clock;

/// The password of the demo's people.
pub(crate) const PASSWORD: &str = "cadran-demo";

/// An authenticator app: the code of a secret, so many steps from now.
pub(crate) fn app(secret: &str, later: i64) -> String {
    one_time_code(secret, Clock::system().now().micros() / 1_000_000 + 30 * later)
}

pub(crate) async fn password(browser: &Browser, demo: &Demo, host: &str, identifier: &str) {
    browser.goto(&demo.url(host, "/sign-in")).await.unwrap();
    browser.fill("#identifier", identifier).await.unwrap();
    browser.fill("#password", PASSWORD).await.unwrap();
    browser.click(".sign-in button").await.unwrap();
}

pub(crate) async fn sign_out(browser: &Browser) {
    browser.click(".drop summary").await.unwrap();
    browser.click(".drop-out button").await.unwrap();
    browser.arrive("/sign-in").await.unwrap();
}

/// What was refused on the way the browser noted; nothing else.
pub(crate) async fn only_refusals(browser: &Browser) {
    let noted = browser.console_errors().await.unwrap();
    assert!(noted.iter().all(|line| line.contains("status of 422")), "{noted:?}");
}

/// Switches codes on; the secret and the first recovery codes.
pub(crate) async fn switch_on(browser: &Browser, demo: &Demo, host: &str, name: &str) -> (String, Vec<String>) {
    browser.goto(&demo.url(host, "/account")).await.unwrap();
    browser.click("a[href='/account/second-factor']").await.unwrap();
    browser.find("#codes-password").await.unwrap();
    is_well_made(browser, &format!("factor-off-{name}")).await;
    browser.fill("#codes-password", PASSWORD).await.unwrap();
    browser.click("form[action^='/account/second-factor/codes#'] button").await.unwrap();
    browser.find("#code").await.unwrap();
    assert_eq!(browser.evaluate("return document.querySelectorAll('svg.qr path').length").await.unwrap(), 2);
    is_well_made(browser, &format!("factor-begun-{name}")).await;
    let secret: String = browser.text(".secret code").await.unwrap().split_whitespace().collect();
    browser.fill("#code", "000 000").await.unwrap();
    browser.click("form[action^='/account/second-factor/codes/confirmed#'] button").await.unwrap();
    browser.find("#codes-refusal").await.unwrap();
    only_refusals(browser).await;
    is_well_made(browser, &format!("factor-refused-{name}")).await;
    browser.fill("#code", &app(&secret, 0)).await.unwrap();
    browser.click("form[action^='/account/second-factor/codes/confirmed#'] button").await.unwrap();
    browser.find(".recovery-codes").await.unwrap();
    is_well_made(browser, &format!("factor-recovery-{name}")).await;
    let codes = browser.text(".recovery-codes").await.unwrap();
    let codes: Vec<String> = codes.split_whitespace().filter(|word| word.len() == 19).map(str::to_owned).collect();
    assert_eq!(codes.len(), 10, "{codes:?}");
    browser.click(".recovery a.btn").await.unwrap();
    browser.find("#change-code").await.unwrap();
    is_well_made(browser, &format!("factor-on-{name}")).await;
    (secret, codes)
}

/// The whole way of somebody with one-time codes; what nobody but the person may know of it.
pub(crate) async fn walk_with_codes(demo: &Demo, (language, host, identifier): (&str, &str, &str), off: &str) -> Vec<String> {
    let browser = Browser::open_speaking(language).await.unwrap();
    password(&browser, demo, host, identifier).await;
    browser.find(".heading h1").await.unwrap();
    let (secret, codes) = switch_on(&browser, demo, host, language).await;
    sign_out(&browser).await;

    // Before the code there is no session.
    password(&browser, demo, host, identifier).await;
    browser.find("#code").await.unwrap();
    is_well_made(&browser, &format!("sign-in-code-{language}")).await;
    browser.goto(&demo.url(host, "/lines")).await.unwrap();
    browser.arrive("/sign-in?next").await.unwrap();
    browser.goto(&demo.url(host, "/sign-in/code?next=%2Flines")).await.unwrap();
    browser.fill("#code", &app(&secret, 1)).await.unwrap();
    browser.click(".sign-in form button").await.unwrap();
    browser.find("#lines").await.unwrap();
    sign_out(&browser).await;

    // In with a recovery code, which is good once.
    for (code, gets_in) in [(&codes[0], true), (&codes[0], false), (&codes[1], true)] {
        if browser.url().await.unwrap().ends_with("/sign-in") {
            password(&browser, demo, host, identifier).await;
        }
        browser.click(".instead summary").await.unwrap();
        browser.fill("#recovery", &code.to_lowercase()).await.unwrap();
        browser.click(".instead button").await.unwrap();
        if !gets_in {
            browser.find("#refusal").await.unwrap();
            only_refusals(&browser).await;
            is_well_made(&browser, &format!("sign-in-code-refused-{language}")).await;
            continue;
        }
        browser.find(".heading h1").await.unwrap();
        if code == &codes[0] {
            sign_out(&browser).await;
        }
    }
    browser.goto(&demo.url(host, "/account/second-factor")).await.unwrap();
    browser.find_text(".facts dd", "8").await.unwrap();
    browser.click("#codes-off").await.unwrap();
    browser.fill("#end-password", PASSWORD).await.unwrap();
    browser.fill("#end-code", &codes[2]).await.unwrap();
    is_well_made(&browser, &format!("codes-end-{language}")).await;
    browser.click("form[action^='/account/second-factor/codes/ended'] button").await.unwrap();
    browser.find_text(".notice.ok", off).await.unwrap();
    sign_out(&browser).await;
    password(&browser, demo, host, identifier).await;
    browser.find(".heading h1").await.unwrap();
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new());
    [vec![PASSWORD.to_owned(), secret], codes, browser.cookies().await.unwrap()].concat()
}

/// PLT-03, PLT-09: a fleet manager switches one-time codes on, signs in with a code and with recovery codes, and switches them off.
#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_signs_in_with_codes() {
    walk_with_codes(demo(), ("fr", "zenne.localhost", "audit@zenne.example"), "désactivés").await;
}

/// PLT-03, PLT-08: the same way in German.
#[tokio::test(flavor = "multi_thread")]
async fn codes_speak_german() {
    walk_with_codes(demo(), ("de", "vallee.localhost", "compta@vallee.example"), "ausgeschaltet").await;
}

/// The whole way of somebody with a passkey; what nobody but the person may know of it.
pub(crate) async fn walk_with_a_passkey(
    demo: &Demo,
    (language, host, identifier): (&str, &str, &str),
    name: &str,
) -> Vec<String> {
    let browser = Browser::open_speaking(language).await.unwrap();
    browser.plug_in_authenticator().await.unwrap();
    password(&browser, demo, host, identifier).await;
    browser.find(".heading h1").await.unwrap();
    browser.goto(&demo.url(host, "/account/second-factor")).await.unwrap();
    browser.fill("#passkey-name", name).await.unwrap();
    browser.fill("#passkey-password", "wrong").await.unwrap();
    browser.click("form[action^='/account/passkeys#'] button").await.unwrap();
    browser.find("[data-said]").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, &format!("passkey-refused-{language}")).await;
    browser.fill("#passkey-password", PASSWORD).await.unwrap();
    browser.click("form[action^='/account/passkeys#'] button").await.unwrap();
    browser.arrive("done=passkey").await.unwrap();
    browser.find_text(".passkeys strong", name).await.unwrap();
    is_well_made(&browser, &format!("passkey-added-{language}")).await;
    sign_out(&browser).await;

    // Nothing is typed.
    is_well_made(&browser, &format!("sign-in-passkey-{language}")).await;
    browser.click(".with-passkey button").await.unwrap();
    browser.find(".heading h1").await.unwrap();
    browser.goto(&demo.url(host, "/account/second-factor")).await.unwrap();
    browser.click(".passkeys .confirm summary").await.unwrap();
    is_well_made(&browser, &format!("passkey-removal-{language}")).await;
    browser.fill(".passkeys .confirm input[type=password]", PASSWORD).await.unwrap();
    browser.click(".passkeys .confirm form button").await.unwrap();
    browser.arrive("done=passkey-removed").await.unwrap();
    browser.gone(".passkeys").await.unwrap();
    sign_out(&browser).await;

    // The authenticator has it still; the house knows it no more.
    browser.click(".with-passkey button").await.unwrap();
    browser.find("#refusal").await.unwrap();
    only_refusals(&browser).await;
    [vec![PASSWORD.to_owned()], browser.cookies().await.unwrap()].concat()
}

/// PLT-03, PLT-09: somebody of the operator adds a passkey, signs in with it without typing anything, and removes it; then it opens nothing.
#[tokio::test(flavor = "multi_thread")]
async fn staff_sign_in_with_a_passkey() {
    walk_with_a_passkey(demo(), ("fr", "zenne.localhost", "desk@zenne.example"), "Téléphone").await;
}

/// PLT-03, PLT-08: the same way in German.
#[tokio::test(flavor = "multi_thread")]
async fn passkeys_speak_german() {
    walk_with_a_passkey(demo(), ("de", "vallee.localhost", "direction@vallee.example"), "Telefon").await;
}
