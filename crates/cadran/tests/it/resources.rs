//! Numbers, blank cards and contracts, walked in a real browser.

use crate::portal::{Demo, is_well_made, sign_in};
use testkit::Browser;
use vocabulary::Iccid;

/// Cards that no demo has.
const FIRST: u128 = 893_298_600_000_000_000;
const HOST: &str = "zenne.localhost";

fn iccid(place: u128) -> String {
    Iccid::from_serial(FIRST + place).unwrap().to_string()
}

/// RES-07, MOB-10, PLT-08, PLT-09: in Dutch, staff adds a range of numbers, which cannot come twice, and gives ten of them to a company; in French,
/// its fleet manager finds them among its own.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_go_from_the_operator_to_a_company() {
    let demo = Demo::start(None);
    let staff = Browser::open_speaking("nl").await.unwrap();
    sign_in(&staff, &demo, HOST, "desk@zenne.example").await;
    for came in ["20 nummers zijn opgenomen", "20 nummers staan al in de voorraad"] {
        staff.goto(&demo.url(HOST, "/numbers/intake")).await.unwrap();
        staff.fill("#first", "0460 99 00 00").await.unwrap();
        staff.fill("#last", "+32 460 99 00 19").await.unwrap();
        staff.choose("#network", "scaldis").await.unwrap();
        staff.choose("#kind", "mobile").await.unwrap();
        staff.click(".filter-row button").await.unwrap();
        staff.find_text(".notice", came).await.unwrap();
    }
    let errors = staff.console_errors().await.unwrap();
    assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
    is_well_made(&staff, "numbers-known").await;
    staff.goto(&demo.url(HOST, "/numbers/transfer?way=give")).await.unwrap();
    staff.fill("#first", "0460990000").await.unwrap();
    staff.fill("#last", "0460990009").await.unwrap();
    staff.fill("#customer", "Z300001").await.unwrap();
    staff.click("form[method=get].filter-row button").await.unwrap();
    staff.find_text("#plan-title", "10 nummers toe te wijzen").await.unwrap();
    is_well_made(&staff, "numbers-give").await;
    staff.click("form[method=post][action='/numbers/transfer'] button").await.unwrap();
    staff.find_text(".notice.ok", "10 nummers zijn toegewezen").await.unwrap();
    is_well_made(&staff, "numbers").await;

    let manager = Browser::open_speaking("fr").await.unwrap();
    sign_in(&manager, &demo, HOST, "fleet@senne.example").await;
    manager.goto(&demo.url(HOST, "/numbers?number=0460+99&state=given")).await.unwrap();
    manager.find_text(".list-head p", "10 numéros").await.unwrap();
    is_well_made(&manager, "numbers-of-company").await;
    manager.goto(&demo.url(HOST, "/numbers?ends=990012")).await.unwrap();
    manager.find_text(".empty", "Aucun numéro ne correspond").await.unwrap();
}

/// FLT-16, RES-04, MOB-65, PLT-07, PLT-09: a fleet manager orders ten blank cards, staff sends them out of stock, the manager confirms that they are
/// there, and has them; a line of the company leads to its contract and to the settings of its telephone.
#[tokio::test(flavor = "multi_thread")]
async fn blank_cards_reach_a_fleet() {
    let (demo, folder) = (Demo::start(None), tempfile::tempdir().unwrap());
    let manager = Browser::open_speaking("fr").await.unwrap();
    sign_in(&manager, &demo, HOST, "fleet@senne.example").await;
    manager.goto(&demo.url(HOST, "/sims/deliveries")).await.unwrap();
    manager.click_text("a.btn", "Commander des cartes vierges").await.unwrap();
    manager.find("#recipient").await.unwrap();
    is_well_made(&manager, "delivery-new").await;
    let typed = [("#recipient", "Accueil"), ("#street", "12 rue du Canal"), ("#postcode", "1000"), ("#city", "Bruxelles")];
    for (field, text) in typed {
        manager.fill(field, text).await.unwrap();
    }
    manager.click(".account-form button").await.unwrap();
    manager.find_text("h1 .state", "Demandée").await.unwrap();
    is_well_made(&manager, "delivery-asked").await;

    let staff = Browser::open_speaking("nl").await.unwrap();
    sign_in(&staff, &demo, HOST, "desk@zenne.example").await;
    let rows: String =
        (0..10).map(|place| format!("{};206986{:09};1234;87000001;5678;99000001\n", iccid(place), place)).collect();
    let file = folder.path().join("kaarten.csv");
    std::fs::write(&file, format!("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n{rows}")).unwrap();
    staff.goto(&demo.url(HOST, "/sims/batches")).await.unwrap();
    staff.choose("#batch-network", "scaldis").await.unwrap();
    staff.find("#batch-file").await.unwrap().send_keys(file.to_str().unwrap()).await.unwrap();
    staff.click(".upload button").await.unwrap();
    staff.find_text(".notice.ok", "10 simkaarten").await.unwrap();
    staff.goto(&demo.url(HOST, "/sims/deliveries")).await.unwrap();
    staff.find_text(".list-head p", "1 levering te verzenden").await.unwrap();
    is_well_made(&staff, "deliveries").await;
    staff.click("tbody th a").await.unwrap();
    staff.fill("#first", &iccid(0)).await.unwrap();
    staff.fill("#last", &iccid(9)).await.unwrap();
    is_well_made(&staff, "delivery-send").await;
    staff.click(".filter-row button").await.unwrap();
    staff.find_text("h1 .state", "Verzonden").await.unwrap();

    manager.goto(&demo.url(HOST, &format!("/sims?iccid={}", &iccid(0)[..10]))).await.unwrap();
    manager.find_text(".empty", "Aucune SIM ne correspond").await.unwrap();
    manager.goto(&demo.url(HOST, "/sims/deliveries")).await.unwrap();
    manager.click("tbody th a").await.unwrap();
    manager.find_text("h1 .state", "Expédiée").await.unwrap();
    is_well_made(&manager, "delivery-sent").await;
    manager.click("form[action$='/arrived'] button").await.unwrap();
    manager.find_text("h1 .state", "Arrivée").await.unwrap();
    manager.goto(&demo.url(HOST, &format!("/sims?iccid={}", &iccid(0)[..10]))).await.unwrap();
    manager.find_text(".list-head p", "10 SIM").await.unwrap();

    manager.goto(&demo.url(HOST, "/lines")).await.unwrap();
    manager.click("#lines tbody th a").await.unwrap();
    manager.click_text("a.btn", "Contrat").await.unwrap();
    manager.find_text("#technical-title", "Informations techniques").await.unwrap();
    is_well_made(&manager, "contract").await;
    manager.click_text("a.btn", "Réglages du téléphone").await.unwrap();
    manager.find_text("dd", "internet.scaldis").await.unwrap();
    is_well_made(&manager, "telephone-settings").await;
}
