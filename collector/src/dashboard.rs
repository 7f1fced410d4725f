//! The dashboard: what the answers say, as pages made on the server and kept fresh while they are open.
//!
//! A request is read file after file: [`asked`] says what is asked for, [`desk`] has it read, a file for
//! each page makes HTML of it within [`layout`]. Pages need no JavaScript; with it, [`live`] tells them
//! when to ask anew. All reading and counting is `report`'s.

mod address;
mod asked;
mod card;
mod chart;
mod comments;
mod commerce;
mod desk;
mod differing;
mod empty;
mod files;
pub(crate) mod filters;
mod footing;
mod headline;
mod inbox;
pub(crate) mod layout;
mod live;
mod mistake;
mod nowhere;
mod overview;
mod picture;
pub(crate) mod piece;
mod quotes;
mod segments;
mod survey;
mod words;

pub(crate) use asked::Asked;
pub(crate) use desk::Desk;

use crate::http::App;
use axum::Router;
use axum::routing::get;
use report::kpi::Shops;
use std::sync::Arc;
use tokio::sync::{Mutex, watch};

/// What the dashboard's pages share.
pub(crate) struct Dashboard {
    pub(crate) desk: Desk,
    /// Which pages come before, during and after a purchase.
    shops: Arc<Shops>,
    /// Held from the look at a case until what is done about it is written down: two people's forms do not
    /// cross.
    acting: Mutex<()>,
    /// Whether the collector stops.
    closing: watch::Sender<bool>,
}

impl Dashboard {
    pub(crate) fn new(desk: Desk, shops: Shops) -> Self {
        Self {
            desk,
            shops: Arc::new(shops),
            acting: Mutex::default(),
            closing: watch::Sender::new(false),
        }
    }
}

/// Every address under `/dashboard`.
#[rustfmt::skip]
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/dashboard",                  get(overview::page))
        .route("/dashboard/surveys/{survey}", get(survey::page))
        .route("/dashboard/shop",             get(commerce::page))
        .route("/dashboard/follow-up",        get(inbox::page))
        .route("/dashboard/follow-up/{id}",   get(inbox::case_page).post(inbox::act))
        .route("/dashboard/",                 get(nowhere::slash))
        .route("/dashboard/{*path}",          get(nowhere::page))
        .route("/dashboard/live",             get(live::events))
        .route("/dashboard/live.js",          get(files::script))
        .route("/dashboard/style.css",        get(files::style))
}
