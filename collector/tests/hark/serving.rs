//! What pages load: the widget, the surveys, the demo shop.

use crate::client;
use crate::shop::{Folder, SETTINGS, Shop};
use serde_json::Value;

fn shop_with_assets() -> Shop {
    let folder = Folder::new();
    for (ending, mark) in [
        ("", "plain"),
        (".br", "br"),
        (".zst", "zstd"),
        (".gz", "gzip"),
    ] {
        folder.write(&format!("dist/hark.js{ending}"), format!("loader {mark}"));
        folder.write(
            &format!("dist/assets/hark-0123.wasm{ending}"),
            format!("wasm {mark}"),
        );
    }
    folder.write("dist/assets/hark-0123.js", "glue");
    folder.opens(&[])
}

#[test]
fn every_page_may_load_the_widget_and_keep_it() {
    let shop = shop_with_assets();
    let rows = [
        (
            "/hark.js",
            "text/javascript; charset=utf-8",
            "public, max-age=300",
            "loader plain",
        ),
        (
            "/assets/hark-0123.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
            "wasm plain",
        ),
    ];
    for (path, media_type, keep, body) in rows {
        let answer = shop.gets(path, &[("origin", "https://anybody.example")]);
        assert_eq!((answer.status, &answer.text()[..]), (200, body));
        let headers = [
            ("content-type", media_type),
            ("cache-control", keep),
            ("vary", "Accept-Encoding"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("x-content-type-options", "nosniff"),
            ("content-encoding", ""),
            ("set-cookie", ""),
        ];
        for (name, value) in headers {
            assert_eq!(answer.header(name), value, "{path}: {name}");
        }
        let head = client::request(shop.address, "HEAD", path, &[], b"");
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.header("content-length"), body.len().to_string());
    }
}

