//! ES2+ over real connections on this machine: our client against the simulated SM-DP+, against hostile answers, and encrypted.

mod encrypted;
mod hostile;
mod progress;
mod spoken;

use gateways::{
    es2plus::{Es2plusClient, Es2plusSettings, IccidForm, Limits, TlsFiles},
    simulated_smdp::{SimulatedSmdp, SmdpSettings, StockState},
};
use operations::esim_port::{
    CallId, Leaves, ProfileCancellation, ProfileConfirmation, ProfileFailure, ProfileOrder, ProfileServer, Release, WhyNot,
};
use std::{path::PathBuf, time::Duration};
use tokio::net::TcpListener;
use vocabulary::{Confirmation, Eid, Iccid, MatchingId};

pub(crate) const REQUESTER: &str = "2.999.33.1";
pub(crate) const ADDRESS: &str = "smdp.example.org";

/// Long enough for this machine at its busiest; whatever waits for it on purpose takes less.
pub(crate) const AMPLE: Limits = Limits { connect: Duration::from_secs(20), answer: Duration::from_secs(20) };

pub(crate) fn iccid(n: u128) -> Iccid {
    Iccid::from_serial(893_326_321_220_000_000 + n).unwrap()
}

pub(crate) fn eid(n: u128) -> Eid {
    let body = 89_049_032_123_451_234_512_345_678_900_000 + n * 100;
    (body + (98 - body % 97) % 97).to_string().parse().unwrap()
}

pub(crate) fn call(name: &str) -> CallId {
    CallId(name.into())
}

pub(crate) fn client_with(url: &str, limits: Limits, tls: TlsFiles) -> Es2plusClient {
    let settings = Es2plusSettings {
        url: url.to_owned(),
        requester: REQUESTER.to_owned(),
        address: "other.example.org".parse().unwrap(),
        iccid_form: IccidForm::Padded,
        limits,
        tls,
    };
    Es2plusClient::new(settings).unwrap()
}

pub(crate) fn client(url: &str) -> Es2plusClient {
    client_with(url, AMPLE, TlsFiles::default())
}

pub(crate) fn smdp_settings(callback: Option<String>, file: Option<PathBuf>) -> SmdpSettings {
    SmdpSettings { address: ADDRESS.parse().unwrap(), requester: REQUESTER.to_owned(), callback, seed: 7, file }
}

/// A server with profiles 1 to 9 of type `consumer` and 11 of type `rare`, and its address.
pub(crate) async fn smdp(callback: Option<String>) -> (SimulatedSmdp, String) {
    let smdp = SimulatedSmdp::open(smdp_settings(callback, None)).unwrap();
    smdp.add("consumer", (1..=9).map(iccid)).unwrap();
    smdp.add("rare", [iccid(11)]).unwrap();
    let url = serve(&smdp).await;
    (smdp, url)
}

pub(crate) async fn serve(smdp: &SimulatedSmdp) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = smdp.clone();
    tokio::spawn(async move { serving.serve(listener).await });
    url
}

pub(crate) fn order(n: u128) -> ProfileOrder {
    ProfileOrder { iccid: Some(iccid(n)), ..ProfileOrder::default() }
}

pub(crate) fn confirmation(n: u128) -> ProfileConfirmation {
    ProfileConfirmation { iccid: iccid(n), eid: None, matching_id: None, confirmation_code: None, release: Release::Later }
}

pub(crate) fn cancellation(n: u128) -> ProfileCancellation {
    ProfileCancellation { iccid: iccid(n), eid: None, matching_id: None, leaves: Leaves::Available }
}

fn matching_id(text: &str) -> Option<MatchingId> {
    Some(text.parse().unwrap())
}

