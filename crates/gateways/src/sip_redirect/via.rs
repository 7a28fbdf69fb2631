//! The last hop of a request: where its answer goes (RFC 3261, part 18.2.2; RFC 3581).

use super::address::{elements, parameter};
use std::net::{IpAddr, SocketAddr};

/// The port of SIP where none is said.
const USUAL_PORT: u16 = 5060;

/// The topmost hop.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TopVia<'a> {
    hop: &'a str,
    others: Vec<&'a str>,
    /// The machine and port that it names itself by.
    pub(super) sent_by: &'a str,
    host: &'a str,
    port: Option<u16>,
    wants_port: bool,
    /// What names the transaction.
    pub(super) branch: &'a str,
}

impl<'a> TopVia<'a> {
    /// Reads the first Via header of a request.
    pub(super) fn read(value: &'a str) -> Option<Self> {
        let mut hops = elements(value);
        let hop = hops.next()?;
        let (head, parameters) = hop.split_once(';').unwrap_or((hop, ""));
        let (protocol, sent_by) = head.trim_end().rsplit_once([' ', '\t'])?;
        if !protocol.trim_start().get(..3).is_some_and(|name| name.eq_ignore_ascii_case("SIP")) {
            return None;
        }
        let (host, port) = match sent_by.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port.parse().ok()?)),
            _ => (sent_by, None),
        };
        let wants_port = parameter(parameters, "rport").is_some();
        let branch = parameter(parameters, "branch").unwrap_or_default();
        (!host.is_empty()).then(|| Self { hop, others: hops.collect(), sent_by, host, port, wants_port, branch })
    }

    /// As it stands in the answer: with where the request really came from.
    pub(super) fn answered(&self, source: SocketAddr) -> String {
        let mut text = String::with_capacity(self.hop.len() + 64);
        for (place, part) in self.hop.split(';').enumerate() {
            let name = part.split('=').next().unwrap_or_default().trim();
            let is_ours = ["received", "rport"].iter().any(|ours| name.eq_ignore_ascii_case(ours));
            if place == 0 || !is_ours {
                text.push_str(if place == 0 { "" } else { ";" });
                text.push_str(part.trim());
            }
        }
        let address = source.ip().to_canonical();
        let is_said = self.host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|said| said.to_canonical() == address);
        if self.wants_port || !is_said {
            text.push_str(&format!(";received={address}"));
        }
        if self.wants_port {
            text.push_str(&format!(";rport={}", source.port()));
        }
        for other in &self.others {
            text.push_str(", ");
            text.push_str(other);
        }
        text
    }

    /// Where an answer over UDP goes: always to the machine that asked, never to one that the request names.
    pub(super) fn target(&self, source: SocketAddr) -> SocketAddr {
        if self.wants_port { source } else { SocketAddr::new(source.ip(), self.port.unwrap_or(USUAL_PORT)) }
    }
}
