//! Mails (PLT-07): what they say, how one is posted with a change, and the ports through which they leave.
//!
//! A mail is written in the transaction of what it tells of ([`written`], then `Transaction::post_mail`), and sent afterwards by
//! [`Delivery`]. What it says is sealed until then, because it holds links that let somebody in, and erased once sent. Words and look
//! come from who implements [`MailRenderer`], the way out from who implements [`MailPort`].

mod delivery;
mod letter;

pub use crate::delivery::Round;
pub use delivery::Delivery;
pub use letter::{Letter, NotMe};
pub use store::{KeptMail, NewMail, Window};

use crate::{
    House, OperationError, Scope,
    seal::{Place, SealError},
    sign_in::Brand,
    text_message::BoxedText,
};
use serde::{Deserialize, Serialize};
use std::{fmt, io, pin::Pin};
use vocabulary::{MailId, OperatorId, Timestamp};

/// Work of a port, which waits for the world.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A mail that is to be written.
#[derive(Clone, Debug)]
pub struct Post<'a> {
    /// Whose.
    pub operator: OperatorId,
    /// The host name of the brand that writes.
    pub host: &'a str,
    /// To whom: one address.
    pub recipient: &'a str,
    /// How the reader is called; empty where that is not known.
    pub name: &'a str,
    /// The tag of the reader's language.
    pub language: &'a str,
    /// What it says.
    pub letter: Letter,
    /// From when on it is of no use, such as when its link ends.
    pub useful_until: Option<Timestamp>,
}

/// What stands sealed in a mail that waits.
#[derive(Serialize, Deserialize)]
struct Said {
    name: String,
    #[serde(flatten)]
    letter: Letter,
}

/// A mail as a row, for `Transaction::post_mail`. After the commit, [`House::mail_posted`] has it sent at once.
///
/// # Errors
/// Without keys, because what it says is sealed.
pub fn written(house: &House, post: Post<'_>) -> Result<NewMail, OperationError> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|_| SealError::NoRandomness)?;
    let message_id = format!("{:032x}@{}", u128::from_be_bytes(random), post.host);
    let template = post.letter.word().to_owned();
    let said = Said { name: post.name.to_owned(), letter: post.letter };
    let said = zeroize::Zeroizing::new(serde_json::to_vec(&said).expect("texts and numbers become JSON"));
    Ok(NewMail {
        operator: post.operator,
        host: post.host.to_owned(),
        recipient: post.recipient.to_owned(),
        language: post.language.to_owned(),
        template,
        arguments: house.seal.seal(place(&message_id), &said)?,
        message_id,
        created: house.clock.now(),
        useful_until: post.useful_until,
    })
}

/// Where what a mail says stands.
fn place(message_id: &str) -> Place<'_> {
    Place { table: "mail", column: "arguments", row: message_id }
}

/// Posts a mail by itself, with no other change; which one.
///
/// # Errors
/// Without keys, or when the database fails.
pub async fn post(house: &House, post: Post<'_>) -> Result<MailId, OperationError> {
    let mail = written(house, post)?;
    let transaction = house.store.begin().await?;
    let id = transaction.post_mail(&mail).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(id)
}

/// A page of an operator's mails, those that need somebody first, and how many there are; `None` for whoever is not the operator's own.
///
/// # Errors
/// When the database fails.
pub async fn mails(house: &House, scope: Scope, window: Window) -> Result<Option<(Vec<KeptMail>, u64)>, OperationError> {
    Ok(house.store.scoped(scope).mails(window).await?)
}

/// Sends a mail again that failed, or of which nobody knows whether it arrived: what only a person decides. `false` when there is no such
/// mail, or what it said is erased.
///
/// # Errors
/// When the database fails.
pub async fn send_again(house: &House, scope: Scope, mail: MailId) -> Result<bool, OperationError> {
    let waits = house.store.scoped(scope).send_mail_again(mail, house.clock.now()).await?;
    if waits {
        house.mail_posted();
    }
    Ok(waits)
}

