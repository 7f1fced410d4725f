//! Sentences that page and text share.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Digest, FollowUp, FollowUps, SurveyDigest};
use crate::comments::{Effect, Quote, Topic, Voices};
use crate::figures::{ANSWERS_MIN, Figure};
use crate::headline::Headline;
use crate::render::words::{
    capitalised, fallen, figure as figure_name, level, metric, moved, number, signed, value,
};
use crate::render::{self, about};

/// `checkout-effort: CES (ease) on demo`.
pub(super) fn title(survey: &SurveyDigest) -> String {
    format!(
        "{}: {} on {}",
        survey.survey,
        metric(survey.metric),
        survey.site
    )
}

/// What moved most, where, since when, how sure.
pub(super) fn headline(headline: &Headline) -> String {
    format!(
        "{} on {}: {}",
        headline.survey,
        headline.site,
        moved(headline.figure, &headline.verdict)
    )
}

/// How many speak of it, and of what.
pub(super) fn voices(voices: &Voices) -> String {
    format!("{} comments since then{}:", voices.comments, about(voices))
}

/// The stretch and what it is compared with.
pub(super) fn period(digest: &Digest) -> String {
    let day = |moment: Timestamp| {
        moment
            .to_zoned(TimeZone::UTC)
            .strftime("%a %-d %b %Y, %H:%M")
            .to_string()
    };
    format!(
        "{} to {} UTC, beside the same time before",
        day(digest.since),
        day(digest.until)
    )
}

/// The figure with its interval, or why there is none.
pub(super) fn figure(figure: &Figure) -> String {
    let Some(known) = figure.value else {
        return format!(
            "{}: too few answers, {} of at least {ANSWERS_MIN}",
            figure_name(figure.name),
            figure.n
        );
    };
    let interval = match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!(
            "95 % interval {} to {}, ",
            number(figure.name, low),
            number(figure.name, high)
        ),
        _ => String::new(),
    };
    let preliminary = render::words::preliminary(figure.n);
    format!(
        "{} {} ({interval}n = {}{preliminary})",
        figure_name(figure.name),
        value(figure.name, known),
        figure.n
    )
}

/// Whether it moved, in a sentence.
pub(super) fn change(survey: &SurveyDigest) -> String {
    let Some(found) = &survey.comparison else {
        return "nothing to compare with".to_owned();
    };
    if found.there.n == 0 {
        return "nothing to compare with: no answers in the time before".to_owned();
    }
    let verdict = moved(found.figure, &found.verdict);
    let (Some(before), Some(low), Some(high)) = (found.there.value, found.low, found.high) else {
        return verdict;
    };
    format!(
        "{verdict}. {} before, 95 % interval of the difference {} to {}",
        value(found.figure, before),
        signed(found.figure, low),
        signed(found.figure, high)
    )
}

/// The fall that the daily values show, if they do.
pub(super) fn alert(survey: &SurveyDigest) -> Option<String> {
    survey
        .alert
        .as_ref()
        .map(|found| capitalised(&format!("alert: {}", fallen(found))))
}

/// What is to be said of a topic beside its number, most important first.
#[must_use]
pub fn topic(topic: &Topic) -> String {
    let mut said = Vec::new();
    if topic.is_new() {
        said.push("new".to_owned());
    } else if topic.is_rising() {
        let shares = topic
            .recent
            .map_or((0.0, 0.0), |recent| (recent.other_share, recent.share));
        said.push(format!(
            "up from {:.0} % to {:.0} % of comments",
            shares.0, shares.1
        ));
    } else if topic.recent.is_some_and(|recent| recent.is_less()) {
        said.push("mentioned less of late".to_owned());
    }
    if topic.low_scorers.is_some_and(|low| low.is_more()) {
        said.push("low scorers mention it more".to_owned());
    }
    said.extend(topic.effect.as_ref().map(effect));
    said.join("; ")
}

/// How the score of those who mention it differs, and how sure that is.
fn effect(effect: &Effect) -> String {
    let interval = match (effect.low, effect.high) {
        (Some(low), Some(high)) => format!(
            ", 95 % interval {} to {}",
            number(effect.figure, low),
            number(effect.figure, high)
        ),
        _ => String::new(),
    };
    let doubt = if effect.is_clear() {
        ""
    } else {
        ", which could be chance"
    };
    format!(
        "{} with it, {} without ({}{interval}{doubt})",
        level(effect.figure, effect.with),
        value(effect.figure, effect.without),
        signed(effect.figure, effect.value),
    )
}

