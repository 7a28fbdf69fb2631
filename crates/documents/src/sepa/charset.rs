//! The signs that every bank of SEPA passes on (EPC217-08), and what others become.

/// Letters with what they become. Umlauts become what Germans write without them.
const LETTERS: [(&str, &str); 47] = [
    ("àáâãåāăąǎ", "a"),
    ("ÀÁÂÃÅĀĂĄǍ", "A"),
    ("äæ", "ae"),
    ("ÄÆ", "Ae"),
    ("çćĉċč", "c"),
    ("ÇĆĈĊČ", "C"),
    ("ďđð", "d"),
    ("ĎĐÐ", "D"),
    ("èéêëēĕėęě", "e"),
    ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("ĝğġģ", "g"),
    ("ĜĞĠĢ", "G"),
    ("ĥħ", "h"),
    ("ĤĦ", "H"),
    ("ìíîïĩīĭįı", "i"),
    ("ÌÍÎÏĨĪĬĮİ", "I"),
    ("ĵ", "j"),
    ("Ĵ", "J"),
    ("ķ", "k"),
    ("Ķ", "K"),
    ("ĺļľŀł", "l"),
    ("ĹĻĽĿŁ", "L"),
    ("ñńņňŉŋ", "n"),
    ("ÑŃŅŇŊ", "N"),
    ("òóôõøōŏő", "o"),
    ("ÒÓÔÕØŌŎŐ", "O"),
    ("öœ", "oe"),
    ("ÖŒ", "Oe"),
    ("ŕŗř", "r"),
    ("ŔŖŘ", "R"),
    ("śŝşšș", "s"),
    ("ŚŜŞŠȘ", "S"),
    ("ß", "ss"),
    ("þ", "th"),
    ("ţťŧț", "t"),
    ("ŢŤŦȚ", "T"),
    ("ùúûũūŭůűų", "u"),
    ("ÙÚÛŨŪŬŮŰŲ", "U"),
    ("ü", "ue"),
    ("Ü", "Ue"),
    ("ŵ", "w"),
    ("Ŵ", "W"),
    ("ýÿŷ", "y"),
    ("ÝŸŶ", "Y"),
    ("źżž", "z"),
    ("ŹŻŽ", "Z"),
    ("Þ", "Th"),
];

/// Other signs with what they become.
const SIGNS: [(&str, &str); 9] = [
    ("ẞ", "SS"),
    ("’‘`´ʼ\"«»“”„", "'"),
    ("–—‑_~", "-"),
    ("&", "+"),
    ("@", "(at)"),
    ("€", "EUR"),
    ("[{", "("),
    ("]}", ")"),
    ("\u{a0}\u{202f}\t\r\n", " "),
];

/// The alphabets of Greece, Cyprus and Bulgaria, each letter with what EPC217-08 makes of it; small ones first.
const ALPHABETS: [(&str, &str); 54] = [
    ("αά", "a"),
    ("β", "v"),
    ("γ", "g"),
    ("δ", "d"),
    ("εέ", "e"),
    ("ζ", "z"),
    ("ηή", "i"),
    ("θ", "th"),
    ("ιίϊΐ", "i"),
    ("κ", "k"),
    ("λ", "l"),
    ("μ", "m"),
    ("ν", "n"),
    ("ξ", "x"),
    ("οό", "o"),
    ("π", "p"),
    ("ρ", "r"),
    ("σς", "s"),
    ("τ", "t"),
    ("υύϋΰ", "y"),
    ("φ", "f"),
    ("χ", "ch"),
    ("ψ", "ps"),
    ("ωώ", "o"),
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("е", "e"),
    ("ж", "zh"),
    ("з", "z"),
    ("и", "i"),
    ("й", "y"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "u"),
    ("ф", "f"),
    ("х", "h"),
    ("ц", "ts"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("щ", "sht"),
    ("ъ", "a"),
    ("ь", "y"),
    ("ю", "yu"),
    ("я", "ya"),
];

/// Is this one of the signs that every bank passes on?
pub(super) fn is_sepa(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(sign)
}

/// A text in signs that every bank passes on, blanks put together, at most so many signs long. Letters lose their accents; what has no
/// likeness becomes a full stop.
pub fn sepa_text(text: &str, most: usize) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        add(sign, &mut plain);
    }
    let words: Vec<&str> = plain.split_ascii_whitespace().collect();
    let mut joined = words.join(" ");
    joined.truncate(most);
    joined.truncate(joined.trim_end().len());
    joined
}

fn add(sign: char, plain: &mut String) {
    // Accents that follow their letter.
    if ('\u{300}'..='\u{36f}').contains(&sign) {
        return;
    }
    if is_sepa(sign) {
        plain.push(sign);
        return;
    }
    let small = sign.to_lowercase().next().unwrap_or(sign);
    let found =
        |table: &[(&str, &'static str)], sign| table.iter().find(|(signs, _)| signs.contains(sign)).map(|(_, plain)| *plain);
    if let Some(known) = found(&LETTERS, sign).or_else(|| found(&SIGNS, sign)) {
        plain.push_str(known);
    } else if let Some(known) = found(&ALPHABETS, small) {
        let mut letters = known.chars();
        let first = letters.next().filter(|_| small != sign).map(|first| first.to_ascii_uppercase());
        plain.extend(first.into_iter().chain(if small == sign { known.chars() } else { letters }));
    } else {
        plain.push('.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// BIL-08: names keep their letters, without the accents that banks do not pass on.
    #[test]
    fn names_lose_their_accents() {
        for (name, plain) in [
            ("Élodie Weiß", "Elodie Weiss"),
            ("Cœur d’Alsace & Fils", "Coeur d'Alsace + Fils"),
            ("Müller-Özdemir", "Mueller-Oezdemir"),
            ("Daniël Žižek", "Daniel Zizek"),
            ("Łukasz Øster", "Lukasz Oster"),
            ("Jose\u{301}", "Jose"),
            ("Κώστας Ψαρράς", "Kostas Psarras"),
            ("Ъгъл Щерев", "Agal Shterev"),
            ("a\u{a0}\n b", "a b"),
            ("中 ©", ". ."),
            ("moi@exemple.fr <b>", "moi(at)exemple.fr .b."),
        ] {
            assert_eq!(sepa_text(name, 70), plain);
        }
        assert_eq!(sepa_text("ab cd", 3), "ab");
    }

    proptest! {
        /// BIL-08: whatever somebody is called, the file takes it.
        #[test]
        fn any_text_becomes_one_that_banks_take(text in any::<String>(), most in 0..80_usize) {
            let plain = sepa_text(&text, most);
            prop_assert!(plain.len() <= most && plain.chars().all(is_sepa));
            prop_assert_eq!(sepa_text(&plain, most), plain);
        }
    }
}
