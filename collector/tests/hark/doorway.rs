//! The door of the dashboard: who is let in, how, and for how long. Row by row, over HTTP.

use crate::client::{self, Answer};
use crate::shop::{Folder, SETTINGS, Shop};
use crate::wait::until;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

pub(crate) const PASSWORD: &str = "seven green bottles";
const HOME: &str = "/dashboard";
const SIGN_IN: &str = "/dashboard/sign-in";
const SIGN_OUT: &str = "/dashboard/sign-out";
const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

type Headers<'h> = &'h [(&'h str, &'h str)];
/// What ends the session of a cookie.
type Ending<'e> = &'e dyn Fn(&str);

impl Folder {
    /// Runs `hark` with these arguments and this on standard input: exit code, output, talk.
    pub(crate) fn runs_hearing(
        &self,
        arguments: &[&str],
        input: &str,
    ) -> (Option<i32>, String, String) {
        let mut hark = self.hark(arguments);
        let hark = hark.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut hark = hark.stderr(Stdio::piped()).spawn().expect("hark starts");
        let mut heard = hark.stdin.take().expect("its input");
        // It may have ended before it heard all of that.
        let _ = heard.write_all(input.as_bytes());
        drop(heard);
        let output = hark.wait_with_output().expect("an end");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    /// Sets the password.
    pub(crate) fn locks(&self, password: &str) {
        let (code, _, talk) = self.runs_hearing(&["password"], &format!("{password}\n"));
        assert_eq!(code, Some(0), "{talk}");
    }
}

impl Shop {
    fn posts(&self, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
        let headers = [&[FORM, HTML], headers].concat();
        client::request(self.address, "POST", path, &headers, form.as_bytes())
    }

    fn tries(&self, password: &str, headers: &[(&str, &str)]) -> Answer {
        let form = format!("password={}", password.replace(' ', "+"));
        self.posts(SIGN_IN, headers, &form)
    }

    /// Signs in; gives the cookie.
    pub(crate) fn signs_in(&self) -> String {
        let answer = self.tries(PASSWORD, &[]);
        assert_eq!(answer.status, 303, "{answer:?}");
        cookie(&answer)
    }

    /// Asks for a page of the dashboard as a browser does, with this cookie.
    pub(crate) fn shows(&self, path: &str, cookie: &str) -> Answer {
        self.gets(path, &[HTML, ("cookie", cookie)])
    }

    fn is_open(&self, cookie: &str) -> bool {
        self.shows(HOME, cookie).status != 303
    }
}

/// The cookie that is set, as it is sent back.
fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    set.split(';').next().expect("a cookie").to_owned()
}

/// The value of the hidden field `token`, of which a page has one.
fn token(page: &Answer) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("name=\"token\" value=\"").expect("a token");
    rest.split('"').next().expect("its end").to_owned()
}

fn locked() -> Shop {
    let folder = Folder::new();
    folder.locks(PASSWORD);
    folder.opens(&[])
}

#[test]
fn the_password_opens_the_dashboard_and_no_other_does() {
    let shop = locked();
    let refused = shop.gets(HOME, &[HTML]);
    assert_eq!(
        (refused.status, refused.header("location")),
        (303, SIGN_IN.to_owned())
    );
    let page = shop.gets(SIGN_IN, &[HTML]);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("type=\"password\""), "{page:?}");
    for wrong in [
        "",
        "seven green bottle",
        "Seven green bottles",
        "x' OR 1=1 --",
    ] {
        let answer = shop.tries(wrong, &[]);
        assert_eq!(
            (answer.status, answer.header("set-cookie")),
            (403, String::new())
        );
        assert!(
            answer.text().contains("That is not the password."),
            "{wrong}"
        );
    }
    let answer = shop.tries(PASSWORD, &[]);
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, HOME.to_owned())
    );
    let cookie = cookie(&answer);
    assert_eq!(shop.shows(HOME, &cookie).status, 200);
    assert_eq!(shop.shows(SIGN_IN, &cookie).header("location"), HOME);
    for forged in [
        "hark_session=",
        &cookie[..cookie.len() - 1],
        "hark_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        assert!(!shop.is_open(forged), "{forged}");
    }
    let beside = format!("hark_session=planted; {cookie}");
    assert!(
        shop.is_open(&beside),
        "another's cookie beside it changes nothing"
    );
}