#[test]
fn the_client_gets_the_encoding_it_likes_best_and_304_once_it_has_it() {
    let shop = shop_with_assets();
    let rows = [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("gzip", "gzip"),
        ("br;q=0.1, gzip", "gzip"),
        ("deflate", ""),
    ];
    let mut tags = Vec::new();
    for (accept, encoding) in rows {
        let accept = ("accept-encoding", accept);
        let answer = shop.gets("/assets/hark-0123.wasm", &[accept]);
        assert_eq!(answer.header("content-encoding"), encoding, "{accept:?}");
        let mark = if encoding.is_empty() {
            "plain"
        } else {
            encoding
        };
        assert_eq!(answer.text(), format!("wasm {mark}"));
        assert_eq!(answer.header("content-type"), "application/wasm");
        let tag = answer.header("etag");
        let again = shop.gets("/assets/hark-0123.wasm", &[accept, ("if-none-match", &tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{accept:?}");
        assert_eq!(again.header("etag"), tag);
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 4, "each encoding has its own tag: {tags:?}");
}

#[test]
fn an_asset_without_a_compressed_form_is_sent_as_it_is() {
    let shop = shop_with_assets();
    let answer = shop.gets("/assets/hark-0123.js", &[("accept-encoding", "br")]);
    assert_eq!(
        (answer.text(), answer.header("content-encoding")),
        ("glue".into(), "".into())
    );
}

#[test]
fn no_path_leads_to_another_file() {
    let shop = shop_with_assets();
    for path in [
        "/assets/../hark.toml",
        "/assets/%2e%2e/%2e%2e/hark.toml",
        "/assets/..%2f..%2fhark.toml",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/..%5c..%5chark.toml",
        "/assets/hark-0123.js%00",
        "/assets/",
    ] {
        assert_eq!(shop.gets(path, &[]).status, 404, "{path}");
    }
}

#[test]
fn live_surveys_are_offered_in_the_language_asked_for() {
    let shop = Shop::new();
    let answer = shop.gets("/v1/sites/demo/surveys?locale=fr-CA", &[]);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
    assert_eq!(answer.header("vary"), "Accept-Encoding, Origin");
    let offer = answer.json();
    assert_eq!(offer["language"], "fr");
    let surveys = offer["surveys"].as_array().expect("surveys");
    let ids: Vec<&Value> = surveys.iter().map(|survey| &survey["id"]).collect();
    assert_eq!(ids, ["checkout-effort", "order-satisfaction", "recommend"]);
    let nps = surveys[2]["question"].as_str().expect("a question");
    assert!(
        nps.contains("Fernlight") && nps.contains("recommand"),
        "{nps}"
    );
    for path in [
        "/v1/sites/demo/surveys",
        "/v1/sites/demo/surveys?locale=x&locale=y",
    ] {
        assert_eq!(shop.gets(path, &[]).json()["language"], "en", "{path}");
    }
}

#[test]
fn the_first_language_with_wording_is_taken_and_else_the_sites() {
    let folder = Folder::new();
    folder.write("hark.toml", [SETTINGS, "language = \"de\""].concat());
    let shop = folder.opens(&[]);
    for (locale, expected) in [
        ("da,fr-CH,en", "fr"),
        ("da%2Cpt-PT", "pt-BR"),
        ("da", "de"),
        ("", "de"),
        (",,", "de"),
    ] {
        let path = format!("/v1/sites/demo/surveys?locale={locale}");
        let offer = shop.gets(&path, &[]).json();
        assert_eq!(offer["language"], expected, "{locale}");
    }
}

#[test]
fn surveys_are_packed_and_not_sent_twice() {
    let shop = Shop::new();
    let path = "/v1/sites/demo/surveys?locale=en";
    let plain = shop.gets(path, &[]);
    for (encoding, magic) in [("zstd", &b"\x28\xb5\x2f\xfd"[..]), ("gzip", b"\x1f\x8b")] {
        let accepted = format!("br, {encoding}");
        let accept = ("accept-encoding", accepted.as_str());
        let packed = shop.gets(path, &[accept]);
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(packed.body.starts_with(magic), "{encoding}");
        assert!(packed.body.len() < plain.body.len() / 2, "{encoding}");
        let tag = packed.header("etag");
        assert_ne!(tag, plain.header("etag"));
        assert_eq!(
            shop.gets(path, &[accept, ("if-none-match", &tag)]).status,
            304
        );
    }
}

#[test]
fn the_demo_shop_needs_no_settings() {
    let folder = Folder::new();
    std::fs::remove_file(folder.path("hark.toml")).expect("removed");
    let shop = folder.opens(&["--demo", "--listen", "127.0.0.1:0", "--surveys", "surveys"]);
    let home = shop.gets("/demo/", &[]);
    assert_eq!(home.header("content-type"), "text/html; charset=utf-8");
    assert!(home.text().contains("data-site=\"demo\""), "{home:?}");
    for (path, target) in [
        ("/", "/demo/"),
        ("/demo", "/demo/"),
        ("/demo/checkout", "/demo/checkout/"),
    ] {
        let answer = shop.gets(path, &[]);
        assert_eq!(
            (answer.status, &answer.header("location")[..]),
            (307, target),
            "{path}"
        );
    }
    assert_eq!(shop.gets("/demo/checkout/", &[]).status, 200);
    assert_eq!(
        shop.gets("/demo/shop.css", &[]).header("content-type"),
        "text/css; charset=utf-8"
    );
    for path in [
        "/demo/surveys/recommend.toml",
        "/demo/nothing",
        "/demo/%2e%2e/Cargo.toml",
    ] {
        assert_eq!(shop.gets(path, &[]).status, 404, "{path}");
    }
    let origin = ("origin", "http://localhost:3000");
    assert_eq!(shop.gets("/v1/sites/demo/surveys", &[origin]).status, 200);
}

#[test]
fn a_started_collector_is_alive_and_ready() {
    let shop = Shop::new();
    assert_eq!(shop.gets("/healthz", &[]).text(), "ok\n");
    assert_eq!(shop.gets("/readyz", &[]).text(), "ready\n");
}
