//! The card as a visitor uses it, found by the `part` names that are promised to shops.

use crate::engine::Engine;
use crate::visitor::Visitor;
use crate::wait::until;
use thirtyfour::prelude::*;

/// A card on the page.
pub struct Card<'v> {
    visitor: &'v Visitor,
    host: WebElement,
}

impl<'v> Card<'v> {
    pub(crate) const fn new(visitor: &'v Visitor, host: WebElement) -> Self {
        Self { visitor, host }
    }

    /// Waits for a part.
    pub async fn part(&self, name: &str) -> WebElement {
        self.element(&format!("[part={name}]")).await
    }

    async fn element(&self, selector: &str) -> WebElement {
        until(selector, || async {
            let mut position = 0;
            while let Ok(element) = self.found(selector, position).await {
                // Steps that are not at their turn are there, but hidden.
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
                position += 1;
            }
            Err("nothing that can be seen")
        })
        .await
    }

    /// Asked by a script: not every driver finds elements in a shadow root the way our client asks. One at a
    /// time: not every driver gets a list through what a page has made of its lists.
    async fn found(&self, selector: &str, position: usize) -> WebDriverResult<WebElement> {
        let script = "return arguments[0].shadowRoot.querySelectorAll(arguments[1])[arguments[2]]";
        let arguments = vec![self.host.to_json()?, selector.into(), position.into()];
        let found = self.visitor.browser.execute(script, arguments).await;
        found?.element()
    }

    /// By hand in WebKit, whose driver clicks on nothing where a page has given something to every object.
    async fn click(&self, element: WebElement) {
        if self.visitor.engine != Engine::WebKit {
            return element.click().await.expect("a click");
        }
        let script = "arguments[0].scrollIntoView({ block: 'nearest' }); \
                      const { x, y, width, height } = arguments[0].getBoundingClientRect(); \
                      return Math.round(x + width / 2) + ' ' + Math.round(y + height / 2)";
        let element = element.to_json().expect("an element");
        let middle = self.visitor.browser.execute(script, vec![element]).await;
        let middle: String = middle.expect("a place").convert().expect("two numbers");
        let (x, y) = middle.split_once(' ').expect("two numbers");
        let number = |text: &str| text.parse().expect("a number");
        self.visitor.clicks_at(number(x), number(y), 1).await;
    }

    /// What a part says, in lines as they are seen.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn says(&self, part: &str) -> String {
        let script = "return arguments[0].innerText.trim()";
        let part = self.part(part).await.to_json().expect("an element");
        let said = self.visitor.browser.execute(script, vec![part]).await;
        said.expect("text").convert().expect("text")
    }

    /// Clicks a score.
    ///
    /// # Panics
    /// When it cannot be clicked.
    pub async fn chooses(&self, score: u8) {
        let option = self
            .element(&format!("[part=option][data-score=\"{score}\"]"))
            .await;
        self.click(option).await;
    }

    /// Types a comment.
    ///
    /// # Panics
    /// When nothing can be typed.
    pub async fn types(&self, comment: &str) {
        self.part("comment")
            .await
            .send_keys(comment)
            .await
            .expect("typing");
    }

    /// Clicks an option other than a score, by its key.
    ///
    /// # Panics
    /// When it cannot be clicked.
    pub async fn picks(&self, key: &str) {
        let option = self.element(&format!("input[value={key}]")).await;
        self.click(option).await;
    }

    /// Ticks the box beside an address.
    ///
    /// # Panics
    /// When it cannot be clicked.
    pub async fn ticks_the_box(&self) {
        let tick = self.element("input[type=checkbox]").await;
        self.click(tick).await;
    }

    /// Types into a field, in place of what stands there.
    ///
    /// # Panics
    /// When nothing can be typed.
    pub async fn fills(&self, part: &str, text: &str) {
        let field = self.part(part).await;
        field.clear().await.expect("an empty field");
        field.send_keys(text).await.expect("typing");
    }

    /// Clicks a button, by the name of its part.
    ///
    /// # Panics
    /// When it cannot be clicked.
    pub async fn clicks(&self, part: &str) {
        self.click(self.part(part).await).await;
    }

    /// Puts the keyboard's focus on the scale, as Tab does.
    pub async fn focuses_the_scale(&self) {
        let script =
            "document.querySelector('hark-survey').shadowRoot.querySelector('input').focus()";
        self.visitor.runs(script).await;
    }
}
