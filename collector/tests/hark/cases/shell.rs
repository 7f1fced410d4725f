//! What the shell shows of cases, and what it does not understand.

use super::*;
use std::fs;

#[test]
fn who_reads_a_table_sees_whom_to_answer_first() {
    let folder = shop();
    past(&folder);
    let table = cases(&folder, &[]);
    for expected in [
        "\n  1 open, 1 of them overdue; 0 answered, 10 resolved, 0 no action\n",
        "\n  first answer: after 5.5 h, the median (1.0 h to 10 h, n = 10)\n",
        "\n  answered within 48 h: 91 % (62 to 98), 10 of 11\n",
        "\ncase           due         status    owner       score  survey\n",
        " 3.0 d late  open                    1/7  reach\n    “slow”\n",
    ] {
        assert!(table.contains(expected), "{expected}{table}");
    }
    assert!(
        table.lines().all(|line| line.chars().count() <= 80),
        "{table}"
    );
    let csv = cases(&folder, &["--status", "resolved", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 11, "{csv}");
    assert!(
        csv.starts_with("id,site,survey,metric,score,status,overdue,owner,"),
        "{csv}"
    );
    let few = cases(&folder, &["--status", "all", "--limit", "4"]);
    assert!(few.contains("\nand 7 more; --limit shows them\n"), "{few}");
    assert!(cases(&folder, &["--site", "other"]).contains("No cases"));
    assert!(cases(&folder, &["--status", "answered"]).contains("None of these cases"));
    // Reports go on as if nothing had been done.
    let (code, report, talk) = folder.runs(&["report", "--all"]);
    assert_eq!(code, Some(0), "{talk}");
    assert!(
        report.contains("lines read      31       0 unreadable"),
        "{report}"
    );
}

#[test]
fn what_cannot_be_meant_is_said() {
    let folder = shop();
    let (code, talk) = refused(&folder, &[]);
    assert_eq!(code, Some(1));
    assert!(talk.contains("there is no folder `data`"), "{talk}");
    let shop = folder.opens(&[]);
    for number in 1..=7 {
        assert_eq!(shop.hears(&complaint(number)).status, 200);
    }
    assert_eq!(shop.hears(&response(8)).status, 200);
    let long = "x".repeat(2_001);
    let rows: [(&[&str], i32, &str); 11] = [
        (
            &["show", "nonsense"],
            2,
            "`nonsense` is not the beginning of an id",
        ),
        (
            &["show", "ffff"],
            1,
            "no case has an id that begins with `ffff`",
        ),
        (&["show", &id(8)], 1, "is a response and no case"),
        (
            &["answer", "019aa5f0"],
            1,
            "`019aa5f0` is the beginning of 7 ids: `019aa5f0-4500-7000-8000-000000000001`",
        ),
        (
            &["note", &id(1), &long],
            2,
            "the note has 2001 characters, and 2000 are kept at most",
        ),
        (&["note", &id(1), " "], 2, "there is nothing to write down"),
        (
            &["assign", &id(1), "a\u{1b}[2J"],
            2,
            "the owner has the invisible character U+001B",
        ),
        (
            &["assign", &id(1)],
            2,
            "required arguments were not provided",
        ),
        (
            &["assing", &id(1), "anna"],
            2,
            "a similar subcommand exists: 'assign'",
        ),
        (
            &["--status", "late"],
            2,
            "possible values: unsettled, overdue, open",
        ),
        (&["--since", "tomorrow-ish"], 2, "is not a time"),
    ];
    for (arguments, code, sentence) in rows {
        let (found, talk) = refused(&shop.folder, arguments);
        assert!(talk.contains(sentence), "{arguments:?}: {talk}");
        assert_eq!(found, Some(code), "{arguments:?}: {talk}");
    }
    let lines = shop.folder.lines();
    assert!(
        !lines.iter().any(|line| line.contains("\"case\"")),
        "nothing of it is written: {lines:?}"
    );
}

#[test]
fn notes_come_from_standard_input_as_well() {
    let shop = shop().opens(&[]);
    assert_eq!(shop.hears(&complaint(1)).status, 200);
    shop.folder
        .write("note.txt", "rang twice\r\nnobody there\n");
    let input = fs::File::open(shop.folder.path("note.txt")).expect("a note");
    let mut hark = shop
        .folder
        .hark(&["cases", "note", &id(1), "-", "--by", "anna"]);
    let output = hark.stdin(input).output().expect("hark runs");
    assert!(output.status.success(), "{output:?}");
    let told = cases(&shop.folder, &["show", &id(1)]);
    assert!(
        told.contains(
            "note, by anna\n                     rang twice\n                     nobody there\n"
        ),
        "{told}"
    );
    assert!(
        told.contains("\n  contact    shopper1@mail.example\n"),
        "{told}"
    );
}
