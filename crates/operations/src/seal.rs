//! Secrets at rest (PLT-16): what is read back one day (a PUK, the link in a mail that waits) stands encrypted in the database, under a key
//! that does not stand there.
//!
//! A sealed value names its key: `v1.KEY.TEXT`, where the text is XChaCha20-Poly1305 of a nonce of its own, in base64url. It opens in
//! its own place only: table, column and row are authenticated with it, so that a value that somebody copies to another row does not
//! open there. Where keys come from is the caller's matter; nothing here reads a file.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// What a sealed value begins with: how it is sealed.
const FORM: &str = "v1";
/// The length of a key, in bytes.
const KEY_BYTES: usize = 32;
/// The length of a nonce, in bytes: so long that one drawn by chance does not come twice.
const NONCE_BYTES: usize = 24;
/// No name of a key is longer, in characters.
const LONGEST_ID: usize = 32;

/// Where a sealed value stands; it opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// What names the row, and never changes.
    pub row: &'a str,
}

impl Place<'_> {
    /// The bytes that are authenticated: parts with their lengths, so that no two places read alike.
    fn bytes(self) -> Vec<u8> {
        let parts = [FORM, self.table, self.column, self.row];
        parts.iter().flat_map(|part| (part.len() as u64).to_be_bytes().into_iter().chain(part.bytes())).collect()
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{} of `{}`", self.table, self.column, self.row)
    }
}

/// Why something cannot be sealed, or not be opened.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SealError {
    /// There are no keys at all.
    #[error("there is no key to seal secrets with: make one with `cadran keys new` and name its file with --keys")]
    NoKeys,
    /// The key that a value was sealed with is not among the keys.
    #[error("{place} is sealed with key `{key}`, which the file of keys does not have: put it back under the newest")]
    UnknownKey {
        /// Where the value stands.
        place: String,
        /// The key that it names.
        key: String,
    },
    /// It was sealed for another place, or changed since.
    #[error("{place} does not open with key `{key}`: it was changed, or sealed for another place")]
    Broken {
        /// Where the value stands.
        place: String,
        /// The key that it names.
        key: String,
    },
    /// No key is named so.
    #[error("a key is not named `{0}`, but with at most 32 small letters, digits and hyphens")]
    BadName(String),
    /// The value is not sealed.
    #[error("{0} is not a sealed value")]
    NotSealed(String),
    /// The machine has no randomness.
    #[error("the machine gives no random bytes to seal with")]
    NoRandomness,
}

/// Why a file of keys is refused. A key itself is never repeated.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line} of the keys: {problem}")]
pub struct KeysError {
    line: usize,
    problem: String,
}

/// One key with its name.
#[derive(Clone)]
struct Key {
    id: String,
    bytes: Zeroizing<[u8; KEY_BYTES]>,
}

