//! What stands before the routes: whether the caller may ask now, and how long the answer took.

use super::admission::Crowd;
use super::refusal::Refusal;
use super::route::Route;
use super::{App, routes};
use crate::doorway;
use axum::Router;
use axum::body::Body;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

/// The collector as a service for connections.
#[derive(Clone)]
pub(crate) struct Front {
    pub(super) app: Arc<App>,
    routes: TowerToHyperService<Router>,
}

impl Front {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self {
            routes: TowerToHyperService::new(routes(Arc::clone(&app))),
            app,
        }
    }

    /// Answers a request on a connection from `peer`; with a refusal where there are too many of those.
    pub(super) async fn answer(
        self,
        peer: IpAddr,
        crowd: Option<Crowd>,
        mut request: Request<Incoming>,
    ) -> Result<Response, Infallible> {
        let began = Instant::now();
        let route = Route::of(request.uri().path());
        let caller = self.app.proxies.caller(peer, request.headers());
        let admitted = match crowd {
            // Whoever watches must not take a crowd for a collector that is down.
            _ if route.is_for_watching() => Ok(()),
            Some(crowd) => Err(Refusal::TooManyConnections(crowd)),
            None => self.app.count(caller, 1, began),
        };
        let mut response = match admitted {
            Ok(()) => {
                request.extensions_mut().insert(caller);
                if route == Route::Dashboard {
                    // Boxed, so that submissions do not carry its room about.
                    Box::pin(self.shows(peer, request)).await
                } else {
                    self.routes.call(request).await?
                }
            }
            Err(refusal) => {
                if !self.app.proxies.trust(peer) {
                    self.app.proxies.doubt(request.headers());
                }
                refusal.into_response()
            }
        };
        if crowd.is_some() {
            let headers = response.headers_mut();
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        self.app.measures.note(route, &response, began.elapsed());
        Ok(response)
    }

    /// Answers a request to the dashboard, if it may come in.
    async fn shows(&self, peer: IpAddr, request: Request<Incoming>) -> Response {
        let go_on = async |request| match self.routes.call(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        doorway::guard(&self.app, peer, request.map(Body::new), go_on).await
    }
}
