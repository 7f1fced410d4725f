//! Floods of headers, origins that only look like the shop's, and what is no HTTP.

use crate::client;
use crate::refusals::{EVENTS, JSON, SURVEYS, assert_is_problem};
use crate::shop::{Folder, Shop, response};

#[test]
fn sixty_four_headers_and_eight_kilobytes_are_the_most() {
    let shop = Shop::new();
    let many = |count| {
        let headers = (0..count).map(|number| format!("x-{number}: 1\r\n"));
        headers.collect::<String>()
    };
    let large = |length| format!("x-large: {}\r\n", "x".repeat(length));
    let rows = [
        // `host` and `connection` are two more.
        (many(62), 200),
        (many(63), 431),
        (many(5_000), 431),
        (large(7 * 1024), 200),
        (large(8 * 1024), 431),
        (large(1024 * 1024), 431),
    ];
    for (headers, status) in rows {
        let bytes =
            format!("GET /healthz HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n{headers}\r\n");
        let answer = client::send(shop.address, bytes.as_bytes());
        assert_eq!(answer.status, status, "{} bytes", headers.len());
    }
    assert_eq!(shop.gets("/healthz", &[]).status, 200);
}

#[test]
fn an_origin_is_the_shop_s_or_it_is_refused() {
    let shop = Folder::on_the_net().opens(&[]);
    let origins = [
        "null",
        "",
        "https://shop.example.evil.example",
        "https://shop.example@evil.example",
        "https://evil.example#https://shop.example",
        "https://shop.example/",
        "https://shop.example:443",
        "http://shop.example",
        "HTTPS://SHOP.EXAMPLE",
        "https://shop.example, https://evil.example",
        "http://127.0.0.1:",
        "http://127.0.0.1:65536",
        "http://127.0.0.1:80@evil.example",
        "http://127.0.0.1.evil.example:80",
        "https://shop.example\u{b5}",
        "*",
    ];
    let body = response(1).to_string();
    for origin in origins {
        let headers = [JSON, ("origin", origin)];
        let posted = client::request(shop.address, "POST", EVENTS, &headers, body.as_bytes());
        assert_is_problem(&posted, 403, "add it to `origins`");
        let asked = client::request(shop.address, "OPTIONS", EVENTS, &headers, b"");
        assert_is_problem(&asked, 403, "add it to `origins`");
        assert_is_problem(&shop.gets(SURVEYS, &headers), 403, "add it to `origins`");
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn what_is_no_http_is_no_request() {
    let shop = Shop::new();
    let rows: [&[u8]; 6] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello by TLS\r\n\r\n",
        b"GET /healthz\r\n\r\n",
        b"GET /healthz HTTP/9.9\r\n\r\n",
        b"GET /health\0z HTTP/1.1\r\nhost: shop\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nhost shop\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nx: \0\r\n\r\n",
    ];
    for bytes in rows {
        assert_eq!(client::send(shop.address, bytes).status, 400, "{bytes:?}");
    }
    assert_eq!(shop.gets("/healthz", &[]).status, 200);
}
