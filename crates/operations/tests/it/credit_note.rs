//! Credit notes that staff makes, on both engines.

use crate::stage::{actor, after, house, line};
use billing::InvoiceKind;
use operations::{
    Actor, House, NewCustomer, NewOperator, Reach,
    bill_run::{self, BillAsked},
    credit_note::{self, Asked, CreditAsked, CreditRefusal, Refusal},
    permission::Role,
    provision,
};
use store::{InvoiceQuery, InvoiceRow, Issuer, Object, Scope};
use vocabulary::{Cents, InvoiceId, OperatorId, ResellerId};

const WHY: &str = "Panne du 3 au 9 décembre";

struct Stage {
    house: House,
    operator: OperatorId,
    staff: Actor,
    invoice: InvoiceRow,
}

impl Stage {
    async fn on(url: &str) -> Stage {
        let house = house(url, "2026-12-02T03:00:00Z").await;
        let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
        let household = |reference: &str, number| NewCustomer::household(reference, "Famille", vec![mobile(number)]);
        let customers = vec![household("V1", "+33639980011"), household("V2", "+33639980021")];
        let new = NewOperator { slug: "vallee".to_owned(), name: "Vallée".to_owned(), customers, ..NewOperator::default() };
        let operator = provision(&house, &new).await.unwrap();
        let issuer = Issuer::operator(operator);
        let run = bill_run::begin(&house, issuer, "2026-12".parse().unwrap(), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        bill_run::work(&house, run, &|_| ()).await.unwrap();
        let staff = actor(Scope::operator(operator), Role::Accounting);
        let invoice = rows(&house, operator).await.pop().unwrap();
        Stage { house, operator, staff, invoice }
    }

    async fn rows(&self) -> Vec<InvoiceRow> {
        rows(&self.house, self.operator).await
    }

    async fn ask(&self, what: CreditAsked, token: &str) -> Result<InvoiceId, Refusal> {
        let asked = Asked { invoice: self.invoice.id, what, reason: WHY, token };
        credit_note::issue(&self.house, &self.staff, &asked).await.unwrap().unwrap()
    }

    async fn balance(&self) -> Cents {
        let check = self.house.store.check_ledger(self.operator).await.unwrap();
        assert_eq!(check.faults, Vec::<String>::new());
        self.house.store.scoped(Scope::operator(self.operator)).balance(self.invoice.account).await.unwrap().unwrap()
    }
}

/// All invoices and credit notes, the latest first.
async fn rows(house: &House, operator: OperatorId) -> Vec<InvoiceRow> {
    let scoped = house.store.scoped(Scope::operator(operator));
    scoped.invoices(&InvoiceQuery { most: 50, ..InvoiceQuery::default() }).await.unwrap()
}

/// BIL-03, BIL-06: staff gives back an amount of a line and then the rest, each with the next number, the VAT of the invoice and its reason; the
/// account owes that much less, the journal knows who did it and why, and nothing is left to give back.
#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_given_back_in_parts() {
    for database in testkit::databases() {
        let stage = Stage::on(database.url()).await;
        // 11.66, and 20 %.
        assert_eq!((stage.invoice.gross.get(), stage.balance().await.get()), (1_399, 1_399));
        let first = stage.ask(CreditAsked::OfLine(0, Cents::new(500)), "a").await.unwrap();
        assert_eq!(stage.balance().await.get(), 799);
        let shown = credit_note::shown(&stage.house, &stage.staff, stage.invoice.id).await.unwrap().unwrap();
        assert_eq!((shown.left.net.get(), shown.left.gross.get(), shown.notes.len()), (666, 799, 1));
        let facts = &shown.notes[0].1;
        assert_eq!((shown.notes[0].0, facts.number.as_str(), facts.totals.vat.get()), (first, "VA2026-000003", 100));
        let InvoiceKind::CreditNote { of, reason, .. } = &facts.kind else { panic!("a credit note") };
        assert_eq!((of.as_str(), reason.as_str()), (stage.invoice.number.as_str(), WHY));
        let refused = stage.ask(CreditAsked::OfLine(0, Cents::new(667)), "b").await.unwrap_err();
        assert_eq!(refused.to_string(), "6.67 is more than the 6.66 that is left");
        stage.ask(CreditAsked::Whole, "c").await.unwrap();
        assert_eq!(stage.balance().await, Cents::ZERO);
        let over = stage.ask(CreditAsked::Whole, "d").await.unwrap_err();
        assert_eq!(over, Refusal::Credit(CreditRefusal::NothingLeft(stage.invoice.number.as_str().into())));
        let numbers: Vec<_> = stage.rows().await.iter().map(|row| row.number.clone()).collect();
        assert_eq!(numbers, ["VA2026-000004", "VA2026-000003", "VA2026-000002", "VA2026-000001"], "a refusal takes no number");
        let scoped = stage.house.store.scoped(Scope::operator(stage.operator));
        let noted = scoped.journal(Some(Object::Customer(stage.invoice.customer)), None, 50).await.unwrap();
        assert_eq!(noted.iter().filter(|entry| entry.action == "credit_note_issued").count(), 2);
        let told = after(noted.last().unwrap());
        assert_eq!(told["credit_note"], "VA2026-000003");
        assert_eq!((&told["amount"], &told["reason"]), (&"6.00 EUR".into(), &WHY.into()));
    }
}

