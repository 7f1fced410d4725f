//! How well bad answers are followed up.

use std::collections::BTreeMap;

use serde::Serialize;
use survey::case::Status;

use super::DUE;
use super::state::State;
use crate::figures::{self, Rate, Time};
use crate::query::Query;

/// Figures of all cases that were asked for, whatever their status.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// How many there are.
    pub cases: u64,
    /// Of these, those who left a contact.
    pub with_contact: u64,
    /// Nobody has answered yet.
    pub open: u64,
    /// Of the open ones, those whose time is over.
    pub overdue: u64,
    /// Answered, and not settled.
    pub answered: u64,
    /// Settled.
    pub resolved: u64,
    /// Nothing was to be done.
    pub no_action: u64,
    /// From the opening to the first answer, of those that were answered.
    pub first_response: Span,
    /// From the opening to the first settling, of those that were settled.
    pub resolution: Span,
    /// Answered within 48 hours, of those that were opened longer ago than that: one whose time is not over
    /// can still become either, and those that are answered so far would flatter the share.
    pub in_time: Share,
}

/// A median time with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Span {
    /// In seconds; `None` under 10 cases.
    pub seconds: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// How many cases it rests on.
    pub n: u64,
}

/// A share in percent with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// `None` under 10 cases.
    pub percent: Option<Rate>,
    /// How many are so.
    pub count: u64,
    /// Of how many.
    pub n: u64,
}

/// Cases counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    cases: u64,
    with_contact: u64,
    overdue: u64,
    by_status: [u64; Status::ALL.len()],
    /// Seconds to the first answer.
    first_response: BTreeMap<u32, u64>,
    /// Seconds to the first settling.
    resolution: BTreeMap<u32, u64>,
    in_time: u64,
    /// Opened more than 48 hours ago.
    decided: u64,
}

impl Counted {
    pub(super) fn add(&mut self, state: &State, opened: i64, contact: bool, now: i64) {
        self.cases += 1;
        self.with_contact += u64::from(contact);
        self.overdue += u64::from(state.is_overdue(opened, now));
        if let Some(count) = self.by_status.get_mut(state.status as usize) {
            *count += 1;
        }
        // A clock that was set back makes no negative time.
        let since = |at: i64| (at - opened).max(0);
        for (counts, at) in [
            (&mut self.first_response, state.answered),
            (&mut self.resolution, state.resolved),
        ] {
            if let Some(at) = at {
                *counts.entry(seconds(since(at))).or_default() += 1;
            }
        }
        let is_decided = now > opened + DUE;
        let in_time = state.answered.is_some_and(|at| since(at) <= DUE);
        self.in_time += u64::from(is_decided && in_time);
        self.decided += u64::from(is_decided);
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.cases += other.cases;
        self.with_contact += other.with_contact;
        self.overdue += other.overdue;
        self.in_time += other.in_time;
        self.decided += other.decided;
        for (sum, count) in self.by_status.iter_mut().zip(other.by_status) {
            *sum += count;
        }
        for (into, from) in [
            (&mut self.first_response, other.first_response),
            (&mut self.resolution, other.resolution),
        ] {
            for (seconds, count) in from {
                *into.entry(seconds).or_default() += count;
            }
        }
    }

    pub(super) fn figures(&self) -> Figures {
        let [open, answered, resolved, no_action] = self.by_status;
        Figures {
            cases: self.cases,
            with_contact: self.with_contact,
            open,
            overdue: self.overdue,
            answered,
            resolved,
            no_action,
            first_response: Span::of(&self.first_response),
            resolution: Span::of(&self.resolution),
            in_time: Share {
                percent: figures::rate(self.in_time, self.decided, &Query::default()),
                count: self.in_time,
                n: self.decided,
            },
        }
    }
}

impl Span {
    fn of(seconds: &BTreeMap<u32, u64>) -> Self {
        let Time {
            value,
            low,
            high,
            n,
        } = figures::median_seconds(seconds);
        Self {
            seconds: value,
            low,
            high,
            n,
        }
    }
}

/// Longer than a hundred years is as long as that.
fn seconds(microseconds: i64) -> u32 {
    u32::try_from(microseconds / 1_000_000).unwrap_or(u32::MAX)
}
