//! What `deploy/` holds, tried: a request through each proxy, and systemd's judgement of the unit.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, until};
use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Output, Stdio};
use tempfile::TempDir;
use tokio::process::{Child, Command};

const SURVEY: (&str, &str) = ("recommend", "metric = \"nps\"\nstatus = \"live\"\n");
const EVENT: &str = r#"{"type":"response","id":"019aa5f0-4500-7000-8000-000000000001","seq":1,"survey":"recommend","score":9,"complete":true,"at":"2026-11-21T10:00:00.000Z","channel":"web","page":{"path":"/"},"device":"desktop","language":"en"}"#;

/// A file of `deploy/`, with each of these replaced; each must be there.
fn deployed(name: &str, replacements: &[(&str, &str)]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../deploy")
        .join(name);
    let mut text = fs::read_to_string(path).expect(name);
    for (old, new) in replacements {
        assert!(text.contains(old), "`{old}` is not in {name}");
        text = text.replace(old, new);
    }
    text
}

/// A certificate for `feedback.example.com` in this folder: `tls.pem`, `tls.key`.
fn certify(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(["feedback.example.com".to_owned()]);
    let made = made.expect("a certificate");
    fs::write(folder.join("tls.pem"), made.cert.pem()).expect("written");
    fs::write(folder.join("tls.key"), made.signing_key.serialize_pem()).expect("written");
}

/// A port that was free a moment ago; neither proxy can be told to choose one and say which.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

async fn runs(program: &str, arguments: &[&OsStr]) -> Output {
    let output = Command::new(program).args(arguments).output().await;
    output.unwrap_or_else(|error| panic!("{program}: {error}; `cargo xtask test` installs it"))
}

/// What curl says of a request to the proxy: status, HTTP version, body.
async fn asks(folder: &TempDir, port: u16, path: &str, more: &[&str]) -> String {
    let address = format!("https://feedback.example.com:{port}{path}");
    let resolve = format!("feedback.example.com:{port}:127.0.0.1");
    let trusted = folder.path().join("tls.pem");
    let told = [
        "--silent",
        "--max-time",
        "30",
        "--resolve",
        &resolve,
        "--cacert",
    ];
    let told = told.iter().map(OsStr::new).chain([trusted.as_os_str()]);
    let form = [
        "--write-out",
        " %{http_code} HTTP/%{http_version}",
        &address,
    ];
    let arguments: Vec<&OsStr> = told
        .chain(more.iter().chain(&form).map(OsStr::new))
        .collect();
    String::from_utf8_lossy(&runs("curl", &arguments).await.stdout).into_owned()
}

/// Everything a visitor's browser asks for gets through this proxy, and the rest does not.
async fn serves(shop: &Shop, folder: &TempDir, port: u16, forbidden: &str, _proxy: Child) {
    until("the proxy to answer", || async {
        let said = asks(folder, port, "/healthz", &[]).await;
        if said == "ok\n 200 HTTP/2" {
            Ok(())
        } else {
            Err(said)
        }
    })
    .await;
    let said = asks(folder, port, "/hark.js", &["--http1.1"]).await;
    assert!(said.ends_with(" 200 HTTP/1.1"), "{said}");
    let said = asks(folder, port, "/v1/sites/shop/surveys", &[]).await;
    assert!(
        said.contains("recommend") && said.ends_with(" 200 HTTP/2"),
        "{said}"
    );
    let posts = ["--header", "content-type: text/plain", "--data", EVENT];
    let said = asks(folder, port, "/v1/sites/shop/events", &posts).await;
    assert!(
        said.contains("\"accepted\":1") && said.ends_with(" 200 HTTP/2"),
        "{said}"
    );
    let large = format!("@{}", folder.path().join("large").display());
    fs::write(folder.path().join("large"), "x".repeat(70_000)).expect("written");
    let posts = ["--header", "content-type: text/plain", "--data", &large];
    let said = asks(folder, port, "/v1/sites/shop/events", &posts).await;
    assert!(
        said.contains("64 KiB") && said.ends_with(" 413 HTTP/2"),
        "{said}"
    );
    for path in ["/metrics", "/readyz"] {
        let said = asks(folder, port, path, &[]).await;
        assert!(said.ends_with(forbidden), "{path}: {said}");
    }
    assert_eq!(shop.journal().lines().len(), 1);
}

