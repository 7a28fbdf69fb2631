//! What people are told of by mail that others do to lines and orders (RES-10, PLT-07): each kind as each person chose it, nobody of what they
//! did themselves, and one mail for a change of many lines. A mail is written with what it tells of, in one transaction.
//!
//! What protects a person (a SIM swap, another password) is told whatever they chose, by those who do it.

mod lives;

pub(crate) use lives::LivesTold;

use crate::{
    Actor, House, OperationError, Reach,
    catalog_names::Names,
    first_access::Address,
    journal::Object,
    life::Doer,
    mail::{self, Letter, Post},
    permission::{Permission, Role},
};
use ::lines::Change;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use store::{NewMail, Notified, Scoped};
use vocabulary::{BulkChangeId, CustomerId, E164, LineId, OperatorId, OrderId, ResellerId, Timestamp};

/// Something that people may want to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// A line is suspended.
    Suspension,
    /// A line is reactivated.
    Reactivation,
    /// A line gets another plan, or another end of what its plan includes.
    Plan,
    /// Options, blocks or limits of a line change.
    Option,
    /// A line gets another SIM.
    SimSwap,
    /// The user of a line, or what is known of them, changes.
    User,
    /// Another billing account pays for a line.
    Account,
    /// A line is ended.
    End,
    /// Lines are ordered.
    OrderPlaced,
    /// All lines of an order are in service, or given up.
    OrderDone,
    /// The network refuses a line of an order.
    OrderFailed,
}

impl NotificationKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 11] = [
        Self::Suspension,
        Self::Reactivation,
        Self::Plan,
        Self::Option,
        Self::SimSwap,
        Self::User,
        Self::Account,
        Self::End,
        Self::OrderPlaced,
        Self::OrderDone,
        Self::OrderFailed,
    ];

    /// Its word in tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suspension => "suspension",
            Self::Reactivation => "reactivation",
            Self::Plan => "plan",
            Self::Option => "option",
            Self::SimSwap => "sim_swap",
            Self::User => "user",
            Self::Account => "account",
            Self::End => "end",
            Self::OrderPlaced => "order_placed",
            Self::OrderDone => "order_done",
            Self::OrderFailed => "order_failed",
        }
    }

    /// The kind of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word of the mail's template.
    pub const fn template(self) -> &'static str {
        match self {
            Self::Suspension => "told-suspension",
            Self::Reactivation => "told-reactivation",
            Self::Plan => "told-plan",
            Self::Option => "told-option",
            Self::SimSwap => "told-sim-swap",
            Self::User => "told-user",
            Self::Account => "told-account",
            Self::End => "told-end",
            Self::OrderPlaced => "told-order-placed",
            Self::OrderDone => "told-order-done",
            Self::OrderFailed => "told-order-failed",
        }
    }

    /// Is it about orders, which not everybody sees?
    pub const fn is_of_orders(self) -> bool {
        matches!(self, Self::OrderPlaced | Self::OrderDone | Self::OrderFailed)
    }

    const fn of(change: &Change) -> Self {
        match change {
            Change::Suspend => Self::Suspension,
            Change::Reactivate => Self::Reactivation,
            Change::End { .. } => Self::End,
            Change::Plan { .. } | Change::Capping { .. } => Self::Plan,
            Change::AddOption { .. }
            | Change::ReplaceOption { .. }
            | Change::EndOption { .. }
            | Change::Restrict { .. }
            | Change::Release { .. }
            | Change::Cutoff { .. } => Self::Option,
            Change::SwapSim { .. } => Self::SimSwap,
        }
    }
}

fn is_theirs(role: Role, kind: NotificationKind) -> bool {
    !kind.is_of_orders() || role.may(Permission::SeeOrders)
}

/// The kinds that somebody may be told of, each with whether they want it.
///
/// # Errors
/// When the database fails.
pub async fn choices(house: &House, actor: &Actor) -> Result<Vec<(NotificationKind, bool)>, OperationError> {
    let wanted = house.store.notifications(actor.login).await?;
    let kinds = NotificationKind::ALL.into_iter().filter(|kind| is_theirs(actor.role, *kind));
    Ok(kinds.map(|kind| (kind, wanted.iter().any(|word| word == kind.as_str()))).collect())
}

