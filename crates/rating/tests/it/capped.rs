//! Capped plans whose cap is lifted for calls, for data, or for both (TEL-10), and options that ask for another line (TEL-11).

use crate::stage::{Line, call, data, events, parts, vallee};
use catalog::{Capping, Service};

const FRIEND: &str = "0639980011";

fn capped() -> Line {
    Line::new(vallee(), "rhenane", "mobile-capped").capped()
}

/// TEL-10: two hours and 500 MB, then nothing; the cap on calls, on data, or on both may be lifted.
#[test]
fn tel_10_the_cap_on_calls_and_on_data_is_lifted_apart() {
    // mobile-national, 60/1: a minute beyond is 0.08. data-home: 10 MB beyond × 0.01 = 0.10.
    let (call_charged, call_stopped) = ("60 mobile-national 0.08 used-up", "60 stopped by plan/voice");
    let (data_charged, data_stopped) = ("10000000 data-home 0.10 used-up", "10000000 stopped by plan/data");
    let table: [(&[&str], &str, &str); 4] = [
        (&[], call_stopped, data_stopped),
        (&["calls-beyond"], call_charged, data_stopped),
        (&["data-beyond"], call_stopped, data_charged),
        (&["calls-beyond", "data-beyond"], call_charged, data_charged),
    ];
    for (options, beyond_calls, beyond_data) in table {
        let mut line = capped();
        for option in options {
            line = line.option(option, "01 00:00", None);
        }
        assert_eq!(line.parts(call(FRIEND, 7_260)), ["7200 plan/voice", beyond_calls], "{options:?}");
        assert_eq!(line.parts(data("510 MB")), ["500000000 plan/data", beyond_data], "{options:?}");
    }
}

/// TEL-10: the choice works from the 1st of a month to the 1st of another, and only lines that are capped have it.
#[test]
fn tel_10_the_choice_works_from_the_first_of_a_month() {
    let version = &vallee().versions()[0];
    let offer = |id: &str| version.offers.find(id).unwrap();
    let network = version.networks.find("rhenane").unwrap();
    for id in ["calls-beyond", "data-beyond"] {
        let option = version.options.get(version.options.find(id).unwrap());
        assert!(option.starts_at_month_start && option.ends_at_month_end, "{id}");
        assert!(option.allowed(version, offer("mobile-capped"), network), "{id}");
        assert!(!option.allowed(version, offer("mobile-20"), network), "{id}");
        let suits = |capping| option.suits(version, offer("mobile-capped"), capping);
        assert!(suits(Capping::Capped) && !suits(Capping::Uncapped), "{id}");
    }
}

/// TEL-10, RAT-07: a lift that begins while the service is stopped lets it go on; a usage is rated by what held when it began.
#[test]
fn tel_10_a_lift_lets_a_stopped_service_go_on() {
    let mut line = capped().option("calls-beyond", "15 00:00", None);
    let rated = line.rate(call(FRIEND, 7_260).at("10 12:00"));
    assert_eq!(events(&rated).last().unwrap(), "voice stopped by plan/voice");
    line.rate(data("510 MB").at("10 13:00"));
    assert_eq!(line.lift("14 23:59:59"), [""; 0]);
    assert_eq!(line.lift("15 00:00"), ["lifted plan/voice"], "data stays stopped");
    let later = line.rate(call(FRIEND, 60).at("15 08:00"));
    // mobile-national: 0.08.
    assert_eq!(parts(&later), ["60 mobile-national 0.08 used-up"]);
}

/// TEL-11: convergence is for the fixed line with unlimited calls to fixed numbers, and asks for a mobile line in the account.
#[test]
fn tel_11_convergence_asks_for_a_mobile_line() {
    let version = &vallee().versions()[0];
    let option = version.options.get(version.options.find("convergence").unwrap());
    assert_eq!(option.needs_line, Some(Service::Mobile));
    let network = version.networks.find("vallee").unwrap();
    for (offer, allowed) in [("fixed-unlimited", true), ("fixed-metered", false), ("internet-1g", false)] {
        assert_eq!(option.allowed(version, version.offers.find(offer).unwrap(), network), allowed, "{offer}");
    }
}
