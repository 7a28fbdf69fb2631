//! The split bills of ordered lines (FLT-03): one profile for all lines of an order, from the month on in which it is placed. Whoever is to use each line
//! pays the rest, so that all that an invoice needs of them has to be known.

use super::{Actor, OrderAsked, OrderFault, OrderFaults, OrderRefused, people::User};
use crate::{
    House, OperationError,
    split_bill::{self, BillingAddress, KeptSplitProfile, SplitRefusal},
};
use store::{NewMail, NewPayer, Transaction};
use vocabulary::{CustomerId, LineId, Month, ResellerId, SplitProfileId, Timestamp};

/// How the bills of an order's lines are to be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitAsked {
    /// By which profile.
    pub profile: SplitProfileId,
    /// Did everybody agree who is to pay the rest?
    pub agreed: bool,
}

/// The profiles of a customer to choose from; none for a household.
///
/// # Errors
/// When the database fails.
pub async fn profiles(house: &House, actor: &Actor, customer: CustomerId) -> Result<Vec<KeptSplitProfile>, OperationError> {
    let shown = split_bill::profiles(house, actor, customer).await?.filter(|shown| shown.is_business);
    Ok(shown.map_or_else(Vec::new, |shown| shown.profiles.into_iter().filter(|profile| !profile.is_ended).collect()))
}

/// The profile that an order asks for, once everybody who is to pay can be.
pub(super) async fn chosen(
    house: &House,
    actor: &Actor,
    (asked, users): (&OrderAsked, &[User]),
) -> Result<Result<Option<KeptSplitProfile>, OrderRefused>, OperationError> {
    let Some(split) = asked.split else { return Ok(Ok(None)) };
    let offered = profiles(house, actor, asked.customer).await?;
    let Some(profile) = offered.into_iter().find(|profile| profile.id == split.profile) else {
        return Ok(Err(OrderRefused::Split(SplitRefusal::Unknown)));
    };
    let faults: OrderFaults = users.iter().enumerate().filter_map(|(place, user)| Some((place, missing(user)?))).collect();
    if !faults.is_empty() {
        return Ok(Err(OrderRefused::Lines(faults)));
    }
    Ok(if split.agreed { Ok(Some(profile)) } else { Err(OrderRefused::Split(SplitRefusal::NotAgreed)) })
}

/// What an invoice of somebody would want.
fn missing(user: &User) -> Option<OrderFault> {
    let data = &user.data;
    let wanted = [
        ("user", &user.shown),
        ("contact_email", &data.email),
        ("street", &data.street),
        ("postcode", &data.postcode),
        ("town", &data.town),
    ];
    wanted.into_iter().find(|(_, text)| text.is_empty()).map(|(column, _)| OrderFault::Payer(column))
}

/// Shares the bills of new lines from a month on.
pub(super) async fn write(
    transaction: &Transaction,
    (lines, users): (&[LineId], &[User]),
    (profile, since): (SplitProfileId, Month),
    by: (Timestamp, &str),
) -> Result<(), OperationError> {
    for (line, user) in lines.iter().zip(users) {
        let data = &user.data;
        let address = BillingAddress { street: data.street.clone(), postcode: data.postcode.clone(), town: data.town.clone() };
        let payer = NewPayer { name: &user.shown, address: &address, email: &data.email, language: "" };
        let account = transaction.payer_account(*line, &payer).await?;
        transaction.plan_split((*line, since), Some((profile, account)), by).await?;
    }
    Ok(())
}

/// The letters to those who are to pay: a line that is ordered has no number yet.
pub(super) async fn mails(
    house: &House,
    actor: &Actor,
    (reseller, customer): (Option<ResellerId>, CustomerId),
    (profile, since, users): (&KeptSplitProfile, Month, &[User]),
) -> Result<Vec<NewMail>, OperationError> {
    let Some(employer) = house.store.scoped(actor.scope).customer_name(customer).await? else { return Ok(Vec::new()) };
    let mut mails = Vec::with_capacity(users.len());
    for user in users {
        let told = (employer.as_str(), String::new(), since, Some(&profile.profile));
        mails.extend(split_bill::letter(house, (actor.scope.operator, reseller), told, (&user.shown, &user.data.email)).await?);
    }
    Ok(mails)
}
