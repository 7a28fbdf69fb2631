//! Statements of a line's month (BIL-11), and the usage behind an invoice: for who sees what the line uses, with the numbers of others hidden to
//! their last four digits unless the line's subscriber asked for them whole.

use crate::{
    Actor, House, OperationError,
    bill_run::seller,
    grouped,
    invoices::{self, Document, Invoice, made},
    journal::Object,
    line::{self, LineDetail, LineQuery},
    permission::Permission,
    usage::{Explainer, Outcome, Usage},
};
use catalog::Catalog;
use documents::{
    invoice::annex_pdf,
    statement::{Allowance, parts_of, statement_pdf},
};
pub use documents::{
    invoice::{AnnexLine, AnnexRow, CalledNumbers, Charged, UsageAnnex},
    statement::{KindSum, RECORDS_OF_A_PART, Row, Statement, Verdict},
};
use serde_json::json;
use store::{Issuer, KeptUsage, NewEntry, Scoped, UsageMonth, UsageOfMonth};
use vocabulary::{CountryCode, InvoiceId, LineId, Markup, Month, Party, UsageKind};

/// So many records are read at once.
const BATCH: usize = 2_000;
/// No statement is made of more records: its file for spreadsheets would have some thirty megabytes.
pub const MOST_RECORDS: i64 = 300_000;
/// The usage behind an invoice is not laid out beyond so many records.
pub const MOST_OF_ANNEX: i64 = 100_000;

/// How many PDFs so many records come in.
pub fn parts(records: i64) -> usize {
    parts_of(usize::try_from(records).unwrap_or_default())
}

/// What there is to download of a line's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A statement of so many records, the numbers of others shown so; none where the line was not used.
    Records(i64),
    /// The records are erased, as the law wants it.
    Erased,
    /// Only who has the line's own access sees what it uses (TEL-07).
    Private,
}

/// What the page of a line's statements shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The line.
    pub line: LineId,
    /// Its number or name; unknown while it is not given yet.
    pub number: Party,
    /// The month.
    pub month: Month,
    /// The months to choose from, the latest first.
    pub months: Vec<Month>,
    /// What there is of it.
    pub standing: Standing,
    /// How numbers are shown.
    pub called: CalledNumbers,
    /// May the reader change that?
    pub may_ask: bool,
}

/// The page of a line's statements; `None` for a line outside the reader's scope.
///
/// # Errors
/// When the database fails.
pub async fn shown(house: &House, actor: &Actor, line: LineId, month: Option<Month>) -> Result<Option<Shown>, OperationError> {
    let scoped = house.store.scoped(actor.scope);
    let Some(known) = scoped.line(line).await? else { return Ok(None) };
    let catalog = house.catalog(actor.scope.operator).await?;
    let current = Month::containing(house.clock.now(), &catalog.operator.time_zone);
    let used = scoped.usage_months(Some(line)).await?;
    let (month, _, months) = line::choose_month(month, &used, current);
    let is_private = scoped.private_lines().await?.contains(&line);
    let standing = if is_private { Standing::Private } else { standing(&scoped, line, month).await?.0 };
    let called = called(&scoped, line).await?;
    let may_ask = actor.may(Permission::AskWholeNumbers) && !is_private;
    Ok(Some(Shown { line, number: known.number, month, months, standing, called, may_ask }))
}

async fn standing(scoped: &Scoped, line: LineId, month: Month) -> Result<(Standing, Option<UsageMonth>), OperationError> {
    Ok(match scoped.usage_of_month(line, month).await? {
        UsageOfMonth::Nothing => (Standing::Records(0), None),
        UsageOfMonth::Erased => (Standing::Erased, None),
        UsageOfMonth::Kept(month, many) => (Standing::Records(many), Some(month)),
    })
}

async fn called(scoped: &Scoped, line: LineId) -> Result<CalledNumbers, OperationError> {
    let whole = scoped.lines_with_whole_numbers(&[line]).await?;
    Ok(if whole.contains(&line) { CalledNumbers::Whole } else { CalledNumbers::Hidden })
}