#[test]
fn the_cookie_is_for_the_dashboard_alone_and_no_script() {
    let shop = locked();
    let flags = |headers: &[(&str, &str)]| {
        let set = shop.tries(PASSWORD, headers).header("set-cookie");
        set.split_once("; ").expect("flags").1.to_owned()
    };
    let plain = "Path=/dashboard; HttpOnly; SameSite=Strict";
    assert_eq!(flags(&[]), plain);
    assert_eq!(flags(&[("x-forwarded-proto", "http")]), plain);
    assert_eq!(
        flags(&[("x-forwarded-proto", "https")]),
        format!("{plain}; Secure")
    );
    let stranger = Folder::new();
    stranger.locks(PASSWORD);
    let shop = stranger.opens(&["--trusted-proxies", "10.0.0.1"]);
    let answer = shop.tries(PASSWORD, &[("x-forwarded-proto", "https")]);
    assert!(
        !answer.header("set-cookie").contains("Secure"),
        "nobody who is trusted says so"
    );
}

#[test]
fn signing_out_ends_the_session_and_needs_the_token_of_its_form() {
    let shop = locked();
    let (one, other) = (shop.signs_in(), shop.signs_in());
    assert_ne!(one, other);
    let form = format!("token={}", token(&shop.shows(HOME, &one)));
    let others = format!("token={}", token(&shop.shows(HOME, &other)));
    let posts = |form: &str, headers: &[(&str, &str)]| {
        let headers = [&[("cookie", &one[..])], headers].concat();
        shop.posts(SIGN_OUT, &headers, form)
    };
    let own = format!("http://{}", shop.address);
    let rows: [(&str, Headers<'_>, &str); 8] = [
        ("", &[], "no token"),
        ("token=", &[], "an empty one"),
        ("token=AAAA", &[], "a wrong one"),
        (&others, &[], "that of another session"),
        (&form, &[("origin", "https://evil.example")], "another page"),
        (&form, &[("origin", "null")], "a page that hides its origin"),
        (
            &form,
            &[("sec-fetch-site", "cross-site")],
            "a page that is not ours",
        ),
        (
            &form,
            &[("sec-fetch-site", "same-site"), ("origin", &own)],
            "a page of a neighbour",
        ),
    ];
    for (form, headers, why) in rows {
        assert_eq!(posts(form, headers).status, 403, "{why}");
        assert!(shop.is_open(&one), "{why}");
    }
    assert_eq!(shop.shows(SIGN_OUT, &one).status, 405, "not by a link");
    let answer = posts(
        &form,
        &[("origin", &own), ("sec-fetch-site", "same-origin")],
    );
    assert_eq!(answer.status, 303);
    assert!(
        answer.header("set-cookie").contains("Max-Age=0"),
        "{answer:?}"
    );
    assert!(!shop.is_open(&one) && shop.is_open(&other));
    assert_eq!(
        posts(&form, &[]).status,
        303,
        "what is sent afterwards leads to the door"
    );
}

#[test]
fn nobody_tries_often() {
    let shop = locked();
    let busy = ("x-forwarded-for", "198.51.100.7");
    let open = shop.signs_in();
    for attempt in 0..10 {
        assert_eq!(
            shop.tries("a wrong password", &[busy]).status,
            403,
            "{attempt}"
        );
    }
    for password in ["a wrong password", PASSWORD] {
        let answer = shop.tries(password, &[busy]);
        assert_eq!(answer.status, 429, "{password}");
        let wait: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=61).contains(&wait), "{wait}");
        assert!(answer.text().contains("too many attempts"), "{answer:?}");
    }
    let other = ("x-forwarded-for", "198.51.100.8");
    assert_eq!(shop.tries(PASSWORD, &[other]).status, 303);
    assert!(shop.is_open(&open), "who is in stays in");
    let (_, talk, _) = shop.closes();
    let said = talk.join("\n");
    assert!(said.contains("a sign-in with a wrong password"), "{said}");
    assert!(
        !said.contains("198.51.100") && !said.contains("a wrong password,"),
        "{said}"
    );
}

