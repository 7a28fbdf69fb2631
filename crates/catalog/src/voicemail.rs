//! The operator's own voicemail: how it is reached, how much it holds and how long. Where a host network keeps the messages, there is none.

use crate::{Service, draft::Draft};
use vocabulary::E164;

/// A voicemail holds so many messages at most: a page and a walk by keys show all of them.
const MOST_MESSAGES: i64 = 200;
/// No message may be longer, in seconds: ten minutes.
const LONGEST_MESSAGE_S: i64 = 600;
/// Nothing is kept longer, in days.
const MOST_DAYS: i64 = 366;

/// The voicemail of some services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voicemail {
    /// The lines that have it.
    pub services: Vec<Service>,
    /// What is dialled at home to reach it.
    pub home: String,
    /// The number that reaches it from abroad, and from any telephone.
    pub abroad: E164,
    /// So many messages are kept for a line, new ones included.
    pub most_messages: i64,
    /// So long may a message be, in seconds.
    pub longest_message_s: i64,
    /// So many days a message is kept, heard or not.
    pub keep_days: i64,
}

/// Reads the operator's voicemails: a service has one at most.
pub(crate) fn read(draft: &Draft<'_>) -> Vec<Voicemail> {
    let mut voicemails: Vec<Voicemail> = Vec::new();
    draft.each(("voicemail.toml", false), "voicemail", |fields| {
        let mut services = Vec::new();
        for word in fields.list("services") {
            let known = Service::WORDS.into_iter().find(|(name, _)| *name == word.text).map(|(_, service)| service);
            let Some(service) = known.filter(|service| matches!(service, Service::Fixed | Service::Mobile)) else {
                fields.fault("services", format!("`{}` is neither fixed nor mobile", word.text));
                continue;
            };
            if services.contains(&service) || voicemails.iter().any(|other| other.services.contains(&service)) {
                fields.fault("services", format!("`{}` has a voicemail already", word.text));
            }
            services.push(service);
        }
        if services.is_empty() {
            fields.fault("services", "names no service");
        }
        let home = fields.required("home").text;
        if home.is_empty() || home.len() > 15 || !home.bytes().all(|byte| byte.is_ascii_digit()) {
            fields.fault("home", format!("`{home}` is not what somebody dials: up to 15 digits"));
        }
        let abroad = fields.parsed("abroad");
        if abroad.is_none() && !fields.has("abroad") {
            fields.fault("abroad", "is missing");
        }
        let mut number = |field, most| {
            if !fields.has(field) {
                fields.fault(field, "is missing");
            }
            fields.integer(field, 1..=most).unwrap_or(1)
        };
        let most_messages = number("messages", MOST_MESSAGES);
        let longest_message_s = number("longest_seconds", LONGEST_MESSAGE_S);
        let keep_days = number("keep_days", MOST_DAYS);
        if let Some(abroad) = abroad {
            voicemails.push(Voicemail { services, home, abroad, most_messages, longest_message_s, keep_days });
        }
    });
    voicemails
}
