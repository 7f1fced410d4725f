//! Pages of others: what they may lead to, and what they may never do.

use super::*;

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
