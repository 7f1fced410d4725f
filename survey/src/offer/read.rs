//! An offer as a page got it, read back. What is written and what is read are held together by a test.
//!
//! Only the version is doubted: it says who wrote the rest. A ladder of checks for every field would
//! be a tenth of the Wasm.

use super::{
    CardWording, Consent, Device, FollowUp, Offer, OfferedSurvey, Position, SitePolicy, VERSION,
};
use crate::condition::Condition;
use crate::frequency::Frequency;
use crate::metric::{Band, Metric};
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
            next: plain.text("next"),
            send: plain.text("send"),
            close: plain.text("close"),
            optional: plain.text("optional"),
            privacy: plain.text("privacy"),
            choose: plain.text("choose"),
        }
    }
}

impl OfferedSurvey {
    fn read(plain: &Plain) -> Self {
        Self {
            id: plain.text("id"),
            metric: Metric::named(plain.word("metric")).unwrap_or(Metric::Csat),
            intro: plain.text("intro"),
            question: plain.text("question"),
            labels: every(plain, "labels", text),
            follow_up: every(plain, "follow_up", FollowUp::read),
            thanks: plain.text("thanks"),
            pages: every(plain, "pages", text),
            exclude: every(plain, "exclude", text),
            devices: every(plain, "devices", Device::read),
            languages: every(plain, "languages", text),
            conditions: every(plain, "where", Condition::read),
            sample: plain.get("sample").map_or(1.0, |_| plain.number("sample")),
            trigger: every(plain, "trigger", Trigger::read),
            frequency: Frequency::read(plain.object("frequency")),
            position: position(plain.word("position")),
        }
    }
}

impl FollowUp {
    fn read(plain: &Plain) -> Self {
        let when = plain.word("when");
        Self {
            when: Band::ALL.into_iter().find(|band| band.name() == when),
            question: plain.text("question"),
        }
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

fn position(name: &str) -> Position {
    let mut positions = Position::ALL.into_iter();
    positions
        .find(|position| position.name() == name)
        .unwrap_or_default()
}

fn text(plain: &Plain) -> String {
    plain.as_text().unwrap_or_default().to_owned()
}

fn every<T>(plain: &Plain, name: &str, read: fn(&Plain) -> T) -> Vec<T> {
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
        assert_eq!(
            Offer::read(&from_json(&json).expect("an offer")),
            Some(offer)
        );
    }

    #[test]
    fn what_is_no_offer_is_none() {
        assert_eq!(Offer::read(&Plain::Object(Vec::new())), None);
        assert_eq!(Offer::read(&Plain::Text("offer".to_owned())), None);
    }
}
