//! What a desk does for who lost their way in, and who hears of it: codes and passkeys taken away, another address.

use crate::{
    people::{Town, actor_of, fresh, given, links, proven, town},
    stage::catalogs_with,
};
use operations::{
    Actor, House, factor_removal, identity_change,
    members::{self, Effect, MemberRefusal},
    proof, regret,
};
use store::{MailClaim, NewPasskey, Scope};
use vocabulary::{Clock, LabelRefusal, LoginId};

const WHY: &str = "Identité vérifiée au guichet";

/// Has codes and a passkey, as if they had been switched on a minute ago.
async fn protect(house: &House, login: LoginId) {
    let now = house.clock.now().plus_seconds(-60);
    let transaction = house.store.begin().await.unwrap();
    assert!(transaction.begin_codes(login, "sealed", now).await.unwrap());
    assert!(transaction.confirm_codes(login, ("sealed", 1), now).await.unwrap());
    transaction.set_recovery_codes(login, &["hash".to_owned()]).await.unwrap();
    let new = NewPasskey {
        login,
        host: "near.localhost",
        credential_id: "id",
        user_handle: "handle",
        credential: "{}",
        name: "Téléphone",
        made: now,
    };
    assert!(transaction.add_passkey(&new).await.unwrap());
    transaction.commit().await.unwrap();
}

/// The same house, whose operator holds so long, in hours.
fn held(house: &House, before: &str, after: &str) -> House {
    let files = catalogs_with("grandlarge/operator.toml", before, after);
    House::new(house.store.clone(), &files, house.clock.clone()).unwrap().with_seal(house.seal.clone())
}

async fn take_away(house: &House, actor: &Actor, who: (LoginId, i64), why: &str) -> Option<Result<Effect, MemberRefusal>> {
    let proof = proof::asked(actor, house.clock.now()).expect("signing in is a proof");
    members::remove_factors(house, proof, who, why, &links()).await.unwrap()
}

async fn version(house: &House, actor: &Actor, login: LoginId) -> i64 {
    members::show(house, actor, login).await.unwrap().unwrap().person.kept.version
}

/// The link that takes back what was told last.
async fn regret_token(house: &House) -> String {
    let claim = MailClaim { holder: "test", now: house.clock.now(), until: house.clock.now(), most: 100 };
    let mut claimed = house.store.claim_mails(claim).await.unwrap();
    claimed.sort_by_key(|mail| mail.id);
    let said = claimed.iter().rev().find_map(|mail| {
        let place = operations::seal::Place { table: "mail", column: "arguments", row: &mail.kept.message_id };
        let said = house.seal.open(place, mail.arguments.as_deref().unwrap_or_default()).unwrap();
        let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
        said["not_me"]["link"].as_str().map(str::to_owned)
    });
    said.expect("a letter that can be answered").rsplit_once('/').unwrap().1.to_owned()
}

async fn protection(town: &Town, login: LoginId) -> (bool, usize, i64) {
    let store = &town.house.store;
    (
        store.has_codes(login).await.unwrap(),
        store.passkeys(login).await.unwrap().len(),
        store.recovery_codes_left(login).await.unwrap(),
    )
}

