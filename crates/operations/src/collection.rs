//! Files of direct debits for a bank (BIL-08): what is due, was told and is not stopped goes into one, once. A file is kept as its facts, and the same bytes
//! are written whenever somebody fetches it.

use crate::{
    Actor, House, OperationError,
    bill_run::tell::readers,
    billing_account::{Collector, Told, collector},
    journal::Object,
    mail::Letter,
    mandate::{account_holder, opened},
    permission::Permission,
    usage_import::{LEASE_S, holder, is_gone},
};
use billing::{Address, Announcement, CollectionPlan, Debit, EndToEndId, FileDays, NotCollected};
use catalog::Catalog;
use documents::sepa::{AccountHolder, CollectionFile, Creditor, DebitToSend};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU64, Ordering},
};
pub use store::{DebitState, KeptCollection, KeptDebit};
use store::{Issuer, KeptDebtor, NewDebit, NewMail, NewNoticeOfDebit, Transaction};
use vocabulary::{Bic, BillingAccountId, Cents, CollectionId, CreditorId, DebitId, Iban, InvoiceId};

/// So many accounts are looked at at once.
const BUNDLE: usize = 2_000;
/// So many files are listed.
const MOST_FILES: usize = 50;
/// So often a file is planned, where what it is planned of changes before it is written.
const MOST_PLANS: usize = 2;
/// A file holds the debits of so many days ahead at most.
pub const MOST_DAYS_AHEAD: i64 = 30;

/// What a file would hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Debits by day: how many, and how much.
    pub days: BTreeMap<Date, (i64, Cents)>,
    /// How many invoices would be announced anew, with how much, because nothing or something else was told of them.
    pub announced: (i64, Cents),
    /// What is left because its mandate may not be used.
    pub without_mandate: i64,
}

/// What the desk shows.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Who collects; `None` where nobody does.
    pub collector: Option<Collector>,
    /// The last day that a file would hold.
    pub until: Date,
    /// What it would hold.
    pub outlook: Outlook,
    /// Files that were made, the latest first.
    pub files: Vec<KeptCollection>,
    /// May the reader make one?
    pub can_make: bool,
}

/// What came of making a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A file.
    File(CollectionId),
    /// Nothing is due; so many invoices were announced.
    Nothing(usize),
    /// Somebody else is making one, or changes what it is made of.
    Busy,
    /// Nobody collects here.
    NotCollected,
    /// The day has passed, or is too far ahead.
    WrongDay,
}

/// Who collects, as it is kept with a file.
#[derive(Serialize, Deserialize)]
struct CreditorFacts {
    name: String,
    id: CreditorId,
    iban: Iban,
    bic: Option<Bic>,
    /// The name that customers know.
    brand: String,
}

/// What was made, and what would be; `None` for who may not see it.
///
/// # Errors
/// When the database fails.
pub async fn desk(house: &House, actor: &Actor, until: Option<Date>) -> Result<Option<Desk>, OperationError> {
    if !actor.may(Permission::SeeBankFiles) {
        return Ok(None);
    }
    let (issuer, catalog) = (Issuer::operator(actor.scope.operator), house.catalog(actor.scope.operator).await?);
    let today = today(house, &catalog);
    let collector = collector(&catalog, issuer);
    let first = collector.as_ref().map_or(today, |collector| collector.terms.first_day(today, &catalog.world.bank_holidays));
    let until = until.filter(|until| is_near(today, *until)).unwrap_or(first);
    let mut outlook = Outlook::default();
    if let Some(collector) = &collector {
        let (plan, _) = plan(house, issuer, (collector, &catalog), FileDays { sent: today, until }).await?;
        outlook = plan.outlook();
    }
    let files = house.store.collections(issuer, MOST_FILES).await?;
    Ok(Some(Desk { collector, until, outlook, files, can_make: actor.may(Permission::TakeBankFiles) }))
}

