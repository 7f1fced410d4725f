//! Cases beside a report and a digest of one reading.

use super::*;
use report::comments::Lexicon;
use report::digest::{self, Digest};
use report::once;

#[test]
fn what_is_asked_of_one_reading_is_about_the_same_lines() {
    let shop = Shop::opens();
    shop.keeps("000001.jsonl", padded(&a_week()));
    let week = Query {
        since: Some(after(-4 * DAY)),
        until: Some(after(3 * DAY)),
        now: Some(after(3 * DAY)),
        ..Query::default()
    };
    let wanted = wanted(Which::All, 3 * DAY);
    let told = digest::Wanted {
        query: week.clone(),
        now: after(3 * DAY),
        lexicon: Lexicon::default(),
    };
    let apart = (
        shop.reports(&week).surveys,
        read(&shop, &wanted).figures,
        Digest::of(shop.data(), &told, &|_, _| {}).unwrap().surveys,
    );
    let together = once(shop.data(), &|_, _| {}, |journal| {
        let report = journal.report(&week)?.surveys;
        // What comes now is for the next reading.
        shop.keeps("000002.jsonl", format!("{}\n", complaint(40)));
        let cases = journal.cases(&wanted)?.figures;
        Ok((report, cases, journal.digest(&told)?.surveys))
    });
    assert_eq!(
        serde_json::to_value(together.unwrap()).unwrap(),
        serde_json::to_value(apart).unwrap()
    );
    assert_eq!(read(&shop, &wanted).figures.cases, 13);
}
