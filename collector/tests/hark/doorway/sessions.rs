//! Sessions: what opens one, what its cookie may do, and what ends it.

use super::*;

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
