//! The postman: claims mails that are due, has them rendered, hands them over, and notes what became of each.

use super::{Addressed, HandOver, MailPort, MailRenderer, MailWords, NotSent, ReadyMail, RenderedMail, Said, place};
use crate::{
    House, OperationError,
    brand::is_address,
    sign_in::{Brand, brands},
};
use std::{sync::Arc, time::Duration};
use store::{ClaimedMail, MailClaim, MailOutcome};
use tokio::{task::JoinSet, time};
use vocabulary::Timestamp;

/// How many mails are on their way at a time.
const AT_ONCE: u32 = 8;
/// How long finding the server and naming the recipient may take, in seconds.
const PREPARE_S: i64 = 60;
/// How long the server may take to say whether it takes a mail that it has whole, in seconds: ten minutes, as RFC 5321 (4.5.3.2.6) has
/// it, because whoever gives up sooner sends twice.
const HAND_OVER_S: i64 = 600;
/// What a lease lasts longer than the work under it, in seconds.
const SPARE_S: i64 = 60;
/// How long is waited after each try, in seconds: after the last, a mail has failed. Two days together.
const WAITS_S: [i64; 8] = [60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400];
/// How often is looked for mails that another node posted, or whose time has come.
const EVERY: Duration = Duration::from_secs(5);
/// How long mails that are on their way may take once the program is to end.
const GRACE: Duration = Duration::from_secs(20);
/// The most of a problem that is kept, in characters.
const LONGEST_PROBLEM: usize = 300;
/// What is noted of a mail whose sending broke off.
const BROKE_OFF: &str = "the program ended while the mail was handed over: nobody knows whether it arrived";

/// What one look for mails came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Mails that were claimed.
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

/// Sends the mails of every operator, beside as many others as there are nodes.
#[derive(Clone)]
pub struct Delivery(Arc<Parts>);

struct Parts {
    house: House,
    port: Arc<dyn MailPort>,
    renderer: Arc<dyn MailRenderer>,
    holder: String,
}

impl Delivery {
    /// A worker with a name of its own.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(house: House, port: Arc<dyn MailPort>, renderer: Arc<dyn MailRenderer>) -> Result<Self, OperationError> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|_| OperationError::Stopped)?;
        let holder = format!("{:016x}", u64::from_be_bytes(random));
        Ok(Self(Arc::new(Parts { house, port, renderer, holder })))
    }

    /// Sends what is there whenever something was posted here, and looks for the rest every few seconds, until `stop` comes. What is on
    /// its way by then is waited for a while; what was only claimed is given back.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            let round = self.round();
            tokio::pin!(round);
            let (outcome, is_last) = tokio::select! {
                outcome = &mut round => (Some(outcome), false),
                () = &mut stop => (time::timeout(GRACE, round).await.ok(), true),
            };
            match outcome {
                Some(Ok(round)) if round.claimed == u64::from(AT_ONCE) && !is_last => continue,
                Some(Ok(_)) | None => {}
                Some(Err(error)) => tracing::error!("mails: {error}"),
            }
            if is_last {
                break;
            }
            tokio::select! {
                () = self.0.house.mail_waits() => {}
                () = time::sleep(EVERY) => {}
                () = &mut stop => break,
            }
        }
        if let Err(error) = self.0.house.store.give_mails_back(&self.0.holder).await {
            tracing::warn!("mails that were claimed wait until their lease ends: {error}");
        }
    }

    /// Sends the mails that are due now, some at a time.
    ///
    /// # Errors
    /// When the database fails before anything was claimed.
    pub async fn round(&self) -> Result<Round, OperationError> {
        let parts = &self.0;
        let now = parts.house.clock.now();
        let mut round = Round { uncertain: parts.house.store.note_broken_mails(BROKE_OFF, now).await?, ..Round::default() };
        let until = now.plus_seconds(PREPARE_S + SPARE_S);
        let claim = MailClaim { holder: &parts.holder, now, until, most: AT_ONCE };
        let mut works = JoinSet::new();
        for mail in parts.house.store.claim_mails(claim).await? {
            round.claimed += 1;
            let parts = parts.clone();
            works.spawn(async move { parts.deliver(mail).await });
        }
        while let Some(work) = works.join_next().await {
            match work.map_err(|_| OperationError::Stopped).and_then(|outcome| outcome) {
                Ok(Some(MailOutcome::Sent)) => round.sent += 1,
                Ok(Some(MailOutcome::Later(..))) => round.later += 1,
                Ok(Some(MailOutcome::Failed(_))) => round.failed += 1,
                Ok(Some(MailOutcome::Uncertain(_))) => round.uncertain += 1,
                Ok(None) => {}
                // What it was about is in the database, and found there when its lease ends.
                Err(error) => tracing::error!("a mail: {error}"),
            }
        }
        Ok(round)
    }
}