#[tokio::test]
async fn nginx_stands_in_front() {
    let shop = Shop::open(&[SURVEY]).await;
    let folder = tempfile::tempdir().expect("a folder");
    certify(folder.path());
    let port = free_port();
    let here = folder.path().display().to_string();
    let site = deployed(
        "nginx.conf",
        &[
            (
                "server 127.0.0.1:7700;",
                &format!("server {};", shop.address()),
            ),
            ("listen 80;", &format!("listen 127.0.0.1:{};", free_port())),
            ("listen 443 ssl", &format!("listen 127.0.0.1:{port} ssl")),
            (
                "/etc/letsencrypt/live/feedback.example.com/fullchain.pem",
                &format!("{here}/tls.pem"),
            ),
            (
                "/etc/letsencrypt/live/feedback.example.com/privkey.pem",
                &format!("{here}/tls.key"),
            ),
            ("/var/log/nginx/hark.log", &format!("{here}/hark.log")),
            // Whoever tests is on this machine as well.
            ("allow 127.0.0.1;", ""),
        ],
    );
    // One process: the workers of a killed master would stay.
    let whole = format!(
        "daemon off; master_process off; pid {here}/pid; error_log {here}/log; worker_processes 1;\n\
         events {{}}\nhttp {{ client_body_temp_path {here}/a; proxy_temp_path {here}/b; \
         fastcgi_temp_path {here}/c; uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;\n{site}\n}}\n"
    );
    let file = folder.path().join("nginx.conf");
    fs::write(&file, whole).expect("written");
    let told = [
        OsStr::new("-p"),
        folder.path().as_os_str(),
        OsStr::new("-c"),
        file.as_os_str(),
    ];
    let tested = runs(
        "/usr/sbin/nginx",
        &[&told[..], &[OsStr::new("-t")]].concat(),
    )
    .await;
    assert!(
        tested.status.success(),
        "{}",
        String::from_utf8_lossy(&tested.stderr)
    );
    let proxy = Command::new("/usr/sbin/nginx")
        .args(told)
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("nginx");
    serves(&shop, &folder, port, " 403 HTTP/2", proxy).await;
}

#[tokio::test]
async fn caddy_stands_in_front() {
    let shop = Shop::open(&[SURVEY]).await;
    let folder = tempfile::tempdir().expect("a folder");
    certify(folder.path());
    let port = free_port();
    let here = folder.path().display().to_string();
    let site = deployed(
        "Caddyfile",
        &[
            (
                "\nfeedback.example.com {\n",
                &format!("\nfeedback.example.com:{port} {{\n\ttls {here}/tls.pem {here}/tls.key\n"),
            ),
            ("127.0.0.1:7700", shop.address()),
        ],
    );
    let file = folder.path().join("Caddyfile");
    let options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n";
    fs::write(&file, format!("{options}{site}")).expect("written");
    let told = [
        OsStr::new("--config"),
        file.as_os_str(),
        OsStr::new("--adapter"),
        OsStr::new("caddyfile"),
    ];
    let tested = runs("caddy", &[&[OsStr::new("validate")], &told[..]].concat()).await;
    assert!(
        tested.status.success(),
        "{}",
        String::from_utf8_lossy(&tested.stderr)
    );
    let proxy = Command::new("caddy")
        .arg("run")
        .args(told)
        .env("XDG_DATA_HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("caddy");
    serves(&shop, &folder, port, " 404 HTTP/2", proxy).await;
}

#[tokio::test]
async fn systemd_finds_no_fault_in_the_unit_and_little_exposure() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = e2e::binary().canonicalize().expect("the release build");
    let program = program.display().to_string();
    let unit = deployed(
        "hark.service",
        &[(
            "ExecStart=/usr/local/bin/hark",
            &format!("ExecStart={program}"),
        )],
    );
    let file = folder.path().join("hark.service");
    fs::write(&file, unit).expect("written");
    let verified = runs(
        "systemd-analyze",
        &["verify".as_ref(), "--man=no".as_ref(), file.as_os_str()],
    )
    .await;
    assert!(
        verified.status.success() && verified.stderr.is_empty(),
        "{verified:?}"
    );
    // Exposure of 10 is everything, of 2 what systemd calls `OK`.
    let told: [&OsStr; 4] = [
        "security".as_ref(),
        "--offline=true".as_ref(),
        "--threshold=15".as_ref(),
        file.as_os_str(),
    ];
    let judged = runs("systemd-analyze", &told).await;
    assert!(
        judged.status.success(),
        "{}",
        String::from_utf8_lossy(&judged.stdout)
    );
    // What may pass by itself is tried again without an end.
    let text = fs::read_to_string(&file).expect("the unit");
    for line in [
        "Restart=on-failure",
        "StartLimitIntervalSec=0",
        "RestartPreventExitStatus=1 2",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}");
    }
    // What the unit starts is a command that this program knows.
    let start = text
        .lines()
        .find_map(|line| line.strip_prefix("ExecStart="));
    let mut words: Vec<&str> = start.expect("a start").split(' ').collect();
    let program = words.remove(0);
    words.push("--help");
    let understood = runs(program, &words.iter().map(OsStr::new).collect::<Vec<_>>()).await;
    assert!(understood.status.success(), "{understood:?}");
}

