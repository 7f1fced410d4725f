//! The long form of every scenario, with its figures: `cargo xtask torture`.

use anyhow::{Context, Result};
use clap::Parser;
use faults::scenario::{
    clock, descriptors, full, hands, kill, order, power, repetition, slow, soak, trouble,
};
use std::io::{Write, stderr, stdout};
use std::time::Instant;

/// Kill, cut off, fill up and slow down the collector, and count what is lost
#[derive(Parser)]
struct Arguments {
    /// So many kills, two thirds as many SIGTERMs and power cuts, a third as many failing disks, and
    /// 6,000 times as many events of mixed load
    #[arg(long, default_value_t = 300)]
    rounds: u64,
    /// The same seed, the same moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only scenarios whose name contains this
    #[arg(long, default_value = "")]
    only: String,
}

/// A name, and what gives its figures.
type Scenario = (&'static str, fn(&Arguments) -> Result<String>);

const SCENARIOS: [Scenario; 14] = [
    ("kill -9", kills),
    ("SIGTERM", stops),
    ("power cuts", cuts),
    ("failing disk", troubles),
    ("no sync ever", |all| {
        trouble::every_sync_fails(all.seed).map(|()| "exit code 74".into())
    }),
    ("read-only", |all| {
        trouble::read_only_for_a_while(all.seed).map(|()| "red, then green".into())
    }),
    ("full disk", full_disk),
    ("slow disk", slow_disk),
    ("slow clients", slow_clients),
    ("descriptors", connections),
    ("clock", clock_jumps),
    ("people at the files", |_| {
        hands::a_second_collector()?;
        hands::an_editor()?;
        Ok("a second collector left, an editor spoilt one line".into())
    }),
    ("repetition and order", repetitions),
    ("mixed load", mixed_load),
];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    for (name, scenario) in SCENARIOS {
        if !name.contains(&arguments.only) {
            continue;
        }
        let begun = Instant::now();
        let figures = scenario(&arguments).with_context(|| format!("failed: {name}"))?;
        // Progress may stand on this line.
        write!(stderr(), "\r\x1b[K")?;
        writeln!(
            stdout(),
            "{name:<22} {figures} ({:.0} s)",
            begun.elapsed().as_secs_f64()
        )?;
    }
    Ok(())
}

fn progress(name: &'static str) -> impl FnMut(u64) {
    move |done| {
        // Nobody is left to tell when stderr is gone.
        let _ = write!(stderr(), "\r{name}: {done}");
    }
}

fn kills(all: &Arguments) -> Result<String> {
    let figures = kill::kills(all.seed, all.rounds, progress("kill -9"))?;
    Ok(format!(
        "rounds {}, acknowledged {}, lost 0, doubled 0, torn tails set aside {}, slowest start {:?}",
        figures.rounds, figures.thanked, figures.torn, figures.slowest_start
    ))
}

fn stops(all: &Arguments) -> Result<String> {
    let figures = kill::stops(all.seed, all.rounds * 2 / 3, progress("SIGTERM"))?;
    Ok(format!(
        "rounds {}, acknowledged {}, stored the same, unanswered {}, slowest end {:?}",
        figures.rounds, figures.thanked, figures.unanswered, figures.slowest_end
    ))
}

fn cuts(all: &Arguments) -> Result<String> {
    let figures = power::cuts(all.seed, all.rounds * 2 / 3, progress("power cuts"))?;
    Ok(format!(
        "cuts {}, acknowledged {}, lost 0, doubled 0, torn tails set aside {}, unreadable where sectors \
         came through in any order {}",
        figures.cuts, figures.thanked, figures.torn, figures.unreadable
    ))
}

fn troubles(all: &Arguments) -> Result<String> {
    let figures = trouble::rounds(all.seed, all.rounds / 3, progress("failing disk"))?;
    Ok(format!(
        "rounds {}, acknowledged {}, lost 0, refused with 503 {}",
        figures.rounds, figures.thanked, figures.refused
    ))
}

fn full_disk(all: &Arguments) -> Result<String> {
    let figures = full::and_back(all.seed, (all.rounds / 30).max(2))?;
    Ok(format!(
        "acknowledged {}, lost 0, refused with 503 {}, slowest answer {:?}, stored again after {:?}",
        figures.thanked, figures.refused, figures.slowest, figures.resumed_after
    ))
}

fn slow_disk(all: &Arguments) -> Result<String> {
    let heard = slow::disk(all.seed, 256, all.rounds * 20)?;
    Ok(format!(
        "500 ms a sync: acknowledged {}, refused {:?}, slowest answer {:?}",
        heard.thanked.len(),
        heard.refused,
        heard.slowest
    ))
}

fn slow_clients(_: &Arguments) -> Result<String> {
    let heard = slow::clients(500)?;
    Ok(format!(
        "2,000 of them let go of, others acknowledged {}, slowest answer {:?}",
        heard.thanked.len(),
        heard.slowest
    ))
}

fn connections(_: &Arguments) -> Result<String> {
    let few = descriptors::run_out()?;
    let many = descriptors::idle(10_000)?;
    Ok(format!(
        "{} connections on 128 descriptors, then served again; {} idle in {} MB",
        few.held,
        many.held,
        many.memory / 1_000_000
    ))
}

fn clock_jumps(_: &Arguments) -> Result<String> {
    let heard = clock::jumps()?;
    Ok(format!(
        "acknowledged {}, lost 0, every repetition recognised",
        heard.thanked.len()
    ))
}

fn repetitions(all: &Arguments) -> Result<String> {
    repetition::of_one_event(10_240, 256)?;
    let checked = order::of_acknowledgements(all.rounds * 10)?;
    Ok(format!(
        "10,240 times one event: 1 line; acknowledged before its sync 0 of {checked}"
    ))
}

fn mixed_load(all: &Arguments) -> Result<String> {
    let figures = soak::mixed_load(all.rounds * 6_000, progress("mixed load"))?;
    Ok(format!(
        "acknowledged {} in {:.0} s, lost 0, memory {} → {} bytes, descriptors {} → {}",
        figures.thanked,
        figures.took.as_secs_f64(),
        figures.memory.0,
        figures.memory.1,
        figures.descriptors.0,
        figures.descriptors.1
    ))
}
