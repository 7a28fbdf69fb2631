//! What the life of lines costs beside the networks: an activation, and a hundred thousand planned changes of the 1st of a month.

use super::{Figure, client::milliseconds_since};
use crate::house::shipped_catalogs;
use anyhow::{Context, bail};
use catalog::Capping;
use gateways::simulated_network::{Manners, NetworkSettings, SimulatedNetwork, Subscription, SubscriptionState};
use operations::{
    Actor, House, NewCustomer, NewLine, NewOperator, Scope,
    host_network::{HostNetworks, SimFacts},
    line_change::{self, BulkAsked, Change, ChangeAsked, When},
    network_delivery::round,
    order::{self, Closing, LineAsked, LineRequest, NumberRequest, OrderAsked, SimRequest, UserAsked},
    permission::Role,
    seal::Seal,
    sim_batches::{self, BatchFile},
    sims::SimKind,
};
use std::{sync::Arc, time::Instant};
use store::{NewNumbers, Store};
use tempfile::TempDir;
use vocabulary::{Clock, CustomerId, E164, Iccid, LineId, LoginId, OperatorId, SessionId, Timestamp};

/// So many lines are activated, one after the other.
const ACTIVATIONS: usize = 400;
const ACTIVATION_GOAL_MS: f64 = 5.0;
/// As many statements as an activation takes, of which each finds nothing: what the machine alone makes of them stands beside the figure.
const EMPTY_QUESTIONS: usize = 30;
/// So many plans change on the 1st.
const CHANGES: usize = 100_000;
const CHANGES_GOAL_S: f64 = 60.0;
/// How many are asked for at once.
const ASKED_AT_ONCE: usize = 5_000;
const SERVICE: &str = demo::BUSIEST_SOLD[0];
const NETWORK: &str = demo::BUSIEST_SOLD[1];
const OFFER: &str = demo::BUSIEST_SOLD[2];
const OTHER_OFFER: &str = demo::BUSIEST_SOLD[3];
/// The first of the numbers, and the first of the cards.
const FIRST_NUMBER: u64 = 33_700_000_000;
const FIRST_CARD: u128 = 893_301_000_000_000_000;

/// An operator on a file of SQLite, whose network does at once what it is asked.
struct Field {
    house: House,
    operator: OperatorId,
    staff: Actor,
    network: SimulatedNetwork,
    networks: HostNetworks,
    _folder: TempDir,
}

impl Field {
    async fn of(lines: usize) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await?;
        let now: Timestamp = "2026-11-17T10:00:00Z".parse::<jiff::Timestamp>()?.into();
        let house = House::new(store, &shipped_catalogs(), Clock::held_at(now))?.with_seal(Seal::read(&Seal::fresh_line(None)?)?);
        let line = |place: usize| -> anyhow::Result<NewLine> {
            let number = format!("+{}", FIRST_NUMBER + place as u64);
            let sold = (SERVICE, NETWORK, OFFER);
            Ok(NewLine { iccid: Some(card(place)?.to_string()), ..NewLine::in_service(&number, sold, Timestamp::EPOCH) })
        };
        let lines: Vec<NewLine> = (0..lines).map(line).collect::<anyhow::Result<_>>()?;
        let mut customers: Vec<NewCustomer> = lines
            .chunks(100)
            .enumerate()
            .map(|(place, lines)| NewCustomer::household(&format!("C{place}"), "Bench", lines.to_vec()))
            .collect();
        customers.push(NewCustomer::household("NEW", "Orders", Vec::new()));
        let new = NewOperator { slug: demo::BUSIEST.to_owned(), name: "Bench".to_owned(), customers, ..NewOperator::default() };
        let operator = operations::provision(&house, &new).await?;
        let staff = Actor {
            login: LoginId(1),
            session: SessionId(1),
            scope: Scope::operator(operator),
            role: Role::OperatorAgent,
            name: "Bench".to_owned(),
            party: "Bench".to_owned(),
            owner: (None, None),
            proved: now,
            address: String::new(),
        };
        let network = SimulatedNetwork::in_memory(NetworkSettings { seed: 1, manners: Manners::PROMPT, blocks: Vec::new() });
        let networks = HostNetworks::default().with(operator, NETWORK, Arc::new(network.clone()));
        Ok(Self { house, operator, staff, network, networks, _folder: folder })
    }

    /// Rounds until nothing happens any more at this hour.
    async fn rounds(&self) -> anyhow::Result<()> {
        while !round(&self.house, &self.networks).await?.is_quiet() {}
        Ok(())
    }

    /// SIM cards and numbers that nobody has.
    async fn stock(&self, count: usize) -> anyhow::Result<CustomerId> {
        let rows = (0..count).map(|place| Ok(format!("{};20801{place:010};1234;87000000;5678;99000000\n", card(place)?)));
        let rows: String = rows.collect::<anyhow::Result<_>>()?;
        let text = format!("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n{rows}");
        let file = BatchFile { name: "bench.csv", network: NETWORK, kind: SimKind::CardWithPin, bytes: text.as_bytes() };
        let taken = sim_batches::take(&self.house, &self.staff, file).await?.context("staff may")?;
        taken.map_err(|refusal| anyhow::anyhow!("the batch is refused: {refusal:?}"))?;
        let numbers: Option<Vec<E164>> = (0..count).map(|place| E164::from_digits(FIRST_NUMBER + place as u64)).collect();
        let transaction = self.house.store.begin().await?;
        let numbers = numbers.context("numbers")?;
        let new = NewNumbers { operator: self.operator, reseller: None, network: None, kind: None, numbers: &numbers };
        transaction.take_numbers_in(&new).await?;
        transaction.commit().await?;
        let found = order::choices::customers(&self.house, &self.staff, "NEW").await?.context("staff may")?;
        Ok(found.first().context("the customer is there")?.0)
    }
}

