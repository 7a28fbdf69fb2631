//! A line's bill that an employer and who uses the line share, from the profile to both invoices.

use crate::{
    people::{Town, actor_of, given, links, town},
    stage::{actor, at},
};
use operations::{
    Actor, Reach, Scope,
    bill_run::{self, BillAsked},
    billing_account, invoices,
    line_user::{self, Field, Typed},
    mandate,
    members::{self, Invited, MemberRefusal},
    payments,
    permission::Role,
    proof,
    split_bill::{self, BillingAddress, PayerTyped, ProfileRefusal, SplitProfile, SplitRefusal, SplitShown},
};
use store::{Issuer, Party};
use vocabulary::{Cents, LineId, LoginId, Month, SplitProfileId};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

async fn bill(town: &Town, of: &str) {
    let run = bill_run::begin(&town.house, Issuer::operator(town.door.operator), month(of), (BillAsked::Keep, "Noé")).await;
    bill_run::work(&town.house, run.unwrap(), &|_| ()).await.unwrap();
}

/// What somebody sees of invoices: each one's month, payer and amount without VAT, the latest first.
async fn seen(town: &Town, reader: &Actor) -> Vec<(String, String, i64)> {
    let listed = invoices::list(&town.house, reader, &invoices::Asked::default(), 50).await.unwrap().unwrap();
    let mut seen = Vec::new();
    for row in &listed.rows {
        let shown = invoices::show(&town.house, reader, row.id).await.unwrap().unwrap();
        seen.push((row.month.to_string(), shown.invoice.buyer.name.clone(), shown.invoice.totals.net.get()));
    }
    seen
}

async fn own_line(town: &Town) -> LineId {
    let scoped = town.house.store.scoped(Scope::operator(town.door.operator));
    scoped.line_of_customer(town.other, "+33639980021").await.unwrap().unwrap()
}

fn camille() -> PayerTyped {
    PayerTyped {
        name: "Camille Roux".into(),
        email: "camille@roux.example".into(),
        address: BillingAddress { street: "3 rue du Port".into(), postcode: "29200".into(), town: "Brest".into() },
        agreed: true,
    }
}