/// Without Docker: what the `COPY` lines of the image put together, entered as a container is.
#[tokio::test]
async fn the_image_holds_what_alerts_need() {
    let image = tempfile::tempdir().expect("a folder");
    let inside = |path: &str| image.path().join(path.trim_start_matches('/'));
    let text = deployed("Dockerfile", &[]);
    let (build, image_of) = text.split_once("\nFROM scratch\n").expect("two stages");
    for package in ["ca-certificates", "tzdata"] {
        assert!(build.contains(&format!(" {package} ")), "{package}");
    }
    for line in image_of.lines().filter(|line| line.starts_with("COPY ")) {
        let words: Vec<&str> = line.split(' ').collect();
        let [from, to] = words[words.len() - 2..] else {
            panic!("{line}")
        };
        if from != "/image" {
            let to = inside(to);
            fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            let copied = runs("cp", &["-a".as_ref(), from.as_ref(), to.as_os_str()]).await;
            assert!(copied.status.success(), "{copied:?}");
        }
    }
    // What is linked into the image's own program.
    let program = e2e::binary();
    let linked = runs("ldd", &[program.as_os_str()]).await;
    let linked = String::from_utf8_lossy(&linked.stdout).into_owned();
    let libraries = linked
        .split_whitespace()
        .filter(|word| word.starts_with('/'));
    let programs = [(program.display().to_string(), "/usr/bin/hark")];
    let libraries = libraries.map(|path| (path.to_owned(), path));
    for (from, to) in programs.into_iter().chain(libraries) {
        fs::create_dir_all(inside(to).parent().expect("a folder")).expect("made");
        fs::copy(from, inside(to)).expect("copied");
    }
    for folder in ["/var/lib/hark", "/etc/hark/surveys", "/dist"] {
        fs::create_dir_all(inside(folder)).expect("made");
    }
    let settings = "[[site]]\nkey = \"shop\"\norigins = []\n\n[[webhook]]\nformat = \"slack\"\n\
                    url = \"https://hooks.example/a\"\ntime_zone = \"Europe/Paris\"\n";
    fs::write(inside("/etc/hark/hark.toml"), settings).expect("written");
    // So that a program without a widget will do.
    fs::write(inside("/dist/hark.js"), "").expect("written");
    let mut rehearsal = Command::new("unshare");
    rehearsal
        .args(["--map-root-user", "--root"])
        .arg(image.path())
        .args(["/usr/bin/hark", "serve", "--check"])
        .env_clear();
    let environment = image_of
        .split_whitespace()
        .filter_map(|word| word.split_once('='));
    rehearsal.envs(environment.filter(|(name, _)| name.starts_with("HARK_")));
    rehearsal
        .env("HARK_LISTEN", "127.0.0.1:0")
        .env("HARK_ASSETS", "/dist");
    let output = rehearsal.output().await.expect("unshare");
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}{output:?}");
    for phrase in ["digest at 08:00 Europe/Paris", "ok: can wait, and be sent"] {
        assert!(report.contains(phrase), "`{phrase}`\n{report}");
    }
}

#[tokio::test]
async fn what_is_built_here_is_not_sent_to_whoever_builds_the_image() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let ignored = fs::read_to_string(root.join(".dockerignore")).expect("a list");
    for line in ["**/target", "**/node_modules", "dist", "data", ".git"] {
        assert!(ignored.lines().any(|found| found == line), "{line}");
    }
}

#[tokio::test]
async fn the_image_asks_this_program_for_what_it_knows() {
    let text = deployed("Dockerfile", &[]);
    let program = e2e::binary().display().to_string();
    let line = |start: &str| {
        let found = text.lines().find(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("no `{start}` in the Dockerfile"))
    };
    let mut known = String::new();
    for (asked, command) in [(line("HEALTHCHECK"), "health"), (line("CMD"), "serve")] {
        assert!(asked.contains(&format!("\"{command}\"]")), "{asked}");
        let help = runs(&program, &[command.as_ref(), "--help".as_ref()]).await;
        assert!(help.status.success(), "{command}");
        known += &String::from_utf8_lossy(&help.stdout);
    }
    let named = text
        .split_whitespace()
        .filter_map(|word| word.split_once('='));
    let named: Vec<_> = named
        .filter(|(name, _)| name.starts_with("HARK_"))
        .collect();
    assert_eq!(named.len(), 5, "{named:?}");
    for (name, _) in named {
        assert!(
            known.contains(&format!("[env: {name}]")),
            "{name} is not known"
        );
    }
    assert!(
        text.contains("\nUSER 65532:65532\n"),
        "nobody but root would be worse"
    );
}
