//! A request that can be answered: it has what an answer repeats (RFC 3261, part 8.2.6).

use super::{
    message::{Message, is_token},
    via::TopVia,
};
use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hash as _, Hasher as _},
    net::SocketAddr,
};
use vocabulary::OperatorId;

/// A request.
#[derive(Debug)]
pub(super) struct Request<'m> {
    pub(super) method: &'m str,
    /// The Request-URI as it stands there.
    pub(super) address: &'m str,
    pub(super) message: &'m Message<'m>,
    pub(super) via: TopVia<'m>,
    pub(super) from: &'m str,
    pub(super) to: &'m str,
    pub(super) call_id: &'m str,
    pub(super) cseq: &'m str,
    is_of_now: bool,
}

impl<'m> Request<'m> {
    /// `None` where nothing can be answered: an answer of somebody's, or a request that lacks what an answer repeats.
    pub(super) fn read(message: &'m Message<'m>) -> Option<Self> {
        let mut words = message.start.split(' ');
        let (method, address, version) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || method.is_empty() || !method.bytes().all(is_token) || !version.starts_with("SIP/") {
            return None;
        }
        let via = TopVia::read(message.values("via").next()?)?;
        let [from, to, call_id, cseq] = ["from", "to", "call-id", "cseq"].map(|name| message.only(name));
        let is_of_now = version == "SIP/2.0";
        Some(Self { method, address, message, via, from: from?, to: to?, call_id: call_id?, cseq: cseq?, is_of_now })
    }

    /// Is it of the version that is spoken here?
    pub(super) fn is_of_now(&self) -> bool {
        self.is_of_now
    }

    /// Does the number of the request say the same method?
    pub(super) fn is_numbered(&self) -> bool {
        let (number, method) = self.cseq.split_once([' ', '\t']).unwrap_or((self.cseq, ""));
        number.parse::<u32>().is_ok() && number.bytes().all(|byte| byte.is_ascii_digit()) && method.trim() == self.method
    }

    /// Has the other side a name for us already: is it within a call?
    pub(super) fn is_within(&self) -> bool {
        tagged(self.to)
    }

    /// What is the same of a request that comes again, and of no other (part 17.2.3).
    pub(super) fn key(&self, chance: &RandomState, (operator, source): (OperatorId, SocketAddr)) -> u64 {
        let mut hasher = chance.build_hasher();
        (operator, source.ip()).hash(&mut hasher);
        for part in [self.via.branch, self.via.sent_by, self.call_id, self.cseq, self.from, self.to, self.address] {
            hasher.write(part.as_bytes());
            hasher.write_u8(0);
        }
        hasher.finish()
    }
}

/// Does a From or To hold a tag?
pub(super) fn tagged(value: &str) -> bool {
    let after = value.rsplit_once('>').map_or(value, |(_, after)| after);
    super::address::parameter(after, "tag").is_some()
}
