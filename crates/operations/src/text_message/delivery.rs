//! The messenger: what is particular to text messages on the round of [`crate::delivery`].

use super::{MOST_SEGMENTS, RenderedText, TextNotice, TextPort, TextRenderer, segments};
use crate::{
    House, OperationError,
    delivery::{Carrier, Claimed, Messages, Patience, Ready, Round, Words},
    esim::confirmation_code_of,
    mail::NotSent,
    sign_in::brands,
};
use std::sync::Arc;
use store::{ClaimedText, MailClaim, MailOutcome, StoreError};
use vocabulary::Timestamp;

/// Sends the text messages of every operator, beside as many others as there are nodes.
#[derive(Clone)]
pub struct TextDelivery(Carrier<Texts>);

impl TextDelivery {
    /// A worker with a name of its own.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(house: House, port: Arc<dyn TextPort>, renderer: Arc<dyn TextRenderer>) -> Result<Self, OperationError> {
        Ok(Self(Carrier::new(Texts { house, port, renderer })?))
    }

    /// Sends what is there whenever something was posted here, and looks for the rest every few seconds, until `stop` comes. What is on
    /// its way by then is waited for a while; what was only claimed is given back.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        self.0.run(stop).await;
    }

    /// Sends the text messages that are due now, some at a time.
    ///
    /// # Errors
    /// When the database fails before anything was claimed.
    pub async fn round(&self) -> Result<Round, OperationError> {
        self.0.round().await
    }
}

struct Texts {
    house: House,
    port: Arc<dyn TextPort>,
    renderer: Arc<dyn TextRenderer>,
}

impl Messages for Texts {
    type Message = ClaimedText;
    type Rendered = RenderedText;
    const PATIENCE: Patience = Patience { prepare_s: 30, hand_over_s: 60, end_s: 60 };
    const WORDS: Words = Words {
        one: "text message",
        several: "text messages",
        taker: "message centre",
        broke_off: "the program ended while the text message was handed over: nobody knows whether it arrived",
    };

    fn house(&self) -> &House {
        &self.house
    }

    fn look(text: &ClaimedText) -> Claimed<'_> {
        let kept = &text.kept;
        Claimed { id: kept.id.0, template: &kept.template, attempts: kept.attempts, useful_until: Some(kept.useful_until) }
    }

    async fn claim(&self, claim: MailClaim<'_>) -> Result<Vec<ClaimedText>, StoreError> {
        self.house.store.claim_texts(claim).await
    }

    async fn render(&self, text: &ClaimedText) -> Result<Result<RenderedText, NotSent>, OperationError> {
        let kept = &text.kept;
        let never = |problem: String| Ok(Err(NotSent::Never(problem)));
        let brand = brands(&self.house).await?.into_iter().find(|brand| brand.host == kept.host);
        let Some(brand) = brand.filter(|brand| brand.door.operator == kept.operator) else {
            return never(format!("there is no brand at `{}` any more", kept.host));
        };
        let notice = text.arguments.as_deref().and_then(|said| serde_json::from_str::<TextNotice>(said).ok());
        let Some(notice) = notice else {
            return never("what it says is erased, or was written by another program".to_owned());
        };
        let words = match notice {
            TextNotice::EsimCode { sim, round } => {
                let esim = self.house.store.esim(kept.operator, sim).await?.filter(|esim| esim.round == round);
                let code = match esim {
                    Some(esim) => confirmation_code_of(&self.house, &esim)?,
                    None => None,
                };
                let Some(code) = code else { return never("the code that it was to tell is worth nothing any more".to_owned()) };
                self.renderer.render_code(&brand, &kept.language, &code)
            }
            notice => self.renderer.render_text(&brand, &kept.language, notice),
        };
        let parts = segments(&words);
        if parts > MOST_SEGMENTS {
            return never(format!("it is {parts} messages long, and at most {MOST_SEGMENTS} are sent"));
        }
        Ok(Ok(RenderedText {
            id: kept.id,
            operator: kept.operator,
            host: kept.host.clone(),
            from_name: brand.look.name,
            to: kept.recipient.clone(),
            language: kept.language.clone(),
            template: kept.template.clone(),
            written: kept.created,
            text: words,
        }))
    }

    async fn prepare(&self, rendered: RenderedText) -> Result<Ready, NotSent> {
        let ready = self.port.prepare(rendered).await?;
        Ok(Box::new(move || ready.hand_over()))
    }

    async fn note_sending(&self, text: &ClaimedText, until: Timestamp) -> Result<bool, StoreError> {
        self.house.store.note_text_sending(text, until).await
    }

    async fn note(&self, text: &ClaimedText, outcome: &MailOutcome, now: Timestamp) -> Result<bool, StoreError> {
        self.house.store.note_text(text, outcome, now).await
    }

    async fn note_broken(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.house.store.note_broken_texts(Self::WORDS.broke_off, now).await
    }

    async fn give_back(&self, holder: &str) -> Result<u64, StoreError> {
        self.house.store.give_texts_back(holder).await
    }

    async fn posted(&self) {
        self.house.text_waits().await;
    }
}
