//! What a test writes down: a customer, bill runs one after the other, and what they ask for as short texts.

use billing::{
    AccountTerms, Before, Billed, CustomerTerms, Draft, Due, Item, LineTerms, OptionSpell, PlanSpell, Run, Taxable, Unbillable,
    UsageCharge, UsageCount, UsageGroup, VatParties, shared,
};
use catalog::{Catalog, CatalogFiles};
use std::{fs, path::Path, sync::OnceLock};
use vocabulary::{BillingAccountId, Cents, CustomerId, LineId, Month, Timestamp, UsageKind};

pub(crate) const MAIN: BillingAccountId = BillingAccountId(1);

pub(crate) fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
                files.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    files
}

fn load(operator: &str) -> Catalog {
    Catalog::load(&CatalogFiles::new(files()), operator).unwrap()
}

pub(crate) fn grandlarge() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| load("grandlarge"))
}

pub(crate) fn vallee() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| load("vallee"))
}

/// The municipal operator where the rates of VAT have these rows too.
pub(crate) fn vallee_with_rates(rows: &str) -> Catalog {
    let mut files = files();
    let (_, vat) = files.iter_mut().find(|(name, _)| name == "world/vat.csv").unwrap();
    vat.push_str(rows);
    Catalog::load(&CatalogFiles::new(files), "vallee").unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    Timestamp::from_local(text.parse().unwrap(), &zone).unwrap()
}

pub(crate) fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A line in service since an instant.
pub(crate) fn line(id: i64, (network, offer): (&str, &str), started: &str) -> LineTerms {
    LineTerms {
        id: LineId(id),
        customer: CustomerId(1),
        number: format!("06 39 98 00 {id:02}"),
        user: String::new(),
        network: network.into(),
        plans: vec![PlanSpell { until: None, offer: offer.into(), bought: at(started), monthly: None }],
        started: at(started),
        ended: None,
        account: MAIN,
        accounts_before: Vec::new(),
        options: Vec::new(),
        recharges: Vec::new(),
        fees: Vec::new(),
        usage: Vec::new(),
        corrections: Vec::new(),
        splits: Vec::new(),
    }
}

pub(crate) fn option(id: &str, since: &str, until: Option<&str>) -> OptionSpell {
    OptionSpell { option: id.into(), since: at(since), until: until.map(at), monthly: None }
}

pub(crate) fn usage(kind: UsageKind, reach: billing::Reach, amount: &str) -> UsageCharge {
    let count = UsageCount { records: 1, units: 60 };
    UsageCharge { group: UsageGroup { kind, reach }, count, amount: amount.parse().unwrap() }
}

/// An operator that bills month after month.
pub(crate) struct Story<'c> {
    pub catalog: &'c Catalog,
    pub customer: CustomerTerms,
    pub before: Before,
    used: Vec<LineTerms>,
}

impl<'c> Story<'c> {
    pub(crate) fn of(catalog: &'c Catalog, lines: Vec<LineTerms>) -> Self {
        Story { catalog, customer: CustomerTerms { lines, ..CustomerTerms::default() }, before: Before::Billed, used: Vec::new() }
    }

    pub(crate) fn run(&self, of: &str) -> Run<'c> {
        Run { month: month(of), catalog: self.catalog, before: self.before }
    }

    /// Bills a month and remembers what was billed; `line account? month item amount`, without VAT.
    pub(crate) fn bill(&mut self, of: &str) -> Vec<String> {
        let mut dues = self.run(of).due(&self.customer).unwrap();
        dues.sort_by(|a, b| (a.line, a.month, &a.item).cmp(&(b.line, b.month, &b.item)));
        let billed = |due: &Due<'_>| Billed {
            line: due.line,
            account: due.account,
            month: due.month,
            item: due.item.clone(),
            amount: due.amount,
        };
        self.customer.billed.extend(dues.iter().map(billed));
        self.before = Before::Billed;
        let told = dues.iter().map(told).collect();
        self.used = std::mem::take(&mut self.customer.lines);
        self.customer.lines = self.used.clone();
        for line in &mut self.customer.lines {
            line.usage.clear();
            line.corrections.clear();
        }
        told
    }

    /// Bills the same month once more, with what had been used in it.
    pub(crate) fn bill_again(&mut self, of: &str) -> Vec<String> {
        self.customer.lines = std::mem::take(&mut self.used);
        self.bill(of)
    }

    /// The bill of an account for a month.
    pub(crate) fn draft(&self, of: &str, account: BillingAccountId, parties: VatParties) -> Option<Draft> {
        self.tried(of, account, parties).unwrap()
    }

    pub(crate) fn tried(&self, of: &str, account: BillingAccountId, parties: VatParties) -> Result<Option<Draft>, Unbillable> {
        let run = self.run(of);
        let dues = run.due(&self.customer).unwrap();
        let charges = shared(&self.customer, &dues);
        let terms = AccountTerms {
            parties,
            language: "fr",
            lines: &self.customer.lines,
            grants: &self.customer.grants,
            exemptions: ("Autoliquidation", "Hors champ"),
        };
        run.draft(&terms, charges.get(&account).map_or(&[], Vec::as_slice))
    }
}

fn told(due: &Due<'_>) -> String {
    let line = due.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
    let account = if due.account == MAIN { String::new() } else { format!("to {} ", due.account) };
    format!("{line} {account}{} {} {}", due.month, item(&due.item), due.amount)
}

fn item(item: &Item) -> String {
    match item {
        Item::Plan(id) | Item::LineOption(id) | Item::Pack(id) | Item::Recharge(id) | Item::OptionOnce(id) => id.to_string(),
        Item::Activation(id) => format!("activation of {id}"),
        Item::Usage(group) => format!("{} {:?}", group.kind.as_str(), group.reach).to_lowercase(),
        Item::Correction(month) => format!("correction of {month}"),
        Item::Bundle { bundle, reduced } => format!("{bundle}{}", if *reduced { " reduced" } else { "" }),
        Item::Minimum => "minimum".to_owned(),
        Item::Esim => "esim".to_owned(),
        Item::SimSwap => "sim swap".to_owned(),
        Item::Free => "free".to_owned(),
    }
}

/// A household at home.
pub(crate) fn at_home() -> VatParties {
    let france = "FR".parse().unwrap();
    VatParties { seller: france, buyer: france, taxable: Taxable::Consumer }
}

pub(crate) fn cents(amount: i64) -> Cents {
    Cents::new(amount)
}
