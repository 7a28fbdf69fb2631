//! A bank account that is debited, changed in a real browser, with the mails that must follow (CUS-08).

use crate::portal::{Demo, demo, is_well_made, only_refusals, sign_in};
use testkit::Browser;

const VALLEE: &str = "vallee.localhost";
/// How often the mailbox is looked at for what is on its way.
const MOST_LOOKS: u32 = 100;
const FIRST: &str = "FR76 3000 6000 0112 3456 7890 189";
const SECOND: &str = "BE71 0961 2345 6769";

/// What the mails of that subject say, once there are so many: all of them as one text each.
async fn mails(browser: &Browser, demo: &Demo, subject: &str, many: usize) -> Vec<String> {
    let links = format!(
        "return [...document.querySelectorAll('main a[href^=\"/mailbox/\"]')].filter(a => a.textContent.includes('{subject}')).map(a => a.href)"
    );
    for _ in 0..MOST_LOOKS {
        browser.goto(&demo.url(VALLEE, "/mailbox")).await.unwrap();
        let found = browser.evaluate(&links).await.unwrap();
        let found: Vec<String> = found.as_array().unwrap().iter().map(|link| link.as_str().unwrap().to_owned()).collect();
        if found.len() < many {
            continue;
        }
        let mut read = Vec::new();
        for link in found {
            browser.goto(&link).await.unwrap();
            read.push(browser.text("main").await.unwrap());
        }
        return read;
    }
    panic!("no {many} mails about `{subject}`")
}

async fn sign(browser: &Browser, (iban, email): (&str, &str), password: &str) {
    browser.fill("#iban", iban).await.unwrap();
    browser.fill("#mandate-email", email).await.unwrap();
    if browser.evaluate("return document.querySelector('#agreed').checked").await.unwrap() == false {
        browser.click("#agreed").await.unwrap();
    }
    browser.fill("#proof", password).await.unwrap();
    browser.click("#sign").await.unwrap();
}

/// CUS-08, PLT-05: in French, a household has its account debited; a mistyped IBAN says what is wrong with it and a wrong password stops all; another IBAN asks
/// for the password again, whatever was proved a moment ago, and both addresses are told of it with both IBANs masked and the new mandate.
#[tokio::test(flavor = "multi_thread")]
async fn another_iban_is_told_to_both_addresses() {
    walk(demo()).await;
}

/// The walk; the IBANs that nobody but a bank may read.
pub(crate) async fn walk(demo: &Demo) -> Vec<String> {
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, demo, VALLEE, "V100042").await;
    browser.goto(&demo.url(VALLEE, "/invoices")).await.unwrap();
    browser.click("main a[href^='/billing-accounts/']").await.unwrap();
    browser.find_text("h1", "Paiement et adresse").await.unwrap();
    is_well_made(&browser, "billing-account").await;
    let here = browser.url().await.unwrap();

    sign(&browser, ("FR76 3000 6000 0112 3456 7890 198", "factures.schneider@example.org"), "cadran-demo").await;
    browser.find_text("#mandate-refusal", "clé de contrôle").await.unwrap();
    is_well_made(&browser, "billing-account-refused").await;
    sign(&browser, ("TN59 1000 6035 1835 9847 8831", "factures.schneider@example.org"), "cadran-demo").await;
    browser.find_text("#mandate-refusal", "zone SEPA").await.unwrap();
    sign(&browser, (FIRST, "factures.schneider@example.org"), "pas celui-là").await;
    browser.find_text("#mandate-refusal", "mot de passe").await.unwrap();
    only_refusals(&browser).await;
    sign(&browser, (FIRST, "factures.schneider@example.org"), "cadran-demo").await;
    browser.find_text(".notice.ok", "mandat est signé").await.unwrap();
    browser.find_text("dd", "AGRIFRPP").await.unwrap();
    is_well_made(&browser, "billing-account-signed").await;
    let page = browser.text("main").await.unwrap();
    assert!(page.contains("***0 189") && !page.contains("3000 6000"), "{page}");
    for mail in mails(&browser, demo, "prélèvement automatique est en place", 1).await {
        assert!(mail.contains("***0 189") && !mail.contains("3000 6000"), "{mail}");
    }

    browser.goto(&here).await.unwrap();
    // Nothing is done without the password, though it was shown a moment ago.
    browser.find("#proof").await.unwrap();
    sign(&browser, (SECOND, "compta.schneider@example.org"), "cadran-demo").await;
    browser.find_text(".notice.ok", "mandat est signé").await.unwrap();
    browser.find_text("table", "remplacé par un autre compte").await.unwrap();
    is_well_made(&browser, "billing-account-changed").await;
    let told = mails(&browser, demo, "compte bancaire prélevé a changé", 2).await;
    for address in ["factures.schneider@example.org", "compta.schneider@example.org"] {
        assert_eq!(told.iter().filter(|mail| mail.contains(address)).count(), 1, "{address}: {told:?}");
    }
    for mail in &told {
        assert!(mail.contains("***0 189") && mail.contains("6769") && mail.contains("-2"), "{mail}");
        assert!(!mail.contains("3000 6000") && !mail.contains("0961"), "{mail}");
    }
    [FIRST, SECOND].map(|iban| iban.replace(' ', "")).into_iter().chain([FIRST, SECOND].map(str::to_owned)).collect()
}
