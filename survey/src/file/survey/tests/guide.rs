//! What `docs/surveys.md` shows is read by the program, and what the program reads is shown there.

use crate::file::parse;
use crate::file::trigger::MOMENTS;
use crate::offer::{FollowUpKind, Position};

const GUIDE: &str = include_str!("../../../../../docs/surveys.md");

/// The TOML in the guide that is a survey or a part of one.
fn examples() -> Vec<&'static str> {
    let blocks = GUIDE.split("```toml\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    blocks.filter(|block| !block.contains("[[site]]")).collect()
}

#[test]
fn every_example_in_the_guide_is_a_good_file() {
    assert!(examples().len() > 5);
    for example in examples() {
        let file = if example.starts_with("metric") {
            example.to_owned()
        } else {
            format!("metric = \"csat\"\n{example}")
        };
        if let Err(faults) = parse("checkout", &file) {
            panic!("{file}\n{faults:#?}");
        }
    }
}

#[test]
fn every_trigger_and_kind_and_position_is_in_the_guide() {
    let shown = examples().concat();
    for (name, _) in MOMENTS {
        assert!(shown.contains(&format!("on = \"{name}\"")), "{name}");
        assert!(GUIDE.contains(&format!("\n| `{name}` |")), "{name}");
    }
    let kinds = FollowUpKind::ALL.map(FollowUpKind::name);
    let positions = Position::ALL.map(Position::name);
    for name in kinds.iter().chain(&positions) {
        assert!(GUIDE.contains(&format!("`\"{name}\"`")), "{name}");
    }
}
