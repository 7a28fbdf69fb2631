//! What a desk does for somebody's way in, as it is asked by a browser.

use crate::{
    client::Client,
    tenants::{PASSWORD, Tenants},
};
use axum::http::StatusCode;
use operations::permission::Role;
use store::{JournalQuery, Scope};

/// PLT-05, PLT-06, RES-02: an address, an identifier or a link to a new password is given by a desk that proves who it is, with what was typed kept;
/// a session of some minutes ago is not enough. The person's page has its history.
#[tokio::test(flavor = "multi_thread")]
async fn renewing_a_way_in_asks_for_a_fresh_proof() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::with_key(database.url(), &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        let desk = tenants.people.iter().find(|person| person.role == Role::OperatorAgent).expect("a desk").clone();
        let manager =
            |person: &&crate::tenants::Person| person.role == Role::FleetManager && person.owner.operator == desk.owner.operator;
        let manager = tenants.people.iter().find(manager).expect("a fleet manager").clone();
        let mut client = Client::new(&router, &desk.host);
        assert_eq!(client.sign_in(&desk.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        let path = format!("/members/{}", manager.id);
        let page = client.get(&path).await.body;
        for form in ["email", "identifier", "link"] {
            assert!(page.contains(&format!("action=\"{path}/{form}#")), "{form} is offered to who signed in a moment ago");
        }
        let clock = &tenants.house.clock;
        clock.set(clock.now().plus_seconds(301));
        let old = client.get(&path).await;
        let csrf = old.csrf().expect("a page with forms");
        assert!(
            !old.body.contains(&format!("action=\"{path}/identifier#")) && old.body.contains("href=\"/proof?then=%2Fmembers%2F")
        );
        let version =
            old.body.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version");
        let noted = async || {
            let scoped = tenants.house.store.scoped(Scope::operator(tenants.operators[desk.owner.operator]));
            let entries = scoped.journal_asked(&JournalQuery::default(), 100).await.expect("entries");
            let renewed = ["identifier_changed", "link_sent", "login_email_changed", "email_asked"];
            entries.iter().filter(|entry| renewed.contains(&entry.action.as_str())).count()
        };
        let form = |name: &str, proof: &str| {
            let fields = [("csrf", csrf.as_str()), ("version", version), ("name", name), ("email", name), ("password", proof)];
            form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
        };
        for (address, typed) in [("identifier", "hugo.neuf"), ("email", "hugo.neuf@x.example"), ("link", "")] {
            for proof in ["", "wrong"] {
                let refused = client.post(&format!("{path}/{address}"), form(typed, proof)).await;
                assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address} {proof}");
                assert_eq!(refused.body.matches("id=\"proof\"").count(), 1, "{address}: one form asks for the password");
                assert!(refused.body.contains(typed), "{address}: what was typed is kept");
            }
        }
        assert_eq!(noted().await, 0, "nothing is done");
        let done = client.post(&format!("{path}/identifier"), form("hugo.neuf", PASSWORD)).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, format!("{path}?done=identifier#content").as_str()));
        assert_eq!(noted().await, 1);
        let history = client.get(&path).await.body;
        let history = history.split("id=\"history-title\"").nth(1).expect("a history");
        assert!(history.contains("hugo.neuf"), "{history}");
    }
}
