//! Sounds as they come, cut anywhere, and lying.

use super::*;
use proptest::prelude::*;

/// A WAV of so many seconds of nothing: 8,000 samples a second of so many bits.
fn wav(kind: u16, bits: u16, samples: u32) -> Vec<u8> {
    let bytes = samples * u32::from(bits / 8);
    let mut file = b"RIFF".to_vec();
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    for value in [kind, 1] {
        file.extend(value.to_le_bytes());
    }
    for value in [8_000, 8_000 * u32::from(bits / 8)] {
        file.extend(value.to_le_bytes());
    }
    for value in [bits / 8, bits] {
        file.extend(value.to_le_bytes());
    }
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.resize(file.len() + bytes as usize, 0x80);
    file
}

/// A page of Ogg with whole packets of less than 255 bytes.
fn page((flags, until, place): (u8, i64, u32), packets: &[&[u8]]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(flags);
    page.extend(until.to_le_bytes());
    page.extend(7_u32.to_le_bytes());
    page.extend(place.to_le_bytes());
    page.extend([0; 4]);
    page.push(u8::try_from(packets.len()).unwrap());
    page.extend(packets.iter().map(|packet| u8::try_from(packet.len()).unwrap()));
    packets.iter().for_each(|packet| page.extend(*packet));
    let sum = crc(&page);
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}

/// The checksum of Ogg by its definition: the remainder of a division, a bit at a time.
fn crc(bytes: &[u8]) -> u32 {
    let mut rest = 0_u64;
    for bit in bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).chain([0; 32]) {
        rest = rest << 1 | u64::from(bit);
        if rest >> 32 == 1 {
            rest ^= 0x1_04c1_1db7;
        }
    }
    u32::try_from(rest).unwrap()
}

/// One second in fifty packets of 20 ms.
fn opus() -> Vec<u8> {
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend(312_u16.to_le_bytes());
    head.extend([0x80, 0x3e, 0, 0, 0, 0, 0]);
    let packet: &[u8] = &[1 << 3, 0xff, 0xfe];
    let mut file = page((BEGINS, 0, 0), &[&head]);
    file.extend(page((0, 0, 1), &[b"OpusTags\0\0\0\0\0\0\0\0"]));
    file.extend(page((0, 25 * 960, 2), &[packet; 25]));
    file.extend(page((ENDS, 50 * 960, 3), &[packet; 25]));
    file
}

const BEGINS: u8 = 2;
const ENDS: u8 = 4;

/// FIX-01: WAV with plain and G.711 samples and Opus are taken, each with the length that its bytes have.
#[test]
fn sounds_are_taken_with_their_length() {
    let length = |bytes: &[u8]| look_at(bytes, 60).map(|sound| (sound.format, sound.length_ms));
    for (kind, bits) in [(1, 8), (1, 16), (6, 8), (7, 8)] {
        assert_eq!(length(&wav(kind, bits, 12_000)), Ok((SoundFormat::Wav, 1_500)), "{kind} {bits}");
    }
    assert_eq!(length(&opus()), Ok((SoundFormat::Opus, 993)), "without the 6.5 ms that are skipped");
}

/// FIX-01: an empty file, a text, a cut or lying one, one too large, too long or too short is refused, each with its reason.
#[test]
fn what_is_no_sound_is_refused() {
    let refused = |bytes: &[u8]| look_at(bytes, 60).expect_err("no sound");
    assert_eq!(refused(b""), SoundFault::Empty);
    assert_eq!(refused(b"Bonjour, ceci est un texte."), SoundFault::Unknown);
    assert_eq!(refused(b"RIFF\x04\0\0\0AVI "), SoundFault::Unknown);
    assert_eq!(refused(&vec![0; LARGEST_SOUND + 1]), SoundFault::TooLarge);
    assert_eq!(refused(&wav(1, 8, 8_000 * 61)), SoundFault::TooLong(60));
    assert_eq!(refused(&wav(1, 8, 100)), SoundFault::TooShort);
    for (kind, bits) in [(3, 32), (1, 24), (85, 8), (0, 8)] {
        assert_eq!(refused(&wav(kind, bits, 8_000)), SoundFault::Unplayable, "{kind} {bits}");
    }
    let mut lying = wav(1, 8, 8_000);
    lying[40..44].copy_from_slice(&80_000_u32.to_le_bytes());
    assert_eq!(refused(&lying), SoundFault::Damaged, "more samples than there are");
    lying[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(refused(&lying), SoundFault::Damaged);
    let mut lying = wav(1, 16, 8_000);
    lying[28..32].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(refused(&lying), SoundFault::Damaged, "another pace than its samples have");
    let mut lying = wav(1, 8, 8_000);
    lying[24..28].copy_from_slice(&0_u32.to_le_bytes());
    assert_eq!(refused(&lying), SoundFault::Unplayable, "no samples a second");
    let mut flipped = opus();
    *flipped.last_mut().unwrap() ^= 1;
    assert_eq!(refused(&flipped), SoundFault::Damaged, "its checksum says so");
    let packets: [&[u8]; 25] = [&[8, 0, 0]; 25];
    let mut longer = opus()[..opus().len() - page((ENDS, 0, 3), &packets).len()].to_vec();
    longer.extend(page((ENDS, 1_000_000_000, 3), &packets));
    assert_eq!(refused(&longer), SoundFault::Damaged, "hours in half a second of packets");
    let mut two = opus();
    two.extend(opus());
    assert_eq!(refused(&two), SoundFault::Unplayable, "one sound a file");
}

proptest! {
    /// FIX-01: a WAV that is cut anywhere is refused; an Opus file is, unless whole packets are what is left.
    #[test]
    fn a_cut_file_is_refused(at in 1_usize..6_000) {
        let whole = wav(7, 8, 8_000);
        prop_assert!(look_at(&whole[..at.min(whole.len() - 1)], 60).is_err());
        let whole = opus();
        let cut = &whole[..at % whole.len()];
        prop_assert!(look_at(cut, 60).is_err() || look_at(cut, 60).unwrap().length_ms == 493);
    }

    /// FIX-01: whatever comes, looking at it ends with an answer.
    #[test]
    fn bytes_are_looked_at(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), is_ogg in any::<bool>()) {
        let head: &[u8] = if is_ogg { b"OggS" } else { b"RIFF" };
        for (byte, known) in bytes.iter_mut().zip(head) {
            *byte = *known;
        }
        let _answer = look_at(&bytes, 60);
        let mut whole = if is_ogg { opus() } else { wav(1, 16, 4_000) };
        for (at, byte) in bytes.iter().enumerate() {
            let place = (at * 31 + usize::from(*byte)) % whole.len();
            whole[place] = *byte;
        }
        let _answer = look_at(&whole, 60);
    }
}
