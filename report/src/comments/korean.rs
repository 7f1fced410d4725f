//! Korean words without the particles that hang on them, so that 배송이, 배송은 and 배송을 count as one.

/// Common particles, longer ones first.
const PARTICLES: [&str; 20] = [
    "에서는",
    "으로는",
    "에서",
    "에게",
    "까지",
    "부터",
    "으로",
    "하고",
    "보다",
    "처럼",
    "이나",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "에",
    "도",
    "의",
];

/// The word without one trailing particle, if at least two syllables remain.
pub(super) fn without_particle(word: &str) -> &str {
    PARTICLES
        .iter()
        .filter_map(|particle| word.strip_suffix(particle))
        .find(|stem| stem.chars().count() >= 2)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_particle_goes_where_two_syllables_stay() {
        let rows = [
            ("배송이", "배송"),
            ("가격은", "가격"),
            ("사이트에서", "사이트"),
            ("아이", "아이"),
            ("환불", "환불"),
        ];
        for (word, stem) in rows {
            assert_eq!(without_particle(word), stem);
        }
    }
}
