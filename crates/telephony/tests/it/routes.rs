//! Where a call goes.

use telephony::{
    Change, Forward, LineServices, Switch, When,
    route::{Called, Caller, Goes, InService, Presentation, Refusal, Standing, Voicemail, route, shown_to_called},
};
use vocabulary::E164;

fn number(digits: u64) -> E164 {
    E164::from_digits(digits).expect("a number")
}

const OWN: u64 = 33_388_112_233;
const MOBILE: u64 = 33_612_345_678;
const FROM: u64 = 33_155_667_788;

fn goes(services: &LineServices, standing: Standing) -> Goes {
    goes_of(services, standing, (InService::Yes, Voicemail::Yes), &[])
}

fn goes_of(services: &LineServices, standing: Standing, (in_service, voicemail): (InService, Voicemail), passed: &[u64]) -> Goes {
    let called = Called { number: number(OWN), in_service, voicemail, services };
    let caller = Caller { number: Some(number(FROM)), shown: Presentation::Shown };
    route(called, standing, caller, &passed.iter().map(|digits| number(*digits)).collect::<Vec<_>>()).goes
}

fn forwards(when: &[When]) -> LineServices {
    LineServices::default()
        .after(&Change::Forward { when: when.to_vec(), to: number(MOBILE), ring_time: None })
        .expect("a forward")
}

const STANDINGS: [Standing; 6] =
    [Standing::Free, Standing::Busy, Standing::Full, Standing::Unreachable, Standing::NotAnswered, Standing::NotTaken];

fn ring(seconds: u8, waiting: Switch) -> Goes {
    Goes::Ring { seconds, waiting, with: None }
}

/// FIX-01, FIX-04, FIX-05, FIX-15: a line that nobody touched rings 20 seconds, signals a second caller, and lets the voicemail take the rest.
#[test]
fn fix_15_a_line_that_nobody_touched() {
    let services = LineServices::default();
    let found = STANDINGS.map(|standing| goes(&services, standing));
    let wanted =
        [ring(20, Switch::Off), ring(20, Switch::On), Goes::Voicemail, Goes::Voicemail, Goes::Voicemail, Goes::Voicemail];
    assert_eq!(found, wanted);
    let without = STANDINGS.map(|standing| goes_of(&services, standing, (InService::Yes, Voicemail::No), &[]));
    let refused = Goes::Refuse;
    let wanted = [
        ring(20, Switch::Off),
        ring(20, Switch::On),
        refused(Refusal::Busy),
        refused(Refusal::Unreachable),
        refused(Refusal::NotAnswered),
        refused(Refusal::Busy),
    ];
    assert_eq!(without, wanted);
}

/// FIX-06, FIX-15: all calls are forwarded, also while the modem is off; before the voicemail, which is before the bell.
#[test]
fn fix_06_all_calls_are_forwarded() {
    let mut services = forwards(&[When::Always]);
    services.straight_to_voicemail = true;
    let forwarded = Goes::Forward { to: number(MOBILE), when: When::Always };
    for standing in STANDINGS {
        assert_eq!(goes(&services, standing), forwarded, "{standing:?}");
    }
    assert_eq!(goes_of(&services, Standing::Free, (InService::No, Voicemail::Yes), &[]), Goes::Refuse(Refusal::OutOfService));
    services.always.active = false;
    assert_eq!(goes(&services, Standing::Free), Goes::Voicemail);
}

/// FIX-03, FIX-15: straight to the voicemail, without ringing.
#[test]
fn fix_03_straight_to_voicemail() {
    let services = LineServices::default().after(&Change::StraightToVoicemail { to: Switch::On }).unwrap();
    for standing in STANDINGS {
        assert_eq!(goes(&services, standing), Goes::Voicemail, "{standing:?}");
    }
    // Where there is none, it rings.
    assert_eq!(goes_of(&services, Standing::Free, (InService::Yes, Voicemail::No), &[]), ring(20, Switch::Off));
}

/// FIX-07, FIX-08, FIX-15: each case has its own forward.
#[test]
fn fix_07_each_case_has_its_forward() {
    for (when, standing) in
        [(When::NoAnswer, Standing::NotAnswered), (When::Busy, Standing::Full), (When::Unreachable, Standing::Unreachable)]
    {
        let services = forwards(&[when]);
        assert_eq!(goes(&services, standing), Goes::Forward { to: number(MOBILE), when });
        for other in STANDINGS.into_iter().filter(|other| *other != standing) {
            let goes = goes(&services, other);
            assert!(!matches!(goes, Goes::Forward { .. }), "{when:?}, {other:?}: {goes:?}");
        }
    }
    let mut services = forwards(&[When::Busy]);
    services.call_waiting = false;
    assert_eq!(goes(&services, Standing::Busy), Goes::Forward { to: number(MOBILE), when: When::Busy });
}

