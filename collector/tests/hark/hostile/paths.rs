//! Names of sites, surveys and files that would lead out of the folder they belong to.

use crate::client;
use crate::refusals::{JSON, assert_is_problem};
use crate::shop::{Folder, Shop, response};
use serde_json::json;

#[test]
fn no_name_of_a_site_leads_anywhere() {
    let shop = Shop::new();
    let keys = [
        "..",
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
        "../../../etc/passwd",
        "demo/../demo",
        "demo%2f..",
        "demo%00",
        "demo%0a",
        "demo%20",
        "DEMO",
        "%ff",
        "demo;x",
        "*",
    ];
    let body = response(1).to_string();
    for key in keys {
        let events = format!("/v1/sites/{key}/events");
        let answer = client::request(shop.address, "POST", &events, &[JSON], body.as_bytes());
        assert_eq!(answer.status, 404, "{key}: {answer:?}");
        let answer = shop.gets(&format!("/v1/sites/{key}/surveys"), &[]);
        assert_eq!(answer.status, 404, "{key}: {answer:?}");
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn no_name_of_a_survey_leads_anywhere() {
    let shop = Shop::new();
    shop.folder.write("recommend.toml", "metric = \"nps\"\n");
    let names = [
        "..",
        "../recommend",
        "../surveys/checkout-effort",
        "./checkout-effort",
        "checkout-effort.toml",
        "checkout-effort\0",
        "Checkout-Effort",
        "/etc/passwd",
        "..\\hark",
        "checkout-effort ",
    ];
    for name in names {
        let mut event = response(1);
        event["survey"] = json!(name);
        assert_is_problem(&shop.hears(&event), 422, "no event was accepted");
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn no_file_is_served_from_outside() {
    let folder = Folder::new();
    folder.write("secret.txt", "the secret");
    folder.write("dist/assets/hark.js", "an asset");
    let shop = folder.opens(&["--demo"]);
    let ways = [
        "../secret.txt",
        "../../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "..%2f..%2fsecret.txt",
        "%2e%2e%2f%2e%2e%2fsecret.txt",
        "..%5csecret.txt",
        "....//secret.txt",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "..%c0%afsecret.txt",
        "..%252fsecret.txt",
        "secret.txt%00.js",
        "../hark.toml",
        "..%2f..%2fhark.toml",
    ];
    for way in ways {
        for start in ["/assets/", "/demo/", "/"] {
            let answer = shop.gets(&format!("{start}{way}"), &[]);
            let is_refused = matches!(answer.status, 400 | 404);
            assert!(is_refused, "{start}{way}: {answer:?}");
            let text = answer.text();
            assert!(
                !text.contains("the secret") && !text.contains("root:"),
                "{text}"
            );
        }
    }
}
