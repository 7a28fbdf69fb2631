//! An invoice as its page wants it: every text worded, every amount written, in the order of the page. The template only places it.

use super::{
    details::{Details, details},
    payment::{Payment, payment},
    wording::Chapter,
};
use crate::{DocumentError, language::Language};
use billing::{Address, Invoice, InvoiceKind, InvoiceLine, PaymentMeans, Seller, VatCategory};
use jiff::civil::Date;
use serde::Serialize;
use vocabulary::{Cents, CountryCode};

/// What invoices look like whose seller has no colour that can be read.
const NEUTRAL: &str = "#334155";

/// What the template is given.
#[derive(Debug, Serialize)]
pub(super) struct Sheet {
    frame: Frame,
    /// What the attached file is; `None` where nothing is attached.
    attachment: Option<&'static str>,
    credit: bool,
    heading: String,
    buyer: Vec<String>,
    facts: Vec<(String, String)>,
    corrects: Option<String>,
    hero: Hero,
    chart: Option<Chart>,
    summary: Summary,
    payment: Payment,
    details: Details,
    mentions: Vec<String>,
}

/// What every page of a document has.
#[derive(Debug, Serialize)]
pub(crate) struct Frame {
    pub lang: &'static str,
    pub region: &'static str,
    pub title: String,
    pub colour: String,
    pub logo: bool,
    pub seller: String,
    pub seller_lines: Vec<String>,
    pub footer: String,
    /// With `@1` for the page and `@2` for how many there are.
    pub page: String,
}

