//! One invoice: what it says in short, what the months before came to, and its documents.

use super::{revenue_name, signed};
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    assets,
    chart::{Chart, ChartUnit, Drawing},
    lines::statement::part_of,
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use operations::{
    invoices::{self, Document, PaymentMeans, Revenue, Shown, Subject, VatCategory, VatSubtotal},
    statement::{self, MOST_OF_ANNEX, NoDocument},
};
use vocabulary::{Cents, InvoiceId, Month};

/// A browser shows the document within our own page, and in no other.
const PDF_POLICY: &str = "default-src 'none'; object-src 'self'; frame-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                          form-action 'none'; frame-ancestors 'self'";
/// The browser keeps it, and asks each time whether its reader may still see it: who signed out does not.
const KEPT: &str = "private, no-cache";

/// The page.
#[derive(Template)]
#[template(path = "invoices/show.html")]
pub struct InvoicePage {
    /// Its frame.
    pub page: Page,
    /// The invoice.
    pub shown: Shown,
    /// Why there is no usage to download, to who asked for it.
    pub no_usage: Option<String>,
}

impl InvoicePage {
    fn title(&self) -> String {
        let number = &self.shown.row.number;
        if self.shown.row.is_credit_note {
            self.page.ta("credit-note-title", number)
        } else {
            self.page.ta("invoice-title", number)
        }
    }

    fn money(&self, amount: &Cents) -> String {
        self.page.money(amount.money())
    }

    fn amount(&self) -> String {
        self.page.money(signed(&self.shown.row).money())
    }

    fn chapters(&self) -> Vec<(Revenue, Cents)> {
        invoices::chapters(&self.shown.invoice)
    }

    fn chapter(&self, revenue: &Revenue) -> &'static str {
        revenue_name(&self.page, *revenue)
    }

    fn subjects(&self) -> Vec<(Option<&Subject>, Cents)> {
        invoices::by_subject(&self.shown.invoice)
    }

    fn vat(&self, vat: &VatSubtotal) -> String {
        match vat.terms.category {
            VatCategory::Standard => self.page.ta("invoice-vat-at", self.rate(vat)),
            VatCategory::ReverseCharge => self.page.t("invoice-reverse-charge").to_owned(),
            VatCategory::Exempt | VatCategory::OutOfScope => self.page.t("invoice-no-vat").to_owned(),
        }
    }

    /// The rate with the decimal sign of the reader's language.
    fn rate(&self, vat: &VatSubtotal) -> String {
        let text = vat.terms.rate.to_string();
        if self.page.locale.tag() == "en" { text } else { text.replace('.', ",") }
    }

    /// How it is paid, in a sentence.
    fn payment(&self) -> String {
        let invoice = &self.shown.invoice;
        match &invoice.means {
            PaymentMeans::Transfer { iban, reference, .. } => {
                let values = [
                    ("iban", spaced(iban).into()),
                    ("reference", reference.as_str().into()),
                    ("day", self.page.long_day(invoice.due).into()),
                ];
                self.page.locale.text_with("invoice-pay-transfer", values)
            }
            PaymentMeans::DirectDebit(mandate) => {
                let values = [
                    ("iban", spaced(&mandate.iban).into()),
                    ("reference", mandate.reference.as_str().into()),
                    ("day", self.page.long_day(mandate.day).into()),
                ];
                self.page.locale.text_with("invoice-pay-debit", values)
            }
            PaymentMeans::Nothing => self.page.t("invoice-pay-nothing").to_owned(),
        }
    }

    /// Is it collected, and may the reader have it not collected?
    fn can_stop(&self) -> bool {
        let is_owed = self.shown.open.is_positive();
        is_owed
            && !self.shown.is_stopped
            && self.page.takes_bank_files()
            && matches!(self.shown.invoice.means, PaymentMeans::DirectDebit(_))
    }

    /// Why nothing is asked for any more.
    fn settled(&self) -> String {
        if self.shown.row.gross.is_positive() && !self.shown.row.is_credit_note {
            self.page.ta("payment-invoice-paid", &self.shown.row.number)
        } else {
            self.page.t("invoice-pay-nothing").to_owned()
        }
    }

    fn has_past(&self) -> bool {
        self.shown.invoice.past.len() > 1
    }

    fn chart(&self) -> Chart {
        let past = &self.shown.invoice.past;
        // Twelve names of months do not stand beside each other on a telephone.
        let label = |month: Month| format!("{:02}/{}", month.number() % 100, month.number() / 100);
        let labels = past.iter().map(|one| label(one.month)).collect();
        let amounts = past.iter().map(|one| Some(one.gross.money().micros())).collect();
        Chart::new(self.page.locale, ChartUnit::Euros, labels).with(self.page.t("invoice-gross"), Drawing::Bars, amounts)
    }

    /// May the reader give back what it asked for?
    fn may_credit(&self) -> bool {
        let may = self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::CreditInvoices));
        may && self.shown.is_own && !self.shown.row.is_credit_note
    }

    /// May the reader note that it was paid?
    fn may_note(&self) -> bool {
        let may = self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::NotePayments));
        may && self.shown.is_own && !self.shown.row.is_credit_note && self.shown.open.is_positive()
    }

    /// From whom it was received, to a reseller that received it.
    fn received(&self) -> Option<String> {
        self.shown.from.as_ref().map(|from| self.page.ta("invoice-received-from", from))
    }

    /// Does it add lines up that it does not name? What each of them costs is a file.
    fn is_summed(&self) -> bool {
        self.shown.invoice.summed_lines > 0
    }

    fn summed_words(&self) -> String {
        self.page.tn("invoice-summed", i64::try_from(self.shown.invoice.summed_lines).unwrap_or(i64::MAX))
    }

    /// May the reader ask for the usage behind it?
    fn has_usage(&self) -> bool {
        let may = self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeLines));
        may && !self.shown.invoice.subjects.is_empty()
    }

    /// Why there is no usage to download, to who asked for it.
    fn no_usage(&self) -> Option<String> {
        Some(match self.no_usage.as_deref()? {
            "erased" => self.page.t("statement-erased").to_owned(),
            "private" => self.page.t("invoice-usage-private").to_owned(),
            "too-many" => self.page.ta("invoice-usage-too-many", self.page.count(MOST_OF_ANNEX)),
            "nothing" => self.page.t("invoice-usage-nothing").to_owned(),
            _ if !self.usage_parts().is_empty() => self.page.t("invoice-usage-in-parts").to_owned(),
            _ => return None,
        })
    }

    /// The parts in which the usage comes, from 1 on, to who asked for it; none where it comes whole.
    fn usage_parts(&self) -> Vec<usize> {
        let parts: usize = self.no_usage.as_deref().and_then(|word| word.parse().ok()).unwrap_or_default();
        if parts <= statement::parts(MOST_OF_ANNEX) { (1..=parts).collect() } else { Vec::new() }
    }

    fn has_ubl(&self) -> bool {
        invoices::has_ubl(&self.shown.invoice)
    }
}

