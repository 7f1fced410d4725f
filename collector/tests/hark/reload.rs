//! Survey files that change while the collector runs.

use crate::client::Answer;
use crate::shop::{Shop, response};
use crate::wait::until;
use std::fs;

fn offered(shop: &Shop) -> (Vec<String>, String) {
    let answer = shop.gets("/v1/sites/demo/surveys?locale=en", &[]);
    let offer = answer.json();
    let surveys = offer["surveys"].as_array().expect("surveys").iter();
    let ids = surveys.map(|survey| survey["id"].as_str().expect("an id").to_owned());
    (ids.collect(), answer.header("etag"))
}

fn question(shop: &Shop) -> String {
    let offer = shop.gets("/v1/sites/demo/surveys?locale=en", &[]).json();
    offer["surveys"][0]["question"]
        .as_str()
        .expect("one")
        .to_owned()
}

fn ready(shop: &Shop) -> Answer {
    shop.gets("/readyz", &[])
}

/// As editors write: beside it, then renamed into its place.
fn replace(shop: &Shop, name: &str, text: &str) {
    shop.folder.write(".new", text);
    let place = shop.folder.path(name);
    fs::rename(shop.folder.path(".new"), place).expect("renamed");
}

const ASKED: &str = "metric = \"ces\"\nstatus = \"live\"\nquestion = \"Was it easy?\"\n";

#[test]
fn a_changed_survey_is_shown_a_deleted_one_is_not_and_a_new_one_appears() {
    let shop = Shop::new();
    let (ids, tag) = offered(&shop);
    assert_eq!(ids, ["checkout-effort", "order-satisfaction", "recommend"]);

    replace(&shop, "surveys/checkout-effort.toml", ASKED);
    until("the new question is asked", || {
        question(&shop) == "Was it easy?"
    });
    let (_, changed) = offered(&shop);
    assert_ne!(changed, tag);
    // In place, as `echo >` does.
    shop.folder.write(
        "surveys/checkout-effort.toml",
        ASKED.replace("easy", "hard"),
    );
    until("the next question is asked", || {
        question(&shop) == "Was it hard?"
    });

    fs::remove_file(shop.folder.path("surveys/recommend.toml")).expect("removed");
    shop.folder.write("surveys/delivery.toml", ASKED);
    until("one survey goes and another comes", || {
        offered(&shop).0 == ["checkout-effort", "delivery", "order-satisfaction"]
    });
    let mut told = response(1);
    told["survey"] = "delivery".into();
    assert_eq!(shop.hears(&told).status, 200);
    told["survey"] = "recommend".into();
    assert_eq!(shop.hears(&told).status, 422);
    let (status, talk, _) = shop.closes();
    assert!(status.success());
    let said = |phrase: &str| talk.iter().any(|line| line.contains(phrase));
    assert!(
        said("surveys read anew: `checkout-effort` changed: 5 surveys, 4 live"),
        "{talk:?}"
    );
    assert!(
        said("`delivery` is new") && said("`recommend` is gone"),
        "{talk:?}"
    );
}

#[test]
fn a_wrong_survey_file_leaves_the_last_good_version_and_is_named() {
    let shop = Shop::new();
    let before = offered(&shop);
    replace(&shop, "surveys/checkout-effort.toml", "metric = \"cess\"\n");
    shop.folder.write("surveys/nameless.toml", "\n\n[target\n");
    until("the faults are named", || {
        ready(&shop).text().lines().count() > 2
    });
    let answer = ready(&shop);
    assert_eq!(answer.status, 200, "answers are stored all the same");
    let text = answer.text();
    for phrase in [
        "ready\n",
        "\ncheckout-effort.toml:1:10: ",
        "did you mean `ces`?",
        "\nnameless.toml:3:",
    ] {
        assert!(text.contains(phrase), "`{phrase}` is not in {text}");
    }
    let folder = shop.folder.path("");
    assert!(!text.contains(folder.to_str().expect("text")), "{text}");
    assert_eq!(offered(&shop), before);
    assert_eq!(shop.hears(&response(1)).status, 200);

    replace(&shop, "surveys/checkout-effort.toml", ASKED);
    fs::remove_file(shop.folder.path("surveys/nameless.toml")).expect("removed");
    until("all is well again", || ready(&shop).text() == "ready\n");
    assert_eq!(question(&shop), "Was it easy?");
    let (_, talk, _) = shop.closes();
    let fault = "surveys/checkout-effort.toml:1:10: `metric` cannot be `cess`; hint: did you mean `ces`?; what \
                 was good before goes on";
    assert!(talk.iter().any(|line| line.contains(fault)), "{talk:?}");
}

#[test]
fn a_folder_that_is_away_for_a_while_changes_nothing() {
    let shop = Shop::new();
    let before = offered(&shop);
    let (here, away) = (shop.folder.path("surveys"), shop.folder.path("away"));
    fs::rename(&here, &away).expect("renamed");
    until("it is named", || {
        ready(&shop).text().contains("surveys:1:1: ")
    });
    assert_eq!((ready(&shop).status, offered(&shop)), (200, before));
    fs::rename(&away, &here).expect("renamed");
    until("it is back", || ready(&shop).text() == "ready\n");
}

#[test]
fn a_hangup_reads_at_once_even_what_looks_the_same() {
    let shop = Shop::new();
    shop.hangs_up();
    shop.hangs_up();
    until("it has been read", || {
        shop.gets("/healthz", &[]);
        shop.has_said("surveys read anew: nothing changed: 5 surveys, 4 live")
    });
    let (status, ..) = shop.closes();
    assert!(status.success());
}
