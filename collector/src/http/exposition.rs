//! The text format of Prometheus, version 0.0.4.

use crate::measure::{BOUNDS, Histogram};
use std::fmt::{Display, Write};

/// Figures as text, family after family.
#[derive(Default)]
pub(super) struct Exposition {
    text: String,
    family: &'static str,
}

impl Exposition {
    /// Begins a family: every figure after it is one of its.
    pub(super) fn family(&mut self, name: &'static str, kind: &str, help: &str) -> &mut Self {
        self.family = name;
        self.line(format_args!("# HELP {name} {help}"));
        self.line(format_args!("# TYPE {name} {kind}"));
        self
    }

    /// The figure of a family that has only one.
    pub(super) fn figure(&mut self, value: impl Display) -> &mut Self {
        let name = self.family;
        self.line(format_args!("{name} {value}"));
        self
    }

    /// One figure of a family, by its labels.
    pub(super) fn labelled(&mut self, labels: &[(&str, &str)], value: impl Display) -> &mut Self {
        let name = self.family;
        self.line(format_args!("{name}{{{}}} {value}", list(labels)));
        self
    }

    /// A histogram of a family, by its labels if it has any.
    pub(super) fn histogram(&mut self, labels: &[(&str, &str)], histogram: &Histogram) {
        let name = self.family;
        let listed = list(labels);
        let comma = if labels.is_empty() { "" } else { "," };
        let braces = match &listed[..] {
            "" => String::new(),
            some => format!("{{{some}}}"),
        };
        let counts = histogram.cumulative();
        for (bound, count) in BOUNDS.iter().zip(counts) {
            self.line(format_args!(
                "{name}_bucket{{{listed}{comma}le=\"{bound}\"}} {count}"
            ));
        }
        let all = counts[BOUNDS.len()];
        self.line(format_args!(
            "{name}_bucket{{{listed}{comma}le=\"+Inf\"}} {all}"
        ));
        self.line(format_args!("{name}_sum{braces} {}", histogram.seconds()));
        self.line(format_args!("{name}_count{braces} {all}"));
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }
}

fn list(labels: &[(&str, &str)]) -> String {
    let label = |(name, value): &(&str, &str)| format!("{name}=\"{}\"", escaped(value));
    labels.iter().map(label).collect::<Vec<_>>().join(",")
}

fn escaped(value: &str) -> String {
    value
        .replace('\\', r"\\")
        .replace('"', "\\\"")
        .replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn figures_stand_under_their_family_with_labels_escaped() {
        let mut exposition = Exposition::default();
        exposition.family("hark_one", "gauge", "One").figure(1);
        let many = exposition.family("hark_many", "counter", "Many");
        many.labelled(&[("site", "a\"b\\c\nd"), ("survey", "e")], 2);
        let expected = "\
# HELP hark_one One
# TYPE hark_one gauge
hark_one 1
# HELP hark_many Many
# TYPE hark_many counter
hark_many{site=\"a\\\"b\\\\c\\nd\",survey=\"e\"} 2
";
        assert_eq!(exposition.into_text(), expected);
    }

    #[test]
    fn a_histogram_counts_upwards_and_ends_with_all() {
        let histogram = Histogram::default();
        histogram.note(Duration::from_millis(4));
        let mut exposition = Exposition::default();
        exposition
            .family("hark_took", "histogram", "Took")
            .histogram(&[("route", "events")], &histogram);
        let text = exposition.into_text();
        for line in [
            "hark_took_bucket{route=\"events\",le=\"0.0025\"} 0\n",
            "hark_took_bucket{route=\"events\",le=\"0.005\"} 1\n",
            "hark_took_bucket{route=\"events\",le=\"+Inf\"} 1\n",
            "hark_took_sum{route=\"events\"} 0.004\n",
            "hark_took_count{route=\"events\"} 1\n",
        ] {
            assert!(text.contains(line), "`{line}` is not in\n{text}");
        }
    }
}
