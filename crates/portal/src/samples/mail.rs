//! Every letter, as a brand of these samples writes it.

use super::{at, pages};
use crate::{
    Locale, Page,
    mail::MailTemplates,
    mailbox::{BoxedMailPage, MailboxPage},
    mails::{MailsPage, Sender, Senders, texts::TextsPage},
    pagination::PageSize,
};
use jiff::tz::TimeZone;
use operations::{
    bill_run::tell::{InvoiceTold, ToldPayment},
    brand::BrandLook,
    dunning::{DunningStep, DunningTold},
    mail::{Addressed, BoxedMail, KeptMail, Letter, MailRenderer as _, MailWords, NotMe, RenderedMail},
    notification::NotificationKind,
    sign_in::{Brand, Door},
    sim_deliveries::SimsTold,
    split_bill::{SplitKind, SplitProfile, SplitTold},
    text_message::{BoxedText, KeptText, RenderedText, TextNotice, TextRenderer as _},
    voicemail::Arrived,
};
use vocabulary::{BrandId, Cents, MailId, NumberingPlan, OperatorId, TextMessageId, Timestamp};

/// A brand whose colour white text cannot be read on.
pub(crate) fn brand() -> Brand {
    Brand {
        id: BrandId(1),
        host: "one.example".into(),
        door: Door { operator: OperatorId(1), reseller: None },
        look: BrandLook {
            name: "Étoile & Fils".into(),
            colour: "#f2c200".into(),
            email: "bonjour@one.example".into(),
            ..BrandLook::default()
        },
        logos: Vec::new(),
        legal: Vec::new(),
        languages: Locale::ALL.map(|locale| locale.tag().to_owned()).to_vec(),
        zone: TimeZone::get("Europe/Paris").expect("the zones are compiled in"),
        plan: NumberingPlan {
            calling_code: 33,
            trunk_prefix: "0".into(),
            international_prefix: "00".into(),
            national_digits: vec![9],
        },
    }
}

/// What was done to so many lines.
fn told(what: NotificationKind, lines: i64) -> Letter {
    let one = |text: &str| if lines == 1 { text.to_owned() } else { String::new() };
    Letter::LineTold {
        what,
        lines,
        number: one("+33639980011"),
        user: one("Alice <b>Martin"),
        party: "Menuiserie Lambert".into(),
        by: "Hugo Lambert".into(),
        detail: String::new(),
        at: at(21, 10, 5, 0),
        effect: Some(at(30, 0, 0, 0)),
        link: "https://one.example/access/a?b=1&c=2".into(),
        order: "https://one.example/orders/7".into(),
        choose: "https://one.example/account/notifications".into(),
    }
}

/// Another account at a bank is debited.
fn debit(before: &str, after: &str) -> Letter {
    Letter::DebitChanged {
        account: "Atelier <b>".into(),
        before: before.into(),
        after: after.into(),
        reference: "ETO-4711-2".into(),
        creditor: "Étoile & Fils, FR72ZZZ123456".into(),
        at: at(21, 10, 5, 0),
    }
}

