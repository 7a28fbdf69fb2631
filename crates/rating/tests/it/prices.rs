//! Shapes of prices that the shipped catalogues do not all use (RAT-03).

use crate::stage::{FRIEND, Line, call, changed, data};

/// RAT-03: graduated tiers of data, each for its own part, over several records.
#[test]
fn rat_03_graduated_tiers_over_records() {
    let catalog = changed("grandlarge", &[("tiers.toml", "mode = \"reached\"", "mode = \"graduated\"")]);
    let mut line = Line::new(catalog, "orange", "metered-data");
    // 500 MB are included; 200 MB × 0.0040 = 0.80.
    assert_eq!(line.parts(data("700 MB")), ["500000000 plan/data", "200000000 data-tiers-orange 0.80 used-up"]);
    // 200 to 1,500 MB: 800 MB × 0.0040 + 500 MB × 0.0030 = 3.20 + 1.50 = 4.70.
    assert_eq!(line.price(data("1300 MB")), "4.70");
    // 1,500 to 5,500 MB: 3,500 MB × 0.0030 + 500 MB × 0.0022 = 10.50 + 1.10 = 11.60.
    assert_eq!(line.price(data("4 GB")), "11.60");
}

const VOICE_TIERS: &str = r#"
[[tiers]]
id = "calls"
kind = "voice"
mode = "graduated"
steps = [ { above = "0 s", amount = "0.10" }, { above = "100 min", amount = "0.05" } ]

[[tiers]]
id = "metered-data-bouygues""#;

/// RAT-03: tiers of calls: 100 minutes at one price, further ones at another, in increments.
#[test]
fn rat_03_tiers_of_calls() {
    let catalog = changed(
        "grandlarge",
        &[
            ("tiers.toml", "\n[[tiers]]\nid = \"metered-data-bouygues\"", VOICE_TIERS),
            (
                "prices.csv",
                "mobile|internal|sva-normal,,0.0190,min,,60 s,1 s,,\nvoice-national-b",
                "mobile|internal|sva-normal,,,min,,60 s,60 s,,calls\nvoice-national-b",
            ),
        ],
    );
    let mut line = Line::new(catalog, "orange", "metered");
    // 99 min 1 s count 100 min: 100 × 0.10.
    assert_eq!(line.price(call(FRIEND, 5_941)), "10.00");
    // The 101st and 102nd minute: 2 × 0.05.
    assert_eq!(line.price(call(FRIEND, 61)), "0.10");
}

/// RAT-03: a minimum for each usage, with the fee in it; nothing costs nothing.
#[test]
fn rat_03_a_minimum() {
    let catalog = changed(
        "grandlarge",
        &[("prices.csv", "0.0190,min,,60 s,1 s,,\nvoice-national-b", "0.0190,min,0.0100,1 s,1 s,0.0500,\nvoice-national-b")],
    );
    let mut line = Line::new(catalog, "orange", "metered");
    // 30 s: 0.01 + 30 × 0.019 / 60 = 0.0195, at least 0.05.
    assert_eq!(line.price(call(FRIEND, 30)), "0.05");
    // 300 s: 0.01 + 0.095 = 0.105.
    assert_eq!(line.price(call(FRIEND, 300)), "0.105");
    assert_eq!(line.price(call(FRIEND, 0)), "0.00");
}

const WEEKEND: &str = r#"
[[band]]
id = "weekend"
days = "sat-sun"
from = "00:00"
to = "24:00"

[[band]]
id = "peak""#;

/// RAT-03: a band of the weekend before a band of the day; 2026-09-05 is a Saturday, 2026-09-07 a Monday.
#[test]
fn rat_03_the_weekend_is_a_band() {
    let row =
        "fixed-national-peak,fixed,vallee,voice,made|forwarded,home,home,geographic|sva-normal,peak,0.0230,min,0.0800,1 s,1 s,,";
    let weekend =
        "fixed-national-weekend,fixed,vallee,voice,made|forwarded,home,home,geographic|sva-normal,weekend,0.0060,min,,1 s,1 s,,";
    let both = format!("{weekend}\n{row}");
    let catalog = changed("vallee", &[("bands.toml", "\n[[band]]\nid = \"peak\"", WEEKEND), ("prices.csv", row, &both)]);
    let price = |at: &str| Line::new(catalog, "vallee", "fixed-metered").price(call("0388123456", 600).at(at));
    // 10 min × 0.006; the end of Sunday; then fixed-national at night, 0.08 + 10 × 0.012; then peak, 0.08 + 10 × 0.023.
    assert_eq!(price("05 10:00"), "0.06");
    assert_eq!(price("06 23:59:59"), "0.06");
    assert_eq!(price("07 00:00"), "0.20");
    assert_eq!(price("07 08:00"), "0.31");
}
