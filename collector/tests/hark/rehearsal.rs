//! `hark serve --check`: every setting with its source, every check with its result, and no serving.

use crate::certificates::Identity;
use crate::shop::{Folder, SETTINGS, Shop};

const OTHER_SITE: &str = r#"
[[site]]
key = "outlet"
origins = []
language = "fr"
consent = "granted"
remember_acts = false
frequency = { after_answer = "90d" }
stages = { during = ["/pay/**", "/basket"], single_page = true }
"#;

/// The line of the report that begins with this name, its columns apart.
fn line(report: &str, name: &str) -> Vec<String> {
    let columns = |line: &str| -> Vec<String> {
        let columns = line
            .split("  ")
            .map(str::trim)
            .filter(|column| !column.is_empty());
        columns.map(str::to_owned).collect()
    };
    let mut lines = report.lines().map(columns);
    let found = lines.find(|columns| columns.first().is_some_and(|first| first == name));
    found.unwrap_or_else(|| panic!("no `{name}` in\n{report}"))
}

#[test]
fn every_setting_is_said_with_where_it_comes_from() {
    let folder = Folder::new();
    folder.write(
        "hark.toml",
        format!("retain_days = 30\nproxy_header = \"forwarded\"\n{SETTINGS}{OTHER_SITE}"),
    );
    folder.write("themes.toml", "");
    let mut hark = folder.hark(&[
        "serve",
        "--assets",
        "dist",
        "--check",
        "--connections",
        "99",
    ]);
    hark.env("HARK_DATA", "kept").env("HARK_LOG", "WARN");
    let output = hark.output().expect("hark runs");
    let report = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(0), "{report}");
    assert!(output.stderr.is_empty(), "{report}");
    let rows = [
        ("demo", "no", "default"),
        ("config", "hark.toml", "default"),
        ("surveys", "surveys", "default"),
        ("listen", "127.0.0.1:0", "hark.toml"),
        ("data", "kept", "HARK_DATA"),
        ("retain_days", "30", "hark.toml"),
        ("contact_retain_days", "90", "default"),
        ("assets", "dist", "--assets"),
        ("tls_certificate", "none", "default"),
        ("tls_key", "none", "default"),
        ("log_format", "text", "default"),
        ("log", "warn", "HARK_LOG"),
        ("requests_per_second", "100", "default"),
        ("connections", "99", "--connections"),
        ("connections_per_address", "512", "default"),
        ("trusted_proxies", "127.0.0.0/8, ::1/128", "default"),
        ("proxy_header", "forwarded", "hark.toml"),
        ("session_idle", "8h", "default"),
        ("session_lifetime", "7d", "default"),
        ("themes", "themes.toml", "beside hark.toml"),
        (
            "site demo origins",
            "http://localhost:8080, http://127.0.0.1:*",
            "hark.toml",
        ),
        ("site demo brand", "Fernlight", "hark.toml"),
        ("site demo language", "en", "default"),
        ("site demo consent", "pending", "default"),
        ("site demo remember_acts", "yes", "default"),
        (
            "site demo frequency",
            "after_answer 30d, after_dismissal 1d, after_impression 1d",
            "default",
        ),
        (
            "site demo stages",
            "during as usual, after as usual, single_page no",
            "default",
        ),
        ("site outlet origins", "no page may send", "hark.toml"),
        ("site outlet brand", "outlet", "default"),
        ("site outlet language", "fr", "hark.toml"),
        ("site outlet consent", "granted", "hark.toml"),
        ("site outlet remember_acts", "no", "hark.toml"),
        (
            "site outlet frequency",
            "after_answer 90d, after_dismissal 1d, after_impression 1d",
            "hark.toml",
        ),
        (
            "site outlet stages",
            "during /pay/** /basket, after as usual, single_page yes",
            "hark.toml",
        ),
    ];
    for (name, value, from) in rows {
        assert_eq!(line(&report, name), [name, value, from], "{report}");
    }
    let checks = report.lines().filter(|line| line.starts_with("check "));
    assert_eq!(
        report.lines().count() - checks.count(),
        rows.len(),
        "another setting wants a row:\n{report}"
    );
    assert!(!folder.path("kept").exists(), "nothing was begun");
}

#[test]
fn what_keeps_it_from_serving_is_said_all_at_once() {
    let shop = Shop::new();
    let folder = Folder::new();
    let taken = shop.address.to_string();
    folder.write("surveys/wrong.toml", "metric = 7\n");
    folder.write("data", "a file in its place");
    folder.write("tls.pem", "");
    folder.write("tls.key", "");
    let serve = [
        "serve", "--check", "--listen", &taken, "--assets", "nowhere",
    ];
    let tls = ["--tls-certificate", "tls.pem", "--tls-key", "tls.key"];
    let (code, report, talk) = folder.runs(&[&serve[..], &tls].concat());
    assert_eq!(code, Some(1), "{report}{talk}");
    for (name, fault, error) in [
        (
            "check surveys",
            "not ok: 1 fault",
            "surveys/wrong.toml:1:10: ",
        ),
        (
            "check widget",
            "not ok: the widget is not built",
            "error: the widget is not built",
        ),
        (
            "check data",
            "not ok: cannot use the data folder `data`",
            "error: cannot use the data",
        ),
        (
            "check port",
            "not ok: cannot listen on",
            "error: cannot listen on",
        ),
        (
            "check certificate",
            "not ok: there is no certificate in `tls.pem`",
            "error: there is no",
        ),
    ] {
        assert!(
            line(&report, name)[1].starts_with(fault),
            "`{fault}`\n{report}"
        );
        assert!(talk.contains(error), "`{error}`\n{talk}");
    }
    let (code, ..) = folder.runs(&["serve", "--check", "--no-such-flag"]);
    assert_eq!(code, Some(2));
}

