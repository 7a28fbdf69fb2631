//! Who has access for whom: invitations, roles, taking access away.

use crate::{
    identity::letters,
    people::{Town, actor_of, fresh, from, given, links, states, town},
    stage::at,
};
use operations::{
    House, IdentifierKind,
    account::AccountRefusal,
    first_access::{self, Chosen},
    members::{self, Invited, MemberRefusal, Party},
    permission::Role,
    sign_in::{self, Credentials, Outcome},
};
use store::{Object, Scope};
use vocabulary::{LabelRefusal, LoginId};

const PASSWORD: &str = "quatre ramettes violettes";

fn asked<'t>(name: &'t str, email: &'t str, role: Role, line: &'t str) -> Invited<'t> {
    Invited { name, email, role: role.as_str(), language: "fr", line }
}

async fn token(house: &House) -> String {
    let link = letters(house).await.pop().expect("a mail with a link");
    link.rsplit_once("/access/").expect("a link").1.to_owned()
}

/// Whoever was asked in last chooses a password.
async fn come(town: &Town, identifier: &str) -> Chosen {
    let token = token(&town.house).await;
    first_access::choose(&town.house, town.door, (&token, PASSWORD, identifier), from(), &links()).await.unwrap()
}

/// FLT-14, PLT-04: somebody is asked in by mail, comes by the link once, is known by address and number, and sees one line; the invitation
/// is sent again only before that, each time with a link that ends the one before, and not too often.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_lets_one_person_in_once() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, party) = (&town.house, Party::Customer(town.company));
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let malik = asked(" Malik  Benali ", "Malik@Lambert.example", Role::Member, "06 39 98 00 11");
        let login = members::invite(house, &hugo, party, malik, &links()).await.unwrap().unwrap().unwrap();
        let letter = letters(house).await.pop().unwrap();
        assert!(letter.starts_with("https://near.localhost/access/"), "the reseller's own brand: {letter}");
        let first = token(house).await;
        let shown = members::show(house, &hugo, login).await.unwrap().unwrap();
        assert_eq!((shown.person.kept.name.as_str(), shown.person.kept.state.as_str()), ("Malik Benali", "invited"));
        let welcome = first_access::link(house, town.door, &first).await.unwrap().unwrap();
        assert_eq!((welcome.party.as_deref(), welcome.needs_identifier), (Some("Menuiserie Lambert"), false));

        let again = async |version| members::send_again(house, &hugo, (login, version), &links()).await.unwrap().unwrap();
        assert_eq!(again(7).await, Err(MemberRefusal::Stale));
        for version in 0..3 {
            assert_eq!(again(version).await, Ok(()));
        }
        assert!(matches!(again(3).await, Err(MemberRefusal::Wait(1..=1440))));
        assert_eq!(first_access::link(house, town.door, &first).await.unwrap(), None, "a later one ends it");
        let day = |days: i64| house.clock.set(at(crate::people::NOW).plus_seconds(days * 86_400));
        let last = token(house).await;
        day(6);
        assert!(first_access::link(house, town.door, &last).await.unwrap().is_some());
        day(8);
        assert_eq!(first_access::link(house, town.door, &last).await.unwrap(), None, "seven days");
        day(0);

        let Chosen::In { session, .. } = come(&town, "").await else { panic!("a fresh link") };
        let actor = sign_in::session(house, town.door, session.as_str(), "").await.unwrap().unwrap();
        assert_eq!((actor.role, actor.scope.reach), (Role::Member, store::Reach::Line(town.lines[0])));
        let replayed = first_access::choose(house, town.door, (&last, PASSWORD, ""), from(), &links()).await.unwrap();
        assert!(matches!(replayed, Chosen::Over), "a link works once");
        for identifier in ["malik@lambert.example", "+33 6 39 98 00 11"] {
            let typed = Credentials { identifier, password: PASSWORD };
            assert!(matches!(sign_in::sign_in(house, town.door, typed, from(), &links()).await.unwrap(), Outcome::In { .. }));
        }
        let shown = members::show(house, &hugo, login).await.unwrap().unwrap().person.kept;
        assert_eq!((shown.state.as_str(), shown.signed_in.is_some()), ("validated", true));
        let who = (login, shown.version);
        assert_eq!(members::send_again(house, &hugo, who, &links()).await.unwrap(), Some(Err(MemberRefusal::NotInvited)));
        assert_eq!(members::withdraw(house, &hugo, who).await.unwrap(), Some(Err(MemberRefusal::NotInvited)));
        let scoped = house.store.scoped(Scope::operator(town.door.operator));
        let journal = scoped.journal(Some(Object::Login(login)), None, 50);
        let actions: Vec<_> = journal.await.unwrap().into_iter().map(|entry| entry.action).collect();
        assert!(actions.contains(&"login_invited".to_owned()) && actions.contains(&"password_chosen".to_owned()), "{actions:?}");
    }
}

