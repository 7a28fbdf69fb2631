//! Statements on the page of a line, and as files.

use crate::{
    invoices::signed_in,
    tenants::{PASSWORD, Tenants},
};
use axum::http::{StatusCode, header};
use operations::permission::Role;

/// BIL-11: the page of a line's month leads to its statement, as a PDF and as a file with each usage and its sum; numbers are hidden until the
/// subscriber asks for them.
#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_downloaded_from_the_page_of_its_line() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let subscribers = tenants.people.iter().filter(|person| person.role == Role::Subscriber);
        let mut found = 0;
        for holder in subscribers {
            let mut client = signed_in(&tenants, holder).await.with("accept-language", "fr");
            for line in tenants.lines.iter().filter(|line| holder.sees(line.owner) && !line.usage.is_empty()) {
                let page = client.get(&format!("/lines/{}", line.id)).await.body;
                let Some((_, rest)) = page.split_once(&format!("href=\"/lines/{}/statement?month=", line.id)) else { continue };
                let month = rest.split('"').next().expect("a month").to_owned();
                let here = format!("/lines/{}/statement", line.id);
                let shown = client.get(&format!("{here}?month={month}")).await;
                assert!(
                    shown.status == StatusCode::OK && shown.body.contains(&format!("{here}/pdf?month={month}")),
                    "{}",
                    shown.body
                );
                let csv = client.get(&format!("{here}/csv?month={month}")).await;
                assert_eq!(csv.headers[header::CONTENT_TYPE].to_str().expect("text"), "text/csv; charset=utf-8");
                let rows: Vec<_> = csv.body.lines().collect();
                assert!(rows.len() > 2 && rows.last().expect("a sum").starts_with("\"Total\";"), "{}", csv.body);
                let pdf = client.get(&format!("{here}/pdf?month={month}")).await;
                assert!(pdf.body.starts_with("%PDF-"));
                let csrf = shown.csrf().expect("a form");
                let asked = [("csrf", csrf.as_str()), ("month", month.as_str()), ("numbers", "whole")];
                let done = client.form(&format!("{here}/numbers"), &asked).await;
                assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, format!("{here}?month={month}").as_str()));
                let whole = client.get(&format!("{here}/csv?month={month}")).await.body;
                assert!(!whole.contains('•') && (csv.body.contains('•') || whole == csv.body), "{whole}");
                found += usize::from(csv.body.contains('•'));
            }
        }
        assert!(found > 0, "somebody called a number that is hidden");
    }
}