#[test]
fn a_session_ends_by_itself_and_with_the_password() {
    let folder = Folder::new();
    folder.locks(PASSWORD);
    folder.write(
        "hark.toml",
        format!("session_lifetime = \"3s\"\n{SETTINGS}"),
    );
    let shop = folder.opens(&[]);
    let cookie = shop.signs_in();
    // However often it is used.
    until("the session to end", || !shop.is_open(&cookie));

    let shop = locked();
    let cookie = shop.signs_in();
    shop.folder.locks("another seven green bottles");
    assert!(!shop.is_open(&cookie), "another password counts at once");
    assert_eq!(shop.tries(PASSWORD, &[]).status, 403);
    assert_eq!(shop.tries("another seven green bottles", &[]).status, 303);
    let cookie = {
        shop.folder.locks(PASSWORD);
        shop.signs_in()
    };
    let folder = shop.dies();
    let shop = folder.opens(&[]);
    assert!(
        !shop.is_open(&cookie),
        "a session does not outlast the program"
    );
}

#[test]
fn an_idle_session_ends_before_its_time() {
    let folder = Folder::new();
    folder.locks(PASSWORD);
    let shop = folder.opens(&["--session-idle", "1s"]);
    let cookie = shop.signs_in();
    // What a page asks by itself is no use of the session.
    let refreshes = || shop.gets(HOME, &[HTML, ("x-refresh", "live"), ("cookie", &cookie)]);
    until("the session to end", || refreshes().status == 303);
}

