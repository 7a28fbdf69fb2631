//! Which sounds the voicemail takes: WAV with plain or G.711 samples, and Opus in Ogg. A file is believed only as far as its bytes go: its
//! length is counted from them, and headers that say something else are refused.
//!
//! What a sound says or how loud it is, is not known here.

mod ogg;
mod wav;

/// No sound is larger, in bytes: three minutes in WAV at 16 kHz, and with what a mail adds, still a mail that servers take.
pub const LARGEST_SOUND: usize = 6_000_000;
/// No greeting is longer, in seconds: callers wait for it.
pub const LONGEST_GREETING_S: i64 = 120;
/// No sound is shorter, in milliseconds: what is shorter is a click of somebody who hung up.
pub const SHORTEST_SOUND_MS: i64 = 200;

/// How a sound is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SoundFormat {
    /// RIFF WAVE.
    Wav,
    /// Opus in Ogg (RFC 7845).
    Opus,
}

impl SoundFormat {
    /// Its word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Opus => "opus",
        }
    }

    /// The format of a word.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Wav, Self::Opus].into_iter().find(|format| format.as_str() == word)
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Wav => "audio/wav",
            Self::Opus => "audio/ogg",
        }
    }
}

/// What is known of a sound that can be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sound {
    /// How it is written.
    pub format: SoundFormat,
    /// How long it lasts, in milliseconds.
    pub length_ms: i64,
}

/// Why a file is not taken as a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SoundFault {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than is taken.
    #[error("the file is larger than {LARGEST_SOUND} bytes")]
    TooLarge,
    /// It is neither WAV nor Ogg Opus.
    #[error("the file is neither WAV nor Opus in Ogg")]
    Unknown,
    /// It is WAV or Ogg with something in it that is not played here.
    #[error(
        "the sound is not written in a way that is played here: WAV takes 8 or 16 bits, A-law or µ-law, in one or two channels"
    )]
    Unplayable,
    /// It ends before what it announces, or announces something else than it holds.
    #[error("the file is cut or damaged")]
    Damaged,
    /// It lasts so long in milliseconds, which is too short.
    #[error("the sound is shorter than {SHORTEST_SOUND_MS} ms")]
    TooShort,
    /// It lasts longer than so many seconds.
    #[error("the sound is longer than {0} seconds")]
    TooLong(i64),
}

/// Looks at a file: what sound it is, of at most so many seconds.
///
/// # Errors
/// Why it is not taken.
pub fn look_at(bytes: &[u8], longest_s: i64) -> Result<Sound, SoundFault> {
    if bytes.is_empty() {
        return Err(SoundFault::Empty);
    }
    if bytes.len() > LARGEST_SOUND {
        return Err(SoundFault::TooLarge);
    }
    let sound = match bytes {
        [b'R', b'I', b'F', b'F', ..] => Sound { format: SoundFormat::Wav, length_ms: wav::length_ms(bytes)? },
        [b'O', b'g', b'g', b'S', ..] => Sound { format: SoundFormat::Opus, length_ms: ogg::length_ms(bytes)? },
        _ => return Err(SoundFault::Unknown),
    };
    match sound.length_ms {
        ms if ms < SHORTEST_SOUND_MS => Err(SoundFault::TooShort),
        ms if ms > longest_s * 1_000 => Err(SoundFault::TooLong(longest_s)),
        _ => Ok(sound),
    }
}

/// The bytes at a place, as many as the array has.
fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], SoundFault> {
    let found = bytes.get(at..at + N).and_then(|found| found.try_into().ok());
    found.ok_or(SoundFault::Damaged)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, SoundFault> {
    Ok(u16::from_le_bytes(array(bytes, at)?))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, SoundFault> {
    Ok(u32::from_le_bytes(array(bytes, at)?))
}

#[cfg(test)]
mod tests;
