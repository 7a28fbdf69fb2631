//! What the crawl was billed: a month of each operator's own customers and of its resellers, and a payment of each of them.

use crate::tenants::{Owner, Tenants};
use operations::{
    bill_run::{self, BillAsked},
    payments::{BankAmount, Currency, PaymentState},
};
use store::{Asker, InvoiceQuery, Issuer, NewPayment, Scope};
use vocabulary::{BillRunId, BillingAccountId, Cents, InvoiceId, PaymentId};

/// Whose they are.
#[derive(Debug, Default)]
pub(crate) struct Bills {
    pub(crate) runs: Vec<(BillRunId, Owner)>,
    pub(crate) invoices: Vec<(InvoiceId, Owner)>,
    pub(crate) accounts: Vec<(BillingAccountId, Owner)>,
    pub(crate) payments: Vec<(PaymentId, Owner)>,
    /// Those of the invoices that resellers' companies received.
    pub(crate) wholesale: Vec<(InvoiceId, Owner)>,
}

impl Tenants {
    /// The same with bills and payments.
    pub(crate) async fn with_bills(self) -> Self {
        let mut bills = Bills::default();
        for (place, id) in self.operators.iter().enumerate() {
            let (issuer, month) = (Issuer::operator(*id), "2026-11".parse().expect("a month"));
            let run = bill_run::begin(&self.house, issuer, month, (BillAsked::Keep, "Crawl")).await.expect("a run");
            let run = bill_run::work(&self.house, run, &|_| ()).await.expect("bills");
            bills.runs.push((run.id, Owner { operator: place, staff: true, ..Owner::default() }));
            let scoped = self.house.store.scoped(Scope::operator(*id));
            let rows = scoped.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.expect("invoices");
            for row in rows {
                let customer = self.customers.iter().find(|customer| customer.id == row.customer).map(|customer| customer.owner);
                let company = self.companies.iter().find(|(id, _)| *id == row.customer).map(|(_, owner)| *owner);
                let owner = customer.or(company).expect("a customer, or a reseller's company");
                bills.wholesale.extend(company.map(|owner| (row.id, owner)));
                bills.invoices.push((row.id, owner));
                bills.accounts.push((row.account, owner));
                let token = format!("crawl {}", row.id);
                let new = NewPayment {
                    payer: scoped.payer(row.account).await.expect("a look").expect("somebody pays"),
                    invoice: Some(row.id),
                    provider: "sandbox",
                    kind: "card",
                    state: PaymentState::Asked,
                    amount: BankAmount { cents: Cents::new(100), currency: Currency::EURO },
                    token: &token,
                    gives_back: None,
                    asked_by: Asker::default(),
                };
                let transaction = self.house.store.begin().await.expect("a transaction");
                let payment = transaction.add_payment(&new, self.house.clock.now()).await.expect("a payment").expect("a new one");
                transaction.commit().await.expect("a commit");
                bills.payments.push((payment, owner));
            }
        }
        assert_eq!(bills.wholesale.len(), self.companies.len(), "each reseller was billed");
        Self { bills, ..self }
    }
}
