//! Since when is it different? The day that parts a row of days best, and how often chance alone
//! parts a row as well.

use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Values of one day: how many, their sum and the sum of their squares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Day {
    pub(crate) n: f64,
    pub(crate) sum: f64,
    pub(crate) squares: f64,
}

/// A row of days falls into two parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Change {
    /// The place of the first day of the second part.
    pub(crate) place: usize,
    /// How far the parts are apart, in standard errors.
    pub(crate) z: f64,
    /// Over all days one might have chosen.
    pub(crate) p: f64,
}

/// Neither part may have fewer answers than this: the statistic would not be normal.
const PART_ANSWERS_MIN: f64 = 30.0;

/// The day that parts the row best, by the largest |z| of the two means; `None` if no day leaves
/// enough answers on both sides.
///
/// Its p value is that of the largest of all these statistics: 4φ(b)/b + φ(b)(b − 1/b) ln(…) (Miller and
/// Siegmund, Biometrics, 1982; as in Lausen and Schumacher, 1992), or, where that is smaller, that of
/// one of them times their number (Bonferroni). Both are upper bounds but for the approximation.
pub(crate) fn point(days: &[Day]) -> Option<Change> {
    let all = days.iter().fold(Day::default(), |sum, day| sum.and(day));
    let mut before = Day::default();
    let mut best: Option<(usize, f64)> = None;
    let mut shares: Option<(f64, f64)> = None;
    let mut candidates = 0.0;
    for (place, day) in days.iter().enumerate() {
        let after = all.less(&before);
        if before.n >= PART_ANSWERS_MIN && after.n >= PART_ANSWERS_MIN && day.n > 0.0 {
            candidates += 1.0;
            let share = before.n / all.n;
            let (least, _) = shares.unwrap_or((share, share));
            shares = Some((least, share));
            let z = z(&before, &after, &all);
            if best.is_none_or(|(_, most)| z > most) {
                best = Some((place, z));
            }
        }
        before = before.and(day);
    }
    let (place, z) = best?;
    let p = p(z, shares?, candidates);
    Some(Change { place, z, p })
}

/// |difference of the means| over its standard error, the variance that of all answers within the
/// parts.
fn z(before: &Day, after: &Day, all: &Day) -> f64 {
    let within = before.deviations() + after.deviations();
    let variance = within / (all.n - 2.0) * (1.0 / before.n + 1.0 / after.n);
    let difference = (after.mean() - before.mean()).abs();
    if variance > 0.0 {
        difference / variance.sqrt()
    } else if difference > 0.0 {
        f64::INFINITY
    } else {
        0.0
    }
}

fn p(z: f64, (least, most): (f64, f64), candidates: f64) -> f64 {
    let normal = Normal::standard();
    let bonferroni = candidates * 2.0 * normal.sf(z);
    // The approximation is for the tail; near the middle it is not even decreasing.
    let siegmund = if z > 1.5 && z.is_finite() {
        let width = (most * (1.0 - least) / ((1.0 - most) * least)).ln();
        normal.pdf(z) * (4.0 / z + (z - 1.0 / z) * width)
    } else {
        bonferroni
    };
    siegmund.min(bonferroni).clamp(0.0, 1.0)
}

impl Day {
    fn and(&self, other: &Self) -> Self {
        Self {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }

    fn less(&self, other: &Self) -> Self {
        Self {
            n: self.n - other.n,
            sum: self.sum - other.sum,
            squares: self.squares - other.squares,
        }
    }

    /// Adds so many equal values.
    pub(crate) fn add(&mut self, value: f64, count: f64) {
        self.n += count;
        self.sum += value * count;
        self.squares += value * value * count;
    }

    /// Not a number without values.
    pub(crate) fn mean(&self) -> f64 {
        self.sum / self.n
    }

    /// Σ(x − mean)² / n; `None` without values.
    pub(crate) fn variance(&self) -> Option<f64> {
        (self.n > 0.0).then(|| self.deviations() / self.n)
    }

    /// Σ(x − mean)².
    fn deviations(&self) -> f64 {
        (self.squares - self.sum * self.mean()).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A day of answers read as −1, 0 and +1.
    fn day(low: f64, middle: f64, high: f64) -> Day {
        Day {
            n: low + middle + high,
            sum: high - low,
            squares: high + low,
        }
    }

    #[test]
    fn a_fall_is_found_on_its_day() {
        let good = day(5.0, 10.0, 25.0);
        let bad = day(20.0, 10.0, 10.0);
        for fell in 1..14 {
            let days: Vec<Day> = (0..14)
                .map(|at| if at < fell { good } else { bad })
                .collect();
            let change = point(&days).unwrap();
            assert_eq!(change.place, fell);
            assert!(change.p < 1e-4, "{change:?}");
        }
    }

    #[test]
    fn days_alike_have_no_change_worth_telling() {
        let change = point(&[day(5.0, 10.0, 25.0); 14]).unwrap();
        assert_eq!(change.p, 1.0);
    }

    #[test]
    fn too_few_answers_have_no_change() {
        assert_eq!(point(&[day(1.0, 1.0, 1.0); 9]), None);
        assert_eq!(point(&[]), None);
    }

    #[test]
    fn answers_all_alike_on_either_side_are_no_accident() {
        let days = [day(0.0, 0.0, 40.0), day(40.0, 0.0, 0.0)];
        let change = point(&days).unwrap();
        assert_eq!((change.place, change.p), (1, 0.0));
    }

    /// SplitMix64, so that the test says the same every time.
    fn random(state: &mut u64) -> f64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    #[test]
    fn chance_alone_is_taken_for_a_change_as_often_as_promised() {
        let mut state = 20_261_127;
        let mut alarms = [0; 2];
        let rows = 4_000;
        for _ in 0..rows {
            let mut answer = || match random(&mut state) {
                chance if chance < 0.2 => -1.0,
                chance if chance < 0.5 => 0.0,
                _ => 1.0,
            };
            let mut row = [Day::default(); 30];
            for day in &mut row {
                for _ in 0..12 {
                    let answer: f64 = answer();
                    *day = day.and(&Day {
                        n: 1.0,
                        sum: answer,
                        squares: answer * answer,
                    });
                }
            }
            let p = point(&row).unwrap().p;
            alarms[0] += u32::from(p < 0.05);
            alarms[1] += u32::from(p < 0.01);
        }
        let shares = alarms.map(|alarms| f64::from(alarms) / f64::from(rows));
        assert!((0.025..0.055).contains(&shares[0]), "{shares:?}");
        assert!((0.003..0.013).contains(&shares[1]), "{shares:?}");
    }
}
