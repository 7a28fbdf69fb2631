//! What a person does with a telephone, as the simulated SM-DP+ comes to know it, and tells the operator (SGP.22 §5.3.5).

use super::{
    Shelf, SimulatedSmdp,
    stock::{CODE_TRIES, Profile, StockState},
};
use crate::es2plus::{BASE, ProgressPoints};
use serde_json::json;
use std::io;
use vocabulary::{Eid, Iccid, Timestamp};

/// An activation code that somebody scans, and what they type beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Installation<'a> {
    /// The matching id of the activation code.
    pub matching_id: &'a str,
    /// The confirmation code.
    pub typed: Option<&'a str>,
    /// The telephone's chip.
    pub eid: Eid,
}

/// Why nothing is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstallRefusal {
    /// No profile waits under this matching id: there is none, or it is on a telephone, or was.
    #[error("no profile waits under this activation code")]
    Unknown,
    /// It waits for another chip.
    #[error("the profile waits for another telephone")]
    OtherChip,
    /// A confirmation code is asked for.
    #[error("a confirmation code is asked for")]
    CodeMissing,
    /// It is not this one.
    #[error("the confirmation code is wrong")]
    CodeWrong,
    /// It was typed wrongly too often: the profile is lost.
    #[error("the confirmation code was typed wrongly too often")]
    CodeDead,
    /// The server cannot keep it.
    #[error("the profile cannot be kept")]
    NotKept,
}

/// What somebody does with an installed profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// Switches it on.
    Enable,
    /// Switches it off.
    Disable,
    /// Deletes it, for ever.
    Delete,
}

