//! Fresh proof, and changes with which a login could be taken over: asked for, held, carried out, taken back.

use crate::{
    identity::{NOW, OTHER, PASSWORD, from, links, mails, town, try_it},
    stage::{after, at},
};
use operations::{
    Actor, House, IdentifierKind, NumberKind,
    account::{self, AccountRefusal},
    contact_numbers::{self, NumberReason, NumberRefusal},
    email_change::{self, AddressRefusal, ToCome},
    first_access::{self, Chosen},
    identity_change,
    proof::{self, FRESH_S, FreshProof, ProofRefusal, Shown},
    regret,
    second_factor::{self, Codes},
    sign_in::{self, Door, Outcome},
};
use store::Scope;
use vocabulary::LabelRefusal;

const NEW: &str = "claire.neuve@example.org";

/// What is found in mails and text messages that wait: recipient, template, and what it says as JSON.
type Found = (String, String, serde_json::Value);

/// Takes the mails that wait, the oldest first.
async fn letters(house: &House) -> Vec<Found> {
    let claim =
        store::MailClaim { holder: "test", now: house.clock.now(), until: house.clock.now().plus_seconds(9_999_999), most: 100 };
    let mut claimed = house.store.claim_mails(claim).await.unwrap();
    claimed.sort_by_key(|mail| mail.id);
    let open = |mail: store::ClaimedMail| {
        let place = operations::seal::Place { table: "mail", column: "arguments", row: &mail.kept.message_id };
        let said = house.seal.open(place, mail.arguments.as_deref().unwrap()).unwrap();
        (mail.kept.recipient.clone(), mail.kept.template.clone(), serde_json::from_slice(&said).unwrap())
    };
    claimed.into_iter().map(open).collect()
}

/// Takes the text messages that wait: to which number, and about what.
async fn texts(house: &House) -> Vec<(String, String)> {
    let claim =
        store::MailClaim { holder: "test", now: house.clock.now(), until: house.clock.now().plus_seconds(9_999_999), most: 100 };
    let mut claimed = house.store.claim_texts(claim).await.unwrap();
    claimed.sort_by_key(|text| text.kept.id);
    claimed.into_iter().map(|text| (text.kept.recipient, text.kept.template)).collect()
}

/// The token at the end of a link.
fn token(link: &serde_json::Value) -> String {
    link.as_str().unwrap().rsplit_once('/').unwrap().1.to_owned()
}

fn letter<'f>(found: &'f [Found], template: &str) -> &'f Found {
    found.iter().find(|(_, known, _)| known == template).unwrap_or_else(|| panic!("no {template} in {found:?}"))
}

/// A session of the household with a password, as its pages see it.
async fn signed_in(house: &House, door: Door, password: &str) -> (String, Actor) {
    let Outcome::In { session, .. } = try_it(house, door, ("V100000", password), from("192.0.2.1", None)).await else {
        panic!("the right password lets in")
    };
    (session.as_str().to_owned(), actor(house, door, session.as_str()).await.unwrap())
}

async fn actor(house: &House, door: Door, session: &str) -> Option<Actor> {
    sign_in::session(house, door, session, "192.0.2.1").await.unwrap()
}

fn fresh<'a>(house: &House, actor: &'a Actor) -> FreshProof<'a> {
    proof::asked(actor, house.clock.now()).unwrap()
}

async fn ask(house: &House, actor: &Actor, wanted: &str) -> Result<(), AddressRefusal> {
    email_change::ask(house, fresh(house, actor), (wanted, wanted), &links()).await.unwrap()
}

fn later(house: &House, seconds: i64) {
    house.clock.set(house.clock.now().plus_seconds(seconds));
}

/// How long the catalogue of these tests holds an address, in hours.
async fn hold_h(house: &House, door: Door) -> i64 {
    house.catalog(door.operator).await.unwrap().operator.holds.email_h
}

