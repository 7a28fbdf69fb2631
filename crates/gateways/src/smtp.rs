//! Mails by SMTP (RFC 5321), one connection a mail. What the server said decides what came of a mail: before the content was sent, it is
//! certain that nothing arrived; after it, only an answer tells.

use crate::smtp_url::{Encryption, SmtpUrl};
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use operations::mail::{HandOver, LOGO_ID, MailFile, MailPort, NotSent, QR_ID, ReadyMail, RenderedMail, Work};
use std::{
    fs, io,
    time::{Duration, UNIX_EPOCH},
};

/// How long the server may take to take a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
/// How long is waited for a farewell: what it says changes nothing.
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);
/// Answers that complain of how we came, not of the mail: to authenticate first, a stronger mechanism, encryption.
const OURS: [u16; 4] = [530, 534, 535, 538];

/// Why a mail server cannot be spoken to, before any mail.
#[derive(Debug, thiserror::Error)]
pub enum SmtpSetupError {
    /// The file of its certificate authority.
    #[error("the certificates in `{0}` cannot be read")]
    Authority(String, #[source] io::Error),
    /// What is needed for encryption.
    #[error("encryption cannot be set up")]
    Encryption(#[source] Error),
}

/// A mail server.
#[derive(Clone)]
pub struct SmtpPort {
    url: SmtpUrl,
    encryption: Option<TlsParameters>,
    hello: ClientId,
}

impl SmtpPort {
    /// A server at an address; it is not spoken to yet.
    ///
    /// # Errors
    /// When certificates cannot be read.
    pub fn new(url: SmtpUrl) -> Result<Self, SmtpSetupError> {
        let encryption = match url.encryption {
            Encryption::Never => None,
            Encryption::Always | Encryption::Required | Encryption::Offered => Some(parameters(&url)?),
        };
        Ok(Self { url, encryption, hello: ClientId::default() })
    }

    async fn prepared(&self, mail: RenderedMail) -> Result<Box<dyn ReadyMail>, NotSent> {
        let message = message(&mail)?;
        let mut connection = self.connection().await?;
        let envelope = message.envelope();
        let mut parameters = Vec::new();
        let addresses = envelope.from().into_iter().chain(envelope.to());
        if addresses.map(<Address as AsRef<str>>::as_ref).any(|address| !address.is_ascii()) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(NotSent::Never("the mail server takes no address with letters beyond ASCII".to_owned()));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let sender = connection.command(Mail::new(envelope.from().cloned(), parameters)).await;
        sender.map_err(|error| not_sent(&error))?;
        for recipient in envelope.to() {
            let named = connection.command(Rcpt::new(recipient.clone(), Vec::new())).await;
            named.map_err(|error| not_sent(&error))?;
        }
        Ok(Box::new(Ready { connection, content: message.formatted() }))
    }

    /// A connection that may be used for a mail. Whatever goes wrong here is the server's state or our settings', never the mail's.
    async fn connection(&self) -> Result<AsyncSmtpConnection, NotSent> {
        let later = |error: Error| NotSent::Later(said(&error));
        let at_once = self.encryption.clone().filter(|_| self.url.encryption == Encryption::Always);
        let place = (self.url.host.as_str(), self.url.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(place, Some(CONNECT_TIMEOUT), &self.hello, at_once, None);
        let mut connection = connecting.await.map_err(later)?;
        if let Some(parameters) = self.encryption.clone().filter(|_| !connection.is_encrypted()) {
            if connection.can_starttls() {
                connection.starttls(parameters, &self.hello).await.map_err(later)?;
            } else if self.url.encryption == Encryption::Required {
                return Err(NotSent::Later("the mail server offers no encryption, which the settings require".to_owned()));
            }
        }
        if let Some((user, password)) = &self.url.user {
            if !connection.is_encrypted() && !self.url.may_speak_clear() {
                return Err(NotSent::Later(
                    "the mail server offers no encryption, and a password is not sent in clear".to_owned(),
                ));
            }
            let credentials = Credentials::new(user.clone(), password.as_str().to_owned());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await.map_err(later)?;
        }
        Ok(connection)
    }
}

impl MailPort for SmtpPort {
    fn prepare(&self, mail: RenderedMail) -> Work<'_, Result<Box<dyn ReadyMail>, NotSent>> {
        Box::pin(self.prepared(mail))
    }
}

fn parameters(url: &SmtpUrl) -> Result<TlsParameters, SmtpSetupError> {
    let mut builder = TlsParameters::builder(url.host.clone());
    if let Some(file) = &url.authority {
        let unreadable = |error| SmtpSetupError::Authority(file.display().to_string(), error);
        let pem = fs::read(file).map_err(unreadable)?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(SmtpSetupError::Encryption)?);
    }
    builder.build().map_err(SmtpSetupError::Encryption)
}

/// A mail whose sender and recipient the server took.
struct Ready {
    connection: AsyncSmtpConnection,
    content: Vec<u8>,
}

impl ReadyMail for Ready {
    fn hand_over(self: Box<Self>) -> Work<'static, HandOver> {
        Box::pin(async move {
            let Self { mut connection, content } = *self;
            if let Err(error) = connection.command(Data).await {
                return HandOver::NotSent(not_sent(&error));
            }
            let outcome = match connection.message(&content).await {
                Ok(_) => HandOver::Taken,
                Err(error) if error.status().is_some() => HandOver::NotSent(not_sent(&error)),
                Err(error) => HandOver::Unknown(said(&error)),
            };
            // Whether the server says goodbye changes nothing.
            drop(tokio::time::timeout(QUIT_TIMEOUT, connection.quit()).await);
            outcome
        })
    }
}

