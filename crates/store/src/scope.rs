//! Who asks: every query is made through a scope, and what is outside it answers as if it did not exist (PLT-01).

use crate::{Store, Value};
use vocabulary::{CustomerId, LineId, OperatorId, ResellerId};

/// The part of an operator's tree that somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Nothing crosses from one operator to another.
    pub operator: OperatorId,
    /// How much of it.
    pub reach: Reach,
}

/// A line, under the alias `l`, whose own access somebody holds.
pub(crate) const PRIVATE: &str = "EXISTS (SELECT 1 FROM line_access own WHERE own.line_id = l.id AND own.accepted IS NOT NULL)";

/// How much of an operator's tree somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of it: the operator's staff and its machines.
    Operator,
    /// A reseller's customers.
    Reseller(ResellerId),
    /// One customer.
    Customer(CustomerId),
    /// One line.
    Line(LineId),
}

impl Scope {
    /// All of an operator.
    pub const fn operator(operator: OperatorId) -> Self {
        Self { operator, reach: Reach::Operator }
    }

    /// The condition on the table `line` (under the alias `l`) and its value, as parameter number `number`.
    pub(crate) fn on_lines(self, number: usize) -> (String, Value) {
        let (column, id) = match self.reach {
            Reach::Operator => ("operator_id", self.operator.0),
            Reach::Reseller(id) => ("reseller_id", id.0),
            Reach::Customer(id) => ("customer_id", id.0),
            Reach::Line(id) => ("id", id.0),
        };
        (format!("l.{column} = ${number}"), id.into())
    }

    /// The same for what the lines use: who sees a whole customer does not see the usage of a line that has access of its own (TEL-07).
    pub(crate) fn on_usage(self, number: usize) -> (String, Value) {
        let (condition, value) = self.on_lines(number);
        match self.reach {
            Reach::Customer(_) => (format!("{condition} AND NOT {PRIVATE}"), value),
            Reach::Operator | Reach::Reseller(_) | Reach::Line(_) => (condition, value),
        }
    }

    /// The condition on the table `sim` (under the alias `s`) and its value, as parameter number 1: a customer sees what was given to it,
    /// whoever sees one line its SIM.
    pub(crate) fn on_sims(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("s.operator_id = $1", self.operator.0.into()),
            Reach::Reseller(id) => ("s.reseller_id = $1", id.0.into()),
            Reach::Customer(id) => ("s.customer_id = $1", id.0.into()),
            Reach::Line(id) => ("s.line_id = $1", id.0.into()),
        }
    }

    /// The same on the table `inventory_number` (under the alias `i`).
    pub(crate) fn on_numbers(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("i.operator_id = $1", self.operator.0.into()),
            Reach::Reseller(id) => ("i.reseller_id = $1", id.0.into()),
            Reach::Customer(id) => ("i.customer_id = $1", id.0.into()),
            Reach::Line(id) => ("i.line_id = $1", id.0.into()),
        }
    }

    /// The same on the table `sim_delivery` (under the alias `d`). Who may see one line only sees none.
    pub(crate) fn on_deliveries(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("d.operator_id = $1", self.operator.0.into()),
            Reach::Reseller(id) => ("d.reseller_id = $1", id.0.into()),
            Reach::Customer(id) => ("d.customer_id = $1", id.0.into()),
            Reach::Line(id) => ("d.id = $1 AND d.id IS NULL", id.0.into()),
        }
    }

    /// The condition on the table `invoice` (under the alias `i`) and its value, as parameter number 1: a reseller sees those of its customers that
    /// it issued itself, and those that its own company received (RES-11); its customers see none of those. What somebody else than the customer
    /// pays within a split bill is theirs alone: who may see one line sees what its user pays, and nothing else.
    pub(crate) fn on_invoices(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("i.operator_id = $1", self.operator.0.into()),
            Reach::Reseller(id) => {
                ("(i.issuer = $1 OR i.customer_id = (SELECT own.customer_id FROM reseller own WHERE own.id = $1))", id.0.into())
            }
            Reach::Customer(id) => (
                "i.customer_id = $1 AND (SELECT own.holder FROM billing_account own WHERE own.id = i.billing_account_id) = ''",
                id.0.into(),
            ),
            Reach::Line(id) => {
                ("i.billing_account_id IN (SELECT own.id FROM billing_account own WHERE own.line_id = $1)", id.0.into())
            }
        }
    }

    /// The same on the table `payment` (under the alias `p`): a reseller sees those that were paid to it, and those of its own company.
    pub(crate) fn on_payments(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("p.operator_id = $1", self.operator.0.into()),
            Reach::Reseller(id) => {
                ("(p.issuer = $1 OR p.customer_id = (SELECT own.customer_id FROM reseller own WHERE own.id = $1))", id.0.into())
            }
            Reach::Customer(id) => (
                "p.customer_id = $1 AND (SELECT own.holder FROM billing_account own WHERE own.id = p.billing_account_id) = ''",
                id.0.into(),
            ),
            Reach::Line(id) => {
                ("p.billing_account_id IN (SELECT own.id FROM billing_account own WHERE own.line_id = $1)", id.0.into())
            }
        }
    }

    /// The condition on a billing account (`billing_account` under the alias `a`, its customer under `c`) and its value, as parameter number 1: that of a
    /// line's user is seen by them and by who looks after the customer, not by the customer (FLT-20). A reseller sees those of its own company too.
    pub(crate) fn on_accounts(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("c.operator_id = $1", self.operator.0.into()),
            Reach::Reseller(id) => {
                ("(c.reseller_id = $1 OR c.id = (SELECT own.customer_id FROM reseller own WHERE own.id = $1))", id.0.into())
            }
            Reach::Customer(id) => ("c.id = $1 AND a.holder = ''", id.0.into()),
            Reach::Line(id) => ("a.line_id = $1", id.0.into()),
        }
    }

    /// The condition on the table `customer` (under the alias `c`) and its value, as parameter number 1. Who may see one line only sees
    /// no customer.
    pub(crate) fn on_customers(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("c.operator_id = $1", self.operator.0.into()),
            Reach::Reseller(id) => ("c.reseller_id = $1", id.0.into()),
            Reach::Customer(id) => ("c.id = $1", id.0.into()),
            Reach::Line(id) => ("c.id = $1 AND c.id IS NULL", id.0.into()),
        }
    }

    /// The same as [`Scope::on_accounts`] for what somebody owes themselves: a customer, a line's user, or a reseller by its own company.
    pub(crate) fn on_own_accounts(self) -> (&'static str, Value) {
        match self.reach {
            Reach::Operator => ("c.operator_id = $1 AND c.id IS NULL", self.operator.0.into()),
            Reach::Reseller(id) => ("c.id = (SELECT own.customer_id FROM reseller own WHERE own.id = $1)", id.0.into()),
            Reach::Customer(_) | Reach::Line(_) => self.on_accounts(),
        }
    }
}

/// The store as somebody sees it: the only way to the queries of lines and their usage.
#[derive(Clone, Debug)]
pub struct Scoped {
    pub(crate) store: Store,
    pub(crate) scope: Scope,
}

impl Scoped {
    /// Who asks.
    pub const fn scope(&self) -> Scope {
        self.scope
    }
}
