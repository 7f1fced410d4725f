//! What the visitor sees: a question, a scale, perhaps one more question, thanks.
//!
//! It knows neither window nor network, so that the collector can render the very same card. Every
//! step is there from the start and hidden until its turn, and views are plain functions: what is
//! only ever built, never exchanged, and not passed through builders is a third of the Wasm.

mod comment;
mod scale;

use comment::comment;
use leptos::html;
use leptos::prelude::*;
use scale::scale;
use std::rc::Rc;
use std::time::Duration;
use survey::conversation::Said;
use survey::offer::{CardWording, OfferedSurvey, Position};

/// Assistive technology has settled on the page by then.
const ANNOUNCED_AFTER: Duration = Duration::from_secs(1);

/// Told everything the visitor does.
pub(crate) type Hear = Rc<dyn Fn(Said)>;

/// Where the visitor is; the style sheet shows the step that the card's class names.
#[derive(Clone, Copy)]
enum Step {
    Score,
    Comment,
    Thanks,
}

impl Step {
    /// The card's class at this step and position.
    fn class(self, position: Position) -> String {
        let step = match self {
            Self::Score => "score ",
            Self::Comment => "comment ",
            Self::Thanks => "end ",
        };
        [step, position.name()].concat()
    }
}

/// The card of one survey.
pub(crate) fn card(
    survey: &Rc<OfferedSurvey>,
    words: &CardWording,
    hear: Hear,
) -> impl IntoView + use<> {
    let class = RwSignal::new(Step::Score.class(survey.position));
    let question = RwSignal::new(String::new());
    let status = RwSignal::new(String::new());
    let asked = NodeRef::<html::P>::new();
    let end = NodeRef::<html::P>::new();
    let announcement = announcement(words.announce.clone());
    let steps = Rc::new(Steps {
        survey: Rc::clone(survey),
        hear: Rc::clone(&hear),
        class,
        question,
        status,
        asked,
        end,
    });
    let close = Rc::clone(&hear);
    view! {
        <section
            part="card"
            class=class
            role="dialog"
            aria-label=words.region.clone()
            on:keydown=move |key| {
                if key.key() == "Escape" {
                    hear(Said::Closed);
                }
            }
        >
            <button
                part="close"
                type="button"
                aria-label=words.close.clone()
                on:click=move |_| close(Said::Closed)
            >
                "×"
            </button>
            {scale(survey, words, &steps)}
            {comment(words, &steps)}
            <p part="thanks" role="status" tabindex="-1" node_ref=end>
                {status}
            </p>
            <p class="spoken" role="status">
                {announcement}
            </p>
        </section>
    }
}

/// What moves the card on.
struct Steps {
    survey: Rc<OfferedSurvey>,
    hear: Hear,
    class: RwSignal<String>,
    question: RwSignal<String>,
    status: RwSignal<String>,
    asked: NodeRef<html::P>,
    end: NodeRef<html::P>,
}

impl Steps {
    /// The visitor has given a score. The focus goes along, since what had it is hidden now.
    fn give(&self, score: u8) {
        let follow_up = self.survey.follow_up(score);
        (self.hear)(Said::Scored(score, follow_up.is_some()));
        let Some(follow_up) = follow_up else {
            return self.end();
        };
        self.question.set(follow_up.question.clone());
        self.class.set(Step::Comment.class(self.survey.position));
        if let Some(asked) = self.asked.get_untracked() {
            let _ = asked.focus();
        }
    }

    /// The visitor has said all there is to say.
    fn end(&self) {
        self.class.set(Step::Thanks.class(self.survey.position));
        self.status.set(self.survey.thanks.clone());
        if let Some(end) = self.end.get_untracked() {
            let _ = end.focus();
        }
    }
}

/// Empty at first: only what comes into a live region is read out.
fn announcement(text: String) -> RwSignal<String> {
    let announcement = RwSignal::new(String::new());
    let announce = move || {
        // The card may be gone by now.
        let _ = announcement.try_set(text);
    };
    set_timeout(announce, ANNOUNCED_AFTER);
    announcement
}
