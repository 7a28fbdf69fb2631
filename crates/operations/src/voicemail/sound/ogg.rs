//! Opus in Ogg: pages (RFC 3533), their checksums, the two headers and the packets of one stream (RFC 7845), whose first byte says how long
//! each lasts (RFC 6716, 3.1).

use super::{SoundFault, array, u16_at, u32_at};

/// Opus counts 48 of them in a millisecond, whatever was recorded.
const SAMPLES_A_MS: i64 = 48;
/// No packet lasts longer: 120 ms.
const LONGEST_PACKET: i64 = 120 * SAMPLES_A_MS;
/// The page continues a packet of the one before.
const CONTINUES: u8 = 1;
/// It is the first of its stream.
const BEGINS: u8 = 2;
/// It is the last.
const ENDS: u8 = 4;
/// Where the lengths of its segments begin.
const SEGMENTS: usize = 27;
/// A segment of so many bytes goes on in the next.
const WHOLE_SEGMENT: u8 = 255;

/// A page within the file.
struct Page<'a> {
    flags: u8,
    /// Samples until its end; `None` where no packet ends in it.
    until: Option<i64>,
    stream: u32,
    place: u32,
    segments: &'a [u8],
    content: &'a [u8],
    /// Bytes of all of it.
    size: usize,
}

/// How far the packets are known.
#[derive(Default)]
struct Packets {
    /// The first bytes of the one that is being read, as many as are looked at, and how long it is so far.
    begun: Option<([u8; 19], usize)>,
    /// Whole ones so far.
    count: u64,
    /// Samples to leave out at the beginning.
    skipped: i64,
    /// Samples in the packets.
    samples: i64,
    /// Samples before the first packet, as the first page with sound says.
    start: Option<i64>,
    /// Samples until the end of the last page.
    until: i64,
}

/// How long the sound lasts, in milliseconds.
pub(super) fn length_ms(bytes: &[u8]) -> Result<i64, SoundFault> {
    let (mut at, mut packets, mut first, mut has_ended) = (0, Packets::default(), None, false);
    for place in 0.. {
        if at == bytes.len() {
            break;
        }
        let page = page(&bytes[at..])?;
        let is_first = place == 0;
        if is_first != (page.flags & BEGINS != 0) || page.place != place || has_ended {
            // Several streams beside or behind each other are not played here.
            return Err(if page.flags & BEGINS != 0 { SoundFault::Unplayable } else { SoundFault::Damaged });
        }
        if *first.get_or_insert(page.stream) != page.stream {
            return Err(SoundFault::Unplayable);
        }
        packets.take(&page)?;
        has_ended = page.flags & ENDS != 0;
        at += page.size;
    }
    let start = packets.start.ok_or(SoundFault::Damaged)?;
    let played = packets.until - start;
    if packets.begun.is_some() || played > packets.samples {
        return Err(SoundFault::Damaged);
    }
    Ok(((played - packets.skipped) / SAMPLES_A_MS).max(0))
}

fn page(bytes: &[u8]) -> Result<Page<'_>, SoundFault> {
    if array(bytes, 0)? != *b"OggS" || array(bytes, 4)? != [0] {
        return Err(SoundFault::Damaged);
    }
    let [flags, count] = [array::<1>(bytes, 5)?[0], array::<1>(bytes, 26)?[0]];
    let content_at = SEGMENTS + usize::from(count);
    let segments = bytes.get(SEGMENTS..content_at).ok_or(SoundFault::Damaged)?;
    let size = content_at + segments.iter().map(|&segment| usize::from(segment)).sum::<usize>();
    let whole = bytes.get(..size).ok_or(SoundFault::Damaged)?;
    if checksum(whole) != u32_at(bytes, 22)? {
        return Err(SoundFault::Damaged);
    }
    let until = i64::from_le_bytes(array(bytes, 6)?);
    Ok(Page {
        flags,
        until: (until != -1).then_some(until),
        stream: u32_at(bytes, 14)?,
        place: u32_at(bytes, 18)?,
        segments,
        content: &whole[content_at..],
        size,
    })
}

/// CRC-32 with the polynomial 0x04c11db7, neither reflected nor inverted, over the page with zeroes in the place of its checksum.
fn checksum(page: &[u8]) -> u32 {
    page.iter().enumerate().fold(0, |sum: u32, (at, &byte)| {
        let byte = if (22..26).contains(&at) { 0 } else { byte };
        (0..8).fold(sum ^ (u32::from(byte) << 24), |sum, _| if sum >> 31 == 1 { (sum << 1) ^ 0x04c1_1db7 } else { sum << 1 })
    })
}

impl Packets {
    fn take(&mut self, page: &Page<'_>) -> Result<(), SoundFault> {
        if (page.flags & CONTINUES != 0) != self.begun.is_some() {
            return Err(SoundFault::Damaged);
        }
        let before = self.samples;
        let (mut at, mut ended) = (0, false);
        for &segment in page.segments {
            let (head, length) = self.begun.get_or_insert(([0; 19], 0));
            let piece = &page.content[at..at + usize::from(segment)];
            for (place, &byte) in (*length..19).zip(piece) {
                head[place] = byte;
            }
            *length += piece.len();
            at += piece.len();
            if segment < WHOLE_SEGMENT {
                let (head, length) = (*head, *length);
                self.begun = None;
                self.whole(&head[..length.min(19)])?;
                ended = true;
            }
        }
        if self.count < 2 || !ended {
            return Ok(());
        }
        let until = page.until.filter(|until| *until >= self.until).ok_or(SoundFault::Damaged)?;
        if self.samples > before {
            // A recording that was joined late begins later than at nothing; one whose end is cut off ends before its last packet does.
            self.start.get_or_insert((until - (self.samples - before)).max(0));
        }
        self.until = until;
        Ok(())
    }

    /// A packet by its first bytes.
    fn whole(&mut self, head: &[u8]) -> Result<(), SoundFault> {
        self.count += 1;
        match self.count {
            1 => {
                if head.get(..8) != Some(b"OpusHead") {
                    return Err(SoundFault::Unplayable);
                }
                let [version, channels] = array(head, 8)?;
                let family = array::<1>(head, 18)?;
                if version >> 4 != 0 || !(1..=2).contains(&channels) || family != [0] {
                    return Err(SoundFault::Unplayable);
                }
                self.skipped = i64::from(u16_at(head, 10)?);
            }
            2 if head.get(..8) != Some(b"OpusTags") => return Err(SoundFault::Damaged),
            2 => {}
            _ => self.samples += samples(head)?,
        }
        Ok(())
    }
}

/// How long a packet lasts, by its first byte and, for any number of frames, its second.
fn samples(head: &[u8]) -> Result<i64, SoundFault> {
    let [first] = array(head, 0)?;
    let frame = match first >> 3 {
        silk @ 0..12 => [480, 960, 1_920, 2_880][usize::from(silk % 4)],
        hybrid @ 12..16 => [480, 960][usize::from(hybrid % 2)],
        celt => [120, 240, 480, 960][usize::from(celt % 4)],
    };
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => i64::from(array::<1>(head, 1)?[0] & 0x3f),
    };
    let samples = frame * frames;
    if (1..=LONGEST_PACKET).contains(&samples) { Ok(samples) } else { Err(SoundFault::Damaged) }
}
