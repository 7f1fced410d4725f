//! Which lines count, for whom, and how often.

#[cfg(test)]
mod shop;

use report::comments::Lexicon;
use report::{Query, SurveyReport};
use serde_json::{Value, json};
use shop::{Shop, answer, line, with};

fn surveys(lines: &[Value], query: &Query) -> Vec<SurveyReport> {
    let shop = Shop::opens();
    shop.receives(lines);
    shop.reports(query).surveys
}

/// The only survey, with figures of however few.
fn all(lines: &[Value]) -> SurveyReport {
    let query = Query {
        all: true,
        ..Query::default()
    };
    surveys(lines, &query).remove(0)
}

#[test]
fn each_impression_was_answered_dismissed_or_ignored() {
    let report = all(&[
        line(1, "impression", 1),
        answer(1, 9),
        line(2, "impression", 1),
        line(2, "dismissal", 2),
        line(3, "impression", 1),
    ]);
    assert_eq!(
        (
            report.summary.impressions,
            report.summary.responses,
            report.summary.dismissals
        ),
        (3, 1, 1)
    );
    let rate = report.summary.response_rate.unwrap();
    assert!((rate.value - 100.0 / 3.0).abs() < 1e-9, "{rate:?}");
}

#[test]
fn an_answer_proves_that_the_survey_was_shown() {
    let report = all(&[answer(1, 9), answer(2, 0), line(3, "impression", 1)]);
    assert_eq!(
        (report.summary.impressions, report.summary.responses),
        (3, 2)
    );
    assert!(report.summary.response_rate.unwrap().value < 100.0);
}

#[test]
fn a_detractor_at_zero_is_heard_and_a_skipped_score_is_not_made_up() {
    let skipped = with(answer(2, 0), "score", Value::Null);
    let report = all(&[answer(1, 0), skipped]);
    assert_eq!((report.summary.responses, report.summary.n), (2, 1));
    assert_eq!(report.summary.distribution.points().next(), Some((0, 1)));
}

#[test]
fn a_line_sent_again_is_one_answer() {
    let shop = Shop::opens();
    shop.receives(&[answer(1, 9), answer(1, 9), answer(1, 9), answer(2, 3)]);
    let report = shop.reports(&Query::default());
    assert_eq!(
        (report.surveys[0].summary.n, report.lines.duplicate),
        (2, 2)
    );
}

#[test]
fn automated_browsers_count_only_if_asked_for() {
    let shop = Shop::opens();
    shop.receives(&[answer(1, 9), with(answer(2, 3), "automated", true)]);
    let counted = |include_automated| {
        let report = shop.reports(&Query {
            include_automated,
            ..Query::default()
        });
        (report.surveys[0].summary.n, report.lines.automated)
    };
    assert_eq!(counted(false), (1, 1));
    assert_eq!(counted(true), (2, 1));
}

#[test]
fn who_answers_when_a_quota_is_full_is_named_and_not_counted() {
    let shop = Shop::opens();
    let mut first = with(answer(2, 3), "complete", false);
    first["seq"] = 1.into();
    let mut last = with(answer(2, 3), "over_quota", true);
    last["seq"] = 2.into();
    let wrote = |line| with(line, "answers", json!({"comment": "Parcel came late"}));
    shop.receives(&[wrote(answer(1, 9)), first, wrote(last)]);
    for _ in 0..2 {
        // The second time from what was kept.
        let report = shop.reports(&Query::default());
        assert_eq!(report.surveys[0].summary.n, 1);
        assert_eq!((report.lines.over_quota, report.lines.duplicate), (2, 0));
        let table = report::render::table(&report);
        assert!(table.contains(", 2 over a quota"), "{table}");
        let (query, lexicon) = (Query::default(), Lexicon::default());
        let (_, said) =
            report::read_with_comments(shop.data(), &query, &lexicon, &|_, _| {}).unwrap();
        assert_eq!(said.surveys[0].comments, 1);
    }
}

#[test]
fn scores_of_two_metrics_or_two_sites_never_meet() {
    let rows = surveys(
        &[
            answer(1, 5),
            with(answer(2, 5), "metric", "csat"),
            with(answer(3, 5), "site", "outlet"),
        ],
        &Query::default(),
    );
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.metric.name(), row.site.as_str(), row.summary.n))
        .collect();
    assert_eq!(
        rows,
        [
            ("csat", "demo", 1),
            ("nps", "demo", 1),
            ("nps", "outlet", 1)
        ]
    );
}

#[test]
fn a_report_is_about_what_was_asked_for() {
    let noon = "2026-11-21T12:00:00Z".parse().ok();
    let later = "2026-11-21T12:00:00.001Z".parse().ok();
    let query = Query::default;
    let rows = [
        (query(), 1),
        (
            Query {
                survey: Some("recommend".to_owned()),
                ..query()
            },
            1,
        ),
        (
            Query {
                survey: Some("Recommend".to_owned()),
                ..query()
            },
            0,
        ),
        (
            Query {
                site: Some("demo".to_owned()),
                ..query()
            },
            1,
        ),
        (
            Query {
                site: Some("outlet".to_owned()),
                ..query()
            },
            0,
        ),
        (
            Query {
                since: noon,
                ..query()
            },
            1,
        ),
        (
            Query {
                since: later,
                ..query()
            },
            0,
        ),
        (
            Query {
                until: noon,
                ..query()
            },
            0,
        ),
        (
            Query {
                until: later,
                ..query()
            },
            1,
        ),
    ];
    for (query, expected) in rows {
        assert_eq!(
            surveys(&[answer(1, 9)], &query).len(),
            expected,
            "{query:?}"
        );
    }
}

#[test]
fn what_the_shop_tells_of_itself_is_no_impression() {
    let report = all(&[answer(1, 9), line(2, "event", 1)]);
    assert_eq!(report.summary.impressions, 1);
}
