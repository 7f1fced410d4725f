//! The demo shop as people see it, photographed: to be looked at, and for the README.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor};
use std::path::{Path, PathBuf};

/// `HARK_PICTURES=docs/pictures` renews those of the documentation.
fn pictures() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::var("HARK_PICTURES").unwrap_or_else(|_| "target/pictures".to_owned());
    root.join(folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_looks_finished_wherever_it_is_shown() {
    let shop = Shop::open_demo().await;
    let rows = [
        (
            "checkout",
            "/demo/checkout/",
            "checkout-effort",
            false,
            false,
        ),
        (
            "checkout-dark",
            "/demo/checkout/",
            "checkout-effort",
            false,
            true,
        ),
        (
            "checkout-french",
            "/demo/fr/checkout/",
            "checkout-effort",
            false,
            false,
        ),
        ("phone", "/demo/product/", "recommend", true, false),
        (
            "phone-dark",
            "/demo/checkout/done/",
            "order-satisfaction",
            true,
            true,
        ),
        ("phone-arabic", "/demo/ar/", "recommend", true, false),
    ];
    for (name, path, survey, phone, dark) in rows {
        let visitor = if phone {
            Visitor::with_phone().await
        } else {
            Visitor::new().await
        };
        if dark {
            visitor.prefers_dark().await;
        }
        visitor.opens(&format!("{}{path}", shop.collector)).await;
        visitor
            .runs(&format!("await hark('explain'); hark('show', '{survey}')"))
            .await;
        let card = visitor.card().await;
        card.part("scale").await;
        visitor.has_looked_for(300.0).await;
        visitor
            .photographs(&pictures().join(format!("{name}.png")))
            .await;
        card.chooses(2).await;
        card.part("comment").await;
        visitor
            .photographs(&pictures().join(format!("{name}-2.png")))
            .await;
        assert_eq!(visitor.console().await, Vec::<String>::new(), "{name}");
        visitor.leaves().await;
    }
}
