//! The mandate of a billing account: signed, changed for another account at a bank, ended (CUS-08). What could send somebody's money elsewhere, or take
//! somebody else's, asks for a fresh proof, and is told to the address before and the new one.
//!
//! An IBAN stands sealed in the database, because it is as good as a key to an account; what of it may be shown stands beside it. It is opened here,
//! and where files for banks are made.

use crate::{
    Actor, House, OperationError,
    billing_account::{Collector, Refusal, Shown, Told, entry, read_email, show},
    collection::first_person,
    journal::Object,
    mail::{Letter, NewMail},
    proof::FreshProof,
    seal::Place,
};
use billing::{Address, ChangedAccount, Mandate, MandateEnd, MandateRefusal, MandateState};
use documents::sepa::{AccountHolder, HolderProblem};
use jiff::civil::Date;
use serde_json::json;
use store::{BillingAccount, KeptIban, KeptMandate, Transaction};
use vocabulary::{Bic, BicError, BillingAccountId, CountryCode, Iban, IbanError, LabelRefusal, MandateReference, unreadable};

/// No holder's name is longer, in characters: files for banks have place for 70.
pub const LONGEST_HOLDER: usize = 70;

/// An account at a bank, as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// Its IBAN.
    pub iban: &'a str,
    /// Its bank; empty for the one that is known by the IBAN.
    pub bic: &'a str,
    /// Whose it is.
    pub holder: &'a str,
    /// Whom new invoices, and with them debits, are told to; empty for the customer's own people.
    pub email: &'a str,
    /// Was the mandate agreed to?
    pub agreed: Agreed,
}

/// Whether somebody agreed to a mandate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Agreed {
    /// Not yet.
    #[default]
    No,
    /// They did.
    Yes,
}

/// Why there is no new mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignRefusal {
    /// Whoever bills this account does not collect.
    NotCollected,
    /// The IBAN.
    Iban(IbanError),
    /// The BIC.
    Bic(BicError),
    /// The BIC is not that of the account's bank, which is this one.
    OtherBank(Bic),
    /// The bank is outside the European Economic Area: its BIC or the billing address is missing.
    OutsideTheEea(CountryCode),
    /// The holder has no name that banks take, or it has this sign.
    Holder(Option<LabelRefusal>),
    /// The address that is told of it.
    Email(Option<LabelRefusal>),
    /// It was not agreed to.
    NotAgreed,
    /// The account at the bank is the one that is debited already, under a mandate that may be used.
    Same,
    /// Others changed it meanwhile.
    Changed,
}

