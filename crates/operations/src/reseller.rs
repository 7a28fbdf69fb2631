//! Resellers as the operator bills them (RES-11): what each has, and the company that pays for its customers' lines. A reseller without one is not
//! billed, and each bill run says so.

use crate::{Actor, House, OperationError, billing_account::read_email, permission::Permission};
use catalog::Catalog;
use serde_json::json;
use store::Object;
pub use store::{Company, ResellerFacts, ResellerInvoice, ResellerRow};
use vocabulary::{
    CompanyNumberError, CountryCode, EnterpriseNumber, LabelRefusal, ResellerId, Siren, Siret, VatNumber, VatNumberError,
    unreadable,
};

/// No line of a company's name or address is longer, in characters: banks take 70.
pub const LONGEST_LINE: usize = 70;
/// No number of a company is longer, in characters.
pub const LONGEST_NUMBER: usize = 30;
/// So many resellers are listed.
const MOST_RESELLERS: usize = 500;

/// A reseller as its page shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The reseller, and its company.
    pub facts: ResellerFacts,
    /// May the reader change the company?
    pub can_change: bool,
    /// Where a company may be: where it is known which VAT is asked for.
    pub countries: Vec<CountryCode>,
    /// In which languages the operator writes invoices, its first one first.
    pub languages: Vec<String>,
    /// The operator's own country.
    pub home: CountryCode,
}

/// Why a company stays as it is; each names what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyRefusal {
    /// The name is missing, too long, or cannot be read.
    Name(Option<LabelRefusal>),
    /// A line of the address is missing, too long, or cannot be read.
    Address(Option<LabelRefusal>),
    /// No country where it is known which VAT is asked for.
    Country(String),
    /// No number of a French company.
    Siren(String, CompanyNumberError),
    /// No number of a Belgian company.
    Enterprise(String, CompanyNumberError),
    /// The number in a register is missing, too long, or cannot be read.
    LegalId,
    /// No VAT number.
    Vat(String, VatNumberError),
    /// The VAT number of another company or country.
    OtherVat(String),
    /// A company of another country of the Union owes the tax itself, by its VAT number.
    NoVat(CountryCode),
    /// No mail could go there.
    Email(Option<LabelRefusal>),
    /// The operator writes no invoices in it.
    Language(String),
}

/// The operator's resellers; `None` for who does not see them.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor) -> Result<Option<Vec<ResellerRow>>, OperationError> {
    if !actor.may(Permission::SeeResellers) {
        return Ok(None);
    }
    Ok(Some(house.store.scoped(actor.scope).resellers_billed(MOST_RESELLERS).await?))
}

/// One of them; `None` where there is none that they see.
///
/// # Errors
/// When the database fails.
pub async fn show(house: &House, actor: &Actor, id: ResellerId) -> Result<Option<Shown>, OperationError> {
    if !actor.may(Permission::SeeResellers) {
        return Ok(None);
    }
    let Some(facts) = house.store.scoped(actor.scope).reseller(id).await? else { return Ok(None) };
    let catalog = house.catalog(actor.scope.operator).await?;
    Ok(Some(Shown {
        facts,
        can_change: actor.may(Permission::ChangeResellers),
        countries: countries(&catalog),
        languages: catalog.operator.languages.clone(),
        home: catalog.operator.country,
    }))
}

/// The countries of which it is known which VAT is asked for.
fn countries(catalog: &Catalog) -> Vec<CountryCode> {
    let codes = ('A'..='Z').flat_map(|first| ('A'..='Z').map(move |second| format!("{first}{second}")));
    codes.filter_map(|code| code.parse().ok()).filter(|code| catalog.world.vat.area(*code).is_some()).collect()
}

