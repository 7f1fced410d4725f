//! What is typed about a report, as the report means it.

use super::{Alert, Compare, Method};
use report::Chart;

impl From<Method> for report::Method {
    fn from(typed: Method) -> Self {
        match typed {
            Method::AdjustedWald => Self::AdjustedWald,
            Method::BonettPrice => Self::BonettPrice,
        }
    }
}

impl From<Compare> for report::Compare {
    fn from(typed: Compare) -> Self {
        match typed {
            Compare::Previous => Self::Previous,
            Compare::Nothing => Self::Nothing,
        }
    }
}

impl From<Alert> for Chart {
    fn from(typed: Alert) -> Self {
        match typed {
            Alert::Ewma => Self::Ewma,
            Alert::Cusum => Self::Cusum,
        }
    }
}
