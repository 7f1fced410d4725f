//! How shop figures are called, written and judged.

use super::figures::StageKpi;
use super::level::{KpiDifference, Level, Measure};
use super::moved::Moved;
use super::stage::Stage;
use crate::verdict::p_value;

impl Stage {
    /// As a title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Before => "Before the purchase",
            Self::During => "During the purchase",
            Self::After => "After the purchase",
        }
    }
}

impl Measure {
    /// As the JSON says it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::ValuePerSession => "value_per_session",
            Self::ValuePerPurchase => "value_per_purchase",
            Self::MedianValue => "median_value",
            Self::Pages => "pages",
            Self::OnePage => "one_page",
            Self::Contact => "contact",
        }
    }

    /// As a label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::ValuePerSession => "value a session",
            Self::ValuePerPurchase => "value a purchase",
            Self::MedianValue => "median value",
            Self::Pages => "pages, at least",
            Self::OnePage => "left at page 1",
            Self::Contact => "in contact",
        }
    }

    /// A value as people read it: in percent with one digit, money with two, or none from 1,000 up.
    #[must_use]
    pub fn number(self, value: f64) -> String {
        match value.abs() {
            _ if self.is_share() => format!("{value:.1}"),
            1_000_000.0.. => format!("{:.2}M", value / 1e6),
            1_000.0.. => format!("{value:.0}"),
            _ if self.is_money() => format!("{value:.2}"),
            _ => format!("{value:.1}"),
        }
    }

    /// The same with its unit, if it has one of its own.
    #[must_use]
    pub fn value(self, value: f64) -> String {
        let unit = if self.is_share() { " %" } else { "" };
        self.number(value) + unit
    }
}

impl StageKpi {
    /// Whether low scores go together with fewer orders, or smaller ones; `None` where nothing can be said.
    #[must_use]
    pub fn verdict(&self) -> Option<String> {
        let measures = [Measure::Ordered, Measure::ValuePerPurchase];
        let mut differences = self.low_less_rest.iter();
        let found = differences.find(|difference| measures.contains(&difference.measure))?;
        let of_low = self.bands.first()?.levels.get(&found.measure)?.value?;
        Some(of_low_scores(found, of_low))
    }
}

fn of_low_scores(found: &KpiDifference, of_low: f64) -> String {
    let measure = found.measure;
    let subject = match measure {
        Measure::Ordered => "order after a low score",
        _ => "is what a purchase is worth with a low score",
    };
    let amount = amount(measure, found.value.abs());
    let side = if found.value < 0.0 { "less" } else { "more" };
    let p = found
        .p_adjusted
        .map_or_else(String::new, |p| format!(", {}", p_value(p)));
    if !found.differs {
        return format!(
            "{} {subject}; no difference from other scores that these sessions could show{p}",
            measure.value(of_low)
        );
    }
    format!(
        "{} {subject}, {amount} {side} than with other scores{}; a difference this large is \
         unlikely to be chance{p}",
        measure.value(of_low),
        interval(measure, found.low, found.high)
    )
}

fn amount(measure: Measure, amount: f64) -> String {
    let unit = if measure.is_share() {
        " percentage points"
    } else {
        ""
    };
    measure.number(amount) + unit
}

fn interval(measure: Measure, low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!(
            " (95 % interval {} to {})",
            measure.number(low),
            measure.number(high)
        ),
        _ => String::new(),
    }
}

impl Moved {
    /// What moved, where, since when, how sure.
    #[must_use]
    pub fn verdict(&self) -> String {
        let falls = self.difference < 0.0;
        let (fewer, kind) = if falls {
            ("fewer", "fall")
        } else {
            ("more", "rise")
        };
        let place = self
            .device
            .as_ref()
            .map_or_else(String::new, |device| format!(" where device is {device}"));
        let share = |level: &Level| {
            let value = level
                .value
                .map_or_else(|| "–".to_owned(), |value| Measure::Ordered.value(value));
            format!("{value} of {}", level.n)
        };
        let p = self
            .p_adjusted
            .map_or_else(String::new, |p| format!(", {}", p_value(p)));
        format!(
            "{fewer} of those asked at the checkout go on to order{place} since {}: {}, before {} \
             ({} percentage points{}); a {kind} this large is unlikely to be chance{p}",
            self.since.strftime("%A %-d %B %Y"),
            share(&self.after),
            share(&self.before),
            Measure::Ordered.number(self.difference),
            interval(Measure::Ordered, self.low, self.high)
                .replace(['(', ')'], "")
                .replacen(' ', ", ", 1),
        )
    }
}
