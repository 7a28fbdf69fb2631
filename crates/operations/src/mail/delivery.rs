//! The postman: what is particular to mails on the round of [`crate::delivery`].

use super::{Addressed, Letter, MailPort, MailRenderer, MailWords, NotSent, RenderedMail, Said, place};
use crate::{
    House, OperationError,
    brand::is_address,
    delivery::{Carrier, Claimed, Messages, Patience, Ready, Round, Words},
    sign_in::{Brand, brands},
    voicemail,
};
use std::sync::Arc;
use store::{ClaimedMail, MailClaim, MailOutcome, StoreError};
use vocabulary::Timestamp;

/// Sends the mails of every operator, beside as many others as there are nodes.
#[derive(Clone)]
pub struct Delivery(Carrier<Mails>);

impl Delivery {
    /// A worker with a name of its own.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(house: House, port: Arc<dyn MailPort>, renderer: Arc<dyn MailRenderer>) -> Result<Self, OperationError> {
        Ok(Self(Carrier::new(Mails { house, port, renderer })?))
    }

    /// Sends what is there whenever something was posted here, and looks for the rest every few seconds, until `stop` comes. What is on
    /// its way by then is waited for a while; what was only claimed is given back.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        self.0.run(stop).await;
    }

    /// Sends the mails that are due now, some at a time.
    ///
    /// # Errors
    /// When the database fails before anything was claimed.
    pub async fn round(&self) -> Result<Round, OperationError> {
        self.0.round().await
    }
}

struct Mails {
    house: House,
    port: Arc<dyn MailPort>,
    renderer: Arc<dyn MailRenderer>,
}

impl Messages for Mails {
    type Message = ClaimedMail;
    type Rendered = RenderedMail;
    /// Ten minutes for an answer, as RFC 5321 (4.5.3.2.6) has it, because whoever gives up sooner sends twice.
    const PATIENCE: Patience = Patience { prepare_s: 60, hand_over_s: 600, end_s: 20 };
    const WORDS: Words = Words {
        one: "mail",
        several: "mails",
        taker: "server",
        broke_off: "the program ended while the mail was handed over: nobody knows whether it arrived",
    };

    fn house(&self) -> &House {
        &self.house
    }

    fn look(mail: &ClaimedMail) -> Claimed<'_> {
        let kept = &mail.kept;
        Claimed { id: mail.id.0, template: &kept.template, attempts: kept.attempts, useful_until: kept.useful_until }
    }

    async fn claim(&self, claim: MailClaim<'_>) -> Result<Vec<ClaimedMail>, StoreError> {
        self.house.store.claim_mails(claim).await
    }

    async fn render(&self, mail: &ClaimedMail) -> Result<Result<RenderedMail, NotSent>, OperationError> {
        let kept = &mail.kept;
        let never = |problem: String| Ok(Err(NotSent::Never(problem)));
        let brand = brands(&self.house).await?.into_iter().find(|brand| brand.host == kept.host);
        let Some(brand) = brand.filter(|brand| brand.door.operator == kept.operator) else {
            return never(format!("there is no brand at `{}` any more", kept.host));
        };
        let Some(arguments) = &mail.arguments else { return never("what it says is erased".to_owned()) };
        // Keys come back: somebody puts the older one into the file again.
        let opened = match self.house.seal.open(place(&kept.message_id), arguments) {
            Ok(opened) => opened,
            Err(error) => return Ok(Err(NotSent::Later(error.to_string()))),
        };
        let Ok(said) = serde_json::from_slice::<Said>(&opened) else {
            return never("what it says was written by another program".to_owned());
        };
        let file = match &said.letter {
            // The sound stands in one place alone: it goes with the mail as long as it is there.
            Letter::VoicemailMessage { arrived, .. } => match voicemail::attached(&self.house, &brand, arrived.message).await? {
                Some(file) => Some(file),
                None => return never("the message was deleted".to_owned()),
            },
            _ => None,
        };
        let addressed = Addressed { name: &said.name, language: &kept.language, letter: &said.letter };
        match self.renderer.render(&brand, addressed) {
            Ok(words) => {
                let logo = match brand.mail_logo() {
                    Some(logo) => self.house.store.brand_logo(&logo.hash).await?,
                    None => None,
                };
                Ok(Ok(RenderedMail { file, ..rendered(mail, brand, (words, logo)) }))
            }
            Err(problem) => never(format!("it cannot be rendered: {problem}")),
        }
    }

    async fn prepare(&self, rendered: RenderedMail) -> Result<Ready, NotSent> {
        let ready = self.port.prepare(rendered).await?;
        Ok(Box::new(move || ready.hand_over()))
    }

    async fn note_sending(&self, mail: &ClaimedMail, until: Timestamp) -> Result<bool, StoreError> {
        self.house.store.note_mail_sending(mail.id, mail.fence, until).await
    }

    async fn note(&self, mail: &ClaimedMail, outcome: &MailOutcome, now: Timestamp) -> Result<bool, StoreError> {
        self.house.store.note_mail((mail.id, mail.fence), outcome, now).await
    }

    async fn note_broken(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.house.store.note_broken_mails(Self::WORDS.broke_off, now).await
    }

    async fn give_back(&self, holder: &str) -> Result<u64, StoreError> {
        self.house.store.give_mails_back(holder).await
    }

    async fn posted(&self) {
        self.house.mail_waits().await;
    }
}

fn rendered(mail: &ClaimedMail, brand: Brand, (words, logo): (MailWords, Option<Vec<u8>>)) -> RenderedMail {
    let kept = &mail.kept;
    let look = brand.look;
    let first = [look.sender_address, look.email.clone()].into_iter().find(|address| is_address(address));
    let from = first.unwrap_or_else(|| format!("no-reply@{}", brand.host));
    RenderedMail {
        id: mail.id,
        operator: kept.operator,
        host: kept.host.clone(),
        message_id: kept.message_id.clone(),
        from_name: if look.sender_name.is_empty() { look.name } else { look.sender_name },
        reply_to: Some(look.email).filter(|address| is_address(address) && *address != from),
        from,
        to: kept.recipient.clone(),
        language: kept.language.clone(),
        template: kept.template.clone(),
        written: kept.created,
        words,
        logo,
        file: None,
    }
}
