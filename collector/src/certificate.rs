//! The certificate that TLS is spoken with: read from two files, and anew when they change.
//!
//! Connections keep the one they began with; the next one gets the newest.

use crate::lookout::{Fingerprint, Lookout, Prints};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Where certificate and key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CertificateFiles {
    /// The certificate and what leads to the root, as PEM.
    pub(crate) certificate: PathBuf,
    /// Its key, as PEM.
    pub(crate) key: PathBuf,
}

/// The newest certificate that could be read.
pub(crate) struct Certificate {
    files: CertificateFiles,
    current: RwLock<Arc<ServerConfig>>,
    lookout: Mutex<Lookout>,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CertificateError {
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable { path: PathBuf, source: pem::Error },
    #[error("there is no certificate in `{}`", .0.display())]
    Empty(PathBuf),
    #[error("cannot use `{}` with `{}`: {source}", files.certificate.display(), files.key.display())]
    Unusable {
        files: CertificateFiles,
        source: tokio_rustls::rustls::Error,
    },
}

impl Certificate {
    pub(crate) fn load(files: CertificateFiles) -> Result<Self, CertificateError> {
        let lookout = Lookout::new(prints(&files));
        let current = read(&files)?;
        Ok(Self {
            files,
            current: RwLock::new(current),
            lookout: Mutex::new(lookout),
        })
    }

    /// What shakes hands with the newest certificate.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current).into()
    }

    /// Reads the files anew if they have changed, or in any case if `at_once`.
    pub(crate) fn look(&self, at_once: bool) {
        let prints = prints(&self.files);
        let mut lookout = self.lookout.lock().unwrap_or_else(PoisonError::into_inner);
        if at_once {
            lookout.take(prints);
        } else if !lookout.is_due(prints) {
            return;
        }
        match read(&self.files) {
            Ok(next) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = next;
                tracing::info!("certificate read anew");
            }
            Err(error) => tracing::error!("{error}; the certificate of before goes on"),
        }
    }
}

fn prints(files: &CertificateFiles) -> Prints {
    let print = |path: &PathBuf| (path.clone(), Fingerprint::of(path));
    Prints::from([print(&files.certificate), print(&files.key)])
}

fn read(files: &CertificateFiles) -> Result<Arc<ServerConfig>, CertificateError> {
    let unreadable = |path: &PathBuf| {
        let path = path.clone();
        |source| CertificateError::Unreadable { path, source }
    };
    let chain = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(unreadable(&files.certificate))?;
    if chain.is_empty() {
        return Err(CertificateError::Empty(files.certificate.clone()));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(unreadable(&files.key))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key));
    let mut config = config.map_err(|source| CertificateError::Unusable {
        files: files.clone(),
        source,
    })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
