//! The order of an eSIM profile at its server: what is wanted of it, how far it is, and so what is asked of the server next (RES-08, MOB-52). A
//! call that is asked again after a lost answer does no harm; how it is made is a gateway's.

use crate::ProfileState;
use serde::{Deserialize, Serialize};

/// What is wanted of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileWish {
    /// It waits for its telephone.
    Ready,
    /// The same under another activation code and another confirmation code: what was ordered before is cancelled first.
    Anew,
    /// Nobody is to have it: what was ordered is cancelled.
    Gone,
}

/// How far the server is, as far as its answers were heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileStanding {
    /// It knows of nothing.
    New,
    /// It was asked to reserve the profile: it may have.
    Asked,
    /// It has reserved it.
    Ordered,
    /// It knows the codes.
    Confirmed,
    /// The profile may be downloaded.
    Ready,
}

/// What a server is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProfileCall {
    /// To reserve the profile.
    Order,
    /// To take the codes.
    Confirm,
    /// To let it be downloaded.
    Release,
    /// To forget the order.
    Cancel,
}

impl ProfileCall {
    /// Its word in the names of calls.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Confirm => "confirm",
            Self::Release => "release",
            Self::Cancel => "cancel",
        }
    }
}

impl ProfileWish {
    /// Every wish and its word in tables.
    pub const WORDS: [(&'static str, ProfileWish); 3] = [("ready", Self::Ready), ("anew", Self::Anew), ("gone", Self::Gone)];
}

impl ProfileStanding {
    /// Every standing and its word in tables.
    pub const WORDS: [(&'static str, ProfileStanding); 5] = [
        ("new", Self::New),
        ("asked", Self::Asked),
        ("ordered", Self::Ordered),
        ("confirmed", Self::Confirmed),
        ("ready", Self::Ready),
    ];
}

/// An order of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileOrderState {
    /// What is wanted.
    pub wish: ProfileWish,
    /// How far the server is.
    pub standing: ProfileStanding,
    /// How far the profile is on its way to a telephone, once it was released.
    pub profile: Option<ProfileState>,
}

impl ProfileOrderState {
    /// What the server is asked next; nothing where all is as it is wanted, or nothing can be done any more: what is on a telephone stays there.
    pub fn next_call(&self) -> Option<ProfileCall> {
        use ProfileStanding::{Asked, Confirmed, New, Ordered, Ready};
        match (self.wish, self.standing) {
            (ProfileWish::Ready, New | Asked) => Some(ProfileCall::Order),
            (ProfileWish::Ready, Ordered) => Some(ProfileCall::Confirm),
            (ProfileWish::Ready, Confirmed) => Some(ProfileCall::Release),
            (ProfileWish::Ready, Ready) | (ProfileWish::Gone, New) => None,
            (ProfileWish::Anew, New) => Some(ProfileCall::Order),
            (ProfileWish::Anew | ProfileWish::Gone, _) => (!self.is_on_telephone()).then_some(ProfileCall::Cancel),
        }
    }

    /// Has it reached a telephone, or was it there?
    pub fn is_on_telephone(&self) -> bool {
        self.profile.is_some_and(|profile| profile >= ProfileState::Installed)
    }

    /// The state before a call is made: a server that may have reserved the profile is asked to cancel.
    #[must_use]
    pub fn before(self, call: ProfileCall) -> Self {
        match call {
            ProfileCall::Order => Self { wish: ProfileWish::Ready, standing: ProfileStanding::Asked, profile: None },
            ProfileCall::Confirm | ProfileCall::Release | ProfileCall::Cancel => self,
        }
    }

    /// The state after the server did what it was asked.
    #[must_use]
    pub fn after(self, call: ProfileCall) -> Self {
        match call {
            ProfileCall::Order => Self { standing: ProfileStanding::Ordered, ..self },
            ProfileCall::Confirm => Self { standing: ProfileStanding::Confirmed, ..self },
            ProfileCall::Release => {
                Self { standing: ProfileStanding::Ready, profile: Some(self.profile.unwrap_or(ProfileState::Released)), ..self }
            }
            ProfileCall::Cancel => Self { standing: ProfileStanding::New, profile: None, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProfileCall::{Cancel, Confirm, Order, Release};

    fn walk(mut state: ProfileOrderState) -> (Vec<ProfileCall>, ProfileOrderState) {
        let mut calls = Vec::new();
        while let Some(call) = state.next_call() {
            calls.push(call);
            state = state.before(call).after(call);
        }
        (calls, state)
    }

    /// RES-08, MOB-52: a profile is ordered, confirmed and released, each once; given up anywhere, what may stand at the server is cancelled.
    #[test]
    fn a_profile_is_brought_to_where_it_is_wanted() {
        let new = ProfileOrderState { wish: ProfileWish::Ready, standing: ProfileStanding::New, profile: None };
        let (calls, ready) = walk(new);
        assert_eq!(calls, [Order, Confirm, Release]);
        assert_eq!((ready.standing, ready.profile), (ProfileStanding::Ready, Some(ProfileState::Released)));
        for (_, standing) in ProfileStanding::WORDS {
            let gone = walk(ProfileOrderState { wish: ProfileWish::Gone, standing, profile: None });
            let expected: &[ProfileCall] = if standing == ProfileStanding::New { &[] } else { &[Cancel] };
            assert_eq!((gone.0.as_slice(), gone.1.standing), (expected, ProfileStanding::New), "{standing:?}");
        }
        let lost = new.before(Order);
        assert_eq!(ProfileOrderState { wish: ProfileWish::Gone, ..lost }.next_call(), Some(Cancel), "it may have been ordered");
        assert_eq!(walk(lost).0, [Order, Confirm, Release], "asked again after a lost answer");
    }

    /// RES-08: another code is had as long as the profile is on no telephone.
    #[test]
    fn a_profile_is_ordered_anew_until_it_is_installed() {
        let ready =
            |profile| ProfileOrderState { wish: ProfileWish::Anew, standing: ProfileStanding::Ready, profile: Some(profile) };
        for state in [ProfileState::Released, ProfileState::Downloaded] {
            let (calls, after) = walk(ready(state));
            assert_eq!(calls, [Cancel, Order, Confirm, Release], "{state:?}");
            assert_eq!((after.wish, after.profile), (ProfileWish::Ready, Some(ProfileState::Released)));
        }
        for state in [ProfileState::Installed, ProfileState::Enabled, ProfileState::Disabled, ProfileState::Deleted] {
            assert_eq!(ready(state).next_call(), None, "{state:?}");
            assert_eq!(ProfileOrderState { wish: ProfileWish::Gone, ..ready(state) }.next_call(), None, "{state:?}");
        }
    }
}
