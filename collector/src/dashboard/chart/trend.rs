//! A figure day by day, with the range that its true value lies in.

use super::{at, range::Scale};
use crate::dashboard::piece::{IntoPiece, Piece};
use jiff::civil::Date;
use leptos::prelude::*;
use report::render::words;
use report::{DayReport, FigureName};

/// What is drawn.
pub(in crate::dashboard) struct Trend<'t> {
    /// Said of the chart as a whole.
    pub(in crate::dashboard) title: String,
    pub(in crate::dashboard) days: &'t [DayReport],
    /// The first day of a new level.
    pub(in crate::dashboard) since: Option<Date>,
    /// Of its 640 units of width.
    pub(in crate::dashboard) height: f64,
}

const WIDTH: f64 = 640.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 28.0;

/// Places of a chart: days become x, values y.
struct Sheet {
    first: Date,
    days: f64,
    scale: Scale,
    height: f64,
}

/// The chart; nothing where fewer than two days have a value.
pub(in crate::dashboard) fn trend(trend: &Trend<'_>) -> Option<Piece> {
    let known = trend.days.iter().filter(|day| day.value.is_some());
    let name = trend.days.first()?.figure.name;
    if known.clone().count() < 2 {
        return None;
    }
    let sheet = Sheet::of(trend, name)?;
    let title = trend.title.clone();
    let dots: Vec<_> = known
        .clone()
        .filter_map(|day| {
            let (x, y) = (sheet.x(day.day), sheet.y(day.value?));
            Some(view! { <circle class="dot" cx=at(x) cy=at(y) r="3"/> })
        })
        .collect();
    let band = sheet.band(trend.days);
    let path = sheet.path(trend.days);
    let view_box = format!("0 0 {WIDTH} {}", trend.height);
    let grid = sheet.grid();
    let event = trend.since.and_then(|since| sheet.event(since));
    let labels = sheet.labels(trend.days);
    let svg = view! {
        <svg class="trend" viewBox=view_box role="img" aria-label=title>
            {grid}
            <path class="band" d=band/>
            <path class="path" d=path/>
            {dots}
            {event}
            {labels}
        </svg>
    };
    Some(svg.piece())
}

/// The same as rows: day, value, range, answers.
pub(in crate::dashboard) fn rows(days: &[DayReport]) -> Vec<Vec<String>> {
    let row = |day: &DayReport| {
        let shown = |value: Option<f64>| {
            let number = |value| words::number(day.figure.name, value);
            value.map_or_else(|| "–".to_owned(), number)
        };
        let range = format!("{} to {}", shown(day.figure.low), shown(day.figure.high));
        let range = day
            .value
            .map_or_else(|| "too few answers".to_owned(), |_| range);
        let few = day.value.map_or("", |_| words::preliminary(day.n));
        let n = words::thousands(day.n) + few;
        vec![day.day.to_string(), shown(day.value), range, n]
    };
    days.iter().map(row).collect()
}

impl Sheet {
    fn of(trend: &Trend<'_>, name: FigureName) -> Option<Self> {
        let (first, last) = (trend.days.first()?.day, trend.days.last()?.day);
        let figures = trend.days.iter().map(|day| &day.figure);
        Some(Self {
            first,
            days: f64::from((last - first).get_days().max(1)),
            scale: Scale::fitting(name, figures),
            height: trend.height,
        })
    }

    fn x(&self, day: Date) -> f64 {
        let place = f64::from((day - self.first).get_days());
        LEFT + place / self.days * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        let height = self.height - TOP - BOTTOM;
        self.height - BOTTOM - self.scale.share(value) * height
    }

    /// Stretches of days that have values, each as a row of x, value, low and high.
    fn stretches(&self, days: &[DayReport]) -> Vec<Vec<[f64; 4]>> {
        let mut stretches = vec![Vec::new()];
        let mut before: Option<Date> = None;
        for day in days {
            let figure = &day.figure;
            let is_next = before.is_none_or(|before| (day.day - before).get_days() == 1);
            if (day.value.is_none() || !is_next)
                && stretches
                    .last()
                    .is_some_and(|last: &Vec<_>| !last.is_empty())
            {
                stretches.push(Vec::new());
            }
            before = Some(day.day);
            if let (Some(value), Some(stretch)) = (day.value, stretches.last_mut()) {
                let end = |end: Option<f64>| self.y(end.unwrap_or(value));
                stretch.push([
                    self.x(day.day),
                    self.y(value),
                    end(figure.low),
                    end(figure.high),
                ]);
            }
        }
        stretches
    }

