//! What happens in one visit: what is read, asked, answered, bought.

use std::ops::Range;

use fastrand::Rng;

use super::line::{Act, Moment, Page, Scene};
use super::remarks::{Mood, Remarks};
use super::shopper::{Consent, Device, Shopper, weighted};
use super::story::Story;
use super::surveys::{Feeling, REACHES_CHECKOUT, READS_ON, SURVEYS, Survey, orders, turns_away};

/// One visit, and the lines it leaves.
pub(super) struct Visit<'v> {
    pub(super) rng: &'v mut Rng,
    pub(super) story: &'v Story,
    pub(super) remarks: &'v Remarks,
    pub(super) shopper: Shopper,
    pub(super) started_ms: i64,
    pub(super) left: &'v mut Left,
}

/// What visits leave behind, each with the moment of its receipt in milliseconds since 1970.
#[derive(Default)]
pub(super) struct Left {
    pub(super) lines: Vec<(i64, String)>,
    pub(super) contacts: Vec<(i64, String)>,
}

/// Where and why a survey is asked.
struct Asked {
    survey: &'static Survey,
    trigger: &'static str,
    signal: Option<&'static str>,
    page: Page,
    at_ms: i64,
}

const MINUTE_MS: i64 = 60_000;

/// Pages on which one is asked for a recommendation.
const READING: [&str; 3] = ["/demo/", "/demo/category/", "/demo/product/"];

/// Chances: of going through to the end, of a comment by mood, of leaving a contact with a bad score.
const COMPLETES: f64 = 0.82;
const COMMENTS_LOW: f64 = 0.62;
const COMMENTS_MIDDLE: f64 = 0.24;
const COMMENTS_HIGH: f64 = 0.22;
const LEAVES_CONTACT: f64 = 0.08;

impl Visit<'_> {
    pub(super) fn happens(mut self) {
        let reading_ms = self.started_ms + self.rng.i64(20_000..3 * MINUTE_MS);
        if self.rng.f64() < READS_ON {
            let (feeling, until_ms) = self.is_asked_while_reading(reading_ms);
            if self.rng.f64() < feeling.goes_on() {
                let checkout_ms = until_ms + self.rng.i64(MINUTE_MS..4 * MINUTE_MS);
                self.reaches_the_checkout_again(checkout_ms);
            }
        } else if self.rng.f64() < REACHES_CHECKOUT / (1.0 - READS_ON) {
            let checkout_ms = reading_ms + self.rng.i64(MINUTE_MS..4 * MINUTE_MS);
            self.reaches_the_checkout(checkout_ms);
        }
    }

    fn is_asked_while_reading(&mut self, at_ms: i64) -> (Feeling, i64) {
        let trigger = if self.rng.bool() { "dwell" } else { "scroll" };
        let path = READING[weighted(self.rng, [0.3, 0.3, 0.4].into_iter())];
        let page = self.page(path, 1..6, at_ms - 15_000);
        self.is_asked(&Asked {
            survey: &SURVEYS[0],
            trigger,
            signal: None,
            page,
            at_ms,
        })
    }

    fn reaches_the_checkout(&mut self, at_ms: i64) {
        let device = self.shopper.device;
        if self.rng.f64() < turns_away(self.story, device, at_ms) {
            self.turns_away(at_ms);
        } else if self.rng.f64() < orders(self.story, device, at_ms) {
            let page = self.orders(at_ms);
            self.is_asked(&Asked {
                survey: &SURVEYS[2],
                trigger: "load",
                signal: None,
                page,
                at_ms: at_ms + 2_000,
            });
        }
    }

    /// Whoever was asked before is not asked again so soon.
    fn reaches_the_checkout_again(&mut self, at_ms: i64) {
        let device = self.shopper.device;
        let stays = self.rng.f64() >= turns_away(self.story, device, at_ms);
        if stays && self.rng.f64() < orders(self.story, device, at_ms) {
            self.orders(at_ms);
        }
    }

    fn turns_away(&mut self, at_ms: i64) {
        let device = self.shopper.device;
        let signal = match (device, self.rng.bool()) {
            (Device::Desktop, _) => "pointer",
            (_, true) => "scroll_up",
            (_, false) => "return",
        };
        let path = self.in_language("/demo/checkout/", "/demo/fr/checkout/");
        let page = self.page(path, 3..9, at_ms - MINUTE_MS);
        let (feeling, until_ms) = self.is_asked(&Asked {
            survey: &SURVEYS[1],
            trigger: "exit_intent",
            signal: Some(signal),
            page,
            at_ms,
        });
        let is_broken = self.story.is_broken(device, at_ms);
        if self.rng.f64() < feeling.seeks_help(is_broken) {
            let help_ms = until_ms + self.rng.i64(5_000..MINUTE_MS);
            self.tells(page, help_ms, &Act::SoughtHelp);
        }
        if self.rng.f64() < feeling.comes_back(is_broken) {
            let order_ms = until_ms + self.rng.i64(MINUTE_MS..4 * MINUTE_MS);
            self.orders(order_ms);
        }
    }

    /// The page on which the order is placed.
    fn orders(&mut self, at_ms: i64) -> Page {
        let path = self.in_language("/demo/checkout/done/", "/demo/fr/checkout/done/");
        let page = self.page(path, 9..13, at_ms - 900);
        self.tells(page, at_ms, &Act::Ordered);
        page
    }

    fn in_language(&self, english: &'static str, french: &'static str) -> &'static str {
        match super::shopper::LANGUAGES[self.shopper.language].tag {
            "fr" => french,
            _ => english,
        }
    }

    /// A visit is followed from page to page with consent only.
    fn page(&mut self, path: &'static str, pages: Range<u32>, opened_ms: i64) -> Page {
        let (pages, load) = (self.rng.u32(pages), self.rng.u128(..));
        let is_followed = matches!(self.shopper.consent, Consent::Granted(..));
        Page {
            path,
            pages: if is_followed { pages } else { 1 },
            started_ms: if is_followed {
                self.started_ms
            } else {
                opened_ms
            },
            load,
        }
    }

    fn tells(&mut self, page: Page, at_ms: i64, act: &Act<'_>) {
        let scene = Scene {
            id: uuid_v7(self.rng, at_ms),
            shopper: &self.shopper,
            survey: None,
            trigger: "",
            signal: None,
            page,
        };
        self.left.lines.push(scene.line(1, at_ms, act));
    }

    /// What came of it, and when it was over.
    fn is_asked(&mut self, asked: &Asked) -> (Feeling, i64) {
        let id = uuid_v7(self.rng, asked.at_ms);
        let survey = asked.survey;
        let scene = Scene {
            id,
            shopper: &self.shopper,
            survey: Some(survey),
            trigger: asked.trigger,
            signal: asked.signal,
            page: asked.page,
        };
        self.left.lines.push(scene.line(1, asked.at_ms, &Act::Saw));
        let reply = self.rng.f64();
        if reply < survey.answered {
            let is_broken = self.story.is_broken(self.shopper.device, asked.at_ms);
            let answer = Answer::draw(self.rng, survey, is_broken);
            let comment = answer.mood.and_then(|mood| {
                let language = self.shopper.language;
                self.remarks.draw(self.rng, survey, mood, language)
            });
            self.left
                .answer(&scene, asked.at_ms, &answer, comment.as_deref());
            let until_ms = asked.at_ms + answer.first_ms + answer.then_ms;
            return (survey.feeling(answer.score), until_ms);
        }
        let closed_ms = asked.at_ms + self.rng.i64(1_200..9_000);
        if reply < survey.answered + survey.dismissed {
            self.left
                .lines
                .push(scene.line(2, closed_ms, &Act::Dismissed));
        }
        (Feeling::Unsaid, closed_ms)
    }
}

