//! One usage explained: who it went to, where each part went, and which row of the catalogue decided (RAT-12).

use crate::{
    House, OperationError, Scope,
    allowance::{Book, quantity},
};
use catalog::{Catalog, NumberClass, Price, Version};
use jiff::civil;
use rating::{Part, Why};
use std::collections::{BTreeMap, HashMap};
use store::{KeptUsage, Line, LineHoldings, Matching, Scoped, UsageMonth};
use vocabulary::{
    Access, CountryCode, Direction, LineId, Markup, Money, Month, Party, Quantity, RecordKey, Timestamp, UsageKind,
};

/// A usage as people read it.
#[derive(Clone, Debug)]
pub struct Usage {
    /// Its line.
    pub line: LineId,
    /// When it began.
    pub start: Timestamp,
    /// Its key.
    pub key: RecordKey,
    /// Voice, SMS, MMS or data.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// Who was at the other end.
    pub other: Party,
    /// The destination by name: a country, a class of special numbers; empty for data.
    pub destination: String,
    /// The destination's country, when it is abroad and its name does not say so.
    pub country: Option<CountryCode>,
    /// Where the line was, when it was abroad.
    pub roaming_in: Option<CountryCode>,
    /// Is the other party a value-added or short number?
    pub value_added: bool,
    /// How long, how many, how much.
    pub quantity: Quantity,
    /// What it cost the reader in all: at a reseller's prices its own people and its customers.
    pub price: Money,
    /// How that came.
    pub parts: Vec<UsagePart>,
}

/// One part of a usage.
#[derive(Clone, Debug)]
pub struct UsagePart {
    /// How much of the usage it is.
    pub quantity: Quantity,
    /// How much was counted for it, after increments.
    pub counted: Quantity,
    /// What it cost.
    pub price: Money,
    /// Where it went.
    pub outcome: Outcome,
    /// The row of the catalogue that decided.
    pub rule: Option<Rule>,
}

/// A row of the catalogue.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The file, as it lies in the catalogue's folder.
    pub file: String,
    /// The line in it, from 1 on.
    pub line: i64,
}

/// Where a part went.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Into an allowance.
    Included {
        /// As the catalogue names it.
        allowance: String,
        /// What was left of it before; `None` without an end.
        before: Option<Quantity>,
        /// And after.
        after: Option<Quantity>,
    },
    /// Free by rule.
    Free,
    /// Charged.
    Charged {
        /// What was paid for: a destination or a zone.
        tariff: String,
        /// What the row of prices says.
        terms: Terms,
    },
    /// Not carried any more.
    Stopped,
    /// Carried slowly, without a charge.
    Slowed,
}

/// A row of prices, as far as it explains an amount.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Once a call.
    pub connection_fee: Money,
    /// For each `per`.
    pub price: Money,
    /// What `price` buys.
    pub per: Quantity,
    /// What is counted is a multiple of this.
    pub increment: Quantity,
}

/// One usage with everything that is known of it.
#[derive(Clone, Debug)]
pub struct UsageDetail {
    /// The usage.
    pub usage: Usage,
    /// The line's number or name.
    pub number: Party,
    /// Who uses the line.
    pub user: Option<String>,
    /// Over what.
    pub access: Access,
    /// The zone it counted in, when it was abroad.
    pub zone: Option<String>,
    /// The file that it came in.
    pub file: String,
    /// When that was taken in.
    pub taken_at: Timestamp,
    /// The version of the catalogue that rated it, by its date of effect.
    pub catalogue: civil::Date,
}

/// Which usage: its line, when it began, its key.
#[derive(Clone, Copy, Debug)]
pub struct UsageAddress {
    /// Its line.
    pub line: LineId,
    /// When it began.
    pub start: Timestamp,
    /// Its key.
    pub key: RecordKey,
}

/// One usage, in the reader's language; `None` when it is not there or outside the scope (PLT-01).
///
/// # Errors
/// When the database fails or the operator has no catalogue.
pub async fn usage(
    house: &House,
    scope: Scope,
    address: UsageAddress,
    language: &str,
) -> Result<Option<UsageDetail>, OperationError> {
    let (catalog, retail) = (house.catalog(scope.operator).await?, house.catalog_for(scope).await?);
    let scoped = house.store.reading(scope).await?;
    let month = Month::containing(address.start, &catalog.operator.time_zone);
    let Some((line, months)) = scoped.line_with_months(address.line).await? else { return Ok(None) };
    let Some(month) = months.iter().map(|known| known.month).find(|known| known.month() == month) else { return Ok(None) };
    let Some(kept) = scoped.usage(month, address.line, address.start, address.key).await? else { return Ok(None) };
    let Some(origin) = scoped.file_origin(&kept).await? else { return Ok(None) };
    let priced = (month, retail.markup_of(month.month()));
    let explainer = Explainer::load(&scoped, (&catalog, language), priced, std::slice::from_ref(&kept)).await?;
    let usage = explainer.explain(&kept);
    let version = catalog.version_at(kept.started);
    let abroad = kept.from_country.filter(|country| *country != catalog.operator.country);
    Ok(Some(UsageDetail {
        usage,
        user: user_of(&line),
        number: line.number,
        access: kept.access,
        zone: abroad.map(|country| zone_name(&catalog, version, country, language)),
        file: origin.name,
        taken_at: origin.started,
        catalogue: version.effective,
    }))
}

