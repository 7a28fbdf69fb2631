//! Usage that is forbidden to a line: blocks of options, and what is closed until an option opens it (MOB-40, MOB-54, FLT-10).

use crate::stage::{FRIEND, Line, Usage, call, data, events, grandlarge, mms, parts, sms, zenne};
use rating::Bar;

const GERMAN_MOBILE: &str = "+491701234567";
const NEW_YORK: &str = "+12125550123";
const IRIDIUM: &str = "+8816123456";
const PREMIUM: &str = "0892123456";

/// The block that a usage meets, by what may begin and by what is told of a record; both have to say the same.
fn block_of(line: &mut Line, usage: &Usage) -> Option<String> {
    let bar = match line.bar(usage) {
        Some(Bar::Blocked { by }) => Some(by.as_str().to_owned()),
        _ => None,
    };
    let told = events(&line.rate(usage.clone())).into_iter().find_map(|event| Some(event.split_once(" despite ")?.1.to_owned()));
    assert_eq!(bar, told, "{usage:?}");
    bar
}

/// MOB-40, MOB-54: the network that can block keeps usage to the international and risky destinations closed until an option opens them,
/// and blocks more by options; the other blocks nothing.
#[test]
fn mob_40_blocks_by_options() {
    let table: [(&str, &[&str], Usage, Option<&str>); 18] = [
        ("bouygues", &[], call(NEW_YORK, 60), Some("international")),
        ("bouygues", &[], sms(NEW_YORK), Some("international")),
        ("bouygues", &[], mms(NEW_YORK), Some("international")),
        ("bouygues", &[], call(NEW_YORK, 60).forwarded(), Some("international")),
        ("bouygues", &[], call(NEW_YORK, 60).received(), None),
        ("bouygues", &[], call(GERMAN_MOBILE, 60), None),
        ("bouygues", &["international-on"], call(NEW_YORK, 60), None),
        ("bouygues", &["international-on"], call(IRIDIUM, 60), Some("risky-destinations")),
        ("bouygues", &["international-on", "risky-destinations-on"], call(IRIDIUM, 60), None),
        ("bouygues", &["block-voice-international"], call(NEW_YORK, 60), Some("voice-international")),
        ("bouygues", &["block-france-eea"], call(GERMAN_MOBILE, 60), Some("france-to-eea")),
        ("bouygues", &["block-france-eea"], mms(GERMAN_MOBILE), Some("france-to-eea")),
        ("bouygues", &["block-france-eea"], call(GERMAN_MOBILE, 60).within("DE"), None),
        ("bouygues", &["block-eea-international"], sms(NEW_YORK).within("DE"), Some("eea-to-international")),
        ("bouygues", &["sva-off"], call(PREMIUM, 60), Some("premium-numbers")),
        ("orange", &["sva-off"], call(PREMIUM, 60), Some("premium-numbers")),
        ("orange", &[], call(NEW_YORK, 60), None),
        ("orange", &[], call(IRIDIUM, 60), None),
    ];
    for (network, options, usage, block) in table {
        let mut line = Line::new(grandlarge(), network, "unlimited-5");
        for option in options {
            line = line.option(option, "01 00:00", None);
        }
        let block = block.map(|block| format!("block/{block}"));
        assert_eq!(block_of(&mut line, &usage), block, "{network}, {options:?}: {usage:?}");
    }
}

/// MOB-40: what the network delivers all the same is charged as it is, counted, and told once a month.
#[test]
fn mob_40_a_record_despite_a_block_is_charged_and_told_once() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-5");
    let first = line.rate(call(NEW_YORK, 61));
    // voice-to-usa-canada, 60/1: 61 s × 0.03 / 60 = 0.0305.
    assert_eq!(parts(&first), ["61 voice-to-usa-canada 0.0305 not-covered"]);
    assert_eq!(events(&first), ["voice despite block/international"]);
    assert_eq!(events(&line.rate(sms(NEW_YORK))), [""; 0]);
    assert_eq!(line.counter("block/international"), 2);
}

