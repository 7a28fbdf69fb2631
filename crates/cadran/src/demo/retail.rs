//! The first reseller that an invented operator has sells at prices of its own, under its own letterhead, and has billed its customers; the month that
//! has begun is left for who looks at it to bill.

use anyhow::Context as _;
use catalog::{Catalog, RetailItem, RetailKind, RetailPrice};
use demo::DemoReseller;
use jiff::civil::Date;
use operations::{
    House,
    bill_run::{self, BillAsked},
};
use store::{Issuer, KeptLetterhead};
use vocabulary::{Clock, Money, Month, OperatorId};

/// A reseller adds so many per cent, and a price ends at ten cents below a whole amount.
const MARGIN: i64 = 20;
const CENT: i64 = 10_000;
const WHOLE: i64 = 100 * CENT;
/// So many days to pay.
const DUE_DAYS: i16 = 30;

/// What a reseller makes of the operator's price: of usage just so much more, since its prices are no round ones.
fn marked_up(item: &RetailItem, operators: Money) -> Money {
    let more = operators.micros() * (100 + MARGIN) / 100;
    if item.kind == RetailKind::Usage {
        return Money::from_micros(more);
    }
    let above = more.div_euclid(WHOLE) * WHOLE + if more.rem_euclid(WHOLE) == 0 { 0 } else { WHOLE };
    Money::from_micros((above - 10 * CENT).max(0))
}

/// Who it is on its invoices: the company that the operator bills.
fn letterhead(reseller: &DemoReseller, prefix: &str) -> KeptLetterhead {
    let (company, paper) = (&reseller.company, &reseller.company.paper);
    KeptLetterhead {
        prefix: prefix.to_owned(),
        company: company.name.clone(),
        legal_form: "SAS au capital de 40 000 €, RCS Brest".to_owned(),
        legal_id: paper.legal_id.clone(),
        vat_number: paper.vat_number.clone(),
        street: paper.street.clone(),
        postcode: company.postcode.clone(),
        town: paper.town.clone(),
        iban: "FR1420041010050500013M02606".to_owned(),
        bic: "PSSTFRPPREN".to_owned(),
        due_days: DUE_DAYS,
        mention: String::new(),
        version: 0,
    }
}

/// The reseller, with its prices and its letterhead; `None` where the operator has none.
pub(super) async fn open(
    house: &House,
    operator: OperatorId,
    resellers: &[DemoReseller],
    (catalog, today): (&Catalog, Date),
) -> anyhow::Result<Option<Issuer>> {
    let Some(first) = resellers.first() else { return Ok(None) };
    let id = house.store.reseller_named(operator, &first.slug).await?.with_context(|| format!("no reseller `{}`", first.slug))?;
    let issuer = Issuer { operator, reseller: Some(id) };
    if house.store.letterhead(id).await?.is_some() {
        return Ok(Some(issuer));
    }
    let items = catalog.version_at(house.clock.now()).retail_items();
    let priced = |from| {
        move |(item, operators): &(RetailItem, Money)| RetailPrice {
            item: item.clone(),
            from,
            amount: marked_up(item, *operators),
        }
    };
    let mut prices: Vec<RetailPrice> = items.iter().filter(|(_, price)| price.is_positive()).map(priced(None)).collect();
    // The first plan costs more from next month on.
    let next = Month::of(today).next().first_day();
    if let Some(plan) = items.iter().find(|(_, price)| price.is_positive()) {
        let dearer = plan.1.checked_add(Money::from_micros(WHOLE)).unwrap_or(plan.1);
        prices.push(priced(Some(next))(&(plan.0.clone(), dearer)));
    }
    let prefix: String = first.slug.chars().take(2).collect::<String>().to_ascii_uppercase();
    let transaction = house.store.begin().await?;
    transaction.add_retail_prices(id, &prices, (house.clock.now(), "cadran demo")).await?;
    let is_kept = transaction.keep_letterhead(issuer, &letterhead(first, &prefix)).await?;
    anyhow::ensure!(is_kept, "numbers of another issuer begin with `{prefix}`");
    transaction.commit().await?;
    Ok(Some(issuer))
}

/// Bills the months between two that its operator has billed and it has not, each some hours after.
pub(super) async fn bill(house: &House, issuer: Issuer, catalog: &Catalog, (first, last): (Month, Month)) -> anyhow::Result<()> {
    /// So many seconds after the beginning of a month.
    const BILLED_AT_S: i64 = 9 * 3_600;
    let mut month = house.store.last_month_billed(issuer).await?.unwrap_or(first);
    while month <= last {
        if !house.store.is_month_billed(issuer, month).await? {
            let then = month.start(&catalog.operator.time_zone).plus_seconds(BILLED_AT_S);
            let house = house.clone().with_clock(Clock::held_at(then));
            let run = bill_run::begin(&house, issuer, month, (BillAsked::Keep, "cadran demo")).await?;
            bill_run::work(&house, run, &|_| ()).await?;
            bill_run::tell::take_up(&house).await?;
        }
        month = month.next();
    }
    Ok(())
}
