//! The parts of TAP 3.12 (GSMA TD.57) that become usage, as types that `rasn` decodes.
//!
//! Every member is optional there and every sequence may be extended. So the members are taken in whatever order they come, what
//! another release adds is passed over, and whether something that is needed is missing is said later, in words.

use rasn::{
    AsnType, Decode, Decoder,
    types::{Any, Class, Constraints, Constructed, OctetString, Tag, fields::Fields},
};

/// The tag of a TAP item: all are of the application class.
pub(crate) const fn application(number: u32) -> Tag {
    Tag::new(Class::Application, number)
}

/// A sequence of optional members, each by its tag.
macro_rules! sequence {
    ($(#[$doc:meta])* $name:ident = $own:literal { $($member:ident: $type:ty = $tag:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(crate) struct $name {
            $(pub(crate) $member: Option<$type>,)*
        }

        impl AsnType for $name {
            const TAG: Tag = application($own);
        }

        impl Constructed for $name {
            const FIELDS: Fields<0> = Fields::from_static([]);
            const IS_EXTENSIBLE: bool = true;
            const EXTENDED_FIELDS: Option<Fields<0>> = Some(Fields::from_static([]));
        }

        impl Decode for $name {
            fn decode_with_tag_and_constraints<D: Decoder>(
                decoder: &mut D,
                tag: Tag,
                _: &Constraints,
            ) -> Result<Self, D::Error> {
                decoder.decode_sequence(tag, Some(Self::default), |members| {
                    let mut read = Self::default();
                    loop {
                        let mut is_known = false;
                        $(if let Some(member) = members.decode_optional_with_tag(application($tag))? {
                            read.$member.get_or_insert(member);
                            is_known = true;
                        })*
                        if !is_known && members.decode_optional::<Any>()?.is_none() {
                            return Ok(read);
                        }
                    }
                })
            }
        }
    };
}

sequence! {
    /// What the whole batch says: who sent it, and whether it is a test.
    BatchControlInfo = 4 {
        sender: OctetString = 196,
        file_type: OctetString = 110,
    }
}

sequence! {
    /// What events refer to by codes.
    NetworkInfo = 6 {
        utc_offsets: Vec<UtcTimeOffsetInfo> = 234,
    }
}

sequence! {
    /// The UTC offset that a code stands for.
    UtcTimeOffsetInfo = 233 {
        code: i64 = 232,
        offset: OctetString = 231,
    }
}

sequence! {
    /// What the batch says at its end.
    AuditControlInfo = 15 {
        events: i64 = 43,
    }
}

sequence! {
    /// A call or message that the visitor made.
    MobileOriginatedCall = 9 {
        basic: MoBasicCallInformation = 147,
        location: LocationInformation = 138,
        services: Vec<BasicServiceUsed> = 38,
        supplementary: OctetString = 209,
    }
}

sequence! {
    /// Who called whom, when, how long.
    MoBasicCallInformation = 147 {
        subscriber: ChargeableSubscriber = 427,
        destination: Destination = 89,
        start: DateTime = 44,
        duration: i64 = 223,
    }
}

sequence! {
    /// A call or message that the visitor received.
    MobileTerminatedCall = 10 {
        basic: MtBasicCallInformation = 153,
        location: LocationInformation = 138,
        services: Vec<BasicServiceUsed> = 38,
    }
}

sequence! {
    /// Who was called by whom, when, how long.
    MtBasicCallInformation = 153 {
        subscriber: ChargeableSubscriber = 427,
        originator: CallOriginator = 41,
        start: DateTime = 44,
        duration: i64 = 223,
    }
}

sequence! {
    /// A data session, or a part of one.
    GprsCall = 14 {
        basic: GprsBasicCallInformation = 114,
        service: GprsServiceUsed = 121,
    }
}

sequence! {
    /// Whose session, when, how long, and which part of it.
    GprsBasicCallInformation = 114 {
        subscriber: GprsChargeableSubscriber = 115,
        destination: GprsDestination = 116,
        start: DateTime = 44,
        duration: i64 = 223,
        partial: OctetString = 166,
        charging_id: i64 = 72,
    }
}

sequence! {
    /// Bytes each way, seen from the visitor.
    GprsServiceUsed = 121 {
        incoming: i64 = 250,
        outgoing: i64 = 251,
    }
}

sequence! {
    /// Whose session.
    GprsChargeableSubscriber = 115 {
        subscriber: ChargeableSubscriber = 427,
    }
}

sequence! {
    /// The access point.
    GprsDestination = 116 {
        access_point: OctetString = 261,
    }
}

sequence! {
    /// Whose usage: a choice in the standard, which looks the same.
    ChargeableSubscriber = 427 {
        sim: SimChargeableSubscriber = 199,
    }
}

sequence! {
    /// The visitor's SIM and number, in digits of half a byte.
    SimChargeableSubscriber = 199 {
        imsi: OctetString = 129,
        msisdn: OctetString = 152,
    }
}

sequence! {
    /// Who was called.
    Destination = 89 {
        called: OctetString = 407,
        dialled: OctetString = 279,
        message_to: OctetString = 419,
    }
}

sequence! {
    /// Who called.
    CallOriginator = 41 {
        calling: OctetString = 405,
        message_from: OctetString = 425,
    }
}

sequence! {
    /// Where the call was recorded.
    LocationInformation = 138 {
        network: NetworkLocation = 156,
    }
}

sequence! {
    /// The recording switch's name for the call.
    NetworkLocation = 156 {
        call_reference: OctetString = 45,
    }
}

sequence! {
    /// One service of the call.
    BasicServiceUsed = 39 {
        service: BasicService = 36,
    }
}

sequence! {
    /// Which service.
    BasicService = 36 {
        code: BasicServiceCode = 426,
    }
}

sequence! {
    /// A teleservice or a bearer service: a choice in the standard, which looks the same. Two hexadecimal digits in text.
    BasicServiceCode = 426 {
        teleservice: OctetString = 218,
        bearer: OctetString = 40,
    }
}

sequence! {
    /// A local time and the code of its UTC offset; always under the tag of what it is the time of.
    DateTime = 44 {
        local: OctetString = 16,
        offset_code: i64 = 232,
    }
}
