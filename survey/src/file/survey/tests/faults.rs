//! Every wrong file is refused with place, reason and way out.

use crate::file::parse;

fn faults(text: &str) -> String {
    let faults = parse("checkout", text).expect_err("a faulty file");
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn every_fault_is_named_with_its_place_and_a_way_out() {
    let rows = [
        ("", "1:1: `metric` is missing"),
        (
            "metric = \"npx\"",
            "1:10: `metric` cannot be `npx`\n  hint: did you mean `nps`?",
        ),
        ("metric = 3", "1:10: `metric` must be a string, not integer"),
        (
            "metric = \"nps\"\n[[tigger]]\non = \"load\"",
            "2:3: unknown key `tigger`\n  hint: did you mean `trigger`?",
        ),
        (
            "metric = \"nps\"\n[[trigger]]\non = \"exit\"\nseconds = 3",
            "3:6: `on` cannot be `exit`\n  hint: known here: `load`, `dwell`, `scroll`, \
             `exit_intent`, `return`, `idle`, `click`, `visible`, `rage_click`, `event`, \
             `page_views`, `visit`, `form_abandon`, `copy`, `script_error`",
        ),
        (
            "metric = \"nps\"\n[[trigger]]\non = \"scroll\"\npercent = 140",
            "4:11: `percent` is 140, but must be from 0 to 100",
        ),
        (
            "metric = \"nps\"\n[target]\nsample = 1.5\npages = [\"cart\"]",
            "3:10: `sample` is 1.5, but must be from 0 to 1\n4:10: `cart` is no page pattern\n  \
             hint: write a path such as \"/checkout/**\", a query parameter such as \"?step=pay\", \
             or \"re:\" and a regular expression",
        ),
        (
            "metric = \"nps\"\nquestion = { en = \"Why?\", fx = \"Pourquoi ?\" }",
            "2:32: unknown language `fx`\n  hint: did you mean `fr`?",
        ),
        (
            "metric = \"nps\"\n[frequency]\nafter_answer = \"90\"",
            "3:16: `after_answer` cannot be `90`\n  hint: write a whole number and `s`, `m`, `h` or \
             `d`, for example \"30d\"",
        ),
        (
            "metric = \"nps\"\ntrigger = []\n[target]\npages = []",
            "2:11: `trigger` is empty\n  hint: leave it out for what is usual\n4:9: `pages` is \
             empty\n  hint: leave it out for what is usual",
        ),
        (
            "metric = \"nps\"\n[target]\nlanguages = [\"french\"]",
            "3:14: `french` is no language\n  hint: write its code, for example \"fr\"",
        ),
        (
            "metric = \"nps\"\n[target]\nfrom = 2026-02-01\nuntil = 2026-01-01",
            "2:1: `until` is 2026-01-01, before `from`, which is 2026-02-01",
        ),
        (
            "metric = \"ces\"\nanchor_low = \"Hard\"",
            "1:1: `anchor_low` and `anchor_high` come together or not at all",
        ),
        (
            "metric = \"nps\"\nwording = \"find\"",
            "2:11: `wording` cannot be `find`\n  hint: known here: `standard`",
        ),
    ];
    for (file, expected) in rows {
        assert_eq!(faults(file), expected, "{file}");
    }
}

#[test]
fn every_fault_of_what_is_asked_is_named() {
    let rows = [
        (
            "metric = \"nps\"\nstyle = \"stars\"",
            "2:9: `style` cannot be `stars`\n  hint: stars and smileys are for `csat`",
        ),
        (
            "metric = \"csat\"\nstyle = \"smiley\"",
            "2:9: `style` cannot be `smiley`\n  hint: did you mean `smileys`?",
        ),
        (
            "metric = \"csat\"\npriority = 1.5",
            "2:12: `priority` must be a whole number, not float",
        ),
        (
            "metric = \"csat\"\npriority = 5000",
            "2:12: `priority` is 5000, but must be from -1000 to 1000",
        ),
        (
            "metric = \"csat\"\n[target]\nquota = 0\nvisitors = \"old\"",
            "3:9: `quota` is 0, but must be from 1 to 2147483647\n4:12: `visitors` cannot be \
             `old`\n  hint: known here: `any`, `new`, `returning`",
        ),
        (
            "metric = \"csat\"\n[[follow_up]]\nkind = \"choise\"\noptions = []",
            "3:8: `kind` cannot be `choise`\n  hint: did you mean `choice`?",
        ),
        (
            "metric = \"csat\"\n[[follow_up]]\nkind = \"choice\"\nquestion = \"Why?\"",
            "2:1: `options` is missing\n  hint: write `options`, or `wording = \"abandon\"` for \
             the standard ones",
        ),
        (
            "metric = \"csat\"\n[[follow_up]]\nkind = \"choice\"\n\
             options = [{ key = \"a\", text = \"A\" }, { key = \"b\", text = \"B\" }]",
            "2:1: `question` is missing",
        ),
        (
            "metric = \"csat\"\n[[follow_up]]\nkind = \"choice\"\nquestion = \"Why?\"\n\
             options = [{ key = \"a b\", txt = \"A\" }, { key = \"b\", text = \"B\" }]",
            "5:12: `text` is missing\n5:20: `key` cannot be `a b`\n  hint: write at most 64 \
             letters, digits, `-` and `_`; what is read goes into `text`\n5:27: unknown key `txt`\n  \
             hint: did you mean `text`?",
        ),
        (
            "metric = \"csat\"\n[[follow_up]]\nkind = \"choices\"\nquestion = \"Why?\"\n\
             options = [{ key = \"a\", text = \"A\" }, { key = \"a\", text = \"B\" }]",
            "5:11: there are two options `a`",
        ),
        (
            "metric = \"csat\"\n[[follow_up]]\nkind = \"choices\"\nquestion = \"Why?\"\n\
             options = [{ key = \"a\", text = \"A\" }]",
            "5:11: `options` has 1 of them, but must have 2 to 12",
        ),
        (
            "metric = \"csat\"\n[[follow_up]]\nkind = \"contact\"\noptions = []",
            "4:1: unknown key `options`\n  hint: known here: `when`, `kind`, `question`",
        ),
        (
            "metric = \"csat\"\n[thanks]\nlink = { url = \"http://shop.example\" }",
            "3:8: `text` is missing\n3:16: `url` cannot be `http://shop.example`\n  hint: write a \
             whole address such as \"https://shop.example/help\"",
        ),
        (
            "metric = \"csat\"\n[appearance]\nposition = \"inline\"",
            "2:1: `inline` is missing: in which element?",
        ),
        (
            "metric = \"csat\"\n[appearance]\nposition = \"tab\"\ninline = \"#here\"",
            "2:1: `inline` is only for the position `inline`",
        ),
        (
            "metric = \"csat\"\n[appearance]\ntab_label = \"Feedback\"",
            "2:1: `tab_label` is only for the position `tab`",
        ),
    ];
    for (file, expected) in rows {
        assert_eq!(faults(file), expected, "{file}");
    }
}

#[test]
fn every_fault_of_a_trigger_is_named() {
    let rows = [
        ("on = \"click\"", "2:1: `selector` is missing"),
        (
            "on = \"click\"\nselector = \"a[href\"",
            "4:12: `a[href` is no CSS selector: a `]` is missing\n  hint: write a CSS selector such \
             as \"#newsletter\" or \"button.add-to-cart\"",
        ),
        (
            "on = \"visible\"\nselector = \"footer\"\npercent = 101",
            "5:11: `percent` is 101, but must be from 0 to 100",
        ),
        (
            "on = \"rage_click\"\nclicks = 1",
            "4:10: `clicks` is 1, but must be from 2 to 20",
        ),
        (
            "on = \"exit_intent\"\ntouch = [\"scrollup\"]",
            "4:10: `touch` cannot be `scrollup`\n  hint: did you mean `scroll_up`?",
        ),
        (
            "on = \"page_views\"\ncount = 2.5",
            "4:9: `count` must be a whole number, not float",
        ),
        (
            "on = \"idle\"\nsecond = 3",
            "4:1: unknown key `second`\n  hint: did you mean `seconds`?",
        ),
        (
            "on = \"load\"\nall = [{ on = \"vist\" }]",
            "4:15: `on` cannot be `vist`\n  hint: did you mean `visit`?",
        ),
    ];
    for (trigger, expected) in rows {
        let file = format!("metric = \"nps\"\n[[trigger]]\n{trigger}");
        assert_eq!(faults(&file), expected, "{file}");
    }
}

#[test]
fn a_syntax_error_is_told_alone() {
    let told = faults("metric = \"nps\nstatus = ");
    assert!(told.starts_with("1:"), "{told}");
    assert!(!told.contains("missing"), "{told}");
}

#[test]
fn an_id_that_fits_no_address_is_refused() {
    for id in ["", "my survey", "../evil", &"x".repeat(65)] {
        assert!(parse(id, "metric = \"nps\"").is_err(), "{id}");
    }
}
