//! Shop figures of any lines, however they come.

use super::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn any_line() -> impl Strategy<Value = Value> {
    let session = select(vec!["v1", "v2", "load:a", ""]);
    let page = select(vec!["/", "/checkout", "/checkout/done"]);
    let told = (1..40_u32, session, 0..4_u32, 0..60_u32);
    (told, page, proptest::option::of(1..8_u8), 0..4_u8).prop_map(
        |((number, session, pages, second), page, score, kind)| {
            let line = match kind {
                0 => bought(number, session, &euros(f64::from(number % 3))),
                1 => line(
                    number,
                    session,
                    pages,
                    &json!({"type": "event", "name": "contact"}),
                ),
                _ => asked(number, session, pages, page, score),
            };
            at(line, &format!("12:00:{second:02}"))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_repetition_and_segments_make_no_difference(
        (lines, again, cut) in proptest::collection::vec(any_line(), 1..12).prop_flat_map(|lines| {
            let again = subsequence(lines.clone(), 0..=lines.len());
            let told = again.prop_flat_map({
                let lines = lines.clone();
                move |again| Just([lines.clone(), again].concat()).prop_shuffle()
            });
            (Just(lines), told, 0..24_usize)
        })
    ) {
        let (query, shops) = (all(), Shops::default());
        let once = kpi(&lines, &query, &shops);
        let (some, rest) = again.split_at(cut.min(again.len()));
        let otherwise = kpi_of_segments(&[some, rest], &query, &shops);
        let sites = |kpi: &Kpi| serde_json::to_value(&kpi.sites).unwrap();
        prop_assert_eq!(sites(&once), sites(&otherwise));
    }
}