#[test]
fn what_would_serve_is_said_to() {
    let folder = Folder::new();
    Identity::new().lies_in(&folder);
    let serve = ["serve", "--check", "--assets", "dist", "--data", "new/data"];
    let tls = ["--tls-certificate", "tls.pem", "--tls-key", "tls.key"];
    let (code, report, talk) = folder.runs(&[&serve[..], &tls].concat());
    assert_eq!((code, &talk[..]), (Some(0), ""), "{report}");
    for (name, found) in [
        ("check surveys", "ok: 5 surveys, 4 live"),
        ("check widget", "ok: there"),
        ("check data", "ok: will be made in `.`"),
        ("check port", "ok: 127.0.0.1:0 is free"),
        ("check certificate", "ok: `tls.pem` fits its key"),
        ("check alerts", "ok: nobody wants any"),
    ] {
        assert_eq!(line(&report, name)[1], found, "{report}");
    }
}

#[test]
fn alerts_that_could_not_be_sent_or_kept_are_said_as_serving_would() {
    let folder = Folder::new();
    let url = "https://hooks.example/hark";
    let webhook = format!("{SETTINGS}[[webhook]]\nname = \"team\"\nurl = \"{url}\"\n");
    folder.write("hark.toml", webhook);
    let trusted = Identity::new();
    trusted.lies_in(&folder);
    let runs = |trusted: &str, more: &[&str]| {
        let mut hark = folder.hark(&[&["serve", "--assets", "dist"], more].concat());
        hark.env("SSL_CERT_FILE", folder.path(trusted));
        hark.env_remove("SSL_CERT_DIR");
        hark.env(
            "HARK_WEBHOOK_SECRET",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        );
        let output = hark.output().expect("hark runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (code, report, talk) = runs("tls.pem", &["--check"]);
    assert_eq!((code, &talk[..]), (Some(0), ""), "{report}");
    assert_eq!(
        line(&report, "check alerts")[1],
        "ok: can wait, and be sent"
    );
    let rows = [
        ("tls.pem", "cannot use `data/alerts"),
        (
            "nowhere",
            "no certificates of authorities are found on this machine",
        ),
    ];
    folder.write("data/alerts/team", "a file in its place");
    for (trusted, fault) in rows {
        let (code, report, talk) = runs(trusted, &["--check"]);
        assert_eq!(code, Some(1), "{report}{talk}");
        let found = &line(&report, "check alerts")[1];
        assert!(found.starts_with(&format!("not ok: {fault}")), "{report}");
        let (code, _, serving) = runs(trusted, &[]);
        assert_eq!(code, Some(1), "{serving}");
        for talk in [talk, serving] {
            assert!(talk.contains(&format!("error: {fault}")), "{talk}");
        }
        std::fs::remove_dir_all(folder.path("data")).expect("removed");
    }
}

#[test]
fn a_level_that_is_none_is_refused_and_not_passed_over() {
    let folder = Folder::new();
    let mut hark = folder.hark(&["serve", "--assets", "dist"]);
    let output = hark.env("HARK_LOG", "verbose").output().expect("hark runs");
    let talk = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{talk}");
    for phrase in [
        "invalid value 'verbose' for '--log <LEVEL>'",
        "error, warn, info, debug, trace",
    ] {
        assert!(talk.contains(phrase), "`{phrase}`\n{talk}");
    }
}

#[test]
fn a_start_says_which_settings_are_not_the_default() {
    let shop = Folder::new().opens(&["--retain-days", "30"]);
    let (_, talk, _) = shop.closes();
    let set = "  set      listen 127.0.0.1:0 (hark.toml), retain_days 30 (--retain-days), assets dist (--assets)";
    assert!(talk.iter().any(|line| line == set), "{talk:?}");
}

#[test]
fn a_container_can_ask_whether_it_is_alive() {
    let shop = Shop::new();
    let listen = shop.address.to_string();
    let (code, _, talk) = shop.folder.runs(&["health", "--listen", &listen]);
    assert_eq!((code, &talk[..]), (Some(0), "alive\n"));
    // The door of another: it is open, but nobody of ours is behind it.
    let other = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = other.local_addr().expect("an address").to_string();
    std::thread::scope(|scope| {
        scope.spawn(|| drop(other.accept().expect("a caller")));
        let (code, _, talk) = shop.folder.runs(&["health", "--listen", &listen]);
        assert_eq!(code, Some(1), "{talk}");
        assert!(
            talk.contains(&format!("error: no collector is alive at {listen}: ")),
            "{talk}"
        );
    });
}