/// The keys of a house: the first seals, all of them open. Cheap to clone; says nothing of them when printed.
#[derive(Clone, Default)]
pub struct Seal {
    keys: Arc<[Key]>,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// Reads keys: one a line, its name and 32 bytes in base64, the newest first. Empty lines and those after `#` are passed over.
    ///
    /// # Errors
    /// Names the first line that is no key. No keys at all are no error: such a house seals nothing.
    pub fn read(text: &str) -> Result<Self, KeysError> {
        let mut keys: Vec<Key> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fault = |problem: String| KeysError { line: index + 1, problem };
            let (id, code) = line
                .split_once(char::is_whitespace)
                .ok_or_else(|| fault("a key is a name, a space and 32 bytes in base64; `cadran keys new` prints one".into()))?;
            if !is_id(id) {
                return Err(fault(format!("name `{id}` is not made of at most {LONGEST_ID} small letters, digits and hyphens")));
            }
            if keys.iter().any(|key| key.id == id) {
                return Err(fault(format!("name `{id}` stands twice")));
            }
            let bytes = Zeroizing::new(STANDARD.decode(code.trim()).map_err(|_| fault(format!("key `{id}` is not base64")))?);
            let length = bytes.len();
            let bytes = <[u8; KEY_BYTES]>::try_from(bytes.as_slice())
                .map_err(|_| fault(format!("key `{id}` has {length} bytes and not {KEY_BYTES}")))?;
            keys.push(Key { id: id.to_owned(), bytes: Zeroizing::new(bytes) });
        }
        Ok(Self { keys: keys.into() })
    }

    /// A fresh key as a line of a file, under a name of its own unless one is given.
    ///
    /// # Errors
    /// When the machine has no randomness, or a key may not be named so.
    pub fn fresh_line(id: Option<&str>) -> Result<Zeroizing<String>, SealError> {
        let mut bytes = Zeroizing::new([0_u8; KEY_BYTES]);
        let mut name = [0_u8; 4];
        if let Some(id) = id.filter(|id| !is_id(id)) {
            return Err(SealError::BadName(id.to_owned()));
        }
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| SealError::NoRandomness)?;
        getrandom::fill(&mut name).map_err(|_| SealError::NoRandomness)?;
        let id = id.map_or_else(|| format!("k{:08x}", u32::from_be_bytes(name)), str::to_owned);
        let code = Zeroizing::new(STANDARD.encode(bytes.as_slice()));
        Ok(Zeroizing::new(format!("{id} {}", code.as_str())))
    }

    /// A number that the newest key makes of a text, the same each time: nobody without the key can tell which. Without keys it is of
    /// the text alone.
    pub fn keyed(&self, text: &str) -> u32 {
        u32::try_from(self.keyed_bits(text) >> 96).expect("32 bits are left")
    }

    /// The same of 128 bits: enough to know a text again that went through somebody else's hands.
    pub fn keyed_bits(&self, text: &str) -> u128 {
        let key = self.keys.first().map(|key| key.bytes.as_slice()).unwrap_or_default();
        let digest = Sha256::new().chain_update(key).chain_update(text).finalize();
        digest.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte))
    }

    /// Is there a key to seal with?
    pub fn is_there(&self) -> bool {
        !self.keys.is_empty()
    }

    /// The name of the key that seals.
    pub fn newest(&self) -> Option<&str> {
        self.keys.first().map(|key| key.id.as_str())
    }

    /// Is there a key of that name?
    pub fn has(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id == id)
    }

    /// Every name, the newest first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.id.as_str())
    }

    /// Seals a secret for its place with the newest key.
    ///
    /// # Errors
    /// Without keys or randomness.
    pub fn seal(&self, place: Place<'_>, secret: &[u8]) -> Result<String, SealError> {
        let key = self.keys.first().ok_or(SealError::NoKeys)?;
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| SealError::NoRandomness)?;
        let payload = Payload { msg: secret, aad: &place.bytes() };
        let sealed = cipher(key).encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::NotSealed(place.to_string()))?;
        let text = URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat());
        Ok(format!("{FORM}.{}.{text}", key.id))
    }

    /// Opens a sealed value in its place.
    ///
    /// # Errors
    /// When it is not sealed, its key is not here, or it was sealed for another place.
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let not_sealed = || SealError::NotSealed(place.to_string());
        let id = key_of(sealed).ok_or_else(not_sealed)?;
        let text = sealed.rsplit('.').next().unwrap_or_default();
        let unknown = || SealError::UnknownKey { place: place.to_string(), key: id.to_owned() };
        let key = self.keys.iter().find(|key| key.id == id).ok_or_else(unknown)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| not_sealed())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(not_sealed)?;
        let payload = Payload { msg: sealed, aad: &place.bytes() };
        let broken = || SealError::Broken { place: place.to_string(), key: id.to_owned() };
        cipher(key).decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| broken())
    }
}

/// The name of the key that a sealed value was sealed with; `None` for what is not sealed.
pub fn key_of(sealed: &str) -> Option<&str> {
    let (id, text) = sealed.strip_prefix(FORM)?.strip_prefix('.')?.split_once('.')?;
    (is_id(id) && !text.is_empty() && !text.contains('.')).then_some(id)
}