/// PLT-05: a proof counts for five minutes, signing in is one, another is what only the owner has; wrong ones are counted, and noted.
#[tokio::test(flavor = "multi_thread")]
async fn a_proof_grows_old_and_a_wrong_one_waits() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let (session, signed) = signed_in(&house, door, PASSWORD).await;
        assert!(proof::asked(&signed, house.clock.now()).is_ok(), "signing in is a proof");
        later(&house, FRESH_S);
        assert_eq!(proof::asked(&signed, house.clock.now()).err(), Some(ProofRefusal::Needed));
        let show = async |password| proof::shown(&house, &signed, Shown::Password(password), &links()).await.unwrap();
        assert!(show(PASSWORD).await.is_ok());
        let again = actor(&house, door, &session).await.unwrap();
        assert!(proof::asked(&again, house.clock.now()).is_ok(), "the session keeps it");
        for _ in 0..5 {
            assert_eq!(show("wrong").await.err(), Some(ProofRefusal::Wrong));
        }
        assert_eq!(show(PASSWORD).await.err(), Some(ProofRefusal::Wait(1)), "the right one waits too");
        later(&house, 15);
        assert!(show(PASSWORD).await.is_ok());
        let journal = house.store.scoped(Scope::operator(door.operator)).journal(None, None, 100).await.unwrap();
        assert_eq!(journal.iter().filter(|entry| entry.action == "proof_refused").count(), 5);
        assert_eq!(at(NOW).plus_seconds(FRESH_S + 15), house.clock.now());
    }
}