/// Takes what somebody wants to be told of; their links lead to where they chose it.
///
/// # Errors
/// When the database fails.
pub async fn choose(house: &House, actor: &Actor, wanted: &[NotificationKind], here: &Address) -> Result<(), OperationError> {
    let before = house.store.notifications(actor.login).await?;
    let kinds: Vec<&str> = NotificationKind::ALL
        .into_iter()
        .filter(|kind| wanted.contains(kind) && is_theirs(actor.role, *kind))
        .map(NotificationKind::as_str)
        .collect();
    let transaction = house.store.begin().await?;
    let site = format!("{}://{}", here.scheme, here.host);
    transaction.set_notifications(actor.login, &kinds, (&here.brand, &site)).await?;
    let in_order = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
    let after = in_order(&kinds);
    if before.iter().cloned().collect::<BTreeSet<_>>() != after {
        let mut entry = actor.entry(house.clock.now(), "notifications_chosen", Object::Login(actor.login));
        entry.before = Some(json!({ "notifications": before }).to_string());
        entry.after = Some(json!({ "notifications": after }).to_string());
        transaction.note(entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// No more people are told of one thing.
const MOST_TOLD: u32 = 500;

/// Through whom, and whose.
type Owner = (Option<ResellerId>, CustomerId);

/// Who wants to be told of a kind of what is these owners', so many at most: should there be more, the log says so.
async fn wanting(
    scoped: &Scoped,
    kind: NotificationKind,
    owners: &BTreeSet<Owner>,
    most: u32,
) -> Result<Vec<Notified>, OperationError> {
    let resellers: Vec<ResellerId> = owners.iter().filter_map(|(reseller, _)| *reseller).collect();
    let customers: Vec<CustomerId> = owners.iter().map(|(_, customer)| *customer).collect();
    let people = scoped.notified(kind.as_str(), (&resellers, &customers), most).await?;
    if people.len() >= usize::try_from(most).unwrap_or(usize::MAX) {
        tracing::warn!(kind = kind.as_str(), most, "so many people are told: whoever else wanted to be is not");
    }
    Ok(people)
}

/// A line that something was done to.
#[derive(Clone, Debug)]
pub(crate) struct ToldLine {
    pub(crate) id: LineId,
    pub(crate) number: Option<E164>,
    pub(crate) user: String,
    pub(crate) owner: Owner,
}

/// Something that was done.
pub(crate) struct Happening<'a> {
    pub(crate) doer: Doer<'a>,
    pub(crate) kind: NotificationKind,
    /// To which lines; of an order that is placed none, for they are in it.
    pub(crate) lines: Vec<ToldLine>,
    /// Of which order, for whom.
    pub(crate) order: Option<(OrderId, Owner)>,
    /// With which others.
    pub(crate) bulk: Option<BulkChangeId>,
    /// What is other.
    pub(crate) detail: Detail<'a>,
    /// From when on, where that is later.
    pub(crate) effect: Option<Timestamp>,
}

/// What of a line is other, as far as a letter says it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Detail<'a> {
    Nothing,
    Of(&'a Change),
    Named(&'a str),
}

impl Detail<'_> {
    fn words(self, names: &Names<'_>) -> String {
        match self {
            Self::Named(name) => name.to_owned(),
            Self::Of(Change::Plan { offer }) => names.offer(offer),
            Self::Of(Change::AddOption { option } | Change::EndOption { option } | Change::ReplaceOption { to: option, .. }) => {
                names.option(option)
            }
            Self::Of(Change::Cutoff { cutoff, value }) => names.cutoff(cutoff, *value).map_or(String::new(), |(name, _)| name),
            Self::Of(_) | Self::Nothing => String::new(),
        }
    }
}

impl Happening<'_> {
    fn operator(&self) -> OperatorId {
        self.doer.scope().operator
    }

    fn owners(&self) -> BTreeSet<Owner> {
        self.lines.iter().map(|line| line.owner).chain(self.order.map(|(_, owner)| owner)).collect()
    }

    /// The mails that tell of it, to whoever wants them; for the transaction that does it. `scoped` is that transaction's where it is begun: one
    /// that waits for a second connection could wait for its own.
    ///
    /// # Errors
    /// When the database fails, or without keys.
    pub(crate) async fn mails(&self, house: &House, scoped: &Scoped) -> Result<Vec<NewMail>, OperationError> {
        let owners = self.owners();
        let people = wanting(scoped, self.kind, &owners, MOST_TOLD).await?;
        let customers: BTreeSet<CustomerId> = owners.into_iter().map(|(_, customer)| customer).collect();
        let customer = match customers.first() {
            Some(one) if customers.len() == 1 && !people.is_empty() => scoped.customer_name(*one).await?.unwrap_or_default(),
            _ => String::new(),
        };
        self.mails_to(house, &people.iter().collect::<Vec<_>>(), &customer).await
    }

    /// The same to people who were found before, and see whose it is; with the name of the customer, where it is one.
    ///
    /// # Errors
    /// When the operator has no catalogue, or without keys.
    async fn mails_to(&self, house: &House, people: &[&Notified], customer: &str) -> Result<Vec<NewMail>, OperationError> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let catalog = house.catalog(self.operator()).await?;
        let mut mails = Vec::new();
        for person in people {
            let names = Names { catalog: &catalog, language: &person.login.language };
            if let Some(letter) = self.letter(person, (customer, &names), house.clock.now()) {
                let post = Post {
                    operator: self.operator(),
                    host: &person.host,
                    recipient: &person.login.email,
                    name: &person.login.name,
                    language: &person.login.language,
                    letter,
                    useful_until: None,
                };
                mails.push(mail::written(house, post)?);
            }
        }
        Ok(mails)
    }

    /// What one of them is told; `None` for who did it, and who sees none of it.
    fn letter(&self, person: &Notified, (customer, names): (&str, &Names<'_>), at: Timestamp) -> Option<Letter> {
        let role = Role::named(&person.login.role)?;
        if matches!(self.doer, Doer::Person(actor) if actor.login == person.login.id) || !is_theirs(role, self.kind) {
            return None;
        }
        let reach = reach(person);
        let lines: Vec<&ToldLine> = self.lines.iter().filter(|line| sees(reach, line)).collect();
        let sees_order = role.may(Permission::SeeOrders) && !matches!(reach, Reach::Line(_));
        let order = self.order.filter(|_| sees_order).map(|(order, _)| format!("{}/orders/{order}", person.site));
        let line = match (lines.as_slice(), self.bulk) {
            ([one], _) => Some(format!("{}/lines/{}", person.site, one.id)),
            ([_, ..], Some(bulk)) if role.may(Permission::ChangeLines) => Some(format!("{}/lines/changes/{bulk}", person.site)),
            ([_, ..], _) => order.clone().or_else(|| Some(format!("{}/lines", person.site))),
            ([], _) => None,
        };
        let link = line.clone().or_else(|| order.clone())?;
        // Of people further up the tree one is not told who it was.
        let by = match self.doer {
            Doer::Person(actor) if actor.role.rank() <= role.rank() => actor.name.clone(),
            Doer::Person(_) | Doer::Program(_) => String::new(),
        };
        let one = if let [one] = lines.as_slice() { Some(*one) } else { None };
        Some(Letter::LineTold {
            what: self.kind,
            lines: i64::try_from(lines.len()).unwrap_or(i64::MAX),
            number: one.and_then(|line| line.number).map(|number| number.to_string()).unwrap_or_default(),
            user: one.map(|line| line.user.clone()).unwrap_or_default(),
            party: if matches!(reach, Reach::Operator | Reach::Reseller(_)) { customer.to_owned() } else { String::new() },
            by,
            detail: self.detail.words(names),
            at,
            effect: self.effect.filter(|effect| *effect > at),
            order: order.filter(|order| *order != link).unwrap_or_default(),
            link,
            choose: format!("{}/account/notifications", person.site),
        })
    }
}

fn reach(person: &Notified) -> Reach {
    let login = &person.login;
    match (login.line, login.customer, login.reseller) {
        (Some(line), ..) => Reach::Line(line),
        (None, Some(customer), _) => Reach::Customer(customer),
        (None, None, Some(reseller)) => Reach::Reseller(reseller),
        (None, None, None) => Reach::Operator,
    }
}

fn sees(reach: Reach, line: &ToldLine) -> bool {
    match reach {
        Reach::Operator => true,
        Reach::Reseller(reseller) => line.owner.0 == Some(reseller),
        Reach::Customer(customer) => line.owner.1 == customer,
        Reach::Line(id) => line.id == id,
    }
}
