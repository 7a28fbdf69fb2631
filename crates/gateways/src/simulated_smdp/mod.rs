//! An SM-DP+ within the program (MOB-52, RES-08): what stands in for a real one in a demonstration and in tests.
//!
//! It speaks ES2+ by HTTP to whoever reaches its listener, refuses by the codes of the standard, and tells of profiles on their way by calling
//! back, as a real one does. In place of a telephone there are [`SimulatedSmdp::install`] and [`SimulatedSmdp::handle`].

mod door;
mod stock;
mod telephone;

pub use crate::json_lines::PeerFileError;
pub use stock::StockState;
pub use telephone::{Handling, InstallRefusal, Installation};

use crate::{
    es2plus::{ADMIN_PROTOCOL, Limits, PeerUrlError, TlsFiles, TlsSetupError},
    http_peer::Peer,
    json_lines, tls,
};
use hyper::header::HeaderName;
use std::{
    collections::{HashMap, VecDeque},
    fmt,
    fs::File,
    io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use stock::{Profile, Stock};
use tokio::net::TcpListener;
use vocabulary::{Iccid, SmDpAddress};

/// How a simulated SM-DP+ is made.
#[derive(Clone, Debug)]
pub struct SmdpSettings {
    /// Where its activation codes say that it is.
    pub address: SmDpAddress,
    /// Who may ask (functionRequesterIdentifier).
    pub requester: String,
    /// Where it tells of progress, up to the path of the standard: `http://127.0.0.1:8080`. Nobody is told where this is `None`.
    pub callback: Option<String>,
    /// What the matching ids that it makes follow from.
    pub seed: u64,
    /// What remembers its profiles across restarts; `None` for memory alone.
    pub file: Option<PathBuf>,
}

/// How it answers for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// At once.
    Prompt,
    /// After so long.
    Slow(Duration),
    /// It does what it is asked and never answers.
    Silent,
}

/// Why a simulated SM-DP+ cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum SmdpSetupError {
    /// Its file.
    #[error("the profiles of the simulated SM-DP+ cannot be read")]
    File(#[from] PeerFileError),
    /// Where it tells of progress.
    #[error("the simulated SM-DP+ cannot call back")]
    Callback(#[from] PeerUrlError),
    /// What it would call back with.
    #[error("the simulated SM-DP+ cannot call back")]
    Tls(#[from] TlsSetupError),
}

/// So many answers are kept for calls that come again.
const MOST_ANSWERS_KEPT: usize = 1_000;

/// A simulated SM-DP+. Clones are the same one. Printed, it shows no profile: with what it has, anybody could install them.
#[derive(Clone)]
pub struct SimulatedSmdp {
    settings: Arc<SmdpSettings>,
    callback: Option<Peer>,
    shelf: Arc<Mutex<Shelf>>,
    /// Who delivers: one at a time, so that what happened first is told first.
    delivering: Arc<tokio::sync::Mutex<()>>,
}

/// What it has.
struct Shelf {
    stock: Stock,
    mood: Mood,
    file: Option<File>,
    /// Answers by caller and call: the same call again is answered the same.
    answers: HashMap<(String, String), (String, String)>,
    answered: VecDeque<(String, String)>,
    /// What is still to be told, as bodies.
    untold: VecDeque<Vec<u8>>,
    calls: u64,
}

impl SimulatedSmdp {
    /// Opens one, with the profiles that it remembers.
    ///
    /// # Errors
    /// When its file or its callback's address cannot be used.
    pub fn open(settings: SmdpSettings) -> Result<Self, SmdpSetupError> {
        let mut stock = Stock::default();
        let take = |profile: Profile| drop(stock.0.insert(profile.iccid, profile));
        let file = settings.file.as_deref().map(|file| json_lines::open(file, take)).transpose()?;
        let peer = |url: &String| {
            let protocol = HeaderName::from_static(ADMIN_PROTOCOL.0);
            let peer = Peer::new(url, Limits::USUAL, tls::config(&TlsFiles::default())?)?;
            Ok::<_, SmdpSetupError>(peer.with_header(protocol, ADMIN_PROTOCOL.1))
        };
        let callback = settings.callback.as_ref().map(peer).transpose()?;
        let shelf = Shelf {
            stock,
            mood: Mood::Prompt,
            file,
            answers: HashMap::new(),
            answered: VecDeque::new(),
            untold: VecDeque::new(),
            calls: 0,
        };
        let (shelf, delivering) = (Arc::new(Mutex::new(shelf)), Arc::default());
        Ok(Self { settings: Arc::new(settings), callback, shelf, delivering })
    }

    /// The same; it shows this secret when it calls back.
    #[must_use]
    pub fn with_secret(self, secret: &str) -> Self {
        Self { callback: self.callback.map(|peer| peer.with_secret(secret)), ..self }
    }

    /// Puts profiles of a type into its stock. Those that it has stay as they are.
    ///
    /// # Errors
    /// When its file cannot be written.
    pub fn add(&self, profile_type: &str, profiles: impl IntoIterator<Item = Iccid>) -> io::Result<()> {
        let mut shelf = self.lock();
        for iccid in profiles {
            if !shelf.stock.0.contains_key(&iccid) {
                shelf.keep(Profile {
                    iccid,
                    profile_type: profile_type.to_owned(),
                    state: StockState::Available,
                    eid: None,
                    matching_id: None,
                    confirmation_code: None,
                    wrong_codes: 0,
                })?;
            }
        }
        Ok(())
    }

    /// How far a profile is; `None` for one that it does not have.
    pub fn state(&self, iccid: Iccid) -> Option<StockState> {
        self.lock().stock.0.get(&iccid).map(|profile| profile.state)
    }

    /// Answers so from now on.
    pub fn set_mood(&self, mood: Mood) {
        self.lock().mood = mood;
    }

    /// Answers whoever reaches the listener, until it is dropped.
    ///
    /// # Errors
    /// When the listener ends.
    pub async fn serve(&self, listener: TcpListener) -> io::Result<()> {
        door::serve(self, listener).await
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for SimulatedSmdp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SimulatedSmdp({})", self.settings.address)
    }
}

impl Shelf {
    /// Keeps a profile as it is now: in its file first.
    fn keep(&mut self, profile: Profile) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            let mut line = serde_json::to_vec(&profile)?;
            line.push(b'\n');
            json_lines::append(file, &line)?;
        }
        self.stock.0.insert(profile.iccid, profile);
        Ok(())
    }

    /// Keeps an answer for when the same call comes again.
    fn remember(&mut self, call: (String, String), answer: (String, String)) {
        if self.answered.len() == MOST_ANSWERS_KEPT
            && let Some(oldest) = self.answered.pop_front()
        {
            self.answers.remove(&oldest);
        }
        self.answered.push_back(call.clone());
        self.answers.insert(call, answer);
    }
}
