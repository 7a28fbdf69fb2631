//! An event of a batch as the columns that a layout names: the same words and rules as for rows of text say what becomes of them.

use super::event::{
    ChargeableSubscriber, DateTime, GprsCall, MobileOriginatedCall, MobileTerminatedCall, SimChargeableSubscriber,
};
use crate::{
    SetAsideReason as Reason,
    set_aside::{Fault, quoted},
};
use compact_str::{CompactString, format_compact};
use rasn::{Decode, types::OctetString};
use std::{collections::BTreeMap, fmt::Write as _};

/// A number of so many digits is written with its country; a shorter one is dialled as it stands, such as 112.
const SHORTEST_INTERNATIONAL: usize = 7;
/// The codes of forwarding (3GPP TS 29.002): all, on condition, and each condition.
const FORWARDING: [&[u8]; 6] = [b"20", b"21", b"28", b"29", b"2A", b"2B"];

/// What a layout may name.
pub(crate) const COLUMNS: [&str; 14] = [
    "event",
    "service",
    "imsi",
    "msisdn",
    "other_party",
    "dialled_digits",
    "start_time",
    "duration_s",
    "volume_bytes",
    "access_point",
    "call_reference",
    "partial",
    "sender",
    "record_id",
];

/// What the batch says for all of its events.
#[derive(Debug, Default)]
pub(crate) struct BatchFacts {
    /// The network that was visited, by its code of five characters.
    pub(crate) sender: CompactString,
    /// UTC offsets such as `+0100` by their codes.
    pub(crate) offsets: BTreeMap<i64, CompactString>,
}

/// One event, by the columns' numbers.
#[derive(Debug, Default)]
pub(crate) struct EventRow([CompactString; COLUMNS.len()]);

/// In the order of [`COLUMNS`].
#[derive(Clone, Copy)]
enum Column {
    Event,
    Service,
    Imsi,
    Msisdn,
    OtherParty,
    DialledDigits,
    StartTime,
    Duration,
    Volume,
    AccessPoint,
    CallReference,
    Partial,
    Sender,
    RecordId,
}

const _: () = assert!(Column::RecordId as usize + 1 == COLUMNS.len());

impl EventRow {
    /// Reads an event by its tag. One that is no usage has its name alone, so that the layout's list of kinds sets it aside.
    pub(crate) fn read(number: Option<u32>, bytes: &[u8], facts: &BatchFacts) -> Result<Self, Fault> {
        let mut row = Self::default();
        row.set(Column::Sender, facts.sender.clone());
        match number {
            Some(9) => row.made(&decode(bytes)?, facts)?,
            Some(10) => row.received(&decode(bytes)?, facts)?,
            Some(14) => row.data(&decode(bytes)?, facts)?,
            Some(11) => row.other_event("supplementary"),
            Some(12) => row.other_event("service centre"),
            Some(17) => row.other_event("content"),
            Some(297) => row.other_event("location"),
            Some(433) => row.other_event("messaging"),
            Some(434) => row.other_event("session"),
            Some(other) => row.other_event(&format_compact!("event {other}")),
            None => return Err(Fault::new(Reason::Unreadable, "the element has no tag of an event")),
        }
        row.name();
        Ok(row)
    }

