//! One alert, before it is decided who hears of it: what it is about, and an id made of nothing else, so
//! that whoever finds the same thing again makes the same alert.

use super::case::Case;
use super::daily::Daily;
use super::delivery::Delivery;
use super::fall::Fall;
use super::fingerprint::fingerprint;
use super::kind::{Format, Kind};
use super::text::Text;
use super::webhook::Webhook;
use jiff::Timestamp;
use serde_json::{Value, json};

/// One alert.
#[derive(Clone, Debug)]
pub(crate) struct Alert {
    pub(crate) kind: Kind,
    /// What tells it from every other of its kind.
    pub(crate) key: Vec<String>,
    /// When what it tells of happened.
    pub(crate) at: Timestamp,
    pub(crate) story: Story,
}

/// What it tells.
#[derive(Clone, Debug)]
pub(crate) enum Story {
    Case(Box<Case>),
    Fall(Box<Fall>),
    Daily(Box<Daily>),
    /// That alerts arrive.
    Greeting,
}

impl Alert {
    /// About a case.
    pub(super) fn of_case(kind: Kind, case: Case, at: Timestamp) -> Self {
        Self {
            kind,
            key: vec![case.site.clone(), case.id.clone()],
            at,
            story: Story::Case(Box::new(case)),
        }
    }

    /// The `webhook-id`: letters, digits and `_`, the same for the same thing.
    pub(crate) fn id(&self) -> String {
        let key = self.key.iter().map(String::as_str);
        let mut id = fingerprint([self.kind.word()].into_iter().chain(key));
        // 128 bits are plenty to tell alerts apart.
        id.truncate(32);
        format!("msg_{id}")
    }

    /// Whether this webhook wants to hear it.
    pub(super) fn is_for(&self, webhook: &Webhook) -> bool {
        let is_about = match &self.story {
            Story::Case(case) => webhook.is_about(&case.site, &case.survey),
            Story::Fall(fall) => webhook.is_about(&fall.site, &fall.survey),
            Story::Daily(_) | Story::Greeting => true,
        };
        is_about && webhook.wants(self.kind)
    }

    /// As it is sent to this webhook.
    pub(crate) fn delivery(&self, webhook: &Webhook, now: Timestamp) -> Delivery {
        let (text, data) = self.told_to(webhook);
        let responses = match &self.story {
            Story::Case(case) => vec![case.id.clone()],
            Story::Daily(daily) => daily.quoted.iter().cloned().collect(),
            Story::Fall(_) | Story::Greeting => Vec::new(),
        };
        let body = match webhook.format {
            Format::Slack => json!({ "text": text.marked_up() }),
            Format::Hark => {
                json!({ "type": self.kind.word(), "timestamp": self.at, "text": text.plain(), "data": data })
            }
        };
        Delivery {
            id: self.id(),
            kind: self.kind,
            title: text.title,
            body: body.to_string(),
            made_at: now,
            attempts: 0,
            next_at: now,
            last: None,
            given_up_at: None,
            responses,
        }
    }

    fn told_to(&self, webhook: &Webhook) -> (Text, Value) {
        match &self.story {
            Story::Case(case) => {
                let case = case.for_webhook(webhook);
                let text = match self.kind {
                    Kind::Overdue => case.as_overdue(),
                    _ => case.as_low_score(),
                };
                (text, json!(case))
            }
            Story::Fall(fall) => (fall.text(webhook), json!(fall)),
            Story::Daily(daily) => (daily.text(webhook), json!(daily)),
            Story::Greeting => (greeting(webhook), json!({ "webhook": webhook.name })),
        }
    }
}