#[test]
fn an_open_page_is_told_nothing_more_once_its_session_is_over() {
    let shop = locked();
    let rows: [(&str, Ending<'_>); 2] = [
        ("signing out", &|cookie| {
            let form = format!("token={}", token(&shop.shows(HOME, cookie)));
            assert_eq!(
                shop.posts(SIGN_OUT, &[("cookie", cookie)], &form).status,
                303
            );
        }),
        ("another password", &|_| {
            shop.folder.locks("another seven green bottles");
        }),
    ];
    for (why, ends) in rows {
        let cookie = shop.signs_in();
        let mut stream = client::connect(shop.address);
        let ask = format!(
            "GET /dashboard/live HTTP/1.1\r\nhost: {}\r\naccept: text/event-stream\r\n\
             cookie: {cookie}\r\nconnection: close\r\n\r\n",
            shop.address
        );
        stream.write_all(ask.as_bytes()).expect("sent");
        let mut status = [0; 12];
        stream.read_exact(&mut status).expect("an answer");
        assert_eq!(&status, b"HTTP/1.1 200");
        ends(&cookie);
        let mut rest = Vec::new();
        // Reading ends when the connection does; it would fail after a test's patience.
        stream
            .read_to_end(&mut rest)
            .unwrap_or_else(|error| panic!("{why}: {error}"));
        assert!(!shop.is_open(&cookie), "{why}");
    }
}

#[test]
fn without_a_password_it_is_shown_on_this_machine_alone() {
    let shop = Shop::new();
    let port = shop.address.port();
    let asks = |host: &str, headers: &[(&str, &str)]| {
        let mut head = format!(
            "GET {HOME} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\naccept: text/html\r\n"
        );
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        client::send(shop.address, format!("{head}\r\n").as_bytes())
    };
    for host in [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        "[::1]".to_owned(),
    ] {
        assert_eq!(asks(&host, &[]).status, 200, "{host}");
    }
    let here = format!("127.0.0.1:{port}");
    let rows: [(&str, Headers<'_>, &str); 6] = [
        ("evil.example", &[], "a name that leads here"),
        ("127.0.0.1.evil.example", &[], "another"),
        (&here, &[("x-forwarded-for", "127.0.0.1")], "a proxy"),
        (
            &here,
            &[("forwarded", "for=127.0.0.1")],
            "a proxy of another kind",
        ),
        (&here, &[("via", "1.1 cache")], "a cache"),
        (
            &here,
            &[("x-real-ip", "127.0.0.1")],
            "a proxy that says it its own way",
        ),
    ];
    for (host, headers, why) in rows {
        let answer = asks(host, headers);
        assert_eq!(answer.status, 403, "{why}");
        assert!(
            answer.text().contains("hark password"),
            "it says what to do"
        );
    }
    let old = format!("GET {HOME} HTTP/1.0\r\nhost: {here}\r\n\r\n");
    assert_eq!(
        client::send(shop.address, old.as_bytes()).status,
        403,
        "a proxy that says nothing"
    );
    let form = shop.posts("/dashboard/follow-up/x", &[], "do=answered");
    assert_eq!(form.status, 403, "forms need their token here as well");
    let posted = shop.posts(SIGN_IN, &[("x-forwarded-for", "192.0.2.7")], "password=");
    assert_eq!(posted.status, 403);

    shop.folder.locks(PASSWORD);
    assert_eq!(
        asks(&here, &[]).status,
        303,
        "with a password, by the password"
    );
    let (code, _, _) = shop.folder.runs(&["password", "--remove"]);
    assert_eq!((code, asks(&here, &[]).status), (Some(0), 200));
}

#[test]
fn a_collector_for_others_shows_nothing_without_a_password() {
    let shop = Folder::new().opens(&["--listen", "0.0.0.0:0"]);
    let here = std::net::SocketAddr::from(([127, 0, 0, 1], shop.address.port()));
    let asks = || client::request(here, "GET", HOME, &[HTML], b"");
    assert_eq!(asks().status, 403);
    shop.folder.locks(PASSWORD);
    assert_eq!(asks().status, 303);
}

#[test]
fn a_password_file_that_cannot_be_understood_lets_nobody_in() {
    let shop = Shop::new();
    assert_eq!(shop.gets(HOME, &[HTML]).status, 200);
    shop.folder
        .write("data/access/password", "seven green bottles\n");
    assert_eq!(shop.gets(HOME, &[HTML]).status, 303);
    assert_eq!(shop.tries("seven green bottles", &[]).status, 403);
    until("it to be said", || {
        shop.has_said("cannot be read or understood")
    });
}

#[test]
fn nobody_is_led_astray_by_signing_in() {
    let shop = locked();
    let rows = [
        ("/dashboard/surveys/recommend?by=page", true),
        ("https://evil.example/", false),
        ("//evil.example/dashboard", false),
        ("/\\evil.example", false),
        ("/dashboard/../demo/", false),
        ("/dashboard\r\nset-cookie: a=b", false),
        ("javascript:alert(1)", false),
        ("\"><script>alert(1)</script>", false),
    ];
    for (next, is_ours) in rows {
        let encoded: String = next.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let page = shop.gets(&format!("{SIGN_IN}?next={encoded}"), &[HTML]);
        assert_eq!(page.status, 200, "{next}");
        assert!(!page.text().contains("<script>alert"), "{next}");
        let form = format!("password={}&next={encoded}", PASSWORD.replace(' ', "+"));
        let answer = shop.posts(SIGN_IN, &[], &form);
        let expected = if is_ours { next } else { HOME };
        assert_eq!(answer.header("location"), expected, "{next}");
    }
    let asked = "/dashboard/surveys/recommend?by=page&since=30d";
    let to_the_door = shop.gets(asked, &[HTML]).header("location");
    assert_eq!(
        to_the_door,
        "/dashboard/sign-in?next=%2Fdashboard%2Fsurveys%2Frecommend%3Fby%3Dpage%26since%3D30d"
    );
}

#[test]
fn other_pages_may_link_to_it_and_do_nothing_else() {
    let shop = locked();
    let cookie = shop.signs_in();
    let from = |site, mode, dest| {
        [
            HTML,
            ("sec-fetch-site", site),
            ("sec-fetch-mode", mode),
            ("sec-fetch-dest", dest),
        ]
    };
    let asks = |headers: &[(&str, &str)]| shop.gets(HOME, headers);
    for (site, mode, dest) in [
        ("cross-site", "no-cors", "image"),
        ("cross-site", "navigate", "iframe"),
        ("same-site", "cors", "empty"),
    ] {
        let with_cookie = [&from(site, mode, dest)[..], &[("cookie", &cookie[..])]].concat();
        assert_eq!(asks(&with_cookie).status, 403, "{site} {mode} {dest}");
    }
    // A link brings no cookie: the browser is asked to come once more, from here.
    let linked = asks(&from("cross-site", "navigate", "document"));
    assert_eq!(linked.status, 200);
    let text = linked.text();
    assert!(
        text.contains("http-equiv=\"refresh\" content=\"0; url=/dashboard/sign-in\""),
        "{text}"
    );
    let typed = asks(&from("none", "navigate", "document"));
    assert_eq!(typed.status, 303);
    let script = shop.gets(HOME, &[("accept", "*/*")]);
    assert_eq!(
        (script.status, script.header("location")),
        (403, String::new())
    );
}

#[test]
fn every_answer_under_the_dashboard_is_strict() {
    let shop = locked();
    let cookie = shop.signs_in();
    let expected = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex"),
        ("cache-control", "no-store"),
        ("access-control-allow-origin", ""),
    ];
    let answers = [
        ("the dashboard", shop.shows(HOME, &cookie)),
        ("the door", shop.gets(SIGN_IN, &[HTML])),
        ("a redirect", shop.gets(HOME, &[HTML])),
        ("a wrong password", shop.tries("a wrong password", &[])),
        ("signing in", shop.tries(PASSWORD, &[])),
        (
            "a form without a token",
            shop.posts(SIGN_OUT, &[("cookie", &cookie)], ""),
        ),
        (
            "another page",
            shop.posts(SIGN_IN, &[("origin", "https://evil.example")], ""),
        ),
        ("nothing there", shop.shows("/dashboard/nothing", &cookie)),
        ("a wrong method", shop.shows(SIGN_OUT, &cookie)),
    ];
    for (what, answer) in &answers {
        for (name, value) in expected {
            assert_eq!(answer.header(name), value, "{what}: {name}");
        }
    }
    let text = answers[0].1.text() + &answers[1].1.text();
    for inline in ["<script>", " style=", "<style", "onclick=", "javascript:"] {
        assert!(!text.contains(inline), "{inline}");
    }
}

#[test]
fn the_password_is_set_by_a_command_and_kept_as_a_hash() {
    let folder = Folder::new();
    let rows = [
        ("", "the password is empty"),
        (
            "short\n",
            "the password has 5 characters, and 12 are the least",
        ),
        ("abababababababab\n", "guessed at once"),
    ];
    for (typed, expected) in rows {
        let (code, out, talk) = folder.runs_hearing(&["password"], typed);
        assert_eq!((code, &out[..]), (Some(1), ""), "{talk}");
        assert!(talk.contains(expected) && talk.contains("hint:"), "{talk}");
    }
    assert!(!folder.path("data/access/password").exists());
    let (code, out, talk) = folder.runs_hearing(&["password"], &format!("{PASSWORD}\r\n"));
    assert_eq!((code, &out[..]), (Some(0), ""));
    assert!(
        talk.contains("the password is set, in `data/access/password`"),
        "{talk}"
    );
    let path = folder.path("data/access/password");
    let kept = fs::read_to_string(&path).expect("kept");
    assert!(
        kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{kept}"
    );
    let mode = |path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(
        (mode(path), mode(folder.path("data/access"))),
        (0o600, 0o700)
    );
    let names = fs::read_dir(folder.path("data/access")).expect("a folder");
    let mut names: Vec<_> = names
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["lock", "password"]);
    for removed in ["the password is removed", "there was no password"] {
        let (code, _, talk) = folder.runs(&["password", "--remove"]);
        assert_eq!(code, Some(0));
        assert!(talk.contains(removed), "{talk}");
    }
}

