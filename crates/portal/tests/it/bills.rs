//! What the crawl was billed: a month of each operator's own customers and of its resellers, and a payment of each of them.

use crate::tenants::{Marker, Owned, Owner, PaidBy, Tenants, TestLine};
use operations::{
    bill_run::{self, BillAsked},
    payments::{BankAmount, Currency, PaymentState},
    split_bill::{BillingAddress, SplitProfile},
};
use store::{Asker, InvoiceQuery, Issuer, NewPayer, NewPayment, Scope};
use vocabulary::{BillRunId, BillingAccountId, Cents, InvoiceId, Month, PaymentId};

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
    pub(crate) async fn with_bills(mut self) -> Self {
        let mut bills = Bills::default();
        for (place, id) in self.operators.iter().enumerate() {
            let (issuer, month) = (Issuer::operator(*id), "2026-11".parse().expect("a month"));
            let users = self.share_bills(place, month).await;
            for (account, owner) in &users {
                self.markers.push(Marker { text: street_of(place).to_lowercase(), whose: Owned::By(*owner) });
                self.accounts.push((*account, *owner));
            }
            let run = bill_run::begin(&self.house, issuer, month, (BillAsked::Keep, "Crawl")).await.expect("a run");
            let run = bill_run::work(&self.house, run, &|_| ()).await.expect("bills");
            bills.runs.push((run.id, Owner { operator: place, staff: true, ..Owner::default() }));
            let scoped = self.house.store.scoped(Scope::operator(*id));
            let rows = scoped.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.expect("invoices");
            for row in rows {
                let customer = self.customers.iter().find(|customer| customer.id == row.customer).map(|customer| customer.owner);
                let company = self.companies.iter().find(|(id, _)| *id == row.customer).map(|(_, owner)| *owner);
                let of_user = users.iter().find(|(account, _)| *account == row.account).map(|(_, owner)| *owner);
                let of_customer = customer.map(|owner| Owner { paid_by: PaidBy::Customer, ..owner });
                let owner = of_user.or(of_customer).or(company).expect("a customer, or a reseller's company");
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

    /// Has the user of the first line of an operator's business pay half of it; the account that they got.
    async fn share_bills(&self, operator: usize, month: Month) -> Vec<(BillingAccountId, Owner)> {
        let of_business = |line: &&TestLine| {
            let owner = Owner { operator, customer: Some(0), line: Some(0), ..Owner::default() };
            line.owner == owner
        };
        let line = self.lines.iter().find(of_business).expect("a line of a business");
        let customer =
            self.customers.iter().find(|known| known.owner == Owner { line: None, ..line.owner }).expect("its customer");
        let address = BillingAddress { street: street_of(operator), postcode: "29200".to_owned(), town: "Brest".to_owned() };
        let payer = NewPayer { name: &line.user, address: &address, email: "", language: "" };
        let transaction = self.house.store.begin().await.expect("a transaction");
        let half = SplitProfile::Share { per_cent: 50 };
        let profile = transaction.add_split_profile(customer.id, ("Half", &half)).await.expect("a look").expect("a new one");
        let account = transaction.payer_account(line.id, &payer).await.expect("an account");
        let by = (self.house.clock.now(), "Crawl");
        transaction.plan_split((line.id, month), Some((profile, account)), by).await.expect("a split");
        transaction.commit().await.expect("a commit");
        vec![(account, Owner { paid_by: PaidBy::User, ..line.owner })]
    }
}

/// Where the user of an operator's shared line lives: nobody else of the customer reads it.
fn street_of(operator: usize) -> String {
    format!("Pq{}street", ["a", "b"][operator])
}
