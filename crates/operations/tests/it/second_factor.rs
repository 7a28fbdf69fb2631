//! One-time codes, recovery codes, and signing in in two steps.

use crate::{
    identity::{NOW, OTHER, PASSWORD, from, links, mails, town, town_in, try_it},
    stage::{at, house_with},
    strangers::a_person,
};
use operations::{
    Actor, House, account,
    first_access::{self, Answer, Asked, Chosen},
    keys,
    passkey::{self, PasskeyRefusal, Site},
    pending_sign_in::{self, CodeOutcome},
    permission::Role,
    proof::{self, ProofRefusal, Shown},
    seal::Seal,
    second_factor::{self, CodeRefusal, Codes, Missing},
    sign_in::{self, Door, Outcome, Token},
};
use store::Scope;
use testkit::{databases, one_time_code};

/// The first second of a step.
const START: i64 = 1_795_255_200;

/// Somebody who switched codes on, with their app.
struct Owner {
    house: House,
    door: Door,
    actor: Actor,
    device: &'static str,
    secret: String,
    recovery: Vec<String>,
}

impl Owner {
    async fn on(url: &str) -> Self {
        let (house, door) = town(url).await;
        Self::of(house, door).await
    }

    /// Signs in and switches codes on, at the first step.
    async fn of(house: House, door: Door) -> Self {
        let (actor, device) = signed_in(&house, door).await;
        set(&house, 0);
        let begun = second_factor::begin(&house, &actor, "wrong").await.unwrap();
        assert_eq!(begun, Err(CodeRefusal::WrongPassword));
        second_factor::begin(&house, &actor, PASSWORD).await.unwrap().unwrap();
        let Codes::Begun(setup) = second_factor::state(&house, &actor, "Bellerive").await.unwrap().codes else {
            panic!("a seed waits")
        };
        assert!(setup.address.contains("issuer=Bellerive") && format!("{setup:?}") == "Setup");
        let secret = setup.secret.to_string();
        let wrong = second_factor::confirm(&house, &actor, "000000", &links()).await.unwrap();
        assert_eq!(wrong.unwrap_err(), CodeRefusal::WrongCode);
        let first = one_time_code(&secret, START);
        let recovery = second_factor::confirm(&house, &actor, &first, &links()).await.unwrap().unwrap();
        let recovery = recovery.0.iter().map(|code| code.to_string()).collect();
        Self { house, door, actor, device, secret, recovery }
    }

    /// The code of so many steps after the first.
    fn code(&self, step: i64) -> String {
        one_time_code(&self.secret, START + 30 * step)
    }

    /// Shows the password; what the browser then holds.
    async fn pending(&self) -> Token {
        match try_it(&self.house, self.door, ("V100000", PASSWORD), from("192.0.2.1", Some(self.device))).await {
            Outcome::Code(pending) => pending,
            other => panic!("{other:?}"),
        }
    }

    async fn show(&self, pending: &Token, code: &str) -> CodeOutcome {
        let shown = (pending.as_str(), code);
        pending_sign_in::show_code(&self.house, self.door, shown, from("192.0.2.1", Some(self.device)), &links()).await.unwrap()
    }

    /// Password and code.
    async fn enter(&self, code: &str) -> CodeOutcome {
        self.show(&self.pending().await, code).await
    }

    async fn actions(&self) -> Vec<String> {
        let scoped = self.house.store.scoped(Scope::operator(self.door.operator));
        scoped.journal(None, None, 100).await.unwrap().into_iter().map(|entry| entry.action).collect()
    }
}

async fn signed_in(house: &House, door: Door) -> (Actor, &'static str) {
    let Outcome::In { session, device } = try_it(house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await else {
        panic!("no code is asked for yet")
    };
    let actor = sign_in::session(house, door, session.as_str(), "192.0.2.1").await.unwrap().unwrap();
    (actor, Box::leak(device.as_str().to_owned().into_boxed_str()))
}

/// So many steps after the first.
fn set(house: &House, step: i64) {
    house.clock.set(vocabulary::Timestamp::EPOCH.plus_seconds(START + 30 * step));
}

fn is_in(outcome: &CodeOutcome) -> bool {
    matches!(outcome, CodeOutcome::In { .. })
}

/// PLT-03, PLT-16: a code is taken once, a step late at most, and never one of before the last that was used; the seed stands nowhere in
/// clear, and goes with the key.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once() {
    assert_eq!(at(NOW), at("2026-11-21T10:00:00Z"));
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        assert!(!is_in(&owner.enter(&owner.code(0)).await), "the code that switched them on");
        set(&owner.house, 3);
        assert!(!is_in(&owner.enter(&owner.code(1)).await), "two steps late");
        assert!(!is_in(&owner.enter(&owner.code(5)).await), "two steps early");
        assert!(is_in(&owner.enter(&owner.code(2)).await), "of the step before");
        assert!(matches!(owner.enter(&owner.code(2)).await, CodeOutcome::Wrong), "again");
        assert!(is_in(&owner.enter(&owner.code(3)).await));
        assert!(!is_in(&owner.enter(&owner.code(2)).await), "of before the last");
        let kept = owner.house.store.one_time_codes(owner.actor.login).await.unwrap().unwrap();
        assert!(kept.seed.starts_with("v1.k1.") && !kept.seed.contains(&owner.secret), "{}", kept.seed);
        assert_eq!(owner.actions().await.iter().filter(|action| *action == "codes_switched_on").count(), 1);
        let told = mails(&owner.house, owner.door.operator).await;
        assert!(told.contains(&("famille0@example.fr".to_owned(), "codes-switched-on".to_owned())), "{told:?}");
    }
}

