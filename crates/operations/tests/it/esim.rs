//! eSIM profiles: ordered, confirmed and released at their server whatever goes wrong in between, seen by who may, told of, and given up.

use crate::{
    orders::{Stage, iccid, request, stage},
    stage::actor,
};
use gateways::{
    es2plus::{Es2plusProgress, ProgressPoints},
    simulated_network::Manners,
};
use operations::{
    esim::{self, CODE_TRIES, EsimRefusal, EsimStage, ProfileState, ShowRefusal, delivery, progress},
    esim_port::{
        CallId, ConfirmedProfile, ProfileCancellation, ProfileConfirmation, ProfileFailure, ProfileOrder, ProfileRefusal,
        ProfileServer, WhyNot,
    },
    keys,
    line_user::{Field, Typed},
    mail::{Window, Work},
    order::{self, LineRequest, SimRequest},
    permission::Role,
    profile_servers::{ProfileServerOf, ProfileServers},
    proof::{self, FreshProof},
    sims::SimKind,
};
use std::sync::{Arc, Mutex};
use store::{Reach, SEALED, Scope};
use vocabulary::{Iccid, LineId};

const SECRET: &str = "a secret of more than twenty-four bytes";
const ADDRESS: &str = "rsp.one.example";

/// A server that does what it is asked, or what is scripted: the first line counts for the next call.
#[derive(Debug, Default)]
pub(crate) struct Server {
    calls: Mutex<Vec<(String, String)>>,
    pub(crate) confirmed: Mutex<Vec<ProfileConfirmation>>,
    fails: Mutex<Vec<Option<ProfileFailure>>>,
}

impl Server {
    fn called(&self, call: &str, id: CallId) -> Result<(), ProfileFailure> {
        self.calls.lock().unwrap().push((call.to_owned(), id.0.to_string()));
        let mut fails = self.fails.lock().unwrap();
        let failure = if fails.is_empty() { None } else { fails.remove(0) };
        failure.map_or(Ok(()), Err)
    }

    pub(crate) fn fails(&self, with: Vec<Option<ProfileFailure>>) {
        *self.fails.lock().unwrap() = with;
    }

    pub(crate) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut *self.calls.lock().unwrap()).into_iter().map(|(call, _)| call).collect()
    }
}

impl ProfileServer for Server {
    fn order(&self, call: CallId, order: ProfileOrder) -> Work<'_, Result<Iccid, ProfileFailure>> {
        let came = self.called("order", call).map(|()| order.iccid.unwrap());
        Box::pin(async { came })
    }

    fn confirm(&self, call: CallId, asked: ProfileConfirmation) -> Work<'_, Result<ConfirmedProfile, ProfileFailure>> {
        let matching_id = asked.matching_id.clone().unwrap();
        self.confirmed.lock().unwrap().push(asked);
        let came = self.called("confirm", call).map(|()| ConfirmedProfile { sm_dp: ADDRESS.parse().unwrap(), matching_id });
        Box::pin(async { came })
    }

    fn release(&self, call: CallId, _: Iccid) -> Work<'_, Result<(), ProfileFailure>> {
        let came = self.called("release", call);
        Box::pin(async { came })
    }

    fn cancel(&self, call: CallId, _: ProfileCancellation) -> Work<'_, Result<(), ProfileFailure>> {
        let came = self.called("cancel", call);
        Box::pin(async { came })
    }
}

fn refused(why: WhyNot) -> Option<ProfileFailure> {
    Some(ProfileFailure::Refused(ProfileRefusal { why, code: "8.2.1/3.5".into(), message: String::new() }))
}

pub(crate) fn silent() -> Option<ProfileFailure> {
    Some(ProfileFailure::Unclear("no answer".into()))
}

/// A stage whose operator has a profile server.
pub(crate) async fn with_server(url: &str) -> (Stage, Arc<Server>) {
    let mut stage = stage(url, Manners::PROMPT).await;
    let server = Arc::new(Server::default());
    let reader = Arc::new(Es2plusProgress { points: ProgressPoints::SIMULATED });
    let of = ProfileServerOf::new(server.clone(), ADDRESS.parse().unwrap(), reader).with_secret(SECRET).unwrap();
    stage.house = stage.house.clone().with_profile_servers(ProfileServers::default().with(stage.operator, of));
    (stage, server)
}

