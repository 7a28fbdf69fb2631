//! Which machines may ask: addresses and ranges of them. Whoever is in none is not answered.

use std::{fmt, net::IpAddr, str::FromStr};

/// An address, or all that begin with the same bits: `192.0.2.10`, `198.51.100.0/24`, `2001:db8::/48`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostRange {
    first: u128,
    bits: u8,
    is_v4: bool,
}

/// Why a text is no range of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostRangeError {
    /// No address stands before the stroke.
    #[error("`{0}` is no address, and no range of them such as 198.51.100.0/24")]
    Address(String),
    /// So many bits no address has.
    #[error("`{0}` has more bits after the stroke than an address has")]
    Bits(String),
    /// It names one machine and a range at once.
    #[error("`{0}` has bits beyond its range: leave the stroke away for one machine, or write the range's first address")]
    Beyond(String),
}

impl FromStr for HostRange {
    type Err = HostRangeError;

    fn from_str(text: &str) -> Result<Self, HostRangeError> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| HostRangeError::Address(text.to_owned()))?;
        let (first, is_v4) = number(address);
        let whole = if is_v4 { 32 } else { 128 };
        let bits = match bits {
            None => whole,
            Some(bits) if bits.bytes().all(|byte| byte.is_ascii_digit()) => {
                bits.parse().ok().filter(|bits| *bits <= whole).ok_or_else(|| HostRangeError::Bits(text.to_owned()))?
            }
            Some(_) => return Err(HostRangeError::Address(text.to_owned())),
        };
        let range = Self { first, bits, is_v4 };
        if range.begin_of(first) == first { Ok(range) } else { Err(HostRangeError::Beyond(text.to_owned())) }
    }
}

impl fmt::Display for HostRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = match u32::try_from(self.first) {
            Ok(v4) if self.is_v4 => IpAddr::from(v4.to_be_bytes()),
            _ => IpAddr::from(self.first.to_be_bytes()),
        };
        write!(f, "{address}/{}", self.bits)
    }
}

impl HostRange {
    /// Is the machine within it? An IPv4 address that is written as one of IPv6 is the same machine.
    pub fn contains(self, address: IpAddr) -> bool {
        let (address, is_v4) = number(address);
        is_v4 == self.is_v4 && self.begin_of(address) == self.first
    }

    /// Is there a machine in both?
    pub fn overlaps(self, other: Self) -> bool {
        let wider = if self.bits <= other.bits { self } else { other };
        self.is_v4 == other.is_v4 && wider.begin_of(self.first) == wider.begin_of(other.first)
    }

    fn begin_of(self, address: u128) -> u128 {
        let free = if self.is_v4 { 32 - self.bits } else { 128 - self.bits };
        address.checked_shr(u32::from(free)).and_then(|kept| kept.checked_shl(u32::from(free))).unwrap_or(0)
    }
}

fn number(address: IpAddr) -> (u128, bool) {
    match address.to_canonical() {
        IpAddr::V4(v4) => (u128::from(u32::from_be_bytes(v4.octets())), true),
        IpAddr::V6(v6) => (u128::from_be_bytes(v6.octets()), false),
    }
}

/// The machines that may ask, each with what is known of it.
#[derive(Clone, Debug)]
pub struct KnownHosts<T>(Vec<(HostRange, T)>);

impl<T> KnownHosts<T> {
    /// From ranges; the first one that a machine is in counts.
    pub fn new(ranges: Vec<(HostRange, T)>) -> Self {
        Self(ranges)
    }

    /// What is known of a machine; `None` for a stranger.
    pub fn find(&self, address: IpAddr) -> Option<&T> {
        self.0.iter().find(|(range, _)| range.contains(address)).map(|(_, known)| known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIX-17: a machine is known by its address or its range, and by nothing that looks like one.
    #[test]
    fn machines_are_known_by_their_range() {
        let range = |text: &str| text.parse::<HostRange>();
        let within = |text: &str, address: &str| range(text).unwrap().contains(address.parse().unwrap());
        assert!(within("192.0.2.10", "192.0.2.10") && !within("192.0.2.10", "192.0.2.11"));
        assert!(within("198.51.100.0/24", "198.51.100.255") && !within("198.51.100.0/24", "198.51.101.0"));
        assert!(within("0.0.0.0/0", "203.0.113.9") && !within("0.0.0.0/0", "2001:db8::1"));
        assert!(within("2001:db8::/48", "2001:db8:0:1::1") && !within("2001:db8::/48", "2001:db8:1::1"));
        assert!(within("192.0.2.10", "::ffff:192.0.2.10"));
        assert!(!within("::/0", "::ffff:192.0.2.10"));
        assert_eq!(range("192.0.2.1/24"), Err(HostRangeError::Beyond("192.0.2.1/24".into())));
        assert_eq!(range("192.0.2.0/33"), Err(HostRangeError::Bits("192.0.2.0/33".into())));
        for bad in ["", "192.0.2", "host.example", "192.0.2.0/", "192.0.2.0/x", "192.0.2.0/-1", "192.0.2.0/24/3", "[::1]"] {
            assert!(range(bad).is_err(), "{bad}");
        }
        assert!(range("10.0.0.0/8").unwrap().overlaps(range("10.1.2.3").unwrap()));
        assert!(!range("10.0.0.0/9").unwrap().overlaps(range("10.128.0.0/9").unwrap()));
        assert_eq!(range("198.51.100.0/24").unwrap().to_string(), "198.51.100.0/24");
    }
}