/// MOB-52, RES-08: a profile is ordered, confirmed and released, and its activation code says where it waits; another is cancelled and can be
/// ordered again, a third is gone for good.
#[tokio::test]
async fn a_profile_is_ordered_confirmed_and_released() {
    let (smdp, url) = smdp(None).await;
    let client = client(&url);
    assert_eq!(client.order(call("1"), order(1)).await, Ok(iccid(1)));
    assert_eq!(smdp.state(iccid(1)), Some(StockState::Allocated));
    let asked = ProfileConfirmation { matching_id: matching_id("CLAIRE-1"), ..confirmation(1) };
    let confirmed = client.confirm(call("2"), asked).await.unwrap();
    assert_eq!(smdp.state(iccid(1)), Some(StockState::Confirmed));
    assert_eq!(confirmed.activation_code(Confirmation::Code).qr_text(), "LPA:1$smdp.example.org$CLAIRE-1$$1");
    assert_eq!(client.release(call("3"), iccid(1)).await, Ok(()));
    assert_eq!(smdp.state(iccid(1)), Some(StockState::Released));

    // By its type, for one chip, released with its confirmation, under a matching id that the server makes.
    let of_type = ProfileOrder { profile_type: Some("rare".into()), eid: Some(eid(1)), iccid: None };
    assert_eq!(client.order(call("4"), of_type).await, Ok(iccid(11)));
    assert_eq!(smdp.state(iccid(11)), Some(StockState::Linked));
    let asked = ProfileConfirmation { eid: Some(eid(1)), release: Release::Now, ..confirmation(11) };
    let confirmed = client.confirm(call("5"), asked).await.unwrap();
    assert_eq!((confirmed.sm_dp.as_str(), confirmed.matching_id.as_str().len()), (ADDRESS, 23));
    assert_eq!(smdp.state(iccid(11)), Some(StockState::Released));
    let cancelled = ProfileCancellation { matching_id: Some(confirmed.matching_id), ..cancellation(11) };
    assert_eq!(client.cancel(call("6"), cancelled).await, Ok(()));
    assert_eq!(client.order(call("7"), order(11)).await, Ok(iccid(11)), "it can be had again");
    let lost = ProfileCancellation { leaves: Leaves::Unavailable, ..cancellation(11) };
    assert_eq!(client.cancel(call("8"), lost).await, Ok(()));
    assert_eq!(smdp.state(iccid(11)), Some(StockState::Unavailable));
}

/// MOB-52: the same call again, after an answer that was lost, is answered the same and done once.
#[tokio::test]
async fn the_same_call_again_is_answered_the_same() {
    let (smdp, url) = smdp(None).await;
    let client = client(&url);
    for _ in 0..2 {
        assert_eq!(client.order(call("1"), order(1)).await, Ok(iccid(1)));
    }
    let first = client.confirm(call("2"), confirmation(1)).await.unwrap();
    assert_eq!(client.confirm(call("2"), confirmation(1)).await, Ok(first));
    for _ in 0..2 {
        assert_eq!(client.release(call("3"), iccid(1)).await, Ok(()));
    }
    assert_eq!(client.order(call("1"), order(1)).await, Ok(iccid(1)));
    assert_eq!(smdp.state(iccid(1)), Some(StockState::Released));
    // As another call it is refused, in a way that says that it may have been done.
    let again = client.release(call("4"), iccid(1)).await.unwrap_err();
    assert!(matches!(&again, ProfileFailure::Refused(refusal) if refusal.why.may_be_done()), "{again}");
    let other_function = client.release(call("1"), iccid(1)).await.unwrap_err();
    assert!(matches!(other_function, ProfileFailure::TurnedAway(_)), "a call that is two things is none: {other_function}");
}

