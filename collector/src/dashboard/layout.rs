//! What every page of the dashboard has around it: title, navigation, filters, footer.

use super::Asked;
use super::files;
use super::piece::Piece;
use crate::doorway::forms;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

/// A page of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Overview,
    FollowUp,
    Shop,
}

impl Place {
    /// As they stand in the navigation.
    const ALL: [Self; 3] = [Self::Overview, Self::FollowUp, Self::Shop];

    const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::FollowUp => "Follow-up",
            Self::Shop => "Shop figures",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Overview => "/dashboard",
            Self::FollowUp => "/dashboard/follow-up",
            Self::Shop => "/dashboard/shop",
        }
    }
}

/// What is around a page's contents.
pub(crate) struct Frame<'f> {
    pub(crate) status: StatusCode,
    /// Of the window; the page's heading is its own.
    pub(crate) title: &'f str,
    /// Where it belongs in the navigation.
    pub(crate) place: Place,
    /// What it was asked for; goes with the links of the navigation.
    pub(crate) asked: &'f Asked,
    /// Above the contents, never replaced while the page is open: filters.
    pub(crate) tools: Option<Piece>,
    /// Below the contents: what they rest on.
    pub(crate) footer: Option<Piece>,
}

impl<'f> Frame<'f> {
    pub(crate) const fn new(title: &'f str, place: Place, asked: &'f Asked) -> Self {
        Self {
            status: StatusCode::OK,
            title,
            place,
            asked,
            tools: None,
            footer: None,
        }
    }

    /// The whole page around its contents.
    pub(crate) fn around(self, contents: impl IntoView + 'static) -> Response {
        let title = format!("{} · Hark", self.title);
        let page = view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{title}</title>
                    <link rel="icon" href="data:,"/>
                    <link rel="stylesheet" href=files::STYLE.address()/>
                    <script src=files::SCRIPT.address() defer></script>
                </head>
                <body>
                    <a class="skip" href="#main">"Skip to the contents"</a>
                    <header class="top">
                        <a class="brand" href="/dashboard">"Hark"</a>
                        <nav aria-label="Dashboard"><ul>{links(self.place, self.asked)}</ul></nav>
                        <p id="live" hidden></p>
                        {forms::sign_out()}
                    </header>
                    {self.tools}
                    <main id="main" tabindex="-1">{contents}</main>
                    <footer>
                        <p id="freshness" class="numbers"></p>
                        <div id="foot">{self.footer}</div>
                    </footer>
                </body>
            </html>
        };
        let html = format!("<!doctype html>{}", page.to_html());
        let headers = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CACHE_CONTROL, "no-store"),
        ];
        (self.status, headers, html).into_response()
    }
}

fn links(here: Place, asked: &Asked) -> Vec<impl IntoView + use<>> {
    // Of another page's segments nothing is known here.
    let asked = Asked {
        by: None,
        ..asked.clone()
    };
    let link = |place: Place| {
        let mut asked = asked.clone();
        if place == Place::FollowUp {
            // However long ago it was: who waits, waits.
            (asked.since, asked.until) = (None, None);
        }
        let current = (place == here).then_some("page");
        view! {
            <li><a href=asked.address(place.path()) aria-current=current>{place.name()}</a></li>
        }
    };
    Place::ALL.into_iter().map(link).collect()
}
