//! Grand Large: two resellers with ten companies each, on two host networks.

use crate::{
    companies::{Company, Given, Trade, fleet, travel_together},
    dress::dress,
    habits::{FROM_FRANCE, Trip},
    model::{DemoAccess, DemoBrand, DemoColleague, DemoCompany, DemoLogin, DemoOperator, DemoReseller, DemoRole},
    names::{FRENCH, FRENCH_FIRST},
    numbers::Range,
    paper::{self, Register},
    seller::Seller,
};
use jiff::ToSpan;

type Menu = &'static [(u32, (&'static str, &'static str))];

/// Offices: people with telephones.
const OFFICE: Menu = &[
    (16, ("orange", "unlimited-30")),
    (12, ("orange", "unlimited-50")),
    (6, ("orange", "unlimited-100")),
    (10, ("orange", "unlimited-10")),
    (12, ("bouygues", "unlimited-30")),
    (12, ("bouygues", "unlimited-50")),
    (6, ("bouygues", "unlimited-10")),
    (5, ("orange", "travel-30")),
    (3, ("bouygues", "travel-20")),
    (5, ("orange", "data-20")),
    (3, ("bouygues", "data-50")),
];

/// Crews and workshops: small plans, a few metered.
const FIELD: Menu = &[
    (18, ("orange", "unlimited-5")),
    (16, ("bouygues", "unlimited-5")),
    (10, ("orange", "unlimited-1")),
    (8, ("orange", "unlimited-0")),
    (12, ("bouygues", "unlimited-10")),
    (10, ("orange", "unlimited-30")),
    (5, ("orange", "metered")),
    (4, ("bouygues", "metered")),
    (8, ("orange", "data-10")),
    (6, ("orange", "m2m-100")),
    (3, ("orange", "metered-data")),
];

/// Lorries, sensors and meters, and those who look after them.
const MACHINES: Menu = &[
    (22, ("orange", "m2m-25")),
    (16, ("orange", "m2m-100")),
    (8, ("orange", "m2m-500")),
    (12, ("orange", "data-1")),
    (6, ("bouygues", "data-10")),
    (20, ("orange", "unlimited-5")),
    (10, ("bouygues", "unlimited-30")),
    (6, ("bouygues", "metered-data")),
];

const HEAD: &[&str] = &["Siège"];

const HORIZON: [Company; 11] = [
    company("Transports Kerguelen", "56100", 600, MACHINES, (&["Siège", "Agence de Rennes", "Agence de Lyon"], &["group-250"])),
    company("Clinique des Abers", "29200", 300, OFFICE, (&["Siège", "Urgences"], &[])),
    company("Chantiers de l’Odet", "29000", 180, FIELD, (&["Siège", "Chantier naval"], &["group-100"])),
    company("Laboratoires Iroise", "29280", 120, OFFICE, (HEAD, &[])),
    company("Coopérative du Léon", "29250", 90, FIELD, (HEAD, &[])),
    company("Hôtels de la Baie", "22000", 70, OFFICE, (HEAD, &["group-50"])),
    company("Voiles et Gréements", "56470", 50, FIELD, (HEAD, &[])),
    company("Cabinet Morvan & Riou", "35000", 35, OFFICE, (HEAD, &[])),
    company("Éoliennes du Trégor", "22300", 25, MACHINES, (HEAD, &[])),
    company("Librairie du Port", "56000", 18, OFFICE, (HEAD, &[])),
    company("Boulangeries Tanguy", "29900", 12, FIELD, (HEAD, &[])),
];

const ARMOR: [Company; 9] = [
    company("Atlantique Logistique", "44600", 480, MACHINES, (&["Siège", "Entrepôt de Montoir"], &[])),
    company("Groupe Penfeld", "29200", 320, OFFICE, (&["Siège", "Études", "International"], &["group-500"])),
    company("Eaux du Ponant", "35400", 240, MACHINES, (HEAD, &[])),
    company("Bâtisseurs de l’Ouest", "35600", 160, FIELD, (HEAD, &["group-50"])),
    company("Aide à domicile Cornouaille", "29500", 110, FIELD, (HEAD, &[])),
    company("Énergie Rance", "35800", 80, OFFICE, (HEAD, &[])),
    company("Ambulances du Golfe", "56000", 60, FIELD, (HEAD, &[])),
    company("Studio Belle-Île", "56360", 32, OFFICE, (HEAD, &[])),
    company("Conserverie de Quiberon", "56170", 18, FIELD, (HEAD, &[])),
];

const TRADE: Trade = Trade {
    seed: 2,
    first_names: &FRENCH_FIRST,
    family_names: &FRENCH,
    mobile: Range::FrenchMobile,
    machine: Range::FrenchMachine,
    issuer: |network| (33, if network == "orange" { 1 } else { 20 }),
    long_numbers: &["orange"],
    visits: &FROM_FRANCE,
    options: &[
        (150, "5g"),
        (40, "usa-canada-3"),
        (25, "maghreb-turkey-3"),
        (15, "world-2"),
        (60, "conference"),
        (80, "fixed-ip-platform"),
        (30, "world-calls-1"),
    ],
    recharges: &["unlimited-5gb", "unlimited-10gb", "unlimited-30gb", "data-10gb", "m2m-100mb"],
    cutoffs: &[
        (60, "data-usa-canada", 1),
        (20, "data-world", 1),
        (20, "data-maghreb-turkey", 2),
        (150, "data-world-euros", 1),
        (60, "data-europe-euros", 2),
        (300, "data-metered-orange", 1),
        (300, "data-metered-bouygues", 1),
    ],
};

