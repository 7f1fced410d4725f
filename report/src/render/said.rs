//! What comments are about, below the figures of their survey; and the voices behind the headline.

use super::{columns, words, wrap};
use crate::comments::{Effect, Quote, SurveyComments, Topic, Voices, wide};
use crate::figures::FigureName;

/// Phrases printed for a survey; the JSON has all of them.
const TERMS: usize = 3;

/// Columns of a name, of the effect with its interval, and of the days drawn beside it.
const NAME_COLUMNS: usize = 19;
const EFFECT_COLUMNS: usize = 20;
const DAYS_COLUMNS: usize = 8;

/// Heights of a column, low to high.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The topics of one survey: every theme that enough people mention, those of low scorers first. With their
/// quotes where nothing else is printed.
pub(super) fn block(comments: &SurveyComments, with_quotes: bool) -> Vec<String> {
    let covered = comments.covered.map_or_else(String::new, |rate| {
        format!(", themes cover {:.0} %", rate.value)
    });
    let number = comments.comments;
    let written = if number == 1 { "comment" } else { "comments" };
    let language = comments.language.as_ref();
    let language = language.map_or_else(String::new, |tag| format!(" in {tag}"));
    let mut lines = vec![format!("  {number} {written}{language}{covered}")];
    let (themes, seldom) = comments.themes_by_weight();
    let terms = comments.terms.iter().take(TERMS);
    let named: Vec<(String, &Topic)> = themes
        .into_iter()
        .map(|theme| (theme.name.clone(), theme))
        .chain(terms.map(|term| (format!("“{}”", term.name), term)))
        .collect();
    if !named.is_empty() {
        lines.push(format!(
            "    {:<NAME_COLUMNS$}{:>6}{:>6} {:<EFFECT_COLUMNS$}  by day",
            "", "n", "share", " effect (95 %)"
        ));
    }
    for (name, topic) in &named {
        lines.push(line(name, topic));
        let quotes = topic.quotes.iter().filter(|_| with_quotes);
        lines.extend(quotes.map(quote));
    }
    let effects = named.iter().filter_map(|(_, topic)| topic.effect.as_ref());
    if effects.into_iter().any(|effect| !effect.is_clear()) {
        lines.push("    ? could be chance".to_owned());
    }
    if !seldom.is_empty() {
        let said = format!("    {}", words::seldom(&seldom));
        lines.extend(wrap::wrap(&said, 6));
    }
    lines
}

fn line(name: &str, topic: &Topic) -> String {
    let share = topic
        .share
        .map_or_else(String::new, |rate| format!("{:.0} %", rate.value));
    let effect = topic.effect.as_ref().map_or_else(String::new, effect);
    let effect = columns::padded(&effect, EFFECT_COLUMNS);
    let days = days(&topic.days);
    format!(
        "    {}{:>6}{share:>6} {effect}  {days:<DAYS_COLUMNS$} {}",
        padded(name),
        topic.n,
        marks(topic)
    )
    .trim_end()
    .to_owned()
}

/// `−24? (−49 to 1)`: how scores differ, how sure that is, and a mark where chance alone may make it.
fn effect(effect: &Effect) -> String {
    let doubt = if effect.is_clear() { "" } else { "?" };
    let interval = match (effect.low, effect.high) {
        (Some(low), Some(high)) => {
            format!(
                " ({} to {})",
                short(effect.figure, low),
                short(effect.figure, high)
            )
        }
        _ => String::new(),
    };
    let value = short(effect.figure, effect.value);
    let sign = if effect.value > 0.0 && value != "0" {
        "+"
    } else {
        ""
    };
    format!("{:>5}{interval}", format!("{sign}{value}{doubt}"))
}

/// In whole points, or tenths of a point of the scale: a column has no room for more.
fn short(figure: FigureName, value: f64) -> String {
    words::with_minus(match figure {
        FigureName::CsatMean | FigureName::CesMean => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    })
}

/// What stands out, in a word or two.
fn marks(topic: &Topic) -> String {
    let trend = if topic.is_new() {
        Some("new")
    } else if topic.is_rising() {
        Some("rising")
    } else if topic.recent.is_some_and(|recent| recent.is_less()) {
        Some("falling")
    } else {
        None
    };
    let low = topic
        .low_scorers
        .is_some_and(|low| low.is_more())
        .then_some(if trend.is_some() { "low" } else { "low scores" });
    let marks: Vec<&str> = trend.into_iter().chain(low).collect();
    marks.join(", ")
}

/// Mentions by day as columns; where there are more days than columns, several share one.
fn days(days: &[u64]) -> String {
    let together = days.len().div_ceil(DAYS_COLUMNS).max(1);
    // The last column is to be whole, since it is the one that is looked at.
    let first = days.len() % together;
    let (start, rest) = days.split_at(first);
    let sums: Vec<u64> = std::iter::once(start)
        .filter(|start| !start.is_empty())
        .chain(rest.chunks(together))
        .map(|days| days.iter().sum())
        .collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    sums.iter()
        .map(|&sum| match sum {
            0 => ' ',
            sum => HEIGHTS[((sum * 8).div_ceil(most) as usize).clamp(1, 8) - 1],
        })
        .collect()
}

/// A name in its columns; Chinese, Japanese and Korean letters take two.
fn padded(name: &str) -> String {
    let mut columns = 0;
    let mut text = String::new();
    for letter in name.chars() {
        let width = if wide(letter) { 2 } else { 1 };
        if columns + width >= NAME_COLUMNS {
            text.push('…');
            columns += 1;
            break;
        }
        columns += width;
        text.push(letter);
    }
    text + &" ".repeat(NAME_COLUMNS.saturating_sub(columns))
}

/// What people say behind the headline.
pub(super) fn voices(voices: &Voices) -> Vec<String> {
    if voices.quotes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!(
        "  {} comments since then{}:",
        voices.comments,
        about(voices)
    )];
    lines.extend(voices.quotes.iter().map(quote));
    lines
}

/// What they mention more than before, in words.
#[must_use]
pub fn about(voices: &Voices) -> String {
    match voices.themes.as_slice() {
        [] => String::new(),
        [theme] => format!(", more than before about {theme}"),
        [first, second, ..] => format!(", more than before about {first} and {second}"),
    }
}

fn quote(quote: &Quote) -> String {
    const COLUMNS: usize = 66;
    let mut columns = 0;
    let mut text = String::new();
    for letter in quote.text.chars() {
        columns += if wide(letter) { 2 } else { 1 };
        if columns > COLUMNS {
            text.push('…');
            break;
        }
        text.push(letter);
    }
    let score = quote
        .score
        .map_or_else(String::new, |score| score.to_string());
    format!("    {score:>2}  “{text}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_columns_and_many_share_one() {
        assert_eq!(days(&[]), "");
        assert_eq!(days(&[0, 0]), "  ");
        assert_eq!(days(&[1, 0, 8]), "▁ █");
        let month: Vec<u64> = (0..31).collect();
        assert!(days(&month).chars().count() <= DAYS_COLUMNS);
        assert!(days(&month).ends_with('█'));
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(padded("運費").chars().count(), NAME_COLUMNS - 2);
        assert_eq!(padded(&"x".repeat(99)).chars().count(), NAME_COLUMNS);
    }
}
