//! What the operator bills, collects and is owed, month by month, and with what it earns: charts, tables, and files for spreadsheets (BIL-12).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    chart::{Chart, ChartUnit, Drawing},
    csv::{Cell, Csv},
    invoices::revenue_name,
    page::Value,
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use form_urlencoded::{Serializer, parse};
use operations::revenue::{self, Asked, Earned, Earner, MonthSums, Revenue, Shown};
use vocabulary::{Cents, Month};

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of which months, and of whom.
    pub asked: Asked,
    /// The offer, option or pack whose months are shown, as [`key`] names it; empty: the first one.
    pub with: String,
}

/// No key is longer: a longer text is cut.
const LONGEST_KEY: usize = 120;

impl Filter {
    /// Reads the query of an address; what it cannot read it passes over.
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            match name.as_ref() {
                "months" => filter.asked.two_years = value == "24",
                "issuer" => filter.asked.issuer = value.parse().ok(),
                "with" => filter.with = value.chars().take(LONGEST_KEY).collect(),
                _ => {}
            }
        }
        filter
    }

    fn query(&self, more: &[(&str, &str)]) -> String {
        let mut query = Serializer::new(String::new());
        if self.asked.two_years {
            query.append_pair("months", "24");
        }
        if let Some(issuer) = self.asked.issuer {
            query.append_pair("issuer", &issuer.to_string());
        }
        if !self.with.is_empty() {
            query.append_pair("with", &self.with);
        }
        query.extend_pairs(more);
        query.finish()
    }

    /// The address that says this.
    pub fn url(&self) -> String {
        let query = self.query(&[]);
        if query.is_empty() { "/revenue".into() } else { format!("/revenue?{query}") }
    }
}

/// What earns, in an address.
fn key(earner: &Earner) -> String {
    match earner {
        Earner::Offer(id, _) => format!("offer/{id}"),
        Earner::LineOption(id, _) => format!("option/{id}"),
        Earner::Pack(id, _) => format!("pack/{id}"),
        Earner::Minimum => "minimum".to_owned(),
        Earner::Rest(revenue) => revenue.as_str().to_owned(),
    }
}

/// The page.
#[derive(Template)]
#[template(path = "revenue.html")]
pub struct RevenuePage {
    /// Its frame.
    pub page: Page,
    /// What was asked for.
    pub filter: Filter,
    /// What was found.
    pub shown: Shown,
}

/// A figure of a month.
type Figure = fn(&MonthSums) -> Cents;

impl RevenuePage {
    fn sum(&self, figure: Figure) -> Cents {
        self.shown.months.iter().map(|(_, sums)| figure(sums)).sum()
    }

    fn money(&self, amount: impl Value<Cents>) -> String {
        self.page.money(amount.value().money())
    }

    fn billed(&self) -> Cents {
        self.sum(|month| month.gross)
    }

    fn billed_net(&self) -> Cents {
        self.sum(|month| month.net)
    }

    fn vat(&self) -> Cents {
        self.sum(|month| month.vat)
    }

    fn collected(&self) -> Cents {
        self.sum(|month| month.collected)
    }

    fn other(&self) -> Cents {
        self.sum(|month| month.other)
    }

    fn has_other(&self) -> bool {
        self.shown.months.iter().any(|(_, sums)| !sums.other.is_zero())
    }

    fn open(&self) -> Cents {
        self.shown.months.last().map(|(_, sums)| sums.open).unwrap_or_default()
    }

    fn usage(&self, sums: &MonthSums) -> Cents {
        usage(sums)
    }

    fn out_of_bundle(&self) -> Cents {
        self.sum(usage)
    }

    fn earned_in_all(&self) -> Cents {
        self.sum(MonthSums::earned)
    }

    fn latest(&self) -> Month {
        self.shown.months[self.shown.months.len() - 1].0
    }