/// CUS-06, PLT-05: an address is typed twice, confirmed by its link once and by its login alone, held, and carried out once by whoever looks;
/// the address before and the SIM hear of it at once.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_confirmed_held_and_carried_out_once() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        assert_eq!(hold_h(&house, door).await, 0, "as the demo's operator has it");
        let house = held(&house, 24);
        let (_, signed) = signed_in(&house, door, PASSWORD).await;
        let before = "famille0@example.fr";
        let typed = async |one, two| email_change::ask(&house, fresh(&house, &signed), (one, two), &links()).await.unwrap();
        assert_eq!(typed("claire", "claire").await, Err(AddressRefusal::NoAddress));
        let unseen = "claire\u{200b}@example.org";
        assert_eq!(typed(unseen, unseen).await, Err(AddressRefusal::Sign(LabelRefusal::Unseen('\u{200b}'))));
        assert_eq!(typed(NEW, "claire.neuve@example.com").await, Err(AddressRefusal::Differ));
        assert_eq!(typed("Famille0@Example.fr", "famille0@example.fr").await, Err(AddressRefusal::Same));
        assert!(letters(&house).await.is_empty() && texts(&house).await.is_empty(), "nothing is told of what was refused");
        assert_eq!(ask(&house, &signed, NEW).await, Ok(()));
        let found = letters(&house).await;
        let (to_new, _, confirm) = letter(&found, "confirm-address");
        let (to_old, _, told) = letter(&found, "address-asked");
        assert_eq!((to_new.as_str(), to_old.as_str(), found.len()), (NEW, before, 2));
        assert_eq!((told["to"].as_str(), told["hold_h"].as_i64()), (Some("c*******@…org"), Some(24)));
        assert_eq!(texts(&house).await, [("+33639980000".to_owned(), "address-asked".to_owned())]);
        let token = token(&confirm["link"]);
        let to_come = async || email_change::to_come(&house, &signed).await.unwrap();
        assert_eq!(to_come().await, Some(ToCome { address: NEW.to_owned(), due: None }));

        // Neither looking at the link nor somebody else uses it, and it lets nobody in.
        assert!(email_change::confirming(&house, &signed, &token).await.unwrap().is_some());
        let stranger = Actor { login: vocabulary::LoginId(signed.login.0 + 1), ..signed.clone() };
        assert!(email_change::confirming(&house, &stranger, &token).await.unwrap().is_none());
        assert!(email_change::confirm(&house, &stranger, &token).await.unwrap().is_none());
        assert!(first_access::link(&house, door, &token).await.unwrap().is_none());
        let due = house.clock.now().plus_seconds(24 * 3_600);
        assert_eq!(email_change::confirm(&house, &signed, &token).await.unwrap(), Some(due));
        assert_eq!(email_change::confirm(&house, &signed, &token).await.unwrap(), None, "a link works once");
        assert_eq!(to_come().await, Some(ToCome { address: NEW.to_owned(), due: Some(due) }));

        // A program that was stopped meanwhile finds it, however late; of two that look at once, one carries it out.
        later(&house, 24 * 3_600 - 1);
        assert_eq!(identity_change::carry_out_due(&house).await.unwrap(), 0);
        later(&house, 50_000);
        let (one, other) = tokio::join!(identity_change::carry_out_due(&house), identity_change::carry_out_due(&house));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        assert_eq!(to_come().await, None);
        assert_eq!(account::account(&house, &signed).await.unwrap().email, NEW);
        let found = letters(&house).await;
        assert_eq!(
            found.iter().map(|(to, what, _)| (to.as_str(), what.as_str())).collect::<Vec<_>>(),
            [(before, "address-changed")]
        );
        let journal = house.store.scoped(Scope::operator(door.operator)).journal(None, None, 100).await.unwrap();
        let words: Vec<_> = journal.iter().map(|entry| entry.action.as_str()).filter(|word| word.starts_with("email")).collect();
        assert_eq!(words, ["email_changed", "email_confirmed", "email_asked"]);
        let changed = journal.iter().find(|entry| entry.action == "email_changed").unwrap();
        assert_eq!(changed.before.as_deref(), Some(r#"{"email":"famille0@example.fr"}"#));
        assert_eq!(changed.after.as_deref(), Some(r#"{"email":"claire.neuve@example.org"}"#));
        house.store.verify_journal(door.operator, None).await.unwrap();
    }
}

/// The same house, whose operator holds a new address for so many hours.
fn held(house: &House, hours: i64) -> House {
    let files = crate::stage::catalogs_with("grandlarge/operator.toml", "email = 0", &format!("email = {hours}"));
    House::new(house.store.clone(), &files, house.clock.clone()).unwrap().with_seal(house.seal.clone())
}

/// CUS-06: of two changes the newer wins and the older's link is dead, also when both are asked for at once; a link of yesterday is over; too many
/// are not asked for.
#[tokio::test(flavor = "multi_thread")]
async fn the_newer_change_wins_and_an_old_link_is_over() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let (session, signed) = signed_in(&house, door, PASSWORD).await;
        let (one, other) = tokio::join!(ask(&house, &signed, "one@example.org"), ask(&house, &signed, "two@example.org"));
        assert_eq!((one, other), (Ok(()), Ok(())));
        let found = letters(&house).await;
        let mut confirmed = Vec::new();
        for (to, _, said) in found.iter().filter(|(_, what, _)| what == "confirm-address") {
            if email_change::confirm(&house, &signed, &token(&said["link"])).await.unwrap().is_some() {
                confirmed.push(to.clone());
            }
        }
        assert_eq!(confirmed.len(), 1, "one link is left");
        assert_eq!(account::account(&house, &signed).await.unwrap().email, confirmed[0], "at once, where nothing is held");
        assert_eq!(ask(&house, &signed, NEW).await, Ok(()));
        let found = letters(&house).await;
        let late = token(&letter(&found, "confirm-address").2["link"]);
        later(&house, 86_400);
        assert_eq!(email_change::confirm(&house, &signed, &late).await.unwrap(), None, "a day later");
        assert_eq!(email_change::to_come(&house, &signed).await.unwrap(), None);
        later(&house, 1);
        let Ok(_) = proof::shown(&house, &signed, Shown::Password(PASSWORD), &links()).await.unwrap() else {
            panic!("the right password")
        };
        let signed = actor(&house, door, &session).await.unwrap();
        for _ in 0..3 {
            assert_eq!(ask(&house, &signed, NEW).await, Ok(()));
        }
        assert_eq!(ask(&house, &signed, NEW).await, Err(AddressRefusal::Wait(1)));
    }
}

