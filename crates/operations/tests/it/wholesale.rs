//! An operator that bills its resellers, on both engines (RES-11).

use crate::stage::{actor, after, at, house, line, opened, sealed};
use billing::{Count, Invoice, Item};
use operations::{
    House, NewBrand, NewCustomer, NewLogin, NewOperator, NewReseller, Reach, Scope,
    bill_run::{self, BillAsked, BillTotals, desk, tell},
    invoice_lines, invoices,
    payments::{self, TypedPayment},
    permission::Role,
    provision,
    reseller::{self, Company, CompanyRefusal},
};
use store::{IdentifierKind, InvoiceQuery, Issuer, KeptRun};
use vocabulary::{Cents, InvoiceId, OperatorId, ResellerId};

/// What a month of the line that everybody has costs.
const PLAN: i64 = 1166;

fn company(name: &str) -> Company {
    Company {
        name: name.to_owned(),
        legal_id: "732829320".to_owned(),
        vat_number: "FR44732829320".to_owned(),
        street: "1 quai du Port".to_owned(),
        postcode: "68000".to_owned(),
        town: "Colmar".to_owned(),
        country: "FR".to_owned(),
        email: String::new(),
        language: "fr".to_owned(),
    }
}

/// The municipal operator with a household of its own and two resellers: near has a company and three lines of two customers, far has one line and no
/// company yet.
async fn operator(house: &House) -> (OperatorId, [ResellerId; 2]) {
    let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
    let household = |reference: &str, reseller, lines| NewCustomer {
        reseller,
        ..NewCustomer::household(reference, &format!("Famille {reference}"), lines)
    };
    let reseller = |name: &str| NewReseller { slug: name.to_lowercase(), name: name.to_owned() };
    let login = |email: &str, role: &str, (reseller, customer)| NewLogin {
        identifiers: vec![(IdentifierKind::Email, email.to_owned())],
        email: email.to_owned(),
        password_hash: Some("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$x".to_owned()),
        role: role.to_owned(),
        name: email.split('@').next().unwrap().to_owned(),
        reseller,
        customer,
        line: None,
    };
    let new = NewOperator {
        slug: "vallee".to_owned(),
        name: "Vallée".to_owned(),
        resellers: vec![reseller("Near"), reseller("Far")],
        companies: vec![(0, company("Near Télécom SAS"))],
        brands: vec![NewBrand {
            host: "vallee.example".to_owned(),
            reseller: None,
            name: "Vallée".to_owned(),
            colour: "#0f766e".to_owned(),
            contact: String::new(),
        }],
        customers: vec![
            household("V1", None, vec![mobile("+33639980011")]),
            household("N1", Some(0), vec![mobile("+33639980021"), mobile("+33639980022")]),
            household("N2", Some(0), vec![mobile("+33639980023")]),
            household("F1", Some(1), vec![mobile("+33639980031")]),
        ],
        logins: vec![
            login("agent@near.example", "reseller_agent", (Some(0), None)),
            login("agent@far.example", "reseller_agent", (Some(1), None)),
            login("lea@near.example", "subscriber", (None, Some(1))),
        ],
    };
    let id = provision(house, &new).await.unwrap();
    let resellers = house.store.scoped(Scope::operator(id)).resellers_billed(10).await.unwrap();
    let named = |name: &str| resellers.iter().find(|reseller| reseller.name == name).unwrap().id;
    (id, [named("Near"), named("Far")])
}

async fn bill(house: &House, operator: OperatorId, month: &str, asked: BillAsked) -> KeptRun {
    let begun = bill_run::begin(house, Issuer::operator(operator), month.parse().unwrap(), (asked, "Noé Garnier")).await;
    bill_run::work(house, begun.unwrap(), &|_| ()).await.unwrap()
}

fn totals(run: &KeptRun) -> BillTotals {
    serde_json::from_str(&run.totals).unwrap()
}

/// The invoices that somebody sees, the first first.
async fn seen(house: &House, scope: Scope) -> Vec<(InvoiceId, Invoice)> {
    let scoped = house.store.scoped(scope);
    let mut found = Vec::new();
    for row in scoped.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.unwrap().into_iter().rev() {
        found.push((row.id, scoped.invoice(row.id).await.unwrap().unwrap().1));
    }
    found
}

fn of_reseller(operator: OperatorId, reseller: ResellerId) -> Scope {
    Scope { operator, reach: Reach::Reseller(reseller) }
}