    /// From when to when.
    fn span(&self) -> String {
        let values = [("from", self.page.month(self.shown.months[0].0).into()), ("to", self.page.month(self.latest()).into())];
        self.page.locale.text_with("revenue-span", values)
    }

    fn is_issuer(&self, number: &i64) -> bool {
        self.filter.asked.issuer == Some(*number)
    }

    fn chart(&self) -> Chart {
        self.empty_chart().with(self.page.t("revenue-billed"), Drawing::Bars, self.values(|month| month.gross)).with(
            self.page.t("revenue-collected"),
            Drawing::Comparison,
            self.values(|month| month.collected),
        )
    }

    fn open_chart(&self) -> Chart {
        self.empty_chart().with(self.page.t("revenue-open"), Drawing::Area, self.values(|month| month.open))
    }

    fn usage_chart(&self) -> Chart {
        self.empty_chart().with(self.page.t("revenue-usage"), Drawing::Bars, self.values(usage))
    }

    fn with_chart(&self, earned: &Earned) -> Chart {
        let values = earned.by_month.iter().map(|(_, net)| Some(net.money().micros())).collect();
        self.empty_chart().with(self.name(&earned.with), Drawing::Bars, values)
    }

    fn values(&self, figure: Figure) -> Vec<Option<i64>> {
        self.shown.months.iter().map(|(_, sums)| Some(figure(sums).money().micros())).collect()
    }

    fn empty_chart(&self) -> Chart {
        // Names of months do not stand beside each other on a telephone.
        let label = |month: Month| format!("{:02}/{}", month.number() % 100, month.number() / 100);
        Chart::new(self.page.locale, ChartUnit::Euros, self.shown.months.iter().map(|(month, _)| label(*month)).collect())
    }

    /// What something that earns is called.
    fn name(&self, earner: &Earner) -> String {
        name(&self.page, earner)
    }

    fn sort(&self, earner: &Earner) -> &'static str {
        sort(&self.page, earner)
    }

    /// What something earned in the latest month.
    fn now(&self, earned: &Earned) -> Cents {
        earned.by_month.last().map(|(_, net)| *net).unwrap_or_default()
    }

    /// What it earned in the month before.
    fn before(&self, earned: &Earned) -> Cents {
        earned.by_month.iter().rev().nth(1).map(|(_, net)| *net).unwrap_or_default()
    }

    fn earned_now(&self) -> Cents {
        self.shown.earned.iter().map(|one| self.now(one)).sum()
    }

    fn earned_before(&self) -> Cents {
        self.shown.earned.iter().map(|one| self.before(one)).sum()
    }

    fn with_url(&self, earner: &Earner) -> String {
        format!("{}#with-title", Filter { with: key(earner), ..self.filter.clone() }.url())
    }

    /// The one whose months are shown.
    fn chosen(&self) -> Option<&Earned> {
        let asked = self.shown.earned.iter().find(|one| key(&one.with) == self.filter.with);
        asked.or_else(|| self.shown.earned.first())
    }

    fn is_chosen(&self, earner: &Earner) -> bool {
        self.chosen().is_some_and(|one| one.with == *earner)
    }

    /// Its months, the latest first.
    fn months_of<'e>(&'e self, earned: &'e Earned) -> impl Iterator<Item = (Month, i64, Cents)> + 'e {
        let months = self.shown.months.iter().zip(&earned.by_month).rev();
        months.map(|((month, _), (pieces, net))| (*month, *pieces, *net))
    }

    fn export_url(&self, sheet: &'static str) -> String {
        let filter = Filter { with: String::new(), ..self.filter.clone() };
        format!("/revenue/export?{}", filter.query(&[("sheet", sheet)]))
    }
}

/// Out of bundle.
fn usage(sums: &MonthSums) -> Cents {
    sums.by_revenue.get(&Revenue::Usage).copied().unwrap_or_default()
}

