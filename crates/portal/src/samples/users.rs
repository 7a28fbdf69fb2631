//! Who uses a line: what is known, what is wrong, what only the user changes.

use super::{at, lines::name, lines::number};
use crate::{
    Page,
    lines::{
        account::AccountPage,
        split::SplitPage,
        user::{Purpose, UserPage},
    },
    split_profiles::{ProfileProblem, ProfileTyped, SplitProfilesPage},
};
use askama::DynTemplate;
use jiff::civil::date;
use operations::{
    line_account::{AccountRefusal, AccountShown, LineAccount},
    line_user::{EditRefusal, Fault, Field, Typed, UserData, UserShown},
    split_bill::{
        BillingAddress, KeptShare, KeptSplitProfile, KeptSplitSpell, LineSplit, OwnAccount, PayerTyped, ProfilesShown, SplitKind,
        SplitProfile, SplitRefusal, SplitShown,
    },
};
use vocabulary::{BillingAccountId, Cents, CustomerId, LineId, LoginId, Month, Party, SimId, SplitProfileId, Timestamp};

pub(super) fn user(refusal: Option<EditRefusal>) -> UserShown {
    let data = UserData {
        description: "Camionnette 3".into(),
        title: "ms".into(),
        first_name: "Camille".into(),
        last_name: "Da Silva".into(),
        born: Some(date(1990, 2, 28)),
        email: "camille@lambert.example".into(),
        number: number(5).to_string(),
        language: "fr".into(),
        street: "12, rue des Forges".into(),
        postcode: "35400".into(),
        town: "Saint-Malo".into(),
    };
    UserShown {
        line: LineId(1),
        number: Party::Number(number(3)),
        name: name(3),
        data,
        confirmed: None,
        version: 3,
        refusal,
        is_reader: true,
        people: Some(vec![(LoginId(7), name(3))]),
    }
}

fn shown(page: Page, user: UserShown, purpose: Purpose) -> UserPage {
    let typed = Typed::of(&user.data);
    let sim = Some((SimId(1), true));
    UserPage { page, user, purpose, typed, faults: Vec::new(), is_stale: false, is_done: false, sim }
}

/// A line that another account will pay for.
pub(super) fn payer() -> AccountShown {
    let (here, there) = ((BillingAccountId(1), "Siège".to_owned()), (BillingAccountId(2), "Atelier de Dinan".to_owned()));
    let kept = LineAccount {
        line: LineId(1),
        number: Party::Number(number(3)),
        user: name(3),
        state: "active".into(),
        owner: (None, CustomerId(1)),
        account: here.clone(),
        planned: Some((there.0, there.1.clone(), at(30, 0, 0, 0))),
    };
    AccountShown { kept, accounts: vec![here, there], from: at(30, 0, 0, 0), is_over: false }
}

fn profiles() -> Vec<KeptSplitProfile> {
    let kept = |id, name: &str, profile, lines, is_ended| KeptSplitProfile {
        id: SplitProfileId(id),
        name: name.into(),
        profile,
        lines,
        is_ended,
    };
    let kinds = vec![SplitKind::Plan, SplitKind::Options, SplitKind::Home, SplitKind::Special, SplitKind::Roaming];
    vec![
        kept(1, "Commerciaux", SplitProfile::Share { per_cent: 60 }, 12, false),
        kept(2, "Plafond 25 €", SplitProfile::UpTo { amount: Cents::new(2_500) }, 1_240, false),
        kept(3, "Tout sauf les achats et les appels vers l’étranger", SplitProfile::Kinds { kinds }, 0, true),
    ]
}

/// A line whose bill is shared, and will be whole.
pub(super) fn split() -> SplitShown {
    let month = Month::containing(Timestamp::from_micros(at(12, 9, 30, 0).micros()), &jiff::tz::TimeZone::UTC);
    let share = KeptShare {
        profile: SplitProfileId(1),
        profile_name: "Commerciaux".into(),
        account: BillingAccountId(9),
        holder: name(3),
    };
    let spells = vec![KeptSplitSpell { since: month, share: Some(share.clone()) }];
    let kept = LineSplit {
        line: LineId(1),
        number: Party::Number(number(3)),
        user: name(3),
        state: "active".into(),
        owner: (None, CustomerId(1)),
        customer_name: "Lambert & Fils".into(),
        is_business: true,
        spells,
        own: Some(OwnAccount { id: BillingAccountId(9), holder: name(3), email: "camille@lambert.example".into() }),
    };
    SplitShown {
        kept,
        now: Some(share),
        planned: Some(KeptSplitSpell { since: month.next(), share: None }),
        profiles: profiles().into_iter().filter(|profile| !profile.is_ended).collect(),
        from: month.next(),
        user: PayerTyped::default(),
        is_over: false,
    }
}

fn splits(page: &Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let here = |path: &str| Page { here: path.into(), ..page.clone() };
    let first = SplitShown { now: None, planned: None, kept: LineSplit { own: None, ..split().kept }, ..split() };
    let typed = PayerTyped {
        name: name(3),
        email: "camille@lambert.example".into(),
        address: BillingAddress { street: "12, rue des Forges".into(), postcode: String::new(), town: "Saint-Malo".into() },
        agreed: false,
    };
    let line = |shown, typed, refusal, is_done| SplitPage {
        page: here("/lines/1/split"),
        shown,
        chosen: Some(SplitProfileId(1)),
        typed,
        refusal,
        is_done,
    };
    let shown = |profiles, is_business| ProfilesShown {
        customer: CustomerId(1),
        customer_name: "Lambert & Fils".into(),
        reseller: None,
        is_business,
        profiles,
    };
    let of_customer = |shown, typed, problem, is_done| SplitProfilesPage {
        page: here("/customers/1/split-profiles"),
        shown,
        typed,
        problem,
        is_done,
    };
    let wrong =
        ProfileTyped { name: "Plafond".into(), rule: "up_to".into(), amount: "beaucoup".into(), ..ProfileTyped::default() };
    let problem = Some(ProfileProblem::Amount("beaucoup".into()));
    vec![
        ("line-split", Box::new(line(split(), PayerTyped::default(), None, true))),
        ("line-split-wrong", Box::new(line(first, typed, Some(SplitRefusal::Address(None)), false))),
        ("split-profiles", Box::new(of_customer(shown(profiles(), true), ProfileTyped::default(), None, true))),
        ("split-profiles-wrong", Box::new(of_customer(shown(Vec::new(), true), wrong, problem, false))),
    ]
}

pub(super) fn all(page: Page, another: Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let wrong = UserPage {
        faults: vec![(Field::Email, Fault::Address), (Field::Born, Fault::NotThen), (Field::Title, Fault::Unknown)],
        is_stale: true,
        is_done: true,
        ..shown(another, user(None), Purpose::Another)
    };
    let payer = AccountPage {
        page: Page { here: "/lines/1/account".into(), ..page.clone() },
        shown: payer(),
        refusal: Some(AccountRefusal::Same),
        is_done: true,
    };
    let theirs = shown(page.clone(), user(Some(EditRefusal::Confirmed(at(12, 9, 30, 0)))), Purpose::Correct);
    let mut pages = splits(&page);
    pages.extend::<Vec<(&'static str, Box<dyn DynTemplate>)>>(vec![
        ("line-account", Box::new(payer)),
        ("line-user", Box::new(shown(page, user(None), Purpose::Correct))),
        ("line-user-confirmed", Box::new(theirs)),
        ("line-user-wrong", Box::new(wrong)),
    ]);
    pages
}