/// PLT-16: the seed is sealed anew with a newer key, and makes the same codes.
#[tokio::test(flavor = "multi_thread")]
async fn a_seed_outlives_its_key() {
    for database in databases() {
        let (house, door) = town(database.url()).await;
        let (old, new) = (Seal::fresh_line(Some("old")).unwrap(), Seal::fresh_line(Some("new")).unwrap());
        let mut owner = Owner::of(house.with_seal(Seal::read(&old).unwrap()), door).await;
        let both = owner.house.clone().with_seal(Seal::read(&format!("{}\n{}", new.as_str(), old.as_str())).unwrap());
        keys::rotate(&both, &|_| {}).await.unwrap();
        owner.house = both.with_seal(Seal::read(&new).unwrap());
        keys::check(&owner.house).await.unwrap();
        set(&owner.house, 1);
        assert!(is_in(&owner.enter(&owner.code(1)).await));
        assert!(matches!(
            second_factor::begin(&owner.house.clone().with_seal(Seal::default()), &owner.actor, PASSWORD).await,
            Ok(Err(CodeRefusal::NoKeys))
        ));
    }
}

/// PLT-03: of two that show the same code at the same time, in two browsers or twice in one, one gets in.
#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_with_one_code_are_one() {
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        for (step, code) in [(1, owner.code(1)), (2, owner.recovery[0].clone()), (3, owner.code(3))] {
            set(&owner.house, step);
            let one = owner.pending().await;
            let other = if step == 3 { one.clone() } else { owner.pending().await };
            let (one, other) = tokio::join!(owner.show(&one, &code), owner.show(&other, &code));
            assert_eq!(usize::from(is_in(&one)) + usize::from(is_in(&other)), 1, "{step}: {one:?} {other:?}");
        }
        assert_eq!(owner.house.store.recovery_codes_left(owner.actor.login).await.unwrap(), 9);
    }
}

/// PLT-03: a recovery code stands in for a code once, however it is typed, and its owner is told; new ones end the old ones.
#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_is_good_once() {
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        let typed = owner.recovery[0].to_lowercase().replace('-', " ");
        assert!(is_in(&owner.enter(&typed).await));
        assert!(matches!(owner.enter(&owner.recovery[0]).await, CodeOutcome::Wrong), "again");
        assert!(matches!(owner.enter("AAAA-AAAA-AAAA-AAAA").await, CodeOutcome::Wrong));
        let told = mails(&owner.house, owner.door.operator).await;
        assert_eq!(told.iter().filter(|(_, template)| template == "recovery-code-used").count(), 1, "{told:?}");
        assert!(owner.actions().await.contains(&"recovery_code_used".to_owned()));
        let renew = async |password: &str, code: &str| {
            second_factor::renew_recovery_codes(&owner.house, &owner.actor, (password, code), &links()).await.unwrap()
        };
        assert_eq!(renew("wrong", &owner.recovery[1]).await.unwrap_err(), CodeRefusal::WrongPassword);
        assert_eq!(renew(PASSWORD, &owner.recovery[0]).await.unwrap_err(), CodeRefusal::WrongCode, "it was used");
        let renewed = renew(PASSWORD, &owner.recovery[1]).await.unwrap();
        assert_eq!(second_factor::state(&owner.house, &owner.actor, "").await.unwrap().recovery_left, 10);
        assert!(matches!(owner.enter(&owner.recovery[2]).await, CodeOutcome::Wrong), "one of before");
        assert!(is_in(&owner.enter(&renewed.0[0]).await));
        let journal = owner.house.store.scoped(Scope::operator(owner.door.operator)).journal(None, None, 100).await.unwrap();
        let journal = format!("{journal:?}");
        assert!(!journal.contains(&owner.recovery[0]) && !journal.contains(&owner.secret), "no secret in the journal");
    }
}

