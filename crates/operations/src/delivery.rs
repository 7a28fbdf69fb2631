//! The round of whoever carries messages out: claims those that are due, has them written out, hands them over, and notes what became of
//! each. What a mail and a text message do differently stands in [`Messages`]; how often something is tried, and what follows when nobody
//! knows whether it arrived, is the same for both.

use crate::{
    House, OperationError,
    mail::{HandOver, NotSent, Work},
};
use std::{sync::Arc, time::Duration};
use store::{MailClaim, MailOutcome, StoreError};
use tokio::{task::JoinSet, time};
use vocabulary::Timestamp;

/// How many messages are on their way at a time.
const AT_ONCE: u32 = 8;
/// What a lease lasts longer than the work under it, in seconds.
const SPARE_S: i64 = 60;
/// How long is waited after each try, in seconds: after the last, a message has failed. Two days together.
const WAITS_S: [i64; 8] = [60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400];
/// How often is looked for messages that another node posted, or whose time has come.
const EVERY: Duration = Duration::from_secs(5);
/// The most of a problem that is kept, in characters.
const LONGEST_PROBLEM: usize = 300;

/// What one look for messages came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages that were claimed.
    pub claimed: u64,
    /// Of these, taken by their server.
    pub sent: u64,
    /// To be tried again.
    pub later: u64,
    /// Given up.
    pub failed: u64,
    /// Perhaps sent, these and those of workers that ended.
    pub uncertain: u64,
}

/// How long the other side may take, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Until it waits for a message.
    pub(crate) prepare_s: i64,
    /// Until it says whether it took one that it has whole.
    pub(crate) hand_over_s: i64,
    /// With all that are on their way, once the program is to end.
    pub(crate) end_s: i64,
}

/// What is said of a kind of messages in logs and problems.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) one: &'static str,
    pub(crate) several: &'static str,
    /// Who takes them.
    pub(crate) taker: &'static str,
    /// What is noted of one whose sending broke off.
    pub(crate) broke_off: &'static str,
}

/// What of a claimed message the round looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claimed<'a> {
    pub(crate) id: i64,
    pub(crate) template: &'a str,
    pub(crate) attempts: i32,
    pub(crate) useful_until: Option<Timestamp>,
}

/// A message that its taker waits for. Dropped, it was not sent.
pub(crate) type Ready = Box<dyn FnOnce() -> Work<'static, HandOver> + Send>;

/// A kind of messages: where they wait, how one is written out, and who takes them.
pub(crate) trait Messages: Send + Sync + 'static {
    /// One that was claimed.
    type Message: Send + Sync + 'static;
    /// One as it leaves.
    type Rendered: Send;
    const PATIENCE: Patience;
    const WORDS: Words;

    fn house(&self) -> &House;
    fn look(message: &Self::Message) -> Claimed<'_>;
    fn claim(&self, claim: MailClaim<'_>) -> impl Future<Output = Result<Vec<Self::Message>, StoreError>> + Send;
    fn render(
        &self,
        message: &Self::Message,
    ) -> impl Future<Output = Result<Result<Self::Rendered, NotSent>, OperationError>> + Send;
    fn prepare(&self, rendered: Self::Rendered) -> impl Future<Output = Result<Ready, NotSent>> + Send;
    fn note_sending(&self, message: &Self::Message, until: Timestamp) -> impl Future<Output = Result<bool, StoreError>> + Send;
    fn note(
        &self,
        message: &Self::Message,
        outcome: &MailOutcome,
        now: Timestamp,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
    fn note_broken(&self, now: Timestamp) -> impl Future<Output = Result<u64, StoreError>> + Send;
    fn give_back(&self, holder: &str) -> impl Future<Output = Result<u64, StoreError>> + Send;
    /// Waits until one was posted in this process.
    fn posted(&self) -> impl Future<Output = ()> + Send;
}

/// Carries out the messages of every operator, beside as many others as there are nodes.
pub(crate) struct Carrier<M>(Arc<Parts<M>>);

struct Parts<M> {
    messages: M,
    holder: String,
}

impl<M> Clone for Carrier<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<M: Messages> Carrier<M> {
    /// A worker with a name of its own.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub(crate) fn new(messages: M) -> Result<Self, OperationError> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|_| OperationError::Stopped)?;
        Ok(Self(Arc::new(Parts { messages, holder: format!("{:016x}", u64::from_be_bytes(random)) })))
    }

    /// Sends what is there whenever something was posted here, and looks for the rest every few seconds, until `stop` comes. What is on
    /// its way by then is waited for a while; what was only claimed is given back.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let several = M::WORDS.several;
        loop {
            let round = self.round();
            tokio::pin!(round);
            let (outcome, is_last) = tokio::select! {
                outcome = &mut round => (Some(outcome), false),
                () = &mut stop => (time::timeout(seconds(M::PATIENCE.end_s), round).await.ok(), true),
            };
            match outcome {
                Some(Ok(round)) if round.claimed == u64::from(AT_ONCE) && !is_last => continue,
                Some(Ok(_)) | None => {}
                Some(Err(error)) => tracing::error!("{several}: {error}"),
            }
            if is_last {
                break;
            }
            tokio::select! {
                () = self.0.messages.posted() => {}
                () = time::sleep(EVERY) => {}
                () = &mut stop => break,
            }
        }
        if let Err(error) = self.0.messages.give_back(&self.0.holder).await {
            tracing::warn!("{several} that were claimed wait until their lease ends: {error}");
        }
    }

    /// Sends the messages that are due now, some at a time.
    ///
    /// # Errors
    /// When the database fails before anything was claimed.
    pub(crate) async fn round(&self) -> Result<Round, OperationError> {
        let messages = &self.0.messages;
        let now = messages.house().clock.now();
        let mut round = Round { uncertain: messages.note_broken(now).await?, ..Round::default() };
        let until = now.plus_seconds(M::PATIENCE.prepare_s + SPARE_S);
        let claim = MailClaim { holder: &self.0.holder, now, until, most: AT_ONCE };
        let mut works = JoinSet::new();
        for message in messages.claim(claim).await? {
            round.claimed += 1;
            let parts = self.0.clone();
            works.spawn(async move { parts.deliver(message).await });
        }
        while let Some(work) = works.join_next().await {
            match work.map_err(|_| OperationError::Stopped).and_then(|outcome| outcome) {
                Ok(Some(MailOutcome::Sent)) => round.sent += 1,
                Ok(Some(MailOutcome::Later(..))) => round.later += 1,
                Ok(Some(MailOutcome::Failed(_))) => round.failed += 1,
                Ok(Some(MailOutcome::Uncertain(_))) => round.uncertain += 1,
                Ok(None) => {}
                // What it was about is in the database, and found there when its lease ends.
                Err(error) => tracing::error!("a {}: {error}", M::WORDS.one),
            }
        }
        Ok(round)
    }
}

