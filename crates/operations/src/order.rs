//! Orders of one line or many (RES-03, FLT-03, FLT-04): what they would cost, and placing them. What may be combined is decided in `lines`; here
//! each line gets its SIM and its number, all of them or none, and the same form sent twice is one order.

mod afterwards;
pub mod choices;
mod detail;
pub mod form;
mod people;
mod split;
mod stock;

use crate::{
    Actor, House, OperationError, Scope,
    journal::Object,
    life::Doer,
    notification::{Detail, Happening, NotificationKind},
    permission::Permission,
    split_bill::{KeptSplitProfile, SplitRefusal},
};
use ::lines::{Ground, Life, NumberSource, OrderRefusal, Porting, PortingDirection, check_order};
pub use ::lines::{
    LineFault, LineRequest, MOST_LINES, NumberRefusal, NumberRequest, PortingDayRefusal, PortingProof, PortingState, Promise,
    Quote, SimRefusal, SimRequest, Stage,
};
pub use afterwards::{PortingAnswer, activate, give_up, porting_answered};
use catalog::Catalog;
pub use detail::{LINES_SHOWN, OrderDetail, OrderedLine, detail};
use people::User;
pub use people::UserAsked;
use serde_json::json;
pub use split::{SplitAsked, profiles as split_profiles};
use stock::Picked;
pub use store::KeptOrder;
use store::{ChangedLife, NewEntry, NewOrder, NewOrderLine, SavedBy};
use vocabulary::{BillingAccountId, CustomerId, E164, LineId, Money, Month, OrderId, PortingId, ResellerId, Timestamp};

/// So often another SIM and another number are taken when somebody was faster.
const ATTEMPTS: usize = 8;
/// So many users of a customer's lines are named to choose from.
const MOST_USERS: u32 = 200;
/// No form's token is longer, in bytes.
pub(crate) const LONGEST_TOKEN: usize = 64;

/// An order, as somebody fills it in.
#[derive(Clone, Debug)]
pub struct OrderAsked {
    /// For whom.
    pub customer: CustomerId,
    /// Who pays; `None` for the customer's first account.
    pub account: Option<BillingAccountId>,
    /// What the form carries: the same form sent twice is one order.
    pub token: String,
    /// Was it said that values which stop all usage of a zone are meant?
    pub closing: Closing,
    /// How the bills of its lines are shared; `None`: they are not.
    pub split: Option<SplitAsked>,
    /// The lines.
    pub lines: Vec<LineAsked>,
}

/// What was said of values that stop all usage of a zone (MOB-42).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Closing {
    /// Nothing: an order with one is not placed.
    #[default]
    Unasked,
    /// They are meant.
    Meant,
}

/// A line of an order.
#[derive(Clone, Debug)]
pub struct LineAsked {
    /// What it is to have.
    pub request: LineRequest,
    /// Who is to use it.
    pub user: UserAsked,
}

/// What an order would cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderQuote {
    /// Line by line.
    pub lines: Vec<Quote>,
    /// Each month, in all.
    pub monthly: Money,
    /// Once, in all.
    pub once: Money,
    /// The first month, in proportion to its days.
    pub first_month: Money,
}

/// What is wrong with a line of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderFault {
    /// It may not be combined so.
    Line(LineFault),
    /// Something of who is to use it cannot be taken: the column of a file.
    People(&'static str),
    /// Who is to pay a part of its bill needs it: the column of a file.
    Payer(&'static str),
    /// No SIM of that number is there for the customer.
    NoSuchSim,
    /// The SIM cannot be had.
    Sim(SimRefusal),
    /// There are no more SIMs of the kind for this network.
    NoSimLeft,
    /// The number is none of those that may be picked.
    NotOurNumber,
    /// The number cannot be had.
    Number(NumberRefusal),
    /// There are no more numbers of the length.
    NoNumberLeft,
}

impl OrderFault {
    /// The column of a file in which it is put right; empty where it is about the whole row.
    pub const fn column(&self) -> &'static str {
        match self {
            Self::Line(_) => "",
            Self::People(column) | Self::Payer(column) => column,
            Self::NoSuchSim | Self::Sim(_) => "iccid",
            Self::NoSimLeft => "sim",
            Self::NotOurNumber | Self::Number(_) | Self::NoNumberLeft => "number",
        }
    }
}

