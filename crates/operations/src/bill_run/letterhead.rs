//! What stands around a bill: who sells, who buys, how it is paid.

use super::due_day;
use crate::{House, OperationError};
use billing::{
    Address, Announced, Buyer, DebitTerms, Draft, ElectronicAddress, Following, Invoice, InvoiceKind, InvoiceNumber, LegalId,
    Letterhead, MOST_OF_A_DEBIT, MandateShown, Mentions, PaymentMeans, Seller, Sign, Taxable, VatParties,
};
use catalog::{Catalog, Invoicing, Operator};
use jiff::civil::Date;
use store::{AccountToBill, CustomerToBill, Ground, Issuer, KeptRun};
use vocabulary::CountryCode;

/// The letterheads of a run: what is the same for all of its bills is made once.
pub(super) struct Letterheads<'a> {
    catalog: &'a Catalog,
    run: (vocabulary::Month, Date),
    invoicing: &'a Invoicing,
    seller: Seller,
    /// By language.
    mentions: Vec<(String, Mentions)>,
    /// How it collects; `None` where it does not.
    terms: Option<DebitTerms>,
}

impl<'a> Letterheads<'a> {
    pub(super) async fn of(house: &House, catalog: &'a Catalog, run: &KeptRun) -> Result<Self, OperationError> {
        let operator = &catalog.operator;
        let invoicing = operator.invoicing.as_ref().ok_or_else(|| OperationError::NoCatalog(operator.id.clone()))?;
        let seller = seller(house, run.issuer).await?;
        let mentions = operator.languages.iter().map(|language| (language.clone(), mentions(invoicing, language))).collect();
        let terms = DebitTerms::of(invoicing).filter(|_| run.issuer.is_operator());
        Ok(Self { catalog, run: (run.month, run.issued), invoicing, seller, mentions, terms })
    }

    /// The letterhead of a bill with the number of that place; a credit note names the invoice that it corrects.
    pub(super) fn head(
        &self,
        (customer, account): (&CustomerToBill, &AccountToBill),
        (place, draft): (i64, &Draft),
        corrects: Option<(InvoiceNumber, Date)>,
    ) -> Letterhead {
        let (operator, (month, issued)) = (&self.catalog.operator, self.run);
        let language = language(operator, customer, account);
        let number = InvoiceNumber::new(&self.invoicing.prefix, issued.year(), place);
        let kind = match (draft.sign, corrects) {
            (Sign::Gives, Some((of, issued))) => InvoiceKind::CreditNote { of, issued, reason: String::new() },
            (Sign::Gives, None) => InvoiceKind::CreditNote { of: number.clone(), issued, reason: String::new() },
            (Sign::Asks, _) => InvoiceKind::Invoice,
        };
        let means = self.means(account, draft, (&number, place));
        let due = match &means {
            PaymentMeans::DirectDebit(mandate) => mandate.day,
            PaymentMeans::Transfer { .. } | PaymentMeans::Nothing => due_day(issued, self.invoicing.due_days),
        };
        let mentions = self.mentions.iter().find(|(known, _)| known == language).map(|(_, mentions)| mentions.clone());
        Letterhead {
            number,
            kind,
            issued,
            due,
            month,
            currency: operator.currency.as_str().into(),
            language: language.into(),
            seller: self.seller.clone(),
            buyer: buyer(operator, customer, account),
            means,
            mentions: mentions.unwrap_or_default(),
            past: account.past.clone(),
        }
    }

    /// How a bill is paid: collected where its account has a mandate that may be used on the day, and else by transfer.
    fn means(&self, account: &AccountToBill, draft: &Draft, (number, place): (&InvoiceNumber, i64)) -> PaymentMeans {
        if draft.sign == Sign::Gives || draft.totals.gross.is_zero() {
            return PaymentMeans::Nothing;
        }
        let issued = self.run.1;
        if let (Some(terms), Some(creditor), Some(mandate)) = (&self.terms, &self.invoicing.creditor, &account.mandate) {
            let day = terms.debit_day(account.debit_day, issued, &self.catalog.world.bank_holidays);
            if draft.totals.gross <= MOST_OF_A_DEBIT && mandate.sequence(day, Following::Expected).is_ok() {
                return PaymentMeans::DirectDebit(MandateShown {
                    reference: mandate.reference.to_string(),
                    creditor: creditor.clone(),
                    iban: mandate.iban.clone(),
                    day,
                });
            }
        }
        let is_belgian = self.catalog.operator.country.as_str() == "BE";
        let structured = InvoiceNumber::structured(issued.year(), place).filter(|_| is_belgian);
        let reference = structured.map_or_else(|| number.to_string(), |reference| reference.to_string());
        PaymentMeans::Transfer { iban: self.invoicing.iban.clone(), bic: self.invoicing.bic.clone(), reference }
    }
}

/// What an invoice that is collected tells its customer; `None` of one that is not.
pub(super) fn announced(facts: &Invoice, account: &AccountToBill) -> Option<Announced> {
    let PaymentMeans::DirectDebit(shown) = &facts.means else { return None };
    let mandate = account.mandate.as_ref().filter(|mandate| mandate.reference.as_str() == shown.reference)?;
    Some(Announced { day: shown.day, mandate: mandate.reference.clone() })
}

