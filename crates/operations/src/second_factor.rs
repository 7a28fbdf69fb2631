//! One-time codes of a login (PLT-03): switched on with a first right code, off with the password and a code, and the recovery codes that
//! stand in for them. The seed is sealed (PLT-16); of recovery codes only hashes are kept. A code is good once: the database keeps the last
//! step that was used.

pub use crate::recovery_code::RecoveryCodes;
use crate::{
    Actor, House, OperationError,
    account::own,
    back_off::{RULES, minutes},
    entering::{entry, tell},
    first_access::Address,
    identity_change::{self, Notice},
    mail::Letter,
    one_time_code::{CodeSeed, DIGITS},
    proof::{ProofRefusal, password_shown},
    recovery_code::{RECOVERY_SIGNS, fresh_codes, hashes, plain, recovery_hash},
    seal::{Place, SealError},
    sign_in::hash_of,
};
use std::fmt;
use store::{ChangeKind, KeptCodes, KeptPasskey, Login, Object, Transaction};
use vocabulary::{LoginId, Timestamp};
use zeroize::Zeroizing;

/// How long a seed waits for its first code, in seconds.
pub(crate) const SETUP_S: i64 = 900;

/// What protects a login besides its password.
#[derive(Debug)]
pub struct SecondFactor {
    /// One-time codes.
    pub codes: Codes,
    /// How many recovery codes are left.
    pub recovery_left: i64,
    /// Its passkeys, the one that was used last first.
    pub passkeys: Vec<KeptPasskey>,
    /// Does its operator ask it for codes, as it has no passkey that would do?
    pub is_required: bool,
    /// What has to be done before anything else.
    pub missing: Option<Missing>,
}

/// What somebody lacks whose operator asks their role for a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// They have none: codes have to be switched on.
    Codes,
    /// They have a passkey and came with the password alone: it has to be shown.
    Passkey,
}

/// Where a login stands with one-time codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codes {
    /// They are not asked for.
    Off,
    /// A seed was made, and a first code is waited for.
    Begun(Setup),
    /// They are asked for since.
    On(Timestamp),
}

/// What an authenticator app needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Setup {
    /// To be typed: base32.
    pub secret: Zeroizing<String>,
    /// For a QR code.
    pub address: Zeroizing<String>,
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Setup")
    }
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// The password is not the login's.
    WrongPassword,
    /// It is not the code, or was used.
    WrongCode,
    /// Too many wrong ones: so many minutes have to pass.
    Wait(i64),
    /// It was changed meanwhile, or the seed waited too long.
    Over,
    /// The operator asks this role for codes.
    Required,
    /// Whoever runs the program named no keys to seal the seed with.
    NoKeys,
}

impl From<ProofRefusal> for CodeRefusal {
    fn from(refusal: ProofRefusal) -> Self {
        match refusal {
            ProofRefusal::Wait(minutes) => Self::Wait(minutes),
            ProofRefusal::CodeNeeded | ProofRefusal::WrongCode => Self::WrongCode,
            _ => Self::WrongPassword,
        }
    }
}

/// What protects the asker's login; `brand` is what an app shows beside its codes.
///
/// # Errors
/// When the database fails, or the seed does not open.
pub async fn state(house: &House, actor: &Actor, brand: &str) -> Result<SecondFactor, OperationError> {
    let kept = house.store.one_time_codes(actor.login).await?;
    let codes = match kept {
        Some(KeptCodes { confirmed: Some(since), .. }) => Codes::On(since),
        Some(kept) if kept.begun.plus_seconds(SETUP_S) > house.clock.now() => {
            let seed = opened(house, actor.login, &kept.seed)?;
            let login = own(house, actor).await?;
            let name = if login.email.is_empty() { &login.name } else { &login.email };
            Codes::Begun(Setup { secret: seed.base32(), address: seed.address(brand, name) })
        }
        _ => Codes::Off,
    };
    let passkeys = house.store.passkeys(actor.login).await?;
    Ok(SecondFactor {
        codes,
        recovery_left: house.store.recovery_codes_left(actor.login).await?,
        is_required: passkeys.is_empty() && is_asked_for(house, actor).await?,
        missing: missing(house, actor).await?,
        passkeys,
    })
}

/// Does the asker's operator ask their role for codes?
async fn is_asked_for(house: &House, actor: &Actor) -> Result<bool, OperationError> {
    let catalog = house.catalog(actor.scope.operator).await?;
    Ok(catalog.operator.second_factor_roles.iter().any(|role| role == actor.role.as_str()))
}

