//! Signing in, first access, one's own login.

use crate::{
    stage::{at, house, line},
    strangers::a_person,
};
use operations::{
    House, IdentifierKind, NewBrand, NewCustomer, NewLogin, NewOperator,
    account::{self, AccountRefusal},
    first_access::{self, Address, Answer, Asked, Chosen},
    password::PasswordRefusal,
    permission::Role,
    proof, provision,
    seal::Seal,
    sign_in::{self, Credentials, Door, Origin, Outcome},
};
use store::Scope;
use vocabulary::OperatorId;

pub(crate) const NOW: &str = "2026-11-21T10:00:00Z";
pub(crate) const PASSWORD: &str = "le chat dort sur le radiateur";
pub(crate) const OTHER: &str = "quatre ramettes violettes";

/// A household with a password, one that never signed in, and one that is blocked.
pub(crate) async fn town(url: &str) -> (House, Door) {
    town_in(house(url, NOW).await).await
}

/// The same, of a house with catalogues of its own.
pub(crate) async fn town_in(house: House) -> (House, Door) {
    let house = house.with_seal(Seal::read(&Seal::fresh_line(Some("k1")).unwrap()).unwrap());
    let customer = |index: i64| NewCustomer {
        postcode: "67 000".to_owned(),
        ..NewCustomer::household(
            &format!("V10000{index}"),
            &format!("Famille {index}"),
            vec![line(&format!("+3363998000{index}"), &[], ("mobile", "orange", "unlimited-5"))],
        )
    };
    let login = |index: usize, password_hash| NewLogin {
        identifiers: vec![
            (IdentifierKind::Reference, format!("V10000{index}")),
            (IdentifierKind::Number, format!("+3363998000{index}")),
        ],
        email: format!("famille{index}@example.fr"),
        password_hash,
        role: Role::Subscriber.as_str().to_owned(),
        name: format!("Claire {index}"),
        reseller: None,
        customer: Some(index),
        line: None,
    };
    let hash = sign_in::hash_password(PASSWORD.to_owned()).await.unwrap();
    let brand = |host: &str| NewBrand {
        host: host.to_owned(),
        reseller: None,
        name: "Bellerive".to_owned(),
        colour: "#0f766e".to_owned(),
        contact: "bonjour@bellerive.example".to_owned(),
    };
    let new = NewOperator {
        slug: "grandlarge".to_owned(),
        name: "Test".to_owned(),
        brands: vec![brand("bellerive.localhost")],
        customers: (0..2).map(customer).collect(),
        logins: vec![login(0, Some(hash)), login(1, None)],
        ..NewOperator::default()
    };
    let operator = provision(&house, &new).await.unwrap();
    (house, Door { operator, reseller: None })
}

pub(crate) fn links() -> Address {
    Address { scheme: "https", host: "bellerive.localhost".to_owned(), brand: "bellerive.localhost".to_owned() }
}

pub(crate) fn from(address: &'static str, device: Option<&'static str>) -> Origin<'static> {
    Origin { address, agent: "Firefox", device, language: "nl" }
}

pub(crate) async fn try_it(house: &House, door: Door, (identifier, password): (&str, &str), origin: Origin<'_>) -> Outcome {
    sign_in::sign_in(house, door, Credentials { identifier, password }, origin, &links()).await.unwrap()
}

/// The words of the mails that were written to an operator's people, the oldest first.
pub(crate) async fn mails(house: &House, operator: OperatorId) -> Vec<(String, String)> {
    let window = store::Window { offset: 0, rows: 100 };
    let (mut kept, _) = operations::mail::mails(house, Scope::operator(operator), window).await.unwrap().unwrap();
    kept.sort_by_key(|mail| mail.id);
    kept.into_iter().map(|mail| (mail.recipient, mail.template)).collect()
}

/// PLT-03, TEL-01: after five wrong passwords the next has to wait, the same whether anybody is known by that name; who signed in with this
/// browser before does not wait for strangers.
#[tokio::test(flavor = "multi_thread")]
async fn guessing_waits_and_the_owner_does_not() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let Outcome::In { device, .. } = try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await else {
            panic!("the right password lets in")
        };
        let device: &'static str = Box::leak(device.as_str().to_owned().into_boxed_str());
        for identifier in ["06 39 98 00 00", "nobody@example.fr"] {
            let mut said = Vec::new();
            for _ in 0..7 {
                said.push(match try_it(&house, door, (identifier, "wrong"), from("192.0.2.2", None)).await {
                    Outcome::In { .. } => "in",
                    Outcome::Code(_) => panic!("nobody switched codes on"),
                    Outcome::Wrong => "wrong",
                    Outcome::Wait(1) => "wait",
                    Outcome::Wait(minutes) => panic!("{minutes}"),
                });
            }
            assert_eq!(said, ["wrong", "wrong", "wrong", "wrong", "wrong", "wait", "wait"], "{identifier}");
        }
        let right = ("06 39 98 00 00", PASSWORD);
        assert!(matches!(try_it(&house, door, right, from("192.0.2.3", None)).await, Outcome::Wait(1)), "a browser nobody knows");
        assert!(matches!(try_it(&house, door, right, from("192.0.2.3", Some(device))).await, Outcome::In { .. }));
        // That the reference is the same person's is told to nobody.
        let reference = ("V100000", "wrong");
        assert!(matches!(try_it(&house, door, reference, from("192.0.2.4", None)).await, Outcome::Wrong));
        house.store.verify_journal(door.operator, None).await.unwrap();
    }
}

