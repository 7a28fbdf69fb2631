//! Changes with which a login could be taken over, from being told to their hour (PLT-05): who is told of them, and who carries those out that
//! were held. Asking for one is the matter of [`crate::email_change`] and [`crate::account`], taking one back that of [`crate::regret`].

use crate::{
    Actor, House, OperationError,
    entering::entry,
    first_access::{Address, masked, to},
    mail::{self, Letter, NewMail, NotMe},
    sign_in::{Token, hash_of},
    text_message::{self, TextNotice},
};
use std::time::Duration;
use store::{ChangeKind, KeptChange, Login, NewChange, NewText, Transaction};
use vocabulary::{IdentityChangeId, Timestamp};

/// How long who was told can take a change back once it took effect, in days.
pub(crate) const REGRET_DAYS: i64 = 7;
const DAY_S: i64 = 86_400;
const HALF_A_DAY_S: i64 = DAY_S / 2;
/// How many due changes are looked for at a time.
const AT_ONCE: u32 = 50;
/// How often is looked for changes whose hour has come.
const EVERY: Duration = Duration::from_secs(20);

/// What is told of a change, written before its transaction begins.
pub(crate) struct Notice {
    token_hash: String,
    mail: Option<NewMail>,
    texts: Vec<NewText>,
}

/// Until when a change can be taken back that takes effect at an instant.
pub(crate) fn regret_until(effect: Timestamp) -> Timestamp {
    effect.plus_seconds(REGRET_DAYS * DAY_S)
}

impl Notice {
    /// A letter with the link that takes the change back, to the address that is known, and a text message to the SIM.
    ///
    /// # Errors
    /// Without keys, or when the database fails.
    pub(crate) async fn write(
        house: &House,
        (login, links): (&Login, &Address),
        until: Timestamp,
        letter: impl FnOnce(NotMe) -> Letter,
        text: Option<TextNotice>,
    ) -> Result<Self, OperationError> {
        let token = Token::fresh()?;
        let seconds = until.micros().saturating_sub(house.clock.now().micros()) / 1_000_000;
        let link = format!("{}://{}/not-me/{}", links.scheme, links.host, token.as_str());
        let letter = letter(NotMe { link, days: (seconds + HALF_A_DAY_S) / DAY_S });
        let mail = match login.email.is_empty() {
            true => None,
            false => Some(mail::written(house, to(login, links, letter))?),
        };
        let texts = match text {
            None => Vec::new(),
            Some(notice) => text_message::to_sims(house, (login, &links.brand), notice).await?,
        };
        Ok(Self { token_hash: hash_of(token.as_str()), mail, texts })
    }

    /// Posts it with the change that it tells of.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn post(&self, transaction: &Transaction, change: IdentityChangeId) -> Result<(), OperationError> {
        transaction.make_regret(change, &self.token_hash).await?;
        if let Some(mail) = &self.mail {
            transaction.post_mail(mail).await?;
        }
        for text in &self.texts {
            transaction.post_text(text).await?;
        }
        Ok(())
    }
}

/// Notes a change that was made at once, so that who is told can take it back.
///
/// # Errors
/// When the database fails.
pub(crate) async fn made(
    transaction: &Transaction,
    (login, links): (&Login, &Address),
    (kind, before, after): (ChangeKind, &str, &str),
    now: Timestamp,
) -> Result<IdentityChangeId, OperationError> {
    let change = NewChange {
        login: login.id,
        kind,
        before,
        after,
        host: &links.brand,
        site: &site(links),
        asked: now,
        done: Some(now),
        regret_until: regret_until(now),
    };
    Ok(transaction.ask_change(&change).await?)
}

/// Where links lead, as it is kept with a change.
pub(crate) fn site(links: &Address) -> String {
    format!("{}://{}", links.scheme, links.host)
}

fn links_of(change: &KeptChange) -> Address {
    let (scheme, host) = change.site.split_once("://").unwrap_or(("https", &change.host));
    let scheme = if scheme == "http" { "http" } else { "https" };
    Address { scheme, host: host.to_owned(), brand: change.host.clone() }
}

