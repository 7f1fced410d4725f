//! Shop figures as rows: one for each measure of each kind of session, in full precision.

use std::io;

use crate::export::harmless;
use crate::kpi::{Kpi, Level};

const HEADER: [&str; 9] = [
    "site", "stage", "band", "measure", "value", "low", "high", "n", "currency",
];

/// Shop figures as CSV (RFC 4180); shares from 0 to 100. Text that a spreadsheet would run as a formula
/// begins with `'`.
///
/// # Errors
/// Never in practice: it is written into memory.
pub fn csv(kpi: &Kpi) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for site in &kpi.sites {
        let purchases = &site.purchases;
        let currency = purchases.currency.as_deref().unwrap_or_default();
        let mut write = |stage: &str, band: &str, measure: &str, level: &Level, currency: &str| {
            let number =
                |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            writer.write_record([
                &harmless(&site.site),
                stage,
                band,
                measure,
                &number(level.value),
                &number(level.low),
                &number(level.high),
                &level.n.to_string(),
                currency,
            ])
        };
        write("", "", "value_per_purchase", &purchases.mean, currency)?;
        write("", "", "median_value", &purchases.median, currency)?;
        for stage in &site.stages {
            for band in &stage.bands {
                for (measure, level) in &band.levels {
                    let currency = if measure.is_money() { currency } else { "" };
                    write(
                        stage.stage.name(),
                        band.band,
                        measure.name(),
                        level,
                        currency,
                    )?;
                }
            }
        }
    }
    let bytes = writer.into_inner().map_err(io::Error::other)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}
