//! The messenger: claims text messages that are due, has them written out, hands them over, and notes what became of each, as the postman
//! does with mails.

use super::{MOST_SEGMENTS, RenderedText, TextNotice, TextPort, TextRenderer, segments};
use crate::{
    House, OperationError,
    mail::{HandOver, NotSent, given_up_or_later, shortened},
    sign_in::brands,
};
use std::{sync::Arc, time::Duration};
use store::{ClaimedText, MailClaim, MailOutcome};
use tokio::time;

/// How many text messages are claimed at a time.
const AT_ONCE: u32 = 8;
/// How long it may take until the message centre waits for a message, and then until it answers, in seconds. Together, for all that were
/// claimed, they stay below the lease.
const PREPARE_S: u64 = 30;
const HAND_OVER_S: u64 = 60;
/// How long nobody else takes what was claimed, in seconds.
const LEASE_S: i64 = 900;
/// How often is looked for text messages that another node posted, or whose time has come.
const EVERY: Duration = Duration::from_secs(5);
/// What is noted of one whose sending broke off.
const BROKE_OFF: &str = "the program ended while the text message was handed over: nobody knows whether it arrived";

/// What one look came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextRound {
    /// Text messages that were claimed.
    pub claimed: u32,
    /// Of these, taken by the message centre.
    pub sent: u32,
}

/// Sends the text messages of every operator, beside as many others as there are nodes.
#[derive(Clone)]
pub struct TextDelivery {
    house: House,
    port: Arc<dyn TextPort>,
    renderer: Arc<dyn TextRenderer>,
    holder: String,
}

impl TextDelivery {
    /// A worker with a name of its own.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(house: House, port: Arc<dyn TextPort>, renderer: Arc<dyn TextRenderer>) -> Result<Self, OperationError> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|_| OperationError::Stopped)?;
        Ok(Self { house, port, renderer, holder: format!("{:016x}", u64::from_be_bytes(random)) })
    }

    /// Sends what is there whenever something was posted here, and looks for the rest every few seconds, until `stop` comes. The one that is
    /// on its way by then is waited for; what was only claimed is given back.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            let round = self.round();
            tokio::pin!(round);
            let (outcome, is_last) = tokio::select! {
                outcome = &mut round => (Some(outcome), false),
                () = &mut stop => (time::timeout(Duration::from_secs(HAND_OVER_S), round).await.ok(), true),
            };
            match outcome {
                Some(Ok(round)) if round.claimed == AT_ONCE && !is_last => continue,
                Some(Ok(_)) | None => {}
                Some(Err(error)) => tracing::error!("text messages: {error}"),
            }
            if is_last {
                break;
            }
            tokio::select! {
                () = self.house.text_waits() => {}
                () = time::sleep(EVERY) => {}
                () = &mut stop => break,
            }
        }
        if let Err(error) = self.house.store.give_texts_back(&self.holder).await {
            tracing::warn!("text messages that were claimed wait until their lease ends: {error}");
        }
    }

    /// Sends the text messages that are due now, some at a time.
    ///
    /// # Errors
    /// When the database fails before anything was claimed.
    pub async fn round(&self) -> Result<TextRound, OperationError> {
        let (store, now) = (&self.house.store, self.house.clock.now());
        store.note_broken_texts(BROKE_OFF, now).await?;
        let claim = MailClaim { holder: &self.holder, now, until: now.plus_seconds(LEASE_S), most: AT_ONCE };
        let mut round = TextRound::default();
        for text in store.claim_texts(claim).await? {
            round.claimed += 1;
            match self.deliver(&text).await {
                Ok(true) => round.sent += 1,
                Ok(false) => {}
                // What it was about is in the database, and found there when its lease ends.
                Err(error) => tracing::error!("a text message: {error}"),
            }
        }
        Ok(round)
    }

    /// One text message; was it taken?
    async fn deliver(&self, text: &ClaimedText) -> Result<bool, OperationError> {
        let store = &self.house.store;
        let outcome = match self.rendered(text).await? {
            Err(not_sent) => self.outcome(text, not_sent),
            Ok(rendered) => {
                let prepared = time::timeout(Duration::from_secs(PREPARE_S), self.port.prepare(rendered)).await;
                match prepared.unwrap_or_else(|_| Err(NotSent::Later("the message centre took too long to answer".to_owned()))) {
                    Err(not_sent) => self.outcome(text, not_sent),
                    Ok(ready) => {
                        if !store.note_text_sending(text, self.house.clock.now().plus_seconds(LEASE_S)).await? {
                            return Ok(false);
                        }
                        match time::timeout(Duration::from_secs(HAND_OVER_S), ready.hand_over()).await {
                            Ok(HandOver::Taken) => MailOutcome::Sent,
                            Ok(HandOver::NotSent(not_sent)) => self.outcome(text, not_sent),
                            Ok(HandOver::Unknown(problem)) => MailOutcome::Uncertain(shortened(&problem)),
                            Err(_) => MailOutcome::Uncertain("the message centre did not say whether it took it".to_owned()),
                        }
                    }
                }
            }
        };
        let (id, template) = (text.kept.id.0, text.kept.template.as_str());
        match &outcome {
            MailOutcome::Sent => tracing::info!(id, template, "text message sent"),
            MailOutcome::Later(_, problem) => tracing::info!(id, template, "text message has to wait: {problem}"),
            MailOutcome::Failed(problem) => tracing::warn!(id, template, "text message given up: {problem}"),
            MailOutcome::Uncertain(problem) => tracing::warn!(id, template, "text message perhaps sent: {problem}"),
        }
        let noted = store.note_text(text, &outcome, self.house.clock.now()).await?;
        Ok(noted && outcome == MailOutcome::Sent)
    }

    async fn rendered(&self, text: &ClaimedText) -> Result<Result<RenderedText, NotSent>, OperationError> {
        let kept = &text.kept;
        let never = |problem: String| Ok(Err(NotSent::Never(problem)));
        if kept.useful_until <= self.house.clock.now() {
            return never("what it says is of no use any more".to_owned());
        }
        let brand = brands(&self.house).await?.into_iter().find(|brand| brand.host == kept.host);
        let Some(brand) = brand.filter(|brand| brand.door.operator == kept.operator) else {
            return never(format!("there is no brand at `{}` any more", kept.host));
        };
        let notice = text.arguments.as_deref().and_then(|said| serde_json::from_str::<TextNotice>(said).ok());
        let Some(notice) = notice else {
            return never("what it says is erased, or was written by another program".to_owned());
        };
        let words = self.renderer.render_text(&brand, &kept.language, notice);
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

    fn outcome(&self, text: &ClaimedText, not_sent: NotSent) -> MailOutcome {
        given_up_or_later(not_sent, (text.kept.attempts, Some(text.kept.useful_until)), self.house.clock.now())
    }
}
