//! Brings eSIM profiles to where they are wanted: ordered, confirmed and released at their server, or cancelled there (RES-08, MOB-52).
//!
//! What a call needs is saved before it is made, and what came of it after: a program that dies in between makes the same call again under the
//! same name, and a server that has done it says so. A server that refuses or is silent is asked again after pauses that grow, and staff sees why.

use super::{codes, letter};
use crate::{
    House, OperationError,
    esim_port::{CallId, Leaves, ProfileCancellation, ProfileConfirmation, ProfileFailure, ProfileOrder, Release},
    journal::Object,
    profile_servers::ProfileServerOf,
    sim_transfer::program,
};
use ::lines::{ProfileCall, ProfileStanding};
use serde_json::json;
use std::time::Duration;
use store::{KeptEsim, NewEntry};
use tokio::task::JoinSet;
use vocabulary::{Iccid, SmDpAddress, Timestamp};

/// How long a profile is this node's, in seconds: longer than any call takes. Then another takes it for forgotten.
const LEASE_S: i64 = 120;
/// How many profiles are brought on at once.
const AT_ONCE: u32 = 16;
/// How often it is looked for work where nobody says that there is some.
const ROUND: Duration = Duration::from_secs(5);
/// The first pause after a call that did not succeed, in seconds; each is twice the one before.
const FIRST_PAUSE_S: i64 = 5;
/// The longest pause, in seconds.
const LONGEST_PAUSE_S: i64 = 900;
/// No more of a server's words is kept, in characters.
const LONGEST_PROBLEM: usize = 300;

/// Brings profiles on that are due now; how many were.
///
/// # Errors
/// When the database fails before anything was taken.
pub async fn round(house: &House) -> Result<usize, OperationError> {
    let now = house.clock.now();
    let taken = house.store.take_esims(now, now.plus_seconds(LEASE_S), AT_ONCE).await?;
    let count = taken.len();
    let mut work = JoinSet::new();
    for esim in taken {
        let house = house.clone();
        work.spawn(async move {
            let sim = esim.sim;
            if let Err(error) = bring_on(&house, esim).await {
                // It is due again when its lease ends.
                tracing::error!(sim = sim.0, error = &error as &dyn std::error::Error, "an eSIM profile is not brought on");
            }
        });
    }
    while work.join_next().await.is_some() {}
    Ok(count)
}

