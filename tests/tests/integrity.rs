//! The tag that `hark check --tag` prints, pasted into a page with the strictest policy that it allows.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor, binary, until};
use serde_json::json;
use tokio::process::Command;

const AT_ONCE: (&str, &str) = ("at-once", "metric = \"nps\"\n[[trigger]]\non = \"load\"");

/// What is printed for a collector at this origin: the attributes of the tag, and the policy.
async fn printed(url: &str) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("surveys")).expect("a folder");
    let settings = "[[site]]\nkey = \"shop\"\norigins = []\n";
    std::fs::write(folder.path().join("hark.toml"), settings).expect("written");
    let check = Command::new(binary())
        .args(["check", "--tag", "--url", url])
        .current_dir(folder.path())
        .output()
        .await
        .expect("hark runs");
    let text = String::from_utf8(check.stdout).expect("text");
    let between = |before: &str, after: &str| {
        let (_, rest) = text
            .split_once(before)
            .unwrap_or_else(|| panic!("{before} in {text}"));
        rest.split_once(after).expect(after).0.to_owned()
    };
    let start = format!("<script async src=\"{url}/hark.js\" data-site=\"shop\" ");
    (
        between(&start, "></script>"),
        between("Content-Security-Policy: ", "\n"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_is_shown_and_answered_with_the_tag_and_policy_that_are_printed() {
    let (attributes, _) = printed("https://feedback.example.com").await;
    assert!(
        attributes.starts_with("integrity=\"sha384-"),
        "{attributes}"
    );
    assert!(
        attributes.ends_with("\" crossorigin=\"anonymous\""),
        "{attributes}"
    );
    let shop = Shop::open_with(&[AT_ONCE], "", &attributes).await;
    // The page's policy is made of exactly what is printed.
    let (_, policy) = printed(&format!("http://{}", shop.address())).await;
    let page = Command::new("curl")
        .args(["-sI", &shop.page("/")])
        .output()
        .await
        .expect("curl");
    let header = String::from_utf8_lossy(&page.stdout).into_owned();
    for directive in policy.split("; ") {
        let (name, values) = directive.split_once(' ').expect("a directive");
        let found = header
            .split("; ")
            .find(|found| found.trim_start().starts_with(name));
        let found = found.unwrap_or_else(|| panic!("{name} in {header}"));
        assert!(found.contains(values), "`{values}` in `{found}`");
    }

    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.chooses(9).await;
    let line = shop.journal().line(json!({ "type": "response" })).await;
    assert_eq!(line["score"], 9);
    assert_eq!(visitor.console().await, Vec::<String>::new());
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_loader_than_the_one_that_is_named_does_not_run_in_chromium() {
    let wrong = "integrity='sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC' \
                 crossorigin=anonymous";
    let shop = Shop::open_with(&[AT_ONCE], "", wrong).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    until("the browser to say why", || async {
        let said = visitor.console().await;
        let is_why = |line: &String| line.contains("integrity") && line.contains("hark.js");
        if said.iter().any(is_why) {
            Ok(())
        } else {
            Err(said)
        }
    })
    .await;
    visitor.sees_no_card().await;
    visitor.leaves().await;
}
