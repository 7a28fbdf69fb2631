//! Split and join: a line of a household gets access of its own, and comes back.

use crate::{
    identity::letters,
    people::{Town, actor_of, from, links, town},
};
use operations::{
    Actor, House, Reach,
    first_access::{self, Chosen},
    line_access::{self, Given, SplitRefusal},
    members::{self, MemberRefusal},
    sign_in::{self, Credentials, Outcome},
};
use store::{Object, Scope};
use vocabulary::LineId;

pub(crate) const PASSWORD: &str = "quatre ramettes violettes";

fn paul(email: &str) -> Given<'_> {
    Given { name: "Paul", email, language: "fr" }
}

async fn into(town: &Town, identifier: &str, password: &str) -> bool {
    let typed = Credentials { identifier, password };
    matches!(sign_in::sign_in(&town.house, town.door, typed, from(), &links()).await.unwrap(), Outcome::In { .. })
}

async fn token(house: &House) -> String {
    letters(house).await.pop().unwrap().rsplit_once("/access/").unwrap().1.to_owned()
}

/// Gives a line access of its own, which Paul accepts.
pub(crate) async fn accepted_by_paul(town: &Town, holder: &Actor, line: LineId) {
    let split = line_access::split(&town.house, holder, line, paul("paul@example.fr"), &links()).await.unwrap();
    assert_eq!(split, Some(Ok(())));
    let link = token(&town.house).await;
    let chosen = first_access::choose(&town.house, town.door, (&link, PASSWORD, ""), from(), &links()).await.unwrap();
    assert!(matches!(chosen, Chosen::In { .. }));
}

/// TEL-07: a line's own access is known by its number, sees that line only, and its holder alone sees what it uses; joining takes its
/// password, backed off as signing in is, ends its sessions, and gives the number back.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_split_and_joined() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[3]);
        let anne = actor_of(&town, "V100003").await;
        let split = async |line, given| line_access::split(house, &anne, line, given, &links()).await.unwrap();
        assert!(split(town.lines[0], paul("paul@example.fr")).await.is_none(), "another's line is not there");
        let refused = |refusal| Some(Err(SplitRefusal::Person(refusal)));
        assert_eq!(split(line, paul("paul")).await, refused(MemberRefusal::Address));
        assert_eq!(split(line, paul("anne@example.fr")).await, refused(MemberRefusal::Known), "one's own address");
        assert_eq!(split(line, paul("paul@example.fr")).await, Some(Ok(())));
        assert_eq!(split(line, paul("paul2@example.fr")).await, Some(Err(SplitRefusal::Split)));
        let scoped = house.store.scoped(anne.scope);
        assert!(scoped.private_lines().await.unwrap().is_empty(), "nothing changes until it is accepted");
        assert!(into(&town, "06 39 98 00 32", crate::people::PASSWORD).await, "the number still means the account");

        let link = token(house).await;
        let Chosen::In { session, .. } =
            first_access::choose(house, town.door, (&link, PASSWORD, ""), from(), &links()).await.unwrap()
        else {
            panic!("a fresh link")
        };
        let holder = sign_in::session(house, town.door, session.as_str(), "").await.unwrap().unwrap();
        assert_eq!(holder.scope.reach, Reach::Line(line));
        assert!(into(&town, "0639980032", PASSWORD).await && !into(&town, "0639980032", crate::people::PASSWORD).await);
        assert!(into(&town, "0639980031", crate::people::PASSWORD).await, "the other number still means the account");
        assert_eq!(scoped.private_lines().await.unwrap().into_iter().collect::<Vec<_>>(), [line]);
        let seen = operations::line::line(house, anne.scope, line, &Default::default(), "fr").await.unwrap().unwrap();
        assert!(seen.is_private && seen.usages.is_empty() && seen.alerts.is_empty());
        let own = operations::line::line(house, holder.scope, line, &Default::default(), "fr").await.unwrap().unwrap();
        assert!(!own.is_private);
        assert!(line_access::list(house, &holder).await.unwrap().is_none(), "who sees one line gives nothing away");

        let version = async || {
            let lines = line_access::list(house, &anne).await.unwrap().unwrap();
            lines.into_iter().find(|found| found.line == line).unwrap().own.map(|own| own.version)
        };
        let now = version().await.unwrap();
        let join = async |version, password| line_access::join(house, &anne, (line, version), password, &links()).await.unwrap();
        assert_eq!(join(now - 1, PASSWORD).await, Some(Err(SplitRefusal::Stale)));
        for _ in 0..4 {
            assert_eq!(join(now, crate::people::PASSWORD).await, Some(Err(SplitRefusal::WrongPassword)), "one's own is another");
        }
        assert_eq!(join(now, "").await, Some(Err(SplitRefusal::WrongPassword)));
        assert_eq!(join(now, PASSWORD).await, Some(Err(SplitRefusal::Wait(1))), "the right one waits too");
        house.clock.set(house.clock.now().plus_seconds(60));
        assert_eq!(join(now, PASSWORD).await, Some(Ok(())));
        assert!(sign_in::session(house, town.door, session.as_str(), "").await.unwrap().is_none(), "its sessions are over");
        let told = crate::people::given(house).await;
        assert_eq!(told.last(), Some(&("paul@example.fr".to_owned(), "line-joined".to_owned())), "its holder hears of it");
        assert!(into(&town, "0639980032", crate::people::PASSWORD).await, "the number means the account again");
        assert!(!into(&town, "paul@example.fr", PASSWORD).await);
        assert!(scoped.private_lines().await.unwrap().is_empty() && version().await.is_none());
        let scoped = house.store.scoped(Scope::operator(town.door.operator));
        let journal = scoped.journal(Some(Object::Line(line)), None, 50);
        let actions: Vec<_> = journal.await.unwrap().into_iter().map(|entry| entry.action).collect();
        let refusals = vec!["line_join_refused"; 5];
        assert_eq!(actions, [vec!["line_joined"], refusals, vec!["line_split"]].concat());
    }
}

