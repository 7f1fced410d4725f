//! The digest as a page: one file, nothing loaded, for screens, phones and paper.

use super::text::TERMS;
use super::words::Told;
use super::{Digest, SurveyDigest, words};
use crate::comments::{Quote, SurveyComments, Topic};
use crate::figures::{Figure, FigureName};
use crate::page::chart::{self, Known, Point};
use crate::page::{escape, figure, page, table};
use crate::render::moved_most;
use crate::render::words::{capitalised, number, value};

/// The digest as a page.
#[must_use]
pub fn html(digest: &Digest) -> String {
    let mut body = format!(
        "<h1>Hark digest</h1>\n<p class=\"soft\">{}</p>\n",
        escaped(&words::period(digest))
    );
    if let Some(headline) = &digest.headline {
        body += &moved_most(headline, digest.voices.as_ref());
    }
    body += "<h2>What moved</h2>\n";
    if digest.surveys.is_empty() {
        body += "<p>Nothing was asked in this time.</p>\n";
    }
    for survey in &digest.surveys {
        body += &moved(survey);
    }
    body += "<h2>What people say</h2>\n<p class=\"soft\">In both stretches.</p>\n";
    let commented: Vec<&SurveyComments> = digest
        .surveys
        .iter()
        .filter_map(|survey| survey.comments.as_ref())
        .collect();
    if commented.is_empty() {
        body += "<p>Nobody left a comment in this time.</p>\n";
    }
    for comments in commented {
        body += &comments_as_html(comments, &comments.survey);
    }
    body += "<h2>To follow up</h2>\n";
    body += &follow_ups(digest);
    body += "<h2>Data quality</h2>\n<ul>\n";
    for line in words::quality(digest) {
        body += &format!("<li>{}</li>\n", escaped(&line));
    }
    body += "</ul>\n<p class=\"soft\">95 % intervals: adjusted Wald for NPS, Wilson for shares; changes \
             are tested as in the report, all tests corrected for each other. Days with fewer than ten answers have no value. Comments of \
             fewer than five people are not shown.</p>\n";
    page("Hark digest", &body)
}

fn moved(survey: &SurveyDigest) -> String {
    let class = if survey.has_fallen() {
        "lead warn"
    } else {
        "lead"
    };
    let shown = survey
        .figure
        .value
        .map_or_else(|| "–".to_owned(), |known| value(survey.figure.name, known));
    let alert = words::alert(survey).map_or_else(String::new, |alert| {
        format!("<p class=\"warn\">{}</p>\n", escaped(&alert))
    });
    format!(
        "<section class=\"panel\">\n<h3>{}</h3>\n<p class=\"value\">{}</p>\n<p class=\"{class}\">{}</p>\n{alert}<p class=\"soft\">{}</p>\n{}{}</section>\n",
        escaped(&words::title(survey)),
        escaped(&shown),
        escaped(&capitalised(&words::change(survey))),
        escaped(&words::figure(&survey.figure)),
        over_time(survey),
        scores(survey),
    )
}

fn over_time(survey: &SurveyDigest) -> String {
    let points: Vec<Point> = survey
        .days
        .iter()
        .map(|day| Point {
            label: day.date.strftime("%-d %b").to_string(),
            value: known(&day.figure),
        })
        .collect();
    if points.iter().all(|point| point.value.is_none()) {
        return String::new();
    }
    let rows: Vec<Vec<String>> = survey
        .days
        .iter()
        .map(|day| row(day.date.to_string(), &day.figure))
        .collect();
    let caption = "Day by day with 95 % intervals; the dashed line is where the stretch begins";
    let scale = match survey.figure.name {
        FigureName::Nps => (-100.0, 100.0),
        _ => (0.0, 100.0),
    };
    let title = format!("{}: {caption}", survey.survey);
    let now = survey.days.len() / 2;
    figure(
        caption,
        &chart::over_time(&title, &points, scale, Some(now)),
        &table(&["day", "value", "95 % interval", "n"], &rows),
    )
}