/// Orders a line with an eSIM and an address of its own.
pub(crate) async fn ordered(stage: &Stage, token: &str) -> LineId {
    let esim = LineRequest { sim: SimRequest::Any(SimKind::Esim), ..request("unlimited-5") };
    let mut asked = stage.asked(token, vec![esim]);
    asked.lines[0].user.typed = Typed::with(|field| if field == Field::Email { "lea@example.org".into() } else { String::new() });
    let id = stage.place(&asked).await.unwrap();
    let (_, lines) = order::order(&stage.house, &stage.staff, id).await.unwrap().unwrap();
    lines[0]
}

pub(crate) async fn rounds(stage: &Stage) {
    while delivery::round(&stage.house).await.unwrap() > 0 {}
}

impl Stage {
    pub(crate) fn proof(&self) -> FreshProof<'_> {
        proof::asked(&self.staff, self.staff.proved).unwrap()
    }

    pub(crate) async fn stage_of(&self, line: LineId) -> EsimStage {
        esim::of_line(&self.house, &self.staff, line).await.unwrap().expect("an eSIM").stage
    }

    pub(crate) async fn noted(&self, action: &str) -> usize {
        let journal = self.house.store.scoped(Scope::operator(self.operator)).journal(None, None, 200).await.unwrap();
        for secret in ["LPA:", "1$rsp"] {
            assert!(journal.iter().all(|entry| !entry.after.as_deref().unwrap_or_default().contains(secret)));
        }
        journal.iter().filter(|entry| entry.action == action).count()
    }

    /// What the server tells: the number of a step, and the codes of its failure.
    pub(crate) async fn told(&self, profile: Iccid, point: u32, failed: Option<(&str, &str)>) -> Result<(), progress::NotTaken> {
        let status = match failed {
            None => r#"{"status":"Executed-Success"}"#.to_owned(),
            Some((subject, reason)) => {
                format!(r#"{{"status":"Failed","statusCodeData":{{"subjectCode":"{subject}","reasonCode":"{reason}"}}}}"#)
            }
        };
        let body = format!(
            r#"{{"header":{{"functionRequesterIdentifier":"x","functionCallIdentifier":"y"}},"iccid":"{profile}","profileType":"c",
            "timestamp":"2026-11-17T10:00:00Z","notificationPointId":{point},"notificationPointStatus":{status}}}"#
        );
        progress::take(&self.house, SECRET, body.as_bytes()).await.unwrap()
    }
}

/// RES-08, MOB-52, PLT-16: a line's eSIM is ordered, confirmed with codes drawn here, and released; its codes stand sealed, are shown after a fresh
/// proof to who may, mailed to the line's address, and gone once the profile is on a telephone. A deleted one stays deleted.
#[tokio::test]
async fn an_esim_goes_from_the_order_to_the_telephone() {
    for database in testkit::databases() {
        let (stage, server) = with_server(database.url()).await;
        let line = ordered(&stage, "one").await;
        assert_eq!(stage.stage_of(line).await, EsimStage::Coming);
        let early = esim::code(&stage.house, stage.proof(), line).await.unwrap().unwrap();
        assert_eq!(early, Err(EsimRefusal::Coming));
        rounds(&stage).await;
        assert_eq!(server.calls(), ["order", "confirm", "release"]);
        assert_eq!(stage.stage_of(line).await, EsimStage::At(ProfileState::Released));
        let shown = esim::code(&stage.house, stage.proof(), line).await.unwrap().unwrap().unwrap();
        let confirmed = server.confirmed.lock().unwrap().remove(0);
        assert_eq!((shown.sm_dp.as_str(), &shown.matching_id), (ADDRESS, &confirmed.matching_id));
        assert!(shown.qr_text().ends_with("$$1"), "a confirmation code is asked for");
        assert_eq!(stage.noted("esim_code_shown").await, 1);
        let kept = stage.house.store.scoped(stage.staff.scope).esim_of_line(line).await.unwrap().unwrap();
        for sealed in [kept.matching_id.as_ref().unwrap(), kept.confirmation_code.as_ref().unwrap()] {
            assert!(sealed.starts_with("v1.k1."), "{sealed}");
        }
        assert_eq!(SEALED.iter().filter(|column| column.table == "esim_profile").count(), 2);
        keys::check(&stage.house).await.unwrap();
        let window = Window { offset: 0, rows: 10 };
        let (mails, _) = operations::mail::mails(&stage.house, stage.staff.scope, window).await.unwrap().unwrap();
        let to: Vec<_> = mails.iter().map(|mail| (mail.template.as_str(), mail.recipient.as_str())).collect();
        assert_eq!(to, [("esim-ready", "lea@example.org")]);
        let stranger = actor(Scope { reach: Reach::Line(LineId(line.0 + 1)), ..stage.staff.scope }, Role::Member);
        assert!(esim::of_line(&stage.house, &stranger, line).await.unwrap().is_none());
        let auditor = actor(stage.staff.scope, Role::Auditor);
        assert!(esim::of_line(&stage.house, &auditor, line).await.unwrap().is_none(), "who sees no PUK sees no code");
        let profile: Iccid = kept.iccid.parse().unwrap();
        for (point, expected) in [
            (4, ProfileState::Installed),
            (3, ProfileState::Installed),
            (101, ProfileState::Enabled),
            (102, ProfileState::Disabled),
            (103, ProfileState::Deleted),
            (101, ProfileState::Deleted),
        ] {
            assert_eq!(stage.told(profile, point, None).await, Ok(()));
            assert_eq!(stage.stage_of(line).await, EsimStage::At(expected), "{point}");
        }
        let kept = stage.house.store.scoped(stage.staff.scope).esim_of_line(line).await.unwrap().unwrap();
        assert_eq!((kept.matching_id, kept.confirmation_code), (None, None));
        let late = esim::code(&stage.house, stage.proof(), line).await.unwrap().unwrap();
        assert_eq!(late, Err(EsimRefusal::Show(ShowRefusal::Deleted)));
        let anew = esim::renew(&stage.house, stage.proof(), line).await.unwrap().unwrap();
        assert_eq!(anew, Err(EsimRefusal::Show(ShowRefusal::Deleted)));
        assert_eq!(stage.noted("esim_moved").await, 4);
    }
}