/// FLT-14: an invitation that was taken back lets nobody in, and its address is free again.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_taken_back() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, party) = (&town.house, Party::Customer(town.company));
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let zoe = asked("Zoé", "zoe@lambert.example", Role::FleetManager, "");
        let login = members::invite(house, &hugo, party, zoe, &links()).await.unwrap().unwrap().unwrap();
        let token = token(house).await;
        assert_eq!(members::withdraw(house, &hugo, (login, 5)).await.unwrap(), Some(Err(MemberRefusal::Stale)));
        assert_eq!(members::withdraw(house, &hugo, (login, 0)).await.unwrap(), Some(Ok(())));
        assert!(members::withdraw(house, &hugo, (login, 0)).await.unwrap().is_none(), "nobody is there any more");
        let chosen = first_access::choose(house, town.door, (&token, PASSWORD, ""), from(), &links()).await.unwrap();
        assert!(matches!(chosen, Chosen::Over));
        assert!(members::invite(house, &hugo, party, zoe, &links()).await.unwrap().unwrap().is_ok());
    }
}

/// FLT-14, PLT-01, PLT-02: nobody gives what is not their own party's to give, nor touches who belongs to others; what was typed wrong is
/// named.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_more_than_they_may() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = &town.house;
        let (own, other) = (Party::Customer(town.company), Party::Customer(town.other));
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let try_it = async |of, invited: Invited<'_>| members::invite(house, &hugo, of, invited, &links()).await.unwrap();
        let before = states(&town).await;
        for role in [Role::Subscriber, Role::ResellerAgent, Role::ResellerAdmin, Role::OperatorAdmin, Role::Auditor] {
            assert_eq!(try_it(own, asked("Eve", "eve@x.example", role, "")).await, Some(Err(MemberRefusal::Role)), "{role:?}");
        }
        let made_up = Invited { role: "root", ..asked("Eve", "eve@x.example", Role::Member, "") };
        assert_eq!(try_it(own, made_up).await, Some(Err(MemberRefusal::Role)));
        for line in ["", "06 39 98 00 99", "06 39 98 00 21", "1 OR 1=1", "0"] {
            let refused = try_it(own, asked("Eve", "eve@x.example", Role::Member, line)).await;
            assert_eq!(refused, Some(Err(MemberRefusal::Line)), "{line}: of another customer, or of nobody");
        }
        let long = "a".repeat(300);
        for (name, refusal) in [
            ("", LabelRefusal::Empty),
            (&long, LabelRefusal::TooLong(80)),
            ("E\u{7}ve", LabelRefusal::Unseen('\u{7}')),
            ("\u{202e}evE", LabelRefusal::Unseen('\u{202e}')),
            ("www.evil.example", LabelRefusal::Address),
        ] {
            let refused = try_it(own, asked(name, "eve@x.example", Role::FleetManager, "")).await;
            assert_eq!(refused, Some(Err(MemberRefusal::Name(refusal))), "{name}");
        }
        for email in ["", "eve", &format!("{long}@x.example"), "eve@x.example\r\nBcc: all@x.example"] {
            let refused = try_it(own, asked("Eve", email, Role::FleetManager, "")).await;
            assert_eq!(refused, Some(Err(MemberRefusal::Address)), "{email}");
        }
        let known = try_it(own, asked("Hugo again", "HUGO@lambert.example", Role::FleetManager, "")).await;
        assert_eq!(known, Some(Err(MemberRefusal::Known)));
        for of in [other, Party::Customer(town.household), Party::Reseller(town.reseller), Party::Operator] {
            let invited = try_it(of, asked("Eve", "eve@x.example", Role::FleetManager, "")).await;
            assert!(invited.is_none(), "{of:?} is not there");
        }
        for foreign in ["mona@other.example", "rita@near.example", "olga@test.example"] {
            let foreign = town.login(foreign).await;
            assert!(members::show(house, &hugo, foreign).await.unwrap().is_none());
            assert!(members::block(house, &hugo, (foreign, 0), &links()).await.unwrap().is_none());
            assert!(members::change_role(house, &hugo, (foreign, 0), ("member", "")).await.unwrap().is_none());
            assert!(members::send_again(house, &hugo, (foreign, 0), &links()).await.unwrap().is_none());
        }
        // Managers are equals: nobody renews the way in of somebody whose work they could then sign.
        let equal = town.login("hugo@lambert.example").await;
        assert!(
            members::change_email(house, fresh(house, &hugo), (equal, 0), ("eve@x.example", ""), &links())
                .await
                .unwrap()
                .is_none()
        );
        assert!(members::send_link(house, fresh(house, &hugo), (equal, 0), &links()).await.unwrap().is_none());
        // An agent of a reseller looks after its customers' people, and not after its colleagues.
        let rita = actor_of(&town, "rita@near.example").await;
        assert!(members::list(house, &rita, own, store::Window { offset: 0, rows: 10 }).await.unwrap().is_some());
        assert!(
            members::invite(house, &rita, own, asked("Eve", "eve@x.example", Role::FleetManager, ""), &links())
                .await
                .unwrap()
                .is_some_and(|done| done.is_ok())
        );
        assert!(members::list(house, &rita, other, store::Window { offset: 0, rows: 10 }).await.unwrap().is_none());
        let agent = operations::Actor { role: Role::ResellerAgent, ..rita.clone() };
        assert!(
            members::list(house, &agent, Party::Reseller(town.reseller), store::Window { offset: 0, rows: 10 })
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(states(&town).await.len(), before.len() + 1, "one person more, and nobody else");
    }
}

