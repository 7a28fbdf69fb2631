//! Who the invented customers are on paper: where they live, and their numbers in the registers of companies.

use crate::dice::Dice;

/// Where a customer is, and under which numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoPaper {
    /// Street and number.
    pub street: String,
    /// The town of its postcode.
    pub town: String,
    /// A company's number in the register of its country.
    pub legal_id: String,
    /// Its VAT number.
    pub vat_number: String,
}

/// The countries whose companies are invented here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Register {
    /// Nine digits, the last of which makes the sum of Luhn come out.
    French,
    /// Ten digits, the last two of which are 97 less the rest of the others by 97.
    Belgian,
}

const FRENCH_STREETS: [&str; 10] = [
    "rue de la Gare",
    "rue des Vignes",
    "rue du Moulin",
    "place de l’Église",
    "rue des Tilleuls",
    "Grand-Rue",
    "rue du Château",
    "chemin des Prés",
    "rue de l’École",
    "rue des Remparts",
];
const BELGIAN_STREETS: [&str; 6] =
    ["Rue de l’Écluse", "Kanaalstraat", "Avenue des Tilleuls", "Stationsstraat", "Rue du Marché", "Havenlaan"];

const TOWNS: [(&str, &str); 40] = [
    ("1000", "Bruxelles"),
    ("1070", "Anderlecht"),
    ("2030", "Antwerpen"),
    ("5000", "Namur"),
    ("6900", "Marche-en-Famenne"),
    ("8000", "Brugge"),
    ("9000", "Gent"),
    ("22000", "Saint-Brieuc"),
    ("22300", "Lannion"),
    ("29000", "Quimper"),
    ("29200", "Brest"),
    ("29250", "Saint-Pol-de-Léon"),
    ("29280", "Plouzané"),
    ("29500", "Ergué-Gabéric"),
    ("29900", "Concarneau"),
    ("35000", "Rennes"),
    ("35400", "Saint-Malo"),
    ("35600", "Redon"),
    ("35800", "Dinard"),
    ("44600", "Saint-Nazaire"),
    ("56000", "Vannes"),
    ("56100", "Lorient"),
    ("56170", "Quiberon"),
    ("56360", "Le Palais"),
    ("56470", "La Trinité-sur-Mer"),
    ("67140", "Barr"),
    ("67210", "Obernai"),
    ("67220", "Villé"),
    ("67600", "Sélestat"),
    ("67680", "Epfig"),
    ("67730", "Châtenois"),
    ("68000", "Colmar"),
    ("68150", "Ribeauvillé"),
    ("68160", "Sainte-Marie-aux-Mines"),
    ("68240", "Kaysersberg Vignoble"),
    ("68340", "Riquewihr"),
    ("68590", "Saint-Hippolyte"),
    ("68660", "Lièpvre"),
    ("68970", "Guémar"),
    ("68980", "Beblenheim"),
];

/// A household of that number at a postcode.
pub(crate) fn household(index: u64, postcode: &str) -> DemoPaper {
    let dice = &mut Dice::of(&[7, index]);
    DemoPaper { street: street(dice, &FRENCH_STREETS, Register::French), town: town(postcode), ..DemoPaper::default() }
}

/// A company of that name at a postcode.
pub(crate) fn company(name: &str, postcode: &str, register: Register) -> DemoPaper {
    let dice = &mut Dice::named(name);
    let streets: &[&str] = if register == Register::French { &FRENCH_STREETS } else { &BELGIAN_STREETS };
    let (street, town) = (street(dice, streets, register), town(postcode));
    let chosen = dice.next() % 90_000_000;
    match register {
        Register::French => {
            let eight = 10_000_000 + chosen;
            let siren = eight * 10 + luhn(eight);
            let key = (12 + 3 * (siren % 97)) % 97;
            DemoPaper { street, town, legal_id: siren.to_string(), vat_number: format!("FR{key:02}{siren}") }
        }
        Register::Belgian => {
            let eight = 4_000_000 + chosen % 3_000_000;
            let number = format!("{eight:08}{:02}", 97 - eight % 97);
            DemoPaper { street, town, vat_number: format!("BE{number}"), legal_id: number }
        }
    }
}

fn street(dice: &mut Dice, streets: &[&str], register: Register) -> String {
    let (street, number) = (streets[(dice.next() % streets.len() as u64) as usize], 1 + dice.next() % 60);
    match register {
        Register::French => format!("{number} {street}"),
        Register::Belgian => format!("{street} {number}"),
    }
}

fn town(postcode: &str) -> String {
    TOWNS.iter().find(|(known, _)| *known == postcode).map_or_else(String::new, |(_, town)| (*town).to_owned())
}

/// The digit that makes the sum of Luhn of nine digits come out, of the eight before it.
fn luhn(eight: u64) -> u64 {
    let digits = (0..8).map(|place| eight / 10_u64.pow(place) % 10);
    // From the right, the digit beside the last one is doubled.
    let sum: u64 =
        digits.enumerate().map(|(place, digit)| if place % 2 == 0 { 2 * digit / 10 + 2 * digit % 10 } else { digit }).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{EnterpriseNumber, Siren, VatNumber};

    #[test]
    fn companies_have_numbers_that_could_be() {
        for name in ["Chantiers de l’Odet", "Cabinet Morvan & Riou", "Lexis Advocaten"] {
            let french = company(name, "29000", Register::French);
            french.legal_id.parse::<Siren>().unwrap();
            french.vat_number.parse::<VatNumber>().unwrap();
            let belgian = company(name, "9000", Register::Belgian);
            belgian.legal_id.parse::<EnterpriseNumber>().unwrap();
            belgian.vat_number.parse::<VatNumber>().unwrap();
        }
    }

    #[test]
    fn every_postcode_has_its_town() {
        for postcode in crate::names::VALLEY {
            assert!(!town(postcode).is_empty(), "{postcode}");
        }
    }
}