/// Who uses a line, if anybody is named.
pub(crate) fn user_of(line: &Line) -> Option<String> {
    Some(line.user.clone()).filter(|user| !user.is_empty())
}

fn zone_name(catalog: &Catalog, version: &Version, country: CountryCode, language: &str) -> String {
    version.zones.all.get(version.zone_of(&catalog.world, country)).name.in_language(language).to_owned()
}

/// Explains usages of one month at what the reader pays; each of their lines is laid out once.
pub(crate) struct Explainer<'c> {
    catalog: &'c Catalog,
    language: &'c str,
    markup: Markup,
    books: HashMap<LineId, Book<'c>>,
}

impl<'c> Explainer<'c> {
    /// With a line that is laid out already.
    pub(crate) fn of(book: Book<'c>, (catalog, language): (&'c Catalog, &'c str), markup: Markup) -> Self {
        Self { catalog, language, markup, books: HashMap::from([(book.holdings.terms.id, book)]) }
    }

    /// With the lines of these usages. The version of the catalogue that names a line's counters is that of its first usage here.
    pub(crate) async fn load(
        scoped: &Scoped,
        (catalog, language): (&'c Catalog, &'c str),
        (month, markup): (UsageMonth, Markup),
        usages: &[KeptUsage],
    ) -> Result<Self, OperationError> {
        let mut at: BTreeMap<LineId, Timestamp> = BTreeMap::new();
        for usage in usages {
            at.entry(usage.line).or_insert(usage.started);
        }
        let lines: Vec<LineId> = at.keys().copied().collect();
        let month = month.month();
        let mut states = scoped.month_states(month, &lines).await?;
        let holdings = scoped.line_holdings(&lines, month).await?;
        let open = |(line, holdings): (LineId, LineHoldings)| {
            let state = states.remove(&line).unwrap_or_default();
            Some((line, Book::open((catalog, language), (holdings, state), (month, *at.get(&line)?))))
        };
        Ok(Self { catalog, language, markup, books: holdings.into_iter().filter_map(open).collect() })
    }

    pub(crate) fn explain_all(&self, kept: &[KeptUsage]) -> Vec<Usage> {
        kept.iter().map(|one| self.explain(one)).collect()
    }

    pub(crate) fn explain(&self, kept: &KeptUsage) -> Usage {
        explain(kept, self.catalog, self.language, self.books.get(&kept.line)).marked_up(self.markup)
    }
}

impl Usage {
    fn marked_up(mut self, markup: Markup) -> Self {
        self.price = markup.on(self.price);
        for part in &mut self.parts {
            part.price = markup.on(part.price);
            if let Outcome::Charged { terms, .. } = &mut part.outcome {
                (terms.connection_fee, terms.price) = (markup.on(terms.connection_fee), markup.on(terms.price));
            }
        }
        self
    }
}

fn explain(kept: &KeptUsage, catalog: &Catalog, language: &str, book: Option<&Book<'_>>) -> Usage {
    let home = catalog.operator.country;
    let (destination, says_country) = destination(kept, catalog, language);
    let roaming_in = kept.from_country.filter(|country| *country != home);
    let version = catalog.version_at(kept.started);
    let tariff = match kept.from_country {
        Some(country) if destination.is_empty() || kept.direction == Direction::Received => {
            zone_name(catalog, version, country, language)
        }
        _ => destination.clone(),
    };
    Usage {
        line: kept.line,
        start: kept.started,
        key: kept.key,
        kind: kept.kind,
        direction: kept.direction,
        other: kept.other.clone(),
        country: kept.to_country.filter(|country| *country != home && !says_country && kept.kind != UsageKind::Data),
        destination,
        roaming_in,
        value_added: is_special(kept),
        quantity: kept.quantity,
        price: kept.price,
        parts: kept.parts.iter().map(|part| explain_part(part, version, &tariff, book)).collect(),
    }
}

fn is_special(kept: &KeptUsage) -> bool {
    [NumberClass::Special, NumberClass::Short].iter().any(|class| class.as_str() == kept.to_class)
}

/// The name of where a usage went, and whether it is its country's.
fn destination(kept: &KeptUsage, catalog: &Catalog, language: &str) -> (String, bool) {
    if kept.kind == UsageKind::Data || kept.to_class.is_empty() {
        return (String::new(), false);
    }
    if is_ordinary(&kept.to_class)
        && let Some(country) = kept.to_country.and_then(|code| catalog.world.country(code))
    {
        return (country.name.in_language(language).to_owned(), true);
    }
    (special_name(catalog, &kept.other, &kept.to_class, language), false)
}