/// BIL-03: a form that is sent twice, at one moment too, is one credit note; two forms at one moment give no more than there is.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_credits_once() {
    for database in testkit::databases() {
        let stage = Stage::on(database.url()).await;
        let part = CreditAsked::OfLine(0, Cents::new(100));
        let (one, other) = tokio::join!(stage.ask(part, "a"), stage.ask(part, "a"));
        assert_eq!(one.unwrap(), other.unwrap());
        assert_eq!((stage.rows().await.len(), stage.balance().await.get()), (3, 1_279));
        let most = CreditAsked::OfLine(0, Cents::new(700));
        let both = tokio::join!(stage.ask(most, "b"), stage.ask(most, "c"));
        assert_eq!([&both.0, &both.1].iter().filter(|asked| asked.is_ok()).count(), 1, "{both:?}");
        let refused = both.0.err().or(both.1.err()).unwrap();
        let left = Cents::new(366);
        assert_eq!(refused, Refusal::Credit(CreditRefusal::MoreThanLeft { asked: Cents::new(700), left }));
        assert_eq!(stage.ask(part, "").await, Err(Refusal::NoToken));
        assert_eq!(stage.rows().await.len(), 4);
        assert!(stage.balance().await.is_positive());
    }
}

/// BIL-03, PLT-02: only who cares for the money of who issued it makes credit notes of an invoice, and of invoices alone.
#[tokio::test(flavor = "multi_thread")]
async fn credit_notes_are_for_who_may() {
    for database in testkit::databases() {
        let stage = Stage::on(database.url()).await;
        let note = stage.ask(CreditAsked::OfLine(0, Cents::new(100)), "a").await.unwrap();
        assert!(credit_note::shown(&stage.house, &stage.staff, note).await.unwrap().is_none(), "a credit note has none");
        for role in Role::ALL {
            let reach = match role {
                Role::Subscriber | Role::Member | Role::FleetManager => Reach::Customer(stage.invoice.customer),
                Role::ResellerAgent | Role::ResellerAdmin => Reach::Reseller(ResellerId(1)),
                _ => Reach::Operator,
            };
            let who = actor(Scope { operator: stage.operator, reach }, role);
            let may = matches!(role, Role::OperatorAdmin | Role::Accounting);
            let shown = credit_note::shown(&stage.house, &who, stage.invoice.id).await.unwrap();
            assert_eq!(shown.is_some(), may, "{role:?}");
            let asked = Asked {
                invoice: stage.invoice.id,
                what: CreditAsked::OfLine(0, Cents::new(1)),
                reason: WHY,
                token: role.as_str(),
            };
            let done = credit_note::issue(&stage.house, &who, &asked).await.unwrap();
            assert_eq!(done.is_some_and(|done| done.is_ok()), may, "{role:?}");
        }
    }
}