/// On a terminal of its own, as `script` gives one.
#[test]
fn on_a_terminal_the_password_is_asked_twice_and_not_shown() {
    let folder = Folder::new();
    let hark = env!("CARGO_BIN_EXE_hark");
    let types = |answers: [&str; 2]| {
        let mut script = std::process::Command::new("script");
        let script = script
            .args(["--quiet", "--return", "--echo", "never", "--command"])
            .arg(format!("{hark} password"))
            .arg("/dev/null")
            .current_dir(folder.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut script = script.spawn().expect("script of util-linux");
        let mut input = script.stdin.take().expect("its input");
        let mut output = BufReader::new(script.stdout.take().expect("its output"));
        let mut shown = String::new();
        for answer in answers {
            let mut question = Vec::new();
            output.read_until(b':', &mut question).expect("a question");
            shown += &String::from_utf8_lossy(&question);
            writeln!(input, "{answer}").expect("typed");
        }
        drop(input);
        output.read_to_string(&mut shown).expect("text");
        (script.wait().expect("an end").code(), shown)
    };
    let (code, shown) = types([PASSWORD, "seven green battles"]);
    assert_eq!(code, Some(1), "{shown}");
    assert!(shown.contains("the two passwords differ"), "{shown}");
    let (code, shown) = types([PASSWORD, PASSWORD]);
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    assert!(folder.path("data/access/password").exists());
}
