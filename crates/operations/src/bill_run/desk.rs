//! Bill runs as the staff of an operator or a reseller sees and asks for them: which there are, which month is next, what it would come to,
//! and the work beside the pages that goes on with what was asked.

use super::{BillAsked, BillRunRefusal, BillTotals, begin_noted, has_letterhead, of_month, take_up, tell, totals_before, whose};
use crate::{Actor, House, OperationError, Reach, permission::Permission};
use std::time::Duration;
pub use store::WithoutCompany;
use store::{BillStage, Issuer, KeptRun, NewEntry};
use vocabulary::{BillRunId, Month};

/// So many runs are listed.
const MOST_RUNS: usize = 60;
/// So many customers whose bills were put aside are named.
const MOST_PROBLEMS: usize = 200;
/// So often it is looked for runs that another program asked for, or left.
const EVERY: Duration = Duration::from_secs(5);
/// So long a run rests that stopped with a problem.
const REST: Duration = Duration::from_secs(60);

/// The runs of an issuer.
#[derive(Clone, Debug)]
pub struct BillDesk {
    /// The latest month first, each with what it came to so far.
    pub runs: Vec<(KeptRun, BillTotals)>,
    /// The month that can be billed next; none while a month is being billed, and before the next one begins.
    pub next: Option<Month>,
    /// A reseller's next month, whose usage its operator has not billed yet.
    pub waits: Option<Month>,
    /// Are they a reseller's?
    pub is_reseller: bool,
    /// Does it say who issues its invoices?
    pub has_letterhead: bool,
}

/// In whose name somebody bills: a reseller's people in its own.
fn issuer_of(actor: &Actor) -> Issuer {
    let reseller = match actor.scope.reach {
        Reach::Reseller(id) => Some(id),
        Reach::Operator | Reach::Customer(_) | Reach::Line(_) => None,
    };
    Issuer { operator: actor.scope.operator, reseller }
}

/// A run, and the month before to compare it with.
#[derive(Clone, Debug)]
pub struct ShownRun {
    /// The run.
    pub run: KeptRun,
    /// What it came to so far.
    pub totals: BillTotals,
    /// What the month before came to, where it was billed here.
    pub before: Option<BillTotals>,
    /// Customers whose bills were put aside, by reference, and why.
    pub problems: Vec<(String, String)>,
    /// Resellers whose lines it does not bill, because no company pays for them.
    pub without_company: Vec<WithoutCompany>,
}

/// The runs; `None` for who does not see them.
///
/// # Errors
/// When the database fails.
pub async fn desk(house: &House, actor: &Actor) -> Result<Option<BillDesk>, OperationError> {
    if !actor.may(Permission::SeeBillRuns) {
        return Ok(None);
    }
    let issuer = issuer_of(actor);
    let mut runs = Vec::new();
    for run in house.store.bill_runs(issuer, MOST_RUNS).await? {
        let totals = BillTotals::read(&run.totals)?;
        runs.push((run, totals));
    }
    let zone = house.catalog(issuer.operator).await?.operator.time_zone.clone();
    let now = house.clock.now();
    let closed = house.store.last_closed_month(issuer.operator).await?;
    let next = match house.store.last_month_billed(issuer).await? {
        Some(last) if house.store.is_month_billed(issuer, last).await? => Some(last.next()),
        Some(_) => None,
        // A reseller begins with the latest month whose usage its operator has billed.
        None if !issuer.is_operator() => closed.map(Month::next),
        None => Some(Month::containing(now, &zone)),
    };
    let next = next.filter(|month| month.start(&zone) <= now);
    let waits = next.filter(|month| !issuer.is_operator() && closed.is_none_or(|closed| closed < month.previous()));
    let has_letterhead = has_letterhead(issuer, &*house.catalog_of(issuer).await?);
    Ok(Some(BillDesk { runs, next: next.filter(|_| waits.is_none()), waits, is_reseller: !issuer.is_operator(), has_letterhead }))
}

/// A run; `None` where there is none that they see.
///
/// # Errors
/// When the database fails.
pub async fn shown(house: &House, actor: &Actor, id: BillRunId) -> Result<Option<ShownRun>, OperationError> {
    if !actor.may(Permission::SeeBillRuns) {
        return Ok(None);
    }
    let issuer = issuer_of(actor);
    let Some(run) = house.store.bill_run(issuer, id).await? else { return Ok(None) };
    let totals = BillTotals::read(&run.totals)?;
    let before = totals_before(house, issuer, run.month).await?;
    let problems = house.store.bill_problems(run.id, MOST_PROBLEMS).await?;
    let problems = problems.into_iter().map(|(_, reference, why)| (reference, why)).collect();
    let without_company = house.store.billed_without_company(run.id).await?;
    Ok(Some(ShownRun { run, totals, before, problems, without_company }))
}

