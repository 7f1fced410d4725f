//! How well cases are followed up.

use super::*;

#[test]
fn figures_are_those_of_a_pocket_calculator() {
    let shop = Shop::opens();
    shop.receives(&a_week());
    let figures = all(&shop, 3 * DAY).figures;
    assert_eq!(figures.cases, 12);
    assert_eq!((figures.open, figures.overdue), (2, 1));
    assert_eq!(
        (figures.answered, figures.resolved, figures.no_action),
        (2, 7, 1)
    );
    // 1, 2, 3, 4, 5, 6, 7, 8, 9 and 50 hours: between 5 and 6.
    assert_eq!(figures.first_response.n, 10);
    assert_eq!(figures.first_response.seconds, Some(5.5 * 3_600.0));
    // Ranks 5 ± 1.96 · √10 / 2, rounded outwards: the 1st and the 10th value.
    assert_eq!(figures.first_response.low, Some(3_600.0));
    assert_eq!(figures.first_response.high, Some(50.0 * 3_600.0));
    // Eight are too few.
    assert_eq!(
        (figures.resolution.n, figures.resolution.seconds),
        (8, None)
    );
    // Nine of the ten answered and the one overdue; the time of the twelfth is not over.
    assert_eq!((figures.in_time.count, figures.in_time.n), (9, 11));
    let percent = figures.in_time.percent.unwrap();
    // Wilson: 9 of 11, z = 1.96.
    let expected = [81.818, 52.302, 94.863];
    for (found, expected) in [percent.value, percent.low, percent.high]
        .iter()
        .zip(expected)
    {
        assert!((found - expected).abs() < 0.001, "{percent:?}");
    }
}

#[test]
fn a_case_whose_48_hours_are_not_over_is_neither_kept_nor_missed() {
    let shop = Shop::opens();
    // Ten that nobody has answered, and three days later ten that were answered within minutes.
    let mut lines: Vec<Value> = (1..=10).map(complaint).collect();
    for visitor in 11..=20 {
        let received = format!("{:.3}", after(3 * DAY));
        lines.push(with(complaint(visitor), "received_at", received));
        lines.push(becomes(visitor, 3 * DAY + 5, "answered"));
    }
    shop.receives(&lines);
    let in_time = |minutes| {
        let share = all(&shop, minutes).figures.in_time;
        (share.count, share.n)
    };
    assert_eq!(in_time(2 * DAY), (0, 0));
    assert_eq!(in_time(2 * DAY + 1), (0, 10));
    assert_eq!(in_time(5 * DAY), (0, 10), "answered ones as well");
    assert_eq!(in_time(5 * DAY + 1), (10, 20));
}

#[test]
fn under_ten_cases_no_figure_is_made() {
    let shop = Shop::opens();
    let mut lines: Vec<Value> = (1..=9).map(complaint).collect();
    lines.extend((1..=9).map(|visitor| becomes(visitor, 60, "resolved")));
    shop.receives(&lines);
    let figures = all(&shop, 3 * DAY).figures;
    assert_eq!(
        (figures.first_response.n, figures.first_response.seconds),
        (9, None)
    );
    assert_eq!((figures.in_time.n, figures.in_time.percent), (9, None));
}