/// Holds a change that who helps makes: nobody confirms it, and its hour is known.
///
/// # Errors
/// When the database fails.
pub(crate) async fn held(
    transaction: &Transaction,
    (login, links): (&Login, &Address),
    (kind, before, after): (ChangeKind, &str, &str),
    (now, due): (Timestamp, Timestamp),
) -> Result<IdentityChangeId, OperationError> {
    let (host, site) = (links.brand.as_str(), &site(links));
    let new =
        NewChange { login: login.id, kind, before, after, host, site, asked: now, done: None, regret_until: regret_until(due) };
    let change = transaction.ask_change(&new).await?;
    transaction.hold_change(change, due).await?;
    Ok(change)
}

/// A letter to the address before, for when a held change is carried out.
pub(crate) async fn farewell(house: &House, change: &KeptChange) -> Result<Notice, OperationError> {
    let (to, at, kind) = (masked(&change.after), house.clock.now(), change.kind);
    let letter = |not_me| match kind {
        ChangeKind::SecondFactor => Letter::SecondFactorRemoved { at, hold_h: 0, not_me },
        _ => Letter::AddressChanged { to, at, not_me: Some(not_me) },
    };
    Notice::write(house, (&change.login, &links_of(change)), change.regret_until, letter, None).await
}

/// Carries a held change out, if it still is; by whom it is, the journal has from `actor`, or nobody.
///
/// # Errors
/// When the database fails: then nothing is changed.
pub(crate) async fn carry_out(
    transaction: &Transaction,
    (change, notice): (&KeptChange, &Notice),
    actor: Option<&Actor>,
    now: Timestamp,
) -> Result<bool, OperationError> {
    transaction.hold_login(change.login.id).await?;
    if !transaction.change_done(change.id, now).await? {
        return Ok(false);
    }
    let login = &change.login;
    let from = actor.map_or("", |actor| &actor.address);
    if change.kind == ChangeKind::SecondFactor {
        transaction.forget_factors(login.id).await?;
        transaction.end_sessions(login.id, None).await?;
        transaction.note(entry(login, from, now, "second_factor_removed")).await?;
    } else {
        transaction.set_email(login.id, (&login.email, &change.after)).await?;
        let mut noted = entry(login, from, now, "email_changed");
        noted.before = Some(serde_json::json!({ "email": login.email }).to_string());
        noted.after = Some(serde_json::json!({ "email": change.after }).to_string());
        transaction.note(noted).await?;
    }
    notice.post(transaction, change.id).await?;
    Ok(true)
}

/// Carries out the held changes whose hour has come, each in a transaction of its own, beside as many others as there are nodes; how many.
///
/// # Errors
/// When they cannot be looked for. One that fails is logged, and found again.
pub async fn carry_out_due(house: &House) -> Result<u64, OperationError> {
    let mut done = 0;
    for id in house.store.due_changes(house.clock.now(), AT_ONCE).await? {
        match carry_out_one(house, id).await {
            Ok(true) => done += 1,
            Ok(false) => {}
            Err(error) => tracing::error!(change = id.0, "a change could not be carried out: {error}"),
        }
    }
    if done > 0 {
        house.mail_posted();
    }
    Ok(done)
}

async fn carry_out_one(house: &House, id: IdentityChangeId) -> Result<bool, OperationError> {
    let Some(change) = house.store.change(id).await? else { return Ok(false) };
    let notice = farewell(house, &change).await?;
    let transaction = house.store.begin().await?;
    if !carry_out(&transaction, (&change, &notice), None, house.clock.now()).await? {
        return Ok(false);
    }
    transaction.commit().await?;
    Ok(true)
}

/// Looks for changes whose hour has come, again and again, until `stop` comes.
pub async fn watch(house: House, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        if let Err(error) = carry_out_due(&house).await {
            tracing::error!("changes to come: {error}");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = &mut stop => break,
        }
    }
}
