//! Budgets as people read them: measured, allowed, used up.

use std::io::{Write, stdout};

use anyhow::Result;

/// One line of the table.
pub(super) struct Row {
    /// What was measured.
    pub(super) what: &'static str,
    /// Its bytes.
    pub(super) measured: u64,
    /// The bytes it may have.
    pub(super) at_most: u64,
}

impl Row {
    /// Whether it has more bytes than it may.
    pub(super) fn is_broken(&self) -> bool {
        self.measured > self.at_most
    }

    fn line(&self) -> String {
        let percent = self.measured * 100 / self.at_most;
        let verdict = if self.is_broken() { "  over" } else { "" };
        format!(
            "  {:<48} {:>12} {:>12} {percent:>5} %{verdict}",
            self.what,
            bytes(self.measured),
            bytes(self.at_most)
        )
    }
}

/// Prints the table on stdout.
pub(super) fn print(rows: &[Row]) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(
        out,
        "  {:<48} {:>12} {:>12} {:>7}",
        "what", "measured", "at most", "used"
    )?;
    for row in rows {
        writeln!(out, "{}", row.line())?;
    }
    Ok(())
}

/// `44000` → `44,000 B`.
fn bytes(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_too_many_breaks_a_budget() {
        for (measured, broken) in [(1_199, false), (1_200, false), (1_201, true)] {
            let row = Row {
                what: "loader",
                measured,
                at_most: 1_200,
            };
            assert_eq!(row.is_broken(), broken, "{measured}");
            assert_eq!(row.line().ends_with("over"), broken, "{measured}");
        }
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(bytes(7), "7 B");
        assert_eq!(bytes(44_000), "44,000 B");
        assert_eq!(bytes(15_000_000), "15,000,000 B");
    }
}