/// RES-02, CUS-01, PLT-05: whoever asked a desk to take somebody's codes and passkeys away, the owner sees it in time and stops it, without
/// losing anything; the journal has both, and nobody else stops it.
#[tokio::test(flavor = "multi_thread")]
async fn a_held_removal_is_stopped_by_its_owner() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = held(&town.house, "second_factor = 0", "second_factor = 24");
        let (rita, hugo) = (actor_of(&town, "rita@near.example").await, actor_of(&town, "hugo@lambert.example").await);
        protect(&house, hugo.login).await;
        assert_eq!(factor_removal::due(&house, &hugo).await.unwrap(), None);
        assert!(!factor_removal::stop(&house, &hugo).await.unwrap(), "there is nothing to stop");
        let at = version(&house, &rita, hugo.login).await;
        assert_eq!(take_away(&house, &rita, (hugo.login, at), WHY).await, Some(Ok(Effect::Held)));
        let due = house.clock.now().plus_seconds(24 * 3_600);
        assert_eq!(factor_removal::due(&house, &hugo).await.unwrap(), Some(due));
        assert_eq!(factor_removal::due(&house, &rita).await.unwrap(), None, "of oneself only");
        assert!(!factor_removal::stop(&house, &rita).await.unwrap());
        assert!(factor_removal::stop(&house, &hugo).await.unwrap());
        assert_eq!(factor_removal::due(&house, &hugo).await.unwrap(), None);
        let noted = house.store.scoped(Scope::operator(town.door.operator)).journal(None, None, 1).await.unwrap().remove(0);
        assert_eq!((noted.action.as_str(), noted.by.login), ("change_taken_back", Some(hugo.login)));
        let later = House::new(
            house.store.clone(),
            &catalogs_with("grandlarge/operator.toml", "", ""),
            Clock::held_at(due.plus_seconds(60)),
        );
        assert_eq!(identity_change::carry_out_due(&later.unwrap()).await.unwrap(), 0);
        assert_eq!(protection(&town, hugo.login).await, (true, 1, 1), "nothing is taken away");
    }
}

/// PLT-03, PLT-05, RES-02: a desk takes codes and passkeys away from somebody below it, with a reason that the journal keeps; all their sessions
/// are over and they are told. Equals, oneself and strangers cannot be helped that way, nor can who has nothing to lose.
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_helps_who_lost_everything() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = &town.house;
        let (rita, hugo_in) = (actor_of(&town, "rita@near.example").await, actor_of(&town, "hugo@lambert.example").await);
        let (hugo, mona) = (hugo_in.login, town.login("mona@other.example").await);
        let at = version(house, &rita, hugo).await;
        assert_eq!(take_away(house, &rita, (hugo, at), WHY).await, Some(Err(MemberRefusal::NoFactors)));
        protect(house, hugo).await;
        assert_eq!(take_away(house, &rita, (hugo, at), "  ").await, Some(Err(MemberRefusal::Reason(LabelRefusal::Empty))));
        assert_eq!(
            take_away(house, &rita, (hugo, at), &"a".repeat(301)).await,
            Some(Err(MemberRefusal::Reason(LabelRefusal::TooLong(300))))
        );
        assert_eq!(take_away(house, &rita, (hugo, at + 1), WHY).await, Some(Err(MemberRefusal::Stale)));
        let ines = town.house.store.scoped(Scope::operator(town.door.operator));
        let (people, _) =
            ines.members(members::Party::Customer(town.company), store::Window { offset: 0, rows: 9 }).await.unwrap();
        for equal in people.iter().map(|member| member.login).chain([mona]) {
            assert_eq!(take_away(house, &hugo_in, (equal, at), WHY).await, None, "an equal, oneself, a stranger");
        }
        assert_eq!(take_away(house, &rita, (mona, at), WHY).await, None, "of another party");
        assert_eq!(take_away(house, &rita, (rita.login, 0), WHY).await, None, "oneself");
        assert_eq!(protection(&town, hugo).await, (true, 1, 1));

        assert_eq!(take_away(house, &rita, (hugo, at), WHY).await, Some(Ok(Effect::Now)));
        assert_eq!(protection(&town, hugo).await, (false, 0, 0));
        assert!(house.store.sessions(hugo, house.clock.now()).await.unwrap().is_empty());
        assert!(given(house).await.contains(&("hugo@lambert.example".to_owned(), "second-factor-removed".to_owned())));
        let scoped = house.store.scoped(Scope::operator(town.door.operator));
        let noted = scoped.journal(None, None, 1).await.unwrap().remove(0);
        assert_eq!((noted.action.as_str(), noted.by.login), ("second_factor_removed", Some(rita.login)));
        assert!(noted.after.unwrap().contains(WHY));
        // Who was told says that it was somebody else: the password, which somebody may know, is worth nothing any more.
        let token = regret_token(house).await;
        regret::take_back(house, town.door, (&token, "192.0.2.1"), &links()).await.unwrap().expect("it can be taken back");
        assert!(house.store.login(hugo).await.unwrap().unwrap().password_hash.is_none());
        house.store.verify_journal(town.door.operator, None).await.unwrap();
    }
}