/// What the asker has to do before anything else. A passkey is two factors at once: who came with one, or showed it since, lacks nothing.
/// Who has one and came with the password alone shows it now: else that password would be enough to switch codes on, and to be in.
///
/// # Errors
/// When the database fails.
pub async fn missing(house: &House, actor: &Actor) -> Result<Option<Missing>, OperationError> {
    if !is_asked_for(house, actor).await?
        || house.store.has_codes(actor.login).await?
        || house.store.has_shown_passkey(actor.session).await?
    {
        return Ok(None);
    }
    let has_passkeys = !house.store.passkeys(actor.login).await?.is_empty();
    Ok(Some(if has_passkeys { Missing::Passkey } else { Missing::Codes }))
}

/// Makes a seed for who knows the password; it counts once a first code came.
///
/// # Errors
/// When the database fails.
pub async fn begin(house: &House, actor: &Actor, password: &str) -> Result<Result<(), CodeRefusal>, OperationError> {
    if let Err(refusal) = password_shown(house, actor, password).await? {
        return Ok(Err(refusal.into()));
    }
    if !house.seal.is_there() {
        return Ok(Err(CodeRefusal::NoKeys));
    }
    let seed = CodeSeed::fresh().map_err(|_| SealError::NoRandomness)?;
    let sealed = house.seal.seal(place(&actor.login.to_string()), seed.as_bytes())?;
    let transaction = house.store.begin().await?;
    let begun = transaction.begin_codes(actor.login, &sealed, house.clock.now()).await?;
    transaction.commit().await?;
    Ok(if begun { Ok(()) } else { Err(CodeRefusal::Over) })
}

/// Switches codes on by a first right one, and makes recovery codes.
///
/// # Errors
/// When the database fails.
pub async fn confirm(
    house: &House,
    actor: &Actor,
    typed: &str,
    links: &Address,
) -> Result<Result<RecoveryCodes, CodeRefusal>, OperationError> {
    let now = house.clock.now();
    let begun = house.store.one_time_codes(actor.login).await?;
    let waits = |kept: &KeptCodes| kept.confirmed.is_none() && kept.begun.plus_seconds(SETUP_S) > now;
    let Some(kept) = begun.filter(waits) else { return Ok(Err(CodeRefusal::Over)) };
    if let Some(minutes) = count_code(house, actor.login).await? {
        return Ok(Err(CodeRefusal::Wait(minutes)));
    }
    let Some(step) = opened(house, actor.login, &kept.seed)?.step_of(&plain(typed), now) else {
        return Ok(Err(CodeRefusal::WrongCode));
    };
    let login = own(house, actor).await?;
    let codes = fresh_codes()?;
    let letter = |not_me| Letter::CodesSwitchedOn { at: now, not_me: Some(not_me) };
    let notice = Notice::write(house, (&login, links), identity_change::regret_until(now), letter, None).await?;
    let transaction = house.store.begin().await?;
    if !transaction.confirm_codes(actor.login, (&kept.seed, step), now).await? {
        return Ok(Err(CodeRefusal::Over));
    }
    transaction.set_recovery_codes(actor.login, &hashes(actor.login, &codes)).await?;
    transaction.note(actor.entry(now, "codes_switched_on", Object::Login(actor.login))).await?;
    let change = identity_change::made(&transaction, (&login, links), (ChangeKind::Codes, "", ""), now).await?;
    notice.post(&transaction, change).await?;
    transaction.commit().await?;
    house.mail_posted();
    house.store.try_succeeded(&proof_subject(actor.login), &[]).await?;
    Ok(Ok(codes))
}

