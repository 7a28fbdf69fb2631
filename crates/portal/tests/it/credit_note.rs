//! A credit note that staff makes on the page of an invoice.

use crate::{
    invoices::{bill, issued, of_household, person, signed_in},
    tenants::{PASSWORD, Tenants},
};
use axum::http::StatusCode;
use operations::permission::Role;

/// BIL-03: what was typed is kept where it cannot be; a form that is sent twice leads to one credit note, which its payer finds with its reason;
/// nobody else makes one.
#[tokio::test(flavor = "multi_thread")]
async fn a_credit_note_is_made_once_on_the_page_of_its_invoice() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        bill(&tenants).await;
        let (holder, row) = of_household(&tenants).await;
        let here = format!("/invoices/{}/credit", row.id);
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await.with("accept-language", "fr");
        assert!(staff.get(&format!("/invoices/{}", row.id)).await.body.contains(&format!("href=\"{here}\"")));
        let form = staff.get(&here).await;
        let csrf = form.csrf().expect("a form");
        let token = form.hidden("token").expect("a token");
        let send = |line: &str, amount: &str, reason: &str| {
            [("csrf", csrf.as_str()), ("token", token.as_str()), ("line", line), ("amount", amount), ("reason", reason)]
                .map(|(name, value)| (name, value.to_owned()))
        };
        let before = issued(&tenants).await.len();
        for (line, amount, reason) in
            [("0", "9999", "Panne"), ("0", "x", "Panne"), ("0", "-1", "Panne"), ("0", "1,00", " "), ("77", "1,00", "Panne")]
        {
            let fields = send(line, amount, reason);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let refused = staff.form(&here, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{line} {amount} {reason}");
            assert!(
                refused.body.contains("role=\"alert\"") && refused.body.contains(&format!("value=\"{amount}\"")),
                "{}",
                refused.body
            );
        }
        assert_eq!(issued(&tenants).await.len(), before);
        let fields = send("0", "1,00", "Panne du 3 au 9");
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (first, again) = (staff.form(&here, &fields).await, staff.form(&here, &fields).await);
        assert_eq!((first.status, first.location()), (StatusCode::SEE_OTHER, again.location()));
        assert_eq!(issued(&tenants).await.len(), before + 1);
        let note = first.location().to_owned();
        assert!(staff.get(&here).await.body.contains(&format!("href=\"{note}\"")), "it is listed");
        let mut payer = signed_in(&tenants, holder).await.with("accept-language", "fr");
        assert!(payer.get(&note).await.body.contains("Avoir"));
        assert!(payer.get(&format!("{note}/pdf")).await.body.starts_with("%PDF-"));
        assert_eq!(payer.get(&here).await.status, StatusCode::NOT_FOUND);
        let mut auditor = signed_in(&tenants, person(&tenants, Role::Auditor)).await;
        assert_eq!(auditor.form(&here, &fields).await.status, StatusCode::NOT_FOUND);
        let whole = send("", "", "Tout");
        let whole: Vec<_> = whole
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .map(|(name, value)| if name == "token" { (name, "other") } else { (name, value) })
            .collect();
        assert_eq!(staff.form(&here, &whole).await.status, StatusCode::SEE_OTHER);
        assert!(staff.get(&here).await.body.contains("plus rien à créditer"));
        let check = tenants.house.store.check_ledger(tenants.operators[0]).await.expect("a check");
        assert_eq!(check.faults, Vec::<String>::new());
    }
}