/// A holder of a lease that is nobody else's: two pieces of work of one program are two.
pub(crate) fn one_at_a_time(what: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{} {what} {}", holder(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn today(house: &House, catalog: &Catalog) -> Date {
    house.clock.now().to_local(&catalog.operator.time_zone).date()
}

fn is_near(today: Date, until: Date) -> bool {
    (today..=today.saturating_add(MOST_DAYS_AHEAD.days())).contains(&until)
}

/// What is planned of all accounts.
struct Plan {
    debits: Vec<Debit>,
    announcements: Vec<Announcement>,
    left: Vec<(BillingAccountId, NotCollected)>,
}

impl Plan {
    fn outlook(&self) -> Outlook {
        let mut outlook = Outlook::default();
        for debit in &self.debits {
            let day = outlook.days.entry(debit.day).or_default();
            *day = (day.0 + 1, day.1 + debit.amount());
        }
        for told in &self.announcements {
            outlook.announced = (outlook.announced.0 + 1, outlook.announced.1 + told.part.amount);
        }
        let refused = self.left.iter().filter(|(_, why)| matches!(why, NotCollected::Mandate(_)));
        outlook.without_mandate = i64::try_from(refused.count()).unwrap_or(i64::MAX);
        outlook
    }
}

async fn plan(
    house: &House,
    issuer: Issuer,
    (collector, catalog): (&Collector, &Catalog),
    days: FileDays,
) -> Result<(Plan, BTreeMap<BillingAccountId, KeptDebtor>), OperationError> {
    let (mut after, mut planned) = (BillingAccountId(0), BTreeMap::new());
    let mut whole = Plan { debits: Vec::new(), announcements: Vec::new(), left: Vec::new() };
    loop {
        let (debtors, last) = house.store.debtors(issuer, (after, BUNDLE)).await?;
        let some = debtors.iter().map(|kept| &kept.debtor);
        let plan = CollectionPlan::of(some, days, &collector.terms, &catalog.world.bank_holidays);
        whole.debits.extend(plan.debits);
        whole.announcements.extend(plan.announcements);
        whole.left.extend(plan.left);
        planned.extend(debtors.into_iter().map(|kept| (kept.account.id, kept)));
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    whole.debits.sort_by_key(|debit| (debit.day, debit.sequence, debit.account));
    Ok((whole, planned))
}

/// Makes a file of what is to be collected up to a day, and tells customers of what nobody told them yet. `None` for who may not.
///
/// # Errors
/// When the database fails, something does not open, or a bank would not take the file: then nothing is changed.
pub async fn make(house: &House, actor: &Actor, until: Date) -> Result<Option<Made>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let (issuer, catalog) = (Issuer::operator(actor.scope.operator), house.catalog(actor.scope.operator).await?);
    let Some(collector) = collector(&catalog, issuer) else { return Ok(Some(Made::NotCollected)) };
    let today = today(house, &catalog);
    if !is_near(today, until) {
        return Ok(Some(Made::WrongDay));
    }
    let (lease, now) = (format!("collections/{}", issuer.operator), house.clock.now());
    let times = (now, now.plus_seconds(LEASE_S));
    let holder = one_at_a_time("collections");
    let Ok(fence) = house.store.take_lease(&lease, &holder, times, is_gone).await? else { return Ok(Some(Made::Busy)) };
    let maker = Maker { house, actor, issuer, catalog: &catalog, collector: &collector };
    let made = maker.make(FileDays { sent: today, until }, (&lease, fence)).await;
    house.store.give_lease_back(&lease, fence).await?;
    made.map(Some)
}

struct Maker<'a> {
    house: &'a House,
    actor: &'a Actor,
    issuer: Issuer,
    catalog: &'a Catalog,
    collector: &'a Collector,
}

