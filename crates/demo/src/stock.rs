//! SIM cards and numbers in stock: the makers' files, which customers and resellers have some already, and numbers that nobody has.

use crate::{
    dice::Dice,
    model::{DemoBatch, DemoCard, DemoGiven, DemoOperator, DemoRole},
    numbers::{Range, iccid},
};

/// Cards of a file.
const CARDS: u64 = 120;
/// Cards that a customer or a reseller has of a file.
const GIVEN: u64 = 20;
/// Numbers that nobody has.
const FREE_NUMBERS: u64 = 400;
/// The first of them, by its position: lines have those before.
const FIRST_FRENCH: u64 = 5_000_000;
const FIRST_BELGIAN: u64 = 80_000;
/// The first card of all files: lines have those before.
const FIRST_CARD: u64 = 900_000_000_000;

/// A network's cards.
struct Maker {
    network: &'static str,
    country: u16,
    issuer: u16,
    /// The code with which its IMSIs begin.
    plmn: &'static str,
    /// Its files, one after the other.
    files: &'static [DemoCard],
}

const CARDS_ONLY: &[DemoCard] = &[DemoCard::Card, DemoCard::Card];

const fn maker(network: &'static str, (country, issuer): (u16, u16), plmn: &'static str) -> Maker {
    Maker { network, country, issuer, plmn, files: CARDS_ONLY }
}

fn makers(catalog: &str) -> &'static [Maker] {
    const VALLEE: &[Maker] = &[maker("rhenane", (33, 99), "20899")];
    const GRAND_LARGE: &[Maker] = &[
        Maker { files: &[DemoCard::Card, DemoCard::Card, DemoCard::Esim], ..maker("orange", (33, 1), "20801") },
        maker("bouygues", (33, 20), "20820"),
    ];
    const ZENNE: &[Maker] = &[maker("scaldis", (32, 98), "20698")];
    match catalog {
        "vallee" => VALLEE,
        "grandlarge" => GRAND_LARGE,
        _ => ZENNE,
    }
}

/// What unlocks a card: PIN1, PUK1, PIN2, PUK2, the same in every run.
pub fn codes(iccid: &str) -> [String; 4] {
    let digits = iccid.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(10).wrapping_add(u64::from(byte)));
    let dice = &mut Dice::of(&[41, digits]);
    [4, 8, 4, 8].map(|length| format!("{:0length$}", dice.below(10_u64.pow(length)), length = length as usize))
}

/// The operator with its stock: two files of cards of each network that it sells them for, one of profiles where it has them, and numbers.
pub(crate) fn filled(operator: DemoOperator) -> DemoOperator {
    let holders = holders(&operator);
    let files = |maker: &'static Maker| maker.files.iter().zip(0_u64..).map(move |(kind, index)| (maker, *kind, index));
    let batches = makers(operator.catalog).iter().flat_map(files).map(|file| batch(file, &holders)).collect();
    let (range, first) =
        if operator.catalog == "zenne" { (Range::BelgianMobile, FIRST_BELGIAN) } else { (Range::FrenchMobile, FIRST_FRENCH) };
    let free_numbers = (first..first + FREE_NUMBERS).map(|position| range.number(position)).collect();
    DemoOperator { batches, free_numbers, ..operator }
}

/// Who has cards: the companies that somebody signs in for, by reference, and the resellers, by name.
fn holders(operator: &DemoOperator) -> Vec<String> {
    let managed = operator.logins.iter().filter_map(|login| match login.role {
        DemoRole::FleetManager { customer } => Some(operator.customers[customer].reference.clone()),
        _ => None,
    });
    managed.chain(operator.resellers.iter().map(|reseller| reseller.name.clone())).collect()
}

fn batch((maker, kind, index): (&Maker, DemoCard, u64), holders: &[String]) -> DemoBatch {
    let first = FIRST_CARD + index * CARDS;
    let card = |number| iccid(maker.country, maker.issuer, number);
    let mut file = String::from("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n");
    for number in first..first + CARDS {
        let iccid = card(number);
        let [pin1, puk1, pin2, puk2] = codes(&iccid);
        file.push_str(&format!("{iccid};{}{:010};{pin1};{puk1};{pin2};{puk2}\n", maker.plmn, number - FIRST_CARD));
    }
    // Of the second file nothing is given yet.
    let shares = holders.iter().zip(0_u64..).filter(|_| index == 0).take_while(|(_, place)| (place + 1) * GIVEN < CARDS);
    let given = shares.map(|(to, place)| {
        let from = first + place * GIVEN;
        DemoGiven { first: card(from), last: card(from + GIVEN - 1), to: to.clone() }
    });
    let name = format!("{}-{:04}.csv", maker.network, 301 + index);
    DemoBatch { name, network: maker.network, kind, given: given.collect(), file }
}
