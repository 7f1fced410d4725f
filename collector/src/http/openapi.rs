//! The OpenAPI document: every address, what it takes, and every answer it may give.
//!
//! Schemas come from the types that are sent and stored, refusals from [`Reason`], addresses and methods
//! from the table in [`operations`], which a test holds to [`super::routes`]. Made by the tests alone, which keep
//! `docs/openapi.json` current; the program carries that, and not what makes it.

mod answer;
mod operations;
mod reading;

use super::reason::Reason;
use super::route::Route;
use answer::Answer;
use operations::OPERATIONS;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What one method does at one address.
struct Operation {
    method: &'static str,
    /// As OpenAPI writes it: `{path}` where the router has `{*path}`.
    path: &'static str,
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    takes: &'static [Takes],
    gives: &'static [Answer],
    /// Beyond those that any request may meet.
    refuses: &'static [Reason],
}

/// What is to be said to an operation.
enum Takes {
    Site,
    /// The rest of the address, with an example.
    Path(Option<&'static str>),
    Locale,
    Events,
    /// What a report is asked for.
    Report,
    /// Which responses are asked for.
    Responses,
}

/// The document, OpenAPI 3.1.
fn document() -> Value {
    let mut schemas = Schemas::new();
    let mut paths: Map<String, Value> = Map::new();
    for operation in &OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = operation.describe(&mut schemas);
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Hark",
            "summary": "The collector: it serves the survey widget and stores what visitors answer",
            "description": DESCRIPTION,
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "tags": [
            {"name": "page", "description": "What pages load and send"},
            {"name": "reader", "description": "What programs read, with a token of `hark token new`"},
            {"name": "operator", "description": "What watches the collector"},
            {"name": "demo", "description": "The demo shop, with `hark serve --demo`"},
        ],
        "paths": paths,
    });
    document["components"] = json!({
        "schemas": schemas.definitions(),
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    });
    document
}

const DESCRIPTION: &str = "\
A `2xx` to events means that they are on disk. Every refusal is `application/problem+json` and says what to do; \
`408`, `429` and `503` are worth sending again, after `Retry-After` where there is one. What is no HTTP, or has more than 64 \
headers or 8 KiB of them, is answered with `400` or `431` and no body, on any address.";

/// The schemas that operations refer to.
struct Schemas {
    /// Of what we are sent: what may be left out is not required.
    sent: SchemaGenerator,
    /// Of what we give: what is never left out is required.
    given: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let mut settings = SchemaSettings::draft2020_12();
        settings.definitions_path = "/components/schemas".into();
        Self {
            sent: settings.clone().into_generator(),
            given: settings.for_serialize().into_generator(),
        }
    }

    fn definitions(&mut self) -> Map<String, Value> {
        let mut all = self.sent.take_definitions(true);
        all.extend(self.given.take_definitions(true));
        all
    }
}

impl Operation {
    fn describe(&self, schemas: &mut Schemas) -> Value {
        let mut responses: BTreeMap<u16, Value> = BTreeMap::new();
        for answer in self.gives {
            responses.insert(answer.status(), answer.describe(&mut schemas.given));
        }
        let mut refusals: BTreeMap<u16, Vec<Reason>> = BTreeMap::new();
        for reason in self.may_refuse() {
            let alike = refusals.entry(reason.status().as_u16()).or_default();
            alike.push(reason);
        }
        for (status, reasons) in refusals {
            responses.insert(status, answer::refusal(&reasons, &mut schemas.given));
        }
        let responses: Map<String, Value> = responses
            .into_iter()
            .map(|(status, response)| (status.to_string(), response))
            .collect();
        let mut operation = json!({
            "operationId": self.id,
            "tags": [self.tag],
            "summary": self.summary,
            "responses": responses,
        });
        if self.refuses.contains(&Reason::NoToken) {
            operation["security"] = json!([{"token": []}]);
        }
        let parameters: Vec<Value> = self.takes.iter().flat_map(Takes::parameters).collect();
        if !parameters.is_empty() {
            operation["parameters"] = parameters.into();
        }
        if self
            .takes
            .iter()
            .any(|takes| matches!(takes, Takes::Events))
        {
            operation["requestBody"] = operations::events(&mut schemas.sent);
        }
        operation
    }

    fn may_refuse(&self) -> impl Iterator<Item = Reason> {
        let for_any: &[Reason] = if Route::of(self.path).is_for_watching() {
            &[]
        } else {
            &[Reason::TooManyRequests, Reason::TooManyConnections]
        };
        self.refuses.iter().chain(for_any).copied()
    }
}

impl Takes {
    fn parameters(&self) -> Vec<Value> {
        match self {
            Self::Site => vec![json!({
                "name": "site", "in": "path", "required": true, "schema": {"type": "string"},
                "description": "The `key` of a site in hark.toml",
            })],
            Self::Path(example) => {
                let mut path = json!({
                    "name": "path", "in": "path", "required": true, "schema": {"type": "string"},
                    "description": "The rest of the address, slashes included",
                });
                if let Some(example) = example {
                    path["example"] = (*example).into();
                }
                vec![path]
            }
            Self::Locale => vec![json!({
                "name": "locale", "in": "query", "schema": {"type": "string"}, "example": "fr-CA",
                "description": "The language to word the surveys in, or several in order of preference with commas in between: \
                     the first that is near to one with wording, else the site's own",
            })],
            Self::Events => Vec::new(),
            Self::Report => reading::of_report(),
            Self::Responses => reading::of_responses(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths and methods of the router's table, as its source has them.
    fn routes() -> Vec<(String, String)> {
        let mut routes = Vec::new();
        for row in include_str!("routes.rs").lines() {
            let Some((path, methods)) = row
                .trim()
                .strip_prefix(".route(\"")
                .and_then(|row| row.split_once('"'))
            else {
                continue;
            };
            for method in ["get", "post", "put", "patch", "delete", "options"] {
                if methods.contains(&format!("{method}(")) {
                    routes.push((path.replace("{*", "{"), method.to_owned()));
                }
            }
        }
        routes.sort();
        routes
    }

    /// `HARK_GOLDEN=1` renews what is kept.
    #[test]
    fn the_committed_document_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
        let document = document();
        if std::env::var_os("HARK_GOLDEN").is_some() {
            std::fs::write(path, format!("{document:#}\n")).unwrap();
        }
        // As values: the order of fields depends on what else is built.
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        let kept: Option<Value> = serde_json::from_str(&kept).ok();
        assert!(kept == Some(document), "`{path}` is not current");
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let described = OPERATIONS.iter();
        let described = described.map(|one| (one.path.to_owned(), one.method.to_owned()));
        let mut described: Vec<_> = described.collect();
        described.sort();
        assert_eq!(described, routes());
        assert!(described.len() > 10);
    }

    #[test]
    fn every_reason_is_told_of_somewhere_but_those_for_what_is_not_there() {
        let told: Vec<Reason> = OPERATIONS.iter().flat_map(Operation::may_refuse).collect();
        for reason in Reason::ALL {
            let is_for_others = matches!(reason, Reason::WrongMethod);
            assert!(told.contains(&reason) != is_for_others, "{}", reason.name());
        }
    }
}
