//! The order of allowances and the split of a record over them (RAT-04).

use crate::stage::{Line, data, grandlarge, grandlarge_with};
use vocabulary::UsageKind;

const MORE_AT_HOME: &str = r#"
[[option]]
id = "more-at-home"
name = "1 GB"
families = ["unlimited"]
price = "1.00"

[[option.allowance]]
id = "data"
name = "1 GB"
kinds = ["data"]
covers = "home-data"
quantity = "1 GB"
"#;

/// RAT-04: one record over option, plan, recharges oldest first, and group pack; the rest is held back.
#[test]
fn rat_04_one_record_over_every_allowance() {
    let catalog = grandlarge_with("options.toml", MORE_AT_HOME);
    let mut line = Line::new(catalog, "orange", "unlimited-5")
        .capped()
        .option("more-at-home", "01 00:00", None)
        .recharge(18, "unlimited-5gb", "04 12:00")
        .recharge(17, "unlimited-1gb", "03 12:00")
        .pack("group-50");
    // 1 + 5 + 1 + 5 + 50 = 62 GB of 63.
    assert_eq!(
        line.parts(data("63 GB")),
        [
            "1000000000 option/more-at-home/data",
            "5000000000 plan/data",
            "1000000000 recharge/17",
            "5000000000 recharge/18",
            "50000000000 pack/group-50",
            "1000000000 stopped by pack/group-50",
        ]
    );
}

/// RAT-04: a recharge holds from the moment it was bought.
#[test]
fn rat_04_a_recharge_holds_from_its_purchase() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-1").capped().recharge(1, "unlimited-1gb", "05 13:00");
    assert_eq!(line.parts(data("2 GB").at("05 12:00")), ["1000000000 plan/data", "1000000000 stopped by plan/data"]);
    assert_eq!(line.parts(data("1 GB").at("05 14:00")), ["1000000000 recharge/1"]);
}

/// RAT-04: a session of no bytes goes to the allowance that would have taken it, of a pack as well.
#[test]
fn rat_04_a_usage_of_nothing_goes_to_its_allowance() {
    let nothing = || crate::stage::usage(UsageKind::Data, "", 0);
    assert_eq!(Line::new(grandlarge(), "orange", "unlimited-1").parts(nothing()), ["0 plan/data"]);
    assert_eq!(Line::new(grandlarge(), "orange", "unlimited-0").pack("group-50").parts(nothing()), ["0 pack/group-50"]);
}
