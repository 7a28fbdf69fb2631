//! A question that a person answers in a moment, by eye or by ear, and that needs nobody else (CUS-01, RES-27): two numbers in words, to be
//! added up. It is made here, for one browser, lasts an hour, and its answer is good for one thing.
//!
//! It keeps the simplest programs out; the others are kept by how often something may be asked for. How it is worded is the page's matter.

use crate::{
    House, OperationError,
    sign_in::{Token, hash_of},
};
use sha2::{Digest, Sha256};
use vocabulary::Timestamp;

/// How long a question may be answered, in seconds. Tries are remembered for longer, and so is that it was answered.
const QUESTION_S: i64 = 3_600;

/// A question, as a page shows it.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is to be added up: from 2 to 9 each.
    pub numbers: (u8, u8),
    /// What comes back with the answer.
    pub nonce: String,
}

/// A right answer. Whoever takes it counts it as a try of [`Answered::subject`], of which there is one.
#[derive(Clone, Debug)]
pub struct Answered {
    nonce: String,
}

impl Answered {
    /// By what it is counted.
    pub(crate) fn subject(&self) -> String {
        hash_of(&format!("question {}", self.nonce))
    }
}

/// A question for a browser, which holds `browser` and shows it to nobody else.
///
/// # Errors
/// When the machine has no randomness.
pub fn ask(house: &House, browser: &str) -> Result<Question, OperationError> {
    let until = house.clock.now().plus_seconds(QUESTION_S).micros() / 1_000_000;
    let begun = format!("{until}.{}", &Token::fresh()?.as_str()[..16]);
    let nonce = format!("{begun}.{:032x}", code(house, browser, &begun));
    Ok(Question { numbers: numbers(browser, &nonce), nonce })
}

/// Is that the sum of a question of ours, for this browser, that is not over?
pub fn answered(house: &House, browser: &str, (nonce, answer): (&str, &str)) -> Option<Answered> {
    let (begun, shown) = nonce.rsplit_once('.')?;
    let until: i64 = begun.split_once('.')?.0.parse().ok()?;
    let is_ours = u128::from_str_radix(shown, 16).ok()? == code(house, browser, begun);
    let is_over = Timestamp::EPOCH.plus_seconds(until) <= house.clock.now();
    let (one, other) = numbers(browser, nonce);
    let is_right = answer.trim().parse() == Ok(one + other);
    (is_ours && !is_over && is_right).then(|| Answered { nonce: begun.to_owned() })
}

/// What only this house makes of a question's beginning, on whichever of its nodes.
fn code(house: &House, browser: &str, begun: &str) -> u128 {
    house.seal.keyed_bits(&format!("question {begun} for {browser}"))
}

fn numbers(browser: &str, nonce: &str) -> (u8, u8) {
    let digest = Sha256::new().chain_update(b"cadran question\0").chain_update(browser).chain_update(nonce).finalize();
    (2 + digest[0] % 8, 2 + digest[1] % 8)
}
