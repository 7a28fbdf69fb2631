//! How long a text message is on its way (3GPP TS 23.038, TS 23.040): in how many parts it travels, each of which is paid for.

/// More parts than these no message of ours has.
pub const MOST_SEGMENTS: usize = 3;

/// The signs of the default alphabet that take one place.
const PLAIN: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§\
                     ¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those that take two.
const ESCAPED: &str = "\u{c}^{}\\[~]|€";

/// The parts of a text: of 160 places in the default alphabet, of 70 where one sign is not in it; a few less where there are several.
pub fn segments(text: &str) -> usize {
    let places = |c: char| {
        if PLAIN.contains(c) {
            Some(1)
        } else if ESCAPED.contains(c) {
            Some(2)
        } else {
            None
        }
    };
    let (length, alone, one_of_several) = match text.chars().map(places).sum::<Option<usize>>() {
        Some(length) => (length, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    if length <= alone { 1 } else { length.div_ceil(one_of_several) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-07: a text message has 160 places, or 70 once a sign is beyond the default alphabet.
    #[test]
    fn a_text_is_as_many_messages_as_it_takes() {
        assert_eq!(PLAIN.chars().count(), 127, "all but the escape");
        for (text, parts) in [
            (String::new(), 1),
            ("é".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            ("ê".repeat(70), 1),
            (format!("{}ê", "a".repeat(70)), 2),
            ("😀".repeat(35), 1),
            ("😀".repeat(36), 2),
        ] {
            assert_eq!(segments(&text), parts, "{text}");
        }
    }
}
