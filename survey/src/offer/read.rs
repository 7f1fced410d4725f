//! An offer as a page got it, read back. What is written and what is read are held together by a test.

use super::{CardWording, Consent, Device, FollowUp, Offer, OfferedSurvey, Position, SitePolicy};
use crate::condition::Condition;
use crate::frequency::Frequency;
use crate::metric::{Band, Metric};
use crate::plain::Plain;
use crate::trigger::Trigger;

impl Offer {
    /// Reads an offer; `None` where it is none, or one of a version that this program does not know.
    #[must_use]
    pub fn read(plain: &Plain) -> Option<Self> {
        Some(Self {
            site: SitePolicy::read(plain.get("site")?)?,
            language: plain.text("language")?,
            dir: plain.text("dir")?,
            card: CardWording::read(plain.get("card")?)?,
            surveys: every(plain, "surveys", OfferedSurvey::read)?,
        })
    }
}

impl SitePolicy {
    fn read(plain: &Plain) -> Option<Self> {
        Some(Self {
            brand: String::new(),
            consent: Consent::named(&plain.text("consent")?)?,
            remember_acts: plain.get("remember_acts")? == &Plain::Flag(true),
            frequency: Frequency::read(plain.get("frequency")?)?,
        })
    }
}

impl CardWording {
    fn read(plain: &Plain) -> Option<Self> {
        let text = |name| plain.text(name);
        Some(Self {
            region: text("region")?,
            announce: text("announce")?,
            next: text("next")?,
            send: text("send")?,
            close: text("close")?,
            optional: text("optional")?,
            privacy: text("privacy")?,
            choose: text("choose")?,
        })
    }
}

impl OfferedSurvey {
    fn read(plain: &Plain) -> Option<Self> {
        Some(Self {
            id: plain.text("id")?,
            metric: Metric::named(&plain.text("metric")?)?,
            intro: plain.text("intro"),
            question: plain.text("question")?,
            labels: every(plain, "labels", text)?,
            follow_up: every(plain, "follow_up", FollowUp::read)?,
            thanks: plain.text("thanks")?,
            pages: every(plain, "pages", text)?,
            exclude: every(plain, "exclude", text)?,
            devices: every(plain, "devices", Device::read)?,
            languages: every(plain, "languages", text)?,
            conditions: every(plain, "where", Condition::read)?,
            sample: plain.number("sample").unwrap_or(1.0),
            trigger: every(plain, "trigger", Trigger::read)?,
            frequency: Frequency::read(plain.get("frequency")?)?,
            position: position(plain)?,
        })
    }
}

impl FollowUp {
    fn read(plain: &Plain) -> Option<Self> {
        let when = plain.text("when");
        let band = |name: String| Band::ALL.into_iter().find(|band| band.name() == name);
        Some(Self {
            when: when.and_then(band),
            question: plain.text("question")?,
        })
    }
}

impl Device {
    fn read(plain: &Plain) -> Option<Self> {
        let name = plain.as_text()?;
        Self::ALL.into_iter().find(|device| device.name() == name)
    }
}

fn position(plain: &Plain) -> Option<Position> {
    match plain.text("position") {
        Some(name) => Position::ALL
            .into_iter()
            .find(|position| position.name() == name),
        None => Some(Position::default()),
    }
}

fn text(plain: &Plain) -> Option<String> {
    plain.as_text().map(str::to_owned)
}

fn every<T>(plain: &Plain, name: &str, read: fn(&Plain) -> Option<T>) -> Option<Vec<T>> {
    plain.list(name).iter().map(read).collect()
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use super::*;
    use crate::wording::Language;
    use serde_json::Value;

    fn plain(json: &Value) -> Option<Plain> {
        Some(match json {
            Value::Null => return None,
            Value::Bool(flag) => Plain::Flag(*flag),
            Value::Number(number) => Plain::Number(number.as_f64()?),
            Value::String(text) => Plain::Text(text.clone()),
            Value::Array(list) => Plain::List(list.iter().filter_map(plain).collect()),
            Value::Object(object) => {
                let entry = |(name, value): (&String, &Value)| Some((name.clone(), plain(value)?));
                Plain::Object(object.iter().filter_map(entry).collect())
            }
        })
    }

    #[test]
    fn an_offer_is_read_as_it_was_written() {
        let files = [
            ("whole", include_str!("../file/survey/whole.toml")),
            ("plain", "metric = \"csat\""),
            (
                "event",
                "metric = \"nps\"\n[[trigger]]\non = \"event\"\nname = \"order\"\n\
                 where = [{ attribute = \"value\", op = \"exists\" }]\n[[trigger]]\non = \"load\"",
            ),
        ];
        let surveys = files.map(|(id, text)| crate::file::parse(id, text).expect("a good file"));
        let site = SitePolicy {
            brand: String::new(),
            consent: Consent::Granted,
            remember_acts: true,
            frequency: Frequency::OF_A_SITE,
        };
        let offer = Offer::new(&site, surveys.iter(), Language::nearest("ar"));
        let json = serde_json::to_value(&offer).expect("JSON");
        assert_eq!(Offer::read(&plain(&json).expect("an offer")), Some(offer));
    }

    #[test]
    fn what_is_no_offer_is_none() {
        assert_eq!(Offer::read(&Plain::Object(Vec::new())), None);
        assert_eq!(Offer::read(&Plain::Text("offer".to_owned())), None);
    }
}