/// PLT-03: after five wrong codes the next has to wait, and the password is asked for again; whose browser is known does not wait for who
/// guesses elsewhere, and the wait ends.
#[tokio::test(flavor = "multi_thread")]
async fn guessing_codes_waits_and_the_owner_does_not() {
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        set(&owner.house, 1);
        let elsewhere = async || match try_it(&owner.house, owner.door, ("V100000", PASSWORD), from("192.0.2.9", None)).await {
            Outcome::Code(pending) => pending,
            other => panic!("{other:?}"),
        };
        let guess = async |pending: &Token, code: &str| {
            let shown = (pending.as_str(), code);
            pending_sign_in::show_code(&owner.house, owner.door, shown, from("192.0.2.9", None), &links()).await.unwrap()
        };
        let pending = elsewhere().await;
        for _ in 0..5 {
            assert!(matches!(guess(&pending, "000000").await, CodeOutcome::Wrong));
        }
        assert!(matches!(guess(&pending, &owner.code(1)).await, CodeOutcome::Over), "a right code, but the sixth");
        let again = elsewhere().await;
        assert!(matches!(guess(&again, &owner.code(1)).await, CodeOutcome::Wait(1)));
        assert!(is_in(&owner.enter(&owner.code(1)).await), "the owner's browser");
        set(&owner.house, 2);
        assert!(is_in(&guess(&again, &owner.code(2)).await), "the wait is over");
        // The owner's own wrong codes are counted too.
        for _ in 0..5 {
            let wrong = second_factor::prove_by_code(&owner.house, &owner.actor, "000000", &links()).await.unwrap();
            assert_eq!(wrong, Err(CodeRefusal::WrongCode));
        }
        let proof = second_factor::prove_by_code(&owner.house, &owner.actor, &owner.code(3), &links()).await.unwrap();
        assert_eq!(proof, Err(CodeRefusal::Wait(1)));
    }
}

/// PLT-03: what waits for a code is one browser's, at one door, for five minutes, and no session.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_code_is_no_session() {
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        let (house, door) = (&owner.house, owner.door);
        set(house, 1);
        let pending = owner.pending().await;
        assert!(sign_in::session(house, door, pending.as_str(), "").await.unwrap().is_none());
        assert_eq!(pending_sign_in::pending(house, door, pending.as_str()).await.unwrap().as_deref(), Some("Claire 0"));
        let another = Token::fresh().unwrap();
        assert!(matches!(owner.show(&another, &owner.code(1)).await, CodeOutcome::Over), "another browser");
        let next_door = Door { operator: vocabulary::OperatorId(door.operator.0 + 1), reseller: None };
        let shown = (pending.as_str(), &*owner.code(1));
        let outcome = pending_sign_in::show_code(house, next_door, shown, from("", None), &links()).await.unwrap();
        assert!(matches!(outcome, CodeOutcome::Over), "another operator's door");
        set(house, 11);
        assert!(matches!(owner.show(&pending, &owner.code(11)).await, CodeOutcome::Over), "five minutes later");
        let pending = owner.pending().await;
        assert!(is_in(&owner.show(&pending, &owner.code(11)).await));
        assert!(matches!(owner.show(&pending, &owner.code(12)).await, CodeOutcome::Over), "it was used");
        let pending = owner.pending().await;
        let shown = Shown::PasswordAndCode(PASSWORD, &owner.recovery[0]);
        let proof = proof::shown(house, &owner.actor, shown, &links()).await.unwrap().unwrap();
        account::change_password(house, proof, OTHER, &links()).await.unwrap().unwrap();
        assert!(matches!(owner.show(&pending, &owner.code(12)).await, CodeOutcome::Over), "the password is another");
        // Who is wrong about the password hears nothing of codes.
        assert!(matches!(try_it(house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await, Outcome::Wrong));
    }
}

/// PLT-03, PLT-04: a link to a forgotten password asks for the code as well.
#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_link_is_no_way_around_codes() {
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        let asked = Asked { identifier: "V100000", proof: "67000", language: "fr", answered: &a_person(&owner.house) };
        let answer = first_access::ask(&owner.house, owner.door, asked, from("192.0.2.1", None), links()).await.unwrap();
        assert!(matches!(answer, Answer::Sent(_)));
        let token = loop {
            if let Some(link) = crate::identity::letters(&owner.house).await.pop() {
                break link.rsplit_once('/').unwrap().1.to_owned();
            }
            tokio::task::yield_now().await;
        };
        let chosen = first_access::choose(&owner.house, owner.door, (&token, OTHER, ""), from("192.0.2.1", None), &links()).await;
        let Chosen::Code(pending) = chosen.unwrap() else { panic!("the code is asked for") };
        set(&owner.house, 1);
        assert!(is_in(&owner.show(&pending, &owner.code(1)).await));
    }
}