    fn band(&self, days: &[DayReport]) -> String {
        let mut path = String::new();
        for stretch in self.stretches(days) {
            let corners = if let [[x, _, low, high]] = stretch[..] {
                // One day alone is drawn as wide as a dot.
                let (left, right) = (x - 3.0, x + 3.0);
                vec![(left, high), (right, high), (right, low), (left, low)]
            } else {
                let over = stretch.iter().map(|[x, _, _, high]| (*x, *high));
                let under = stretch.iter().rev().map(|[x, _, low, _]| (*x, *low));
                over.chain(under).collect()
            };
            path += &line(corners);
            if !stretch.is_empty() {
                path.push('Z');
            }
        }
        path
    }

    fn path(&self, days: &[DayReport]) -> String {
        let stretches = self.stretches(days).into_iter();
        stretches
            .map(|stretch| line(stretch.into_iter().map(|[x, y, ..]| (x, y)).collect()))
            .collect()
    }

    fn grid(&self) -> Vec<Piece> {
        let lines = self.scale.lines().into_iter().map(|value| {
            let y = self.y(value);
            let label = words::with_minus(format!("{value:.0}"));
            view! {
                <line class="grid" x1=at(LEFT) x2=at(WIDTH - RIGHT) y1=at(y) y2=at(y)/>
                <text class="end" x=at(LEFT - 8.0) y=at(y + 4.0)>{label}</text>
            }
            .piece()
        });
        lines.collect()
    }

    fn event(&self, since: Date) -> Option<Piece> {
        if since <= self.first {
            return None;
        }
        let half_a_day = (WIDTH - LEFT - RIGHT) / self.days / 2.0;
        let x = self.x(since) - half_a_day;
        let line = view! {
            <line class="event" x1=at(x) x2=at(x) y1=at(TOP - 8.0) y2=at(self.height - BOTTOM)/>
        };
        Some(line.piece())
    }

    fn labels(&self, days: &[DayReport]) -> Vec<Piece> {
        let label = |day: Option<&DayReport>, class: &'static str| {
            let day = day?.day;
            let (x, y) = (at(self.x(day)), at(self.height - 6.0));
            let text = day.strftime("%-d %b").to_string();
            Some(view! { <text class=class x=x y=y>{text}</text> }.piece())
        };
        let ends = [
            label(days.first(), "start"),
            label(days.get(days.len() / 2), "middle"),
            label(days.last(), "end"),
        ];
        ends.into_iter().flatten().collect()
    }
}

fn line(points: Vec<(f64, f64)>) -> String {
    let points = points.into_iter().enumerate();
    points
        .map(|(place, (x, y))| format!("{}{x:.1} {y:.1}", if place == 0 { 'M' } else { 'L' }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::RenderHtml;
    use report::Figure;

    fn day(day: i8, value: Option<f64>) -> DayReport {
        let end = |by: f64| value.map(|value| value + by);
        DayReport {
            day: Date::constant(2026, 11, day),
            n: 40,
            value,
            figure: Figure {
                name: FigureName::Csat,
                value,
                low: end(-10.0),
                high: end(10.0),
                n: 40,
            },
        }
    }

    fn drawn(days: &[DayReport], since: Option<Date>) -> Option<String> {
        let asked = Trend {
            title: "satisfied".to_owned(),
            days,
            since,
            height: 200.0,
        };
        trend(&asked).map(RenderHtml::to_html)
    }

    #[test]
    fn a_day_without_a_figure_and_a_day_that_is_missing_break_the_line() {
        let days = [
            day(1, Some(50.0)),
            day(2, Some(60.0)),
            day(3, None),
            day(4, Some(70.0)),
            day(6, Some(80.0)),
        ];
        let svg = drawn(&days, None).expect("a chart");
        assert_eq!(svg.matches("class=\"dot\"").count(), 4, "{svg}");
        let (before, _) = svg.split_once("class=\"path\"").expect("a line");
        let (_, path) = before.rsplit_once("d=\"").expect("its course");
        assert_eq!(
            (path.matches('M').count(), path.matches('L').count()),
            (3, 1),
            "{path}"
        );
        assert!(!svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn two_days_make_a_line_and_a_change_on_the_first_is_none() {
        assert_eq!(drawn(&[day(1, Some(50.0)), day(2, None)], None), None);
        let days = [day(1, Some(50.0)), day(2, Some(50.0))];
        let event = |since| {
            let svg = drawn(&days, Some(Date::constant(2026, 11, since)));
            svg.is_some_and(|svg| svg.contains("class=\"event\""))
        };
        assert_eq!((event(1), event(2)), (false, true));
    }
}
