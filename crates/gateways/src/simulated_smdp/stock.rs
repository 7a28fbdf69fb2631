//! The profiles of a simulated SM-DP+ and what may become of each: its life on the server (SGP.22 §3.1.6) and on the telephone.

use operations::host_network::Chance;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Eid, Iccid};

/// How far a profile is, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockState {
    /// Nobody ordered it.
    Available,
    /// It was ordered.
    Allocated,
    /// It was ordered for one chip.
    Linked,
    /// It is ready and held back.
    Confirmed,
    /// It may be downloaded.
    Released,
    /// It is on a telephone, switched off.
    Disabled,
    /// It is on a telephone, switched on.
    Enabled,
    /// It was deleted there.
    Deleted,
    /// Nobody gets it any more: its order was cancelled so, or its confirmation code was typed wrongly too often.
    Unavailable,
}

/// A profile.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Profile {
    pub(super) iccid: Iccid,
    pub(super) profile_type: String,
    pub(super) state: StockState,
    pub(super) eid: Option<Eid>,
    pub(super) matching_id: Option<String>,
    pub(super) confirmation_code: Option<String>,
    pub(super) wrong_codes: u8,
}

/// A refusal by the codes of the standard: subject (§5.2.6.1), reason (§5.2.6.2), and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) &'static str, pub(super) &'static str, pub(super) &'static str);

const UNKNOWN: Refusal = Refusal("8.2.1", "3.9", "the profile is unknown");
const TAKEN: Refusal = Refusal("8.2.1", "3.3", "the profile is not available");
const WRONG_STATE: Refusal = Refusal("8.2.1", "3.5", "the profile is not in a state for this");
const UNKNOWN_TYPE: Refusal = Refusal("8.2.5", "3.9", "the type of profile is unknown");
const NONE_LEFT: Refusal = Refusal("8.2.5", "3.7", "no profile of the type is left");
const OTHER_TYPE: Refusal = Refusal("8.2.5", "3.8", "the profile is of another type");
const MATCHING_ID_TAKEN: Refusal = Refusal("8.2.6", "3.3", "the matching id is that of another profile");
const OTHER_MATCHING_ID: Refusal = Refusal("8.2.6", "3.10", "the matching id is not that of the profile");
const OTHER_CHIP: Refusal = Refusal("8.1.1", "3.10", "the profile is linked to another chip");
const NOTHING_NAMED: Refusal = Refusal("8.2.1", "2.3", "neither a profile nor a type is named");

/// After so many wrong confirmation codes a profile is lost (§4.7).
pub(super) const CODE_TRIES: u8 = 3;

/// All profiles, by ICCID.
#[derive(Default)]
pub(super) struct Stock(pub(super) BTreeMap<Iccid, Profile>);

impl Stock {
    pub(super) fn find(&self, iccid: Iccid) -> Result<&Profile, Refusal> {
        self.0.get(&iccid).ok_or(UNKNOWN)
    }

    fn is_other(eid: Option<Eid>, profile: &Profile) -> bool {
        profile.eid.is_some() && eid.is_some() && profile.eid != eid
    }

    /// ES2+.DownloadOrder (§5.3.1): the profile as it is then.
    pub(super) fn order(&self, iccid: Option<Iccid>, profile_type: Option<&str>, eid: Option<Eid>) -> Result<Profile, Refusal> {
        let is_type = |profile: &&Profile| profile_type.is_none_or(|asked| profile.profile_type == asked);
        let found = match (iccid, profile_type) {
            (Some(iccid), _) => {
                let named = self.find(iccid)?;
                if !is_type(&named) {
                    return Err(OTHER_TYPE);
                }
                if named.state == StockState::Available { Ok(named) } else { Err(TAKEN) }
            }
            (None, Some(_)) => {
                let mut of_type = self.0.values().filter(is_type).peekable();
                let is_known = of_type.peek().is_some();
                let free = of_type.find(|profile| profile.state == StockState::Available);
                free.ok_or(if is_known { NONE_LEFT } else { UNKNOWN_TYPE })
            }
            (None, None) => Err(NOTHING_NAMED),
        }?;
        let state = if eid.is_some() { StockState::Linked } else { StockState::Allocated };
        Ok(Profile { state, eid, ..found.clone() })
    }

    /// ES2+.ConfirmOrder (§5.3.2).
    pub(super) fn confirm(&self, asked: Confirm, seed: u64) -> Result<Profile, Refusal> {
        let profile = self.find(asked.iccid)?;
        if !matches!(profile.state, StockState::Allocated | StockState::Linked) {
            return Err(WRONG_STATE);
        }
        if Self::is_other(asked.eid, profile) {
            return Err(OTHER_CHIP);
        }
        let matching_id = asked.matching_id.filter(|id| !id.is_empty()).unwrap_or_else(|| matching_id(asked.iccid, seed));
        if self.0.values().any(|other| other.matching_id.as_ref() == Some(&matching_id)) {
            return Err(MATCHING_ID_TAKEN);
        }
        Ok(Profile {
            state: if asked.releases { StockState::Released } else { StockState::Confirmed },
            eid: profile.eid.or(asked.eid),
            matching_id: Some(matching_id),
            confirmation_code: asked.confirmation_code,
            ..profile.clone()
        })
    }

    /// ES2+.ReleaseProfile (§5.3.4).
    pub(super) fn release(&self, iccid: Iccid) -> Result<Profile, Refusal> {
        let profile = self.find(iccid)?;
        let released = Profile { state: StockState::Released, ..profile.clone() };
        if profile.state == StockState::Confirmed { Ok(released) } else { Err(WRONG_STATE) }
    }

    /// ES2+.CancelOrder (§5.3.3): before the profile is on a telephone.
    pub(super) fn cancel(
        &self,
        iccid: Iccid,
        (eid, matching_id): (Option<Eid>, Option<&str>),
        leaves: StockState,
    ) -> Result<Profile, Refusal> {
        let profile = self.find(iccid)?;
        // One that was lost to wrong confirmation codes is got back so, for another order under other codes.
        let is_lost = profile.state == StockState::Unavailable && profile.wrong_codes >= CODE_TRIES;
        if !(StockState::Allocated..=StockState::Released).contains(&profile.state) && !is_lost {
            return Err(WRONG_STATE);
        }
        if Self::is_other(eid, profile) {
            return Err(OTHER_CHIP);
        }
        if matching_id.is_some_and(|asked| profile.matching_id.as_deref() != Some(asked)) {
            return Err(OTHER_MATCHING_ID);
        }
        let fresh = Profile { eid: None, matching_id: None, confirmation_code: None, wrong_codes: 0, ..profile.clone() };
        Ok(Profile { state: leaves, ..fresh })
    }
}

/// What ES2+.ConfirmOrder says.
pub(super) struct Confirm {
    pub(super) iccid: Iccid,
    pub(super) eid: Option<Eid>,
    pub(super) matching_id: Option<String>,
    pub(super) confirmation_code: Option<String>,
    pub(super) releases: bool,
}

/// A matching id that the server makes: no other profile's, and the same for the same seed.
fn matching_id(iccid: Iccid, seed: u64) -> String {
    let mut chance = Chance::new(iccid.as_str().bytes().fold(seed, |mixed, sign| Chance::new(mixed ^ u64::from(sign)).draw()));
    let groups: Vec<String> = (0..4).map(|_| format!("{:05X}", chance.below(0x10_0000))).collect();
    groups.join("-")
}
