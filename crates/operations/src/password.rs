//! Which passwords are taken (CUS-01): long enough that nobody tries them all, by the CNIL's measure for accounts that slow guessing down
//! (recommendation of 21 July 2022: 50 bits), and not one that is tried first. No kind of sign is asked for.

use zxcvbn::zxcvbn;

/// The least that a password weighs: its length times the bits of one sign of the kinds that it has.
const LEAST_BITS: u32 = 50;
/// No password is longer, in bytes.
pub(crate) const LONGEST: usize = 1_000;
/// Passwords that fall within so many tries of somebody who knows what people choose are refused, as a power of ten.
const LEAST_GUESSES: u32 = 9;
/// So many letters and digits of a password are its own, besides words that everybody tries.
const LEAST_LEFT: usize = 6;
/// So much of a password is looked through for what people choose, in characters: more takes long and changes nothing.
const LOOKED_THROUGH: usize = 100;

/// What people here choose, where the library knows English only: tried first, so that it weighs little wherever it stands.
const COMMON: [&str; 36] = [
    "motdepasse",
    "azerty",
    "azertyuiop",
    "bonjour",
    "soleil",
    "doudou",
    "loulou",
    "chouchou",
    "marseille",
    "jetaime",
    "bienvenue",
    "chocolat",
    "nicolas",
    "camille",
    "papillon",
    "princesse",
    "coucou",
    "secret",
    "wachtwoord",
    "welkom",
    "welkom01",
    "geheim",
    "hallo",
    "voetbal",
    "liefde",
    "passwort",
    "hallowelt",
    "schatz",
    "schatzi",
    "fussball",
    "sommer",
    "qwertz",
    "qwertzuiop",
    "willkommen",
    "internet",
    "telephone",
];

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefusal {
    /// It is short for the kinds of signs that it has.
    TooShort,
    /// It is longer than is taken.
    TooLong,
    /// It is one of those that are tried first, or made of the person's own name.
    TooCommon,
}

/// Is this password taken? `about` is what others know of the person: names, references, the brand.
///
/// # Errors
/// Why not.
pub fn judged(password: &str, about: &[&str]) -> Result<(), PasswordRefusal> {
    if password.len() > LONGEST {
        return Err(PasswordRefusal::TooLong);
    }
    if bits(password) < LEAST_BITS {
        return Err(PasswordRefusal::TooShort);
    }
    let looked: String = password.chars().take(LOOKED_THROUGH).collect();
    let words: Vec<&str> = about
        .iter()
        .flat_map(|known| known.split(|c: char| !c.is_alphanumeric()).chain([*known]))
        .filter(|w| w.len() > 2)
        .chain(COMMON)
        .collect();
    let guesses = zxcvbn(&looked, &words).guesses();
    if guesses < 10_u64.pow(LEAST_GUESSES) || left_of(&looked, &words) < LEAST_LEFT {
        return Err(PasswordRefusal::TooCommon);
    }
    Ok(())
}

/// How many letters and digits are left once the words that everybody tries are taken out.
fn left_of(password: &str, words: &[&str]) -> usize {
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = words.iter().fold(password.to_lowercase(), |left, word| left.replace(word.as_str(), " "));
    left.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Length times the bits of one sign. In thousandths of a bit: 10 digits 3.322, 26 letters 4.700, 32 other signs 5.000 …
fn bits(password: &str) -> u32 {
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    let kinds = [
        (has(|c| c.is_ascii_digit()), 10),
        (has(|c| c.is_lowercase()), 26),
        (has(|c| c.is_uppercase()), 26),
        (
            has(|c| {
                !c.is_alphanumeric() || (c.is_alphanumeric() && !c.is_ascii_digit() && !c.is_lowercase() && !c.is_uppercase())
            }),
            32,
        ),
    ];
    let alphabet: u32 = kinds.iter().filter(|(has, _)| *has).map(|(_, signs)| signs).sum();
    let millibits = match alphabet {
        0 => 0,
        1..=10 => 3_322,
        11..=26 => 4_700,
        27..=36 => 5_129,
        37..=42 => 5_392,
        43..=52 => 5_700,
        53..=58 => 5_858,
        59..=62 => 5_954,
        63..=68 => 6_087,
        69..=84 => 6_392,
        _ => 6_555,
    };
    let length = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
    length.saturating_mul(millibits) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-01, TEL-02, RES-27: long enough and not tried first; no kind of sign is asked for.
    #[test]
    fn a_sentence_is_taken_and_what_everybody_takes_is_not() {
        for good in ["le chat dort sur le radiateur", "quatre ramettes violettes", "k9#fQ2!vTzw", "9274 6610 5583 0472 19"] {
            assert_eq!(judged(good, &["Anne Schneider", "V100042"]), Ok(()), "{good}");
        }
        // 10 small letters weigh 47 bits, 11 weigh 51; 15 digits weigh 49.
        for short in ["", "azerty", "xkqvbwmzpt", "592746610558301", "aB3$"] {
            assert_eq!(judged(short, &[]), Err(PasswordRefusal::TooShort), "{short}");
        }
        for common in [
            "passwordpassword",
            "motdepasse123",
            "motdepasse motdepasse",
            "Wachtwoord2026",
            "azertyuiop123",
            "123456789012345678",
            "aaaaaaaaaaaaaaaa",
            "qwertyuiop12",
        ] {
            assert_eq!(judged(common, &[]), Err(PasswordRefusal::TooCommon), "{common}");
        }
        assert_eq!(judged("schneiderV100042", &["Anne Schneider", "V100042"]), Err(PasswordRefusal::TooCommon));
        assert_eq!(judged(&"é".repeat(501), &[]), Err(PasswordRefusal::TooLong));
        assert_eq!(judged(&"wo ".repeat(300), &[]), Err(PasswordRefusal::TooCommon), "one word again and again");
    }
}
