//! Whether an error is the page's own, and one that a visitor may have felt.

use crate::condition::holds;

/// What browsers report that breaks nothing.
const HARMLESS: [&str; 2] = ["ResizeObserver loop", "AbortError"];

/// Whether an error with this message, from a script at this address, is a failure of the page.
///
/// A picture that could not be loaded has no message; a browser's extension is not the page's.
#[must_use]
pub fn is_failure(message: &str, source: &str) -> bool {
    let is_harmless = HARMLESS.iter().any(|known| holds(message, known));
    !message.is_empty() && !is_harmless && !holds(source, "extension://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_failures_of_the_page_count() {
        let shop = "https://shop.example/app.js";
        let rows = [
            ("TypeError: cart is undefined", shop, true),
            ("Uncaught (in promise) 503", "", true),
            ("Script error.", "", true),
            ("", "", false),
            ("ResizeObserver loop limit exceeded", shop, false),
            ("AbortError: The user aborted a request.", shop, false),
            ("TypeError: x", "chrome-extension://abc/inject.js", false),
            (
                "TypeError: x",
                "safari-web-extension://abc/inject.js",
                false,
            ),
        ];
        for (message, source, expected) in rows {
            assert_eq!(is_failure(message, source), expected, "{message} {source}");
        }
    }
}
