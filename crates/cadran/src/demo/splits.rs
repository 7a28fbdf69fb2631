//! Who shares the bill of their line with the company that they work for.

use billing::{SplitKind, SplitProfile};
use operations::{House, permission::Role};
use store::{BillingAddress, NewPayer, Party, Scope, Window};
use vocabulary::{Cents, CustomerId, LineId, Month, OperatorId};

/// The company whose people share bills.
const EMPLOYER: &str = "Z300001";
/// By whom it is noted.
const BY: &str = "cadran demo";
/// Nobody of the company is looked for beyond so many.
const PEOPLE: u32 = 100;

/// Somebody who pays a part: with which address they sign in, where they live, and by which of the profiles.
struct Sharer {
    email: &'static str,
    street: &'static str,
    postcode: &'static str,
    town: &'static str,
    profile: usize,
}

const SHARERS: [Sharer; 2] = [
    Sharer { email: "marie@senne.example", street: "Hopstraat 14", postcode: "1000", town: "Brussel", profile: 0 },
    Sharer { email: "lotte@senne.example", street: "Kriekenlaan 3", postcode: "1700", town: "Dilbeek", profile: 1 },
];

fn profiles() -> [(&'static str, SplitProfile); 3] {
    let kinds = vec![SplitKind::Plan, SplitKind::Options, SplitKind::Home, SplitKind::Roaming];
    [
        ("Buitendienst 60 %", SplitProfile::Share { per_cent: 60 }),
        ("Abonnement en verbruik", SplitProfile::Kinds { kinds }),
        ("Tot 15 €", SplitProfile::UpTo { amount: Cents::new(1_500) }),
    ]
}

/// Has some people of one company share the bills of their lines from a month on. What is there stays as it is.
pub(super) async fn share(house: &House, id: OperatorId, since: Month) -> anyhow::Result<()> {
    let scoped = house.store.scoped(Scope::operator(id));
    let found = scoped.customers_like(EMPLOYER, 1).await?;
    let Some(Party::Customer(employer)) = found.into_iter().next().map(|found| found.party) else { return Ok(()) };
    if !scoped.split_profiles(employer).await?.is_empty() {
        return Ok(());
    }
    let lines = sharers(house, id, employer).await?;
    let transaction = house.store.begin().await?;
    let by = (house.clock.now(), BY);
    let mut made = Vec::new();
    for (name, profile) in &profiles() {
        made.extend(transaction.add_split_profile(employer, (name, profile)).await?);
    }
    for (line, name, sharer) in &lines {
        let address = BillingAddress { street: sharer.street.into(), postcode: sharer.postcode.into(), town: sharer.town.into() };
        let payer = NewPayer { name, address: &address, email: sharer.email, language: "" };
        let account = transaction.payer_account(*line, &payer).await?;
        let profile = made.get(sharer.profile).copied().map(|profile| (profile, account));
        transaction.plan_split((*line, since), profile, by).await?;
    }
    Ok(transaction.commit().await?)
}

/// The lines of those who share, with their names.
async fn sharers(house: &House, id: OperatorId, employer: CustomerId) -> anyhow::Result<Vec<(LineId, String, &'static Sharer)>> {
    let scoped = house.store.scoped(Scope::operator(id));
    let (people, _) = scoped.members(Party::Customer(employer), Window { offset: 0, rows: PEOPLE }).await?;
    let of = |sharer: &'static Sharer| {
        let member = people.iter().find(|member| member.email == sharer.email && member.role == Role::Member.as_str())?;
        Some((member.line?, member.name.clone(), sharer))
    };
    Ok(SHARERS.iter().filter_map(of).collect())
}
