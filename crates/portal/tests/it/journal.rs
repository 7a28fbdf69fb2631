//! Who did what, as its readers see it.

use crate::{
    client::Client,
    tenants::{PASSWORD, Person, Tenants},
};
use axum::http::StatusCode;
use operations::permission::Role;
use store::{By, Identifier, NewEntry, Object};

/// PLT-06: who may read the journal sees what the own house did, by action and person; a partner its customers' part of it.
#[tokio::test(flavor = "multi_thread")]
async fn the_journal_shows_what_its_reader_may_see() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        let mut readers = Vec::new();
        for role in [Role::OperatorAdmin, Role::ResellerAdmin, Role::FleetManager] {
            let person = tenants.people.iter().find(|person| person.role == role).expect("somebody in that role");
            let mut client = Client::new(&router, &person.host);
            assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
            readers.push(client);
        }
        let [operator, reseller, fleet] = &mut readers[..] else { panic!("three readers") };
        let rows = |body: &str| body.matches("<time ").count();
        let all = operator.get("/journal").await.body;
        assert_eq!(rows(&all), 3, "three people signed in");
        assert!(all.contains("192.0.2.1") && all.contains("Connexion"));
        assert_eq!(rows(&operator.get("/journal?action=signed_in").await.body), 3);
        assert_eq!(rows(&operator.get("/journal?action=signed_out").await.body), 0);
        assert_eq!(rows(&operator.get("/journal?before=2").await.body), 1);
        let person = all.split("/journal?person=").nth(1).and_then(|rest| rest.split('"').next()).expect("a way to one person");
        let own = operator.get(&format!("/journal?person={person}")).await.body;
        assert!(rows(&own) == 1 && own.contains(&format!("href=\"/members/{person}\">Actions de ")), "{own}");
        // The fleet is the operator's own: the partner sees nothing of it.
        assert_eq!((rows(&reseller.get("/journal").await.body), rows(&fleet.get("/journal").await.body)), (1, 1));
    }
}

/// PLT-06: what was done to a thing stands on its page: to a line, a usage file, one's own login. Customers are told what the operator's
/// people did, and that it was they; not who and from where.
#[tokio::test(flavor = "multi_thread")]
async fn a_history_stands_beside_its_object() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        let owner = tenants.people.iter().find(|person| person.role == Role::FleetManager).expect("a fleet manager").clone();
        let staff =
            |role| tenants.people.iter().find(|person| person.role == role && person.owner.operator == owner.owner.operator);
        let admin = staff(Role::OperatorAdmin).expect("an admin").clone();
        let operator = tenants.operators[owner.owner.operator];
        let line = tenants.lines.iter().find(|line| owner.sees(line.owner)).expect("a line of the fleet").id;
        let known_by = Identifier { writings: vec![owner.identifier.clone()], after_letter: String::new() };
        let logins = tenants.house.store.login_by_identifier(operator, None, &known_by).await.expect("the fleet manager's login");
        let noted = NewEntry {
            operator,
            at: tenants.house.clock.now(),
            by: By { login: None, name: "Noé Garnier".into(), role: "operator_admin".into(), address: "203.0.113.77".into() },
            action: "identifier_changed",
            object: Object::Line(line),
            owner: (logins[0].1.reseller, logins[0].1.customer),
            before: None,
            after: Some("{\"name\":\"historical\"}".into()),
        };
        let transaction = tenants.house.store.begin().await.expect("a transaction");
        transaction.note(noted).await.expect("an entry");
        transaction.commit().await.expect("kept");
        let mut pages = Vec::new();
        for person in [&owner, &admin] {
            let mut client = Client::new(&router, &person.host);
            assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
            pages.push((client.get(&format!("/lines/{line}")).await.body, client.get("/journal").await.body));
            let account = client.get("/account").await.body;
            let history = account.split("id=\"history-title\"").nth(1).expect("a history of the login");
            assert!(history.contains("Connexion") && history.contains("192.0.2.1"), "{history}");
        }
        let history = |page: &str| page.split("id=\"history-title\"").nth(1).expect("a history").to_owned();
        let (seen, by_admin) = (history(&pages[0].0), history(&pages[1].0));
        assert!(seen.contains("historical") && seen.contains("Administrateur de l’opérateur"), "{seen}");
        assert!(
            pages[0].1.contains("Administrateur de l’opérateur") && !pages[0].1.contains("Personne non connectée"),
            "who it was"
        );
        for page in [&seen, &pages[0].1] {
            assert!(!page.contains("Noé Garnier") && !page.contains("203.0.113.77"), "{page}");
        }
        assert!(by_admin.contains("Noé Garnier") && by_admin.contains("203.0.113.77"), "{by_admin}");
    }
}