/// One answer before it is worded.
struct Answer {
    score: u8,
    completes: bool,
    /// What the comment is about, if there is one.
    mood: Option<Mood>,
    leaves_contact: bool,
    first_ms: i64,
    then_ms: i64,
}

impl Answer {
    fn draw(rng: &mut Rng, survey: &Survey, is_broken: bool) -> Self {
        let weights = survey.scores(is_broken);
        let score = survey.lowest + weighted(rng, weights.iter().copied()) as u8;
        let feeling = survey.feeling(score);
        let is_low = feeling == Feeling::Low;
        let (chance, mood) = if is_low && is_broken && survey.id == "checkout-effort" {
            (COMMENTS_LOW, Mood::Broken)
        } else if is_low {
            (COMMENTS_LOW, Mood::Poor)
        } else if feeling == Feeling::High {
            (COMMENTS_HIGH, Mood::Fine)
        } else {
            let mood = if rng.f64() < 0.7 {
                Mood::Poor
            } else {
                Mood::Fine
            };
            (COMMENTS_MIDDLE, mood)
        };
        let completes = rng.f64() < COMPLETES;
        Self {
            score,
            completes,
            mood: (completes && rng.f64() < chance).then_some(mood),
            leaves_contact: completes && is_low && rng.f64() < LEAVES_CONTACT,
            first_ms: rng.i64(2_000..14_000),
            then_ms: rng.i64(3_000..40_000),
        }
    }
}

impl Left {
    fn answer(&mut self, scene: &Scene<'_>, shown_ms: i64, answer: &Answer, comment: Option<&str>) {
        let scored_ms = shown_ms + answer.first_ms;
        let scored = Act::Answered {
            score: answer.score,
            comment: None,
            has_contact: false,
            complete: false,
        };
        self.lines.push(scene.line(2, scored_ms, &scored));
        if !answer.completes {
            return;
        }
        let done_ms = scored_ms + answer.then_ms;
        let done = Act::Answered {
            score: answer.score,
            comment,
            has_contact: answer.leaves_contact,
            complete: true,
        };
        let (received_ms, line) = scene.line(3, done_ms, &done);
        self.lines.push((received_ms, line));
        if answer.leaves_contact {
            let survey = scene.survey.map_or("", |survey| survey.id);
            let contact = format!(
                "{{\"id\":\"{id}\",\"site\":\"demo\",\"survey\":\"{survey}\",\"contact\":\"shopper-{short}@mail.example\",\"received_at\":\"{at}\"}}\n",
                id = scene.id,
                short = &scene.id[scene.id.len() - 6..],
                at = Moment(received_ms),
            );
            self.contacts.push((received_ms, contact));
        }
    }
}

/// A UUID of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then random bits.
fn uuid_v7(rng: &mut Rng, at_ms: i64) -> String {
    let milliseconds = at_ms.unsigned_abs();
    let (high, low) = (milliseconds >> 16, milliseconds & 0xffff);
    let random = rng.u64(..);
    format!(
        "{high:08x}-{low:04x}-7{:03x}-{:04x}-{:012x}",
        random & 0xfff,
        0x8000 | (random >> 12 & 0x3fff),
        rng.u64(..) & 0xffff_ffff_ffff,
    )
}