/// Signs a mandate for an account at a bank, in the place of the one that there is; its reference. `None` outside the asker's scope, and for who may not
/// change it.
///
/// # Errors
/// When the database fails, or there are no keys to seal with.
pub async fn sign(
    house: &House,
    proof: FreshProof<'_>,
    id: BillingAccountId,
    typed: &Typed<'_>,
) -> Result<Option<Result<MandateReference, SignRefusal>>, OperationError> {
    let actor = proof.actor();
    let Some(Shown { account, collector, .. }) = show(house, actor, id).await?.filter(|shown| shown.can_change) else {
        return Ok(None);
    };
    let Some(collector) = collector else { return Ok(Some(Err(SignRefusal::NotCollected))) };
    let wanted = match Wanted::read(house, (actor, &account), typed).await? {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    signed(house, actor, (&account, &collector), wanted).await.map(Some)
}

/// What was typed, read.
struct Wanted {
    iban: Iban,
    bic: Option<Bic>,
    holder: String,
    email: String,
}

impl Wanted {
    async fn read(
        house: &House,
        (actor, account): (&Actor, &BillingAccount),
        typed: &Typed<'_>,
    ) -> Result<Result<Self, SignRefusal>, OperationError> {
        let catalog = house.catalog(actor.scope.operator).await?;
        let read = || -> Result<Self, SignRefusal> {
            let iban: Iban = typed.iban.parse().map_err(SignRefusal::Iban)?;
            let known = catalog.world.banks.bic(&iban);
            let said = typed.bic.trim();
            let said: Option<Bic> = if said.is_empty() { None } else { Some(said.parse().map_err(SignRefusal::Bic)?) };
            let bic = match (known, said) {
                // A bank has offices, whose BIC is longer than its own.
                (Some(known), Some(said)) if said.as_str()[..8] != known.as_str()[..8] => {
                    return Err(SignRefusal::OtherBank(known));
                }
                (known, said) => said.or(known),
            };
            let holder = typed.holder.trim().to_owned();
            if let Some(sign) = unreadable(&holder) {
                return Err(SignRefusal::Holder(Some(sign)));
            }
            let email = read_email(typed.email).map_err(|refusal| match refusal {
                Refusal::Email(sign) => SignRefusal::Email(sign),
                Refusal::Address(_) | Refusal::Day(_) | Refusal::MustBeTold => SignRefusal::Email(None),
            })?;
            let of_bank = account_holder(account, (&iban, bic, &holder), catalog.operator.country);
            match of_bank.problem().or_else(|| (holder.chars().count() > LONGEST_HOLDER).then_some(HolderProblem::NoName)) {
                Some(HolderProblem::NoName) => return Err(SignRefusal::Holder(None)),
                Some(HolderProblem::OutsideTheEea) => return Err(SignRefusal::OutsideTheEea(iban.country())),
                None => {}
            }
            if typed.agreed == Agreed::No {
                return Err(SignRefusal::NotAgreed);
            }
            Ok(Self { iban, bic, holder, email })
        };
        Ok(read())
    }
}

/// An account at a bank as files for banks have it.
pub(crate) fn account_holder(
    account: &BillingAccount,
    (iban, bic, holder): (&Iban, Option<Bic>, &str),
    home: CountryCode,
) -> AccountHolder {
    let to = account.goes_to();
    let address = (!to.is_empty()).then(|| Address {
        lines: vec![to.street.clone()],
        postcode: to.postcode.clone(),
        town: to.town.clone(),
        country: account.country.parse().unwrap_or(home),
    });
    AccountHolder { name: holder.to_owned(), iban: iban.clone(), bic, address }
}

async fn signed(
    house: &House,
    actor: &Actor,
    (account, collector): (&BillingAccount, &Collector),
    wanted: Wanted,
) -> Result<Result<MandateReference, SignRefusal>, OperationError> {
    let now = house.clock.now();
    let today = today(house, actor).await?;
    let told = Told::of(house, account, others(house, actor, account).await?).await?;
    let transaction = house.store.begin().await?;
    transaction.hold_billing_account(account.id).await?;
    let last = transaction.last_mandate(account.id).await?;
    let place = last.as_ref().map_or(1, |last| last.place + 1);
    let Ok(reference) = MandateReference::numbered(&collector.prefix, account.id.0, place) else {
        return Ok(Err(SignRefusal::NotCollected));
    };
    let to = ChangedAccount { iban: wanted.iban.clone(), bic: wanted.bic, holder: wanted.holder, reference: reference.clone() };
    let before = last.filter(|last| !matches!(last.mandate.state, MandateState::Ended { .. }));
    let (begins, masked_before, told_before) = match before {
        None => (Mandate::signed(to, today), String::new(), String::new()),
        Some(kept) => {
            let masked = kept.mandate.iban.masked.clone();
            let (ended, begins) = match opened(house, kept.mandate)?.change_account(to, today) {
                Ok(both) => both,
                Err(MandateRefusal::SameAccount(_)) => return Ok(Err(SignRefusal::Same)),
                Err(_) => return Ok(Err(SignRefusal::Changed)),
            };
            transaction.save_mandate(&ended).await?;
            // Who signs anew for the same account is not told that it is another: its debits begin again.
            let told = if ended.iban == begins.iban { String::new() } else { masked.clone() };
            (begins, masked, told)
        }
    };
    let masked_after = wanted.iban.masked();
    let letter = || Letter::DebitChanged {
        account: account.name.clone(),
        before: told_before.clone(),
        after: masked_after.clone(),
        reference: reference.to_string(),
        creditor: format!("{}, {}", collector.name, collector.creditor),
        at: now,
    };
    let mails = told.mails(house, &wanted.email, letter)?;
    let iban = sealed(house, &begins)?;
    let new = KeptMandate { account: account.id, place, signed_by: actor.name.clone(), mandate: begins.with_account(iban) };
    transaction.add_mandate(account.issuer.operator, &new).await?;
    // What is collected has to be told: whoever signs is told from then on.
    if !account.is_told || wanted.email != account.invoice_email {
        transaction.set_billing_account(account.id, (Some(&wanted.email), &account.address), account.debit_day).await?;
    }
    let said = |iban: &str, email: &str| json!({ "account": account.name, "iban": iban, "email": email });
    let mut after = said(&masked_after, &wanted.email);
    after["mandate"] = reference.as_str().into();
    let noted = actor.entry(now, "mandate_signed", Object::Customer(account.customer));
    let noted = entry(noted, account, (said(&masked_before, &account.invoice_email), after));
    commit(house, transaction, (&mails, noted)).await?;
    Ok(Ok(reference))
}

async fn commit(
    house: &House,
    transaction: Transaction,
    (mails, noted): (&[NewMail], store::NewEntry),
) -> Result<(), OperationError> {
    for mail in mails {
        transaction.post_mail(mail).await?;
    }
    transaction.note(noted).await?;
    transaction.commit().await?;
    if !mails.is_empty() {
        house.mail_posted();
    }
    Ok(())
}

/// Ends the mandate of an account: its invoices are paid otherwise from now on. `false` where there is none. `None` as for [`sign`].
///
/// # Errors
/// When the database fails, or there are no keys to seal mails with.
pub async fn end(house: &House, actor: &Actor, id: BillingAccountId) -> Result<Option<bool>, OperationError> {
    let Some(Shown { account, collector, .. }) = show(house, actor, id).await?.filter(|shown| shown.can_change) else {
        return Ok(None);
    };
    let now = house.clock.now();
    let today = today(house, actor).await?;
    let told = Told::of(house, &account, others(house, actor, &account).await?).await?;
    let transaction = house.store.begin().await?;
    transaction.hold_billing_account(id).await?;
    let last = transaction.last_mandate(id).await?;
    let Some(kept) = last.filter(|last| !matches!(last.mandate.state, MandateState::Ended { .. })) else {
        return Ok(Some(false));
    };
    let masked = kept.mandate.iban.masked.clone();
    let reference = kept.mandate.reference.to_string();
    transaction.save_mandate(&kept.mandate.ended(today, MandateEnd::Revoked)).await?;
    let creditor = collector.map(|collector| format!("{}, {}", collector.name, collector.creditor)).unwrap_or_default();
    let letter = || Letter::DebitChanged {
        account: account.name.clone(),
        before: masked.clone(),
        after: String::new(),
        reference: reference.clone(),
        creditor: creditor.clone(),
        at: now,
    };
    let mails = told.mails(house, &account.invoice_email, letter)?;
    let before = json!({ "account": account.name, "iban": masked, "mandate": reference });
    let noted = actor.entry(now, "mandate_ended", Object::Customer(account.customer));
    commit(house, transaction, (&mails, entry(noted, &account, (before, json!({ "account": account.name }))))).await?;
    Ok(Some(true))
}

/// Who else is told: who did it, where they are the customer's own; else the first person of whoever pays.
async fn others(house: &House, actor: &Actor, account: &BillingAccount) -> Result<Vec<(String, String, String)>, OperationError> {
    if actor.owner.1 == Some(account.customer) {
        let login = house.store.login(actor.login).await?;
        return Ok(login.map(|login| (login.email, login.name, login.language)).into_iter().collect());
    }
    Ok(first_person(house, account).await?.into_iter().collect())
}

/// The day in the operator's country.
async fn today(house: &House, actor: &Actor) -> Result<Date, OperationError> {
    let catalog = house.catalog(actor.scope.operator).await?;
    Ok(house.clock.now().to_local(&catalog.operator.time_zone).date())
}

fn place(reference: &MandateReference) -> Place<'_> {
    Place { table: KeptIban::TABLE, column: KeptIban::COLUMN, row: reference.as_str() }
}

fn sealed(house: &House, mandate: &Mandate) -> Result<KeptIban, OperationError> {
    let sealed = house.seal.seal(place(&mandate.reference), mandate.iban.electronic().as_bytes())?;
    Ok(KeptIban { sealed, masked: mandate.iban.masked() })
}

/// A mandate with its IBAN.
///
/// # Errors
/// When the IBAN does not open.
pub(crate) fn opened(house: &House, mandate: Mandate<KeptIban>) -> Result<Mandate, OperationError> {
    let bytes = house.seal.open(place(&mandate.reference), &mandate.iban.sealed)?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    let corrupt = |_| store::StoreError::Corrupt { column: "mandate.iban", value: mandate.iban.masked.clone() };
    let iban: Iban = text.parse().map_err(corrupt)?;
    Ok(mandate.with_account(iban))
}