/// CUS-01, TEL-02, RES-27, PLT-04: a link goes to who can say what the contract knows, works once, and the answer is the same for everybody else; a
/// session of before is over once another password is chosen.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_lets_in_once_and_says_nothing_of_others() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let ask = async |identifier: &str, proof: &str| {
            let asked = Asked { identifier, proof, language: "fr", answered: &a_person(&house) };
            match first_access::ask(&house, door, asked, from("192.0.2.1", None), links()).await.unwrap() {
                Answer::Sent(masked) => masked,
                other => panic!("{other:?}"),
            }
        };
        for (identifier, proof) in [("V100001", "67100"), ("V999999", "67000"), ("nobody", ""), ("V100001", "")] {
            let masked = ask(identifier, proof).await;
            assert_eq!(masked, "f*******@…fr", "{identifier}: as somebody's of this operator");
        }
        assert_eq!(ask("100001", "67000").await, "f*******@…fr");
        // The mail is written after the answer.
        while mails(&house, door.operator).await.is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(mails(&house, door.operator).await, [("famille1@example.fr".to_owned(), "first-access".to_owned())]);
        let token = token_of_the_last_mail(&house).await;
        let welcome = first_access::Welcome { name: "Claire 1".to_owned(), party: None, needs_identifier: false };
        assert_eq!(first_access::link(&house, door, &token).await.unwrap(), Some(welcome));
        let elsewhere = Door { operator: OperatorId(door.operator.0 + 1), reseller: None };
        assert_eq!(first_access::link(&house, elsewhere, &token).await.unwrap(), None);
        let choose = async |password: &str| {
            first_access::choose(&house, door, (&token, password, ""), from("192.0.2.1", None), &links()).await.unwrap()
        };
        assert!(matches!(choose("azerty").await, Chosen::Refused(PasswordRefusal::TooShort)));
        assert!(matches!(choose("Famille 1 Claire 1").await, Chosen::Refused(PasswordRefusal::TooCommon)));
        assert!(matches!(choose("V100001 v100001").await, Chosen::Refused(PasswordRefusal::TooCommon)), "one's own reference");
        let Chosen::In { session, .. } = choose(OTHER).await else { panic!("a good password and a fresh link") };
        assert!(sign_in::session(&house, door, session.as_str(), "").await.unwrap().is_some());
        assert!(matches!(choose(PASSWORD).await, Chosen::Over), "a link works once");
        assert!(matches!(try_it(&house, door, ("V100001", OTHER), from("192.0.2.1", None)).await, Outcome::In { .. }));

        // Forgotten: another link, and what was open is closed.
        ask("famille1@example.fr", "67000").await;
        ask("+33 6 39 98 00 01", "Famille1@Example.fr").await;
        while mails(&house, door.operator).await.iter().all(|(_, template)| template != "forgotten-password") {
            tokio::task::yield_now().await;
        }
        let token = token_of_the_last_mail(&house).await;
        let chosen = first_access::choose(&house, door, (&token, PASSWORD, ""), from("192.0.2.1", None), &links()).await.unwrap();
        assert!(matches!(chosen, Chosen::In { .. }));
        assert!(sign_in::session(&house, door, session.as_str(), "").await.unwrap().is_none(), "the session before is over");
        let told = mails(&house, door.operator).await;
        assert!(told.contains(&("famille1@example.fr".to_owned(), "password-changed".to_owned())), "{told:?}");
    }
}

/// The token in the link of the mail that was written last.
async fn token_of_the_last_mail(house: &House) -> String {
    let letter = crate::identity::letters(house).await.pop().expect("a mail");
    let (_, token) = letter.rsplit_once("/access/").expect("a link");
    token.to_owned()
}