    /// The text of a column, by its number.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.0.get(column).map_or("", CompactString::as_str)
    }

    fn set(&mut self, column: Column, text: impl Into<CompactString>) {
        self.0[column as usize] = text.into();
    }

    fn get(&self, column: Column) -> &str {
        &self.0[column as usize]
    }

    fn other_event(&mut self, name: &str) {
        self.set(Column::Event, name);
        self.set(Column::Service, name);
    }

    fn made(&mut self, call: &MobileOriginatedCall, facts: &BatchFacts) -> Result<(), Fault> {
        let is_forwarded = call.supplementary.as_ref().is_some_and(|code| FORWARDING.contains(&code.trim_ascii()));
        self.set(Column::Event, if is_forwarded { "forwarded" } else { "moc" });
        if let Some(basic) = &call.basic {
            self.subscriber(basic.subscriber.as_ref());
            let to = basic.destination.as_ref();
            let digits = to.and_then(|to| to.called.as_ref()).map(digits).unwrap_or_default();
            let message_to = to.and_then(|to| to.message_to.as_ref()).map(text).unwrap_or_default();
            let dialled = to.and_then(|to| to.dialled.as_ref()).map(text).unwrap_or_default();
            self.other_party([&message_to, &digits, &dialled]);
            self.set(Column::DialledDigits, dialled);
            self.when(basic.start.as_ref(), basic.duration, facts)?;
        }
        self.service(&call.services);
        let network = call.location.as_ref().and_then(|location| location.network.as_ref());
        self.reference(network.and_then(|network| network.call_reference.as_ref()));
        Ok(())
    }

    fn received(&mut self, call: &MobileTerminatedCall, facts: &BatchFacts) -> Result<(), Fault> {
        self.set(Column::Event, "mtc");
        if let Some(basic) = &call.basic {
            self.subscriber(basic.subscriber.as_ref());
            let from = basic.originator.as_ref();
            let digits = from.and_then(|from| from.calling.as_ref()).map(digits).unwrap_or_default();
            let message_from = from.and_then(|from| from.message_from.as_ref()).map(text).unwrap_or_default();
            self.other_party([&message_from, &digits, ""]);
            self.when(basic.start.as_ref(), basic.duration, facts)?;
        }
        self.service(&call.services);
        let network = call.location.as_ref().and_then(|location| location.network.as_ref());
        self.reference(network.and_then(|network| network.call_reference.as_ref()));
        Ok(())
    }

    fn data(&mut self, call: &GprsCall, facts: &BatchFacts) -> Result<(), Fault> {
        self.other_event("gprs");
        if let Some(basic) = &call.basic {
            self.subscriber(basic.subscriber.as_ref().and_then(|subscriber| subscriber.subscriber.as_ref()));
            let access_point = basic.destination.as_ref().and_then(|destination| destination.access_point.as_ref());
            self.set(Column::AccessPoint, access_point.map(text).unwrap_or_default());
            self.when(basic.start.as_ref(), basic.duration, facts)?;
            self.set(Column::Partial, basic.partial.as_ref().map(text).unwrap_or_default());
            self.set(Column::CallReference, number(basic.charging_id));
        }
        // One way alone is half of the volume: it is missing rather than less.
        if let Some((incoming, outgoing)) = call.service.as_ref().and_then(|service| service.incoming.zip(service.outgoing)) {
            let is_volume = incoming >= 0 && outgoing >= 0;
            let Some(volume) = incoming.checked_add(outgoing).filter(|_| is_volume) else {
                let told = format!("{incoming} bytes to the line and {outgoing} from it are no volume");
                return Err(Fault::new(Reason::BadQuantity, told));
            };
            self.set(Column::Volume, number(Some(volume)));
        }
        Ok(())
    }

    fn subscriber(&mut self, subscriber: Option<&ChargeableSubscriber>) {
        let Some(SimChargeableSubscriber { imsi, msisdn }) = subscriber.and_then(|subscriber| subscriber.sim.as_ref()) else {
            return;
        };
        self.set(Column::Imsi, imsi.as_ref().map(digits).unwrap_or_default());
        self.set(Column::Msisdn, international(&msisdn.as_ref().map(digits).unwrap_or_default()));
    }

    /// The first that says something. For a message, its own number comes before that of its service centre.
    fn other_party(&mut self, candidates: [&str; 3]) {
        let first = candidates.into_iter().find(|candidate| !candidate.is_empty()).unwrap_or_default();
        self.set(Column::OtherParty, international(first));
    }

    fn service(&mut self, services: &Option<Vec<super::event::BasicServiceUsed>>) {
        let first = services.as_ref().and_then(|services| services.first());
        let code = first.and_then(|used| used.service.as_ref()).and_then(|service| service.code.as_ref());
        let Some(code) = code else { return };
        let written = match (&code.teleservice, &code.bearer) {
            (Some(teleservice), _) => format_compact!("tele {}", text(teleservice)),
            (None, Some(bearer)) => format_compact!("bearer {}", text(bearer)),
            (None, None) => return,
        };
        self.set(Column::Service, written);
    }

    /// The local time with its offset, as RFC 3339 writes it, and the seconds.
    fn when(&mut self, start: Option<&DateTime>, duration: Option<i64>, facts: &BatchFacts) -> Result<(), Fault> {
        self.set(Column::Duration, number(duration));
        let Some(DateTime { local: Some(local), offset_code }) = start else { return Ok(()) };
        let local = text(local);
        let Some(offset) = offset_code.and_then(|code| facts.offsets.get(&code)) else {
            let code = offset_code.map_or_else(|| "no code of a UTC offset".to_owned(), |code| format!("code {code}"));
            let told = format!("start_time {} has {code}, and the batch does not say what that is", quoted(local.as_bytes()));
            return Err(Fault::new(Reason::BadTime, told));
        };
        self.set(Column::StartTime, rfc3339(&local, offset).unwrap_or_else(|| format_compact!("{local}{offset}")));
        Ok(())
    }

    fn reference(&mut self, reference: Option<&OctetString>) {
        let Some(reference) = reference.filter(|reference| reference.iter().any(|&byte| byte != 0)) else { return };
        self.set(Column::CallReference, hex(reference));
    }

    /// What the event is called. Where the visited network has a name for it, that: parts of a session share it, and are told apart
    /// by their beginnings. Where it has none, all that matters of the event: neither its charges nor how it is written, which
    /// differ when it is sent again.
    fn name(&mut self) {
        let parts = [Column::Sender, Column::Event, Column::Imsi, Column::CallReference, Column::Partial];
        let name = match self.get(Column::CallReference) {
            "" => self.0.join(" "),
            _ => parts.map(|column| self.get(column)).join(" "),
        };
        self.set(Column::RecordId, name);
    }
}

