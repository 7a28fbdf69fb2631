//! Ceilings in money and notices as they are set up: of lines, of what lines share, and of packs (RAT-15, FLT-12).

use crate::{StoreError, Value, store::Transaction};
use rating::{AtCap, CapRaise, SpendCap, SpendPeriod};
use vocabulary::{LineId, Money, PackId};

/// What the lines of a billing account or of a customer may spend together.
#[derive(Clone, Debug)]
pub struct NewSpend {
    /// Which of the customer's accounts, by position; `None` for all of its lines.
    pub billing_account: Option<usize>,
    /// By day, by month, or both.
    pub caps: Vec<SpendCap>,
    /// Times at which they are higher.
    pub raises: Vec<CapRaise>,
    /// Per cent at which somebody is told, ascending; empty: those of the operator.
    pub steps: Vec<u8>,
}

/// An amount a month beyond what is included at which somebody is told (FLT-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// Above nothing.
    pub amount: Money,
    /// Who is told.
    pub to: NoticeTo,
    /// Is it switched on?
    pub active: bool,
}

/// Who is told of consumption beyond what is included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeTo {
    /// Who uses the line.
    User,
    /// Who looks after the customer's lines.
    Managers,
    /// An address of e-mail.
    Address(String),
}

impl NoticeTo {
    fn as_str(&self) -> &str {
        match self {
            Self::User => "user",
            Self::Managers => "managers",
            Self::Address(address) => address,
        }
    }
}

/// Writes what lines of a customer may spend together.
pub(super) async fn write_spend(
    transaction: &Transaction,
    (customer, account): (Value, Option<i64>),
    new: &NewSpend,
) -> Result<(), StoreError> {
    let values = vec![customer, account.into(), steps_text(&new.steps).into()];
    let sql = "INSERT INTO shared_spend (customer_id, billing_account_id, steps) VALUES ($1, $2, $3) RETURNING id";
    let id = super::insert(transaction, sql, values).await?;
    for cap in &new.caps {
        let values = vec![id.into(), period_word(cap.period).into(), cap.amount.into(), at_cap_word(cap.at_cap).into()];
        transaction.execute("write a shared spend cap", "INSERT INTO shared_spend_cap VALUES ($1, $2, $3, $4)", values).await?;
    }
    write_raises(transaction, "shared_spend_raise", id, &new.raises).await
}

/// Writes a line's ceilings in money, their raises, and its notices.
pub(super) async fn write_line_money(transaction: &Transaction, id: LineId, line: &super::NewLine) -> Result<(), StoreError> {
    for cap in &line.spend_caps {
        let values = vec![id.0.into(), period_word(cap.period).into(), cap.amount.into(), at_cap_word(cap.at_cap).into()];
        transaction.execute("write a line's spend cap", "INSERT INTO line_spend_cap VALUES ($1, $2, $3, $4)", values).await?;
    }
    write_raises(transaction, "line_spend_raise", id.0, &line.cap_raises).await?;
    write_notices(transaction, "line_notice", id.0, &line.notices).await
}

/// Writes of which amounts beyond a pack somebody is told.
pub(super) async fn write_pack_notices(transaction: &Transaction, id: PackId, new: &[NewNotice]) -> Result<(), StoreError> {
    write_notices(transaction, "pack_notice", id.0, new).await
}

async fn write_raises(transaction: &Transaction, table: &str, id: i64, raises: &[CapRaise]) -> Result<(), StoreError> {
    for raise in raises {
        let values =
            vec![id.into(), period_word(raise.period).into(), raise.amount.into(), raise.since.into(), raise.until.into()];
        transaction.execute("write a raise", &format!("INSERT INTO {table} VALUES ($1, $2, $3, $4, $5)"), values).await?;
    }
    Ok(())
}

async fn write_notices(transaction: &Transaction, table: &str, id: i64, notices: &[NewNotice]) -> Result<(), StoreError> {
    for notice in notices {
        let values = vec![id.into(), notice.amount.into(), notice.to.as_str().into(), i16::from(notice.active).into()];
        transaction.execute("write a notice", &format!("INSERT INTO {table} VALUES ($1, $2, $3, $4)"), values).await?;
    }
    Ok(())
}

/// Steps as they are kept: `50 80 100`.
pub(super) fn steps_text(steps: &[u8]) -> String {
    steps.iter().map(u8::to_string).collect::<Vec<_>>().join(" ")
}

/// Steps as they are kept.
pub(crate) fn read_steps(column: &'static str, text: &str) -> Result<Vec<u8>, StoreError> {
    let wrong = |_| StoreError::Corrupt { column, value: text.to_owned() };
    text.split_whitespace().map(|step| step.parse().map_err(wrong)).collect()
}

const fn period_word(period: SpendPeriod) -> &'static str {
    match period {
        SpendPeriod::Day => "day",
        SpendPeriod::Month => "month",
    }
}

const fn at_cap_word(at_cap: AtCap) -> &'static str {
    match at_cap {
        AtCap::Tell => "tell",
        AtCap::Slow => "slow",
        AtCap::Stop => "stop",
    }
}

/// A period as it is kept.
pub(crate) fn read_period(word: &str) -> SpendPeriod {
    if word == "day" { SpendPeriod::Day } else { SpendPeriod::Month }
}

/// A spend cap as it is kept.
pub(crate) fn read_spend_cap(period: &str, amount: Money, at_cap: &str) -> SpendCap {
    SpendCap {
        period: read_period(period),
        amount,
        at_cap: match at_cap {
            "tell" => AtCap::Tell,
            "slow" => AtCap::Slow,
            _ => AtCap::Stop,
        },
    }
}
