//! A row of days as a line of little bars.

/// Eighths of a line's height, from one to eight.
const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// What there is no value for.
const GAP: char = '·';

/// One bar a value, between the lowest and the highest of them.
pub(super) fn line(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied();
    let least = known().fold(f64::INFINITY, f64::min);
    let most = known().fold(f64::NEG_INFINITY, f64::max);
    let bar = |value: f64| {
        let share = if most > least {
            (value - least) / (most - least)
        } else {
            0.5
        };
        let place = (share * 7.0).round() as usize;
        EIGHTHS.get(place).copied().unwrap_or(GAP)
    };
    values.iter().map(|value| value.map_or(GAP, bar)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_is_low_the_highest_high_and_a_gap_a_gap() {
        assert_eq!(line(&[Some(-5.0), None, Some(0.0), Some(9.0)]), "▁·▄█");
        assert_eq!(line(&[Some(3.0), Some(3.0)]), "▅▅");
        assert_eq!(line(&[None]), "·");
    }
}
