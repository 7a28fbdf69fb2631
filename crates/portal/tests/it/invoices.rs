//! A month that staff bills through the pages, and its invoices as their readers see them.

use crate::{
    client::Client,
    tenants::{PASSWORD, Person, Tenants},
};
use axum::http::{StatusCode, header};
use operations::{bill_run, permission::Role};
use store::{InvoiceQuery, InvoiceRow, Scope};

pub(crate) async fn signed_in(tenants: &Tenants, person: &Person) -> Client {
    let mut client = Client::new(&portal::server::routes(tenants.app.clone()), &person.host);
    assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
    client
}

pub(crate) fn person(tenants: &Tenants, role: Role) -> &Person {
    tenants.people.iter().find(|person| person.role == role && person.owner.operator == 0).expect("somebody")
}

pub(crate) async fn issued(tenants: &Tenants) -> Vec<InvoiceRow> {
    let scoped = tenants.house.store.scoped(Scope::operator(tenants.operators[0]));
    scoped.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.expect("invoices")
}

/// The household that signs in, and its invoice.
pub(crate) async fn of_household(tenants: &Tenants) -> (&Person, InvoiceRow) {
    let holder = person(tenants, Role::Subscriber);
    let customer = tenants.customers.iter().find(|customer| customer.owner == holder.owner).expect("a household").id;
    let row = issued(tenants).await.into_iter().find(|row| row.customer == customer).expect("an invoice");
    (holder, row)
}

/// Bills November through the pages: counted, looked at, issued.
pub(crate) async fn bill(tenants: &Tenants) {
    let mut staff = signed_in(tenants, person(tenants, Role::Accounting)).await;
    let csrf = staff.get("/bill-runs").await.csrf().expect("a form");
    let answer = staff.form("/bill-runs", &[("csrf", &csrf), ("month", "2026-11")]).await;
    let preview = answer.location().to_owned();
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let running = staff.get(&preview).await.body;
    assert!(running.contains("hx-trigger") && !running.contains("name=\"sure\""), "{running}");
    assert_eq!(bill_run::take_up(&tenants.house).await.expect("a run"), 1);
    let told = staff.get(&preview).await.body;
    assert!(told.contains("name=\"sure\"") && !told.contains("hx-trigger"), "{told}");
    assert!(issued(tenants).await.is_empty(), "a preview issues nothing");
    let id = preview.strip_prefix("/bill-runs/").expect("a run");
    let unsure = staff.form("/bill-runs/issues", &[("csrf", &csrf), ("preview", id)]).await;
    assert_eq!(unsure.location(), "/bill-runs");
    assert_eq!(bill_run::take_up(&tenants.house).await.expect("no run"), 0, "nobody was sure");
    let sure = staff.form("/bill-runs/issues", &[("csrf", &csrf), ("preview", id), ("sure", "yes")]).await;
    assert_eq!(sure.status, StatusCode::SEE_OTHER, "{}", sure.body);
    assert_eq!(bill_run::take_up(&tenants.house).await.expect("a run"), 1);
    let again = staff.form("/bill-runs", &[("csrf", &csrf), ("month", "2026-11")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    let scoped = tenants.house.store.scoped(Scope::operator(tenants.operators[0]));
    let noted = scoped.journal(None, None, u32::MAX).await.expect("entries");
    let about = |action: &str| noted.iter().filter(|entry| entry.action == action).count();
    assert_eq!((about("bill_run_begun"), about("bill_run_kept")), (1, 1), "the preview is not noted, the run is");
    let mut auditor = signed_in(tenants, person(tenants, Role::Auditor)).await;
    assert_eq!(auditor.get("/bill-runs").await.status, StatusCode::OK);
    let refused = auditor.form("/bill-runs", &[("csrf", &csrf), ("month", "2026-12")]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

/// BIL-01, CUS-07, FLT-17: staff has a month counted and then issued, each once; whoever pays finds their invoice with what is owed, and its PDF,
/// the same bytes each time; nobody else does.
#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_billed_and_each_invoice_is_there_for_who_pays() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        bill(&tenants).await;
        let rows = issued(&tenants).await;
        let holder = person(&tenants, Role::Subscriber);
        let customer = tenants.customers.iter().find(|customer| customer.owner == holder.owner).expect("a household").id;
        let row = rows.iter().find(|row| row.customer == customer).expect("an invoice");
        let (here, document) = (format!("/invoices/{}", row.id), format!("/invoices/{}/pdf", row.id));

        let mut client = signed_in(&tenants, holder).await;
        let list = client.get("/invoices").await.body;
        assert!(list.contains(&row.number) && list.contains("id=\"owed-title\""), "{list}");
        let others = rows.iter().filter(|other| other.customer != customer);
        assert!(others.clone().count() > 0 && others.clone().all(|other| !list.contains(&other.number)), "{list}");
        assert_eq!(client.get("/invoices?month=2026-10").await.body.matches(&row.number).count(), 0);
        let page = client.get(&here).await;
        assert!(page.status == StatusCode::OK && page.body.contains(&row.number), "{}", page.body);
        let first = client.get(&document).await;
        assert_eq!(
            (first.status, &first.headers[header::CONTENT_TYPE]),
            (StatusCode::OK, &"application/pdf".parse().expect("a type"))
        );
        assert!(first.body.starts_with("%PDF-"));
        let kept = client.get(&format!("{document}?download")).await;
        assert_eq!(kept.body, first.body, "the same bytes");
        let named = format!("attachment; filename=\"{}.pdf\"", row.number);
        assert_eq!(kept.headers[header::CONTENT_DISPOSITION].to_str().expect("text"), named);
        let tag = first.headers[header::ETAG].to_str().expect("a tag").to_owned();
        let known = client.clone().with("if-none-match", &tag).get(&document).await;
        assert_eq!((known.status, known.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(client.get(&format!("{here}/ubl")).await.status, StatusCode::NOT_FOUND, "a household has none");

        for other in tenants.people.iter().filter(|other| other.owner != holder.owner && !other.owner.staff) {
            if other.owner.customer.is_none() && other.owner.reseller == holder.owner.reseller && other.owner.operator == 0 {
                continue;
            }
            let mut client = signed_in(&tenants, other).await;
            for path in [here.clone(), document.clone(), format!("{here}/ubl")] {
                assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND, "{path} as {other:?}");
            }
            assert_eq!(client.get("/invoices").await.status, StatusCode::OK, "{other:?}");
        }
    }
}
