//! Split bills (FLT-03, FLT-09, FLT-20): a customer's profiles of what it pays for its people's lines, and which line goes by which of them. The rest is
//! paid by who uses the line, with an account of their own that nobody else of the customer sees.

use crate::{
    Actor, House, OperationError,
    billing_account::{LONGEST_LINE, read_email},
    esim::brand_of,
    journal::Object,
    line_user,
    mail::{self, Letter, Post},
    permission::Permission,
};
pub use billing::{SplitKind, SplitProfile};
use serde::{Deserialize, Serialize};
use serde_json::json;
pub use store::{BillingAddress, KeptShare, KeptSplitProfile, KeptSplitSpell, LineSplit, OwnAccount};
use store::{NewEntry, NewMail, NewPayer};
use vocabulary::{Cents, CustomerId, LabelRefusal, LineId, Month, OperatorId, Party, ResellerId, SplitProfileId, unreadable};

/// No name of a profile is longer, in characters.
pub const LONGEST_NAME: usize = 60;
/// A customer has so many profiles at most: they are chosen from a list.
pub const MOST_PROFILES: usize = 100;
/// No employer pays more for a line in a month by a profile.
const MOST_AMOUNT: Cents = Cents::new(1_000_000);

/// A customer's profiles.
#[derive(Clone, Debug)]
pub struct ProfilesShown {
    /// Whose.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// Its reseller.
    pub reseller: Option<ResellerId>,
    /// Is it a business? Households share no bills.
    pub is_business: bool,
    /// Those that are offered first.
    pub profiles: Vec<KeptSplitProfile>,
}

/// Why there is no new profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileRefusal {
    /// It has no name, a longer one, or one that cannot be read.
    Name(Option<LabelRefusal>),
    /// There is one of that name.
    Known(String),
    /// More than everything.
    PerCent(u8),
    /// Nobody pays so much for a line in a month, or less than nothing.
    Amount(Cents),
    /// None of the kinds was chosen.
    NoKinds,
    /// There are as many as a list can hold.
    Many,
    /// A household shares no bills.
    NotBusiness,
}

/// A line's split as pages show it.
#[derive(Clone, Debug)]
pub struct SplitShown {
    /// The line.
    pub kept: LineSplit,
    /// Who shares its bill in this month; `None`: nobody.
    pub now: Option<KeptShare>,
    /// What is planned from a later month on.
    pub planned: Option<KeptSplitSpell>,
    /// The profiles to choose from.
    pub profiles: Vec<KeptSplitProfile>,
    /// The month from which on a choice holds that is made now.
    pub from: Month,
    /// What is known of who uses the line, for a form to begin with.
    pub user: PayerTyped,
    /// Is the line over, so that nothing is chosen any more?
    pub is_over: bool,
}

/// Who is to pay the rest, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayerTyped {
    /// Their name.
    pub name: String,
    /// Where they are told of their invoices.
    pub email: String,
    /// Where those go.
    pub address: BillingAddress,
    /// Did they agree?
    pub agreed: bool,
}

/// Why a line's bill goes on as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SplitRefusal {
    /// A household shares no bills.
    NotBusiness,
    /// The line is over.
    Over,
    /// So it is already, or is to be.
    Same,
    /// The customer offers no such profile.
    Unknown,
    /// The payer has no name, or one that cannot be read.
    Name(Option<LabelRefusal>),
    /// The payer has no address for mails, or one to which none can go.
    Email(Option<LabelRefusal>),
    /// A line of the postal address is missing, too long, or cannot be read.
    Address(Option<LabelRefusal>),
    /// Nobody said that the payer agrees.
    NotAgreed,
    /// These people sign in for the line too: they would see what the payer alone is to see.
    Others(Vec<String>),
    /// There is nothing to take back any more.
    NothingPlanned,
}

/// What somebody is told who is to pay a part of a line's bill, or not any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitTold {
    /// Who pays the other part.
    pub customer: String,
    /// The line's number; empty where it has none.
    pub number: String,
    /// The first day: `2026-12-01`.
    pub since: String,
    /// What the other pays; `None`: everything.
    pub paid: Option<SplitProfile>,
    /// Where the invoices can be seen.
    pub link: String,
}

