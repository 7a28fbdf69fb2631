//! The switches that may ask where calls go, as a file of settings names them (FIX-17), and the sockets that they ask on. Everything that is wrong
//! in it is said in one pass, before anything is served.

use crate::peers::{
    Operators,
    section::{Faults, Section},
    sections,
};
use anyhow::{Context, bail};
use gateways::{
    known_hosts::{HostRange, KnownHosts},
    sip_redirect::{self, KnownSwitch, Places, Redirector},
    switch_lookup,
};
use operations::House;
use std::{
    fmt, fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};
use tokio::{
    net::{TcpListener, UdpSocket},
    task::JoinSet,
};
use vocabulary::OperatorId;

const LISTEN: &str = "listen";
const SWITCH: &str = "switch";
/// So often another port is tried that is open to packets and to connections, where none was named.
const TRIES: usize = 20;

/// Where the settings are.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct SwitchesArguments {
    /// The file of the switches that may ask where calls go, by SIP and HTTP: docs/switches.md
    #[arg(long, env = "CADRAN_SWITCHES", value_name = "FILE")]
    switches: Option<PathBuf>,
}

/// Who may ask, and where; nobody where nothing is set.
#[derive(Default)]
pub(crate) struct Switches {
    known: Vec<(HostRange, Arc<KnownSwitch>)>,
    sip: Option<(UdpSocket, TcpListener)>,
    http: Option<TcpListener>,
}

impl SwitchesArguments {
    /// The switches that the file names, and open sockets, which nobody answers on yet.
    pub(crate) async fn open(&self, house: &House) -> anyhow::Result<Switches> {
        let Some(path) = &self.switches else { return Ok(Switches::default()) };
        let text = fs::read_to_string(path).with_context(|| format!("switches `{}` cannot be read", path.display()))?;
        let tables: toml::Table =
            text.parse().with_context(|| format!("switches `{}` cannot be read as TOML", path.display()))?;
        let mut faults = Faults::default();
        let folder = path.parent().unwrap_or(Path::new("."));
        let (listen, known) = read(house, folder, tables, &mut faults).await?;
        let faults = faults.into_lines();
        if faults.is_empty() {
            return Switches::bind(listen, known).await;
        }
        bail!("switches `{}` have {} mistakes:\n{}", path.display(), faults.len(), faults.join("\n"))
    }
}

/// Where is listened.
#[derive(Clone, Copy, Debug, Default)]
struct Listen {
    sip: Option<SocketAddr>,
    http: Option<SocketAddr>,
}

type Known = Vec<(HostRange, Arc<KnownSwitch>)>;

async fn read(house: &House, folder: &Path, mut tables: toml::Table, faults: &mut Faults) -> anyhow::Result<(Listen, Known)> {
    let listen = match tables.remove(LISTEN) {
        Some(toml::Value::Table(table)) => {
            let mut section = Section::new((LISTEN, (1, table)), folder, faults);
            let mut address = |field: &str| if section.has(field) { section.parsed::<SocketAddr>(field) } else { None };
            let listen = Listen { sip: address("sip"), http: address("http") };
            section.finish();
            listen
        }
        _ => Listen::default(),
    };
    let (mut known, mut operators): (Known, _) = (Vec::new(), Operators::default());
    for table in sections(&mut tables, SWITCH, faults) {
        let mut section = Section::new((SWITCH, table), folder, faults);
        let operator = operators.named(house, &mut section).await?;
        let hosts: Vec<HostRange> = section.list("hosts");
        for host in &hosts {
            if let Some((other, _)) = known.iter().find(|(other, _)| other.overlaps(*host)) {
                section.fault("hosts", &format!("{host} meets {other}: whose lines such a machine asks about cannot be told"));
            }
        }
        let (lines, numbers) = (section.parsed::<Machine>("lines"), section.parsed::<Machine>("numbers"));
        let mut address = |field: &str| if section.has(field) { section.parsed::<SipText>(field) } else { None };
        let (voicemail, announcement) = (address("voicemail"), address("announcement"));
        section.finish();
        if let (Some((_, operator)), Some(lines), Some(numbers)) = (operator, lines, numbers) {
            let [voicemail, announcement] = [voicemail, announcement].map(|text| text.map(|text| text.0));
            let places = Places { lines: lines.0, numbers: numbers.0, voicemail, announcement };
            let switch = Arc::new(KnownSwitch { operator, places });
            known.extend(hosts.into_iter().map(|host| (host, switch.clone())));
        }
    }
    if listen.sip.is_none() && listen.http.is_none() {
        faults.add("[listen] names neither `sip` nor `http`, as an address and a port such as 192.0.2.1:5060");
    }
    for unknown in tables.keys() {
        faults.add(&format!("`{unknown}` is neither [{LISTEN}] nor [[{SWITCH}]]"));
    }
    Ok((listen, known))
}