impl Maker<'_> {
    async fn make(&self, days: FileDays, lease: (&str, i64)) -> Result<Made, OperationError> {
        for _ in 0..MOST_PLANS {
            if let Some(made) = self.make_as_planned(days, lease).await? {
                return Ok(made);
            }
        }
        Ok(Made::Busy)
    }

    /// Plans a file and writes it; `None` where something is not as it was planned any more: then nothing is written.
    async fn make_as_planned(&self, days: FileDays, (lease, fence): (&str, i64)) -> Result<Option<Made>, OperationError> {
        let (house, now) = (self.house, self.house.clock.now());
        let (plan, debtors) = plan(house, self.issuer, (self.collector, self.catalog), days).await?;
        let (notices, mails) = self.announce(&plan.announcements, &debtors).await?;
        if plan.debits.is_empty() && notices.is_empty() {
            return Ok(Some(Made::Nothing(0)));
        }
        let transaction = house.store.begin().await?;
        transaction.hold_lease(lease, (fence, now.plus_seconds(LEASE_S))).await?;
        // Whoever takes a bank's file takes such ids first, too: one who is at it is done from here on, and the next one waits.
        let first = transaction.reserve_debit_ids(plan.debits.len() + 1).await?;
        if !is_as_planned(&transaction, (&plan, &debtors)).await? {
            return Ok(None);
        }
        transaction.add_debit_notices(&notices, (now, &self.actor.name)).await?;
        for mail in &mails {
            transaction.post_mail(mail).await?;
        }
        let mut made = Made::Nothing(notices.len());
        if !plan.debits.is_empty() {
            let (file, debits) = self.file(first, (&plan.debits, &debtors), days)?;
            transaction.add_collection(self.issuer, &file, &debits).await?;
            for debit in &plan.debits {
                let kept = &debtors[&debit.account];
                transaction.use_mandate(&kept.debtor.mandate.reference, debit.day).await?;
            }
            let mut noted = self.actor.entry(now, "collection_made", Object::Operator(self.issuer.operator));
            let amount = format!("{} EUR", file.amount);
            noted.after = Some(json!({ "message": file.message, "debits": file.debits, "amount": amount }).to_string());
            transaction.note(noted).await?;
            made = Made::File(file.id);
        }
        transaction.commit().await?;
        if !mails.is_empty() {
            house.mail_posted();
        }
        Ok(Some(made))
    }

    /// What is told anew: what nobody told yet, what missed its day, and what has another mandate by now.
    async fn announce(
        &self,
        announcements: &[Announcement],
        debtors: &BTreeMap<BillingAccountId, KeptDebtor>,
    ) -> Result<(Vec<NewNoticeOfDebit>, Vec<NewMail>), OperationError> {
        let (mut notices, mut mails) = (Vec::new(), Vec::new());
        for told in announcements {
            let kept = &debtors[&told.account];
            let number = &told.part.number;
            let Some(invoice) = kept.invoices.get(number) else { continue };
            let place = kept.notices.get(number).copied().unwrap_or_default() + 1;
            notices.push(NewNoticeOfDebit {
                invoice: *invoice,
                place,
                announced: told.announced.clone(),
                amount: told.part.amount,
            });
            let letter = || Letter::DebitAnnounced {
                number: number.to_string(),
                amount: told.part.amount,
                day: told.announced.day.to_string(),
                iban: kept.debtor.mandate.iban.masked.clone(),
                reference: told.announced.mandate.to_string(),
                creditor: format!("{}, {}", self.collector.name, self.collector.creditor),
            };
            mails.extend(tell(self.house, &kept.account, letter).await?);
        }
        Ok((notices, mails))
    }

    fn file(
        &self,
        first: i64,
        (planned, debtors): (&[Debit], &BTreeMap<BillingAccountId, KeptDebtor>),
        days: FileDays,
    ) -> Result<(KeptCollection, Vec<NewDebit>), OperationError> {
        let operator = &self.catalog.operator;
        let (house, prefix) = (self.house, &self.collector.prefix);
        let facts = self.creditor_facts()?;
        let mut sent = Vec::with_capacity(planned.len());
        let mut debits = Vec::with_capacity(planned.len());
        for (id, debit) in (first + 1..).zip(planned) {
            let kept = &debtors[&debit.account];
            let mandate = opened(house, kept.debtor.mandate.clone())?;
            let holder = account_holder(&kept.account, (&mandate.iban, mandate.bic, &mandate.holder), operator.country);
            let numbers: Vec<&str> = debit.parts.iter().map(|part| part.number.as_str()).collect();
            let presented = debit.parts.iter().filter_map(|part| kept.presented.get(&part.number)).max();
            let new = NewDebit {
                id: DebitId(id),
                end_to_end: EndToEndId::numbered(prefix, id),
                block: String::new(),
                account: debit.account,
                mandate: debit.mandate.clone(),
                sequence: debit.sequence,
                day: debit.day,
                tries: presented.copied().unwrap_or_default().saturating_add(1),
                address: serde_json::to_string(&holder.address).expect("texts are plain data"),
                said: format!("{} {}", facts.brand, numbers.join(" ")),
                parts: debit.parts.iter().filter_map(|part| Some((*kept.invoices.get(&part.number)?, part.amount))).collect(),
            };
            sent.push(to_send(
                &new.end_to_end,
                (debit.amount(), debit.sequence, debit.day),
                (mandate.reference, mandate.signed),
                (holder, &new.said),
            ));
            debits.push(new);
        }
        let mut file = KeptCollection {
            id: CollectionId(first),
            message: format!("{prefix}-C-{first}"),
            made: house.clock.now(),
            made_by: self.actor.name.clone(),
            last_day: days.until,
            debits: i64::try_from(planned.len()).unwrap_or(i64::MAX),
            amount: Cents::ZERO,
            creditor: serde_json::to_string(&facts).expect("texts are plain data"),
            came_back: 0,
            settled: 0,
        };
        // It is written once before it is kept: a file that no bank would take is not made.
        let written = collection_file(&file, facts, sent).write()?;
        file.amount = written.sum;
        let blocks: BTreeMap<&EndToEndId, &str> =
            written.blocks.iter().flat_map(|block| block.payments.iter().map(move |name| (name, block.id.as_str()))).collect();
        for debit in &mut debits {
            debit.block = blocks.get(&debit.end_to_end).copied().unwrap_or_default().to_owned();
        }
        Ok((file, debits))
    }

    fn creditor_facts(&self) -> Result<CreditorFacts, OperationError> {
        let operator = &self.catalog.operator;
        let missing = || OperationError::NoCatalog(operator.id.clone());
        let invoicing = operator.invoicing.as_ref().ok_or_else(missing)?;
        Ok(CreditorFacts {
            name: invoicing.company.clone(),
            id: self.collector.creditor.parse().map_err(|_| missing())?,
            iban: invoicing.iban.parse().map_err(|_| missing())?,
            bic: invoicing.bic.parse().ok(),
            brand: operator.name.clone(),
        })
    }
}