/// FLT-20, FLT-09, FLT-03: a profile is made, a line goes by it from the first of next month on, its user agrees, is told, and gets an invoice that only
/// they and the operator see; who comes to use the line after them sees and pays nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn employer_and_employee_share_a_bill() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, own_line(&town).await);
        let mona = actor_of(&town, "mona@other.example").await;
        let olga = actor_of(&town, "olga@test.example").await;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let user = actor(Scope { operator: town.door.operator, reach: Reach::Line(line) }, Role::Member);
        let add = async |actor: &Actor, name: &str, profile: SplitProfile| {
            split_bill::add_profile(house, actor, town.other, (name, &profile)).await.unwrap()
        };
        let share = |per_cent| SplitProfile::Share { per_cent };

        assert!(add(&hugo, "Theirs", share(60)).await.is_none(), "another company's profiles are not there");
        assert!(add(&user, "Mine", share(100)).await.is_none(), "who uses a line makes no profile");
        assert_eq!(add(&mona, " ", share(60)).await, Some(Err(ProfileRefusal::Name(None))));
        assert_eq!(add(&mona, "All", share(101)).await, Some(Err(ProfileRefusal::PerCent(101))));
        let kinds = SplitProfile::Kinds { kinds: Vec::new() };
        assert_eq!(add(&mona, "None", kinds).await, Some(Err(ProfileRefusal::NoKinds)));
        assert_eq!(add(&mona, "Sales", share(60)).await, Some(Ok(())));
        assert_eq!(add(&mona, "Sales", share(50)).await, Some(Err(ProfileRefusal::Known("Sales".into()))));
        let profiles = async || split_bill::profiles(house, &mona, town.other).await.unwrap().unwrap().profiles;
        let sales = profiles().await[0].id;

        let plan = async |actor: &Actor, profile, payer: &PayerTyped| {
            split_bill::plan(house, actor, line, (profile, payer)).await.unwrap()
        };
        let shown = async || -> SplitShown { split_bill::split(house, &mona, line).await.unwrap().unwrap() };
        assert!(plan(&hugo, Some(sales), &camille()).await.is_none() && plan(&user, Some(sales), &camille()).await.is_none());
        for (wrong, refusal) in [
            (PayerTyped { name: String::new(), ..camille() }, SplitRefusal::Name(None)),
            (PayerTyped { email: "x".into(), ..camille() }, SplitRefusal::Email(None)),
            (PayerTyped { email: String::new(), ..camille() }, SplitRefusal::Email(None)),
            (PayerTyped { address: BillingAddress::default(), ..camille() }, SplitRefusal::Address(None)),
            (PayerTyped { agreed: false, ..camille() }, SplitRefusal::NotAgreed),
        ] {
            assert_eq!(plan(&mona, Some(sales), &wrong).await, Some(Err(refusal)));
        }
        assert_eq!(plan(&mona, Some(SplitProfileId(999)), &camille()).await, Some(Err(SplitRefusal::Unknown)));
        assert_eq!(plan(&mona, None, &camille()).await, Some(Err(SplitRefusal::Same)));
        assert!(given(house).await.iter().all(|(_, template)| template != "split-bill"), "what was refused told nobody");
        assert_eq!(plan(&mona, Some(sales), &camille()).await, Some(Ok(month("2026-12"))));
        assert_eq!(plan(&mona, Some(sales), &camille()).await, Some(Err(SplitRefusal::Same)));
        assert!(given(house).await.contains(&("camille@roux.example".into(), "split-bill".into())));
        assert_eq!(split_bill::take_back(house, &mona, line).await.unwrap(), Some(Ok(())));
        assert_eq!(split_bill::take_back(house, &mona, line).await.unwrap(), Some(Err(SplitRefusal::NothingPlanned)));
        // Who has an account already is not asked again.
        assert_eq!(plan(&mona, Some(sales), &PayerTyped::default()).await, Some(Ok(month("2026-12"))));
        let kept = shown().await;
        let own = kept.kept.own.clone().unwrap().id;
        assert_eq!((kept.now, kept.planned.unwrap().share.unwrap().account), (None, own));
        assert!(house.store.scoped(mona.scope).accounts_of(town.other).await.unwrap().iter().all(|(id, _)| *id != own));

        house.clock.set(at("2026-12-02T03:00:00Z"));
        bill(&town, "2026-12").await;
        let (employer, employee) = (seen(&town, &mona).await, seen(&town, &user).await);
        let whole = employer[0].2 + employee[0].2;
        assert_eq!((employer.len(), employee.len()), (1, 1));
        assert_eq!((employer[0].1.as_str(), employee[0].1.as_str()), ("Other", "Camille Roux"));
        assert_eq!(Cents::new(whole).part(60, 100).get(), employer[0].2);
        assert_eq!(seen(&town, &olga).await.iter().filter(|(_, payer, _)| payer == "Camille Roux").count(), 1);
        assert!(seen(&town, &hugo).await.is_empty());
        // The account is its holder's, and the operator's to look after.
        let account = async |actor: &Actor| billing_account::show(house, actor, own).await.unwrap();
        assert!(account(&mona).await.is_none() && account(&hugo).await.is_none());
        assert!(account(&user).await.unwrap().can_change && account(&olga).await.is_some());
        assert!(payments::owed(house, &mona, own).await.unwrap().is_none());
        assert!(payments::owed(house, &user, own).await.unwrap().is_some());
        let nowhere = billing_account::Wishes { email: Some("camille@roux.example"), ..Default::default() };
        let refused = billing_account::change(house, &user, own, &nowhere).await.unwrap();
        assert_eq!(refused, Some(Err(billing_account::Refusal::Address(None))), "who pays has an address of their own");
        // Mails of it go to nobody else.
        bill_run::tell::take_up(house).await.unwrap();
        let told: Vec<_> = given(house).await.into_iter().filter(|(_, template)| template == "invoice-issued").collect();
        assert_eq!(told.iter().filter(|(recipient, _)| recipient == "camille@roux.example").count(), 1);
        assert_eq!(told.iter().filter(|(recipient, _)| recipient == "mona@other.example").count(), 1);
        // Nor do those of its bank account, whoever writes it down.
        let (now, iban) = (house.clock.now(), "FR14 2004 1010 0505 0001 3M02 606");
        let fresh = Actor { proved: now, ..olga.clone() };
        let typed = mandate::Typed { iban, bic: "", holder: "Camille Roux", email: "", agreed: mandate::Agreed::Yes };
        mandate::sign(house, proof::asked(&fresh, now).unwrap(), own, &typed).await.unwrap().unwrap().unwrap();
        assert_eq!(mandate::end(house, &olga, own).await.unwrap(), Some(true));
        let told: Vec<_> = given(house).await.into_iter().filter(|(_, template)| template.starts_with("debit")).collect();
        assert!(told.iter().all(|(recipient, _)| recipient != "mona@other.example"), "{told:?}");
        assert!(told.iter().any(|(recipient, _)| recipient == "camille@roux.example"), "{told:?}");

        // Somebody else comes to use the line: from this month on the company pays, and nothing of the other is seen.
        let typed = Typed::with(|field| match field {
            Field::LastName => "Petit".to_owned(),
            _ => String::new(),
        });
        let version = line_user::user(house, &mona, line).await.unwrap().unwrap().version;
        line_user::replace(house, &mona, (line, version), &typed).await.unwrap().unwrap().unwrap();
        assert!(seen(&town, &user).await.is_empty() && account(&user).await.is_none());
        assert!(shown().await.kept.own.is_none());
        house.clock.set(at("2027-01-02T03:00:00Z"));
        bill(&town, "2027-01").await;
        let january: Vec<_> = seen(&town, &olga).await.into_iter().filter(|(of, ..)| of == "2027-01").collect();
        assert!(january.iter().all(|(_, payer, _)| payer != "Camille Roux"), "{january:?}");
        assert_eq!(january.iter().find(|(_, payer, _)| payer == "Other").unwrap().2, whole, "a month's subscription, whole");
        assert!(house.store.check_ledger(town.door.operator).await.unwrap().faults.is_empty());
    }
}

