//! One survey on the overview: its figure with its range, whether it moved, and the last weeks.

use super::chart::{self, Scale, Trend};
use super::piece::{IntoPiece, Piece};
use super::{Asked, words};
use jiff::civil::Date;
use leptos::prelude::*;
use report::render::words::{
    capitalised, fallen, figure as figure_name, metric, number, thousands, too_few, value,
};
use report::{ANSWERS_FIRM, Figure, SurveyReport};

/// The card; `since` is when the change on top of the page began, if it is this survey's.
pub(super) fn card(survey: &SurveyReport, asked: &Asked, since: Option<Date>) -> Piece {
    let id = format!("{}-{}-{}", survey.survey, survey.metric.name(), survey.site);
    let address = asked.address_of(&survey.survey, &survey.site);
    let subtitle = format!("{} on {}", metric(survey.metric), survey.site);
    let figure = survey.summary.figures.first();
    let class = if survey.has_fallen() {
        "card alarm"
    } else {
        "card"
    };
    view! {
        <li class=class id=format!("card-{id}")>
            <h3><a href=address>{survey.survey.clone()}</a></h3>
            <p class="soft">{subtitle}</p>
            {figure.map(|figure| shown(figure, survey))}
            {change(survey)}
            {alert(survey)}
            {days(survey, &id, since, 150.0)}
            {rates(survey)}
        </li>
    }
    .piece()
}

/// The value as large as it deserves, its range drawn and said.
pub(super) fn shown(figure: &Figure, survey: &SurveyReport) -> Piece {
    let Some(known) = figure.value else {
        let said = capitalised(&too_few(&survey.summary, survey.metric));
        return view! { <p class="few">{said}</p> }.piece();
    };
    let range = figure.low.zip(figure.high).map(|(low, high)| {
        format!(
            "{} to {}",
            number(figure.name, low),
            number(figure.name, high)
        )
    });
    let preliminary =
        (figure.n < ANSWERS_FIRM).then(|| view! { <span class="chip">"preliminary"</span> });
    let drawn = chart::range(
        known,
        [figure.low, figure.high],
        Scale::whole(figure.name),
        None,
    );
    view! {
        <p class="value">
            <strong>{value(figure.name, known)}</strong>
            <span class="name">{figure_name(figure.name)}</span>
            {preliminary}
        </p>
        {drawn}
        <p class="soft numbers">{range}", from "{thousands(figure.n)}" answers"</p>
    }
    .piece()
}

/// Whether it moved.
pub(super) fn change(survey: &SurveyReport) -> Option<Piece> {
    let class = change_class(survey.has_fallen());
    let said = words::change(survey)?;
    Some(view! { <p class=class>{said}</p> }.piece())
}

/// How a sentence about a change looks.
pub(super) const fn change_class(fell: bool) -> &'static str {
    if fell { "change warn" } else { "change" }
}

/// The fall that the daily values show.
pub(super) fn alert(survey: &SurveyReport) -> Option<Piece> {
    let said = capitalised(&fallen(survey.alert.as_ref()?));
    Some(view! { <p class="warn"><span class="chip">"Alert"</span>" "{said}</p> }.piece())
}

/// The trend with its numbers.
pub(super) fn days(
    survey: &SurveyReport,
    id: &str,
    since: Option<Date>,
    height: f64,
) -> Option<Piece> {
    let name = figure_name(survey.days.first()?.figure.name);
    let trend = Trend {
        title: format!("{}: {name}, day by day", survey.survey),
        days: &survey.days,
        since,
        height,
    };
    let drawn = chart::trend(&trend)?;
    let caption = match since {
        Some(_) => format!(
            "{}, day by day; the dashed line is where it changed",
            capitalised(name)
        ),
        None => format!("{}, day by day", capitalised(name)),
    };
    let label = format!("{}, day by day", survey.survey);
    let rows = chart::trend_rows(&survey.days);
    let numbers = chart::table(&label, &["Day (UTC)", "Value", "Range", "Answers"], rows);
    Some(chart::figure(
        &format!("days-{id}"),
        &caption,
        drawn,
        numbers,
    ))
}

fn rates(survey: &SurveyReport) -> Piece {
    let summary = &survey.summary;
    let rate = summary.response_rate.map(|rate| {
        format!(
            " ({:.1} %, {:.1} to {:.1})",
            rate.value, rate.low, rate.high
        )
    });
    view! {
        <p class="soft numbers">
            {thousands(summary.responses)}" of "{thousands(summary.impressions)}" who saw it answered"{rate}
            "; "{thousands(summary.comments)}" wrote something"
        </p>
    }
    .piece()
}