/// MOB-40, MOB-43: an option opens from its first instant, and closes again at its end.
#[test]
fn mob_40_an_option_opens_as_long_as_it_is_held() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-5").option("international-on", "05 00:00", Some("10 00:00"));
    for (at, block) in
        [("04 23:59:59", Some("block/international")), ("05 00:00", None), ("10 00:00", Some("block/international"))]
    {
        let usage = call(NEW_YORK, 60).at(at);
        let bar = line.bar(&usage);
        let by = match &bar {
            Some(Bar::Blocked { by }) => Some(by.as_str()),
            _ => None,
        };
        assert_eq!(by, block, "{at}");
        line.rate(usage);
    }
    assert_eq!(line.counter("block/international"), 2);
}

/// RAT-01, FLT-10: an emergency call passes every block.
#[test]
fn flt_10_an_emergency_call_passes() {
    let mut line = Line::new(zenne(), "scaldis", "contact").option("block-everything", "01 00:00", None);
    let emergency = call("112", 60);
    assert_eq!(line.bar(&emergency), None);
    assert_eq!(events(&line.rate(emergency)), [""; 0]);
}

/// FLT-10: twelve blocks a line, each of what it says and of nothing else.
#[test]
fn flt_10_twelve_blocks() {
    const BRUSSELS: &str = "0470123456";
    let usages: [(&str, Usage); 13] = [
        ("call out", call(BRUSSELS, 60)),
        ("call in", call(BRUSSELS, 60).received()),
        ("sms out", sms(BRUSSELS)),
        ("sms in", sms(BRUSSELS).received()),
        ("mms out", mms(BRUSSELS)),
        ("mms in", mms(BRUSSELS).received()),
        ("data", data("1 MB")),
        ("call to abroad", call(GERMAN_MOBILE, 60)),
        ("abroad call out", call(BRUSSELS, 60).within("FR")),
        ("abroad call in", call(BRUSSELS, 60).received().within("JP")),
        ("abroad sms out", sms(BRUSSELS).within("JP")),
        ("abroad mms in", mms(BRUSSELS).received().within("FR")),
        ("abroad data", data("1 MB").within("FR")),
    ];
    let every: Vec<&str> = usages.iter().map(|(name, _)| *name).collect();
    let table: [(&str, &[&str]); 12] = [
        ("everything", &every),
        ("calls-out", &["call out", "call to abroad", "abroad call out"]),
        ("calls-in", &["call in", "abroad call in"]),
        ("sms-out", &["sms out", "abroad sms out"]),
        ("sms-in", &["sms in"]),
        ("mms", &["mms out", "mms in", "abroad mms in"]),
        ("data", &["data", "abroad data"]),
        ("calls-to-abroad", &["call to abroad"]),
        ("abroad-everything", &["abroad call out", "abroad call in", "abroad sms out", "abroad mms in", "abroad data"]),
        ("abroad-calls-out", &["abroad call out"]),
        ("abroad-calls-in", &["abroad call in"]),
        ("abroad-data", &["abroad data"]),
    ];
    for (block, forbidden) in table {
        for (name, usage) in &usages {
            let mut line = Line::new(zenne(), "scaldis", "contact").option(&format!("block-{block}"), "01 00:00", None);
            let expected = forbidden.contains(name).then(|| format!("block/{block}"));
            assert_eq!(block_of(&mut line, usage), expected, "{block}: {name}");
        }
    }
}

/// FLT-10: a block is no extra: pages can tell it from what adds something.
#[test]
fn flt_10_a_block_is_known_as_one() {
    let version = &zenne().versions()[0];
    let is_block = |id: &str| version.options.get(version.options.find(id).unwrap()).is_block();
    assert!(is_block("block-mms") && !is_block("data-asia-tech"));
}

/// RAT-07: what may not begin because what it draws on is at its end names the counter; a stranger's usage says whose it is not.
#[test]
fn rat_07_what_is_at_its_end_may_not_begin() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-1").capped();
    assert_eq!(line.bar(&data("1 MB")), None);
    line.rate(data("1 GB"));
    assert!(matches!(line.bar(&data("1 MB")), Some(Bar::Ended { by }) if by.as_str() == "plan/data"));
    assert_eq!(line.bar(&call(FRIEND, 60)), None);
    assert!(matches!(line.bar(&data("1 MB").within("JP")), Some(Bar::Ended { by }) if by.as_str() == "cutoff/data-world"));
}