/// TEL-07: what was not accepted is taken back without a password, its link is over, and the line can be split anew; a fleet has no such
/// thing.
#[tokio::test(flavor = "multi_thread")]
async fn a_split_that_was_not_accepted_is_taken_back() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[3]);
        let anne = actor_of(&town, "V100003").await;
        let given = paul("paul@example.fr");
        assert_eq!(line_access::split(house, &anne, line, given, &links()).await.unwrap(), Some(Ok(())));
        let link = token(house).await;
        assert_eq!(line_access::send_again(house, &anne, (line, 0), &links()).await.unwrap(), Some(Ok(())));
        assert_eq!(line_access::send_again(house, &anne, (line, 0), &links()).await.unwrap(), Some(Err(SplitRefusal::Stale)));
        assert!(first_access::link(house, town.door, &link).await.unwrap().is_none(), "a later one ends it");
        let link = token(house).await;
        assert_eq!(line_access::join(house, &anne, (line, 1), "", &links()).await.unwrap(), Some(Ok(())));
        assert!(first_access::link(house, town.door, &link).await.unwrap().is_none());
        assert_eq!(line_access::join(house, &anne, (line, 1), "", &links()).await.unwrap(), Some(Err(SplitRefusal::Stale)));
        assert_eq!(line_access::split(house, &anne, line, given, &links()).await.unwrap(), Some(Ok(())));

        let hugo = actor_of(&town, "hugo@lambert.example").await;
        assert!(line_access::split(house, &hugo, town.lines[0], given, &links()).await.unwrap().is_none());
        assert!(line_access::list(house, &hugo).await.unwrap().is_none());
        // Whoever holds an account is no manager of people.
        assert!(members::own_party(&anne).is_none());
    }
}