/// Faults of lines, each with its place from 0.
pub type OrderFaults = Vec<(usize, OrderFault)>;

/// Why there is no order, besides faults of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderRefused {
    /// It has no line, or more than [`MOST_LINES`].
    Count(usize),
    /// The form's token is missing or too long.
    Token,
    /// The customer has no such account.
    Account,
    /// The bills of its lines cannot be shared so.
    Split(SplitRefusal),
    /// So many lines have no usage at all in a zone, and nobody said that this is meant.
    Closes(usize),
    /// About its lines: nothing was ordered.
    Lines(OrderFaults),
}

/// What an order would cost; `None` for a customer outside the asker's scope, or who may not order.
///
/// # Errors
/// When the database fails.
pub async fn quote(
    house: &House,
    actor: &Actor,
    asked: &OrderAsked,
) -> Result<Option<Result<OrderQuote, OrderRefused>>, OperationError> {
    let Some(_) = customer(house, actor, asked.customer).await? else { return Ok(None) };
    let catalog = house.catalog(actor.scope.operator).await?;
    let now = house.clock.now();
    let known = people::known((house, actor), &catalog, asked.customer, &asked.lines).await?;
    let read = quoted(&catalog, asked, now).and_then(|quotes| Ok((users((&catalog, now), asked, &known)?, quotes)));
    let quotes = match read {
        Ok((users, quotes)) => split::chosen(house, actor, (asked, &users)).await?.map(|_| quotes),
        Err(refused) => Err(refused),
    };
    let total = |amount: fn(&Quote) -> Money, quotes: &[Quote]| quotes.iter().map(amount).sum();
    Ok(Some(quotes.map(|lines| OrderQuote {
        monthly: total(|quote| quote.monthly, &lines),
        once: total(|quote| quote.once, &lines),
        first_month: total(|quote| quote.first_month, &lines),
        lines,
    })))
}

/// Orders: every line gets a SIM and a number, or nothing is ordered. The order of the form's token where it was placed before; `None` for a
/// customer outside the asker's scope, or who may not order.
///
/// # Errors
/// When the database fails: then nothing is ordered.
pub async fn place(
    house: &House,
    actor: &Actor,
    asked: &OrderAsked,
) -> Result<Option<Result<OrderId, OrderRefused>>, OperationError> {
    let Some(reseller) = customer(house, actor, asked.customer).await? else { return Ok(None) };
    let scoped = house.store.scoped(actor.scope);
    if asked.token.is_empty() || asked.token.len() > LONGEST_TOKEN {
        return Ok(Some(Err(OrderRefused::Token)));
    }
    if let Some(order) = scoped.order_of_token(asked.customer, &asked.token).await? {
        return Ok(Some(Ok(order)));
    }
    let accounts = scoped.accounts_of(asked.customer).await?;
    let mut known = accounts.iter().map(|(id, _)| *id);
    let account = match asked.account {
        Some(account) => known.find(|known| *known == account),
        None => known.next(),
    };
    let Some(account) = account else { return Ok(Some(Err(OrderRefused::Account))) };
    let catalog = house.catalog(actor.scope.operator).await?;
    let quotes = match quoted(&catalog, asked, house.clock.now()) {
        Ok(quotes) => quotes,
        Err(refused) => return Ok(Some(Err(refused))),
    };
    let closing = quotes.iter().filter(|quote| !quote.closes.is_empty()).count();
    if closing > 0 && asked.closing == Closing::Unasked {
        return Ok(Some(Err(OrderRefused::Closes(closing))));
    }
    let known = people::known((house, actor), &catalog, asked.customer, &asked.lines).await?;
    let users = match users((&catalog, house.clock.now()), asked, &known) {
        Ok(users) => users,
        Err(refused) => return Ok(Some(Err(refused))),
    };
    let split = match split::chosen(house, actor, (asked, &users)).await? {
        Ok(split) => split,
        Err(refused) => return Ok(Some(Err(refused))),
    };
    let whose = (reseller, account);
    let placing = Placing { house, actor, catalog: &catalog, asked, quotes: &quotes, users: &users, whose, split };
    for _ in 0..ATTEMPTS {
        match placing.attempt().await? {
            Attempt::Placed(order) => return Ok(Some(Ok(order))),
            Attempt::Refused(faults) => return Ok(Some(Err(OrderRefused::Lines(faults)))),
            Attempt::Slower => {}
            Attempt::FormTaken => {
                let known = scoped.order_of_token(asked.customer, &asked.token).await?;
                return Ok(Some(known.ok_or(OrderRefused::Token)));
            }
        }
    }
    Err(OperationError::Contended)
}

