//! Page patterns, compiled to regular expressions of the JavaScript dialect.
//!
//! The browser has an engine for those, so neither the loader nor the Wasm carries one; here
//! `regress` runs the same dialect.

use thiserror::Error;

/// A pattern that no page could be matched with.
#[derive(Debug, Error)]
pub enum PatternError {
    /// Neither a path nor a regular expression.
    #[error("`{0}` is no page pattern")]
    NotAPath(String),
    /// A regular expression that does not compile.
    #[error("`{0}` is no regular expression: {1}")]
    NotARegularExpression(String, String),
}

/// Patterns that pages are sorted by, outside the browser.
#[derive(Clone, Debug, Default)]
pub struct Pages(Vec<regress::Regex>);

impl Pages {
    /// Of patterns as in survey files.
    ///
    /// # Errors
    /// When one of them is no pattern.
    pub fn new(patterns: &[impl AsRef<str>]) -> Result<Self, PatternError> {
        let compiled = patterns.iter().map(|pattern| {
            let pattern = pattern.as_ref();
            let expression = compile(pattern)?;
            regress::Regex::new(&expression).map_err(|error| {
                PatternError::NotARegularExpression(pattern.to_owned(), error.to_string())
            })
        });
        compiled.collect::<Result<_, _>>().map(Self)
    }

    /// Does any of them match this path? What asks for a query matches none: it is not stored.
    #[must_use]
    pub fn have(&self, path: &str) -> bool {
        self.0.iter().any(|page| page.find(path).is_some())
    }
}

/// Compiles `/checkout/**` (`*` within a path segment, `**` any number of segments), `?key=value` (a
/// query parameter, alone or behind a path), or `re:…`.
///
/// A slash at the end makes no difference, neither in the pattern nor in the path. What is compiled
/// is matched with the path alone, unless it names a question mark (`\?`): then with path and query.
///
/// # Errors
/// When the pattern does not start with `/`, `?` or `re:`, or its expression does not compile.
pub fn compile(pattern: &str) -> Result<String, PatternError> {
    if let Some(expression) = pattern.strip_prefix("re:") {
        return match regress::Regex::new(expression) {
            Ok(_) => Ok(expression.to_owned()),
            Err(error) => {
                let (expression, error) = (expression.to_owned(), error.to_string());
                Err(PatternError::NotARegularExpression(expression, error))
            }
        };
    }
    let (path, query) = match pattern.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (pattern, None),
    };
    let path = match path.strip_prefix('/') {
        Some(path) => compile_path(path),
        None if path.is_empty() && query.is_some() => String::new(),
        None => return Err(PatternError::NotAPath(pattern.to_owned())),
    };
    let query = query.map_or_else(|| Some("$".to_owned()), compile_query);
    let query = query.ok_or_else(|| PatternError::NotAPath(pattern.to_owned()))?;
    Ok([path, query].concat())
}

/// Is what was compiled matched with the query as well as with the path?
#[must_use]
pub fn asks_for_a_query(compiled: &str) -> bool {
    compiled.contains("\\?")
}

fn compile_path(path: &str) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let compiled: String = segments.map(compile_segment).collect();
    format!("^{compiled}/?")
}

fn compile_segment(segment: &str) -> String {
    if segment == "**" {
        return "(?:/[^/]+)*".to_owned();
    }
    format!("/{}", compile_text(segment, "[^/]*"))
}

/// Parameters that must all be there, in any order: `step=pay&lang=fr`; without `=`, with any value.
fn compile_query(query: &str) -> Option<String> {
    let parameter = |parameter: &str| {
        let (key, value) = match parameter.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (parameter, None),
        };
        let value = match value {
            Some(value) => format!("={}(?:&|$)", compile_text(value, "[^&]*")),
            None => "(?:[=&]|$)".to_owned(),
        };
        let key = compile_text(key, "[^&=]*");
        (!key.is_empty()).then(|| format!("(?:.*&)?{key}{value}"))
    };
    let parameters: Option<Vec<String>> = query.split('&').map(parameter).collect();
    Some(match parameters?.as_slice() {
        [only] => format!("\\?{only}"),
        several => format!("\\?(?={})", several.join(")(?=")),
    })
}

