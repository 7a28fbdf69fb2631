//! Who uses a line: what is known, what is wrong, what only the user changes.

use super::{at, lines::name, lines::number};
use crate::{
    Page,
    lines::{
        account::AccountPage,
        user::{Purpose, UserPage},
    },
};
use askama::DynTemplate;
use jiff::civil::date;
use operations::{
    line_account::{AccountRefusal, AccountShown, LineAccount},
    line_user::{EditRefusal, Fault, Field, Typed, UserData, UserShown},
};
use vocabulary::{BillingAccountId, CustomerId, LineId, LoginId, Party, SimId};

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
    vec![
        ("line-account", Box::new(payer)),
        ("line-user", Box::new(shown(page, user(None), Purpose::Correct))),
        ("line-user-confirmed", Box::new(theirs)),
        ("line-user-wrong", Box::new(wrong)),
    ]
}
