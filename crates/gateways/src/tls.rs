//! Certificates towards a peer: whom we believe, and who we are. Peers of ES2+ know each other by certificates (SGP.22 §6.1), gateways to host
//! networks may.

use std::{
    fmt::Display,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_rustls::rustls::{
    self, ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};

/// Files with certificates, in PEM.
#[derive(Clone, Debug, Default)]
pub struct TlsFiles {
    /// Whose certificates are believed; the machine's own authorities where this is `None`.
    pub authority: Option<PathBuf>,
    /// Who we are; nobody where the peer does not ask.
    pub identity: Option<ClientIdentity>,
}

/// Our certificate, the chain after it, and its key.
#[derive(Clone, Debug)]
pub struct ClientIdentity {
    /// Certificates.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why encryption cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsSetupError {
    /// A file cannot be read.
    #[error("`{0}` cannot be read as PEM: {1}")]
    Unreadable(String, String),
    /// A file has nothing in it.
    #[error("`{0}` has no certificate in it")]
    Empty(String),
    /// What they say cannot be used.
    #[error("the certificates cannot be used")]
    Unusable(#[source] rustls::Error),
}

/// What a connection is encrypted with.
pub(crate) fn config(files: &TlsFiles) -> Result<Arc<ClientConfig>, TlsSetupError> {
    let mut roots = RootCertStore::empty();
    match &files.authority {
        Some(file) => {
            for certificate in certificates(file)? {
                roots.add(certificate).map_err(TlsSetupError::Unusable)?;
            }
        }
        // A machine without authorities believes nobody, and says so at the first call.
        None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(TlsSetupError::Unusable)?.with_root_certificates(roots);
    let config = match &files.identity {
        Some(identity) => {
            let key = PrivateKeyDer::from_pem_file(&identity.key).map_err(|error| unreadable(&identity.key, error))?;
            let chain = certificates(&identity.certificate)?;
            builder.with_client_auth_cert(chain, key).map_err(TlsSetupError::Unusable)?
        }
        None => builder.with_no_client_auth(),
    };
    Ok(Arc::new(config))
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsSetupError> {
    let found = CertificateDer::pem_file_iter(file).map_err(|error| unreadable(file, error))?;
    let found: Vec<_> = found.collect::<Result<_, _>>().map_err(|error| unreadable(file, error))?;
    if found.is_empty() { Err(TlsSetupError::Empty(file.display().to_string())) } else { Ok(found) }
}

fn unreadable(file: &Path, error: impl Display) -> TlsSetupError {
    TlsSetupError::Unreadable(file.display().to_string(), error.to_string())
}
