//! Shows one step of a mounted card after the other.

use crate::card::Deed;
use crate::page::{self, Timer};
use std::rc::Rc;
use survey::conversation::Said;
use survey::offer::OfferedSurvey;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Assistive technology has settled on the page by then, in milliseconds.
const ANNOUNCED_AFTER: f64 = 1_000.0;

/// Where the visitor is; the style sheet shows the step that the card's class names.
#[derive(Clone, Copy)]
enum Step {
    Score,
    Comment,
    Thanks,
}

/// A card in its root element.
pub(crate) struct Stage {
    root: HtmlElement,
    survey: Rc<OfferedSurvey>,
    choose: String,
}

impl Stage {
    /// For a card that is going to be in this element.
    pub(crate) const fn new(root: HtmlElement, survey: Rc<OfferedSurvey>, choose: String) -> Self {
        Self {
            root,
            survey,
            choose,
        }
    }

    /// Shows the first step, and has it announced; the announcement ends with the timer.
    pub(crate) fn open(&self, announcement: String) -> Timer {
        self.show(Step::Score);
        let root = self.root.clone();
        // Only what comes into a live region is read out, not what was there from the start.
        page::after(ANNOUNCED_AFTER, move || {
            write(&root, "section > .spoken", &announcement);
        })
    }

    /// Follows what the visitor did; gives what it says, if it says anything. The focus goes along,
    /// since what had it is hidden now.
    pub(crate) fn follow(&self, deed: Deed) -> Option<Said> {
        match deed {
            Deed::Selected(score) => Some(Said::Selected(score)),
            Deed::Typed(comment) => Some(Said::Typed(comment)),
            Deed::Closed => Some(Said::Closed),
            Deed::WentOn(None) => {
                write(&self.root, "[part=error]", &self.choose);
                None
            }
            Deed::WentOn(Some(score)) => {
                let follow_up = self.survey.follow_up(score);
                if let Some(follow_up) = follow_up {
                    write(&self.root, "#question > span", &follow_up.question);
                    self.show(Step::Comment);
                    self.focus("#question");
                } else {
                    self.end();
                }
                Some(Said::Scored(score, follow_up.is_some()))
            }
            Deed::Sent => {
                self.end();
                Some(Said::Finished)
            }
        }
    }

    fn end(&self) {
        self.show(Step::Thanks);
        write(&self.root, "[part=thanks]", &self.survey.thanks);
        self.focus("[part=thanks]");
    }

    fn show(&self, step: Step) {
        let step = match step {
            Step::Score => "score ",
            Step::Comment => "comment ",
            Step::Thanks => "end ",
        };
        if let Some(card) = find(&self.root, "section") {
            card.set_class_name(&[step, self.survey.position.name()].concat());
        }
    }

    fn focus(&self, selector: &str) {
        if let Some(element) = find(&self.root, selector) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    }
}

fn find(root: &HtmlElement, selector: &str) -> Option<Element> {
    root.query_selector(selector).ok().flatten()
}

fn write(root: &HtmlElement, selector: &str, text: &str) {
    if let Some(element) = find(root, selector) {
        element.set_text_content(Some(text));
    }
}
