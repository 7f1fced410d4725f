//! Which cases the list is asked for, as its address says it.

use super::{PATH, only_site};
use crate::dashboard::piece::{IntoPiece, Piece};
use crate::dashboard::{Asked, address, filters};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use leptos::prelude::*;
use report::Query as Question;
use report::cases::{Wanted, Which};
use report::render::words::thousands;
use report::when::{self, NotASpan};
use serde::Serialize;
use std::convert::Infallible;

/// Values of the address; what is empty counts as left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Wish {
    #[serde(
        rename = "status",
        skip_serializing_if = "is_usual",
        serialize_with = "name"
    )]
    pub(super) which: Which,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    survey: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    /// Only those that nobody takes care of.
    #[serde(skip_serializing_if = "Option::is_none")]
    nobody: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

fn is_usual(which: &Which) -> bool {
    *which == Which::default()
}

fn name<S: serde::Serializer>(which: &Which, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(which.name())
}

impl Wish {
    /// The same as a question to the journal.
    pub(super) fn wanted(&self, now: Timestamp, most: usize) -> Result<Wanted, NotASpan> {
        let (since, _) = when::span(self.since.as_deref(), None, now)?;
        let nobody = self.nobody.as_ref().map(|_| String::new());
        Ok(Wanted {
            query: Question {
                site: self.site.clone(),
                survey: self.survey.clone(),
                since,
                ..Question::default()
            },
            now,
            owner: nobody.or_else(|| self.owner.clone()),
            which: self.which,
            most,
        })
    }

    /// What goes with links to other pages.
    pub(super) fn elsewhere(&self) -> Asked {
        only_site(self.site.as_deref())
    }

    /// Is anything but the status narrowed down?
    pub(super) fn is_narrow(&self) -> bool {
        let rest = Self {
            which: Which::default(),
            ..self.clone()
        };
        rest != Self::default()
    }

    /// Of the list.
    pub(super) fn heading(&self, total: u64) -> String {
        let total = thousands(total);
        match self.which {
            Which::Unsettled => format!("To do ({total})"),
            which => format!("{} ({total})", label(which)),
        }
    }

    fn address(&self) -> String {
        address::of(PATH, self)
    }

    /// The form above the list, and a link for each status.
    pub(super) fn filters(&self, sites: &[String]) -> Piece {
        let links: Vec<_> = Which::ALL
            .into_iter()
            .map(|which| self.link(which))
            .collect();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let nobody = self.nobody.is_some();
        let site = filters::site(self.site.as_ref(), sites);
        let status = (!is_usual(&self.which))
            .then(|| view! { <input type="hidden" name="status" value=self.which.name()/> });
        view! {
            <section class="tools" aria-label="Filters">
                <ul class="spans" aria-label="Status">{links}</ul>
                <details id="filters">
                    <summary>"More filters"</summary>
                    <form method="get" action=PATH>
                        {status}
                        {site}
                        <label>"Survey"<input name="survey" value=text(&self.survey) autocomplete="off"/></label>
                        <label>"Owner"<input name="owner" value=text(&self.owner) autocomplete="off"/></label>
                        <label>
                            "Opened since"
                            <input name="since" value=text(&self.since) placeholder="7d, 2026-11-01" autocomplete="off"/>
                        </label>
                        <label class="check">
                            <input type="checkbox" name="nobody" value="yes" checked=nobody/>"Nobody's only"
                        </label>
                        <button>"Show"</button>
                        <a href=PATH>"Clear"</a>
                    </form>
                </details>
            </section>
        }
        .piece()
    }

    fn link(&self, which: Which) -> impl IntoView + use<> {
        let current = (which == self.which).then_some("true");
        let there = Self {
            which,
            ..self.clone()
        };
        view! { <li><a href=there.address() aria-current=current>{label(which)}</a></li> }
    }
}

fn label(which: Which) -> String {
    match which {
        Which::Unsettled => "To do".to_owned(),
        Which::Overdue => "Overdue".to_owned(),
        Which::DueAfter(_) => "Due".to_owned(),
        Which::All => "All".to_owned(),
        Which::Of(status) => super::row::status(status),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Wish {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut wish = Self::default();
        for (name, value) in address::values(&parts.uri) {
            match name.as_str() {
                "status" => {
                    let which = value.and_then(|value| value.parse().ok());
                    wish.which = which.unwrap_or_default();
                }
                "site" => wish.site = value,
                "survey" => wish.survey = value,
                "owner" => wish.owner = value,
                "nobody" => wish.nobody = value,
                "since" => wish.since = value,
                _ => {}
            }
        }
        Ok(wish)
    }
}