fn name(page: &Page, earner: &Earner) -> String {
    match earner {
        Earner::Offer(_, name) | Earner::LineOption(_, name) | Earner::Pack(_, name) => name.clone(),
        Earner::Minimum => page.t("revenue-minimum").to_owned(),
        Earner::Rest(revenue) => revenue_name(page, *revenue).to_owned(),
    }
}

fn sort(page: &Page, earner: &Earner) -> &'static str {
    match earner {
        Earner::Offer(..) => page.t("revenue-sort-offer"),
        Earner::LineOption(..) => page.t("revenue-sort-option"),
        Earner::Pack(..) => page.t("revenue-sort-pack"),
        Earner::Minimum | Earner::Rest(_) => "",
    }
}

async fn found(app: &App, signed: &Signed, filter: &Filter) -> Result<Shown, Stop> {
    let language = signed.page.locale.tag();
    revenue::revenue(&app.house, &signed.actor, &filter.asked, language).await?.ok_or(Stop::NOT_FOUND)
}

/// Shows the page.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let filter = Filter::read(&query.unwrap_or_default());
    let shown = found(&app, &signed, &filter).await?;
    html(&RevenuePage { page: Page { here: filter.url(), ..signed.page }, filter, shown })
}

/// The same as a file: a row a month, or with `sheet=items` a row for each month of each offer.
pub(crate) async fn export(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let shown = found(&app, &signed, &Filter::read(&query)).await?;
    let is_by_item = parse(query.as_bytes()).any(|(name, value)| name == "sheet" && value == "items");
    Ok(if is_by_item {
        by_item(&signed.page, &shown).into_response("revenue-by-offer")
    } else {
        by_month(&signed.page, &shown).into_response("revenue-by-month")
    })
}

fn by_month(page: &Page, shown: &Shown) -> Csv {
    let mut heads = vec![
        page.t("month"),
        page.t("revenue-billed-net"),
        page.t("bills-vat"),
        page.t("revenue-billed"),
        page.t("revenue-collected"),
        page.t("revenue-other"),
        page.t("revenue-open-at-end"),
    ];
    heads.extend(Revenue::WORDS.map(|(_, revenue)| revenue_name(page, revenue)));
    let mut csv = Csv::new(page.locale, &heads);
    for (month, sums) in &shown.months {
        let mut cells = vec![Cell::from(month.to_string())];
        let figures = [sums.net, sums.vat, sums.gross, sums.collected, sums.other, sums.open];
        cells.extend(figures.map(Cell::from));
        cells.extend(Revenue::WORDS.map(|(_, of)| Cell::from(sums.by_revenue.get(&of).copied().unwrap_or_default())));
        csv.row(&cells);
    }
    csv
}

fn by_item(page: &Page, shown: &Shown) -> Csv {
    let heads = [
        page.t("month"),
        page.t("revenue-sort"),
        page.t("revenue-with"),
        page.t("revenue-id"),
        page.t("revenue-pieces"),
        page.t("revenue-earned-net"),
    ];
    let mut csv = Csv::new(page.locale, &heads);
    for (place, (month, _)) in shown.months.iter().enumerate() {
        for earned in &shown.earned {
            let (pieces, net) = earned.by_month[place];
            if (pieces, net) == (0, Cents::ZERO) {
                continue;
            }
            csv.row(&[
                month.to_string().into(),
                sort(page, &earned.with).into(),
                name(page, &earned.with).into(),
                earned.with.id().unwrap_or_default().into(),
                Cell::Count(pieces),
                net.into(),
            ]);
        }
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIL-12: what is shown stands in the address and comes back from it.
    #[test]
    fn a_filter_is_read_from_the_address_that_it_writes() {
        let filter = Filter { asked: Asked { two_years: true, issuer: Some(4) }, with: "offer/mobile & co".into() };
        assert_eq!(Filter::read(filter.url().strip_prefix("/revenue?").unwrap()), filter);
        assert_eq!((Filter::default().url().as_str(), Filter::read("months=x&issuer=y")), ("/revenue", Filter::default()));
    }
}
