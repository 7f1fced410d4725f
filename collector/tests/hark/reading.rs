//! Reports and responses over HTTP: for whoever has a token.

use crate::client::Answer;
use crate::refusals::assert_is_problem;
use crate::shop::{Folder, Shop, response};
use serde_json::{Value, json};

const REPORT: &str = "/v1/sites/demo/report";
const RESPONSES: &str = "/v1/sites/demo/responses";

/// A collector that has heard some answers, and a token for it.
fn heard() -> (Shop, String) {
    let shop = Shop::new();
    let scored = |number| {
        let mut response = response(number);
        response["score"] = json!(1 + number % 7);
        response["device"] = json!(if number % 2 == 0 { "mobile" } else { "desktop" });
        response
    };
    let mut responses: Vec<Value> = (0..28).map(scored).collect();
    responses[3]["answers"] = json!({"comment": "=HYPERLINK(\"https://evil.example\")"});
    assert_eq!(shop.hears(&json!(responses)).json()["accepted"], 28);
    let token = new_token(&shop.folder, "nightly");
    (shop, token)
}

fn new_token(folder: &Folder, name: &str) -> String {
    let (code, out, talk) = folder.runs(&["token", "new", name]);
    assert_eq!(code, Some(0), "{talk}");
    out.trim_end().to_owned()
}

fn asks(shop: &Shop, path: &str, token: &str) -> Answer {
    shop.gets(path, &[("authorization", &format!("Bearer {token}"))])
}