/// PLT-04: that somebody has access elsewhere is told to nobody who invites; whoever comes with an address that opens another access
/// chooses an identifier for this one.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_known_elsewhere_is_told_to_its_owner_only() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, party) = (&town.house, Party::Customer(town.company));
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let mona = asked("Mona", "mona@other.example", Role::FleetManager, "");
        assert!(members::invite(house, &hugo, party, mona, &links()).await.unwrap().unwrap().is_ok(), "as anybody");
        let token = token(house).await;
        assert!(first_access::link(house, town.door, &token).await.unwrap().unwrap().needs_identifier);
        assert!(matches!(come(&town, "").await, Chosen::Identifier(AccountRefusal::NoIdentifier)));
        assert!(matches!(come(&town, "taken.by-other").await, Chosen::Identifier(AccountRefusal::Taken)));
        assert!(matches!(come(&town, "mona-lambert").await, Chosen::In { .. }));
        let typed = |identifier| Credentials { identifier, password: PASSWORD };
        let into = async |identifier| sign_in::sign_in(house, town.door, typed(identifier), from(), &links()).await.unwrap();
        assert!(matches!(into("mona-lambert").await, Outcome::In { .. }));
        assert!(matches!(into("mona@other.example").await, Outcome::Wrong), "the address opens what it opened before");
    }
}

/// FLT-14: the last manager neither leaves nor becomes less; of two who take each other's access away at once, one stays. Whose access was
/// taken away is out at once, and back with the same password.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_left_to_look_after_a_company() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, party) = (&town.house, Party::Customer(town.company));
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let line = "+33639980011";
        let last = Some(Err(MemberRefusal::Last));
        assert_eq!(members::block(house, &hugo, (hugo.login, 0), &links()).await.unwrap(), last);
        assert_eq!(members::change_role(house, &hugo, (hugo.login, 0), ("member", line)).await.unwrap(), last);
        let zoe = asked("Zoé", "zoe@lambert.example", Role::FleetManager, "");
        members::invite(house, &hugo, party, zoe, &links()).await.unwrap().unwrap().unwrap();
        assert_eq!(
            members::block(house, &hugo, (hugo.login, 0), &links()).await.unwrap(),
            last,
            "who did not come yet does not count"
        );
        let Chosen::In { session, .. } = come(&town, "").await else { panic!("a fresh link") };
        let zoe = sign_in::session(house, town.door, session.as_str(), "").await.unwrap().unwrap();
        assert_eq!(members::block(house, &hugo, (hugo.login, 0), &links()).await.unwrap(), Some(Err(MemberRefusal::Self_)));
        let version = members::show(house, &hugo, zoe.login).await.unwrap().unwrap().person.kept.version;

        let here = links();
        let (one, other) = tokio::join!(
            members::block(house, &hugo, (zoe.login, version), &here),
            members::block(house, &zoe, (hugo.login, 0), &here),
        );
        let done = [&one, &other].iter().filter(|done| matches!(done, Ok(Some(Ok(()))))).count();
        assert_eq!(done, 1, "{one:?} {other:?}");
        let (blocker, blocked) = if matches!(one, Ok(Some(Ok(())))) { (&hugo, &zoe) } else { (&zoe, &hugo) };
        if blocked.login == zoe.login {
            assert!(sign_in::session(house, town.door, session.as_str(), "").await.unwrap().is_none(), "out at once");
        }
        let version = async || members::show(house, blocker, blocked.login).await.unwrap().unwrap().person.kept.version;
        let before = version().await;
        assert_eq!(
            members::unblock(house, blocker, (blocked.login, before - 1), &links()).await.unwrap(),
            Some(Err(MemberRefusal::Stale))
        );
        assert_eq!(members::unblock(house, blocker, (blocked.login, before), &links()).await.unwrap(), Some(Ok(())));
        assert_eq!(
            members::unblock(house, blocker, (blocked.login, before), &links()).await.unwrap(),
            Some(Ok(())),
            "twice is once"
        );
        let who = (blocked.login, version().await);
        assert_eq!(members::change_role(house, blocker, who, ("member", line)).await.unwrap(), Some(Ok(())));
        assert_eq!(
            members::change_role(house, blocker, who, ("fleet_manager", "")).await.unwrap(),
            Some(Err(MemberRefusal::Stale))
        );
        let scoped = house.store.scoped(Scope::operator(town.door.operator));
        let noted = scoped.journal(Some(Object::Login(blocked.login)), None, 1).await.unwrap().remove(0);
        assert_eq!(noted.action, "login_role_changed");
        assert!(noted.before.unwrap().contains("fleet_manager") && noted.after.unwrap().contains("+33639980011"));
    }
}

