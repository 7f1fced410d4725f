//! Cases whose time has run out since one looked last. Reading all of the journal costs, so it is read only
//! when the next case can be due.

use super::alert::Alert;
use super::case::Case;
use super::kind::Kind;
use jiff::{SignedDuration, Timestamp};
use report::cases::{self, Wanted, Which};
use report::{Query, ReadError};
use std::path::Path;

/// What became overdue before anybody was told of such things is told for a day.
const AT_FIRST: SignedDuration = SignedDuration::from_hours(24);
/// What became overdue in a long silence is told for a week.
const AT_MOST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Nothing that is stored from now on is due sooner.
const SOONEST: SignedDuration = SignedDuration::from_hours(cases::DUE_HOURS - 1);
/// Looked no oftener than this, however many cases there are.
const PAUSE: SignedDuration = SignedDuration::from_secs(300);

/// What was found.
pub(super) struct Found {
    pub(super) alerts: Vec<Alert>,
    /// When to look again.
    pub(super) again_at: Timestamp,
}

/// Cases that became overdue until `now` and after `told`, until when all was told.
pub(super) fn since(
    told: Option<Timestamp>,
    data: &Path,
    now: Timestamp,
) -> Result<Found, ReadError> {
    let ago = |span| now.checked_sub(span).unwrap_or(Timestamp::MIN);
    // A clock that was set back tells nothing twice.
    let after = told.unwrap_or_else(|| ago(AT_FIRST));
    let after = after.max(ago(AT_MOST)).min(now);
    let wanted = Wanted {
        // However long ago they were opened: one that is opened again is due again.
        query: Query::default(),
        owner: None,
        now,
        which: Which::DueAfter(after),
        most: usize::MAX,
    };
    let found = cases::read(data, &wanted, &|_, _| {})?.cases;
    let later = found
        .iter()
        .map(|case| case.due_at)
        .filter(|due_at| *due_at > now);
    let at_last = now.checked_add(SOONEST).unwrap_or(Timestamp::MAX);
    let next = later.min().unwrap_or(at_last).min(at_last);
    let again_at = next.max(now.checked_add(PAUSE).unwrap_or(Timestamp::MAX));
    let alerts = found.iter().filter(|case| case.due_at <= now);
    Ok(Found {
        alerts: alerts.filter_map(alert).collect(),
        again_at,
    })
}

fn alert(case: &cases::Case) -> Option<Alert> {
    let response = &case.response;
    let told = Case {
        id: case.id(),
        site: response.site.clone(),
        survey: response.survey.clone(),
        metric: response.metric,
        score: response.score?,
        page: response.page.clone(),
        device: response.device.clone(),
        contact: response.contact,
        received_at: case.opened_at,
        due_at: case.due_at,
        owner: case.owner.clone(),
        quote: response.comment.clone(),
        link: None,
    };
    let mut alert = Alert::of_case(Kind::Overdue, told, case.due_at);
    // One that is opened again may be overdue again.
    alert.key.push(case.due_at.to_string());
    Some(alert)
}
