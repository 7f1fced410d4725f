//! What clients, clocks and people do, and what it came to.

use crate::{Arguments, progress};
use anyhow::Result;
use faults::scenario::{
    attack, clock, contract, descriptors, hands, ordeal, order, overload, repetition, slow, soak,
};
use std::time::Duration;

pub(crate) fn slow_clients(_: &Arguments) -> Result<String> {
    let heard = slow::clients(500)?;
    Ok(format!(
        "2,000 of them let go of, others acknowledged {}, slowest answer {:?}",
        heard.thanked.len(),
        heard.slowest
    ))
}

pub(crate) fn connections(_: &Arguments) -> Result<String> {
    let few = descriptors::run_out()?;
    let many = descriptors::idle(10_000, 9_900)?;
    Ok(format!(
        "{} connections on 128 descriptors, then served again; {} idle in {} MB",
        few.held,
        many.held,
        many.memory / 1_000_000
    ))
}

pub(crate) fn clock_jumps(_: &Arguments) -> Result<String> {
    let mut heard = clock::jumps()?;
    heard.add(clock::stays_wrong()?);
    Ok(format!(
        "acknowledged {}, lost 0, every repetition recognised",
        heard.thanked.len()
    ))
}

pub(crate) fn repetitions(all: &Arguments) -> Result<String> {
    repetition::of_one_event(10_240, 256)?;
    let checked = order::of_acknowledgements(all.rounds * 10)?;
    Ok(format!(
        "10,240 times one event: 1 line; acknowledged before its sync 0 of {checked}"
    ))
}

pub(crate) fn mixed_load(all: &Arguments) -> Result<String> {
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

pub(crate) fn people(_: &Arguments) -> Result<String> {
    hands::a_second_collector()?;
    hands::an_editor()?;
    Ok("a second collector left, an editor spoilt one line".into())
}

pub(crate) fn attacks(_: &Arguments) -> Result<String> {
    let figures = attack::slow(2_000, 2.0)?;
    Ok(format!(
        "{} descriptors at most; header, body, reader let go of after {:?}; p99 of others {:?}, during {:?}",
        figures.held, figures.let_go_after, figures.p99_before, figures.p99_during
    ))
}

pub(crate) fn overloads(all: &Arguments) -> Result<String> {
    let lasts = Duration::from_millis(all.rounds * 200);
    let figures = overload::on(1_024, lasts, Duration::from_millis(250))?;
    Ok(format!(
        "1,024 connections for {lasts:?}: acknowledged {}, lost 0, refused {:.2} %, p99 {:?}, memory {} → {} bytes",
        figures.thanked, figures.refused_percent, figures.p99, figures.memory.0, figures.memory.1
    ))
}

pub(crate) fn ordeals(all: &Arguments) -> Result<String> {
    let lasts = Duration::from_secs(all.rounds * 6);
    let figures = ordeal::lasts(all.seed, lasts, progress("ordeal"))?;
    Ok(format!(
        "{} lives: acknowledged {}, lost 0, doubled 0, refused with 503 {}, memory {} → {} bytes, descriptors {} → {}",
        figures.lives,
        figures.thanked,
        figures.refused,
        figures.memory.0,
        figures.memory.1,
        figures.descriptors.0,
        figures.descriptors.1
    ))
}

pub(crate) fn contracts(all: &Arguments) -> Result<String> {
    contract::holds(all.seed, all.rounds * 3)
}
