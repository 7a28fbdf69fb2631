//! Whom a line calls: numbers for fiction, special numbers, and numbers abroad.
//!
//! Where a country reserves numbers for fiction (France, Germany, the United Kingdom, the United States), these are taken; elsewhere numbers
//! with a run of zeros.

use crate::{dice::Dice, habits::Rhythm};
use compact_str::{CompactString, format_compact};

/// How a country's people are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    France,
    Belgium,
}

/// Numbers abroad by how often: those of neighbours first. The last three digits are drawn.
const ABROAD: [(u32, &str); 16] = [
    (22, "004930231250"),
    (10, "00491522881738"),
    (14, "00413100000"),
    (8, "00417900000"),
    (8, "00352270000"),
    (10, "0032200000"),
    (8, "0031201000"),
    (9, "0034910000"),
    (8, "0039060000"),
    (7, "00442079460"),
    (5, "00120255501"),
    (6, "0021252200"),
    (4, "0021266100"),
    (3, "0021671000"),
    (3, "0090212000"),
    (2, "0081300000"),
];

/// Special numbers of France: directory, shared and premium, free, voicemail, emergency.
const FRENCH_SPECIAL: [(u32, &str); 10] = [
    (20, "0800990012"),
    (18, "0820990045"),
    (9, "0899990011"),
    (14, "0810990027"),
    (20, "0969390000"),
    (30, "888"),
    (12, "3008"),
    (5, "118000"),
    (8, "0806990033"),
    (2, "112"),
];

/// The same of Belgium.
const BELGIAN_SPECIAL: [(u32, &str); 7] =
    [(24, "080090012"), (24, "078990012"), (16, "070990012"), (6, "090090012"), (30, "1919"), (6, "1207"), (2, "112")];

/// Another party at home or abroad, as dialled. `seed` stands for the line: it calls the same few people most of the time.
pub(crate) fn other_party(dice: &mut Dice, home: Home, seed: u64, abroad: u64) -> CompactString {
    if dice.happens(abroad) {
        let prefix = *dice.weighted(&ABROAD);
        return format_compact!("{prefix}{:03}", dice.below(1_000));
    }
    if dice.happens(22) {
        return special(dice, home);
    }
    if dice.happens(720) {
        // Frequent people: the first of a dozen more often than the last.
        let rank = dice.below(12).min(dice.below(12));
        return at_home(&mut Dice::of(&[seed, rank]), home);
    }
    at_home(dice, home)
}

fn special(dice: &mut Dice, home: Home) -> CompactString {
    let numbers: &[(u32, &str)] = if home == Home::France { &FRENCH_SPECIAL } else { &BELGIAN_SPECIAL };
    CompactString::from(*dice.weighted(numbers))
}

/// A person at home: three mobiles for two telephones on a wire.
pub(crate) fn at_home(dice: &mut Dice, home: Home) -> CompactString {
    let digits = dice.below(10_000);
    match (home, dice.happens(600)) {
        // The last thousand of the block, which no line of the demo has: a switch knows a call's line by who called.
        (Home::France, true) => format_compact!("0639989{:03}", digits % 1_000),
        (Home::France, false) => {
            let block = *dice.pick(&["019900", "026191", "046571", "053649"]);
            format_compact!("{block}{digits:04}")
        }
        (Home::Belgium, true) => format_compact!("046001{digits:04}"),
        (Home::Belgium, false) => format_compact!("02000{digits:04}"),
    }
}

/// The length of a call: short ones most of the time, a few of an hour.
pub(crate) fn seconds(dice: &mut Dice, rhythm: Rhythm) -> u64 {
    let mean = if rhythm == Rhythm::Business { 165 } else { 240 };
    dice.heavy(mean).clamp(1, 9_000)
}