/// The words of a mail, twice.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailWords {
    /// One line.
    pub subject: String,
    /// For those who read plain text.
    pub text: String,
    /// A whole document with its styles, which loads nothing but the pictures that come with the mail, as [`LOGO_ID`] and [`QR_ID`].
    pub html: String,
    /// The QR code that comes with it: a PNG, shown and kept as a file.
    #[serde(default)]
    pub qr: Option<Vec<u8>>,
}

/// A file that comes with a mail and is kept by who wants to: a sound.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailFile {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// What a mail calls the logo that comes with it.
pub const LOGO_ID: &str = "logo";

/// What a mail calls the QR code that comes with it.
pub const QR_ID: &str = "qr";

/// A mail as it leaves.
#[derive(Clone, Serialize, Deserialize)]
pub struct RenderedMail {
    /// Which one.
    pub id: MailId,
    /// Whose.
    pub operator: OperatorId,
    /// The host name of the brand that writes.
    pub host: String,
    /// What its `Message-ID` is made of.
    pub message_id: String,
    /// What the sender calls itself.
    pub from_name: String,
    /// The sender's address.
    pub from: String,
    /// To whom.
    pub to: String,
    /// The tag of its language.
    pub language: String,
    /// The word of its template.
    pub template: String,
    /// When it was written.
    pub written: Timestamp,
    /// What it says.
    pub words: MailWords,
    /// Where answers go, if not to the sender.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// The logo that comes with it: a PNG, with a name that its HTML may use.
    #[serde(default)]
    pub logo: Option<Vec<u8>>,
    /// The file that comes with it.
    #[serde(default)]
    pub file: Option<MailFile>,
}

/// Neither the address nor what it says.
impl fmt::Debug for RenderedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mail {} ({})", self.id, self.template)
    }
}

/// A letter and its reader.
#[derive(Clone, Copy, Debug)]
pub struct Addressed<'a> {
    /// How the reader is called; empty where that is not known.
    pub name: &'a str,
    /// The tag of the reader's language.
    pub language: &'a str,
    /// What is said.
    pub letter: &'a Letter,
}

/// Who writes mails: templates by brand and language.
pub trait MailRenderer: Send + Sync {
    /// The words of a letter, in the reader's language or, where the brand does not speak it, in the brand's own.
    ///
    /// # Errors
    /// Says why in a sentence.
    fn render(&self, brand: &Brand, mail: Addressed<'_>) -> Result<MailWords, String>;
}

/// Why a mail did not leave, while it is certain that it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// It can be tried again later: no server, a busy one, one that wants another password.
    Later(String),
    /// It never will: there is no such address.
    Never(String),
}

/// What came of handing a mail over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOver {
    /// The server took it.
    Taken,
    /// It did not.
    NotSent(NotSent),
    /// It had all of it, and then said nothing: nobody knows.
    Unknown(String),
}

/// The way out. Two steps, because between them is the point from which on a mail may have arrived.
pub trait MailPort: Send + Sync {
    /// Does everything up to that point: finds the server, greets it, names sender and recipient.
    fn prepare(&self, mail: RenderedMail) -> Work<'_, Result<Box<dyn ReadyMail>, NotSent>>;
}

/// A mail that its server waits for. Dropped, it was not sent.
pub trait ReadyMail: Send {
    /// Hands it over and waits for the answer.
    fn hand_over(self: Box<Self>) -> Work<'static, HandOver>;
}

/// A mail that a demonstration did not send.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BoxedMail {
    /// The mail.
    pub mail: RenderedMail,
    /// When it would have left.
    pub sent: Timestamp,
}

/// Where the mails and text messages of a demonstration go, to be looked at.
pub trait Mailbox: fmt::Debug + Send + Sync {
    /// The latest of an operator, or of one of its brands by host name, latest first.
    ///
    /// # Errors
    /// When they cannot be read.
    fn latest(&self, operator: OperatorId, host: Option<&str>) -> io::Result<Vec<BoxedMail>>;

    /// The same of text messages.
    ///
    /// # Errors
    /// When they cannot be read.
    fn latest_texts(&self, operator: OperatorId, host: Option<&str>) -> io::Result<Vec<BoxedText>>;
}
