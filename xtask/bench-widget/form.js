// The form one writes by hand, or takes from a small library.
import Feedback from "@betahuhn/feedback-js";

window.feedbackForm = new Feedback({ endpoint: `${location.origin}/feedback`, emailField: true });
window.feedbackForm.renderButton();