fn is_ordinary(class: &str) -> bool {
    [NumberClass::Geographic, NumberClass::Mobile, NumberClass::Machine].iter().any(|known| known.as_str() == class)
}

/// The name of a class of special numbers; empty where the catalogue has none.
fn special_name(catalog: &Catalog, party: &Party, class: &str, language: &str) -> String {
    let world = &catalog.world;
    let group = world.destination(party).map(|ix| world.get(ix).group.as_str()).filter(|group| !group.is_empty());
    let name = world.group_names.get(group.unwrap_or(class)).or_else(|| world.group_names.get(class));
    name.map_or_else(String::new, |name| name.in_language(language).to_owned())
}

fn explain_part(part: &Part, version: &Version, tariff: &str, book: Option<&Book<'_>>) -> UsagePart {
    let mut rule = None;
    let outcome = match &part.why {
        Why::Emergency => Outcome::Free,
        Why::Slowed { .. } => Outcome::Slowed,
        Why::Stopped { .. } => Outcome::Stopped,
        Why::Allowance { meter, after, .. } => {
            let limit = book.and_then(|book| book.limit(meter)).flatten();
            let left = limit.map(|limit| (limit - after).max(0));
            Outcome::Included {
                allowance: book.map_or_else(|| meter.as_str().to_owned(), |book| book.name(meter)),
                before: left.map(|left| quantity(left.saturating_add(part.quantity))),
                after: left.map(quantity),
            }
        }
        Why::Charged { price: id, .. } => {
            let price = version.tariffs.prices.find(id).map(|ix| version.tariffs.prices.get(ix));
            rule = price.and_then(|price| read_source(&price.source));
            match price {
                Some(price) if part.price.is_zero() && price.amount.is_zero() && price.tiers.is_none() => Outcome::Free,
                Some(price) => Outcome::Charged { tariff: tariff.to_owned(), terms: terms(price, part, version) },
                None => Outcome::Charged { tariff: tariff.to_owned(), terms: whole(part) },
            }
        }
    };
    UsagePart { quantity: quantity(part.quantity), counted: quantity(part.counted), price: part.price, outcome, rule }
}

/// What a row of prices says of a part: of tiers the one that gives its amount, of increments the one it fell into.
fn terms(price: &Price, part: &Part, version: &Version) -> Terms {
    let by_volume = part.price.checked_sub(price.fee).unwrap_or(part.price);
    let steps = price.tiers.map(|ix| version.tiers.get(ix).steps.as_slice()).unwrap_or_default();
    let gives = |amount: Money| amount.for_quantity(part.counted, price.per) == Some(by_volume);
    let amount = steps.iter().map(|step| step.amount).find(|amount| gives(*amount)).unwrap_or(price.amount);
    Terms {
        connection_fee: price.fee,
        price: amount,
        per: quantity(price.per),
        increment: quantity(if part.quantity <= price.first { price.first } else { price.then }),
    }
}

/// What is left to say of a part whose row of prices is not known any more: so much for so much.
fn whole(part: &Part) -> Terms {
    let counted = quantity(part.counted);
    Terms { connection_fee: Money::ZERO, price: part.price, per: counted, increment: quantity(1) }
}

fn read_source(source: &str) -> Option<Rule> {
    let (file, line) = source.rsplit_once(':')?;
    Some(Rule { file: file.to_owned(), line: line.parse().ok()? })
}

/// Who is meant by part of a destination's name: the countries so called, and of the special numbers of the month those so called.
pub(crate) async fn matching_destinations(
    scoped: &Scoped,
    (catalog, language): (&Catalog, &str),
    (month, line): (UsageMonth, Option<LineId>),
    name: &str,
) -> Result<Matching, OperationError> {
    let wanted = name.to_lowercase();
    let is_meant = |name: &str| name.to_lowercase().contains(&wanted);
    let countries = catalog.world.countries.iter().filter(|country| is_meant(country.name.in_language(language)));
    let mut matching = Matching { countries: countries.map(|country| country.code).collect(), ..Matching::default() };
    if catalog.world.group_names.values().any(|name| is_meant(name.in_language(language))) {
        for (party, class) in scoped.special_parties(month, line).await? {
            if is_meant(&special_name(catalog, &party, &class, language)) {
                matching.parties.push(party.to_string());
            }
        }
    }
    Ok(matching)
}

/// How a number that somebody typed stands in the records: without the zero or the zeros that begin it when dialled.
pub(crate) fn digits_to_find(catalog: &Catalog, typed: &str) -> String {
    let plan = &catalog.world.plan;
    let is_number = typed.chars().all(|c| c.is_ascii_digit() || "+ .-()/\u{a0}\u{202f}".contains(c));
    if !is_number {
        return typed.to_owned();
    }
    let digits: String = typed.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let abroad = digits.strip_prefix(plan.international_prefix.as_str());
    let national = digits.strip_prefix(plan.trunk_prefix.as_str());
    abroad.or(national).filter(|rest| !rest.is_empty()).unwrap_or(&digits).to_owned()
}
