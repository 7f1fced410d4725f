//! The fields of a JSON object, taken out one by one and checked on the way.

use super::mask::{mask, mask_fields, mask_value, replacing};
use super::{
    LONGEST_VALUE, LONGEST_WORD, MOST_UNKNOWN, MOST_VALUES, Metric, Refusal, Value, Values, wrong,
};
use crate::accept::json::Json;
use serde_json::{Map, Number};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The most fields an object may have at all: more than Hark knows and keeps, and few enough to look
/// through.
const MOST_FIELDS: usize = 100;

/// What of an object has not been read yet.
pub(super) struct Fields<'b> {
    /// The object's own name with a dot, empty for the outermost.
    prefix: &'static str,
    left: Vec<(Cow<'b, str>, Json<'b>)>,
}

impl<'b> Fields<'b> {
    /// Those of a submission.
    pub(super) fn of(submission: Json<'b>) -> Result<Self, Refusal> {
        match submission {
            Json::Object(left) if left.len() <= MOST_FIELDS => Ok(Self { prefix: "", left }),
            Json::Object(_) => Err(too_many()),
            _ => Err(Refusal::NotAnObject),
        }
    }

    /// Absent and `null` are the same; of a name that stands twice the last one counts.
    fn take(&mut self, name: &str) -> Option<Json<'b>> {
        let last_before =
            |left: &[(Cow<'_, str>, _)]| left.iter().rposition(|(given, _)| given == name);
        let place = last_before(&self.left)?;
        let (_, value) = self.left.remove(place);
        let mut rest = place;
        while let Some(place) = last_before(&self.left[..rest]) {
            self.left.remove(place);
            rest = place;
        }
        Some(value).filter(|value| *value != Json::Null)
    }

    fn wrong(&self, name: &str, wanted: &str) -> Refusal {
        wrong(&format!("{}{name}", self.prefix), wanted)
    }

    /// A short text without control characters.
    pub(super) fn word(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let word = self.text(name, LONGEST_WORD)?;
        match word {
            Some(word) if word.chars().any(char::is_control) => {
                Err(self.wrong(name, "free of control characters"))
            }
            word => Ok(word),
        }
    }

    pub(super) fn required_word(&mut self, name: &'static str) -> Result<String, Refusal> {
        self.word(name)?.ok_or(Refusal::Missing(name))
    }

    /// A text of at most so many characters; an empty one is none.
    pub(super) fn text(&mut self, name: &str, longest: usize) -> Result<Option<String>, Refusal> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Text(text)) if text.chars().count() <= longest => {
                Ok(Some(text.into_owned()).filter(|text| !text.is_empty()))
            }
            Some(_) => Err(self.wrong(name, &format!("a string of at most {longest} characters"))),
        }
    }

    /// What a person typed: a text in which personal data is masked.
    pub(super) fn typed(&mut self, name: &str, longest: usize) -> Result<Option<String>, Refusal> {
        let text = self.text(name, longest)?;
        Ok(text.map(|text| within(longest, replacing(text, mask))))
    }

    /// A list of words in which none stands twice; none where it is absent.
    pub(super) fn words(&mut self, name: &str) -> Result<Vec<String>, Refusal> {
        let list = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Json::List(list)) if list.len() <= MOST_VALUES => list,
            Some(_) => Vec::from([Json::Null]),
        };
        let mut words = Vec::<String>::new();
        for entry in list {
            match entry {
                Json::Text(word) if is_word(&word) && !words.iter().any(|known| *known == word) => {
                    words.push(word.into_owned());
                }
                _ => {
                    let wanted =
                        format!("a list of at most {MOST_VALUES} words, each of them once");
                    return Err(self.wrong(name, &wanted));
                }
            }
        }
        Ok(words)
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Flag(flag)) => Ok(Some(flag)),
            Some(_) => Err(self.wrong(name, "true or false")),
        }
    }

    pub(super) fn integer(&mut self, name: &str, least: u32) -> Result<Option<u32>, Refusal> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let integer = value
            .number()
            .and_then(Number::as_u64)
            .and_then(|number| u32::try_from(number).ok());
        match integer {
            Some(number) if number >= least => Ok(Some(number)),
            _ => Err(self.wrong(name, &format!("a whole number from {least}"))),
        }
    }

    pub(super) fn share(&mut self, name: &str) -> Result<Option<f64>, Refusal> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        match value.number().and_then(Number::as_f64) {
            Some(share) if (0.0..=1.0).contains(&share) => Ok(Some(share)),
            _ => Err(self.wrong(name, "a number from 0 to 1")),
        }
    }

    pub(super) fn score(&mut self, metric: Metric) -> Result<Option<u8>, Refusal> {
        let Some(value) = self.take("score") else {
            return Ok(None);
        };
        let scale = metric.scale();
        let score = value
            .number()
            .and_then(Number::as_u64)
            .and_then(|score| u8::try_from(score).ok());
        match score {
            Some(score) if scale.contains(&score) => Ok(Some(score)),
            _ if let Some(number) = value.number() => Err(Refusal::OutOfRange {
                score: mask(&number.to_string()).into_owned(),
                metric,
                low: *scale.start(),
                high: *scale.end(),
            }),
            _ => Err(self.wrong("score", "a number")),
        }
    }

    pub(super) fn object(&mut self, name: &'static str) -> Result<Option<Self>, Refusal> {
        let prefix = match name {
            "answers" => "answers.",
            "page" => "page.",
            "session" => "session.",
            _ => "",
        };
        match self.take(name) {
            None => Ok(None),
            Some(Json::Object(left)) if left.len() <= MOST_FIELDS => {
                Ok(Some(Self { prefix, left }))
            }
            Some(_) => {
                let wanted = format!("an object of at most {MOST_FIELDS} fields");
                Err(self.wrong(name, &wanted))
            }
        }
    }

    /// Strings, numbers and flags by name, in which personal data is masked.
    pub(super) fn values(&mut self, name: &'static str) -> Result<Values, Refusal> {
        let Some(object) = self.object(name)? else {
            return Ok(Values::new());
        };
        if object.left.len() > MOST_VALUES {
            return Err(self.wrong(name, &format!("an object of at most {MOST_VALUES} entries")));
        }
        let read = |(key, value): (Cow<'_, str>, _)| self.value(name, key.into_owned(), value);
        // Two names that are masked become one.
        let values: BTreeMap<String, Value> = object
            .left
            .into_iter()
            .map(read)
            .collect::<Result<_, _>>()?;
        Ok(values.into_iter().collect())
    }

    fn value(&self, name: &str, key: String, value: Json<'_>) -> Result<(String, Value), Refusal> {
        let is_short = |text: &str| text.chars().count() <= LONGEST_VALUE;
        let read = match value {
            Json::Flag(flag) => Some(Value::Flag(flag)),
            Json::Number(number) => number.as_f64().map(Value::Number),
            Json::Text(text) if is_short(&text) => {
                let masked = replacing(text.into_owned(), |text| mask_value(&key, text));
                Some(Value::Text(within(LONGEST_VALUE, masked)))
            }
            _ => None,
        };
        match read {
            Some(value) if is_short(&key) => {
                let key = replacing(key, |key| mask_value("", key));
                Ok((within(LONGEST_VALUE, key), value))
            }
            _ => {
                let wanted = format!(
                    "an object of numbers, flags and strings, with names and strings of at most \
                     {LONGEST_VALUE} characters"
                );
                Err(self.wrong(name, &wanted))
            }
        }
    }

    /// Refuses anything left over, for objects in which nothing else may stand.
    pub(super) fn must_be_empty(&self) -> Result<(), Refusal> {
        match self.left.first() {
            None => Ok(()),
            Some((name, _)) => {
                let name = within(LONGEST_WORD, mask(name).into_owned());
                Err(self.wrong(&name, "left out: nothing else is stored there"))
            }
        }
    }

    /// What Hark does not know; but for personal data in it, it is kept as it came.
    pub(super) fn rest(self) -> Result<Map<String, serde_json::Value>, Refusal> {
        if self.left.len() > MOST_UNKNOWN {
            return Err(too_many());
        }
        let owned = |(name, value): (Cow<'_, str>, Json<'_>)| (name.into_owned(), value.into());
        Ok(mask_fields(self.left.into_iter().map(owned).collect()))
    }
}

fn too_many() -> Refusal {
    let wanted = format!("an object with at most {MOST_UNKNOWN} unknown fields");
    wrong("event", &wanted)
}

/// A text of at most so many characters: a mask may be longer than what it stands for.
fn within(longest: usize, mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(longest) {
        text.truncate(end);
    }
    text
}

fn is_word(text: &str) -> bool {
    let length = text.chars().count();
    (1..=LONGEST_WORD).contains(&length) && !text.chars().any(char::is_control)
}