fn greeting(webhook: &Webhook) -> Text {
    let kinds: Vec<&str> = webhook.kinds.iter().map(|kind| kind.word()).collect();
    Text {
        title: "Hark can reach you here".to_owned(),
        lines: vec![format!(
            "This is a test. Wanted here: {}.",
            kinds.join(", ")
        )],
        ..Text::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::webhook::tests::webhook;
    use super::*;
    use survey::metric::Metric;

    fn case() -> Case {
        Case {
            id: "019aa5f0-4500-7000-8000-000000000001".to_owned(),
            site: "demo".to_owned(),
            survey: "checkout-effort".to_owned(),
            metric: Metric::Ces,
            score: 2,
            page: "/checkout".to_owned(),
            device: "mobile".to_owned(),
            contact: true,
            received_at: "2026-11-27T10:00:00Z".parse().expect("a moment"),
            due_at: "2026-11-29T10:00:00Z".parse().expect("a moment"),
            quote: Some("<b>No</b> way to pay".to_owned()),
            owner: None,
            link: None,
        }
    }

    fn alert(kind: Kind) -> Alert {
        Alert::of_case(kind, case(), case().received_at)
    }

    fn body(delivery: &Delivery) -> Value {
        serde_json::from_str(&delivery.body).expect("JSON")
    }

    #[test]
    fn the_id_says_what_it_is_about_and_nothing_else() {
        let low = alert(Kind::LowScore);
        let mut later = low.clone();
        later.at += jiff::SignedDuration::from_hours(1);
        assert_eq!(low.id(), later.id());
        assert_ne!(low.id(), alert(Kind::Overdue).id());
        assert!(low.id().len() == 36 && !low.id().contains('.'));
        let key = |key: [&str; 2]| {
            Alert {
                key: key.map(str::to_owned).to_vec(),
                ..low.clone()
            }
            .id()
        };
        assert_ne!(key(["ab", "c"]), key(["a", "bc"]));
    }

    #[test]
    fn a_payload_names_the_case_and_no_contact_and_a_quote_only_where_wanted() {
        let now = case().received_at;
        let quiet = alert(Kind::LowScore).delivery(&webhook("https://a.example/b"), now);
        let expected = json!({
            "type": "low_score",
            "timestamp": "2026-11-27T10:00:00Z",
            "text": "Low score with contact: 2 (1 to 7) on checkout-effort\n\
                     /checkout of demo, mobile, received Fri 27 Nov, 10:00 UTC.\n\
                     They left a contact. Answer by Sun 29 Nov, 10:00 UTC.\n\
                     Case 019aa5f0-4500-7000-8000-000000000001",
            "data": {
                "id": "019aa5f0-4500-7000-8000-000000000001", "site": "demo", "survey": "checkout-effort",
                "metric": "ces", "score": 2, "page": "/checkout", "device": "mobile", "contact": true,
                "received_at": "2026-11-27T10:00:00Z", "due_at": "2026-11-29T10:00:00Z",
            },
        });
        assert_eq!(body(&quiet), expected);
        let open = Webhook {
            quotes: true,
            dashboard: Some("https://hark.example".to_owned()),
            format: Format::Slack,
            ..webhook("https://a.example/b")
        };
        let told = alert(Kind::Overdue).delivery(&open, now);
        let expected = "*Overdue: 2 (1 to 7) on checkout-effort waits for an answer*\n\
            /checkout of demo, mobile, received Fri 27 Nov, 10:00 UTC.\n\
            They left a contact, and should have heard by Sun 29 Nov, 10:00 UTC.\n\
            > &lt;b&gt;No&lt;/b&gt; way to pay\n\
            <https://hark.example/dashboard/follow-up/019aa5f0-4500-7000-8000-000000000001|Open it in Hark>\n\
            _Case 019aa5f0-4500-7000-8000-000000000001_";
        assert_eq!(body(&told), json!({ "text": expected }));
    }

    #[test]
    fn only_what_is_wanted_is_heard() {
        let all = webhook("https://a.example/b");
        let some = Webhook {
            kinds: vec![Kind::Overdue],
            ..all.clone()
        };
        let elsewhere = Webhook {
            surveys: vec!["recommend".to_owned()],
            ..all.clone()
        };
        assert!(alert(Kind::LowScore).is_for(&all));
        assert!(!alert(Kind::LowScore).is_for(&some) && alert(Kind::Overdue).is_for(&some));
        assert!(!alert(Kind::LowScore).is_for(&elsewhere));
    }
}
