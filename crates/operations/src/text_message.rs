//! Text messages (PLT-07): what they say, whom they go to, and the ports through which they leave.
//!
//! They are written with a change and sent afterwards, as mails are. A telephone shows them to whoever holds it, locked or not, and
//! networks keep them: none holds an address or a link. The one secret, the confirmation code of an eSIM, is worth nothing without the activation
//! code, which goes another way; it is put in as the message leaves, and does not wait with it.

mod delivery;
mod segments;

pub use delivery::TextDelivery;
pub use segments::{MOST_SEGMENTS, segments};
pub use store::KeptText;

use crate::{
    House, OperationError, Scope,
    mail::{HandOver, NotSent, Window, Work},
    sign_in::Brand,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use store::{Login, NewText, NumberKind};
use vocabulary::{ConfirmationCode, E164, OperatorId, SimId, TextMessageId, Timestamp};

/// So many SIMs of a household are told at most.
const MOST_SIMS: u32 = 3;
/// After so long a notice tells nothing that is of use, in seconds: two days.
const USEFUL_S: i64 = 2 * 86_400;

/// What a text message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
pub enum TextNotice {
    /// Somebody wants mails to go to another address.
    AddressAsked {
        /// When.
        at: Timestamp,
    },
    /// The password is another.
    PasswordChanged {
        /// When.
        at: Timestamp,
    },
    /// Signing in takes another identifier.
    IdentifierChanged {
        /// When.
        at: Timestamp,
    },
    /// Codes and passkeys are taken away by who helps.
    SecondFactorRemoved {
        /// When.
        at: Timestamp,
    },
    /// The numbers to reach somebody are others.
    NumbersChanged {
        /// When.
        at: Timestamp,
    },
    /// The line is to have another SIM: told to the one that it has.
    SimSwapped {
        /// When it was asked for.
        at: Timestamp,
    },
    /// What has to be typed to install an eSIM.
    EsimCode {
        /// Which.
        sim: SimId,
        /// Of which order of it: another has another code.
        round: i64,
    },
}

impl TextNotice {
    /// The word of its template.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AddressAsked { .. } => "address-asked",
            Self::PasswordChanged { .. } => "password-changed",
            Self::IdentifierChanged { .. } => "identifier-changed",
            Self::SecondFactorRemoved { .. } => "second-factor-removed",
            Self::NumbersChanged { .. } => "numbers-changed",
            Self::SimSwapped { .. } => "sim-swapped",
            Self::EsimCode { .. } => "esim-code",
        }
    }
}

/// A notice to the SIMs of a login, as rows: to its own line, or its household's; to the mobile number that it named, where it has none.
///
/// # Errors
/// When the database fails.
pub(crate) async fn to_sims(
    house: &House,
    (login, host): (&Login, &str),
    notice: TextNotice,
) -> Result<Vec<NewText>, OperationError> {
    let mut numbers = house.store.sim_numbers(login.id, MOST_SIMS).await?;
    if numbers.is_empty() {
        let known = house.store.login_numbers(login.id).await?;
        numbers.extend(known.into_iter().filter(|(kind, _)| *kind == NumberKind::Mobile).map(|(_, number)| number));
    }
    let now = house.clock.now();
    let text = |number: E164| written(number, (login.operator, host, &login.language), notice, now);
    Ok(numbers.into_iter().map(text).collect())
}

/// A notice to a number, as a row: whose, in the name of which host's brand, and in which language.
pub(crate) fn written(
    recipient: E164,
    (operator, host, language): (OperatorId, &str, &str),
    notice: TextNotice,
    now: Timestamp,
) -> NewText {
    NewText {
        operator,
        host: host.to_owned(),
        recipient,
        language: language.to_owned(),
        template: notice.word().to_owned(),
        arguments: serde_json::to_string(&notice).expect("words and numbers become JSON"),
        created: now,
        useful_until: now.plus_seconds(USEFUL_S),
    }
}

/// A page of an operator's text messages, those that need somebody first, and how many there are; `None` for whoever is not the operator's
/// own.
///
/// # Errors
/// When the database fails.
pub async fn texts(house: &House, scope: Scope, window: Window) -> Result<Option<(Vec<KeptText>, u64)>, OperationError> {
    Ok(house.store.scoped(scope).texts(window).await?)
}

/// Sends a text message again that failed, or of which nobody knows whether it arrived. `false` when there is no such one, or what it said
/// is erased.
///
/// # Errors
/// When the database fails.
pub async fn send_again(house: &House, scope: Scope, text: TextMessageId) -> Result<bool, OperationError> {
    let waits = house.store.scoped(scope).send_text_again(text, house.clock.now()).await?;
    if waits {
        house.mail_posted();
    }
    Ok(waits)
}

/// A text message as it leaves.
#[derive(Clone, Serialize, Deserialize)]
pub struct RenderedText {
    /// Which one.
    pub id: TextMessageId,
    /// Whose.
    pub operator: OperatorId,
    /// The host name of the brand that writes.
    pub host: String,
    /// What the sender calls itself.
    pub from_name: String,
    /// To which number, with a plus.
    pub to: String,
    /// The tag of its language.
    pub language: String,
    /// The word of its template.
    pub template: String,
    /// When it was written.
    pub written: Timestamp,
    /// What it says.
    pub text: String,
}

/// Neither the number nor what it says.
impl fmt::Debug for RenderedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text message {} ({})", self.id, self.template)
    }
}

/// Who writes text messages, by brand and language.
pub trait TextRenderer: Send + Sync {
    /// The words of a notice, in the reader's language or, where the brand does not speak it, in the brand's own.
    fn render_text(&self, brand: &Brand, language: &str, notice: TextNotice) -> String;

    /// The words around the confirmation code of an eSIM.
    fn render_code(&self, brand: &Brand, language: &str, code: &ConfirmationCode) -> String;
}

/// The way out, in the same two steps as a mail's.
pub trait TextPort: Send + Sync {
    /// Does everything up to the point from which on it may have arrived: finds the message centre, binds to it.
    fn prepare(&self, text: RenderedText) -> Work<'_, Result<Box<dyn ReadyText>, NotSent>>;
}

/// A text message that its message centre waits for. Dropped, it was not sent.
pub trait ReadyText: Send {
    /// Hands it over and waits for the answer.
    fn hand_over(self: Box<Self>) -> Work<'static, HandOver>;
}

/// A text message that a demonstration did not send.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BoxedText {
    /// The message.
    pub text: RenderedText,
    /// When it would have left.
    pub sent: Timestamp,
}
