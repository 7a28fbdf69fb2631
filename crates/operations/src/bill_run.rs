//! Bill runs (BIL-01): a preview that tells what a month's bills come to, and the run that writes them. Some hundred customers at a time are loaded,
//! decided by `billing` and saved in one transaction with their numbers, the ledger and how far the run is. Whoever dies in between is
//! followed by whoever looks next, where the last transaction left it.

mod decide;
pub mod desk;
mod letterhead;
pub mod tell;
mod totals;

pub use totals::{BillTotals, Worth};

use crate::{
    House, OperationError,
    sim_transfer::program,
    usage_import::{LEASE_S, holder, holder_of, is_gone},
};
use billing::{Before, Run, Sign, Unbillable};
use catalog::Catalog;
use decide::{CustomerBills, Missed, decide};
use jiff::civil::Date;
use letterhead::Letterheads;
pub(crate) use letterhead::seller;
use std::{collections::BTreeMap, time::Duration};
use store::{
    BillSaved, By, CustomerToBill, HeldLease, Issuer, NewEntry, NewInvoice, NewNoticeOfDebit, NewRun, Object, StoreError,
};
pub use store::{BillStage, KeptRun};
use tokio::task::spawn_blocking;
use vocabulary::{BillRunId, CustomerId, Month, Timestamp};