/// The links of the mails that wait, the oldest first.
pub(crate) async fn letters(house: &House) -> Vec<String> {
    let claim = store::MailClaim { holder: "test", now: house.clock.now(), until: house.clock.now(), most: 100 };
    let mut claimed = house.store.claim_mails(claim).await.unwrap();
    claimed.sort_by_key(|mail| mail.id);
    let mut links = Vec::new();
    for mail in claimed {
        let place = operations::seal::Place { table: "mail", column: "arguments", row: &mail.kept.message_id };
        let said = house.seal.open(place, mail.arguments.as_deref().unwrap_or_default()).unwrap();
        let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
        links.extend(said["link"].as_str().map(str::to_owned));
    }
    links
}

/// CUS-02, CUS-05, PLT-03, PLT-05: password and identifier change with the password before, and are told; other sessions are over.
#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_changed_by_who_knows_its_password() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let mut sessions = Vec::new();
        for _ in 0..2 {
            let Outcome::In { session, .. } = try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await else {
                panic!("in")
            };
            sessions.push(session);
        }
        let actor = sign_in::session(&house, door, sessions[0].as_str(), "192.0.2.1").await.unwrap().unwrap();
        let fresh = proof::asked(&actor, house.clock.now()).unwrap();
        let change = async |new| account::change_password(&house, fresh, new, &links()).await.unwrap();
        assert_eq!(change("V100000V100000").await, Err(AccountRefusal::Password(PasswordRefusal::TooCommon)));
        assert_eq!(change(OTHER).await, Ok(()));
        assert!(sign_in::session(&house, door, sessions[0].as_str(), "").await.unwrap().is_some(), "this one goes on");
        assert!(sign_in::session(&house, door, sessions[1].as_str(), "").await.unwrap().is_none());
        let name = async |wanted| account::change_identifier(&house, fresh, wanted, &links()).await.unwrap();
        assert_eq!(name("v100001").await, Err(AccountRefusal::NoIdentifier));
        assert_eq!(name("Anne.Muller").await, Ok(()));
        assert_eq!(name("anne-muller").await, Ok(()));
        assert!(matches!(try_it(&house, door, ("ANNE-MULLER", OTHER), from("192.0.2.1", None)).await, Outcome::In { .. }));
        assert!(matches!(try_it(&house, door, ("anne.muller", OTHER), from("192.0.2.1", None)).await, Outcome::Wrong));
        let words: Vec<_> = mails(&house, door.operator).await.into_iter().map(|(_, template)| template).collect();
        for told in ["new-device", "password-changed", "identifier-changed"] {
            assert!(words.contains(&told.to_owned()), "{words:?}");
        }
        let seen = account::account(&house, &actor).await.unwrap();
        assert!(seen.identifiers.contains(&(IdentifierKind::Own, "anne-muller".to_owned())), "{seen:?}");
        let scoped = house.store.scoped(Scope::operator(door.operator));
        let journal = scoped.journal(None, None, 100).await.unwrap();
        let changed = journal.iter().find(|entry| entry.action == "identifier_changed").unwrap();
        assert_eq!(changed.before.as_deref(), Some(r#"{"identifier":"anne.muller"}"#));
        assert!(!format!("{journal:?}").contains(OTHER), "no password in the journal");
        assert_eq!(at(NOW), house.clock.now());
    }
}

/// PLT-07, PLT-08: mails speak as the page did on which somebody came in first, until they choose another language.
#[tokio::test(flavor = "multi_thread")]
async fn mails_speak_as_somebody_came_in() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let Outcome::In { session, .. } = try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await else {
            panic!("the password is right")
        };
        let actor = sign_in::session(&house, door, session.as_str(), "").await.unwrap().unwrap();
        let language = async || house.store.login(actor.login).await.unwrap().unwrap().language;
        assert_eq!(language().await, "nl");
        account::choose_language(&house, &actor, "de").await.unwrap();
        try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.2", None)).await;
        assert_eq!(language().await, "de", "what was chosen stays");
    }
}

/// CUS-01, PLT-04: the masked address tells nothing of the proof: wrong ones give different addresses too, and one of them the same each time.
#[tokio::test(flavor = "multi_thread")]
async fn a_masked_address_tells_nothing_of_its_proof() {
    for database in testkit::databases() {
        let town = crate::people::town(database.url()).await;
        let mut masks = std::collections::BTreeSet::new();
        for proof in 10_000..10_016 {
            let ask = async || {
                let proof = proof.to_string();
                let answered = a_person(&town.house);
                let asked = Asked { identifier: "V100003", proof: &proof, language: "fr", answered: &answered };
                let links = crate::people::links();
                match first_access::ask(&town.house, town.door, asked, from("192.0.2.1", None), links).await.unwrap() {
                    Answer::Sent(masked) => masked,
                    other => panic!("{other:?}"),
                }
            };
            let masked = ask().await;
            assert_eq!(ask().await, masked, "the same each time");
            masks.insert(masked);
            town.house.clock.set(town.house.clock.now().plus_seconds(86_401));
        }
        assert!(masks.len() > 1, "{masks:?}");
    }
}
