//! What an eSIM profile server tells by calling back, and who else tries.

use crate::{
    client::Client,
    tenants::{PASSWORD, Tenants},
};
use axum::http::StatusCode;
use operations::{
    esim_port::{
        CallId, ConfirmedProfile, ProfileCancellation, ProfileConfirmation, ProfileFailure, ProfileOrder, ProfileProgress,
        ProfileServer, ProgressOutcome, ProgressReader, ProgressRefusal, ProgressStep,
    },
    mail::Work,
    profile_servers::{ProfileServerOf, ProfileServers},
    usage_desk::UsageDesk,
};
use portal::App;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use store::Scope;
use vocabulary::{Iccid, Timestamp};

/// RES-08: who calls back without the secret of a profile server, or says what is no message, is turned away; with it, what is told moves the line
/// on, once, and twice does no harm.
#[tokio::test]
async fn a_profile_server_shows_its_secret() {
    const PATH: &str = "/gsma/rsp2/es2plus/handleDownloadProgressInfo";
    const SECRET: &str = "a secret of more than twenty-four bytes";
    for database in testkit::databases() {
        let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
        let tenants = Tenants::on(database.url(), &hash).await;
        let server = ProfileServerOf::new(Arc::new(NoServer), "rsp.one.example".parse().expect("a name"), Arc::new(Installed));
        let server = server.with_secret(SECRET).expect("a long one");
        let servers = ProfileServers::default().with(tenants.operators[0], server);
        let house = tenants.house.clone().with_profile_servers(servers);
        let desk = UsageDesk::new(BTreeMap::new(), None);
        let app = App::new(house.clone(), desk, HashMap::new()).await.expect("brands");
        let router = portal::server::routes(app);
        let line = tenants.lines.iter().find(|line| line.owner.operator == 0).expect("a line").id;
        let scoped = house.store.scoped(Scope::operator(tenants.operators[0]));
        let esim = scoped.esim_of_line(line).await.expect("a look").expect("an eSIM");
        let nobody = Client::new(&router, "127.0.0.1");
        let with = |authorization: &str| nobody.clone().with("authorization", authorization);
        let bearer = format!("Bearer {SECRET}");
        for mut stranger in [nobody.clone(), with("Bearer "), with("Bearer of something else that is long"), with(&bearer[7..])] {
            assert_eq!(stranger.post(PATH, esim.iccid.clone()).await.status, StatusCode::UNAUTHORIZED);
        }
        let mut server = with(&bearer);
        assert_eq!(server.get(PATH).await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.post(PATH, "nothing".into()).await.status, StatusCode::BAD_REQUEST);
        let long = server.post(PATH, "x".repeat(20_000)).await.status;
        assert!(long.is_client_error(), "{long}");
        let theirs = tenants.lines.iter().find(|line| line.owner.operator == 1).expect("a line").id;
        let theirs = house.store.scoped(Scope::operator(tenants.operators[1])).esim_of_line(theirs).await.expect("a look");
        assert_eq!(server.post(PATH, theirs.expect("an eSIM").iccid).await.status, StatusCode::NOT_FOUND);
        for _ in 0..2 {
            let answer = server.post(PATH, esim.iccid.clone()).await;
            assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NO_CONTENT, ""));
        }
        let after = scoped.esim_of_line(line).await.expect("a look").expect("an eSIM");
        assert_eq!(after.state.profile.map(|state| state.as_str()), Some("installed"));
    }
}

/// Reads an ICCID as the message that this profile is installed.
#[derive(Debug)]
struct Installed;

impl ProgressReader for Installed {
    fn read(&self, body: &[u8]) -> Result<ProfileProgress, ProgressRefusal> {
        let iccid = std::str::from_utf8(body).ok().and_then(|text| text.parse().ok());
        let iccid = iccid.ok_or_else(|| ProgressRefusal::NotUnderstood("no ICCID".into()))?;
        let at = Timestamp::EPOCH;
        Ok(ProfileProgress { iccid, eid: None, step: ProgressStep::Installed, outcome: ProgressOutcome::Done, at })
    }
}

/// A server that nobody asks.
#[derive(Debug)]
struct NoServer;

fn turned_away<T: Send + 'static>() -> Work<'static, Result<T, ProfileFailure>> {
    Box::pin(async { Err(ProfileFailure::TurnedAway("nobody asks".into())) })
}

impl ProfileServer for NoServer {
    fn order(&self, _: CallId, _: ProfileOrder) -> Work<'_, Result<Iccid, ProfileFailure>> {
        turned_away()
    }

    fn confirm(&self, _: CallId, _: ProfileConfirmation) -> Work<'_, Result<ConfirmedProfile, ProfileFailure>> {
        turned_away()
    }

    fn release(&self, _: CallId, _: Iccid) -> Work<'_, Result<(), ProfileFailure>> {
        turned_away()
    }

    fn cancel(&self, _: CallId, _: ProfileCancellation) -> Work<'_, Result<(), ProfileFailure>> {
        turned_away()
    }
}
