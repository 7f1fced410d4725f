//! The report as a page in one file: what moved most, then survey by survey.

use super::words;
use crate::by::By;
use crate::comments::{Quote, Said, Voices};
use crate::digest::comments_as_html;
use crate::figures::{Figure, Rate};
use crate::headline::Headline;
use crate::page::chart::{self, Known, Point};
use crate::page::{escape, figure, page, table};
use crate::segment_report::SegmentReport;
use crate::summary::Report;
use crate::survey_report::{Summary, SurveyReport};
use crate::verdict::thousands;
use survey::metric::Metric;

/// The report as a page that loads nothing and runs nothing.
#[must_use]
pub fn html(report: &Report, said: &Said) -> String {
    let mut body = "<h1>Hark report</h1>\n".to_owned();
    let filters = report.query.filters();
    if !filters.is_empty() {
        body += &format!(
            "<p class=\"soft\">Only {}</p>\n",
            escaped(&filters.join(", "))
        );
    }
    if let Some(headline) = &report.headline {
        body += &moved_most(headline, said.voices.as_ref());
    }
    if report.surveys.is_empty() {
        body += "<p>No answers are among those asked for.</p>\n";
    }
    for one in &report.surveys {
        body += &survey(one, report.query.by.as_ref());
        if let Some(comments) = said.on(&one.survey, &one.site, one.metric) {
            body += &comments_as_html(comments, "What comments are about");
        }
        for comments in said.by_language_on(&one.survey, &one.site, one.metric) {
            let language = comments.language.as_deref().unwrap_or_default();
            body += &comments_as_html(comments, &format!("What comments in {language} are about"));
        }
    }
    let lines = &report.lines;
    body += &format!(
        "<h2>What it rests on</h2>\n<p>{} lines read: {} unreadable, {} duplicate, {} automated{}.</p>\n",
        thousands(lines.read),
        lines.unreadable,
        lines.duplicate,
        lines.automated,
        lines.over_quota_too()
    );
    page("Hark report", &body)
}

/// What moved most, where, since when, how sure, and what people say.
pub(crate) fn moved_most(headline: &Headline, voices: Option<&Voices>) -> String {
    let class = if headline.fell() { "lead warn" } else { "lead" };
    let mut panel = format!(
        "<section class=\"panel\">\n<p class=\"{class}\">{}</p>\n",
        escaped(&format!(
            "{} on {}: {}",
            headline.survey,
            headline.site,
            words::moved(headline.figure, &headline.verdict)
        ))
    );
    if let Some(elsewhere) = &headline.elsewhere {
        panel += &format!("<p class=\"soft\">{}</p>\n", escaped(elsewhere));
    }
    let shown = |side: &crate::comparison::Side| {
        let value = side.value.map_or_else(
            || "–".to_owned(),
            |value| words::value(headline.figure, value),
        );
        vec![escaped(&value), thousands(side.n)]
    };
    let row = |label: &str, side| [vec![label.to_owned()], shown(side)].concat();
    panel += &table(
        &["", words::figure(headline.figure), "n"],
        &[
            row("before", &headline.before),
            row("since", &headline.after),
        ],
    );
    if let Some(voices) = voices.filter(|voices| !voices.quotes.is_empty()) {
        panel += &format!(
            "<p class=\"soft\">{} comments since then{}</p>\n",
            voices.comments,
            escaped(&super::said::about(voices))
        );
        panel += &voices.quotes.iter().map(quote).collect::<String>();
    }
    panel + "</section>\n"
}

fn quote(quote: &Quote) -> String {
    let score = quote.score.map_or_else(String::new, |score| {
        format!(" <span class=\"soft\">scored {score}</span>")
    });
    format!(
        "<blockquote lang=\"{}\" dir=\"auto\">{}{score}</blockquote>\n",
        escaped(&quote.language),
        escaped(&quote.text)
    )
}

fn survey(survey: &SurveyReport, by: Option<&By>) -> String {
    let summary = &survey.summary;
    let title = format!(
        "{}: {} on {}",
        survey.survey,
        words::metric(survey.metric),
        survey.site
    );
    let mut section = format!("<h2>{}</h2>\n", escaped(&title));
    section += &figures(summary, survey.metric);
    if let Some(comparison) = &survey.comparison {
        let moved = words::moved(comparison.figure, &comparison.verdict);
        let moved = words::capitalised(&moved);
        section += &format!("<p class=\"lead\">{}</p>\n", escaped(&moved));
    }
    for moved in words::moved_rates(&survey.rate_changes) {
        let moved = words::capitalised(&moved);
        section += &format!("<p class=\"lead\">{}</p>\n", escaped(&moved));
    }
    if let Some(alert) = &survey.alert {
        let fallen = words::fallen(alert);
        section += &format!("<p class=\"warn\">Alert: {}</p>\n", escaped(&fallen));
    }
    section += &counts(summary);
    section += &days(survey);
    section += &scores(survey);
    if let (Some(by), Some(found)) = (by, survey.segments.as_ref())
        && !found.is_empty()
    {
        section += &segments(by, found);
    }
    section
}