fn card(place: usize) -> anyhow::Result<Iccid> {
    Iccid::from_serial(FIRST_CARD + place as u128).context("a card's number")
}

/// From the moment in which a line may begin to the moment in which it is active: our work, for the network needs no time.
pub(super) async fn activation() -> anyhow::Result<Vec<Figure>> {
    let field = Field::of(0).await?;
    let customer = field.stock(ACTIVATIONS).await?;
    let request = LineRequest {
        network: NETWORK.into(),
        offer: OFFER.into(),
        capping: Some(Capping::Uncapped),
        options: Vec::new(),
        cutoffs: Vec::new(),
        sim: SimRequest::Any(SimKind::CardWithPin),
        number: NumberRequest::Any,
        begins: When::Soonest,
    };
    let (mut placed, mut activated, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    for place in 0..ACTIVATIONS {
        let line = LineAsked { request: request.clone(), user: UserAsked::default() };
        let asked = OrderAsked {
            customer,
            account: None,
            token: format!("bench-{place}"),
            closing: Closing::Unasked,
            split: None,
            lines: vec![line],
        };
        let start = Instant::now();
        let order = order::place(&field.house, &field.staff, &asked).await?.context("staff may")?;
        placed.push(milliseconds_since(start));
        let order = order.map_err(|refused| anyhow::anyhow!("the order is refused: {refused:?}"))?;
        let start = Instant::now();
        field.rounds().await?;
        activated.push(milliseconds_since(start));
        let start = Instant::now();
        for _ in 0..EMPTY_QUESTIONS {
            field.house.store.next_due().await?;
        }
        empty.push(milliseconds_since(start));
        let (kept, _) = order::order(&field.house, &field.staff, order).await?.context("the order is there")?;
        if kept.states != [0, 1, 0] {
            bail!("line {place} is not active: {:?}", kept.states);
        }
    }
    let [median, slow] = middle_and_99th(&mut activated);
    let [placing, _] = middle_and_99th(&mut placed);
    let [empty_median, empty_slow] = middle_and_99th(&mut empty);
    Ok(vec![Figure {
        name: "activation".to_owned(),
        value: slow,
        unit: "ms of our own an activation at the 99th percentile",
        goal: ACTIVATION_GOAL_MS,
        reference: format!(
            "median {median:.2} ms; {EMPTY_QUESTIONS} questions that find nothing {empty_slow:.2} ms likewise, median {empty_median:.2} ms; \
             placing its order {placing:.2} ms, median; {ACTIVATIONS} one after the other, SQLite"
        ),
        ratio: Some(ratio(slow, empty_slow)),
        holds: slow <= ACTIVATION_GOAL_MS,
    }])
}

/// From midnight of the 1st to the moment in which the network has done all that was planned for it.
pub(super) async fn scheduled_changes() -> anyhow::Result<Vec<Figure>> {
    let field = Field::of(CHANGES).await?;
    let scoped = field.house.store.scoped(field.staff.scope);
    let (mut lines, mut after) = (Vec::with_capacity(CHANGES), LineId(0));
    loop {
        let some = scoped.lines_in_service(after, 5_000).await?;
        let Some(last) = some.last() else { break };
        after = last.line;
        let subscription = |line: &store::LineInService| {
            Some(Subscription {
                operator: field.operator,
                line: line.line,
                sim: Some(SimFacts { iccid: line.iccid.as_ref()?.parse().ok()?, imsi: None }),
                number: line.number.as_ref()?.parse().ok(),
                state: SubscriptionState::Active,
                offer: line.offer.as_str().into(),
                options: Vec::new(),
            })
        };
        field.network.take_over(some.iter().filter_map(subscription).collect())?;
        lines.extend(some.into_iter().map(|line| line.line));
    }
    let asked = ChangeAsked { change: Change::Plan { offer: OTHER_OFFER.into() }, when: When::Soonest };
    let start = Instant::now();
    for some in lines.chunks(ASKED_AT_ONCE) {
        match line_change::ask_many(&field.house, &field.staff, some, &asked).await?.context("staff may")? {
            BulkAsked::Done(_) => {}
            BulkAsked::Refused(bulk) => bail!("a plan cannot change: {:?}", bulk.cannot.first()),
        }
    }
    let asking = start.elapsed().as_secs_f64();
    let due = field.house.store.next_due().await?.context("something is planned")?;
    field.house.clock.set(due);
    let start = Instant::now();
    field.rounds().await?;
    let seconds = start.elapsed().as_secs_f64();
    let changed = scoped.lines_by_offer().await?;
    let done = changed.iter().find(|(offer, _)| offer == OTHER_OFFER).map_or(0, |(_, count)| *count);
    if done != i64::try_from(CHANGES)? {
        bail!("{done} of {CHANGES} plans changed");
    }
    Ok(vec![Figure {
        name: "scheduled-changes".to_owned(),
        value: seconds,
        unit: "s for 100,000 planned changes of a 1st",
        goal: CHANGES_GOAL_S,
        reference: format!("asking for them {asking:.1} s; SQLite"),
        ratio: None,
        holds: seconds <= CHANGES_GOAL_S,
    }])
}

fn middle_and_99th(times: &mut [f64]) -> [f64; 2] {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    [at(50), at(99)]
}

#[expect(clippy::float_arithmetic, reason = "a ratio of measured times is no amount")]
fn ratio(found: f64, reference: f64) -> f64 {
    found / reference
}
