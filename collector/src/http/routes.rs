//! Every address the collector answers at.

use super::refusal::Refusal;
use super::{App, asset, body, demo, events, health, metrics, report, responses, surveys};
use crate::{dashboard, doorway};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, Uri};
use axum::routing::{get, post};
use std::sync::Arc;

/// The collector as a service, to be served anywhere.
#[rustfmt::skip]
pub(crate) fn routes(app: Arc<App>) -> Router {
    let mut routes = Router::new()
        .route("/hark.js",                 get(asset::loader))
        .route("/assets/{*path}",          get(asset::hashed))
        .route("/v1/sites/{site}/surveys", get(surveys::offer))
        .route("/v1/sites/{site}/events",  post(events::take).options(events::preflight))
        .route("/v1/sites/{site}/report",  get(report::tell))
        .route("/v1/sites/{site}/responses", get(responses::tell))
        .route("/healthz",                 get(health::alive))
        .route("/readyz",                  get(health::ready))
        .route("/metrics",                 get(metrics::print))
        .merge(dashboard::routes().merge(doorway::routes()).layer(DefaultBodyLimit::max(body::LARGEST)));
    if app.demo {
        routes = routes
            .route("/",                    get(demo::enter))
            .route("/demo",                get(demo::enter))
            .route("/demo/",               get(demo::home))
            .route("/demo/{*path}",        get(demo::page));
    }
    routes
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .with_state(app)
}

async fn nothing_here(uri: Uri) -> Refusal {
    Refusal::NoSuchPath(uri.path().to_owned())
}

async fn wrong_method(method: Method, uri: Uri) -> Refusal {
    Refusal::WrongMethod {
        method: method.to_string(),
        path: uri.path().to_owned(),
    }
}