/// The order that a form was taken as; `None` while it was not, and for who may not order.
///
/// # Errors
/// When the database fails.
pub async fn of_form(house: &House, actor: &Actor, customer: CustomerId, token: &str) -> Result<Option<OrderId>, OperationError> {
    if !actor.may(Permission::OrderLines) || token.is_empty() {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).order_of_token(customer, token).await?)
}

/// Orders that one sees, the latest first; `None` for who orders nothing.
///
/// # Errors
/// When the database fails.
pub async fn orders(house: &House, actor: &Actor, (skip, most): (u64, u32)) -> Result<Option<Vec<KeptOrder>>, OperationError> {
    if !actor.may(Permission::SeeOrders) {
        return Ok(None);
    }
    Ok(Some(house.store.scoped(actor.scope).orders(None, (skip, most)).await?))
}

/// An order with its lines; `None` outside the asker's scope.
///
/// # Errors
/// When the database fails.
pub async fn order(house: &House, actor: &Actor, id: OrderId) -> Result<Option<(KeptOrder, Vec<LineId>)>, OperationError> {
    if !actor.may(Permission::SeeOrders) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(order) = scoped.order(id).await? else { return Ok(None) };
    let most = u32::try_from(MOST_LINES).unwrap_or(u32::MAX);
    Ok(Some((order, scoped.lines_of_order(id, most).await?)))
}

/// The accounts that may pay for a customer's lines; `None` for a customer outside the asker's scope, or who may not order.
///
/// # Errors
/// When the database fails.
pub async fn accounts(
    house: &House,
    actor: &Actor,
    id: CustomerId,
) -> Result<Option<Vec<(BillingAccountId, String)>>, OperationError> {
    match customer(house, actor, id).await? {
        Some(_) => Ok(Some(house.store.scoped(actor.scope).accounts_of(id).await?)),
        None => Ok(None),
    }
}

/// Who uses lines of a customer already, by name, each with a number of theirs; `None` for a customer outside the asker's scope, or who may not
/// order.
///
/// # Errors
/// When the database fails.
pub async fn users_known(house: &House, actor: &Actor, id: CustomerId) -> Result<Option<Vec<(String, E164)>>, OperationError> {
    match customer(house, actor, id).await? {
        Some(_) => Ok(Some(house.store.scoped(actor.scope).users_named(id, MOST_USERS).await?)),
        None => Ok(None),
    }
}

/// A customer's name; `None` outside the asker's scope, or for who may not order.
///
/// # Errors
/// When the database fails.
pub async fn customer_named(house: &House, actor: &Actor, id: CustomerId) -> Result<Option<String>, OperationError> {
    match customer(house, actor, id).await? {
        Some(_) => Ok(house.store.scoped(actor.scope).customer_name(id).await?),
        None => Ok(None),
    }
}

async fn customer(house: &House, actor: &Actor, customer: CustomerId) -> Result<Option<Option<ResellerId>>, OperationError> {
    if !actor.may(Permission::OrderLines) {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).reseller_of(customer).await?)
}

