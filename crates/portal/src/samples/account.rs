//! One's own login, and the ways in, made up.

use super::{at, journal::history};
use crate::{
    Page,
    access::{AccessRefusal, AskPage, ChoiceRefusal, ChoosePage, OverPage, SentPage},
    account::{
        AccountForm, AccountPage, Refusal,
        email::{ConfirmPage, EmailPage, EmailRefusal},
        notifications::NotificationsPage,
        numbers::{NumbersPage, NumbersRefusal},
    },
    not_me::{NotMe, NotMePage},
    proof::ProofPage,
};
use askama::DynTemplate;
use operations::{
    ChangeKind, IdentifierKind, KeptSession, NumberKind,
    account::Account,
    contact_numbers::{NumberReason, NumberRefusal},
    email_change::{AddressRefusal, Confirming, ToCome},
    first_access::Welcome,
    humanity::Question,
    notification::NotificationKind,
    password::PasswordRefusal,
    proof::{ProofRefusal, Ways},
    second_factor::Missing,
};
use vocabulary::SessionId;

/// A login that is signed in twice.
pub(super) fn account(page: Page, refusal: Option<Refusal>) -> AccountPage {
    let session = |id: i64, hour, device: &str| KeptSession {
        id: SessionId(id),
        started: at(20, hour, 0, 0),
        seen: at(21, hour, 30, 0),
        address: "2001:db8::7".to_owned(),
        device: device.to_owned(),
    };
    let linux = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1";
    AccountPage {
        page,
        factors_removed_at: refusal.is_none().then(|| at(22, 10, 5, 0)),
        ways: Ways { has_codes: true, has_passkeys: true },
        account: Account {
            email: "claire.muller@example.fr".to_owned(),
            to_come: refusal
                .is_none()
                .then(|| ToCome { address: "claire.muller.strasbourg@example.org".to_owned(), due: Some(at(22, 10, 5, 0)) }),
            numbers: vec![
                (NumberKind::Mobile, "+33639980011".parse().expect("a number")),
                (NumberKind::Other, "+493023125000".parse().expect("a number")),
            ],
            is_proved: refusal.is_none(),
            identifiers: vec![
                (IdentifierKind::Reference, "c104233".to_owned()),
                (IdentifierKind::Number, "+33639980011".to_owned()),
                (IdentifierKind::Own, "claire.muller".to_owned()),
                (IdentifierKind::Email, "claire.muller@example.fr".to_owned()),
            ],
            has_codes: true,
            passkeys: 2,
            sessions: vec![session(1, 9, linux), session(2, 7, iphone), session(3, 6, "")],
            history: history(&["password_changed", "signed_in", "sign_in_refused", "password_chosen"]),
        },
        current: SessionId(1),
        done: refusal.is_none().then_some(AccountForm::EmailConfirmed),
        refusal: refusal.map(|refusal| (AccountForm::Identifier, refusal)),
        wanted: "claire".to_owned(),
    }
}

/// The pages of who changes what mails and calls go to.
pub(super) fn changes(page: impl Fn() -> Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let address = || "claire.muller@example.org".to_owned();
    let email = |hold_h, refusal: Option<EmailRefusal>| EmailPage {
        page: page(),
        email: "claire.muller@example.fr".to_owned(),
        hold_h,
        typed: (address(), address()),
        ways: Ways { has_codes: false, has_passkeys: true },
        asks_proof: refusal.is_some(),
        refusal,
    };
    let confirm = |confirming| ConfirmPage { page: page(), token: "0".repeat(64), confirming };
    let typed = NumberKind::ALL.map(|kind| (kind, "06 39 98 00 11".to_owned()));
    let numbers = |refusal| NumbersPage { page: page(), typed: typed.clone(), ways: Ways::default(), asks_proof: false, refusal };
    let proof = |ways, missing, refusal| ProofPage { page: page(), then: "/account/email".to_owned(), ways, missing, refusal };
    let refused = NumberRefusal { kind: NumberKind::Mobile, reason: NumberReason::NotMobile };
    let notifications = NotificationsPage {
        page: page(),
        choices: NotificationKind::ALL.into_iter().map(|kind| (kind, kind == NotificationKind::SimSwap)).collect(),
        email: String::new(),
        is_done: true,
    };
    vec![
        ("notifications", Box::new(notifications)),
        ("email", Box::new(email(24, None))),
        ("email-stale", Box::new(email(0, Some(EmailRefusal::Proof(ProofRefusal::Needed))))),
        ("email-differ", Box::new(email(0, Some(EmailRefusal::Address(AddressRefusal::Differ))))),
        ("email-confirm", Box::new(confirm(Some(Confirming { address: address(), hold_h: 24 })))),
        ("email-over", Box::new(confirm(None))),
        ("numbers", Box::new(numbers(None))),
        ("numbers-refused", Box::new(numbers(Some(NumbersRefusal::Number(refused))))),
        ("proof", Box::new(proof(Ways::default(), None, Some(ProofRefusal::Wrong)))),
        ("proof-code", Box::new(proof(Ways { has_codes: true, has_passkeys: true }, None, Some(ProofRefusal::WrongCode)))),
        ("proof-passkey", Box::new(proof(Ways { has_codes: false, has_passkeys: true }, Some(Missing::Passkey), None))),
        ("proof-elsewhere", Box::new(proof(Ways::default(), Some(Missing::Passkey), None))),
    ]
}

/// The pages of who was told of a change.
pub(super) fn not_me(page: impl Fn() -> Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let page = |state| NotMePage { page: page(), token: "0".repeat(64), state };
    vec![
        ("not-me", Box::new(page(NotMe::Asked(ChangeKind::Email)))),
        ("not-me-done", Box::new(page(NotMe::Done("c*******@…fr".to_owned())))),
        ("not-me-over", Box::new(page(NotMe::Over))),
    ]
}

/// The pages of who has no password yet.
pub(super) fn access(page: impl Fn() -> Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let ask = |refusal| AskPage {
        page: page(),
        identifier: "C104233".to_owned(),
        proof: "67000".to_owned(),
        question: Question { numbers: (7, 2), nonce: "0".repeat(60) },
        refusal,
    };
    let choose = |party: Option<&str>, refusal| ChoosePage {
        page: page(),
        token: "0".repeat(64),
        welcome: Welcome { name: "Claire Muller".to_owned(), party: party.map(str::to_owned), needs_identifier: party.is_some() },
        identifier: "claire".to_owned(),
        refusal: Some(refusal),
    };
    vec![
        ("access", Box::new(ask(None))),
        ("access-refused", Box::new(ask(Some(AccessRefusal::Question)))),
        ("access-repeated", Box::new(ask(Some(AccessRefusal::Repeated)))),
        ("access-wait", Box::new(ask(Some(AccessRefusal::Wait(2))))),
        ("access-sent", Box::new(SentPage { page: page(), masked: "c*******@…fr".to_owned() })),
        ("access-sent-known", Box::new(SentPage { page: page(), masked: String::new() })),
        ("access-choose", Box::new(choose(None, ChoiceRefusal::Password(PasswordRefusal::TooCommon)))),
        ("access-invited", Box::new(choose(Some("Menuiserie Lambert"), ChoiceRefusal::Taken))),
        ("access-over", Box::new(OverPage { page: page() })),
    ]
}