/// PLT-03: codes go off with password and code, and are told; they do not while the operator asks for them, and who has none is missing them.
#[tokio::test(flavor = "multi_thread")]
async fn codes_go_off_unless_they_are_asked_for() {
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        set(&owner.house, 1);
        let end = async |password: &str, code: &str| {
            second_factor::end(&owner.house, &owner.actor, (password, code), &links()).await.unwrap()
        };
        assert_eq!(end("wrong", &owner.code(1)).await, Err(CodeRefusal::WrongPassword));
        assert_eq!(end(PASSWORD, &owner.code(0)).await, Err(CodeRefusal::WrongCode), "it was used");
        assert_eq!(end(PASSWORD, &owner.code(1)).await, Ok(()));
        signed_in(&owner.house, owner.door).await;
        assert!(mails(&owner.house, owner.door.operator).await.iter().any(|(_, template)| template == "codes-switched-off"));
        assert!(owner.actions().await.contains(&"codes_switched_off".to_owned()));
        assert_eq!(end(PASSWORD, &owner.code(2)).await, Err(CodeRefusal::WrongCode), "they are off");
        assert_eq!(owner.house.store.recovery_codes_left(owner.actor.login).await.unwrap(), 0);
    }
    for database in databases() {
        let asking = house_with(database.url(), NOW, ("grandlarge", "second_factor = [\"subscriber\"]")).await;
        let (house, door) = town_in(asking).await;
        let (actor, _) = signed_in(&house, door).await;
        assert_eq!(second_factor::missing(&house, &actor).await.unwrap(), Some(Missing::Codes));
        let staff = Actor { role: Role::OperatorAdmin, ..actor };
        assert_eq!(second_factor::missing(&house, &staff).await.unwrap(), None, "of other roles they are not asked");
        let owner = Owner::of(house, door).await;
        assert_eq!(second_factor::missing(&owner.house, &owner.actor).await.unwrap(), None);
        set(&owner.house, 1);
        let ended = second_factor::end(&owner.house, &owner.actor, (PASSWORD, &owner.code(1)), &links()).await.unwrap();
        assert_eq!(ended, Err(CodeRefusal::Required));
    }
}

/// PLT-03: the words by which an operator's catalogue names roles are those of the program.
#[test]
fn a_catalogue_names_every_role() {
    assert_eq!(catalog::ROLES, Role::ALL.map(Role::as_str));
}

/// PLT-03, PLT-05: who has codes proves who they are with the password and a code, each good once; the password alone, as somebody has it
/// who stole it with an open session, neither proves anything nor adds a passkey. Wrong codes are counted, and noted.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_goes_with_the_password_as_proof() {
    for database in databases() {
        let owner = Owner::on(database.url()).await;
        let (house, links, right) = (&owner.house, links(), owner.code(2));
        set(house, 2);
        let show = async |shown| proof::shown(house, &owner.actor, shown, &links).await.unwrap().err();
        assert_eq!(show(Shown::Password(PASSWORD)).await, Some(ProofRefusal::CodeNeeded));
        assert_eq!(show(Shown::PasswordAndCode(PASSWORD, " ")).await, Some(ProofRefusal::CodeNeeded));
        assert_eq!(show(Shown::PasswordAndCode("wrong", &right)).await, Some(ProofRefusal::Wrong));
        assert_eq!(show(Shown::PasswordAndCode(PASSWORD, "000000")).await, Some(ProofRefusal::WrongCode));
        assert_eq!(show(Shown::PasswordAndCode(PASSWORD, &right)).await, None, "a wrong password uses no code up");
        assert_eq!(show(Shown::PasswordAndCode(PASSWORD, &right)).await, Some(ProofRefusal::WrongCode), "again");
        assert_eq!(show(Shown::PasswordAndCode(PASSWORD, &owner.recovery[0])).await, None);
        let ways = proof::ways(house, &owner.actor, &links.brand).await.unwrap();
        assert!(ways.has_codes && !ways.has_passkeys);
        let site = Site { door: owner.door, links: &links, name: "Bellerive", browser: "one browser" };
        let add = async |shown| passkey::begin_adding(house, &owner.actor, site, ("Téléphone", shown)).await.unwrap();
        assert_eq!(add(Shown::Password(PASSWORD)).await, Err(PasskeyRefusal::WrongCode));
        assert!(add(Shown::PasswordAndCode(PASSWORD, &owner.recovery[1])).await.is_ok());
        let mut refusals = Vec::new();
        for _ in 0..7 {
            refusals.push(show(Shown::PasswordAndCode(PASSWORD, "000000")).await);
        }
        assert!(matches!(refusals.last(), Some(Some(ProofRefusal::Wait(1..)))), "{refusals:?}");
        assert!(owner.actions().await.iter().filter(|action| *action == "proof_refused").count() >= 5);
    }
}
