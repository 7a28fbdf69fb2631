//! What people call themselves and their things, and remarks that they leave: texts that one person gives and others read, on pages, in mails and in
//! the journal. None has signs that nobody sees, that change how its neighbours are read or that overflow its line, and no name is the address of
//! a page, so that no mail of ours is a way to advertise.

use std::fmt;

/// A text of one line that is shown as it was given.
#[derive(Clone, PartialEq, Eq)]
pub struct Label(String);

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum LabelRefusal {
    /// There is no letter and no digit.
    #[error("the text has no letter and no digit")]
    Empty,
    /// It is longer than so many characters.
    #[error("the text is longer than {0} characters")]
    TooLong(usize),
    /// Nobody sees this sign, or it changes how its neighbours are read.
    #[error("nobody sees the sign U+{code:04X}", code = u32::from(*.0))]
    Unseen(char),
    /// More marks stand on this letter than any script puts on one; a mark itself where it stands on none.
    #[error("too many marks stand on `{0}`")]
    Marks(char),
    /// No name has this sign.
    #[error("no name has the sign `{0}`")]
    Sign(char),
    /// A part of it reads as the address of a page.
    #[error("the text reads as the address of a page; a point that ends a word has a space after it")]
    Address,
}

/// No script puts more marks on one letter.
const MOST_MARKS: usize = 4;
/// No name of a person has these, and addresses of pages do.
const OF_NO_NAME: &str = "/\\<>@:;{}[]|=*#%$^~\"?!";

impl Label {
    /// The name of a person, of so many characters at most; white space is put in order.
    ///
    /// # Errors
    /// Says which sign is not taken, or why.
    pub fn of_person(typed: &str, most: usize) -> Result<Self, LabelRefusal> {
        let label = Self::of_thing(typed, most)?;
        match label.0.chars().find(|sign| OF_NO_NAME.contains(folded(*sign))) {
            Some(sign) => Err(LabelRefusal::Sign(sign)),
            None => Ok(label),
        }
    }

    /// What somebody calls a thing of theirs, with signs that names of people do not have.
    ///
    /// # Errors
    /// Says which sign is not taken, or why.
    pub fn of_thing(typed: &str, most: usize) -> Result<Self, LabelRefusal> {
        let label = Self::remark(typed, most)?;
        if label.0.split(' ').any(is_address) { Err(LabelRefusal::Address) } else { Ok(label) }
    }

    /// Why somebody did something, in a sentence.
    ///
    /// # Errors
    /// Says which sign is not taken, or why.
    pub fn remark(typed: &str, most: usize) -> Result<Self, LabelRefusal> {
        if let Some(refusal) = unreadable(typed) {
            return Err(refusal);
        }
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.chars().count() {
            length if length > most => Err(LabelRefusal::TooLong(most)),
            _ if !text.chars().any(char::is_alphanumeric) => Err(LabelRefusal::Empty),
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

/// What it says belongs to somebody: logs do not have it.
impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Label")
    }
}

/// What makes a text other than it looks: a sign that nobody sees, or marks upon marks.
pub fn unreadable(text: &str) -> Option<LabelRefusal> {
    let (mut before, mut on, mut marks) = (' ', None, 0);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let joins =
            matches!(sign, '\u{200c}' | '\u{200d}') && is_joined(before) && signs.peek().is_some_and(|next| is_joined(*next));
        if is_unseen(sign) && !joins {
            return Some(LabelRefusal::Unseen(sign));
        }
        if is_mark(sign) {
            marks += 1;
            match on {
                None => return Some(LabelRefusal::Marks(sign)),
                Some(letter) if marks > MOST_MARKS => return Some(LabelRefusal::Marks(letter)),
                Some(_) => {}
            }
        } else if !joins {
            (on, marks) = ((!sign.is_whitespace()).then_some(sign), 0);
        }
        before = sign;
    }
    None
}

/// Controls, what turns the direction of text, signs without width, blanks that are none, and signs that everybody draws as they like.
fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(sign, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(sign, '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}')
        || matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
}