/// An account number in groups of four.
fn spaced(iban: &str) -> String {
    let signs: Vec<char> = iban.chars().filter(|sign| !sign.is_whitespace()).collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("\u{a0}")
}

fn id_of(id: &str) -> Result<InvoiceId, Stop> {
    id.parse().map_err(|_| Stop::NOT_FOUND)
}

/// Shows an invoice.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id = id_of(&id)?;
    let query = query.unwrap_or_default();
    let no_usage = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "usage").map(|(_, why)| why.into_owned());
    let shown = invoices::show(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let policy = format!("{}; object-src 'self'; frame-src 'self'", assets::CONTENT_SECURITY_POLICY);
    let policy = HeaderValue::from_str(&policy).map_err(|error| Stop::fault(&error))?;
    let page = html(&InvoicePage { page: Page { here: format!("/invoices/{id}"), ..signed.page }, shown, no_usage })?;
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response())
}

/// Its PDF: to look at, or with `?download` to keep.
pub(crate) async fn pdf(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    let id = id_of(&id)?;
    let number = invoices::number(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    // What is frozen makes the same bytes, as long as the same program sets them.
    let tag = value(&format!("\"{number}-{}\"", env!("CARGO_PKG_VERSION")))?;
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, HeaderValue::from_static(KEPT))];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let document = invoices::pdf(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let way = if query.as_deref() == Some("download") { "attachment" } else { "inline" };
    let framed = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PDF_POLICY)),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ];
    Ok((kept, framed, file(document, ("application/pdf", "pdf", way))?).into_response())
}

/// The usage that it asks for, as a document of its own; where there is none, its page says why, and where it comes in parts, which.
pub(crate) async fn usage(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id = id_of(&id)?;
    let asked = (id, part_of(&query.unwrap_or_default()));
    Ok(match statement::annex(&app.house, &signed.actor, asked).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(document) => file(document, ("application/pdf", "pdf", "attachment"))?,
        Err(why) => see_other(&format!("/invoices/{id}?usage={}#usage", usage_word(why))),
    })
}

/// Why there is none, in an address.
fn usage_word(why: NoDocument) -> String {
    match why {
        NoDocument::Erased => "erased".to_owned(),
        NoDocument::Private => "private".to_owned(),
        NoDocument::TooMany => "too-many".to_owned(),
        NoDocument::Nothing => "nothing".to_owned(),
        NoDocument::Parts(parts) => parts.to_string(),
    }
}

/// Its data as UBL, where it has them.
pub(crate) async fn ubl(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let document = invoices::ubl(&app.house, &signed.actor, id_of(&id)?).await?.ok_or(Stop::NOT_FOUND)?;
    file(document, ("application/xml", "xml", "attachment"))
}

/// A document as an answer.
pub(crate) fn file(document: Document, (media_type, ending, way): (&'static str, &str, &str)) -> Result<Response, Stop> {
    let named = value(&format!("{way}; filename=\"{}.{ending}\"", document.number))?;
    let headers: [(HeaderName, HeaderValue); 2] =
        [(header::CONTENT_TYPE, HeaderValue::from_static(media_type)), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, document.bytes).into_response())
}

fn value(text: &str) -> Result<HeaderValue, Stop> {
    HeaderValue::from_str(text).map_err(|error| Stop::fault(&error))
}
