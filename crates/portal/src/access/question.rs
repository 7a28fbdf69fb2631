//! A question that a person answers in a moment, by eye or by ear, and that needs nobody else: two numbers in words, to be added up. It
//! keeps the simplest programs out; the others are kept by how often a link may be asked for.

use operations::sign_in::Token;
use sha2::{Digest, Sha256};

/// The numbers that a form's token and a nonce make.
pub(super) fn numbers(csrf: &str, nonce: &str) -> (u8, u8) {
    let digest = Sha256::new().chain_update(b"cadran question\0").chain_update(csrf).chain_update(nonce).finalize();
    (2 + digest[0] % 8, 2 + digest[1] % 8)
}

/// What makes one question another than the next.
pub(super) fn fresh_nonce() -> String {
    Token::fresh().map(|token| token.as_str()[..16].to_owned()).unwrap_or_default()
}

/// Is that their sum?
pub(super) fn is_answered(csrf: &str, nonce: &str, answer: &str) -> bool {
    let (one, other) = numbers(csrf, nonce);
    answer.trim().parse() == Ok(one + other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_has_one_answer() {
        let (one, other) = numbers("token", "nonce");
        assert!((2..=9).contains(&one) && (2..=9).contains(&other));
        assert!(is_answered("token", "nonce", &format!(" {} ", one + other)));
        assert!(!is_answered("token", "nonce", "") && !is_answered("token", "nonce", "300"));
    }
}