/// Is it of a script that is written with joiners between letters: Arabic and those of India?
const fn is_joined(sign: char) -> bool {
    matches!(sign, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{900}'..='\u{dff}')
}

/// Marks that stand above, below or around the letter before them (Unicode's classes Mn and Me), by block.
const MARKS: [(char, char); 62] = [
    ('\u{300}', '\u{36f}'),
    ('\u{483}', '\u{489}'),
    ('\u{591}', '\u{5bd}'),
    ('\u{5bf}', '\u{5bf}'),
    ('\u{5c1}', '\u{5c2}'),
    ('\u{5c4}', '\u{5c5}'),
    ('\u{5c7}', '\u{5c7}'),
    ('\u{610}', '\u{61a}'),
    ('\u{64b}', '\u{65f}'),
    ('\u{670}', '\u{670}'),
    ('\u{6d6}', '\u{6dc}'),
    ('\u{6df}', '\u{6e4}'),
    ('\u{6e7}', '\u{6e8}'),
    ('\u{6ea}', '\u{6ed}'),
    ('\u{711}', '\u{711}'),
    ('\u{730}', '\u{74a}'),
    ('\u{7a6}', '\u{7b0}'),
    ('\u{7eb}', '\u{7f3}'),
    ('\u{816}', '\u{819}'),
    ('\u{81b}', '\u{82d}'),
    ('\u{859}', '\u{85b}'),
    ('\u{898}', '\u{89f}'),
    ('\u{8ca}', '\u{8e1}'),
    ('\u{8e3}', '\u{902}'),
    ('\u{93c}', '\u{93c}'),
    ('\u{941}', '\u{948}'),
    ('\u{94d}', '\u{94d}'),
    ('\u{951}', '\u{957}'),
    ('\u{9bc}', '\u{9bc}'),
    ('\u{9c1}', '\u{9c4}'),
    ('\u{9cd}', '\u{9cd}'),
    ('\u{a3c}', '\u{a51}'),
    ('\u{abc}', '\u{abc}'),
    ('\u{ac1}', '\u{ac8}'),
    ('\u{acd}', '\u{acd}'),
    ('\u{afa}', '\u{aff}'),
    ('\u{b3c}', '\u{b3c}'),
    ('\u{b41}', '\u{b56}'),
    ('\u{bcd}', '\u{bcd}'),
    ('\u{c46}', '\u{c56}'),
    ('\u{ccc}', '\u{ccd}'),
    ('\u{d41}', '\u{d44}'),
    ('\u{d4d}', '\u{d4d}'),
    ('\u{e31}', '\u{e31}'),
    ('\u{e34}', '\u{e3a}'),
    ('\u{e47}', '\u{e4e}'),
    ('\u{eb1}', '\u{eb1}'),
    ('\u{eb4}', '\u{ebc}'),
    ('\u{ec8}', '\u{ece}'),
    ('\u{f71}', '\u{f7e}'),
    ('\u{f80}', '\u{f84}'),
    ('\u{f8d}', '\u{fbc}'),
    ('\u{102d}', '\u{1037}'),
    ('\u{1039}', '\u{103a}'),
    ('\u{135d}', '\u{135f}'),
    ('\u{17b7}', '\u{17d3}'),
    ('\u{1ab0}', '\u{1ace}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{20d0}', '\u{20f0}'),
    ('\u{302a}', '\u{302f}'),
    ('\u{3099}', '\u{309a}'),
    ('\u{fe20}', '\u{fe2f}'),
];

fn is_mark(sign: char) -> bool {
    sign >= '\u{300}' && MARKS.iter().any(|&(first, last)| (first..=last).contains(&sign))
}

/// The plain sign that a wide one, or one that looks like it, stands for: addresses are read so.
fn folded(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '\u{3002}' | '\u{ff61}' | '\u{2024}' | '\u{fe52}' => '.',
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
        '\u{2236}' | '\u{a789}' => ':',
        other => other,
    }
}

