//! Who uses a line: corrected until they say that it is right, theirs from then on, and somebody else in their place.

use crate::people::{actor_of, given, links, town};
use operations::{
    Actor, Reach, Scope, line_access,
    line_user::{self, Changed, EditRefusal, Fault, Field, Typed, UserChangeRefusal},
    notification::{self, NotificationKind},
    permission::Role,
};
use store::Object;

fn typed(fields: &[(Field, &str)]) -> Typed {
    Typed::with(|field| fields.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text).to_owned())
}

fn confirmed(refusal: Option<EditRefusal>) -> bool {
    matches!(refusal, Some(EditRefusal::Confirmed(_)))
}

/// FLT-07, FLT-03, RES-25: the manager corrects who uses a line until the user says that it is right; from then on the user alone does, and
/// the manager may say that somebody else uses the line. Whoever does not see the line gets the answer of one that is not there.
#[tokio::test(flavor = "multi_thread")]
async fn a_user_s_data_are_theirs_once_they_said_so() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[0]);
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let mona = actor_of(&town, "mona@other.example").await;
        let rita = actor_of(&town, "rita@near.example").await;
        let marie = Actor {
            scope: Scope { operator: town.door.operator, reach: Reach::Line(line) },
            role: Role::Member,
            name: "Marie".into(),
            ..hugo.clone()
        };
        let auditor = Actor { scope: Scope::operator(town.door.operator), role: Role::Auditor, ..hugo.clone() };
        let user = async |actor: &Actor| line_user::user(house, actor, line).await.unwrap();
        let change = async |actor: &Actor, version, fields: &[(Field, &str)]| {
            line_user::change(house, actor, (line, version), &typed(fields)).await.unwrap()
        };
        let refused = |refusal| Some(Err(UserChangeRefusal::Edit(refusal)));
        let good: Changed = Ok(());

        assert!(user(&mona).await.is_none(), "another company's line is not there");
        assert!(change(&mona, 0, &[(Field::LastName, "X")]).await.is_none());
        assert_eq!(change(&auditor, 0, &[(Field::LastName, "X")]).await, refused(EditRefusal::NotTheirs));
        let wrong = change(&hugo, 0, &[(Field::LastName, "Roux"), (Field::Email, "x"), (Field::Born, "2031-01-01")]).await;
        let faults = vec![(Field::Email, Fault::Address), (Field::Born, Fault::NotThen)];
        assert_eq!(wrong, Some(Err(UserChangeRefusal::Fields(faults))));
        let marie_is = [
            (Field::FirstName, "Marie"),
            (Field::LastName, "Roux"),
            (Field::Born, "1990-02-28"),
            (Field::Email, "m@roux.example"),
        ];
        for version in [-1, 7] {
            let came = change(&hugo, version, &marie_is).await;
            assert_eq!(came, Some(Err(UserChangeRefusal::Stale)), "no form showed version {version}");
        }
        assert_eq!(change(&hugo, 0, &marie_is).await, Some(good.clone()));
        assert_eq!(change(&rita, 0, &marie_is[..2]).await, Some(Err(UserChangeRefusal::Stale)), "of two at once one is told");
        let scoped = house.store.scoped(hugo.scope);
        assert_eq!(scoped.line(line).await.unwrap().unwrap().user, "Marie Roux", "lists show the name");

        let shown = user(&marie).await.unwrap();
        assert!(shown.is_to_confirm() && !user(&hugo).await.unwrap().is_to_confirm());
        assert!(line_user::confirm(house, &hugo, (line, shown.version)).await.unwrap().is_none(), "nobody says it for them");
        assert_eq!(line_user::confirm(house, &marie, (line, 0)).await.unwrap(), Some(Err(UserChangeRefusal::Stale)));
        assert_eq!(line_user::confirm(house, &marie, (line, shown.version)).await.unwrap(), Some(good.clone()));
        assert_eq!(line_user::confirm(house, &marie, (line, 0)).await.unwrap(), Some(good.clone()), "twice is once");
        for manager in [&hugo, &rita] {
            let shown = user(manager).await.unwrap();
            assert!(confirmed(shown.refusal) && shown.people.is_some());
            let came = change(manager, shown.version, &[(Field::LastName, "Other")]).await;
            assert!(matches!(came, Some(Err(UserChangeRefusal::Edit(EditRefusal::Confirmed(_))))));
        }
        let shown = user(&marie).await.unwrap();
        assert_eq!(change(&marie, shown.version, &[(Field::LastName, "Roux-Martin")]).await, Some(good.clone()));

        let shown = user(&hugo).await.unwrap();
        let paul = typed(&[(Field::FirstName, "Paul"), (Field::Description, "Camionnette")]);
        assert!(
            line_user::replace(house, &marie, (line, shown.version), &paul).await.unwrap().is_none(),
            "not the user's to say"
        );
        assert!(line_user::replace(house, &mona, (line, shown.version), &paul).await.unwrap().is_none());
        assert_eq!(line_user::replace(house, &hugo, (line, shown.version), &paul).await.unwrap(), Some(good));
        let shown = user(&hugo).await.unwrap();
        assert_eq!((shown.name.as_str(), shown.refusal, shown.confirmed), ("Paul", None, None));
        assert_eq!((shown.data.email.as_str(), shown.data.born), ("", None), "nothing of Marie stays");

        let told = given(house).await;
        assert_eq!(
            told.last().map(|(to, letter)| (to.as_str(), letter.as_str())),
            Some(("m@roux.example", "line-contact-changed"))
        );
        let entries = scoped.journal(Some(Object::Line(line)), None, 20).await.unwrap();
        let told: Vec<_> = entries.iter().rev().map(|entry| entry.action.as_str()).collect();
        assert_eq!(told, ["line_user_changed", "line_user_confirmed", "line_user_changed", "line_user_replaced"]);
        let all = format!("{entries:?}");
        assert!(all.contains("first_name") && !all.contains("Roux") && !all.contains("roux.example") && !all.contains("1990"));
    }
}

