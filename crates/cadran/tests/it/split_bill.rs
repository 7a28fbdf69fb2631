//! A bill that a company and somebody who works there share: walked in a real browser.

use crate::{
    members::only,
    portal::{demo, is_well_made, sign_in},
};
use testkit::Browser;

/// FLT-20, FLT-09, PLT-09: the manager makes a profile, what is wrong is said at its field; a line goes by it from next month on, its user is told by mail,
/// and it is taken back; who shares a bill reads their own invoice, which the manager does not see; axe finds nothing on the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_manager_shares_a_bill_with_who_uses_the_line() {
    let (demo, host) = (demo(), "zenne.localhost");
    let sofie = Browser::open_speaking("fr").await.unwrap();
    sign_in(&sofie, demo, host, "fleet@senne.example").await;
    sofie.goto(&demo.url(host, "/lines?sort=user")).await.unwrap();
    sofie.find("#lines tbody a[href^='/lines/']").await.unwrap();
    // A line whose user no other walk signs in as.
    let line = "return [...document.querySelectorAll('#lines tbody tr')].filter(row => !/Marie|Lotte|Youssef/.test(row.textContent))\
                .map(row => row.querySelector('a[href^=\"/lines/\"]').href)[3]";
    let line = sofie.evaluate(line).await.unwrap().as_str().unwrap().to_owned();
    sofie.goto(&line).await.unwrap();
    sofie.click("a[href$='/split']").await.unwrap();
    sofie.find_text("#split-title", "L’entreprise paie tout").await.unwrap();
    is_well_made(&sofie, "line-split").await;

    sofie.click("a[href$='/split-profiles']").await.unwrap();
    sofie.find_text("table", "Buitendienst").await.unwrap();
    is_well_made(&sofie, "split-profiles").await;
    sofie.fill("#name", "Techniciens").await.unwrap();
    sofie.click("#rule-share").await.unwrap();
    sofie.fill("#per-cent", "beaucoup").await.unwrap();
    sofie.click("#add").await.unwrap();
    sofie.find_text("#refusal", "n’est pas une part").await.unwrap();
    only(&sofie, "422").await;
    is_well_made(&sofie, "split-profile-wrong").await;
    sofie.fill("#per-cent", "75").await.unwrap();
    sofie.click("#add").await.unwrap();
    sofie.find_text("table", "75 % de tout").await.unwrap();

    sofie.goto(&format!("{line}/split")).await.unwrap();
    let profile = "return [...document.querySelector('#profile').options].find(one => one.text.startsWith('Techniciens')).value";
    let profile = sofie.evaluate(profile).await.unwrap();
    sofie.choose("#profile", profile.as_str().unwrap()).await.unwrap();
    for (field, text) in [
        ("#name", "Saar Mertens"),
        ("#email", "saar.mertens@maison.example"),
        ("#street", "Dorpsstraat 8"),
        ("#postcode", "1730"),
        ("#town", "Asse"),
    ] {
        sofie.fill(field, text).await.unwrap();
    }
    sofie.click("#save").await.unwrap();
    sofie.find_text("#refusal", "Sans l’accord écrit").await.unwrap();
    only(&sofie, "422").await;
    let town = sofie.evaluate("return document.querySelector('#town').value").await.unwrap();
    assert_eq!(town.as_str(), Some("Asse"), "nothing that was typed is lost");
    is_well_made(&sofie, "line-split-wrong").await;
    sofie.click("#agreed").await.unwrap();
    sofie.click("#save").await.unwrap();
    sofie.find_text(".planned", "le reste est payé par Saar Mertens").await.unwrap();
    is_well_made(&sofie, "line-split-planned").await;
    let desk = Browser::open_speaking("fr").await.unwrap();
    sign_in(&desk, demo, host, "desk@zenne.example").await;
    loop {
        desk.goto(&demo.url(host, "/mailbox")).await.unwrap();
        if desk.text("main").await.unwrap().contains("saar.mertens@maison.example") {
            break;
        }
    }
    sofie.click("#take-back").await.unwrap();
    sofie.find_text(".notice.ok", "enregistré").await.unwrap();
    sofie.gone(".planned").await.unwrap();

    let marie = Browser::open_speaking("fr").await.unwrap();
    sign_in(&marie, demo, host, "marie@senne.example").await;
    marie.goto(&demo.url(host, "/invoices")).await.unwrap();
    marie.find_text("#owed-title", "").await.unwrap();
    is_well_made(&marie, "split-invoices").await;
    marie.click("tbody a[href^='/invoices/']").await.unwrap();
    marie.find_text("main", "Marie Janssens").await.unwrap();
    let own = marie.url().await.unwrap();
    is_well_made(&marie, "split-invoice").await;
    sofie.goto(&own).await.unwrap();
    sofie.find_text("h1", "introuvable").await.unwrap();
    only(&sofie, "404").await;
}
