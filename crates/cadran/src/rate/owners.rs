//! Billing accounts and customers of a run: ceilings in money that lines share (RAT-15).

use super::event;
use ::catalog::Catalog;
use rating::{SpendAccount, SpendOwner, SpendState, SpendTerms};
use std::collections::BTreeMap;
use vocabulary::{Markup, Month};

/// Whose a line is, by names that the events give.
#[derive(Default)]
pub(super) struct Owned {
    pub(super) account: Option<String>,
    pub(super) customer: Option<String>,
}

/// Every account and customer that was named, with what its lines were charged.
#[derive(Default)]
pub(super) struct Owners {
    accounts: BTreeMap<String, Owner>,
    customers: BTreeMap<String, Owner>,
}

struct Owner {
    terms: SpendTerms,
    months: BTreeMap<Month, SpendState>,
}

impl Owner {
    fn new(owner: SpendOwner) -> Self {
        let terms = SpendTerms { owner, caps: Vec::new(), raises: Vec::new(), steps: Vec::new(), markup: Markup::NONE };
        Self { terms, months: BTreeMap::new() }
    }
}

impl Owners {
    /// What a line shares, laid out for a month: its account, then its customer.
    pub(super) fn open(&mut self, owned: &Owned, catalog: &Catalog, month: Month) -> Vec<SpendAccount> {
        let open = |owner: &mut Owner| {
            let state = owner.months.get(&month).cloned().unwrap_or_default();
            SpendAccount::open(catalog, &owner.terms, state)
        };
        self.of(owned).map(open).collect()
    }

    /// Puts the counters of what a line shares back, as they were laid out.
    pub(super) fn keep(&mut self, owned: &Owned, month: Month, spends: Vec<SpendAccount>) {
        for (owner, spend) in self.of(owned).zip(spends) {
            owner.months.insert(month, spend.state);
        }
    }

    /// The ceilings of an account or a customer.
    pub(super) fn terms(&mut self, of: &event::Owner) -> &mut SpendTerms {
        let owner = match (&of.account, &of.customer) {
            (Some(account), _) => self.accounts.entry(account.clone()).or_insert_with(|| Owner::new(SpendOwner::BillingAccount)),
            (None, customer) => {
                let name = customer.clone().unwrap_or_default();
                self.customers.entry(name).or_insert_with(|| Owner::new(SpendOwner::Customer))
            }
        };
        &mut owner.terms
    }

    fn of(&mut self, owned: &Owned) -> impl Iterator<Item = &mut Owner> {
        let account = owned.account.clone();
        let account = account.map(|name| self.accounts.entry(name).or_insert_with(|| Owner::new(SpendOwner::BillingAccount)));
        let customer = owned.customer.clone();
        let customer = customer.map(|name| self.customers.entry(name).or_insert_with(|| Owner::new(SpendOwner::Customer)));
        account.into_iter().chain(customer)
    }
}
