//! What an open page of a telephone hears.

use crate::{
    client::Client,
    tenants::{PASSWORD, Tenants},
};
use axum::http::StatusCode;
use operations::{
    life::Doer,
    permission::Role,
    telephony::{self, Change, ChangeAsked, Source, Switch},
};

/// FIX-03, FIX-14: an open page of a line's telephone hears of a change as soon as it is kept, and of one that it missed at once; whoever takes no events
/// gets the version. What is told is that version and nothing of what was set.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_hears_of_a_change() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        let manager = tenants.people.iter().find(|person| person.role == Role::FleetManager).expect("a fleet manager");
        let mut client = Client::new(&router, &manager.host);
        assert_eq!(client.sign_in(&manager.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        let mut own = None;
        for line in tenants.lines.iter().filter(|line| manager.sees(line.owner)) {
            let answer = client.get(&format!("/lines/{}/telephone/changes", line.id)).await;
            if answer.status == StatusCode::OK {
                own = Some((line, answer.body));
                break;
            }
        }
        let (line, version) = own.expect("a line with a telephone");
        assert_eq!(version, r#"{"version":0}"#);
        let changes = |seen: i64| format!("/lines/{}/telephone/changes?seen={seen}", line.id);
        let mut listening = client.clone().with("accept", "text/event-stream");
        let waits = tokio::spawn({
            let path = changes(0);
            async move { listening.get(&path).await }
        });
        let operator = tenants.operators[line.owner.operator];
        let change = ChangeAsked::Other(Change::HideNumber { to: Switch::On });
        let came = telephony::change(&tenants.house, Doer::Program(operator), line.id, (&change, Source::Telephone)).await;
        assert!(came.unwrap().expect("a telephone").is_ok());
        let heard = waits.await.unwrap();
        assert_eq!(heard.headers["content-type"], "text/event-stream");
        assert!(heard.body.ends_with("event: changed\ndata: 1\n\n"), "{}", heard.body);
        let missed = client.clone().with("accept", "text/event-stream").get(&changes(0)).await;
        assert_eq!(missed.body, heard.body);
        let mut stranger = Client::new(&router, &manager.host).with("accept", "text/event-stream");
        assert_eq!(stranger.get(&changes(0)).await.status, StatusCode::SEE_OTHER);
    }
}
