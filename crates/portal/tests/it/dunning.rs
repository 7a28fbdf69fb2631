//! Accounts that do not pay, as staff and the customer see them.

use crate::{
    client::Client,
    invoices::{bill, issued, person, signed_in},
    tenants::{PASSWORD, Person, Tenants},
};
use axum::http::StatusCode;
use operations::{dunning, permission::Role};
use vocabulary::Cents;

async fn form_of(client: &mut Client, page: &str) -> String {
    client.get(page).await.csrf().expect("a form")
}

/// BIL-09, PLT-02: staff finds who does not pay behind the invoices, puts the account on hold with a reason and an end, notes a dispute, and takes a fee
/// back; an auditor reads it and changes nothing; the customer reads what is late and what comes next, and others nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn late_payers_are_seen_and_held() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::with_key(database.url(), &hash).await;
        bill(&tenants).await;
        // Somebody who owes more than the least that one is reminded of.
        let rows = issued(&tenants).await;
        let billed = |person: &Person| {
            let customer = tenants.customers.iter().find(|customer| customer.owner == person.owner)?.id;
            rows.iter().find(|row| row.customer == customer && row.gross >= Cents::new(1_000)).cloned()
        };
        let of_customer = |person: &&Person| matches!(person.role, Role::Subscriber | Role::FleetManager);
        let found = tenants.people.iter().filter(of_customer).find_map(|person| Some((person, billed(person)?)));
        let (holder, row) = found.expect("somebody who was billed");
        let now = jiff::civil::date(2027, 1, 20).at(9, 0, 0, 0);
        tenants.house.clock.set(vocabulary::Timestamp::from_local(now, &jiff::tz::TimeZone::UTC).expect("an instant"));
        let done = dunning::round(&tenants.house).await.expect("a round");
        assert!(done.steps > 0, "{done:?}");

        let mut household = signed_in(&tenants, holder).await;
        let own = household.get("/invoices").await.body;
        assert!(own.contains("en retard de paiement depuis le") && own.contains("Sans règlement, nous vous écrirons"), "{own}");
        assert_eq!(household.get("/invoices/late").await.status, StatusCode::NOT_FOUND);

        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await;
        assert!(staff.get("/invoices").await.body.contains("href=\"/invoices/late\""));
        let (list, here) = (staff.get("/invoices/late").await.body, format!("/invoices/late/{}", row.account));
        assert!(list.contains(&format!("href=\"{here}\"")) && list.contains("Relance"), "{list}");
        let csrf = form_of(&mut staff, &here).await;
        let hold = format!("{here}/hold");
        let asked = |until: &'static str, why: &'static str| {
            [("csrf", csrf.clone()), ("what", "hold".to_owned()), ("until", until.to_owned()), ("reason", why.to_owned())]
        };
        for (until, why) in [("2027-02-20", ""), ("x", "plan"), ("2027-01-01", "plan"), ("2029-01-01", "plan")] {
            let fields = asked(until, why);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let refused = staff.form(&hold, &fields).await;
            assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("role=\"alert\""), "{until} {why}");
        }
        let fields = asked("2027-02-20", "paie en <b>trois</b> fois");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(staff.form(&hold, &fields).await.location(), here);
        let held = staff.get(&here).await.body;
        assert!(held.contains("paie en &#60;b&#62;trois") && held.contains("value=\"release\""), "{held}");
        assert!(household.get("/invoices").await.body.contains("Nous attendons votre règlement"));

        let mut auditor = signed_in(&tenants, person(&tenants, Role::Auditor)).await;
        let read = auditor.get(&here).await;
        assert!(read.status == StatusCode::OK && !read.body.contains("value=\"release\""), "{}", read.body);
        assert_eq!(auditor.form(&hold, &[("csrf", &csrf), ("what", "release")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(staff.form(&hold, &[("csrf", &csrf), ("what", "release")]).await.location(), here);

        let (disputes, id) = (format!("{here}/disputes"), row.id.to_string());
        let noted = [("csrf", csrf.as_str()), ("invoice", &id), ("what", "dispute"), ("reason", "jamais commandé")];
        assert_eq!(staff.form(&disputes, &noted).await.location(), here);
        assert!(staff.get(&here).await.body.contains("jamais commandé"));
        assert!(!household.get("/invoices").await.body.contains("en retard de paiement"), "what is disputed is not late");
        let settled = [("csrf", csrf.as_str()), ("invoice", &id), ("what", "settle")];
        assert_eq!(staff.form(&disputes, &settled).await.location(), here);
        assert!(!staff.get(&here).await.body.contains("jamais commandé"));

        let (operator, account) = (tenants.operators[0], row.account);
        let charged = [
            format!(
                "INSERT INTO ledger_entry (id, operator_id, issuer, at, kind, invoice_id) \
                 VALUES (1000000, {operator}, 0, 0, 'fee', {id})"
            ),
            format!(
                "INSERT INTO ledger_transfer (entry_id, place, debit, credit, amount, billing_account_id) \
                 VALUES (1000000, 0, 'receivable/{account}', 'revenue/dunning', 4000, {account})"
            ),
        ];
        for statement in &charged {
            testkit::raw::run(database.url(), statement).await;
        }
        let (fees, asked) = (format!("{here}/fees/taken-back"), [("csrf", csrf.as_str()), ("invoice", id.as_str())]);
        let (read, shown) = (auditor.get(&here).await.body, staff.get(&here).await.body);
        assert!(read.contains("id=\"fees-title\"") && !read.contains(&fees), "{read}");
        assert!(shown.contains(&format!("action=\"{fees}\"")) && shown.contains("Annuler les frais"), "{shown}");
        for _ in 0..2 {
            assert_eq!(staff.form(&fees, &asked).await.location(), here, "twice is once");
        }
        assert!(!staff.get(&here).await.body.contains("id=\"fees-title\""));
    }
}
