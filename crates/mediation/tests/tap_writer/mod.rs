//! Writes batches of TAP3 as a visited network would: the types of the standard that the tests need, encoded by `rasn`.
#![allow(dead_code, clippy::unwrap_used, reason = "each test program uses a part of it, and fails by panic")]

use rasn::{AsnType, Encode, types::OctetString};

macro_rules! item {
    ($($name:ident($inner:ty) = $tag:literal;)*) => {
        $(
            #[derive(AsnType, Encode, Clone, Debug)]
            #[rasn(delegate, tag(application, $tag))]
            pub(crate) struct $name(pub(crate) $inner);
        )*
    };
}

item! {
    Sender(OctetString) = 196;
    Recipient(OctetString) = 182;
    FileSequenceNumber(OctetString) = 109;
    FileType(OctetString) = 110;
    UtcOffsets(Vec<UtcOffset>) = 234;
    OffsetCode(i64) = 232;
    Offset(OctetString) = 231;
    LocalTime(OctetString) = 16;
    EventsCount(i64) = 43;
    Imsi(OctetString) = 129;
    Msisdn(OctetString) = 152;
    Called(OctetString) = 407;
    Dialled(OctetString) = 279;
    MessageTo(OctetString) = 419;
    Calling(OctetString) = 405;
    MessageFrom(OctetString) = 425;
    Duration(i64) = 223;
    RecEntity(i64) = 184;
    CallReference(OctetString) = 45;
    Teleservice(OctetString) = 218;
    Bearer(OctetString) = 40;
    Services(Vec<ServiceUsed>) = 38;
    Supplementary(OctetString) = 209;
    AccessPoint(OctetString) = 261;
    Partial(OctetString) = 166;
    ChargingId(i64) = 72;
    Incoming(i64) = 250;
    Outgoing(i64) = 251;
    ChargedItem(OctetString) = 66;
    Charge(i64) = 62;
    Action(i64) = 208;
}

macro_rules! sequence {
    ($($name:ident = $tag:literal { $($member:ident: $type:ty,)* })*) => {
        $(
            #[derive(AsnType, Encode, Clone, Debug)]
            #[rasn(tag(application, $tag))]
            pub(crate) struct $name {
                $(pub(crate) $member: $type,)*
            }
        )*
    };
}

sequence! {
    BatchControl = 4 { sender: Option<Sender>, recipient: Option<Recipient>, number: Option<FileSequenceNumber>, kind: Option<FileType>, }
    Network = 6 { offsets: Option<UtcOffsets>, }
    UtcOffset = 233 { code: OffsetCode, offset: Offset, }
    Audit = 15 { events: Option<EventsCount>, }
    Start = 44 { local: Option<LocalTime>, code: Option<OffsetCode>, }
    Sim = 199 { imsi: Option<Imsi>, msisdn: Option<Msisdn>, }
    Subscriber = 427 { sim: Sim, }
    Destination = 89 { called: Option<Called>, dialled: Option<Dialled>, message_to: Option<MessageTo>, }
    Originator = 41 { calling: Option<Calling>, message_from: Option<MessageFrom>, }
    MoBasic = 147 { subscriber: Option<Subscriber>, destination: Option<Destination>, start: Option<Start>, duration: Option<Duration>, }
    MtBasic = 153 { subscriber: Option<Subscriber>, originator: Option<Originator>, start: Option<Start>, duration: Option<Duration>, }
    NetworkLocation = 156 { entity: RecEntity, reference: Option<CallReference>, }
    Location = 138 { network: NetworkLocation, }
    ServiceCode = 426 { teleservice: Option<Teleservice>, bearer: Option<Bearer>, }
    Service = 36 { code: ServiceCode, }
    ChargeInformation = 69 { item: ChargedItem, charge: Charge, }
    ServiceUsed = 39 { service: Service, charges: Option<ChargeInformation>, }
    Moc = 9 { basic: Option<MoBasic>, location: Option<Location>, services: Option<Services>, supplementary: Option<Supplementary>, }
    Mtc = 10 { basic: Option<MtBasic>, location: Option<Location>, services: Option<Services>, }
    GprsSubscriber = 115 { subscriber: Subscriber, }
    GprsDestination = 116 { access_point: AccessPoint, }
    GprsBasic = 114 {
        subscriber: GprsSubscriber, destination: GprsDestination, start: Option<Start>, duration: Option<Duration>,
        partial: Option<Partial>, charging_id: Option<ChargingId>,
    }
    GprsService = 121 { incoming: Option<Incoming>, outgoing: Option<Outgoing>, }
    Gprs = 14 { basic: GprsBasic, service: GprsService, }
    SupplementaryUsed = 206 { code: Supplementary, action: Action, }
    SupplementaryEvent = 11 { subscriber: Subscriber, used: SupplementaryUsed, }
}