impl<M: Messages> Parts<M> {
    /// One message, and what became of it; `None` when another worker has it by now.
    async fn deliver(&self, message: M::Message) -> Result<Option<MailOutcome>, OperationError> {
        let (messages, claimed) = (&self.messages, M::look(&message));
        let clock = &messages.house().clock;
        let outcome = match self.ready(&message).await? {
            Err(not_sent) => given_up_or_later(not_sent, claimed, clock.now()),
            Ok(ready) => {
                let until = clock.now().plus_seconds(M::PATIENCE.hand_over_s + SPARE_S);
                if !messages.note_sending(&message, until).await? {
                    return Ok(None);
                }
                match time::timeout(seconds(M::PATIENCE.hand_over_s), ready()).await {
                    Ok(HandOver::Taken) => MailOutcome::Sent,
                    Ok(HandOver::NotSent(not_sent)) => given_up_or_later(not_sent, claimed, clock.now()),
                    Ok(HandOver::Unknown(problem)) => MailOutcome::Uncertain(shortened(&problem)),
                    Err(_) => MailOutcome::Uncertain(format!("the {} did not say whether it took it", M::WORDS.taker)),
                }
            }
        };
        let (Claimed { id, template, .. }, one) = (claimed, M::WORDS.one);
        match &outcome {
            MailOutcome::Sent => tracing::info!(id, template, "{one} sent"),
            MailOutcome::Later(_, problem) => tracing::info!(id, template, "{one} has to wait: {problem}"),
            MailOutcome::Failed(problem) => tracing::warn!(id, template, "{one} given up: {problem}"),
            MailOutcome::Uncertain(problem) => tracing::warn!(id, template, "{one} perhaps sent: {problem}"),
        }
        let noted = messages.note(&message, &outcome, clock.now()).await?;
        Ok(noted.then_some(outcome))
    }

    /// Everything up to the point from which on it may have arrived.
    async fn ready(&self, message: &M::Message) -> Result<Result<Ready, NotSent>, OperationError> {
        let now = self.messages.house().clock.now();
        if M::look(message).useful_until.is_some_and(|until| until <= now) {
            return Ok(Err(NotSent::Never("what it says is of no use any more".to_owned())));
        }
        let rendered = match self.messages.render(message).await? {
            Ok(rendered) => rendered,
            Err(not_sent) => return Ok(Err(not_sent)),
        };
        let preparing = time::timeout(seconds(M::PATIENCE.prepare_s), self.messages.prepare(rendered)).await;
        let too_long = || Err(NotSent::Later(format!("the {} took too long to answer", M::WORDS.taker)));
        Ok(preparing.unwrap_or_else(|_| too_long()))
    }
}

/// What follows from a message that did not leave: another try, unless it were of no use then, or was the last.
fn given_up_or_later(not_sent: NotSent, claimed: Claimed<'_>, now: Timestamp) -> MailOutcome {
    let problem = match not_sent {
        NotSent::Never(problem) => return MailOutcome::Failed(shortened(&problem)),
        NotSent::Later(problem) => problem,
    };
    let tries = usize::try_from(claimed.attempts).unwrap_or(1).max(1);
    let Some(wait) = WAITS_S.get(tries - 1) else {
        return MailOutcome::Failed(shortened(&format!("given up after {tries} tries: {problem}")));
    };
    let due = now.plus_seconds(*wait);
    match claimed.useful_until {
        Some(until) if until <= due => MailOutcome::Failed(shortened(&format!("of no use later: {problem}"))),
        _ => MailOutcome::Later(due, shortened(&problem)),
    }
}

fn shortened(problem: &str) -> String {
    problem.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_PROBLEM).collect()
}

fn seconds(seconds: i64) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}
