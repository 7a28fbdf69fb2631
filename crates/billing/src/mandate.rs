//! The mandate of a billing account: its authorisation to collect by SEPA direct debit (EPC016-06, the CORE scheme).

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use vocabulary::{Bic, Iban, MandateReference};

/// A mandate nobody used for so long is over (EPC016-06 §4.1).
pub const LAPSES_AFTER_MONTHS: i64 = 36;

/// A mandate. `A` is what is known of the account: its IBAN, or where that is not needed only what stands for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate<A = Iban> {
    /// Its reference, which no other mandate of the creditor ever has.
    pub reference: MandateReference,
    /// The account that is debited.
    pub iban: A,
    /// Its bank, where known.
    pub bic: Option<Bic>,
    /// Whose account it is.
    pub holder: String,
    /// When it was signed.
    pub signed: Date,
    /// How often it may be used.
    pub kind: MandateKind,
    /// Whether it may be used.
    pub state: MandateState,
    /// When it was used.
    pub used: Option<Used>,
}

/// How often a mandate may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateKind {
    /// Again and again.
    #[default]
    Recurrent,
    /// Once.
    OneOff,
}

/// Whether a mandate may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MandateState {
    /// It may.
    Active,
    /// Not until somebody has looked: the bank said that something is wrong.
    Blocked {
        /// Since when.
        since: Date,
    },
    /// Never again.
    Ended {
        /// When it ended.
        on: Date,
        /// Why.
        why: MandateEnd,
    },
}

/// Why a mandate ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateEnd {
    /// Its holder ended it, or signed another one after it had lapsed.
    Revoked,
    /// Another account is debited now, under a mandate of its own.
    IbanChanged,
    /// The bank answered that there is no such account or mandate, or that its holder died; or it refused a debit, and its holder signed another one.
    Bank,
}

/// The days of the first and the last debit under a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// The first.
    pub first: Date,
    /// The last; the same where there was one.
    pub last: Date,
}

/// Which debit of a mandate one is (ISO 20022: `SeqTp`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sequence {
    /// The first of several.
    #[serde(rename = "FRST")]
    First,
    /// One of several.
    #[serde(rename = "RCUR")]
    Recurrent,
    /// The last of several.
    #[serde(rename = "FNAL")]
    Final,
    /// The only one.
    #[serde(rename = "OOFF")]
    OneOff,
}

impl Sequence {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "FRST",
            Self::Recurrent => "RCUR",
            Self::Final => "FNAL",
            Self::OneOff => "OOFF",
        }
    }
}

/// Whether debits follow one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Following {
    /// As far as anybody knows.
    #[default]
    Expected,
    /// The account is closed: this is the last.
    None,
}

/// Why a mandate is not used or changed.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum MandateRefusal {
    /// It was ended.
    #[error("mandate `{0}` ended on {1}")]
    Ended(MandateReference, Date),
    /// Nobody used it for 36 months.
    #[error("mandate `{0}` lapsed on {1}, 36 months after it was last used: a new one is needed")]
    Lapsed(MandateReference, Date),
    /// The bank said that something is wrong.
    #[error("mandate `{0}` is blocked since {1}: the bank refused a debit")]
    Blocked(MandateReference, Date),
    /// It is signed after the day.
    #[error("mandate `{0}` is signed on {1}, after the day of the debit")]
    NotSigned(MandateReference, Date),
    /// It was for one debit.
    #[error("mandate `{0}` was for one debit, on {1}")]
    UsedUp(MandateReference, Date),
    /// The account is the same, and may be debited.
    #[error("mandate `{0}` is of this account already")]
    SameAccount(MandateReference),
    /// A mandate needs a reference that no other has.
    #[error("mandate reference `{0}` is that of the mandate that ends")]
    SameReference(MandateReference),
}

/// Where else the money comes from, from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedAccount {
    /// The new account.
    pub iban: Iban,
    /// Its bank, where known.
    pub bic: Option<Bic>,
    /// Whose it is.
    pub holder: String,
    /// The reference of the new mandate.
    pub reference: MandateReference,
}

impl Mandate {
    /// A mandate that was just signed.
    pub fn signed(account: ChangedAccount, on: Date) -> Self {
        let ChangedAccount { iban, bic, holder, reference } = account;
        let (kind, state) = (MandateKind::Recurrent, MandateState::Active);
        Self { reference, iban, bic, holder, signed: on, kind, state, used: None }
    }