/// Switches codes off for who knows the password and shows a code.
///
/// # Errors
/// When the database fails.
pub async fn end(
    house: &House,
    actor: &Actor,
    proof: (&str, &str),
    links: &Address,
) -> Result<Result<(), CodeRefusal>, OperationError> {
    if is_asked_for(house, actor).await? && house.store.passkeys(actor.login).await?.is_empty() {
        return Ok(Err(CodeRefusal::Required));
    }
    let (login, shown) = match proven(house, actor, proof).await? {
        Ok(proven) => proven,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    if !use_up(house, &transaction, &login, (&shown, &actor.address), links).await? {
        return Ok(Err(CodeRefusal::WrongCode));
    }
    if !transaction.end_codes(actor.login).await? {
        return Ok(Err(CodeRefusal::Over));
    }
    transaction.note(actor.entry(now, "codes_switched_off", Object::Login(actor.login))).await?;
    tell(house, &transaction, &login, links, Letter::CodesSwitchedOff { at: now }).await?;
    transaction.commit().await?;
    house.mail_posted();
    house.store.try_succeeded(&proof_subject(actor.login), &[]).await?;
    Ok(Ok(()))
}

/// Makes other recovery codes for who knows the password and shows a code; those before are good no more.
///
/// # Errors
/// When the database fails.
pub async fn renew_recovery_codes(
    house: &House,
    actor: &Actor,
    proof: (&str, &str),
    links: &Address,
) -> Result<Result<RecoveryCodes, CodeRefusal>, OperationError> {
    let (login, shown) = match proven(house, actor, proof).await? {
        Ok(proven) => proven,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let now = house.clock.now();
    let codes = fresh_codes()?;
    let transaction = house.store.begin().await?;
    if !use_up(house, &transaction, &login, (&shown, &actor.address), links).await? {
        return Ok(Err(CodeRefusal::WrongCode));
    }
    transaction.set_recovery_codes(actor.login, &hashes(actor.login, &codes)).await?;
    transaction.note(actor.entry(now, "recovery_codes_made", Object::Login(actor.login))).await?;
    transaction.commit().await?;
    house.mail_posted();
    house.store.try_succeeded(&proof_subject(actor.login), &[]).await?;
    Ok(Ok(codes))
}

/// Does the asker show a code, or a recovery code, of their login now? It is used up by that, and wrong ones are counted.
///
/// # Errors
/// When the database fails.
pub async fn prove_by_code(
    house: &House,
    actor: &Actor,
    typed: &str,
    links: &Address,
) -> Result<Result<(), CodeRefusal>, OperationError> {
    if let Some(minutes) = count_code(house, actor.login).await? {
        return Ok(Err(CodeRefusal::Wait(minutes)));
    }
    let Some(shown) = recognised(house, actor.login, typed).await? else { return Ok(Err(CodeRefusal::WrongCode)) };
    let login = own(house, actor).await?;
    let transaction = house.store.begin().await?;
    if !use_up(house, &transaction, &login, (&shown, &actor.address), links).await? {
        return Ok(Err(CodeRefusal::WrongCode));
    }
    transaction.commit().await?;
    house.mail_posted();
    house.store.try_succeeded(&proof_subject(actor.login), &[]).await?;
    Ok(Ok(()))
}

/// The password is right and the code known: it is still to be used up, with what it is shown for.
async fn proven(
    house: &House,
    actor: &Actor,
    (password, typed): (&str, &str),
) -> Result<Result<(Login, Shown), CodeRefusal>, OperationError> {
    let login = own(house, actor).await?;
    if let Err(refusal) = password_shown(house, actor, password).await? {
        return Ok(Err(refusal.into()));
    }
    if let Some(minutes) = count_code(house, actor.login).await? {
        return Ok(Err(CodeRefusal::Wait(minutes)));
    }
    Ok(recognised(house, actor.login, typed).await?.map(|shown| (login, shown)).ok_or(CodeRefusal::WrongCode))
}

/// Counts one more code as wrong; for how many minutes it has to wait, if it has to.
async fn count_code(house: &House, login: LoginId) -> Result<Option<i64>, OperationError> {
    let now = house.clock.now();
    let until = house.store.count_try(&[proof_subject(login)], now, |_, tries| RULES[0].waiting(tries, now)).await?;
    Ok(until.map(|until| minutes(now, until)))
}

fn proof_subject(login: LoginId) -> String {
    hash_of(&format!("code proof of login {login}"))
}

/// A code that is right, if it was not used.
#[derive(Debug)]
pub(crate) enum Shown {
    /// Of an app, by its step.
    Step(i64),
    /// A recovery code, by its hash.
    Recovery(String),
}

/// What somebody typed, if it may be a code of a login whose codes are on.
pub(crate) async fn recognised(house: &House, login: LoginId, typed: &str) -> Result<Option<Shown>, OperationError> {
    let Some(kept) = house.store.one_time_codes(login).await?.filter(|kept| kept.confirmed.is_some()) else {
        return Ok(None);
    };
    let typed = plain(typed);
    if typed.len() == DIGITS {
        return Ok(opened(house, login, &kept.seed)?.step_of(&typed, house.clock.now()).map(Shown::Step));
    }
    Ok((typed.len() == RECOVERY_SIGNS).then(|| Shown::Recovery(recovery_hash(login, &typed))))
}

/// Uses a code up within a transaction; `false` when it was used, or never was. Who used a recovery code is told.
pub(crate) async fn use_up(
    house: &House,
    transaction: &Transaction,
    login: &Login,
    (shown, address): (&Shown, &str),
    links: &Address,
) -> Result<bool, OperationError> {
    let now = house.clock.now();
    match shown {
        Shown::Step(step) => Ok(transaction.use_step(login.id, *step).await?),
        Shown::Recovery(hash) => {
            if !transaction.use_recovery_code(login.id, hash, now).await? {
                return Ok(false);
            }
            let left = transaction.recovery_codes_left(login.id).await?;
            transaction.note(entry(login, address, now, "recovery_code_used")).await?;
            tell(house, transaction, login, links, Letter::RecoveryCodeUsed { left, at: now }).await?;
            Ok(true)
        }
    }
}

fn place(login: &str) -> Place<'_> {
    Place { table: "one_time_code", column: "seed", row: login }
}

fn opened(house: &House, login: LoginId, sealed: &str) -> Result<CodeSeed, OperationError> {
    Ok(CodeSeed::from_bytes(house.seal.open(place(&login.to_string()), sealed)?))
}
