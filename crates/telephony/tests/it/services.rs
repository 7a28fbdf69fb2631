//! What changes a line's services.

use telephony::{Change, ChangeRefusal, Difference, Forward, LineServices, RingTime, Switch, When};
use vocabulary::E164;

fn mobile() -> E164 {
    E164::from_digits(33_612_345_678).expect("a number")
}

fn everything() -> LineServices {
    let forward = Change::Forward { when: When::ALL.to_vec(), to: mobile(), ring_time: RingTime::of_seconds(45).ok() };
    [
        forward,
        Change::StraightToVoicemail { to: Switch::On },
        Change::HideNumber { to: Switch::On },
        Change::CallWaiting { to: Switch::Off },
        Change::MailReception { to: "lea@example.fr".into() },
        Change::RingWith { number: Some(mobile()) },
    ]
    .iter()
    .fold(LineServices::default(), |services, change| services.after(change).expect("a change"))
}

/// FIX-13: one code removes every forward and the hiding of the number, and nothing else.
#[test]
fn fix_13_all_off() {
    let after = everything().after(&Change::AllOff).unwrap();
    assert!(When::ALL.iter().all(|when| after.forward(*when) == Forward::default()) && !after.hides_number);
    let kept = LineServices { always: after.always, hides_number: false, ..everything() };
    assert_eq!((after.ring_time, after.straight_to_voicemail, after.call_waiting), (kept.ring_time, true, false));
}

/// FIX-14: a reset puts every service back, tells what is other, and leaves where messages go.
#[test]
fn fix_14_a_reset_tells_what_changes() {
    let before = everything();
    let after = before.after(&Change::Reset).unwrap();
    let first_day =
        LineServices { mail_reception: before.mail_reception.clone(), rings_with: before.rings_with, ..LineServices::default() };
    assert_eq!(after, first_day);
    let told = after.differences(&before);
    let forwards = told.iter().filter(|difference| matches!(difference, Difference::Forward { .. })).count();
    assert_eq!((forwards, told.len()), (4, 8));
    let ring_time = Difference::RingTime { before: RingTime::of_seconds(45).unwrap(), after: RingTime::DEFAULT };
    assert!(told.contains(&ring_time) && told.contains(&Difference::CallWaiting { after: Switch::On }));
    assert!(after.after(&Change::Reset).unwrap().differences(&after).is_empty(), "twice is once");
}

/// FIX-06, FIX-16: a forward that is switched off keeps its number, one that is erased does not; without a number none is switched on.
#[test]
fn fix_06_a_forward_keeps_its_number() {
    let one = vec![When::NoAnswer];
    let off = everything().after(&Change::SwitchForward { when: one.clone(), to: Switch::Off }).unwrap();
    assert_eq!((off.no_answer.to, off.no_answer.target()), (Some(mobile()), None));
    let on = off.after(&Change::SwitchForward { when: one.clone(), to: Switch::On }).unwrap();
    assert_eq!(on.no_answer.target(), Some(mobile()));
    let erased = on.after(&Change::EraseForward { when: one.clone() }).unwrap();
    assert_eq!(erased.no_answer, Forward::default());
    let refused = erased.after(&Change::SwitchForward { when: one, to: Switch::On });
    assert_eq!(refused, Err(ChangeRefusal::NoNumber(When::NoAnswer)));
    assert_eq!(erased.targets(), [mobile()]);
}

/// FIX-04: what is kept of a line is read again as it was; a ring time that cannot be is refused there too.
#[test]
fn fix_04_services_are_kept_as_text() {
    let text = serde_json::to_string(&everything()).unwrap();
    assert_eq!(serde_json::from_str::<LineServices>(&text).unwrap(), everything());
    assert_eq!(serde_json::from_str::<LineServices>("{}").unwrap(), LineServices::default());
    let error = serde_json::from_str::<LineServices>(r#"{"ring_time":22}"#).unwrap_err().to_string();
    assert!(error.contains("22 seconds are no whole rings"), "{error}");
}
