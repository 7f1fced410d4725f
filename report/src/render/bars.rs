//! The scores as bars, low to high.

use crate::distribution::Distribution;

const BAR_COLUMNS: u64 = 40;

/// Eighths of a column, from one to eight.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

pub(super) fn block(distribution: &Distribution) -> Vec<String> {
    let most = distribution
        .points()
        .map(|(_, count)| count)
        .max()
        .unwrap_or(0);
    let width = most.to_string().len();
    let line = |(score, count)| {
        let bar = bar(count, most);
        format!("  {score:>2}  {count:>width$}  {bar}")
            .trim_end()
            .to_owned()
    };
    distribution.points().map(line).collect()
}

/// In proportion to the longest; a single answer among thousands still leaves a mark.
fn bar(count: u64, most: u64) -> String {
    if count == 0 {
        return String::new();
    }
    let eighths = (count * BAR_COLUMNS * 8 / most).max(1);
    let full = "█".repeat((eighths / 8) as usize);
    let rest = (eighths % 8)
        .checked_sub(1)
        .map(|index| EIGHTHS[index as usize]);
    full + &rest.map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_a_single_answer_leaves_a_mark() {
        let rows = [
            (0, 8, ""),
            (8, 8, "████████████████████████████████████████"),
        ];
        for (count, most, expected) in rows {
            assert_eq!(bar(count, most), expected);
        }
        assert_eq!(bar(1, 1_000_000), "▏");
        assert_eq!(bar(1, 16), "██▌");
    }
}
