//! `hark alert`, and what `hark serve --check` says of webhooks.

use super::{LOW, shop_that_tells};
use crate::certificates::{FILES, Identity};
use crate::receiver::{Answer, Receiver, SECRET};
use crate::shop::{Folder, SETTINGS};

#[test]
fn a_test_says_what_came_back_and_nothing_that_steers_a_terminal() {
    let (good, bad) = (Receiver::new(), Receiver::that_says(&[Answer::Status(500)]));
    let folder = shop_that_tells(&[(&good, LOW), (&bad, LOW)]);
    let (code, said, talk) = folder.runs(&["alert", "test"]);
    assert_eq!(code, Some(1), "{said}{talk}");
    let rows: Vec<&str> = said.lines().collect();
    let expected = [
        format!("r0  http://{}/…  HTTP 200: thank you[31m", good.address),
        format!("r1  http://{}/…  HTTP 500: thank you[31m", bad.address),
    ];
    assert_eq!(rows, expected);
    assert_eq!(talk, "error: one webhook did not take the message\n");
    let got = good.gets(1).remove(0);
    assert!(got.is_signed());
    assert_eq!(got.json()["type"], "test");
    for asked in ["r0", "1", &good.url()] {
        let (code, ..) = folder.runs(&["alert", "test", "--webhook", asked]);
        assert_eq!(code, Some(0), "{asked}");
    }
    assert_eq!((good.got().len(), bad.got().len()), (4, 1));
    let (code, _, talk) = folder.runs(&["alert", "test", "--webhook", "team"]);
    assert_eq!(code, Some(2));
    assert!(
        talk.contains("there is no webhook `team`; there are `r0`, `r1`"),
        "{talk}"
    );
    let (code, said, _) = folder.runs(&["alert", "list"]);
    assert_eq!(
        (code, &said[..]),
        (Some(0), "Nothing waits, and nothing was given up.\n")
    );
}

#[test]
fn a_receiver_that_speaks_tls_must_be_known_to_this_machine() {
    let receiver = Folder::new();
    Identity::of("localhost").lies_in(&receiver);
    let receiver = receiver.opens(&FILES);
    let folder = Folder::new();
    let port = receiver.address.port();
    let url = format!("https://localhost:{port}/nothing");
    folder.write(
        "hark.toml",
        format!("{SETTINGS}[[webhook]]\nurl = \"{url}\"\nsecret = \"{SECRET}\"\n"),
    );
    let test = |trusted: &str| {
        let mut hark = folder.hark(&["alert", "test"]);
        hark.env("SSL_CERT_FILE", trusted)
            .env_remove("SSL_CERT_DIR");
        let output = hark.output().expect("hark runs");
        String::from_utf8(output.stdout).expect("text")
    };
    // Who answers is a collector, which takes no alerts; but the hands were shaken.
    let known = test(&receiver.folder.path("tls.pem").display().to_string());
    assert!(known.contains("  HTTP 404"), "{known}");
    let stranger = folder.path("other");
    let another = Folder::new();
    Identity::of("localhost").lies_in(&another);
    std::fs::copy(another.path("tls.pem"), &stranger).expect("copied");
    let unknown = test(&stranger.display().to_string());
    assert!(unknown.contains("invalid peer certificate"), "{unknown}");
    let nobody = test("/dev/null");
    assert!(
        nobody.contains("no certificates of authorities"),
        "{nobody}"
    );
}

#[test]
fn a_secret_is_made_anew_each_time_and_can_lie_in_a_file_or_the_environment() {
    let receiver = Receiver::new();
    let folder = Folder::new();
    let settings = format!("{SETTINGS}[[webhook]]\nurl = \"{}\"\n", receiver.url());
    folder.write("hark.toml", &settings);
    let (code, _, talk) = folder.runs(&["alert", "test"]);
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("the webhook `127.0.0.1` has no secret\n  hint: `hark alert secret`"),
        "{talk}"
    );
    let (_, one, _) = folder.runs(&["alert", "secret"]);
    let (_, other, _) = folder.runs(&["alert", "secret"]);
    assert!(one.starts_with("whsec_") && one != other, "{one}{other}");
    let mut hark = folder.hark(&["alert", "test"]);
    assert!(
        hark.env("HARK_WEBHOOK_SECRET", SECRET)
            .output()
            .expect("hark runs")
            .status
            .success()
    );
    folder.write(
        "hark.toml",
        format!("{settings}secret_file = \"secret.txt\"\n"),
    );
    folder.write("secret.txt", format!("{SECRET}\n"));
    assert_eq!(folder.runs(&["alert", "test"]).0, Some(0));
    assert!(receiver.gets(2).iter().all(crate::receiver::Got::is_signed));
    folder.write("secret.txt", "secret");
    let (code, _, talk) = folder.runs(&["serve", "--check", "--assets", "dist"]);
    assert_eq!(code, Some(1));
    assert!(talk.contains("secret.txt` holds no secret"), "{talk}");
}

#[test]
fn the_rehearsal_says_who_is_told_of_what_and_no_secret() {
    let receiver = Receiver::new();
    let folder = shop_that_tells(&[(&receiver, "sites = [\"demo\"]")]);
    let (code, said, talk) = folder.runs(&["serve", "--check", "--assets", "dist"]);
    assert_eq!(code, Some(0), "{said}{talk}");
    let expected = format!(
        "http://{}/…, hark, signed, low_score alarm overdue digest, sites demo, digest at 08:00 UTC  hark.toml",
        receiver.address
    );
    let row = said.lines().find(|line| line.starts_with("webhook r0"));
    assert!(row.is_some_and(|row| row.ends_with(&expected)), "{said}");
    assert!(!said.contains(&SECRET[6..]) && !said.contains("very-secret-path"));
    let wrong = format!(
        "{SETTINGS}[[webhook]]\nurl = \"{}\"\nevents = [\"alarms\"]\n",
        receiver.url()
    );
    folder.write("hark.toml", wrong);
    let (code, _, talk) = folder.runs(&["serve", "--assets", "dist"]);
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("`events` cannot be `alarms`\n  hint: did you mean `alarm`?"),
        "{talk}"
    );
    assert!(receiver.got().is_empty());
    let (code, _, talk) = Folder::new().runs(&["alert", "test"]);
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("there is no webhook in `hark.toml`\n  hint: write `[[webhook]]`"),
        "{talk}"
    );
}

#[test]
fn a_survey_that_is_not_there_is_doubted() {
    let receiver = Receiver::new();
    let wants = format!("{LOW}\nsurveys = [\"reach\", \"rech\"]");
    let shop = shop_that_tells(&[(&receiver, &wants)]).opens(&[]);
    let (_, talk, _) = shop.closes();
    let doubts: Vec<&String> = talk
        .iter()
        .filter(|line| line.contains("there is none"))
        .collect();
    assert_eq!(doubts.len(), 1, "{talk:?}");
    assert!(
        doubts[0].contains("the webhook `r0` asks about a survey `rech`"),
        "{talk:?}"
    );
}