fn row(label: String, figure: &Figure) -> Vec<String> {
    let shown = |value: Option<f64>| {
        value.map_or_else(|| "–".to_owned(), |value| number(figure.name, value))
    };
    vec![
        label,
        shown(figure.value),
        format!("{} to {}", shown(figure.low), shown(figure.high)),
        figure.n.to_string(),
    ]
}

fn known(figure: &Figure) -> Option<Known> {
    let value = figure.value?;
    Some(Known {
        value,
        low: figure.low.unwrap_or(value),
        high: figure.high.unwrap_or(value),
    })
}

fn scores(survey: &SurveyDigest) -> String {
    let counts: Vec<(String, u64)> = survey
        .distribution
        .points()
        .map(|(score, count)| (score.to_string(), count))
        .collect();
    let rows: Vec<Vec<String>> = counts
        .iter()
        .map(|(score, count)| vec![score.clone(), count.to_string()])
        .collect();
    figure(
        "Answers by score, now",
        &chart::bars(&format!("{}: answers by score", survey.survey), &counts),
        &table(&["score", "answers"], &rows),
    )
}

/// What comments are about, under a heading.
pub(crate) fn comments_as_html(comments: &SurveyComments, heading: &str) -> String {
    let covered = comments.covered.map_or_else(String::new, |rate| {
        format!("; themes cover {:.0} % of them", rate.value)
    });
    let mut section = format!(
        "<h3>{}</h3>\n<p class=\"soft\">{} comments{covered}</p>\n",
        escaped(heading),
        comments.comments
    );
    let (named, seldom) = comments.themes_by_weight();
    let phrases = comments.terms.iter().take(TERMS);
    section += "<ul>\n";
    let mut told = Told::default();
    for one in named {
        section += &topic(&escaped(&one.name), one, &mut told);
    }
    for one in phrases {
        section += &topic(&format!("“{}”", escaped(&one.name)), one, &mut told);
    }
    if !seldom.is_empty() {
        section += &format!(
            "<li class=\"soft\">{}</li>\n",
            escaped(&crate::render::words::seldom(&seldom))
        );
    }
    section + "</ul>\n"
}

fn topic(name: &str, topic: &Topic, told: &mut Told) -> String {
    let said = words::topic(topic);
    let said = if said.is_empty() {
        said
    } else {
        format!(": {}", escaped(&said))
    };
    let class = if topic.is_rising() {
        " class=\"warn\""
    } else {
        ""
    };
    let quotes: String = told.new_of(topic).map(quote).collect();
    format!(
        "<li><span{class}>{name}</span> <span class=\"soft\">{}</span>{said}{quotes}</li>\n",
        topic.n
    )
}

fn quote(quote: &Quote) -> String {
    let score = quote.score.map_or_else(String::new, |score| {
        format!(" <span class=\"soft\">scored {score}</span>")
    });
    format!(
        "<blockquote lang=\"{}\" dir=\"auto\">{}{score}</blockquote>",
        escaped(&quote.language),
        escaped(&quote.text)
    )
}

fn follow_ups(digest: &Digest) -> String {
    let follow_ups = &digest.follow_ups;
    let said = words::waiting(follow_ups);
    let said = said
        .iter()
        .map(|said| format!("<p>{}</p>\n", escaped(said)));
    let mut body: String = said.collect();
    if follow_ups.first.is_empty() {
        return body;
    }
    body += "<ol>\n";
    for follow_up in &follow_ups.first {
        let quoted = follow_up.quote.as_ref().map_or_else(String::new, |quote| {
            format!(
                "<blockquote lang=\"{}\" dir=\"auto\">{}</blockquote>",
                escaped(&quote.language),
                escaped(&quote.text)
            )
        });
        let said = escaped(&words::follow_up(follow_up));
        let said = if follow_up.overdue {
            format!("<strong>{said}</strong>")
        } else {
            said
        };
        body += &format!(
            "<li>{said} <span class=\"soft\">id {}</span>{quoted}</li>\n",
            escaped(&follow_up.id)
        );
    }
    body + "</ol>\n"
}

/// Text as HTML; a number stays with its unit.
fn escaped(text: &str) -> String {
    escape::escaped(text).replace(" %", "\u{a0}%")
}
