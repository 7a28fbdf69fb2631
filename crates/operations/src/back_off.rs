//! How long who tries passwords has to wait (PLT-03).

use store::Tries;
use vocabulary::Timestamp;

/// So many tries may fail at once; then each one more doubles the time until the next, up to a quarter of an hour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    free: i32,
    /// Tries this far back are as if they were not, in seconds.
    forgotten_after_s: i64,
    /// What the first try too many waits, and what none waits longer, in seconds.
    waits_s: [i64; 2],
}

/// From fifteen seconds to a quarter of an hour.
const WAITS_S: [i64; 2] = [15, 900];

/// By whom somebody wants to be, and by address: behind one address there may be a whole office.
pub(crate) const RULES: [Rule; 2] = [
    Rule { free: 5, forgotten_after_s: 86_400, waits_s: WAITS_S },
    Rule { free: 30, forgotten_after_s: 3_600, waits_s: WAITS_S },
];

/// The same for links that are asked for, from one address: each may be a mail to somebody.
pub(crate) const LINKS_RULE: Rule = Rule { free: 20, forgotten_after_s: 3_600, waits_s: WAITS_S };
/// The same for links of one person that are asked for from one address, and for those that are mailed to one person. The longest wait is
/// as long as a link lasts: who waits has one that is still good.
pub(crate) const LINK_RULE: Rule = Rule { free: 3, forgotten_after_s: 3_600, waits_s: WAITS_S };
/// So often a person's link may be asked for, from wherever, before the answer shows nothing of an address any more.
pub(crate) const GUESSED_RULE: Rule = Rule { free: 10, forgotten_after_s: 3_600, waits_s: WAITS_S };

/// Codes of a voicemail: of four digits, so three may be wrong, then each one more waits from a quarter of an hour to half a day: ten a day.
pub(crate) const CODE_RULE: Rule = Rule { free: 3, forgotten_after_s: 86_400, waits_s: [900, 43_200] };
/// Changes of the address to which a voicemail's messages go: each is a mail to an address that somebody typed.
pub(crate) const MAIL_RECEPTION_RULE: Daily = Daily { most: 10 };

/// Refused requests of somebody signed in that are noted: then ever fewer.
pub(crate) const REFUSAL_RULE: Rule = Rule { free: 20, forgotten_after_s: 3_600, waits_s: WAITS_S };
/// Invitations that one person sends: so many, then none until a day has passed since the last.
pub(crate) const INVITING_RULE: Daily = Daily { most: 100 };
/// The same for mails that one person is sent by who looks after them.
pub(crate) const INVITED_RULE: Daily = Daily { most: 3 };

/// So many within a day of the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Daily {
    most: i32,
}

impl Daily {
    /// Until when the next has to wait, if it has to.
    pub(crate) fn waiting(self, tries: Tries, now: Timestamp) -> Option<Timestamp> {
        let until = tries.latest.plus_seconds(86_400);
        (tries.failures >= self.most && until > now).then_some(until)
    }
}

impl Rule {
    /// Were there more tries lately than are free?
    pub(crate) fn is_exceeded(self, tries: Tries, now: Timestamp) -> bool {
        tries.failures >= self.free && tries.latest.plus_seconds(self.forgotten_after_s) > now
    }

    /// Until when the next try has to wait, if it has to.
    pub(crate) fn waiting(self, tries: Tries, now: Timestamp) -> Option<Timestamp> {
        if !self.is_exceeded(tries, now) {
            return None;
        }
        let beyond = tries.failures - self.free;
        let doublings = u32::try_from(beyond).unwrap_or(0).min(10);
        let until = tries.latest.plus_seconds((self.waits_s[0] << doublings).min(self.waits_s[1]));
        (until > now).then_some(until)
    }
}

/// Whole minutes until an instant, at least one.
pub(crate) fn minutes(now: Timestamp, until: Timestamp) -> i64 {
    let seconds = until.micros().saturating_sub(now.micros()) / 1_000_000;
    (seconds + 59).div_euclid(60).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-03: five tries are free, then the wait doubles from 15 seconds to a quarter of an hour; after a day all is forgotten.
    #[test]
    fn each_try_too_many_doubles_the_wait() {
        let latest = Timestamp::EPOCH.plus_seconds(1_000_000);
        let wait = |failures, seconds_later| {
            let now = latest.plus_seconds(seconds_later);
            RULES[0].waiting(Tries { failures, latest }, now).map(|until| (until.micros() - now.micros()) / 1_000_000)
        };
        assert_eq!((wait(0, 0), wait(4, 0)), (None, None));
        assert_eq!((wait(5, 0), wait(6, 0), wait(7, 0)), (Some(15), Some(30), Some(60)));
        assert_eq!((wait(11, 0), wait(12, 0), wait(i32::MAX, 0)), (Some(900), Some(900), Some(900)));
        assert_eq!((wait(5, 14), wait(5, 15)), (Some(1), None));
        assert_eq!(wait(100, 86_400), None);
        assert_eq!((minutes(latest, latest.plus_seconds(15)), minutes(latest, latest.plus_seconds(61))), (1, 2));
    }
}
