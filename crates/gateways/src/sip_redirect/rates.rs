//! How much one machine may send: what is more is not looked at.

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

/// So many packets a second are taken from one machine. A call is two of them.
pub const MOST_PACKETS_A_SECOND: u32 = 10_000;
/// So many machines are counted at once. All of them are known hosts.
const MOST_COUNTED: usize = 4_096;
const WINDOW: Duration = Duration::from_secs(1);

/// What came from each machine within its second.
#[derive(Debug, Default)]
pub(super) struct Rates(HashMap<IpAddr, (Instant, u32)>);

impl Rates {
    /// May one more packet be looked at?
    pub(super) fn take(&mut self, address: IpAddr, now: Instant) -> bool {
        if self.0.len() >= MOST_COUNTED && !self.0.contains_key(&address) {
            self.0.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
            if self.0.len() >= MOST_COUNTED {
                return false;
            }
        }
        let (since, count) = self.0.entry(address).or_insert((now, 0));
        if now.duration_since(*since) >= WINDOW {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        *count <= MOST_PACKETS_A_SECOND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIX-17: one machine that sends too much takes nothing from another, and is heard again in the next second.
    #[test]
    fn each_machine_has_its_own_share() {
        let (mut rates, begin) = (Rates::default(), Instant::now());
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse::<IpAddr>().unwrap());
        let taken = (0..MOST_PACKETS_A_SECOND + 50).filter(|_| rates.take(one, begin)).count();
        assert_eq!(taken, usize::try_from(MOST_PACKETS_A_SECOND).unwrap());
        assert!(rates.take(other, begin) && !rates.take(one, begin) && rates.take(one, begin + WINDOW));
        for last in 0..20_000_u32 {
            rates.take(IpAddr::from(last.to_be_bytes()), begin + WINDOW);
        }
        assert!(rates.0.len() <= MOST_COUNTED);
    }
}
