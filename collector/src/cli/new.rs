//! What is typed after `hark new`.

use super::{Config, Surveys};
use clap::{Args, ValueEnum};

/// Begin a survey: write a commented file with everything that it may want
///
/// The file goes to the folder of the survey files, which is made where there is none. It is a draft: nobody
/// is asked before its `status` is "live". A file that is there already is never touched.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark new nps recommend                 surveys/recommend.toml: would they recommend the shop?
  hark new ces checkout-effort           was it easy to order?
  hark new csat order-satisfaction --surveys /etc/hark/surveys

Prints the path of the file. Then change it, run `hark check`, and set `status = \"live\"`: a running
collector reads it by itself.")]
pub(crate) struct New {
    /// What it measures
    #[arg(value_enum)]
    pub(crate) metric: Measured,
    /// Its id, which becomes the file's name: at most 64 letters, digits, `-` and `_`
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) surveys: Surveys,
}

/// What a survey can measure.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Measured {
    /// Satisfaction, from 1 to 5
    Csat,
    /// Ease, from 1 to 7
    Ces,
    /// Recommendation, from 0 to 10
    Nps,
}
