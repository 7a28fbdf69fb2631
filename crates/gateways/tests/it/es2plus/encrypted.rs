//! ES2+ over TLS, where both sides show who they are.

use super::{AMPLE, call, client_with, iccid, order, smdp};
use gateways::es2plus::{ClientIdentity, Es2plusClient, Es2plusSettings, Es2plusSetupError, IccidForm, TlsFiles};
use operations::esim_port::{ProfileFailure, ProfileServer as _};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        crypto::ring::default_provider,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
        server::WebPkiClientVerifier,
    },
};

/// A certificate that vouches for itself, and its key, as files.
struct Identity {
    certificate: PathBuf,
    key: PathBuf,
}

impl Identity {
    fn new(folder: &Path, name: &str) -> Self {
        let certified = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        let (certificate, key) = (folder.join(format!("{name}.pem")), folder.join(format!("{name}.key")));
        fs::write(&certificate, certified.cert.pem()).unwrap();
        fs::write(&key, certified.signing_key.serialize_pem()).unwrap();
        Self { certificate, key }
    }

    fn as_client(&self) -> Option<ClientIdentity> {
        Some(ClientIdentity { certificate: self.certificate.clone(), key: self.key.clone() })
    }
}

/// Puts encryption before a server, which takes only who shows the certificate of `known`. Its port.
async fn encrypted(before: &str, server: &Identity, known: &Identity) -> u16 {
    let provider = Arc::new(default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&known.certificate).unwrap()).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone()).build().unwrap();
    let chain = vec![CertificateDer::from_pem_file(&server.certificate).unwrap()];
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, PrivateKeyDer::from_pem_file(&server.key).unwrap())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let before = before.strip_prefix("http://").unwrap().to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, before) = (acceptor.clone(), before.clone());
            tokio::spawn(async move {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    let mut behind = TcpStream::connect(before).await.unwrap();
                    drop(copy_bidirectional(&mut stream, &mut behind).await);
                }
            });
        }
    });
    port
}

/// MOB-52: a server is spoken to encrypted, each side knows the other by its certificate, and nothing is ordered where one of them is wrong.
#[tokio::test]
async fn both_sides_show_who_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let [server, ours, other] = ["localhost", "cadran.example", "other.example"].map(|name| Identity::new(folder.path(), name));
    let (smdp, behind) = smdp(None).await;
    let port = encrypted(&behind, &server, &ours).await;
    let tls = |authority: &Identity, identity| TlsFiles { authority: Some(authority.certificate.clone()), identity };
    let url = format!("https://localhost:{port}");

    let right = client_with(&url, AMPLE, tls(&server, ours.as_client()));
    assert_eq!(right.order(call("1"), order(1)).await, Ok(iccid(1)));

    let before = smdp.state(iccid(2));
    let machine = TlsFiles { authority: None, identity: ours.as_client() };
    for (case, url, tls, kind) in [
        ("a server that is not known", url.as_str(), tls(&other, ours.as_client()), "not reached"),
        ("a server that the machine does not know", url.as_str(), machine, "not reached"),
        ("a server of another name", &format!("https://127.0.0.1:{port}"), tls(&server, ours.as_client()), "not reached"),
        ("no client", url.as_str(), tls(&server, None), "turned back"),
        ("another client", url.as_str(), tls(&server, other.as_client()), "turned back"),
    ] {
        let failure = client_with(url, AMPLE, tls).order(call("2"), order(2)).await.unwrap_err();
        match (&failure, kind) {
            (ProfileFailure::NotReached(problem), "not reached") => assert!(problem.contains("certificate"), "{case}: {problem}"),
            // By TLS 1.3 a server says what it thinks of a client once the client has begun to speak.
            (ProfileFailure::NotReached(_) | ProfileFailure::Unclear(_), "turned back") => {}
            _ => panic!("{case}: {failure:?}"),
        }
    }
    let clear = client_with(&format!("http://localhost:{port}"), AMPLE, TlsFiles::default());
    assert!(clear.order(call("3"), order(2)).await.is_err(), "nothing is taken in clear");
    assert_eq!(smdp.state(iccid(2)), before);
}

/// MOB-52: certificates that cannot be used are seen before any call, with the name of their file.
#[test]
fn certificates_are_looked_at_first() {
    let folder = tempfile::tempdir().unwrap();
    let [ours, other] = ["cadran.example", "other.example"].map(|name| Identity::new(folder.path(), name));
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "nothing\n").unwrap();
    let missing = folder.path().join("missing.pem");
    let identity =
        |certificate: &Path, key: &Path| Some(ClientIdentity { certificate: certificate.to_owned(), key: key.to_owned() });
    for (case, authority, identity, named) in [
        ("no file", Some(&missing), None, "missing.pem"),
        ("no certificate", Some(&empty), None, "empty.pem"),
        ("no key", None, identity(&ours.certificate, &empty), "empty.pem"),
        ("no certificate of ours", None, identity(&missing, &ours.key), "missing.pem"),
        ("the key of another", None, identity(&ours.certificate, &other.key), "cannot be used"),
    ] {
        let settings = Es2plusSettings {
            url: "https://smdp.example.org".to_owned(),
            requester: super::REQUESTER.to_owned(),
            address: super::ADDRESS.parse().unwrap(),
            iccid_form: IccidForm::Padded,
            limits: AMPLE,
            tls: TlsFiles { authority: authority.cloned(), identity },
        };
        let Err(Es2plusSetupError::Tls(error)) = Es2plusClient::new(settings) else { panic!("{case}") };
        assert!(error.to_string().contains(named), "{case}: {error}");
    }
}
