//! Zenne: eight Belgian companies, one of them with nine hundred lines and several billing accounts.

use crate::{
    companies::{Company, Given, Trade, fleet, monthly, travel_together, watch_spending},
    grandlarge::{brand, login},
    habits::{FROM_BELGIUM, Trip},
    model::{DemoAccess, DemoAtCap, DemoColleague, DemoOperator, DemoRole},
    names::{BELGIAN, BELGIAN_FIRST},
    numbers::Range,
    seller::Seller,
};
use jiff::ToSpan;

type Menu = &'static [(u32, (&'static str, &'static str))];

/// Offices: no limits, tablets.
const OFFICE: Menu = &[
    (34, ("scaldis", "limitless")),
    (16, ("scaldis", "europe")),
    (24, ("scaldis", "contact")),
    (10, ("scaldis", "start-plus")),
    (8, ("scaldis", "mobile-data-20")),
    (4, ("scaldis", "mobile-data-50")),
];

/// Crews and shops: small bundles, some by the minute.
const FIELD: Menu = &[
    (30, ("scaldis", "start-plus")),
    (22, ("scaldis", "start")),
    (20, ("scaldis", "contact")),
    (8, ("scaldis", "mobile-1")),
    (12, ("scaldis", "mobile-data-12")),
    (8, ("scaldis", "limitless")),
];

const COMPANIES: [Company; 8] = [
    Company {
        name: "Brasserie de la Senne et Fils",
        postcode: "1070",
        lines: 900,
        menu: FIELD,
        accounts: &["Siège Anderlecht", "Vlaanderen", "Wallonie", "Direction"],
        packs: &["team-1000", "team-minutes"],
    },
    Company {
        name: "Hôpital Sainte-Gudule",
        postcode: "1000",
        lines: 420,
        menu: OFFICE,
        accounts: &["Administration", "Soins"],
        packs: &["team-100"],
    },
    Company {
        name: "Haven Logistiek",
        postcode: "2030",
        lines: 260,
        menu: FIELD,
        accounts: &["Hoofdzetel", "Zeebrugge"],
        packs: &["team-250"],
    },
    Company {
        name: "Ardennes Construct",
        postcode: "6900",
        lines: 160,
        menu: FIELD,
        accounts: &["Siège"],
        packs: &["team-minutes"],
    },
    Company { name: "Lexis Advocaten", postcode: "9000", lines: 110, menu: OFFICE, accounts: &["Gent", "Brussel"], packs: &[] },
    Company { name: "Meuse Énergies", postcode: "5000", lines: 80, menu: OFFICE, accounts: &["Siège"], packs: &["team-50"] },
    Company { name: "Chocolaterie Van Damme", postcode: "8000", lines: 50, menu: FIELD, accounts: &["Brugge"], packs: &[] },
    Company { name: "Atelier Marolles", postcode: "1000", lines: 20, menu: OFFICE, accounts: &["Atelier"], packs: &[] },
];

const TRADE: Trade = Trade {
    seed: 3,
    first_names: &BELGIAN_FIRST,
    family_names: &BELGIAN,
    mobile: Range::BelgianMobile,
    machine: Range::BelgianMobile,
    issuer: |_| (32, 98),
    long_numbers: &[],
    visits: &FROM_BELGIUM,
    options: &[(20, "data-asia-business"), (8, "data-asia-tech"), (60, "voice-national-100"), (40, "data-national-10")],
    recharges: &[],
    cutoffs: &[(60, "roaming-data", 0), (120, "roaming-data", 2)],
};

/// The brewers' people, and somebody new at the desk.
fn colleagues() -> Vec<DemoColleague> {
    let (manager, line) = (DemoRole::FleetManager { customer: 0 }, |line| DemoRole::Member { customer: 0, line });
    vec![
        DemoColleague::new("dirk@senne.example", "Dirk Vandenberghe", manager, DemoAccess::Came),
        DemoColleague::new("lotte@senne.example", "Lotte Maes", line(1), DemoAccess::Came),
        DemoColleague::new("julie@senne.example", "Julie Dubois", manager, DemoAccess::Asked),
        DemoColleague::new("youssef@senne.example", "Youssef Amrani", line(2), DemoAccess::Asked),
        DemoColleague::new("pieter@zenne.example", "Pieter Goossens", DemoRole::OperatorAgent, DemoAccess::Asked),
    ]
}

pub(crate) fn zenne(seller: &Seller<'_>) -> DemoOperator {
    let mut given = Given { mobile: 0, machine: 0, card: 700 };
    let mut customers = Vec::new();
    for company in &COMPANIES {
        let reference = ('Z', 300_001 + customers.len() as u64);
        customers.push(fleet(seller, &TRADE, company, reference, &mut given));
    }
    // Brewers at the hop harvest in the USA: data abroad that the ceiling of 50 euros stops.
    let trip =
        Trip { network: "310260", first: seller.today - 12.days(), last: seller.today - 6.days(), daily_bytes: 260_000_000 };
    travel_together(seller, &mut customers[0], (&["limitless", "contact"], 5), trip);
    watch_spending(&mut customers[0], None, monthly(seller, 5_000, DemoAtCap::Tell));
    watch_spending(&mut customers[1], Some(0), monthly(seller, 1_000, DemoAtCap::Stop));
    // Who signs in for a line is who uses it.
    for (line, user) in customers[0].lines.iter_mut().zip(["Marie Janssens", "Lotte Maes", "Youssef Amrani"]) {
        line.user = user.into();
    }
    let host = "zenne.localhost";
    let logins = vec![
        login("fleet@senne.example", "Sofie Peeters", DemoRole::FleetManager { customer: 0 }, host),
        login("fleet@gudule.example", "Benoît Lambert", DemoRole::FleetManager { customer: 1 }, host),
        login("marie@senne.example", "Marie Janssens", DemoRole::Member { customer: 0, line: 0 }, host),
        login("desk@zenne.example", "Wim Claes", DemoRole::OperatorAgent, host),
        login("admin@zenne.example", "Katrien De Smet", DemoRole::OperatorAdmin, host),
        login("accounts@zenne.example", "Luc Hermans", DemoRole::Accounting, host),
        login("audit@zenne.example", "Nele Wouters", DemoRole::Auditor, host),
    ];
    DemoOperator {
        catalog: "zenne",
        name: "Zenne".into(),
        brands: vec![brand(host, None, "Zenne", ("#9b2247", "desk@zenne.example"))],
        resellers: Vec::new(),
        customers,
        logins,
        voicemails: Vec::new(),
        colleagues: colleagues(),
        batches: Vec::new(),
        free_numbers: Vec::new(),
    }
}
