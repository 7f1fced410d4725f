//! TLS from files.

use crate::certificates::{FILES, Identity, name, shop};
use crate::client::{Answer, answer, connect};
use crate::shop::Folder;
use crate::wait::until;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use tokio::runtime::Runtime;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConnection, StreamOwned};

type Secret = StreamOwned<ClientConnection, TcpStream>;

const ALIVE: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n";

fn asks(mut secret: Secret) -> Answer {
    secret.write_all(ALIVE).expect("sent");
    answer(&mut secret)
}

#[test]
fn whoever_trusts_the_certificate_is_answered_in_either_http() {
    let identity = Identity::new();
    let shop = shop(&identity);
    assert_eq!(asks(identity.calls(shop.address)).text(), "ok\n");
    let spoken = |speaks: &'static [&'static str]| {
        Runtime::new().expect("a runtime").block_on(async {
            let stream = tokio::net::TcpStream::connect(shop.address)
                .await
                .expect("connected");
            let connector = TlsConnector::from(identity.client(speaks));
            let secret = connector
                .connect(name(), stream)
                .await
                .expect("a handshake");
            let agreed = secret.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
            if agreed.as_deref() == Some(b"h2") {
                let (client, connection) = h2::client::handshake(secret).await.expect("HTTP/2");
                tokio::spawn(connection);
                let request = http::Request::get("https://shop.example/healthz");
                let request = request.body(()).expect("a request");
                let mut client = client.ready().await.expect("ready");
                let (response, _) = client.send_request(request, true).expect("sent");
                assert_eq!(response.await.expect("an answer").status(), 200);
            }
            agreed.map(|agreed| String::from_utf8(agreed).expect("text"))
        })
    };
    assert_eq!(spoken(&["h2", "http/1.1"]).as_deref(), Some("h2"));
    assert_eq!(spoken(&["http/1.1"]).as_deref(), Some("http/1.1"));
    assert_eq!(spoken(&[]), None);
    // Whoever trusts another one, or speaks no TLS, gets nothing.
    let mut stranger = Identity::new().calls(shop.address);
    assert!(stranger.write_all(ALIVE).is_err());
    let mut plain = connect(shop.address);
    plain.write_all(ALIVE).expect("sent");
    let mut received = Vec::new();
    let _ = plain.read_to_end(&mut received);
    assert!(!received.starts_with(b"HTTP"), "{received:?}");
}

#[test]
fn a_handshake_that_does_not_go_on_is_not_waited_for() {
    let identity = Identity::new();
    let shop = shop(&identity);
    let mut hello = Vec::new();
    let client = ClientConnection::new(identity.client(&[]), name());
    client
        .expect("a client")
        .write_tls(&mut hello)
        .expect("a greeting");
    let ends = |sent: &[u8]| {
        let mut stream = connect(shop.address);
        stream.write_all(sent).expect("sent");
        assert!(
            stream.read_to_end(&mut Vec::new()).is_ok(),
            "{} bytes",
            sent.len()
        );
    };
    thread::scope(|scope| {
        scope.spawn(|| ends(b""));
        scope.spawn(|| ends(&hello[..20]));
        // Greeted, and then silent.
        scope.spawn(|| ends(&hello));
        // Shaken hands, and then silent, or half a header.
        for begun in ["", "GET /heal"] {
            let mut secret = identity.calls(shop.address);
            scope.spawn(move || {
                while secret.conn.is_handshaking() {
                    secret
                        .conn
                        .complete_io(&mut secret.sock)
                        .expect("a handshake");
                }
                secret.write_all(begun.as_bytes()).expect("sent");
                // Closed without the goodbye of TLS, maybe.
                let ended = secret.read_to_end(&mut Vec::new());
                let is_open = |error: &io::Error| error.kind() == io::ErrorKind::WouldBlock;
                assert!(
                    !ended.as_ref().is_err_and(is_open),
                    "`{begun}` is waited for"
                );
            });
        }
    });
}

/// The certificate of a connection, which is answered.
fn shown(secret: &mut Secret) -> CertificateDer<'static> {
    secret
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: shop.example\r\n\r\n")
        .expect("sent");
    let mut received = Vec::new();
    while !received.ends_with(b"ok\n") {
        let mut some = [0; 512];
        let length = secret.read(&mut some).expect("an answer");
        assert!(length > 0, "{received:?}");
        received.extend_from_slice(&some[..length]);
    }
    secret.conn.peer_certificates().expect("a certificate")[0]
        .clone()
        .into_owned()
}

#[test]
fn a_new_certificate_is_shown_to_the_next_and_a_wrong_one_to_nobody() {
    let first = Identity::new();
    let shop = shop(&first);
    let mut early = first.calls(shop.address);
    assert_eq!(shown(&mut early), first.der());

    // Half of the change is no change: the key does not fit.
    let second = Identity::new();
    let old_key = std::fs::read(shop.folder.path("tls.key")).expect("a key");
    second.lies_in(&shop.folder);
    shop.folder.write("tls.key", &old_key);
    until("the fault is said", || {
        shop.has_said("the certificate of before goes on")
    });
    assert_eq!(shown(&mut first.calls(shop.address)), first.der());

    second.lies_in(&shop.folder);
    until("the new one is shown", || {
        let mut secret = second.calls(shop.address);
        secret.conn.complete_io(&mut secret.sock).is_ok()
    });
    assert_eq!(shown(&mut early), first.der(), "a connection keeps its own");
    // At once, when told.
    let third = Identity::new();
    third.lies_in(&shop.folder);
    shop.hangs_up();
    until("the third is shown", || {
        let mut secret = third.calls(shop.address);
        secret.conn.complete_io(&mut secret.sock).is_ok()
    });
    let (status, talk, _) = shop.closes();
    assert!(status.success());
    let read = talk
        .iter()
        .filter(|line| line.contains("certificate read anew"));
    assert_eq!(read.count(), 2, "{talk:?}");
}

#[test]
fn a_certificate_that_cannot_be_used_is_no_start() {
    let folder = Folder::new();
    let identity = Identity::new();
    let serve = [&["serve", "--assets", "dist"], &FILES[..]].concat();
    let says = |phrase: &str, arguments: &[&str]| {
        let (code, _, talk) = folder.runs(arguments);
        assert_eq!(code, Some(1), "{talk}");
        assert!(talk.contains(phrase), "`{phrase}` is not in\n{talk}");
    };
    says("cannot read `tls.pem`", &serve);
    says("`tls_certificate` and `tls_key` go together", &serve[..5]);
    identity.lies_in(&folder);
    folder.write("tls.pem", "nothing of the kind");
    says("there is no certificate in `tls.pem`", &serve);
    identity.lies_in(&folder);
    let key = std::fs::read(folder.path("tls.key")).expect("a key");
    Identity::new().lies_in(&folder);
    folder.write("tls.key", key);
    says("cannot use `tls.pem` with `tls.key`", &serve);
}
