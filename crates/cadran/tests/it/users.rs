//! Who uses a line, who pays for it, and who is told: walked in a real browser.

use crate::{
    members::only,
    portal::{demo, is_well_made, sign_in},
};
use testkit::Browser;

/// FLT-07, RES-25, FLT-09, RES-10, PLT-09: the manager writes down who uses a line and what is wrong is said at its field; the user, signed in for
/// the line alone, says that it is right, and the manager changes it no more but may name somebody else; another account is to pay, and the
/// operator's desk, which chose to be told of that, is; axe finds nothing on the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_user_confirms_what_is_known_of_them() {
    let (demo, host) = (demo(), "zenne.localhost");
    let marie = Browser::open_speaking("fr").await.unwrap();
    sign_in(&marie, demo, host, "marie@senne.example").await;
    marie.goto(&demo.url(host, "/lines")).await.unwrap();
    marie.find("#lines tbody a[href^='/lines/']").await.unwrap();
    let line = marie.evaluate("return document.querySelector('#lines tbody a[href^=\"/lines/\"]').href").await.unwrap();
    let line = line.as_str().unwrap().to_owned();

    let sofie = Browser::open_speaking("fr").await.unwrap();
    sign_in(&sofie, demo, host, "fleet@senne.example").await;
    sofie.goto(&line).await.unwrap();
    sofie.click("a[href$='/user']").await.unwrap();
    sofie.find_text("h1", "Utilisateur de la ligne").await.unwrap();
    is_well_made(&sofie, "line-user").await;
    sofie.fill("#number", "12").await.unwrap();
    sofie.fill("#town", "Anderlecht").await.unwrap();
    sofie.click("#save").await.unwrap();
    sofie.find_text("#about-number", "pas un numéro").await.unwrap();
    let town = sofie.evaluate("return document.querySelector('#town').value").await.unwrap();
    assert_eq!(town.as_str(), Some("Anderlecht"), "nothing that was typed is lost");
    only(&sofie, "422").await;
    is_well_made(&sofie, "line-user-wrong").await;
    sofie.fill("#number", "0470 12 34 56").await.unwrap();
    sofie.click("#save").await.unwrap();
    sofie.find_text(".notice.ok", "enregistré").await.unwrap();

    marie.goto(&line).await.unwrap();
    marie.find_text("#to-confirm", "Anderlecht").await.unwrap();
    is_well_made(&marie, "line-to-confirm").await;
    marie.click("#confirm-user").await.unwrap();
    marie.find_text(".notice.ok", "enregistré").await.unwrap();
    marie.goto(&line).await.unwrap();
    marie.find("#services").await.unwrap();
    marie.gone("#to-confirm").await.unwrap();

    sofie.goto(&format!("{line}/user")).await.unwrap();
    sofie.find_text(".notice", "L’utilisateur a confirmé ces données").await.unwrap();
    sofie.gone("#save").await.unwrap();
    is_well_made(&sofie, "line-user-confirmed").await;
    sofie.click("a[href$='/user/new']").await.unwrap();
    sofie.find_text(".notice", "Marie Janssens").await.unwrap();
    is_well_made(&sofie, "line-user-new").await;

    let wim = Browser::open_speaking("fr").await.unwrap();
    sign_in(&wim, demo, host, "desk@zenne.example").await;
    wim.goto(&demo.url(host, "/account/notifications")).await.unwrap();
    wim.click("input[value='account']").await.unwrap();
    wim.click("#save").await.unwrap();
    wim.find_text(".notice.ok", "enregistrés").await.unwrap();
    is_well_made(&wim, "notifications").await;
    sofie.goto(&format!("{line}/account")).await.unwrap();
    let other = "const choice = document.querySelector('#account'); return [...choice.options].find(one => one.value !== choice.value).value";
    let other = sofie.evaluate(other).await.unwrap();
    sofie.choose("#account", other.as_str().unwrap()).await.unwrap();
    sofie.click("#save").await.unwrap();
    sofie.find("#take-back").await.unwrap();
    is_well_made(&sofie, "line-account").await;
    loop {
        wim.goto(&demo.url(host, "/mailbox")).await.unwrap();
        if wim.text("main").await.unwrap().contains("Changement de compte de facturation prévu") {
            break;
        }
    }
    sofie.click("#take-back").await.unwrap();
    sofie.find_text(".notice.ok", "enregistré").await.unwrap();
    sofie.gone("#take-back").await.unwrap();
}