/// PLT-05: before its hour, a change is taken back by who asked for it; whoever looks then carries nothing out.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_taken_back_before_its_hour() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let house = held(&house, 24);
        let (_, signed) = signed_in(&house, door, PASSWORD).await;
        assert!(!email_change::take_back(&house, &signed).await.unwrap(), "there is none");
        assert_eq!(ask(&house, &signed, NEW).await, Ok(()));
        let link = token(&letter(&letters(&house).await, "confirm-address").2["link"]);
        assert!(email_change::take_back(&house, &signed).await.unwrap());
        assert_eq!(email_change::confirm(&house, &signed, &link).await.unwrap(), None, "its link is dead");
        assert_eq!(ask(&house, &signed, NEW).await, Ok(()));
        let link = token(&letter(&letters(&house).await, "confirm-address").2["link"]);
        assert!(email_change::confirm(&house, &signed, &link).await.unwrap().is_some());
        assert!(email_change::take_back(&house, &signed).await.unwrap());
        later(&house, 48 * 3_600);
        assert_eq!(identity_change::carry_out_due(&house).await.unwrap(), 0);
        assert_eq!(account::account(&house, &signed).await.unwrap().email, "famille0@example.fr");
    }
}

/// PLT-05: who was told says that it was not them, without signing in, once and in time: that change and all since go back, every session is over,
/// the password is worth nothing, and a link to choose another goes to the address before.
#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_takes_everything_back() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let (session, thief) = signed_in(&house, door, PASSWORD).await;
        assert_eq!(ask(&house, &thief, NEW).await, Ok(()));
        let found = letters(&house).await;
        let not_me = token(&letter(&found, "address-asked").2["not_me"]["link"]);
        let confirm = token(&letter(&found, "confirm-address").2["link"]);
        assert!(email_change::confirm(&house, &thief, &confirm).await.unwrap().is_some());
        // What follows is told to the thief.
        let changed = account::change_identifier(&house, fresh(&house, &thief), "hacker.77", &links()).await.unwrap();
        assert_eq!(changed, Ok(()));
        // Even a lock of the thief's own.
        later(&house, 60);
        second_factor::begin(&house, &thief, PASSWORD).await.unwrap().unwrap();
        let Codes::Begun(setup) = second_factor::state(&house, &thief, "Bellerive").await.unwrap().codes else {
            panic!("a seed waits")
        };
        let code = testkit::one_time_code(&setup.secret, house.clock.now().micros() / 1_000_000);
        second_factor::confirm(&house, &thief, &code, &links()).await.unwrap().unwrap();
        assert_eq!(account::change_password(&house, fresh(&house, &thief), OTHER, &links()).await.unwrap(), Ok(()));
        assert_eq!(ask(&house, &thief, "third@example.org").await, Ok(()));
        let told: Vec<_> = letters(&house).await.into_iter().map(|(to, what, _)| (what, to)).collect();
        for what in ["identifier-changed", "codes-switched-on", "password-changed", "address-asked"] {
            assert!(told.contains(&(what.to_owned(), NEW.to_owned())), "{told:?}");
        }
        later(&house, 6 * 86_400);
        let elsewhere = Door { operator: vocabulary::OperatorId(door.operator.0 + 1), reseller: None };
        let take_back = async |door, token: &str| regret::take_back(&house, door, (token, "192.0.2.9"), &links()).await.unwrap();
        assert_eq!(take_back(elsewhere, &not_me).await, None, "at another operator's door");
        assert!(regret::regret(&house, door, &not_me).await.unwrap().is_some(), "looking at it changes nothing");
        assert_eq!(take_back(door, &not_me).await.as_deref(), Some("f*******@…fr"));
        assert_eq!(take_back(door, &not_me).await, None, "once");
        assert_eq!(regret::regret(&house, door, &not_me).await.unwrap(), None);
        assert!(actor(&house, door, &session).await.is_none(), "every session is over");
        for password in [PASSWORD, OTHER] {
            let outcome = try_it(&house, door, ("V100000", password), from("192.0.2.1", None)).await;
            assert!(matches!(outcome, Outcome::Wrong), "no password is worth anything");
        }
        let found = letters(&house).await;
        let (to, _, said) = letter(&found, "forgotten-password");
        assert_eq!((to.as_str(), found.len()), ("famille0@example.fr", 1));
        let chosen = (token(&said["link"]), "trois lampes sous la pluie");
        let chosen =
            first_access::choose(&house, door, (&chosen.0, chosen.1, ""), from("192.0.2.9", None), &links()).await.unwrap();
        let Chosen::In { session, .. } = chosen else { panic!("the link lets choose a password") };
        let owner = actor(&house, door, session.as_str()).await.unwrap();
        let account = account::account(&house, &owner).await.unwrap();
        assert_eq!((account.email.as_str(), account.to_come), ("famille0@example.fr", None));
        assert!(!account.identifiers.iter().any(|(kind, _)| *kind == IdentifierKind::Own), "{:?}", account.identifiers);

        // Seven days after it took effect, a link says nothing any more.
        assert_eq!(account::change_identifier(&house, fresh(&house, &owner), "claire.67", &links()).await.unwrap(), Ok(()));
        let late = token(&letter(&letters(&house).await, "identifier-changed").2["not_me"]["link"]);
        later(&house, 7 * 86_400);
        assert_eq!(take_back(door, &late).await, None);
        house.store.verify_journal(door.operator, None).await.unwrap();
    }
}