/// Are the mandates of a plan as they were, and is none of its invoices stopped? The mandates are held from here on.
async fn is_as_planned(
    transaction: &Transaction,
    (plan, debtors): (&Plan, &BTreeMap<BillingAccountId, KeptDebtor>),
) -> Result<bool, OperationError> {
    let debited = plan.debits.iter().flat_map(|debit| debit.parts.iter().map(move |part| (debit.account, &part.number)));
    let told = plan.announcements.iter().map(|told| (told.account, &told.part.number));
    let (mut accounts, mut invoices): (BTreeSet<BillingAccountId>, Vec<InvoiceId>) = (BTreeSet::new(), Vec::new());
    for (account, number) in debited.chain(told) {
        accounts.insert(account);
        invoices.extend(debtors[&account].invoices.get(number).copied());
    }
    let references: Vec<_> = accounts.iter().map(|account| &debtors[account].debtor.mandate.reference).collect();
    let held = transaction.hold_mandates(&references).await?;
    let are_same = held.len() == references.len()
        && held.iter().all(|kept| {
            let planned = &debtors[&kept.account].debtor.mandate;
            (&planned.state, planned.used) == (&kept.mandate.state, kept.mandate.used)
        });
    Ok(are_same && !transaction.is_any_debit_stopped(&invoices).await?)
}