/// RES-08: a server that is silent, refuses or has done it already is asked again under the same name until the profile is ready; staff sees why it
/// waits, and nothing is done twice.
#[tokio::test]
async fn a_failing_server_is_asked_again() {
    for database in testkit::databases() {
        let (stage, server) = with_server(database.url()).await;
        let line = ordered(&stage, "one").await;
        server.fails(vec![
            silent(),
            refused(WhyNot::ProfileTaken),
            silent(),
            refused(WhyNot::WrongState),
            refused(WhyNot::Failed),
        ]);
        rounds(&stage).await;
        assert_eq!(stage.stage_of(line).await, EsimStage::Coming);
        let stuck = esim::stuck(&stage.house, &stage.staff, 10).await.unwrap().unwrap();
        assert!(stuck.len() == 1 && stuck[0].problem.as_ref().unwrap().contains("no answer"), "{stuck:?}");
        for _ in 0..4 {
            stage.house.clock.set(stage.house.clock.now().plus_seconds(1_000));
            rounds(&stage).await;
        }
        let calls = server.calls.lock().unwrap().clone();
        let names: Vec<_> = calls.iter().map(|(call, _)| call.as_str()).collect();
        assert_eq!(names, ["order", "order", "confirm", "confirm", "release", "release"]);
        assert_eq!(calls[0].1, calls[1].1, "the same call has the same name");
        assert_eq!(calls[2].1, calls[3].1);
        assert_ne!(calls[4].1, calls[5].1, "what was refused would be refused again");
        let confirmed = server.confirmed.lock().unwrap().clone();
        assert_eq!(confirmed[0], confirmed[1], "the same codes");
        assert_eq!(stage.stage_of(line).await, EsimStage::At(ProfileState::Released));
        assert!(esim::stuck(&stage.house, &stage.staff, 10).await.unwrap().unwrap().is_empty());
        assert_eq!((stage.noted("esim_ready").await, stage.noted("esim_waits").await), (1, 3));
    }
}

/// RES-08: a line that is given up takes its profile's order back, and the next line that has it gets other codes.
#[tokio::test]
async fn what_is_given_up_is_cancelled() {
    for database in testkit::databases() {
        let (stage, server) = with_server(database.url()).await;
        let first = ordered(&stage, "one").await;
        rounds(&stage).await;
        server.calls();
        assert_eq!(order::give_up(&stage.house, &stage.staff, first).await.unwrap(), Some(Ok(())));
        assert!(esim::of_line(&stage.house, &stage.staff, first).await.unwrap().is_none());
        rounds(&stage).await;
        assert_eq!(server.calls(), ["cancel"]);
        let named = LineRequest { sim: SimRequest::This(iccid(100)), ..request("unlimited-5") };
        let second = stage.place(&stage.asked("two", vec![named])).await.unwrap();
        let line = stage.lives(second).await[0].life.line.id;
        rounds(&stage).await;
        assert_eq!(server.calls(), ["order", "confirm", "release"]);
        assert_eq!(stage.stage_of(line).await, EsimStage::At(ProfileState::Released));
        let confirmed = server.confirmed.lock().unwrap();
        let ids: std::collections::BTreeSet<_> = confirmed.iter().map(|asked| asked.matching_id.clone()).collect();
        assert_eq!(ids.len(), confirmed.len());
    }
}

