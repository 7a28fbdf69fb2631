//! The mailbox of a demonstration: mails and text messages lie in a folder instead of leaving, one file each, and are looked at in a page.

use operations::{
    mail::{BoxedMail, HandOver, MailPort, Mailbox, NotSent, ReadyMail, RenderedMail, Work},
    text_message::{BoxedText, ReadyText, RenderedText, TextPort},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};
use vocabulary::{Clock, OperatorId};

/// The folder of text messages within that of mails.
const TEXTS: &str = "texts";
/// How many mails, and how many text messages, are shown at most.
const MOST_SHOWN: usize = 200;

/// A folder of mails. What stands in it lets people in: only its owner reads it.
#[derive(Clone, Debug)]
pub struct DemoMailbox {
    folder: Arc<Path>,
    clock: Clock,
}

impl DemoMailbox {
    /// A mailbox in a folder, which is made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: PathBuf, clock: Clock) -> io::Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder.join(TEXTS))?;
        Ok(Self { folder: folder.into(), clock })
    }

    fn put(&self, mail: RenderedMail) -> io::Result<()> {
        write(&self.folder, mail.id.0, &BoxedMail { mail, sent: self.clock.now() })
    }

    fn put_text(&self, text: RenderedText) -> io::Result<()> {
        write(&self.folder.join(TEXTS), text.id.0, &BoxedText { text, sent: self.clock.now() })
    }
}

fn write(folder: &Path, id: i64, boxed: &impl Serialize) -> io::Result<()> {
    let name = format!("{id:012}.json");
    let (path, fresh) = (folder.join(&name), folder.join(format!(".{name}")));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(&serde_json::to_vec(boxed)?)?;
    fs::rename(fresh, path)
}

/// The latest of a folder that somebody may see, latest first.
fn latest<T: DeserializeOwned>(folder: &Path, is_theirs: impl Fn(&T) -> bool) -> io::Result<Vec<T>> {
    let mut names: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
    names.sort_unstable_by(|one, other| other.cmp(one));
    let is_whole = |name: &str| !name.starts_with('.') && name.ends_with(".json");
    let mut found = Vec::new();
    for name in names.iter().filter(|name| is_whole(&name.to_string_lossy())) {
        let boxed: T = serde_json::from_slice(&fs::read(folder.join(name))?)?;
        if is_theirs(&boxed) {
            found.push(boxed);
            if found.len() == MOST_SHOWN {
                break;
            }
        }
    }
    Ok(found)
}

impl Mailbox for DemoMailbox {
    fn latest(&self, operator: OperatorId, host: Option<&str>) -> io::Result<Vec<BoxedMail>> {
        let is_theirs = |b: &BoxedMail| b.mail.operator == operator && host.is_none_or(|host| b.mail.host == host);
        latest(&self.folder, is_theirs)
    }

    fn latest_texts(&self, operator: OperatorId, host: Option<&str>) -> io::Result<Vec<BoxedText>> {
        let is_theirs = |b: &BoxedText| b.text.operator == operator && host.is_none_or(|host| b.text.host == host);
        latest(&self.folder.join(TEXTS), is_theirs)
    }
}

impl MailPort for DemoMailbox {
    fn prepare(&self, mail: RenderedMail) -> Work<'_, Result<Box<dyn ReadyMail>, NotSent>> {
        let ready: Box<dyn ReadyMail> = Box::new(Boxed(self.clone(), mail));
        Box::pin(async move { Ok(ready) })
    }
}

struct Boxed(DemoMailbox, RenderedMail);

impl ReadyMail for Boxed {
    fn hand_over(self: Box<Self>) -> Work<'static, HandOver> {
        let Self(mailbox, mail) = *self;
        Box::pin(put(move || mailbox.put(mail)))
    }
}

impl TextPort for DemoMailbox {
    fn prepare(&self, text: RenderedText) -> Work<'_, Result<Box<dyn ReadyText>, NotSent>> {
        let ready: Box<dyn ReadyText> = Box::new(Text(self.clone(), text));
        Box::pin(async move { Ok(ready) })
    }
}

struct Text(DemoMailbox, RenderedText);

impl ReadyText for Text {
    fn hand_over(self: Box<Self>) -> Work<'static, HandOver> {
        let Self(mailbox, text) = *self;
        Box::pin(put(move || mailbox.put_text(text)))
    }
}

async fn put(write: impl FnOnce() -> io::Result<()> + Send + 'static) -> HandOver {
    match tokio::task::spawn_blocking(write).await {
        Ok(Ok(())) => HandOver::Taken,
        Ok(Err(error)) => HandOver::NotSent(NotSent::Later(format!("the mailbox cannot be written: {error}"))),
        Err(_) => HandOver::Unknown("the program stopped the work".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use operations::mail::MailWords;
    use vocabulary::{MailId, TextMessageId, Timestamp};

    fn mail(id: i64, operator: i64, host: &str) -> RenderedMail {
        let words = MailWords { subject: format!("mail {id}"), text: "text".into(), html: "<p>text</p>".into(), qr: None };
        RenderedMail {
            id: MailId(id),
            operator: OperatorId(operator),
            host: host.into(),
            message_id: format!("{id}@{host}"),
            from_name: "One".into(),
            from: "hello@one.example".into(),
            to: "claire@example.org".into(),
            language: "fr".into(),
            template: "test".into(),
            written: Timestamp::EPOCH,
            words,
            reply_to: None,
            logo: None,
            file: None,
        }
    }

    /// PLT-07: what would have gone out lies in the mailbox, latest first, each operator's and each brand's apart.
    #[tokio::test]
    async fn a_mailbox_shows_what_would_have_gone_out() {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = DemoMailbox::open(folder.path().join("mailbox"), Clock::held_at(Timestamp::EPOCH)).unwrap();
        for (id, operator, host) in [(9, 1, "a"), (10, 1, "b"), (11, 2, "c")] {
            let ready = MailPort::prepare(&mailbox, mail(id, operator, host)).await.unwrap();
            assert_eq!(ready.hand_over().await, HandOver::Taken);
        }
        let ids = |operator, host| {
            let found = mailbox.latest(OperatorId(operator), host).unwrap();
            found.into_iter().map(|boxed| boxed.mail.id.0).collect::<Vec<_>>()
        };
        assert_eq!((ids(1, None), ids(1, Some("a")), ids(2, None), ids(2, Some("a"))), (vec![10, 9], vec![9], vec![11], vec![]));
        let text = RenderedText {
            id: TextMessageId(3),
            operator: OperatorId(1),
            host: "a".into(),
            from_name: "One".into(),
            to: "+33639980011".into(),
            language: "fr".into(),
            template: "password-changed".into(),
            written: Timestamp::EPOCH,
            text: "text".into(),
        };
        let ready = TextPort::prepare(&mailbox, text).await.unwrap();
        assert_eq!(ready.hand_over().await, HandOver::Taken);
        let texts = |operator, host| mailbox.latest_texts(OperatorId(operator), host).unwrap().len();
        assert_eq!((texts(1, None), texts(1, Some("a")), texts(1, Some("b")), texts(2, None)), (1, 1, 0, 0));
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&mailbox.folder), mode(&mailbox.folder.join("000000000009.json"))), (0o700, 0o600));
    }
}
