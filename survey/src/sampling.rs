//! Sticky sampling: the same visitor and survey always draw the same number.

/// The draw of a visitor (or, without consent, of a visit) for a survey: from 0 to below 1.
///
/// FNV-1a over both names, mixed by MurmurHash3's finalizer, since FNV alone leaves the high bits of
/// short texts alike.
#[must_use]
pub fn draw(unit: &str, survey: &str) -> f64 {
    let bytes = unit.bytes().chain([0]).chain(survey.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    // 32 bits are plenty for a share, and keep the recorded number short.
    f64::from((mixed(hash) >> 32) as u32) / (f64::from(u32::MAX) + 1.0)
}

const fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_draws_the_same_number_each_time() {
        assert_eq!(
            draw("ada", "checkout").to_bits(),
            draw("ada", "checkout").to_bits()
        );
        assert_ne!(
            draw("ada", "checkout").to_bits(),
            draw("ada", "recommend").to_bits()
        );
        assert_ne!(
            draw("ada", "checkout").to_bits(),
            draw("bob", "checkout").to_bits()
        );
    }

    #[test]
    fn the_share_of_visitors_sampled_is_what_the_survey_says() {
        // Counted ids, and random ones as the widget makes them.
        let counted = |visitor: u128| visitor.to_string();
        let random = |visitor: u128| {
            let golden = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
            format!("{:x}", visitor.wrapping_add(1).wrapping_mul(golden))
        };
        for id in [counted, random] {
            for share in [0.01, 0.25, 0.5, 0.9] {
                let asked = (0..10_000)
                    .filter(|visitor| draw(&id(*visitor), "checkout") < share)
                    .count();
                // Four standard errors of the binomial distribution.
                let allowed = 4.0 * (10_000.0 * share * (1.0 - share)).sqrt();
                let distance = (asked as f64 - 10_000.0 * share).abs();
                assert!(distance < allowed, "{asked} of 10,000 at {share}");
            }
        }
    }

    #[test]
    fn nobody_is_in_an_empty_sample_and_everybody_in_a_whole_one() {
        for visitor in 0..10_000 {
            let draw = draw(&visitor.to_string(), "checkout");
            assert!((0.0..1.0).contains(&draw), "{visitor} {draw}");
        }
    }

    #[test]
    fn two_surveys_do_not_pick_the_same_visitors() {
        let both = (0..10_000)
            .map(|visitor| visitor.to_string())
            .filter(|visitor| draw(visitor, "checkout") < 0.5 && draw(visitor, "recommend") < 0.5)
            .count();
        assert!((2_300..2_700).contains(&both), "{both}");
    }
}
