//! Outboxes of webhooks that the settings have no longer: nothing sends from there, so what waits is said,
//! and goes after a while.

use super::outbox::{self, outboxes};
use jiff::{SignedDuration, Timestamp};
use std::io;
use std::path::Path;

/// Whoever renamed a webhook by mistake has so long to notice.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Looks at every outbox under `folder` that is of none of these webhooks.
pub(super) fn tidy(folder: &Path, webhooks: &[&str], now: Timestamp) -> io::Result<()> {
    let oldest = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    let all = outboxes(folder)?.into_iter();
    for (name, outbox) in all.filter(|(name, _)| !webhooks.contains(&&name[..])) {
        let left = outbox::clear(&outbox, oldest)?;
        if left > 0 {
            let folder = outbox.display();
            tracing::warn!(
                "there is no webhook `{name}` any more, and {left} alerts for it lie in `{folder}`: they are \
                 sent if it is in `hark.toml` again within seven days"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(day * 86_400).expect("a moment")
    }

    fn waits(outbox: &Path, day: i64) {
        let id = format!("msg_{day}");
        let text = serde_json::json!({
            "id": id, "kind": "digest", "title": "", "body": "", "made_at": at(day), "attempts": 0,
            "next_at": at(day),
        });
        fs::create_dir_all(outbox).expect("a folder");
        fs::write(outbox.join(format!("{id}.json")), text.to_string()).expect("written");
    }

    #[test]
    fn what_waits_for_nobody_goes_after_a_week_and_its_folder_then() {
        let folder = tempfile::tempdir().expect("a folder");
        let (team, old) = (folder.path().join("team"), folder.path().join("old"));
        for day in [1, 5] {
            waits(&team, day);
            waits(&old, day);
        }
        fs::write(old.join("gone"), "").expect("written");
        tidy(folder.path(), &["team"], at(9)).expect("tidied");
        assert!(!old.join("msg_1.json").exists() && old.join("msg_5.json").exists());
        tidy(folder.path(), &["team"], at(12)).expect("tidied");
        assert!(!old.exists());
        assert_eq!(outbox::read(&team).expect("read").len(), 2);
        let own = folder.path().join("notes/mine.txt");
        fs::create_dir(folder.path().join("notes")).expect("a folder");
        fs::write(&own, "").expect("written");
        tidy(folder.path(), &["team"], at(12)).expect("tidied");
        assert!(own.exists(), "what is not ours stays, and is no trouble");
        tidy(&folder.path().join("nowhere"), &[], at(12)).expect("nothing to do");
    }
}
