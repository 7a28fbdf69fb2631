//! What a person has to know or type on a telephone, network by network (MOB-65). Each row has a topic, by which pages put it where it helps.

use crate::{fields::Fields, words::Words};

/// One row of a network's parameter sheet.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// What it is for: `apn-internet`.
    pub topic: String,
    /// To which part of the sheet it belongs.
    pub part: SheetPart,
    /// What people call it.
    pub name: Words,
    /// What is to be typed, or done.
    pub value: Words,
}

/// The parts of a sheet, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetPart {
    /// Access points of the internet and of MMS.
    Access,
    /// Access points that only lines with a fixed IP or a partner's platform have.
    Partner,
    /// How the voicemail is reached and set up.
    Voicemail,
    /// The codes that forward calls.
    Forwarding,
    /// Which network is used, at home and abroad, and what to do without one.
    Network,
}

impl SheetPart {
    /// Every topic and the part to which it belongs.
    pub const TOPICS: [(&'static str, SheetPart); 20] = [
        ("apn-internet", Self::Access),
        ("apn-mms", Self::Access),
        ("apn-fixed-ip", Self::Partner),
        ("apn-platform", Self::Partner),
        ("voicemail", Self::Voicemail),
        ("voicemail-visual", Self::Voicemail),
        ("voicemail-config", Self::Voicemail),
        ("voicemail-abroad", Self::Voicemail),
        ("voicemail-code", Self::Voicemail),
        ("forward-all", Self::Forwarding),
        ("forward-all-off", Self::Forwarding),
        ("forward-busy", Self::Forwarding),
        ("forward-no-reply", Self::Forwarding),
        ("forward-unreachable", Self::Forwarding),
        ("forward-off", Self::Forwarding),
        ("network-name", Self::Network),
        ("roaming-profile", Self::Network),
        ("manual-network-android", Self::Network),
        ("manual-network-ios", Self::Network),
        ("no-network-abroad", Self::Network),
    ];
}

/// The sheet of a network: each topic once, and none that no page knows.
pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Vec<SheetRow> {
    let mut rows: Vec<SheetRow> = Vec::new();
    for mut row in fields.tables("sheet") {
        let topic = row.required("topic").text;
        let (name, value) = (row.words("name"), row.words("value"));
        match SheetPart::TOPICS.iter().find(|(known, _)| *known == topic) {
            None => {
                let known = SheetPart::TOPICS.map(|(known, _)| known).join(", ");
                row.fault("topic", format!("`{topic}` is not one of {known}"));
            }
            Some(_) if rows.iter().any(|known| known.topic == topic) => {
                row.fault("topic", format!("`{topic}` stands in this sheet already"));
            }
            Some((_, part)) => rows.push(SheetRow { topic, part: *part, name, value }),
        }
        row.finish();
    }
    rows
}