/// FLT-20, PLT-01: who uses a line has their bills to themselves: who else signs in for it goes first, the manager asks nobody else in there afterwards, and
/// what was planned for somebody and taken back is not there for whoever uses the line after them. Of two managers who plan at once, one does.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_is_let_into_a_line_that_is_shared() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, own_line(&town).await);
        let mona = actor_of(&town, "mona@other.example").await;
        let user = actor(Scope { operator: town.door.operator, reach: Reach::Line(line) }, Role::Member);
        let share = SplitProfile::Share { per_cent: 60 };
        split_bill::add_profile(house, &mona, town.other, ("Sales", &share)).await.unwrap().unwrap().unwrap();
        let sales = split_bill::profiles(house, &mona, town.other).await.unwrap().unwrap().profiles[0].id;
        let payer = camille();
        let plan = async || split_bill::plan(house, &mona, line, (Some(sales), &payer)).await.unwrap().unwrap();
        let invite = async |name: &str, email: &str| {
            let role = Role::Member.as_str();
            let invited = Invited { name, email, role, language: "fr", line: "+33639980021" };
            members::invite(house, &mona, Party::Customer(town.other), invited, &links()).await.unwrap().unwrap()
        };

        let noe = invite("Noé Petit", "noe@other.example").await.unwrap();
        assert_eq!(plan().await, Err(SplitRefusal::Others(vec!["Noé Petit".into()])));
        members::withdraw(house, &mona, (noe, version_of(&town, noe).await)).await.unwrap().unwrap().unwrap();
        let (one, other) = tokio::join!(plan(), plan());
        let came = [one, other];
        assert_eq!(came.iter().filter(|came| came.is_ok()).count(), 1, "{came:?}");
        assert!(came.contains(&Err(SplitRefusal::Same)), "{came:?}");
        let told = given(house).await.into_iter().filter(|(_, template)| template == "split-bill").count();
        assert_eq!(told, 1);
        assert_eq!(invite("Noé Petit", "noe@other.example").await, Err(MemberRefusal::Shared));
        invite("Camille Roux", "Camille@roux.example").await.unwrap();

        let own = split_bill::split(house, &mona, line).await.unwrap().unwrap().kept.own.unwrap().id;
        assert!(billing_account::show(house, &user, own).await.unwrap().is_some());
        split_bill::take_back(house, &mona, line).await.unwrap().unwrap().unwrap();
        let typed = Typed::with(|field| if field == Field::LastName { "Petit".to_owned() } else { String::new() });
        let version = line_user::user(house, &mona, line).await.unwrap().unwrap().version;
        line_user::replace(house, &mona, (line, version), &typed).await.unwrap().unwrap().unwrap();
        assert!(billing_account::show(house, &user, own).await.unwrap().is_none());
        assert!(split_bill::split(house, &mona, line).await.unwrap().unwrap().kept.own.is_none());
    }
}

async fn version_of(town: &Town, login: LoginId) -> i64 {
    let scoped = town.house.store.scoped(Scope::operator(town.door.operator));
    scoped.some_members(&[login]).await.unwrap()[0].version
}

/// FLT-20: a profile that is offered no more stays with the lines that have it; a household shares nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_is_offered_no_more_goes_on() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, own_line(&town).await);
        let olga = actor_of(&town, "olga@test.example").await;
        let up_to = SplitProfile::UpTo { amount: Cents::new(500) };
        split_bill::add_profile(house, &olga, town.other, ("Five", &up_to)).await.unwrap().unwrap().unwrap();
        let listed = async || split_bill::profiles(house, &olga, town.other).await.unwrap().unwrap().profiles;
        let five = listed().await[0].id;
        split_bill::plan(house, &olga, line, (Some(five), &camille())).await.unwrap().unwrap().unwrap();
        assert_eq!(listed().await[0].lines, 1);
        split_bill::offer_profile(house, &olga, (town.other, five), false).await.unwrap().unwrap();
        let shown = split_bill::split(house, &olga, line).await.unwrap().unwrap();
        assert!(shown.profiles.is_empty() && shown.planned.is_some() && listed().await[0].is_ended);
        split_bill::offer_profile(house, &olga, (town.other, five), true).await.unwrap().unwrap();
        assert!(split_bill::offer_profile(house, &olga, (town.company, five), false).await.unwrap().is_none());
        let at_home = split_bill::plan(house, &olga, town.lines[2], (None, &camille())).await.unwrap();
        assert_eq!(at_home, Some(Err(SplitRefusal::NotBusiness)));
        let of_home = split_bill::add_profile(house, &olga, town.household, ("Five", &up_to)).await.unwrap();
        assert_eq!(of_home, Some(Err(ProfileRefusal::NotBusiness)));
    }
}