/// CUS-06: an address that somebody else of the operator signs in with takes mails, and stays theirs to sign in with; one's own goes along.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_somebody_signs_in_with_stays_theirs() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let (_, signed) = signed_in(&house, door, PASSWORD).await;
        let known = async |kind| {
            let known = house.store.identifiers(signed.login).await.unwrap();
            known.into_iter().filter(|(found, _)| *found == kind).map(|(_, identifier)| identifier).collect::<Vec<_>>()
        };
        let other = house.store.login(vocabulary::LoginId(signed.login.0 + 1)).await.unwrap().unwrap();
        for (login, address) in [(signed.login, "famille0@example.fr"), (other.id, NEW)] {
            testkit::raw::run(database.url(),
                &format!(
                    "INSERT INTO login_identifier (operator_id, identifier, bare, kind, login_id) VALUES ({}, '{address}', '', 'email', {login})",
                    door.operator
                ),
            )
            .await;
        }
        let change = async |wanted: &str| {
            assert_eq!(ask(&house, &signed, wanted).await, Ok(()));
            let link = token(&letter(&letters(&house).await, "confirm-address").2["link"]);
            assert!(email_change::confirm(&house, &signed, &link).await.unwrap().is_some());
            letters(&house).await;
        };
        change(NEW).await;
        assert_eq!(account::account(&house, &signed).await.unwrap().email, NEW);
        assert_eq!(known(IdentifierKind::Email).await, ["famille0@example.fr"], "signs in as before");
        let theirs = house.store.identifiers(other.id).await.unwrap();
        assert!(theirs.contains(&(IdentifierKind::Email, NEW.to_owned())));
        change("famille0@example.fr").await;
        change("Claire@Example.net").await;
        assert_eq!(known(IdentifierKind::Email).await, ["claire@example.net"]);
    }
}