/// So many customers are billed in one transaction.
const BUNDLE: usize = 2_000;
/// So long is waited for an import that writes the counters, before a month is closed.
const IMPORT_WAITED_S: i64 = 120;
/// So many runs are looked at for the one before: the month's own, its preview, and that.
const RUNS_LOOKED_AT: usize = 4;
/// So often it is looked whether that is over.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Why a month cannot be billed.
#[derive(Debug, thiserror::Error)]
pub enum BillRunRefusal {
    /// The operator has no letterhead.
    #[error("operator `{0}` has no `[invoice]` in its operator.toml: nobody would know whom to pay")]
    NoInvoicing(String),
    /// The month has not begun.
    #[error("{0} has not begun: a month is billed from its first day on")]
    NotBegun(Month),
    /// A later month was billed.
    #[error("{0} was billed already: {1} comes before it")]
    BilledLater(Month, Month),
    /// The reseller has no letterhead.
    #[error("the reseller has no letterhead: nobody would know whom to pay")]
    NoLetterhead,
    /// The operator has not closed the month whose usage a reseller bills.
    #[error("the operator has not closed {0}: a reseller bills a month's usage once the operator has billed it")]
    NotClosed(Month),
    /// A month is left out.
    #[error("{0} was not billed yet: bill it before {1}")]
    LeftOut(Month, Month),
    /// A month is begun and not done: the next one would not know what it asks for.
    #[error("{0} is being billed and not done yet: let that end before {1}")]
    Unfinished(Month, Month),
    /// It was billed.
    #[error("{0} was billed already")]
    Billed(Month),
    /// Somebody else is at it.
    #[error("{holder} is billing this month, until {until} at the latest")]
    Busy {
        /// Who.
        holder: String,
        /// Until when.
        until: Timestamp,
    },
    /// Somebody stopped it.
    #[error("{0} stopped this run at {1}: what it billed by then stands, and somebody has to have it go on")]
    Stopped(String, Timestamp),
    /// An import does not end.
    #[error("usage is being taken in, and the month cannot be closed before that is over: try again")]
    Importing,
    /// The database or the catalogue.
    #[error(transparent)]
    Operation(#[from] OperationError),
}

impl From<StoreError> for BillRunRefusal {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// What is asked for: to look, or to bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillAsked {
    /// What would it come to?
    Preview,
    /// Bill it.
    Keep,
}

/// Begins a run, or takes up the one that there is; [`work`] does it.
///
/// # Errors
/// Why the month cannot be billed.
pub async fn begin(
    house: &House,
    issuer: Issuer,
    month: Month,
    (asked, by): (BillAsked, &str),
) -> Result<KeptRun, BillRunRefusal> {
    let entry = program(issuer.operator, house.clock.now(), ("bill_run_begun", whose(issuer)));
    let entry = NewEntry { by: By { name: by.to_owned(), ..entry.by.clone() }, owner: (issuer.reseller, None), ..entry };
    begin_noted(house, issuer, month, (asked, by), entry).await
}

/// The same, noted as an entry of the journal has it: a run that issues invoices is, a preview is not.
async fn begin_noted(
    house: &House,
    issuer: Issuer,
    month: Month,
    (asked, by): (BillAsked, &str),
    entry: NewEntry,
) -> Result<KeptRun, BillRunRefusal> {
    let catalog = house.catalog_of(issuer).await?;
    let now = house.clock.now();
    if !has_letterhead(issuer, &catalog) {
        let id = catalog.operator.id.clone();
        return Err(if issuer.is_operator() { BillRunRefusal::NoInvoicing(id) } else { BillRunRefusal::NoLetterhead });
    }
    if now < month.start(&catalog.operator.time_zone) {
        return Err(BillRunRefusal::NotBegun(month));
    }
    let closed = house.store.last_closed_month(issuer.operator).await?;
    if !issuer.is_operator() && closed.is_none_or(|closed| closed < month.previous()) {
        return Err(BillRunRefusal::NotClosed(month.previous()));
    }
    if let Some(last) = house.store.last_month_billed(issuer).await? {
        if month < last {
            return Err(BillRunRefusal::BilledLater(last, month));
        }
        if month > last && month.previous() != last {
            return Err(BillRunRefusal::LeftOut(last.next(), month));
        }
        if month > last && !house.store.is_month_billed(issuer, last).await? {
            return Err(BillRunRefusal::Unfinished(last, month));
        }
        if month == last && (asked == BillAsked::Preview || house.store.is_month_billed(issuer, month).await?) {
            return Err(BillRunRefusal::Billed(month));
        }
    }
    let totals = serde_json::to_string(&BillTotals::default()).expect("numbers are plain data");
    let stage = if asked == BillAsked::Preview { BillStage::Previewing } else { BillStage::Keeping };
    let issued = now.to_local(&catalog.operator.time_zone).date();
    let noted = (asked == BillAsked::Keep).then(|| NewEntry { after: Some(of_month(month)), ..entry });
    let new = NewRun { issuer, month, stage, issued, begun: (now, by), totals: &totals, noted: noted.clone() };
    let mut run = house.store.begin_run(&new).await?;
    // Who asks for it wants it to go on.
    if let (Some(_), Some(entry)) = (&run.stopped, noted) {
        house.store.go_on_with_run(issuer, run.id, NewEntry { action: "bill_run_went_on", ..entry }).await?;
        run.stopped = None;
    }
    Ok(run)
}

/// Does the catalogue of an issuer say who issues its invoices? A reseller that has nothing of its own has its operator's catalogue.
fn has_letterhead(issuer: Issuer, catalog: &Catalog) -> bool {
    catalog.operator.invoicing.is_some() && (issuer.is_operator() || catalog.is_retail())
}

/// Whose run it is, for the journal.
fn whose(issuer: Issuer) -> Object {
    issuer.reseller.map_or(Object::Operator(issuer.operator), Object::Reseller)
}

/// What the journal says of a run: its month.
fn of_month(month: Month) -> String {
    serde_json::json!({ "month": month.to_string() }).to_string()
}

/// Does a run, from where it is to its end. `told` hears how many customers are done.
///
/// # Errors
/// When somebody else does it, stopped it, or the database fails; in the last case it is taken up again by the next call.
pub async fn work(house: &House, run: KeptRun, told: &(dyn Fn(&KeptRun) + Sync)) -> Result<KeptRun, BillRunRefusal> {
    let holder = holder_of("bill");
    let lease = format!("bill/{}", run.id);
    let now = house.clock.now();
    let times = (now, now.plus_seconds(LEASE_S));
    let fence = match house.store.take_lease(&lease, &holder, times, is_gone).await? {
        Ok(fence) => fence,
        Err(HeldLease { holder, until }) => return Err(BillRunRefusal::Busy { holder, until }),
    };
    let done = Worker { house, lease: (&lease, fence) }.all(run, told).await;
    house.store.give_lease_back(&lease, fence).await?;
    done
}

struct Worker<'a> {
    house: &'a House,
    lease: (&'a str, i64),
}

impl Worker<'_> {
    async fn all(&self, mut run: KeptRun, told: &(dyn Fn(&KeptRun) + Sync)) -> Result<KeptRun, BillRunRefusal> {
        let (house, catalog) = (self.house, self.house.catalog_of(run.issuer).await?);
        let today = house.clock.now().to_local(&catalog.operator.time_zone).date();
        if run.stage == BillStage::Keeping && run.issued < today {
            // What is issued today has the date of today, and is told fourteen days before it is collected, however long the run rested.
            let transaction = house.store.begin().await?;
            self.hold(&transaction).await?;
            transaction.date_run(&run, today).await?;
            transaction.commit().await?;
            run.issued = today;
        }
        if run.stage == BillStage::Keeping && run.issuer.is_operator() {
            close_month(house, &run).await?;
        }
        let before = house.store.is_month_billed(run.issuer, run.month.previous()).await?;
        let before = if before { Before::Billed } else { Before::Elsewhere };
        let letterheads = Letterheads::of(house, &catalog, &run).await?;
        let mut totals = BillTotals::read(&run.totals)?;
        let began = run.month.previous().start(&catalog.operator.time_zone);
        loop {
            let mut customers = house.store.customers_to_bill(run.issuer, (run.after, BUNDLE), (run.month, began)).await?;
            if customers.is_empty() {
                break;
            }
            let mut missed = self.missed(&run, &customers, &catalog).await?;
            let (deciding, month) = (catalog.clone(), run.month);
            let decided = spawn_blocking(move || {
                if deciding.is_retail() {
                    let earlier = missed.values_mut().flatten().map(|missed| (&mut missed.terms, missed.month));
                    let all = customers.iter_mut().map(|customer| (&mut customer.terms, month)).chain(earlier);
                    all.for_each(|(terms, month)| terms.price_at_retail(&deciding, month.previous()));
                }
                let bills = decide(&Run { month, catalog: &deciding, before }, &customers, &missed);
                (customers, bills)
            });
            let (customers, bills) = decided.await.map_err(|_| OperationError::Stopped)?;
            self.save(&mut run, (&mut totals, &letterheads), (&customers, bills)).await?;
            told(&run);
        }
        let transaction = house.store.begin().await?;
        self.hold(&transaction).await?;
        let cut = run.month.start(&catalog.operator.time_zone);
        if !transaction.end_run(&run, (began, cut), house.clock.now()).await? {
            drop(transaction);
            return Err(self.stopped(&run).await?);
        }
        if run.stage == BillStage::Keeping {
            let entry = program(run.issuer.operator, house.clock.now(), ("bill_run_kept", whose(run.issuer)));
            let owner = (run.issuer.reseller, None);
            transaction.note(NewEntry { owner, after: Some(of_month(run.month)), ..entry }).await?;
        }
        transaction.commit().await?;
        run.stage = if run.stage == BillStage::Previewing { BillStage::Previewed } else { BillStage::Kept };
        run.ended = Some(house.clock.now());
        told(&run);
        Ok(run)
    }

