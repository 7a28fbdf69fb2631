//! Who did what, as its readers see it.

use crate::{
    client::Client,
    tenants::{PASSWORD, Tenants},
};
use axum::http::StatusCode;
use operations::permission::Role;

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
        assert_eq!(rows(&operator.get(&format!("/journal?person={person}")).await.body), 1);
        // The fleet is the operator's own: the partner sees nothing of it.
        assert_eq!((rows(&reseller.get("/journal").await.body), rows(&fleet.get("/journal").await.body)), (1, 1));
    }
}