/// Who is to use each line of an order.
fn users(at: (&Catalog, Timestamp), asked: &OrderAsked, known: &people::Known) -> Result<Vec<User>, OrderRefused> {
    let (mut users, mut faults) = (Vec::with_capacity(asked.lines.len()), OrderFaults::new());
    for (place, line) in asked.lines.iter().enumerate() {
        match people::read(at, &line.user, Some(known)) {
            Ok(user) => users.push(user),
            Err((column, _)) => faults.push((place, OrderFault::People(column))),
        }
    }
    if faults.is_empty() { Ok(users) } else { Err(OrderRefused::Lines(faults)) }
}

fn quoted(catalog: &Catalog, asked: &OrderAsked, now: Timestamp) -> Result<Vec<Quote>, OrderRefused> {
    if asked.lines.is_empty() || asked.lines.len() > MOST_LINES {
        return Err(OrderRefused::Count(asked.lines.len()));
    }
    let requests: Vec<LineRequest> = asked.lines.iter().map(|line| line.request.clone()).collect();
    check_order(&requests, &Ground::at(catalog, now))
        .map_err(|faults| OrderRefused::Lines(faults.into_iter().map(|(at, fault)| (at, OrderFault::Line(fault))).collect()))
}

enum Attempt {
    Placed(OrderId),
    Refused(OrderFaults),
    /// Somebody took a SIM or a number meanwhile.
    Slower,
    /// The same form was sent at the same moment, or another customer's has its token.
    FormTaken,
}

struct Placing<'a> {
    house: &'a House,
    actor: &'a Actor,
    catalog: &'a Catalog,
    asked: &'a OrderAsked,
    quotes: &'a [Quote],
    users: &'a [User],
    whose: (Option<ResellerId>, BillingAccountId),
    split: Option<KeptSplitProfile>,
}

