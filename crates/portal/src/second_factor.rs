//! What protects one's own login besides a password (PLT-03): one-time codes with their recovery codes, and passkeys.

mod handler;
mod passkeys;

pub(crate) use handler::{HERE, begin, confirm, end, get, missing, renew};
pub(crate) use passkeys::{add, ask, challenge, refused_challenge, remove, site};

use crate::{Icon, Page, Theme, proof::Marks, qr::QrCode};
use askama::Template;
use operations::{
    KeptPasskey,
    passkey::PasskeyRefusal,
    second_factor::{CodeRefusal, Codes, Missing, RecoveryCodes, SecondFactor, Setup},
};
use vocabulary::PasskeyId;

/// Why something was not changed, and by which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorRefusal {
    /// Something about one-time codes.
    Codes(CodeRefusal),
    /// Switching them off.
    Ending(CodeRefusal),
    /// Adding a passkey.
    Adding(PasskeyRefusal),
    /// Removing that one.
    Removing(PasskeyId, PasskeyRefusal),
}

/// A form about one-time codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorForm {
    /// What switches them on, or makes other recovery codes.
    Codes,
    /// What switches them off.
    Ending,
}

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorDone {
    /// Codes are off.
    CodesEnded,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
}

/// The page.
#[derive(Template)]
#[template(path = "second_factor/show.html")]
pub struct SecondFactorPage {
    /// Its frame.
    pub page: Page,
    /// What there is.
    pub factor: SecondFactor,
    /// What was changed.
    pub done: Option<FactorDone>,
    /// What was not, and why.
    pub refusal: Option<FactorRefusal>,
}

impl SecondFactorPage {
    fn is_done(&self, done: FactorDone) -> bool {
        self.done == Some(done)
    }

    fn has_codes(&self) -> bool {
        matches!(self.factor.codes, Codes::On(_))
    }

    fn is_missing(&self) -> bool {
        self.factor.missing == Some(Missing::Codes)
    }

    fn codes_refusal(&self) -> Option<String> {
        match self.refusal? {
            FactorRefusal::Codes(refusal) | FactorRefusal::Ending(refusal) => Some(code_words(&self.page, refusal)),
            FactorRefusal::Adding(_) | FactorRefusal::Removing(..) => None,
        }
    }

    fn is_refused(&self, form: FactorForm) -> bool {
        match self.refusal {
            Some(FactorRefusal::Codes(_)) => form == FactorForm::Codes,
            Some(FactorRefusal::Ending(_)) => form == FactorForm::Ending,
            _ => false,
        }
    }

    /// What of the proof in a form is wrong.
    fn codes_marks(&self, form: FactorForm) -> Marks {
        let Some(FactorRefusal::Codes(refusal) | FactorRefusal::Ending(refusal)) = self.refusal else { return Marks::default() };
        let is_here = self.is_refused(form);
        Marks {
            password: is_here && refusal == CodeRefusal::WrongPassword,
            code: is_here && refusal == CodeRefusal::WrongCode,
            refusal: "codes-refusal",
        }
    }

    fn is_removal_refused(&self, passkey: &KeptPasskey) -> bool {
        matches!(self.refusal, Some(FactorRefusal::Removing(id, _)) if id == passkey.id)
    }

    /// What of the proof beside a passkey is wrong.
    fn passkey_marks(&self) -> Marks {
        let refusal = match self.refusal {
            Some(FactorRefusal::Adding(refusal) | FactorRefusal::Removing(_, refusal)) => Some(refusal),
            _ => None,
        };
        Marks {
            password: refusal == Some(PasskeyRefusal::WrongPassword),
            code: refusal == Some(PasskeyRefusal::WrongCode),
            refusal: "passkeys-refusal",
        }
    }

    fn passkeys_refusal(&self) -> Option<String> {
        match self.refusal? {
            FactorRefusal::Adding(refusal) | FactorRefusal::Removing(_, refusal) => Some(passkey_words(&self.page, refusal)),
            FactorRefusal::Codes(_) | FactorRefusal::Ending(_) => None,
        }
    }

    fn qr(&self, setup: &Setup) -> Option<QrCode> {
        QrCode::of(&setup.address)
    }

    /// The secret in groups of four, as apps show it.
    fn groups(&self, setup: &Setup) -> Vec<String> {
        setup.secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect()
    }

    fn passkey_dates(&self, passkey: &KeptPasskey) -> String {
        let made = self.page.ta("passkey-made", self.page.moment(passkey.made));
        match passkey.used {
            Some(used) => format!("{made} · {}", self.page.ta("passkey-used", self.page.moment(used))),
            None => format!("{made} · {}", self.page.t("passkey-never-used")),
        }
    }
}

/// Which recovery codes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryMade {
    /// The first, with which one-time codes are on.
    First,
    /// Others in place of those before.
    Again,
}

/// The page that shows recovery codes, once.
#[derive(Template)]
#[template(path = "second_factor/recovery.html")]
pub struct RecoveryPage {
    /// Its frame.
    pub page: Page,
    /// The codes.
    pub codes: RecoveryCodes,
    /// Are they the first?
    pub made: RecoveryMade,
    /// Where to go on.
    pub next: &'static str,
}

impl RecoveryPage {
    /// All of them, one a line, to be copied.
    fn all(&self) -> String {
        self.codes.0.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// Why a code is not taken.
pub(crate) fn code_words(page: &Page, refusal: CodeRefusal) -> String {
    match refusal {
        CodeRefusal::WrongPassword => page.t("account-wrong-password").into(),
        CodeRefusal::WrongCode => page.t("code-wrong").into(),
        CodeRefusal::Wait(minutes) => page.tn("sign-in-too-many", minutes),
        CodeRefusal::Over => page.t("code-over").into(),
        CodeRefusal::Required => page.t("code-required").into(),
        CodeRefusal::NoKeys => page.t("code-no-keys").into(),
    }
}

/// Why a passkey is not taken.
pub(crate) fn passkey_words(page: &Page, refusal: PasskeyRefusal) -> String {
    match refusal {
        PasskeyRefusal::WrongPassword => page.t("account-wrong-password").into(),
        PasskeyRefusal::WrongCode => page.t("code-wrong").into(),
        PasskeyRefusal::Wait(minutes) => page.tn("sign-in-too-many", minutes),
        PasskeyRefusal::Unknown => page.t("passkey-not-taken").into(),
        PasskeyRefusal::Name(refusal) => page.label_words(refusal, page.t("passkey-name-wanted")),
        PasskeyRefusal::TooMany => page.t("passkey-too-many").into(),
    }
}