fn counts(summary: &Summary) -> String {
    let time = &summary.seconds_to_answer;
    let preliminary = words::preliminary(time.n);
    let time = match (time.value, time.low, time.high) {
        (Some(value), Some(low), Some(high)) => {
            format!(
                "; {value:.1} s to answer (median, 95 % interval {low:.1} to {high:.1}{preliminary})"
            )
        }
        (Some(value), ..) => format!("; {value:.1} s to answer (median{preliminary})"),
        _ => String::new(),
    };
    let counted = format!(
        "{} impressions, {} responses{}, {} dismissals; {} completed{}; {} with a comment{}{time}",
        thousands(summary.impressions),
        thousands(summary.responses),
        rate(summary.response_rate),
        thousands(summary.dismissals),
        thousands(summary.complete),
        rate(summary.completion),
        thousands(summary.comments),
        rate(summary.comment_share),
    );
    format!("<p class=\"soft\">{}</p>\n", escaped(&counted))
}

fn figures(summary: &Summary, metric: Metric) -> String {
    let figures = &summary.figures;
    if figures.iter().all(|figure| figure.value.is_none()) {
        return format!(
            "<p>{}.</p>\n",
            escaped(&words::capitalised(&words::too_few(summary, metric)))
        );
    }
    let rows: Vec<Vec<String>> = figures
        .iter()
        .map(|figure| [vec![escaped(words::figure(figure.name))], cells(figure)].concat())
        .collect();
    table(&["", "value", "95 % interval", "n"], &rows)
}

/// Value, interval and n.
fn cells(figure: &Figure) -> Vec<String> {
    let value = figure
        .value
        .map_or_else(|| "–".to_owned(), |value| words::value(figure.name, value));
    let interval = match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!(
            "{} to {}",
            words::number(figure.name, low),
            words::number(figure.name, high)
        ),
        _ => "–".to_owned(),
    };
    let mark = match figure.value {
        Some(_) => words::preliminary(figure.n),
        None => "",
    };
    vec![
        escaped(&value),
        escaped(&interval),
        format!("{}{mark}", thousands(figure.n)),
    ]
}

fn rate(rate: Option<Rate>) -> String {
    rate.map_or_else(String::new, |rate| {
        let Rate {
            value,
            low,
            high,
            n,
        } = rate;
        let preliminary = words::preliminary(n);
        format!(" ({value:.1} %, 95 % interval {low:.1} to {high:.1}{preliminary})")
    })
}

fn days(survey: &SurveyReport) -> String {
    let Some(figure_name) = survey.summary.figures.first().map(|figure| figure.name) else {
        return String::new();
    };
    if survey.days.iter().filter(|day| day.value.is_some()).count() < 2 {
        return String::new();
    }
    let points: Vec<Point> = survey
        .days
        .iter()
        .map(|day| Point {
            label: day.day.strftime("%-d %b").to_string(),
            value: day.value.map(|value| Known {
                value,
                low: value,
                high: value,
            }),
        })
        .collect();
    let rows: Vec<Vec<String>> = survey
        .days
        .iter()
        .map(|day| {
            let value = day
                .value
                .map_or_else(|| "–".to_owned(), |value| words::value(figure_name, value));
            let mark = day.value.map_or("", |_| words::preliminary(day.n));
            vec![
                day.day.to_string(),
                escaped(&value),
                format!("{}{mark}", day.n),
            ]
        })
        .collect();
    let caption = format!("{}, day by day", words::figure(figure_name));
    figure(
        &caption,
        &chart::over_time(&caption, &points, scale(figure_name), None),
        &table(&["day", "value", "n"], &rows),
    )
}

/// What a figure can be at least and at most.
const fn scale(name: crate::figures::FigureName) -> (f64, f64) {
    use crate::figures::FigureName;
    match name {
        FigureName::Nps => (-100.0, 100.0),
        FigureName::CsatMean => (1.0, 5.0),
        FigureName::CesMean => (1.0, 7.0),
        FigureName::Csat
        | FigureName::CsatBottom2
        | FigureName::CesEasy
        | FigureName::ResponseRate
        | FigureName::Completion
        | FigureName::CommentShare => (0.0, 100.0),
    }
}

fn scores(survey: &SurveyReport) -> String {
    if survey.summary.n == 0 {
        return String::new();
    }
    let counts: Vec<(String, u64)> = survey
        .summary
        .distribution
        .points()
        .map(|(score, count)| (score.to_string(), count))
        .collect();
    let rows: Vec<Vec<String>> = counts
        .iter()
        .map(|(score, count)| vec![score.clone(), count.to_string()])
        .collect();
    figure(
        "Answers by score",
        &chart::bars(&format!("{}: answers by score", survey.survey), &counts),
        &table(&["score", "answers"], &rows),
    )
}

fn segments(by: &By, segments: &[SegmentReport]) -> String {
    let rows: Vec<Vec<String>> = segments
        .iter()
        .map(|segment| {
            let figure = segment.summary.compared();
            let verdict = segment
                .comparison
                .as_ref()
                .map_or("", |comparison| comparison.verdict.as_str());
            [
                vec![escaped(segment.value())],
                figure.map_or_else(|| vec![String::new(); 3], cells),
                vec![escaped(verdict)],
            ]
            .concat()
        })
        .collect();
    let heads = [
        by.name(),
        "value",
        "95 % interval",
        "n",
        "beside the others",
    ];
    format!(
        "<h3>By {}</h3>\n{}",
        escaped(by.name()),
        table(&heads, &rows)
    )
}

/// Text as HTML; a number stays with its unit.
fn escaped(text: &str) -> String {
    escape::escaped(text).replace(" %", "\u{a0}%")
}