/// CUS-06, PLT-05: contact numbers are real, change with a proof, and the address and the number before are told; a household's SIMs come
/// first. Who was told puts them back.
#[tokio::test(flavor = "multi_thread")]
async fn contact_numbers_are_real_and_the_one_before_is_told() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let (_, signed) = signed_in(&house, door, PASSWORD).await;
        let change = async |mobile: &str, home: &str| {
            let typed = [(NumberKind::Mobile, mobile), (NumberKind::Home, home), (NumberKind::Other, "")];
            contact_numbers::change(&house, fresh(&house, &signed), typed, &links()).await.unwrap()
        };
        let refused = |kind, reason| Err(NumberRefusal { kind, reason });
        assert_eq!(change("03 53 01 00 10", "").await, refused(NumberKind::Mobile, NumberReason::NotMobile));
        assert_eq!(change("06 39 98 00 99", "112").await, refused(NumberKind::Home, NumberReason::NoNumber));
        assert_eq!(change("06 39 98 00 99", "03 53 01 00 10").await, Ok(()));
        assert_eq!(texts(&house).await, [("+33639980000".to_owned(), "numbers-changed".to_owned())], "the SIM of the household");
        let account = account::account(&house, &signed).await.unwrap();
        assert!(account.numbers.contains(&(NumberKind::Mobile, "+33639980099".parse().unwrap())), "{:?}", account.numbers);
        assert_eq!(change("0639980099", "+33353010010").await, Ok(()), "the same, in another writing");
        assert!(texts(&house).await.is_empty(), "nothing changed");
        testkit::raw::run(database.url(), "UPDATE line SET ended = 1").await;
        assert_eq!(change("06 39 98 00 98", "").await, Ok(()));
        assert_eq!(texts(&house).await, [("+33639980099".to_owned(), "numbers-changed".to_owned())], "the one before");
        let journal = house.store.scoped(Scope::operator(door.operator)).journal(None, None, 10).await.unwrap();
        let before: serde_json::Value = serde_json::from_str(journal[0].before.as_deref().unwrap()).unwrap();
        assert_eq!(before, serde_json::json!({ "home": "+33353010010", "mobile": "+33639980099" }));
        assert_eq!(after(&journal[0]), serde_json::json!({ "mobile": "+33639980098" }));
        let told = letters(&house).await;
        assert_eq!(told.len(), 2, "two changes: {told:?}");
        let (to, _, said) = &told[0];
        assert_eq!((to.as_str(), said["letter"].as_str()), ("famille0@example.fr", Some("numbers-changed")));
        let not_me = token(&said["not_me"]["link"]);
        assert!(regret::take_back(&house, door, (&not_me, "192.0.2.9"), &links()).await.unwrap().is_some());
        assert_eq!(house.store.login_numbers(signed.login).await.unwrap(), [], "as before both of them");
        assert!(matches!(try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await, Outcome::Wrong));
        let journal = house.store.scoped(Scope::operator(door.operator)).journal(None, None, 10).await.unwrap();
        let undone = journal.iter().find(|entry| entry.action == "change_taken_back").expect("it is noted");
        assert_eq!(after(undone), serde_json::json!({}));
    }
}

/// CUS-05, PLT-05: a password is told to the address and the SIM; an identifier that is taken is not, and changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_told_to_address_and_sim() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let (_, signed) = signed_in(&house, door, PASSWORD).await;
        assert_eq!(account::change_password(&house, fresh(&house, &signed), OTHER, &links()).await.unwrap(), Ok(()));
        assert_eq!(mails(&house, door.operator).await, [("famille0@example.fr".to_owned(), "password-changed".to_owned())]);
        assert_eq!(texts(&house).await, [("+33639980000".to_owned(), "password-changed".to_owned())]);
        let other = vocabulary::LoginId(signed.login.0 + 1);
        let taken = format!(
            "INSERT INTO login_identifier (operator_id, identifier, bare, kind, login_id) VALUES ({}, 'anne', '', 'own', {other})",
            door.operator
        );
        testkit::raw::run(database.url(), &taken).await;
        let changed = account::change_identifier(&house, fresh(&house, &signed), "anne", &links()).await.unwrap();
        assert_eq!(changed, Err(AccountRefusal::Taken));
        assert!(texts(&house).await.is_empty());
    }
}

