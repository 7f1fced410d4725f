//! What the widget sends: one event in the making, not yet believed by anybody.

use crate::condition::Values;
use crate::plain::{Fields, Plain};

/// A submission of any type; fields that do not belong to its type are absent.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// `impression`, `response`, `dismissal` or `event`.
    pub kind: &'static str,
    /// UUIDv7 of the impression.
    pub id: String,
    /// Grows with each submission of one id, from 1.
    pub seq: u32,
    /// The survey's id.
    pub survey: Option<String>,
    /// The score given.
    pub score: Option<u8>,
    /// The answers to what was asked after the score.
    pub answers: Answers,
    /// Whether the visitor has reached the end.
    pub complete: Option<bool>,
    /// A custom event's name.
    pub name: Option<String>,
    /// A custom event's properties.
    pub props: Option<Values>,
    /// Which trigger fired.
    pub trigger: Option<&'static str>,
    /// What the trigger saw, for exit intent.
    pub signal: Option<&'static str>,
    /// The sampling draw, from 0 to below 1.
    pub draw: Option<f64>,
    /// When, by the visitor's clock (RFC 3339, UTC).
    pub at: String,
    /// How the visitor was reached.
    pub channel: &'static str,
    /// The page's path, without query string and fragment.
    pub path: String,
    /// On what.
    pub device: &'static str,
    /// The page's language.
    pub language: String,
    /// Random identifier of the visitor, or the shop's own; only with consent.
    pub visitor: Option<String>,
    /// What this visit was like so far.
    pub session: Session,
    /// What the page said about the visitor or cart.
    pub attributes: Values,
    /// Whether the browser says that a program drives it.
    pub automated: bool,
}

/// What was answered after the score; empty where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// In the visitor's own words.
    pub comment: String,
    /// The key of the one option chosen.
    pub choice: String,
    /// The keys of the options chosen.
    pub choices: Vec<String>,
    /// The address left.
    pub contact: String,
}

impl Answers {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            comment: String::new(),
            choice: String::new(),
            choices: Vec::new(),
            contact: String::new(),
        }
    }
}

/// A visit so far.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Pages seen, this one included.
    pub pages: u32,
    /// Seconds since the page was opened.
    pub seconds: u32,
    /// Which visit this is; only with consent.
    pub visit: Option<u32>,
    /// Random, of this page load, kept nowhere; only where the visit is not known and nothing was denied.
    pub id: Option<String>,
}

impl From<&Submission> for Plain {
    /// The submission as it goes over the wire.
    fn from(submission: &Submission) -> Self {
        let mut fields = Fields::default();
        fields.add("type", submission.kind);
        fields.add("id", submission.id.as_str());
        fields.add("seq", submission.seq);
        fields.add_some("survey", submission.survey.as_deref());
        fields.add_some("score", submission.score.map(u32::from));
        let answers = Fields::from(&submission.answers);
        if !answers.is_empty() {
            fields.add("answers", answers);
        }
        fields.add_some("complete", submission.complete);
        fields.add_some("name", submission.name.as_deref());
        fields.add_some("props", submission.props.as_ref());
        fields.add_some("trigger", submission.trigger);
        fields.add_some("signal", submission.signal);
        fields.add_some("draw", submission.draw);
        fields.add("at", submission.at.as_str());
        fields.add("channel", submission.channel);
        fields.add("page", object("path", submission.path.as_str()));
        fields.add("device", submission.device);
        fields.add("language", submission.language.as_str());
        fields.add_some("visitor", submission.visitor.as_deref());
        fields.add("session", &submission.session);
        if !submission.attributes.is_empty() {
            fields.add("attributes", &submission.attributes);
        }
        fields.add("automated", submission.automated);
        fields.into()
    }
}

impl From<&Answers> for Fields {
    fn from(answers: &Answers) -> Self {
        let mut fields = Self::default();
        for (name, text) in [
            ("comment", answers.comment.trim_ascii()),
            ("choice", &answers.choice),
            ("contact", answers.contact.trim_ascii()),
        ] {
            if !text.is_empty() {
                fields.add(name, text);
            }
        }
        if !answers.choices.is_empty() {
            let keys = answers.choices.iter().map(|key| Plain::from(key.as_str()));
            fields.add("choices", keys.collect::<Vec<_>>());
        }
        fields
    }
}

impl From<&Session> for Plain {
    fn from(session: &Session) -> Self {
        let mut fields = Fields::default();
        fields.add("pages", session.pages);
        fields.add("seconds", session.seconds);
        fields.add_some("visit", session.visit);
        fields.add_some("id", session.id.as_deref());
        fields.into()
    }
}

fn object(name: &str, text: &str) -> Fields {
    let mut fields = Fields::default();
    fields.add(name, text);
    fields
}

#[cfg(feature = "native")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::Value;
    use crate::plain::json::to_json;

    fn response() -> Submission {
        Submission {
            kind: "response",
            id: "019aa5f0-4500-7fff-bfff-ffffffffffff".to_owned(),
            seq: 2,
            survey: Some("checkout".to_owned()),
            score: Some(6),
            answers: Answers {
                comment: " facile ".to_owned(),
                choices: vec!["price".to_owned(), "other".to_owned()],
                ..Answers::new()
            },
            complete: Some(true),
            trigger: Some("exit_intent"),
            signal: Some("pointer"),
            draw: Some(0.25),
            at: "2026-11-21T10:00:00.000Z".to_owned(),
            channel: "web",
            path: "/checkout".to_owned(),
            device: "mobile",
            language: "fr".to_owned(),
            visitor: Some("v1".to_owned()),
            session: Session {
                pages: 4,
                seconds: 181,
                visit: Some(2),
                id: None,
            },
            attributes: [
                ("cart_value".to_owned(), Value::Number(99.5)),
                ("member".to_owned(), Value::Flag(true)),
            ]
            .into_iter()
            .collect(),
            ..Submission::default()
        }
    }

    #[test]
    fn the_wire_is_what_was_promised() {
        let golden = include_str!("submission/response.json");
        let golden: serde_json::Value = serde_json::from_str(golden).expect("JSON");
        assert_eq!(to_json(&(&response()).into()), golden);
    }

    #[test]
    fn what_the_widget_sends_is_believed() {
        let survey = crate::file::parse(
            "checkout",
            "metric = \"ces\"\n[[follow_up]]\nkind = \"choices\"\nwording = \"abandon\"",
        )
        .expect("a good file");
        let find = |id: &str| (id == "checkout").then_some(&survey);
        let impression = Submission {
            kind: "impression",
            score: None,
            complete: None,
            answers: Answers::new(),
            ..response()
        };
        let dismissal = Submission {
            kind: "dismissal",
            ..impression.clone()
        };
        let event = Submission {
            kind: "event",
            survey: None,
            name: Some("order_placed".to_owned()),
            props: Some(crate::condition::Values::new()),
            ..impression.clone()
        };
        for submission in [response(), impression, dismissal, event] {
            let sent = to_json(&(&submission).into());
            let believed = crate::accept::accept(sent.into(), &find);
            assert!(believed.is_ok(), "{}: {believed:?}", submission.kind);
        }
    }
}