/// MOB-52: every refusal by the codes of the standard comes as what it means, and changes nothing.
#[tokio::test]
async fn every_refusal_comes_as_what_it_means() {
    let (smdp, url) = smdp(None).await;
    let client = client(&url);
    let linked = ProfileOrder { eid: Some(eid(1)), ..order(2) };
    client.order(call("a"), order(1)).await.unwrap();
    client.order(call("b"), linked).await.unwrap();
    client.order(call("c"), order(3)).await.unwrap();
    let named = ProfileConfirmation { matching_id: matching_id("TAKEN"), release: Release::Now, ..confirmation(3) };
    client.confirm(call("d"), named).await.unwrap();
    client.order(call("e"), order(11)).await.unwrap();
    let states = || (1..=11).map(|n| smdp.state(iccid(n))).collect::<Vec<_>>();
    let before = states();

    let of_type = |name: &str| ProfileOrder { profile_type: Some(name.into()), ..ProfileOrder::default() };
    let orders = [
        (order(99), WhyNot::UnknownProfile, "8.2.1/3.9"),
        (order(1), WhyNot::ProfileTaken, "8.2.1/3.3"),
        (order(3), WhyNot::ProfileTaken, "8.2.1/3.3"),
        (of_type("unheard-of"), WhyNot::UnknownType, "8.2.5/3.9"),
        (of_type("rare"), WhyNot::NoneLeft, "8.2.5/3.7"),
        (ProfileOrder { iccid: Some(iccid(4)), ..of_type("rare") }, WhyNot::OtherType, "8.2.5/3.8"),
        (ProfileOrder::default(), WhyNot::NotUnderstood, "8.2.1/2.3"),
    ];
    let mut calls = 0;
    let mut next = || {
        calls += 1;
        CallId(compact_str::format_compact!("refused-{calls}"))
    };
    let is = |failure: ProfileFailure, why: WhyNot, code: &str| {
        let ProfileFailure::Refused(refusal) = failure else { panic!("{failure}") };
        assert_eq!((refusal.why, refusal.code.as_str()), (why, code), "{refusal}");
        assert!(!refusal.message.is_empty());
    };
    for (asked, why, code) in orders {
        is(client.order(next(), asked).await.unwrap_err(), why, code);
    }
    let confirmations = [
        (confirmation(99), WhyNot::UnknownProfile, "8.2.1/3.9"),
        (confirmation(4), WhyNot::WrongState, "8.2.1/3.5"),
        (confirmation(3), WhyNot::WrongState, "8.2.1/3.5"),
        (ProfileConfirmation { eid: Some(eid(2)), ..confirmation(2) }, WhyNot::OtherChip, "8.1.1/3.10"),
        (ProfileConfirmation { matching_id: matching_id("TAKEN"), ..confirmation(1) }, WhyNot::MatchingIdTaken, "8.2.6/3.3"),
    ];
    for (asked, why, code) in confirmations {
        is(client.confirm(next(), asked).await.unwrap_err(), why, code);
    }
    for (n, why, code) in
        [(99, WhyNot::UnknownProfile, "8.2.1/3.9"), (1, WhyNot::WrongState, "8.2.1/3.5"), (3, WhyNot::WrongState, "8.2.1/3.5")]
    {
        is(client.release(next(), iccid(n)).await.unwrap_err(), why, code);
    }
    let cancellations = [
        (cancellation(99), WhyNot::UnknownProfile, "8.2.1/3.9"),
        (cancellation(4), WhyNot::WrongState, "8.2.1/3.5"),
        (ProfileCancellation { eid: Some(eid(2)), ..cancellation(2) }, WhyNot::OtherChip, "8.1.1/3.10"),
        (ProfileCancellation { matching_id: matching_id("OTHER"), ..cancellation(3) }, WhyNot::OtherMatchingId, "8.2.6/3.10"),
    ];
    for (asked, why, code) in cancellations {
        is(client.cancel(next(), asked).await.unwrap_err(), why, code);
    }
    let stranger = Es2plusClient::new(Es2plusSettings {
        url: url.clone(),
        requester: "2.999.99".to_owned(),
        address: ADDRESS.parse().unwrap(),
        iccid_form: IccidForm::Digits,
        limits: AMPLE,
        tls: TlsFiles::default(),
    });
    is(stranger.unwrap().order(next(), order(5)).await.unwrap_err(), WhyNot::UnknownCaller, "1.1/1.1");
    assert_eq!(states(), before);
}

/// MOB-52: a simulated server knows after a restart what became of its profiles.
#[tokio::test]
async fn a_simulated_server_remembers() {
    let folder = tempfile::tempdir().unwrap();
    let file = Some(folder.path().join("smdp.jsonl"));
    let open = || SimulatedSmdp::open(smdp_settings(None, file.clone())).unwrap();
    {
        let smdp = open();
        smdp.add("consumer", [iccid(1), iccid(2)]).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = client(&format!("http://{}", listener.local_addr().unwrap()));
        let asked = async {
            client.order(call("1"), order(1)).await.unwrap();
            let now = ProfileConfirmation { matching_id: matching_id("KEPT"), release: Release::Now, ..confirmation(1) };
            client.confirm(call("2"), now).await.unwrap();
        };
        tokio::select! {
            ended = smdp.serve(listener) => panic!("{ended:?}"),
            () = asked => {}
        }
        assert!(SimulatedSmdp::open(smdp_settings(None, file.clone())).is_err(), "another has the file");
    }
    // Whoever still serves the last connection lets go of the file as it ends.
    while SimulatedSmdp::open(smdp_settings(None, file.clone())).is_err() {
        tokio::task::yield_now().await;
    }
    let smdp = open();
    smdp.add("consumer", [iccid(1), iccid(2), iccid(3)]).unwrap();
    let states = [1, 2, 3].map(|n| smdp.state(iccid(n)).unwrap());
    assert_eq!(states, [StockState::Released, StockState::Available, StockState::Available]);
}