/// PLT-05, PLT-03: codes that a thief switched on days before the change that was told go too; those of long before are the owner's.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_thief_locked_before_goes_too() {
    for (days, stays) in [(3, false), (9, true)] {
        for database in testkit::databases() {
            let (house, door) = town(database.url()).await;
            let (_, thief) = signed_in(&house, door, PASSWORD).await;
            second_factor::begin(&house, &thief, PASSWORD).await.unwrap().unwrap();
            let Codes::Begun(setup) = second_factor::state(&house, &thief, "Bellerive").await.unwrap().codes else {
                panic!("a seed waits")
            };
            let code = |house: &House| testkit::one_time_code(&setup.secret, house.clock.now().micros() / 1_000_000);
            second_factor::confirm(&house, &thief, &code(&house), &links()).await.unwrap().unwrap();
            later(&house, days * 86_400);
            let typed = code(&house);
            let shown = Shown::PasswordAndCode(PASSWORD, &typed);
            let proof = proof::shown(&house, &thief, shown, &links()).await.unwrap().unwrap();
            assert_eq!(account::change_password(&house, proof, OTHER, &links()).await.unwrap(), Ok(()));
            let not_me = token(&letter(&letters(&house).await, "password-changed").2["not_me"]["link"]);
            assert!(regret::take_back(&house, door, (&not_me, "192.0.2.9"), &links()).await.unwrap().is_some());
            assert_eq!(house.store.has_codes(thief.login).await.unwrap(), stays, "after {days} days");
        }
    }
}

/// PLT-05, PLT-03: who is told of codes that they did not switch on takes them back with the link of that very letter; a passkey of their
/// own, of days before, stays.
#[tokio::test(flavor = "multi_thread")]
async fn codes_of_a_thief_are_taken_back_by_their_letter() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let (_, thief) = signed_in(&house, door, PASSWORD).await;
        let transaction = house.store.begin().await.unwrap();
        let own = store::NewPasskey {
            login: thief.login,
            host: "bellerive.localhost",
            credential_id: "one",
            user_handle: "handle",
            credential: "{}",
            name: "Téléphone",
            made: house.clock.now(),
        };
        assert!(transaction.add_passkey(&own).await.unwrap());
        transaction.commit().await.unwrap();
        later(&house, 2 * 86_400);
        let (_, thief) = signed_in(&house, door, PASSWORD).await;
        second_factor::begin(&house, &thief, PASSWORD).await.unwrap().unwrap();
        let Codes::Begun(setup) = second_factor::state(&house, &thief, "Bellerive").await.unwrap().codes else {
            panic!("a seed waits")
        };
        // As slowly as it may be.
        later(&house, 899);
        let code = testkit::one_time_code(&setup.secret, house.clock.now().micros() / 1_000_000);
        second_factor::confirm(&house, &thief, &code, &links()).await.unwrap().unwrap();
        let told = letters(&house).await;
        let (to, _, said) = letter(&told, "codes-switched-on");
        assert_eq!((to.as_str(), said["not_me"]["days"].as_i64()), ("famille0@example.fr", Some(7)));
        let not_me = token(&said["not_me"]["link"]);
        assert_eq!(regret::regret(&house, door, &not_me).await.unwrap().map(|regret| regret.kind.as_str()), Some("codes"));
        assert!(regret::take_back(&house, door, (&not_me, "192.0.2.9"), &links()).await.unwrap().is_some());
        assert!(!house.store.has_codes(thief.login).await.unwrap());
        assert_eq!(house.store.passkeys(thief.login).await.unwrap().len(), 1, "the owner's own");
        assert!(matches!(try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await, Outcome::Wrong));
        assert!(regret::take_back(&house, door, (&not_me, "192.0.2.9"), &links()).await.unwrap().is_none(), "once");
    }
}