/// Names the company that pays for a reseller's lines, or changes what is known of it, as it was typed. Sent a second time, it changes nothing. `None`
/// as for [`show`], and for who may not change it.
///
/// # Errors
/// When the database fails.
pub async fn name_company(
    house: &House,
    actor: &Actor,
    id: ResellerId,
    typed: &Company,
) -> Result<Option<Result<(), CompanyRefusal>>, OperationError> {
    let Some(shown) = show(house, actor, id).await?.filter(|shown| shown.can_change) else { return Ok(None) };
    let catalog = house.catalog(actor.scope.operator).await?;
    let company = match read(&catalog, typed) {
        Ok(company) => company,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let before = shown.facts.company.map(|(_, _, company)| company);
    if before.as_ref() == Some(&company) {
        return Ok(Some(Ok(())));
    }
    let transaction = house.store.begin().await?;
    if transaction.set_company((actor.scope.operator, id), &company).await?.is_none() {
        return Ok(None);
    }
    let mut entry = actor.entry(house.clock.now(), "reseller_company_changed", Object::Reseller(id));
    entry.owner = (Some(id), None);
    entry.before = before.as_ref().map(told);
    entry.after = Some(told(&company));
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

/// What the journal says of a company.
fn told(company: &Company) -> String {
    let address = [company.street.as_str(), &company.postcode, &company.town, &company.country].join(" ");
    json!({
        "name": company.name, "legal_id": company.legal_id, "vat_number": company.vat_number, "postal_address": address,
        "email": company.email, "language": company.language,
    })
    .to_string()
}

/// A company as it was typed.
fn read(catalog: &Catalog, typed: &Company) -> Result<Company, CompanyRefusal> {
    let name = line(&typed.name).map_err(CompanyRefusal::Name)?;
    let country = typed.country.trim().to_uppercase();
    let unknown = || CompanyRefusal::Country(typed.country.trim().to_owned());
    let country: CountryCode = country.parse().map_err(|_| unknown())?;
    let area = catalog.world.vat.area(country).ok_or_else(unknown)?;
    let legal_id = legal_id(area, typed.legal_id.trim())?;
    let vat_number = vat_number(catalog, (area, &legal_id), typed.vat_number.trim())?;
    let [street, postcode, town] =
        [&typed.street, &typed.postcode, &typed.town].map(|text| line(text).map_err(CompanyRefusal::Address));
    let email = read_email(&typed.email).map_err(|refusal| match refusal {
        crate::billing_account::Refusal::Email(sign) => CompanyRefusal::Email(sign),
        _ => CompanyRefusal::Email(None),
    })?;
    let language = typed.language.trim().to_owned();
    if !language.is_empty() && !catalog.operator.languages.contains(&language) {
        return Err(CompanyRefusal::Language(language));
    }
    Ok(Company {
        name,
        legal_id,
        vat_number,
        street: street?,
        postcode: postcode?,
        town: town?,
        country: country.to_string(),
        email,
        language,
    })
}

/// One line of a name or an address.
fn line(typed: &str) -> Result<String, Option<LabelRefusal>> {
    let typed = typed.trim();
    if let Some(sign) = unreadable(typed) {
        return Err(Some(sign));
    }
    if typed.chars().count() > LONGEST_LINE {
        return Err(Some(LabelRefusal::TooLong(LONGEST_LINE)));
    }
    if typed.is_empty() { Err(None) } else { Ok(typed.to_owned()) }
}

/// The number in the register of a country: with its check where it is known how it is made.
fn legal_id(country: CountryCode, typed: &str) -> Result<String, CompanyRefusal> {
    match country.as_str() {
        "FR" => {
            let siret = || typed.parse::<Siret>().map(|siret| siret.to_string());
            let siren = typed.parse::<Siren>().map(|siren| siren.to_string());
            siren.or_else(|error| siret().map_err(|_| CompanyRefusal::Siren(typed.to_owned(), error)))
        }
        "BE" => {
            let number = typed.parse::<EnterpriseNumber>().map(EnterpriseNumber::digits);
            number.map_err(|error| CompanyRefusal::Enterprise(typed.to_owned(), error))
        }
        _ => {
            let is_readable = !typed.is_empty() && typed.chars().count() <= LONGEST_NUMBER && unreadable(typed).is_none();
            if is_readable { Ok(typed.to_owned()) } else { Err(CompanyRefusal::LegalId) }
        }
    }
}

/// The VAT number of that company. Where the operator is, a company may have none.
fn vat_number(catalog: &Catalog, (area, legal_id): (CountryCode, &str), typed: &str) -> Result<String, CompanyRefusal> {
    if typed.is_empty() {
        let is_home = catalog.world.vat.area(catalog.operator.country) == Some(area);
        return if is_home { Ok(String::new()) } else { Err(CompanyRefusal::NoVat(area)) };
    }
    let number: VatNumber = typed.parse().map_err(|error| CompanyRefusal::Vat(typed.to_owned(), error))?;
    let is_its_own = number.country() == area && number.is_of(legal_id);
    if is_its_own { Ok(number.to_string()) } else { Err(CompanyRefusal::OtherVat(typed.to_owned())) }
}
