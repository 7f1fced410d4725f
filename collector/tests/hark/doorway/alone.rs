//! Without a password: this machine alone.

use super::*;

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

/// A proxy that says nothing of itself, as nginx does since 1.29.7, cannot be told from a browser here.
#[test]
fn a_shop_on_the_net_shows_nothing_without_a_password() {
    let shop = Folder::on_the_net().opens(&[]);
    until("it to be said", || {
        shop.has_said("to nobody until `hark password` has set one")
    });
    let silent = format!(
        "GET {HOME} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\nconnection: close\r\n\r\n",
        shop.address
    );
    let asks = || client::send(shop.address, silent.as_bytes());
    let refused = asks();
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("hark password"), "{refused:?}");
    shop.folder.locks(PASSWORD);
    assert_eq!(asks().status, 303, "with a password, by the password");
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
