//! The sum of Luhn (ISO/IEC 7812-1 annex B), which catches one mistyped digit and most neighbours that changed places.

/// The digit that makes the sum of `body` and itself a multiple of ten.
pub(crate) fn check_digit(body: &str) -> char {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0');
            let doubled = if place % 2 == 0 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10).expect("one digit")
}

/// Is the last of these digits the right one?
pub(crate) fn is_right(digits: &str) -> bool {
    let (body, last) = digits.split_at(digits.len().saturating_sub(1));
    last.starts_with(check_digit(body))
}