/// A letter to whoever is told of an account's invoices, or else to the customer's first person.
pub(crate) async fn tell(
    house: &House,
    account: &store::BillingAccount,
    letter: impl Fn() -> Letter,
) -> Result<Vec<NewMail>, OperationError> {
    let mut others = Vec::new();
    if account.invoice_email.is_empty() {
        others.extend(first_person(house, account).await?);
    }
    Told::of(house, account, others).await?.mails(house, &account.invoice_email, letter)
}

/// Who is the first to be told of an account's bank account: whoever signs in for the line that it is of, where that line's user pays it; else the
/// customer's first person.
pub(crate) async fn first_person(
    house: &House,
    account: &store::BillingAccount,
) -> Result<Option<(String, String, String)>, OperationError> {
    if account.holder.is_empty() {
        let person = house.store.customer_person(account.customer).await?;
        return Ok(person.map(|person| (person.email, person.name, person.language)));
    }
    let people = house.store.readers(&[account.id], &readers()).await?.remove(&account.id).unwrap_or_default();
    Ok(people.into_iter().next().map(|person| (person.email, person.name, person.language)))
}

fn to_send(
    end_to_end: &EndToEndId,
    (amount, sequence, day): (Cents, billing::Sequence, Date),
    mandate: (vocabulary::MandateReference, Date),
    (debtor, said): (AccountHolder, &str),
) -> DebitToSend {
    DebitToSend { end_to_end: end_to_end.clone(), amount, sequence, day, mandate, debtor, text: said.to_owned() }
}

fn collection_file(file: &KeptCollection, facts: CreditorFacts, debits: Vec<DebitToSend>) -> CollectionFile {
    let CreditorFacts { name, id, iban, bic, .. } = facts;
    CollectionFile { message: file.message.as_str().into(), made: file.made, creditor: Creditor { name, id, iban, bic }, debits }
}

/// A file with its debits; `None` where there is none, and for who may not see it.
///
/// # Errors
/// When the database fails.
pub async fn show(
    house: &House,
    actor: &Actor,
    id: CollectionId,
) -> Result<Option<(KeptCollection, Vec<KeptDebit>)>, OperationError> {
    if !actor.may(Permission::SeeBankFiles) {
        return Ok(None);
    }
    Ok(house.store.collection(Issuer::operator(actor.scope.operator), id).await?)
}

/// A file as the bank takes it, with its name: the same bytes each time. It holds IBANs, so that the journal has who fetched it. `None` where there is none,
/// and for who may not make files.
///
/// # Errors
/// When the database fails, or an IBAN does not open.
pub async fn fetch(house: &House, actor: &Actor, id: CollectionId) -> Result<Option<(String, Vec<u8>)>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let issuer = Issuer::operator(actor.scope.operator);
    let Some((file, debits)) = house.store.collection(issuer, id).await? else { return Ok(None) };
    let corrupt = |value: String| store::StoreError::Corrupt { column: "collection_file.creditor", value };
    let facts: CreditorFacts = serde_json::from_str(&file.creditor).map_err(|error| corrupt(error.to_string()))?;
    let mut sent = Vec::with_capacity(debits.len());
    for debit in debits {
        let mandate = opened(house, debit.mandate)?;
        let address: Option<Address> = serde_json::from_str(&debit.address).map_err(|error| corrupt(error.to_string()))?;
        let holder = AccountHolder { name: mandate.holder, iban: mandate.iban, bic: mandate.bic, address };
        let what = (debit.sent.amount(), debit.sequence, debit.sent.day);
        sent.push(to_send(&debit.sent.end_to_end, what, (mandate.reference, mandate.signed), (holder, &debit.said)));
    }
    let written = collection_file(&file, facts, sent).write()?;
    let transaction = house.store.begin().await?;
    let mut noted = actor.entry(house.clock.now(), "collection_fetched", Object::Operator(issuer.operator));
    noted.after = Some(json!({ "message": file.message }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    Ok(Some((format!("{}.xml", file.message), written.xml.into_bytes())))
}
