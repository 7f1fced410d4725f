//! The site a request is about, and whether the page it came from may use it.

use super::App;
use super::cors::Visiting;
use super::refusal::Refusal;
use crate::settings::Site;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use std::sync::Arc;

/// A request to a site that exists, from a page that may.
pub(super) struct Visit {
    pub(super) site: Arc<Site>,
    pub(super) visiting: Visiting,
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let key = Path::<String>::from_request_parts(parts, app).await;
        let Path(key) = key.map_err(|_| Refusal::NoSuchPath(parts.uri.path().to_owned()))?;
        let site = app.sites.iter().find(|site| site.key == key);
        let site = Arc::clone(site.ok_or(Refusal::UnknownSite(key))?);
        let visiting = Visiting::check(&site, &parts.headers)?;
        Ok(Self { site, visiting })
    }
}
