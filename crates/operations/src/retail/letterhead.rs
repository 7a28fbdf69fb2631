//! Who a reseller is on its invoices: the company, where it is, and the account that its customers pay to (RES-11). What the law wants said of late
//! payment and VAT is said in the operator's words.

use super::issuer;
use crate::{Actor, House, OperationError, journal::Object};
use catalog::{Invoicing, Words};
use serde_json::{Map, Value};
pub use store::KeptLetterhead as KeptHead;
use store::NewEntry;
use vocabulary::{Bic, CountryCode, EnterpriseNumber, Iban, IbanError, Label, LabelRefusal, Siren, VatNumber};

/// No line of an address is longer, in characters: banks take 70.
const LONGEST_LINE: usize = 70;
/// No sentence of its own is longer, in characters.
const LONGEST_MENTION: usize = 300;
/// No number of an invoice begins with more letters.
const LONGEST_PREFIX: usize = 6;
/// The longest time to pay, in days.
const MOST_DAYS: i16 = 90;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadField {
    /// The company's name.
    Company,
    /// Legal form, capital and register.
    LegalForm,
    /// Its number in the register.
    LegalId,
    /// Its VAT number.
    VatNumber,
    /// Street and number.
    Street,
    /// Postcode.
    Postcode,
    /// Town.
    Town,
    /// The account.
    Iban,
    /// The bank.
    Bic,
    /// The beginning of invoice numbers.
    Prefix,
    /// Days to pay.
    DueDays,
    /// A sentence of its own.
    Mention,
}

/// Every field and its word in forms, in their order.
pub const LETTERHEAD_FIELDS: [(&str, HeadField); 12] = [
    ("company", HeadField::Company),
    ("legal_form", HeadField::LegalForm),
    ("legal_id", HeadField::LegalId),
    ("vat_number", HeadField::VatNumber),
    ("street", HeadField::Street),
    ("postcode", HeadField::Postcode),
    ("town", HeadField::Town),
    ("iban", HeadField::Iban),
    ("bic", HeadField::Bic),
    ("prefix", HeadField::Prefix),
    ("due_days", HeadField::DueDays),
    ("mention", HeadField::Mention),
];

/// A letterhead as it was typed: a text for each field, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedHead {
    /// The texts.
    pub texts: [String; LETTERHEAD_FIELDS.len()],
    /// The version that was seen.
    pub version: i64,
}

impl TypedHead {
    /// What was typed in a field.
    pub fn text(&self, field: HeadField) -> &str {
        let place = LETTERHEAD_FIELDS.iter().position(|(_, known)| *known == field);
        place.map_or("", |place| &self.texts[place])
    }

    /// What is kept, as it would be typed.
    pub fn of(kept: &KeptHead) -> Self {
        let due_days = if kept.version == 0 { String::new() } else { kept.due_days.to_string() };
        let texts = [
            &kept.company,
            &kept.legal_form,
            &kept.legal_id,
            &kept.vat_number,
            &kept.street,
            &kept.postcode,
            &kept.town,
            &kept.iban,
            &kept.bic,
            &kept.prefix,
            &due_days,
            &kept.mention,
        ];
        Self { texts: texts.map(String::clone), version: kept.version }
    }
}

/// Why a letterhead is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadRefusal {
    /// Something is missing, too long, or cannot be read.
    Text(HeadField, LabelRefusal),
    /// It is no number of a company.
    LegalId(String),
    /// It is no VAT number.
    VatNumber(String),
    /// The VAT number is not of that company.
    OtherCompany,
    /// It is no IBAN.
    Iban(IbanError),
    /// It is no BIC.
    Bic(String),
    /// It is not one to six capital letters.
    Prefix(String),
    /// Invoices of the operator or of another reseller begin so.
    PrefixTaken(String),
    /// Invoices were issued: their numbers go on as they began.
    PrefixStays(String),
    /// It is no number of days up to ninety.
    DueDays(String),
    /// Somebody else changed it meanwhile.
    Stale,
}

/// What an issuer of its own says on invoices, with what the law wants in the operator's words.
pub(super) fn invoicing(operator: &Invoicing, head: KeptHead) -> Invoicing {
    let mut mentions = operator.mentions.clone();
    if !head.mention.is_empty() {
        mentions.push(Words::same(&head.mention));
    }
    Invoicing {
        prefix: head.prefix,
        company: head.company,
        legal_form: head.legal_form,
        legal_id: head.legal_id,
        vat_number: head.vat_number,
        street: head.street,
        postcode: head.postcode,
        town: head.town,
        iban: head.iban,
        bic: head.bic,
        creditor: None,
        collection_days: Vec::new(),
        due_days: head.due_days.into(),
        mentions,
        ..operator.clone()
    }
}

/// The letterhead of the asker's reseller, with nothing in it while there is none; `None` for who does not look after it.
///
/// # Errors
/// When the database fails.
pub async fn letterhead(house: &House, actor: &Actor) -> Result<Option<KeptHead>, OperationError> {
    let Some(reseller) = issuer(actor).and_then(|issuer| issuer.reseller) else { return Ok(None) };
    Ok(Some(house.store.letterhead(reseller).await?.unwrap_or_default()))
}