pub(crate) fn octets(text: &str) -> OctetString {
    OctetString::from(text.as_bytes().to_vec())
}

/// Digits of half a byte each, filled up with `f`.
pub(crate) fn digits(text: &str) -> OctetString {
    let half = |at: usize| text.as_bytes().get(at).map_or(0xf, |&c| char::from(c).to_digit(16).unwrap() as u8);
    (0..text.len().div_ceil(2)).map(|at| half(2 * at) << 4 | half(2 * at + 1)).collect::<Vec<_>>().into()
}

/// Minutes and seconds past eight on 21 November 2026, at the offset of a code.
pub(crate) fn start(past: &str, code: i64) -> Start {
    Start { local: Some(LocalTime(octets(&format!("2026112108{past}")))), code: Some(OffsetCode(code)) }
}

pub(crate) fn subscriber() -> Subscriber {
    let (imsi, msisdn) = (digits("208019000000011"), digits("33639980011"));
    Subscriber { sim: Sim { imsi: Some(Imsi(imsi)), msisdn: Some(Msisdn(msisdn)) } }
}

pub(crate) fn services(teleservice: &str) -> Services {
    let code = ServiceCode { teleservice: Some(Teleservice(octets(teleservice))), bearer: None };
    let charges = ChargeInformation { item: ChargedItem(octets("D")), charge: Charge(120) };
    Services(vec![ServiceUsed { service: Service { code }, charges: Some(charges) }])
}

pub(crate) fn location(reference: &[u8]) -> Location {
    Location { network: NetworkLocation { entity: RecEntity(1), reference: Some(CallReference(reference.to_vec().into())) } }
}

/// A call of 61 seconds to a mobile in Switzerland.
pub(crate) fn moc(past: &str) -> Moc {
    let destination = Destination { called: Some(Called(digits("41791234567"))), dialled: None, message_to: None };
    let basic = MoBasic {
        subscriber: Some(subscriber()),
        destination: Some(destination),
        start: Some(start(past, 0)),
        duration: Some(Duration(61)),
    };
    Moc { basic: Some(basic), location: Some(location(&[1, 2, 0xab])), services: Some(services("11")), supplementary: None }
}

/// A call of 30 seconds from France.
pub(crate) fn mtc(past: &str) -> Mtc {
    let originator = Originator { calling: Some(Calling(digits("33639980012"))), message_from: None };
    let basic = MtBasic {
        subscriber: Some(subscriber()),
        originator: Some(originator),
        start: Some(start(past, 0)),
        duration: Some(Duration(30)),
    };
    Mtc { basic: Some(basic), location: Some(location(&[1, 2, 0xac])), services: Some(services("11")) }
}

/// A message to a mobile in France, by a service centre elsewhere.
pub(crate) fn sms(past: &str) -> Moc {
    let mut sms = moc(past);
    let basic = sms.basic.as_mut().unwrap();
    let (called, message_to) = (Called(digits("41790000001")), MessageTo(octets("33639980012")));
    basic.destination = Some(Destination { called: Some(called), dialled: None, message_to: Some(message_to) });
    basic.duration = Some(Duration(0));
    Moc { location: None, services: Some(services("22")), ..sms }
}

/// A part of a session: two megabytes in, half a megabyte out.
pub(crate) fn gprs(past: &str, partial: Option<&str>) -> Gprs {
    let basic = GprsBasic {
        subscriber: GprsSubscriber { subscriber: subscriber() },
        destination: GprsDestination { access_point: AccessPoint(octets("internet")) },
        start: Some(start(past, 0)),
        duration: Some(Duration(600)),
        partial: partial.map(|partial| Partial(octets(partial))),
        charging_id: Some(ChargingId(4_000_000_001)),
    };
    Gprs { basic, service: GprsService { incoming: Some(Incoming(2_000_000)), outgoing: Some(Outgoing(500_000)) } }
}

