//! One call, message or slice of data as a network reports it, after its file was understood and before it is rated.

use crate::{CountryCode, Party, Quantity, Timestamp, UsageKind};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Which way a usage went, seen from the line (RAT-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The line called or sent. Data is always made.
    Made,
    /// The line was called or sent to.
    Received,
    /// The line was called and passed the call on at its own cost.
    Forwarded,
}

impl Direction {
    /// Every direction, in the order of their numbers.
    pub const ALL: [Direction; 3] = [Direction::Made, Direction::Received, Direction::Forwarded];

    /// Its number in tables: 0 made, 1 received, 2 forwarded.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// From its number in tables.
    pub fn from_index(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    /// Its word in files: `made`, `received`, `forwarded`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Received => "received",
            Self::Forwarded => "forwarded",
        }
    }
}

/// Usage as a bill adds it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UsageGroup {
    /// The kind.
    pub kind: UsageKind,
    /// Where, and to where.
    pub reach: Reach,
}

/// Where usage was and where it went, as far as a bill tells it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// At home, to home.
    Home,
    /// To value-added and short numbers.
    Special,
    /// From home to abroad.
    Abroad,
    /// Made or received abroad.
    Roaming,
    /// Of records that were counted before bills told them apart.
    Any,
}

/// Over what the line was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// A mobile network, at home or abroad.
    #[default]
    Mobile,
    /// Wi-Fi calling: at home wherever the handset is (MOB-55).
    Vowifi,
    /// A wire or fibre.
    Fixed,
}

/// Where a mobile line was, as its record tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visited {
    /// On the home network, or nothing was said.
    #[default]
    Home,
    /// A network by its mobile country code and network code, five or six digits (ITU-T E.212): `22801`.
    Network(CompactString),
    /// A country.
    Country(CountryCode),
}

/// What makes a record the same record in whatever file it stands (RAT-08): a hash of the network's own reference, or of the whole
/// record where the network gives none. Unique within a line and an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordKey(pub i64);

impl RecordKey {
    /// The key of a reference: XXH3, whose values are fixed by its specification.
    pub fn of(reference: &[u8]) -> Self {
        Self(xxh3_64(reference).cast_signed())
    }
}

/// One usage record, read and not yet placed or rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageRecord {
    /// What makes it the same record elsewhere.
    pub key: RecordKey,
    /// How the file names the line: a number as it stands there, an extension, an account.
    pub line: CompactString,
    /// Voice, SMS, MMS or data.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// The other party as the file writes it; empty for data.
    pub other: CompactString,
    /// When it began.
    pub start: Timestamp,
    /// Seconds, messages or bytes.
    pub quantity: Quantity,
    /// Where the line was.
    pub visited: Visited,
    /// Over what.
    pub access: Access,
}

impl UsageRecord {
    /// The other party, read by the home country's plan.
    pub fn party(&self, plan: &crate::NumberingPlan) -> Party {
        plan.read(&self.other)
    }
}