/// Changes it; `None` for who does not look after it. Invoices that were issued keep the one that they have.
///
/// # Errors
/// When the database fails.
pub async fn change(
    house: &House,
    actor: &Actor,
    typed: &TypedHead,
) -> Result<Option<Result<(), Vec<HeadRefusal>>>, OperationError> {
    let Some((issuer, reseller)) = issuer(actor).and_then(|issuer| Some((issuer, issuer.reseller?))) else { return Ok(None) };
    let catalog = house.catalog(issuer.operator).await?;
    let read = match read(typed, catalog.operator.country) {
        Ok(read) => read,
        Err(refusals) => return Ok(Some(Err(refusals))),
    };
    let of_operator = catalog.operator.invoicing.as_ref().is_some_and(|invoicing| invoicing.prefix == read.prefix);
    if of_operator {
        return Ok(Some(Err(vec![HeadRefusal::PrefixTaken(read.prefix)])));
    }
    let transaction = house.store.begin().await?;
    let has_billed = transaction.hold_reseller(issuer).await?.is_some();
    let before = transaction.letterhead(reseller).await?.unwrap_or_default();
    if (KeptHead { version: before.version, ..read.clone() }) == before {
        return Ok(Some(Ok(())));
    }
    if has_billed && !before.prefix.is_empty() && before.prefix != read.prefix {
        return Ok(Some(Err(vec![HeadRefusal::PrefixStays(before.prefix)])));
    }
    if read.version != before.version {
        return Ok(Some(Err(vec![HeadRefusal::Stale])));
    }
    if !transaction.keep_letterhead(issuer, &read).await? {
        return Ok(Some(Err(vec![HeadRefusal::PrefixTaken(read.prefix)])));
    }
    let (was, is) = difference(&before, &read);
    let entry = actor.entry(house.clock.now(), "letterhead_changed", Object::Reseller(reseller));
    transaction.note(NewEntry { owner: (Some(reseller), None), before: Some(was), after: Some(is), ..entry }).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

/// The fields that differ, for the journal.
fn difference(before: &KeptHead, after: &KeptHead) -> (String, String) {
    let (was, is) = (TypedHead::of(before), TypedHead::of(after));
    let told = |of: &TypedHead| {
        let places = (0..LETTERHEAD_FIELDS.len()).filter(|place| was.texts[*place] != is.texts[*place]);
        let facts = places.map(|place| (LETTERHEAD_FIELDS[place].0.to_owned(), Value::from(of.texts[place].as_str())));
        Value::Object(facts.collect::<Map<_, _>>()).to_string()
    };
    (told(&was), told(&is))
}

fn read(typed: &TypedHead, country: CountryCode) -> Result<KeptHead, Vec<HeadRefusal>> {
    let mut refusals = Vec::new();
    let mut text = |field: HeadField, most: usize| match Label::remark(typed.text(field), most) {
        Ok(label) => String::from(label),
        Err(why) => {
            refusals.push(HeadRefusal::Text(field, why));
            String::new()
        }
    };
    let company = text(HeadField::Company, LONGEST_LINE);
    let legal_form = text(HeadField::LegalForm, LONGEST_MENTION);
    let street = text(HeadField::Street, LONGEST_LINE);
    let postcode = text(HeadField::Postcode, LONGEST_LINE);
    let town = text(HeadField::Town, LONGEST_LINE);
    let has_mention = !typed.text(HeadField::Mention).trim().is_empty();
    let mention = if has_mention { text(HeadField::Mention, LONGEST_MENTION) } else { String::new() };
    let mut or = |read: Result<String, HeadRefusal>| {
        read.unwrap_or_else(|why| {
            refusals.push(why);
            String::new()
        })
    };
    let legal_id = or(legal_id(typed.text(HeadField::LegalId), country));
    let vat_number = or(vat_number(typed.text(HeadField::VatNumber)));
    let iban = or(typed.text(HeadField::Iban).parse::<Iban>().map(String::from).map_err(HeadRefusal::Iban));
    let bic = or(bic(typed.text(HeadField::Bic)));
    let prefix = typed.text(HeadField::Prefix).trim();
    let is_prefix = !prefix.is_empty() && prefix.len() <= LONGEST_PREFIX && prefix.bytes().all(|b| b.is_ascii_uppercase());
    let prefix = or(if is_prefix { Ok(prefix.to_owned()) } else { Err(HeadRefusal::Prefix(prefix.to_owned())) });
    let typed_days = typed.text(HeadField::DueDays).trim();
    let days = typed_days.parse::<i16>().ok().filter(|days| (0..=MOST_DAYS).contains(days));
    let due_days = days.unwrap_or_default();
    if days.is_none() {
        refusals.push(HeadRefusal::DueDays(typed_days.to_owned()));
    }
    let is_other = |number: VatNumber| number.country() != country || !number.is_of(&legal_id);
    if !legal_id.is_empty() && vat_number.parse().is_ok_and(is_other) {
        refusals.push(HeadRefusal::OtherCompany);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let version = typed.version;
    Ok(KeptHead {
        prefix,
        company,
        legal_form,
        legal_id,
        vat_number,
        street,
        postcode,
        town,
        iban,
        bic,
        due_days,
        mention,
        version,
    })
}

/// A SIREN in France, an enterprise number in Belgium.
fn legal_id(typed: &str, country: CountryCode) -> Result<String, HeadRefusal> {
    let read = if country.as_str() == "BE" {
        typed.parse::<EnterpriseNumber>().map(EnterpriseNumber::digits)
    } else {
        typed.parse::<Siren>().map(|siren| siren.to_string())
    };
    read.map_err(|_| HeadRefusal::LegalId(typed.trim().to_owned()))
}

fn vat_number(typed: &str) -> Result<String, HeadRefusal> {
    typed.parse::<VatNumber>().map(String::from).map_err(|_| HeadRefusal::VatNumber(typed.trim().to_owned()))
}

/// A BIC, or none: within Europe an IBAN says enough.
fn bic(typed: &str) -> Result<String, HeadRefusal> {
    match typed.trim() {
        "" => Ok(String::new()),
        typed => typed.parse::<Bic>().map(String::from).map_err(|_| HeadRefusal::Bic(typed.to_owned())),
    }
}