/// PLT-05: where the operator holds it, nothing is taken away before the hour, and nothing at all from who says that it was not them.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_waits_for_its_hour() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = held(&town.house, "second_factor = 0", "second_factor = 24");
        let rita = actor_of(&town, "rita@near.example").await;
        let hugo = town.login("hugo@lambert.example").await;
        protect(&house, hugo).await;
        let now = house.clock.now();
        let at = version(&house, &rita, hugo).await;
        assert_eq!(take_away(&house, &rita, (hugo, at), WHY).await, Some(Ok(Effect::Held)));
        let token = regret_token(&house).await;
        let shown = members::show(&house, &rita, hugo).await.unwrap().unwrap().factors.unwrap();
        assert_eq!((shown.is_any(), shown.removed_at), (true, Some(now.plus_seconds(86_400))));
        regret::take_back(&house, town.door, (&token, "192.0.2.1"), &links()).await.unwrap().expect("it can be taken back");
        house.clock.set(now.plus_seconds(86_400));
        assert_eq!(identity_change::carry_out_due(&house).await.unwrap(), 0);
        assert_eq!(protection(&town, hugo).await, (true, 1, 1), "it was not them");

        house.clock.set(now);
        assert_eq!(take_away(&house, &rita, (hugo, at), WHY).await, Some(Ok(Effect::Held)));
        house.clock.set(now.plus_seconds(86_399));
        assert_eq!(identity_change::carry_out_due(&house).await.unwrap(), 0);
        assert_eq!(protection(&town, hugo).await, (true, 1, 1));
        house.clock.set(now.plus_seconds(86_400));
        let (one, other) = tokio::join!(identity_change::carry_out_due(&house), identity_change::carry_out_due(&house));
        assert_eq!(one.unwrap() + other.unwrap(), 1, "once");
        assert_eq!(protection(&town, hugo).await, (false, 0, 0));
        let told = given(&house).await.into_iter().filter(|(_, template)| template == "second-factor-removed").count();
        assert_eq!(told, 3, "each time it was asked for, and when it was done");
    }
}

/// PLT-05, RES-02, CUS-06: a desk's new address for somebody is told to the one before, waits as the owner's own does, and is taken back by who was
/// told; the operator's own people, with a reason, change it at once.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_a_desk_gives_waits() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = held(&town.house, "email = 0", "email = 24");
        let (rita, olga) = (actor_of(&town, "rita@near.example").await, actor_of(&town, "olga@test.example").await);
        let hugo = town.login("hugo@lambert.example").await;
        let give = async |actor: &Actor, typed| {
            let who = (hugo, version(&house, actor, hugo).await);
            let actor = proven(&house, actor);
            members::change_email(&house, fresh(&house, &actor), who, typed, &links()).await.unwrap().unwrap()
        };
        let email = async || house.store.login(hugo).await.unwrap().unwrap().email;
        let now = house.clock.now();
        assert_eq!(give(&rita, ("eve@x.example", WHY)).await, Ok(Effect::Held), "a reseller's reason does not hurry");
        assert_eq!(email().await, "hugo@lambert.example");
        let to_come = members::show(&house, &rita, hugo).await.unwrap().unwrap().email_to_come.unwrap();
        assert_eq!((to_come.address.as_str(), to_come.due), ("eve@x.example", Some(now.plus_seconds(86_400))));
        let token = regret_token(&house).await;
        regret::take_back(&house, town.door, (&token, "192.0.2.1"), &links()).await.unwrap().expect("it can be taken back");
        house.clock.set(now.plus_seconds(86_400));
        assert_eq!(identity_change::carry_out_due(&house).await.unwrap(), 0);
        assert_eq!(email().await, "hugo@lambert.example");

        // Taking it back took the password away: choosing another is what lets in again.
        let transaction = house.store.begin().await.unwrap();
        transaction.set_password(hugo, "hash").await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(give(&olga, ("one@lambert.example", "")).await, Ok(Effect::Held));
        house.clock.set(now.plus_seconds(2 * 86_400));
        assert_eq!(identity_change::carry_out_due(&house).await.unwrap(), 1);
        assert_eq!(email().await, "one@lambert.example");
        assert_eq!(give(&olga, ("two@lambert.example", WHY)).await, Ok(Effect::Now));
        assert_eq!(email().await, "two@lambert.example");
        let told = given(&house).await;
        for mail in [("hugo@lambert.example", "address-held"), ("one@lambert.example", "address-changed")] {
            assert!(told.contains(&(mail.0.to_owned(), mail.1.to_owned())), "{told:?}");
        }
        let token = regret_token(&house).await;
        regret::take_back(&house, town.door, (&token, "192.0.2.1"), &links()).await.unwrap().expect("a desk's too");
        assert_eq!(email().await, "one@lambert.example");
    }
}