/// The profiles of a customer; `None` outside the asker's scope, and for who may not change lines.
///
/// # Errors
/// When the database fails.
pub async fn profiles(house: &House, actor: &Actor, customer: CustomerId) -> Result<Option<ProfilesShown>, OperationError> {
    if !actor.may(Permission::ChangeLines) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some((customer_name, reseller, is_business)) = scoped.employer(customer).await? else { return Ok(None) };
    let profiles = scoped.split_profiles(customer).await?;
    Ok(Some(ProfilesShown { customer, customer_name, reseller, is_business, profiles }))
}

/// Adds a profile. `None` as for [`profiles`].
///
/// # Errors
/// When the database fails.
pub async fn add_profile(
    house: &House,
    actor: &Actor,
    customer: CustomerId,
    (typed, profile): (&str, &SplitProfile),
) -> Result<Option<Result<(), ProfileRefusal>>, OperationError> {
    let Some(shown) = profiles(house, actor, customer).await? else { return Ok(None) };
    let name = match read_name(typed).and_then(|name| check_profile(profile).map(|()| name)) {
        Ok(name) => name,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    if !shown.is_business {
        return Ok(Some(Err(ProfileRefusal::NotBusiness)));
    }
    if shown.profiles.len() >= MOST_PROFILES {
        return Ok(Some(Err(ProfileRefusal::Many)));
    }
    let transaction = house.store.begin().await?;
    if transaction.add_split_profile(customer, (name, profile)).await?.is_none() {
        return Ok(Some(Err(ProfileRefusal::Known(name.to_owned()))));
    }
    let entry = actor.entry(house.clock.now(), "split_profile_added", Object::Customer(customer));
    let after = Some(json!({ "profile": name }).to_string());
    transaction.note(NewEntry { owner: (shown.reseller, Some(customer)), after, ..entry }).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

/// Offers a profile no more, or again; lines that have it keep it. `None` as for [`profiles`], and where there is no such profile.
///
/// # Errors
/// When the database fails.
pub async fn offer_profile(
    house: &House,
    actor: &Actor,
    (customer, id): (CustomerId, SplitProfileId),
    is_offered: bool,
) -> Result<Option<()>, OperationError> {
    let Some(shown) = profiles(house, actor, customer).await? else { return Ok(None) };
    let Some(profile) = shown.profiles.iter().find(|profile| profile.id == id) else { return Ok(None) };
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    if transaction.offer_split_profile((customer, id), (!is_offered).then_some(now)).await? {
        let action = if is_offered { "split_profile_offered" } else { "split_profile_ended" };
        let entry = actor.entry(now, action, Object::Customer(customer));
        let after = Some(json!({ "profile": profile.name }).to_string());
        transaction.note(NewEntry { owner: (shown.reseller, Some(customer)), after, ..entry }).await?;
        transaction.commit().await?;
    }
    Ok(Some(()))
}

fn read_name(typed: &str) -> Result<&str, ProfileRefusal> {
    let name = typed.trim();
    if let Some(sign) = unreadable(name) {
        return Err(ProfileRefusal::Name(Some(sign)));
    }
    let is_name = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    if is_name { Ok(name) } else { Err(ProfileRefusal::Name(None)) }
}

fn check_profile(profile: &SplitProfile) -> Result<(), ProfileRefusal> {
    match profile {
        SplitProfile::Share { per_cent } if *per_cent > 100 => Err(ProfileRefusal::PerCent(*per_cent)),
        SplitProfile::UpTo { amount } if amount.is_negative() || *amount > MOST_AMOUNT => Err(ProfileRefusal::Amount(*amount)),
        SplitProfile::Kinds { kinds } if kinds.is_empty() => Err(ProfileRefusal::NoKinds),
        _ => Ok(()),
    }
}

/// Who shares the bill of a line; `None` outside the asker's scope, and for who may not change lines.
///
/// # Errors
/// When the database fails.
pub async fn split(house: &House, actor: &Actor, line: LineId) -> Result<Option<SplitShown>, OperationError> {
    if !actor.may(Permission::ChangeLines) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(kept) = scoped.line_split(line).await? else { return Ok(None) };
    let profiles = scoped.split_profiles(kept.owner.1).await?.into_iter().filter(|profile| !profile.is_ended).collect();
    let zone = house.catalog(actor.scope.operator).await?.operator.time_zone.clone();
    let month = Month::containing(house.clock.now(), &zone);
    // A line that no network knows yet is shared from its first day on.
    let is_new = matches!(kept.state.as_str(), "ordered" | "activating");
    let from = if is_new { month } else { month.next() };
    let (begun, later): (Vec<_>, Vec<_>) = kept.spells.iter().cloned().partition(|spell| spell.since < from);
    let user = line_user::user(house, actor, line).await?.map(|user| PayerTyped {
        name: user.name,
        email: user.data.email,
        address: BillingAddress { street: user.data.street, postcode: user.data.postcode, town: user.data.town },
        agreed: false,
    });
    let is_over = matches!(kept.state.as_str(), "ending" | "ended");
    Ok(Some(SplitShown {
        now: begun.into_iter().next_back().and_then(|spell| spell.share),
        planned: later.into_iter().next_back(),
        profiles,
        from,
        user: user.unwrap_or_default(),
        is_over,
        kept,
    }))
}

/// Has the bill of a line go by a profile from the first of next month on, or be whole again; whoever pays the rest is told. `None` as for [`split`].
///
/// # Errors
/// When the database fails, or there are no keys to seal mails with.
pub async fn plan(
    house: &House,
    actor: &Actor,
    line: LineId,
    (wanted, payer): (Option<SplitProfileId>, &PayerTyped),
) -> Result<Option<Result<Month, SplitRefusal>>, OperationError> {
    let Some(shown) = split(house, actor, line).await? else { return Ok(None) };
    if !shown.kept.is_business {
        return Ok(Some(Err(SplitRefusal::NotBusiness)));
    }
    if shown.is_over {
        return Ok(Some(Err(SplitRefusal::Over)));
    }
    let before = shown.planned.as_ref().map_or(&shown.now, |planned| &planned.share);
    if before.as_ref().map(|share| share.profile) == wanted {
        return Ok(Some(Err(SplitRefusal::Same)));
    }
    let found = wanted.map(|id| shown.profiles.iter().find(|profile| profile.id == id).ok_or(SplitRefusal::Unknown)).transpose();
    let profile = match found {
        Ok(profile) => profile,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let (name, email, address) = match read_payer(&shown, profile, payer) {
        Ok(read) => read,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    if profile.is_some() && shown.kept.own.is_none() {
        let others = house.store.scoped(actor.scope).others_of_line(line, &email).await?;
        if !others.is_empty() {
            return Ok(Some(Err(SplitRefusal::Others(others))));
        }
    }
    let number = if let Party::Number(number) = shown.kept.number { number.to_string() } else { String::new() };
    let told = (shown.kept.customer_name.as_str(), number, shown.from, profile.map(|profile| &profile.profile));
    let mail = letter(house, (actor.scope.operator, shown.kept.owner.0), told, (&name, &email)).await?;
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    // Of two who ask at once the second finds it done.
    if transaction.hold_split(line).await? == wanted {
        return Ok(Some(Err(SplitRefusal::Same)));
    }
    let share = match profile {
        Some(profile) => {
            let new = NewPayer { name: &name, address: &address, email: &email, language: "" };
            Some((profile.id, transaction.payer_account(line, &new).await?))
        }
        None => None,
    };
    let is_as_it_was = share.map(|(profile, _)| profile) == shown.now.as_ref().map(|share| share.profile);
    if is_as_it_was {
        transaction.drop_planned_split(line, shown.from).await?;
    } else {
        transaction.plan_split((line, shown.from), share, (now, &actor.name)).await?;
    }
    let entry = actor.entry(now, "line_bill_split_planned", Object::Line(line));
    let words = |share: Option<(&str, &str)>| share.map(|(profile, payer)| json!({ "profile": profile, "payer": payer }));
    let after = json!({ "profile": profile.map(|profile| &profile.name), "payer": profile.map(|_| &name), "month": shown.from.to_string() });
    let owner = (shown.kept.owner.0, Some(shown.kept.owner.1));
    let was = words(before.as_ref().map(|share| (share.profile_name.as_str(), share.holder.as_str())));
    let entry = NewEntry { owner, before: was.map(|was| was.to_string()), after: Some(after.to_string()), ..entry };
    transaction.note(entry).await?;
    if let Some(mail) = &mail {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    if mail.is_some() {
        house.mail_posted();
    }
    Ok(Some(Ok(shown.from)))
}

/// Who pays the rest: as they were typed, unless they have an account already, which is theirs to change.
fn read_payer(
    shown: &SplitShown,
    profile: Option<&KeptSplitProfile>,
    typed: &PayerTyped,
) -> Result<(String, String, BillingAddress), SplitRefusal> {
    if let Some(OwnAccount { holder, email, .. }) = &shown.kept.own {
        return Ok((holder.clone(), email.clone(), BillingAddress::default()));
    }
    if profile.is_none() {
        return Ok(<_>::default());
    }
    let name = typed.name.trim().to_owned();
    if let Some(sign) = unreadable(&name) {
        return Err(SplitRefusal::Name(Some(sign)));
    }
    if name.is_empty() || name.chars().count() > LONGEST_LINE {
        return Err(SplitRefusal::Name(None));
    }
    let email = read_email(&typed.email).map_err(|refusal| match refusal {
        crate::billing_account::Refusal::Email(sign) => SplitRefusal::Email(sign),
        _ => SplitRefusal::Email(None),
    })?;
    if email.is_empty() {
        return Err(SplitRefusal::Email(None));
    }
    let [street, postcode, town] =
        [&typed.address.street, &typed.address.postcode, &typed.address.town].map(|line| line.trim().to_owned());
    let address = BillingAddress { street, postcode, town };
    for line in [&address.street, &address.postcode, &address.town] {
        if let Some(sign) = unreadable(line) {
            return Err(SplitRefusal::Address(Some(sign)));
        }
        if line.is_empty() || line.chars().count() > LONGEST_LINE {
            return Err(SplitRefusal::Address(None));
        }
    }
    if !typed.agreed {
        return Err(SplitRefusal::NotAgreed);
    }
    Ok((name, email, address))
}

/// What is told of a split: who pays the other part, the line's number, from which month on, and what the other pays.
pub(crate) type Told<'a> = (&'a str, String, Month, Option<&'a SplitProfile>);

/// The letter to who pays the rest from then on, or nothing any more; none where they have no address.
pub(crate) async fn letter(
    house: &House,
    (operator, reseller): (OperatorId, Option<ResellerId>),
    (customer, number, since, paid): Told<'_>,
    (name, email): (&str, &str),
) -> Result<Option<NewMail>, OperationError> {
    if email.is_empty() {
        return Ok(None);
    }
    let Some(brand) = brand_of(house, (operator, reseller)).await? else { return Ok(None) };
    let letter = Letter::SplitBill(SplitTold {
        customer: customer.to_owned(),
        number,
        since: since.first_day().to_string(),
        paid: paid.cloned(),
        link: format!("{}/invoices", house.site(&brand.host)),
    });
    let post = Post { operator, host: &brand.host, recipient: email, name, language: "", letter, useful_until: None };
    Ok(Some(mail::written(house, post)?))
}

/// Leaves a line's bill as it is. `None` as for [`split`].
///
/// # Errors
/// When the database fails.
pub async fn take_back(house: &House, actor: &Actor, line: LineId) -> Result<Option<Result<(), SplitRefusal>>, OperationError> {
    let Some(shown) = split(house, actor, line).await? else { return Ok(None) };
    let transaction = house.store.begin().await?;
    if shown.planned.is_none() || !transaction.drop_planned_split(line, shown.from).await? {
        return Ok(Some(Err(SplitRefusal::NothingPlanned)));
    }
    let entry = actor.entry(house.clock.now(), "line_bill_split_taken_back", Object::Line(line));
    let owner = (shown.kept.owner.0, Some(shown.kept.owner.1));
    transaction.note(NewEntry { owner, ..entry }).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}