impl Parts {
    /// One mail, and what became of it; `None` when another worker has it by now.
    async fn deliver(&self, mail: ClaimedMail) -> Result<Option<MailOutcome>, OperationError> {
        let store = &self.house.store;
        let outcome = match self.ready(&mail).await? {
            Err(not_sent) => self.outcome(&mail, not_sent),
            Ok(ready) => {
                let until = self.house.clock.now().plus_seconds(HAND_OVER_S + SPARE_S);
                if !store.note_mail_sending(mail.id, mail.fence, until).await? {
                    return Ok(None);
                }
                match time::timeout(seconds(HAND_OVER_S), ready.hand_over()).await {
                    Ok(HandOver::Taken) => MailOutcome::Sent,
                    Ok(HandOver::NotSent(not_sent)) => self.outcome(&mail, not_sent),
                    Ok(HandOver::Unknown(problem)) => MailOutcome::Uncertain(shortened(&problem)),
                    Err(_) => MailOutcome::Uncertain("the server did not say whether it took the mail".to_owned()),
                }
            }
        };
        let (id, template) = (mail.id.0, mail.kept.template.as_str());
        match &outcome {
            MailOutcome::Sent => tracing::info!(id, template, "mail sent"),
            MailOutcome::Later(_, problem) => tracing::info!(id, template, "mail has to wait: {problem}"),
            MailOutcome::Failed(problem) => tracing::warn!(id, template, "mail given up: {problem}"),
            MailOutcome::Uncertain(problem) => tracing::warn!(id, template, "mail perhaps sent: {problem}"),
        }
        let noted = store.note_mail((mail.id, mail.fence), &outcome, self.house.clock.now()).await?;
        Ok(noted.then_some(outcome))
    }

    /// Everything up to the point from which on it may have arrived.
    async fn ready(&self, mail: &ClaimedMail) -> Result<Result<Box<dyn ReadyMail>, NotSent>, OperationError> {
        if mail.kept.useful_until.is_some_and(|until| until <= self.house.clock.now()) {
            return Ok(Err(NotSent::Never("what it says is of no use any more".to_owned())));
        }
        let rendered = match self.rendered(mail).await? {
            Ok(rendered) => rendered,
            Err(not_sent) => return Ok(Err(not_sent)),
        };
        let preparing = time::timeout(seconds(PREPARE_S), self.port.prepare(rendered));
        Ok(preparing.await.unwrap_or_else(|_| Err(NotSent::Later("the server took too long to answer".to_owned()))))
    }

    async fn rendered(&self, mail: &ClaimedMail) -> Result<Result<RenderedMail, NotSent>, OperationError> {
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
        let addressed = Addressed { name: &said.name, language: &kept.language, letter: &said.letter };
        match self.renderer.render(&brand, addressed) {
            Ok(words) => {
                let logo = match brand.mail_logo() {
                    Some(logo) => self.house.store.brand_logo(&logo.hash).await?,
                    None => None,
                };
                Ok(Ok(rendered(mail, brand, (words, logo))))
            }
            Err(problem) => never(format!("it cannot be rendered: {problem}")),
        }
    }

    fn outcome(&self, mail: &ClaimedMail, not_sent: NotSent) -> MailOutcome {
        given_up_or_later(not_sent, (mail.kept.attempts, mail.kept.useful_until), self.house.clock.now())
    }
}

/// What follows from a message that did not leave: another try, unless it were of no use then, or was the last.
pub(crate) fn given_up_or_later(
    not_sent: NotSent,
    (attempts, useful_until): (i32, Option<Timestamp>),
    now: Timestamp,
) -> MailOutcome {
    let problem = match not_sent {
        NotSent::Never(problem) => return MailOutcome::Failed(shortened(&problem)),
        NotSent::Later(problem) => problem,
    };
    let tries = usize::try_from(attempts).unwrap_or(1).max(1);
    let Some(wait) = WAITS_S.get(tries - 1) else {
        return MailOutcome::Failed(shortened(&format!("given up after {tries} tries: {problem}")));
    };
    let due = now.plus_seconds(*wait);
    match useful_until {
        Some(until) if until <= due => MailOutcome::Failed(shortened(&format!("of no use later: {problem}"))),
        _ => MailOutcome::Later(due, shortened(&problem)),
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
    }
}

pub(crate) fn shortened(problem: &str) -> String {
    problem.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_PROBLEM).collect()
}

fn seconds(seconds: i64) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}
