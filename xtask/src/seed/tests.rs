//! The seeded shop, read as a stranger would.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::surveys::SURVEYS;
use super::*;

fn until() -> Timestamp {
    "2026-11-27T12:00:00Z".parse().unwrap()
}

fn month() -> (tempfile::TempDir, Written) {
    let folder = tempfile::tempdir().unwrap();
    let written = write(folder.path(), &Plan::month(until())).unwrap();
    (folder, written)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect();
    files.sort();
    files
}

fn lines(data: &Path) -> Vec<(String, Value)> {
    let read = |path: PathBuf| {
        let day = path.parent().unwrap().file_name().unwrap();
        let day = day.to_str().unwrap().replace("date=", "");
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<_> = text
            .lines()
            .map(|line| (day.clone(), serde_json::from_str(line).unwrap()))
            .collect();
        lines
    };
    files(&data.join("events"))
        .into_iter()
        .flat_map(read)
        .collect()
}

#[test]
fn the_same_plan_makes_the_same_files() {
    let (one, _) = month();
    let (other, _) = month();
    let texts = |folder: &Path| -> Vec<(String, String)> {
        let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
        let files = files(folder).into_iter();
        files
            .map(|path| (name(&path), fs::read_to_string(&path).unwrap()))
            .collect()
    };
    assert!(texts(one.path()) == texts(other.path()));
}

#[test]
fn a_month_has_thousands_of_lines_in_the_order_of_receipt_each_in_its_day() {
    let (folder, written) = month();
    let lines = lines(folder.path());
    assert_eq!(lines.len() as u64, written.lines);
    assert!((30_000..60_000).contains(&lines.len()), "{}", lines.len());
    let days: BTreeSet<&String> = lines.iter().map(|(day, _)| day).collect();
    assert_eq!(days.len(), 31);
    let mut before = String::new();
    for (day, line) in &lines {
        let received = line["received_at"].as_str().unwrap();
        assert!(received.starts_with(day.as_str()), "{line}");
        assert!(received >= before.as_str(), "{line}");
        before = received.to_owned();
    }
    assert!(before.as_str() < "2026-11-27T12");
}

#[test]
fn scores_are_on_the_scales_and_every_language_and_device_is_there() {
    let (folder, _) = month();
    let mut seen = BTreeMap::<&str, BTreeSet<String>>::new();
    for (_, line) in lines(folder.path()) {
        for field in ["type", "device", "language", "survey", "trigger"] {
            if let Some(text) = line[field].as_str() {
                seen.entry(field).or_default().insert(text.to_owned());
            }
        }
        if let Some(score) = line["score"].as_u64() {
            let survey = SURVEYS
                .iter()
                .find(|survey| line["survey"] == survey.id)
                .unwrap();
            let scale = u64::from(survey.lowest)..=u64::from(survey.highest());
            assert!(scale.contains(&score), "{line}");
        }
    }
    let counts: BTreeMap<&str, usize> = seen.iter().map(|(name, set)| (*name, set.len())).collect();
    let expected = [
        ("device", 3),
        ("language", 6),
        ("survey", 3),
        ("trigger", 4),
        ("type", 5),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

/// Shares of easy answers on phones and elsewhere, before and after.
#[test]
fn the_checkout_broke_on_phones_and_nowhere_else() {
    let (folder, written) = month();
    let broke = written.broke.to_string();
    let mut easy = BTreeMap::<(bool, bool), (u32, u32)>::new();
    for (_, line) in lines(folder.path()) {
        let is_first_answer = line["type"] == "response" && line["seq"] == 2;
        if line["survey"] == "checkout-effort" && is_first_answer && line["automated"] == false {
            let group = (
                line["device"] == "mobile",
                line["received_at"].as_str().unwrap() >= broke.as_str(),
            );
            let (easy, all) = easy.entry(group).or_default();
            *easy += u32::from(line["score"].as_u64().unwrap() >= 5);
            *all += 1;
        }
    }
    let share = |is_mobile, is_after| {
        let (easy, all) = easy[&(is_mobile, is_after)];
        assert!(all >= 20, "{is_mobile} {is_after}: {all}");
        f64::from(easy) / f64::from(all)
    };
    assert!(share(true, false) > 0.65);
    assert!(share(true, true) < 0.35);
    assert!(share(false, true) > 0.55);
}

/// Of those who complained early enough to have been answered by the end.
#[test]
fn most_complaints_are_followed_up() {
    let (folder, _) = month();
    let mut complained = BTreeSet::new();
    let mut answered = BTreeSet::new();
    for (_, line) in lines(folder.path()) {
        let id = line["id"].as_str().unwrap_or_default().to_owned();
        if line["type"] == "case" {
            assert!(
                complained.contains(&id) || line["status"] != "answered",
                "{line}"
            );
            answered.insert(id);
        } else if line["answers"]["comment"].is_string() || line["contact"] == true {
            complained.insert(id);
        }
    }
    assert!(answered.len() > 100, "{}", answered.len());
    assert!(answered.is_subset(&complained));
}

#[test]
fn a_plan_by_lines_makes_exactly_so_many() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(folder.path(), &Plan::of_lines(5_000, 10, until()).unwrap()).unwrap();
    assert_eq!(written.lines, 5_000);
    assert_eq!(lines(folder.path()).len(), 5_000);
}

/// As the widget sends them: in a visit with consent, in a page load while that is pending, else in none.
#[test]
fn purchases_name_their_visit_or_page_load_and_what_was_paid() {
    let (folder, _) = month();
    let mut known = BTreeMap::<&str, u32>::new();
    for (_, line) in lines(folder.path()) {
        if line["name"] != "purchase" {
            continue;
        }
        assert!(line["props"]["value"].as_f64().unwrap() > 0.0, "{line}");
        assert_eq!(line["props"]["currency"], "EUR");
        let session = &line["session"];
        let kind = match (line["visitor"].is_string(), session["id"].is_string()) {
            (true, false) => "visit",
            (false, true) => "page load",
            (false, false) => "neither",
            (true, true) => panic!("{line}"),
        };
        assert_eq!(session["visit"].is_u64(), kind == "visit", "{line}");
        *known.entry(kind).or_default() += 1;
    }
    assert!(
        known.len() == 3 && known.values().all(|count| *count > 300),
        "{known:?}"
    );
}
