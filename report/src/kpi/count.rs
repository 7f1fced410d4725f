//! What sessions come to, counted: by stage, by what came back, by day. Nothing here grows with their number.

use std::collections::BTreeMap;

use super::figures::LeftOut;
use super::group::Group;
use super::link::Link;
use super::moved::Days;
use super::purchase::{Currency, Purchase};
use super::session::{Reply, Session, Sessions, VISIT_ENDS_AFTER};
use super::stage::Stage;
use crate::figures::amount::Amounts;
use crate::names::Names;
use crate::period::{Day, Periods};

/// All that is counted of a site.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// How many purchases there were within the period asked for.
    pub(super) purchases: u64,
    /// Their values, by currency.
    pub(super) values: BTreeMap<Option<Currency>, Amounts>,
    /// Of the period asked for; `None` in a stage where nobody was asked.
    pub(super) stages: [Option<BTreeMap<Reply, Group>>; 3],
    pub(super) left_out: LeftOut,
    /// Who was asked during the purchase, and ordered, by device; `None` is all of them.
    pub(super) during: BTreeMap<Option<String>, Days>,
}

/// What a session can tell about a stage in which somebody was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// All that it came to.
    Whole,
    /// Only what was on the page that asked: what came of it is on others, and nothing leads there.
    Unfollowed,
    /// Not yet what it will come to.
    Running,
}

impl Counts {
    pub(super) fn buy(&mut self, purchase: &Purchase) {
        self.purchases += 1;
        if let Some(value) = purchase.value {
            self.values.entry(purchase.currency).or_default().add(value);
        }
    }

    /// Adds sessions, none of which was added before.
    pub(super) fn add(
        &mut self,
        sessions: &Sessions,
        single_page: bool,
        periods: &Periods,
        names: &Names,
    ) {
        for (&link, session) in &sessions.asked {
            let standing = |stage| standing(sessions, (link, session), stage, single_page, periods);
            if periods.asked.has(session.received) {
                self.add_to_stages(sessions, (link, session), standing);
            }
            let is_whole = || standing(Stage::During) == Standing::Whole;
            if periods.change.has(session.received) && is_whole() {
                self.add_to_days(sessions, (link, session), names);
            }
        }
    }

    fn add_to_stages(
        &mut self,
        sessions: &Sessions,
        (link, session): (Link, &Session),
        standing: impl Fn(Stage) -> Standing,
    ) {
        let (mut is_unfollowed, mut is_running) = (false, false);
        for (stage, groups) in Stage::ALL.into_iter().zip(&mut self.stages) {
            let Some(replied) = session.replied(stage) else {
                continue;
            };
            let groups = groups.get_or_insert_default();
            match standing(stage) {
                Standing::Whole => {
                    let group = groups.entry(replied.reply).or_default();
                    group.add(sessions, link, session, (stage, replied));
                }
                Standing::Unfollowed => is_unfollowed = true,
                Standing::Running => is_running = true,
            }
        }
        self.left_out.unfollowed += u64::from(is_unfollowed);
        self.left_out.running += u64::from(is_running);
    }

    fn add_to_days(
        &mut self,
        sessions: &Sessions,
        (link, session): (Link, &Session),
        names: &Names,
    ) {
        let Some(replied) = session.replied(Stage::During) else {
            return;
        };
        let device = names
            .context_of(session.context)
            .map(|context| &context.device)
            .filter(|device| !device.is_empty());
        let has_ordered = sessions
            .orders(link, Stage::During, replied)
            .next()
            .is_some();
        let day = Day::of(session.received);
        for device in [None].into_iter().chain(device.map(Some)) {
            let days = match self.during.get_mut(&device.cloned()) {
                Some(days) => days,
                None => self.during.entry(device.cloned()).or_default(),
            };
            let (ordered, asked) = days.entry(day).or_default();
            *ordered += u64::from(has_ordered);
            *asked += 1;
        }
    }
}

fn standing(
    sessions: &Sessions,
    (link, session): (Link, &Session),
    stage: Stage,
    single_page: bool,
    periods: &Periods,
) -> Standing {
    // After the purchase it is on the very page that asks; before, pages must be told together.
    if stage != Stage::After && !(single_page || link.is_visit()) {
        return Standing::Unfollowed;
    }
    let ended = sessions.last_heard(link, session) + VISIT_ENDS_AFTER;
    if ended > periods.now {
        Standing::Running
    } else {
        Standing::Whole
    }
}
