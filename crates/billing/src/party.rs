//! Who sells and who buys, as an invoice names them: texts that are frozen with it.

use serde::{Deserialize, Serialize};
use vocabulary::CountryCode;

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number, and what else stands above the postcode; one to three lines.
    pub lines: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Country.
    pub country: CountryCode,
}

/// Where an electronic invoice is sent (EN 16931: BT-34, BT-49).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElectronicAddress {
    /// The list it is of (EAS): `0225` in France, `0208` in Belgium, `EM` for mail.
    pub scheme: String,
    /// The address.
    pub address: String,
}

/// A number in a register of companies (EN 16931: BT-30, BT-47).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalId {
    /// The register (ISO 6523): `0002` SIREN, `0208` the Belgian enterprise number.
    pub scheme: String,
    /// The number, without blanks.
    pub number: String,
}

/// Who sells: an operator, or a reseller to its own customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// The company's name.
    pub name: String,
    /// The name that its customers know, where it is another.
    pub trading_name: Option<String>,
    /// Legal form, capital and register, as the law of its country wants them said: `SAS au capital de 100 000 €, RCS Colmar`.
    pub legal_form: String,
    /// Its number in the register of companies.
    pub legal_id: LegalId,
    /// Its VAT number.
    pub vat_number: String,
    /// Where it is.
    pub address: Address,
    /// Where its electronic invoices come from.
    pub electronic: Option<ElectronicAddress>,
    /// Whom to ask: a telephone number and a mail address, each empty where there is none.
    pub telephone: String,
    /// See [`Seller::telephone`].
    pub email: String,
    /// Its colour, `#1d4ed8`, and the SHA-256 of its logo among the brand's, where it has one: how its invoices look.
    pub colour: String,
    /// See [`Seller::colour`].
    pub logo: Option<String>,
}

/// Who buys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The name on the envelope.
    pub name: String,
    /// A business, or a household?
    pub business: bool,
    /// Its reference as a customer.
    pub reference: String,
    /// The billing account, as the customer calls it.
    pub account: String,
    /// Its number in a register of companies.
    pub legal_id: Option<LegalId>,
    /// Its VAT number.
    pub vat_number: Option<String>,
    /// Where invoices go on paper.
    pub address: Address,
    /// Where they go as files.
    pub electronic: Option<ElectronicAddress>,
}

/// What the law wants an invoice to say, in the invoice's language; each empty where nothing is to be said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentions {
    /// The fixed fee for recovery (BR-FR-05: `PMT`).
    pub recovery_fee: String,
    /// Penalties for late payment (`PMD`).
    pub late_penalty: String,
    /// Discount for early payment, or that there is none (`AAB`).
    pub early_discount: String,
    /// More sentences, each a paragraph: the tax on debits, where to complain.
    pub others: Vec<String>,
}
