//! Where somebody who has signed in goes on: an address of the dashboard, and no other.

/// The dashboard itself.
pub(super) const HOME: &str = "/dashboard";
pub(super) const SIGN_IN: &str = "/dashboard/sign-in";
pub(super) const SIGN_OUT: &str = "/dashboard/sign-out";
const LONGEST: usize = 2_000;

/// The address, if it is one of the dashboard's pages; else the dashboard itself.
pub(super) fn safe(address: Option<&str>) -> &str {
    address.filter(|address| is_page(address)).unwrap_or(HOME)
}

fn is_page(address: &str) -> bool {
    let Some(rest) = address.strip_prefix(HOME) else {
        return false;
    };
    // What begins so and goes on so leads nowhere else, whatever a browser makes of the rest.
    let is_within = rest.is_empty() || rest.starts_with(['/', '?']);
    let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic()) && !rest.contains('\\');
    let path = address.split('?').next().unwrap_or_default();
    let is_itself = [SIGN_IN, SIGN_OUT].contains(&path.trim_end_matches('/'));
    // Browsers climb by encoded dots as well.
    let step = |step: &str| step.to_ascii_lowercase().replace("%2e", ".");
    let climbs = path.split('/').any(|text| step(text) == "..");
    is_within && is_plain && !is_itself && !climbs && address.len() <= LONGEST
}

/// The address of the sign-in page that leads on to this one.
pub(super) fn sign_in_for(address: &str) -> String {
    match safe(Some(address)) {
        HOME => SIGN_IN.to_owned(),
        address => {
            // One text always makes a query.
            let query = serde_urlencoded::to_string([("next", address)]).unwrap_or_default();
            format!("{SIGN_IN}?{query}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_out_of_the_dashboard() {
        let rows = [
            ("/dashboard", true),
            ("/dashboard?since=30d", true),
            ("/dashboard/surveys/recommend?by=page", true),
            ("/dashboard/follow-up/019aa5f0", true),
            ("https://evil.example/dashboard", false),
            ("//evil.example/dashboard", false),
            ("/dashboard@evil.example", false),
            ("/dashboard.evil.example", false),
            ("/\\evil.example", false),
            ("/dashboard/\\evil.example", false),
            ("/dashboard/../demo/", false),
            ("/dashboard/%2e%2e/demo/", false),
            ("/dashboard/.%2E/demo/", false),
            ("/dashboard/surveys/v1%2e2?by=%2e%2e", true),
            ("javascript:alert(1)", false),
            ("/dashboard\r\nset-cookie: a=b", false),
            ("/dashboard /x", false),
            ("/dashboard/\u{e9}", false),
            ("/dashboard/sign-in", false),
            ("/dashboard/sign-out?x", false),
            ("/demo/", false),
            ("", false),
        ];
        for (address, expected) in rows {
            let on = safe(Some(address));
            assert_eq!(on == address, expected, "{address}");
            assert!(on == address || on == HOME);
        }
        assert_eq!(safe(None), HOME);
        assert_eq!(
            safe(Some(&format!("/dashboard?{}", "x".repeat(2_000)))),
            HOME
        );
    }

    #[test]
    fn the_way_on_goes_with_who_must_sign_in_first() {
        let rows = [
            ("/dashboard", "/dashboard/sign-in"),
            (
                "/dashboard/shop?since=30d&by=page",
                "/dashboard/sign-in?next=%2Fdashboard%2Fshop%3Fsince%3D30d%26by%3Dpage",
            ),
            ("//evil.example", "/dashboard/sign-in"),
        ];
        for (address, expected) in rows {
            assert_eq!(sign_in_for(address), expected);
        }
    }
}
