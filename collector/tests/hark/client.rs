//! A client that sends exactly the bytes a test wants and reads whatever comes back.

use serde_json::Value;
use socket2::{Domain, Socket, Type};
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

/// What the collector answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Every value of a header, joined with commas; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> String {
        let fields = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        let values = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
        values
            .map(|(_, value)| value)
            .collect::<Vec<_>>()
            .join(", ")
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

const PATIENCE: Duration = Duration::from_secs(30);

/// Opens a connection on which nothing may take longer than a test's patience.
pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    stream
}

/// The same from this address of the machine.
pub(crate) fn connect_from(from: &str, address: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let from: IpAddr = from.parse().expect("an address");
    socket
        .bind(&SocketAddr::new(from, 0).into())
        .expect("bound");
    socket.connect(&address.into()).expect("a connection");
    socket.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    socket.into()
}

/// Sends one request and reads to the end of the connection.
pub(crate) fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    send(address, &bytes(address, method, path, headers, body))
}

/// The same from this address of the machine.
pub(crate) fn request_from(
    from: &str,
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let mut stream = connect_from(from, address);
    // A refused body need not be taken to its end.
    let _ = stream.write_all(&bytes(address, method, path, headers, body));
    answer(&mut stream)
}

fn bytes(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if method == "POST" && !head.contains("transfer-encoding") {
        head += &format!("content-length: {}\r\n", body.len());
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// Sends these bytes and reads to the end of the connection.
pub(crate) fn send(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = connect(address);
    // A refused body need not be taken to its end.
    let _ = stream.write_all(bytes);
    answer(&mut stream)
}

/// Reads to the end of the connection.
pub(crate) fn answer(stream: &mut impl Read) -> Answer {
    let mut received = Vec::new();
    // A connection reset after the answer still brought the answer.
    let _ = stream.read_to_end(&mut received);
    let end = received.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(&received)));
    let head = String::from_utf8(received[..end].to_vec()).expect("a header");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Answer {
        status: status.expect("a status"),
        body: received.split_off(end + 4),
        head,
    }
}
