//! One's own login: password, identifier, and where one is signed in (CUS-05, PLT-03).

pub mod email;
mod handler;
pub mod notifications;
pub mod numbers;

pub(crate) use handler::{end, get, identifier, keep_factors, password};

use crate::{
    Icon, Page, Theme,
    access::password_words,
    proof::{self, Marks},
};
use askama::Template;
use operations::{
    IdentifierKind, KeptSession, NumberKind,
    account::{Account, AccountRefusal},
    proof::{ProofRefusal, Ways},
};
use vocabulary::{E164, Party, SessionId, Timestamp};

/// Which form a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountForm {
    /// The password.
    Password,
    /// The identifier.
    Identifier,
    /// The sessions.
    Sessions,
    /// The address: a link went to it.
    EmailAsked,
    /// The address: it is confirmed, and held.
    EmailConfirmed,
    /// The address: it is the new one.
    EmailChanged,
    /// The address: it stays as it is.
    EmailTakenBack,
    /// The numbers.
    Numbers,
    /// Codes and passkeys: they are not taken away.
    FactorsKept,
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was asked for.
    Account(AccountRefusal),
    /// There is no fresh proof.
    Proof(ProofRefusal),
}

impl AccountForm {
    /// Every form with its word in the address.
    pub(crate) const WORDS: [(&'static str, Self); 9] = [
        ("password", Self::Password),
        ("identifier", Self::Identifier),
        ("sessions", Self::Sessions),
        ("email-asked", Self::EmailAsked),
        ("email-confirmed", Self::EmailConfirmed),
        ("email-changed", Self::EmailChanged),
        ("email-taken-back", Self::EmailTakenBack),
        ("numbers", Self::Numbers),
        ("factors-kept", Self::FactorsKept),
    ];
}

/// The page.
#[derive(Template)]
#[template(path = "account/show.html")]
pub struct AccountPage {
    /// Its frame.
    pub page: Page,
    /// The login.
    pub account: Account,
    /// When codes and passkeys will be taken away, because somebody asked a desk for it.
    pub factors_removed_at: Option<Timestamp>,
    /// What can be shown as proof here.
    pub ways: Ways,
    /// The session that asks.
    pub current: SessionId,
    /// What was changed.
    pub done: Option<AccountForm>,
    /// What was not, and why.
    pub refusal: Option<(AccountForm, Refusal)>,
    /// What was typed as identifier.
    pub wanted: String,
}

impl AccountPage {
    fn is_done(&self, form: AccountForm) -> bool {
        self.done == Some(form)
    }

    fn refusal_of(&self, form: AccountForm) -> Option<String> {
        let (about, refusal) = self.refusal?;
        (about == form).then(|| match refusal {
            Refusal::Proof(refusal) => proof::words(&self.page, refusal),
            Refusal::Account(AccountRefusal::Password(refusal)) => password_words(&self.page, refusal).into(),
            Refusal::Account(AccountRefusal::Taken) => self.page.t("account-taken").into(),
            Refusal::Account(AccountRefusal::NoIdentifier) => self.page.t("account-no-identifier").into(),
        })
    }

    /// What of the proof beside a new password is wrong.
    fn password_marks(&self) -> Marks {
        match self.refusal {
            Some((AccountForm::Password, Refusal::Proof(refusal))) => Marks::of(Some(refusal), "password-refusal"),
            _ => Marks::default(),
        }
    }

    /// The same beside a new identifier.
    fn proof_marks(&self) -> Marks {
        match self.refusal {
            Some((AccountForm::Identifier, Refusal::Proof(refusal))) => Marks::of(Some(refusal), "identifier-refusal"),
            _ => Marks::default(),
        }
    }

    /// Is it what was asked for that is not taken?
    fn is_new_refused(&self, form: AccountForm) -> bool {
        matches!(self.refusal, Some((about, Refusal::Account(_))) if about == form)
    }

    /// What became of the address, in words.
    fn email_done(&self) -> Option<&'static str> {
        match self.done? {
            AccountForm::EmailAsked => Some(self.page.t("email-asked")),
            AccountForm::EmailConfirmed => Some(self.page.t("email-confirmed")),
            AccountForm::EmailChanged => Some(self.page.t("email-changed")),
            AccountForm::EmailTakenBack => Some(self.page.t("email-taken-back")),
            _ => None,
        }
    }

    fn number_name(&self, kind: &NumberKind) -> &'static str {
        numbers::kind_name(&self.page, *kind)
    }

    fn number(&self, number: &E164) -> String {
        self.page.party(&Party::Number(*number))
    }

    /// Does the form of the identifier ask for a proof?
    fn asks_proof(&self) -> bool {
        let was_shown = matches!(self.refusal, Some((_, Refusal::Account(_))));
        !self.account.is_proved && !was_shown
    }

    fn kind_name(&self, kind: &IdentifierKind) -> &'static str {
        match kind {
            IdentifierKind::Reference => self.page.t("identifier-reference"),
            IdentifierKind::Own => self.page.t("identifier-own"),
            IdentifierKind::Number => self.page.t("identifier-number"),
            IdentifierKind::Email => self.page.t("identifier-email"),
        }
    }

    /// As the customer knows it: references have a capital letter.
    fn written(&self, kind: &IdentifierKind, identifier: &str) -> String {
        match kind {
            IdentifierKind::Reference => identifier.to_uppercase(),
            IdentifierKind::Number => self.page.party(&self.page.plan.read(identifier)),
            IdentifierKind::Own | IdentifierKind::Email => identifier.to_owned(),
        }
    }

    fn is_current(&self, session: &KeptSession) -> bool {
        session.id == self.current
    }

    fn device(&self, session: &KeptSession) -> String {
        device_name(&session.device).unwrap_or_else(|| self.page.t("unknown-device").to_owned())
    }

    fn has_others(&self) -> bool {
        self.account.sessions.len() > 1
    }
}

/// `Firefox, Linux` of what a browser says that it is; `None` for what nobody knows.
pub(crate) fn device_name(agent: &str) -> Option<String> {
    let first =
        |known: &[(&'static str, &'static str)]| known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    // Most browsers also say that they are others: the rarer name counts.
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari", "Safari"),
    ])?;
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(|| browser.to_owned(), |system| format!("{browser}, {system}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_by_its_rarest_sign() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(device_name(chrome).as_deref(), Some("Chrome, Linux"));
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(device_name(edge).as_deref(), Some("Edge, Windows"));
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1";
        assert_eq!(device_name(iphone).as_deref(), Some("Safari, iPhone"));
        assert_eq!(device_name("curl/8"), None);
    }
}
