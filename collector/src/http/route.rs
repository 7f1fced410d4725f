//! What a path leads to, as requests are measured by it.

/// A row, or a few alike, of the table of [`super::routes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Events,
    Surveys,
    Loader,
    Assets,
    Health,
    Metrics,
    Reading,
    Dashboard,
    Demo,
    /// Nothing of the above; most of it is not there at all.
    Other,
}

impl Route {
    /// Each once, in the order of the enum.
    pub(crate) const ALL: [Self; 10] = [
        Self::Events,
        Self::Surveys,
        Self::Loader,
        Self::Assets,
        Self::Health,
        Self::Metrics,
        Self::Reading,
        Self::Dashboard,
        Self::Demo,
        Self::Other,
    ];

    /// Where this path leads.
    pub(crate) fn of(path: &str) -> Self {
        let of_a_site = || path.strip_prefix("/v1/sites/")?.split_once('/');
        match path {
            "/hark.js" => Self::Loader,
            "/healthz" | "/readyz" => Self::Health,
            "/metrics" => Self::Metrics,
            "/" | "/demo" => Self::Demo,
            "/dashboard" => Self::Dashboard,
            _ if path.starts_with("/assets/") => Self::Assets,
            _ if path.starts_with("/dashboard/") => Self::Dashboard,
            _ if path.starts_with("/demo/") => Self::Demo,
            _ => match of_a_site() {
                Some((_, "events")) => Self::Events,
                Some((_, "surveys")) => Self::Surveys,
                Some((_, "report" | "responses")) => Self::Reading,
                _ => Self::Other,
            },
        }
    }

    /// As figures are labelled.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Surveys => "surveys",
            Self::Loader => "loader",
            Self::Assets => "assets",
            Self::Health => "health",
            Self::Metrics => "metrics",
            Self::Reading => "reading",
            Self::Dashboard => "dashboard",
            Self::Demo => "demo",
            Self::Other => "other",
        }
    }

    /// Whether it must be answered however much else is asked: whoever watches comes often.
    pub(crate) const fn is_for_watching(self) -> bool {
        matches!(self, Self::Health | Self::Metrics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_stands_at_its_place() {
        for (place, route) in Route::ALL.into_iter().enumerate() {
            assert_eq!(route as usize, place, "{}", route.name());
        }
    }

    #[test]
    fn a_path_leads_where_the_table_says() {
        let rows = [
            ("/v1/sites/demo/events", Route::Events),
            ("/v1/sites/demo/surveys", Route::Surveys),
            ("/v1/sites/demo/events/", Route::Other),
            ("/v1/sites/events", Route::Other),
            ("/hark.js", Route::Loader),
            ("/assets/hark-0123.wasm", Route::Assets),
            ("/healthz", Route::Health),
            ("/readyz", Route::Health),
            ("/metrics", Route::Metrics),
            ("/v1/sites/demo/report", Route::Reading),
            ("/v1/sites/demo/responses", Route::Reading),
            ("/dashboard", Route::Dashboard),
            ("/dashboard/live", Route::Dashboard),
            ("/dashboards", Route::Other),
            ("/demo/checkout/", Route::Demo),
            ("/.env", Route::Other),
            ("", Route::Other),
        ];
        for (path, route) in rows {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }
}
