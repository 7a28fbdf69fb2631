//! A payment that staff notes on the page of an invoice.

use crate::{
    invoices::{bill, of_household, person, signed_in},
    tenants::{PASSWORD, Tenants},
};
use axum::http::StatusCode;
use operations::permission::Role;

/// BIL-07, CUS-09: what was typed is kept where it cannot be; a form that is sent twice notes one payment, which the payer finds without what was
/// remarked; more than is owed is asked once more; what was noted by mistake is taken back; nobody else does either.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_noted_on_the_page_of_its_invoice() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        bill(&tenants).await;
        let (holder, row) = of_household(&tenants).await;
        let (invoice, here) = (format!("/invoices/{}", row.id), format!("/invoices/{}/payment", row.id));
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await.with("accept-language", "fr");
        assert!(staff.get(&invoice).await.body.contains(&format!("href=\"{here}\"")));
        let form = staff.get(&here).await;
        let (csrf, gross) = (form.csrf().expect("a form"), row.gross.to_string().replace('.', ","));
        assert!(form.body.contains(&format!("value=\"{gross}\"")), "what is open is offered: {}", form.body);
        let token = form.hidden("token").expect("a token");
        let fields = |amount: &str, day: &str, rest: &str| {
            let fields = [
                ("csrf", csrf.as_str()),
                ("token", token.as_str()),
                ("amount", amount),
                ("day", day),
                ("means", "cash"),
                ("rest", rest),
            ];
            let mut fields = fields.map(|(name, value)| (name, value.to_owned())).to_vec();
            fields.push(("remark", "remis au guichet".to_owned()));
            fields
        };
        async fn send(client: &mut crate::client::Client, path: &str, fields: &[(&str, String)]) -> crate::client::Answer {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            client.form(path, &fields).await
        }
        let today = tenants.house.clock.now().to_string()[..10].to_owned();
        for (amount, day) in
            [("x", today.as_str()), ("0", &today), ("1,234", &today), ("9999", &today), (&gross, "31/12"), (&gross, "2199-01-01")]
        {
            let refused = send(&mut staff, &here, &fields(amount, day, "")).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount} {day}");
            for kept in [
                format!("value=\"{amount}\""),
                format!("value=\"{day}\""),
                "value=\"remis au guichet\"".to_owned(),
                "role=\"alert\"".to_owned(),
            ] {
                assert!(refused.body.contains(&kept), "{kept}: {}", refused.body);
            }
            assert_eq!(
                refused.body.contains("name=\"rest\""),
                amount == "9999",
                "only what is too much asks what becomes of the rest"
            );
        }
        let sent = fields(&gross, &today, "");
        let (first, again) = (send(&mut staff, &here, &sent).await, send(&mut staff, &here, &sent).await);
        assert_eq!((first.status, first.location()), (StatusCode::SEE_OTHER, again.location()), "{}", first.body);
        let payment = first.location().to_owned();
        let page = staff.get(&payment).await.body;
        assert!(page.contains("remis au guichet") && page.contains("Espèces") && page.contains("/taken-back"), "{page}");
        assert!(!staff.get(&invoice).await.body.contains(&format!("href=\"{here}\"")), "there is nothing to note any more");
        let mut payer = signed_in(&tenants, holder).await.with("accept-language", "fr");
        let seen = payer.get(&payment).await.body;
        assert!(seen.contains("Espèces") && !seen.contains("remis au guichet") && !seen.contains("/taken-back"), "{seen}");
        assert_eq!(payer.get(&here).await.status, StatusCode::NOT_FOUND);
        let back = format!("{payment}/taken-back");
        let mut auditor = signed_in(&tenants, person(&tenants, Role::Auditor)).await;
        for other in [&mut payer, &mut auditor] {
            let csrf = other.get("/account").await.csrf().expect("a form");
            assert_eq!(other.form(&back, &[("csrf", &csrf)]).await.status, StatusCode::NOT_FOUND);
        }
        for _ in 0..2 {
            assert_eq!(staff.form(&back, &[("csrf", &csrf)]).await.location(), payment, "twice is once");
        }
        let page = staff.get(&payment).await.body;
        assert!(page.contains("enregistré par erreur") && !page.contains("/taken-back"), "{page}");
        assert!(staff.get(&invoice).await.body.contains(&format!("href=\"{here}\"")), "it is open again");
        let check = tenants.house.store.check_ledger(tenants.operators[0]).await.expect("a check");
        assert_eq!(check.faults, Vec::<String>::new());
    }
}
