//! A voicemail, walked in a real browser beside the demo: messages are heard, kept and deleted, new ones come by mail, and the command line does
//! what a switch does.

use crate::portal::{Demo, is_well_made, only_refusals, sign_in};
use std::{fs, process::Command};
use testkit::Browser;

const HOST: &str = "vallee.localhost";

/// A WAV of two seconds of a tone, as a switch records: A-law, 8,000 a second.
fn a_law() -> Vec<u8> {
    let mut file = b"RIFF".to_vec();
    file.extend((36_u32 + 16_000).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x06\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    file.extend(16_000_u32.to_le_bytes());
    file.extend((0..16_000).map(|at| if at / 10 % 2 == 0 { 0x85_u8 } else { 0x05 }));
    file
}

/// Runs `cadran voicemail` on the demo's database for a line; what it printed.
fn voicemail(demo: &Demo, line: &str, arguments: &[&str]) -> (bool, String) {
    let data = demo.data();
    let output = Command::new(env!("CARGO_BIN_EXE_cadran"))
        .args(["voicemail", "--operator", "vallee", "--database"])
        .arg(format!("sqlite:{}", data.join("cadran.db").display()))
        .arg("--keys")
        .arg(data.join("keys"))
        .arg(line)
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// FIX-01, FIX-02, TEL-09, PLT-09: in French, a household sees how its voicemail is reached, hears a message and seeks in it, keeps it, deletes
/// another, has new ones sent by mail, and finds the one that was left since in the mailbox with its sound; all are deleted after a question.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_hears_its_messages() {
    let demo = Demo::start(None);
    let browser = Browser::open_speaking("fr").await.unwrap();
    sign_in(&browser, &demo, HOST, "V100042").await;
    browser.goto(&demo.url(HOST, "/lines?state=active&kind=fixed")).await.unwrap();
    browser.find("#lines tbody tr th a").await.unwrap();
    let own = "return [...document.querySelectorAll('#lines tbody th a')].find(a => a.innerText.startsWith('03')).href";
    let line = browser.evaluate(own).await.unwrap().as_str().unwrap().to_owned();
    browser.goto(&line).await.unwrap();
    let number = browser.text("h1").await.unwrap();
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    browser.click_text("a.btn", "Services du téléphone").await.unwrap();
    browser.find_text("#voicemail-title", "Messagerie vocale").await.unwrap();
    browser.click_text("a.btn", "Messagerie vocale").await.unwrap();
    browser.find_text("h1", "Messagerie vocale").await.unwrap();
    browser.find_text(".totals", "123").await.unwrap();
    browser.find_text(".totals", "+33\u{a0}3\u{a0}53\u{a0}01\u{a0}01\u{a0}23").await.unwrap();
    assert_eq!((browser.text("#new-count").await.unwrap(), browser.text("#kept-count").await.unwrap()), ("2".into(), "2".into()));
    is_well_made(&browser, "voicemail").await;

    // The browser plays it, and seeks.
    let heard = "return (async () => { const audio = document.querySelector('#messages audio'); audio.muted = true; await audio.play(); \
                 audio.currentTime = 2; await new Promise(done => { audio.onseeked = done; }); \
                 return [audio.duration, audio.readyState, audio.currentTime, audio.error === null]; })()";
    let heard = browser.evaluate(heard).await.unwrap();
    assert!(heard[0].as_f64().unwrap() >= 4.0 && heard[1].as_i64().unwrap() >= 2, "{heard}");
    assert!(heard[2].as_f64().unwrap() >= 2.0 && heard[3] == true, "{heard}");

    browser.click("#messages li:first-child .keep").await.unwrap();
    browser.find_text("[role=status]", "archivé").await.unwrap();
    assert_eq!(browser.text("#new-count").await.unwrap(), "1");
    browser.click("#messages li:last-child .delete").await.unwrap();
    browser.find_text("[role=status]", "supprimé").await.unwrap();
    assert_eq!(browser.text("#kept-count").await.unwrap(), "2");

    browser.click("#send").await.unwrap();
    browser.fill("#address", "anne@").await.unwrap();
    browser.evaluate("document.querySelector('#mail-reception form').noValidate = true").await.unwrap();
    browser.click("#save-mail").await.unwrap();
    browser.find_text("#mail-fault", "complète, comme").await.unwrap();
    only_refusals(&browser).await;
    is_well_made(&browser, "voicemail-refused").await;
    browser.fill("#address", "anne.schneider@example.fr").await.unwrap();
    browser.click("#save-mail").await.unwrap();
    browser.find_text("[role=status]", "vous seront envoyés").await.unwrap();
    browser.fill("#new-code", "2580").await.unwrap();
    browser.fill("#code-again", "2580").await.unwrap();
    browser.click("#save-code").await.unwrap();
    browser.find_text("[role=status]", "nouveau code").await.unwrap();

    let sound = demo.data().join("message.wav");
    fs::write(&sound, a_law()).unwrap();
    let left = voicemail(&demo, &number, &["--leave", sound.to_str().unwrap(), "--from", "06 12 34 56 78"]);
    assert_eq!(left, (true, "the message is there\n".to_owned()));
    let (is_done, said) = voicemail(&demo, &number, &["--elsewhere", "--press", "2580# 1 * *"]);
    assert!(is_done && said.contains("2 new messages, 2 kept") && said.contains("goodbye"), "{said}");
    fs::write(&sound, "no sound").unwrap();
    let (is_done, said) = voicemail(&demo, &number, &["--leave", sound.to_str().unwrap()]);
    assert!(!is_done && said.contains("neither WAV nor Opus"), "{said}");

    browser.goto(&demo.url(HOST, "/mailbox")).await.unwrap();
    let mail = "nouveau message vocal";
    let mut looks = 0;
    while browser.evaluate(&format!("return document.body.innerText.includes('{mail}')")).await.unwrap() != true {
        looks += 1;
        assert!(looks < 2_000, "the mail does not come");
        browser.goto(&demo.url(HOST, "/mailbox")).await.unwrap();
    }
    browser.click_text("a", mail).await.unwrap();
    browser.find_text("pre", "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78").await.unwrap();
    browser.find_text("pre", "Durée").await.unwrap();
    browser.find_text(".mail-file a", ".wav").await.unwrap();
    let heard = "return (async () => { const audio = document.querySelector('.mail-file audio'); audio.muted = true; await audio.play(); \
                 return audio.duration; })()";
    let heard = browser.evaluate(heard).await.unwrap();
    assert_eq!(heard.as_f64(), Some(2.0), "what a switch records plays");

    browser.goto(&format!("{line}/voicemail")).await.unwrap();
    browser.click("#delete-all").await.unwrap();
    browser.find_text("#asked", "4 messages").await.unwrap();
    is_well_made(&browser, "voicemail-delete-all").await;
    browser.click("#delete-all").await.unwrap();
    browser.find_text("main", "Vous n’avez aucun message").await.unwrap();
    is_well_made(&browser, "voicemail-empty").await;
    let (_, said) = voicemail(&demo, &number, &[]);
    assert_eq!(said, "0 new messages, 0 kept\n");
}
