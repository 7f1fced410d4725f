//! Certificates made for a test, and a client that trusts nothing else.

use crate::client::connect;
use crate::shop::{Folder, Shop};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

pub(crate) const FILES: [&str; 4] = ["--tls-certificate", "tls.pem", "--tls-key", "tls.key"];

/// A certificate and its key.
pub(crate) struct Identity(CertifiedKey<KeyPair>);

impl Identity {
    pub(crate) fn new() -> Self {
        Self::of("shop.example")
    }

    /// That of a host.
    pub(crate) fn of(host: &str) -> Self {
        Self(generate_simple_self_signed([host.to_owned()]).expect("a certificate"))
    }

    /// Puts both files where the collector looks for them.
    pub(crate) fn lies_in(&self, folder: &Folder) {
        folder.write("tls.pem", self.0.cert.pem());
        folder.write("tls.key", self.0.signing_key.serialize_pem());
    }

    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.0.cert.der().clone()
    }

    /// A client that trusts this one alone.
    pub(crate) fn client(&self, speaks: &[&str]) -> Arc<ClientConfig> {
        let mut trusted = RootCertStore::empty();
        trusted.add(self.der()).expect("a root");
        let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let client = client.with_safe_default_protocol_versions();
        let mut client = client
            .expect("versions")
            .with_root_certificates(trusted)
            .with_no_client_auth();
        client.alpn_protocols = speaks.iter().map(|name| name.as_bytes().to_vec()).collect();
        Arc::new(client)
    }

    /// A connection on which TLS will be spoken.
    pub(crate) fn calls(&self, address: SocketAddr) -> StreamOwned<ClientConnection, TcpStream> {
        let client = ClientConnection::new(self.client(&["http/1.1"]), name());
        StreamOwned::new(client.expect("a client"), connect(address))
    }
}

/// Whom the client wants to talk to.
pub(crate) fn name() -> ServerName<'static> {
    ServerName::try_from("shop.example").expect("a name")
}

/// A shop that speaks TLS with this certificate.
pub(crate) fn shop(identity: &Identity) -> Shop {
    let folder = Folder::new();
    identity.lies_in(&folder);
    folder.opens(&FILES)
}
