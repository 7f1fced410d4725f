//! What the events cannot tell, in words: nobody should have to find out from a figure that is wrong.

use super::figures::{LeftOut, StageKpi};
use super::level::Measure;
use super::stage::Stage;
use super::{Purchases, SiteKpi};
use crate::figures::ANSWERS_FIRM;
use crate::verdict::thousands;

/// The most important first.
pub(super) fn sentences(site: &SiteKpi, has_contact_events: bool) -> Vec<String> {
    let stages = &site.stages;
    let mut said = Vec::new();
    if site.purchases.n == 0 {
        said.push(
            "Whether anybody ordered: no `purchase` event came. Send hark('event', 'purchase', \
             {value: 49.9, currency: 'EUR'}) once for each order."
                .to_owned(),
        );
    }
    said.push(
        "Whether one causes the other: who cannot pay gives a low score and orders nothing for \
         the same reason."
            .to_owned(),
    );
    said.push(
        "The conversion of the whole shop: only sessions in which a survey was shown are here."
            .to_owned(),
    );
    said.extend(left_out(site.left_out));
    let is_before = |stage: &StageKpi| stage.stage != Stage::After;
    if stages.iter().any(is_before) {
        said.push(
            "Pages after the last thing that was recorded: pages are `at least`, one page only \
             is `at most`."
                .to_owned(),
        );
    }
    if !has_contact_events {
        said.push(
            "Who asked the shop for help: no `contact` event came. In contact are those who left \
             an address in a survey."
                .to_owned(),
        );
    }
    if stages.iter().any(is_worth_unknown) {
        said.push(
            "What a session is worth, where purchases name another currency or no value: to leave out \
             their sessions would be to leave out buyers and nobody else."
                .to_owned(),
        );
    }
    said.extend(told(&site.purchases));
    if stages.iter().any(is_preliminary) {
        said.push(format!(
            "How firm figures of fewer than {ANSWERS_FIRM} sessions or purchases are: those marked ~ \
             are preliminary."
        ));
    }
    said
}

/// Sessions of which nothing is said, or not everywhere, and why.
fn left_out(left_out: LeftOut) -> impl Iterator<Item = String> {
    let rows = [
        (
            left_out.unfollowed,
            "session",
            "without consent: such sessions end with their page. The others may behave differently.",
        ),
        (
            left_out.without_session,
            "question",
            "without a session, as after consent was denied: no figure has what no session names.",
        ),
        (
            left_out.running,
            "session",
            "going on less than half an hour ago: an order may still come.",
        ),
    ];
    rows.into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, what, why)| {
            let plural = if count == 1 { "" } else { "s" };
            format!("What came of {} {what}{plural} {why}", thousands(count))
        })
}

fn is_worth_unknown(stage: &StageKpi) -> bool {
    stage.bands.iter().any(|band| {
        let worth = band.levels.get(&Measure::ValuePerSession);
        worth.is_some_and(|level| level.n < band.sessions)
    })
}

fn is_preliminary(stage: &StageKpi) -> bool {
    let mut levels = stage.bands.iter().flat_map(|band| &band.levels);
    levels.any(|(_, level)| level.value.is_some() && level.n < ANSWERS_FIRM)
}

/// What was told and left out.
fn told(purchases: &Purchases) -> Option<String> {
    let told = &purchases.told;
    let others: u64 = told.other_currencies.values().sum();
    let names: Vec<&str> = told
        .other_currencies
        .keys()
        .map(|name| if name.is_empty() { "none named" } else { name })
        .collect();
    let parts = [
        (told.twice, "told twice, counted once".to_owned()),
        (
            told.negative,
            "with a negative value, not counted".to_owned(),
        ),
        (told.automated, "by programs, not counted".to_owned()),
        (
            told.without_value,
            "without a value that is a number, in no value".to_owned(),
        ),
        (
            others,
            format!("in other currencies ({}), in no value", names.join(", ")),
        ),
        (
            told.without_session,
            "that name no session, in the totals only".to_owned(),
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", thousands(count)))
        .collect();
    (!parts.is_empty()).then(|| format!("The whole of what was bought: {}.", parts.join("; ")))
}