/// One of each.
pub(crate) fn letters() -> Vec<Letter> {
    let link = || "https://one.example/access/a?b=1&c=2".to_owned();
    let not_me = || NotMe { link: link(), days: 7 };
    let at = at(21, 10, 5, 0);
    vec![
        Letter::FirstAccess { link: link(), minutes: 15 },
        Letter::ForgottenPassword { link: link(), minutes: 1 },
        Letter::Invitation { link: link(), by: "Inès <b>".into(), party: "Menuiserie Lambert".into(), days: 7 },
        Letter::ConfirmAddress { link: link(), hours: 24 },
        Letter::NewDevice { device: "Firefox, Linux".into(), address: "192.0.2.7".into(), at },
        Letter::PasswordChanged { at, not_me: Some(not_me()) },
        Letter::AddressAsked { to: "c*******@…org".into(), at, hold_h: 24, not_me: not_me() },
        Letter::AddressHeld { to: "c*******@…org".into(), at, hold_h: 24, not_me: not_me() },
        Letter::AddressChanged { to: "c*******@…org".into(), at, not_me: Some(not_me()) },
        Letter::IdentifierChanged { to: "a*******".into(), at, not_me: None },
        Letter::NumbersChanged { at, not_me: not_me() },
        Letter::CodesSwitchedOn { at, not_me: Some(not_me()) },
        Letter::CodesSwitchedOff { at },
        Letter::RecoveryCodeUsed { left: 9, at },
        Letter::PasskeyAdded { passkey: "Téléphone".into(), at, not_me: Some(not_me()) },
        Letter::PasskeyRemoved { passkey: "Téléphone".into(), at },
        Letter::SecondFactorRemoved { at, hold_h: 24, not_me: not_me() },
        Letter::AccessTakenAway { party: "Menuiserie Lambert".into(), at },
        Letter::AccessGivenBack { party: "Menuiserie Lambert".into(), at },
        Letter::LineJoined { number: "+33639980011".into(), party: "Claire Muller".into(), at },
        Letter::SimSwapped { number: "+33639980011".into(), sim: "9073".into(), at },
        Letter::EsimReady { number: "+33639980011".into(), code: "1$rsp.one.example$K8RW2-9QD4H-PZ7MB-3XTCA$$1".into() },
        Letter::LineContactChanged { number: "+33639980011".into(), at },
        told(NotificationKind::Suspension, 200),
        told(NotificationKind::User, 1),
        told(NotificationKind::OrderDone, 0),
        Letter::BlankSims(SimsTold { cards: 20, promised: "2026-11-24".into(), city: None }),
        Letter::BlankSims(SimsTold { cards: 20, promised: "2026-11-24".into(), city: Some("Colmar".into()) }),
        Letter::VoicemailMessage {
            number: "+33639980011".into(),
            arrived: Arrived { message: 1, caller: "+33388110042".into(), at, length_ms: 41_400 },
        },
        Letter::VoicemailMail { number: "+33639980011".into(), to: "claire.muller@example.org".into(), at },
        Letter::VoicemailMail { number: "+33639980011".into(), to: String::new(), at },
        invoice(false, ToldPayment::By("2026-12-17".into())),
        invoice(false, ToldPayment::Debited("2026-12-15".into())),
        invoice(false, ToldPayment::Nothing),
        invoice(true, ToldPayment::Nothing),
        dunned(Some(DunningStep::Reminder), Some(DunningStep::SecondReminder)),
        dunned(Some(DunningStep::SecondReminder), Some(DunningStep::Restriction)),
        dunned(Some(DunningStep::Restriction), Some(DunningStep::Suspension)),
        dunned(Some(DunningStep::Suspension), None),
        dunned(None, None),
        debit("", "FR** **** **** **** **** ***0 189"),
        debit("FR** **** **** **** **** ***0 189", "BE** **** **** 7034"),
        debit("BE** **** **** 7034", ""),
        Letter::DebitAnnounced {
            number: "EF2026-000123".into(),
            amount: Cents::new(4_990),
            day: "2026-12-24".into(),
            iban: "BE** **** **** 7034".into(),
            reference: "ETO-4711-2".into(),
            creditor: "Étoile & Fils, FR72ZZZ123456".into(),
        },
        Letter::DebitCameBack { numbers: "EF2026-000123".into(), amount: Cents::new(4_990), day: "2026-12-24".into() },
        Letter::DebitCameBack { numbers: "EF2026-000123".into(), amount: Cents::new(4_990), day: String::new() },
        Letter::InvoicesElsewhere { account: "Atelier <b>".into(), to: "c*******@…org".into(), at },
        Letter::InvoicesElsewhere { account: "Atelier <b>".into(), to: String::new(), at },
        split_bill(Some(SplitProfile::Share { per_cent: 60 })),
        split_bill(Some(SplitProfile::UpTo { amount: Cents::new(2_550) })),
        split_bill(Some(SplitProfile::Kinds { kinds: vec![SplitKind::Plan, SplitKind::Options] })),
        split_bill(None),
        payment(false, at),
        payment(true, at),
        Letter::Test,
    ]
}

fn invoice(is_credit_note: bool, pay: ToldPayment) -> Letter {
    Letter::InvoiceIssued(InvoiceTold {
        number: "VA2026-000123".into(),
        is_credit_note,
        account: "Atelier <b>".into(),
        issued: "2026-12-02".into(),
        amount: Cents::new(1_399),
        pay,
        link: "https://one.example/access/a?b=1&c=2".into(),
    })
}

fn split_bill(paid: Option<SplitProfile>) -> Letter {
    Letter::SplitBill(SplitTold {
        customer: "Atelier <b>".into(),
        number: "+33639981234".into(),
        since: "2026-12-01".into(),
        paid,
        link: "https://one.example/access/a?b=1&c=2".into(),
    })
}

fn dunned(step: Option<DunningStep>, next: Option<DunningStep>) -> Letter {
    let is_over = step.is_none();
    Letter::Dunning(DunningTold {
        step,
        account: "Atelier <b>".into(),
        late: if is_over { Cents::ZERO } else { Cents::new(1_399) },
        fee: if step == Some(DunningStep::SecondReminder) { Cents::new(4_000) } else { Cents::ZERO },
        items: if is_over { Vec::new() } else { vec![("VA2026-000123".into(), Cents::new(1_399), "2026-12-17".into())] },
        next: next.map(|next| (next, "2027-01-08".into())),
        link: "https://one.example/access/a?b=1&c=2".into(),
    })
}

fn payment(is_back: bool, at: Timestamp) -> Letter {
    Letter::Payment {
        is_back,
        cents: 3_997,
        payment: "4711".into(),
        account: "Maison".into(),
        invoice: "ET2026-000123".into(),
        at,
        link: "https://one.example/access/a?b=1&c=2".into(),
    }
}

/// One of each text message.
pub(crate) fn notices() -> [TextNotice; 6] {
    let at = at(21, 10, 5, 0);
    [
        TextNotice::AddressAsked { at },
        TextNotice::PasswordChanged { at },
        TextNotice::IdentifierChanged { at },
        TextNotice::NumbersChanged { at },
        TextNotice::SecondFactorRemoved { at },
        TextNotice::SimSwapped { at },
    ]
}