    /// What is due of the months whose bills were put aside, of those of these customers who have some, the oldest first.
    async fn missed(
        &self,
        run: &KeptRun,
        customers: &[CustomerToBill],
        catalog: &Catalog,
    ) -> Result<BTreeMap<CustomerId, Vec<Missed>>, BillRunRefusal> {
        let (Some(first), Some(last)) = (customers.first(), customers.last()) else { return Ok(BTreeMap::new()) };
        let mut all = BTreeMap::new();
        for (customer, months) in self.house.store.months_put_aside(run.issuer, (first.id, last.id), run.month).await? {
            let mut missed = Vec::with_capacity(months.len());
            for month in months.into_iter().rev() {
                let began = month.previous().start(&catalog.operator.time_zone);
                let one = (CustomerId(customer.0 - 1), 1);
                let found = self.house.store.customers_to_bill(run.issuer, one, (month, began)).await?;
                let before = self.house.store.is_month_billed(run.issuer, month.previous()).await?;
                let before = if before { Before::Billed } else { Before::Elsewhere };
                let terms = found.into_iter().filter(|found| found.id == customer).map(|found| found.terms);
                missed.extend(terms.map(|terms| Missed { month, before, terms }));
            }
            all.insert(customer, missed);
        }
        Ok(all)
    }

    /// That somebody stopped it, and who.
    async fn stopped(&self, run: &KeptRun) -> Result<BillRunRefusal, BillRunRefusal> {
        let now = self.house.store.bill_run(run.issuer, run.id).await?.and_then(|run| run.stopped);
        // Who had it go on meanwhile has it worked at again.
        Ok(now.map_or(BillRunRefusal::Operation(OperationError::Contended), |(at, by)| BillRunRefusal::Stopped(by, at)))
    }

    async fn hold(&self, transaction: &store::Transaction) -> Result<(), StoreError> {
        let until = self.house.clock.now().plus_seconds(LEASE_S);
        transaction.hold_lease(self.lease.0, (self.lease.1, until)).await
    }

