//! The first lines of a report: what moved most, where, since when, how sure.

use super::{row, words, wrap};
use crate::comparison::Side;
use crate::headline::Headline;
use crate::verdict::thousands;

pub(super) fn block(headline: &Headline) -> Vec<String> {
    let sentence = format!(
        "{} on {}: {}",
        headline.survey,
        headline.site,
        words::moved(headline.figure, &headline.verdict)
    );
    let mut lines = wrap::wrap(&sentence, 0);
    if let Some(elsewhere) = &headline.elsewhere {
        lines.extend(wrap::wrap(&format!("({elsewhere})"), 1));
    }
    let side = |label: &str, side: &Side| {
        let value = side
            .value
            .map(|value| words::value(headline.figure, value))
            .unwrap_or_default();
        row(label, value, &format!("n = {}", thousands(side.n)))
    };
    lines.push(side("before", &headline.before));
    lines.push(side("since", &headline.after));
    lines.push(row(
        "difference",
        words::signed(headline.figure, headline.difference),
        &interval(headline),
    ));
    lines
}

fn interval(headline: &Headline) -> String {
    match (headline.low, headline.high) {
        (Some(low), Some(high)) => format!(
            "95 % interval {} to {}",
            words::number(headline.figure, low),
            words::number(headline.figure, high)
        ),
        _ => String::new(),
    }
}
