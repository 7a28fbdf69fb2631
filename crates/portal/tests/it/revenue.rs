//! What the operator earned, on its page and in its files, held against the ledger.

use crate::{
    invoices::{bill, issued, person, signed_in},
    tenants::{PASSWORD, Tenants},
};
use axum::http::{StatusCode, header};
use operations::permission::Role;
use vocabulary::Cents;

/// The cells of a file, by row.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let rows = csv.trim_start_matches('\u{feff}').lines();
    rows.map(|row| row.split(';').map(|cell| cell.trim_matches('"').to_owned()).collect()).collect()
}

/// An amount as French writes it.
fn cents(cell: &str) -> Cents {
    let (whole, part) = cell.split_once(',').unwrap_or_else(|| panic!("`{cell}` is no amount"));
    Cents::new(format!("{whole}{part}").parse().unwrap_or_else(|_| panic!("`{cell}` is no amount")))
}

/// BIL-12: the files say to the cent what `cadran ledger check` says, and the page what the files say; whoever cares for customers, and
/// everybody else, finds neither.
#[tokio::test(flavor = "multi_thread")]
async fn revenue_is_shown_and_kept_as_the_ledger_has_it() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await.with("accept-language", "fr");
        let empty = staff.get("/revenue").await;
        assert!(empty.status == StatusCode::OK && empty.body.contains("Rien n’a été facturé"), "{}", empty.body);
        bill(&tenants).await;
        let check = tenants.house.store.check_ledger(tenants.operators[0]).await.expect("a check");
        assert_eq!(check.faults, Vec::<String>::new());
        let balance = |account: &str| {
            let found = check.balances.iter().filter(|(known, _)| known.starts_with(account));
            found.map(|(_, amount)| *amount).sum::<Cents>()
        };
        let answer = staff.get("/revenue/export").await;
        let named = answer.headers[header::CONTENT_DISPOSITION].to_str().expect("text");
        assert_eq!((answer.status, named), (StatusCode::OK, "attachment; filename=\"revenue-by-month.csv\""));
        let rows = cells(&answer.body);
        let total = |place: usize| rows[1..].iter().map(|row| cents(&row[place])).sum::<Cents>();
        assert_eq!(rows[0][..3], ["Mois", "Facturé HT", "TVA"]);
        let billed: Cents =
            issued(&tenants).await.iter().map(|row| if row.is_credit_note { -row.gross } else { row.gross }).sum();
        assert!(billed.is_positive());
        assert_eq!((total(1), total(2), total(3)), (-balance("revenue/"), -balance("vat/"), billed));
        assert_eq!(cents(&rows.last().expect("a month")[6]), balance("receivable"));
        let by_item = cells(&staff.get("/revenue/export?sheet=items").await.body);
        let earned: Cents = by_item[1..].iter().map(|row| cents(&row[5])).sum();
        assert_eq!(earned, -balance("revenue/"));

        let page = staff.get("/revenue").await.body;
        let shown = page.replace(['\u{a0}', '\u{202f}'], " ");
        let plain = |amount: Cents| format!("{amount} €").replace('.', ",");
        for amount in [billed, balance("receivable")] {
            let (whole, part) = plain(amount).split_once(',').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("an amount");
            let grouped =
                if whole.len() > 3 { format!("{} {}", &whole[..whole.len() - 3], &whole[whole.len() - 3..]) } else { whole };
            assert!(shown.contains(&format!("{grouped},{part}")), "{grouped},{part} is not in {shown}");
        }
        assert_eq!(page.matches("data-chart").count(), 4);
        let one = by_item[1..].iter().find(|row| row[1] == "Offre").expect("an offer");
        let chosen = staff.get(&format!("/revenue?months=24&with=offer/{}", one[3])).await.body;
        assert!(
            chosen.contains("aria-current=\"true\"") && chosen.contains(&format!("id=\"with-title\" tabindex=\"-1\">{}", one[2]))
        );
        assert!(staff.get("/invoices").await.body.contains("href=\"/revenue\""));

        for other in &tenants.people {
            let may = matches!(other.role, Role::OperatorAdmin | Role::Accounting | Role::Auditor);
            let mut client = signed_in(&tenants, other).await;
            for path in ["/revenue", "/revenue/export"] {
                let expected = if may { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert_eq!(client.get(path).await.status, expected, "{path} as {other:?}");
            }
        }
    }
}
