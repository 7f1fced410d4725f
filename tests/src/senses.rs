//! How a visitor sees the page: through a window of some size, with preferences, with larger text.

use crate::engine::Engine;
use crate::visitor::Visitor;
use serde_json::{Value, json};

impl Visitor {
    /// Looks through a window of this size, in CSS pixels; elsewhere than in Chromium through one as small as
    /// the browser has.
    ///
    /// # Panics
    /// When the window keeps its size.
    pub async fn looks_through(&self, width: u32, height: u32) {
        if self.engine != Engine::Chromium {
            let frame = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
            let frame = self.runs(frame).await;
            let of_frame = |side: usize| frame[side].as_u64().map_or(0, |side| side as u32);
            let (width, height) = (width + of_frame(0), height + of_frame(1));
            let window = self.browser.set_window_rect(0, 0, width, height).await;
            window.expect("a window of another size");
            return;
        }
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