#[derive(Debug, Serialize)]
struct Hero {
    label: String,
    amount: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct Chart {
    title: String,
    alt: String,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    label: String,
    /// Of the highest.
    permille: i64,
    /// Written above the highest and the last.
    amount: String,
}

#[derive(Debug, Serialize)]
struct Summary {
    title: String,
    /// Label, amount.
    parts: Vec<(String, String)>,
    net: (String, String),
    /// Label, amount.
    vat: Vec<(String, String)>,
    gross: (String, String),
    /// How VAT is rounded, and why there is none of it.
    notes: Vec<String>,
}

/// The page of an invoice.
///
/// # Errors
/// For a language that is not ours, or a charge that no part of the page would show.
pub(super) fn sheet(invoice: &Invoice, logo: bool, attachment: Option<&'static str>) -> Result<Sheet, DocumentError> {
    let language = Language::of(&invoice.language)?;
    let known = |line: &InvoiceLine| line.subject.is_none_or(|place| place < invoice.subjects.len());
    if !invoice.lines.iter().all(known) {
        let reason = "a charge is for a subject that it does not have";
        return Err(DocumentError::Facts { number: invoice.number.to_string(), reason });
    }
    let credit = matches!(invoice.kind, InvoiceKind::CreditNote { .. });
    let heading = language.text(if credit { "heading-credit-note" } else { "heading-invoice" });
    let corrects = match &invoice.kind {
        InvoiceKind::Invoice => None,
        // One of a month in which more was given back than asked for corrects no other.
        InvoiceKind::CreditNote { of, reason, .. } if *of == invoice.number => {
            Some(reason.clone()).filter(|reason| !reason.is_empty())
        }
        InvoiceKind::CreditNote { of, issued, reason } => {
            let arguments = [("number", of.as_str().into()), ("day", language.long_day(*issued).into())];
            let text = language.text_with("corrects", arguments);
            Some(if reason.is_empty() { text } else { format!("{text} {reason}") })
        }
    };
    let title = format!("{heading} {}", invoice.number);
    Ok(Sheet {
        frame: frame(language, &invoice.seller, title, logo),
        attachment,
        credit,
        heading,
        buyer: buyer(language, invoice),
        facts: facts(language, invoice),
        corrects,
        hero: hero(language, invoice, credit),
        chart: if credit { None } else { chart(language, invoice) },
        summary: summary(language, invoice),
        payment: payment(language, invoice),
        details: details(language, invoice),
        mentions: mentions(invoice),
    })
}

/// What every page of a document of this seller has.
pub(crate) fn frame(language: Language, seller: &Seller, title: String, logo: bool) -> Frame {
    let mut legal = vec![seller.name.clone(), seller.legal_form.clone()];
    legal.extend(one_line(&seller.address));
    if !seller.vat_number.is_empty() {
        legal.push(language.text_with("vat-number", [("number", seller.vat_number.as_str().into())]));
    }
    legal.retain(|part| !part.is_empty());
    Frame {
        lang: language.tag(),
        region: if language == Language::English { "GB" } else { "" },
        title,
        colour: colour(seller),
        logo,
        seller: brand(seller).to_owned(),
        seller_lines: contact(language, seller),
        footer: legal.join(" · "),
        page: language.text_with("page-of", [("page", "@1".into()), ("pages", "@2".into())]),
    }
}

/// The name that customers know.
fn brand(seller: &Seller) -> &str {
    seller.trading_name.as_deref().unwrap_or(&seller.name)
}

fn colour(seller: &Seller) -> String {
    let digits = seller.colour.strip_prefix('#').unwrap_or_default();
    let readable = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if readable { seller.colour.clone() } else { NEUTRAL.to_owned() }
}

fn contact(language: Language, seller: &Seller) -> Vec<String> {
    let mut lines = seller.address.lines.clone();
    lines.push(format!("{} {}", seller.address.postcode, seller.address.town));
    lines.push(seller.telephone.clone());
    lines.push(seller.email.clone());
    if let Some(register) = register(language, &seller.legal_id.scheme, &seller.legal_id.number) {
        lines.push(register);
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// A number in a register, by the name that people know it by.
fn register(language: Language, scheme: &str, number: &str) -> Option<String> {
    let key = match scheme {
        "0002" => "register-siren",
        "0208" => "register-enterprise",
        _ => "register-other",
    };
    (!number.is_empty()).then(|| language.text_with(key, [("number", number.into())]))
}

fn one_line(address: &Address) -> Vec<String> {
    let mut lines = address.lines.clone();
    lines.push(format!("{} {}", address.postcode, address.town));
    vec![lines.join(", ")]
}

fn buyer(language: Language, invoice: &Invoice) -> Vec<String> {
    let address = &invoice.buyer.address;
    let mut lines = vec![invoice.buyer.name.clone()];
    lines.extend(address.lines.iter().cloned());
    lines.push(format!("{} {}", address.postcode, address.town));
    if address.country != invoice.seller.address.country {
        lines.push(country(language, address.country));
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// As the post wants it on an envelope.
fn country(language: Language, country: CountryCode) -> String {
    language.country(country).to_uppercase()
}

fn facts(language: Language, invoice: &Invoice) -> Vec<(String, String)> {
    let buyer = &invoice.buyer;
    let text = |key: &str| language.text(key);
    let mut facts = vec![
        (text("fact-number"), invoice.number.to_string()),
        (text("fact-issued"), language.long_day(invoice.issued)),
        (text("fact-period"), period(invoice).map(|(from, to)| language.period(from, to)).unwrap_or_default()),
        (text("fact-customer"), buyer.reference.clone()),
        (text("fact-account"), buyer.account.clone()),
    ];
    if let Some(id) = &buyer.legal_id {
        let label = if id.scheme == "0002" { "SIREN".to_owned() } else { text("fact-company") };
        facts.push((label, id.number.clone()));
    }
    if let Some(number) = &buyer.vat_number {
        facts.push((text("fact-vat-number"), number.clone()));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// From the first day that anything is charged for to the last; `None` for an invoice of nothing.
pub(super) fn period(invoice: &Invoice) -> Option<(Date, Date)> {
    let from = invoice.lines.iter().map(|line| line.from).min()?;
    let to = invoice.lines.iter().map(|line| line.to).max()?;
    Some((from, to))
}

fn hero(language: Language, invoice: &Invoice, credit: bool) -> Hero {
    let gross = invoice.totals.gross;
    let in_favour = credit || gross.is_negative();
    let amount = if gross.is_negative() { -gross } else { gross };
    let (label, text) = match &invoice.means {
        _ if in_favour => ("hero-credit", language.text("hero-credit-text")),
        PaymentMeans::Transfer { .. } => {
            let day = ("day", language.long_day(invoice.due).into());
            ("hero-due", language.text_with("hero-due-text", [day]))
        }
        PaymentMeans::DirectDebit(mandate) => {
            let day = ("day", language.long_day(mandate.day).into());
            ("hero-debit", language.text_with("hero-debit-text", [day]))
        }
        PaymentMeans::Nothing => ("hero-due", language.text("hero-nothing-text")),
    };
    Hero { label: language.text(label), amount: language.amount(amount, &invoice.currency), text }
}

fn chart(language: Language, invoice: &Invoice) -> Option<Chart> {
    let highest = invoice.past.iter().map(|month| month.gross.get()).max().filter(|highest| *highest > 0)?;
    if invoice.past.len() < 2 {
        return None;
    }
    let last = invoice.past.len() - 1;
    let first_highest = invoice.past.iter().position(|month| month.gross.get() == highest);
    let bars = invoice.past.iter().enumerate().map(|(place, month)| {
        let told = place == last || Some(place) == first_highest;
        Bar {
            label: language.month_name(month.month),
            permille: month.gross.get().max(0) * 1_000 / highest,
            amount: if told { language.amount(month.gross, &invoice.currency) } else { String::new() },
        }
    });
    let alt = invoice
        .past
        .iter()
        .map(|month| format!("{} {}", language.month(month.month), language.amount(month.gross, &invoice.currency)));
    Some(Chart {
        title: language.text("chart-title"),
        alt: format!("{} – {}", language.text("chart-title"), alt.collect::<Vec<_>>().join(", ")),
        bars: bars.collect(),
    })
}

fn summary(language: Language, invoice: &Invoice) -> Summary {
    let amount = |amount| language.amount(amount, &invoice.currency);
    let parts = Chapter::ALL.into_iter().filter_map(|chapter| {
        let lines = || invoice.lines.iter().filter(|line| Chapter::of(&line.item) == chapter);
        let total: Cents = lines().map(|line| line.net).sum();
        lines().next().map(|_| (language.text(chapter.key()), amount(total)))
    });
    let mut parts: Vec<_> = parts.collect();
    if !invoice.totals.discounts.is_zero() {
        parts.push((language.text("chapter-discounts"), amount(-invoice.totals.discounts)));
    }
    let vat = invoice.vat.iter().map(|part| {
        let base = ("base", amount(part.base).into());
        let label = match part.terms.category {
            VatCategory::Standard => {
                let rate = ("rate", language.rate(part.terms.rate.hundredths()).into());
                language.text_with("sum-vat", [rate, base])
            }
            category => language.text_with(untaxed_key(category), [base]),
        };
        (label, amount(part.tax))
    });
    let is_taxed = invoice.vat.iter().any(|part| part.terms.category == VatCategory::Standard);
    let exemptions = invoice.vat.iter().map(|part| part.exemption.clone()).filter(|text| !text.is_empty());
    Summary {
        title: language.text("summary-title"),
        parts,
        net: (language.text("sum-net"), amount(invoice.totals.net)),
        vat: vat.collect(),
        gross: (language.text("sum-gross"), amount(invoice.totals.gross)),
        notes: is_taxed.then(|| language.text("sum-rounding")).into_iter().chain(exemptions).collect(),
    }
}

const fn untaxed_key(category: VatCategory) -> &'static str {
    match category {
        VatCategory::ReverseCharge => "sum-reverse-charge",
        VatCategory::OutOfScope => "sum-out-of-scope",
        VatCategory::Standard | VatCategory::Exempt => "sum-exempt",
    }
}

fn mentions(invoice: &Invoice) -> Vec<String> {
    let law = &invoice.mentions;
    let named = [&law.late_penalty, &law.recovery_fee, &law.early_discount];
    named.into_iter().chain(&law.others).filter(|text| !text.is_empty()).cloned().collect()
}