/// RES-02, PLT-05: the reseller's desk switches a customer's access off and on, corrects its address, which the old one is told, gives an
/// identifier, and sends a link to a new password.
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_renews_the_way_in() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = &town.house;
        let rita = actor_of(&town, "rita@near.example").await;
        let hugo = town.login("hugo@lambert.example").await;
        let version = async || members::show(house, &rita, hugo).await.unwrap().unwrap().person.kept.version;
        assert_eq!(
            members::block(house, &rita, (hugo, version().await), &links()).await.unwrap(),
            Some(Ok(())),
            "the last one too"
        );
        assert_eq!(
            members::send_link(house, fresh(house, &rita), (hugo, version().await), &links()).await.unwrap(),
            Some(Err(MemberRefusal::Stale))
        );
        assert_eq!(members::unblock(house, &rita, (hugo, version().await), &links()).await.unwrap(), Some(Ok(())));
        let email = async |wanted, version| {
            members::change_email(house, fresh(house, &rita), (hugo, version), (wanted, ""), &links())
                .await
                .unwrap()
                .map(|done| done.map(drop))
        };
        assert_eq!(email("hugo", version().await).await, Some(Err(MemberRefusal::Address)));
        assert_eq!(email("new@lambert.example", version().await - 1).await, Some(Err(MemberRefusal::Stale)));
        assert_eq!(email("new@lambert.example", version().await).await, Some(Ok(())));
        let name = async |wanted, version| {
            members::change_identifier(house, fresh(house, &rita), (hugo, version), wanted, &links()).await.unwrap()
        };
        assert_eq!(name("V100001", version().await).await, Some(Err(MemberRefusal::NoIdentifier)));
        assert_eq!(name("taken.by-other", version().await).await, Some(Err(MemberRefusal::Taken)));
        assert_eq!(name("hugo.lambert", version().await).await, Some(Ok(())));
        assert_eq!(
            members::send_link(house, fresh(house, &rita), (hugo, version().await), &links()).await.unwrap(),
            Some(Ok(()))
        );
        let known = house.store.identifiers(hugo).await.unwrap();
        assert!(known.contains(&(IdentifierKind::Email, "new@lambert.example".to_owned())), "{known:?}");
        assert!(!known.iter().any(|(_, known)| known == "hugo@lambert.example"), "{known:?}");
        let told = given(house).await;
        for mail in [
            ("hugo@lambert.example", "address-changed"),
            ("new@lambert.example", "identifier-changed"),
            ("new@lambert.example", "forgotten-password"),
        ] {
            assert!(told.contains(&(mail.0.to_owned(), mail.1.to_owned())), "{told:?}");
        }
        assert!(matches!(come(&town, "").await, Chosen::In { .. }));
    }
}

/// FLT-01: the fleet manager of a customer that is set up is asked in by mail, as anybody is.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_customers_manager_is_asked_in() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let told = given(&town.house).await;
        assert_eq!(told, [("ines@lambert.example".to_owned(), "invitation".to_owned())]);
        let link = letters(&town.house).await.pop().unwrap();
        assert!(link.starts_with("https://near.localhost/access/"), "{link}");
        let Chosen::In { session, .. } = come(&town, "").await else { panic!("a fresh link") };
        let ines = sign_in::session(&town.house, town.door, session.as_str(), "").await.unwrap().unwrap();
        assert_eq!((ines.role, ines.scope.reach), (Role::FleetManager, store::Reach::Customer(town.company)));
        let typed = Credentials { identifier: "V100001", password: PASSWORD };
        let by_reference = sign_in::sign_in(&town.house, town.door, typed, from(), &links()).await.unwrap();
        assert!(matches!(by_reference, Outcome::In { .. }), "nobody was known by the company's reference yet");
        let scoped = town.house.store.scoped(ines.scope);
        let noted = scoped.journal(Some(Object::Login(LoginId(ines.login.0))), None, 9).await.unwrap();
        assert!(noted.iter().any(|entry| entry.action == "login_invited" && entry.by.login.is_none()), "{noted:?}");
    }
}
