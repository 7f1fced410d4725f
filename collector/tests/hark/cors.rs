//! Which pages may ask, send and read.

use crate::client;
use crate::refusals::{EVENTS, JSON, SURVEYS};
use crate::shop::{Folder, Shop, response};

#[test]
fn a_page_of_the_site_may_ask_send_and_read() {
    let shop = Folder::on_the_net().opens(&[]);
    for origin in ["https://shop.example", "http://127.0.0.1:8080"] {
        let origin = ("origin", origin);
        let asking = [origin, ("access-control-request-method", "POST")];
        let asked = client::request(shop.address, "OPTIONS", EVENTS, &asking, b"");
        assert_eq!(asked.status, 204);
        assert_eq!(asked.header("access-control-allow-methods"), "POST");
        assert_eq!(asked.header("access-control-allow-headers"), "Content-Type");
        assert_eq!(asked.header("access-control-max-age"), "86400");
        let body = response(origin.1.len() as u32).to_string();
        let sent = client::request(
            shop.address,
            "POST",
            EVENTS,
            &[origin, JSON],
            body.as_bytes(),
        );
        assert_eq!(sent.status, 200);
        for answer in [asked, sent, shop.gets(SURVEYS, &[origin])] {
            assert_eq!(answer.header("access-control-allow-origin"), origin.1);
            assert!(answer.header("vary").contains("Origin"), "{answer:?}");
            assert_eq!(answer.header("access-control-allow-credentials"), "");
        }
    }
}

#[test]
fn a_page_of_another_site_is_not_let_through_before_it_sends() {
    let shop = Shop::new();
    let asking = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "POST"),
    ];
    let asked = client::request(shop.address, "OPTIONS", EVENTS, &asking, b"");
    assert_eq!(
        (asked.status, asked.header("access-control-allow-methods")),
        (403, String::new())
    );
}
