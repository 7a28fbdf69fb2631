//! What is kept between records: counters of earlier versions of the program are read on (RAT-10).

use rating::{MonthState, Part, SpendState, Why};

/// RAT-10: counters and parts as they were first kept.
#[test]
fn rat_10_counters_of_earlier_versions_are_read() {
    let kept = r#"{"m":[{"k":"plan/data","u":1000,"t":80},{"k":"spend/day/5","u":95000}],"v":[33639980011],"s":[33639980012],
        "r":[1788600000000000],"b":[{"k":"plan/data","s":"data","h":"stopped"},{"k":"cutoff/data-world","s":"data","h":"slowed","l":5}],
        "t":{"d":1000,"v":60,"x":0,"s":1,"m":0,"o":95000,"n":3,"l":1788600000000000}}"#;
    let state: MonthState = serde_json::from_str(kept).unwrap();
    assert_eq!((state.meters.len(), state.held_back.len(), state.totals.records), (2, 2, 3));
    assert_eq!(serde_json::from_str::<MonthState>(&serde_json::to_string(&state).unwrap()).unwrap(), state);
    assert_eq!(serde_json::from_str::<MonthState>("{}").unwrap(), MonthState::default());
    assert_eq!(serde_json::from_str::<SpendState>("{}").unwrap(), SpendState::default());
    let part: Part = "45 45 0 allowance plan/data 1000".parse().unwrap();
    assert!(matches!(part.why, Why::Allowance { within: None, after: 1_000, .. }));
}