/// Why there is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDocument {
    /// The records are erased, as the law wants it.
    Erased,
    /// Only who has the line's own access sees what it uses.
    Private,
    /// There are more records than such a document holds.
    TooMany,
    /// The lines used nothing.
    Nothing,
    /// It comes in so many parts, and none of them was asked for, or one that is not there.
    Parts(usize),
}

/// The statement of a line's month, in a language; `None` for a line outside the reader's scope.
///
/// # Errors
/// When the database fails.
pub async fn statement(
    house: &House,
    actor: &Actor,
    (id, month): (LineId, Month),
    language: &str,
) -> Result<Option<Result<Statement, NoDocument>>, OperationError> {
    let catalog = house.catalog(actor.scope.operator).await?;
    let query = LineQuery { month: Some(month), ..LineQuery::default() };
    let scoped = house.store.scoped(actor.scope);
    if scoped.line(id).await?.is_none() {
        return Ok(None);
    }
    if scoped.private_lines().await?.contains(&id) {
        return Ok(Some(Err(NoDocument::Private)));
    }
    let used = match standing(&scoped, id, month).await? {
        (Standing::Erased, _) => return Ok(Some(Err(NoDocument::Erased))),
        (Standing::Records(many), _) if many > MOST_RECORDS => return Ok(Some(Err(NoDocument::TooMany))),
        (_, used) => used,
    };
    let Some(detail) = line::line(house, actor.scope, id, &query, language).await? else { return Ok(None) };
    let Some(issuer) = issuer(&scoped, actor, id).await? else { return Ok(None) };
    // It goes out in the name of who bills the line, whoever of the house asks for it.
    let markup = house.catalog_of(issuer).await?.markup_of(month);
    let mut rows = Vec::new();
    if let Some(used) = used {
        each(&scoped, (&catalog, language), (used, id, markup), |_, usage| rows.push(row(&catalog, &usage))).await?;
    }
    let today = house.clock.now().to_local(&catalog.operator.time_zone).date();
    let operator = &catalog.operator;
    Ok(Some(Ok(Statement {
        language: language.to_owned(),
        currency: operator.currency.clone(),
        seller: seller(house, issuer).await?,
        line: id,
        number: number(&catalog, &detail),
        user: detail.head.user.clone().unwrap_or_default(),
        customer: detail.head.customer.clone(),
        offer: detail.head.offer.clone(),
        month,
        so_far: (month == Month::of(today)).then_some(today),
        allowances: allowances(&detail),
        called: called(&scoped, id).await?,
        rows,
    })))
}

/// Who bills a line: its reseller's customers are the reseller's.
async fn issuer(scoped: &Scoped, actor: &Actor, line: LineId) -> Result<Option<Issuer>, OperationError> {
    let user = scoped.line_user(line).await?;
    Ok(user.map(|user| Issuer { operator: actor.scope.operator, reseller: user.owner.0 }))
}

fn number(catalog: &Catalog, detail: &LineDetail) -> String {
    detail.head.number.as_ref().map(|number| grouped::party(number, &catalog.world.plan)).unwrap_or_default()
}

fn allowances(detail: &LineDetail) -> Vec<Allowance> {
    let read = |allowance: &crate::AllowanceUse| Allowance {
        name: allowance.name.clone(),
        kind: allowance.kind,
        used: allowance.consumed.used.units(),
        included: allowance.consumed.included.map(|included| included.units()),
    };
    detail.allowances.iter().map(read).collect()
}

/// Tells each record of a line's month, the earliest first, as it is kept and as people read it.
async fn each(
    scoped: &Scoped,
    (catalog, language): (&Catalog, &str),
    (month, line, markup): (UsageMonth, LineId, Markup),
    mut told: impl FnMut(&KeptUsage, Usage),
) -> Result<(), OperationError> {
    let mut after = None;
    loop {
        let kept = scoped.usage_in_order((month, line), after, BATCH).await?;
        let Some(last) = kept.last() else { return Ok(()) };
        after = Some((last.started, last.key));
        let explainer = Explainer::load(scoped, (catalog, language), (month, markup), &kept).await?;
        kept.iter().for_each(|kept| told(kept, explainer.explain(kept)));
    }
}

