//! How a visitor sees the page: through a window of some size, with preferences, with larger text.

use crate::visitor::Visitor;
use serde_json::{Value, json};

impl Visitor {
    /// Looks through a window of this size, in CSS pixels.
    pub async fn looks_through(&self, width: u32, height: u32) {
        let screen =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell_browser("Emulation.setDeviceMetricsOverride", screen)
            .await;
    }

    /// Prefers what media features say: `("forced-colors", "active")`.
    pub async fn prefers(&self, features: &[(&str, &str)]) {
        let features = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect::<Vec<_>>();
        self.tell_browser(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// Reads text of twice the usual size, as set in the browser, not in the page.
    pub async fn doubles_the_text(&self) {
        let sizes = json!({ "fontSizes": { "standard": 32, "fixed": 26 } });
        self.tell_browser("Page.setFontSizes", sizes).await;
    }

    /// What assistive technology gets of the page: roles with their names.
    pub async fn names(&self) -> Vec<(String, String)> {
        let tree = self
            .tell_browser("Accessibility.getFullAXTree", json!({}))
            .await;
        let nodes = tree["nodes"].as_array().into_iter().flatten();
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        nodes
            .filter(|node| node["ignored"] == false)
            .map(|node| (text(&node["role"]), text(&node["name"])))
            .collect()
    }
}