/// RES-08, PLT-07: the confirmation code goes to another number than the line's; after three wrong tries, which the server counts, it is dead, and
/// others are had.
#[tokio::test]
async fn the_confirmation_code_goes_elsewhere_and_dies_after_three_tries() {
    for database in testkit::databases() {
        let (stage, server) = with_server(database.url()).await;
        let line = ordered(&stage, "one").await;
        rounds(&stage).await;
        server.calls();
        let kept = stage.house.store.scoped(stage.staff.scope).esim_of_line(line).await.unwrap().unwrap();
        let vocabulary::Party::Number(own) = kept.line.1 else { panic!("a number") };
        let send = async |typed: &str| esim::text_code(&stage.house, stage.proof(), line, typed).await.unwrap().unwrap();
        assert_eq!(send(&own.to_string()).await, Err(EsimRefusal::Show(ShowRefusal::OwnNumber)));
        assert!(matches!(send("12").await, Err(EsimRefusal::Number(_))));
        assert_eq!(send("06 12 34 56 78").await.map(|to| to.to_string()), Ok("+33612345678".to_owned()));
        let window = Window { offset: 0, rows: 10 };
        let (texts, _) = operations::text_message::texts(&stage.house, stage.staff.scope, window).await.unwrap().unwrap();
        assert_eq!(texts.iter().map(|text| text.template.as_str()).collect::<Vec<_>>(), ["esim-code"]);
        let sent = esim::mail(&stage.house, stage.proof(), line, "Other@Example.org").await.unwrap().unwrap();
        assert_eq!(sent, Ok("other@example.org".to_owned()));
        let bad = esim::mail(&stage.house, stage.proof(), line, "nobody").await.unwrap().unwrap();
        assert_eq!(bad, Err(EsimRefusal::Address));
        let profile: Iccid = kept.iccid.parse().unwrap();
        for _ in 1..CODE_TRIES {
            assert_eq!(stage.told(profile, 2, Some(("8.2.7", "3.8"))).await, Ok(()));
            assert_eq!(stage.stage_of(line).await, EsimStage::At(ProfileState::Released));
        }
        assert_eq!(stage.told(profile, 2, Some(("8.2.7", "6.4"))).await, Ok(()));
        assert_eq!(stage.stage_of(line).await, EsimStage::CodeDead);
        assert_eq!(send("0612345678").await, Err(EsimRefusal::Show(ShowRefusal::CodeDead)));
        assert_eq!(esim::renew(&stage.house, stage.proof(), line).await.unwrap(), Some(Ok(())));
        rounds(&stage).await;
        assert_eq!(server.calls(), ["cancel", "order", "confirm", "release"]);
        assert_eq!(stage.stage_of(line).await, EsimStage::At(ProfileState::Released));
        let confirmed = server.confirmed.lock().unwrap();
        assert!(confirmed[0].matching_id != confirmed[1].matching_id);
    }
}

/// RES-08: who calls back without the secret, with what is no message, or about a profile that no line has, changes nothing.
#[tokio::test]
async fn strangers_tell_nothing() {
    for database in testkit::databases() {
        let (stage, _) = with_server(database.url()).await;
        let take = async |secret: &str, body: &[u8]| progress::take(&stage.house, secret, body).await.unwrap();
        assert_eq!(take("", b"{}").await, Err(progress::NotTaken::Stranger));
        assert_eq!(take("another secret of more than twenty-four bytes", b"{}").await, Err(progress::NotTaken::Stranger));
        assert!(matches!(take(SECRET, b"{}").await, Err(progress::NotTaken::Message(_))));
        assert!(matches!(take(SECRET, &vec![b'['; 20_000]).await, Err(progress::NotTaken::Message(_))));
        assert_eq!(stage.told(iccid(100), 4, None).await, Err(progress::NotTaken::NoProfile));
    }
}