/// Has a month's bills counted; the run that does it. `None` for who may not.
///
/// # Errors
/// Why the month cannot be billed.
pub async fn preview(house: &House, actor: &Actor, month: Month) -> Result<Option<BillRunId>, BillRunRefusal> {
    if !actor.may(Permission::RunBills) {
        return Ok(None);
    }
    ask(house, actor, (month, BillAsked::Preview)).await.map(Some)
}

/// Has the invoices issued that a preview told; the run that does it. `None` for who may not, and for what is no finished preview any more.
///
/// # Errors
/// Why the month cannot be billed.
pub async fn issue(house: &House, actor: &Actor, preview: BillRunId) -> Result<Option<BillRunId>, BillRunRefusal> {
    if !actor.may(Permission::RunBills) {
        return Ok(None);
    }
    let told = house.store.bill_run(issuer_of(actor), preview).await?;
    let Some(told) = told.filter(|run| run.stage == BillStage::Previewed) else { return Ok(None) };
    ask(house, actor, (told.month, BillAsked::Keep)).await.map(Some)
}

/// Stops a run: what it billed by then stands, and nothing more is billed until somebody has it go on. `None` for who may not, and for what is not there;
/// `false` where it is at its end, or stopped before.
///
/// # Errors
/// When the database fails.
pub async fn stop(house: &House, actor: &Actor, id: BillRunId) -> Result<Option<bool>, OperationError> {
    let Some((issuer, entry)) = one_to_hold(house, actor, (id, "bill_run_stopped")).await? else { return Ok(None) };
    Ok(Some(house.store.stop_run(issuer, id, (entry.at, &actor.name), entry.clone()).await?))
}

/// Has a stopped run go on. `None` for who may not, and for what is not there; `false` where nobody stopped it.
///
/// # Errors
/// When the database fails.
pub async fn go_on(house: &House, actor: &Actor, id: BillRunId) -> Result<Option<bool>, OperationError> {
    let Some((issuer, entry)) = one_to_hold(house, actor, (id, "bill_run_went_on")).await? else { return Ok(None) };
    let went_on = house.store.go_on_with_run(issuer, id, entry).await?;
    house.bills_asked();
    Ok(Some(went_on))
}

/// In whose name a run is, and what the journal says of what is done with it; `None` for who may not.
async fn one_to_hold(
    house: &House,
    actor: &Actor,
    (id, action): (BillRunId, &'static str),
) -> Result<Option<(Issuer, NewEntry)>, OperationError> {
    if !actor.may(Permission::RunBills) {
        return Ok(None);
    }
    let issuer = issuer_of(actor);
    let Some(run) = house.store.bill_run(issuer, id).await? else { return Ok(None) };
    let entry = actor.entry(house.clock.now(), action, whose(issuer));
    Ok(Some((issuer, NewEntry { after: Some(of_month(run.month)), ..entry })))
}

async fn ask(house: &House, actor: &Actor, (month, asked): (Month, BillAsked)) -> Result<BillRunId, BillRunRefusal> {
    let issuer = issuer_of(actor);
    let entry = actor.entry(house.clock.now(), "bill_run_begun", whose(issuer));
    let run = begin_noted(house, issuer, month, (asked, &actor.name), entry).await?;
    house.bills_asked();
    Ok(run.id)
}

/// Goes on with what was asked for, until `stop` comes: what is on its way then is taken up after the next start.
pub async fn run(house: House, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        let wait = tokio::select! {
            () = &mut stop => return,
            wait = round(&house) => wait,
        };
        tokio::select! {
            () = &mut stop => return,
            () = house.bills_wait() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Takes up all that there is, and tells what was issued; how long to wait then.
async fn round(house: &House) -> Duration {
    let taken = async {
        take_up(house).await?;
        tell::take_up(house).await?;
        Ok::<_, OperationError>(house.store.unfinished_runs().await?.is_empty())
    };
    match taken.await {
        Ok(true) => EVERY,
        Ok(false) => REST,
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "bill runs");
            REST
        }
    }
}
