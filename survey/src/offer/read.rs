//! An offer as a page got it, read back. What is written and what is read are held together by a test.
//!
//! Only the version is doubted: it says who wrote the rest. A ladder of checks for every field would
//! be a tenth of the Wasm.

use super::{
    CardWording, Closed, Consent, Device, FollowUp, Link, Offer, OfferedSurvey, Position,
    SitePolicy, Style, VERSION, Visitors,
};
use crate::condition::Condition;
use crate::frequency::Frequency;
use crate::metric::Metric;
use crate::plain::Plain;
use crate::trigger::Trigger;

impl Offer {
    /// Reads an offer; `None` where it is none, or one of a version that this program does not know.
    #[must_use]
    pub fn read(plain: &Plain) -> Option<Self> {
        (plain.number("version") == f64::from(VERSION)).then(|| Self {
            version: VERSION,
            site: SitePolicy::read(plain.object("site")),
            language: plain.text("language"),
            dir: plain.text("dir"),
            card: CardWording::read(plain.object("card")),
            surveys: every(plain, "surveys", OfferedSurvey::read),
        })
    }
}

impl SitePolicy {
    fn read(plain: &Plain) -> Self {
        Self {
            brand: String::new(),
            consent: Consent::named(plain.word("consent")).unwrap_or_default(),
            remember_acts: plain.flag("remember_acts"),
            frequency: Frequency::read(plain.object("frequency")),
        }
    }
}

impl CardWording {
    fn read(plain: &Plain) -> Self {
        Self {
            region: plain.text("region"),
            announce: plain.text("announce"),
            back: plain.text("back"),
            next: plain.text("next"),
            send: plain.text("send"),
            close: plain.text("close"),
            optional: plain.text("optional"),
            privacy: plain.text("privacy"),
            choose: plain.text("choose"),
            contact: plain.text("contact"),
            contact_help: plain.text("contact_help"),
            contact_consent: plain.text("contact_consent"),
            contact_error: plain.text("contact_error"),
            consent_error: plain.text("consent_error"),
        }
    }
}

impl OfferedSurvey {
    fn read(plain: &Plain) -> Self {
        Self {
            id: plain.text("id"),
            metric: Metric::named(plain.word("metric")).unwrap_or(Metric::Csat),
            priority: plain.number("priority") as i32,
            closed: plain.get("closed").map(|_| Closed::Quota),
            intro: plain.text("intro"),
            question: plain.text("question"),
            style: Style::named(plain.word("style")),
            labels: every(plain, "labels", text),
            follow_up: every(plain, "follow_up", FollowUp::read),
            thanks: plain.text("thanks"),
            thanks_link: plain.get("thanks_link").map(Link::read),
            pages: every(plain, "pages", text),
            exclude: every(plain, "exclude", text),
            devices: every(plain, "devices", Device::read),
            languages: every(plain, "languages", text),
            visitors: Visitors::named(plain.word("visitors")),
            conditions: every(plain, "where", Condition::read),
            sample: plain.number_or("sample", 1.0),
            trigger: every(plain, "trigger", Trigger::read),
            frequency: Frequency::read(plain.object("frequency")),
            position: Position::named(plain.word("position")),
            inline: plain.text("inline"),
            tab_label: plain.text("tab_label"),
        }
    }
}

impl Link {
    fn read(plain: &Plain) -> Self {
        Self {
            url: plain.text("url"),
            text: plain.text("text"),
        }
    }
}

impl Visitors {
    fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|visitors| visitors.name() == name)
            .unwrap_or_default()
    }
}

impl Device {
    fn read(plain: &Plain) -> Self {
        let name = plain.as_text();
        let mut devices = Self::ALL.into_iter();
        devices
            .find(|device| Some(device.name()) == name)
            .unwrap_or(Self::Desktop)
    }
}

fn text(plain: &Plain) -> String {
    plain.as_text().unwrap_or_default().to_owned()
}

pub(super) fn every<T>(plain: &Plain, name: &str, read: fn(&Plain) -> T) -> Vec<T> {
    plain.list(name).iter().map(read).collect()
}

#[cfg(feature = "native")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::json::from_json;
    use crate::wording::Language;

    #[test]
    fn an_offer_is_read_as_it_was_written() {
        let files = [
            ("whole", include_str!("../file/survey/whole.toml")),
            ("plain", "metric = \"csat\""),
            (
                "tab",
                "metric = \"csat\"\nstyle = \"stars\"\n[appearance]\nposition = \"tab\"\n\
                 tab_label = \"How are we doing?\"",
            ),
            (
                "inline",
                "metric = \"nps\"\npriority = -3\n[appearance]\ninline = \"#feedback\"",
            ),
            (
                "abandoned",
                "metric = \"csat\"\n[target]\nvisitors = \"new\"\n[[follow_up]]\n\
                 kind = \"choices\"\nwording = \"abandon\"",
            ),
            ("every_trigger", include_str!("every_trigger.toml")),
        ];
        let surveys = files.map(|(id, text)| crate::file::parse(id, text).expect("a good file"));
        let site = SitePolicy {
            brand: String::new(),
            consent: Consent::Granted,
            remember_acts: true,
            frequency: Frequency::OF_A_SITE,
        };
        let mut offer = Offer::new(
            &site,
            surveys.iter(),
            Language::nearest("ar").unwrap_or(Language::ENGLISH),
        );
        offer.surveys[1].closed = Some(Closed::Quota);
        let json = serde_json::to_value(&offer).expect("JSON");
        assert_eq!(
            Offer::read(&from_json(&json).expect("an offer")),
            Some(offer)
        );
    }

    #[test]
    fn what_is_usual_is_left_out() {
        let surveys = [crate::file::parse("plain", "metric = \"csat\"").expect("a good file")];
        let site = SitePolicy {
            brand: String::new(),
            consent: Consent::Pending,
            remember_acts: true,
            frequency: Frequency::OF_A_SITE,
        };
        let offer = Offer::new(&site, surveys.iter(), Language::ENGLISH);
        let json = serde_json::to_value(&offer).expect("JSON");
        let names: Vec<&String> = json["surveys"][0].as_object().expect("it").keys().collect();
        let needed = [
            "frequency",
            "id",
            "labels",
            "metric",
            "pages",
            "question",
            "thanks",
            "trigger",
        ];
        assert_eq!(names, needed);
        let trigger = serde_json::json!([{ "on": "dwell" }]);
        assert_eq!(json["surveys"][0]["trigger"], trigger);
        assert!(json["card"].get("contact").is_none());
    }

    #[test]
    fn what_is_no_offer_is_none() {
        assert_eq!(Offer::read(&Plain::Object(Vec::new())), None);
        assert_eq!(Offer::read(&Plain::Text("offer".to_owned())), None);
    }
}
