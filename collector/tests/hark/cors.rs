//! Which pages may ask, send and read.

use crate::client;
use crate::refusals::{EVENTS, JSON, SURVEYS};
use crate::shop::{Folder, SETTINGS, Shop, response};

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

#[test]
fn a_page_of_one_site_may_do_nothing_on_another_of_the_same_collector() {
    let other = "[[site]]\nkey = \"outlet\"\norigins = [\"https://outlet.example\"]\n";
    let folder = Folder::new();
    folder.write("hark.toml", format!("{SETTINGS}{other}"));
    let shop = folder.opens(&[]);
    let pages = [
        ("demo", "http://localhost:8080"),
        ("outlet", "https://outlet.example"),
    ];
    let mut number = 0;
    for (site, _) in pages {
        for (home, origin) in pages {
            let (events, surveys) = (
                format!("/v1/sites/{site}/events"),
                format!("/v1/sites/{site}/surveys"),
            );
            let origin = ("origin", origin);
            let asking = [origin, ("access-control-request-method", "POST")];
            number += 1;
            let body = response(number).to_string();
            let asked = client::request(shop.address, "OPTIONS", &events, &asking, b"");
            let sent = client::request(
                shop.address,
                "POST",
                &events,
                &[origin, JSON],
                body.as_bytes(),
            );
            let read = shop.gets(&surveys, &[origin]);
            let statuses = [asked.status, sent.status, read.status];
            let expected = if home == site {
                [204, 200, 200]
            } else {
                [403, 403, 403]
            };
            assert_eq!(statuses, expected, "a page of {home} on {site}");
        }
    }
}
