//! What stands behind the `?` of an address of the reading API, each name once and known.

use super::refusal::Refusal;
use axum::extract::Query;
use axum::http::Uri;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::Timestamp;
use report::{Query as Question, when};
use std::collections::BTreeMap;

/// Names and values, as written.
pub(super) struct Wishes(BTreeMap<String, String>);

impl Wishes {
    /// Reads those that are known here; another one, or one that stands twice, is refused by name.
    pub(super) fn read(uri: &Uri, known: &[&str]) -> Result<Self, Refusal> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
        let Query(pairs) = pairs.map_err(|error| Refusal::WrongParameter(error.body_text()))?;
        let mut wishes = BTreeMap::new();
        for (name, value) in pairs {
            if !known.contains(&name.as_str()) {
                return Err(unknown(&name, known));
            }
            if wishes.contains_key(&name) {
                return Err(Refusal::WrongParameter(format!("`{name}` stands twice")));
            }
            wishes.insert(name, value);
        }
        Ok(Self(wishes))
    }

    /// Likewise, and how the answer is to be written.
    pub(super) fn with_format<F: ValueEnum + Default>(
        uri: &Uri,
        known: &[&str],
    ) -> Result<(Self, F), Refusal> {
        let wishes = Self::read(uri, &[known, &["format"]].concat())?;
        let format = wishes.choice("format")?.unwrap_or_default();
        Ok((wishes, format))
    }

    /// What anything that is read is asked for: which survey of this site, from when until when, by whom.
    pub(super) fn question(&self, site: &str, now: Timestamp) -> Result<Question, Refusal> {
        let span = when::span(self.text("since"), self.text("until"), now);
        let (since, until) = span.map_err(|error| {
            // As it is said on a terminal, on one line and without the dashes of flags.
            let said = error.to_string().replace("\n  ", "; ").replace("--", "");
            Refusal::WrongParameter(said)
        })?;
        Ok(Question {
            survey: self.text("survey").map(str::to_owned),
            site: Some(site.to_owned()),
            since,
            until,
            include_automated: self.flag("include_automated")?,
            now: Some(now),
            ..Question::default()
        })
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.text(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(not_one_of(name, other, &["true", "false"])),
        }
    }

    /// One of a few words, which are those of a command's flag.
    pub(super) fn choice<C: ValueEnum>(&self, name: &str) -> Result<Option<C>, Refusal> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let chosen = C::from_str(text, false);
        chosen.map(Some).map_err(|_| {
            let known = C::value_variants().iter();
            let known: Vec<_> = known.filter_map(ValueEnum::to_possible_value).collect();
            let names: Vec<_> = known.iter().map(PossibleValue::get_name).collect();
            not_one_of(name, text, &names)
        })
    }
}

fn unknown(name: &str, known: &[&str]) -> Refusal {
    let near = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, _)| *distance <= 2)
        .min();
    let meant = near.map_or_else(
        || format!("known here: {}", quoted(known)),
        |(_, known)| format!("did you mean `{known}`?"),
    );
    Refusal::WrongParameter(format!("unknown parameter `{name}`, {meant}"))
}

fn not_one_of(name: &str, text: &str, words: &[&str]) -> Refusal {
    let words = quoted(words);
    Refusal::WrongParameter(format!("`{name}` cannot be `{text}`, known here: {words}"))
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Method;

    fn read(query: &str) -> Result<Wishes, String> {
        let uri = format!("/report?{query}").parse().expect("an address");
        Wishes::read(&uri, &["since", "live", "method"]).map_err(|error| error.to_string())
    }

    #[test]
    fn each_wish_is_read_by_its_name() {
        let wishes = read("since=30d&live=true&method=bonett_price").expect("known");
        assert_eq!(wishes.text("since"), Some("30d"));
        assert!(wishes.flag("live").expect("a flag"));
        let method = wishes.choice::<Method>("method").expect("a method");
        assert!(matches!(method, Some(Method::BonettPrice)));
        let none = read("").expect("nothing");
        assert!(!none.flag("live").expect("a flag") && none.text("since").is_none());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let rows = [
            (
                "sinc=30d",
                "unknown parameter `sinc`, did you mean `since`?",
            ),
            (
                "page=1",
                "unknown parameter `page`, known here: `since`, `live`, `method`",
            ),
            ("since=1d&since=2d", "`since` stands twice"),
        ];
        for (query, expected) in rows {
            let refused = read(query).map(drop).expect_err("refused");
            assert!(refused.contains(expected), "{refused}");
        }
        let wishes = read("live=maybe&method=wilson").expect("known");
        let live = wishes.flag("live").expect_err("refused").to_string();
        assert!(live.contains("`live` cannot be `maybe`, known here: `true`, `false`"));
        let method = wishes.choice::<Method>("method").expect_err("refused");
        let expected = "`method` cannot be `wilson`, known here: `adjusted_wald`, `bonett_price`";
        assert!(method.to_string().contains(expected), "{method}");
    }
}
