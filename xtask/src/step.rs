//! Steps: what a command does, one after the other, with its progress and its time.

use std::{
    io::{Write, stderr},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::house::House;

/// One thing a command does.
pub(crate) trait Step {
    /// What it makes or checks: a few words.
    fn name(&self) -> String;

    /// How long it takes on two idle cores when there is something to do.
    fn usually(&self) -> &'static str;

    /// Says what is there already if there is nothing to do.
    fn found(&self, _house: &House) -> Result<Option<String>> {
        Ok(None)
    }

    /// Does it.
    fn make(&self, house: &House) -> Result<()>;

    /// What to do when it fails.
    fn remedy(&self) -> &'static str;
}

/// The steps of a command, in their order.
pub(crate) type Plan = Vec<Box<dyn Step>>;

/// Takes the steps of a plan; the first that fails ends it.
pub(crate) fn take(house: &House, plan: &Plan) -> Result<()> {
    for (index, step) in plan.iter().enumerate() {
        let label = format!("[{}/{}] {}", index + 1, plan.len(), step.name());
        if let Err(error) = take_one(house, step.as_ref(), &label) {
            say(&dotted(&label, "failed"));
            bail!(
                "{} failed: {error:#}\n  hint: {}",
                step.name(),
                step.remedy()
            );
        }
    }
    Ok(())
}

fn take_one(house: &House, step: &dyn Step, label: &str) -> Result<()> {
    let started = Instant::now();
    if let Some(found) = step.found(house)? {
        say(&dotted(label, &format!("ready ({found})")));
        return Ok(());
    }
    say(&format!("{label}: {}", step.usually()));
    step.make(house)?;
    let end = format!("done in {}", for_people(started.elapsed()));
    say(&dotted(label, &end));
    Ok(())
}

/// Talks to the person: stdout stays free for what a command is asked to print.
pub(crate) fn say(line: &str) {
    // Nobody is left to tell when stderr is gone.
    let _ = writeln!(stderr(), "{line}");
}

/// A duration in the unit one would say it in.
pub(crate) fn for_people(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{:.1} s", duration.as_secs_f32()),
        seconds @ 10..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

fn dotted(label: &str, end: &str) -> String {
    const COLUMN: usize = 44;
    let dots = "…".repeat(COLUMN.saturating_sub(label.chars().count()).max(2));
    format!("{label} {dots} {end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_said_in_the_unit_people_use() {
        assert_eq!(for_people(Duration::from_millis(420)), "0.4 s");
        assert_eq!(for_people(Duration::from_secs(63)), "63 s");
        assert_eq!(for_people(Duration::from_secs(185)), "3 min 5 s");
    }
}
