//! Shows one step of a mounted card after the other, and reads what was answered there.

use crate::deed::{self, Deed};
use crate::page;
use std::cell::{Cell, RefCell};
use survey::conversation::Said;
use survey::offer::{CardWording, FollowUpKind, OfferedSurvey};
use survey::submission::Answers;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A card in its root element.
pub(crate) struct Stage {
    root: HtmlElement,
    survey: &'static OfferedSurvey,
    words: &'static CardWording,
    /// The score's form, then one for each follow-up.
    forms: Vec<Element>,
    /// The follow-ups that are asked after the score given, by their place.
    asked: RefCell<Vec<usize>>,
    /// Zero for the score, then the place in `asked` plus one.
    step: Cell<usize>,
    /// What had the focus before the card had it.
    came_from: RefCell<Option<HtmlElement>>,
}

impl Stage {
    /// For the card in this element.
    pub(crate) fn new(
        root: HtmlElement,
        survey: &'static OfferedSurvey,
        words: &'static CardWording,
    ) -> Self {
        Self {
            forms: page::all(&root, "form"),
            root,
            survey,
            words,
            asked: RefCell::default(),
            step: Cell::new(0),
            came_from: RefCell::default(),
        }
    }

    /// The element it is in.
    pub(crate) const fn root(&self) -> &HtmlElement {
        &self.root
    }

    /// Has the card announced: only what comes into a live region is read out, not what was there.
    pub(crate) fn announce(&self) {
        page::write(&self.root, "section > .spoken", &self.words.announce);
    }

    /// Puts the focus on the question: for a card that the visitor has asked for.
    pub(crate) fn focus(&self) {
        let place = self.form().map(Element::unchecked_ref);
        page::focus(place.unwrap_or(&self.root), "fieldset,section");
    }

    /// Whether the focus is somewhere in the card.
    pub(crate) fn has_focus(&self) -> bool {
        // Not `:focus`, which WebKit matches only while its window is the foremost.
        page::read(&page::read(&self.root, "parentNode"), "activeElement").is_object()
    }

    /// Gives the focus back to where it came from, if the card has it.
    pub(crate) fn give_focus_back(&self) {
        if self.has_focus()
            && let Some(place) = self.came_from.take()
        {
            let _ = place.focus();
        }
    }

    /// Follows what the visitor did; gives what it says, if it says anything.
    pub(crate) fn follow(&self, deed: Deed) -> Option<Said> {
        match deed {
            Deed::Selected(score) => {
                page::write(&self.root, "[part=error]", "");
                Some(Said::Selected(score))
            }
            Deed::Chose(score) => Some(self.scored(score)),
            Deed::Answered => Some(Said::Answered(self.answers())),
            Deed::WentOn if self.step.get() == 0 => {
                let chosen = page::all(&self.root, "input:checked");
                match chosen.first().and_then(deed::score) {
                    Some(score) => Some(self.scored(score)),
                    None => self.refuse(&self.words.choose, "input"),
                }
            }
            Deed::WentOn => self.go_on(),
            Deed::WentBack => {
                self.show(self.step.get().saturating_sub(1));
                None
            }
            Deed::CameFrom(place) => {
                // Not from one place of the card to another.
                if let Ok(place) = place.dyn_into::<HtmlElement>()
                    && !self.root.contains(Some(&place))
                {
                    self.came_from.replace(Some(place));
                }
                None
            }
            Deed::Closed => {
                self.give_focus_back();
                Some(Said::Closed)
            }
        }
    }

    fn scored(&self, score: u8) -> Said {
        self.asked.replace(self.survey.asked_after(score));
        self.show(1);
        Said::Scored(score, !self.is_over())
    }

    fn go_on(&self) -> Option<Said> {
        if let Some(form) = self.form() {
            let address = page::all(form, "[type=email]");
            if address.iter().any(page::is_invalid) {
                return self.refuse(&self.words.contact_error, "[type=email]");
            }
            let given = address
                .first()
                .map(|address| page::text_of(address, "value"));
            if given.is_some_and(|given| !given.is_empty()) && !has_agreed(form) {
                return self.refuse(&self.words.consent_error, "[type=checkbox]");
            }
        }
        self.show(self.step.get() + 1);
        Some(if self.is_over() {
            Said::Finished
        } else {
            Said::WentOn
        })
    }

    /// Says what is missing, and where.
    fn refuse(&self, error: &str, place: &str) -> Option<Said> {
        if let Some(form) = self.form() {
            page::write(form, "[part=error]", error);
            page::focus(form, place);
        }
        None
    }

    /// What is answered so far to what is asked after this score.
    fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        for &place in &*self.asked.borrow() {
            let (Some(form), Some(asked)) =
                (self.forms.get(place + 1), self.survey.follow_up.get(place))
            else {
                continue;
            };
            let values = |of: &str| {
                page::all(form, of)
                    .into_iter()
                    .map(|field| page::text_of(&field, "value"))
            };
            match asked.kind {
                FollowUpKind::Text => answers.comment = values("textarea").collect(),
                FollowUpKind::Choice => answers.choice = values(":checked").collect(),
                FollowUpKind::Choices => answers.choices = values(":checked").collect(),
                FollowUpKind::Contact if has_agreed(form) => {
                    answers.contact = values("[type=email]:valid").collect();
                }
                FollowUpKind::Contact => {}
            }
        }
        answers
    }

    /// The form of the step that is shown; none at the end.
    fn form(&self) -> Option<&Element> {
        let place = match self.step.get().checked_sub(1) {
            None => 0,
            Some(step) => self.asked.borrow().get(step)? + 1,
        };
        self.forms.get(place)
    }

    fn is_over(&self) -> bool {
        self.step.get() > self.asked.borrow().len()
    }

    /// Shows a step. The focus goes along, since what had it is hidden now.
    fn show(&self, step: usize) {
        self.step.set(step);
        let shown = self.form();
        for form in &self.forms {
            page::hide(form, Some(form) != shown);
        }
        if let Some(form) = shown {
            let is_last = step == self.asked.borrow().len();
            let words = if is_last {
                &self.words.send
            } else {
                &self.words.next
            };
            page::write(form, "[part=submit]", words);
        }
        if self.is_over() {
            page::write(&self.root, "[part=thanks]", &self.survey.thanks);
            page::write(&self.root, "section > .spoken", "");
        }
        self.focus();
    }
}

fn has_agreed(form: &Element) -> bool {
    !page::all(form, "[type=checkbox]:checked").is_empty()
}
