//! What one survey's answers say: figures, then how many were asked and answered, then the scores.

use super::{bars, row, words};
use crate::figures::{ANSWERS_FIRM, ANSWERS_MIN, Figure, Rate};
use crate::summary::SurveyReport;

pub(super) fn block(survey: &SurveyReport) -> Vec<String> {
    let title = format!(
        "{}: {} on {}",
        survey.survey,
        words::metric(survey.metric),
        survey.site
    );
    let mut lines = vec![title];
    lines.extend(figures(survey));
    lines.push(String::new());
    lines.push(row("impressions", survey.impressions, ""));
    lines.push(row(
        "responses",
        survey.responses,
        &rate(survey.response_rate),
    ));
    lines.push(row("completed", survey.complete, ""));
    lines.push(row("dismissals", survey.dismissals, ""));
    if survey.n > 0 {
        lines.push(String::new());
        lines.extend(bars::block(&survey.distribution));
    }
    lines
}

fn figures(survey: &SurveyReport) -> Vec<String> {
    if survey.figures.iter().all(|figure| figure.value.is_none()) {
        return vec![format!(
            "  too few answers: {} of at least {ANSWERS_MIN}",
            survey.n
        )];
    }
    survey.figures.iter().map(figure).collect()
}

fn figure(figure: &Figure) -> String {
    let value = figure
        .value
        .map(|value| words::value(figure.name, value))
        .unwrap_or_default();
    let preliminary = if figure.n < ANSWERS_FIRM {
        ", preliminary"
    } else {
        ""
    };
    let remark = format!("{}, n = {}{preliminary}", interval(figure), figure.n);
    row(words::figure(figure.name), value, &remark)
}

fn interval(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => {
            let number = |value| words::number(figure.name, value);
            format!("95 % interval {} to {}", number(low), number(high))
        }
        _ if figure.n > 1 => "no interval: all answered alike".to_owned(),
        _ => "no interval".to_owned(),
    }
}

fn rate(rate: Option<Rate>) -> String {
    rate.map_or_else(String::new, |Rate { value, low, high }| {
        format!("{value:.1} % of impressions, 95 % interval {low:.1} to {high:.1}")
    })
}