/// Text as it stands in an address, where `*` is anything that `any` says.
fn compile_text(text: &str, any: &str) -> String {
    let mut compiled = String::new();
    for character in text.chars() {
        match character {
            '*' => compiled.push_str(any),
            '.' | '+' | '?' | '^' | '$' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '\\' => {
                compiled.push('\\');
                compiled.push(character);
            }
            ' ' => compiled.push_str("%20"),
            _ if character.is_ascii() => compiled.push(character),
            // Addresses are ASCII: browsers write everything else as UTF-8 in per cent signs.
            _ => {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    compiled.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    compiled
}

/// Whether a compiled pattern matches a page, as the widget and the loader match it in the browser.
#[cfg(test)]
pub(crate) fn matches(compiled: &str, path: &str, query: &str) -> bool {
    let regex = regress::Regex::new(compiled).expect("compiles");
    let page = if asks_for_a_query(compiled) {
        [path, query].concat()
    } else {
        path.to_owned()
    };
    regex.find(&page).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_the_pages_it_names_and_no_others() {
        let rows = [
            ("/checkout/**", "/checkout", true),
            ("/checkout/**", "/checkout/", true),
            ("/checkout/**", "/checkout/pay/card", true),
            ("/checkout/**", "/checkouts", false),
            ("/checkout/**", "/fr/checkout", false),
            ("/**/checkout/", "/checkout", true),
            ("/**/checkout/", "/fr/checkout/", true),
            ("/**/checkout/", "/fr/checkout/done/", false),
            ("/**", "/", true),
            ("/**", "/anything/at/all", true),
            ("/", "/", true),
            ("/", "/cart", false),
            ("/product/*", "/product/teapot", true),
            ("/product/*", "/product/teapot/reviews", false),
            ("/product/*.html", "/product/teapot.html", true),
            ("/product/*.html", "/product/teapothtml", false),
            ("/a+b/(c)", "/a+b/(c)", true),
            ("/a+b/(c)", "/aab/c", false),
            ("re:^/p/\\d+$", "/p/17", true),
            ("re:^/p/\\d+$", "/p/x", false),
            ("/café/*", "/caf%C3%A9/th%C3%A9", true),
            ("/gift cards", "/gift%20cards", true),
        ];
        for (pattern, path, expected) in rows {
            let compiled = compile(pattern).expect(pattern);
            for query in ["", "?step=pay"] {
                let found = matches(&compiled, path, query);
                assert_eq!(found, expected, "{pattern} ({compiled}) on {path}{query}");
            }
        }
    }

    #[test]
    fn a_query_parameter_is_matched_wherever_it_stands() {
        let rows = [
            ("?step=pay", "/checkout?step=pay", true),
            ("?step=pay", "/checkout?lang=fr&step=pay&x=1", true),
            ("?step=pay", "/checkout?step=payment", false),
            ("?step=pay", "/checkout?laststep=pay", false),
            ("?step=pay", "/checkout", false),
            ("?step=pay", "/step=pay", false),
            ("?step", "/checkout?step", true),
            ("?step", "/checkout?step=pay", true),
            ("?step", "/checkout?steps=pay", false),
            ("?utm_source=news*", "/?utm_source=newsletter", true),
            ("?utm_source=news*", "/?utm_source=", false),
            ("?q=red shoes", "/?q=red%20shoes", true),
            ("?q=a.b", "/?q=axb", false),
            ("/checkout?step=pay", "/checkout/?step=pay", true),
            ("/checkout?step=pay", "/cart?step=pay", false),
            ("/checkout/**?step=pay", "/checkout/a/b?step=pay", true),
            ("?a=1&b=2", "/?b=2&a=1", true),
            ("?a=1&b=2", "/?a=1", false),
            ("re:^/search\\?q=", "/search?q=tea", true),
            ("re:^/search\\?q=", "/search", false),
            ("re:tea", "/search?q=tea", false),
        ];
        for (pattern, page, expected) in rows {
            let compiled = compile(pattern).expect(pattern);
            let (path, query) = page.split_at(page.find('?').unwrap_or(page.len()));
            let found = matches(&compiled, path, query);
            assert_eq!(found, expected, "{pattern} ({compiled}) on {page}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for (pattern, message) in [
            ("checkout", "`checkout` is no page pattern"),
            ("", "`` is no page pattern"),
            ("?", "`?` is no page pattern"),
            ("?=pay", "`?=pay` is no page pattern"),
            ("cart?step=pay", "`cart?step=pay` is no page pattern"),
            (
                "re:(",
                "`(` is no regular expression: Unbalanced parenthesis",
            ),
        ] {
            let error = compile(pattern).expect_err(pattern).to_string();
            assert_eq!(error, message);
        }
    }
}
