//! What `hark cases` and `hark cases show` print, word for word. `HARK_GOLDEN=1` renews what is kept.

use super::*;

#[track_caller]
fn assert_golden(found: &str, golden: &str) {
    let path = format!("tests/golden/{golden}");
    if std::env::var_os("HARK_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "`{path}` says otherwise; found:\n{found}"
    );
    for line in found.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

/// The id with its end in its beginning.
fn apart(id: &str) -> String {
    id.replacen("45", &id[id.len() - 2..], 1)
}

#[test]
fn the_list_of_cases_and_a_case_are_as_kept() {
    let shop = Shop::opens();
    let mut lines = a_week();
    lines.push(deed(11, 2, &json!({"owner": "anna", "by": "ben"})));
    for (number, (field, value)) in [
        ("contact", json!(true)),
        ("page", json!({"path": "/checkout/pay"})),
        ("device", json!("mobile")),
    ]
    .into_iter()
    .enumerate()
    {
        lines[10 + number % 2][field] = value;
    }
    // Ids that begin alike are printed as a whole.
    for line in &mut lines {
        let id = line["id"].as_str().unwrap().to_owned();
        line["id"] = json!(apart(&id));
    }
    shop.receives(&lines);
    let now = after(3 * DAY);
    let list = |which| report::render::cases(&read(&shop, &wanted(which, 3 * DAY)), now);
    assert_golden(
        &format!("{}\n{}", list(Which::Unsettled), list(Which::All)),
        "cases.txt",
    );
    let none = Query {
        site: Some("nowhere".to_owned()),
        ..Query::default()
    };
    let nothing = Wanted {
        query: none,
        ..wanted(Which::All, 0)
    };
    let nothing = report::render::cases(&read(&shop, &nothing), now);
    assert!(nothing.contains("No cases"), "{nothing}");
    let shown: String = [11, 1]
        .map(|visitor| report::render::case(&found(&shop, &apart(&id(visitor))), now) + "\n")
        .concat();
    assert_golden(&shown, "case.txt");
}