/// What an invoice of a run says of each line: number, item and amount; `None` where nothing is to be seen.
async fn lines(house: &House, scope: Scope, id: InvoiceId) -> Option<Vec<(String, String, i64)>> {
    let role = if matches!(scope.reach, Reach::Operator) { Role::Accounting } else { Role::ResellerAgent };
    let mut lines = invoice_lines::lines(house, &actor(scope, role), id, "fr").await.unwrap()?;
    let mut found = Vec::new();
    while let Some(chunk) = lines.following().await.unwrap() {
        found.extend(chunk.into_iter().map(|line| (line.number.replace('\u{a0}', " "), line.item, line.amount.get())));
    }
    Some(found)
}

/// RES-11: the operator's run bills a reseller with one invoice for the lines of its customers, once, and names the reseller that nobody pays for, in the
/// preview and when it is kept; each reseller sees its own, line by line too, and none of its customers does.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_is_billed_for_the_lines_of_its_customers() {
    for database in testkit::databases() {
        let house = sealed(house(database.url(), "2026-12-02T03:00:00Z").await);
        let (operator, [near, far]) = operator(&house).await;
        let staff = Scope::operator(operator);
        let preview = bill(&house, operator, "2026-12", BillAsked::Preview).await;
        let kept = bill(&house, operator, "2026-12", BillAsked::Keep).await;
        assert_eq!((totals(&kept), totals(&kept).invoices), (totals(&preview), 2));
        for run in [&preview, &kept] {
            let shown = desk::shown(&house, &actor(staff, Role::Accounting), run.id).await.unwrap();
            // A preview is forgotten by nothing but the next one.
            let without = shown.unwrap().without_company;
            assert_eq!(without.iter().map(|one| (one.name.as_str(), one.lines)).collect::<Vec<_>>(), [("Far", 1)]);
        }
        assert!(
            bill_run::begin(&house, Issuer::operator(operator), "2026-12".parse().unwrap(), (BillAsked::Keep, "x"))
                .await
                .is_err()
        );

        let issued = seen(&house, staff).await;
        assert_eq!(issued.len(), 2, "the household, and the reseller");
        let (id, invoice) = issued.iter().find(|(_, invoice)| invoice.buyer.name == "Near Télécom SAS").unwrap();
        assert!(invoice.subjects.is_empty() && invoice.summed_lines == 3 && invoice.buyer.business);
        assert_eq!(invoice.buyer.legal_id.as_ref().unwrap().number, "732829320");
        let counts: Vec<_> = invoice.lines.iter().map(|line| (&line.item, &line.count)).collect();
        let each = Cents::new(PLAN).money();
        assert_eq!(counts, [(&Item::Plan("mobile-20".into()), &Count::Pieces { pieces: 3, each })]);
        assert_eq!(invoice.totals.net.get(), 3 * PLAN);
        assert_eq!(totals(&kept).by_offer["mobile-20"].count, 4);

        // The reseller sees its own and the lines of it; nobody else of resellers or customers does.
        assert_eq!(seen(&house, of_reseller(operator, near)).await.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [*id]);
        assert!(seen(&house, of_reseller(operator, far)).await.is_empty());
        for customer in ["N1", "N2"] {
            let found = house.store.scoped(staff).customers_like(customer, 1).await.unwrap().remove(0);
            let store::Party::Customer(customer) = found.party else { panic!("a customer") };
            assert!(seen(&house, Scope { operator, reach: Reach::Customer(customer) }).await.is_empty());
            assert_eq!(lines(&house, Scope { operator, reach: Reach::Customer(customer) }, *id).await, None);
        }
        let told = lines(&house, of_reseller(operator, near), *id).await.unwrap();
        let numbers: Vec<_> = told.iter().map(|(number, ..)| number.as_str()).collect();
        assert_eq!(numbers, ["06 39 98 00 21", "06 39 98 00 22", "06 39 98 00 23"]);
        assert_eq!(told.iter().map(|(.., amount)| amount).sum::<i64>(), invoice.totals.net.get());
        assert_eq!(lines(&house, staff, *id).await.unwrap(), told);
        assert_eq!(lines(&house, of_reseller(operator, far), *id).await, None);
        let own = issued.iter().find(|(other, _)| other != id).unwrap().0;
        assert_eq!(lines(&house, staff, own).await, None, "a household's invoice names its lines itself");
        let agent = actor(of_reseller(operator, near), Role::ResellerAgent);
        let listed = invoices::list(&house, &agent, &invoices::Asked::default(), 50).await.unwrap().unwrap();
        assert_eq!((listed.rows.len(), listed.owed.len(), listed.from.as_deref()), (1, 1, Some("Vallée")));
        assert_eq!(listed.owed[0].owed, invoice.totals.gross);

        // Its people are told, and nobody of its customers; the ledger agrees.
        assert_eq!(tell::take_up(&house).await.unwrap(), 1);
        let told: Vec<_> = opened(&house).await.into_iter().map(|mail| (mail.template, mail.to)).collect();
        assert_eq!(told, [("invoice-issued".to_owned(), "agent@near.example".to_owned())]);
        let check = house.store.check_ledger(operator).await.unwrap();
        assert_eq!((check.invoices, check.faults), (2, Vec::<String>::new()));
    }
}