fn decode<T: Decode>(bytes: &[u8]) -> Result<T, Fault> {
    rasn::ber::decode(bytes).map_err(|error| Fault::new(Reason::Unreadable, format!("the event cannot be read: {}", error.kind)))
}

/// Digits of half a byte each, the left half first; `f` fills the last byte.
fn digits(bytes: &OctetString) -> CompactString {
    const DIGITS: &[u8; 16] = b"0123456789*#abcf";
    let mut all = CompactString::with_capacity(bytes.len() * 2);
    for byte in bytes.iter() {
        all.push(char::from(DIGITS[usize::from(byte >> 4)]));
        all.push(char::from(DIGITS[usize::from(byte & 0x0f)]));
    }
    if all.ends_with('f') {
        all.pop();
    }
    all
}

/// Text without the blanks around it.
fn text(bytes: &OctetString) -> CompactString {
    CompactString::from_utf8_lossy(bytes.trim_ascii())
}

fn number(value: Option<i64>) -> CompactString {
    value.map(|value| format_compact!("{value}")).unwrap_or_default()
}

/// Digits that begin with a country as a number of the world.
fn international(written: &str) -> CompactString {
    let is_number = written.len() >= SHORTEST_INTERNATIONAL && written.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && !written.starts_with('0') { format_compact!("+{written}") } else { written.into() }
}

fn rfc3339(local: &str, offset: &str) -> Option<CompactString> {
    let is_time = local.len() == 14 && local.bytes().all(|byte| byte.is_ascii_digit());
    let is_offset = offset.len() == 5 && offset.starts_with(['+', '-']) && offset[1..].bytes().all(|byte| byte.is_ascii_digit());
    if !is_time || !is_offset {
        return None;
    }
    let (date, time) = local.split_at(8);
    Some(format_compact!(
        "{}-{}-{}T{}:{}:{}{}:{}",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[..2],
        &time[2..4],
        &time[4..],
        &offset[..3],
        &offset[3..]
    ))
}

/// Bytes as two hexadecimal digits each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a text takes all that is written");
    }
    text
}