/// What an answer to a mail means for it.
fn not_sent(error: &Error) -> NotSent {
    let ours = error.status().is_some_and(|code| OURS.contains(&u16::from(code)));
    if error.is_permanent() && !ours { NotSent::Never(said(error)) } else { NotSent::Later(said(error)) }
}

/// An error with its causes, in one line.
fn said(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// The mail as its bytes: both writings, and the headers that say that no person wrote it and nobody should answer by machine.
fn message(mail: &RenderedMail) -> Result<Message, NotSent> {
    let never = |what: &str, text: &str| NotSent::Never(format!("{what} `{text}` is not an address"));
    let from: Address = mail.from.parse().map_err(|_| never("sender", &mail.from))?;
    let to: Address = mail.to.parse().map_err(|_| never("recipient", &mail.to))?;
    let micros = u64::try_from(mail.written.micros()).unwrap_or(0);
    let mut message = Message::builder();
    if let Some(address) = &mail.reply_to {
        message = message.reply_to(Mailbox::new(None, address.parse().map_err(|_| never("address for answers", address))?));
    }
    message
        .from(Mailbox::new(Some(mail.from_name.clone()), from))
        .to(Mailbox::new(None, to))
        .subject(mail.words.subject.clone())
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(UNIX_EPOCH + Duration::from_micros(micros))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Content-Language"), mail.language.clone()))
        .multipart(with_file(mail))
        .map_err(|error| NotSent::Never(format!("the mail cannot be put together: {error}")))
}

/// What is read, and the file that comes with it.
fn with_file(mail: &RenderedMail) -> MultiPart {
    let Some(MailFile { name, media_type, bytes }) = &mail.file else { return content(mail) };
    let unknown = || ContentType::parse("application/octet-stream").expect("a media type of RFC 2046");
    let kind = ContentType::parse(media_type).unwrap_or_else(|_| unknown());
    MultiPart::mixed().multipart(content(mail)).singlepart(Attachment::new(name.clone()).body(bytes.clone(), kind))
}

/// Both writings; the pictures come beside the HTML, so that nothing is loaded when it is read.
fn content(mail: &RenderedMail) -> MultiPart {
    let (text, html) = (mail.words.text.clone(), mail.words.html.clone());
    let Ok(kind) = ContentType::parse("image/png") else { return MultiPart::alternative_plain_html(text, html) };
    let pictures = [(LOGO_ID, &mail.logo), (QR_ID, &mail.words.qr)];
    let pictures: Vec<_> = pictures.into_iter().filter_map(|(id, picture)| Some((id, picture.clone()?))).collect();
    if pictures.is_empty() {
        return MultiPart::alternative_plain_html(text, html);
    }
    let with_pictures = MultiPart::related().singlepart(SinglePart::html(html));
    let with_pictures = pictures.into_iter().fold(with_pictures, |parts, (id, picture)| {
        parts.singlepart(Attachment::new_inline_with_name(id.to_owned(), format!("{id}.png")).body(picture, kind.clone()))
    });
    MultiPart::alternative().singlepart(SinglePart::plain(text)).multipart(with_pictures)
}
