//! Resellers as staff sees and bills them, and what each reseller sees of it.

use crate::{
    invoices::{bill, issued, person, signed_in},
    tenants::{PASSWORD, Tenants},
};
use axum::http::{StatusCode, header};
use operations::permission::Role;

/// RES-11: staff names the company of a reseller, whose numbers are checked and whose form keeps what was typed; a preview names the reseller that nobody
/// pays for; a reseller finds its own invoice beside those that it issues, with a file of every line, and another reseller finds nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_s_company_is_named_on_its_page() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let (second, _) = tenants.resellers.iter().find(|(_, owner)| owner.reseller == Some(1)).expect("a reseller");
        let forgotten = format!("UPDATE reseller SET customer_id = NULL WHERE id = {}", second.0);
        testkit::raw::run(database.url(), &forgotten).await;
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await;
        let list = staff.get("/resellers").await.body;
        assert!(list.contains("Cqaacompany") && list.contains("À désigner"), "{list}");
        assert!(list.contains("Un revendeur a des lignes en service et aucune société"), "{list}");

        bill(&tenants).await;
        let runs = staff.get("/bill-runs").await.body;
        let (_, rest) = runs.split_once("<a href=\"/bill-runs/").expect("a run");
        let run = format!("/bill-runs/{}", rest.split('"').next().expect("an id"));
        let told = staff.get(&run).await.body;
        assert!(told.contains("Revendeurs non facturés") && told.contains("1 ligne n’est facturée à personne"), "{told}");

        let here = format!("/resellers/{second}");
        let before = staff.get(&here).await;
        assert!(before.body.contains("Aucune société n’est désignée"), "{}", before.body);
        let csrf = before.csrf().expect("a form");
        let form = |legal_id: &'static str, csrf: String| {
            vec![
                ("csrf", csrf),
                ("name", "Second & fils".to_owned()),
                ("legal_id", legal_id.to_owned()),
                ("vat_number", String::new()),
                ("street", "2 rue du Pont".to_owned()),
                ("postcode", "67000".to_owned()),
                ("town", "Strasbourg".to_owned()),
                ("country", "FR".to_owned()),
                ("email", String::new()),
                ("language", "fr".to_owned()),
            ]
        };
        let send = async |client: &mut crate::client::Client, legal_id| {
            let fields = form(legal_id, csrf.clone());
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            client.form(&here, &fields).await
        };
        let refused = send(&mut staff, "552100555").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        for said in ["contient une erreur", "value=\"552100555\"", "value=\"Second &#38; fils\"", "value=\"Strasbourg\""] {
            assert!(refused.body.contains(said), "{said}: {}", refused.body);
        }
        let kept = send(&mut staff, "552 100 554").await;
        assert_eq!((kept.status, kept.location()), (StatusCode::SEE_OTHER, format!("{here}?kept").as_str()), "{}", kept.body);
        assert_eq!(send(&mut staff, "552 100 554").await.status, StatusCode::SEE_OTHER);
        let after = staff.get(&format!("{here}?kept")).await.body;
        assert!(after.contains("value=\"552100554\"") && after.contains("Les coordonnées sont enregistrées"), "{after}");
        let mut agent = signed_in(&tenants, person(&tenants, Role::OperatorAgent)).await;
        let read = agent.get(&here).await.body;
        assert!(read.contains("552100554") && !read.contains("keep-company"), "an agent reads: {read}");

        // What the first reseller received.
        let rows = issued(&tenants).await;
        let (company, _) = tenants.companies.iter().find(|(_, o)| (o.operator, o.reseller) == (0, Some(0))).expect("a company");
        let row = rows.iter().find(|row| row.customer == *company).expect("its invoice");
        let (invoice, file) = (format!("/invoices/{}", row.id), format!("/invoices/{}/lines", row.id));
        let of = |reseller| {
            let is_it = |person: &&crate::tenants::Person| {
                person.role == Role::ResellerAgent && (person.owner.operator, person.owner.reseller) == (0, Some(reseller))
            };
            tenants.people.iter().find(is_it).expect("an agent")
        };
        let mut reseller = signed_in(&tenants, of(0)).await;
        let list = reseller.get("/invoices").await.body;
        assert!(list.contains("Reçue de Grand Large") && list.contains(&row.number), "{list}");
        let page = reseller.get(&invoice).await.body;
        assert!(page.contains("Reçue de Grand Large") && page.contains("additionne 3 lignes"), "{page}");
        let answer = reseller.get(&file).await;
        assert_eq!(answer.status, StatusCode::OK);
        let disposition = answer.headers[header::CONTENT_DISPOSITION].to_str().expect("text");
        assert_eq!(disposition, format!("attachment; filename=\"{}.csv\"", row.number));
        let csv: Vec<&str> = answer.body.lines().collect();
        assert!(csv[0].contains("Référence client") && csv[0].contains("Montant"), "{}", csv[0]);
        let own = tenants.lines.iter().filter(|line| (line.owner.operator, line.owner.reseller) == (0, Some(0)));
        for line in own {
            assert!(csv.iter().any(|row| row.contains(&line.user)), "{}", answer.body);
        }
        assert_eq!(staff.get(&file).await.body, answer.body);
        let account = reseller.get(&format!("/billing-accounts/{}", row.account)).await;
        assert_eq!(account.status, StatusCode::OK);
        let mut other = signed_in(&tenants, of(1)).await;
        assert!(!other.get("/invoices").await.body.contains(&row.number));
        for path in
            [&invoice, &file, &format!("/billing-accounts/{}", row.account), &format!("/payments?account={}", row.account)]
        {
            assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
