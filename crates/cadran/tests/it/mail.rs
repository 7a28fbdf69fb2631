//! Mails and keys from the command line, with a real mail server, and the mailbox of a demo in a browser.

use crate::{
    cadran,
    portal::{Demo, is_well_made, sign_in},
};
use std::{fs, path::Path};
use testkit::{Browser, SmtpServer};

fn said(arguments: &[&str]) -> (bool, String) {
    let output = cadran(arguments, "");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

/// An operator's data, ready to be written about.
fn prepared(folder: &Path) -> (String, String) {
    let data = folder.display().to_string();
    let (done, text) =
        said(&["demo", "--small", "--today", "2026-11-21", "--listen", "127.0.0.1:0", "--prepare-only", "--data", &data]);
    assert!(done, "{text}");
    (format!("sqlite:{data}/cadran.db"), format!("{data}/keys"))
}

/// PLT-07, PLT-16: a test mail goes the way of every mail, from the database to a mail server, and says what came of it; keys are changed.
#[test]
fn a_test_mail_leaves_and_keys_are_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (database, keys) = prepared(folder.path());
    let server = SmtpServer::start().unwrap();
    let smtp = format!("smtp://cadran:s3cret@127.0.0.1:{}", server.port());
    let test = |smtp: &str, keys: &str, to: &str| {
        said(&["mail", "test", "--database", &database, "--keys", keys, "--operator", "vallee", "--smtp", smtp, to])
    };
    let open = format!("smtp://127.0.0.1:{}", server.port());
    let (done, text) = test(&open, &keys, "claire@example.org");
    assert!(done && text.contains("sent"), "{text}");
    // Those whom the demo asked in get their mails on the way.
    let mail = server.mails().unwrap().into_iter().find(|mail| mail.contains("To: claire@example.org")).unwrap();
    assert!(
        mail.contains("Subject: Message =?utf-8?b?ZOKAmWVzc2Fp?=") && mail.contains("Auto-Submitted: auto-generated"),
        "{mail}"
    );
    let (done, text) = test(&open, &keys, "nobody@example.org");
    assert!(!done && text.contains("failed") && text.contains("550"), "{text}");
    // The server knows no password: the mail waits, sealed with the key of now, and no password is shown.
    let (done, text) = test(&smtp, &keys, "claire@example.org");
    assert!(!done && text.contains("tried again later") && !text.contains("s3cret"), "{text}");
    let (done, text) = test("smtp://cadran:s3cret@", &keys, "claire@example.org");
    assert!(!done && !text.contains("s3cret"), "{text}");
    let (done, fresh) = said(&["keys", "new", "--name", "fresh"]);
    assert!(done && fresh.starts_with("fresh "), "{fresh}");
    let both = folder.path().join("both");
    fs::write(&both, format!("{fresh}{}", fs::read_to_string(&keys).unwrap())).unwrap();
    let rotate = ["keys", "rotate", "--database", &database, "--keys", both.to_str().unwrap()];
    let (done, text) = said(&rotate);
    assert!(done && text.contains(" secrets sealed anew with key `fresh`") && !text.starts_with("0 "), "{text}");
    assert!(said(&rotate).1.starts_with("0 secrets"));
    // The program does not begin to serve what it could not open.
    let (done, text) = said(&["serve", "--listen", "127.0.0.1:0", "--database", &database, "--keys", &keys]);
    assert!(!done && text.contains("sealed with key `fresh`"), "{text}");
    let (done, text) = said(&["serve", "--listen", "127.0.0.1:0", "--database", &database]);
    assert!(!done && text.contains("sealed with key `fresh`"), "{text}");
    let empty = format!("sqlite:{}", folder.path().join("empty.db").display());
    let (done, text) = said(&["serve", "--listen", "127.0.0.1:0", "--database", &empty, "--smtp", &smtp]);
    assert!(!done && text.contains("cadran keys new") && !text.contains("s3cret"), "{text}");
}

/// PLT-07: in a demo nothing leaves: before anybody signed in, a page shows what would have gone out at this door, as HTML and as text. A
/// mail that failed is sent again by the operator's people, with one click.
#[tokio::test(flavor = "multi_thread")]
async fn the_mailbox_of_a_demo_shows_what_would_have_gone_out() {
    let folder = tempfile::tempdir().unwrap();
    let (database, keys) = prepared(folder.path());
    let test = |smtp: &[&str], to: &str| {
        let words = ["mail", "test", "--database", &database, "--keys", &keys, "--operator", "vallee", to];
        said(&[&words[..], smtp].concat())
    };
    let server = SmtpServer::start().unwrap();
    let (sent, text) = test(&["--smtp", &format!("smtp://127.0.0.1:{}", server.port())], "nobody@example.org");
    assert!(!sent && text.contains("550"), "{text}");
    let demo = Demo::start_in(folder, None);
    let (sent, text) = test(&[], "claire@example.org");
    assert!(sent, "{text}");
    let browser = Browser::open().await.unwrap();
    browser.goto(&demo.url("vallee.localhost", "/sign-in")).await.unwrap();
    browser.click(".demo a").await.unwrap();
    browser.find_text("th a", "Message d’essai").await.unwrap();
    is_well_made(&browser, "mailbox").await;
    browser.click_text("th a", "Message d’essai").await.unwrap();
    browser.find("iframe.mail-frame").await.unwrap();
    let shown = browser.url().await.unwrap();
    let id: i64 = shown.rsplit('/').next().unwrap().parse().unwrap();
    assert!(browser.text(".mail-text").await.unwrap().contains("Vous n’avez rien à faire"));
    is_well_made(&browser, "mailbox-mail").await;
    browser.goto(&demo.url("vallee.localhost", &format!("/mailbox/{id}/html"))).await.unwrap();
    assert!(browser.text("h1").await.unwrap().contains("Message d’essai"));
    let fetched = format!("return fetch('/mailbox/{id}/html').then(r => r.headers.get('content-security-policy'))");
    browser.goto(&demo.url("vallee.localhost", "/mailbox")).await.unwrap();
    let policy = browser.evaluate(&fetched).await.unwrap();
    assert!(policy.as_str().unwrap().starts_with("default-src 'none'; style-src 'unsafe-inline'"), "{policy}");
    sign_in(&browser, &demo, "vallee.localhost", "accueil@vallee.example").await;
    browser.goto(&demo.url("vallee.localhost", "/mails")).await.unwrap();
    browser.find_text("tr:first-child td", "nobody@example.org").await.unwrap();
    browser.find(".state.failed").await.unwrap();
    is_well_made(&browser, "mails").await;
    browser.click("td button").await.unwrap();
    browser.arrive("/mails").await.unwrap();
    // The one that failed was written just before.
    let before = format!("return fetch('/mailbox/{}').then(r => r.status)", id - 1);
    while browser.evaluate(&before).await.unwrap() != 200 {}
    browser.goto(&demo.url("vallee.localhost", "/mails")).await.unwrap();
    browser.find_text("tr:nth-child(2) .state.active", "Envoyé").await.unwrap();
    // Another operator's door shows nothing of it, and who is not the operator's own no list of mails.
    browser.goto(&demo.url("zenne.localhost", "/mailbox")).await.unwrap();
    browser.find(".empty").await.unwrap();
    browser.goto(&demo.url("zenne.localhost", "/mailbox/2")).await.unwrap();
    browser.find(".failure").await.unwrap();
    sign_in(&browser, &demo, "zenne.localhost", "fleet@senne.example").await;
    browser.goto(&demo.url("zenne.localhost", "/mails")).await.unwrap();
    browser.find(".failure").await.unwrap();
}
