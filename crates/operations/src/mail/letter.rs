//! What mails say: one letter each, with what stands in it. Words and look are the portal's.

use crate::{
    bill_run::tell::InvoiceTold,
    dunning::{DunningStep, DunningTold},
    notification::NotificationKind,
    sim_deliveries::SimsTold,
    split_bill::SplitTold,
    voicemail::Arrived,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use vocabulary::{Cents, Timestamp};

/// What a mail says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum Letter {
    /// The way to a first password.
    FirstAccess {
        /// Where to choose it.
        link: String,
        /// How long the link lasts.
        minutes: i64,
    },
    /// The way to a new password.
    ForgottenPassword {
        /// Where to choose it.
        link: String,
        /// How long the link lasts.
        minutes: i64,
    },
    /// Somebody is asked in by somebody.
    Invitation {
        /// Where to begin.
        link: String,
        /// Who asks.
        by: String,
        /// For whom one will act: a customer, a reseller, an operator.
        party: String,
        /// How long the link lasts.
        days: i64,
    },
    /// Whoever reads this shows that the new address is theirs.
    ConfirmAddress {
        /// Where to confirm it.
        link: String,
        /// How long the link lasts.
        hours: i64,
    },
    /// Somebody signed in from a device that was not known.
    NewDevice {
        /// Browser and system, as far as they tell.
        device: String,
        /// The network address.
        address: String,
        /// When.
        at: Timestamp,
    },
    /// The password is another.
    PasswordChanged {
        /// When.
        at: Timestamp,
        /// How to take it back.
        #[serde(default)]
        not_me: Option<NotMe>,
    },
    /// Somebody wants mails to go to another address: told to the one that they go to.
    AddressAsked {
        /// The new address, as much of it as may be shown.
        to: String,
        /// When.
        at: Timestamp,
        /// How long it is held once it is confirmed, in hours.
        hold_h: i64,
        /// How to take it back.
        not_me: NotMe,
    },
    /// Mails will go to another address, which who helps gave: told to the one that they go to.
    AddressHeld {
        /// The new address, as much of it as may be shown.
        to: String,
        /// When it was given.
        at: Timestamp,
        /// How long it is held, in hours.
        hold_h: i64,
        /// How to take it back.
        not_me: NotMe,
    },
    /// Mails go to another address from now on: told to the old one.
    AddressChanged {
        /// The new address, as much of it as may be shown.
        to: String,
        /// When.
        at: Timestamp,
        /// How to take it back.
        #[serde(default)]
        not_me: Option<NotMe>,
    },
    /// Signing in takes another identifier.
    IdentifierChanged {
        /// The new one, as much of it as may be shown.
        to: String,
        /// When.
        at: Timestamp,
        /// How to take it back.
        #[serde(default)]
        not_me: Option<NotMe>,
    },
    /// A person is reached at other numbers.
    NumbersChanged {
        /// When.
        at: Timestamp,
        /// How to take it back.
        not_me: NotMe,
    },
    /// One-time codes are asked for from now on.
    CodesSwitchedOn {
        /// When.
        at: Timestamp,
        /// How to take it back.
        #[serde(default)]
        not_me: Option<NotMe>,
    },
    /// One-time codes are asked for no more.
    CodesSwitchedOff {
        /// When.
        at: Timestamp,
    },
    /// A recovery code stood in for a one-time code.
    RecoveryCodeUsed {
        /// How many are left.
        left: i64,
        /// When.
        at: Timestamp,
    },
    /// Somebody can sign in with a passkey from now on.
    PasskeyAdded {
        /// What it is called.
        passkey: String,
        /// When.
        at: Timestamp,
        /// How to take it back.
        #[serde(default)]
        not_me: Option<NotMe>,
    },
    /// Nobody can sign in with a passkey any more.
    PasskeyRemoved {
        /// What it was called.
        passkey: String,
        /// When.
        at: Timestamp,
    },
    /// Somebody who helps takes codes and passkeys away, now or after a while.
    SecondFactorRemoved {
        /// When.
        at: Timestamp,
        /// How long it is held, in hours.
        hold_h: i64,
        /// How to take it back.
        not_me: NotMe,
    },
    /// Nobody signs in any more for a party.
    AccessTakenAway {
        /// For whom one acted: a customer, a reseller, an operator.
        party: String,
        /// When.
        at: Timestamp,
    },
    /// One signs in for a party again.
    AccessGivenBack {
        /// For whom one acts.
        party: String,
        /// When.
        at: Timestamp,
    },
    /// A line has no access of its own any more.
    LineJoined {
        /// Its number, with a plus.
        number: String,
        /// Whose account it goes with.
        party: String,
        /// When.
        at: Timestamp,
    },
    /// A line is to have another SIM: told to who hears of the line, because whoever has the SIM receives the codes of banks.
    SimSwapped {
        /// Its number, with a plus; empty while it has none.
        number: String,
        /// The last digits of the new SIM's number.
        sim: String,
        /// When it was asked for.
        at: Timestamp,
    },
    /// An eSIM waits for its telephone.
    EsimReady {
        /// The line's number, with a plus; empty where the network has still to give it.
        number: String,
        /// Its activation code, without `LPA:`.
        code: String,
    },
    /// The messages of a line do not come here any more: told to the address that they went to.
    LineContactChanged {
        /// Its number, with a plus; empty while it has none.
        number: String,
        /// When.
        at: Timestamp,
    },
    /// Somebody did something to lines or an order, of which the reader wants to be told (RES-10).
    LineTold {
        /// What.
        what: NotificationKind,
        /// To how many lines that the reader sees; none for what is of an order as a whole.
        lines: i64,
        /// The number of the one line, with a plus; empty for several, and while it has none.
        number: String,
        /// Who uses it; empty for several.
        user: String,
        /// Whose they are; empty for who sees one customer only.
        party: String,
        /// Who did it; empty where the reader may not know.
        by: String,
        /// What is other: the name of a plan, an option, an account; empty where there is none.
        detail: String,
        /// When it was done.
        at: Timestamp,
        /// From when on it holds, where that is later.
        effect: Option<Timestamp>,
        /// Where the line, or what became of all of them, can be seen.
        link: String,
        /// Where the order can be seen; empty where there is none besides the link.
        order: String,
        /// Where the reader chooses what to be told of.
        choose: String,
    },
    /// Blank SIM cards were ordered, or are on their way: told to who ordered them.
    BlankSims(SimsTold),
    /// Somebody left a message; its sound comes with the mail.
    VoicemailMessage {
        /// The line's number, with a plus.
        number: String,
        /// What is known of it.
        arrived: Arrived,
    },
    /// The messages of a line's voicemail are sent to another address from now on.
    VoicemailMail {
        /// The line's number, with a plus.
        number: String,
        /// To where; empty for not to the reader any more.
        to: String,
        /// When.
        at: Timestamp,
    },
    /// There is a new invoice, or a credit note.
    InvoiceIssued(InvoiceTold),
    /// Who uses a line pays a part of its bill, or does not any more.
    SplitBill(SplitTold),
    /// Something is not paid, and what comes of it; or all is well again (BIL-09).
    Dunning(DunningTold),
    /// Another bank account is debited from now on, one for the first time or again, or none any more: told to the address before and the new one.
    DebitChanged {
        /// What the customer calls the account.
        account: String,
        /// What of the IBAN before may be shown; empty for none, and for the same.
        before: String,
        /// What of the new one may be shown; empty for none.
        after: String,
        /// The reference of the mandate that begins, or ends.
        reference: String,
        /// Who collects, by name and identifier (ICS).
        creditor: String,
        /// When.
        at: Timestamp,
    },
    /// An invoice is collected on a day that it does not say itself.
    DebitAnnounced {
        /// The number of the invoice.
        number: String,
        /// How much.
        amount: Cents,
        /// When: `2026-11-24`.
        day: String,
        /// What of the IBAN may be shown.
        iban: String,
        /// The reference of the mandate.
        reference: String,
        /// Who collects, by name and identifier (ICS).
        creditor: String,
    },
    /// The bank did not let a debit through, or took it back.
    DebitCameBack {
        /// The numbers of the invoices.
        numbers: String,
        /// How much.
        amount: Cents,
        /// The day on which it is collected once more; empty where the customer pays otherwise: `2026-11-24`.
        day: String,
    },
    /// New invoices of an account are told to another address, or to nobody: told to the address before and the new one.
    InvoicesElsewhere {
        /// What the customer calls the account.
        account: String,
        /// The new address, as much of it as may be shown; empty for none.
        to: String,
        /// When.
        at: Timestamp,
    },
    /// A payment by card came, or some of it is given back (CUS-09).
    Payment {
        /// Is it given back?
        is_back: bool,
        /// How much, in cents.
        cents: i64,
        /// Which payment, as people name it.
        payment: String,
        /// What the customer calls the account.
        account: String,
        /// The invoice that it is for; empty for none.
        invoice: String,
        /// When.
        at: Timestamp,
        /// Where it can be seen.
        link: String,
    },
    /// Nothing happened: somebody tries whether mails leave.
    Test,
}