/// RES-11: a reseller whose company is named later is billed from the month before on, as far as a run looks back; what was billed in vain is given
/// back; whoever has a line that moved pays for it, and whoever paid before gets it back; bills of several resellers are made in one run.
#[tokio::test(flavor = "multi_thread")]
async fn the_month_after_asks_for_what_was_missing_and_gives_back() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let (operator, [near, far]) = operator(&house).await;
        let staff = Scope::operator(operator);
        bill(&house, operator, "2026-12", BillAsked::Keep).await;
        let admin = actor(staff, Role::OperatorAdmin);
        reseller::name_company(&house, &admin, far, &company("Far SARL")).await.unwrap().unwrap().unwrap();
        // One line had ended in November already, and one moved to a customer of the other reseller.
        let ended = at("2026-11-20T12:00:00Z").micros();
        let sql = format!("UPDATE line SET ended = {ended}, state = 'ended' WHERE number = '+33639980022'");
        testkit::raw::run(database.url(), &sql).await;
        let moved = "UPDATE line SET customer_id = (SELECT id FROM customer WHERE reference = 'F1'), \
                     reseller_id = (SELECT reseller_id FROM customer WHERE reference = 'F1'), \
                     billing_account_id = (SELECT a.id FROM billing_account a JOIN customer c ON c.id = a.customer_id WHERE c.reference = 'F1') \
                     WHERE number = '+33639980023'";
        testkit::raw::run(database.url(), moved).await;
        house.clock.set(at("2027-01-02T03:00:00Z"));
        let run = bill(&house, operator, "2027-01", BillAsked::Keep).await;
        assert!(house.store.billed_without_company(run.id).await.unwrap().is_empty());

        // January of the line that stayed, less December of the one that had ended and of the one that moved.
        let near_invoices = seen(&house, of_reseller(operator, near)).await;
        let (id, last) = near_invoices.last().unwrap();
        assert_eq!((last.totals.net.get(), last.kind == billing::InvoiceKind::Invoice), (PLAN, false), "it gives back");
        let told = lines(&house, of_reseller(operator, near), *id).await.unwrap();
        let amounts: Vec<_> = told.iter().map(|(number, _, amount)| (number.as_str(), *amount)).collect();
        assert_eq!(amounts, [("06 39 98 00 21", PLAN), ("06 39 98 00 22", -PLAN), ("06 39 98 00 23", -PLAN)]);
        // December and January of its own line and of the one that came.
        let (id, first) = seen(&house, of_reseller(operator, far)).await.remove(0);
        assert_eq!((first.totals.net.get(), first.summed_lines), (4 * PLAN, 2));
        assert_eq!(lines(&house, staff, id).await.unwrap().len(), 4);
        assert_eq!(house.store.check_ledger(operator).await.unwrap().faults, Vec::<String>::new());
        // Month after month from here, each pays for what it has.
        house.clock.set(at("2027-02-02T03:00:00Z"));
        bill(&house, operator, "2027-02", BillAsked::Keep).await;
        let nets = |all: Vec<(InvoiceId, Invoice)>| all.last().unwrap().1.totals.net.get();
        assert_eq!(nets(seen(&house, of_reseller(operator, near)).await), PLAN);
        assert_eq!(nets(seen(&house, of_reseller(operator, far)).await), 2 * PLAN);
    }
}