/// What is told: the number of a step, and codes and words where it failed.
type Step = (u32, Option<(&'static str, &'static str, &'static str)>);

const CHECKED: u32 = 1;
const CODE_TYPED: u32 = 2;
const DOWNLOADED: u32 = 3;
const INSTALLED: u32 = 4;

impl SimulatedSmdp {
    /// Somebody installs the profile of an activation code and switches it on. What happened is told to the operator before this returns, or waits.
    ///
    /// # Errors
    /// Why nothing is installed.
    pub async fn install(&self, asked: Installation<'_>, now: Timestamp) -> Result<Iccid, InstallRefusal> {
        let decided = {
            let mut shelf = self.lock();
            let (profile, steps, outcome) = scanned(&shelf, asked)?;
            let (iccid, eid) = (profile.iccid, Some(asked.eid));
            let told = (profile.profile_type.clone(), eid);
            shelf.keep(profile).map_err(|_| InstallRefusal::NotKept)?;
            self.tell(&mut shelf, (iccid, told), &steps, now);
            outcome.map(|()| iccid)
        };
        self.deliver().await;
        decided
    }

    /// Somebody does something with an installed profile.
    ///
    /// # Errors
    /// When no profile of this ICCID is on a telephone, or it cannot be kept.
    pub async fn handle(&self, iccid: Iccid, handling: Handling, now: Timestamp) -> io::Result<()> {
        {
            let mut shelf = self.lock();
            let installed =
                shelf.stock.0.get(&iccid).filter(|profile| matches!(profile.state, StockState::Enabled | StockState::Disabled));
            let profile = installed.cloned().ok_or_else(|| io::Error::other("the profile is on no telephone"))?;
            let points = ProgressPoints::SIMULATED;
            let (state, point) = match handling {
                Handling::Enable => (StockState::Enabled, points.enabled),
                Handling::Disable => (StockState::Disabled, points.disabled),
                Handling::Delete => (StockState::Deleted, points.deleted),
            };
            let told = (profile.profile_type.clone(), profile.eid);
            shelf.keep(Profile { state, ..profile })?;
            let steps: Vec<Step> = point.map(|point| (point, None)).into_iter().collect();
            self.tell(&mut shelf, (iccid, told), &steps, now);
        }
        self.deliver().await;
        Ok(())
    }

    /// Tells the operator what is still to be told, in the order in which it happened, until a message is not taken: that one waits, and those
    /// after it. Says how many wait.
    pub async fn deliver(&self) -> usize {
        let _one_at_a_time = self.delivering.lock().await;
        let path = format!("{BASE}handleDownloadProgressInfo");
        loop {
            let next = self.lock().untold.front().cloned();
            let (Some(body), Some(peer)) = (next, &self.callback) else { break };
            match peer.post(&path, body).await {
                Ok((status, _)) if status.is_success() => drop(self.lock().untold.pop_front()),
                answered => {
                    tracing::warn!(?answered, "what the simulated SM-DP+ tells is not taken");
                    break;
                }
            }
        }
        self.lock().untold.len()
    }

    fn tell(
        &self,
        shelf: &mut Shelf,
        (iccid, (profile_type, eid)): (Iccid, (String, Option<Eid>)),
        steps: &[Step],
        now: Timestamp,
    ) {
        if self.callback.is_none() {
            return;
        }
        for (point, failed) in steps {
            shelf.calls += 1;
            let status = match failed {
                None => json!({ "status": "Executed-Success" }),
                Some((subject, reason, message)) => json!({
                    "status": "Failed",
                    "statusCodeData": { "subjectCode": subject, "reasonCode": reason, "message": message },
                }),
            };
            let message = json!({
                "header": {
                    "functionRequesterIdentifier": self.settings.address.as_str(),
                    "functionCallIdentifier": format!("{iccid}-{}", shelf.calls),
                },
                "iccid": iccid,
                "eid": eid,
                "profileType": profile_type,
                "timestamp": now.to_string(),
                "notificationPointId": point,
                "notificationPointStatus": status,
            });
            shelf.untold.push_back(message.to_string().into_bytes());
        }
    }
}

/// The profile as it is after somebody scanned its activation code, the steps of it, and whether it is installed.
type Scanned = (Profile, Vec<Step>, Result<(), InstallRefusal>);

fn scanned(shelf: &Shelf, asked: Installation<'_>) -> Result<Scanned, InstallRefusal> {
    let is_it =
        |profile: &&Profile| profile.state == StockState::Released && profile.matching_id.as_deref() == Some(asked.matching_id);
    let profile = shelf.stock.0.values().find(is_it).cloned().ok_or(InstallRefusal::Unknown)?;
    if profile.eid.is_some_and(|eid| eid != asked.eid) {
        let steps = vec![(CHECKED, Some(("8.1.1", "3.8", "the profile is linked to another chip")))];
        return Ok((profile, steps, Err(InstallRefusal::OtherChip)));
    }
    let mut steps: Vec<Step> = vec![(CHECKED, None)];
    match (profile.confirmation_code.as_deref(), asked.typed) {
        (None, _) => {}
        (Some(_), None) => {
            steps.push((CODE_TYPED, Some(("8.2.7", "2.2", "the confirmation code is missing"))));
            return Ok((profile, steps, Err(InstallRefusal::CodeMissing)));
        }
        (Some(right), Some(typed)) if right == typed => {}
        (Some(_), Some(_)) if profile.wrong_codes + 1 < CODE_TRIES => {
            steps.push((CODE_TYPED, Some(("8.2.7", "3.8", "the confirmation code is refused"))));
            let wrong_codes = profile.wrong_codes + 1;
            return Ok((Profile { wrong_codes, ..profile }, steps, Err(InstallRefusal::CodeWrong)));
        }
        (Some(_), Some(_)) => {
            steps.push((CODE_TYPED, Some(("8.2.7", "6.4", "the confirmation code was refused too often"))));
            let lost = Profile { wrong_codes: CODE_TRIES, state: StockState::Unavailable, ..profile };
            return Ok((lost, steps, Err(InstallRefusal::CodeDead)));
        }
    }
    steps.extend([(DOWNLOADED, None), (INSTALLED, None)]);
    steps.extend(ProgressPoints::SIMULATED.enabled.map(|point| (point, None)));
    let installed = Profile { state: StockState::Enabled, eid: Some(asked.eid), ..profile };
    Ok((installed, steps, Ok(())))
}
