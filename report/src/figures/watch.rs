//! Has something changed? Charts that are looked at every day, with a known rate of false alarms.

pub(crate) mod cusum;
pub(crate) mod ewma;

#[cfg(test)]
mod run_length;
