//! A value on its scale with the range that its true value lies in, as a dot on a line.

use super::at;
use crate::dashboard::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::{Figure, FigureName};

/// The part of a figure's scale that is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::dashboard) struct Scale {
    pub(in crate::dashboard) least: f64,
    pub(in crate::dashboard) most: f64,
    step: f64,
}

impl Scale {
    /// A share.
    pub(in crate::dashboard) const PERCENT: Self = Self {
        least: 0.0,
        most: 100.0,
        step: 25.0,
    };

    /// All of it.
    pub(in crate::dashboard) const fn whole(name: FigureName) -> Self {
        let (least, most, step) = match name {
            FigureName::Nps => (-100.0, 100.0, 50.0),
            FigureName::Csat
            | FigureName::CsatBottom2
            | FigureName::CesEasy
            | FigureName::ResponseRate
            | FigureName::Completion
            | FigureName::CommentShare => {
                return Self::PERCENT;
            }
            FigureName::CsatMean => (1.0, 5.0, 1.0),
            FigureName::CesMean => (1.0, 7.0, 1.0),
        };
        Self { least, most, step }
    }

    /// As much of it as these figures need with their ranges, to the next line of the grid.
    pub(in crate::dashboard) fn fitting<'f>(
        name: FigureName,
        figures: impl Iterator<Item = &'f Figure>,
    ) -> Self {
        let whole = Self::whole(name);
        let known = figures.filter(|figure| figure.value.is_some());
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for end in known
            .flat_map(|figure| [figure.value, figure.low, figure.high])
            .flatten()
        {
            least = least.min(end);
            most = most.max(end);
        }
        if least > most {
            return whole;
        }
        let line = |value: f64, round: fn(f64) -> f64| {
            whole.least + round((value - whole.least) / whole.step) * whole.step
        };
        let least = line(least, f64::floor).clamp(whole.least, whole.most - whole.step);
        let most = line(most, f64::ceil).clamp(least + whole.step, whole.most);
        Self {
            least,
            most,
            ..whole
        }
    }

    /// How far up a value stands, from 0 to 1.
    pub(in crate::dashboard) fn share(self, value: f64) -> f64 {
        ((value - self.least) / (self.most - self.least)).clamp(0.0, 1.0)
    }

    /// Where lines of the grid stand.
    pub(in crate::dashboard) fn lines(self) -> Vec<f64> {
        let steps = ((self.most - self.least) / self.step).round() as u32;
        (0..=steps)
            .map(|step| self.least + f64::from(step) * self.step)
            .collect()
    }
}

const WIDTH: f64 = 200.0;
const EDGE: f64 = 6.0;

/// The drawing; a thin line stands at `beside`, what the value is to be held against. The numbers stand in
/// words next to it, so that it is left out for whoever hears the page.
pub(in crate::dashboard) fn range(
    value: f64,
    [low, high]: [Option<f64>; 2],
    scale: Scale,
    beside: Option<f64>,
) -> Piece {
    let x = |value: f64| at(EDGE + scale.share(value) * (WIDTH - 2.0 * EDGE));
    let (low, high) = (low.unwrap_or(value), high.unwrap_or(value));
    let beside = beside.map(|beside| {
        view! { <line class="beside" x1=x(beside) x2=x(beside) y1="0" y2="20"/> }
    });
    let drawing = view! {
        <svg class="range" viewBox="0 0 200 20" aria-hidden="true" focusable="false">
            <line class="grid" x1=at(EDGE) x2=at(WIDTH - EDGE) y1="10" y2="10"/>
            {beside}
            <line class="whisker" x1=x(low) x2=x(high) y1="10" y2="10"/>
            <circle class="dot" cx=x(value) cy="10" r="5"/>
        </svg>
    };
    drawing.piece()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(low: f64, value: f64, high: f64) -> Figure {
        Figure {
            name: FigureName::Csat,
            value: Some(value),
            low: Some(low),
            high: Some(high),
            n: 50,
        }
    }

    #[test]
    fn a_scale_shows_all_ranges_and_no_more_than_there_is() {
        let rows = [
            (vec![figure(55.0, 60.0, 70.0)], (50.0, 75.0)),
            (
                vec![figure(80.0, 90.0, 99.0), figure(20.0, 40.0, 60.0)],
                (0.0, 100.0),
            ),
            (vec![figure(100.0, 100.0, 100.0)], (75.0, 100.0)),
            (vec![], (0.0, 100.0)),
        ];
        for (figures, (least, most)) in rows {
            let scale = Scale::fitting(FigureName::Csat, figures.iter());
            assert_eq!((scale.least, scale.most), (least, most), "{figures:?}");
        }
    }
}
