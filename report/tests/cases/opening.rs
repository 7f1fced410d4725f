//! Which answers are cases, until when they are due, and which are told first.

use super::*;

#[test]
fn a_low_score_that_says_something_is_a_case() {
    let comment = json!({"comment": "slow"});
    let rows = [
        (answer(1, 6), comment.clone(), false, true),
        (answer(1, 0), json!({}), true, true),
        (answer(1, 7), comment.clone(), true, false),
        (answer(1, 6), json!({}), false, false),
        (answer(1, 6), json!({"choice": "price"}), false, false),
        (
            with(answer(1, 3), "metric", "ces"),
            comment.clone(),
            false,
            true,
        ),
        (
            with(answer(1, 4), "metric", "ces"),
            comment.clone(),
            false,
            false,
        ),
        (
            with(answer(1, 2), "metric", "csat"),
            comment.clone(),
            false,
            true,
        ),
        (
            with(answer(1, 3), "metric", "csat"),
            comment.clone(),
            false,
            false,
        ),
        (
            with(answer(1, 2), "over_quota", true),
            comment.clone(),
            false,
            true,
        ),
        (with(answer(1, 2), "automated", true), comment, false, false),
    ];
    let shop = Shop::opens();
    for (line, answers, contact, is_case) in rows {
        let line = with(with(line, "answers", answers), "contact", contact);
        shop.receives(std::slice::from_ref(&line));
        let cases = all(&shop, 0);
        assert_eq!(cases.total, u64::from(is_case), "{line}");
        assert_eq!(cases.figures.cases, u64::from(is_case), "{line}");
    }
}

#[test]
fn automated_ones_are_cases_only_when_asked_for() {
    let shop = Shop::opens();
    shop.receives(&[with(complaint(1), "automated", true)]);
    let mut wanted = wanted(Which::All, 0);
    assert_eq!(read(&shop, &wanted).total, 0);
    wanted.query.include_automated = true;
    assert_eq!(read(&shop, &wanted).total, 1);
}

#[test]
fn an_answer_is_due_within_48_hours_of_its_score_and_again_of_a_reopening() {
    let shop = Shop::opens();
    let late = with(complaint(1), "received_at", "2026-11-22T12:00:00.000Z");
    let seen = shop::line(1, "impression", 1);
    shop.receives(&[seen.clone(), late.clone()]);
    let case = &all(&shop, 3 * DAY).cases[0];
    assert_eq!(case.response.received_at, noon());
    assert_eq!((case.opened_at, case.due_at), (after(DAY), after(3 * DAY)));
    assert!(!case.overdue);
    assert!(all(&shop, 3 * DAY + 1).cases[0].overdue);

    shop.receives(&[
        seen,
        late,
        becomes(1, 2 * DAY, "resolved"),
        becomes(1, 5 * DAY, "open"),
        // It is open already.
        becomes(1, 6 * DAY, "open"),
    ]);
    let case = &all(&shop, 7 * DAY).cases[0];
    assert_eq!((case.due_at, case.overdue), (after(7 * DAY), false));
    assert_eq!(case.status, Status::Open);
    assert_eq!(case.reopened_at, Some(after(5 * DAY)));
    assert_eq!(case.answered_at, Some(after(2 * DAY)));
    assert_eq!(case.changed_at, Some(after(6 * DAY)));
    assert!(all(&shop, 7 * DAY + 1).cases[0].overdue);
}

#[test]
fn those_that_wait_longest_come_first() {
    let shop = Shop::opens();
    let at = |visitor, minutes| {
        let moment = format!("{:.3}", after(minutes));
        with(complaint(visitor), "received_at", moment)
    };
    shop.receives(&[
        at(1, 5 * DAY),
        at(2, 0),
        at(3, HOUR),
        at(4, 2 * HOUR),
        at(5, 3 * HOUR),
        at(6, 4 * DAY),
        at(7, 4 * HOUR),
        becomes(4, 3 * HOUR, "answered"),
        becomes(5, 4 * HOUR, "resolved"),
        becomes(2, 5 * HOUR, "no_action"),
    ]);
    let listed = |which| ids(&read(&shop, &wanted(which, 5 * DAY)));
    let of = |visitors: &[u8]| visitors.iter().copied().map(id).collect::<Vec<_>>();
    assert_eq!(listed(Which::All), of(&[3, 7, 6, 1, 4, 2, 5]));
    assert_eq!(listed(Which::Unsettled), of(&[3, 7, 6, 1, 4]));
    assert_eq!(listed(Which::Overdue), of(&[3, 7]));
    assert_eq!(listed(Which::Of(Status::Open)), of(&[3, 7, 6, 1]));
    assert_eq!(listed(Which::Of(Status::Answered)), of(&[4]));
    assert_eq!(listed(Which::Of(Status::NoAction)), of(&[2]));
    // Due two days after each was opened.
    let due_after = |minutes| listed(Which::DueAfter(after(minutes)));
    assert_eq!(due_after(0), of(&[3, 7, 6, 1]));
    assert_eq!(due_after(2 * DAY + HOUR), of(&[7, 6, 1]));
    assert_eq!(due_after(6 * DAY), of(&[1]));
    assert!("due_after".parse::<Which>().is_err());
    let few = Wanted {
        most: 3,
        ..wanted(Which::All, 5 * DAY)
    };
    let few = read(&shop, &few);
    assert_eq!((ids(&few), few.total), (of(&[3, 7, 6]), 7));
}

#[test]
fn an_owner_and_a_period_and_a_site_narrow_list_and_figures() {
    let shop = Shop::opens();
    shop.receives(&[
        complaint(1),
        with(complaint(2), "site", "other"),
        with(complaint(3), "received_at", "2026-11-22T12:00:00.000Z"),
        deed(1, 1, &json!({"owner": "anna"})),
        deed(3, 1, &json!({"owner": "anna"})),
        deed(3, 2, &json!({"owner": ""})),
    ]);
    let listed = |change: &dyn Fn(&mut Wanted)| {
        let mut wanted = wanted(Which::All, DAY);
        change(&mut wanted);
        let cases = read(&shop, &wanted);
        assert_eq!(cases.figures.cases, cases.total);
        ids(&cases)
    };
    assert_eq!(
        listed(&|wanted| wanted.owner = Some("anna".into())),
        [id(1)]
    );
    assert_eq!(
        listed(&|wanted| wanted.owner = Some(String::new())),
        [id(2), id(3)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.site = Some("other".into())),
        [id(2)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.since = Some(after(1))),
        [id(3)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.until = Some(after(1))),
        [id(1), id(2)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.survey = Some("other".into())),
        [""; 0]
    );
}