fn is_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(plain)
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'_> = Place { table: "sim", column: "puk", row: "7" };

    fn keys(ids: &[&str]) -> String {
        ids.iter().map(|id| format!("{}\n", Seal::fresh_line(Some(id)).unwrap().as_str())).collect()
    }

    /// PLT-16: a secret comes back in its place, under any key that is still there, and its text tells nothing of it.
    #[test]
    fn a_secret_opens_in_its_own_place_only() {
        let text = keys(&["old", "older"]);
        let seal = Seal::read(&text).unwrap();
        let sealed = seal.seal(PLACE, b"12345678").unwrap();
        assert!(sealed.starts_with("v1.old.") && !sealed.contains("12345678"), "{sealed}");
        assert_ne!(sealed, seal.seal(PLACE, b"12345678").unwrap(), "the same secret reads differently each time");
        assert_eq!(seal.open(PLACE, &sealed).unwrap().as_slice(), b"12345678");
        for elsewhere in
            [Place { row: "8", ..PLACE }, Place { column: "pin", ..PLACE }, Place { table: "si", column: "mpuk", ..PLACE }]
        {
            assert!(matches!(seal.open(elsewhere, &sealed), Err(SealError::Broken { .. })), "{elsewhere}");
        }
        let later = Seal::read(&format!("{}{text}", keys(&["new"]))).unwrap();
        assert_eq!(later.open(PLACE, &sealed).unwrap().as_slice(), b"12345678");
        assert_eq!(key_of(&later.seal(PLACE, b"").unwrap()), Some("new"));
    }

    /// PLT-16: what was changed does not open, and a key that is gone is named.
    #[test]
    fn what_was_changed_or_lost_its_key_does_not_open() {
        let seal = Seal::read(&keys(&["a"])).unwrap();
        let sealed = seal.seal(PLACE, b"secret").unwrap();
        let at = sealed.len() - 3;
        let other = if sealed.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = format!("{}{other}{}", &sealed[..at], &sealed[at + 1..]);
        assert!(matches!(seal.open(PLACE, &changed), Err(SealError::Broken { .. })));
        let stranger = Seal::read(&keys(&["a"])).unwrap();
        assert!(matches!(stranger.open(PLACE, &sealed), Err(SealError::Broken { .. })), "another key of the same name");
        let error = Seal::read(&keys(&["b"])).unwrap().open(PLACE, &sealed).unwrap_err().to_string();
        assert!(error.contains("key `a`") && error.contains("sim.puk of `7`"), "{error}");
        for plain in ["", "12345678", "v1.a", "v1.a.", "v1..xx", "v2.a.xx", "v1.a.!!", "v1.a.QUJD"] {
            assert_eq!(seal.open(PLACE, plain), Err(SealError::NotSealed("sim.puk of `7`".into())), "{plain}");
        }
        assert_eq!(Seal::default().seal(PLACE, b"x"), Err(SealError::NoKeys));
    }

    /// PLT-16: a line that is no key is named without what stands in it, and keys are not printed.
    #[test]
    fn keys_are_read_line_by_line_and_never_shown() {
        let good = keys(&["one", "two"]);
        let seal = Seal::read(&format!("# newest first\n\n{good}")).unwrap();
        assert_eq!(seal.ids().collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(format!("{seal:?}"), "Seal");
        assert!(!Seal::read("# none\n").unwrap().is_there());
        let bad = [
            ("lonely", "line 1"),
            ("Big aGVsbG8=", "`Big`"),
            ("short aGVsbG8=", "5 bytes"),
            ("x secret!!", "`x` is not base64"),
            (&format!("{good}{good}"), "line 3 of the keys: name `one` stands twice"),
        ];
        for (text, part) in bad {
            let error = Seal::read(text).unwrap_err().to_string();
            assert!(error.contains(part) && !error.contains("secret") && !error.contains("aGVs"), "{error}");
        }
    }
}
