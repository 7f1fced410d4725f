//! `cargo xtask budget`: what a shopper downloads, measured and held against the design's budgets.

mod page;
mod table;

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use self::table::Row;
use crate::{
    build,
    house::House,
    setup,
    step::{self, Step},
};

/// One budget: what is measured, and how many bytes it may have.
struct Budget {
    what: &'static str,
    at_most: u64,
    measure: fn(&House) -> Result<u64>,
}

const BUDGETS: [Budget; 5] = [
    Budget {
        what: "`hark.js`, brotli",
        at_most: 1_200,
        measure: loader,
    },
    Budget {
        what: "a page with no armed survey, five live, packed",
        at_most: 2_500,
        measure: |house| Ok(loader(house)? + page::surveys(house)?),
    },
    Budget {
        what: "Wasm and glue, brotli",
        at_most: 44_000,
        measure: |house| assets(house, &[".wasm.br", ".js.br"]),
    },
    Budget {
        what: "Wasm, raw",
        at_most: 120_000,
        measure: |house| assets(house, &[".wasm"]),
    },
    Budget {
        what: "`hark`, stripped, with all assets",
        at_most: 15_000_000,
        measure: |house| size(&house.collector()),
    },
];

/// Carries out `cargo xtask budget`.
pub(crate) fn run(house: &House) -> Result<()> {
    let mut plan = setup::for_build(house)?;
    plan.extend(build::plan_of_build());
    plan.push(Box::new(Budgets));
    step::take(house, &plan)
}

/// All budgets as a step.
pub(crate) struct Budgets;

impl Step for Budgets {
    fn name(&self) -> String {
        "budgets".into()
    }

    fn usually(&self) -> &'static str {
        "measuring"
    }

    fn make(&self, house: &House) -> Result<()> {
        let rows = BUDGETS
            .iter()
            .map(|budget| {
                let measured = (budget.measure)(house)?;
                Ok(Row {
                    what: budget.what,
                    measured,
                    at_most: budget.at_most,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        table::print(&rows)?;
        let broken: Vec<_> = rows
            .iter()
            .filter(|row| row.is_broken())
            .map(|row| row.what)
            .collect();
        ensure!(broken.is_empty(), "over budget: {}", broken.join("; "));
        Ok(())
    }

    fn remedy(&self) -> &'static str {
        "look with `twiggy top` at what grew since the last commit, and take it out again"
    }
}

fn loader(house: &House) -> Result<u64> {
    size(&house.dist().join("hark.js.br"))
}

/// The bytes of the assets with one of these endings.
fn assets(house: &House, endings: &[&str]) -> Result<u64> {
    let folder = house.dist().join("assets");
    let mut sum = 0;
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot read `{}`", folder.display()))?
    {
        let file = entry?.path();
        let name = file.to_string_lossy();
        if endings.iter().any(|ending| name.ends_with(ending)) {
            sum += size(&file)?;
        }
    }
    ensure!(
        sum > 0,
        "`dist/assets` holds nothing that ends in {}",
        endings.join(" or ")
    );
    Ok(sum)
}

fn size(file: &Path) -> Result<u64> {
    let metadata =
        fs::metadata(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    Ok(metadata.len())
}