/// A machine by its name or address, and its port.
struct Machine(String);

/// An address of SIP that calls are sent to, as it stands in an answer.
struct SipText(String);

#[derive(Debug)]
struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Machine {
    type Err = Wrong;
    fn from_str(text: &str) -> Result<Self, Wrong> {
        let is_one = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
        if is_one {
            Ok(Self(text.to_owned()))
        } else {
            Err(Wrong(format!("`{text}` is no name of a machine such as lines.example.org")))
        }
    }
}

impl FromStr for SipText {
    type Err = Wrong;
    fn from_str(text: &str) -> Result<Self, Wrong> {
        let rest = text.strip_prefix("sip:").or_else(|| text.strip_prefix("sips:"));
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"<>\"?,\\".contains(&byte);
        match rest {
            Some(rest) if !rest.is_empty() && rest.bytes().all(is_plain) => Ok(Self(text.to_owned())),
            _ => Err(Wrong(format!("`{text}` is not written as sip:NAME@MACHINE;PARAMETER=VALUE"))),
        }
    }
}

impl Switches {
    async fn bind(listen: Listen, known: Known) -> anyhow::Result<Self> {
        let sip = match listen.sip {
            Some(address) => Some(sip_sockets(address).await?),
            None => None,
        };
        let http = match listen.http {
            Some(address) => {
                Some(TcpListener::bind(address).await.with_context(|| format!("cannot listen on `{address}` for switches"))?)
            }
            None => None,
        };
        Ok(Self { known, sip, http })
    }

    /// A demonstration's: whoever is on this machine may ask about an operator's lines, at ports that are free.
    pub(crate) async fn of_this_machine(operator: OperatorId) -> anyhow::Result<Self> {
        let free = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let at = |name: &str| format!("{name}.localhost");
        let places = Places {
            lines: at("lines"),
            numbers: at("trunk"),
            voicemail: Some(format!("sip:voicemail@{}", at("media"))),
            announcement: Some(format!("sip:annc@{};play=file:///{{answer}}.wav", at("media"))),
        };
        let host: HostRange = "127.0.0.0/8".parse()?;
        Self::bind(Listen { sip: free, http: free }, vec![(host, Arc::new(KnownSwitch { operator, places }))]).await
    }

    /// What a person is told of them.
    pub(crate) fn announced(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(address) = self.sip.as_ref().and_then(|(packets, _)| packets.local_addr().ok()) {
            lines.push(format!("Switches ask by SIP on {address}, UDP and TCP."));
        }
        if let Some(address) = self.http.as_ref().and_then(|listener| listener.local_addr().ok()) {
            lines.push(format!("Switches ask by HTTP on {address}."));
        }
        lines
    }

    /// Answers them until the value is dropped.
    pub(crate) fn start(self, house: &House) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        let desk = Arc::new(house.clone());
        if let Some((packets, connections)) = self.sip {
            let redirector = Arc::new(Redirector::new(desk.clone(), KnownHosts::new(self.known.clone())));
            let udp = sip_redirect::serve_udp(redirector.clone(), packets);
            tasks.spawn(async move { told(udp.await) });
            let tcp = sip_redirect::serve_tcp(redirector, connections);
            tasks.spawn(async move { match tcp.await {} });
        }
        if let Some(listener) = self.http {
            let http = switch_lookup::serve(desk, KnownHosts::new(self.known), listener);
            tasks.spawn(async move { match http.await {} });
        }
        tasks
    }
}

fn told(ended: std::io::Result<()>) {
    if let Err(error) = ended {
        tracing::error!(%error, "switches are not answered any more on a socket");
    }
}

/// One port for packets and connections.
async fn sip_sockets(address: SocketAddr) -> anyhow::Result<(UdpSocket, TcpListener)> {
    let taken = || format!("cannot listen on `{address}` for switches by SIP");
    for _ in 1..TRIES {
        let connections = TcpListener::bind(address).await.with_context(taken)?;
        match UdpSocket::bind(connections.local_addr()?).await {
            Ok(packets) => return Ok((packets, connections)),
            // Another program has that port for packets.
            Err(_) if address.port() == 0 => {}
            Err(error) => return Err(error).with_context(taken),
        }
    }
    bail!("no port is open to packets and connections at `{address}`")
}
