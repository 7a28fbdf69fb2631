//! WAV: a RIFF file with a `fmt ` and a `data` chunk (Multimedia Programming Interface and Data Specifications 1.0; WAVEFORMATEXTENSIBLE).

use super::{SoundFault, array, u16_at, u32_at};

/// Samples as whole numbers.
const PCM: u16 = 1;
/// G.711, European.
const A_LAW: u16 = 6;
/// G.711, American.
const MU_LAW: u16 = 7;
/// Which of them, a longer header says.
const EXTENSIBLE: u16 = 0xfffe;
/// So many samples a second are taken.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=48_000;

/// How the samples are written.
struct Samples {
    a_second: u32,
    /// Bytes of one instant, all channels.
    bytes: u32,
}

/// How long the sound lasts, in milliseconds.
pub(super) fn length_ms(bytes: &[u8]) -> Result<i64, SoundFault> {
    if array(bytes, 8)? != *b"WAVE" {
        return Err(SoundFault::Unknown);
    }
    let announced = u32_at(bytes, 4)? as usize + 8;
    // Some writers leave the byte out of the count that fills an odd chunk up.
    if announced > bytes.len() || bytes.len() > announced + 1 {
        return Err(SoundFault::Damaged);
    }
    let (mut at, mut samples) = (12, None);
    while at + 8 <= bytes.len() {
        let (name, size) = (array::<4>(bytes, at)?, u32_at(bytes, at + 4)? as usize);
        let content = bytes.get(at + 8..).and_then(|rest| rest.get(..size)).ok_or(SoundFault::Damaged)?;
        match (&name, &samples) {
            (b"fmt ", None) => samples = Some(format(content)?),
            (b"fmt ", Some(_)) => return Err(SoundFault::Damaged),
            (b"data", Some(samples)) => return length(content, samples),
            (b"data", None) => return Err(SoundFault::Damaged),
            _ => {}
        }
        at += 8 + size + size % 2;
    }
    Err(SoundFault::Damaged)
}

fn length(data: &[u8], samples: &Samples) -> Result<i64, SoundFault> {
    let size = u32::try_from(data.len()).map_err(|_| SoundFault::Damaged)?;
    if !size.is_multiple_of(samples.bytes) {
        return Err(SoundFault::Damaged);
    }
    Ok(i64::from(size / samples.bytes) * 1_000 / i64::from(samples.a_second))
}

fn format(content: &[u8]) -> Result<Samples, SoundFault> {
    let (mut kind, channels, a_second) = (u16_at(content, 0)?, u16_at(content, 2)?, u32_at(content, 4)?);
    let (bytes_a_second, bytes, bits) = (u32_at(content, 8)?, u16_at(content, 12)?, u16_at(content, 14)?);
    if kind == EXTENSIBLE {
        // The first two bytes of the sub-format are the kind; the others are the same for all of them.
        kind = u16_at(content, 24)?;
    }
    let is_known = match kind {
        PCM => matches!(bits, 8 | 16),
        A_LAW | MU_LAW => bits == 8,
        _ => false,
    };
    if !is_known || !(1..=2).contains(&channels) || !RATES.contains(&a_second) {
        return Err(SoundFault::Unplayable);
    }
    let whole = u32::from(channels) * u32::from(bits / 8);
    if u32::from(bytes) != whole || bytes_a_second != whole * a_second {
        return Err(SoundFault::Damaged);
    }
    Ok(Samples { a_second, bytes: whole })
}
