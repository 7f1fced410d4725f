// The form one writes by hand, or takes from a small library. It puts its class into the window itself.
import "@betahuhn/feedback-js";

window.feedbackForm = new window.Feedback({ endpoint: `${location.origin}/feedback`, emailField: true });
window.feedbackForm.renderButton();
