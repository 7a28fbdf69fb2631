//! A voicemail with messages, one that refuses, one that is empty, and the page that asks first.

use super::{at, lines::number};
use crate::{
    Page,
    lines::voicemail::{EmptyPage, VoicemailDone, VoicemailPage, VoicemailRefusal},
};
use askama::DynTemplate;
use operations::{
    Service,
    voicemail::{CodeFault, CodeRefusal, KeptMessage, KeptSound, MailRefusal, MailboxShown, Voicemail, sound::SoundFault},
};
use vocabulary::{LineId, VoicemailMessageId};

/// As an operator has it.
pub(super) fn voicemail() -> Voicemail {
    Voicemail {
        services: vec![Service::Fixed],
        home: "123".into(),
        abroad: "+33353010123".parse().expect("a number"),
        most_messages: 4,
        longest_message_s: 180,
        keep_days: 30,
    }
}

fn sound(length_ms: i64) -> KeptSound {
    KeptSound { file: "a.wav".into(), format: "wav".into(), size_bytes: length_ms * 8, length_ms }
}

fn message(id: i64, caller: &str, is_kept: bool) -> KeptMessage {
    let day = i8::try_from(20 - id).unwrap_or(1);
    let (id, line) = (VoicemailMessageId(id), LineId(1));
    KeptMessage { id, line, caller: caller.into(), arrived: at(day, 18, 4, 9), is_kept, sound: sound(id.0 * 41_400) }
}

fn shown() -> MailboxShown {
    MailboxShown {
        line: LineId(1),
        number: number(3),
        voicemail: voicemail(),
        messages: vec![
            message(1, "+33388110042", false),
            message(2, "", false),
            message(3, "+4932114455", true),
            message(4, "+33639980042", true),
        ],
        greeting: Some((sound(5_200), at(3, 9, 30, 0))),
        has_code: true,
        mail_reception: "claire.muller@example.org".into(),
        own_address: "claire.muller@example.org".into(),
    }
}

pub(super) fn all(frame: Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let page = |here: &str| Page { here: here.into(), ..frame.clone() };
    let with = |refusal| VoicemailPage {
        page: page("/lines/1/voicemail"),
        shown: shown(),
        done: None,
        refusal: Some(refusal),
        typed: None,
    };
    let nothing =
        MailboxShown { messages: Vec::new(), greeting: None, has_code: false, mail_reception: String::new(), ..shown() };
    let empty = VoicemailPage {
        page: page("/lines/1/voicemail"),
        shown: nothing,
        done: Some(VoicemailDone::Mail),
        refusal: None,
        typed: None,
    };
    let wrong = VoicemailPage { typed: Some("claire@".into()), ..with(VoicemailRefusal::Mail(MailRefusal::Address)) };
    vec![
        ("voicemail", Box::new(VoicemailPage { done: Some(VoicemailDone::Kept), ..with(VoicemailRefusal::NotAlike) })),
        ("voicemail-mail", Box::new(wrong)),
        ("voicemail-greeting", Box::new(with(VoicemailRefusal::Greeting(SoundFault::TooLong(120))))),
        ("voicemail-code", Box::new(with(VoicemailRefusal::Code(CodeRefusal::Fault(CodeFault::Easy))))),
        ("voicemail-nothing", Box::new(empty)),
        ("voicemail-empty", Box::new(EmptyPage { page: page("/lines/1/voicemail/messages/deleted"), shown: shown() })),
    ]
}