fn row(catalog: &Catalog, usage: &Usage) -> Row {
    let charged = usage.parts.iter().filter(|part| matches!(part.outcome, Outcome::Charged { .. }));
    Row {
        at: usage.start.to_local(&catalog.operator.time_zone),
        kind: usage.kind,
        direction: usage.direction,
        party: party(catalog, usage),
        destination: usage.destination.clone(),
        roaming_in: usage.roaming_in,
        units: usage.quantity.units(),
        charged_units: charged.map(|part| part.quantity.units()).sum(),
        verdict: verdict(usage),
    }
}

fn party(catalog: &Catalog, usage: &Usage) -> String {
    if usage.kind == UsageKind::Data { String::new() } else { grouped::party(&usage.other, &catalog.world.plan) }
}

fn verdict(usage: &Usage) -> Verdict {
    if usage.price.is_positive() {
        return Verdict::Amount(usage.price);
    }
    match usage.parts.last().map(|part| &part.outcome) {
        Some(Outcome::Included { .. }) => Verdict::Included,
        Some(Outcome::Stopped) => Verdict::Stopped,
        Some(Outcome::Slowed) => Verdict::Slowed,
        Some(Outcome::Charged { .. }) => Verdict::Amount(usage.price),
        Some(Outcome::Free) | None => Verdict::Free,
    }
}

/// A line's month as a PDF, or that part of it, the first of which is 0; `None` for a line outside the reader's scope.
///
/// # Errors
/// When the database fails, or the document cannot be made.
pub async fn pdf(
    house: &House,
    actor: &Actor,
    (line, month, part): (LineId, Month, usize),
    language: &str,
) -> Result<Option<Result<Document, NoDocument>>, OperationError> {
    let statement = match statement(house, actor, (line, month), language).await? {
        None => return Ok(None),
        Some(Err(why)) => return Ok(Some(Err(why))),
        Some(Ok(statement)) => statement,
    };
    let parts = parts_of(statement.rows.len());
    if part >= parts {
        return Ok(Some(Err(NoDocument::Parts(parts))));
    }
    let logo = match &statement.seller.logo {
        Some(hash) => house.store.brand_logo(hash).await?,
        None => None,
    };
    let name = named(&file_name(&statement), part, parts);
    let bytes = made(move || statement_pdf(&statement, part, logo.as_deref())).await?;
    Ok(Some(Ok(Document { number: name, bytes })))
}

/// The name of a file, with its part where there are several.
fn named(name: &str, part: usize, parts: usize) -> String {
    if parts > 1 { format!("{name}-{}", part + 1) } else { name.to_owned() }
}

/// What the file of a statement is called, without its ending.
pub fn file_name(statement: &Statement) -> String {
    let number: String = statement.number.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{number}-{}", statement.month)
}

/// Shows the numbers of others whole on a line's statements from now on, or hides them again. `None` for a line outside the asker's scope, and
/// for who may not.
///
/// # Errors
/// When the database fails.
pub async fn ask_numbers(
    house: &House,
    actor: &Actor,
    line: LineId,
    called: CalledNumbers,
) -> Result<Option<()>, OperationError> {
    let scoped = house.store.scoped(actor.scope);
    let Some(kept) = scoped.line_user(line).await? else { return Ok(None) };
    if !actor.may(Permission::AskWholeNumbers) || scoped.private_lines().await?.contains(&line) {
        return Ok(None);
    }
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    let is_whole = called == CalledNumbers::Whole;
    let is_changed = match is_whole {
        true => transaction.show_numbers(line, (&actor.name, now)).await?,
        false => transaction.hide_numbers(line).await?,
    };
    if is_changed {
        let entry = actor.entry(now, "line_numbers_shown", Object::Line(line));
        let told = |whole: bool| Some(json!({ "numbers_shown": if whole { "whole" } else { "hidden" } }).to_string());
        let (reseller, customer) = kept.owner;
        let owner = (reseller, Some(customer));
        transaction.note(NewEntry { owner, before: told(!is_whole), after: told(is_whole), ..entry }).await?;
    }
    transaction.commit().await?;
    Ok(Some(()))
}

