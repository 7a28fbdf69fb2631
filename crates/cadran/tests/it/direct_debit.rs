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
    only_refusals(&browser).await;
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

/// A transfer that says nothing.
const STATEMENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
    <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-20T06:00:00Z</CreDtTm></GrpHdr><Ntfctn><Id>N-1</Id>\
    <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct><Ntry><Amt Ccy=\"EUR\">24.90</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
    <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>K-1</AcctSvcrRef><BkTxCd/><NtryDtls><TxDtls>\
    <RltdPties><Dbtr><Pty><Nm>Jeanne Kieffer</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>merci</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\
    </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>";

/// BIL-08, PLT-09: accounting takes a statement in a browser, reads that a transfer names nothing, and says what it is; the same file twice, and one that is
/// cut, have a clear result.
#[tokio::test(flavor = "multi_thread")]
async fn accounting_takes_what_the_bank_sends() {
    let demo = demo();
    let folder = tempfile::tempdir().unwrap();
    let (whole, cut) = (folder.path().join("releve.xml"), folder.path().join("coupe.xml"));
    std::fs::write(&whole, STATEMENT).unwrap();
    std::fs::write(&cut, &STATEMENT[..STATEMENT.len() / 2]).unwrap();
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, demo, VALLEE, "compta@vallee.example").await;
    let take = async |file: &std::path::Path| {
        browser.goto(&demo.url(VALLEE, "/bank-files")).await.unwrap();
        browser.find("#bank-file").await.unwrap().send_keys(file.to_str().unwrap()).await.unwrap();
        browser.click("#take").await.unwrap();
    };
    take(&cut).await;
    browser.find_text("#news", "Rien n’a été compté").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "bank-files-refused").await;
    take(&whole).await;
    browser.find_text("table", "Ni communication structurée").await.unwrap();
    is_well_made(&browser, "bank-file").await;
    take(&whole).await;
    browser.find_text("#before", "rien n’est compté deux fois").await.unwrap();
    browser.goto(&demo.url(VALLEE, "/bank-files")).await.unwrap();
    browser.find_text("table", "Jeanne Kieffer").await.unwrap();
    is_well_made(&browser, "bank-files").await;
    browser.fill("[name=what]", "Don d’une cliente").await.unwrap();
    browser.click("form[action$='/said'] button").await.unwrap();
    browser.find_text("#news", "C’est noté").await.unwrap();
}
