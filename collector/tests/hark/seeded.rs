//! The invented month of `cargo xtask demo --seeded`: its report says at once what broke.

use crate::shop::Folder;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

/// The last moment of the month; phones could not pay since Tuesday the 24th.
const UNTIL: &str = "2026-11-27T12:00:00Z";

static MONTH: LazyLock<Folder> = LazyLock::new(|| month_until(UNTIL));

/// A shop's folder with the month that ends then.
fn month_until(until: &str) -> Folder {
    let folder = Folder::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let seeded = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["run", "--quiet", "--package", "xtask", "--", "seed"])
        .args(["--until", until])
        .arg(folder.path("month"))
        .output()
        .expect("cargo");
    assert!(
        seeded.status.success(),
        "{}",
        String::from_utf8_lossy(&seeded.stderr)
    );
    folder
}

fn says(command: &str) -> String {
    let arguments = [command, "--data", "month", "--until", UNTIL];
    let (code, out, talk) = MONTH.runs(&arguments);
    assert_eq!(code, Some(0), "{talk}");
    out
}

/// Words in a row, however lines are broken.
fn in_one_line(lines: &[&str]) -> String {
    lines
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_report_begins_with_where_since_when_how_sure_and_three_quotes() {
    let report = says("report");
    let first: Vec<&str> = report.lines().take(12).collect();
    let said = in_one_line(&first);
    for phrase in [
        "checkout-effort on demo",
        "fell by",
        "where device is mobile",
        "since Tuesday 24 November 2026",
        "unlikely to be chance, p < 0.001",
        "95 % interval",
        "more than before about",
        "payment",
    ] {
        assert!(said.contains(phrase), "`{phrase}` is not in\n{report}");
    }
    let quotes = first.iter().filter(|line| line.contains('“'));
    assert_eq!(quotes.count(), 3, "{report}");
}

#[test]
fn the_report_fits_eighty_columns() {
    for line in says("report").lines().chain(says("digest").lines()) {
        assert!(columns(line) <= 80, "{line}");
    }
}

/// How wide a terminal shows it: letters of Chinese, Japanese and Korean and their punctuation take two columns.
fn columns(line: &str) -> usize {
    let is_wide = |letter: &char| {
        matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}')
    };
    line.chars().count() + line.chars().filter(is_wide).count()
}

#[test]
fn the_digest_begins_with_the_same() {
    let digest = says("digest");
    let first: Vec<&str> = digest.lines().take(12).collect();
    let said = in_one_line(&first);
    for phrase in [
        "where device is mobile",
        "since Tuesday 24 November 2026",
        "payment",
    ] {
        assert!(said.contains(phrase), "`{phrase}` is not in\n{digest}");
    }
}

#[test]
fn the_shop_figures_begin_with_orders_that_collapsed_on_phones() {
    let arguments = ["report", "--kpi", "--data", "month", "--until", UNTIL];
    let (code, out, talk) = MONTH.runs(&arguments);
    assert_eq!(code, Some(0), "{talk}");
    let first: Vec<&str> = out.lines().take(5).collect();
    let said = in_one_line(&first);
    for phrase in [
        "fewer of those asked at the checkout go on to order",
        "where device is mobile since Tuesday 24 November 2026",
        "unlikely to be chance, p < 0.001",
    ] {
        assert!(said.contains(phrase), "`{phrase}` is not in\n{out}");
    }
    for stage in ["Before", "During", "After"] {
        assert!(out.contains(&format!("{stage} the purchase")), "{out}");
    }
    assert!(
        in_one_line(&out.lines().collect::<Vec<_>>()).contains("less than with other scores"),
        "{out}"
    );
    for line in out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

/// Whoever tries it does so today, whatever day that is: the month ends on each weekday once.
#[test]
fn on_every_day_of_the_week_the_report_begins_with_what_broke() {
    for (until, since) in [
        ("2026-11-21T00:10:00Z", "17"),
        ("2026-11-22T23:50:00Z", "17"),
        ("2026-11-23T06:00:00Z", "17"),
        ("2026-11-24T12:00:00Z", "17"),
        ("2026-11-25T18:30:00Z", "17"),
        ("2026-11-26T09:00:00Z", "17"),
        ("2026-11-27T00:10:00Z", "24"),
    ] {
        let folder = month_until(until);
        let arguments = ["report", "--data", "month", "--until", until];
        let (code, report, talk) = folder.runs(&arguments);
        assert_eq!(code, Some(0), "{talk}");
        let first: Vec<&str> = report.lines().take(12).collect();
        let said = in_one_line(&first);
        let since = format!("since Tuesday {since} November 2026");
        for phrase in [
            "checkout-effort on demo",
            "where device is mobile",
            &since,
            "p < 0.001",
            "payment",
        ] {
            assert!(
                said.contains(phrase),
                "{until}: `{phrase}` is not in\n{report}"
            );
        }
        let quotes = first.iter().filter(|line| line.contains('“'));
        assert_eq!(quotes.count(), 3, "{until}: {report}");
    }
}

/// Price once vanished from the table, since chance could make its effect, and so did returns.
#[test]
fn every_theme_of_a_survey_is_told_with_its_effect_and_three_quotes() {
    let survey = ["--survey", "recommend"];
    let asked = ["report", "--data", "month", "--until", UNTIL];
    let (code, table, talk) = MONTH.runs(&[&asked[..], &survey].concat());
    assert_eq!(code, Some(0), "{talk}");
    let lines: Vec<&str> = table.lines().collect();
    for theme in [
        "delivery",
        "price",
        "returns and refund",
        "search and finding",
    ] {
        let start = format!("    {theme}");
        let place = lines.iter().position(|line| line.starts_with(&start));
        let place = place.unwrap_or_else(|| panic!("{theme} is in\n{table}"));
        assert!(lines[place].contains(" to "), "{}", lines[place]);
        let quotes = lines[place + 1..].iter();
        let quotes = quotes.take_while(|line| line.contains('“'));
        assert_eq!(quotes.count(), 3, "{theme}\n{table}");
    }
    assert!(table.contains("? could be chance"), "{table}");
    assert!(
        !lines.iter().any(|line| line.chars().count() > 80),
        "{table}"
    );
}