/// TEL-07, FLT-07: who holds a household's account neither sees nor changes who uses a line with access of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_with_access_of_its_own_keeps_its_user_to_itself() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[3]);
        let anne = actor_of(&town, "V100003").await;
        let paul = [(Field::FirstName, "Paul"), (Field::Street, "3, rue du Puits")];
        assert_eq!(line_user::change(house, &anne, (line, 0), &typed(&paul)).await.unwrap(), Some(Ok(())));
        crate::line_access::accepted_by_paul(&town, &anne, line).await;
        let shown = line_user::user(house, &anne, line).await.unwrap().unwrap();
        assert_eq!((shown.refusal, shown.data.street.as_str()), (Some(EditRefusal::OwnAccess), ""));
        let came = line_user::replace(house, &anne, (line, shown.version), &typed(&paul)).await.unwrap();
        assert_eq!(came, Some(Err(UserChangeRefusal::Edit(EditRefusal::OwnAccess))));
        // What Paul wants to be told of goes with his access.
        let login = town.login("+33639980032").await;
        let holder = Actor { login, role: Role::Member, ..anne.clone() };
        notification::choose(house, &holder, &NotificationKind::ALL, &links()).await.unwrap();
        assert_eq!(house.store.notifications(login).await.unwrap().len(), 8, "orders are nothing that he sees");
        let own = house.store.scoped(anne.scope).line_access(line).await.unwrap().unwrap().own.unwrap();
        let joined = line_access::join(house, &anne, (line, own.version), crate::line_access::PASSWORD, &links()).await.unwrap();
        assert_eq!(joined, Some(Ok(())));
        assert_eq!(house.store.notifications(login).await.unwrap(), [""; 0]);
    }
}
