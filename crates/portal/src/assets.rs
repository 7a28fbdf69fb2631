//! What pages load besides themselves: style sheets, scripts and a typeface, embedded in the program.
//!
//! Each file is served under the hash of its content, so that a browser keeps it for ever and a new version is a new address.

use rust_embed::{Embed, EmbeddedFile};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, collections::BTreeMap, fmt::Write, sync::LazyLock};

/// What a response with an asset says in `Cache-Control`.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// What every page says in `Content-Security-Policy`: nothing inline, nothing from elsewhere. The style sheet of Tabler draws some
/// small signs from `data:` images.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(Embed)]
#[folder = "assets"]
#[include = "cadran.css"]
#[include = "cadran.js"]
#[include = "passkey.js"]
#[include = "vendor/*.css"]
#[include = "vendor/*.js"]
#[include = "vendor/*.woff2"]
struct Files;

/// One file as it is served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// A strong `ETag`, quotes included.
    pub etag: String,
    hash: String,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let named = Files::iter().filter_map(|path| {
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        Files::get(&path).map(|file| (name, asset(&path, file)))
    });
    named.collect()
});

fn asset(path: &str, file: EmbeddedFile) -> Asset {
    let hash = short_hash(&file.data);
    let content_type = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    Asset { bytes: file.data, content_type, etag: format!("\"{hash}\""), hash }
}

/// The first 64 bits of the SHA-256 of some content, in hexadecimal.
pub(crate) fn short_hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).fold(String::with_capacity(16), |mut hash, byte| {
        write!(hash, "{byte:02x}").expect("a string takes whatever is written");
        hash
    })
}

/// The address of a file: `/assets/{hash}/{name}`.
///
/// # Panics
/// When no file has that name: names stand in templates, and a test renders them all.
pub fn url(name: &str) -> String {
    let asset = ASSETS.get(name).unwrap_or_else(|| panic!("no asset is named `{name}`"));
    format!("/assets/{}/{name}", asset.hash)
}

/// The file behind `/assets/{hash}/{name}`; `None` for another hash, which is an older or newer program's.
pub fn find(hash: &str, name: &str) -> Option<&'static Asset> {
    ASSETS.get(name).filter(|asset| asset.hash == hash)
}

/// Every file with its address, for who writes pages to a folder.
pub fn all() -> impl Iterator<Item = (String, &'static Asset)> {
    ASSETS.iter().map(|(name, asset)| (format!("/assets/{}/{name}", asset.hash), asset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    #[test]
    fn a_file_is_found_under_its_own_hash_only() {
        let address = url("cadran.css");
        let (hash, name) = address.strip_prefix("/assets/").unwrap().split_once('/').unwrap();
        assert_eq!(find(hash, name).unwrap().content_type, "text/css; charset=utf-8");
        assert!(find("0000000000000000", name).is_none());
        assert!(find(hash, "../Cargo.toml").is_none());
    }

    #[test]
    fn every_vendored_file_is_listed_and_unchanged() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/vendor");
        let list: toml::Table = fs::read_to_string(folder.join("assets.toml")).unwrap().parse().unwrap();
        let mut listed = Vec::new();
        for entry in list["asset"].as_array().unwrap() {
            let file = entry["file"].as_str().unwrap();
            let hash: String = Sha256::digest(fs::read(folder.join(file)).unwrap()).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(Some(hash.as_str()), entry["sha256"].as_str(), "{file}");
            listed.push(file.to_owned());
        }
        for (below, prefix) in [(folder.clone(), ""), (folder.join("icons"), "icons/")] {
            for entry in fs::read_dir(below).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                assert!(
                    ["assets.toml", "icons"].contains(&name.as_str()) || listed.contains(&format!("{prefix}{name}")),
                    "{name}"
                );
            }
        }
    }
}