    async fn save(
        &self,
        run: &mut KeptRun,
        (totals, letterheads): (&mut BillTotals, &Letterheads<'_>),
        (customers, bills): (&[CustomerToBill], Vec<Result<CustomerBills, Unbillable>>),
    ) -> Result<(), BillRunRefusal> {
        let house = self.house;
        let many = i64::try_from(customers.len()).unwrap_or(i64::MAX);
        let after = customers.last().map_or(run.after, |customer| customer.id);
        let mut saved = BillSaved { customers: many, after, totals: String::new(), billed: Vec::new(), problems: Vec::new() };
        let mut drafts = Vec::new();
        for (customer, bills) in customers.iter().zip(bills) {
            match bills {
                Ok(bills) => {
                    saved.billed.extend(bills.billed);
                    drafts.extend(bills.drafts.into_iter().map(|(place, draft)| (customer, &customer.accounts[place], draft)));
                }
                Err(why) => {
                    totals.put_aside += 1;
                    saved.problems.push((customer.id, why.to_string()));
                }
            }
        }
        drafts.iter().for_each(|(_, _, draft)| totals.add(draft));
        saved.totals = serde_json::to_string(&totals).expect("numbers are plain data");
        let transaction = house.store.begin().await?;
        self.hold(&transaction).await?;
        if run.stage == BillStage::Keeping {
            let first = match drafts.len() {
                0 => 1,
                count => transaction.take_invoice_numbers(run.issuer, run.issued.year(), count).await?,
            };
            let (mut invoices, mut told) = (Vec::with_capacity(drafts.len()), Vec::new());
            for (place, (customer, account, draft)) in (first..).zip(drafts) {
                let corrects = match draft.sign {
                    Sign::Asks => None,
                    Sign::Gives => transaction.last_invoice(run.issuer, account.id).await?,
                };
                let head = letterheads.head((customer, account), (place, &draft), corrects);
                let facts = draft.issue(head);
                told.push(letterhead::announced(&facts, account).map(|announced| (announced, facts.totals.gross)));
                invoices.push(NewInvoice { customer: customer.id, account: account.id, run: Some(run.id), place, facts });
            }
            let ids = transaction.issue_invoices(run.issuer, invoices, house.clock.now()).await?;
            // The invoice says when it is collected: that is the notice.
            let notices = ids.into_iter().zip(told).filter_map(|(invoice, told)| {
                let (announced, amount) = told?;
                Some(NewNoticeOfDebit { invoice, place: 1, announced, amount })
            });
            transaction.add_debit_notices(&notices.collect::<Vec<_>>(), (house.clock.now(), "")).await?;
        } else {
            saved.billed.clear();
        }
        if !transaction.save_bills(run, &saved).await? {
            drop(transaction);
            return Err(self.stopped(run).await?);
        }
        transaction.commit().await?;
        (run.after, run.done, run.totals) = (after, run.done + many, saved.totals);
        Ok(())
    }
}

/// Closes the month whose usage is billed: what comes later is for the next bill. An import that is writing is waited for.
async fn close_month(house: &House, run: &KeptRun) -> Result<(), BillRunRefusal> {
    let (operator, month) = (run.issuer.operator, run.month.previous());
    if house.store.last_closed_month(operator).await?.is_some_and(|closed| month <= closed) {
        return Ok(());
    }
    let holder = format!("{} bill", holder());
    let patience = house.clock.now().plus_seconds(IMPORT_WAITED_S);
    loop {
        let now = house.clock.now();
        if let Ok(held) = house.store.take_import_lease(operator, &holder, (now, now.plus_seconds(LEASE_S)), is_gone).await? {
            let transaction = house.store.begin().await?;
            transaction.hold_import_lease(operator, (held.fence, now.plus_seconds(LEASE_S))).await?;
            transaction.close_month(operator, month, now).await?;
            transaction.commit().await?;
            house.store.give_import_lease_back(operator, held.fence).await?;
            return Ok(());
        }
        if now >= patience {
            return Err(BillRunRefusal::Importing);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Goes on with the runs that somebody began and nobody is at: a program that died, or a page that only asked.
///
/// # Errors
/// When the database fails.
pub async fn take_up(house: &House) -> Result<usize, OperationError> {
    let mut done = 0;
    for run in house.store.unfinished_runs().await? {
        let id = run.id;
        match work(house, run, &|_| ()).await {
            Ok(_) => done += 1,
            Err(BillRunRefusal::Busy { .. } | BillRunRefusal::Stopped(..)) => {}
            Err(error) => {
                tracing::error!(run = id.0, error = &error as &dyn std::error::Error, "a bill run stopped");
                house.store.note_run_problem(id, &error.to_string()).await?;
            }
        }
    }
    Ok(done)
}

/// A run of an issuer as it stands.
///
/// # Errors
/// When the database fails.
pub async fn run(house: &House, issuer: Issuer, id: BillRunId) -> Result<Option<KeptRun>, OperationError> {
    Ok(house.store.bill_run(issuer, id).await?)
}

/// What the month before one was billed, as far as it was billed here.
///
/// # Errors
/// When the database fails.
pub async fn totals_before(house: &House, issuer: Issuer, month: Month) -> Result<Option<BillTotals>, OperationError> {
    let runs = house.store.bill_runs(issuer, RUNS_LOOKED_AT).await?;
    let before = runs.into_iter().find(|run| run.month == month.previous() && run.stage == BillStage::Kept);
    Ok(before.map(|run| BillTotals::read(&run.totals)).transpose()?)
}

/// The day by which an invoice of a day is to be paid.
fn due_day(issued: Date, days: i64) -> Date {
    issued.saturating_add(jiff::Span::new().days(days))
}