fn boxed_texts(locale: Locale) -> Vec<BoxedText> {
    let boxed = |(id, notice): (i64, TextNotice)| BoxedText {
        text: RenderedText {
            id: TextMessageId(id),
            operator: OperatorId(1),
            host: "one.example".into(),
            from_name: "Étoile & Fils".into(),
            to: "+33639980011".into(),
            language: locale.tag().into(),
            template: notice.word().into(),
            written: at(21, 10, 5, 0),
            text: MailTemplates.render_text(&brand(), locale.tag(), notice),
        },
        sent: at(21, 10, 5, 1),
    };
    (1..).zip(notices()).map(boxed).collect()
}

/// A letter to somebody whose name needs care.
pub(crate) fn words(letter: &Letter, locale: Locale) -> MailWords {
    let addressed = Addressed { name: "Claire \"<i>\" Muller", language: locale.tag(), letter };
    MailTemplates.render(&brand(), addressed).expect("a sample renders")
}

/// Every letter in a language: its word and its HTML.
pub fn mails(locale: Locale) -> Vec<(&'static str, String)> {
    letters().iter().map(|letter| (letter.word(), words(letter, locale).html)).collect()
}

fn boxed(locale: Locale) -> Vec<BoxedMail> {
    let boxed = |(id, letter): (i64, Letter)| BoxedMail {
        mail: RenderedMail {
            id: MailId(id),
            operator: OperatorId(1),
            host: "one.example".into(),
            message_id: format!("{id}@one.example"),
            from_name: "Étoile & Fils".into(),
            from: "bonjour@one.example".into(),
            to: "claire.muller@example.org".into(),
            language: locale.tag().into(),
            template: letter.word().into(),
            written: at(21, 10, 5, 0),
            words: words(&letter, locale),
            reply_to: None,
            logo: None,
            file: None,
        },
        sent: at(21, 10, 5, 1),
    };
    (1..).zip(letters()).map(boxed).collect()
}

fn senders() -> Senders {
    let Brand { host, look, .. } = brand();
    Senders::from([(host, Sender { name: look.name, languages: Locale::ALL.to_vec() })])
}

/// A mail of each letter, in every state.
pub(super) fn mails_page(page: Page) -> MailsPage {
    const STATES: [(&str, Option<&str>); 5] = [
        ("uncertain", Some("response error: incomplete response")),
        ("failed", Some("permanent error (550): 5.1.1 no such user")),
        ("waiting", Some("transient error (451): 4.3.0 try again later")),
        ("sending", None),
        ("sent", None),
    ];
    let kept = |((id, letter), (state, problem)): ((i64, Letter), (&str, Option<&str>))| KeptMail {
        id: MailId(id),
        operator: OperatorId(1),
        host: "one.example".into(),
        recipient: "claire.muller@example.org".into(),
        language: "fr".into(),
        template: letter.word().into(),
        message_id: format!("{id}@one.example"),
        created: at(21, 10, 5, 0),
        due: at(21, 10, 5, 0),
        useful_until: None,
        state: state.into(),
        attempts: 1,
        problem: problem.map(str::to_owned),
        sent: (state == "sent").then(|| at(21, 10, 5, 1)),
        is_whole: state != "sent",
    };
    let mails: Vec<_> = (1..).zip(letters()).zip(STATES.into_iter().cycle()).map(kept).collect();
    MailsPage { page, pages: pages(1, PageSize::TwentyFive, 15), mails, senders: senders() }
}

/// A text message of each notice.
pub(super) fn texts_page(page: Page) -> TextsPage {
    const STATES: [(&str, Option<&str>); 4] =
        [("failed", Some("0x0000000B invalid destination")), ("waiting", None), ("sending", None), ("sent", None)];
    let kept = |((id, notice), (state, problem)): ((i64, TextNotice), (&str, Option<&str>))| KeptText {
        id: TextMessageId(id),
        operator: OperatorId(1),
        host: "one.example".into(),
        recipient: "+33639980011".into(),
        language: "fr".into(),
        template: notice.word().into(),
        created: at(21, 10, 5, 0),
        useful_until: at(23, 10, 5, 0),
        state: state.into(),
        attempts: 1,
        problem: problem.map(str::to_owned),
        is_whole: state != "sent",
    };
    let texts: Vec<_> = (1..).zip(notices()).zip(STATES).map(kept).collect();
    TextsPage { page, pages: pages(1, PageSize::TwentyFive, 4), texts, senders: senders() }
}

pub(super) fn mailbox(page: Page) -> MailboxPage {
    let page = Page { viewer: None, menu: Vec::new(), section: None, ..page };
    MailboxPage { mails: boxed(page.locale), texts: boxed_texts(page.locale), page }
}

pub(super) fn boxed_mail(page: Page) -> BoxedMailPage {
    let page = Page { viewer: None, menu: Vec::new(), section: None, ..page };
    BoxedMailPage { boxed: boxed(page.locale).swap_remove(4), page }
}