/// What the data rests on, and what is wrong with it.
pub(super) fn quality(digest: &Digest) -> Vec<String> {
    let lines = &digest.lines;
    let mut said = vec![format!(
        "{} lines read: {} unreadable, {} duplicate, {} automated left out{}",
        lines.read,
        lines.unreadable,
        lines.duplicate,
        lines.automated,
        lines.over_quota_too()
    )];
    for place in &lines.unreadable_places {
        said.push(format!(
            "{}:{}: {}",
            place.file.display(),
            place.line,
            place.reason
        ));
    }
    for survey in &digest.surveys {
        let rate = |rate: &Option<crate::figures::Rate>| {
            rate.map_or_else(
                || "too few for a share".to_owned(),
                |rate| format!("{:.1} %", rate.value),
            )
        };
        said.push(format!(
            "{}: {} of {} impressions answered ({}, before {}), {} to the end",
            survey.survey,
            survey.responses,
            survey.impressions,
            rate(&survey.response_rate),
            rate(&survey.response_rate_before),
            survey.complete
        ));
        let whole = || survey.days.iter().filter(|day| is_whole(day.date, digest));
        let silent = whole().filter(|day| day.figure.n == 0).count();
        if silent > 0 {
            said.push(format!(
                "{}: no answer on {silent} of {} days",
                survey.survey,
                whole().count()
            ));
        }
        if let Some(sampled) = survey
            .comments
            .as_ref()
            .and_then(|comments| comments.sampled)
        {
            said.push(format!(
                "{}: words were looked for in {sampled} comments",
                survey.survey
            ));
        }
    }
    said
}

/// Is all of the day in what was heard? Somebody may yet answer today.
fn is_whole(day: Date, digest: &Digest) -> bool {
    let starts = |day: Date| day.to_zoned(TimeZone::UTC).map(|start| start.timestamp());
    let (start, end) = (starts(day), day.tomorrow().and_then(starts));
    start.is_ok_and(|start| start >= digest.before) && end.is_ok_and(|end| end <= digest.until)
}

/// How many wait, and how well others were followed up.
pub(super) fn waiting(follow_ups: &FollowUps) -> Vec<String> {
    if follow_ups.total == 0 && follow_ups.figures.cases == 0 {
        return vec!["No low score came with a comment or a contact.".to_owned()];
    }
    let mut said = vec![match follow_ups.total {
        0 => "Nobody waits for an answer.".to_owned(),
        total => format!(
            "{total} wait for an answer, {} of them overdue; {} left a contact",
            follow_ups.overdue, follow_ups.with_contact
        ),
    }];
    if follow_ups.figures.cases > 0 {
        let [_, rest @ ..] = &render::case_figures(&follow_ups.figures)[..] else {
            return said;
        };
        said.push(format!(
            "cases opened in this time: {}",
            follow_ups.figures.cases
        ));
        said.extend(rest.iter().cloned());
    }
    said.iter().map(|said| capitalised(said)).collect()
}

/// When an answer is due, where, and who takes care of it.
pub(super) fn follow_up(follow_up: &FollowUp) -> String {
    let due = if follow_up.overdue {
        "overdue since"
    } else {
        "due"
    };
    let owner = follow_up.owner.as_deref();
    let owner = owner.map_or_else(String::new, |owner| format!(", {owner} takes care of it"));
    let contact = if follow_up.contact {
        ", contact left"
    } else {
        ""
    };
    format!(
        "{due} {}, {}: scored {}{contact}{owner}",
        moment(follow_up.due_at),
        follow_up.survey,
        follow_up.score
    )
}

/// A moment as a day and a time, in UTC.
pub(super) fn moment(moment: Timestamp) -> String {
    moment
        .to_zoned(TimeZone::UTC)
        .strftime("%a %-d %b, %H:%M")
        .to_string()
}

/// Quotes told already: a comment on two themes is quoted for the first.
#[derive(Default)]
pub(super) struct Told(HashSet<String>);

impl Told {
    /// The quotes of a topic that speaks for itself, without those told before.
    pub(super) fn new_of<'t>(&mut self, topic: &'t Topic) -> impl Iterator<Item = &'t Quote> {
        let speaks = topic.is_rising() || topic.low_scorers.is_some_and(|low| low.is_more());
        let quotes = topic.quotes.iter().filter(move |_| speaks);
        quotes.filter(|quote| self.0.insert(quote.text.clone()))
    }
}