/// Does rounds until it is told to stop; nothing that goes wrong ends it. A round that is begun is finished.
pub async fn run(house: House, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        let wait = match round(&house).await {
            Ok(0) => ROUND,
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "eSIM profiles");
                ROUND
            }
        };
        tokio::select! {
            () = &mut stop => return,
            () = house.esim_waits() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Makes one call after the other until the profile is where it is wanted, the server does not do one, or somebody wants something else.
async fn bring_on(house: &House, mut esim: KeptEsim) -> Result<(), OperationError> {
    loop {
        let Some(call) = esim.state.next_call() else {
            (esim.due, esim.problem, esim.tries) = (None, None, 0);
            save(house, &esim, Vec::new()).await?;
            return Ok(());
        };
        let Some(server) = house.profile_servers.find(esim.operator) else {
            return put_off(house, esim, "no profile server is named for this operator".to_owned()).await;
        };
        let Ok(iccid) = esim.iccid.parse::<Iccid>() else {
            return put_off(house, esim, "its serial number is no ICCID".to_owned()).await;
        };
        if call == ProfileCall::Order && esim.state.standing == ProfileStanding::New {
            codes::forget(&mut esim);
            esim.round += 1;
        }
        if call == ProfileCall::Confirm {
            codes::draw(house, &mut esim)?;
        }
        esim.state = esim.state.before(call);
        esim.tries += 1;
        esim.due = Some(house.clock.now().plus_seconds(LEASE_S));
        if !save(house, &esim, Vec::new()).await? {
            return Ok(());
        }
        esim = esim.saved();
        match ask(house, server, (call, iccid), &esim).await? {
            Ok(waits_at) => {
                esim = done(esim, call, waits_at);
                if !told(house, &esim, call).await? {
                    return Ok(());
                }
                esim = esim.saved();
            }
            Err(failure) => {
                if matches!(failure, ProfileFailure::Refused(_)) {
                    // The same call would be answered the same.
                    esim.calls += 1;
                }
                return put_off(house, esim, failure.to_string()).await;
            }
        }
    }
}

/// Where a profile waits that was confirmed.
type Asked = Result<Option<SmDpAddress>, ProfileFailure>;

/// Makes a call. What was asked before and may have been done is taken as done when the server refuses it for that.
async fn ask(
    house: &House,
    server: &ProfileServerOf,
    (call, iccid): (ProfileCall, Iccid),
    esim: &KeptEsim,
) -> Result<Asked, OperationError> {
    let id = CallId(format!("{}-{}-{}", esim.name, call.as_str(), esim.calls).into());
    let port = &server.port;
    let matching_id = codes::matching_id_of(house, esim)?;
    let answered = match call {
        ProfileCall::Order => {
            let order = ProfileOrder { iccid: Some(iccid), ..ProfileOrder::default() };
            port.order(id, order).await.map(|_| None)
        }
        ProfileCall::Confirm => {
            let confirmation_code = codes::confirmation_code_of(house, esim)?;
            let asked = ProfileConfirmation { iccid, eid: None, matching_id, confirmation_code, release: Release::Later };
            port.confirm(id, asked).await.map(|confirmed| Some(confirmed.sm_dp))
        }
        ProfileCall::Release => port.release(id, iccid).await.map(|()| None),
        ProfileCall::Cancel => {
            let asked = ProfileCancellation { iccid, eid: None, matching_id: None, leaves: Leaves::Available };
            port.cancel(id, asked).await.map(|()| None)
        }
    };
    Ok(match answered {
        Err(ProfileFailure::Refused(refusal)) if refusal.why.may_be_done() && (esim.tries > 1 || call == ProfileCall::Cancel) => {
            Ok((call == ProfileCall::Confirm).then(|| server.address.clone()))
        }
        answered => answered,
    })
}

fn done(mut esim: KeptEsim, call: ProfileCall, waits_at: Option<SmDpAddress>) -> KeptEsim {
    esim.state = esim.state.after(call);
    (esim.tries, esim.problem) = (0, None);
    esim.calls += 1;
    match call {
        ProfileCall::Confirm => esim.sm_dp = waits_at.map(|address| address.to_string()),
        ProfileCall::Cancel => codes::forget(&mut esim),
        ProfileCall::Order | ProfileCall::Release => {}
    }
    esim
}

/// Saves what a call came to, with the journal; a profile that may be downloaded is told of by mail.
async fn told(house: &House, esim: &KeptEsim, call: ProfileCall) -> Result<bool, OperationError> {
    let now = house.clock.now();
    let action = match call {
        ProfileCall::Release => "esim_ready",
        ProfileCall::Cancel => "esim_cancelled",
        ProfileCall::Order | ProfileCall::Confirm => return save(house, esim, Vec::new()).await,
    };
    let mail = if call == ProfileCall::Release { letter::to_contact(house, esim).await? } else { None };
    let mut noted = vec![entry(esim, now, action)];
    if let Some((_, to)) = &mail {
        noted.push(NewEntry { after: Some(json!({ "email": to }).to_string()), ..entry(esim, now, "esim_mailed") });
    }
    let transaction = house.store.begin().await?;
    if !transaction.save_esim(esim, now).await? {
        return Ok(false);
    }
    if let Some((mail, _)) = &mail {
        transaction.post_mail(mail).await?;
    }
    transaction.note_many(esim.operator, noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(true)
}

/// Lets a profile wait whose server did not do what it was asked. The journal says so once for each reason.
async fn put_off(house: &House, mut esim: KeptEsim, problem: String) -> Result<(), OperationError> {
    let now = house.clock.now();
    let problem: String = problem.chars().take(LONGEST_PROBLEM).collect();
    tracing::warn!(sim = esim.sim.0, problem, "an eSIM profile waits");
    let noted = if esim.problem.as_ref() == Some(&problem) {
        Vec::new()
    } else {
        vec![NewEntry { after: Some(json!({ "reason": problem }).to_string()), ..entry(&esim, now, "esim_waits") }]
    };
    esim.due = Some(now.plus_seconds(pause_s(esim.tries)));
    esim.problem = Some(problem);
    save(house, &esim, noted).await.map(drop)
}

fn pause_s(tries: i64) -> i64 {
    let doublings = u32::try_from(tries.clamp(1, 16) - 1).unwrap_or(0);
    (FIRST_PAUSE_S << doublings).min(LONGEST_PAUSE_S)
}

async fn save(house: &House, esim: &KeptEsim, noted: Vec<NewEntry>) -> Result<bool, OperationError> {
    let transaction = house.store.begin().await?;
    if !transaction.save_esim(esim, house.clock.now()).await? {
        return Ok(false);
    }
    transaction.note_many(esim.operator, noted).await?;
    transaction.commit().await?;
    Ok(true)
}

/// An entry of the journal about a profile's line, by the program.
pub(super) fn entry(esim: &KeptEsim, at: Timestamp, action: &'static str) -> NewEntry {
    NewEntry { owner: esim.owner, ..program(esim.operator, at, (action, Object::Line(esim.line.0))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!([0, 1, 2, 3, 8, 9, 400].map(pause_s), [5, 5, 10, 20, 640, 900, 900]);
    }
}