/// Who writes documents in an issuer's name: the company as its catalogue has it, looking like the issuer's brand. An operator that issues no
/// invoices, and a reseller without a letterhead, are no more than their name and brand.
pub(crate) async fn seller(house: &House, issuer: Issuer) -> Result<Seller, OperationError> {
    let catalog = house.catalog_of(issuer).await?;
    let operator = &catalog.operator;
    let brand = house.store.scoped(issuer.into()).brands().await?.into_iter().next();
    let logo = brand.as_ref().and_then(|brand| {
        let light = brand.logos.iter().filter(|logo| logo.ground == Ground::Light);
        light.max_by_key(|logo| logo.density).map(|logo| logo.hash.clone())
    });
    let look = brand.map(|brand| brand.look);
    let invoicing = operator.invoicing.as_ref().filter(|_| issuer.is_operator() || catalog.is_retail());
    let country = operator.country;
    let text = |of: fn(&Invoicing) -> &String| invoicing.map(|invoicing| of(invoicing).clone()).unwrap_or_default();
    let brand_name = match (&look, issuer.is_operator()) {
        (Some(look), false) => look.name.clone(),
        _ => operator.name.clone(),
    };
    let company = invoicing.map_or_else(|| brand_name.clone(), |invoicing| invoicing.company.clone());
    Ok(Seller {
        trading_name: Some(brand_name).filter(|name| *name != company),
        name: company,
        legal_form: text(|invoicing| &invoicing.legal_form),
        legal_id: LegalId { scheme: register(country).to_owned(), number: text(|invoicing| &invoicing.legal_id) },
        vat_number: text(|invoicing| &invoicing.vat_number),
        address: Address {
            lines: invoicing.map(|invoicing| invoicing.street.clone()).into_iter().collect(),
            postcode: text(|invoicing| &invoicing.postcode),
            town: text(|invoicing| &invoicing.town),
            country,
        },
        electronic: invoicing.and_then(|invoicing| electronic(country, &invoicing.legal_id)),
        telephone: look.as_ref().map(|look| look.telephone.clone()).unwrap_or_default(),
        email: look.as_ref().map(|look| look.email.clone()).unwrap_or_default(),
        colour: look.map(|look| look.colour).unwrap_or_default(),
        logo,
    })
}

fn mentions(invoicing: &Invoicing, language: &str) -> Mentions {
    let text = |words: &catalog::Words| words.in_language(language).to_owned();
    Mentions {
        recovery_fee: text(&invoicing.recovery_fee),
        late_penalty: text(&invoicing.late_penalty),
        early_discount: text(&invoicing.early_discount),
        others: invoicing.mentions.iter().map(text).collect(),
    }
}

/// The language of a bill: of the account, the customer, or the operator, as far as the operator speaks it.
pub(super) fn language<'a>(operator: &'a Operator, customer: &'a CustomerToBill, account: &'a AccountToBill) -> &'a str {
    let wished = [&account.language, &customer.language].into_iter().find(|language| !language.is_empty());
    let spoken = wished.filter(|wished| operator.languages.contains(wished));
    spoken.or(operator.languages.first()).map_or("fr", String::as_str)
}

/// Between whom a bill is, for VAT.
pub(super) fn parties(operator: &Operator, customer: &CustomerToBill, account: &AccountToBill) -> VatParties {
    let is_business = customer.business && !customer.vat_number.is_empty() && account.holder.is_empty();
    VatParties {
        seller: operator.country,
        buyer: country(operator, customer, account),
        taxable: if is_business { Taxable::Business } else { Taxable::Consumer },
    }
}

fn country(operator: &Operator, customer: &CustomerToBill, account: &AccountToBill) -> CountryCode {
    let named = if account.country.is_empty() { &customer.country } else { &account.country };
    named.parse().unwrap_or(operator.country)
}

fn buyer(operator: &Operator, customer: &CustomerToBill, account: &AccountToBill) -> Buyer {
    let country = country(operator, customer, account);
    let own = !account.street.is_empty() || !account.town.is_empty();
    let (street, postcode, town) = if own {
        (&account.street, &account.postcode, &account.town)
    } else {
        (&customer.street, &customer.postcode, &customer.town)
    };
    // Somebody else than the customer pays as a person.
    let is_customer = account.holder.is_empty();
    let business = customer.business && is_customer;
    let registered = business && !customer.legal_id.is_empty();
    Buyer {
        name: if is_customer { customer.name.clone() } else { account.holder.clone() },
        business,
        reference: customer.reference.clone(),
        account: account.name.clone(),
        legal_id: registered.then(|| LegalId { scheme: register(country).to_owned(), number: customer.legal_id.clone() }),
        vat_number: Some(customer.vat_number.clone()).filter(|number| business && !number.is_empty()),
        address: Address {
            lines: Some(street.clone()).filter(|street| !street.is_empty()).into_iter().collect(),
            postcode: postcode.clone(),
            town: town.clone(),
            country,
        },
        electronic: if registered {
            electronic(country, &customer.legal_id)
        } else {
            let email = Some(account.invoice_email.clone()).filter(|email| !email.is_empty());
            email.map(|address| ElectronicAddress { scheme: "EM".to_owned(), address })
        },
    }
}

/// The register of companies of a country (ISO 6523): SIRENE in France, the Crossroads Bank in Belgium.
fn register(country: CountryCode) -> &'static str {
    match country.as_str() {
        "BE" => "0208",
        _ => "0002",
    }
}

/// Where electronic invoices of a company go, by its number (EAS): known in the countries where companies have to receive them.
fn electronic(country: CountryCode, legal_id: &str) -> Option<ElectronicAddress> {
    let scheme = match country.as_str() {
        "FR" => "0225",
        "BE" => "0208",
        _ => return None,
    };
    Some(ElectronicAddress { scheme: scheme.to_owned(), address: legal_id.to_owned() })
}
