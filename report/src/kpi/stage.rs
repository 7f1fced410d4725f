//! Where on the way to an order a page is: before, during or after the purchase, by its path.

use std::collections::BTreeMap;

use serde::Serialize;
use survey::targeting::{Pages, PatternError};

/// A stage of the way to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Looking around: every page that is none of the others.
    Before,
    /// From the cart to the last step of the checkout.
    During,
    /// The order is placed.
    After,
}

impl Stage {
    /// In the order a shopper meets them.
    pub const ALL: [Self; 3] = [Self::Before, Self::During, Self::After];

    /// As the JSON says it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::During => "during",
            Self::After => "after",
        }
    }
}

/// Which pages belong to which stage, of one site.
#[derive(Clone, Debug)]
pub struct Stages {
    during: Pages,
    after: Pages,
    /// One page load is a whole visit, as in a single-page app.
    pub single_page: bool,
}

/// What carts and checkouts are called in the addresses of the usual shop systems and languages.
const DURING: &str = "re:(^|/)(cart|basket|bag|checkouts?|order|panier|commande|warenkorb|kasse|\
bestellung|carrito|pedido|winkelwagen|winkelmand|afrekenen|carrello|cassa)(/|$)";

/// The same of what is seen once an order is placed. Looked at first: it often lies below the checkout.
const AFTER: &str = "re:(^|/)(done|thank[-_]?you|thanks|success|confirmation|order[-_]confirmation|\
order[-_]received|orders|merci|confirmation-commande|danke|bestellbestaetigung|gracias|bedankt|\
grazie)(/|$)";

impl Stages {
    /// By patterns as in survey files; what is not given is as usual.
    ///
    /// # Errors
    /// When one is no pattern.
    pub fn new(
        during: Option<&[String]>,
        after: Option<&[String]>,
        single_page: bool,
    ) -> Result<Self, PatternError> {
        let pages = |own: Option<&[String]>, usual: &str| match own {
            Some(patterns) => Pages::new(patterns),
            None => Pages::new(&[usual]),
        };
        Ok(Self {
            during: pages(during, DURING)?,
            after: pages(after, AFTER)?,
            single_page,
        })
    }

    /// The stage of the page with this path.
    #[must_use]
    pub fn of(&self, path: &str) -> Stage {
        if self.after.have(path) {
            Stage::After
        } else if self.during.have(path) {
            Stage::During
        } else {
            Stage::Before
        }
    }
}

impl Default for Stages {
    fn default() -> Self {
        // Both usual patterns are expressions, which the tests see.
        Self {
            during: Pages::new(&[DURING]).unwrap_or_default(),
            after: Pages::new(&[AFTER]).unwrap_or_default(),
            single_page: false,
        }
    }
}

/// The stages of each site; those that are not named have the usual ones.
#[derive(Clone, Debug, Default)]
pub struct Shops {
    /// By the site's key.
    pub named: BTreeMap<String, Stages>,
    usual: Stages,
}

impl Shops {
    pub(super) fn of(&self, site: &str) -> &Stages {
        self.named.get(site).unwrap_or(&self.usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_pages_of_shops_are_known() {
        let stages = Stages::default();
        let rows = [
            ("/", Stage::Before),
            ("/demo/product/", Stage::Before),
            ("/collections/cartridges", Stage::Before),
            ("/cart", Stage::During),
            ("/demo/cart/", Stage::During),
            ("/checkouts/cn/Z2NwLWV1/information", Stage::During),
            ("/fr/commande", Stage::During),
            ("/warenkorb/", Stage::During),
            ("/demo/checkout/done/", Stage::After),
            ("/checkouts/cn/Z2NwLWV1/thank_you", Stage::After),
            ("/checkout/order-received/1842/", Stage::After),
            ("/checkout/onepage/success/", Stage::After),
            ("/account/orders/1842", Stage::After),
        ];
        for (path, stage) in rows {
            assert_eq!(stages.of(path), stage, "{path}");
        }
    }

    #[test]
    fn patterns_of_ones_own_take_the_place_of_the_usual_ones() {
        let own = |patterns: &[&str]| {
            patterns
                .iter()
                .map(|&text| text.to_owned())
                .collect::<Vec<_>>()
        };
        let during = own(&["/buy/**"]);
        let stages = Stages::new(Some(&during), None, false).unwrap();
        assert_eq!(stages.of("/buy/pay"), Stage::During);
        assert_eq!(stages.of("/cart"), Stage::Before);
        assert_eq!(stages.of("/buy/thanks"), Stage::After);
        assert!(Stages::new(Some(&own(&["buy"])), None, false).is_err());
    }
}