/// PLT-05, RES-02, CUS-06: an address that a desk gives takes the place of one that waits, whoever asked for that: the same one as before
/// too, and where nobody is told because there is no password any more.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_a_desk_gives_replaces_one_that_waits() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = held(&town.house, "email = 0", "email = 24");
        let olga = actor_of(&town, "olga@test.example").await;
        let hugo = town.login("hugo@lambert.example").await;
        let give = async |typed| {
            let (who, olga) = ((hugo, version(&house, &olga, hugo).await), proven(&house, &olga));
            members::change_email(&house, fresh(&house, &olga), who, typed, &links()).await.unwrap().unwrap()
        };
        let waits = async || {
            let change = house.store.change_to_come(hugo, store::ChangeKind::Email).await.unwrap();
            change.map(|change| change.after)
        };
        let own = "hugo@lambert.example";
        for (given, kept, effect) in [
            (("two@lambert.example", ""), Some("two@lambert.example"), Effect::Held),
            (("hugo@lambert.example", ""), None, Effect::Now),
            (("three@lambert.example", WHY), None, Effect::Now),
        ] {
            assert_eq!(give(("eve@x.example", "")).await, Ok(Effect::Held));
            assert_eq!(waits().await.as_deref(), Some("eve@x.example"));
            assert_eq!(give(given).await, Ok(effect), "{given:?}");
            assert_eq!(waits().await.as_deref(), kept, "{given:?}");
        }
        assert_eq!(give((own, WHY)).await, Ok(Effect::Now));
        // The owner's own, which they confirmed; then the password is gone, and nobody reads mails at the address before.
        let site = "https://bellerive.localhost";
        let transaction = house.store.begin().await.unwrap();
        let now = house.clock.now();
        let asked = store::NewChange {
            login: hugo,
            kind: store::ChangeKind::Email,
            before: own,
            after: "eve@x.example",
            host: "bellerive.localhost",
            site,
            asked: now,
            done: None,
            regret_until: now.plus_seconds(86_400),
        };
        let change = transaction.ask_change(&asked).await.unwrap();
        assert!(transaction.hold_change(change, now.plus_seconds(3_600)).await.unwrap());
        transaction.forget_password(hugo).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(give(("four@lambert.example", "")).await, Ok(Effect::Now));
        assert_eq!(waits().await, None);
        house.clock.set(now.plus_seconds(2 * 86_400));
        assert_eq!(identity_change::carry_out_due(&house).await.unwrap(), 0);
        assert_eq!(house.store.login(hugo).await.unwrap().unwrap().email, "four@lambert.example");
    }
}

/// FLT-14, PLT-07: whoever loses access, or gets it again, hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn who_loses_access_hears_of_it() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = &town.house;
        let rita = actor_of(&town, "rita@near.example").await;
        let hugo = town.login("hugo@lambert.example").await;
        for _ in 0..2 {
            let who = (hugo, version(house, &rita, hugo).await);
            assert_eq!(members::block(house, &rita, who, &links()).await.unwrap(), Some(Ok(())));
        }
        let who = (hugo, version(house, &rita, hugo).await);
        assert_eq!(members::unblock(house, &rita, who, &links()).await.unwrap(), Some(Ok(())));
        let told: Vec<_> = given(house).await.into_iter().filter(|(to, _)| to == "hugo@lambert.example").collect();
        let words: Vec<_> = told.iter().map(|(_, template)| template.as_str()).collect();
        assert_eq!(words, ["access-taken-away", "access-given-back"], "once each");
    }
}
