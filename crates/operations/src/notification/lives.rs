//! What people are told of lines whose life is saved: the change that somebody asked for, and what becomes of orders.

use super::{Detail, Happening, MOST_TOLD, NotificationKind, Owner, ToldLine, wanting};
use crate::{House, OperationError, Scope, life::Doer};
use ::lines::{Change, LineState};
use std::collections::{BTreeMap, BTreeSet};
use store::{ChangedLife, NewMail, Notified, Scoped, Transaction};
use vocabulary::{BulkChangeId, CustomerId, OrderId, Timestamp};

/// No more people are told of the orders of one bundle, whoever's they are.
const MOST_OF_BUNDLE: u32 = 5_000;

/// How an order may have gone on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Settled,
    Failed,
}

impl Turn {
    const fn kind(self) -> NotificationKind {
        match self {
            Self::Settled => NotificationKind::OrderDone,
            Self::Failed => NotificationKind::OrderFailed,
        }
    }
}

/// Mails that go with lives into their transaction.
#[derive(Default)]
pub(crate) struct LivesTold {
    mails: Vec<NewMail>,
    /// Those that go only where the order is over, or has failed for the first time.
    of_orders: Vec<((Turn, OrderId), Vec<NewMail>)>,
}

/// Orders that may have gone on, each with whose it is and the lines by which.
type Orders = BTreeMap<(Turn, OrderId), (Owner, Vec<ToldLine>)>;

impl LivesTold {
    /// What is told of these lines: of the change that was asked for, if one was, and of their orders.
    ///
    /// # Errors
    /// When the database fails, or without keys.
    pub(crate) async fn of(
        house: &House,
        transaction: &Transaction,
        doer: Doer<'_>,
        changed: &[ChangedLife],
        (about, bulk): (Option<&Change>, Option<BulkChangeId>),
    ) -> Result<Self, OperationError> {
        let mut told = Self::default();
        let scoped = transaction.scoped(Scope::operator(doer.scope().operator));
        if let Some(change) = about {
            let planned = |one: &ChangedLife| {
                let planned = one.life.scheduled.iter().filter(|known| known.is_planned() && known.change == *change);
                planned.map(|known| known.due).max()
            };
            let happening = Happening {
                doer,
                kind: NotificationKind::of(change),
                lines: changed.iter().map(line).collect(),
                order: None,
                bulk,
                detail: Detail::Of(change),
                effect: changed.iter().filter_map(planned).max(),
            };
            told.mails = happening.mails(house, &scoped).await?;
        }
        let mut orders = Orders::new();
        for one in changed {
            if let Some((turn, order)) = turn(one.before.life.line.state, one.life.line.state) {
                let line = line(one);
                orders.entry((turn, order)).or_insert_with(|| (line.owner, Vec::new())).1.push(line);
            }
        }
        let wanted = [wanting_of(&scoped, (Turn::Settled, &orders)).await?, wanting_of(&scoped, (Turn::Failed, &orders)).await?];
        let mut names: BTreeMap<CustomerId, String> = BTreeMap::new();
        for ((turn, order), (owner, lines)) in orders {
            let theirs = wanted[turn as usize].iter().filter(|person| is_of(person, owner));
            let people: Vec<&Notified> = theirs.take(usize::try_from(MOST_TOLD).unwrap_or(usize::MAX)).collect();
            if people.is_empty() {
                continue;
            }
            if let std::collections::btree_map::Entry::Vacant(unnamed) = names.entry(owner.1) {
                unnamed.insert(scoped.customer_name(owner.1).await?.unwrap_or_default());
            }
            // The whole order is over, not the last line of it.
            let (kind, lines) = (turn.kind(), if turn == Turn::Settled { Vec::new() } else { lines });
            let (order_of, detail) = (Some((order, owner)), Detail::Nothing);
            let happening = Happening { doer, kind, lines, order: order_of, bulk: None, detail, effect: None };
            let mails = happening.mails_to(house, &people, &names[&owner.1]).await?;
            if !mails.is_empty() {
                told.of_orders.push(((turn, order), mails));
            }
        }
        Ok(told)
    }

    /// Posts them; whether there were any.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn post(&self, transaction: &Transaction, now: Timestamp) -> Result<bool, OperationError> {
        let mut posted = false;
        for mail in &self.mails {
            transaction.post_mail(mail).await?;
            posted = true;
        }
        for ((turn, order), mails) in &self.of_orders {
            let is_news = match turn {
                Turn::Settled => transaction.note_order_done(*order, now).await?,
                Turn::Failed => transaction.note_order_failed(*order, now).await?,
            };
            for mail in mails.iter().filter(|_| is_news) {
                transaction.post_mail(mail).await?;
                posted = true;
            }
        }
        Ok(posted)
    }
}

/// Who wants to be told of any of these orders: found once for all of them. Most often nobody is, and then each of them costs nothing.
async fn wanting_of(scoped: &Scoped, (turn, orders): (Turn, &Orders)) -> Result<Vec<Notified>, OperationError> {
    let owners: BTreeSet<Owner> = orders.iter().filter(|((known, _), _)| *known == turn).map(|(_, (owner, _))| *owner).collect();
    if owners.is_empty() { Ok(Vec::new()) } else { wanting(scoped, turn.kind(), &owners, MOST_OF_BUNDLE).await }
}

/// Is it somebody of this customer, of the reseller, or of the operator?
fn is_of(person: &Notified, (reseller, customer): Owner) -> bool {
    match (person.login.customer, person.login.reseller) {
        (Some(theirs), _) => theirs == customer,
        (None, Some(theirs)) => Some(theirs) == reseller,
        (None, None) => true,
    }
}

fn line(one: &ChangedLife) -> ToldLine {
    let line = &one.life.line;
    ToldLine { id: line.id, number: line.number, user: one.before.user.clone(), owner: (one.before.reseller, line.customer) }
}

/// What a step of a line says of its order.
fn turn(before: LineState, after: LineState) -> Option<(Turn, OrderId)> {
    let (LineState::Ordered { order, .. } | LineState::Activating { order }) = before else { return None };
    match (before, after) {
        (_, LineState::Active { .. } | LineState::Ended { .. }) => Some((Turn::Settled, order)),
        (LineState::Activating { .. }, LineState::Ordered { .. }) => Some((Turn::Failed, order)),
        _ => None,
    }
}