/// Is a word without white space the address of a page: letters after a point, as in `evil.example`? Initials are none (`J.R.R.`, `J.-P.`).
fn is_address(word: &str) -> bool {
    let word: String = word.chars().map(folded).collect::<String>().to_lowercase();
    let mut parts = word.split('.').peekable();
    while let Some(part) = parts.next() {
        let ends_in_word = part.chars().next_back().is_some_and(char::is_alphanumeric);
        let after = parts.peek().map_or(0, |next| next.chars().take_while(|sign| sign.is_alphabetic()).count());
        if ends_in_word && after > 1 {
            return true;
        }
    }
    word.contains("://") || word.starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(typed: &str) -> Result<String, LabelRefusal> {
        Label::of_person(typed, 80).map(String::from)
    }

    /// FLT-01, FLT-14: names are as people have them, in any script.
    #[test]
    fn real_names_are_taken() {
        for name in [
            "O'Brien",
            "d’Artagnan",
            "Nguyễn Thị Ánh",
            "Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh",
            "Jean-Paul",
            "Dr. A. Müller",
            "J.-P. O’Connor (Support)",
            "J.R.R. Tolkien",
            "Łukasz & fils, 2e",
            "李小龙",
            "प्रिया शर्मा",
            "علی\u{200c}رضا",
            "שָׁלוֹם",
            "ณัฏฐ์ ที่รัก",
            "Gal·la",
        ] {
            assert_eq!(person(name).as_deref(), Ok(name));
        }
        assert_eq!(person("  Anne \u{a0} Müller ").as_deref(), Ok("Anne Müller"));
    }

    /// FLT-01, PLT-04: no name is an address, so that no invitation of ours advertises; each refusal says what is not taken.
    #[test]
    fn what_is_no_name_says_why() {
        use LabelRefusal::{Address, Empty, Marks, Sign, TooLong, Unseen};
        let overflowing = format!("A{}nne", "\u{301}".repeat(79));
        let long = "a".repeat(81);
        for (typed, refusal) in [
            ("", Empty),
            ("---", Empty),
            (&long, TooLong(80)),
            ("Anne\u{7}", Unseen('\u{7}')),
            ("Anne\r\nMuller", Unseen('\r')),
            ("\u{202e}enna", Unseen('\u{202e}')),
            ("An\u{200b}ne", Unseen('\u{200b}')),
            ("An\u{200d}ne", Unseen('\u{200d}')),
            ("\u{3164}Anne", Unseen('\u{3164}')),
            (&overflowing, Marks('A')),
            (" \u{301}Anne", Marks('\u{301}')),
            ("Anne <b>", Sign('<')),
            ("anne@example", Sign('@')),
            ("Anne\u{ff0f}x", Sign('\u{ff0f}')),
            ("http://", Address),
            ("http:", Sign(':')),
            ("www. evil", Address),
            ("www.evil.example", Address),
            ("Prix chez EVIL.example!", Address),
            ("evil\u{3002}example", Address),
            ("t.co", Address),
            ("(evil.example)", Address),
        ] {
            assert_eq!(person(typed), Err(refusal), "{typed:?}");
        }
    }

    /// PLT-03: a passkey is called what its owner likes, and a reason says what it has to.
    #[test]
    fn things_and_remarks_have_more_signs() {
        let thing = |typed| Label::of_thing(typed, 40).map(String::from);
        assert_eq!(thing("YubiKey #2 / iOS 18.1").as_deref(), Ok("YubiKey #2 / iOS 18.1"));
        assert_eq!(thing("evil.example"), Err(LabelRefusal::Address));
        assert_eq!(thing("https://x"), Err(LabelRefusal::Address));
        assert_eq!(thing("Key\u{200b}"), Err(LabelRefusal::Unseen('\u{200b}')));
        let remark = |typed| Label::remark(typed, 300).map(String::from);
        assert_eq!(
            remark(" Vu en boutique,  ticket https://desk.example/7 ").as_deref(),
            Ok("Vu en boutique, ticket https://desk.example/7")
        );
        assert_eq!(remark("Vu\u{2066}"), Err(LabelRefusal::Unseen('\u{2066}')));
        assert_eq!(LabelRefusal::Unseen('\u{200b}').to_string(), "nobody sees the sign U+200B");
    }
}
