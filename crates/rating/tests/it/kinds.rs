//! Every kind of usage, way and place, and to whom (RAT-01, RAT-02).

use crate::stage::{FRIEND, Line, Usage, call, data, grandlarge, mms, sms};
use rating::{MonthState, Totals};

/// RAT-01: voice, SMS, MMS and data; made, received, forwarded; at home, roaming, by Wi-Fi; to numbers of every class. The row that prices
/// each names its figures.
#[test]
fn rat_01_every_kind_way_and_place_has_its_price() {
    let table: [(Usage, &str); 23] = [
        // 120 s × 0.019 / 60 = 0.038.
        (call(FRIEND, 120), "120 voice-national-orange 0.038 not-covered"),
        (call(FRIEND, 120).received(), "120 voice-received-home 0.00 not-covered"),
        (call(FRIEND, 120).forwarded(), "120 voice-national-orange 0.038 not-covered"),
        // 120 s × 0.09 / 60 = 0.18: a machine's number.
        (call("07001234567890", 120), "120 voice-machine 0.18 not-covered"),
        // 120 × 0.15 / 60 = 0.30; 0.05 → 0.10; 0.66 → 1.32.
        (call("0825123456", 120), "120 voice-sva-082 0.30 not-covered"),
        (call("0811123456", 120), "120 voice-sva-081 0.10 not-covered"),
        (call("0892123456", 120), "120 voice-sva-089 1.32 not-covered"),
        (call("0800123456", 120), "120 voice-free 0.00 not-covered"),
        (call("3200", 120), "120 voice-short-paid 1.32 not-covered"),
        (call("112", 120), "120 emergency"),
        // Two minutes to zone 1: fixed 2 × 0.045, mobile 2 × 0.085.
        (call("+4930123456", 120), "120 voice-to-zone-1 0.09 not-covered"),
        (call("+491701234567", 120), "120 voice-to-zone-1-mobile 0.17 not-covered"),
        // Satellites: 2 × 4.90.
        (call("+8816123456", 120), "120 voice-to-satellite 9.80 not-covered"),
        // Roaming: 120 × 0.019 / 60; 120 × 0.25 / 60 = 0.50.
        (call(FRIEND, 120).within("DE"), "120 voice-in-europe-orange 0.038 not-covered"),
        (call(FRIEND, 120).within("US"), "120 voice-in-usa-canada 0.50 not-covered"),
        // Wi-Fi calling is at home wherever the handset is.
        (call(FRIEND, 120).within("US").by_wifi(), "120 voice-national-orange 0.038 not-covered"),
        (sms(FRIEND), "1 sms-national-orange 0.03 not-covered"),
        (sms(FRIEND).received(), "1 sms-received 0.00 not-covered"),
        (sms(FRIEND).within("JP"), "1 sms-world 0.25 not-covered"),
        (mms(FRIEND), "1 mms-national 0.09 not-covered"),
        (mms(FRIEND).received().within("JP"), "1 mms-received-abroad 0.30 not-covered"),
        // 5 MB × 0.004; × 0.0011.
        (data("5 MB"), "5000000 data-home-orange 0.02 not-covered"),
        (data("5 MB").within("DE"), "5000000 data-zone-1-orange 0.0055 not-covered"),
    ];
    for (usage, part) in table {
        let mut line = Line::new(grandlarge(), "orange", "metered");
        assert_eq!(line.parts(usage.clone()), [part], "{usage:?}");
    }
}

/// RAT-01: what a month shows: sent, not received; calls to special and short numbers apart.
#[test]
fn rat_01_the_sums_of_a_month() {
    let mut line = Line::new(grandlarge(), "orange", "metered");
    for usage in [
        call(FRIEND, 60),
        call(FRIEND, 40).forwarded(),
        call(FRIEND, 600).received(),
        call("0892123456", 30),
        call("3200", 20),
        sms(FRIEND),
        sms(FRIEND).received(),
        mms(FRIEND),
        data("3 MB"),
        data("2 MB").within("DE"),
    ] {
        line.rate(usage);
    }
    let MonthState { totals: Totals { data_bytes, voice_s, special_s, sms, mms, records, .. }, .. } = *line.state();
    assert_eq!((data_bytes, voice_s, special_s, sms, mms, records), (5_000_000, 100, 50, 1, 1, 10));
}

/// RAT-02: the same number in national, international and trunk form has the same price; the longest prefix decides.
#[test]
fn rat_02_every_writing_of_a_number_has_one_price() {
    for (writings, row) in [
        (["0639980011", "+33639980011", "0033639980011"], "voice-national-orange"),
        (["0041791234567", "+41791234567", "+41 79 123 45 67"], "voice-to-ch-ad-mobile"),
        (["+41221234567", "0041221234567", "+41 22 123 45 67"], "voice-to-ch-ad"),
    ] {
        for number in writings {
            let mut line = Line::new(grandlarge(), "orange", "metered");
            assert_eq!(line.parts(call(number, 60))[0].split(' ').nth(1), Some(row), "{number}");
        }
    }
}