/// The way out for who reads of a change that they did not make.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMe {
    /// Where to take it back.
    pub link: String,
    /// How long the link lasts.
    pub days: i64,
}

impl Letter {
    /// The word of its template.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::FirstAccess { .. } => "first-access",
            Self::ForgottenPassword { .. } => "forgotten-password",
            Self::Invitation { .. } => "invitation",
            Self::ConfirmAddress { .. } => "confirm-address",
            Self::NewDevice { .. } => "new-device",
            Self::PasswordChanged { .. } => "password-changed",
            Self::AddressAsked { .. } => "address-asked",
            Self::AddressHeld { .. } => "address-held",
            Self::AddressChanged { .. } => "address-changed",
            Self::IdentifierChanged { .. } => "identifier-changed",
            Self::NumbersChanged { .. } => "numbers-changed",
            Self::CodesSwitchedOn { .. } => "codes-switched-on",
            Self::CodesSwitchedOff { .. } => "codes-switched-off",
            Self::RecoveryCodeUsed { .. } => "recovery-code-used",
            Self::PasskeyAdded { .. } => "passkey-added",
            Self::PasskeyRemoved { .. } => "passkey-removed",
            Self::SecondFactorRemoved { .. } => "second-factor-removed",
            Self::AccessTakenAway { .. } => "access-taken-away",
            Self::AccessGivenBack { .. } => "access-given-back",
            Self::LineJoined { .. } => "line-joined",
            Self::SimSwapped { .. } => "sim-swapped",
            Self::EsimReady { .. } => "esim-ready",
            Self::LineContactChanged { .. } => "line-contact-changed",
            Self::LineTold { what, .. } => what.template(),
            Self::BlankSims(told) => told.word(),
            Self::VoicemailMessage { .. } => "voicemail-message",
            Self::VoicemailMail { .. } => "voicemail-mail",
            Self::InvoiceIssued(told) if told.is_credit_note => "credit-note-issued",
            Self::InvoiceIssued(_) => "invoice-issued",
            Self::SplitBill(told) if told.paid.is_none() => "split-bill-over",
            Self::SplitBill(_) => "split-bill",
            Self::Dunning(told) => match told.step {
                Some(DunningStep::Reminder) => "dunning-reminder",
                Some(DunningStep::SecondReminder) => "dunning-second-reminder",
                Some(DunningStep::Restriction) => "dunning-restriction",
                Some(DunningStep::Suspension) => "dunning-suspension",
                None => "dunning-over",
            },
            Self::DebitChanged { before, after, .. } => match (before.is_empty(), after.is_empty()) {
                (true, _) => "debit-begun",
                (false, false) => "debit-changed",
                (false, true) => "debit-ended",
            },
            Self::DebitAnnounced { .. } => "debit-announced",
            Self::DebitCameBack { .. } => "debit-came-back",
            Self::InvoicesElsewhere { .. } => "invoices-elsewhere",
            Self::Payment { is_back: false, .. } => "payment-received",
            Self::Payment { is_back: true, .. } => "payment-given-back",
            Self::Test => "test",
        }
    }
}

/// Its word only: links let somebody in.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
