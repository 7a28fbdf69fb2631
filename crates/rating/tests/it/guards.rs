//! Guards on what a call costs a minute and at its beginning (RAT-16).

use crate::stage::{Line, call, events, grandlarge, parts, vallee};
use catalog::Guard;
use rating::Bar;

const JOHANNESBURG: &str = "+27111234567";
const IRIDIUM: &str = "+8816123456";
const DIRECTORY: &str = "118712";

fn guard(per_minute: Option<&str>, fee: Option<&str>) -> Guard {
    let money = |text: Option<&str>| text.map(|text| text.parse().unwrap());
    Guard { per_minute: money(per_minute), fee: money(fee) }
}

/// RAT-16: no call above a price a minute or a connection fee is put through; what costs as much as the guard says passes.
#[test]
fn rat_16_no_call_above_the_guard_begins() {
    let table = [
        // voice-to-world 0.45 a minute, voice-to-satellite 4.90, voice-directory 2.49 once.
        (guard(Some("0.45"), None), JOHANNESBURG, None),
        (guard(Some("0.449999"), None), JOHANNESBURG, Some("guard/voice-to-world")),
        (guard(Some("1.00"), None), IRIDIUM, Some("guard/voice-to-satellite")),
        (guard(Some("1.00"), None), DIRECTORY, None),
        (guard(None, Some("2.49")), DIRECTORY, None),
        (guard(None, Some("2.00")), DIRECTORY, Some("guard/voice-directory")),
        (guard(None, None), IRIDIUM, None),
    ];
    for (guard, other, by) in table {
        let mut line = Line::new(grandlarge(), "orange", "unlimited-5");
        line.terms.guard = guard;
        let bar = line.bar(&call(other, 60));
        let barred = match &bar {
            Some(Bar::TooDear { by }) => Some(by.as_str()),
            _ => None,
        };
        assert_eq!(barred, by, "{guard:?}: {other}");
    }
}

/// RAT-16: a call that was put through all the same is charged and told, once a month for a row.
#[test]
fn rat_16_a_call_despite_the_guard_is_charged_and_told() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-5");
    line.terms.guard = guard(Some("1.00"), None);
    let rated = line.rate(call(IRIDIUM, 90));
    // voice-to-satellite, 60/60: 90 s count 120 s, 2 × 4.90 = 9.80.
    assert_eq!(parts(&rated), ["90 voice-to-satellite 9.80 not-covered"]);
    assert_eq!(events(&rated), ["put through despite guard/voice-to-satellite"]);
    assert_eq!(events(&line.rate(call(IRIDIUM, 30))), [""; 0]);
    assert_eq!(line.counter("guard/voice-to-satellite"), 2);
}

/// RAT-16: the stricter of the family's guard and the line's counts, limit by limit.
#[test]
fn rat_16_the_stricter_guard_counts() {
    // The fixed families: 5.00 a minute, 3.00 once. fixed-to-satellite is 4.90 a minute, fixed-directory 2.49 once.
    let mut line = Line::new(vallee(), "vallee", "fixed-unlimited");
    assert_eq!((line.bar(&call(IRIDIUM, 60)), line.bar(&call(DIRECTORY, 60))), (None, None));
    line.terms.guard = guard(Some("6.00"), Some("2.00"));
    assert_eq!(line.bar(&call(IRIDIUM, 60)), None);
    assert!(matches!(line.bar(&call(DIRECTORY, 60)), Some(Bar::TooDear { .. })));
    line.terms.guard = guard(Some("4.00"), None);
    assert!(matches!(line.bar(&call(IRIDIUM, 60)), Some(Bar::TooDear { .. })));
}
