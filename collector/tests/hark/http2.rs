//! HTTP/2 without TLS, by prior knowledge: the same answers and limits as HTTP/1.1.

use crate::client::connect;
use crate::shop::{Shop, response};
use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{Reason, SendStream};
use http::{Request, Response};
use std::io::{Read, Write};
use std::thread;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

type Ended = JoinHandle<Result<(), h2::Error>>;

async fn calls(shop: &Shop) -> (SendRequest<Bytes>, Ended) {
    let stream = TcpStream::connect(shop.address).await.expect("connected");
    let (client, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
    (client, tokio::spawn(connection))
}

async fn posts(client: &SendRequest<Bytes>) -> (ResponseFuture, SendStream<Bytes>) {
    let request = Request::post("http://shop.example/v1/sites/demo/events");
    let request = request.header("content-type", "text/plain").body(());
    let mut client = client.clone().ready().await.expect("ready");
    client
        .send_request(request.expect("a request"), false)
        .expect("sent")
}

async fn text(response: Response<h2::RecvStream>) -> String {
    let mut body = response.into_body();
    let mut text = Vec::new();
    while let Some(bytes) = body.data().await {
        let bytes = bytes.expect("a body");
        let _ = body.flow_control().release_capacity(bytes.len());
        text.extend_from_slice(&bytes);
    }
    String::from_utf8(text).expect("text")
}

#[test]
fn many_answers_on_one_connection_are_stored_and_the_last_ones_too() {
    let shop = Shop::new();
    let runtime = Runtime::new().expect("a runtime");
    let (waiting, ended) = runtime.block_on(async {
        let (client, ended) = calls(&shop).await;
        let mut waiting = Vec::new();
        for number in 0..20 {
            let (answer, mut body) = posts(&client).await;
            let event = response(number).to_string();
            if number < 10 {
                body.send_data(event.into(), true).expect("sent");
                let answer = answer.await.expect("an answer");
                assert_eq!(answer.status(), 200);
                assert!(answer.headers().get("connection").is_none());
                assert!(text(answer).await.contains("\"accepted\":1"));
            } else {
                // Under way when the collector is asked to stop.
                body.send_data(event[..9].to_owned().into(), false)
                    .expect("sent");
                waiting.push((answer, body, event));
            }
        }
        // Once this is answered, everything before has come.
        let request = Request::get("http://shop.example/healthz")
            .body(())
            .expect("one");
        let mut client = client.ready().await.expect("ready");
        let (answer, _) = client.send_request(request, true).expect("sent");
        assert_eq!(answer.await.expect("an answer").status(), 200);
        (waiting, ended)
    });
    let end = thread::spawn(|| shop.closes());
    runtime.block_on(async {
        for (answer, mut body, event) in waiting {
            body.send_data(event[9..].to_owned().into(), true)
                .expect("sent");
            assert_eq!(answer.await.expect("an answer").status(), 200);
        }
        assert!(
            ended.await.expect("no panic").is_ok(),
            "said goodbye, not cut off"
        );
    });
    let (status, _, folder) = end.join().expect("an end");
    assert!(status.success());
    assert_eq!(folder.lines().len(), 20);
}

#[test]
fn headers_and_bodies_are_bounded() {
    let shop = Shop::new();
    Runtime::new().expect("a runtime").block_on(async {
        let (client, _) = calls(&shop).await;
        let request =
            Request::get("http://shop.example/healthz").header("x-long", "x".repeat(9_000));
        let mut sending = client.clone().ready().await.expect("ready");
        let (answer, _) = sending
            .send_request(request.body(()).expect("one"), true)
            .expect("sent");
        assert_eq!(answer.await.expect("an answer").status(), 431);

        let (answer, mut body) = posts(&client).await;
        body.reserve_capacity(70_000);
        let _ = body.send_data(vec![b'x'; 70_000].into(), true);
        assert_eq!(answer.await.expect("an answer").status(), 413);

        let (answer, mut body) = posts(&client).await;
        body.send_data("{\"type\":".into(), false).expect("sent");
        assert_eq!(answer.await.expect("an answer").status(), 408);
    });
}

#[test]
fn a_flood_of_requests_called_off_ends_the_connection() {
    let shop = Shop::new();
    Runtime::new().expect("a runtime").block_on(async {
        let (client, ended) = calls(&shop).await;
        let flood = async {
            for _ in 0..10_000 {
                let Ok(mut client) = client.clone().ready().await else {
                    return;
                };
                let request = Request::post("http://shop.example/v1/sites/demo/events");
                let request = request.body(()).expect("a request");
                let Ok((_, mut body)) = client.send_request(request, false) else {
                    return;
                };
                body.send_reset(Reason::CANCEL);
            }
        };
        flood.await;
        let error = ended.await.expect("no panic").expect_err("it is ended");
        assert_eq!(error.reason(), Some(Reason::ENHANCE_YOUR_CALM), "{error}");
    });
    assert_eq!(shop.hears(&response(1)).status, 200, "others are answered");
}

#[test]
fn whoever_does_not_go_on_is_not_waited_for() {
    let shop = Shop::new();
    let settings = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00";
    // Half a header: HEADERS on stream 1, of which 1 byte of 100 has come.
    let header = b"\x00\x00\x64\x01\x05\x00\x00\x00\x01\x82";
    let ends = |sent: &[u8]| {
        let mut stream = connect(shop.address);
        stream.write_all(sent).expect("sent");
        let ended = stream.read_to_end(&mut Vec::new());
        assert!(ended.is_ok(), "{sent:?} is waited for: {ended:?}");
    };
    thread::scope(|scope| {
        scope.spawn(|| ends(&settings[..10]));
        scope.spawn(|| ends(settings));
        scope.spawn(|| ends(&[&settings[..], header].concat()));
    });
}
