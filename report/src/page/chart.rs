//! Charts as SVG: values over time with their intervals, and counts as bars.

use std::fmt::Write;

use super::escape::escaped;

/// One value of a chart over time; `None` where there are too few answers for one.
pub(crate) struct Point {
    pub(crate) label: String,
    pub(crate) value: Option<Known>,
}

/// A value with its interval.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 180.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 30.0;

/// Values over time within a scale, each with its interval; days without one leave a gap.
///
/// A dashed line stands before the point whose place is `mark`.
pub(crate) fn over_time(
    title: &str,
    points: &[Point],
    scale: (f64, f64),
    mark: Option<usize>,
) -> String {
    let mut svg = opened(title, HEIGHT);
    let step = (WIDTH - LEFT - RIGHT) / points.len().max(1) as f64;
    let x = |place: usize| LEFT + step * (place as f64 + 0.5);
    let y = |value: f64| {
        let share = (value - scale.0) / (scale.1 - scale.0);
        HEIGHT - BOTTOM - share.clamp(0.0, 1.0) * (HEIGHT - TOP - BOTTOM)
    };
    for value in [scale.0, f64::midpoint(scale.0, scale.1), scale.1] {
        let at = y(value);
        write(
            &mut svg,
            format_args!(
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{value:.0}</text>",
                WIDTH - RIGHT,
                LEFT - 6.0,
                at + 4.0,
            ),
        );
    }
    if let Some(mark) = mark {
        let at = x(mark) - step / 2.0;
        write(
            &mut svg,
            format_args!(
                "<line class=\"event\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{:.1}\"/>",
                HEIGHT - BOTTOM
            ),
        );
    }
    let mut path = String::new();
    let mut is_drawing = false;
    for (place, point) in points.iter().enumerate() {
        let Some(known) = point.value else {
            is_drawing = false;
            continue;
        };
        let (x, at) = (x(place), y(known.value));
        write(
            &mut path,
            format_args!("{}{x:.1} {at:.1}", if is_drawing { "L" } else { "M" }),
        );
        is_drawing = true;
        write(
            &mut svg,
            format_args!(
                "<line class=\"whisker\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/><circle class=\"mark\" cx=\"{x:.1}\" cy=\"{at:.1}\" r=\"3.5\"/>",
                y(known.low),
                y(known.high),
            ),
        );
    }
    if !path.is_empty() {
        write(
            &mut svg,
            format_args!("<path class=\"path\" d=\"{path}\"/>"),
        );
    }
    for place in [0, points.len() / 2, points.len().saturating_sub(1)] {
        if let Some(point) = points.get(place) {
            let anchor = if place == 0 {
                "start"
            } else if place + 1 == points.len() {
                "end"
            } else {
                "middle"
            };
            write(
                &mut svg,
                format_args!(
                    "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
                    match anchor {
                        "start" => LEFT,
                        "end" => WIDTH - RIGHT,
                        _ => x(place),
                    },
                    HEIGHT - 8.0,
                    escaped(&point.label),
                ),
            );
        }
    }
    closed(svg)
}

/// Counts as upright bars, each with its label below and its number above.
pub(crate) fn bars(title: &str, counts: &[(String, u64)]) -> String {
    const BARS_HEIGHT: f64 = 144.0;
    let mut svg = opened(title, BARS_HEIGHT);
    let most = counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0)
        .max(1) as f64;
    let step = WIDTH / counts.len().max(1) as f64;
    for (place, (label, count)) in counts.iter().enumerate() {
        let height = *count as f64 / most * (BARS_HEIGHT - 54.0);
        let (x, top) = (step * place as f64, BARS_HEIGHT - 28.0 - height);
        let middle = x + step / 2.0;
        write(
            &mut svg,
            format_args!(
                "<rect class=\"mark\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{height:.1}\"/><text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{count}</text><text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                x + step * 0.15,
                step * 0.7,
                top - 5.0,
                BARS_HEIGHT - 4.0,
                escaped(label),
            ),
        );
    }
    closed(svg)
}

fn opened(title: &str, height: f64) -> String {
    let title = escaped(title);
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>"
    )
}

fn closed(svg: String) -> String {
    svg + "</svg>\n"
}

fn write(svg: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = svg.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_value_breaks_the_line() {
        let known = |value| {
            Some(Known {
                value,
                low: value - 10.0,
                high: value + 10.0,
            })
        };
        let point = |label: &str, value| Point {
            label: label.to_owned(),
            value,
        };
        let points = [
            point("Mon", known(40.0)),
            point("Tue", None),
            point("Wed", known(20.0)),
        ];
        let svg = over_time("easy", &points, (0.0, 100.0), Some(1));
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(svg.contains("d=\"M141.3 97.2M530.7 123.6\""), "{svg}");
        assert_eq!(svg.matches("class=\"event\"").count(), 1);
        assert!(svg.contains("<title>easy</title>") && svg.contains(">Tue<"));
    }

    #[test]
    fn bars_of_nothing_are_flat() {
        let svg = bars("scores", &[("1".to_owned(), 0), ("2".to_owned(), 0)]);
        assert_eq!(svg.matches("height=\"0.0\"").count(), 2, "{svg}");
    }
}
