//! Data-only and machine lines, and what they may buy (MOB-03, MOB-04, MOB-08, MOB-10).

use crate::stage::{FRIEND, Line, call, data, grandlarge, mms, sms};
use catalog::{Capping, NumberChoice, Service, Unsold};
use rating::Refusal;

fn size_and_end(offer: &str, size: &str, units: i64) {
    let mut line = Line::new(grandlarge(), "orange", offer).capped();
    assert_eq!(line.parts(data(size)), [format!("{units} plan/data")], "{offer}");
    assert_eq!(line.parts(data("1 kB")), ["1000 stopped by plan/data"], "{offer}");
    for refused in [data("1 MB").within("DE"), call(FRIEND, 60), sms(FRIEND), mms(FRIEND)] {
        assert!(matches!(line.try_rate(&refused), Err(Refusal::NotAllowed { .. })), "{offer}: {refused:?}");
    }
}

fn price(network: &str, offer: &str) -> Option<String> {
    let version = &grandlarge().versions()[0];
    let network = version.networks.find(network).unwrap();
    version.offers.get(version.offers.find(offer).unwrap()).price(network).map(|price| price.to_string())
}

/// MOB-03: nine sizes of data at home, and nothing else.
#[test]
fn mob_03_data_only_is_data_at_home() {
    let table = [
        ("data-1", "1 GB", 1_000_000_000, "2.00"),
        ("data-10", "10 GB", 10_000_000_000, "6.00"),
        ("data-20", "20 GB", 20_000_000_000, "9.00"),
        ("data-50", "50 GB", 50_000_000_000, "12.00"),
        ("data-100", "100 GB", 100_000_000_000, "20.00"),
        ("data-150", "150 GB", 150_000_000_000, "30.00"),
        ("data-200", "200 GB", 200_000_000_000, "40.00"),
        ("data-500", "500 GB", 500_000_000_000, "110.00"),
        ("data-1tb", "1 TB", 1_000_000_000_000, "220.00"),
    ];
    for (offer, size, units, euros) in table {
        size_and_end(offer, size, units);
        assert_eq!(price("orange", offer).unwrap(), euros, "{offer}");
    }
}

/// MOB-04: six sizes for machines, on one network, capped or slowed, and nothing but data at home.
#[test]
fn mob_04_machines_have_data_on_one_network() {
    let table = [
        ("m2m-10", "10 MB", 10_000_000, "0.60"),
        ("m2m-25", "25 MB", 25_000_000, "0.80"),
        ("m2m-50", "50 MB", 50_000_000, "0.90"),
        ("m2m-100", "100 MB", 100_000_000, "1.00"),
        ("m2m-250", "250 MB", 250_000_000, "1.40"),
        ("m2m-500", "500 MB", 500_000_000, "2.10"),
    ];
    for (offer, size, units, euros) in table {
        size_and_end(offer, size, units);
        assert_eq!(price("orange", offer).unwrap(), euros, "{offer}");
        assert_eq!(price("bouygues", offer), None, "{offer}");
    }
    let mut uncapped = Line::new(grandlarge(), "orange", "m2m-10");
    assert_eq!(uncapped.parts(data("11 MB")), ["10000000 plan/data", "1000000 slowed by plan/data"]);
}

/// MOB-08: any recharge on the one network; on the other any for a capped line, and only the plan's own size for an uncapped one; none
/// where the offer has none.
#[test]
fn mob_08_who_may_buy_which_recharge() {
    use Capping::{Capped, Uncapped};
    use Unsold::{NotForSuchLines, OwnSizeOnly};
    let version = &grandlarge().versions()[0];
    let table = [
        ("orange", "unlimited-5", Uncapped, "unlimited-500gb", Ok(())),
        ("orange", "unlimited-5", Capped, "unlimited-1gb", Ok(())),
        ("bouygues", "unlimited-5", Capped, "unlimited-500gb", Ok(())),
        ("bouygues", "unlimited-5", Uncapped, "unlimited-5gb", Ok(())),
        ("bouygues", "unlimited-5", Uncapped, "unlimited-1gb", Err(OwnSizeOnly)),
        ("bouygues", "data-1tb", Uncapped, "data-1tb", Ok(())),
        ("bouygues", "data-1tb", Uncapped, "data-500gb", Err(OwnSizeOnly)),
        ("orange", "m2m-10", Uncapped, "m2m-500mb", Ok(())),
        ("bouygues", "m2m-10", Capped, "m2m-10mb", Err(NotForSuchLines)),
        ("orange", "unlimited-0", Capped, "unlimited-1gb", Err(NotForSuchLines)),
        ("orange", "travel-20", Capped, "unlimited-1gb", Err(NotForSuchLines)),
        ("orange", "data-10", Capped, "unlimited-1gb", Err(NotForSuchLines)),
    ];
    for (network, offer, capping, recharge, sold) in table {
        let standing = (version.offers.find(offer).unwrap(), version.networks.find(network).unwrap());
        let found = version.recharges.get(version.recharges.find(recharge).unwrap());
        assert_eq!(found.sold_to(version, standing, capping), sold, "{recharge} for {offer} on {network}, {capping:?}");
    }
}

/// MOB-08: every size that is sold.
#[test]
fn mob_08_the_sizes_of_recharges() {
    let sizes = |family: &str| -> Vec<i64> {
        let version = &grandlarge().versions()[0];
        let family = version.families.find(family).unwrap();
        let recharges = version.recharges.iter().filter(|(_, recharge)| recharge.families.holds(family));
        recharges.map(|(_, recharge)| recharge.quantity.units() / 1_000_000).collect()
    };
    assert_eq!(sizes("unlimited"), [1_000, 5_000, 10_000, 30_000, 50_000, 100_000, 250_000, 500_000]);
    assert_eq!(sizes("data-only"), [1_000, 10_000, 20_000, 50_000, 100_000, 150_000, 200_000, 500_000, 1_000_000]);
    assert_eq!(sizes("m2m"), [10, 25, 50, 100, 250, 500]);
}

/// MOB-10: who chooses a number and how long it is, by network and service; sessions at once, which a fixed IP lifts.
#[test]
fn mob_10_numbers_and_sessions() {
    let version = &grandlarge().versions()[0];
    let table = [
        ("orange", Service::Mobile, NumberChoice::Pool, 10),
        ("orange", Service::Data, NumberChoice::Network, 14),
        ("orange", Service::M2m, NumberChoice::Network, 14),
        ("bouygues", Service::Mobile, NumberChoice::Pool, 10),
        ("bouygues", Service::Data, NumberChoice::Pick, 10),
    ];
    for (network, service, choice, digits) in table {
        let found = version.networks.get(version.networks.find(network).unwrap());
        assert_eq!(found.number_choice(service), choice, "{network} {service:?}");
        assert!(found.digits.contains(&(service.as_str().to_owned(), digits)), "{network} {service:?}");
    }
    let sessions = |network: &str, options: &[&str]| {
        let held = options.iter().map(|id| version.options.get(version.options.find(id).unwrap()));
        version.sessions_at_once(version.networks.find(network).unwrap(), held)
    };
    assert_eq!(sessions("orange", &[]), None);
    assert_eq!(sessions("bouygues", &[]), Some(256));
    assert_eq!(sessions("bouygues", &["conference"]), Some(256));
    assert_eq!(sessions("bouygues", &["conference", "fixed-ip-bouygues"]), None);
}