impl Placing<'_> {
    async fn attempt(&self) -> Result<Attempt, OperationError> {
        let Self { house, actor, asked, .. } = *self;
        let now = house.clock.now();
        let first = house.next_ids(asked.lines.len() + 1).await?;
        let picking = stock::pick((house, actor), self.catalog, asked, (self.quotes, first.unsigned_abs()));
        let picked = match picking.await? {
            Ok(picked) => picked,
            Err(faults) => return Ok(Attempt::Refused(faults)),
        };
        let order = NewOrder {
            id: OrderId(first),
            owner: (actor.scope.operator, self.whose.0, asked.customer),
            token: &asked.token,
            placed: now,
            placed_by: &actor.name,
            lines: asked.lines.len(),
            told: (self.quotes.iter().map(|quote| quote.monthly).sum(), self.quotes.iter().map(|quote| quote.once).sum()),
        };
        let happening = Happening {
            doer: Doer::Person(actor),
            kind: NotificationKind::OrderPlaced,
            lines: Vec::new(),
            order: Some((order.id, (self.whose.0, asked.customer))),
            bulk: None,
            detail: Detail::Nothing,
            effect: None,
        };
        let mut mails = happening.mails(house, &house.store.scoped(Scope::operator(actor.scope.operator))).await?;
        let month = Month::containing(now, &self.catalog.operator.time_zone);
        if let Some(profile) = &self.split {
            mails.extend(split::mails(house, actor, (self.whose.0, asked.customer), (profile, month, self.users)).await?);
        }
        let transaction = house.store.begin().await?;
        let ids = transaction.reserve_lines(asked.lines.len()).await?;
        let lines = match self.lines(&order, &ids, picked) {
            Ok(lines) => lines,
            Err(faults) => return Ok(Attempt::Refused(faults)),
        };
        if !transaction.write_order(&order).await? {
            return Ok(Attempt::FormTaken);
        }
        let before = transaction.write_lines(&order, &lines).await?;
        let notes = self.notes(&order, &lines);
        let changed: Vec<ChangedLife> = before
            .into_iter()
            .zip(lines)
            .map(|(before, line)| ChangedLife { before, life: line.life, letters: Vec::new(), fees: Vec::new() })
            .collect();
        if !transaction.save_lives(&changed, SavedBy { now, who: &actor.name }).await? {
            return Ok(Attempt::Slower);
        }
        if let Some(profile) = &self.split {
            split::write(&transaction, (&ids, self.users), (profile.id, month), (now, &actor.name)).await?;
        }
        transaction.note_many(actor.scope.operator, notes).await?;
        for mail in &mails {
            transaction.post_mail(mail).await?;
        }
        transaction.commit().await?;
        house.lives_changed();
        if !mails.is_empty() {
            house.mail_posted();
        }
        Ok(Attempt::Placed(order.id))
    }

    fn lines(&self, order: &NewOrder<'_>, ids: &[LineId], picked: Vec<Picked>) -> Result<Vec<NewOrderLine>, OrderFaults> {
        let (mut lines, mut faults) = (Vec::with_capacity(picked.len()), OrderFaults::new());
        for (at, picked) in picked.into_iter().enumerate() {
            match self.line(order, (at, ids[at]), picked) {
                Ok(line) => lines.push(line),
                Err(fault) => faults.push((at, fault)),
            }
        }
        if faults.is_empty() { Ok(lines) } else { Err(faults) }
    }

    fn line(&self, order: &NewOrder<'_>, (at, id): (usize, LineId), picked: Picked) -> Result<NewOrderLine, OrderFault> {
        let (asked, quote) = (&self.asked.lines[at], &self.quotes[at]);
        let new = ::lines::NewLine {
            id,
            customer: self.asked.customer,
            order: order.id,
            network: asked.request.network.clone(),
            service: quote.service.clone(),
            begins: quote.begins,
        };
        let known = picked.number.as_ref().map(|kept| kept.number.clone());
        let (source, proof) = match &asked.request.number {
            NumberRequest::Ported { number, proof, .. } => {
                let porting = PortingId(order.id.0 + 1 + i64::try_from(at).unwrap_or(0));
                let proof = match proof {
                    PortingProof::Rio(rio) => rio.to_string(),
                    PortingProof::CustomerNumber(number) => number.to_string(),
                };
                (NumberSource::Elsewhere(Porting::new(porting, id, *number, PortingDirection::In), known), proof)
            }
            _ => (known.map_or(NumberSource::Network, NumberSource::Ours), String::new()),
        };
        let life = Life::ordered(new, picked.card.sim.clone(), source).map_err(|refusal| match refusal {
            OrderRefusal::Sim(refusal) => OrderFault::Sim(refusal),
            OrderRefusal::Number(refusal) => OrderFault::Number(refusal),
        })?;
        Ok(NewOrderLine {
            life,
            card: picked.card,
            number: picked.number,
            service: picked.service,
            account: self.whose.1,
            user: self.users[at].shown.clone(),
            data: self.users[at].data.clone(),
            proof,
            promised: quote.promised.map(Promise::at),
        })
    }

    fn notes(&self, order: &NewOrder<'_>, lines: &[NewOrderLine]) -> Vec<NewEntry> {
        let doer = Doer::Person(self.actor);
        let owner = (self.whose.0, Some(self.asked.customer));
        let entry = |action, object, after: serde_json::Value| NewEntry {
            owner,
            after: Some(after.to_string()),
            ..doer.entry(order.placed, action, object)
        };
        let whole =
            json!({ "order": order.id, "lines": order.lines, "monthly": order.told.0.micros(), "once": order.told.1.micros() });
        let line = |line: &NewOrderLine| {
            let life = &line.life.line;
            let after = json!({
                "order": order.id, "offer": life.service.offer, "number": life.number,
                "sim": line.card.sim.iccid, "ported": line.life.porting.is_some(),
            });
            entry("line_ordered", Object::Line(life.id), after)
        };
        std::iter::once(entry("order_placed", Object::Customer(self.asked.customer), whole))
            .chain(lines.iter().map(line))
            .collect()
    }
}