    /// Another account is debited from now on, or the same one again of which this mandate may not be used any more: the mandate that ends
    /// and the one that begins (CUS-08). Debits that the bank has already go on under the first.
    ///
    /// # Errors
    /// When it ended before, the reference is the same, or the account is while this mandate is neither blocked nor lapsed.
    pub fn change_account(self, to: ChangedAccount, on: Date) -> Result<(Mandate, Mandate), MandateRefusal> {
        if let MandateState::Ended { on, .. } = self.state {
            return Err(MandateRefusal::Ended(self.reference, on));
        }
        let is_same = to.iban == self.iban;
        if is_same && self.state == MandateState::Active && !self.has_lapsed(on) {
            return Err(MandateRefusal::SameAccount(self.reference));
        }
        if to.reference == self.reference {
            return Err(MandateRefusal::SameReference(self.reference));
        }
        let why = match self.state {
            _ if !is_same => MandateEnd::IbanChanged,
            MandateState::Blocked { .. } => MandateEnd::Bank,
            MandateState::Active | MandateState::Ended { .. } => MandateEnd::Revoked,
        };
        Ok((self.ended(on, why), Mandate::signed(to, on)))
    }
}

impl<A> Mandate<A> {
    /// The same with something else known of its account.
    pub fn with_account<B>(self, iban: B) -> Mandate<B> {
        let Self { reference, bic, holder, signed, kind, state, used, .. } = self;
        Mandate { reference, iban, bic, holder, signed, kind, state, used }
    }

    /// The same with nothing known of its account: what may be done with it does not depend on that.
    pub fn of_nobody(&self) -> Mandate<()> {
        Mandate {
            reference: self.reference.clone(),
            iban: (),
            bic: self.bic,
            holder: self.holder.clone(),
            signed: self.signed,
            kind: self.kind,
            state: self.state.clone(),
            used: self.used,
        }
    }

    /// The first day on which it is over where nobody uses it before.
    pub fn lapses(&self) -> Date {
        let last = self.used.map_or(self.signed, |used| used.last.max(self.signed));
        last.saturating_add(LAPSES_AFTER_MONTHS.months())
    }

    /// Is it over on a day, because nobody used it for so long?
    pub fn has_lapsed(&self, on: Date) -> bool {
        on >= self.lapses()
    }

    /// Which debit one of this day is.
    ///
    /// # Errors
    /// When it may not be used on that day.
    pub fn sequence(&self, day: Date, following: Following) -> Result<Sequence, MandateRefusal> {
        match self.state {
            MandateState::Ended { on, .. } => return Err(MandateRefusal::Ended(self.reference.clone(), on)),
            MandateState::Blocked { since } => return Err(MandateRefusal::Blocked(self.reference.clone(), since)),
            MandateState::Active => {}
        }
        if day < self.signed {
            return Err(MandateRefusal::NotSigned(self.reference.clone(), self.signed));
        }
        if self.has_lapsed(day) {
            return Err(MandateRefusal::Lapsed(self.reference.clone(), self.lapses()));
        }
        match (self.kind, self.used, following) {
            (MandateKind::OneOff, Some(used), _) => Err(MandateRefusal::UsedUp(self.reference.clone(), used.first)),
            (MandateKind::OneOff, None, _) => Ok(Sequence::OneOff),
            (MandateKind::Recurrent, _, Following::None) => Ok(Sequence::Final),
            (MandateKind::Recurrent, None, Following::Expected) => Ok(Sequence::First),
            (MandateKind::Recurrent, Some(_), Following::Expected) => Ok(Sequence::Recurrent),
        }
    }

    /// After a debit of this day was sent to the bank.
    #[must_use]
    pub fn used_on(mut self, day: Date) -> Self {
        let used = self.used.unwrap_or(Used { first: day, last: day });
        self.used = Some(Used { first: used.first.min(day), last: used.last.max(day) });
        self
    }

    /// After a debit of this day was rejected before it was settled: a first one that never was is followed by a first one.
    #[must_use]
    pub fn not_used_on(mut self, day: Date) -> Self {
        self.used = self.used.filter(|used| used.first != day || used.last != day);
        self
    }

    /// Ends it; one that ended before stays as it was.
    #[must_use]
    pub fn ended(mut self, on: Date, why: MandateEnd) -> Self {
        if !matches!(self.state, MandateState::Ended { .. }) {
            self.state = MandateState::Ended { on, why };
        }
        self
    }

    /// Blocks it until somebody has looked; one that may not be used anyway stays as it is.
    #[must_use]
    pub fn blocked(mut self, since: Date) -> Self {
        if self.state == MandateState::Active {
            self.state = MandateState::Blocked { since };
        }
        self
    }

    /// Lets a blocked one be used again.
    #[must_use]
    pub fn unblocked(mut self) -> Self {
        if matches!(self.state, MandateState::Blocked { .. }) {
            self.state = MandateState::Active;
        }
        self
    }
}
