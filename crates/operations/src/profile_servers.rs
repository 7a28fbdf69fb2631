//! The profile servers of every operator: the way to each, what proves that it is the one that calls back, and, in a demonstration, the pretended
//! telephone beside it.

use crate::{
    esim_port::{ProfileServer, ProgressReader},
    mail::Work,
    sign_in::hash_of,
};
use std::{collections::BTreeMap, fmt, sync::Arc};
use vocabulary::{Iccid, MatchingId, OperatorId, SmDpAddress, Timestamp};

/// No secret is shorter, in bytes: what is shorter is guessed.
pub const SHORTEST_SECRET: usize = 24;

/// An operator's profile server.
#[derive(Clone)]
pub struct ProfileServerOf {
    /// The way to it.
    pub port: Arc<dyn ProfileServer>,
    /// Where telephones find its profiles, for when its answer was lost.
    pub address: SmDpAddress,
    /// What reads the messages by which it calls back.
    pub reader: Arc<dyn ProgressReader>,
    secret_hash: Option<String>,
    /// What stands in for telephones in a demonstration.
    pub telephone: Option<Arc<dyn PretendedTelephone>>,
}

/// A secret that is too short to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secret of a profile server is shorter than {SHORTEST_SECRET} bytes: take a longer one, by chance")]
pub struct ShortSecret;

impl ProfileServerOf {
    /// A server that does not call back, and no telephone.
    pub fn new(port: Arc<dyn ProfileServer>, address: SmDpAddress, reader: Arc<dyn ProgressReader>) -> Self {
        Self { port, address, reader, secret_hash: None, telephone: None }
    }

    /// The same; it calls back with this secret.
    ///
    /// # Errors
    /// When the secret is too short.
    pub fn with_secret(self, secret: &str) -> Result<Self, ShortSecret> {
        let secret_hash = (secret.len() >= SHORTEST_SECRET).then(|| hash_of(secret));
        if secret_hash.is_none() { Err(ShortSecret) } else { Ok(Self { secret_hash, ..self }) }
    }

    /// The same beside a pretended telephone.
    #[must_use]
    pub fn with_telephone(self, telephone: Arc<dyn PretendedTelephone>) -> Self {
        Self { telephone: Some(telephone), ..self }
    }
}

/// Nothing that is secret.
impl fmt::Debug for ProfileServerOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProfileServerOf({})", self.address)
    }
}

/// The profile servers of every operator: one each.
#[derive(Clone, Debug, Default)]
pub struct ProfileServers(BTreeMap<OperatorId, ProfileServerOf>);

impl ProfileServers {
    /// Adds an operator's server. The last one counts.
    #[must_use]
    pub fn with(mut self, operator: OperatorId, server: ProfileServerOf) -> Self {
        self.0.insert(operator, server);
        self
    }

    /// An operator's server; `None` where nothing leads to one.
    pub fn find(&self, operator: OperatorId) -> Option<&ProfileServerOf> {
        self.0.get(&operator)
    }

    /// Is any of them beside a pretended telephone?
    pub fn have_telephones(&self) -> bool {
        self.0.values().any(|server| server.telephone.is_some())
    }

    /// The server that calls back with this secret, and whose it is. What is compared is a hash: how long it takes tells nothing.
    pub fn of_secret(&self, secret: &str) -> Option<(OperatorId, &ProfileServerOf)> {
        let hash = hash_of(secret);
        let found = self.0.iter().find(|(_, server)| server.secret_hash.as_ref() == Some(&hash));
        found.map(|(operator, server)| (*operator, server))
    }
}

/// What somebody does with the pretended telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TelephoneStep {
    /// Switches an installed profile on.
    Enable,
    /// Switches it off.
    Disable,
    /// Deletes it, for ever.
    Delete,
}

/// Why the pretended telephone does not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TelephoneRefusal {
    /// The confirmation code is not this one.
    WrongCode,
    /// It was typed wrongly too often.
    CodeDead,
    /// No such profile waits, or is on the telephone.
    NoProfile,
}

/// A telephone of a demonstration: the profile server there has one.
pub trait PretendedTelephone: Send + Sync + fmt::Debug {
    /// Scans an activation code and types the code beside it; the profile is installed and switched on.
    fn install<'a>(&'a self, scanned: &'a MatchingId, typed: &'a str, now: Timestamp) -> Work<'a, Result<(), TelephoneRefusal>>;

    /// Does something with an installed profile.
    fn handle(&self, profile: Iccid, step: TelephoneStep, now: Timestamp) -> Work<'_, Result<(), TelephoneRefusal>>;
}
