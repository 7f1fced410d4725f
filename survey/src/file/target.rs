//! The `[target]` table: which visits may be asked.

use super::section::{Entry, Section, choice, list, optional};
use crate::condition::{Condition, Operator, Value};
use crate::definition::Target;
use crate::offer::{Device, Visitors};
use crate::targeting;

/// Every visit to every page.
pub(super) fn anywhere() -> Target {
    Target {
        pages: vec!["^/".to_owned()],
        exclude: Vec::new(),
        devices: Vec::new(),
        languages: Vec::new(),
        visitors: Visitors::Any,
        conditions: Vec::new(),
        sample: 1.0,
        quota: None,
        from: None,
        until: None,
    }
}

pub(super) fn target(section: &Section<'_>) -> Option<Target> {
    let usual = anywhere();
    let pages = match section.get("pages") {
        Some(entry) => entry.filled_list(page),
        None => Some(usual.pages),
    };
    let exclude = list(section, "exclude", page);
    let devices = list(section, "devices", |entry| {
        entry.choice(&[
            ("mobile", Device::Mobile),
            ("tablet", Device::Tablet),
            ("desktop", Device::Desktop),
        ])
    });
    let languages = list(section, "languages", language);
    let visitors = choice(
        section,
        "visitors",
        Visitors::Any,
        &Visitors::ALL.map(|visitors| (visitors.name(), visitors)),
    );
    let conditions = list(section, "where", condition);
    let sample = section
        .get("sample")
        .map_or(Some(1.0), |entry| entry.number(0.0..=1.0));
    let quota = optional(section, "quota", |entry| entry.whole(1..=i32::MAX));
    let from = optional(section, "from", Entry::day);
    let until = optional(section, "until", Entry::day);
    if let (Some(Some(from)), Some(Some(until))) = (from, until)
        && until < from
    {
        let message = format!("`until` is {until}, before `from`, which is {from}");
        section.fault(message, None);
    }
    Some(Target {
        pages: pages?,
        exclude: exclude?,
        devices: devices?,
        languages: languages?,
        visitors: visitors?,
        conditions: conditions?,
        sample: sample?,
        quota: quota?.map(i32::unsigned_abs),
        from: from?,
        until: until?,
    })
}

fn page(entry: &Entry<'_>) -> Option<String> {
    targeting::compile(entry.text()?)
        .map_err(|error| {
            let hint = "write a path such as \"/checkout/**\", a query parameter such as \
                        \"?step=pay\", or \"re:\" and a regular expression";
            entry.fault(error.to_string(), Some(hint.to_owned()));
        })
        .ok()
}

/// A language tag, of which the first part counts: `fr`, `pt-BR`.
fn language(entry: &Entry<'_>) -> Option<String> {
    let tag = entry.text()?.to_ascii_lowercase();
    let primary = tag.split('-').next().unwrap_or_default();
    let is_code = matches!(primary.len(), 2 | 3) && primary.chars().all(char::is_alphabetic);
    if !is_code {
        let hint = "write its code, for example \"fr\"".to_owned();
        entry.fault(format!("`{tag}` is no language"), Some(hint));
        return None;
    }
    Some(tag)
}

pub(super) fn condition(entry: &Entry<'_>) -> Option<Condition> {
    entry.section(|section| {
        let attribute = section.require("attribute").and_then(|entry| entry.text());
        let op = section.require("op").and_then(|entry| {
            entry.choice(&Operator::ALL.map(|operator| (operator.name(), operator)))
        });
        let value = optional(section, "value", value);
        let (op, value) = (op?, value?);
        if value.is_none() && op != Operator::Exists {
            section.fault(
                "`value` is missing: what is compared with?".to_owned(),
                None,
            );
            return None;
        }
        Some(Condition {
            attribute: attribute?.to_owned(),
            op,
            value,
        })
    })
}

fn value(entry: &Entry<'_>) -> Option<Value> {
    let flag = entry.as_flag().map(Value::Flag);
    let number = || entry.as_number().map(Value::Number);
    let text = || entry.text().map(|text| Value::Text(text.to_owned()));
    flag.or_else(number).or_else(text)
}
