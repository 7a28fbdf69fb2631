//! Messages of the voicemail: somebody who speaks without words. A hum with the resonances of vowels, syllable by syllable, as whole numbers: the
//! same on every machine.

use crate::dice::Dice;

/// Samples a second.
const RATE: u32 = 8_000;
/// A quarter of a sine in 16 steps, then mirrored: 0 to 127.
const QUARTER: [i32; 17] = [0, 12, 25, 37, 49, 60, 71, 81, 90, 98, 106, 112, 117, 122, 125, 126, 127];
/// The first two resonances of vowels, in hertz: a, e, i, o, u.
const VOWELS: [(u32, u32); 5] = [(750, 1_200), (480, 1_900), (290, 2_200), (460, 850), (310, 780)];

/// What is left on a voicemail.
#[derive(Clone, Debug)]
pub struct DemoMessage {
    /// Who left it, with calling code and plus; `None` where the number was hidden.
    pub caller: Option<String>,
    /// How many minutes ago.
    pub minutes_ago: i64,
    /// Was it kept?
    pub is_kept: bool,
    /// A WAV.
    pub sound: Vec<u8>,
}

/// The voicemail of a line.
#[derive(Clone, Debug)]
pub struct DemoVoicemail {
    /// The line's number, with calling code and plus.
    pub number: String,
    /// What was left, the latest first.
    pub messages: Vec<DemoMessage>,
}

/// The voicemail of a line with messages from these numbers, the latest first, an empty one being hidden: the same for the same number.
pub(crate) fn voicemail(number: &str, callers: &[&str]) -> DemoVoicemail {
    DemoVoicemail { number: number.to_owned(), messages: messages(number, callers) }
}

fn messages(number: &str, callers: &[&str]) -> Vec<DemoMessage> {
    let dice = &mut Dice::named(number);
    let mut minutes_ago = 35;
    let mut found = Vec::new();
    for (place, caller) in callers.iter().enumerate() {
        let seconds = u32::try_from(dice.between(4, 14)).unwrap_or(4);
        found.push(DemoMessage {
            caller: (!caller.is_empty()).then(|| (*caller).to_owned()),
            minutes_ago,
            is_kept: place >= 2,
            sound: speech(dice, seconds),
        });
        minutes_ago += dice.between(300, 2_600);
    }
    found
}

/// A sine of a turn of 64 steps: -127 to 127.
fn sine(step: u32) -> i32 {
    let place = |step: u32| QUARTER[usize::try_from(step).unwrap_or(0).min(16)];
    match step % 64 {
        step @ 0..16 => place(step),
        step @ 16..32 => place(32 - step),
        step @ 32..48 => -place(step - 32),
        step => -place(64 - step),
    }
}

/// A tone of so many hertz at a sample.
fn tone(hertz: u32, at: u32) -> i32 {
    sine(u32::try_from(u64::from(at) * u64::from(hertz) * 64 / u64::from(RATE) % 64).unwrap_or(0))
}

/// A WAV of somebody who speaks for so many seconds: 8 bits, 8,000 samples a second.
fn speech(dice: &mut Dice, seconds: u32) -> Vec<u8> {
    let total = seconds * RATE;
    let voice = u32::try_from(dice.between(105, 210)).unwrap_or(120);
    let mut samples = Vec::with_capacity(usize::try_from(total).unwrap_or(0));
    while samples.len() < usize::try_from(total).unwrap_or(0) {
        let length = u32::try_from(dice.between(900, 2_200)).unwrap_or(1_000);
        let (first, second) = *dice.pick(&VOWELS);
        // Some syllables are the pause between two words.
        let is_pause = dice.happens(180);
        let pitch = voice + u32::try_from(dice.between(0, 24)).unwrap_or(0);
        for at in 0..length {
            // Louder, then softer again.
            let rise = i32::try_from(at.min(length - at).min(400)).unwrap_or(0);
            let hum = tone(pitch, at) * (tone(first, at) + tone(second, at) / 2 + 190) / 380;
            let level = if is_pause { 0 } else { hum * rise / 400 };
            samples.push(u8::try_from((level * 3 / 4 + 128).clamp(0, 255)).unwrap_or(128));
        }
    }
    samples.truncate(usize::try_from(total).unwrap_or(0));
    let mut file = b"RIFF".to_vec();
    file.extend((36 + total).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(RATE.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend(b"\x01\0\x08\0data");
    file.extend(total.to_le_bytes());
    file.extend(samples);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_a_sound_that_moves() {
        let found = messages("+33353010100", &["+33388110042", ""]);
        let sound = &found[0].sound;
        assert_eq!((&sound[..4], sound.len() % 8_000), (&b"RIFF"[..], 44));
        let loudest = sound[44..].iter().map(|sample| sample.abs_diff(128)).max();
        assert!(loudest > Some(40), "{loudest:?}");
        assert_eq!((found[1].caller.as_deref(), found[1].is_kept), (None, false));
    }
}