/// A reseller with the company that is billed for its customers' lines.
fn reseller(slug: &str, name: &str, (company, postcode): (&str, &str)) -> DemoReseller {
    let paper = paper::company(company, postcode, Register::French);
    let company = DemoCompany { name: company.into(), postcode: postcode.into(), country: "FR".into(), paper };
    DemoReseller { slug: slug.into(), name: name.into(), company }
}

const fn company(
    name: &'static str,
    postcode: &'static str,
    lines: u64,
    menu: Menu,
    (accounts, packs): (&'static [&'static str], &'static [&'static str]),
) -> Company {
    Company { name, postcode, lines, menu, accounts, packs }
}

pub(crate) fn grand_large(seller: &Seller<'_>) -> DemoOperator {
    // The first numbers of the block for fiction are the households'.
    let mut given = Given { mobile: 2_000 * seller.scale, machine: 100, card: 5_000 };
    let mut customers = Vec::new();
    for (reseller, companies) in [&HORIZON[..], &ARMOR[..]].into_iter().enumerate() {
        for company in companies {
            let reference = ('G', 200_001 + customers.len() as u64);
            let mut customer = fleet(seller, &TRADE, company, reference, &mut given);
            customer.reseller = Some(reseller);
            customers.push(customer);
        }
    }
    let find = |name: &str| customers.iter().position(|customer| customer.name == name).unwrap_or(0);
    let (biggest, penfeld) = (find("Transports Kerguelen"), find("Groupe Penfeld"));
    blow_data_in_the_usa(seller, &mut customers[penfeld]);
    // Who signs in for a line is who uses it.
    for (line, user) in customers[biggest].lines.iter_mut().zip(["Ronan Guillou", "Nadia Belkacem"]) {
        line.user = user.into();
    }
    let (horizon, kerguelen) = (DemoRole::ResellerAgent { reseller: 0 }, |line| DemoRole::Member { customer: biggest, line });
    let colleagues = vec![
        DemoColleague::new("maelle@horizon.example", "Maëlle Riou", horizon, DemoAccess::Came),
        DemoColleague::new("gwen@horizon.example", "Gwen Cariou", horizon, DemoAccess::Asked),
        DemoColleague::new("ronan@kerguelen.example", "Ronan Guillou", kerguelen(0), DemoAccess::Came),
        DemoColleague::new("nadia@kerguelen.example", "Nadia Belkacem", kerguelen(1), DemoAccess::Asked),
    ];
    let logins = vec![
        login("agent@horizon.example", "Sophie Tanguy", DemoRole::ResellerAgent { reseller: 0 }, "horizon.grandlarge.localhost"),
        login("admin@horizon.example", "Yann Le Goff", DemoRole::ResellerAdmin { reseller: 0 }, "horizon.grandlarge.localhost"),
        login("agent@armor.example", "Nicolas Prigent", DemoRole::ResellerAgent { reseller: 1 }, "armor.grandlarge.localhost"),
        login(
            "flotte@kerguelen.example",
            "Bruno Kerbrat",
            DemoRole::FleetManager { customer: biggest },
            "horizon.grandlarge.localhost",
        ),
        login(
            "flotte@penfeld.example",
            "Camille Le Goff",
            DemoRole::FleetManager { customer: penfeld },
            "armor.grandlarge.localhost",
        ),
        login("support@grandlarge.example", "Éric Morvan", DemoRole::OperatorAgent, "grandlarge.localhost"),
        login("admin@grandlarge.example", "Hélène Kerbrat", DemoRole::OperatorAdmin, "grandlarge.localhost"),
        login("audit@grandlarge.example", "Paul Quéré", DemoRole::Auditor, "grandlarge.localhost"),
    ];
    DemoOperator {
        catalog: "grandlarge",
        name: "Grand Large".into(),
        brands: vec![
            brand("grandlarge.localhost", None, "Grand Large", ("#0b4f8a", "support@grandlarge.example")),
            brand("horizon.grandlarge.localhost", Some(0), "Horizon Télécom", ("#7a3e9d", "bonjour@horizon.example")),
            brand("armor.grandlarge.localhost", Some(1), "Armor Mobile", ("#a8321f", "contact@armor.example")),
        ],
        resellers: vec![
            reseller("horizon", "Horizon Télécom", ("Horizon Télécom SAS", "29200")),
            reseller("armor", "Armor Mobile", ("Armor Mobile SARL", "56000")),
        ],
        customers,
        logins,
        voicemails: Vec::new(),
        colleagues,
        batches: Vec::new(),
        free_numbers: Vec::new(),
    }
}

/// The company's people at a fair in the USA: plans of 30 GB with 3 GB for there, and lines that are stopped by their cut-off in euros.
fn blow_data_in_the_usa(seller: &Seller<'_>, customer: &mut crate::model::DemoCustomer) {
    let (first, last) = (seller.today - 9.days(), seller.today - 2.days());
    let trip = Trip { network: "310260", first, last, daily_bytes: 1_100_000_000 };
    travel_together(seller, customer, (&["unlimited-30", "unlimited-50", "travel-20"], 12), trip);
    for line in customer.lines.iter_mut().filter(|line| line.habits.trips == [trip]) {
        seller.add_option(line, "usa-canada-3", seller.month_start());
        line.cutoffs.retain(|(cutoff, _)| cutoff != "data-world-euros");
        seller.choose_cutoff(line, "data-world-euros", 1);
    }
}

pub(crate) fn brand(host: &str, reseller: Option<usize>, name: &str, (colour, contact): (&str, &str)) -> DemoBrand {
    let (name, colour, contact) = (name.into(), colour.into(), contact.into());
    DemoBrand { host: host.into(), reseller, name, colour, contact, dress: dress(host) }
}

pub(crate) fn login(identifier: &str, name: &str, role: DemoRole, host: &str) -> DemoLogin {
    DemoLogin { identifier: identifier.into(), name: name.into(), role, host: host.into() }
}
