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

/// Compiles `/checkout/**` (`*` within a path segment, `**` any number of segments) or `re:…`.
///
/// A slash at the end makes no difference, neither in the pattern nor in the path.
///
/// # Errors
/// When the pattern does not start with `/` or `re:`, or its expression does not compile.
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
    let Some(path) = pattern.strip_prefix('/') else {
        return Err(PatternError::NotAPath(pattern.to_owned()));
    };
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let compiled: String = segments.map(compile_segment).collect();
    Ok(format!("^{compiled}/?$"))
}

fn compile_segment(segment: &str) -> String {
    if segment == "**" {
        return "(?:/[^/]+)*".to_owned();
    }
    let mut compiled = "/".to_owned();
    for character in segment.chars() {
        match character {
            '*' => compiled.push_str("[^/]*"),
            '.' | '+' | '?' | '^' | '$' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '\\' => {
                compiled.push('\\');
                compiled.push(character);
            }
            _ => compiled.push(character),
        }
    }
    compiled
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
        ];
        for (pattern, path, expected) in rows {
            let compiled = compile(pattern).expect(pattern);
            let regex = regress::Regex::new(&compiled).expect("compiles");
            let found = regex.find(path).is_some();
            assert_eq!(found, expected, "{pattern} ({compiled}) on {path}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for (pattern, message) in [
            ("checkout", "`checkout` is no page pattern"),
            ("", "`` is no page pattern"),
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
