//! At the door: in with the password, to where one wanted to go, and out again.

use super::{SURVEYS, address, reads, visitor_without_javascript};
use e2e::{Shop, Visitor, until};
use serde_json::Value;
use thirtyfour::prelude::Key;

const PASSWORD: &str = "seven green bottles";

/// A shop with a password.
async fn locked(flags: &[&str]) -> Shop {
    Shop::open_locked(&SURVEYS, PASSWORD, flags).await
}

async fn types_the_password(visitor: &Visitor, password: &str) {
    visitor.clicks("#password").await;
    visitor.types(password).await;
    visitor.presses(Key::Enter).await;
}

async fn is_at(visitor: &Visitor, address: &str) {
    until(&format!("{address} to be open"), || async {
        let here = visitor.sees("location.href").await;
        if here == address { Ok(()) } else { Err(here) }
    })
    .await;
}

async fn has_no_faults(visitor: &Visitor) {
    let verdict = visitor.asks_axe_about_the_page().await;
    assert_eq!(verdict.faults, Vec::<Value>::new());
    assert!(
        verdict.held.iter().any(|rule| rule == "label"),
        "{:?}",
        verdict.held
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_signs_in_to_where_one_wanted_to_go_and_out_again() {
    let shop = locked(&[]).await;
    let visitor = Visitor::new().await;
    let wanted = address(&shop, "/follow-up?site=shop");
    visitor.opens(&wanted).await;
    reads(&visitor, "Sign in").await;
    has_no_faults(&visitor).await;
    let focused = visitor.runs("return document.activeElement.id").await;
    assert_eq!(focused, "password", "one may type at once");
    types_the_password(&visitor, "seven green battles").await;
    reads(&visitor, "That is not the password.").await;
    has_no_faults(&visitor).await;
    types_the_password(&visitor, PASSWORD).await;
    is_at(&visitor, &wanted).await;
    assert_eq!(
        visitor.runs("return document.cookie").await,
        "",
        "no script sees it"
    );
    visitor.clicks(".out button").await;
    reads(&visitor, "You are signed out.").await;
    visitor.opens(&wanted).await;
    reads(&visitor, "Sign in").await;
    // Chromium says of each refusal that it is one, and nothing else is to be said.
    let mut console = visitor.console().await;
    console.retain(|line| !line.contains("/sign-in - ") || !line.contains("403"));
    assert_eq!(console, Vec::<String>::new());
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_signs_in_and_out_without_javascript_in_chromium() {
    let shop = locked(&[]).await;
    let visitor = visitor_without_javascript().await;
    let wanted = address(&shop, "/follow-up?site=shop");
    visitor.opens(&wanted).await;
    reads(&visitor, "Sign in").await;
    types_the_password(&visitor, "seven green battles").await;
    reads(&visitor, "That is not the password.").await;
    types_the_password(&visitor, PASSWORD).await;
    is_at(&visitor, &wanted).await;
    visitor.clicks(".out button").await;
    reads(&visitor, "You are signed out.").await;
    visitor.opens(&wanted).await;
    reads(&visitor, "Sign in").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_leads_to_the_door_when_its_session_is_over() {
    let shop = locked(&["--session-lifetime", "8s"]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&address(&shop, "?since=30d")).await;
    reads(&visitor, "Sign in").await;
    types_the_password(&visitor, PASSWORD).await;
    is_at(&visitor, &address(&shop, "?since=30d")).await;
    // Nobody touches it.
    let door = address(&shop, "/sign-in?next=%2Fdashboard%3Fsince%3D30d");
    is_at(&visitor, &door).await;
    visitor.leaves().await;
}

/// Two names of this machine are two sites to a browser, and the cookie stays behind.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_from_elsewhere_finds_who_is_signed_in() {
    let shop = locked(&[]).await;
    let visitor = Visitor::new().await;
    let dashboard = address(&shop, "").replace("127.0.0.1", "localhost");
    visitor.opens(&dashboard).await;
    types_the_password(&visitor, PASSWORD).await;
    is_at(&visitor, &dashboard).await;
    visitor.opens(&shop.page("/")).await;
    let follow = format!(
        "const link = document.createElement('a'); link.href = '{dashboard}?since=30d'; \
         document.body.append(link); link.click()"
    );
    visitor.runs(&follow).await;
    is_at(&visitor, &format!("{dashboard}?since=30d")).await;
    visitor.leaves().await;
}
