use super::{IBAN, OTHER_IBAN, account, day, mandate};
use billing::{Following, Mandate, MandateEnd, MandateKind, MandateRefusal, MandateState, Sequence};

const EXPECTED: Following = Following::Expected;

/// BIL-08: the first debit of a mandate, those that follow and the last say what they are; one that was never settled was none.
#[test]
fn a_debit_says_which_of_its_mandate_it_is() {
    let fresh = mandate("2026-01-10");
    assert_eq!(fresh.sequence(day("2026-02-05"), EXPECTED), Ok(Sequence::First));
    let used = fresh.clone().used_on(day("2026-02-05"));
    assert_eq!(used.sequence(day("2026-03-05"), EXPECTED), Ok(Sequence::Recurrent));
    assert_eq!(used.sequence(day("2026-03-05"), Following::None), Ok(Sequence::Final));
    let rejected = used.clone().not_used_on(day("2026-02-05"));
    assert_eq!(rejected.sequence(day("2026-03-05"), EXPECTED), Ok(Sequence::First));
    let later = used.used_on(day("2026-03-05")).not_used_on(day("2026-03-05"));
    assert_eq!(later.sequence(day("2026-04-05"), EXPECTED), Ok(Sequence::Recurrent), "the first was settled");
    let mut once = fresh;
    once.kind = MandateKind::OneOff;
    assert_eq!(once.sequence(day("2026-02-05"), EXPECTED), Ok(Sequence::OneOff));
    let once = once.used_on(day("2026-02-05"));
    assert!(matches!(once.sequence(day("2026-03-05"), EXPECTED), Err(MandateRefusal::UsedUp(..))));
    assert_eq!(
        [Sequence::First, Sequence::Recurrent, Sequence::Final, Sequence::OneOff].map(Sequence::code).join(" "),
        "FRST RCUR FNAL OOFF"
    );
}

/// BIL-08: a mandate that nobody used for 36 months is over; so is one before it was signed.
#[test]
fn a_mandate_lapses_after_36_months() {
    let never = mandate("2024-02-29");
    assert_eq!(never.lapses(), day("2027-02-28"));
    assert!(never.sequence(day("2027-02-27"), EXPECTED).is_ok());
    let lapsed = never.sequence(day("2027-02-28"), EXPECTED).unwrap_err();
    assert_eq!(
        lapsed.to_string(),
        "mandate `VX-1-1` lapsed on 2027-02-28, 36 months after it was last used: a new one is needed"
    );
    assert!(never.clone().used_on(day("2026-06-05")).sequence(day("2029-06-04"), EXPECTED).is_ok());
    assert!(matches!(never.sequence(day("2024-02-28"), EXPECTED), Err(MandateRefusal::NotSigned(..))));
}

/// BIL-08, CUS-08: another IBAN is a new mandate with a reference of its own; the old one ends.
#[test]
fn another_iban_is_another_mandate() {
    let old = mandate("2026-01-10").used_on(day("2026-02-05"));
    let (ended, new) = old.clone().change_account(account(OTHER_IBAN, "VX-1-2"), day("2026-03-01")).unwrap();
    assert_eq!(ended.state, MandateState::Ended { on: day("2026-03-01"), why: MandateEnd::IbanChanged });
    assert!(matches!(ended.sequence(day("2026-03-05"), EXPECTED), Err(MandateRefusal::Ended(_, on)) if on == day("2026-03-01")));
    assert_eq!(new.sequence(day("2026-03-05"), EXPECTED), Ok(Sequence::First), "it was never used");
    assert_eq!((new.iban.electronic(), new.signed), (OTHER_IBAN, day("2026-03-01")));
    let today = day("2026-03-01");
    assert!(matches!(old.clone().change_account(account(IBAN, "VX-1-2"), today), Err(MandateRefusal::SameAccount(_))));
    assert!(matches!(old.change_account(account(OTHER_IBAN, "vx-1-1"), today), Err(MandateRefusal::SameReference(_))));
    assert!(matches!(ended.change_account(account(IBAN, "VX-1-3"), today), Err(MandateRefusal::Ended(..))));
}

/// BIL-08, CUS-08: a mandate that is blocked or has lapsed is signed anew for the same account, and the new one begins with a first debit; as long as it may be
/// used, there is nothing to sign.
#[test]
fn a_mandate_that_may_not_be_used_is_signed_anew() {
    let old = mandate("2026-01-10").used_on(day("2026-02-05"));
    let blocked = old.clone().blocked(day("2026-02-07"));
    let anew = |old: &Mandate, on: &str| old.clone().change_account(account(IBAN, "VX-1-2"), day(on));
    let (ended, new) = anew(&blocked, "2026-03-01").unwrap();
    assert_eq!(ended.state, MandateState::Ended { on: day("2026-03-01"), why: MandateEnd::Bank });
    assert_eq!(new.sequence(day("2026-03-15"), EXPECTED), Ok(Sequence::First));
    assert!(matches!(anew(&new, "2026-03-02"), Err(MandateRefusal::SameAccount(_))));
    assert!(matches!(anew(&old, "2029-02-04"), Err(MandateRefusal::SameAccount(_))));
    let (ended, new) = anew(&old, "2029-02-05").unwrap();
    assert_eq!(ended.state, MandateState::Ended { on: day("2029-02-05"), why: MandateEnd::Revoked });
    assert_eq!((new.signed, new.used), (day("2029-02-05"), None));
    let (ended, _) = blocked.clone().change_account(account(OTHER_IBAN, "VX-1-2"), day("2026-03-01")).unwrap();
    assert!(matches!(ended.state, MandateState::Ended { why: MandateEnd::IbanChanged, .. }));
    let same = blocked.change_account(account(IBAN, "VX-1-1"), day("2026-03-01"));
    assert!(matches!(same, Err(MandateRefusal::SameReference(_))));
}

/// BIL-08: a blocked mandate is used again when somebody has looked; an ended one never is.
#[test]
fn a_blocked_mandate_waits_and_an_ended_one_is_over() {
    let (blocked_on, ended_on) = (day("2026-03-01"), day("2026-03-02"));
    let blocked = mandate("2026-01-10").blocked(blocked_on);
    assert!(
        matches!(blocked.sequence(day("2026-03-05"), EXPECTED), Err(MandateRefusal::Blocked(_, since)) if since == blocked_on)
    );
    assert!(blocked.clone().unblocked().sequence(day("2026-03-05"), EXPECTED).is_ok());
    let ended = blocked.ended(ended_on, MandateEnd::Bank);
    let again = ended.clone().unblocked().blocked(day("2026-04-01")).ended(day("2026-04-01"), MandateEnd::Revoked);
    assert_eq!(again, ended);
}
