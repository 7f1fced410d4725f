//! Who visits: device, language, consent, what is in the cart.

use fastrand::Rng;

/// One visit of one shopper, as far as lines tell of it.
pub(super) struct Shopper {
    pub(super) device: Device,
    /// Index into [`LANGUAGES`].
    pub(super) language: usize,
    pub(super) consent: Consent,
    pub(super) cart_value: f64,
    pub(super) member: bool,
    pub(super) automated: bool,
}

/// What the shopper has decided.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    /// With a random id and the number of the visit.
    Granted(u64, u32),
    Pending,
    Denied,
}

/// What the page is read on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Device {
    Mobile,
    Tablet,
    Desktop,
}

/// A language of the shop.
pub(super) struct Language {
    /// As `<html lang>` says.
    pub(super) tag: &'static str,
    /// Its share of visits.
    share: f64,
    /// What ends a sentence, with the space that follows.
    pub(super) full_stop: &'static str,
}

/// The shop's languages; shares add up to 1.
pub(super) const LANGUAGES: [Language; 6] = [
    Language::new("en", 0.36, ". "),
    Language::new("fr", 0.19, ". "),
    Language::new("de", 0.18, ". "),
    Language::new("es", 0.08, ". "),
    Language::new("nl", 0.09, ". "),
    Language::new("zh-Hant", 0.10, "。"),
];

const DEVICES: [(Device, f64); 3] = [
    (Device::Mobile, 0.58),
    (Device::Desktop, 0.36),
    (Device::Tablet, 0.06),
];

/// Shares of visits.
const CONSENTING: f64 = 0.55;
const DENYING: f64 = 0.15;
const MEMBERS: f64 = 0.3;
const AUTOMATED: f64 = 0.012;

impl Shopper {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let device = DEVICES[weighted(rng, DEVICES.iter().map(|(_, share)| *share))].0;
        let language = weighted(rng, LANGUAGES.iter().map(|language| language.share));
        let decided = rng.f64();
        let consent = if decided < CONSENTING {
            Consent::Granted(rng.u64(..), 1 + geometric(rng, 0.55))
        } else if decided < CONSENTING + DENYING {
            Consent::Denied
        } else {
            Consent::Pending
        };
        // Many small carts, a few large ones: a log-normal of median 42.
        let cart_value = (42.0 * (0.6 * normal(rng)).exp() * 100.0).round() / 100.0;
        Self {
            device,
            language,
            consent,
            cart_value,
            member: rng.f64() < MEMBERS,
            automated: rng.f64() < AUTOMATED,
        }
    }
}

impl Device {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Tablet => "tablet",
            Self::Desktop => "desktop",
        }
    }
}

impl Language {
    const fn new(tag: &'static str, share: f64, full_stop: &'static str) -> Self {
        Self {
            tag,
            share,
            full_stop,
        }
    }
}

/// The place of one of these weights, each as likely as it is heavy.
pub(super) fn weighted(rng: &mut Rng, weights: impl Iterator<Item = f64> + Clone) -> usize {
    let mut left = rng.f64() * weights.clone().sum::<f64>();
    let mut last = 0;
    for (place, weight) in weights.enumerate() {
        last = place;
        if left < weight {
            break;
        }
        left -= weight;
    }
    last
}

/// How often something of this chance goes on before it stops.
fn geometric(rng: &mut Rng, stops: f64) -> u32 {
    let mut times = 0;
    while rng.f64() > stops && times < 30 {
        times += 1;
    }
    times
}

/// A standard normal value, by the method of Box and Muller (1958).
pub(super) fn normal(rng: &mut Rng) -> f64 {
    let radius = (-2.0 * (1.0 - rng.f64()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.f64()).cos()
}