#[test]
fn what_is_read_over_http_is_what_the_commands_print() {
    let (shop, token) = heard();
    for (query, arguments) in [
        ("?all=true", &["--all"][..]),
        ("?by=device", &["--by", "device"]),
        ("?survey=recommend", &["--survey", "recommend"]),
        (
            "?method=bonett_price&all=true&live=true&no_comments=true",
            &[
                "--method",
                "bonett_price",
                "--all",
                "--live",
                "--no-comments",
            ],
        ),
    ] {
        for format in ["json", "csv"] {
            // Otherwise the time of asking would stand in it.
            let path = format!("{REPORT}{query}&format={format}&compare=nothing");
            let answer = asks(&shop, &path, &token);
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            let common = ["report", "--site", "demo", "--format", format];
            let common = [&common[..], &["--compare", "nothing"]].concat();
            let (_, printed, _) = shop.folder.runs(&[&common, arguments].concat());
            assert_eq!(answer.text(), printed, "{path}");
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    let report = asks(&shop, REPORT, &token);
    assert_eq!(report.header("content-type"), "application/json");
    assert_eq!(report.json()["surveys"][0]["n"], 28);
    let rows = asks(&shop, RESPONSES, &token);
    assert_eq!(rows.header("content-type"), "application/x-ndjson");
    let (_, exported, _) = shop.folder.runs(&["export", "--format", "jsonl"]);
    assert_eq!(unchunked(&rows), exported);
    assert_eq!(exported.lines().count(), 28);
    let sheet = asks(&shop, &format!("{RESPONSES}?format=csv"), &token);
    assert_eq!(
        sheet.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    let (_, exported, _) = shop.folder.runs(&["export", "--format", "csv"]);
    assert_eq!(unchunked(&sheet), exported);
    assert!(
        exported.contains("'=HYPERLINK"),
        "no formula reaches a spreadsheet: {exported}"
    );
    let none = asks(&shop, &format!("{RESPONSES}?survey=recommend"), &token);
    assert_eq!((none.status, unchunked(&none)), (200, String::new()));
}

/// The text of an answer that came in chunks.
fn unchunked(answer: &Answer) -> String {
    assert_eq!(answer.header("transfer-encoding"), "chunked");
    let (mut text, mut rest) = (Vec::new(), &answer.body[..]);
    loop {
        let end = rest
            .windows(2)
            .position(|bytes| bytes == b"\r\n")
            .expect("a length");
        let length = std::str::from_utf8(&rest[..end]).expect("a number");
        let length = usize::from_str_radix(length, 16).expect("a number");
        if length == 0 {
            return String::from_utf8(text).expect("text");
        }
        text.extend_from_slice(&rest[end + 2..][..length]);
        rest = &rest[end + 2 + length + 2..];
    }
}

#[test]
fn nothing_is_read_without_a_token() {
    let (shop, token) = heard();
    let with = |authorization: &str| shop.gets(REPORT, &[("authorization", authorization)]);
    for path in [REPORT, RESPONSES, "/v1/sites/nobody/report"] {
        let answer = shop.gets(path, &[]);
        assert_is_problem(&answer, 401, "`hark token new` makes one");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"hark\"");
    }
    assert_eq!(with(&format!("Basic {token}")).status, 401);
    assert_eq!(with(&token).status, 401);
    for wrong in ["hark_", &token[..47], &token.to_uppercase()] {
        let answer = with(&format!("Bearer {wrong}"));
        assert_is_problem(&answer, 401, "nobody has this token");
        let challenge = answer.header("www-authenticate");
        assert_eq!(challenge, "Bearer realm=\"hark\", error=\"invalid_token\"");
    }
    assert_eq!(with(&format!("bearer {token}")).status, 200);
    assert_eq!(
        shop.gets(&format!("{REPORT}?access_token={token}"), &[])
            .status,
        401
    );
    let other = asks(&shop, "/v1/sites/nobody/report", &token);
    assert_is_problem(&other, 404, "there is no site `nobody`");
}

#[test]
fn what_is_asked_wrongly_is_named() {
    let (shop, token) = heard();
    for (path, phrase) in [
        (
            "report?sinc=30d",
            "unknown parameter `sinc`, did you mean `since`?",
        ),
        ("report?since=yesterday", "`yesterday` is not a time"),
        (
            "report?since=1d&until=2d",
            "`until 2d` is not after `since 1d`",
        ),
        (
            "report?method=wilson",
            "known here: `adjusted_wald`, `bonett_price`",
        ),
        (
            "report?live=1",
            "`live` cannot be `1`, known here: `true`, `false`",
        ),
        ("report?format=html", "known here: `json`, `csv`"),
        (
            "report?by=shoe_size",
            "no line has an attribute of that name",
        ),
        ("report?since=1d&since=2d", "`since` stands twice"),
        ("responses?format=parquet", "known here: `jsonl`, `csv`"),
        ("responses?by=day", "unknown parameter `by`"),
    ] {
        let answer = asks(&shop, &format!("/v1/sites/demo/{path}"), &token);
        assert_is_problem(&answer, 400, phrase);
    }
}

#[test]
fn a_token_lives_from_its_making_to_its_removal() {
    let (shop, token) = heard();
    let other = new_token(&shop.folder, "grafana");
    assert_ne!(token, other);
    let (_, listed, _) = shop.folder.runs(&["token", "list"]);
    let names: Vec<_> = listed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(names, ["nightly", "grafana"]);
    let kept = std::fs::read_to_string(shop.folder.path("data/access/tokens")).expect("kept");
    assert!(
        !kept.contains(&token[5..]) && !listed.contains(&token[5..]),
        "{kept}"
    );
    assert_eq!(asks(&shop, REPORT, &other).status, 200);
    let (code, _, _) = shop.folder.runs(&["token", "remove", "nightly"]);
    assert_eq!(code, Some(0));
    assert_eq!(asks(&shop, REPORT, &token).status, 401, "at once");
    assert_eq!(asks(&shop, REPORT, &other).status, 200);
    for (arguments, code, phrase) in [
        (
            ["token", "new", "grafana"],
            1,
            "there is a token `grafana` already",
        ),
        (
            ["token", "remove", "nightly"],
            1,
            "there is no token `nightly`",
        ),
        (
            ["token", "new", "two words"],
            2,
            "`two words` is no name of a token",
        ),
    ] {
        let (ended, _, talk) = shop.folder.runs(&arguments);
        assert_eq!(ended, Some(code), "{talk}");
        assert!(talk.contains(phrase) && talk.contains("hint:"), "{talk}");
    }
    shop.folder
        .write("data/access/tokens", format!("{kept}grafana\n"));
    assert_eq!(
        asks(&shop, REPORT, &other).status,
        401,
        "half a file is no file"
    );
    let (code, _, talk) = shop.folder.runs(&["token", "list"]);
    assert_eq!(code, Some(1), "{talk}");
}