/// FIX-05: a second caller is signalled for 20 seconds; then the voicemail takes the call.
#[test]
fn fix_05_a_second_caller_is_signalled() {
    let services = forwards(&[When::Busy, When::NoAnswer]);
    assert_eq!(goes(&services, Standing::Busy), ring(20, Switch::On));
    assert_eq!(goes(&services, Standing::NotTaken), Goes::Voicemail);
}

/// FIX-15: what came from a number is not sent back to it, and no call goes on for ever.
#[test]
fn fix_15_forwards_end() {
    let services = forwards(&[When::Always]);
    let yes = (InService::Yes, Voicemail::Yes);
    assert_eq!(goes_of(&services, Standing::Free, yes, &[MOBILE]), Goes::Voicemail);
    assert_eq!(goes_of(&services, Standing::Free, (InService::Yes, Voicemail::No), &[MOBILE]), Goes::Refuse(Refusal::Loop));
    assert_eq!(goes_of(&services, Standing::Free, yes, &[1, 2, 3, 4, 5].map(|last| 33_388_000_000 + last)), Goes::Voicemail);
    let own = LineServices { busy: Forward { to: Some(number(OWN)), active: true }, ..LineServices::default() };
    assert_eq!(goes(&own, Standing::Full), Goes::Voicemail);
}

/// FIX-04: the ring time that was chosen.
#[test]
fn fix_04_a_line_rings_as_long_as_was_chosen() {
    let to = telephony::RingTime::of_seconds(40).unwrap();
    let services = LineServices::default().after(&Change::RingTime { to }).unwrap();
    assert_eq!((to.rings(), goes(&services, Standing::Free)), (8, ring(40, Switch::Off)));
    for bad in [0, 19, 21, 22, 61, 65, 1_000] {
        assert!(telephony::RingTime::of_seconds(bad).is_err(), "{bad}");
    }
    assert_eq!(
        telephony::RingTime::all().map(telephony::RingTime::seconds).collect::<Vec<_>>(),
        [20, 25, 30, 35, 40, 45, 50, 55, 60]
    );
}

/// FIX-11, FIX-12, FIX-15: the caller's number is shown unless it is hidden, also where the call is forwarded; one's own is hidden always, or for
/// one call, and never from an emergency service.
#[test]
fn fix_12_who_sees_which_number() {
    let services = forwards(&[When::Always]);
    let called = Called { number: number(OWN), in_service: InService::Yes, voicemail: Voicemail::Yes, services: &services };
    let shows = |shown| route(called, Standing::Free, Caller { number: Some(number(FROM)), shown }, &[]).shows;
    assert_eq!((shows(Presentation::Shown), shows(Presentation::Hidden)), (Some(number(FROM)), None));
    let own = number(OWN);
    let hiding = LineServices { hides_number: true, ..LineServices::default() };
    let shown = |services, once, emergency: bool| shown_to_called(own, services, once, || emergency);
    assert_eq!(shown(&services, None, false), Some(own));
    assert_eq!(shown(&services, Some(Presentation::Hidden), false), None);
    assert_eq!(shown(&hiding, None, false), None);
    assert_eq!(shown(&hiding, Some(Presentation::Shown), false), Some(own));
    assert_eq!(shown(&hiding, Some(Presentation::Hidden), true), Some(own));
}

/// TEL-11: a mobile line of the account rings at the same time, unless it is the one that calls.
#[test]
fn tel_11_two_lines_ring() {
    let services = LineServices { rings_with: Some(number(MOBILE)), ..LineServices::default() };
    assert_eq!(goes(&services, Standing::Free), Goes::Ring { seconds: 20, waiting: Switch::Off, with: Some(number(MOBILE)) });
    let called = Called { number: number(OWN), in_service: InService::Yes, voicemail: Voicemail::Yes, services: &services };
    let caller = Caller { number: Some(number(MOBILE)), shown: Presentation::Shown };
    assert_eq!(route(called, Standing::Free, caller, &[]).goes, ring(20, Switch::Off));
}
