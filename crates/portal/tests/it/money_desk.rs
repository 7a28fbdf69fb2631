//! What accounting decides on pages when a bank, a provider or a bill run does not go by itself.

use crate::{
    bank_files::sign,
    invoices::{bill, person, signed_in},
    tenants::{PASSWORD, Tenants},
};
use axum::http::StatusCode;
use operations::{bill_run, permission::Role};

async fn tenants(url: &str) -> Tenants {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    Tenants::with_key(url, &hash).await
}

/// BIL-08: a debit is found by its name, its block's or an invoice's; that it came back is noted on its page, once, with a reason; who may only look sees no
/// form.
#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_noted_on_the_page_of_its_debit() {
    for database in testkit::databases() {
        let tenants = tenants(database.url()).await;
        let mut household = signed_in(&tenants, person(&tenants, Role::Subscriber)).await;
        sign(&mut household).await;
        bill(&tenants).await;
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await;
        let csrf = staff.get("/bank-files?until=2026-12-10").await.csrf().expect("a form");
        let made = staff.form("/bank-files/collections", &[("csrf", &csrf), ("until", "2026-12-10")]).await;
        let file = staff.get(made.location()).await.body;
        let (_, rest) = file.split_once("href=\"/bank-files/debits/").expect("a debit");
        let id = rest.split('"').next().expect("an id");
        let here = format!("/bank-files/debits/{id}");
        let page = staff.get(&here).await.body;
        let (_, rest) = page.split_once("<h1>Prélèvement ").expect("a title");
        let name = rest.split('<').next().expect("a name");
        assert_eq!(staff.get(&format!("/bank-files/debits?named={name}")).await.location(), here);
        let none = staff.get("/bank-files/debits?named=%3Cb%3E").await;
        assert!(none.body.contains("&#60;b&#62;") && none.body.contains("id=\"none\""), "{}", none.body);
        assert!(!staff.get("/bank-files/debits").await.body.contains("id=\"none\""));

        let note = format!("{here}/returned");
        let unsaid = staff.form(&note, &[("csrf", &csrf), ("reason", "XXXX")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.body);
        let early = staff.form(&note, &[("csrf", &csrf), ("reason", "AM04"), ("arrived", "yes")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.body);
        let mut auditor = signed_in(&tenants, person(&tenants, Role::Auditor)).await;
        let looked = auditor.get(&here).await;
        assert!(looked.status == StatusCode::OK && !looked.body.contains("note-return"), "{}", looked.body);
        let csrf_of_auditor = auditor.get("/account").await.csrf().expect("a form");
        let refused = auditor.form(&note, &[("csrf", &csrf_of_auditor), ("reason", "AM04")]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);

        let noted = staff.form(&note, &[("csrf", &csrf), ("reason", "AM04")]).await;
        assert_eq!(noted.location(), format!("{here}?noted=yes"), "{}", noted.body);
        let shown = staff.get(noted.location()).await.body;
        assert!(shown.contains("Rejeté, provision insuffisante (AM04)") && !shown.contains("note-return"), "{shown}");
        assert_eq!(staff.form(&note, &[("csrf", &csrf), ("reason", "AM04")]).await.status, StatusCode::CONFLICT);
        tenants.house.store.verify_journal(tenants.operators[0], None).await.expect("a chain");
    }
}

/// BIL-01: a run is stopped on its page and goes on from there; who may only look sees no button.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_stopped_on_its_page() {
    for database in testkit::databases() {
        let tenants = tenants(database.url()).await;
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await;
        let csrf = staff.get("/bill-runs").await.csrf().expect("a form");
        let begun = staff.form("/bill-runs", &[("csrf", &csrf), ("month", "2026-11")]).await;
        let here = begun.location().to_owned();
        assert!(staff.get(&here).await.body.contains("id=\"stop\""));
        let mut auditor = signed_in(&tenants, person(&tenants, Role::Auditor)).await;
        assert!(!auditor.get(&here).await.body.contains("id=\"stop\""));
        let csrf_of_auditor = auditor.get("/account").await.csrf().expect("a form");
        let refused = auditor.form(&format!("{here}/stopped"), &[("csrf", &csrf_of_auditor)]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);

        for _ in 0..2 {
            assert_eq!(staff.form(&format!("{here}/stopped"), &[("csrf", &csrf)]).await.location(), here, "a double click");
        }
        assert_eq!(bill_run::take_up(&tenants.house).await.expect("nothing"), 0);
        let rests = staff.get(&here).await.body;
        assert!(rests.contains("Arrêtée") && rests.contains("id=\"go-on\"") && !rests.contains("hx-trigger"), "{rests}");
        assert!(staff.get("/bill-runs").await.body.contains("Arrêtée"));
        assert_eq!(staff.form(&format!("{here}/resumed"), &[("csrf", &csrf)]).await.location(), here);
        assert_eq!(bill_run::take_up(&tenants.house).await.expect("a run"), 1);
        assert!(staff.get(&here).await.body.contains("name=\"sure\""));
        assert_eq!(staff.form("/bill-runs/999999999/stopped", &[("csrf", &csrf)]).await.status, StatusCode::NOT_FOUND);
    }
}

/// BIL-07: what a payment provider told and nobody could count waits on its page until somebody says what it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_problem_is_settled_on_its_page() {
    for database in testkit::databases() {
        let tenants = tenants(database.url()).await;
        let aside = format!(
            "INSERT INTO payment_callback (operator_id, issuer, provider, event, payment_id, taken, problem) \
             VALUES ({}, 0, 'sandbox', 'evt_1', 7, 1795000000000000, 'there is no such payment: look at it with the provider')",
            tenants.operators[0]
        );
        testkit::raw::run(database.url(), &aside).await;
        let here = "/payments/problems";
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await;
        let page = staff.get(here).await;
        let csrf = page.csrf().expect("a form");
        let form = |what: &'static str| {
            [("csrf", csrf.clone()), ("provider", "sandbox".into()), ("event", "evt_1".into()), ("what", what.to_owned())]
        };
        let mut sent = Vec::new();
        for what in ["", "Remboursé chez le prestataire", "Autre chose"] {
            let form = form(what);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            sent.push(staff.form(here, &form).await.status);
        }
        assert_eq!(sent, [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
        let page = staff.get(here).await.body;
        assert!(page.contains("Rien à vérifier") && page.contains("Remboursé chez le prestataire"), "{page}");
        let mut auditor = signed_in(&tenants, person(&tenants, Role::Auditor)).await;
        assert!(!auditor.get(here).await.body.contains("name=\"what\""));
    }
}