/// PLT-06: the journal is narrowed to a name and to days, leads to the person that an entry is about, and says roles, states and purposes in words and a logo
/// as replaced. A reader who may not know who somebody is does not find out by their name.
#[tokio::test(flavor = "multi_thread")]
async fn the_journal_is_narrowed_and_read_in_words() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        let fleet = tenants.people.iter().find(|person| person.role == Role::FleetManager).expect("a fleet manager").clone();
        let admin = |person: &&Person| person.role == Role::OperatorAdmin && person.owner.operator == fleet.owner.operator;
        let admin = tenants.people.iter().find(admin).expect("an admin").clone();
        let operator = tenants.operators[fleet.owner.operator];
        let known_by = Identifier { writings: vec![fleet.identifier.clone()], after_letter: String::new() };
        let login = tenants.house.store.login_by_identifier(operator, None, &known_by).await.expect("a login").remove(0).1;
        let note = async |days: i64, name: &str, action: &'static str, (before, after): (&str, &str)| {
            let noted = NewEntry {
                operator,
                at: tenants.house.clock.now().plus_seconds(days * 86_400),
                by: By { login: None, name: name.into(), role: "operator_admin".into(), address: "203.0.113.77".into() },
                action,
                object: Object::Login(login.id),
                owner: (login.reseller, login.customer),
                before: Some(before.into()),
                after: Some(after.into()),
            };
            let transaction = tenants.house.store.begin().await.expect("a transaction");
            transaction.note(noted).await.expect("an entry");
            transaction.commit().await.expect("kept");
        };
        let role = (r#"{"role":"member","state":"invited"}"#, r#"{"role":"fleet_manager","state":"validated"}"#);
        note(-9, "Noé Garnier", "login_role_changed", role).await;
        note(-5, "Noé Garnier", "link_sent", ("{}", r#"{"purpose":"first_access"}"#)).await;
        note(
            -4,
            "Inès Carpentier",
            "brand_changed",
            (r#"{"logo":"0123abcd","privacy_fr":"9 (aa)"}"#, r#"{"logo":"4567abcd","privacy_fr":"9 (bb)"}"#),
        )
        .await;
        let mut clients = Vec::new();
        for person in [&admin, &fleet] {
            let mut client = Client::new(&router, &person.host);
            assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
            clients.push(client);
        }
        let rows = |body: &str| body.matches("<time ").count();
        let all = clients[0].get("/journal").await.body;
        assert!(all.contains("Utilisateur d’une ligne → Gestionnaire de flotte") && all.contains("Invité → Validé"), "{all}");
        assert!(all.contains("premier mot de passe") && !all.contains("first_access"), "{all}");
        assert!(
            all.contains("Logo sur fond clair\u{a0}: modifié") && !all.contains("4567abcd") && !all.contains("(bb)"),
            "{all}"
        );
        assert!(all.contains(&format!("href=\"/members/{}\">{}</a>", login.id, login.name)), "a way to whom it is about: {all}");
        assert_eq!(clients[0].get(&format!("/members/{}", login.id)).await.status, StatusCode::OK);
        for (query, count) in [
            ("name=garnier", 2),
            ("name=%C3%89", 2),
            ("name=%25", 0),
            ("to=2026-11-16", 2),
            ("from=2026-11-16&to=2026-11-16", 1),
            ("from=2026-11-16&to=2026-11-17&name=Carpentier", 1),
            ("from=2026-11-17&to=2026-11-16", 0),
            ("from=tomorrow&to=9999-12-31", 5),
        ] {
            assert_eq!(rows(&clients[0].get(&format!("/journal?{query}")).await.body), count, "{query}");
        }
        let found = clients[0].get("/journal?name=garnier&from=2026-11-01").await.body;
        assert!(
            found.contains("value=\"garnier\"") && found.contains("value=\"2026-11-01\""),
            "the form keeps what was asked for"
        );
        assert_eq!(rows(&clients[1].get("/journal").await.body), 4, "what concerns the fleet");
        assert_eq!(rows(&clients[1].get("/journal?name=garnier").await.body), 0, "nobody the reader may know");
        let history = clients[1].get(&format!("/members/{}", login.id)).await.body;
        assert!(history.contains("id=\"history-title\"") && !history.contains("Garnier"), "{history}");
    }
}

/// PLT-06: what was refused to a customer's people stands in the journal for who looks after the house, and not in their own history.
#[tokio::test(flavor = "multi_thread")]
async fn ones_own_history_has_no_refusals() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        let household = tenants.people.iter().find(|person| person.role == Role::Subscriber).expect("a household").clone();
        let admin = |person: &&Person| person.role == Role::OperatorAdmin && person.owner.operator == household.owner.operator;
        let admin = tenants.people.iter().find(admin).expect("an admin").clone();
        let mut client = Client::new(&router, &household.host);
        assert_eq!(client.sign_in(&household.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        assert_eq!(client.get("/mails").await.status, StatusCode::NOT_FOUND);
        let own = client.get("/account").await.body;
        let history = own.split("id=\"history-title\"").nth(1).expect("a history");
        assert!(history.contains("Connexion") && !history.contains("Demande refusée"), "{history}");
        let mut staff = Client::new(&router, &admin.host);
        assert_eq!(staff.sign_in(&admin.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        assert!(staff.get("/journal").await.body.contains("GET /mails"));
    }
}