/// RES-11: who looks after the operator's money names a reseller's company; what cannot be is refused by name, the same twice is noted once, and nobody else
/// may.
#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_named_once_and_checked() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let (operator, [near, far]) = operator(&house).await;
        let staff = Scope::operator(operator);
        let accounting = actor(staff, Role::Accounting);
        let refused = async |change: &dyn Fn(&mut Company)| {
            let mut typed = company("Far SARL");
            change(&mut typed);
            reseller::name_company(&house, &accounting, far, &typed).await.unwrap().unwrap().unwrap_err()
        };
        assert_eq!(refused(&|typed| typed.name = " ".into()).await, CompanyRefusal::Name(None));
        assert_eq!(refused(&|typed| typed.country = "ZZ".into()).await, CompanyRefusal::Country("ZZ".into()));
        assert!(matches!(refused(&|typed| typed.legal_id = "732829321".into()).await, CompanyRefusal::Siren(..)));
        assert!(matches!(refused(&|typed| typed.vat_number = "FR45732829320".into()).await, CompanyRefusal::Vat(..)));
        let other = refused(&|typed| typed.legal_id = "552100554".into()).await;
        assert_eq!(other, CompanyRefusal::OtherVat("FR44732829320".into()));
        assert_eq!(refused(&|typed| typed.town = String::new()).await, CompanyRefusal::Address(None));
        assert_eq!(refused(&|typed| typed.email = "x".into()).await, CompanyRefusal::Email(None));
        assert_eq!(refused(&|typed| typed.language = "xx".into()).await, CompanyRefusal::Language("xx".into()));
        let belgian = refused(&|typed| {
            typed.country = "BE".into();
            typed.legal_id = "0428.759.497".into();
            typed.vat_number = String::new();
        })
        .await;
        assert_eq!(belgian, CompanyRefusal::NoVat("BE".parse().unwrap()));
        assert!(house.store.scoped(staff).reseller(far).await.unwrap().unwrap().company.is_none(), "nothing was kept");

        // A SIREN with blanks is one; the same form twice is one company and one entry.
        let mut typed = company("Far SARL");
        typed.legal_id = " 732 829 320".into();
        for _ in 0..2 {
            reseller::name_company(&house, &accounting, far, &typed).await.unwrap().unwrap().unwrap();
        }
        let (one, other) = (company("Far et Cie"), company("Far et Fils"));
        let both = tokio::join!(
            reseller::name_company(&house, &accounting, far, &one),
            reseller::name_company(&house, &accounting, far, &other),
        );
        assert!(both.0.unwrap().unwrap().is_ok() && both.1.unwrap().unwrap().is_ok());
        let kept = house.store.scoped(staff).reseller(far).await.unwrap().unwrap();
        assert_eq!(kept.company.unwrap().2.legal_id, "732829320");
        let companies = house.store.scoped(staff).customers_like("R-FAR", 10).await.unwrap();
        assert_eq!(companies.len(), 1, "one customer, whoever names it");
        let noted = house.store.scoped(staff).journal(None, None, 20).await.unwrap();
        let noted: Vec<_> = noted.into_iter().filter(|entry| entry.action == "reseller_company_changed").collect();
        assert_eq!(noted.len(), 3);
        assert_eq!(after(&noted[2])["name"], "Far SARL");

        for (scope, role) in [(staff, Role::OperatorAgent), (staff, Role::Auditor)] {
            let other = actor(scope, role);
            assert!(reseller::show(&house, &other, far).await.unwrap().is_some());
            assert!(reseller::name_company(&house, &other, far, &typed).await.unwrap().is_none());
        }
        let agent = actor(of_reseller(operator, near), Role::ResellerAdmin);
        assert!(reseller::list(&house, &agent).await.unwrap().is_none());
        assert!(reseller::show(&house, &agent, near).await.unwrap().is_none());
    }
}

/// RES-11, BIL-07: what a reseller's company paid is noted by the operator; the reseller sees the payment, and neither notes what it owes nor takes back
/// what was noted.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_company_paid_is_noted_by_who_billed_it() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let (operator, [near, _]) = operator(&house).await;
        bill(&house, operator, "2026-12", BillAsked::Keep).await;
        let (admin, accounting) =
            (actor(of_reseller(operator, near), Role::ResellerAdmin), actor(Scope::operator(operator), Role::Accounting));
        let (invoice, facts) = seen(&house, admin.scope).await.pop().expect("what it received");
        let typed = TypedPayment {
            amount: facts.totals.gross,
            day: "2026-12-02".to_owned(),
            remark: "virement du siège".to_owned(),
            token: "t".to_owned(),
            ..TypedPayment::default()
        };
        assert!(payments::noting(&house, &admin, invoice).await.unwrap().is_none());
        assert!(payments::note(&house, &admin, (invoice, &typed)).await.unwrap().is_none());
        let payment = payments::note(&house, &accounting, (invoice, &typed)).await.unwrap().unwrap().unwrap();
        let kept = payments::payment(&house, &admin, payment).await.unwrap().expect("it sees what it paid");
        assert!(!payments::is_noted_by(&admin, &kept) && payments::is_noted_by(&accounting, &kept));
        assert_eq!(payments::take_back(&house, &admin, payment).await.unwrap(), None);
        let shown = invoices::show(&house, &admin, invoice).await.unwrap().expect("an invoice");
        assert_eq!((shown.open, shown.is_own), (Cents::ZERO, false));
    }
}