/// The usage that an invoice asks for, at what it asks: of its lines, as far as the reader sees what they use. `None` where there is no such invoice
/// that they see.
///
/// # Errors
/// When the database fails.
pub async fn invoiced_usage(
    house: &House,
    actor: &Actor,
    id: InvoiceId,
) -> Result<Option<Result<(Invoice, UsageAnnex), NoDocument>>, OperationError> {
    if !actor.may(Permission::SeeLines) {
        return Ok(None);
    }
    let Some(invoices::Shown { invoice, row, .. }) = invoices::show(house, actor, id).await? else { return Ok(None) };
    let catalog = house.catalog(actor.scope.operator).await?;
    let scoped = house.store.scoped(actor.scope);
    let month = invoice.month.previous();
    let markup = house.catalog_of(row.issuer).await?.markup_of(month);
    let private = scoped.private_lines().await?;
    let ids: Vec<LineId> = invoice.subjects.iter().map(|subject| subject.line).collect();
    let whole = scoped.lines_with_whole_numbers(&ids).await?;
    let (mut lines, mut records, mut is_erased, mut hidden) = (Vec::new(), 0, false, Vec::new());
    for subject in &invoice.subjects {
        if private.contains(&subject.line) {
            hidden.push(subject.number.clone());
            continue;
        }
        let used = match standing(&scoped, subject.line, month).await? {
            (Standing::Erased, _) => {
                is_erased = true;
                continue;
            }
            (Standing::Records(many), Some(used)) => {
                records += many;
                used
            }
            _ => continue,
        };
        if records > MOST_OF_ANNEX {
            return Ok(Some(Err(NoDocument::TooMany)));
        }
        let called = if whole.contains(&subject.line) { CalledNumbers::Whole } else { CalledNumbers::Hidden };
        let mut rows = Vec::new();
        let language = invoice.language.as_str();
        let told = |kept: &KeptUsage, usage: Usage| rows.push(annex_row(&catalog, kept, &usage));
        each(&scoped, (&catalog, language), (used, subject.line, markup), told).await?;
        lines.push(AnnexLine { number: subject.number.clone(), user: subject.user.clone(), called, rows });
    }
    if lines.is_empty() {
        return Ok(Some(Err(match (is_erased, hidden.is_empty()) {
            (true, _) => NoDocument::Erased,
            (false, false) => NoDocument::Private,
            (false, true) => NoDocument::Nothing,
        })));
    }
    Ok(Some(Ok((invoice, UsageAnnex { lines, hidden }))))
}

/// The same as a PDF. What comes in parts is asked for part by part, the first of which is 0.
///
/// # Errors
/// When the database fails, or the document cannot be made.
pub async fn annex(
    house: &House,
    actor: &Actor,
    (id, part): (InvoiceId, Option<usize>),
) -> Result<Option<Result<Document, NoDocument>>, OperationError> {
    let (invoice, usage) = match invoiced_usage(house, actor, id).await? {
        None => return Ok(None),
        Some(Err(why)) => return Ok(Some(Err(why))),
        Some(Ok(found)) => found,
    };
    let parts = parts_of(usage.records());
    let Some(part) = part.or((parts == 1).then_some(0)).filter(|part| *part < parts) else {
        return Ok(Some(Err(NoDocument::Parts(parts))));
    };
    let name = named(&format!("{}-usage", invoice.number.as_str()), part, parts);
    let bytes = made(move || annex_pdf(&invoice, &usage, part)).await?;
    Ok(Some(Ok(Document { number: name, bytes })))
}

fn annex_row(catalog: &Catalog, kept: &KeptUsage, usage: &Usage) -> AnnexRow {
    let home = catalog.operator.country;
    let abroad = |country: Option<CountryCode>| country.filter(|country| *country != home);
    AnnexRow {
        at: usage.start.to_local(&catalog.operator.time_zone),
        kind: usage.kind,
        party: party(catalog, usage),
        country: abroad(kept.from_country).or(abroad(kept.to_country)),
        units: usage.quantity.units(),
        charged: match verdict(usage) {
            Verdict::Amount(amount) => Charged::Amount(amount),
            Verdict::Included | Verdict::Free | Verdict::Stopped | Verdict::Slowed => Charged::Included,
        },
    }
}