pub(crate) fn encode(item: &impl Encode) -> Vec<u8> {
    rasn::ber::encode(item).unwrap()
}

/// What is in an element with a small tag.
pub(crate) fn contents(element: &[u8]) -> &[u8] {
    let count = if element[1] < 0x80 { 0 } else { usize::from(element[1] & 0x7f) };
    &element[2 + count..]
}

/// An element of the application class around contents.
pub(crate) fn wrap(number: u32, contents: &[u8]) -> Vec<u8> {
    let mut bytes = tag(number);
    match contents.len() {
        length @ 0..=0x7f => bytes.push(length as u8),
        length => {
            bytes.push(0x84);
            bytes.extend_from_slice(&u32::try_from(length).unwrap().to_be_bytes());
        }
    }
    [&bytes, contents].concat()
}

/// The same, ended by a mark.
pub(crate) fn wrap_open(number: u32, contents: &[u8]) -> Vec<u8> {
    [&tag(number)[..], &[0x80], contents, &[0, 0]].concat()
}

fn tag(number: u32) -> Vec<u8> {
    match number {
        small @ 0..=30 => vec![0x60 | small as u8],
        middle @ 31..=127 => vec![0x7f, middle as u8],
        large => vec![0x7f, 0x80 | (large >> 7) as u8, (large & 0x7f) as u8],
    }
}

pub(crate) fn control(sender: &str, kind: Option<&str>) -> BatchControl {
    BatchControl {
        sender: Some(Sender(octets(sender))),
        recipient: Some(Recipient(octets("FRAXX"))),
        number: Some(FileSequenceNumber(octets("00042"))),
        kind: kind.map(|kind| FileType(octets(kind))),
    }
}

/// Code 0 is an hour ahead of UTC, code 1 five hours and a half behind it.
pub(crate) fn network() -> Network {
    let offset = |code, offset: &str| UtcOffset { code: OffsetCode(code), offset: Offset(octets(offset)) };
    Network { offsets: Some(UtcOffsets(vec![offset(0, "+0100"), offset(1, "-0530")])) }
}

/// A whole batch of these events, which are elements or whatever stands in their place.
pub(crate) fn batch(events: &[Vec<u8>]) -> Vec<u8> {
    let audit = Audit { events: Some(EventsCount(events.len() as i64)) };
    let groups = [
        encode(&control("CHEC1", None)),
        wrap(5, &wrap(135, b"CHF")),
        encode(&network()),
        wrap(3, &events.concat()),
        encode(&audit),
    ];
    wrap(1, &groups.concat())
}

/// The same with marks instead of lengths.
pub(crate) fn open_batch(events: &[Vec<u8>]) -> Vec<u8> {
    let groups = [
        encode(&control("CHEC1", None)),
        open(&encode(&network())),
        wrap_open(3, &events.iter().flat_map(|event| open(event)).collect::<Vec<_>>()),
    ];
    wrap_open(1, &groups.concat())
}

/// An element whose parts all end by marks.
pub(crate) fn open(element: &[u8]) -> Vec<u8> {
    let mut rest = element;
    let mut all = Vec::new();
    while let Some((&first, _)) = rest.split_first() {
        let tag_bytes = if first & 0x1f == 0x1f { 2 + rest[1..].iter().take_while(|&&byte| byte & 0x80 != 0).count() } else { 1 };
        let said = rest[tag_bytes];
        let count = if said < 0x80 { 0 } else { usize::from(said & 0x7f) };
        let length = if said < 0x80 {
            usize::from(said)
        } else {
            rest[tag_bytes + 1..][..count].iter().fold(0, |length, &byte| length << 8 | usize::from(byte))
        };
        let head = tag_bytes + 1 + count;
        let contents = &rest[head..head + length];
        if first & 0x20 == 0 {
            all.extend_from_slice(&rest[..head + length]);
        } else {
            all.extend([&rest[..tag_bytes], &[0x80], &open(contents), &[0, 0]].concat());
        }
        rest = &rest[head + length..];
    }
    all
}

/// A notification that there is nothing to transfer.
pub(crate) fn notification() -> Vec<u8> {
    wrap(2, &[encode(&Sender(octets("CHEC1"))), encode(&Recipient(octets("FRAXX")))].concat())
}
